"""Making two clauses of one, and one of two, in a draft in preparation."""

from collections.abc import Mapping
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Descent, Wording
from declaration.services.cited import store_citations
from declaration.services.editing.aftermath import follow_up
from declaration.services.editing.gate import EditedDraft, refuse_changed_words, refusing_numbers, touch
from declaration.services.editing.structure import checked_label
from declaration.text_messages import validate_text

_NO_SPACES: Final = frozenset({"zh"})


@transaction.atomic
def split_clause(
    *,
    clause: Clause,
    at: Mapping[str, int],
    label: str,
    expected_revision: int,
    expected_revisions: Mapping[str, int],
) -> tuple[Clause, Clause]:
    """Make two clauses of one: the words behind a place go into a new clause behind it, of the same kind.

    `at` says for each language that the clause has words in before which character its text is cut, counted from 0; in one
    of them both parts must have words. The heading stays with the first clause, and what stands below goes with the second,
    so that everything is read in the order in which it was. `label` is the number of the second. Both come from what the
    clause came from. Returns the two. Raises `Conflict`, and `Refused` naming the language (`at.ar`).
    """
    edited = EditedDraft(clause.draft)
    first = edited.find(clause, expected_revision=expected_revision)
    words = edited.words(first)
    refuse_changed_words(first, words, expected_revisions, words)
    _refuse_cuts(words, at)
    second = Clause(
        kind=first.kind, label=checked_label(first.kind, label), negotiating_status=first.negotiating_status
    )
    node = edited.node(first)
    below = list(node.children)
    edited.add(second, parent=node.parent, index=edited.tree.index(node) + 1)
    for place, child in enumerate(below):
        edited.tree.move(child, parent=edited.node(second), index=place)
    edited.save_places()
    for name in ("elements", "legal_bases"):
        getattr(second, name).set(getattr(first, name).all())
    for language, wording in words.items():
        if wording.text:
            _cut(wording, second, at[language])
    touch([first])
    _descend_from_the_same(first, second)
    follow_up([first, second, *(edited.clause_of(child) for child in below)])
    return first, second


@transaction.atomic
def merge_clauses(
    *,
    clause: Clause,
    expected_revision: int,
    following_revision: int,
    expected_revisions: Mapping[str, int],
    following_revisions: Mapping[str, int],
) -> Clause:
    """Make one clause of a clause and the one behind it, which stands below the same parent.

    The words of the second are put behind those of the first, what stands below it goes below the first, and it is removed.
    What is left comes from what both came from. `following_revision` and `following_revisions` are those of the second.
    Raises `Conflict`; refused where none follows, where words would be read in another order than now, and where something
    points at the second.
    """
    edited = EditedDraft(clause.draft)
    first = edited.find(clause, expected_revision=expected_revision)
    second = edited.find(_following(edited, first), expected_revision=following_revision)
    words, further = edited.words(first), edited.words(second)
    refuse_changed_words(first, words, expected_revisions, words)
    refuse_changed_words(second, further, following_revisions, further)
    if edited.node(first).children and any(wording.heading or wording.text for wording in further.values()):
        message = _(
            "Clauses stand below this one, and the words of the next one would come before them. Move them first."
        )
        raise Refused("words_would_change_order", message)
    for language, wording in further.items():
        _append(first, words.get(language), wording)
    for name in ("elements", "legal_bases"):
        getattr(first, name).add(*getattr(second, name).all())
    node = edited.node(first)
    with refusing_numbers(edited):
        below = list(edited.node(second).children)
        for child in below:
            edited.tree.move(child, parent=node, index=len(node.children))
    edited.save_places()
    _take_ancestors(first, second)
    edited.remove(second)
    touch([first])
    follow_up([first, *(edited.clause_of(child) for child in below)])
    return first


def find_following(clause: Clause) -> Clause | None:
    """Return the clause behind one and below the same parent; nothing where there is none."""
    siblings = Clause.objects.filter(draft=clause.draft_id, parent=clause.parent_id, position__gt=clause.position)
    following: Clause | None = siblings.order_by("position").first()
    return following


def _following(edited: EditedDraft, first: Clause) -> Clause:
    siblings = edited.tree.beside(edited.node(first))
    behind = siblings[edited.tree.index(edited.node(first)) + 1 :]
    if not behind:
        raise Refused(
            "nothing_follows", _("No clause follows this one in the same place, so there is none to merge it with.")
        )
    return edited.clause_of(behind[0])


