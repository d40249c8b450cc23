"""What stands around a text: its head and title before it, contents, page numbers and rules between its lines."""

import re
from functools import lru_cache
from typing import Final

from declaration.text.parser import words
from declaration.text.parser.entries import Entry
from declaration.text.parser.furniture import furniture_of
from declaration.text.parser.shapes import is_heading_like, skeleton, trimmed

# Looked for at the end of a line alone: a line of nothing but dots would take long to search.
_LEADERS: Final = re.compile(r"(?:\.\s?){4}\s{0,3}[0-9٠-٩]{1,4}$|…{2}\s{0,3}[0-9٠-٩]{1,4}$")
_TAIL: Final = 40
_TABBED_PAGE: Final = re.compile(r"\t+\s*(?:[0-9٠-٩]{1,4}\s*[-–]\s*)?[0-9٠-٩]{1,4}(?:\s*\t\s*[0-9٠-٩]{1,4})?\s*$")
_MASTHEAD: Final = re.compile(
    r"""
    (?:(?:United\s+Nations|Nations\s+Unies|Naciones\s+Unidas|Организация\s+Объединенных\s+Наций|الأمم\s+المتحدة|联\s*合\s*国)
      (?:\s+[A-Z][A-Z0-9./*()\-]{3,40}\*?)?$)
    | (?:Distr\b|Original\s*:|Origen\s*:|Оригинал\s*:|الأصل\s*:|原\s*文\s*[:：]|Язык)
    | (?:General|Limited|Restricted)$
    | (?:Arabic|Chinese|English|French|Russian|Spanish|Français|Español|Русский|عربي|中文)(?:\s+(?:only|and)\b.{0,40})?$
    | (?:General\s+Assembly|Human\s+Rights\s+Council|Economic\s+and\s+Social\s+Council)(?:\s+Distr\b.*)?$
    | (?:Assemblée\s+générale|Conseil\s+des\s+droits\s+de\s+l[’']homme)(?:\s+Distr\b.*)?$
    | (?:Asamblea\s+General|Consejo\s+de\s+Derechos\s+Humanos)(?:\s+Distr\b.*)?$
    | (?:Генеральная\s+Ассамблея|Совет\s+по\s+правам\s+человека)(?:\s+Distr\b.*)?$
    | (?:الجمعية\s+العامة|مجلس\s+حقوق\s+الإنسان)(?:\s+Distr\b.*)?$
    | (?:大\s*会|人权理事会)(?:\s+Distr\b.*)?$
    | .{0,60}\b(?:session|sesión|сессия|период\s+сесси|período\s+de\s+sesiones)\w*$
    | الدورة\s.{0,40}$ | 第.{1,8}届会议$
    | (?:Agenda\s+items?|Items?\s+[0-9]+|Points?\s+[0-9]+|Point\s.{0,30}ordre\s+du\s+jour|Temas?\s+[0-9]+|Пункты?\s|البن(?:د|ود)\s|临时议程项目|议程项目)
    | \*+\s
    """,
    re.VERBOSE,
)
# A day, or the days of a session: "19 December 2016", "6–23 июня 2017 года", "2017年6月6日至23日".
_DAYS: Final = re.compile(
    r"[0-9]{1,2}[.ºª]?(?:er)?(?:\s?[-–]\s?[0-9]{1,2})?\s+(?:(?:de|du)\s+)?[^\W\d_]+(?:\s[^\W\d_]+)?(?:/[^\W\d_]+)?(?:\s+(?:de|al?|au|to|-|–)\s+[0-9]{1,2}(?:\s+de)?\s+[^\W\d_]+)?"
    r",?\s+(?:del?\s+)?[0-9]{4}(?:\s*г(?:од)?[а.]?)?|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:[至—-](?:[0-9]{1,2}月)?[0-9]{1,2}日)?"
)
_MEETING: Final = re.compile(
    r"(?:[0-9]{1,4}(?:st|nd|rd|th)\s+(?:plenary\s+)?meeting|[0-9]{1,4}\s?e\s+séance(?:\s+plénière)?|[0-9]{1,4}\s?[ªa]\.?\s+sesión(?:\s+plenaria)?"
    r"|[0-9]{1,4}-е\s+(?:пленарное\s+)?заседание|الجلسة(?:\s+العامة)?\s+[0-9٠-٩]{1,4}|第[0-9]{1,4}次(?:全体)?会议)\.?"
)
_MAX_HEADER_LINES: Final = 12
_STARTING_SERIES: Final = frozenset({"digit", "ROMAN", "LETTER", "points", "pp", "op"})
_LISTING_SERIES: Final = frozenset({"letter", "roman"})
_CONTINUES: Final = (",", ";", "，", "；", "،", "؛")
_MAX_CONTENTS_HEADS: Final = 4
_MIN_PROSE: Final = 120


