"""The pages of pictures and their twins: each at a constant number of queries, with its figures in words, in both directions."""

import re

import pytest

from tests import factories, hearings
from tests.api import record
from tests.pages.world import words

QUERIES = {
    # 1 the mandate, 2 resolutions, 3 activities, 4 consultations, 5 outcomes, 6 deliverables, 7 drafts, 8 calls, 9 holders,
    # 10 and 11 from when to when something is recorded of each phase, 12 the phases
    "timeline/": 12,
    # 1 the regional groups, 2 who is in them, 3 activities, 4 consultations, 5 whom they met, 6 these States, 7 and 8 groups,
    # 9 and 10 stakeholders, 11 categories
    "regions/": 11,
}


def add_rows(number):
    organ = record.make_organ(str(number))
    document = record.make_document(str(number), organ)
    mandate = record.make_mandate(str(number), organ, document)
    request = record.make_resolution(str(number), organ, mandate, document).requests.get(position=1)
    hearings.make_consultation(str(number))
    hearings.make_outcome(str(number), requests=(request,))
    hearings.make_deliverable(str(number), requests=(request,))
    factories.make_call()
    factories.make_group(f"region-{number}", kind="regional", name={"en": f"Region {number}"})
    return request


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("prefix", ["/en/", "/api/v1/"])
def test_queries_do_not_grow(db, client, django_assert_num_queries, path, prefix):
    for rows in (1, 3):
        for number in range(rows):
            add_rows(f"{rows}{number}")
        with django_assert_num_queries(QUERIES[path]):
            assert client.get(prefix + path).status_code == 200


@pytest.mark.parametrize("of", ["mandates/mandate-1", "resolutions/A-HRC-RES-90-1"])
def test_progress_asks_no_more_for_more_requests(db, client, django_assert_num_queries, of):
    request = add_rows("1")
    # 1 the mandate or resolution, 2 its requests, 3 activities and consultations, 4 outcomes, 5 deliverables
    for rows in (1, 3):
        if rows > 1:
            for number in range(2):
                request.resolution.requests.create(
                    position=number + 8,
                    kind="visit",
                    addressee_mandate=request.addressee_mandate,
                    summary={"en": "More."},
                )
        with django_assert_num_queries(5):
            answer = client.get(f"/api/v1/{of}/progress/")
        assert answer.status_code == 200
    first = answer.json()[0]
    assert (first["request"]["label"], first["activities"], first["due"], first["how_far"]) == ("a", 1, 1, "overdue")


def test_timeline_shows_each_entry_in_the_picture_and_in_words(db, client):
    add_rows("1")
    page = client.get("/en/timeline/")
    picture = page.text[page.text.index('<svg class="picture"') : page.text.index("</svg>")]
    for name in ("A/HRC/RES/90/1", "Activity 1", "Consultation 1", "Outcome 1", "Deliverable 1"):
        assert name in picture
        assert name in page.text[page.text.index("in-words") :]
    # What has no date of its own has no place in the picture, and is told all the same.
    assert "Whole 1" not in picture
    assert "Whole 1" in words(page)


def test_timeline_is_narrowed_and_its_twin_alike(db, client):
    add_rows("1")
    page = client.get("/en/timeline/?from=2013&to=2013")
    assert "Deliverable 1" in words(page)
    assert "Activity 1" not in words(page)
    assert "The whole record" in words(page)
    twin = re.search(r'type="application/json" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    assert twin == "/api/v1/timeline/?from=2013&to=2013"
    assert [(each["lane"], each["key"]) for each in client.get(twin).json()["results"]] == [
        ("deliverable", "deliverable-1")
    ]


@pytest.mark.parametrize("path", QUERIES)
def test_what_cannot_be_shown_is_told_at_its_field(db, client, path):
    add_rows("1")
    page = client.get(f"/en/{path}?from=2013&to=2012")
    assert page.status_code == 200
    assert "The end lies before the beginning. Write a later date, or leave it empty." in words(page)
    assert f'type="application/json" href="/api/v1/{path}"' in page.text
    answer = client.get(f"/api/v1/{path}?from=2013&to=2012")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "order" if "errors" in answer.json() else "order" in answer.text


@pytest.mark.parametrize("path", QUERIES)
def test_an_empty_record_says_so(db, client, path):
    page = client.get(f"/en/{path}")
    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert client.get(f"/api/v1/{path}").status_code == 200


@pytest.mark.parametrize("path", QUERIES)
def test_arabic_page_is_there_with_its_picture(db, client, path):
    add_rows("1")
    page = client.get(f"/ar/{path}")
    assert page.status_code == 200
    assert '<svg class="picture"' in page.text


def test_pages_of_mandate_and_resolution_tell_how_far_each_request_is(db, client):
    add_rows("1")
    for path in ("mandates/mandate-1/", "resolutions/A-HRC-RES-90-1/"):
        shown = words(client.get(f"/en/{path}"))
        assert "How far each request is" in shown
        assert "A/HRC/RES/90/1 (a) 1 0 1 0 1 something is overdue" in shown


def test_region_page_tells_who_was_met(db, client):
    consultation = hearings.make_consultation("1")
    group = factories.make_group("south", kind="regional", name={"en": "Southern States"})
    group.states.set([consultation.host_state, *consultation.states.all()])
    shown = words(client.get("/en/regions/"))
    assert "Southern States 0 1 1 of 2" in shown
    assert "(1 consultation)" in shown
