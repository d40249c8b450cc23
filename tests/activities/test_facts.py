"""The shipped record against the facts that it was written from, entry by entry, where that file is at hand.

The file is `a-68-176.json`: named by the variable FACTS of the environment, or beside the project.
"""

import json
import os
import re
from pathlib import Path

import pytest

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation, Questionnaire
from declaration.models import (
    Document,
    Element,
    Group,
    LegalBasis,
    MandateHolder,
    Organ,
    Phase,
    Resolution,
    Stakeholder,
    State,
)
from declaration.text.references import parse_paragraphs

ROOT = Path(__file__).resolve().parents[2]
FACTS = Path(os.environ.get("FACTS") or ROOT.parent / "shared" / "facts" / "a-68-176.json")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FACTS.is_file(), reason=f"The facts are not at hand: there is no file {FACTS}."),
]

ACTIVITIES = (
    "right-to-development-panel-2011",
    "social-forum-2011",
    "right-to-development-thematic-panel",
    "climate-conference-statement-2011",
    "human-solidarity-day-statement",
    "sustainable-development-conference-statement-2012",
    "joint-statement-rio-2012",
    "joint-statement-financial-transactions-tax",
    "advisory-committee-session-8",
    "advisory-committee-final-paper-2012",
    "expert-workshop-2012",
    "peoples-summit-2012",
    "country-visit-brazil-2012",
    "social-forum-2012",
    "social-forum-2012-participatory-development-panel",
    "climate-conference-message-2012",
    "diplomacy-training-dili-2012",
    "consultations-timor-leste-2012",
    "human-solidarity-day-2012",
    "international-cooperation-seminar-2013",
)
"""act-01 to act-20."""

CONSULTATIONS = (
    "delegations-council-session-21",
    "civil-society-and-organizations",
    "informal-consultations-timor-leste-2012",
    "country-visit-brazil-2012",
    "expert-workshop-2012",
    "advisory-committee-session-8",
    "questionnaire-2009",
    "regional-consultations",
    "circulation-of-the-preliminary-text",
)
"""con-01 to con-09."""

FORMATS = {
    "bilateral meetings": "bilateral",
    "meetings and direct internet exchange": "exchange",
    "informal": "informal",
    "country visit meetings": "country_visit",
    "workshop": "workshop",
    "meeting": "meeting",
    "questionnaire": "questionnaire",
    "regional meetings": "regional",
    "call for written comments": "written_comments",
}

CATEGORIES = {
    "UN agencies": "un_entities",
    "international organizations": "international_organizations",
    "civil society organizations": "civil_society",
    "various stakeholders": "others",
    "UN agencies in Brazil": "un_entities",
    "26 experts": "experts",
    "government observers": "governments",
    "UN agency observers": "un_entities",
    "NGO observers": "ngos",
    "Advisory Committee members": "advisory_committee",
    "Advisory Committee": "advisory_committee",
    "Member States": "member_states",
    "NGOs": "ngos",
    "special procedures mandate holders": "mandate_holders",
    "academics": "academics",
    "others": "others",
}

OUTCOMES = {
    "sum-cvf": "climate-vulnerable-forum-2011",
    "sum-busan": "aid-effectiveness-forum-2011",
    "sum-cop17": "climate-conference-2011",
    "sum-unctad13": "unctad-xiii-2012",
    "sum-rio20": "sustainable-development-conference-2012",
}

DELIVERABLES = (
    "preliminary-text",
    "circulation-for-comments",
    "draft-declaration-to-the-council",
    "reports-to-the-general-assembly",
    "yearly-progress-report",
    "further-country-visits",
    "regional-consultations",
)
"""del-01 to del-07."""

BODIES = {
    "hrcac-dg": Stakeholder.objects.filter(slug="advisory-committee-drafting-group"),
    "desa": Stakeholder.objects.filter(slug="desa"),
    "eosg": Stakeholder.objects.filter(slug="executive-office-of-the-secretary-general"),
    "opga": Stakeholder.objects.filter(slug="office-of-the-president-of-the-general-assembly"),
    "unrc-bra": Stakeholder.objects.filter(slug="un-resident-coordinator-brazil"),
    "unct-bra": Stakeholder.objects.filter(slug="un-agencies-brazil"),
    "kp-cmp": Stakeholder.objects.filter(slug="kyoto-protocol-meeting-of-the-parties"),
    "awg-lca": Stakeholder.objects.filter(slug="unfccc-long-term-cooperative-action"),
    "sp": Stakeholder.objects.filter(slug="special-procedures"),
    "cvf": Group.objects.filter(code="cvf"),
    "eu": Group.objects.filter(code="eu"),
}
"""Bodies that are no organ of the record."""


