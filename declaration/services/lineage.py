"""What the clauses of a draft in preparation come from in the draft that it supersedes: proposed, confirmed, settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from declaration.errors import Conflict, Refused
from declaration.models import Clause, Descent, Draft, Wording
from declaration.outline import name_clause
from declaration.services.succession import prepare_next_draft
from declaration.text.lineage import CERTAIN, ClauseText, Lineage, propose, weigh_pair
from declaration.text.places import derive_kinds, read_places

__all__ = [
    "Proposed",
    "list_certain",
    "list_dropped",
    "list_unsettled",
    "origin_changed",
    "origins_changed",
    "prepare_next_draft",
    "propose_descents",
    "settle_certain",
    "settle_origin",
]

Texts = Mapping[int, Mapping[str, str]]
"""Heading and text of clauses, joined, by the clause's id and the language."""


@dataclass(frozen=True)
class Proposed:
    """What a new proposal came to, in numbers of the newer draft's clauses and, for `dropped`, of the older one's."""

    proposed: int
    certain: int
    new: int
    confirmed: int
    dropped: int


def list_unsettled(draft: Draft) -> QuerySet[Clause]:
    """Return the clauses whose origin nobody has confirmed, in reading order; none where the draft supersedes nothing."""
    if draft.supersedes_id is None:
        return Clause.objects.none()
    unsettled: QuerySet[Clause] = Clause.objects.filter(draft=draft, is_origin_confirmed=False).order_by("position")
    return unsettled


def list_certain(draft: Draft) -> QuerySet[Clause]:
    """Return the clauses whose proposed origin holds so surely that it can be confirmed unseen; new ones are not among them."""
    doubtful = Descent.objects.filter(descendant=OuterRef("pk"), confidence__lt=CERTAIN)
    least = list_unsettled(draft).annotate(least=Min("origins__confidence"))
    certain: QuerySet[Clause] = least.filter(Q(least__gte=CERTAIN), ~Exists(doubtful))
    return certain


@transaction.atomic
def propose_descents(*, draft: Draft) -> Proposed:
    """Propose what each clause descends from in the draft that is superseded; what a person has confirmed stays.

    Refused where the draft is not in preparation or supersedes nothing.
    """
    draft = _take_draft(draft)
    older, newer = _read_clauses(draft.supersedes_id), _read_clauses(draft.pk)
    texts = _read_texts([draft.pk, draft.supersedes_id])
    confirmed = {clause.pk for clause in newer if clause.is_origin_confirmed}
    known: dict[int, list[int]] = {pk: [] for pk in confirmed}
    for descent in Descent.objects.filter(descendant__in=confirmed):
        known[descent.descendant_id].append(descent.ancestor_id)
    lineage = propose(_as_texts(older, texts), _as_texts(newer, texts), known=known, hints=_find_hints(older, newer))
    Descent.objects.filter(descendant__draft=draft).exclude(descendant__in=confirmed).delete()
    Descent.objects.bulk_create(
        Descent(ancestor_id=origin.ancestor, descendant_id=each.key, kind=origin.kind, confidence=origin.confidence)
        for each in lineage.proposals
        if each.key not in confirmed
        for origin in each.origins
    )
    return _count(lineage, confirmed)


