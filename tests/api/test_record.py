"""Every entry of the record, as JSON, whole."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from activities.models import Activity
from declaration.models import Resolution
from tests import factories
from tests.api import record
from tests.api.record import read, reads_as

pytestmark = pytest.mark.django_db

HOST = "http://testserver/api/v1"


def test_root_leads_to_every_list(anyone: APIClient) -> None:
    root = read(anyone, "")
    assert anyone.get(root["public"].pop("thread")).json()["nodes"] == []
    assert anyone.get(root["public"].pop("regions")).json()["groups"] == []
    for address in root["public"].values():
        assert anyone.get(address).json() == {"count": 0, "next": None, "previous": None, "results": []}
    assert set(root["further"]) == {
        *("schema", "me", "tokens", "desk_delegations", "desk_calls", "desk_submissions"),
        *(
            "staff_drafts",
            "staff_calls",
            "staff_submissions",
            "staff_comments",
            "staff_consultations",
            "staff_holds",
            "staff_given_up_mail",
        ),
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
                "outcomes": [],
                "deliverables": [],
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
                "outcomes": [],
                "deliverables": [],
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
        "consultations": [],
        "phases": [],
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
