"""Corrigenda: correcting what was published, beside it and without changing it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from declaration.dates import PartialDate, PartialDateError
from declaration.errors import Conflict, Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Corrigendum, Document, Draft
from declaration.services.checks import refuse_invalid
from declaration.text.hygiene import with_plain_newlines
from declaration.text_messages import validate_text


@transaction.atomic
def issue_corrigendum(
    *,
    clause: Clause,
    language: str,
    heading: str,
    text: str,
    reason: Mapping[str, str],
    document: Document | None = None,
    issued_on: str | PartialDate = "",
    expected_number: int | None = None,
) -> Corrigendum:
    """Record how a published clause should read in one language: its whole heading and text as corrected, and why.

    Corrigenda are numbered from 1 for each clause and language; the newest holds. `expected_number` is that of the newest
    one that was read (0 for none): where a colleague recorded another one meanwhile, `Conflict` carries it. Refused where
    the draft is in preparation or does not have the language, where nothing would change, and without a reason.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=clause.draft_id)
    if not draft.is_published:
        message = _(
            "This draft is in preparation: change the clause itself. Only what is published is corrected like this."
        )
        raise Refused("draft_not_published", message, status=409)
    if language not in draft.languages:
        message = _("The draft is not in this language: %(language)s.")
        raise Refused(
            "language_unknown", message % {"language": TEXT_LANGUAGES.get(language, language)}, field="language"
        )
    number = _last_number(clause, language)
    if expected_number is not None and expected_number != number:
        raise Conflict(
            _("A colleague recorded another corrigendum meanwhile. Compare both, and save again."),
            current=describe_standing(clause, language),
        )
    heading, text = _checked("heading", heading), _checked("text", text)
    if (heading, text) == read_standing(clause, language):
        raise Refused(
            "nothing_corrected", _("This is how the clause reads already. Nothing would be corrected."), field="text"
        )
    corrigendum = Corrigendum(
        clause=clause,
        language=language,
        number=number + 1,
        heading=heading,
        text=text,
        reason=reason,
        document=document,
        issued_on=_date(issued_on).edtf,
    )
    if not heading and not text:
        raise Refused("nothing_said", _("A corrigendum has a heading, a text or both."), field="text")
    refuse_invalid(corrigendum, exclude={"clause", "number"})
    corrigendum.save(force_insert=True)
    return corrigendum


def read_standing(clause: Clause, language: str) -> tuple[str, str]:
    """Return heading and text of a clause as they read now: as last corrected, else as published; empty for no wording."""
    newest = Corrigendum.objects.filter(clause=clause, language=language).order_by("-number").first()
    stands = newest or clause.wordings.filter(language=language).first()
    return (stands.heading, stands.text) if stands else ("", "")


def describe_standing(clause: Clause, language: str) -> dict[str, object]:
    """Return the same with the number of the newest corrigendum, 0 for none."""
    heading, text = read_standing(clause, language)
    return {"language": language, "heading": heading, "text": text, "number": _last_number(clause, language)}


def _last_number(clause: Clause, language: str) -> int:
    found = Corrigendum.objects.filter(clause=clause, language=language).aggregate(last=Max("number"))["last"]
    return found or 0


def _checked(field: str, typed: str) -> str:
    value = with_plain_newlines(typed).strip()
    value = " ".join(value.split()) if field == "heading" else value
    limits = {"max_length": Corrigendum._meta.get_field("heading").max_length or 0} if field == "heading" else {}
    try:
        validate_text(value, **limits)
    except ValidationError as error:
        raise Refused("text_invalid", error.messages[0], field=field) from error
    return value


def _date(issued_on: str | PartialDate) -> PartialDate:
    try:
        return PartialDate.parse(issued_on)
    except PartialDateError as error:
        raise Refused("date_invalid", str(error), field="issued_on") from error
