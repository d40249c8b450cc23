"""The desk pages of groups and co-sponsors."""

import pytest
from django.urls import reverse

from consultations import services
from consultations.models import CoSponsor, Membership
from consultations.services import sponsors
from declaration.models import GroupMembership
from tests import factories
from tests.desk.pages import page_url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def cleared():
    submission = factories.make_submission(general_comment="Stand with us on this.")
    factories.make_comment(submission, rationale="Because it is just.")
    return services.clear_submission(submission=submission, user=factories.focal_point(submission.delegation))


@pytest.fixture
def asked(cleared):
    return sponsors.ask_co_sponsor(
        submission=cleared, delegation=factories.make_delegation(), user=factories.focal_point(cleared.delegation)
    )


def row_url(row):
    return reverse("desk-co-sponsorship", args=[row.pk])


def test_a_focal_point_asks_by_key_and_takes_back(client, cleared):
    other, user = factories.make_delegation(), factories.focal_point(cleared.delegation)
    client.force_login(user)
    url = reverse("desk-co-sponsors", args=[cleared.pk])
    assert "Nobody has been asked" in words(client.get(url))
    assert client.post(url, {"delegation": other.key.lower()}).status_code == 302
    row = CoSponsor.objects.get()
    assert (row.delegation, row.status, row.asked_by) == (other, "asked", user)
    page = words(client.get(url))
    assert str(other) in page
    assert client.post(url, {"take_back": row.pk}).status_code == 302
    assert not CoSponsor.objects.exists()
    assert client.post(url, {"take_back": row.pk}).status_code == 404


def test_unknown_and_unaddressed_delegations_are_told_alike(client, cleared):
    cleared.call.audience = ["member_states"]
    cleared.call.save()
    unaddressed = factories.make_delegation(factories.make_stakeholder("hidden"))
    client.force_login(factories.focal_point(cleared.delegation))
    url = reverse("desk-co-sponsors", args=[cleared.pk])
    told = []
    for key in (unaddressed.key, "nobody"):
        response = client.post(url, {"delegation": key})
        assert response.status_code == 400
        told.append(words(response).count("There is no delegation with this key"))
    assert told[0] == told[1] > 0


@pytest.mark.parametrize("act", ["join", "decline"])
def test_the_asked_delegation_reads_the_text_and_answers(client, asked, act):
    client.force_login(factories.focal_point(asked.delegation))
    for page in (reverse("desk"), reverse("desk-delegation", args=[asked.delegation.key])):
        assert row_url(asked) in words(client.get(page))
    page = words(client.get(row_url(asked)))
    assert "Stand with us on this." in page
    assert "Because it is just." in page
    assert client.post(row_url(asked), {"act": act}).status_code == 302
    asked.refresh_from_db()
    assert asked.status == {"join": "joined", "decline": "declined"}[act]


def test_nothing_is_read_while_the_text_is_written(client, asked):
    services.return_submission(submission=asked.submission, user=factories.focal_point(asked.submission.delegation))
    client.force_login(factories.focal_point(asked.delegation))
    assert client.get(row_url(asked)).status_code == 404
    assert client.post(row_url(asked), {"act": "join"}).status_code == 404
    assert row_url(asked) not in words(client.get(reverse("desk")))


@pytest.mark.parametrize("who", ["outsider", "staff", "the asking delegation"])
def test_the_text_is_for_the_asked_alone(client, asked, who):
    readers = {
        "outsider": factories.make_user,
        "staff": factories.make_staff,
        "the asking delegation": lambda: factories.focal_point(asked.submission.delegation),
    }
    client.force_login(readers[who]())
    assert client.get(row_url(asked)).status_code == 404


def test_a_contributor_reads_and_does_not_answer(client, asked):
    client.force_login(factories.make_member(asked.delegation, Membership.Role.CONTRIBUTOR))
    assert 'id="join"' not in words(client.get(row_url(asked)))
    client.post(row_url(asked), {"act": "join"})
    asked.refresh_from_db()
    assert asked.status == "asked"


def test_the_form_offers_the_groups_of_the_state_alone(client):
    submission = factories.make_submission()
    own, other = factories.make_group(), factories.make_group()
    GroupMembership.objects.create(group=own, state=submission.delegation.state)
    client.force_login(factories.focal_point(submission.delegation))
    page = words(client.get(page_url(submission)))
    assert f'value="{own.code}"' in page
    assert f'value="{other.code}"' not in page
    data = {
        "general_comment": "For our group.",
        "language": "en",
        "on_behalf_of": own.code,
        "revision": submission.revision,
    }
    assert client.post(page_url(submission), data).status_code == 302
    submission.refresh_from_db()
    assert submission.on_behalf_of == own


def test_what_is_consented_to_is_asked_at_filing_and_kept(client, cleared):
    client.force_login(factories.focal_point(cleared.delegation))
    url = reverse("desk-submission-submit", args=[cleared.pk])
    assert 'name="consents_to_attribution" checked' in words(client.get(url))
    typed = {"revision": cleared.revision, "consents": "asked", "consents_to_publication": "on"}
    assert client.post(url, typed).status_code == 302
    cleared.refresh_from_db()
    assert (cleared.status, cleared.consents_to_publication, cleared.consents_to_attribution) == (
        "submitted",
        True,
        False,
    )
