"""Footnotes of plain texts: lines that begin with a raised number which the text calls, or that stand below a rule."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from declaration.text.sources.lines import NoteCall, SourceLine, SourceNote

_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_DIGITS: Final = str.maketrans(_RAISED, "0123456789")
_RAISED_NOTE: Final = re.compile(rf"\s*(?P<label>[{_RAISED}]{{1,3}})\s*(?=[^\s{_RAISED}])")
_BELOW_RULE: Final = re.compile(r"\s*(?:\[(?P<framed>[0-9]{1,3})\]\s*|(?P<bare>[0-9]{1,3})\s+)(?=\S)")
_RULE: Final = re.compile(r"\s*_{5,}\s*")
_CALL: Final = re.compile(rf"[{_RAISED}]{{1,3}}|\[[0-9]{{1,3}}\]")
_SENTENCE_END: Final = (".", "!", "?", "؟", "。", ";", "؛", "；", ")", "”", "»")
# A line of a note that is shorter than this was not broken off by a hard line end.
_MIN_BROKEN: Final = 38


@dataclass
class _Found:
    label: str
    start: int
    lines: list[SourceLine] = field(default_factory=list)
    key: str = ""


def take_notes(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], dict[str, SourceNote]]:
    """Return the lines without those of notes, each call taken out of its words, and the notes by their keys.

    A line that begins with a raised number is a note if the text has that number somewhere before or after; below a rule of
    low lines each that begins with a number is one, called or not.
    """
    if not any(_RAISED_NOTE.match(line.text) or _RULE.fullmatch(line.text) for line in lines):
        return list(lines), {}
    body, found = _separate(lines)
    if not found:
        return list(lines), {}
    calls: defaultdict[str, list[tuple[int, re.Match[str]]]] = defaultdict(list)
    wanted = {note.label for note in found}
    for index, line in enumerate(body):
        for match in _CALL.finditer(line.text):
            label = _label(match[0])
            if label in wanted:
                calls[label].append((index, match))
    taken: defaultdict[int, list[tuple[re.Match[str], str]]] = defaultdict(list)
    notes: dict[str, SourceNote] = {}
    for number, note in enumerate(found, start=1):
        note.key = f"plain-{number}"
        if calls[note.label]:
            index, match = calls[note.label].pop(0)
            taken[index].append((match, note.key))
            first = note.lines[0]
            note.lines[0] = replace(first, text=first.text[note.start :])
        notes[note.key] = SourceNote(note.key, note.label, tuple(note.lines))
    return [_without_calls(line, taken[index]) if index in taken else line for index, line in enumerate(body)], notes


def _separate(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], list[_Found]]:
    """Return the lines that are not notes, and the notes."""
    # A raised number that begins a line of words calls nothing.
    called = {_label(call) for line in lines for call in set(_CALL.findall(line.text, 1))}
    body: list[SourceLine] = []
    found: list[_Found] = []
    is_open = is_below_rule = False
    for line in lines:
        note = _note(line, called, is_below_rule=is_below_rule)
        if note is not None:
            found.append(note)
            is_open = True
        elif line.is_blank:
            body.append(line)
            is_open = False
        elif is_open and _is_broken_off(found[-1].lines[-1].text) and line.text.lstrip()[:1].islower():
            found[-1].lines.append(line)
        else:
            body.append(line)
            is_open, is_below_rule = False, _RULE.fullmatch(line.text) is not None
    return body, found


def _note(line: SourceLine, called: set[str], *, is_below_rule: bool) -> _Found | None:
    match = _RAISED_NOTE.match(line.text)
    if match:
        label = _label(match["label"])
        return _Found(label, match.end(), [line]) if is_below_rule or label in called else None
    match = _BELOW_RULE.match(line.text) if is_below_rule else None
    return _Found(match["framed"] or match["bare"], match.end(), [line]) if match else None


def _label(printed: str) -> str:
    return printed.strip("[]").translate(_TO_DIGITS)


def _is_broken_off(text: str) -> bool:
    return len(text) >= _MIN_BROKEN and not text.rstrip().endswith(_SENTENCE_END)


def _without_calls(line: SourceLine, calls: list[tuple[re.Match[str], str]]) -> SourceLine:
    """Return a line without the numbers that call notes, each kept as the place of a call."""
    text = line.text
    placed: list[NoteCall] = []
    for match, key in sorted(calls, key=lambda call: call[0].start(), reverse=True):
        text = text[: match.start()] + text[match.end() :]
        placed = [NoteCall(match.start(), key)] + [
            NoteCall(call.position - (match.end() - match.start()), call.key) for call in placed
        ]
    return replace(line, text=text, calls=(*line.calls, *placed))
