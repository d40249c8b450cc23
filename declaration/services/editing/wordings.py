"""Changing the words of a clause in a draft in preparation."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.footnotes import carry_footnotes
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft, Wording
from declaration.services.checks import refuse_invalid
from declaration.services.cited import store_citations
from declaration.services.editing.aftermath import follow_up
from declaration.services.editing.gate import EditedDraft, refuse_changed_words, touch
from declaration.services.texts import NewWording
from declaration.text.brackets import enclose, release
from declaration.text.hygiene import with_plain_newlines
from declaration.text.redline import Operation, TextTooLongError, redline
from declaration.text_messages import validate_text


@transaction.atomic
def reword_clause(
    *, clause: Clause, wordings: Mapping[str, NewWording], expected_revisions: Mapping[str, int]
) -> Clause:
    """Change a clause's heading and text in one or more languages; footnotes stay behind the words they are called at.

    `expected_revisions` says which revision of each language was read, 0 where there was none. A wording with neither
    heading nor text is taken out. Two people who change two languages of a clause are in nobody's way. Raises `Conflict`
    with what stands now, and `Refused` naming the language and what is wrong (`ar.text`).
    """
    edited = EditedDraft(clause.draft)
    current = edited.find(clause)
    words = edited.words(current)
    refuse_changed_words(current, words, expected_revisions, wordings)
    changed = [
        store_wording(edited.draft, current, words.get(language), language, new) for language, new in wordings.items()
    ]
    if any(changed):
        follow_up([current])
    return current


@transaction.atomic
def put_in_brackets(*, clause: Clause, expected_revision: int, expected_revisions: Mapping[str, int]) -> Clause:
    """Put a clause into square brackets: its text in every language, and its negotiating status."""
    return _bracket(clause, expected_revision, expected_revisions, enclosed=True)


@transaction.atomic
def take_out_of_brackets(*, clause: Clause, expected_revision: int, expected_revisions: Mapping[str, int]) -> Clause:
    """Take away the square brackets around a clause's text in every language; its negotiating status is open again."""
    return _bracket(clause, expected_revision, expected_revisions, enclosed=False)


def _bracket(
    clause: Clause, expected_revision: int, expected_revisions: Mapping[str, int], *, enclosed: bool
) -> Clause:
    edited = EditedDraft(clause.draft)
    current = edited.find(clause, expected_revision=expected_revision)
    words = edited.words(current)
    refuse_changed_words(current, words, expected_revisions, words)
    change = enclose if enclosed else release
    for language, wording in words.items():
        new = NewWording(heading=wording.heading, text=change(wording.text), authenticity=wording.authenticity)
        store_wording(edited.draft, current, wording, language, new)
    status = Clause.NegotiatingStatus.BRACKETED if enclosed else Clause.NegotiatingStatus.OPEN
    touch([current], negotiating_status=status)
    follow_up([current])
    return current


def store_wording(draft: Draft, clause: Clause, current: Wording | None, language: str, new: NewWording) -> bool:
    """Store a clause's words in one language, and say whether that changed anything. Refused as `reword_clause`."""
    heading, text = checked_words(draft, language, new)
    if not heading and not text:
        if current is not None:
            current.delete()
        return current is not None
    if current is None:
        made = Wording(clause=clause, language=language, heading=heading, text=text, authenticity=new.authenticity)
        made.footnotes = list(new.footnotes)
        refuse_invalid(made, exclude={"clause"})
        made.save(force_insert=True)
        store_citations([made])
        return True
    if (current.heading, current.text, current.authenticity) == (heading, text, new.authenticity):
        return False
    footnotes = current.footnotes
    for before, after, in_heading in ((current.heading, heading, True), (current.text, text, False)):
        footnotes = carry_footnotes(footnotes, _compare(before, after), in_heading=in_heading)
    current.heading, current.text, current.authenticity, current.footnotes = heading, text, new.authenticity, footnotes
    current.revision += 1
    current.save()
    store_citations([current])
    return True


def checked_words(draft: Draft, language: str, new: NewWording) -> tuple[str, str]:
    """Return heading and text as they are stored. Refused with the language and the field that is wrong."""
    if language not in draft.languages:
        message = _("The draft is not in this language: %(language)s.") % {
            "language": TEXT_LANGUAGES.get(language, language)
        }
        raise Refused("language_unknown", message, field=f"{language}.text")
    heading, text = " ".join(new.heading.split()), with_plain_newlines(new.text).strip()
    if new.authenticity not in Wording.Authenticity.values:
        message = _("Choose whether it is the official text or a working translation.")
        raise Refused("authenticity_unknown", message, field=f"{language}.authenticity")
    limit = Wording._meta.get_field("heading").max_length or 0
    for field, value, bound in (("heading", heading, {"max_length": limit}), ("text", text, {})):
        try:
            validate_text(value, **bound)
        except ValidationError as error:
            raise Refused("text_invalid", error.messages[0], field=f"{language}.{field}") from error
    return heading, text


def _compare(before: str, after: str) -> list[Operation]:
    try:
        return redline(before, after)
    except TextTooLongError:
        return [Operation("delete", before), Operation("insert", after)]
