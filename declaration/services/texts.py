"""How a draft's text comes in: the draft, the tree of its clauses, and their wordings, while it is being prepared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Declaration, Document, Draft, Element, LegalBasis, Mandate, Wording
from declaration.services.checks import refuse_invalid
from declaration.text.hygiene import with_plain_newlines
from declaration.text_messages import validate_text

MAX_CLAUSES: Final = 10_000
"""So many clauses a draft takes: many times the longest declaration or convention."""

HEADING_KINDS: Final = frozenset({"preamble", "part", "section", "article", "annex"})
"""Clauses that may only head others, and are then printed by their label alone."""


@dataclass(frozen=True, kw_only=True)
class NewWording:
    """A clause's heading and text in one language."""

    heading: str = ""
    text: str = ""
    authenticity: str = Wording.Authenticity.OFFICIAL
    footnotes: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class NewClause:
    """A clause that is to be stored. `parent` is the `eid` of the clause it stands below, empty at the top.

    `wordings` are by text language. `wid` is the identifier that the clause had in the draft before, where it had another
    one; its `eid` unless said.
    """

    eid: str
    kind: str
    label: str = ""
    parent: str = ""
    wid: str = ""
    negotiating_status: str = Clause.NegotiatingStatus.OPEN
    wordings: Mapping[str, NewWording]
    elements: Sequence[Element] = ()
    legal_bases: Sequence[LegalBasis] = ()


@dataclass(frozen=True)
class ClauseProblem:
    """What is wrong with a clause that was to be stored: its place among those given, the field, and why."""

    index: int
    eid: str
    field: str
    message: str


class InvalidClauses(Refused):
    """Clauses cannot be stored, and none was; `problems` lists everything that is wrong with them."""

    def __init__(self, problems: Sequence[ClauseProblem]) -> None:
        first = problems[0]
        message = _("Clause %(clause)s: %(problem)s") % {"clause": first.eid, "problem": first.message}
        super().__init__("clause_invalid", message, field="clauses")
        self.problems = list(problems)


@transaction.atomic
def create_declaration(*, slug: str, title: Mapping[str, str], mandate: Mandate | None = None) -> Declaration:
    """Begin a declaration, which drafts are versions of."""
    declaration = Declaration(slug=slug, title=title, mandate=mandate)
    refuse_invalid(declaration)
    declaration.save(force_insert=True)
    return declaration


@transaction.atomic
def create_draft(
    *,
    declaration: Declaration,
    name: Mapping[str, str],
    stage: str,
    languages: Sequence[str],
    clauses: Sequence[NewClause] = (),
    ordinal: int | None = None,
    document: Document | None = None,
    supersedes: Draft | None = None,
    is_illustrative: bool = False,
    note: Mapping[str, str] | None = None,
) -> Draft:
    """Begin a draft in preparation, with the clauses of its text; publishing it is a step of its own.

    `clauses` stand in the order in which they are read, each after the clause it stands below and not apart from it.
    `ordinal` is the next number unless said. Raises `InvalidClauses` with all that is wrong with the text.
    """
    # Two new drafts at the same time take two numbers.
    Declaration.objects.select_for_update().get(pk=declaration.pk)
    if ordinal is None:
        ordinal = (Draft.objects.aggregate(last=Max("ordinal"))["last"] or 0) + 1
    draft = Draft(
        declaration=declaration,
        ordinal=ordinal,
        name=name,
        stage=stage,
        document=document,
        supersedes=supersedes,
        languages=list(dict.fromkeys(languages)),
        is_illustrative=is_illustrative,
        note=note or {},
    )
    if supersedes and supersedes.declaration_id != declaration.pk:
        raise Refused(
            "supersedes_other_text", _("A draft supersedes a draft of the same declaration."), field="supersedes"
        )
    refuse_invalid(draft)
    draft.save(force_insert=True)
    _refuse_tree(clauses)
    _store(draft, clauses, {}, first_position=1)
    return draft


