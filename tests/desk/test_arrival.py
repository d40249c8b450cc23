"""When the server received a request decides whether what it files is in time, and not when it was dealt with."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from consultations import services
from consultations.models import Call, CoSponsor
from consultations.services import sponsors
from tests import factories
from tests.desk.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing():
    """A call that closes in a moment, a submission in it, and its focal point."""
    call = factories.make_call(closes_at=timezone.now() + dt.timedelta(minutes=1), time_zone="Africa/Nairobi")
    submission = factories.make_submission(call, general_comment="We agree.")
    return call, submission, factories.focal_point(submission.delegation)


def set_clock(monkeypatch, *moments):
    """Let the time be each of these in turn, and the last one from then on."""
    waiting = list(moments)
    monkeypatch.setattr(timezone, "now", lambda: waiting.pop(0) if len(waiting) > 1 else waiting[0])


def submit(client, submission, user):
    client.force_login(user)
    client.session.save()
    values = {"revision": submission.revision, "clear_comments": "yes", "consents": "asked"}
    return client.post(reverse("desk-submission-submit", args=[submission.pk]), values, follow=True)


def test_a_filing_that_arrived_in_time_is_in_time_though_dealt_with_later(client, monkeypatch, closing):
    call, submission, user = closing
    client.force_login(user)
    arrived = call.closes_at - dt.timedelta(seconds=1)
    set_clock(monkeypatch, arrived, call.closes_at + dt.timedelta(seconds=5))
    values = {"revision": submission.revision, "clear_comments": "yes", "consents": "asked"}
    client.post(reverse("desk-submission-submit", args=[submission.pk]), values)
    submission.refresh_from_db()
    assert (submission.status, submission.submitted_at, submission.is_late) == ("submitted", arrived, False)


def test_a_filing_that_arrived_late_is_refused_with_both_times(client, monkeypatch, closing):
    call, submission, user = closing
    Call.objects.filter(pk=call.pk).update(
        opens_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), closes_at=dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
    )
    user.time_zone = "America/Lima"
    user.save()
    set_clock(monkeypatch, dt.datetime(2026, 7, 1, 12, 0, 30, tzinfo=dt.UTC))
    page = words(submit(client, submission, user))
    assert "This call closed on 1 July 2026, 15:00 (GMT+3), Nairobi time (in Geneva: 1 July 2026, 14:00" in page
    assert "your time: 1 July 2026, 07:00" in page
    assert "The server received this on 1 July 2026, 15:00" in page
    submission.refresh_from_db()
    assert submission.status == "draft"


def test_a_late_filing_that_is_taken_is_told_so(client, monkeypatch, closing):
    call, submission, user = closing
    Call.objects.filter(pk=call.pk).update(takes_late=True)
    set_clock(monkeypatch, call.closes_at + dt.timedelta(minutes=2))
    page = words(submit(client, submission, user))
    assert "Your submission has been filed, as a late one. The call closed on" in page
    assert "The server received your submission on" in page


def test_a_comment_that_arrived_late_is_given_back(client, monkeypatch, closing):
    call, submission, user = closing
    client.force_login(user)
    set_clock(monkeypatch, call.closes_at + dt.timedelta(minutes=2))
    values = {"target": "whole_text", "category": "general", "operation": "none", "language": "en"}
    values |= {"rationale": "Written for an hour.", "save": "stay"}
    response = client.post(reverse("desk-comment-add", args=[submission.pk]), values)
    assert response.status_code in (400, 422)
    assert "Written for an hour." in response.text
    assert "The server received this on" in words(response)
    assert not submission.comments.exists()


@pytest.fixture
def asked(closing):
    """A delegation that is asked to stand behind the submission, and its focal point."""
    _call, submission, user = closing
    submission = services.clear_submission(submission=submission, user=user)
    other = factories.make_delegation()
    return sponsors.ask_co_sponsor(submission=submission, delegation=other, user=user), factories.focal_point(other)


def test_a_co_sponsor_whose_answer_arrived_in_time_has_joined(client, monkeypatch, closing, asked):
    call, (row, user) = closing[0], asked
    client.force_login(user)
    set_clock(monkeypatch, call.closes_at - dt.timedelta(seconds=1), call.closes_at + dt.timedelta(seconds=5))
    client.post(reverse("desk-co-sponsorship", args=[row.pk]), {"act": "join"})
    assert CoSponsor.objects.get().status == "joined"


@pytest.mark.parametrize(("seconds", "expected"), [(-1, (200, "joined")), (1, (409, "asked"))])
def test_so_it_is_in_the_api(monkeypatch, closing, asked, seconds, expected):
    call, (row, user) = closing[0], asked
    client = APIClient()
    client.force_authenticate(user)
    set_clock(monkeypatch, call.closes_at + dt.timedelta(seconds=seconds), call.closes_at + dt.timedelta(seconds=5))
    response = client.post(f"/api/v1/desk/co-sponsorships/{row.pk}/join/")
    assert (response.status_code, CoSponsor.objects.get().status) == expected
