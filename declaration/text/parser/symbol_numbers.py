"""Resolutions and decisions that are cited by number: "resolution 23/12", "قراراته 9/2 و 12/9", "第60/209号决议"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from declaration.text.parser.symbol_words import (
    AND,
    CHINESE_DATE,
    DATED,
    DECISION,
    HIS,
    NAMES,
    ORGANS,
    OWN,
    RESOLUTION,
    SHORT_NAMES,
    Organ,
)

_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9/.\-])(?:"
    r"(?P<special>E?S-[0-9]{1,2}/[0-9]{1,3})"
    r"|(?P<first>[0-9]{1,4})/(?P<second>[0-9]{1,4})(?P<letter>[A-Z](?![a-zA-Z]))?"
    r"|(?P<roman>[0-9]{1,4})(?:\s?[A-Z](?![a-z]))?\s?\((?P<session>(?:S-)?[IVXLC]{1,8})\)"
    r"|(?P<dated>[0-9]{1,4})\s?\((?P<year>19[4-9][0-9]|20[0-9]{2})\)"
    r")(?![A-Za-z0-9/])"
)
_JOINED: Final = re.compile(
    rf"{DATED}\s*(?:[,،、;؛]\s*)?(?:{AND}\s*)?{CHINESE_DATE}(?:第\s*)?(?:号\s*(?:[,、]\s*)?(?:{AND}\s*)?{CHINESE_DATE}(?:第\s*)?)?"
)
# No two numbers of a list stand further apart.
_MAX_JOINT: Final = 80
_SENTENCE_END: Final = re.compile(r"[.!?؟](?=\s|$)|[。！？\n]")
# What may stand between an organ and the resolution that is its own: "Assembly resolution", "resolution … of the Council".
_OWN_BEFORE: Final = re.compile(r"(?:[’']s)?\s*(?:第)?\s*")
_OWN_AFTER: Final = re.compile(
    r"\s*(?:of|de|du|des|del|d[’']|الصادر(?:ة)?\s+عن)?\s*(?:the|la|el|l[’'])?\s*(?:ال|لل|ل)?"
)
_YEAR: Final = re.compile(r"(?<![0-9/])(?:19[4-9][0-9]|20[0-9]{2})(?![0-9/])")
_NO_YEAR: Final = 9999
# The Council held its first session in 2006 and holds three a year; the Assembly's first was in 1946.
_COUNCIL_BEGAN: Final = 2006
_COUNCIL_SESSIONS: Final = 3
_ASSEMBLY_BEGAN: Final = 1945
_REACH: Final = 110
_REACH_AFTER: Final = 24
_REACH_OWN: Final = 40
_FAR: Final = 300
_MIN_YEAR: Final = 1946


class Mention(NamedTuple):
    """An organ's name in a text; `organs` are those that it may mean."""

    start: int
    end: int
    organs: tuple[str, ...]


class Citation(NamedTuple):
    """A number that is cited as a resolution or decision, with where its sentence begins and ends.

    `word` is where the word "resolution" stands; `is_feminine` tells whether it says "her" resolution in Arabic.
    """

    match: re.Match[str]
    kind: str
    word: tuple[int, int]
    sentence: tuple[int, int]
    is_feminine: bool | None


