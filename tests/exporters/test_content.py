"""What a submission says, as plain data."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from consultations import services
from consultations.exporters.content import submission_content
from consultations.models import Call, Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing():
    call = factories.make_call(factories.make_draft(is_illustrative=True, ordinal=7))
    delegation = factories.make_delegation(factories.make_state("XAA"))
    submission = factories.make_submission(call, delegation, general_comment="Good.\n\nVery good.")
    factories.make_comment(submission, "art_2", position="", operation="delete", rationale="Said before.")
    factories.make_comment(
        submission,
        "art_1__para_1",
        operation="replace",
        proposed_text="لكل إنسان الحق الكامل في التضامن.",
        language="ar",
        category="translation",
        rationale="",
    )
    factories.make_comment(submission, None)
    return factories.file_submission(submission, at=dt.datetime.now(tz=dt.UTC).replace(microsecond=5))


def test_content_is_this_and_nothing_else(filing):
    at = filing.submitted_at.strftime("%Y-%m-%dT%H:%M:%S.000005Z")
    comment = {
        "category": "substantive",
        "position": "supports",
        "operation": "none",
        "proposed_text": "",
        "rationale": "It is right.",
        "language": "en",
    }
    assert submission_content(filing) == {
        "format": "travaux-submission/2",
        "submission": filing.pk,
        "call": filing.call_id,
        "draft": {"declaration": filing.call.draft.declaration.slug, "ordinal": 7, "is_illustrative": True},
        "delegation": {"kind": "state", "key": "XAA", "is_invented": True},
        "on_behalf_of": None,
        "group_members": [],
        "language": "en",
        "general_comment": "Good.\n\nVery good.",
        "consents_to_publication": True,
        "consents_to_attribution": True,
        "source": "page",
        "received_on": None,
        "submitted_at": at,
        "is_late": False,
        "supersedes": None,
        "attachments": [],
        "comments": [
            comment
            | {"number": 1, "target": "clause", "clause": "art_2", "position": None}
            | {"operation": "delete", "rationale": "Said before."},
            comment
            | {"number": 2, "target": "clause", "clause": "art_1__para_1", "category": "translation"}
            | {"operation": "replace", "proposed_text": "لكل إنسان الحق الكامل في التضامن.", "rationale": ""}
            | {"language": "ar"},
            comment | {"number": 3, "target": "whole_text", "clause": None},
        ],
    }


def test_content_stays_the_same_whatever_happens_afterwards(filing):
    before = submission_content(filing)
    Call.objects.update(title={"en": "Renamed"}, closes_at=timezone.now() + dt.timedelta(days=9))
    filing.delegation.state.name = {"en": "Renamed"}
    filing.delegation.state.save()
    factories.make_answer(filing.comments.first())
    again = services.start_submission(
        call=filing.call, delegation=filing.delegation, user=factories.focal_point(filing.delegation)
    )
    factories.file_submission(again, at=timezone.now())
    with translation.override("ar"):
        assert submission_content(Submission.objects.get(pk=filing.pk)) == before
    again.refresh_from_db()
    assert submission_content(again)["supersedes"] == filing.pk


def test_what_is_being_written_has_no_moment():
    assert submission_content(factories.make_submission())["submitted_at"] is None


def test_download_is_the_content(client, filing):
    client.force_login(factories.focal_point(filing.delegation))
    response = client.get(reverse("desk-submission-download", args=[filing.pk, "json"]))
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == submission_content(filing)


def test_format_that_is_not_offered_is_no_page(client, filing):
    client.force_login(factories.focal_point(filing.delegation))
    assert client.get(reverse("desk-submission-download", args=[filing.pk, "exe"])).status_code == 404
