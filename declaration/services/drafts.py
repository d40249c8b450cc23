"""What happens to a draft."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.models import Clause, Draft, Wording


@transaction.atomic
def publish_draft(*, draft: Draft, at: dt.datetime | None = None) -> Draft:
    """Publish a draft that is in preparation: from now on its clauses and wordings never change.

    The draft that it supersedes becomes *superseded*. Refused where the draft is not in preparation, has no clause,
    lacks a wording in one of its languages, or would supersede a draft that is itself still in preparation.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status != Draft.Status.PREPARING:
        raise Refused("draft_not_preparing", _("This draft has been published already; it cannot be published again."))
    if not draft.clauses.exists():
        raise Refused("draft_empty", _("This draft has no clause. Bring in its text before you publish it."))
    _refuse_missing_wordings(draft)
    if draft.supersedes is not None:
        if draft.supersedes.status == Draft.Status.PREPARING:
            raise Refused(
                "superseded_not_published",
                _("The draft that this one supersedes has not been published. Publish that one first."),
                field="supersedes",
            )
        Draft.objects.filter(pk=draft.supersedes.pk, status=Draft.Status.PUBLISHED).update(
            status=Draft.Status.SUPERSEDED
        )
    draft.status = Draft.Status.PUBLISHED
    draft.published_at = at or timezone.now()
    draft.save(update_fields=["status", "published_at"])
    return draft


def _refuse_missing_wordings(draft: Draft) -> None:
    for language in draft.languages:
        written = Wording.objects.filter(clause=OuterRef("pk"), language=language).filter(~Q(text="") | ~Q(heading=""))
        missing: Clause | None = draft.clauses.filter(~Exists(written)).order_by("position").first()
        if missing is not None:
            raise Refused(
                "wording_missing",
                _("Clause %(clause)s has no wording in “%(language)s”. Add it, or take the language off the draft.")
                % {"clause": missing.eid, "language": language},
                field="languages",
            )


@transaction.atomic
def withdraw_draft(*, draft: Draft) -> Draft:
    """Withdraw a published draft: it stays readable, and no call opens on it any more."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status not in {Draft.Status.PUBLISHED, Draft.Status.SUPERSEDED}:
        raise Refused("draft_not_published", _("Only a published draft can be withdrawn."))
    draft.status = Draft.Status.WITHDRAWN
    draft.save(update_fields=["status"])
    return draft