@transaction.atomic
def store_clauses(*, draft: Draft, clauses: Sequence[NewClause]) -> list[Clause]:
    """Store the clauses of a text in a draft in preparation that has none, as `create_draft` does; return them in order."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    refuse_published(draft)
    if draft.clauses.exists():
        raise Refused("draft_not_empty", _("This draft has a text already."), status=409)
    _refuse_tree(clauses)
    return _store(draft, clauses, {}, first_position=1)


@transaction.atomic
def store_wordings(*, draft: Draft, language: str, wordings: Mapping[int, NewWording]) -> list[Wording]:
    """Store wordings in a language for clauses of a draft in preparation: {clause id: wording}, in the order given.

    The language is added to the draft's where it is not among them. Raises `InvalidClauses` with all that is wrong.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    refuse_published(draft)
    if language not in draft.languages:
        draft.languages = [*draft.languages, language]
        refuse_invalid(draft)
        draft.save(update_fields=["languages"])
    clauses = draft.clauses.in_bulk(list(wordings))
    rows: list[Wording] = []
    problems: list[ClauseProblem] = []
    for index, (pk, new) in enumerate(wordings.items()):
        row, wrong = _wording(draft, clauses[pk], language, new)
        rows.append(row)
        problems += [ClauseProblem(index, clauses[pk].eid, *problem) for problem in wrong]
    if problems:
        raise InvalidClauses(problems)
    return Wording.objects.bulk_create(rows)


def refuse_published(draft: Draft) -> None:
    """Refuse to change the text of a draft that is not in preparation any more."""
    if draft.status != Draft.Status.PREPARING:
        raise Refused(
            "draft_published", _("The clauses of a published draft never change. Begin a new draft."), status=409
        )


