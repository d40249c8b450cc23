"""The thread: what leads to what, in both directions, as it is asked for, with its gaps, drawn and as files."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from lxml import etree

from activities.models import Activity
from activities.thread.asking import Narrowing, ThreadForm
from activities.thread.gaps import Gap, find_gaps, list_gap
from activities.thread.graph import read_thread
from activities.thread.graphml import NAMESPACE
from activities.thread.keys import BadKeyError, make_key, read_key
from activities.thread.kinds import Kind
from activities.thread.picture import LETTERS, Picture, measure, wrap
from consultations.models import Disposition, View
from declaration.models import Clause, Request
from tests import factories
from tests.activities.thread_record import Made, asked, keys, make_element, make_record, surroundings

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/en/thread/",
    "/ar/thread/",
    "/en/thread/?at=element:e1",
    "/en/thread/?phase=study:1",
    "/api/v1/thread/",
    "/api/v1/thread.graphml",
    "/api/v1/thread/?at=request:{request}",
    *(f"/en/thread/gaps/{gap.value}/" for gap in Gap),
    *(f"/api/v1/thread/gaps/{gap.value}/" for gap in Gap),
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language of what is printed."""
    with translation.override("en"):
        yield


# Walking.


@pytest.fixture
def made() -> Made:
    """Two strands."""
    return make_record(2)


def test_a_strand_is_followed_from_its_beginning_to_its_end(made):
    strand = made.strands[0]
    thread = surroundings(Kind.REQUEST, strand.request)
    assert {node.kind for node in thread.nodes} == set(Kind)
    assert keys(thread) == {
        make_key(Kind.RESOLUTION, strand.resolution),
        make_key(Kind.REQUEST, strand.request),
        "activity:panel-1",
        "outcome:summit-1",
        "deliverable:report-1",
        "consultation:meeting-1",
        "question:questions-1:1",
        f"answer:{strand.answer.pk}",
        f"view:{strand.view.pk}",
        "element:e1",
        f"draft:{made.draft.ordinal}",
        f"clause:{made.draft.ordinal}:art_1",
        f"comment:{strand.comment.pk}",
        f"disposition:{strand.disposition.pk}",
        f"clause:{made.next_draft.ordinal}:art_1",
    }
    assert [(link.relation, link.before.kind, link.after.kind) for link in thread.links][:1] == [
        (
            "asks",
            Kind.RESOLUTION,
            Kind.REQUEST,
        )
    ]
    assert len(thread.links) == 17


def test_a_strand_is_followed_from_its_end_to_its_beginning(made):
    strand = made.strands[1]
    thread = surroundings(Kind.CLAUSE, strand.later)
    assert {node.kind for node in thread.nodes} == set(Kind) - {Kind.DELIVERABLE, Kind.DRAFT}
    assert make_key(Kind.RESOLUTION, strand.resolution) in keys(thread)
    assert make_key(Kind.RESOLUTION, made.strands[0].resolution) not in keys(thread)


def test_what_shares_an_origin_is_not_what_came_of_it(made):
    other = View.objects.create(consultation=made.strands[0].consultation, position=2, summary={"en": "Another"})
    assert f"view:{other.pk}" not in keys(surroundings(Kind.VIEW, made.strands[0].view))
    assert f"view:{other.pk}" in keys(surroundings(Kind.CONSULTATION, made.strands[0].consultation))


def test_comments_on_a_later_clause_are_followed_too(made):
    comment = factories.make_filed_comment(factories.make_call(made.next_draft), clause=made.strands[0].later)
    assert f"comment:{comment.pk}" in keys(surroundings(Kind.ELEMENT, made.strands[0].element))


def test_the_whole_is_cut_and_says_so(made):
    thread = read_thread(Narrowing(), limit=1)
    assert {layer.name for layer in thread.more} >= {"request", "view", "clause", "later_clause"}
    assert all(len([node for node in thread.nodes if node.layer == name]) == 1 for name in ("request", "view"))
    assert not read_thread(Narrowing(), limit=50).more


def test_what_is_linked_to_what_is_shown_is_shown_first(made):
    View.objects.create(consultation=made.strands[1].consultation, position=5, summary={"en": "Unlinked"})
    first = made.strands[0]
    thread = read_thread(Narrowing(), limit=1)
    assert {f"view:{first.view.pk}", "element:e1", f"clause:{made.draft.ordinal}:art_1"} <= keys(thread)