def _refuse_cuts(words: Mapping[str, Wording], at: Mapping[str, int]) -> None:
    for language, wording in words.items():
        if wording.text and not 0 <= at.get(language, -1) <= len(wording.text):
            message = _("Say where the text is cut in %(language)s: after how many of its %(count)d characters.") % {
                "language": TEXT_LANGUAGES[language],
                "count": len(wording.text),
            }
            raise Refused("cut_unknown", message, field=f"at.{language}")
    if not any(
        wording.text[: at[language]].strip() and wording.text[at[language] :].strip()
        for language, wording in words.items()
        if wording.text
    ):
        raise Refused(
            "nothing_split", _("Cut the text so that both parts have words in at least one language."), field="at"
        )


def _cut(wording: Wording, second: Clause, at: int) -> None:
    """Leave the words before a place to the first clause and give those behind it to the second, with their footnotes."""
    before, behind = wording.text[:at].rstrip(), wording.text[at:].strip()
    offset = len(wording.text) - len(wording.text[at:].lstrip())
    staying = [note for note in wording.footnotes if note["is_in_heading"] or note["position"] <= at or not behind]
    going = [note for note in wording.footnotes if note not in staying]
    if behind:
        made = Wording.objects.create(
            clause=second,
            language=wording.language,
            text=behind,
            authenticity=wording.authenticity,
            footnotes=[{**note, "position": max(0, note["position"] - offset)} for note in going],
        )
        store_citations([made])
    if not before and not wording.heading:
        wording.delete()
        return
    wording.text = before
    wording.footnotes = [
        note if note["is_in_heading"] else {**note, "position": min(note["position"], len(before))} for note in staying
    ]
    wording.revision += 1
    wording.save()
    store_citations([wording])


def _append(first: Clause, wording: Wording | None, further: Wording) -> None:
    """Put the words of a wording behind those of the first clause in the same language, with their footnotes."""
    stays = wording or Wording(clause=first, language=further.language, authenticity=further.authenticity, revision=0)
    joint = "" if further.language in _NO_SPACES else " "
    shifts = {}
    for name in ("heading", "text"):
        parts = [part for part in (getattr(stays, name), getattr(further, name)) if part]
        shifts[name] = len(getattr(stays, name)) + len(joint) if len(parts) > 1 else 0
        setattr(stays, name, joint.join(parts))
    limit = Wording._meta.get_field("heading").max_length or 0
    if len(stays.heading) > limit:
        message = _("The two headings together are longer than %(limit)d characters. Shorten one first.")
        raise Refused("heading_too_long", message % {"limit": limit}, field=f"{further.language}.heading")
    moved = (
        {**note, "position": note["position"] + shifts["heading" if note["is_in_heading"] else "text"]}
        for note in further.footnotes
    )
    stays.footnotes = [*stays.footnotes, *moved]
    if Wording.Authenticity.WORKING in (stays.authenticity, further.authenticity):
        stays.authenticity = Wording.Authenticity.WORKING
    _refuse_too_long(stays)
    stays.revision += 1
    stays.save()
    store_citations([stays])


def _refuse_too_long(wording: Wording) -> None:
    try:
        validate_text(wording.text)
    except ValidationError as error:
        raise Refused("text_invalid", error.messages[0], field=f"{wording.language}.text") from error


def _descend_from_the_same(first: Clause, second: Clause) -> None:
    """Let both parts of a clause come from what the whole came from."""
    kind = Descent.Kind.SPLIT
    origins = list(Descent.objects.filter(descendant=first))
    Descent.objects.filter(descendant=first).update(kind=kind)
    Descent.objects.bulk_create(
        Descent(ancestor_id=each.ancestor_id, descendant=second, kind=kind, confidence=each.confidence)
        for each in origins
    )


def _take_ancestors(first: Clause, second: Clause) -> None:
    """Let a clause come from what another one came from as well."""
    kind = Descent.Kind.MERGED
    known = set(Descent.objects.filter(descendant=first).values_list("ancestor_id", flat=True))
    origins = [each for each in Descent.objects.filter(descendant=second) if each.ancestor_id not in known]
    Descent.objects.bulk_create(
        Descent(ancestor_id=each.ancestor_id, descendant=first, kind=kind, confidence=each.confidence)
        for each in origins
    )
    if known and origins:
        Descent.objects.filter(descendant=first).update(kind=kind)