@transaction.atomic
def add_clause(*, draft: Draft, clause: NewClause, after: Clause | None = None) -> Clause:
    """Add a clause to a draft in preparation: behind a clause beside it and all that stands below that one, or first.

    `after` stands below the same parent as the new clause. The clauses that follow move on by one place.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    refuse_published(draft)
    existing = {each.eid: each for each in draft.clauses.order_by("position")}
    _refuse_taken(clause, existing.values())
    if clause.parent and clause.parent not in existing:
        raise InvalidClauses([ClauseProblem(0, clause.eid, "parent", _no_parent(clause))])
    parent = existing.get(clause.parent)
    if after and (after.draft_id != draft.pk or after.parent_id != (parent.pk if parent else None)):
        raise Refused("clause_not_beside", _("The clause to stand behind is not beside the new one."), field="after")
    position = _position_behind(after or parent, list(existing.values()), with_all_below=after is not None)
    draft.clauses.filter(position__gte=position).update(position=F("position") + 1)
    return _store(draft, [clause], existing, first_position=position)[0]


def _position_behind(clause: Clause | None, clauses: Sequence[Clause], *, with_all_below: bool) -> int:
    """Return the place behind a clause (the first one where there is none), or behind all that stands below it too."""
    if clause is None:
        return 1
    inside = {clause.pk}
    last = clause.position
    for each in clauses:
        if with_all_below and each.parent_id in inside:
            inside.add(each.pk)
            last = each.position
    return last + 1


def _no_parent(clause: NewClause) -> str:
    return _("There is no clause “%(parent)s” before this one.") % {"parent": clause.parent}


def _refuse_taken(clause: NewClause, existing: Iterable[Clause]) -> None:
    for each in existing:
        if clause.eid == each.eid:
            raise InvalidClauses([ClauseProblem(0, clause.eid, "eid", _("Another clause has this identifier."))])
        if (clause.wid or clause.eid) == each.wid:
            raise InvalidClauses([ClauseProblem(0, clause.eid, "wid", _("Another clause has this identifier."))])


def _refuse_tree(clauses: Sequence[NewClause]) -> None:
    """Refuse clauses that share an identifier, or do not stand in the order of a tree that is read from its top."""
    if len(clauses) > MAX_CLAUSES:
        raise Refused(
            "too_many_clauses", _("A draft takes at most %(limit)d clauses.") % {"limit": MAX_CLAUSES}, field="clauses"
        )
    problems: list[ClauseProblem] = []
    eids: set[str] = set()
    wids: set[str] = set()
    path: list[str] = []
    for index, clause in enumerate(clauses):
        wid = clause.wid or clause.eid
        if clause.eid in eids or wid in wids:
            field = "eid" if clause.eid in eids else "wid"
            problems.append(ClauseProblem(index, clause.eid, field, _("Another clause has this identifier.")))
        if clause.parent and clause.parent not in eids:
            problems.append(ClauseProblem(index, clause.eid, "parent", _no_parent(clause)))
        elif clause.parent and clause.parent not in path:
            message = _("“%(parent)s” stands apart: other clauses come between.") % {"parent": clause.parent}
            problems.append(ClauseProblem(index, clause.eid, "parent", message))
        path = [*path[: path.index(clause.parent) + 1 if clause.parent in path else 0], clause.eid]
        eids.add(clause.eid)
        wids.add(wid)
    if problems:
        raise InvalidClauses(problems)


def _store(
    draft: Draft, clauses: Sequence[NewClause], existing: Mapping[str, Clause], *, first_position: int
) -> list[Clause]:
    """Store clauses with their wordings and links, once all of them fit their models."""
    made = dict(existing)
    wordings: list[Wording] = []
    problems: list[ClauseProblem] = []
    for index, new in enumerate(clauses):
        clause = Clause(
            draft=draft,
            kind=new.kind,
            label=new.label,
            position=first_position + index,
            parent=made.get(new.parent),
            eid=new.eid,
            wid=new.wid or new.eid,
            negotiating_status=new.negotiating_status,
        )
        made[new.eid] = clause
        elsewhere = {"draft", "parent"} if new.wid else {"draft", "parent", "wid"}
        problems += [ClauseProblem(index, new.eid, *problem) for problem in _problems(clause, exclude=elsewhere)]
        for language, wording in new.wordings.items():
            row, wrong = _wording(draft, clause, language, wording)
            wordings.append(row)
            problems += [ClauseProblem(index, new.eid, *problem) for problem in wrong]
    if problems:
        raise InvalidClauses(problems)
    stored = [made[new.eid] for new in clauses]
    _insert(stored)
    Wording.objects.bulk_create(wordings)
    _link(Clause.elements.through, "element_id", zip(stored, [new.elements for new in clauses], strict=True))
    _link(Clause.legal_bases.through, "legalbasis_id", zip(stored, [new.legal_bases for new in clauses], strict=True))
    return stored


def _insert(clauses: Sequence[Clause]) -> None:
    """Insert clauses, those of one level at a time: a parent is stored before its children."""
    waiting = list(clauses)
    while waiting:
        ready = [clause for clause in waiting if clause.parent is None or clause.parent.pk]
        for clause in ready:
            clause.parent_id = clause.parent.pk if clause.parent else None
        Clause.objects.bulk_create(ready)
        waiting = [clause for clause in waiting if not clause.pk]


def _link(through: type[models.Model], column: str, links: Iterable[tuple[Clause, Sequence[models.Model]]]) -> None:
    rows = [
        through(**{"clause_id": clause.pk, column: pk})
        for clause, targets in links
        for pk in dict.fromkeys(target.pk for target in targets)
    ]
    through._default_manager.bulk_create(rows)


def _wording(draft: Draft, clause: Clause, language: str, new: NewWording) -> tuple[Wording, list[tuple[str, str]]]:
    """Return a wording as it is to be stored, and what is wrong with it as (field, message)."""
    wording = Wording(
        clause=clause,
        language=language,
        heading=new.heading.strip(),
        text=with_plain_newlines(new.text).strip(),
        authenticity=new.authenticity,
        footnotes=[dict(note) for note in new.footnotes],
    )
    wrong = list(_problems(wording, exclude={"clause"}))
    if language not in draft.languages:
        said = _("The draft is not in this language: %(language)s.") % {
            "language": TEXT_LANGUAGES.get(language, language)
        }
        wrong.append(("language", said))
    if not wording.heading and not wording.text and clause.kind not in HEADING_KINDS:
        wrong.append(("text", _("Give a heading or a text, or leave the language out.")))
    for field in ("heading", "text"):
        try:
            validate_text(getattr(wording, field))
        except ValidationError as error:
            wrong += [(field, message) for message in error.messages]
    return wording, [(f"{language}.{field}", message) for field, message in wrong]


def _problems(row: models.Model, *, exclude: set[str]) -> Iterator[tuple[str, str]]:
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        for field, errors in error.error_dict.items():
            for each in errors:
                yield "" if field == NON_FIELD_ERRORS else field, each.messages[0]
