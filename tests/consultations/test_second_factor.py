"""The second factor that a site can ask for."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from rest_framework.test import APIClient

from consultations.services import make_token
from tests import factories

pytestmark = pytest.mark.django_db


def person(kind):
    if kind == "staff":
        return factories.make_staff()
    return factories.make_member(factories.make_delegation(), kind)


@pytest.mark.parametrize("required", [[], ["staff"], ["focal_points"], ["staff", "focal_points"]])
@pytest.mark.parametrize("kind", ["staff", "focal_point", "contributor"])
def test_factor_is_asked_of_whom_the_site_says_on_pages_and_of_programs(client, settings, required, kind):
    user = person(kind)
    _row, token = make_token(user=user, days=30)
    settings.REQUIRE_SECOND_FACTOR = required
    asked = {"staff": "staff", "focal_point": "focal_points"}.get(kind) in required
    client.force_login(user)
    home = reverse("staff-home" if kind == "staff" else "desk")
    response = client.get(home)
    assert (response.status_code, response.get("Location")) == ((302, reverse("mfa_index")) if asked else (200, None))
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert program.get("/api/v1/me/").status_code == (403 if asked else 200)
    assert client.get("/api/v1/me/").status_code == (403 if asked else 200)
    body = {"email": user.email, "password": factories.PASSWORD}
    made = APIClient().post("/api/v1/tokens/", body)
    assert made.status_code == (403 if asked else 201)
    assert client.get(reverse("home")).status_code == 200
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(home).status_code == 200
    assert program.get("/api/v1/me/").status_code == 200


def test_factor_can_be_set_up_with_an_app_and_with_a_passkey(client, settings):
    settings.REQUIRE_SECOND_FACTOR = ["focal_points"]
    user = person("focal_point")
    client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})
    assert client.get(reverse("mfa_index")).status_code == 200
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    app = client.get(reverse("mfa_activate_totp"))
    assert app.status_code == 200
    assert "data:image/svg+xml" in app.content.decode()
    passkey = client.get(reverse("mfa_add_webauthn"))
    assert passkey.status_code == 200
    assert "creation_options" in passkey.content.decode()