@transaction.atomic
def settle_origin(*, clause: Clause, ancestors: Sequence[tuple[Clause, str]], expected_revision: int) -> Clause:
    """Confirm what a clause descends from: clauses of the superseded draft, each with its kind; none for a new clause.

    A kind left empty is computed from the two drafts. What a person says is certain. Raises `Conflict` where somebody else
    changed or settled the clause meanwhile, and `Refused` where an ancestor is no clause of the superseded draft.
    """
    draft = _take_draft(clause.draft)
    clause = _take_clause(draft, clause, expected_revision)
    kinds: dict[int, str] = {}
    for ancestor, kind in ancestors:
        if ancestor.draft_id != draft.supersedes_id:
            message = _("“%(clause)s” is no clause of the draft that this one supersedes.") % {"clause": ancestor.eid}
            raise Refused("ancestor_elsewhere", message, field="ancestors")
        if kind and kind not in Descent.Kind.values:
            raise Refused(
                "kind_unknown", _("There is no such kind of descent: %(kind)s.") % {"kind": kind[:20]}, field="kind"
            )
        kinds[ancestor.pk] = kind
    former = set(Descent.objects.filter(descendant=clause).values_list("ancestor_id", flat=True))
    Descent.objects.filter(descendant=clause).exclude(ancestor__in=kinds).delete()
    for ancestor_id, kind in kinds.items():
        Descent.objects.update_or_create(
            ancestor_id=ancestor_id,
            descendant=clause,
            defaults={"kind": kind or Descent.Kind.SAME, "confidence": 1.0},
        )
    clause.is_origin_confirmed = True
    clause.revision += 1
    clause.save(update_fields=["is_origin_confirmed", "revision"])
    chosen = {each for each, kind in kinds.items() if kind}
    _refresh_kinds(draft, {clause.pk}, chosen=chosen, touched=former | set(kinds))
    return clause


@transaction.atomic
def settle_certain(*, draft: Draft) -> int:
    """Confirm the origins of all clauses whose proposal is certain; return how many clauses that were."""
    draft = _take_draft(draft)
    certain = list(list_certain(draft).values_list("pk", flat=True))
    return Clause.objects.filter(pk__in=certain).update(is_origin_confirmed=True, revision=F("revision") + 1)


def origin_changed(clause: Clause) -> None:
    """Judge anew how a clause descends, after its words or its place were changed; see `origins_changed`."""
    origins_changed([clause])


@transaction.atomic
def origins_changed(clauses: Iterable[Clause]) -> None:
    """Judge anew how clauses of one draft in preparation descend, after their words or places were changed.

    Their ancestors stay. Where too few words stayed to leave no doubt of these, the origin has to be confirmed again. Nothing
    happens in a draft that supersedes none, and a new clause stays a new one.
    """
    changed = {clause.pk: clause for clause in clauses}
    draft = next(iter(changed.values())).draft if changed else None
    if draft is None or draft.supersedes_id is None or draft.is_published:
        return
    descents = list(Descent.objects.filter(descendant__in=changed))
    texts = _refresh_kinds(draft, changed.keys(), chosen=set(), touched={each.ancestor_id for each in descents})
    doubtful: set[int] = set()
    for descent in descents:
        sure = weigh_pair(texts.get(descent.ancestor_id, {}), texts.get(descent.descendant_id, {}))
        if sure < CERTAIN:
            doubtful.add(descent.descendant_id)
            Descent.objects.filter(pk=descent.pk).update(confidence=min(descent.confidence, sure))
    Clause.objects.filter(pk__in=doubtful).update(is_origin_confirmed=False)


def list_dropped(draft: Draft) -> QuerySet[Clause]:
    """Return the clauses of the superseded draft that no clause descends from, confirmed or proposed, in reading order."""
    if draft.supersedes_id is None:
        return Clause.objects.none()
    lives = Descent.objects.filter(ancestor=OuterRef("pk"), descendant__draft=draft)
    dropped: QuerySet[Clause] = Clause.objects.filter(~Exists(lives), draft=draft.supersedes_id).order_by("position")
    return dropped


