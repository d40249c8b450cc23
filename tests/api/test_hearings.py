"""Consultations and what belongs to them, as JSON, whole; and who said what only to those who may know."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from activities.models import Activity, Deliverable
from consultations.models import Answer, Consultation, View
from declaration.models import Document, Element, Phase, Request
from tests import factories, hearings
from tests.api import record
from tests.api.record import day, read, reads_as, source_of, state_reference

pytestmark = pytest.mark.django_db

HOST = "http://testserver/api/v1"

ELEMENT = {"code": "1a", "kind": "consideration", "theme": {"en": "Theme 1"}}
MONTH = {"edtf": "2012-06", "earliest": "2012-06-01", "latest": "2012-06-30", "precision": "month"}


@pytest.fixture
def consultation() -> Consultation:
    """A consultation with all that belongs to it."""
    organ, document = record.make_organ("x"), record.make_document("x")
    resolution = record.make_resolution("7", organ, record.make_mandate("x", organ, document), document)
    element, basis = record.make_foundations(1, document)
    record.make_founded_draft([element], [basis], ordinal=1)
    asked = resolution.requests.get(position=1)
    return hearings.make_all("x", document, element, asked, Phase.objects.get())


def reference(consultation: Consultation) -> dict[str, Any]:
    """How a consultation is named elsewhere."""
    return {
        "slug": "consultation-x",
        "format": "meeting",
        "status": "held",
        "name": {"en": "Consultation x"},
        "when": day("2012-06-07", "7 June 2012"),
    }


def request_reference() -> dict[str, Any]:
    """How the request is named."""
    asked = Request.objects.get(position=1)
    resolution = {"slug": "A-HRC-RES-90-7", "symbol": "A/HRC/RES/90/7", "title": {"en": "Resolution A/HRC/RES/90/7"}}
    words = {"label": "a", "position": 1, "kind": "study", "summary": {"en": "To study."}}
    return {"id": asked.pk, "resolution": resolution} | words


def document_reference() -> dict[str, Any]:
    """How the document is named."""
    return {"slug": "document-x", "symbol": None, "title": {"en": "Document x"}}


def speaker(consultation: Consultation) -> dict[str, Any]:
    """How the State that spoke is named."""
    state = consultation.states.get()
    return {"kind": "state", "key": state.alpha3, "name": dict(state.name)}


def test_consultation(anyone: APIClient, consultation: Consultation) -> None:
    mandate = {"slug": "mandate-x", "name": {"en": "Mandate x"}}
    group, stakeholder = consultation.groups.get(), consultation.stakeholders.get()
    assert consultation.host_state
    expected = {
        "url": f"{HOST}/consultations/consultation-x/",
        **reference(consultation),
        "when_printed": "7 June",
        "place": {"en": "Geneva"},
        "host_state": state_reference(consultation.host_state),
        "states": [state_reference(consultation.states.get())],
        "groups": [{"code": group.code, "kind": "other", "name": dict(group.name)}],
        "stakeholders": [{"slug": stakeholder.slug, "kind": "ngo", "name": dict(stakeholder.name)}],
        "categories": ["ngos", "experts"],
        "participant_count": 12,
        "attribution": "parties",
        "summary": {"en": "They met."},
        "follow_up": {"en": "They will meet again."},
        "documents": [document_reference()],
        "phases": [{"mandate": mandate, "ordinal": 1, "name": {"en": "Study"}, "status": "done"}],
        "questionnaire": {"slug": "questionnaire-x", "name": {"en": "Questionnaire x"}},
        "notes": [{"text": "Public note x.", "language": "en"}],
        "views_url": f"{HOST}/views/?consultation=consultation-x",
        "source": source_of(Document.objects.get(slug="document-x")),
        "activities": [
            {
                "slug": "activity-7",
                "kind": "panel",
                "name": {"en": "Activity 7"},
                "when": day("2012-06-07", "7 June 2012"),
            }
        ],
    }
    reads_as(anyone, "consultations", "consultation-x", expected)


def test_view(anyone: APIClient, consultation: Consultation) -> None:
    view = View.objects.get()
    expected = {
        "id": view.pk,
        "consultation": reference(consultation),
        "summary": {"en": "View 1."},
        "attribution": "party",
        "confidentiality": "public",
        "party": speaker(consultation),
        "on_behalf_of": None,
        "elements": [ELEMENT],
        "clauses": [
            {
                "draft": 1,
                "eid": "art_1__para_1",
                "kind": "paragraph",
                "label": "1",
                "citation": "Article 1, paragraph 1",
            }
        ],
        "source": source_of(Document.objects.get(slug="document-x")),
    }
    reads_as(anyone, "views", str(view.pk), expected)


def test_questionnaire_and_answer(anyone: APIClient, consultation: Consultation) -> None:
    source = source_of(Document.objects.get(slug="document-x"))
    expected = {
        "url": f"{HOST}/questionnaires/questionnaire-x/",
        "slug": "questionnaire-x",
        "name": {"en": "Questionnaire x"},
        "sent_on": {
            "edtf": "2009-06",
            "earliest": "2009-06-01",
            "latest": "2009-06-30",
            "precision": "month",
            "display": "June 2009",
        },
        "sent_by": {
            "mandate": {"slug": "mandate-x", "name": {"en": "Mandate x"}},
            "ordinal": 1,
            "name": {"en": "Holder 1"},
        },
        "recipients": ["member_states"],
        "consultation": reference(consultation),
        "replies": document_reference(),
        "questions": [
            {"label": label, "position": position, "text": {"en": f"Question {label}?"}, "elements": [ELEMENT]}
            for position, label in ((1, "a"), (2, "b"))
        ],
        "answers_url": f"{HOST}/answers/?questionnaire=questionnaire-x",
        "source": source,
    }
    reads_as(anyone, "questionnaires", "questionnaire-x", expected)
    answer = Answer.objects.get()
    questionnaire = {"slug": "questionnaire-x", "name": {"en": "Questionnaire x"}}
    said = {
        "id": answer.pk,
        "question": {"questionnaire": questionnaire, "label": "a"},
        "summary": {"en": "An answer."},
        "confidentiality": "public",
        "party": speaker(consultation),
        "elements": [],
        "source": source,
    }
    reads_as(anyone, "answers", str(answer.pk), said)


def test_questionnaire_of_a_consultation_that_is_not_public_does_not_name_it(
    anyone: APIClient, consultation: Consultation
) -> None:
    Consultation.objects.update(is_public=False)
    assert read(anyone, "questionnaires/questionnaire-x/")["consultation"] is None
    assert read(anyone, "activities/activity-7/")["consultations"] == []
    assert anyone.get("/api/v1/consultations/consultation-x/").status_code == 404
    assert read(anyone, "views/")["count"] == 0
    assert read(anyone, "activities/?consultation=consultation-x")["count"] == 0


def test_outcome(anyone: APIClient, consultation: Consultation) -> None:
    body = read(anyone, "outcomes/outcome-x/")
    assert body == {
        "url": f"{HOST}/outcomes/outcome-x/",
        "slug": "outcome-x",
        "kind": "summit",
        "name": {"en": "Outcome x"},
        "when": MONTH | {"display": "June 2012"},
        "when_printed": "",
        "place": {},
        "host_state": body["host_state"],
        "summary": {},
        "documents": [document_reference()],
        "requests": [request_reference()],
        "elements": [ELEMENT],
        "source": source_of(Document.objects.get(slug="document-x")),
    }


def test_deliverable(anyone: APIClient, consultation: Consultation) -> None:
    following = {
        "slug": "deliverable-x-next",
        "name": {"en": "Deliverable x-next"},
        "status": "planned",
        "due": day("2013-06-07", "7 June 2013"),
    }
    deliverable = Deliverable.objects.get(slug="deliverable-x")
    deliverable.drafts.add(
        factories.make_draft(published=False, ordinal=8), published := factories.make_draft(ordinal=9)
    )
    expected = {
        "url": f"{HOST}/deliverables/deliverable-x/",
        "slug": "deliverable-x",
        "name": {"en": "Deliverable x"},
        "due": day("2013-06-07", "7 June 2013"),
        "due_printed": "June",
        "status": "planned",
        "is_overdue": True,
        "delivered_on": record.NO_DATE,
        "requests": [request_reference()],
        "after": None,
        "followed_by": [following],
        "documents": [document_reference()],
        "drafts": [{"ordinal": 9, "name": dict(published.name), "status": "published"}],
        "source": source_of(Document.objects.get(slug="document-x")),
    }
    reads_as(anyone, "deliverables", "deliverable-x", expected)


def test_request_and_activity_name_what_came_of_them(anyone: APIClient, consultation: Consultation) -> None:
    asked = read(anyone, f"requests/{Request.objects.get(position=1).pk}/")
    assert [each["slug"] for each in asked["outcomes"]] == ["outcome-x"]
    assert [each["slug"] for each in asked["deliverables"]] == ["deliverable-x"]
    activity = read(anyone, "activities/activity-7/")
    assert [each["slug"] for each in activity["consultations"]] == ["consultation-x"]


@pytest.mark.parametrize("kind", ["views", "answers"])
def test_who_said_it_under_the_chatham_house_rule_is_told_and_found_by_nobody(
    kind: str, anyone: APIClient, acting_for: Any, consultation: Consultation
) -> None:
    model = View if kind == "views" else Answer
    state = consultation.states.get()
    africa = factories.make_group("africa")
    state.group_memberships.create(group=africa)
    model.objects.update(confidentiality="chatham_house", **({"on_behalf_of": africa} if model is View else {}))
    for client in (anyone, acting_for(factories.make_staff())):
        (said,) = read(client, f"{kind}/")["results"]
        assert (said["party"], said.get("on_behalf_of"), said["confidentiality"]) == (None, None, "chatham_house")
        for query in (f"state={state.alpha3}", "group=africa"):
            assert read(client, f"{kind}/?{query}")["count"] == 0, query
    model.objects.update(confidentiality="public")
    (said,) = read(anyone, f"{kind}/?state={state.alpha3}")["results"]
    assert said["party"]["key"] == state.alpha3


FOUND = {
    "consultations": (
        *("activity=activity-7", "resolution=A-HRC-RES-90-7", "kind=meeting", "status=held", "category=ngos"),
        *("document=document-x", "source=document-x", "q=geneva", "after=2012-06-07", "before=2012-06-07"),
    ),
    "views": (
        *(
            "consultation=consultation-x",
            "element=1a",
            "draft=1",
            "draft=1&clause=art_1__para_1",
            "clause=art_1__para_1",
        ),
        *("attribution=party", "q=view 1", "source=document-x"),
    ),
    "questionnaires": ("recipient=member_states", "q=questionnaire", "after=2009-06-30"),
    "answers": ("questionnaire=questionnaire-x", "question=a", "source=document-x"),
    "outcomes": ("kind=summit", "element=1a", "q=outcome"),
    "deliverables": ("resolution=A-HRC-RES-90-7", "q=deliverable x&is_overdue=true&resolution=A-HRC-RES-90-7"),
}
NOT_FOUND = {
    "consultations": ("activity=whole-7", "kind=bilateral", "status=planned", "category=others", "after=2012-06-08"),
    "views": ("element=2a", "draft=2", "draft=2&clause=art_1__para_1", "clause=art_2", "attribution=collective"),
    "questionnaires": ("recipient=ngos", "before=2009-05-31"),
    "answers": ("question=b", "state=ZZZ"),
    "outcomes": ("kind=forum", "element=2a", "q=nothing"),
    "deliverables": ("status=delivered", "is_overdue=false", "after=2014-01-01"),
}


@pytest.mark.parametrize("listing", FOUND)
def test_lists_are_narrowed(listing: str, anyone: APIClient, consultation: Consultation) -> None:
    counts = {query: read(anyone, f"{listing}/?{query}")["count"] for query in FOUND[listing]}
    assert counts == dict.fromkeys(FOUND[listing], 1)
    counts = {query: read(anyone, f"{listing}/?{query}")["count"] for query in NOT_FOUND[listing]}
    assert counts == dict.fromkeys(NOT_FOUND[listing], 0)


def test_view_on_a_clause_that_is_in_preparation_does_not_tell_of_it(
    anyone: APIClient, consultation: Consultation
) -> None:
    draft = factories.make_draft(published=False, ordinal=7)
    view = View.objects.get()
    view.clauses.set(draft.clauses.all())
    assert read(anyone, f"views/{view.pk}/")["clauses"] == []
    assert read(anyone, "views/?draft=7")["count"] == 0
    assert read(anyone, "views/?clause=art_1")["count"] == 0


def test_everything_leads_back(anyone: APIClient, consultation: Consultation) -> None:
    assert Activity.objects.get(slug="activity-7").consultations.get() == consultation
    assert read(anyone, f"consultations/?request={Request.objects.get(position=1).pk}")["count"] == 1
    assert Element.objects.get().views.count() == 1