def set_aside(entries: list[Entry], language: str, *, has_looks: bool) -> None:
    """Set the reason on each line that is no part of the text, and mark where a preamble without a heading begins."""
    _set_contents_aside(entries, language)
    for entry in entries:
        if not entry.out:
            entry.out = _furniture(entry, has_looks=has_looks)
    start = _find_start(entries)
    for entry in entries[:start]:
        if entry.out == "running_head":
            entry.out = "masthead"
    _set_header_aside(entries[:start])
    _set_closing_aside(entries[start:])
    front = [entry for entry in entries[:start] if not entry.out]
    has_preamble_ahead = _next_structure(entries, start) == "preamble"
    opening = None if has_preamble_ahead else _opening_of_preamble(front, language)
    if opening is not None:
        front[opening].opens_preamble = True
        front = front[:opening]
    _set_front_aside(front, language, is_all=start == len(entries) and opening is None)


def _set_header_aside(front: list[Entry]) -> None:
    """Set aside the few lines that a rule keeps apart from the text, as a library prints them above what it stores."""
    rule = next((index for index, entry in enumerate(front[: _MAX_HEADER_LINES + 1]) if entry.out == "rule"), 0)
    for entry in front[:rule]:
        entry.out = entry.out or "masthead"


def _set_closing_aside(entries: list[Entry]) -> None:
    """Set aside where a resolution says when it was adopted: the meeting, and the day and the vote on the lines after it."""
    waiting = [entry for entry in entries if not entry.out]
    place = 0
    while place < len(waiting):
        end = _closing_end(waiting, place)
        for entry in waiting[place:end]:
            entry.out = "closing"
        place = max(end, place + 1)


def _closing_end(entries: list[Entry], start: int) -> int:
    """Return where the lines end that close a resolution; `start` itself if none do."""
    if entries[start].is_labelled or not _MEETING.fullmatch(trimmed(entries[start].line.text)):
        return start
    end, is_vote = start + 1, False
    for entry in entries[start + 1 : start + _MAX_HEADER_LINES]:
        text = trimmed(entry.line.text)
        is_vote = is_vote or text.startswith("[")
        if entry.is_labelled or not (is_vote or _DAYS.fullmatch(text)):
            break
        end += 1
        is_vote = is_vote and not text.endswith("]")
    return end if end > start + 1 else start


def _set_front_aside(front: list[Entry], language: str, *, is_all: bool) -> None:
    """Set the reason on the head and title of a text; `is_all` says that nothing with a number or head follows.

    Once a text of its own has begun, as a summary, short lines are headings in it and no titles any more.
    """
    has_text = False
    for index, entry in enumerate(front):
        following = front[index + 1] if index + 1 < len(front) else None
        if has_text:
            entry.is_heading = is_heading_like(entry.line.text) and following is not None and _is_prose(following)
            continue
        entry.out = _front_reason(entry, following, language)
        has_text = not entry.out and not entry.is_heading
    if is_all and not has_text:
        for entry in front[len(front) > 1 :]:
            entry.out, entry.is_heading = "", False


def _furniture(entry: Entry, *, has_looks: bool) -> str:
    """Return why a line that is printed around the text is left out, empty for a line of the text."""
    if entry.line.auto is not None or entry.structure is not None:
        return ""
    reason = furniture_of(entry.line.text)
    return "" if reason == "page_number" and has_looks else reason


