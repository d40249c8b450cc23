"""The report on the answers in a call as a table for spreadsheets: comma-separated, in UTF-8, row by row."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.report import Entry
from consultations.standing_words import say_standing
from declaration.models import Clause
from declaration.text.redline import as_plain_text

BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a spreadsheet takes a cell for a formula, and does what it says."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it some spreadsheets read the file in another encoding."""


def neutralise(text: str) -> str:
    """Return the text of a cell so that no spreadsheet takes it for a formula: with an apostrophe before it where it might."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


def _key(clause: Clause | None) -> str:
    return f"{clause.draft.ordinal}/{clause.eid}" if clause else ""


def _earlier(entry: Entry) -> str:
    said = (
        " ".join(filter(None, [each.replied_at.date().isoformat(), each.get_verdict_display(), each.reason]))
        for each in entry.earlier_replies
    )
    return "\n".join(said)


def _standing(entry: Entry) -> str:
    return " ".join([str(entry.standing.draft), *say_standing(entry.standing)]) if entry.standing else ""


COLUMNS: Final[list[tuple[str | Promise, Callable[[Entry], object]]]] = [
    (_("comment"), lambda entry: entry.comment.pk),
    (_("submission"), lambda entry: entry.comment.submission_id),
    (_("draft"), lambda entry: entry.comment.submission.call.draft.ordinal),
    (_("on"), lambda entry: entry.target_name),
    (_("identifier of the clause"), lambda entry: entry.comment.clause.eid if entry.comment.clause else ""),
    (_("by"), lambda entry: entry.party or ""),
    (_("on behalf of"), lambda entry: entry.group.name if entry.group else ""),
    (_("language"), lambda entry: entry.comment.language),
    (_("category"), lambda entry: entry.comment.get_category_display()),
    (pgettext_lazy("on a clause", "position"), lambda entry: entry.comment.get_position_display()),
    (_("change proposed"), lambda entry: entry.comment.get_operation_display()),
    (_("change, with [-deleted-] and {+inserted+} words"), lambda entry: as_plain_text(entry.redline)),
    (_("proposed wording"), lambda entry: entry.comment.proposed_text),
    (_("reasons"), lambda entry: entry.comment.rationale),
    (_("answer"), lambda entry: entry.answer.get_decision_display() if entry.answer else _("not answered")),
    (_("reason of the answer"), lambda entry: entry.answer.reason if entry.answer else ""),
    (
        _("answer published on"),
        lambda entry: (
            entry.answer.published_at.date().isoformat() if entry.answer and entry.answer.published_at else ""
        ),
    ),
    (_("what it became"), lambda entry: _key(entry.became.clause) if entry.became else ""),
    (_("its words"), lambda entry: entry.became.text if entry.became else ""),
    (_("where the comment stands now"), _standing),
    (_("reply"), lambda entry: entry.reply.get_verdict_display() if entry.reply else ""),
    (_("reason of the reply"), lambda entry: entry.reply.reason if entry.reply else ""),
    (_("replied on"), lambda entry: entry.reply.replied_at.date().isoformat() if entry.reply else ""),
    (_("replies to earlier answers"), _earlier),
]
"""The columns: the name of each, and what it holds."""


class _Line:
    """What `csv` writes a line into."""

    def write(self, line: str) -> str:
        return line


def write_rows(entries: Iterable[Entry], *, language: str) -> Iterator[str]:
    """Yield the lines of the table, the names of the columns first. `language` is Django's code of the one it is in.

    The lines are asked for after the request has been answered; each is therefore put into words in that language anew.
    """
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    with translation.override(language):
        head: str = writer.writerow([str(name) for name, _read in COLUMNS])
    yield BYTE_ORDER_MARK + head
    for entry in entries:
        with translation.override(language):
            line: str = writer.writerow([neutralise(str(read(entry))) for _name, read in COLUMNS])
        yield line
