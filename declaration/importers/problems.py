"""What is wrong with a file that is brought in, said where it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_SHOWN: Final = 50
"""Problems shown of one load; who has more has one cause for most of them."""


@dataclass(frozen=True)
class Place:
    """Where something stands: the file, the line where it is known, the entry and the field where it is about one."""

    file: str
    line: int | None = None
    entry: str = ""
    field: str = ""

    def at(self, field: str) -> "Place":
        """The same entry's field of this name; the entry itself where the name is empty."""
        return replace(self, field=field)

    def __str__(self) -> str:
        parts = {
            "file": f"{self.file}:{self.line}" if self.line else self.file,
            "entry": self.entry,
            "field": self.field,
        }
        if self.entry and self.field:
            return _("%(file)s, %(entry)s, field “%(field)s”") % parts
        if self.field:
            return _("%(file)s, field “%(field)s”") % parts
        return _("%(file)s, %(entry)s") % parts if self.entry else parts["file"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where."""

    place: Place
    message: str

    def __str__(self) -> str:
        return _("%(place)s: %(message)s") % {"place": self.place, "message": self.message}


class InvalidFiles(Exception):  # noqa: N818 - named for what it says, as `Refused` is
    """Files cannot be loaded, and nothing of them was: `problems` lists everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(len(self.problems))

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [
            ngettext(
                "Nothing was loaded, because of %(count)d problem:",
                "Nothing was loaded, because of %(count)d problems:",
                count,
            )
            % {"count": count},
            *(f"  {problem}" for problem in self.problems[:MAX_SHOWN]),
        ]
        more = count - MAX_SHOWN
        if more > 0:
            lines.append("  " + ngettext("… and %(count)d more.", "… and %(count)d more.", more) % {"count": more})
        return "\n".join(lines)
