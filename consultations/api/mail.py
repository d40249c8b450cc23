"""Which mail a person gets: her own choice."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import DeskAccess
from consultations.models import Notice, User
from consultations.services.preferences import choose_mail, kinds_for, wanted_kinds
from declaration.api.base import InputSerializer
from declaration.languages import TEXT_LANGUAGE_CHOICES


class MailSerializer(serializers.Serializer[Any]):
    """Which mail a person gets: of the kinds offered to her those she wants; its language; by whose clocks it tells times."""

    offered = serializers.ListField(child=serializers.ChoiceField(Notice.Kind.choices))
    wanted = serializers.ListField(child=serializers.ChoiceField(Notice.Kind.choices))
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    time_zone = serializers.CharField(help_text="As in the IANA database; empty for Geneva's.")


class MailInput(InputSerializer):
    """What a person wants; the whole of it."""

    wanted = serializers.ListField(child=serializers.ChoiceField(Notice.Kind.choices), max_length=len(Notice.Kind))
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)
    time_zone = serializers.CharField(allow_blank=True, max_length=64)


class MailView(DeskAccess):
    """Which mail the person who is asking gets."""

    @extend_schema(operation_id="me_mail_retrieve", responses=MailSerializer)
    def get(self, request: Request) -> Response:
        """Say which mail she gets."""
        return _tell(cast("User", request.user))

    @extend_schema(operation_id="me_mail_update", request=MailInput, responses=MailSerializer)
    def put(self, request: Request) -> Response:
        """Change which mail she gets. Invitations, and answers to a request to take part, are always sent."""
        asked = MailInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return _tell(choose_mail(user=cast("User", request.user), **asked.validated_data))


def _tell(user: User) -> Response:
    chosen = {
        "offered": [kind.value for kind in kinds_for(user)],
        "wanted": wanted_kinds(user),
        "language": user.language,
        "time_zone": user.time_zone,
    }
    return Response(MailSerializer(chosen).data)