# Asking.


def test_narrowed_by_resolution(made):
    thread = asked(resolution=made.strands[1].resolution.slug)
    assert "activity:panel-2" in keys(thread)
    assert "activity:panel-1" not in keys(thread)
    assert f"clause:{made.next_draft.ordinal}:art_2" in keys(thread)
    assert not any(key.endswith("-1") for key in keys(thread))


def test_narrowed_by_phase(made):
    Activity.objects.get(slug="panel-2").phases.clear()
    thread = asked(phase="study:1")
    assert "activity:panel-1" in keys(thread)
    assert "activity:panel-2" not in keys(thread)
    assert make_key(Kind.REQUEST, made.strands[0].request) in keys(thread)


def test_narrowed_by_period(made):
    thread = asked(after="2002-01-01", before="2002-12-31")
    assert "activity:panel-2" in keys(thread)
    assert "activity:panel-1" not in keys(thread)
    assert make_key(Kind.RESOLUTION, made.strands[1].resolution) in keys(thread)


def test_narrowed_by_two_things_at_once(made):
    thread = asked(resolution=made.strands[0].resolution.slug, after="2002-01-01")
    assert not thread.nodes


@pytest.mark.parametrize("how", ["code", "name"])
def test_narrowed_by_party(made, how):
    made.strands[1].view.state = factories.make_state()
    made.strands[1].view.save()
    given = made.speaker.alpha3 if how == "code" else str(made.speaker.name)
    thread = asked(party=given)
    assert f"view:{made.strands[0].view.pk}" in keys(thread)
    assert f"view:{made.strands[1].view.pk}" not in keys(thread)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("resolution", "A-HRC-RES-1-1"),
        ("phase", "study:9"),
        ("party", "Nowhere"),
        ("after", "yesterday"),
        ("at", "clause:art_1"),
        ("at", "view:99999999999999999999"),
        ("at", "planet:mars"),
        ("at", "element:"),
        ("at", "draft:99999"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(made, field, given):
    form = ThreadForm({field: given})
    assert list(form.errors) == [field]
    answer = Client().get("/api/v1/thread/", {field: given})
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == [field]


def test_a_period_that_ends_before_it_begins_is_refused():
    form = ThreadForm({"after": "2012-02-01", "before": "2012-01-01"})
    assert form.errors == {"before": ["The period ends before it begins."]}


def test_a_name_is_read_back(made):
    assert make_key(*[(Kind.CLAUSE), made.strands[0].clause]) == f"clause:{made.draft.ordinal}:art_1"
    with pytest.raises(BadKeyError):
        read_key("clause:1")


# Gaps.


def test_each_gap_is_found_and_nothing_else(made):
    assert {found.gap.value: found.count for found in find_gaps()} == {
        "requests-without-activity": 0,
        "views-on-no-element": 0,
        "elements-on-no-clause": 2,
        "clauses-without-source": 0,
        "comments-without-answer": 0,
        "deliverables-overdue": 2,
    }
    first = made.strands[0]
    first.activity.requests.clear()
    first.view.elements.clear()
    factories.make_filed_comment(factories.make_call(made.draft), clause=first.clause)
    first.deliverable.status = "delivered"
    first.deliverable.save()
    Disposition.objects.filter(pk=first.disposition.pk).update(resulting_clause=None)
    found = {found.gap: [str(node) for node in found.nodes] for found in find_gaps()}
    assert found[Gap.REQUESTS] == [f"{first.resolution.symbol} (a)"]
    assert found[Gap.VIEWS] == ["View 1"]
    assert found[Gap.ELEMENTS] == ["Theme e1", "Theme e2"]
    assert found[Gap.CLAUSES] == ["Article 1"]
    assert found[Gap.COMMENTS] == ["It is right."]
    assert found[Gap.DELIVERABLES] == ["Report 2"]


def test_a_clause_has_the_source_of_what_it_stands_in():
    draft = factories.make_draft()
    missing = [clause.eid for clause in list_gap(Gap.CLAUSES)]
    assert missing == ["preamble__rec_1", "art_1__para_1__subpara_a", "art_2"]
    article = draft.clauses.get(eid="art_1")
    Clause.elements.through.objects.create(clause=article, element=make_element("x", 1))
    assert [clause.eid for clause in list_gap(Gap.CLAUSES)] == ["preamble__rec_1", "art_2"]


# In every form.


def test_as_graphml_it_holds_what_it_holds_as_json(made, client):
    told = client.get("/api/v1/thread/").json()
    root = etree.fromstring(client.get("/api/v1/thread.graphml").content)
    nodes = root.findall(f".//{{{NAMESPACE}}}node")
    edges = root.findall(f".//{{{NAMESPACE}}}edge")
    assert [node.get("id") for node in nodes] == [node["id"] for node in told["nodes"]]
    assert [(edge.get("source"), edge.get("target")) for edge in edges] == [
        (link["before"], link["after"]) for link in told["links"]
    ]
    declared = {key.get("id") for key in root.findall(f"{{{NAMESPACE}}}key")}
    assert {data.get("key") for data in root.iter(f"{{{NAMESPACE}}}data")} <= declared
    assert [gap["count"] for gap in told["gaps"]] == [0, 0, 2, 0, 0, 2]


def test_a_limit_cuts_and_one_that_is_too_high_is_refused(made, client):
    told = client.get("/api/v1/thread/?limit=1").json()
    assert "view" in told["more"]
    assert client.get("/api/v1/thread/?limit=2001").json()["errors"][0]["attr"] == "limit"


def test_every_thing_in_the_picture_leads_on_and_stands_in_the_table(made, client):
    page = client.get("/en/thread/").content.decode()
    thread = read_thread(Narrowing(), limit=12)
    for node in thread.nodes:
        assert page.count(node.walk.replace("&", "&amp;")) >= 2
    assert "<svg" in page
    assert "</table>" in page
    assert " style=" not in page


def test_the_picture_is_mirrored_where_the_page_is(made):
    thread = read_thread(Narrowing(), limit=12)
    plain, mirrored = Picture(thread, mirrored=False), Picture(thread, mirrored=True)
    assert plain.width == mirrored.width
    for one, other in zip(plain.boxes, mirrored.boxes, strict=True):
        assert (one.node, one.top) == (other.node, other.top)
        assert one.left + int(plain.box[0]) == mirrored.width - other.left
    assert plain.boxes[0].left < plain.boxes[-1].left
    assert len(plain.links.split("M")) - 1 == len(thread.links)


@pytest.mark.parametrize(
    "text",
    [
        "One",
        "A name of several words that has to be cut somewhere",
        "X" * 90,
        "关于国际团结权宣言草案的协商会议纪要和后续行动",
        "",
    ],
)
def test_a_name_is_put_into_its_box(text):
    lines = wrap(text)
    assert 1 <= len(lines) <= 2
    assert all(measure(line) <= LETTERS + 2 for line in lines)
    assert "".join(lines).rstrip("…").replace(" ", "") in text.replace(" ", "")


def leave_gaps(made: Made) -> None:
    """Add one thing of each kind that leads to nothing."""
    first = made.strands[0]
    View.objects.create(consultation=first.consultation, position=9, summary={"en": "On nothing"})
    mandate = first.request.addressee_mandate
    Request.objects.create(
        resolution=first.resolution, position=2, kind="study", addressee_mandate=mandate, summary={"en": "Not done"}
    )
    factories.make_filed_comment(factories.make_call(made.draft), clause=first.clause)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_questions_does_not_grow(client, address):
    made = make_record(1)
    leave_gaps(made)
    path = address.replace("{request}", f"{made.strands[0].resolution.slug}:1")
    with CaptureQueriesContext(connection) as few:
        assert client.get(path).status_code == 200
    first = made.strands[0]
    for position in (2, 3):
        view = View.objects.create(consultation=first.consultation, position=position, summary={"en": f"V{position}"})
        element = make_element(f"more{position}", position)
        view.elements.add(element)
        Clause.elements.through.objects.create(clause=first.clause, element=element)
        activity = Activity.objects.create(slug=f"more-{position}", kind="panel", name={"en": "More"})
        activity.requests.add(first.request)
        activity.phases.add(made.phase)
        activity.consultations.add(first.consultation)
        factories.make_filed_comment(factories.make_call(made.draft), clause=first.clause)
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) <= len(few)
