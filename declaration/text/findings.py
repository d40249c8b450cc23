"""What a reader of texts notices and a person should know: codes, the line, and a sentence to translate.

The text itself is never altered by a finding. `error` marks what stands in the way of taking the text over, `warning` what
a person should look at before, `notice` what is only worth knowing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["error", "warning", "notice"]


def gettext_noop(message: str) -> str:
    """Return a message as it is: the name tells the collector of messages that it is one to translate."""
    return message


MESSAGES: Final[Mapping[str, str]] = {
    # Numbering
    "number_skipped": gettext_noop("%(label)s follows %(previous)s: a number seems to be missing."),
    "number_restarts": gettext_noop("The numbering begins again: %(label)s follows %(previous)s."),
    "number_repeated": gettext_noop("%(label)s follows %(previous)s: the number is used again."),
    "number_falls_back": gettext_noop("%(label)s follows %(previous)s: the number is lower than the one before."),
    "number_starts_late": gettext_noop("The numbering begins with %(label)s."),
    "label_repeated": gettext_noop("%(label)s is there more than once; the identifier %(eid)s keeps this one apart."),
    "label_ambiguous": gettext_noop("%(label)s can be read in two ways; its neighbours decided."),
    "label_unknown": gettext_noop("The label “%(label)s” is not understood and was kept as part of the text."),
    "eid_shortened": gettext_noop("%(label)s stands so deep that its identifier had to be shortened to %(eid)s."),
    # Structure
    "no_structure": gettext_noop("No article, section or number was found: every paragraph was taken as a clause."),
    "clause_empty": gettext_noop("%(label)s has neither a heading nor a text."),
    "line_after_list": gettext_noop(
        "This line has no label and follows a list. It was kept with the last item; it may belong to what the list is in."
    ),
    "table_flattened": gettext_noop("A table was read row by row, its cells one after another."),
    "language_differs": gettext_noop("The text seems to be in another language (%(found)s) than was said (%(said)s)."),
    "language_unknown": gettext_noop("The language of the text could not be told; English was taken."),
    "direction_mixed": gettext_noop("Most of this line is written in the other direction than the text."),
    "note_call_empty": gettext_noop("Empty brackets stand where the call of a footnote may have been (%(count)s)."),
    "symbols_unsearched": gettext_noop("The text cites thousands of symbols; from here on none were looked for."),
    # Word files
    "tracked_changes": gettext_noop(
        "The file has tracked changes: what was inserted was taken, what was deleted was left out."
    ),
    "external_content": gettext_noop("The file points to %(target)s outside; it was not fetched."),
    "picture": gettext_noop("A picture or an embedded object was left out."),
    "embedded_document": gettext_noop("Another document is embedded here and was left out."),
    "number_format_unknown": gettext_noop("The numbering format “%(format)s” is not known; plain numbers were used."),
    "text_unread": gettext_noop("Characters of the file that stand in places that are not read: %(count)s."),
    # Characters, one for each code of declaration.text.hygiene
    "characters_nul": gettext_noop("The line has a null character, which no text can hold."),
    "characters_control": gettext_noop("The line has a control character (%(name)s)."),
    "characters_surrogate": gettext_noop("The line has half a character (%(name)s)."),
    "characters_noncharacter": gettext_noop("The line has a code that is no character of any script (%(name)s)."),
    "characters_hidden": gettext_noop("The line has a character that cannot be seen and may hide text (%(name)s)."),
    "characters_direction_override": gettext_noop(
        "The line has a character (%(name)s) that makes it read otherwise than it is stored."
    ),
    "characters_direction_unclosed": gettext_noop(
        "The line has a character (%(name)s) that changes the direction and is not closed."
    ),
    "characters_stacked_marks": gettext_noop(
        "The line has more marks upon one letter (%(name)s) than any script uses."
    ),
    "characters_not_normalized": gettext_noop("Lines with characters written in an unusual way (not NFC): %(lines)s."),
    "characters_zero_width": gettext_noop("Lines with characters without width (%(name)s): %(lines)s."),
    "characters_private_use": gettext_noop(
        "Lines with characters that show only with a special font (%(name)s): %(lines)s."
    ),
    "characters_line_separator": gettext_noop("Lines with an unusual kind of line break (%(name)s): %(lines)s."),
    "characters_too_long": gettext_noop("The clause is longer than %(limit)s characters."),
}
"""A sentence for each code, with named places for the finding's parameters."""

REASONS: Final[Mapping[str, str]] = {
    "blank": gettext_noop("an empty line"),
    "title": gettext_noop("the title of the text"),
    "masthead": gettext_noop("the head of the document"),
    "other_language": gettext_noop("in another language"),
    "other_column": gettext_noop("in another column of the table"),
    "contents": gettext_noop("the table of contents"),
    "page_number": gettext_noop("a page number"),
    "running_head": gettext_noop("a line that is printed on every page"),
    "job_number": gettext_noop("a number of the printing service"),
    "rule": gettext_noop("a rule or an ornament"),
    "closing": gettext_noop("the meeting and the day on which the text was adopted"),
    "header": gettext_noop("the header of the pages"),
    "footer": gettext_noop("the footer of the pages"),
    "comment": gettext_noop("a comment in the margin"),
    "deleted": gettext_noop("deleted in tracked changes"),
    "hidden": gettext_noop("hidden text"),
    "note_unplaced": gettext_noop("a note whose place in the text is not known"),
    "by_hand": gettext_noop("left out by hand"),
    "unread": gettext_noop("a part of the file that is not read as text"),
}
"""Why a line was left out, to stand after the line."""


@dataclass(frozen=True)
class Finding:
    """One thing worth telling. `line` is the number of the source line, 0 for the whole text."""

    code: str
    line: int = 0
    severity: Severity = "warning"
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding in English, for a program's output; pages translate `MESSAGES[code]` and fill in `params`."""
        return MESSAGES[self.code] % self.params


@dataclass(frozen=True)
class LeftOut:
    """A line, or a part of one, that is not in the tree. `reason` is a key of `REASONS`."""

    line: int
    text: str
    reason: str
