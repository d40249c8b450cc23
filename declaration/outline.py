"""A draft as it is read: its clauses in order, each with its depth, its printed label and its words in one language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from declaration.languages import active_text_language
from declaration.models import Clause, Draft, Wording
from declaration.text.labels import cite_clause, print_label, title

CONTENTS_KINDS = frozenset({"preamble", "part", "section", "article", "annex"})
"""What stands in a table of contents: the clauses that are headings."""

MAX_CONTENTS_DEPTH = 2


@dataclass(frozen=True)
class Line:
    """One clause of a draft with its words in the language that is read, and perhaps in a second one."""

    clause: Clause
    depth: int
    wording: Wording | None
    other: Wording | None = None

    @property
    def eid(self) -> str:
        """The clause's identifier."""
        return self.clause.eid

    @property
    def kind(self) -> str:
        """What kind of clause it is."""
        return self.clause.kind

    @property
    def name(self) -> str:
        """How the clause is called by itself."""
        return name_clause(self.clause)

    @property
    def label(self) -> str:
        """The label as the wording's language prints it: "Article 3", "(أ)"."""
        return print_label(self.clause.kind, self.clause.label, self.wording.language) if self.wording else ""

    @property
    def other_label(self) -> str:
        """The label as the second wording's language prints it."""
        return print_label(self.clause.kind, self.clause.label, self.other.language) if self.other else ""

    @property
    def title(self) -> str:
        """The line that heads the clause: label and heading."""
        if self.wording is None:
            return name_clause(self.clause)
        return title(self.clause.kind, self.clause.label, self.wording.heading, self.wording.language)


@dataclass(frozen=True)
class Entry:
    """A line of a table of contents."""

    label: str
    heading: str
    url: str
    depth: int


def choose_language(draft: Draft, wanted: str) -> str:
    """Return the language of the draft for a reader of `wanted`: that one, else English, else the draft's first."""
    return next((code for code in (wanted, "en") if code in draft.languages), draft.languages[0])


def name_clause(clause: Clause, language: str = "") -> str:
    """Return how a clause is called by itself, in the page's language unless said: "Article 3, paragraph 1 (a)".

    A clause whose identifier is not made of the elements that clauses have is called by it.
    """
    try:
        return cite_clause(clause.eid, language or active_text_language())
    except ValueError:
        return clause.eid


def read_clauses(clauses: Iterable[Clause], language: str, *, other: str = "") -> list[Line]:
    """Return clauses, given in reading order with their wordings, as lines in a language (and beside it in another).

    A clause whose parent is not among them stands at the top.
    """
    depths: dict[int, int] = {}
    lines = []
    for clause in clauses:
        depths[clause.pk] = depths[clause.parent_id] + 1 if clause.parent_id in depths else 0
        words = {wording.language: wording for wording in clause.wordings.all()}
        lines.append(Line(clause, depths[clause.pk], words.get(language), words.get(other) if other else None))
    return lines


def list_contents(lines: Iterable[Line]) -> list[Entry]:
    """Return a draft's table of contents, each entry leading to its place on the same page."""
    return [
        Entry(
            label=line.label or line.title,
            heading=line.wording.heading if line.label and line.wording else "",
            url=f"#{line.clause.eid}",
            depth=min(line.depth, MAX_CONTENTS_DEPTH),
        )
        for line in lines
        if line.clause.kind in CONTENTS_KINDS
    ]


def find_ancestors(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """Return the clauses that a clause stands in, from the outside in."""
    by_id = {each.pk: each for each in clauses}
    found: list[Clause] = []
    parent = by_id.get(clause.parent_id or 0)
    while parent is not None and parent not in found:
        found.insert(0, parent)
        parent = by_id.get(parent.parent_id or 0)
    return found


def find_neighbours(clause: Clause, clauses: Sequence[Clause]) -> tuple[Clause | None, Clause | None]:
    """Return the clauses read before and after a clause, among clauses given in reading order."""
    place = next(index for index, each in enumerate(clauses) if each.pk == clause.pk)
    before = clauses[place - 1] if place else None
    return before, clauses[place + 1] if place + 1 < len(clauses) else None


def find_subtree(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """Return a clause and all that stands below it, among clauses given in reading order."""
    inside = {clause.pk}
    for each in clauses:
        if each.parent_id in inside:
            inside.add(each.pk)
    return [each for each in clauses if each.pk in inside]
