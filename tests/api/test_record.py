"""Every entry of the record, as JSON, whole."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from activities.models import Activity
from declaration.models import Declaration, Resolution
from tests import factories
from tests.api import record

pytestmark = pytest.mark.django_db

HOST = "http://testserver/api/v1"


def read(client: APIClient, address: str, **headers: str) -> Any:
    """The body of an answer that has to be good."""
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def reads_as(client: APIClient, listing: str, key: str, expected: dict[str, Any]) -> None:
    """The entry reads so by itself, and is found so in its list."""
    assert read(client, f"{listing}/{key}/") == expected
    assert expected in read(client, f"{listing}/")["results"]


def test_root_leads_to_every_list(anyone: APIClient) -> None:
    root = read(anyone, "")
    for address in root["public"].values():
        assert anyone.get(address).json() == {"count": 0, "next": None, "previous": None, "results": []}
    assert set(root["further"]) == {
        *("schema", "me", "tokens", "desk_delegations", "desk_calls", "desk_submissions"),
        *("staff_drafts", "staff_calls", "staff_submissions", "staff_comments"),
    }


def test_organ(anyone: APIClient) -> None:
    factories.make_organ("council", name={"en": "Council", "ar": "المجلس"}, acronym="HRC", symbol_prefix="A/HRC/RES")
    expected = {
        "url": f"{HOST}/organs/council/",
        "code": "council",
        "kind": "organ",
        "name": {"en": "Council", "ar": "المجلس"},
        "acronym": "HRC",
        "symbol_prefix": "A/HRC/RES",
        "is_active": True,
        "note": {},
    }
    reads_as(anyone, "organs", "council", expected)


def test_document(anyone: APIClient) -> None:
    record.make_document("x", record.make_organ("x"))
    expected = {
        "url": f"{HOST}/documents/document-x/",
        "slug": "document-x",
        "symbol": None,
        "title": {"en": "Document x"},
        "organ": {"code": "organ-x", "name": {"en": "Organ x"}},
        "published_on": record.day("2012-06-07", "7 June 2012"),
        "note": {},
        "editions": [
            {"language": "ar", "url": "https://example.org/ar"},
            {"language": "en", "url": "https://example.org/en"},
        ],
    }
    reads_as(anyone, "documents", "document-x", expected)


def test_date_is_written_in_the_language_that_was_asked_for(anyone: APIClient) -> None:
    record.make_document("x")
    body = read(anyone, "documents/document-x/", **{"accept-language": "fr"})
    assert body["published_on"]["display"] == "7 juin 2012"


def test_mandate(anyone: APIClient) -> None:
    organ, document = record.make_organ("x"), record.make_document("x")
    mandate = record.make_mandate("x", organ, document)
    factories.make_resolution("A/HRC/RES/90/1", organ=organ, mandate=mandate)
    reference = {"code": "organ-x", "name": {"en": "Organ x"}}
    source = record.source_of(document) | {"paragraphs": "", "is_inferred": False, "note": {}}
    expected = {
        "url": f"{HOST}/mandates/mandate-x/",
        "slug": "mandate-x",
        "kind": "special_procedure",
        "name": {"en": "Mandate x"},
        "parent_organ": reference,
        "tasks": {"en": "To study."},
        "note": {},
        "holders": [
            {
                "ordinal": ordinal,
                "name": {"en": f"Holder {ordinal}"},
                "appointed_by": reference,
                "appointed_on": record.NO_DATE,
                "took_office_on": record.NO_DATE,
                "left_on": record.NO_DATE,
                "note": {},
                "source": source,
            }
            for ordinal in (1, 2)
        ],
        "phases": [
            {
                "ordinal": 1,
                "name": {"en": "Study"},
                "summary": {},
                "status": "done",
                "due_on": record.day("2012-06-07", "7 June 2012"),
                "due_on_printed": "",
                "source": source,
            }
        ],
        "resolutions": [
            {
                "slug": "A-HRC-RES-90-1",
                "symbol": "A/HRC/RES/90/1",
                "title": {"en": "Resolution A/HRC/RES/90/1"},
            }
        ],
        "source": record.source_of(document),
    }
    reads_as(anyone, "mandates", "mandate-x", expected)


def resolution_as_read(resolution: Resolution) -> dict[str, Any]:
    """How a resolution of `record.make_resolution` reads."""
    document = resolution.document
    assert document
    assert resolution.mandate
    organ = {"code": resolution.organ.code, "name": dict(resolution.organ.name)}
    mandate = {"slug": resolution.mandate.slug, "name": dict(resolution.mandate.name)}
    plain = record.source_of(document) | {"paragraphs": "", "is_inferred": False, "note": {}}
    first, second = resolution.requests.order_by("position")
    return {
        "url": f"{HOST}/resolutions/{resolution.slug}/",
        "slug": resolution.slug,
        "symbol": resolution.symbol,
        "kind": "resolution",
        "organ": organ,
        "title": {"en": f"Resolution {resolution.symbol}"},
        "effect": {"en": "It asks."},
        "adopted_on": record.day("2012-06-07", "7 June 2012"),
        "adopted_without_vote": False,
        "vote_for": 30,
        "vote_against": 12,
        "vote_abstaining": 5,
        "document": {"slug": document.slug, "symbol": None, "title": dict(document.title)},
        "mandate": mandate,
        "mandate_action": "renews",
        "mandate_years": 3,
        "sponsors": [record.state_reference(state) for state in resolution.sponsors.all()],
        "requests": [
            {
                "id": first.pk,
                "label": "a",
                "position": 1,
                "kind": "study",
                "addressee": {"kind": "mandate", "key": mandate["slug"], "name": mandate["name"]},
                "summary": {"en": "To study."},
                "source": plain,
                "activities": [
                    {
                        "slug": activity.slug,
                        "kind": "panel",
                        "name": dict(activity.name),
                        "when": record.day("2012-06-07", "7 June 2012"),
                    }
                    for activity in Activity.objects.filter(requests=first)
                ],
            },
            {
                "id": second.pk,
                "label": "b",
                "position": 2,
                "kind": "report",
                "addressee": {"kind": "organ", "key": organ["code"], "name": organ["name"]},
                "summary": {"en": "To report."},
                "source": plain,
                "activities": [],
            },
        ],
        "source": record.source_of(document),
    }


@pytest.fixture
def resolution() -> Resolution:
    """A resolution with two requests, the first of which an activity answers."""
    organ, document = record.make_organ("x"), record.make_document("x")
    return record.make_resolution("7", organ, record.make_mandate("x", organ, document), document)


def test_resolution_with_its_requests_and_what_answers_them(anyone: APIClient, resolution: Resolution) -> None:
    reads_as(anyone, "resolutions", "A-HRC-RES-90-7", resolution_as_read(resolution))


def test_resolution_without_effect_on_a_mandate(anyone: APIClient) -> None:
    factories.make_resolution("A/HRC/RES/90/8")
    body = read(anyone, "resolutions/A-HRC-RES-90-8/")
    assert (body["mandate"], body["mandate_action"], body["source"]) == (None, None, record.NO_SOURCE)


def test_request_by_itself_names_its_resolution(anyone: APIClient, resolution: Resolution) -> None:
    whole = resolution_as_read(resolution)
    request = whole["requests"][0]
    reference = {name: whole[name] for name in ("slug", "symbol", "title")}
    expected = {"url": f"{HOST}/requests/{request['id']}/", "resolution": reference} | request
    reads_as(anyone, "requests", str(request["id"]), expected)


def test_activity(anyone: APIClient, resolution: Resolution) -> None:
    whole = resolution_as_read(resolution)
    request = whole["requests"][0]
    activity = Activity.objects.get(slug="activity-7")
    assert activity.host_state
    expected = {
        "url": f"{HOST}/activities/activity-7/",
        "slug": "activity-7",
        "kind": "panel",
        "name": {"en": "Activity 7"},
        "when": record.day("2012-06-07", "7 June 2012"),
        "when_printed": "7 June",
        "place": {"en": "Geneva"},
        "host_state": record.state_reference(activity.host_state),
        "organizer": {},
        "role": {},
        "summary": {},
        "documents": [whole["document"]],
        "requests": [
            {name: request[name] for name in ("id", "label", "position", "kind", "summary")}
            | {"resolution": {name: whole[name] for name in ("slug", "symbol", "title")}}
        ],
        "part_of": {"slug": "whole-7", "kind": "forum", "name": {"en": "Whole 7"}, "when": record.NO_DATE},
        "parts": [{"slug": "part-7", "kind": "statement", "name": {"en": "Part 7"}, "when": record.NO_DATE}],
        "source": whole["source"],
    }
    reads_as(anyone, "activities", "activity-7", expected)


def test_state_and_group_name_each_other(anyone: APIClient) -> None:
    membership = record.make_membership()
    state, group = membership.state, membership.group
    since = {"joined_on": "1998-01-01", "left_on": None, "note": {"en": "Since then."}}
    expected_state = {
        "url": f"{HOST}/states/{state.alpha3}/",
        "alpha3": state.alpha3,
        "m49": "",
        "status": "invented_state",
        "name": dict(state.name),
        "groups": [{"group": {"code": group.code, "kind": "other", "name": dict(group.name)}} | since],
    }
    reads_as(anyone, "states", state.alpha3, expected_state)
    expected_group = {
        "url": f"{HOST}/groups/{group.code}/",
        "code": group.code,
        "kind": "other",
        "name": dict(group.name),
        "acronym": "",
        "note": {},
        "memberships": [{"state": record.state_reference(state)} | since],
    }
    reads_as(anyone, "groups", group.code, expected_group)


def test_stakeholder(anyone: APIClient) -> None:
    stakeholder = record.make_stakeholder("x")
    assert stakeholder.state
    expected = {
        "url": f"{HOST}/stakeholders/organization-x/",
        "slug": "organization-x",
        "kind": "ngo",
        "name": {"en": "Organization organization-x"},
        "acronym": "",
        "ecosoc_status": "special",
        "state": record.state_reference(stakeholder.state),
        "website": "",
        "is_invented": True,
        "note": {},
    }
    reads_as(anyone, "stakeholders", "organization-x", expected)
    factories.make_stakeholder("plain")
    assert read(anyone, "stakeholders/plain/")["ecosoc_status"] is None


ONE_CLAUSE = [("art_1", "article", "1", "Solidarity", "Everyone has the right to solidarity.")]


def test_element_and_legal_basis_with_the_clauses_that_reflect_them(anyone: APIClient) -> None:
    document = record.make_document("x")
    element, basis = record.make_foundations(1, document)
    draft = record.make_founded_draft([element], [basis], clauses=ONE_CLAUSE)
    # What is being prepared is told by no list of clauses.
    record.make_founded_draft([element], [basis], clauses=ONE_CLAUSE, published=False)
    clauses = [
        {"draft": draft.ordinal, "eid": "art_1", "kind": "article", "label": "1", "citation": "Article 1"},
    ]
    expected_element = {
        "url": f"{HOST}/elements/1a/",
        "code": "1a",
        "kind": "consideration",
        "position": 1,
        "theme": {"en": "Theme 1"},
        "text": {"en": "A text."},
        "source": record.source_of(document),
        "clauses": clauses,
    }
    reads_as(anyone, "elements", "1a", expected_element)
    expected_basis = {
        "url": f"{HOST}/legal-bases/basis-1/",
        "slug": "basis-1",
        "position": 1,
        "instrument": {"en": "Instrument 1"},
        "provision": {"en": "Article 1"},
        "document": {"slug": "document-x", "symbol": None, "title": {"en": "Document x"}},
        "source": record.source_of(document),
        "clauses": clauses,
    }
    reads_as(anyone, "legal-bases", "basis-1", expected_basis)


def test_declaration_and_draft(anyone: APIClient) -> None:
    first = factories.make_draft()
    declaration = Declaration.objects.get(pk=first.declaration_id)
    document = record.make_document("x")
    second = factories.make_draft(
        declaration=declaration, supersedes=first, document=document, note={"en": "Second."}, is_illustrative=True
    )
    factories.make_draft(declaration=declaration, published=False)
    named = [
        {"ordinal": second.ordinal, "name": dict(second.name), "status": "published"},
        {"ordinal": first.ordinal, "name": dict(first.name), "status": "superseded"},
    ]
    expected = {
        "url": f"{HOST}/declarations/{declaration.slug}/",
        "slug": declaration.slug,
        "title": {"en": "Declaration"},
        "mandate": None,
        "drafts": named,
    }
    reads_as(anyone, "declarations", declaration.slug, expected)
    assert second.published_at
    expected_draft = {
        "url": f"{HOST}/drafts/{second.ordinal}/",
        "ordinal": second.ordinal,
        "name": dict(second.name),
        "declaration": {"slug": declaration.slug, "title": {"en": "Declaration"}},
        "stage": "zero",
        "status": "published",
        "document": {"slug": "document-x", "symbol": None, "title": {"en": "Document x"}},
        "supersedes": first.ordinal,
        "languages": ["en", "ar"],
        "is_illustrative": True,
        "note": {"en": "Second."},
        "published_at": second.published_at.isoformat().replace("+00:00", "Z"),
        "clauses_url": f"{HOST}/drafts/{second.ordinal}/clauses/",
    }
    reads_as(anyone, "drafts", str(second.ordinal), expected_draft)
    assert [draft["ordinal"] for draft in read(anyone, "drafts/")["results"]] == [second.ordinal, first.ordinal]


def test_clause(anyone: APIClient) -> None:
    element, basis = record.make_foundations(1, record.make_document("x"))
    draft = record.make_founded_draft([element], [basis])
    clause = "art_1__para_1"
    nothing_said = dict.fromkeys(
        ("supports", "supports_with_amendment", "reserves", "opposes", "asks_for_clarification"), 0
    )
    expected = {
        "url": f"{HOST}/drafts/{draft.ordinal}/clauses/{clause}/",
        "draft": draft.ordinal,
        "eid": clause,
        "wid": clause,
        "kind": "paragraph",
        "label": "1",
        "citation": "Article 1, paragraph 1",
        "position": 4,
        "parent": "art_1",
        "negotiating_status": "open",
        "wordings": [
            {"language": "ar", "heading": "", "text": "لكل إنسان الحق في التضامن.", "authenticity": "official"},
            {
                "language": "en",
                "heading": "",
                "text": "Everyone has the right to solidarity.",
                "authenticity": "official",
            },
        ],
        "elements": [{"code": "1a", "kind": "consideration", "theme": {"en": "Theme 1"}}],
        "legal_bases": [{"slug": "basis-1", "instrument": {"en": "Instrument 1"}, "provision": {"en": "Article 1"}}],
        "positions": {"comments": 0} | nothing_said | {"without_position": 0},
    }
    reads_as(anyone, f"drafts/{draft.ordinal}/clauses", clause, expected)
    arabic = read(anyone, f"drafts/{draft.ordinal}/clauses/{clause}/?language=ar")
    assert arabic == expected | {"wordings": expected["wordings"][:1]}  # type: ignore[index]


def test_clauses_stand_as_they_are_read(anyone: APIClient) -> None:
    draft = factories.make_draft()
    body = read(anyone, f"drafts/{draft.ordinal}/clauses/?language=en")
    assert [(clause["eid"], clause["parent"]) for clause in body["results"]] == [
        ("preamble", None),
        ("preamble__rec_1", "preamble"),
        ("art_1", None),
        ("art_1__para_1", "art_1"),
        ("art_1__para_1__subpara_a", "art_1__para_1"),
        ("art_2", None),
    ]
