"""What a report is made of before it is a file: paragraphs of pieces, each with its language, and references among them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from babel.lists import format_list

from declaration.languages import babel_locale
from declaration.translated import TranslatedText

Key = tuple[str, int]
"""What a paragraph tells of, so that others can refer to it: `("activity", 12)`."""

_PLACE: Final = re.compile(r"%\((\w+)\)s")
_STOPS: Final = ".。"


@dataclass(frozen=True)
class Text:
    """Words in one language; `is_name` sets apart the name of what a paragraph tells of."""

    text: str
    language: str
    is_name: bool = False


@dataclass(frozen=True)
class Reference:
    """The number of the paragraph that tells of something."""

    key: Key
    language: str


Piece = Text | Reference


@dataclass(frozen=True)
class Heading:
    """A heading; sections are on level 1."""

    level: int
    pieces: list[Piece]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of sentences. `key` numbers it and lets others refer to it; without one it has no number."""

    sentences: list[list[Piece]]
    key: Key | None = None

    def pieces(self, language: str) -> list[Piece]:
        """Return the sentences in a row, with a space of the language between them."""
        found: list[Piece] = []
        for sentence in self.sentences:
            found += [*([Text(" ", language)] if found else []), *sentence]
        return found


@dataclass
class Draft:
    """A report as it is going to be written: its title, what stands under it, and its headings and paragraphs."""

    language: str
    title: str
    subtitles: list[Text]
    blocks: list[Heading | Paragraph] = field(default_factory=list)

    def numbers(self) -> dict[Key, int]:
        """Return the number of each paragraph that has one, counted through the whole report."""
        keys = [block.key for block in self.blocks if isinstance(block, Paragraph) and block.key]
        return {key: number for number, key in enumerate(keys, start=1)}

    def plain(self) -> list[tuple[int | None, int | None, str]]:
        """Return each block as the level of a heading, the number of a paragraph, and its words."""
        numbers = self.numbers()
        found: list[tuple[int | None, int | None, str]] = []
        level: int | None
        number: int | None
        for block in self.blocks:
            if isinstance(block, Heading):
                level, number, pieces = block.level, None, block.pieces
            else:
                level, number, pieces = None, numbers[block.key] if block.key else None, block.pieces(self.language)
            words = "".join(piece.text if isinstance(piece, Text) else str(numbers[piece.key]) for piece in pieces)
            found.append((level, number, words))
        return found


def say(text: TranslatedText, language: str, *, is_name: bool = False, in_sentence: bool = False) -> Text:
    """Return a text of the record as a reader of a language gets it; `in_sentence` leaves its full stop to the sentence."""
    words = text.text_for(language)
    return Text(words.rstrip().rstrip(_STOPS) if in_sentence else words, text.language_for(language), is_name)


def fill(pattern: str, language: str, **values: Piece | Sequence[Piece]) -> list[Piece]:
    """Return a translated sentence with pieces in its places, `%(name)s`."""
    parts = _PLACE.split(pattern)
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        if number % 2:
            value = values[part]
            pieces += [value] if isinstance(value, Text | Reference) else list(value)
        elif part:
            pieces.append(Text(part.replace("%%", "%"), language))
    return pieces


def join(items: Iterable[Piece | Sequence[Piece]], language: str) -> list[Piece]:
    """Return pieces as a list in a language: "1, 4 and 7"."""
    found = {f"item{number}": item for number, item in enumerate(items)}
    return fill(format_list([f"%({name})s" for name in found], locale=babel_locale(language)), language, **found)
