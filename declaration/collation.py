"""In what order names stand in a list, for a reader of each language.

The order is that of the Unicode Collation Algorithm with its default table, so that accents and case do not scatter names
(Åland, Alemania). The database server that ships with the site has no such order of its own. Chinese names stand in the
order of the table, which is by radical and stroke.
"""

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

from declaration.translated import TranslatedText

if TYPE_CHECKING:
    from pyuca import Collator  # type: ignore[import-untyped]

SortKey = tuple[int, ...]


class Named(Protocol):
    """Anything with a name in several languages."""

    name: TranslatedText


NamedT = TypeVar("NamedT", bound=Named)


@functools.cache
def _collator() -> "Collator":
    # The table takes a third of a second to read: only where a list is sorted, and once.
    from pyuca import Collator

    return Collator()


@functools.lru_cache(maxsize=8192)
def sort_key(text: str, language: str) -> SortKey:
    """Return what to sort a text by in a list that is read in a text language.

    The Arabic article stands for no letter of its own: names that begin with it are ordered by what follows.
    """
    if language == "ar":
        text = text.removeprefix("ال")
    return tuple(_collator().sort_key(text))


def sorted_by_name(things: Iterable[NamedT], language: str) -> list[NamedT]:
    """Return things in the order of the names that a reader of this language sees."""
    return sorted(things, key=lambda thing: sort_key(thing.name.text_for(language), language))
