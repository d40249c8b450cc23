"""A draft as plain text, in UTF-8: what `declaration.text.printer` prints, which the importer reads back as the same tree.

What is said of the draft stands before its text on lines that begin with an asterisk, which the importer leaves out as a
masthead. Footnotes are called by raised numbers and stand below a rule at the end, where the importer finds them; those
whose call is no number are told before the text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from declaration.exporters.reading import DraftReading, Words, footnote_lines, list_notes
from declaration.text.parser.shapes import is_heading_like
from declaration.text.printer import PrintStyle, print_text

RULE: Final = "* * *"
"""The line between the text in one language and the same in another."""

NOTES_RULE: Final = "_" * 20

# No empty lines: they would have the reader join lines that are about as long as each other, as those of an e-mail.
STYLE: Final = PrintStyle(indent=2)

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAX_DIGITS: Final = 3


def render_text(reading: DraftReading) -> str:
    """Return the draft in its languages, one whole text after the other."""
    return f"{RULE}\n".join(_in_language(reading, language) for language in reading.languages)


def split_languages(text: str) -> list[str]:
    """Return the texts of a file, one for each language, each ready to be imported."""
    return text.split(f"{RULE}\n")


def _in_language(reading: DraftReading, language: str) -> str:
    title = _line(reading.title(language))
    told = [*list_notes(reading, language), *footnote_lines(reading, language, lambda note: not _is_numbered(note))]
    head = [title if is_heading_like(title) else f"* {title}", *(f"* {_line(note)}" for note in told)]
    column = reading.column(language)
    text = print_text(map(_with_calls, column), language, style=STYLE)
    return "\n".join(head) + "\n" + text + "".join(_notes(column))


def _notes(column: Iterable[Words]) -> list[str]:
    lines = [
        f"{note['label'].translate(_RAISED)} {_line(note['text'])}\n"
        for words in column
        for note in words.footnotes
        if _is_numbered(note)
    ]
    return [f"{NOTES_RULE}\n", *lines] if lines else []


def _with_calls(words: Words) -> Words:
    """Return a clause with its footnotes' numbers raised at their places."""
    if not words.footnotes:
        return words
    texts = {True: words.heading, False: words.text}
    for note in sorted(words.footnotes, key=lambda each: each["position"], reverse=True):
        if _is_numbered(note):
            text, place = texts[note["is_in_heading"]], note["position"]
            texts[note["is_in_heading"]] = text[:place] + note["label"].translate(_RAISED) + text[place:]
    return replace(words, heading=texts[True], text=texts[False])


def _is_numbered(note: Mapping[str, Any]) -> bool:
    label = note["label"]
    return label.isascii() and label.isdigit() and len(label) <= _MAX_DIGITS


def _line(text: str) -> str:
    return " ".join(text.split())
