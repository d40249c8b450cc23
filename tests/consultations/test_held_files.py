"""What is held shows no files and hands none out: not on its page, not by the address of a file, not in the API."""

import io
from typing import Any

import pytest
from django.urls import reverse

from consultations import services
from consultations.models import Submission
from tests import factories, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(settings: Any, tmp_path: Any) -> Submission:
    """What a stakeholder filed, with a file that everyone reads."""
    settings.MEDIA_ROOT = tmp_path
    submission = factories.make_submission(delegation=factories.make_delegation(factories.make_stakeholder()))
    factories.make_comment(submission)
    user = factories.focal_point(submission.delegation)
    services.attach_file(submission=submission, user=user, file=io.BytesIO(files.pdf()), name="annex.pdf")
    submission.refresh_from_db()
    return factories.file_submission(submission)


def test_a_held_filing_has_no_files_until_it_is_let_go(client: Any, filing: Submission) -> None:
    file = filing.attachments.get()
    page = reverse("submission-detail", args=[filing.pk])
    addresses = [
        reverse("attachment", args=[filing.pk, file.pk]),
        f"/api/v1/submissions/{filing.pk}/attachments/{file.pk}/",
    ]
    staff = factories.make_staff()
    assert "annex.pdf" in client.get(page).content.decode()
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    held = services.hold(submission=filing, user=staff, reason="It is spam.", language="en")
    shown = client.get(page).content.decode()
    assert "It is spam." in shown
    assert "annex.pdf" not in shown
    assert addresses[0] not in shown
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.get(f"/api/v1/submissions/{filing.pk}/").status_code == 404
    client.force_login(factories.focal_point(filing.delegation))
    assert client.get(addresses[0]).status_code == 200
    client.logout()
    services.lift_hold(hold=held, user=staff)
    assert "annex.pdf" in client.get(page).content.decode()
    assert client.get(addresses[0]).status_code == 200