def _set_contents_aside(entries: list[Entry], language: str) -> None:
    heads = {word.casefold() for word in words.CONTENTS[language]}
    is_inside = False
    for index, entry in enumerate(entries):
        text = trimmed(entry.line.text)
        if entry.line.look.is_contents or _LEADERS.search(text[-_TAIL:]):
            entry.out = "contents"
        elif trimmed(text).casefold() in heads:
            entry.out, is_inside = "contents", True
        elif is_inside:
            ahead = entries[index : index + _MAX_CONTENTS_HEADS]
            if any(_names_page(each.line.text) for each in ahead):
                entry.out = "contents"
            else:
                is_inside = False


def _names_page(text: str) -> bool:
    """Whether a line ends with the number of a page, as those of a table of contents do."""
    tail = trimmed(text)[-_TAIL:]
    return bool(_TABBED_PAGE.search(tail) or _LEADERS.search(tail))


def _find_start(entries: list[Entry]) -> int:
    """Return the place of the first line that heads or numbers a part of the text; all of them if there is none."""
    for index, entry in enumerate(entries):
        if entry.out:
            continue
        if entry.structure is not None:
            return index
        if entry.mark is not None and _may_start(entry):
            return index
    return len(entries)


def _may_start(entry: Entry) -> bool:
    meanings = entry.mark.meanings if entry.mark else ()
    return any(
        meaning.series in _STARTING_SERIES or (meaning.series in _LISTING_SERIES and meaning.value == 1)
        for meaning in meanings
    )


def _next_structure(entries: list[Entry], start: int) -> str:
    if start >= len(entries):
        return ""
    structure = entries[start].structure
    return structure.kind if structure else ""


def _opening_of_preamble(front: list[Entry], language: str) -> int | None:
    """Return the place of the first line of a preamble that no heading announces, `None` if there is none."""
    for index, entry in enumerate(front):
        if entry.line.look.is_title or entry.line.table is not None:
            continue
        if is_recital(entry.line.text, language):
            before = index - 1
            return before if before >= 0 and is_organ(front[before].line.text, language) else index
        if is_organ(entry.line.text, language) and trimmed(entry.line.text).endswith(_CONTINUES):
            return index
    return None


def _front_reason(entry: Entry, following: Entry | None, language: str) -> str:
    """Return why a line before the text is left out; empty for words that are a text of their own, as a summary."""
    text = trimmed(entry.line.text)
    if entry.line.look.is_title:
        return "title"
    bare = skeleton(text)[0]
    if _MASTHEAD.match(bare) or _DAYS.fullmatch(bare) or (entry.line.table is not None and not _is_prose(entry)):
        return "masthead"
    if not any(map(str.isalpha, bare)):
        return "masthead"
    if not is_heading_like(text):
        return ""
    if following is not None and _is_prose(following) and _is_front_heading(entry, language):
        entry.is_heading = True
        return ""
    return "title"


def _is_prose(entry: Entry) -> bool:
    """Whether a line is a sentence; within a table, where dates and numbers stand, only a long one counts."""
    text = entry.line.text
    if entry.line.table is not None and len(text) < _MIN_PROSE:
        return False
    return not is_heading_like(text) and not entry.line.look.is_title


def _is_front_heading(entry: Entry, language: str) -> bool:
    return bool(entry.line.look.heading_level) or trimmed(entry.line.text).casefold() in _front_headings(language)


@lru_cache(maxsize=16)
def _front_headings(language: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in words.FRONT_HEADINGS[language])


def is_organ(text: str, language: str) -> bool:
    """Whether a line only names the organ that speaks: "The General Assembly,"."""
    bare = trimmed(skeleton(text)[0]).rstrip(",،，:：").casefold()
    return bare in _organs(language)


def is_recital(text: str, language: str) -> bool:
    """Whether a line begins as preambular paragraphs do, or at least goes on after a comma as they do."""
    bare = trimmed(skeleton(text)[0]).lstrip("[(")
    starts = bare.casefold().startswith(_recitals(language))
    return starts and (trimmed(text).endswith(_CONTINUES) or not is_heading_like(text))


@lru_cache(maxsize=16)
def _organs(language: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in words.ORGANS[language])


@lru_cache(maxsize=16)
def _recitals(language: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words.RECITALS[language])