@pytest.fixture(scope="module")
def facts():
    """What the report tells, as it was noted down."""
    return json.loads(FACTS.read_text(encoding="utf-8"))


def cited(paragraphs):
    """The paragraphs of a citation; words between them are left out ("17; goal 8: 26h")."""
    return set(parse_paragraphs(re.sub(r"goal 8:", "", paragraphs).strip()))


def assert_cites(entry, paragraphs):
    assert entry.source.symbol == "A/68/176"
    assert cited(paragraphs) <= cited(entry.source_paragraphs), entry


def assert_date(date, start, end):
    """The date begins and ends as noted; "2012-06" as a whole month, "--12-20" as a day of each year."""
    if not start:
        assert date.precision == "unknown"
    elif start.startswith("--"):
        assert date.edtf == start.replace("--", "XXXX-")
    else:
        last = re.match(r"[\d-]+", end)[0]
        assert date.edtf == (start if start == last else f"{start}/{last}")


def symbols(ids, facts):
    """The symbols of resolutions by the names that the facts have for them."""
    return {each["symbol"] for each in facts["resolutions_and_decisions"] if each["id"] in ids}


def test_resolutions_and_decisions(dossier, facts):
    kinds = {"follow-up": "follow_up", "country visit": "visit", None: None}
    assert len(facts["resolutions_and_decisions"]) == 14
    for fact in facts["resolutions_and_decisions"]:
        symbol = "E/CN.4/Sub.2/DEC/2003/115" if fact["id"] == "subcom-2003-115" else fact["symbol"]
        resolution = Resolution.objects.get(symbol=symbol)
        assert resolution.organ.code == fact["adopted_by"]
        assert fact["kind"].startswith(resolution.kind)
        assert_cites(resolution, fact["para"])
        requests = list(resolution.requests.order_by("position"))
        assert len(requests) == len(fact["requests"])
        for request, asked in zip(requests, fact["requests"], strict=True):
            assert request.label == (asked.get("letter") or str(request.position))
            kind = asked.get("kind")
            assert kind is None or request.kind == kinds.get(kind, kind)


def test_activities(dossier, facts):
    assert [fact["id"] for fact in facts["activities"]] == [f"act-{number:02}" for number in range(1, 21)]
    for fact, slug in zip(facts["activities"], ACTIVITIES, strict=True):
        activity = Activity.objects.get(slug=slug)
        assert_cites(activity, fact["para"])
        assert_date(activity.when, fact["start"], fact["end"])
        assert bool(activity.place) == bool(fact["place"]), slug
        assert fact["place"] is None or activity.place["en"].split(",")[0] == fact["place"].split(",")[0]
        linked = {CONSULTATIONS[int(name[4:]) - 1] for name in fact["linked"] if name.startswith("con-")}
        assert set(activity.consultations.values_list("slug", flat=True)) >= linked
        documents = {name for name in fact["linked"] if name.startswith("doc-")}
        assert {f"doc-{each.slug.lower()}" for each in activity.documents.all()} >= documents
        if "inferred" in fact["precision"]:
            assert activity.is_inferred


def test_consultations_and_views(dossier, facts):
    assert [fact["id"] for fact in facts["consultations"]] == [f"con-{number:02}" for number in range(1, 10)]
    for fact, slug in zip(facts["consultations"], CONSULTATIONS, strict=True):
        consultation = Consultation.objects.get(slug=slug)
        assert_cites(consultation, fact["para"])
        assert consultation.format == FORMATS[fact["format"]]
        assert consultation.status == fact.get("status", "held")
        assert consultation.participant_count == fact.get("participants_count")
        named = {code for code, _name, _kind in fact["participants"] if code}
        states = set(consultation.states.values_list("alpha3", flat=True))
        assert states | {group.code.upper() for group in consultation.groups.all()} == named
        categories = {CATEGORIES[name] for code, name, _kind in fact["participants"] if name in CATEGORIES}
        assert categories <= {*consultation.categories}, slug
        attribution = fact.get("attribution", "none").split()[0].strip(",")
        assert consultation.attribution == {"compiled": "summary"}.get(attribution, attribution)
        positions = list(consultation.views.in_order().values_list("position", flat=True))
        assert positions == [view["no"] for view in fact["views"]]


