"""What cells of a spreadsheet hold, as text. Knows nothing of what they mean."""

import re
from typing import Final

from django.utils.translation import gettext as _

from declaration.importers.values import WrongValue

SEPARATOR: Final = ";"
"""What stands between several keys in one cell. No natural key has it."""

_DIGITS: Final = {start + digit: str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
_COMMANDS: Final = re.compile(r"^'*[=+\-@\t\r\n＝＋－＠]")
_HELD: Final = re.compile(r"^'+[=+\-@\t\r\n＝＋－＠]")


def neutralise(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula; `restore` gives back what it was."""
    return f"'{text}" if _COMMANDS.match(text) else text


def restore(text: str) -> str:
    """Return a text as it was before `neutralise`."""
    return text[1:] if _HELD.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would work this cell of a CSV file out."""
    return text.startswith("=")


def plain_digits(text: str) -> str:
    """Return a number, date or key with its Arabic-Indic digits written as 0 to 9, and without the spaces around it."""
    return text.translate(_DIGITS).strip()


def split_keys(text: str) -> list[str]:
    """Return the keys that stand in a cell, each once. Raises `WrongValue` for one that is there twice."""
    keys = [key for key in (part.strip() for part in text.replace("؛", SEPARATOR).split(SEPARATOR)) if key]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise WrongValue(_("“%(text)s” is there more than once.") % {"text": twice})
    return keys


def join_keys(keys: list[str]) -> str:
    """Return keys as they stand in one cell."""
    return SEPARATOR.join(keys)
