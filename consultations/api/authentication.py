"""How a program says for whom it acts: `Authorization: Token …`."""

from typing import Any

from django.utils.translation import gettext as _
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from consultations.second_factor import lacks_second_factor, say_needed


class TokenAuthentication(KnoxAuthentication):
    """Knows a person by her token, of which only a digest is stored."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Return the person and the token's row. Raises `AuthenticationFailed`, also for bytes that are no text."""
        if not token.isalnum():
            raise AuthenticationFailed(_("This token is not valid. Make a new one."))
        credentials: tuple[Any, Any] = super().authenticate_credentials(token)
        if lacks_second_factor(credentials[0]):
            raise PermissionDenied(say_needed(), code="second_factor_needed")
        return credentials
