"""Why a correction cannot be made."""

from collections.abc import Mapping
from typing import Final

from declaration.text.findings import gettext_noop

MESSAGES: Final[Mapping[str, str]] = {
    "operation_unknown": gettext_noop("There is no correction of this name: %(op)s."),
    "field_missing": gettext_noop("This correction needs a value: %(field)s."),
    "field_invalid": gettext_noop("This value cannot be read: %(field)s."),
    "field_unknown": gettext_noop("This correction takes no such value: %(field)s."),
    "node_unknown": gettext_noop("There is no clause with this key in the text: %(node)s."),
    "kind_unknown": gettext_noop("There is no such kind of clause: %(kind)s."),
    "label_invalid": gettext_noop(
        "A number has digits or Latin letters, such as 3, 53 bis, a or IV; each language prints it in its own."
    ),
    "split_outside": gettext_noop("The text cannot be split there: both parts need words."),
    "split_in_symbol": gettext_noop("The text cannot be split in the middle of a symbol: %(symbol)s."),
    "nothing_before": gettext_noop("There is no clause before this one to join it with."),
    "cannot_indent": gettext_noop("There is no clause before this one on its level that it could stand below."),
    "cannot_outdent": gettext_noop("This clause stands on the highest level already."),
    "heading_too_long": gettext_noop("The line is too long for a heading; at most %(limit)s characters fit."),
    "no_text": gettext_noop("This clause has no text whose first line could become its heading."),
    "no_heading": gettext_noop("This clause has no heading."),
    "reason_unknown": gettext_noop("There is no such reason for leaving a line out: %(reason)s."),
    "line_unknown": gettext_noop("No words of this line were left out: %(line)s."),
    "symbol_unknown": gettext_noop("No symbol is cited at this place of the clause."),
    "symbol_no_candidate": gettext_noop("This is not one of the symbols it could be: %(symbol)s."),
    "too_many": gettext_noop("A text takes at most %(limit)s corrections. Correct the file and bring it in again."),
    "too_many_clauses": gettext_noop("A text takes at most %(limit)s clauses."),
}
"""A sentence for each code, with named places for the error's parameters."""


class CorrectionError(ValueError):
    """A correction cannot be made. `code` is a key of `MESSAGES`, `index` its place among those given, from 0."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(MESSAGES[code] % params)
        self.code = code
        self.params: dict[str, str | int] = params
        self.index = 0