class NumberReader:
    """Finds cited numbers in the pieces of one text, remembering which organs it has named."""

    def __init__(self, language: str, known: frozenset[str]) -> None:
        self._language = language
        self._known = known
        self._names = [(code, re.compile(pattern)) for code, pattern in NAMES[language]]
        self._words = (("RES", re.compile(RESOLUTION[language])), ("DEC", re.compile(DECISION[language])))
        self._resolved: dict[tuple[str, str], str] = {}
        self._last_named: list[str] = []
        self._is_reversed = False
        self._latest_year = _NO_YEAR
        self._speaker: Organ | None = None
        self._his = re.compile(HIS[language])
        self._own = re.compile(OWN[language]) if language in OWN else None

    def hear(self, text: str) -> None:
        """Take over which organ speaks from here on: the only one that a text names, nobody for an empty text."""
        organs = {mention.organs for mention in self._mentions(text)}
        codes = organs.pop() if len(organs) == 1 else ()
        self._speaker = ORGANS[codes[0]] if len(codes) == 1 else None

    def look_ahead(self, texts: list[str], *, has_reversed: bool) -> None:
        """Look through the whole text before it is read: for the latest year it names, and for reversed numbers.

        Where one number can only be a reversed one, none of the text's is sure.
        """
        years = [int(year) for text in texts for year in _YEAR.findall(text)]
        self._latest_year = max(years, default=_NO_YEAR)
        self._is_reversed = has_reversed or any(
            citation.match["second"]
            and int(citation.match["second"]) >= _MIN_YEAR
            and int(citation.match["first"]) < _MIN_YEAR
            for text in texts
            for citation in self._citations(text, [])
        )

    def read(
        self, text: str, taken: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, str | None, tuple[str, ...], str]]:
        """Yield each number cited in a text: from, to, symbol or candidates, and what it was read from."""
        mentions = list(self._mentions(text))
        for citation in self._citations(text, taken):
            symbol, candidates, basis = self._symbol(citation, mentions)
            yield citation.match.start(), citation.match.end(), symbol, candidates, basis
        self._remember(mentions)

    def _remember(self, mentions: list[Mention]) -> None:
        for mention in mentions:
            if len(mention.organs) == 1:
                code = mention.organs[0]
                self._last_named = [code, *(each for each in self._last_named if each != code)]

    def _mentions(self, text: str) -> Iterator[Mention]:
        found: list[Mention] = []
        named = bytearray(len(text))
        for code, pattern in self._names:
            for match in pattern.finditer(text):
                start, end = match.span()
                if not any(named[start:end]):
                    named[start:end] = b"\1" * (end - start)
                    found.append(Mention(start, end, SHORT_NAMES.get(code, (code,))))
        yield from sorted(found)

    def _citations(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Citation]:
        if "/" not in text and "(" not in text:
            return
        written = bytearray(len(text))
        for start, end in taken:
            written[start:end] = b"\1" * (end - start)
        numbers = [match for match in _NUMBER.finditer(text) if not any(written[match.start() : match.end()])]
        if not numbers:
            return
        words = sorted(
            ((kind, match) for kind, pattern in self._words for match in pattern.finditer(text)),
            key=lambda word: word[1].span(),
        )
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        for run in _runs(numbers, text):
            word = self._word_for(run, words, text)
            if word is None:
                continue
            kind, place = word
            sentence = _sentence(ends, run[0].start(), len(text))
            for match in run:
                yield Citation(match, kind, place.span(), sentence, self._is_feminine(place[0]))

    def _word_for(
        self, run: list[re.Match[str]], words: list[tuple[str, re.Match[str]]], text: str
    ) -> tuple[str, re.Match[str]] | None:
        """Return the word that makes numbers those of resolutions: before them, in Chinese after them too."""
        start, end = run[0].start(), run[-1].end()
        if self._language == "zh":
            place = bisect_left(words, end, key=lambda word: word[1].start())
            following = words[place] if place < len(words) else None
            if following is not None:
                gap = following[1].start()
                if gap <= end + _REACH_AFTER and not _SENTENCE_END.search(text, end, gap):
                    return following
        place = bisect_right(words, start, key=lambda word: word[1].end())
        if not place:
            return None
        before = words[place - 1]
        after_word = before[1].end()
        if start - after_word > _REACH or _SENTENCE_END.search(text, after_word, start):
            return None
        return None if any(map(str.isdigit, text[after_word:start])) else before

    def _is_feminine(self, word: str) -> bool | None:
        if self._language != "ar":
            return None
        if word.endswith("ها"):
            return True
        return False if word.endswith("ه") else None

    def _symbol(self, citation: Citation, mentions: list[Mention]) -> tuple[str | None, tuple[str, ...], str]:
        form = _form(citation.match)
        named = self._speaking(citation, self._own) or self._named(citation, mentions)
        number = citation.match[0]
        basis = "organ"
        if named is None:
            named, basis = self._speaking(citation, self._his), "speaker"
        if named is None:
            again = self._resolved.get((citation.kind, number))
            if again is not None:
                return again, (), "organ_before"
            return None, self._candidates(citation, form), "unknown"
        symbol = _write(named, citation.kind, citation.match)
        other = self._reversed(named, citation, symbol)
        if other:
            return None, other, "reversed"
        if not _is_plausible(named, citation.match):
            return None, tuple(dict.fromkeys((*self._candidates(citation, form), symbol))), "unknown"
        self._resolved[citation.kind, number] = symbol
        return symbol, (), basis

    def _speaking(self, citation: Citation, words: re.Pattern[str] | None) -> Organ | None:
        """Return the organ that speaks if a citation is said to be its own, and its numbers look like that."""
        speaker = self._speaker
        if speaker is None or words is None or not _is_plausible(speaker, citation.match):
            return None
        if self._language == "ar":
            return speaker if citation.is_feminine == speaker.is_feminine_in_arabic else None
        end = min(citation.word[0], citation.match.start())
        return speaker if words.search(citation.match.string, max(0, end - _REACH_OWN), end) else None

    def _named(self, citation: Citation, mentions: list[Mention]) -> Organ | None:
        """Return the organ that the sentence names nearest to the number, of those that number in that form."""
        best: tuple[tuple[int, int], Organ] | None = None
        start = min(citation.word[0], citation.match.start())
        end = max(citation.match.end(), citation.word[1])
        first = bisect_left(mentions, max(citation.sentence[0], start - _FAR), key=lambda mention: mention.start)
        for mention in mentions[first:]:
            if mention.end > citation.sentence[1] or mention.start > end + _FAR:
                break
            organ = self._meant(mention, citation)
            if organ is None:
                continue
            nearness = _nearness(citation.match.string, mention, start, end)
            if best is None or nearness < best[0]:
                best = (nearness, organ)
        return best[1] if best else None

    def _meant(self, mention: Mention, citation: Citation) -> Organ | None:
        """Return the organ that a name means, a short one the one named last; `None` if its numbers look otherwise."""
        fitting = [
            ORGANS[code]
            for code in mention.organs
            if (
                _is_plausible(ORGANS[code], citation.match)
                or _is_plausible(ORGANS[code], citation.match, is_reversed=True)
            )
            and citation.is_feminine in {None, ORGANS[code].is_feminine_in_arabic}
        ]
        if len(fitting) <= 1:
            return fitting[0] if fitting else None
        plausible = [organ for organ in fitting if _is_plausible(organ, citation.match)] or fitting
        return min(plausible, key=lambda organ: self._order(organ.code))

    def _order(self, code: str) -> int:
        return self._last_named.index(code) if code in self._last_named else len(self._last_named)

    def _candidates(self, citation: Citation, form: str) -> tuple[str, ...]:
        """Return what a number could be, the organ that was named last first, then those whose numbers look like it."""
        organs = [
            organ
            for organ in ORGANS.values()
            if form in organ.forms and citation.is_feminine in {None, organ.is_feminine_in_arabic}
        ]
        organs.sort(key=lambda organ: (not self._fits(organ, citation.match), self._order(organ.code)))
        if form == "year":
            organs = [organ for organ in organs if _is_plausible(organ, citation.match)] or organs
        found = [_write(organ, citation.kind, citation.match) for organ in organs]
        if self._may_be_reversed(citation):
            found += [_write(organ, citation.kind, citation.match, is_reversed=True) for organ in organs]
        if _reversed_form(citation.match) == "year":
            found = [
                _write(organ, citation.kind, citation.match, is_reversed=True)
                for organ in ORGANS.values()
                if "year" in organ.forms and _is_plausible(organ, citation.match, is_reversed=True)
            ]
        return tuple(dict.fromkeys(sorted(found, key=lambda symbol: symbol not in self._known)))

    def _fits(self, organ: Organ, match: re.Match[str]) -> bool:
        """Whether an organ can have adopted that number, and before the latest year that the text names."""
        if not _is_plausible(organ, match):
            return False
        session = int(match["first"] or 0)
        if organ.code == "hrc":
            return session <= _COUNCIL_SESSIONS * (self._latest_year - _COUNCIL_BEGAN + 1) + 1
        return organ.code != "ga" or session <= self._latest_year - _ASSEMBLY_BEGAN

    def _may_be_reversed(self, citation: Citation) -> bool:
        return self._is_reversed and self._language == "ar" and citation.match["first"] is not None

    def _reversed(self, organ: Organ, citation: Citation, symbol: str) -> tuple[str, ...]:
        """Return what a number may be if its two parts have changed places; nothing if it is as it should be."""
        match = citation.match
        if match["first"] is None or match["first"] == match["second"]:
            return ()
        other = _write(organ, citation.kind, match, is_reversed=True)
        fits, other_fits = _is_plausible(organ, match), _is_plausible(organ, match, is_reversed=True)
        if not other_fits or symbol in self._known:
            return ()
        if not fits:
            return (other,)
        if other in self._known:
            return other, symbol
        return (symbol, other) if self._may_be_reversed(citation) else ()


