"""What happens to a draft."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft, Wording
from declaration.outline import name_clause
from declaration.services.succession import carry_identifiers


@dataclass(frozen=True)
class Obstacle:
    """What stands between a draft and its publication: a stable code, a sentence for people, the field it is about.

    `clauses` are those that it is about, in reading order; the sentence names the first.
    """

    code: str
    message: str
    field: str = ""
    clauses: tuple[Clause, ...] = ()


def list_obstacles(draft: Draft) -> list[Obstacle]:
    """Return what stands between a draft in preparation and its publication; empty where it can be published.

    A draft needs a clause, a wording of every clause in each of its languages, that what it supersedes is published, and
    that a person has confirmed what every clause comes from there.
    """
    clauses = list(draft.clauses.order_by("position"))
    if not clauses:
        return [Obstacle("draft_empty", _("This draft has no clause. Bring in its text before you publish it."))]
    obstacles = _list_missing_wordings(draft, clauses)
    if draft.supersedes is not None and draft.supersedes.status == Draft.Status.PREPARING:
        message = _("The draft that this one supersedes has not been published. Publish that one first.")
        obstacles.append(Obstacle("superseded_not_published", message, "supersedes"))
    if draft.supersedes is not None:
        obstacles += _list_unconfirmed_origins(clauses)
    return obstacles


def _list_unconfirmed_origins(clauses: list[Clause]) -> list[Obstacle]:
    unsettled = tuple(clause for clause in clauses if not clause.is_origin_confirmed)
    if not unsettled:
        return []
    message = _("Nobody has confirmed yet what %(clause)s comes from in the draft before, or that it is new.") % {
        "clause": name_clause(unsettled[0])
    }
    return [Obstacle("origin_unconfirmed", message, "origins", unsettled)]


def _list_missing_wordings(draft: Draft, clauses: list[Clause]) -> list[Obstacle]:
    # A clause that only heads others is printed by its label: its wording may be empty.
    parents = {clause.parent_id for clause in clauses if clause.parent_id}
    wordings = Wording.objects.filter(clause__draft=draft).filter(~Q(text="") | ~Q(heading="") | Q(clause__in=parents))
    written = set(wordings.values_list("clause_id", "language"))
    obstacles = []
    for language in draft.languages:
        missing = tuple(clause for clause in clauses if (clause.pk, language) not in written)
        if missing:
            message = _("%(clause)s has no wording in %(language)s. Add it, or take the language off the draft.") % {
                "clause": name_clause(missing[0]),
                "language": TEXT_LANGUAGES[language],
            }
            obstacles.append(Obstacle("wording_missing", message, "languages", missing))
    return obstacles


@transaction.atomic
def publish_draft(*, draft: Draft, at: dt.datetime | None = None) -> Draft:
    """Publish a draft that is in preparation: from now on its clauses and wordings never change.

    The draft that it supersedes becomes *superseded*, and clauses that continue others keep the `wid` of those. Refused
    where the draft is not in preparation, and with the first of `list_obstacles` where there is one.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status != Draft.Status.PREPARING:
        raise Refused("draft_not_preparing", _("This draft has been published already; it cannot be published again."))
    for obstacle in list_obstacles(draft):
        raise Refused(obstacle.code, obstacle.message, field=obstacle.field)
    carry_identifiers(draft)
    if draft.supersedes is not None:
        Draft.objects.filter(pk=draft.supersedes.pk, status=Draft.Status.PUBLISHED).update(
            status=Draft.Status.SUPERSEDED
        )
    draft.status = Draft.Status.PUBLISHED
    draft.published_at = at or timezone.now()
    draft.save(update_fields=["status", "published_at"])
    return draft


@transaction.atomic
def withdraw_draft(*, draft: Draft) -> Draft:
    """Withdraw a published draft: it stays readable, and no call opens on it any more."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status not in {Draft.Status.PUBLISHED, Draft.Status.SUPERSEDED}:
        raise Refused("draft_not_published", _("Only a published draft can be withdrawn."))
    draft.status = Draft.Status.WITHDRAWN
    draft.save(update_fields=["status"])
    return draft
