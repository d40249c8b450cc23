"""What is wrong with a text, said in the reader's language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from declaration.text.hygiene import MAX_WORDING, Problem, ProblemCode, refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PROBLEM_MESSAGES: Final[Mapping[ProblemCode, "_StrPromise"]] = {
    "too_long": _("The text is longer than %(limit)s characters. Shorten it, or split it in two."),
    "nul": _("Character %(place)s is a null character, which no text can hold. Remove it."),
    "control": _(
        "Character %(place)s is a control character (%(name)s). Remove it; only new lines and tabs are taken."
    ),
    "surrogate": _("Character %(place)s is half a character (%(name)s). Copy the text again from where it came."),
    "noncharacter": _("Character %(place)s (%(name)s) is not a character of any script. Remove it."),
    "hidden": _("Character %(place)s (%(name)s) cannot be seen and may hide text. Remove it."),
    "direction_override": _(
        "Character %(place)s (%(name)s) turns the direction of the text around, so that it reads otherwise than it is "
        "stored. Remove it; Arabic text needs none."
    ),
    "direction_unclosed": _(
        "Character %(place)s (%(name)s) changes the direction of the text and is not closed on its line. Remove it."
    ),
    "stacked_marks": _("Character %(place)s (%(name)s) is one of too many marks upon one letter. Remove them."),
    "not_normalized": _(
        "Character %(place)s is written in an unusual way (not in Unicode's form NFC). It looks the same, but a search "
        "may miss it."
    ),
    "zero_width": _("Character %(place)s (%(name)s) has no width and cannot be seen."),
    "private_use": _("Character %(place)s (%(name)s) shows only with a special font."),
    "line_separator": _("Character %(place)s (%(name)s) is an unusual kind of line break."),
}
"""The message of each problem: `%(place)s` counts characters from 1, `%(name)s` is the code point."""


def problem_error(problem: Problem) -> ValidationError:
    """Return a problem as Django says it in forms and in the API's errors."""
    params: dict[str, object] = (
        {"limit": problem.position}
        if problem.code == "too_long"
        else {"place": problem.position + 1, "name": problem.code_point}
    )
    return ValidationError(PROBLEM_MESSAGES[problem.code], code=problem.code, params=params)


def problem_message(problem: Problem) -> str:
    """Return what is wrong, in the active language."""
    return str(problem_error(problem).messages[0])


def validate_text(text: str, *, max_length: int = MAX_WORDING) -> None:
    """Raise `ValidationError` with every reason why a text cannot be taken."""
    errors = [problem_error(problem) for problem in refused(text, max_length=max_length)]
    if errors:
        raise ValidationError(errors)
