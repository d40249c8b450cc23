"""Writing a draft and correcting a published one through the API: the same services as the pages, the same refusals."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from declaration.models import Corrigendum, Draft, Element
from declaration.services.corrigenda import issue_corrigendum
from tests import factories
from tests.api.problems import problem

pytestmark = pytest.mark.django_db

STAFF = "/api/v1/staff/drafts/"
LANGUAGES = {"en": 1, "ar": 1}


@pytest.fixture
def staff(acting_for: Any) -> APIClient:
    """A client of one of the staff."""
    return acting_for(factories.make_staff(name="Vera"))


@pytest.fixture
def draft() -> Draft:
    """A draft in preparation."""
    return factories.make_draft(published=False)


def clauses(draft: Draft, eid: str = "", act: str = "") -> str:
    """The address of a draft's clauses, of one, or of what is done with it."""
    return f"{STAFF}{draft.ordinal}/clauses/" + "".join(f"{part}/" for part in (eid, act) if part)


def outline(draft: Draft) -> list[str]:
    """The identifiers in reading order."""
    return [each.eid for each in draft.clauses.order_by("position")]


class TestDrafts:
    def test_begun_from_nothing_and_changed(self, staff: APIClient) -> None:
        sent = {"title": {"en": "On rivers"}, "name": {"en": "Zero"}, "stage": "zero", "languages": ["en", "ar"]}
        begun = staff.post(STAFF, sent)
        assert (begun.status_code, begun.json()["revision"], begun.json()["languages"]) == (201, 1, ["en", "ar"])
        address = f"{STAFF}{begun.json()['ordinal']}/"
        changed = staff.patch(address, {"revision": 1, "languages": ["en"], "note": {"en": "Early."}}).json()
        assert (changed["revision"], changed["languages"], changed["name"]) == (2, ["en"], {"en": "Zero"})
        conflict = staff.patch(address, {"revision": 1, "stage": "first"})
        assert (conflict.status_code, conflict.json()["current"]["revision"]) == (409, 2)

    @pytest.mark.parametrize(
        ("changes", "code", "attr"),
        [
            ({"declaration": "none"}, "declaration_unknown", "declaration"),
            ({}, "declaration_missing", "declaration"),
            ({"supersedes": 999, "title": {"en": "T"}}, "draft_unknown", "supersedes"),
            ({"document": "none", "title": {"en": "T"}}, "document_unknown", "document"),
        ],
    )
    def test_refused(self, staff: APIClient, changes: dict[str, Any], code: str, attr: str) -> None:
        response = staff.post(STAFF, {"name": {"en": "X"}, "stage": "zero", "languages": ["en"]} | changes)
        assert problem(response)[1:] == (code, attr)
        assert not Draft.objects.exists()

    def test_language_with_words_is_taken_off_on_purpose(self, staff: APIClient, draft: Draft) -> None:
        address = f"{STAFF}{draft.ordinal}/"
        revision = staff.get(address).json()["revision"]
        sent = {"revision": revision, "languages": ["en"]}
        assert problem(staff.patch(address, sent))[1] == "language_has_words"
        assert staff.patch(address, sent | {"removes_wordings": True}).status_code == 200


