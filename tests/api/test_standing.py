"""Where comments stand on newer drafts, as the API tells it: to whom, of which, and in how many questions."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from consultations.models import Call, Comment
from declaration.models import Draft
from tests import factories

pytestmark = pytest.mark.django_db

OLD, NEW = "Everyone has the right to solidarity.", "Everyone has the right to international solidarity."


@pytest.fixture
def drafts() -> list[Draft]:
    """A draft, the next one in which article 1 has another text and number and article 2 is gone, and one in preparation."""
    first = factories.make_draft(
        clauses=[("art_1", "article", "1", "", OLD), ("art_2", "article", "2", "", "No more.")], languages=("en",)
    )
    second = factories.make_next_draft(first, [("art_3", "article", "3", "", NEW)], [("art_1", "art_3", "amended")])
    third = factories.make_next_draft(
        second, [("art_9", "article", "9", "", "SecretWords")], [("art_3", "art_9", "moved")], published=False
    )
    return [first, second, third]


@pytest.fixture
def call(drafts: list[Draft]) -> Call:
    """A call on the first draft, in which comments are public as they come in."""
    return factories.make_call(drafts[0], languages=["en"])


def file(call: Call, clause: str | None = "art_1", **fields: Any) -> Comment:
    return factories.make_filed_comment(call, clause=clause, **fields)


def reference(draft: Draft, eid: str, label: str) -> dict[str, Any]:
    return {"draft": draft.ordinal, "eid": eid, "kind": "article", "label": label, "citation": f"Article {label}"}


def test_comment_whose_text_changed(anyone: APIClient, drafts: list[Draft], call: Call) -> None:
    comment = file(call, operation="replace", proposed_text=f" {NEW}\n")
    short = {
        "draft": drafts[1].ordinal,
        "kind": "text_changed",
        "summary": "The words of the clause have changed. It has a new number. The proposed words stand in the text now.",
        "clauses": [reference(drafts[1], "art_3", "3")],
        "lost": [],
        "dropped_in": None,
        "is_moved": False,
        "is_renumbered": True,
        "is_text_changed": True,
        "is_changed_below": False,
        "languages_changed": ["en"],
        "taken_over": reference(drafts[1], "art_3", "3"),
        "is_provisional": False,
    }
    redline = [
        {"op": "equal", "text": "Everyone has the right to "},
        {"op": "insert", "text": "international "},
        {"op": "equal", "text": "solidarity."},
    ]
    assert anyone.get("/api/v1/comments/").json()["results"][0]["standing"] == short
    assert anyone.get(f"/api/v1/comments/{comment.pk}/").json()["standing"] == {
        **short,
        "language": "en",
        "redline": redline,
    }


def test_dropped(anyone: APIClient, drafts: list[Draft], call: Call) -> None:
    comment = file(call, "art_2", operation="delete")
    standing = anyone.get(f"/api/v1/comments/{comment.pk}/").json()["standing"]
    assert (standing["kind"], standing["clauses"], standing["dropped_in"]) == ("dropped", [], drafts[1].ordinal)
    assert standing["lost"] == [reference(drafts[0], "art_2", "2")]
    assert standing["summary"].endswith("That is what the comment proposed.")


def test_disposition_tells_where_its_comment_stands(anyone: APIClient, drafts: list[Draft], call: Call) -> None:
    factories.make_answer(file(call))
    (answer,) = anyone.get("/api/v1/dispositions/").json()["results"]
    assert answer["comment"]["standing"]["kind"] == "text_changed"


def test_nobody_outside_staff_is_told_of_a_draft_in_preparation(
    anyone: APIClient, acting_for: Any, drafts: list[Draft], call: Call
) -> None:
    comment = file(call)
    own = acting_for(factories.focal_point(comment.submission.delegation))
    staff = acting_for(factories.make_staff())
    secret = drafts[2].ordinal
    addresses = {
        anyone: f"/api/v1/comments/{comment.pk}/",
        own: f"/api/v1/desk/submissions/{comment.submission_id}/comments/1/",
    }
    for client, address in addresses.items():
        assert client.get(address).json()["standing"]["draft"] == drafts[1].ordinal
        answer = client.get(f"{address}?standing_on={secret}")
        assert answer.status_code == 400
        assert "SecretWords" not in answer.text
    assert anyone.get(f"/api/v1/comments/?standing_on={secret}&standing=moved").status_code == 400
    told = staff.get(f"/api/v1/staff/comments/{comment.pk}/").json()["standing"]
    assert (told["draft"], told["kind"], told["is_provisional"]) == (secret, "moved", False)
    assert "SecretWords" in str(told["redline"])
    chosen = staff.get(f"/api/v1/staff/comments/{comment.pk}/?standing_on={drafts[1].ordinal}").json()["standing"]
    assert (chosen["draft"], chosen["kind"]) == (drafts[1].ordinal, "text_changed")


def test_what_nobody_has_confirmed_is_provisional(acting_for: Any, call: Call, drafts: list[Draft]) -> None:
    comment = file(call)
    drafts[2].clauses.update(is_origin_confirmed=False)
    staff = acting_for(factories.make_staff())
    told = staff.get(f"/api/v1/staff/comments/{comment.pk}/").json()["standing"]
    assert (told["kind"], told["is_provisional"]) == ("moved", True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("standing=text_changed", [0]),
        ("standing=dropped", [1]),
        ("standing=still_applies", []),
        ("standing=unknown", []),
        ("standing=text_changed&clause=art_2", []),
    ],
)
def test_narrowed_by_standing(anyone: APIClient, call: Call, query: str, found: list[int]) -> None:
    comments = [file(call), file(call, "art_2")]
    results = anyone.get(f"/api/v1/comments/?{query}").json()["results"]
    assert [each["id"] for each in results] == [comments[index].pk for index in found]


def test_narrowed_only_among_what_the_reader_may_read(
    anyone: APIClient, acting_for: Any, drafts: list[Draft], call: Call
) -> None:
    public = file(call)
    file(factories.make_call(drafts[0], publication_rule="together_after_closing", languages=["en"]))
    withheld = factories.make_submission(call, consents_to_publication=False)
    unpublished = factories.make_comment(withheld, "art_1")
    factories.file_submission(withheld)
    factories.make_comment(factories.make_submission(call), "art_1")
    query = f"standing=text_changed&standing_on={drafts[1].ordinal}"
    assert [each["id"] for each in anyone.get(f"/api/v1/comments/?{query}").json()["results"]] == [public.pk]
    staff = acting_for(factories.make_staff()).get(f"/api/v1/staff/comments/?{query}").json()["results"]
    assert {each["id"] for each in staff} == {public.pk, unpublished.pk}


def test_comments_on_earlier_drafts_of_a_clause(anyone: APIClient, drafts: list[Draft], call: Call) -> None:
    comment = file(call)
    file(call, "art_2")
    file(factories.make_call(drafts[0], publication_rule="together_after_closing", languages=["en"]))
    clause = anyone.get(f"/api/v1/drafts/{drafts[1].ordinal}/clauses/art_3/").json()
    assert (clause["positions"]["comments"], clause["earlier_comments"]) == (0, 1)
    (found,) = anyone.get(clause["earlier_comments_url"]).json()["results"]
    assert found["id"] == comment.pk
    assert anyone.get("/api/v1/comments/?leads_to=art_1").json()["results"] == []


@pytest.mark.parametrize("query", ["standing=lost", "standing_on=999", "standing_on=x", "standing_on=-1"])
def test_what_is_no_standing_is_refused(anyone: APIClient, call: Call, query: str) -> None:
    file(call)
    assert anyone.get(f"/api/v1/comments/?{query}").status_code == 400


COUNTS = {
    # 1 how many, 2 the comments, 3 the drafts they were made on, 4 all drafts, 5 what descends from their clauses, 6 these
    # clauses, 7 what is settled, 8 the wordings, 9 what stands below, 10 the whole texts, 11 what came new, 12 the replies
    "comments/": 12,
    # the same, with 1 the draft that the filter names, and once more for those who read of it
    "comments/?standing_on={newer}": 14,
    # 1 the newest draft, 2 which filings are public, 3 the comments on earlier ones, 4 to 12 where they stand (which is kept
    # until something else is public), 13 to 24 as the first
    "comments/?standing=text_changed": 24,
    # as the first
    "dispositions/": 12,
}


@pytest.mark.parametrize("address", COUNTS)
def test_constant_queries(
    address: str, anyone: APIClient, drafts: list[Draft], call: Call, django_assert_num_queries: Any
) -> None:
    for wanted in (1, 3):
        while Comment.objects.filter(target="clause").count() < wanted:
            for clause, fields in (
                ("art_1", {}),
                (None, {}),
                ("art_1", {"target": "after_clause", "operation": "insert", "proposed_text": "More."}),
            ):
                factories.make_answer(file(call, clause, **fields))
        with django_assert_num_queries(COUNTS[address]):
            assert anyone.get(f"/api/v1/{address.format(newer=drafts[1].ordinal)}").status_code == 200


class TestChanges:
    """What changed since a delegation's last comments."""

    @pytest.fixture
    def comment(self, call: Call) -> Comment:
        """Its comment on article 1 of the first draft, answered."""
        comment = file(call)
        factories.make_answer(comment, reason="It is clearer.")
        return comment

    def address(self, comment: Comment) -> str:
        return f"/api/v1/desk/delegations/{comment.submission.delegation.key}/changes/"

    def test_told(self, acting_for: Any, drafts: list[Draft], comment: Comment) -> None:
        client = acting_for(factories.focal_point(comment.submission.delegation))
        changes = client.get(self.address(comment)).json()["changes"]
        assert changes["submission"] == comment.submission_id
        assert (changes["older"]["ordinal"], changes["newer"]["ordinal"]) == (drafts[0].ordinal, drafts[1].ordinal)
        (told,) = changes["comments"]
        assert (told["id"], told["standing"]["kind"]) == (comment.pk, "text_changed")
        assert told["answer"]["reason"] == "It is clearer."
        assert changes["others"] == [
            {
                "kind": "dropped",
                "was": reference(drafts[0], "art_2", "2"),
                "clauses": [],
                "language": "en",
                "redline": [{"op": "delete", "text": "No more."}],
            }
        ]

    def test_nothing_where_nothing_was_filed(self, acting_for: Any, drafts: list[Draft]) -> None:
        delegation = factories.make_delegation()
        client = acting_for(factories.focal_point(delegation))
        address = f"/api/v1/desk/delegations/{delegation.key}/changes/"
        assert client.get(address).json() == {"changes": None}

    def test_is_none_for_others(self, anyone: APIClient, acting_for: Any, comment: Comment) -> None:
        for user in (factories.make_staff(), factories.make_member(factories.make_delegation())):
            assert acting_for(user).get(self.address(comment)).status_code == 404
        assert anyone.get(self.address(comment)).status_code == 401

    def test_constant_queries(
        self, acting_for: Any, drafts: list[Draft], comment: Comment, django_assert_num_queries: Any
    ) -> None:
        client = acting_for(factories.focal_point(comment.submission.delegation))
        # 1-2 the token, 3 the delegations, 4 the last filing, 5 the newer draft, 6 its comments, 7 the clauses' wordings, 8 to
        # 14 what became of all clauses, 15 to 21 where the comments stand
        for wanted in (1, 3):
            submission = factories.make_submission(comment.submission.call, comment.submission.delegation)
            for _number in range(wanted - submission.comments.count()):
                factories.make_comment(submission, "art_1")
            factories.file_submission(submission)
            with django_assert_num_queries(21):
                assert len(client.get(self.address(comment)).json()["changes"]["comments"]) == wanted
