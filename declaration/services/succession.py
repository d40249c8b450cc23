"""How one draft follows another: the next one is begun as a copy, and its clauses keep their identifiers once published."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.models import Clause, Descent, Draft, Wording
from declaration.services.texts import create_draft
from declaration.text.eids import distinct_eid


@transaction.atomic
def prepare_next_draft(
    *, draft: Draft, name: Mapping[str, str], stage: str, languages: Sequence[str] | None = None
) -> Draft:
    """Begin the draft that follows a published one as a copy of it, which is then edited.

    All clauses are copied with what they reflect and rest on, and with their wordings in the languages that both drafts have
    (those of the older one unless said); each descends from the one it is a copy of, which needs no confirmation until it is
    changed. Refused for a draft that is not published or has been withdrawn, and where its next one is being prepared already.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if not draft.is_published or draft.status == Draft.Status.WITHDRAWN:
        raise Refused(
            "draft_not_published", _("The next draft follows one that is published and has not been withdrawn.")
        )
    begun = Draft.objects.filter(supersedes=draft, status=Draft.Status.PREPARING).first()
    if begun is not None:
        message = _("Draft %(number)d, which supersedes this one, is being prepared already.") % {
            "number": begun.ordinal
        }
        raise Refused("next_draft_begun", message, status=409)
    following = create_draft(
        declaration=draft.declaration,
        name=name,
        stage=stage,
        languages=draft.languages if languages is None else languages,
        supersedes=draft,
        is_illustrative=draft.is_illustrative,
    )
    copies = _copy_clauses(draft, following)
    _copy_wordings(draft, following, copies)
    _copy_links(Clause.elements.through, copies)
    _copy_links(Clause.legal_bases.through, copies)
    Descent.objects.bulk_create(
        Descent(ancestor_id=older, descendant=copy, kind=Descent.Kind.SAME) for older, copy in copies.items()
    )
    return following


def _copy_clauses(draft: Draft, following: Draft) -> dict[int, Clause]:
    """Copy the clauses, those of one level at a time; return the copies by the id of what they are copies of."""
    waiting = list(draft.clauses.order_by("position"))
    copies: dict[int, Clause] = {}
    while waiting:
        ready = [clause for clause in waiting if clause.parent_id is None or clause.parent_id in copies]
        made = [
            Clause(
                draft=following,
                kind=clause.kind,
                label=clause.label,
                position=clause.position,
                parent=copies.get(clause.parent_id or 0),
                eid=clause.eid,
                wid=clause.wid,
                negotiating_status=clause.negotiating_status,
                is_origin_confirmed=True,
            )
            for clause in ready
        ]
        copies |= {clause.pk: copy for clause, copy in zip(ready, Clause.objects.bulk_create(made), strict=True)}
        waiting = [clause for clause in waiting if clause.pk not in copies]
    return copies


def _copy_wordings(draft: Draft, following: Draft, copies: Mapping[int, Clause]) -> None:
    wordings = Wording.objects.filter(clause__draft=draft, language__in=following.languages).order_by()
    Wording.objects.bulk_create(
        Wording(
            clause=copies[wording.clause_id],
            language=wording.language,
            heading=wording.heading,
            text=wording.text,
            authenticity=wording.authenticity,
            footnotes=wording.footnotes,
        )
        for wording in wordings
    )


def _copy_links(through: type[models.Model], copies: Mapping[int, Clause]) -> None:
    column = next(
        field.attname
        for field in through._meta.concrete_fields
        if field.is_relation and field.related_model is not Clause
    )
    rows = through._default_manager.filter(clause__in=list(copies)).values_list("clause_id", column)
    made: list[Any] = [through(**{"clause_id": copies[clause].pk, column: other}) for clause, other in rows]
    through._default_manager.bulk_create(made)


def carry_identifiers(draft: Draft) -> None:
    """Give each clause of a draft about to be published the `wid` of what it continues.

    Of several clauses that one was split into, the one that has its `eid`, else the first that is read, continues it; a clause
    that several were merged into continues the one whose `eid` it has, else the first. A clause that continues none has its
    own `eid`, with a number after it where any clause of an earlier draft was known by that. Nothing changes in a draft that
    supersedes none.
    """
    if draft.supersedes_id is None:
        return
    clauses = list(Clause.objects.filter(draft=draft).order_by("position"))
    origins: dict[int, list[Clause]] = {}
    descents = Descent.objects.filter(descendant__draft=draft, ancestor__draft=draft.supersedes_id)
    for descent in descents.select_related("ancestor").order_by("ancestor__position"):
        origins.setdefault(descent.descendant_id, []).append(descent.ancestor)
    earlier = Clause.objects.filter(draft__declaration=draft.declaration_id, draft__ordinal__lt=draft.ordinal)
    taken = set(earlier.order_by().values_list("wid", flat=True))
    wids = _continue(clauses, origins)
    for clause in clauses:
        if clause.pk not in wids:
            wids[clause.pk] = distinct_eid(clause.eid, taken)
        taken.add(wids[clause.pk])
    _store_wids([clause for clause in clauses if clause.wid != wids[clause.pk]], wids)


def _continue(clauses: Sequence[Clause], origins: Mapping[int, Sequence[Clause]]) -> dict[int, str]:
    """Return the identifiers of the clauses that continue older ones, each of which is continued once."""
    wids: dict[int, str] = {}
    used: set[str] = set()
    # First those that keep their place, then the others as they are read.
    for at_same_place in (True, False):
        for clause in clauses:
            for older in origins.get(clause.pk, ()):
                fits = clause.eid == older.eid or not at_same_place
                if clause.pk not in wids and older.wid not in used and fits:
                    wids[clause.pk] = older.wid
                    used.add(older.wid)
    return wids


def _store_wids(changed: Sequence[Clause], wids: Mapping[int, str]) -> None:
    """Store identifiers, which clauses may swap: no two have the same one even for a moment."""
    held = {clause.wid for clause in changed}
    if any(wids[clause.pk] in held for clause in changed):
        own = Concat(models.Value("clause_"), models.F("pk"), output_field=models.CharField())
        Clause.objects.filter(pk__in=[clause.pk for clause in changed]).update(wid=own)
    for clause in changed:
        clause.wid = wids[clause.pk]
    Clause.objects.bulk_update(changed, ["wid"])
