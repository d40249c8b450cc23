"""Draft against draft: every clause of both, in reading order, with what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import cached_property

from declaration.comparing.clauses import NO_WORDS, ComparedClause, Kind, Redliner, Steps, dropped, read_words
from declaration.fates import Step, find_chain, trace_back
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.text.redline import WordCount

BAR_KINDS = frozenset({Clause.Kind.ARTICLE, Clause.Kind.PREAMBLE, Clause.Kind.SECTION, Clause.Kind.ANNEX})
"""What the picture of a comparison has a bar for; clauses that stand in none of these have one of their own."""


@dataclass(frozen=True)
class Share:
    """How much one article, or what stands beside articles, changed; its name is in the language of the page."""

    first: ComparedClause
    words: WordCount

    @property
    def name(self) -> str:
        """How it is called."""
        return name_clause(self.first.clause)

    @property
    def is_article(self) -> bool:
        """Whether it is an article, and not what stands beside articles."""
        return self.first.clause.kind == Clause.Kind.ARTICLE


@dataclass(frozen=True)
class Comparison:
    """Two drafts compared in one language: all clauses of both in reading order, dropped ones where they stood."""

    newer: Draft
    older: Draft
    language: str
    clauses: Sequence[ComparedClause]

    @cached_property
    def changes(self) -> list[ComparedClause]:
        """The clauses of which anything differs."""
        return [each for each in self.clauses if each.is_changed]

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """How many clauses there are of each kind, every kind named."""
        counts = dict.fromkeys(Kind, 0)
        for each in self.clauses:
            counts[each.kind] += 1
        return counts

    @cached_property
    def words(self) -> WordCount:
        """How many words are equal, were inserted and deleted in all."""
        return _sum(self.clauses)

    @cached_property
    def shares(self) -> list[Share]:
        """How much each article changed, in reading order."""
        groups: dict[str, list[ComparedClause]] = {}
        homes: dict[int, str] = {}
        for each in self.clauses:
            parent = homes.get(each.clause.parent_id or 0)
            if parent is None or (each.clause.kind in BAR_KINDS and not self._is_counted(parent, groups)):
                parent = each.anchor
            for clause in (each.clause, *each.before):
                homes.setdefault(clause.pk, parent)
            groups.setdefault(parent, []).append(each)
        return [Share(group[0], _sum(group)) for group in groups.values()]

    @staticmethod
    def _is_counted(anchor: str, groups: dict[str, list[ComparedClause]]) -> bool:
        """Whether what a clause stands in has a bar of its own that takes in all below it; a part has none."""
        return groups[anchor][0].clause.kind in BAR_KINDS


def _sum(clauses: Iterable[ComparedClause]) -> WordCount:
    counts = [each.words for each in clauses]
    return WordCount(
        equal=sum(each.equal for each in counts),
        inserted=sum(each.inserted for each in counts),
        deleted=sum(each.deleted for each in counts),
    )


def shared_languages(newer: Draft, older: Draft) -> list[str]:
    """Return the languages that both drafts have, in the order they are listed everywhere."""
    return [code for code in TEXT_LANGUAGES if code in newer.languages and code in older.languages]


def list_comparable(draft: Draft, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts, of those that the reader may see, which a draft goes back to or which go back to it; oldest first."""
    by_id = {each.pk: each for each in drafts} | {draft.pk: draft}
    earlier = find_chain(draft, by_id)[:-1]
    later = [each for each in by_id.values() if draft in find_chain(each, by_id)[:-1]]
    return [*earlier, *sorted(later, key=lambda each: each.ordinal)]


def compare_drafts(newer: Draft, older: Draft, language: str) -> Comparison:
    """Return two drafts compared, the newer one going back to the older one, perhaps through others between.

    Raises `ValueError` where it does not. Who may read the drafts is the caller's to decide. Six questions to the database.
    """
    drafts = {each.pk: each for each in Draft.objects.filter(declaration=newer.declaration_id)}
    # A draft in preparation is never asked for as one between: `find_chain` leads from what is published to that alone.
    chain = find_chain(newer, drafts)
    if older not in chain[:-1]:
        raise ValueError(f"draft {newer.ordinal} does not go back to draft {older.ordinal}")
    between = {draft.pk for draft in chain[chain.index(older) : -1]}
    new, old = _read(newer), _read(older)
    rows = trace_back([line.clause.pk for line in new], between)
    steps = _bridge(rows, new, old)
    words = read_words(newer.clauses.values("pk"), language)
    redliner = Redliner(steps, words | read_words(older.clauses.values("pk"), language), language)
    compared = [redliner.compare(line.clause, line.depth) for line in new]
    lost = {
        line.clause.pk: dropped(line.clause, redliner.words.get(line.clause.pk, NO_WORDS), language, line.depth)
        for line in old
        if line.clause.pk not in steps.descendants
    }
    return Comparison(newer, older, language, _with_dropped(compared, lost, _Places(new, steps), old))


