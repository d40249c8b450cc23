"""How unusual each way of reading a label is. The numbers only matter in comparison: one is a small oddity, five a large one.

They were set on declarations, resolutions and reports of United Nations bodies, in which levels run 1, (a), (i), a., i.
(United Nations Editorial Manual, "Numbering of paragraphs and subdivisions"), sections I, A, 1.
"""

from math import inf, log10
from typing import Final

from declaration.text.parser.marks import Meaning, letters_label
from declaration.text.suffixes import Suffix

MAX_LIST_LEVELS: Final = 7

LABEL_AS_TEXT: Final = 7.0
INITIAL_AS_TEXT: Final = 4.0
DASH_AS_TEXT: Final = 3.0
WRAPPED: Final = 3.0
RESTART_IN_SECTION: Final = 2.0
SAME_SORT_BELOW: Final = 5.5
SAME_LIST: Final = 0.4
LEVEL_LEFT: Final = 0.02
WITHOUT_COLON: Final = 0.3
DASHES: Final = frozenset("-–—*")

_OPENING: Final = 0.5
_OPENING_LATE: Final = 5.5
_MAX_LATE: Final = 3.0
_SKIP: Final = 3.5
_MAX_SKIP: Final = 2.5
_REPEAT: Final = 4.5
_RESTART: Final = 5.0
_FALL: Final = 6.0
_SUFFIX_ODD: Final = 1.5
_INDENT_STEP: Final = 2
_INDENT_STEP_TWIPS: Final = 150
_LARGE_INDENT: Final = 60
_INDENT: Final = 1.2
_FRAME: Final = 1.5
_NUMBERS_IN_NUMBERS: Final = 2.0
SECTION_GOES_ON: Final = 0.7
_FRAMES_ALIKE: Final = frozenset({".", "-", "tab"})
_SECTION_FRAMES: Final = frozenset({".", "-", "tab", "word"})
_RANKS: Final = {
    "pp": 0,
    "op": 0,
    "digit": 0,
    "points": 1,
    "LETTER": 1,
    "letter": 1,
    "ROMAN": 2,
    "roman": 2,
    "bullet": 3,
}
_SECTION_RANKS: Final = {"ROMAN": 0, "LETTER": 1, "digit": 2}


def step(last: int, last_suffix: Suffix, value: int, suffix: Suffix) -> tuple[float, str]:
    """Return what it costs that one number follows another in its series, and the code of what is odd about it."""
    if value == last:
        if suffix.follows(last_suffix):
            return 0.0, ""
        return (_SUFFIX_ODD, "number_skipped") if suffix > last_suffix else (_REPEAT, "number_repeated")
    if value == last + 1:
        return (0.0, "") if not suffix else (_SUFFIX_ODD, "number_skipped")
    if value > last:
        return _SKIP + min(_MAX_SKIP, log10(value - last) * 1.5), "number_skipped"
    return (_RESTART, "number_restarts") if value == 1 else (_FALL, "number_falls_back")


def opening(value: int, suffix: Suffix) -> tuple[float, str]:
    """Return what it costs that a series begins with a number, and the code of what is odd about it."""
    if value == 1 and not suffix:
        return _OPENING, ""
    return _OPENING_LATE + min(_MAX_LATE, log10(max(value, 1))), "number_starts_late"


def section_shape(
    series: str,
    frame: str,
    *,
    is_heading_like: bool,
    is_strong: bool,
    in_article: bool,
    has_sections: bool,
    has_lists: bool,
) -> float:
    """Return how unusual it is that a label heads a section; infinite for what never does."""
    cost = 0.0
    if series == "roman" and frame == "()" and is_heading_like and has_sections:
        # （一） below 一、 in Chinese
        cost = 0.2 if not has_lists else 2.0
    elif series not in _SECTION_RANKS or (frame not in _SECTION_FRAMES and not is_strong):
        return inf
    if not is_heading_like:
        cost += 2.5
    if in_article and not has_sections:
        cost += 4.0
    if is_strong:
        return cost - 0.5
    if series == "digit":
        cost += 1.0 if is_heading_like else 6.0
        cost += 0.0 if has_sections else 3.0
    return cost


def as_section(meaning: Meaning, frame: str) -> Meaning:
    """Return what a label means as the head of a section: （二） below 一、 is the second letter, B."""
    if meaning.series == "roman" and frame == "()":
        return meaning._replace(series="LETTER", label=letters_label(meaning.value).upper())
    return meaning


def section_below(above: str, series: str) -> float:
    """Return how unusual it is that a series of sections begins within another; empty for the top."""
    rank = _SECTION_RANKS.get(series, 0)
    if not above:
        return 0.3 * rank
    return 0.0 if rank > _SECTION_RANKS.get(above, 0) else 1.5


def list_shape(series: str, frame: str, *, is_heading_like: bool, is_strong: bool) -> float:
    """Return how unusual it is that a label is one of a list, by how its line looks."""
    cost = 2.0 if is_strong else 0.0
    if series in {"ROMAN", "LETTER"} and frame in _SECTION_FRAMES:
        cost += 4.5 if is_heading_like else 0.3
        cost += 3.0 if frame == "word" else 0.0
    return cost


def list_below(above: str, series: str) -> float:
    """Return how unusual it is that a series of list labels begins within another; empty for none."""
    rank = _RANKS.get(series, 0)
    if not above:
        return 0.4 if series == "roman" else 0.0
    if rank == _RANKS.get(above, 0) + 1 or series == "bullet":
        return 0.0
    if rank > _RANKS.get(above, 0):
        return 0.4
    return _NUMBERS_IN_NUMBERS if above == series == "digit" else 0.9


def frame_differs(last: str, frame: str) -> float:
    """Return how unusual it is that labels of one series are framed differently: "(a)" and then "b)"."""
    if last == frame:
        return 0.0
    return 0.3 if {last, frame} <= _FRAMES_ALIKE else _FRAME


def indent_differs(last: int | None, indent: int | None) -> float:
    """Return how unusual it is that labels of one series stand at different distances from the margin."""
    return (
        _INDENT if last is not None and indent is not None and abs(indent - last) >= _indent_step(last, indent) else 0.0
    )


def indent_returns(above: int | None, indent: int | None) -> float:
    """Return how unusual it is that a list stands nearer to the margin than what it is in."""
    return (
        _INDENT if above is not None and indent is not None and above - indent >= _indent_step(above, indent) else 0.0
    )


def _indent_step(*indents: int) -> int:
    """Return the difference that counts: columns are small numbers, twentieths of a point are large."""
    return _INDENT_STEP if max(indents) < _LARGE_INDENT else _INDENT_STEP_TWIPS


def are_points_in_step(last: str, label: str) -> bool:
    """Whether two labels in points differ only in their last number: 2.1 and 2.2."""
    return last.rpartition(".")[0] == label.rpartition(".")[0]


def are_points_below(above: str, label: str) -> bool:
    """Whether a label in points continues that of the clause it is in: 2.1 in 2, 2.1.1 in 2.1."""
    return label.rpartition(".")[0] == above
