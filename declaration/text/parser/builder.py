"""The tree of clauses, put together line by line from what was decided about each."""

from typing import Final

from declaration.text.findings import Finding
from declaration.text.parser import costs
from declaration.text.parser.clauses import ENCLOSED_KINDS, MAX_HEADING_LENGTH, Clause, Words, kind_below, words_of
from declaration.text.parser.entries import Entry
from declaration.text.parser.front import is_organ, is_recital
from declaration.text.parser.marks import join_label
from declaration.text.parser.sequences import Action, Decisions
from declaration.text.parser.shapes import is_heading_like
from declaration.text.parser.structure_words import StructureMark
from declaration.text.suffixes import NO_SUFFIX, Suffix

_CONTAINERS: Final = frozenset({"part", "section", "annex"})


class Builder:
    """Takes entries in their order and keeps what is open: annex, part, sections, article, lists."""

    def __init__(self, entries: list[Entry], decisions: Decisions, language: str) -> None:
        self._entries = [(index, entry) for index, entry in enumerate(entries) if not entry.out]
        self._decisions = decisions
        self._language = language
        self._articles_ahead = _articles_ahead(entries)
        self.clauses: list[Clause] = []
        self.findings: list[Finding] = []
        self._has_preamble = False
        self._article_count: tuple[int, Suffix, str] | None = None
        self._annex: int | None = None
        self._parts: list[int] = []
        self._sections: list[int] = []
        self._unnumbered: list[int] = []
        self._article: int | None = None
        self._preamble: int | None = None
        self._lists: list[int] = []
        self._current: int | None = None
        self._awaits_heading = False

    def build(self) -> list[Clause]:
        """Return the clauses in the order in which they are read, each after what it stands in."""
        for place, (index, entry) in enumerate(self._entries):
            following = self._entries[place + 1][1] if place + 1 < len(self._entries) else None
            action = self._decisions.actions.get(index)
            if action is not None and action.role == "text":
                entry.mark, entry.start = None, 0
            if entry.opens_preamble:
                self._open_preamble(Clause("preamble", "", self._annex))
            if action is not None and action.role == "section":
                self._section(entry, action)
            elif entry.structure is not None:
                self._structure(entry, entry.structure, index)
            elif action is not None and action.role == "list":
                self._list(entry, action, index)
            elif entry.is_heading:
                self._unnumbered_section(entry)
            else:
                self._unlabelled(entry, following)
            self._report(entry, action, index)
        return self.clauses

    # What heads in words

    def _structure(self, entry: Entry, structure: StructureMark, index: int) -> None:
        kind = structure.kind
        if kind == "preamble":
            words = Words("", entry.line.text.strip(), [(call.key, call.position) for call in entry.line.calls])
            self._open_preamble(Clause("preamble", "", self._annex, is_bracketed=structure.is_bracketed))
            self._put(entry, words, as_heading=True)
            self._awaits_heading = False
            return
        parent = self._close_for(kind)
        clause = Clause("part" if kind == "chapter" else kind, structure.label, parent)
        clause.is_bracketed = structure.is_bracketed
        self._open(clause)
        if kind == "annex":
            self._annex, self._has_preamble, self._article_count = self._current, False, None
        elif kind in {"part", "chapter"}:
            self._parts.append(self._last)
        else:
            self._article = self._current
            self._count_article(entry, structure)
        words = words_of(entry)
        self._put(entry, words, as_heading=is_heading_like(words.text))
        self._awaits_heading = not words.text

    def _close_for(self, kind: str) -> int | None:
        """Close what cannot hold a new clause of a kind, and return what holds it."""
        self._close_lists()
        self._preamble = self._article = None
        if kind == "article":
            return self._container
        self._sections, self._unnumbered = [], []
        if kind == "annex":
            self._annex, self._parts = None, []
            return None
        self._parts = self._parts[: kind == "chapter"]
        return self._parts[-1] if self._parts else self._annex

    def _count_article(self, entry: Entry, structure: StructureMark) -> None:
        last = self._article_count
        oddity = ""
        if last is None:
            oddity = costs.opening(structure.value, structure.suffix)[1]
        else:
            oddity = costs.step(last[0], last[1], structure.value, structure.suffix)[1]
        if oddity:
            params = {"label": structure.label, "previous": last[2] if last else ""}
            self.findings.append(Finding(oddity, entry.line.number, params=params))
        self._article_count = (structure.value, structure.suffix, structure.label)

    # Sections

    def _section(self, entry: Entry, action: Action) -> None:
        self._close_lists()
        self._preamble = self._article = None
        level = entry.line.look.heading_level
        self._sections = self._sections[: action.level]
        self._unnumbered = [each for each in self._unnumbered if 0 < self.clauses[each].level < level]
        clause = Clause("section", action.label, self._container, level=level)
        clause.is_bracketed = bool(entry.mark and entry.mark.is_bracketed)
        self._open(clause)
        self._sections.append(self._last)
        self._unnumbered = []
        words = words_of(entry)
        self._put(entry, words, as_heading=entry.is_strong or is_heading_like(words.text))
        self._awaits_heading = not words.text

    def _unnumbered_section(self, entry: Entry) -> None:
        """Open a section without a number: in the last one with a number, or by the level of its style."""
        self._close_lists()
        self._preamble = self._article = None
        level = entry.line.look.heading_level
        if level:
            while self._sections and self.clauses[self._sections[-1]].level >= level:
                self._sections.pop()
                self._unnumbered = []
        self._unnumbered = [each for each in self._unnumbered if 0 < self.clauses[each].level < level]
        self._open(Clause("section", "", self._container, level=level))
        self._unnumbered.append(self._last)
        self._put(entry, words_of(entry), as_heading=True)
        self._awaits_heading = False

    # Lists

    def _list(self, entry: Entry, action: Action, index: int) -> None:
        series = action.meaning.series if action.meaning else ""
        level = min(action.level, len(self._lists))
        self._lists = self._lists[:level]
        if self._lists:
            parent: int | None = self._lists[-1]
            kind = kind_below(self.clauses[self._lists[-1]].kind, series)
        else:
            parent, kind = self._first_level(series, index)
        label = action.label
        if self._language == "zh" and parent is not None and self._counts_paragraphs(parent, series):
            # 一、 and （一） right below an article are its paragraphs, as 1. and 2. are in the other languages.
            kind, series = "paragraph", "digit"
            label = join_label(
                str(action.meaning.value if action.meaning else 0), entry.mark.suffix if entry.mark else NO_SUFFIX
            )
        clause = Clause(kind, label, parent, series=series, indent=entry.line.look.indent)
        clause.is_bracketed = bool(entry.mark and entry.mark.is_bracketed)
        self._open(clause)
        self._lists.append(self._last)
        self._put(entry, words_of(entry), as_heading=False)
        self._awaits_heading = False

    def _counts_paragraphs(self, parent: int, series: str) -> bool:
        """Whether Chinese numerals are the numbers of paragraphs: in an article, （一） only where no words introduce a list."""
        clause = self.clauses[parent]
        return clause.kind == "article" and (series == "ROMAN" or (series == "roman" and not clause.texts))

    def _first_level(self, series: str, index: int) -> tuple[int | None, str]:
        """Return what holds a label that stands in no list, and its kind: it depends on whether a preamble is open."""
        if series == "pp" or (series == "digit" and self._preamble is not None and self._articles_ahead[index]):
            if self._preamble is None:
                self._open_preamble(Clause("preamble", "", self._annex))
            return self._preamble, "preambular_paragraph"
        if self._preamble is not None and series not in {"op", "digit", "points"}:
            last = len(self.clauses) - 1
            while self.clauses[last].kind in ENCLOSED_KINDS:
                last = self.clauses[last].parent or 0
            return last, kind_below(self.clauses[last].kind, series)
        self._preamble = None
        parent = self._article if self._article is not None else self._container
        if series == "op" or (series == "digit" and self._has_preamble and self._article is None):
            return parent, "operative_paragraph"
        return parent, kind_below("article", series)

    # Lines without a label

    def _unlabelled(self, entry: Entry, following: Entry | None) -> None:
        words = words_of(entry)
        if self._awaits_heading and self._takes_heading(entry, following):
            self._put(entry, words, as_heading=True)
            self._awaits_heading = self._current is not None and self.clauses[self._current].kind == "annex"
            return
        current = None if self._current is None else self.clauses[self._current]
        if current is not None and current.kind == "annex" and self._begins_preamble(words.text):
            self._open_preamble(Clause("preamble", "", self._annex))
        self._awaits_heading = False
        if self._preamble is not None:
            self._preambular(entry, words)
        elif self._current is None or self._is_prose(self.clauses[self._current]):
            self._open(Clause("paragraph", "", self._container, indent=entry.line.look.indent))
            self._put(entry, words, as_heading=False)
        else:
            self._continue(entry, words)

    def _is_prose(self, clause: Clause) -> bool:
        """Whether a clause is a paragraph without a number that stands in no list: the next line is another one."""
        return clause.kind == "paragraph" and not clause.label and not self._lists

    def _takes_heading(self, entry: Entry, following: Entry | None) -> bool:
        """Whether an unlabelled line is the heading of the clause that has none yet.

        An article's heading is followed by its text; where the next line heads something else, the line is the text.
        """
        if self._current is None or not entry.is_heading_like:
            return False
        clause = self.clauses[self._current]
        if len(clause.heading) + len(entry.rest) >= MAX_HEADING_LENGTH or self._begins_preamble(entry.rest):
            return False
        if clause.kind != "article":
            return True
        return following is not None and following.structure is None and not following.is_heading

    def _begins_preamble(self, text: str) -> bool:
        return is_organ(text, self._language) or is_recital(text, self._language)

    def _preambular(self, entry: Entry, words: Words) -> None:
        preamble = self._preamble
        if preamble is not None and preamble == len(self.clauses) - 1 and is_organ(words.text, self._language):
            self._current = preamble
        else:
            self._close_lists()
            self._open(Clause("preambular_paragraph", "", preamble, indent=entry.line.look.indent))
        self._put(entry, words, as_heading=False)

    def _continue(self, entry: Entry, words: Words) -> None:
        """Go on with the text of the clause that was last, or of one that it is in, if the indent says so."""
        level = self._level_of_indent(entry.line.look.indent)
        if level is not None and level < len(self._lists) - 1:
            parent = self._lists[level]
            below = self.clauses[self._lists[level + 1]]
            self._lists = self._lists[: level + 1]
            self._open(Clause(below.kind, "", parent, indent=entry.line.look.indent))
            self._lists.append(self._last)
        elif self._current is not None and self.clauses[self._current].kind in ENCLOSED_KINDS:
            self.findings.append(Finding("line_after_list", entry.line.number))
        self._put(entry, words, as_heading=False)

    def _level_of_indent(self, indent: int | None) -> int | None:
        """Return the level of the list at whose distance from the margin a line stands, `None` if that is not told."""
        for level in range(len(self._lists) - 1, -1, -1):
            other = self.clauses[self._lists[level]].indent
            if indent is None or other is None:
                return None
            if not costs.indent_returns(other, indent):
                return level
        return None

    # Common steps

    @property
    def _last(self) -> int:
        return len(self.clauses) - 1

    @property
    def _outermost(self) -> int | None:
        return self._parts[-1] if self._parts else self._annex

    @property
    def _container(self) -> int | None:
        """What holds an article or a paragraph: the innermost section, else the part, else the annex."""
        if self._unnumbered:
            return self._unnumbered[-1]
        return self._sections[-1] if self._sections else self._outermost

    def _close_lists(self) -> None:
        self._lists = []

    def _open(self, clause: Clause) -> None:
        self.clauses.append(clause)
        self._current = self._last

    def _open_preamble(self, clause: Clause) -> None:
        self._close_lists()
        self._article = None
        self._open(clause)
        self._preamble = self._current
        self._has_preamble = True
        self._awaits_heading = False

    def _put(self, entry: Entry, words: Words, *, as_heading: bool) -> None:
        """Put a line's words into the clause that is being read."""
        clause = self.clauses[self._current or 0]
        clause.lines.extend(entry.line.numbers)
        clause.printed = clause.printed or words.printed
        if not words.text and not words.calls:
            return
        joint = "" if self._language == "zh" else " "
        if as_heading and len(clause.heading) + len(words.text) < MAX_HEADING_LENGTH:
            clause.add_heading(words.text, words.calls, joint)
        else:
            clause.add_text(words.text, words.calls)

    def _report(self, entry: Entry, action: Action | None, index: int) -> None:
        number = entry.line.number
        if action is not None and action.oddity:
            params = {"label": action.label, "previous": action.previous}
            self.findings.append(Finding(action.oddity, number, params=params))
        if index in self._decisions.doubtful and action is not None:
            label = action.label or entry.line.text[: entry.start].strip()
            self.findings.append(Finding("label_ambiguous", number, "notice", {"label": label}))
        if entry.unknown_label:
            self.findings.append(Finding("label_unknown", number, params={"label": entry.unknown_label}))
        if entry.line.table is not None:
            self.findings.append(Finding("table_flattened", number, "notice"))


def _articles_ahead(entries: list[Entry]) -> list[bool]:
    """Return for each entry whether an article follows it before the next annex."""
    ahead = False
    result = []
    for entry in reversed(entries):
        result.append(ahead)
        if entry.structure is not None and not entry.out:
            ahead = entry.structure.kind == "article" or (ahead and entry.structure.kind != "annex")
    return result[::-1]
