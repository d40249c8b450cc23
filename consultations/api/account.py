"""Who is asking, and the tokens with which her programs ask."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations.api.access import DeskAccess
from consultations.api.desk import memberships_of
from consultations.api.desk_serializers import MembershipSerializer
from consultations.models import User
from consultations.second_factor import lacks_second_factor, say_needed
from consultations.services import make_token, revoke_token
from consultations.services.tokens import VALID_DAYS
from declaration.api.base import InputSerializer, MomentField, RecordSerializer
from declaration.errors import Refused

DEFAULT_DAYS = 90


class TokenInput(InputSerializer):
    """Who wants a token, and for how many days it is to be valid."""

    email = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, style={"input_type": "password"})
    days = serializers.ChoiceField(VALID_DAYS, default=DEFAULT_DAYS)


class TokenSerializer(serializers.Serializer[Any]):
    """A token, told this once; only a digest of it is kept. `key`, its beginning, names it in lists."""

    token = serializers.CharField()
    key = serializers.CharField()
    expiry = MomentField()


class AccountSerializer(RecordSerializer):
    """The person who is asking, and what she may act for."""

    memberships = MembershipSerializer(many=True, source="acts_for")

    class Meta:
        model = User
        fields = ["email", "name", "language", "time_zone", "is_staff", "memberships"]


def sign_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Return the person with this e-mail address and password.

    Refused alike for an unknown address, a wrong password and an account that is closed, and with the page's own limit
    on attempts. Refused too where the account asks for a second factor, which a program does not have.
    """
    try:
        user: User | None = get_adapter(request).authenticate(request, email=email, password=password)
    except ValidationError as error:
        raise Refused("too_many_attempts", error.messages[0], status=429) from error
    if user is None or not user.is_active:
        raise Refused("credentials_wrong", _("The e-mail address or the password is wrong."), status=401)
    if lacks_second_factor(user):
        raise Refused("second_factor_needed", say_needed(), status=403)
    if is_mfa_enabled(user):
        raise Refused(
            "second_factor_needed",
            _("This account signs in with a second factor. Sign in on the site and make a token there."),
            status=403,
        )
    return user


class TokenView(APIView):
    """Tokens, with which programs act for a person."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_scope = "tokens"
    further_errors = (401, 403)

    @extend_schema(operation_id="tokens_create", request=TokenInput, responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Make a token for who knows the e-mail address and the password of an account."""
        asked = TokenInput(data=request.data)
        asked.is_valid(raise_exception=True)
        days = asked.validated_data.pop("days")
        row, token = make_token(user=sign_in(request._request, **asked.validated_data), days=days)
        return Response(TokenSerializer({"token": token, "key": row.token_key, "expiry": row.expiry}).data, status=201)


class CurrentTokenView(DeskAccess):
    """The token that comes with the request."""

    @extend_schema(operation_id="tokens_revoke_current", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Make the token useless from now on."""
        if not isinstance(request.auth, AuthToken):
            raise Refused("no_token", _("You are signed in without a token. Send the token that is to be revoked."))
        revoke_token(user=request.user, token_key=request.auth.token_key)
        return Response(status=204)


class AccountView(DeskAccess):
    """The person who is asking."""

    @extend_schema(operation_id="me_retrieve", responses=AccountSerializer)
    def get(self, request: Request) -> Response:
        """Say who is asking, and which delegations she acts for in which role."""
        user: Any = request.user
        user.acts_for = memberships_of(user)
        return Response(AccountSerializer(user).data)
