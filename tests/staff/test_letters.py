"""The staff pages on which letters are entered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Submission
from tests import factories
from tests.staff.pages import words

pytestmark = pytest.mark.django_db


def test_a_letter_is_entered_from_the_first_page_to_its_filing(desk):
    call, delegation = factories.make_call(), factories.make_delegation()
    started = desk.post(
        reverse("staff-letter-add", args=[call.pk]),
        {"delegation": delegation.key, "received_on": timezone.localdate().isoformat(), "language": "en"},
    )
    letter = Submission.objects.letters_in_writing().get()
    url = reverse("staff-letter-detail", args=[letter.pk])
    assert (started.status_code, started.url) == (302, url)
    assert desk.get(url).status_code == 200
    described = {
        "act": "describe",
        "general_comment": "As they wrote.",
        "language": "en",
        "received_on": letter.received_on.isoformat(),
        "consents_to_publication": "on",
        "consents_to_attribution": "on",
        "revision": letter.revision,
    }
    assert desk.post(url, described).status_code == 302
    comment = {"target": "clause", "clause": "art_2", "operation": "none", "rationale": "Their reason."}
    comment |= {"category": "substantive", "language": "en", "position": "supports"}
    assert (
        desk.post(url, {"act": "comment"} | {f"comment-{name}": value for name, value in comment.items()}).status_code
        == 302
    )
    letter.refresh_from_db()
    assert desk.post(url, {"act": "file", "revision": letter.revision}).status_code == 302
    letter.refresh_from_db()
    assert (letter.status, letter.comments.get().rationale) == ("submitted", "Their reason.")
    page = words(desk.get(reverse("submission-detail", args=[letter.pk])))
    assert "entered by staff" in page
    # A page of it that is still open leads to what was filed.
    assert desk.get(url).url == reverse("staff-submission-detail", args=[letter.pk])


def test_nothing_is_entered_for_a_sealed_call(desk):
    call, delegation = factories.make_call(publication_rule="together_after_closing"), factories.make_delegation()
    url = reverse("staff-letter-add", args=[call.pk])
    assert "This call is sealed" in words(desk.get(url))
    typed = {"delegation": delegation.key, "received_on": timezone.localdate().isoformat(), "language": "en"}
    assert desk.post(url, typed).status_code == 409
    assert not Submission.objects.exists()
