"""What a service answers when it will not do what was asked."""

from collections.abc import Mapping

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - named for what it says, as `Http404` is
    """A service did nothing, and says why in the reader's language.

    `code` is stable and for programs (``call_closed``); `message` is a sentence for people that says what, where and
    what to do; `field` names the input it is about, or is empty; `status` is the HTTP status that fits (409 where
    somebody else was faster, otherwise 400); `current` carries what stands now, where that helps to decide.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        *,
        field: str = "",
        status: int = 400,
        current: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.status = status
        self.current = dict(current or {})

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refused):
    """Somebody else changed the same thing first. Nothing was written; `current` holds what stands now."""

    def __init__(self, message: str | Promise, *, current: Mapping[str, object]) -> None:
        super().__init__("changed_meanwhile", message, status=409, current=current)
