"""Square brackets around words on which there is no agreement yet.

They may stand in one another ("[shall [fully]]"), and alternatives stand side by side ("[shall] [should]"). In Chinese the
full-width form is printed as well; the two forms are taken for the same.
"""

from typing import Final

_OPENING: Final = "[［"
_CLOSING: Final = "]］"


def unbalanced_brackets(text: str) -> list[int]:
    """Return the places of brackets that close nothing or are not closed, counting characters from 0."""
    opened: list[int] = []
    stray: list[int] = []
    for place, character in enumerate(text):
        if character in _OPENING:
            opened.append(place)
        elif character in _CLOSING:
            if opened:
                opened.pop()
            else:
                stray.append(place)
    return sorted([*stray, *opened])


def is_enclosed(text: str) -> bool:
    """Whether one pair of brackets stands around the whole text."""
    if len(text) <= 1 or text[0] not in _OPENING or text[-1] not in _CLOSING or unbalanced_brackets(text):
        return False
    return not unbalanced_brackets(text[1:-1])


def enclose(text: str) -> str:
    """Return the text in brackets; one that has a pair around it, and one that is empty, as it is."""
    return text if not text or is_enclosed(text) else f"[{text}]"


def release(text: str) -> str:
    """Return the text without the pair of brackets around the whole of it; one that has none as it is."""
    return text[1:-1].strip() if is_enclosed(text) else text