def test_questionnaire(dossier, facts):
    fact = facts["questionnaire_2009"]
    questionnaire = Questionnaire.objects.get()
    assert_cites(questionnaire, fact["para"])
    assert questionnaire.sent_on.edtf == str(fact["year"])
    assert questionnaire.sent_by.name["en"] == "Rudi Muhammad Rizki"
    assert questionnaire.replies.symbol == fact["replies_published_in"]
    labels = list(questionnaire.questions.values_list("label", flat=True))
    assert labels == [question["letter"] for question in fact["questions"]]


def test_elements_and_assumptions(dossier, facts):
    for section, number, kind in (("elements_26", 26, "consideration"), ("assumptions_27", 27, "assumption")):
        codes = [f"{number}{item['letter']}" for item in facts[section]["items"]]
        assert list(Element.objects.filter(kind=kind).order_by("position").values_list("code", flat=True)) == codes
        for code in codes:
            assert_cites(Element.objects.get(code=code), code)


def test_outcomes(dossier, facts):
    assert {fact["id"] for fact in facts["summit_outcomes"]} == {*OUTCOMES}
    for fact in facts["summit_outcomes"]:
        outcome = Outcome.objects.get(slug=OUTCOMES[fact["id"]])
        assert_cites(outcome, fact["para"])
        assert_date(outcome.when, fact["start"], fact["end"])
        assert outcome.place["en"].split(",")[0] == fact["place"].split(",")[0]
        assert bool(outcome.summary) == ("outcomes" in fact)


def test_deliverables(dossier, facts):
    assert [fact["id"] for fact in facts["deliverables"]] == [f"del-{number:02}" for number in range(1, 8)]
    for fact, slug in zip(facts["deliverables"], DELIVERABLES, strict=True):
        deliverable = Deliverable.objects.get(slug=slug)
        assert_cites(deliverable, fact["para"])
        asked = {request.resolution.symbol for request in deliverable.requests.select_related("resolution")}
        assert symbols(fact.get("requested_by", []), facts) <= asked
        if deliverable.due:
            assert deliverable.due.edtf in fact["due"]
        if fact["due"] == "after del-01":
            assert deliverable.after.slug == DELIVERABLES[0]


def test_bodies_organizations_and_persons(dossier, facts):
    for fact in facts["bodies"]:
        assert BODIES.get(fact["id"], Organ.objects.filter(code=fact["id"])).all().exists(), fact["name"]
    for fact in facts["named_organizations"]:
        named = Stakeholder.objects.get(name__en=fact["name"].replace("communities, M", "communities of M"))
        assert f"paragraph {fact['para']}" in named.note["en"]
    for name in ("José Ramos-Horta", "Secretary-General of the United Nations", "President of the General Assembly"):
        assert Stakeholder.objects.filter(name__en=name).exists()
    for fact in facts["mandate_holders"]:
        assert any(model.objects.filter(name__en=fact["name"]).exists() for model in (MandateHolder, Stakeholder))


def test_states_that_are_named(dossier, facts):
    for fact in facts["states_named"]:
        state = State.objects.get(alpha3=fact["iso3"])
        assert fact["name"].startswith(state.name["en"])


def test_documents_and_legal_bases(dossier, facts):
    for fact in facts["documents_cited"]:
        found = (
            Document.objects.filter(symbol=fact["symbol"]) if fact["symbol"] else Document.objects.filter(symbol=None)
        )
        numbers = re.findall(r"\d+", fact["para"])
        assert any(all(number in each.note["en"] for number in numbers) for each in found if each.note), fact["what"]
    assert LegalBasis.objects.count() == len(facts["legal_instruments"]) == 14
    for fact in facts["legal_instruments"]:
        assert any(cited(fact["para"]) <= cited(basis.source_paragraphs) for basis in LegalBasis.objects.all())


def test_phases(dossier, facts):
    phases = Phase.objects.filter(mandate__slug="international-solidarity").order_by("ordinal")
    for fact, phase in zip(facts["work_plan"]["phases"], phases, strict=True):
        assert_cites(phase, fact["para"])
        assert fact["status_2013"].startswith(phase.status)
