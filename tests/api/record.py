"""Entries of the record for tests of the API: each function makes one entry with everything that can be said of it."""

import datetime as dt
from typing import Any

from rest_framework.test import APIClient

from activities.models import Activity
from consultations.models import Delegation
from declaration.models import (
    Document,
    DocumentEdition,
    Draft,
    Element,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
)
from tests import factories

NO_DATE = {"edtf": "", "earliest": None, "latest": None, "precision": "unknown", "display": ""}
NO_SOURCE = {"document": None, "paragraphs": "", "is_inferred": False, "note": {}, "addresses": []}


def day(edtf: str, display: str) -> dict[str, str]:
    """How a day is read."""
    return {"edtf": edtf, "earliest": edtf, "latest": edtf, "precision": "day", "display": display}


def make_organ(key: str) -> Organ:
    """A body."""
    return factories.make_organ(f"organ-{key}", name={"en": f"Organ {key}"})


def make_document(key: str, organ: Organ | None = None) -> Document:
    """A document in two languages."""
    document = Document.objects.create(
        slug=f"document-{key}", title={"en": f"Document {key}"}, organ=organ, published_on="2012-06-07"
    )
    for language in ("en", "ar"):
        DocumentEdition.objects.create(document=document, language=language, url=f"https://example.org/{language}")
    return document


def sourced(document: Document) -> dict[str, Any]:
    """The fields of an entry that a document tells of."""
    return {"source": document, "source_paragraphs": "10, 11", "is_inferred": True, "source_note": {"en": "Unclear."}}


def source_of(document: Document) -> dict[str, Any]:
    """How that is read."""
    return {
        "document": {"slug": document.slug, "symbol": None, "title": dict(document.title)},
        "paragraphs": "10, 11",
        "is_inferred": True,
        "note": {"en": "Unclear."},
        "addresses": [],
    }


def make_mandate(key: str, organ: Organ, document: Document) -> Mandate:
    """A mandate with two holders and a phase."""
    mandate = Mandate.objects.create(
        slug=f"mandate-{key}",
        name={"en": f"Mandate {key}"},
        parent_organ=organ,
        tasks={"en": "To study."},
        **sourced(document),
    )
    for ordinal in (1, 2):
        MandateHolder.objects.create(
            mandate=mandate, ordinal=ordinal, name={"en": f"Holder {ordinal}"}, appointed_by=organ, source=document
        )
    Phase.objects.create(
        mandate=mandate, ordinal=1, name={"en": "Study"}, status="done", due_on="2012-06-07", source=document
    )
    return mandate


def make_resolution(key: str, organ: Organ, mandate: Mandate, document: Document) -> Resolution:
    """A resolution with two requests, one to the mandate, one to the organ; an activity answers the first."""
    resolution: Resolution = factories.make_resolution(
        f"A/HRC/RES/90/{key}",
        organ=organ,
        effect={"en": "It asks."},
        adopted_on="2012-06-07",
        adopted_without_vote=False,
        vote_for=30,
        vote_against=12,
        vote_abstaining=5,
        document=document,
        mandate=mandate,
        mandate_action="renews",
        mandate_years=3,
        **sourced(document),
    )
    resolution.sponsors.add(factories.make_state())
    first = Request.objects.create(
        resolution=resolution,
        position=1,
        label="a",
        kind="study",
        addressee_mandate=mandate,
        summary={"en": "To study."},
        source=document,
    )
    Request.objects.create(
        resolution=resolution,
        position=2,
        label="b",
        kind="report",
        addressee_organ=organ,
        summary={"en": "To report."},
        source=document,
    )
    make_activity(key, first, document)
    return resolution


def make_activity(key: str, request: Request, document: Document) -> Activity:
    """An activity with a document, which answers a request, is part of a second one and has a third as its part."""
    whole = Activity.objects.create(slug=f"whole-{key}", kind="forum", name={"en": f"Whole {key}"})
    activity = Activity.objects.create(
        slug=f"activity-{key}",
        kind="panel",
        name={"en": f"Activity {key}"},
        when="2012-06-07",
        when_printed="7 June",
        place={"en": "Geneva"},
        host_state=factories.make_state(),
        part_of=whole,
        **sourced(document),
    )
    activity.documents.add(document)
    activity.requests.add(request)
    Activity.objects.create(slug=f"part-{key}", kind="statement", name={"en": f"Part {key}"}, part_of=activity)
    return activity


def make_membership() -> GroupMembership:
    """A State's membership in a group."""
    return GroupMembership.objects.create(
        state=factories.make_state(), group=factories.make_group(), joined_on="1998-01-01", note={"en": "Since then."}
    )


def make_stakeholder(key: str) -> Stakeholder:
    """An organization of a State."""
    return factories.make_stakeholder(f"organization-{key}", ecosoc_status="special", state=factories.make_state())


def make_foundations(key: int, document: Document) -> tuple[Element, LegalBasis]:
    """An element and a legal basis."""
    element = Element.objects.create(
        code=f"{key}a",
        kind="consideration",
        position=key,
        theme={"en": f"Theme {key}"},
        text={"en": "A text."},
        **sourced(document),
    )
    basis = LegalBasis.objects.create(
        slug=f"basis-{key}",
        position=key,
        instrument={"en": f"Instrument {key}"},
        provision={"en": "Article 1"},
        document=document,
        **sourced(document),
    )
    return element, basis


def make_founded_draft(elements: list[Element], bases: list[LegalBasis], **fields: Any) -> Draft:
    """A draft, published unless said, whose every clause reflects the elements and rests on the legal bases."""
    published = fields.pop("published", True)
    draft: Draft = factories.make_draft(published=False, **fields)
    for clause in draft.clauses.all():
        clause.elements.set(elements)
        clause.legal_bases.set(bases)
    return factories.publish_draft(draft=draft) if published else draft


def state_reference(state: State) -> dict[str, Any]:
    """How a State is named elsewhere."""
    return {"alpha3": state.alpha3, "name": dict(state.name)}


def utc(moment: dt.datetime | None) -> str:
    """How a moment is read."""
    assert moment
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def party_of(delegation: Delegation) -> dict[str, Any]:
    """How a State's delegation is named."""
    assert delegation.state
    name = dict(delegation.state.name)
    return {"kind": "state", "key": delegation.state.alpha3, "name": name, "is_invented": True}


def call_to_send(draft: Draft, **changes: Any) -> dict[str, Any]:
    """What is sent to prepare a call."""
    return {
        "draft": draft.ordinal,
        "title": {"en": "First round", "ar": "الجولة الأولى"},
        "opens_at": "2026-11-01T09:00:00+01:00",
        "closes_at": "2099-01-31T18:00:00+01:00",
        "audience": ["member_states", "groups"],
        "languages": ["en", "ar"],
    } | changes


def read(client: APIClient, address: str, **headers: str) -> Any:
    """The body of an answer that has to be good."""
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def reads_as(client: APIClient, listing: str, key: str, expected: dict[str, Any]) -> None:
    """The entry reads so by itself, and is found so in its list."""
    assert read(client, f"{listing}/{key}/") == expected
    assert expected in read(client, f"{listing}/")["results"]
