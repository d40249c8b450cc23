"""Changing what a draft in preparation says of itself: its name, its stage, its languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Declaration, Document, Draft, Wording
from declaration.services.checks import refuse_invalid
from declaration.services.texts import create_declaration

MAX_SLUG = 80


def read_draft_revision(draft: Draft) -> int:
    """Return how often a draft itself has been changed, as its audit trail counts; its clauses have revisions of their own."""
    return int(draft.events.count())  # type: ignore[attr-defined] # from pghistory


@transaction.atomic
def change_draft(
    *,
    draft: Draft,
    name: Mapping[str, str],
    stage: str,
    languages: Sequence[str],
    document: Document | None,
    supersedes: Draft | None,
    note: Mapping[str, str],
    is_illustrative: bool,
    expected_revision: int,
    removes_wordings: bool = False,
) -> Draft:
    """Change what a draft in preparation says of itself.

    A language that is taken off takes its wordings with it, and that has to be wanted (`removes_wordings`): otherwise it is
    refused, saying how many there are. Raises `Conflict` where a colleague changed the draft since it was read.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status != Draft.Status.PREPARING:
        raise Refused("draft_published", _("What a draft was published as never changes."), status=409)
    if read_draft_revision(draft) != expected_revision:
        message = _("A colleague changed this draft meanwhile. Compare both, and save again.")
        raise Conflict(message, current=describe_draft(draft))
    languages = list(dict.fromkeys(languages))
    if supersedes and supersedes.declaration_id != draft.declaration_id:
        message = _("A draft supersedes a draft of the same declaration.")
        raise Refused("supersedes_other_text", message, field="supersedes")
    if supersedes and supersedes.ordinal >= draft.ordinal:
        message = _("A draft supersedes one with a lower number.")
        raise Refused("supersedes_later_draft", message, field="supersedes")
    lost = Wording.objects.filter(clause__draft=draft).exclude(language__in=languages)
    if not removes_wordings:
        _refuse_loss(lost.values_list("language", flat=True))
    lost.delete()
    draft.name, draft.note = name, note
    draft.stage, draft.languages, draft.document, draft.supersedes = stage, languages, document, supersedes
    draft.is_illustrative = is_illustrative
    refuse_invalid(draft)
    draft.save()
    return draft


def describe_draft(draft: Draft) -> dict[str, Any]:
    """Return what a draft says of itself now, with its revision."""
    return {
        "name": dict(draft.name),
        "stage": draft.stage,
        "languages": draft.languages,
        "document": draft.document.slug if draft.document else None,
        "supersedes": draft.supersedes.ordinal if draft.supersedes else None,
        "note": dict(draft.note),
        "is_illustrative": draft.is_illustrative,
        "revision": read_draft_revision(draft),
    }


def begin_declaration(*, title: Mapping[str, str]) -> Declaration:
    """Begin a declaration under a key made of its title."""
    base = slugify(title.get("en", ""))[: MAX_SLUG - 4].strip("-") or "declaration"
    slug, number = base, 2
    while Declaration.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return create_declaration(slug=slug, title=title)


def _refuse_loss(languages: Any) -> None:
    counts = {code: list(languages).count(code) for code in TEXT_LANGUAGES}
    for code, count in counts.items():
        if count:
            message = _(
                "%(count)d clauses have words in %(language)s. Say that these are to be removed, or keep the language."
            )
            raise Refused(
                "language_has_words", message % {"count": count, "language": TEXT_LANGUAGES[code]}, field="languages"
            )
