"""Everyone chooses which mail she gets, on a page and through the API; invitations are always sent."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from consultations.models import Notice, User
from consultations.services import choose_mail, queue_notice, send_waiting
from consultations.services.preferences import FOR_DELEGATIONS, FOR_STAFF, wanted_kinds
from declaration.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db

FOR_ALL = {Notice.Kind.INVITATION, Notice.Kind.PARTICIPATION_DECIDED, Notice.Kind.FOCAL_POINT}


def test_every_kind_is_offered_to_somebody_or_always_sent() -> None:
    assert {*FOR_DELEGATIONS, *FOR_STAFF} | FOR_ALL == set(Notice.Kind)
    assert not {*FOR_DELEGATIONS, *FOR_STAFF} & FOR_ALL


def test_everything_is_wanted_at_first() -> None:
    assert wanted_kinds(factories.make_user()) == [kind.value for kind in FOR_DELEGATIONS]
    assert wanted_kinds(factories.make_staff()) == ["digest", "participation_asked"]


def test_what_is_switched_off_is_not_sent_even_if_it_waits_already() -> None:
    call, delegation = factories.make_call(), factories.make_delegation()
    user = factories.make_member(delegation)
    queue_notice(kind="call_opened", key="a", user=user, call=call, delegation=delegation)
    choose_mail(user=user, wanted=["filed"], language="en")
    assert (send_waiting().dropped, mail.outbox) == (1, [])


def test_what_is_switched_off_in_one_role_stays_off_in_another() -> None:
    user = choose_mail(user=factories.make_user(), wanted=[], language="en")
    user.is_staff = True
    user.save()
    user = choose_mail(user=user, wanted=["digest"], language="en")
    assert user.muted_notices == sorted({*(kind.value for kind in FOR_DELEGATIONS), "participation_asked"})


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"wanted": ["invitation"]}, "wanted"),
        ({"wanted": ["digest"]}, "wanted"),
        ({"wanted": ["nothing"]}, "wanted"),
        ({"language": "de"}, "language"),
        ({"time_zone": "Atlantis/Capital"}, "time_zone"),
    ],
)
def test_what_is_no_choice_is_refused(choice: dict[str, Any], field: str) -> None:
    user = factories.make_user()
    with pytest.raises(Refused) as refused:
        choose_mail(user=user, **{"wanted": [], "language": "en"} | choice)
    user.refresh_from_db()
    assert (refused.value.field, user.muted_notices) == (field, [])


class TestPage:
    @pytest.fixture
    def person(self, client: Any) -> User:
        person = factories.make_user(language="fr")
        client.force_login(person)
        return person

    def test_shows_what_is_chosen(self, client: Any, person: User) -> None:
        choose_mail(user=person, wanted=["filed"], language="fr", time_zone="Africa/Cairo")
        form = client.get(reverse("notice-preferences")).context["form"]
        assert form.initial == {"wanted": ["filed"], "language": "fr", "time_zone": "Africa/Cairo"}

    def test_keeps_the_choice(self, client: Any, person: User) -> None:
        sent = {"wanted": ["reminder", "filed"], "language": "ar", "time_zone": "Africa/Cairo"}
        response = client.post(reverse("notice-preferences"), sent)
        person.refresh_from_db()
        assert response["Location"] == reverse("notice-preferences")
        assert (wanted_kinds(person), person.language, person.time_zone) == (
            ["reminder", "filed"],
            "ar",
            "Africa/Cairo",
        )

    def test_gives_a_wrong_choice_back(self, client: Any, person: User) -> None:
        response = client.post(reverse("notice-preferences"), {"wanted": ["digest"], "language": "fr"})
        person.refresh_from_db()
        assert (response.status_code, person.muted_notices) == (422, [])
        assert list(response.context["form"].errors) == ["wanted"]

    def test_is_for_people_who_are_signed_in(self, client: Any) -> None:
        url = reverse("notice-preferences")
        for response in (client.get(url), client.post(url)):
            assert response["Location"] == f"{reverse('account_login')}?next={url}"


class TestApi:
    def test_says_and_takes_the_same(self) -> None:
        client, person = APIClient(), factories.make_user()
        client.force_authenticate(person)
        sent = {"wanted": ["filed"], "language": "es", "time_zone": "America/Lima"}
        expected = sent | {"offered": [kind.value for kind in FOR_DELEGATIONS]}
        assert client.put("/api/v1/me/mail/", sent, format="json").json() == expected
        client.force_authenticate(User.objects.get(pk=person.pk))  # the one that came before was read before the change
        assert client.get("/api/v1/me/mail/").json() == expected

    def test_refuses_what_is_not_offered(self) -> None:
        client = APIClient()
        client.force_authenticate(factories.make_user())
        sent = {"wanted": ["invitation"], "language": "es", "time_zone": ""}
        response = client.put("/api/v1/me/mail/", sent, format="json")
        assert (response.status_code, response.json()["errors"][0]["attr"]) == (400, "wanted")


def test_invitation_goes_to_who_wants_no_mail() -> None:
    joining = pytest.importorskip("consultations.services.joining")
    delegation = factories.make_delegation()
    focal_point = factories.make_member(delegation)
    person = choose_mail(user=factories.make_user(), wanted=[], language="en")
    joining.invite(delegation=delegation, user=focal_point, email=person.email, name="", role="observer", language="en")
    send_waiting(at=timezone.now())
    assert [each.to for each in mail.outbox] == [[person.email]]
