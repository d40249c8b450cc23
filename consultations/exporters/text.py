"""A submission as plain text, in UTF-8."""

import textwrap
from collections.abc import Iterator

from django.utils.translation import gettext as _

from consultations.exporters.reading import Item, Reading
from declaration.text.redline import as_plain_text


def render_text(reading: Reading) -> str:
    """Return the text of the file, its lines ended by a line feed. A redline has `[-deleted-]` and `{+inserted+}`."""
    return "\n".join(_lines(reading)).rstrip() + "\n"


def _lines(reading: Reading) -> Iterator[str]:
    yield from (reading.title, "=" * min(len(reading.title), 80), "")
    for note in reading.notes:
        yield from (f"* {note}", "")
    yield from (f"{label}: {value}" for label, value in reading.facts)
    if reading.general_comment:
        yield from ("", "", _("General comment"), "-" * 40, "", reading.general_comment)
    for item in reading.items:
        yield from ("", "", *_item(item))


def _item(item: Item) -> Iterator[str]:
    yield from (item.title, "-" * 40, item.facts)
    parts = (
        (item.present_title, item.present),
        (_("Proposed change"), as_plain_text(item.redline)),
        (_("Reasons"), item.rationale),
        (_("Answer of the drafters"), item.answer),
    )
    for label, text in parts:
        if text:
            yield from ("", f"{label}:", textwrap.indent(text, "    "))
