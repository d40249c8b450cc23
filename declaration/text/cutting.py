"""The redline of a text that became several, cut into one redline for each of them.

A clause that was split is compared with all its parts together, so that words which went to another part do not count as
deleted. Each part then has its own operations: they make that part to the letter, and the old texts of all parts, one
after the other, make the old text to the letter.
"""

from collections.abc import Sequence
from typing import Final

from declaration.text.redline import Operation, redline

SPACE: Final = " "


def separator_of(language: str) -> str:
    """Return what stands between texts that are compared as one: a space, in Chinese nothing."""
    return "" if language == "zh" else SPACE


def join_texts(texts: Sequence[str], separator: str = SPACE) -> str:
    """Return texts as one, those that are empty left out."""
    return separator.join(filter(None, texts))


def redline_parts(old: str, parts: Sequence[str], separator: str = SPACE) -> list[list[Operation]]:
    """Return what changed from a text to each of the parts that it became, given in their order; nothing for empty parts.

    Where all parts are empty, the first has all that was deleted. The separator stands between the parts while they are
    compared and is in none of them. Raises `TextTooLongError`.
    """
    written = [index for index, part in enumerate(parts) if part] or [0]
    result: list[list[Operation]] = [[] for _ in parts]
    cutter = _Cutter(redline(old, join_texts(parts, separator)))
    for index in written[:-1]:
        result[index] = cutter.take(len(parts[index])) + cutter.take_separator(separator)
    result[written[-1]] = cutter.rest()
    return [_joined(operations) for operations in result]


class _Cutter:
    """Operations that are taken from the front by the length of the new text."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.waiting = list(reversed(operations))

    def take(self, length: int) -> list[Operation]:
        """Return the operations up to so many characters of the new text."""
        taken: list[Operation] = []
        while length and self.waiting:
            operation = self.waiting.pop()
            if operation.op != "delete":
                if len(operation.text) > length:
                    self.waiting.append(Operation(operation.op, operation.text[length:]))
                    operation = Operation(operation.op, operation.text[:length])
                length -= len(operation.text)
            taken.append(operation)
        return taken

    def take_separator(self, separator: str) -> list[Operation]:
        """Drop the separator, which no part has; one that the old text has as well is deleted."""
        taken = self.take(len(separator))
        return [Operation("delete", each.text) for each in taken if each.op != "insert"]

    def rest(self) -> list[Operation]:
        """Return what is left."""
        return list(reversed(self.waiting))


def _joined(operations: Sequence[Operation]) -> list[Operation]:
    """Join neighbours of one sort; between equal pieces, deletions stand before insertions."""
    joined: list[Operation] = []
    run = {"delete": "", "insert": ""}
    for operation in [*operations, None]:
        if operation is not None and operation.op != "equal":
            run[operation.op] += operation.text
            continue
        joined += [Operation(op, run[op]) for op in ("delete", "insert") if run[op]]
        if any(run.values()):
            run = {"delete": "", "insert": ""}
        if operation is None:
            break
        if joined and joined[-1].op == "equal":
            joined[-1] = Operation("equal", joined[-1].text + operation.text)
        else:
            joined.append(operation)
    return joined