class Line(NamedTuple):
    """A clause and how deep it stands."""

    clause: Clause
    depth: int


def _read(draft: Draft) -> list[Line]:
    depths: dict[int | None, int] = {None: -1}
    lines = []
    for clause in draft.clauses.order_by("position"):
        clause.draft = draft
        depths[clause.pk] = depths.get(clause.parent_id, -1) + 1
        lines.append(Line(clause, depths[clause.pk]))
    return lines


def _bridge(rows: Iterable[Step], new: Sequence[Line], old: Sequence[Line]) -> Steps:
    """Follow descents back from each new clause to the old draft."""
    back: dict[int, list[Step]] = {}
    for row in rows:
        back.setdefault(row.descendant, []).append(row)
    olds = {line.clause.pk: line.clause for line in old}
    ancestors: dict[int, list[Clause]] = {}
    descendants: dict[int, list[Clause]] = {}
    kinds: dict[int, frozenset[str]] = {}
    for line in new:
        found, seen = _go_back(line.clause.pk, back, olds)
        if found:
            ancestors[line.clause.pk] = found
            kinds[line.clause.pk] = seen
        for ancestor in found:
            descendants.setdefault(ancestor.pk, []).append(line.clause)
    return Steps(ancestors, descendants, kinds)


def _go_back(start: int, back: dict[int, list[Step]], olds: dict[int, Clause]) -> tuple[list[Clause], frozenset[str]]:
    reached, waiting, kinds = {start}, [start], set()
    while waiting:
        for step in back.get(waiting.pop(), ()):
            kinds.add(step.kind)
            if step.ancestor not in reached:
                reached.add(step.ancestor)
                waiting.append(step.ancestor)
    found = [olds[pk] for pk in reached if pk in olds]
    return sorted(found, key=lambda clause: clause.position), frozenset(kinds)


def _with_dropped(
    compared: Sequence[ComparedClause], lost: Mapping[int, ComparedClause], places: "_Places", old: Sequence[Line]
) -> list[ComparedClause]:
    """Put what was dropped where it stood: after what the clause before it at its level became, else after what it stood in."""
    after: dict[int, list[ComparedClause]] = {}
    for line in old:
        place = places.find(line.clause)
        if line.clause.pk in lost:
            after.setdefault(place, []).append(lost[line.clause.pk])
    result = list(after.get(0, ()))
    for number, each in enumerate(compared, start=1):
        result += [each, *after.get(number, ())]
    return result


class _Places:
    """After how many clauses of the new draft each clause of the old one has its place."""

    def __init__(self, new: Sequence[Line], steps: Steps) -> None:
        self.steps = steps
        self.starts = {line.clause.pk: number for number, line in enumerate(new, start=1)}
        self.ends = dict(self.starts)
        parents = {line.clause.pk: line.clause.parent_id for line in new}
        for number, line in enumerate(new, start=1):
            for parent in _upward(line.clause.pk, parents):
                self.ends[parent] = number
        self.inside: dict[int | None, int] = {None: 0}
        """Where the next clause below a clause of the old draft has its place."""

    def find(self, clause: Clause) -> int:
        """Return the place of a clause; clauses are asked for in reading order."""
        place = self.inside.get(clause.parent_id, 0)
        became = [each for each in self.steps.descendants.get(clause.pk, ()) if not self._is_moved(each)]
        self.inside[clause.pk] = place
        if became:
            self.inside[clause.pk] = self.starts[became[0].pk]
            self.inside[clause.parent_id] = max(place, self._end_of(became))
        return place

    def _end_of(self, parts: Sequence[Clause]) -> int:
        """Return after how many clauses the parts of a clause end that follow one another; one that went elsewhere is left out."""
        end = self.ends[parts[0].pk]
        for part in parts[1:]:
            if self.starts[part.pk] == end + 1:
                end = self.ends[part.pk]
        return end

    def _is_moved(self, clause: Clause) -> bool:
        return "moved" in self.steps.kinds.get(clause.pk, ())


def _upward(clause: int, parents: dict[int, int | None]) -> Iterable[int]:
    at = parents.get(clause)
    while at is not None:
        yield at
        at = parents.get(at)