def _take_draft(draft: Draft) -> Draft:
    """Return the draft, locked, if its lineage can be changed."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status != Draft.Status.PREPARING:
        raise Refused(
            "draft_published", _("Where the clauses of a published draft come from never changes."), status=409
        )
    if draft.supersedes_id is None:
        raise Refused(
            "supersedes_nothing", _("This draft supersedes none, so its clauses come from nowhere."), field="supersedes"
        )
    return draft


def _take_clause(draft: Draft, clause: Clause, expected_revision: int) -> Clause:
    found: Clause = Clause.objects.select_for_update(of=("self",)).get(pk=clause.pk)
    if found.revision != expected_revision:
        _refuse_stale(draft, found)
    found.draft = draft
    return found


def _refuse_stale(draft: Draft, clause: Clause) -> NoReturn:
    ancestors = [each.ancestor.eid for each in clause.origins.select_related("ancestor")]
    message = _("%(clause)s was changed or settled by somebody else meanwhile. Look at it again.") % {
        "clause": name_clause(clause)
    }
    current = {"revision": clause.revision, "is_confirmed": clause.is_origin_confirmed, "ancestors": ancestors}
    raise Conflict(message, current=current)


def _read_clauses(draft_id: int | None) -> list[Clause]:
    return list(Clause.objects.filter(draft=draft_id).order_by("position"))


def _read_texts(draft_ids: Iterable[int | None]) -> Texts:
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Wording.objects.filter(clause__draft__in=[each for each in draft_ids if each]).order_by()
    for clause, language, heading, text in rows.values_list("clause_id", "language", "heading", "text"):
        texts[clause][language] = f"{heading}\n{text}" if heading and text else heading or text
    return texts


def _as_texts(clauses: Iterable[Clause], texts: Texts) -> list[ClauseText]:
    return [
        ClauseText(key=each.pk, kind=each.kind, label=each.label, parent=each.parent_id, texts=texts.get(each.pk, {}))
        for each in clauses
    ]


def _find_hints(older: Iterable[Clause], newer: Iterable[Clause]) -> dict[int, int]:
    """Return which clauses say which older one they continue: by a `wid` that is not just their own place."""
    by_wid = {clause.wid: clause.pk for clause in older}
    return {clause.pk: by_wid[clause.wid] for clause in newer if clause.wid != clause.eid and clause.wid in by_wid}


def _count(lineage: Lineage, confirmed: Collection[int]) -> Proposed:
    unsettled = [each for each in lineage.proposals if each.key not in confirmed]
    return Proposed(
        proposed=sum(1 for each in unsettled if each.origins),
        certain=sum(1 for each in unsettled if each.is_certain),
        new=sum(1 for each in unsettled if not each.origins),
        confirmed=len(confirmed),
        dropped=len(lineage.dropped),
    )


def _refresh_kinds(
    draft: Draft, clauses: Collection[int], *, chosen: Collection[int], touched: Collection[int]
) -> Texts:
    """Compute anew how some clauses descend, and those that share an ancestor with them; return the texts of both drafts.

    `chosen` are the ancestors for which a person chose the kind, `touched` those whose descendants may have become more or
    fewer. A confirmed clause keeps its kind unless it now shares its ancestor, or no longer does.
    """
    older, newer = _read_clauses(draft.supersedes_id), _read_clauses(draft.pk)
    texts = _read_texts([draft.pk, draft.supersedes_id])
    at_old = {each.pk: place for place, each in enumerate(older)}
    at_new = {each.pk: place for place, each in enumerate(newer)}
    descents = list(Descent.objects.filter(descendant__draft=draft, ancestor__draft=draft.supersedes_id))
    pairs = {(at_old[each.ancestor_id], at_new[each.descendant_id]): each for each in descents}
    changed = {
        pair
        for pair, each in pairs.items()
        if _is_changed(texts.get(each.ancestor_id, {}), texts.get(each.descendant_id, {}))
    }
    kinds = derive_kinds(
        read_places(_as_texts(older, texts)), read_places(_as_texts(newer, texts)), pairs.keys(), changed
    )
    several = {Descent.Kind.SPLIT.value, Descent.Kind.MERGED.value}
    for pair, descent in pairs.items():
        ours = descent.descendant_id in clauses
        if (ours and descent.ancestor_id in chosen) or kinds[pair] == descent.kind:
            continue
        settled = newer[pair[1]].is_origin_confirmed
        shares = descent.ancestor_id in touched and (kinds[pair] in several) != (descent.kind in several)
        if ours or shares or not settled:
            Descent.objects.filter(pk=descent.pk).update(kind=kinds[pair])
    return texts


def _is_changed(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    return any(before[language] != after[language] for language in before if language in after)
