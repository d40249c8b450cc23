"""Co-sponsors through the API: they are asked, read the text with its files, and join, decline or leave."""

import io
from typing import Any

import pytest
from rest_framework.test import APIClient

from consultations import services
from consultations.models import CoSponsor, Delegation, Membership, Submission
from consultations.services import sponsors
from tests import factories, files
from tests.api.problems import problem
from tests.work import questions

pytestmark = pytest.mark.django_db

DESK = "/api/v1/desk"


@pytest.fixture(autouse=True)
def storage_of_its_own(settings: Any, tmp_path: Any) -> None:
    """Keep the files of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cleared(submission: Submission) -> Submission:
    """A text with a file that no longer changes."""
    user = factories.focal_point(submission.delegation)
    factories.make_comment(submission, rationale="Because it is just.")
    services.attach_file(submission=submission, user=user, file=io.BytesIO(files.pdf()), name="annex.pdf")
    return services.clear_submission(submission=submission, user=user)


@pytest.fixture
def other() -> Delegation:
    """The delegation that is asked."""
    return factories.make_delegation(factories.make_state("XBB"))


@pytest.fixture
def asked(cleared: Submission, other: Delegation) -> CoSponsor:
    """What it is asked."""
    user = factories.focal_point(cleared.delegation)
    return sponsors.ask_co_sponsor(submission=cleared, delegation=other, user=user)


class TestAsking:
    def test_asked_listed_and_taken_back(self, desk: APIClient, cleared: Submission, other: Delegation) -> None:
        address = f"{DESK}/submissions/{cleared.pk}/co-sponsors/"
        response = desk.post(address, {"delegation": "xbb"})
        assert response.status_code == 201
        row = response.json()
        assert (row["delegation"]["key"], row["status"], row["answered_at"]) == ("XBB", "asked", None)
        assert desk.get(address).json()["results"] == [row]
        assert problem(desk.post(address, {"delegation": "XBB"})) == (409, "co_sponsor_asked", "delegation")
        assert desk.delete(f"{address}{row['id']}/").status_code == 204
        assert desk.get(address).json()["results"] == []
        assert desk.delete(f"{address}{row['id']}/").status_code == 404

    def test_only_a_text_that_no_longer_changes_is_offered(self, desk: APIClient, submission: Submission) -> None:
        address = f"{DESK}/submissions/{submission.pk}/co-sponsors/"
        factories.make_delegation(factories.make_state("XBB"))
        assert problem(desk.post(address, {"delegation": "XBB"})) == (409, "submission_not_cleared", None)
        assert problem(desk.post(address, {"delegation": "nobody"})) == (400, "not_in_audience", "delegation")
        assert not CoSponsor.objects.exists()

    def test_what_was_filed_keeps_who_was_asked(self, desk: APIClient, asked: CoSponsor) -> None:
        factories.file_submission(asked.submission)
        address = f"{DESK}/submissions/{asked.submission_id}/co-sponsors/{asked.pk}/"
        assert problem(desk.delete(address)) == (409, "submission_filed", None)

    def test_questions_are_as_many_for_three_as_for_one(self, acting_for: Any, cleared: Submission) -> None:
        user = factories.focal_point(cleared.delegation)
        client, counts = acting_for(user), {}
        for number in range(1, 4):
            sponsors.ask_co_sponsor(submission=cleared, delegation=factories.make_delegation(), user=user)
            counts[number] = questions(lambda: client.get(f"{DESK}/submissions/{cleared.pk}/co-sponsors/"))
        assert counts[1] == counts[3]


class TestAnswering:
    def test_read_joined_left_joined_again(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.focal_point(asked.delegation))
        [row] = client.get(f"{DESK}/co-sponsorships/").json()["results"]
        text = row["submission"]
        assert (text["delegation"]["key"], text["status"], row["status"]) == ("XAA", "cleared", "asked")
        address = f"{DESK}/co-sponsorships/{asked.pk}/"
        assert client.get(address).json() == row
        [comment] = client.get(f"{address}comments/").json()["results"]
        assert comment["rationale"] == "Because it is just."
        assert "updated_by" not in comment
        assert client.post(f"{address}join/").json()["status"] == "joined"
        assert client.post(f"{address}leave/").json()["status"] == "left"
        assert client.post(f"{address}join/").json()["status"] == "joined"

    def test_declined_and_no_leaving_without_joining(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.focal_point(asked.delegation))
        address = f"{DESK}/co-sponsorships/{asked.pk}/"
        assert problem(client.post(f"{address}leave/")) == (409, "co_sponsor_not_joined", None)
        assert client.post(f"{address}decline/").json()["status"] == "declined"

    def test_an_observer_of_the_asked_reads_and_does_not_answer(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.make_member(asked.delegation, Membership.Role.OBSERVER))
        address = f"{DESK}/co-sponsorships/{asked.pk}/"
        assert client.get(address).status_code == 200
        assert problem(client.post(f"{address}join/")) == (403, "role_cannot_submit", None)

    def test_a_text_that_is_changed_is_not_read_meanwhile(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.focal_point(asked.delegation))
        focal_point = factories.focal_point(asked.submission.delegation)
        services.return_submission(submission=asked.submission, user=focal_point)
        for address in ("", "comments/"):
            assert client.get(f"{DESK}/co-sponsorships/{asked.pk}/{address}").status_code == 404
        assert client.get(f"{DESK}/co-sponsorships/").json()["results"] == []

    def test_others_and_staff_read_nothing(self, acting_for: Any, asked: CoSponsor) -> None:
        for user in (factories.focal_point(factories.make_delegation()), factories.make_staff()):
            client = acting_for(user)
            assert client.get(f"{DESK}/co-sponsorships/").json()["results"] == []
            assert client.get(f"{DESK}/co-sponsorships/{asked.pk}/").status_code == 404
            assert client.post(f"{DESK}/co-sponsorships/{asked.pk}/join/").status_code == 404

    def test_questions_are_as_many_for_three_as_for_one(self, acting_for: Any, other: Delegation) -> None:
        call, counts = factories.make_call(), {}
        client = acting_for(factories.focal_point(other))
        for number in range(1, 4):
            text = factories.make_submission(call)
            factories.make_comment(text)
            user = factories.focal_point(text.delegation)
            text = services.clear_submission(submission=text, user=user)
            sponsors.ask_co_sponsor(submission=text, delegation=other, user=user)
            counts[number] = questions(lambda: client.get(f"{DESK}/co-sponsorships/"))
        assert counts[1] == counts[3]


class TestFiles:
    """Who signs a text reads all of it, its files too; nobody else does before it is public."""

    def test_the_asked_read_the_files_of_the_offered_text(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.focal_point(asked.delegation))
        [file] = client.get(f"{DESK}/co-sponsorships/{asked.pk}/").json()["submission"]["attachments"]
        assert file["name"] == "annex.pdf"
        response = client.get(file["url"])
        assert (response.status_code, b"".join(response)) == (200, files.pdf())
        for user in (factories.focal_point(factories.make_delegation()), factories.make_staff()):
            assert acting_for(user).get(file["url"]).status_code == 404
        assert APIClient().get(file["url"]).status_code == 404

    def test_the_page_lists_them_and_hands_them_out(self, client: Any, asked: CoSponsor) -> None:
        client.force_login(factories.focal_point(asked.delegation))
        page = client.get(f"/en/desk/co-sponsorships/{asked.pk}/").content.decode()
        file = asked.submission.attachments.get()
        address = f"/en/submissions/{asked.submission_id}/attachments/{file.pk}/"
        assert address in page
        assert client.get(address).status_code == 200

    def test_not_while_the_text_is_changed_nor_once_it_was_taken_back(self, acting_for: Any, asked: CoSponsor) -> None:
        client = acting_for(factories.focal_point(asked.delegation))
        user = factories.focal_point(asked.submission.delegation)
        address = client.get(f"{DESK}/co-sponsorships/{asked.pk}/").json()["submission"]["attachments"][0]["url"]
        sponsors.take_back(co_sponsor=asked, user=user)
        assert client.get(address).status_code == 404
        sponsors.ask_co_sponsor(submission=asked.submission, delegation=asked.delegation, user=user)
        assert client.get(address).status_code == 200
        services.return_submission(submission=asked.submission, user=user)
        assert client.get(address).status_code == 404
