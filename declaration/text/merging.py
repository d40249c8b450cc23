"""Putting together what two people changed in the same text."""

from declaration.text.redline import TextTooLongError, redline


def merge_texts(base: str, theirs: str, yours: str) -> str | None:
    """Return the text with the changes of both, where they changed different places of it; None where they did not.

    Changes that touch one another are not put together, because nobody could tell which comes first.
    """
    try:
        changes = sorted({*_changes(base, theirs), *_changes(base, yours)})
    except TextTooLongError:
        return None
    merged, at = [], 0
    last_end = -1
    for start, end, words in changes:
        if start <= last_end:
            return None
        merged += [base[at:start], words]
        at = last_end = end
    return "".join([*merged, base[at:]])


def _changes(base: str, changed: str) -> set[tuple[int, int, str]]:
    """Return what was changed as (start, end, new words), by places in the base."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for op, text in redline(base, changed):
        if op == "equal":
            at += len(text)
        elif op == "delete":
            found.append((at, at + len(text), ""))
            at += len(text)
        elif found and found[-1][1] == at and not found[-1][2] and found[-1][0] != at:
            found[-1] = (found[-1][0], at, text)
        else:
            found.append((at, at, text))
    return set(found)