def _runs(numbers: list[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """Yield numbers in groups of which each is joined to the next by no more than a comma or an "and"."""
    run: list[re.Match[str]] = []
    for match in numbers:
        if run and not _are_joined(text, run[-1].end(), match.start()):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _are_joined(text: str, start: int, end: int) -> bool:
    """Whether only a comma, an "and" or a day stands between two numbers."""
    return end - start <= _MAX_JOINT and _JOINED.fullmatch(text, start, end) is not None


def _nearness(text: str, mention: Mention, start: int, end: int) -> tuple[int, int]:
    """Return how near a name is to a citation from `start` to `end`: whether it governs it, and how far it is."""
    if mention.end <= start:
        between = text[mention.end : start]
        return (0 if _OWN_BEFORE.fullmatch(between) else 2), len(between)
    if mention.start >= end:
        between = text[end : mention.start]
        return (1 if _OWN_AFTER.fullmatch(between) else 2), len(between)
    return 0, 0


def _sentence(ends: list[int], position: int, length: int) -> tuple[int, int]:
    place = bisect_right(ends, position)
    return ends[place - 1] if place else 0, ends[place] if place < len(ends) else length


def _form(match: re.Match[str]) -> str:
    if match["special"]:
        return "special"
    if match["first"]:
        return "year" if int(match["first"]) >= _MIN_YEAR else "session"
    return "roman" if match["roman"] else "dated"


def _reversed_form(match: re.Match[str]) -> str:
    if not match["second"] or int(match["first"]) >= _MIN_YEAR:
        return ""
    return "year" if int(match["second"]) >= _MIN_YEAR else ""


def _is_plausible(organ: Organ, match: re.Match[str], *, is_reversed: bool = False) -> bool:
    """Whether an organ can have adopted a resolution of that number."""
    if not match["first"]:
        return _form(match) in organ.forms
    first, second = int(match["first"]), int(match["second"])
    if is_reversed:
        first, second = second, first
    form = "year" if first >= _MIN_YEAR else "session"
    return form in organ.forms and first in organ.sessions and 1 <= second <= organ.most


def _write(organ: Organ, kind: str, match: re.Match[str], *, is_reversed: bool = False) -> str:
    """Return the symbol of an organ's resolution (`RES`) or decision (`DEC`)."""
    if match["roman"]:
        number = f"{match['roman']}({match['session']})"
    elif match["dated"]:
        number = f"{match['dated']}({match['year']})"
    elif is_reversed:
        number = f"{match['second']}/{match['first']}"
    else:
        number = match["special"] or f"{match['first']}/{match['second']}{match['letter'] or ''}"
    return f"{organ.prefix}/{kind}/{number}"