class TestClauses:
    def test_added_beside_another(self, staff: APIClient, draft: Draft) -> None:
        sent = {"kind": "article", "label": "1 bis", "place": "after", "beside": "art_1"}
        response = staff.post(clauses(draft), sent | {"wordings": {"en": {"text": "Words [here."}}})
        assert (response.status_code, response.json()["eid"]) == (201, "art_1bis")
        (wording,) = response.json()["wordings"]
        assert (wording["revision"], len(wording["warnings"])) == (1, 1)
        assert outline(draft)[-2:] == ["art_1bis", "art_2"]
        assert problem(staff.post(clauses(draft), sent))[1] == "label_taken"
        assert problem(staff.post(clauses(draft), sent | {"beside": "art_9"}))[2] == "beside"

    def test_changed_with_all_that_is_sent_or_nothing(self, staff: APIClient, draft: Draft) -> None:
        Element.objects.create(code="26a", kind="consideration", position=1, theme={"en": "T"}, text={"en": "T"})
        words = {"en": {"text": "States help.", "revision": 1}}
        sent = {"revision": 1, "label": "7", "elements": ["26a"], "wordings": words}
        changed = staff.patch(clauses(draft, "art_2"), sent).json()
        assert (changed["eid"], changed["wid"], changed["revision"]) == ("art_7", "art_2", 2)
        assert {each["language"]: each["revision"] for each in changed["wordings"]} == {"en": 2, "ar": 1}
        assert [each["code"] for each in changed["elements"]] == ["26a"]
        stale = staff.patch(clauses(draft, "art_7"), {"revision": 1, "label": "8", "wordings": {"en": {"revision": 2}}})
        assert (stale.status_code, stale.json()["current"]["label"]) == (409, "7")
        assert draft.clauses.get(eid="art_7").wordings.get(language="en").text == "States help."
        assert problem(staff.patch(clauses(draft, "art_7"), {"revision": 2, "elements": ["99"]}))[2] == "elements"

    def test_who_was_slower_is_told_what_stands(self, staff: APIClient, draft: Draft) -> None:
        sent = {"revision": 1, "wordings": {"en": {"text": "One.", "revision": 1}}}
        staff.patch(clauses(draft, "art_2"), sent)
        conflict = staff.patch(clauses(draft, "art_2"), sent)
        assert conflict.status_code == 409
        assert {"language": "en", "text": "One.", "revision": 2}.items() <= next(
            each for each in conflict.json()["current"]["wordings"] if each["language"] == "en"
        ).items()

    def test_moved_split_merged_bracketed_and_removed(self, staff: APIClient, draft: Draft) -> None:
        eid = "art_1__para_1__subpara_a"
        moved = staff.post(clauses(draft, eid, "move"), {"revision": 1, "place": "into", "beside": "art_2"})
        assert moved.json()["eid"] == "art_2__subpara_a"
        sent = {"revision": 1, "wording_revisions": LANGUAGES, "at": {"en": 8, "ar": 4}, "label": "2"}
        parts = staff.post(clauses(draft, "art_1__para_1", "split"), sent).json()
        assert [each["eid"] for each in parts] == ["art_1__para_1", "art_1__para_2"]
        sent = {"revision": 2, "wording_revisions": {"en": 2, "ar": 2}, "following_revision": 1}
        sent["following_wording_revisions"] = LANGUAGES
        merged = staff.post(clauses(draft, "art_1__para_1", "merge"), sent).json()
        assert merged["wordings"][1]["text"] == "Everyone has the right to solidarity."
        sent = {"revision": 3, "wording_revisions": {"en": 3, "ar": 3}, "enclosed": True}
        enclosed = staff.post(clauses(draft, "art_1__para_1", "brackets"), sent).json()
        assert (enclosed["negotiating_status"], enclosed["wordings"][1]["text"][0]) == ("bracketed", "[")
        assert staff.delete(clauses(draft, "art_1") + "?revision=9").status_code == 409
        assert staff.delete(clauses(draft, "art_1") + "?revision=1").status_code == 204
        assert outline(draft) == ["preamble", "preamble__rec_1", "art_2", "art_2__subpara_a"]

    def test_published_draft_refuses_everything(self, staff: APIClient) -> None:
        draft = factories.make_draft()
        before = list(draft.clauses.order_by("position").values())
        responses = [
            staff.post(clauses(draft), {"kind": "article", "label": "9"}),
            staff.patch(clauses(draft, "art_2"), {"revision": 1, "label": "9"}),
            staff.post(clauses(draft, "art_2", "move"), {"revision": 1, "place": "before", "beside": "art_1"}),
            staff.delete(clauses(draft, "art_2") + "?revision=1"),
        ]
        assert {(each.status_code, problem(each)[1]) for each in responses} == {(409, "draft_published")}
        assert list(draft.clauses.order_by("position").values()) == before


class TestCorrigenda:
    def test_recorded_and_read_by_everyone(self, staff: APIClient, anyone: APIClient) -> None:
        draft = factories.make_draft()
        sent = {"language": "en", "text": "States cooperate.", "reason": {"en": "A slip."}, "number": 0}
        recorded = staff.post(clauses(draft, "art_2", "correct"), sent)
        assert (recorded.status_code, recorded.json()["number"]) == (201, 1)
        listed = anyone.get(f"/api/v1/drafts/{draft.ordinal}/corrigenda/").json()["results"]
        assert listed == [recorded.json()]
        assert {each["op"] for each in listed[0]["text_redline"]} == {"equal", "delete"}
        clause = anyone.get(f"/api/v1/drafts/{draft.ordinal}/clauses/art_2/").json()
        assert [(each["number"], each["text"]) for each in clause["corrigenda"]] == [(1, "States cooperate.")]
        conflict = staff.post(clauses(draft, "art_2", "correct"), sent | {"text": "Otherwise."})
        assert (conflict.status_code, conflict.json()["current"]["text"]) == (409, "States cooperate.")

    def test_draft_in_preparation_has_none_to_be_read(self, anyone: APIClient, draft: Draft) -> None:
        assert anyone.get(f"/api/v1/drafts/{draft.ordinal}/corrigenda/").status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_list_takes_as_many_queries_for_one_as_for_three(
        self, anyone: APIClient, count: int, django_assert_num_queries: Any
    ) -> None:
        draft = factories.make_draft()
        for clause in draft.clauses.order_by("-position")[:count]:
            issue_corrigendum(clause=clause, language="en", heading="H", text="New.", reason={"en": "A slip."})
        assert Corrigendum.objects.count() == count
        with django_assert_num_queries(5):  # draft; count, corrigenda; wordings, all corrigenda of the same clauses
            anyone.get(f"/api/v1/drafts/{draft.ordinal}/corrigenda/")
