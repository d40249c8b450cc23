"""What happens to the keys with which a person's programs act for her through the API."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from consultations.models import User
from declaration.errors import Refused

VALID_DAYS: Final = (30, 90, 365)
"""How long a token may be valid; one that never ends would outlive the reason it was made for."""


@transaction.atomic
def make_token(*, user: Any, days: int) -> tuple[AuthToken, str]:
    """Make a token that is valid for so many days; return its row and the token itself, which is stored nowhere.

    Refused for a length that is not offered, and to people who have as many valid tokens as one may have.
    """
    if days not in VALID_DAYS:
        raise Refused("choice_unknown", _("Choose how long the token is to be valid."), field="days")
    # Two requests at once must not both find room for the last token.
    user = User.objects.select_for_update().get(pk=user.pk)
    limit = settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]
    if user.auth_token_set.filter(expiry__gt=timezone.now()).count() >= limit:
        raise Refused(
            "too_many_tokens",
            _("You have %(limit)d tokens already. Revoke one that you no longer use.") % {"limit": limit},
        )
    token, secret = AuthToken.objects.create(user=user, expiry=dt.timedelta(days=days))
    return token, secret


@transaction.atomic
def revoke_token(*, user: Any, token_key: str) -> None:
    """Make a token of this person useless at once. One that is gone already stays gone."""
    AuthToken.objects.filter(user=user, token_key=token_key).delete()
