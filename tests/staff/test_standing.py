"""What staff see of where comments stand on a draft, before it is published and after."""

import pytest
from django.urls import reverse

from tests import factories
from tests.staff.pages import words

pytestmark = pytest.mark.django_db

OLD = [(f"art_{number}", "article", str(number), "", f"Text {number}.") for number in range(1, 5)]
NEW = [
    ("art_1", "article", "1", "", "Text 1."),
    ("art_2", "article", "2", "", "Another text 2."),
    ("art_3", "article", "3", "", "Text 4."),
]
DESCENTS = [("art_1", "art_1", "same"), ("art_2", "art_2", "amended"), ("art_4", "art_3", "moved")]


@pytest.fixture
def call():
    return factories.make_call(factories.make_draft(clauses=OLD, languages=("en",)), languages=["en"])


def comment(call, eid, **fields):
    return factories.make_filed_comment(call, clause=eid, **fields)


def prepare(call, **fields):
    return factories.make_next_draft(call.draft, NEW, DESCENTS, published=False, **fields)


def url(draft, **query):
    return reverse("staff-draft-standing", args=[draft.ordinal], query=query or None)


def counts(response):
    return {each.code: (each.count, each.provisional) for each in response.context["counts"] if each.count}


def test_draft_in_preparation(desk, call):
    for number in range(1, 5):
        comment(call, f"art_{number}")
    comment(call, "art_3")
    draft = prepare(call)
    response = desk.get(url(draft))
    assert counts(response) == {
        "still_applies": (1, 0),
        "text_changed": (1, 0),
        "moved": (1, 0),
        "dropped": (2, 0),
    }
    assert [row.name for row in response.context["rows"]] == ["Article 3", "Article 3"]
    chosen = desk.get(url(draft, kind="moved"))
    assert [row.name for row in chosen.context["rows"]] == ["Article 4"]
    assert url(draft) in desk.get(reverse("staff-draft-detail", args=[draft.ordinal])).text


def test_what_nobody_has_confirmed_is_marked(desk, call):
    comment(call, "art_1")
    comment(call, "art_3")
    draft = prepare(call)
    draft.clauses.filter(eid="art_1").update(is_origin_confirmed=False)
    response = desk.get(url(draft))
    # What is missing may turn out to be the clause that is not confirmed.
    assert counts(response) == {"still_applies": (1, 1), "dropped": (1, 1)}
    assert "2 comments stand on what nobody has confirmed yet" in words(response)


def test_what_may_yet_come_is_unknown(desk, call):
    comment(call, "art_3")
    draft = prepare(call, confirmed=False)
    draft.clauses.get(eid="art_2").origins.all().delete()
    assert counts(desk.get(url(draft))) == {"unknown": (1, 0)}


def test_sealed_comments_are_not_counted(desk, call):
    comment(call, "art_1")
    comment(factories.make_call(call.draft, publication_rule="together_after_closing", languages=["en"]), "art_1")
    factories.make_comment(factories.make_submission(call), "art_1")
    response = desk.get(url(prepare(call)))
    assert counts(response) == {"still_applies": (1, 0)}


def test_first_draft_has_none(desk, call):
    comment(call, "art_1")
    assert "No comment on an earlier draft" in words(desk.get(url(call.draft)))


def test_answering_page_tells_where_comments_stand(desk, call):
    comment(call, "art_1")
    comment(call, "art_3")
    draft = prepare(call)
    response = desk.get(reverse("staff-comments"))
    standings = [row.standing.standing for row in response.context["sheet"].rows]
    assert [(each.draft, each.kind) for each in standings] == [(draft, "still_applies"), (draft, "dropped")]
    narrowed = desk.get(reverse("staff-comments", query={"standing": "dropped"}))
    assert [row.name for row in narrowed.context["sheet"].rows] == ["Article 3"]


@pytest.mark.parametrize("count", [1, 3])
def test_constant_queries(desk, call, django_assert_num_queries, count):
    for _number in range(count):
        comment(call, "art_1")
        comment(call, "art_3")
        factories.make_filed_comment(call, clause=None)
    draft = prepare(call)
    desk.get(url(draft))
    # 1 session, 2 user; 3 the draft; 4 the comments on earlier ones, 5 their drafts, 6 all drafts, 7 the descents, 8 the clauses
    # they lead to, 9 what is settled, 10 the words, 11 what stands below, 12 the whole texts; 13 how many are shown, 14 these
    # with all that is printed of them; 15 the delegations that the head names.
    with django_assert_num_queries(15):
        desk.get(url(draft))
