"""Staff's part of the API: holding calls."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations import services
from consultations.api import staff_serializers as staff
from consultations.api.access import StaffAccess
from consultations.filters import StaffCallFilter
from consultations.models import Call, Delegation
from declaration.errors import Refused
from declaration.models import Draft

CALL = staff.StaffCallSerializer


class StaffCallViewSet(StaffAccess, ReadOnlyModelViewSet[Call]):
    """All calls for comments, also those in preparation, the one that closes last first."""

    queryset = (
        Call.objects.with_draft()
        .with_early_opening()
        .prefetch_related(Prefetch("invited", queryset=Delegation.objects.with_party()))
        .order_by("-closes_at", "-id")
    )
    serializer_class = staff.StaffCallSerializer
    filterset_class = StaffCallFilter
    lookup_value_converter = "int"

    def reply(self, call: Call, *, status: int = 200) -> Response:
        """Return the call as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=call.pk)).data, status=status)

    @extend_schema(request=staff.CallInput, responses={201: CALL})
    def create(self, request: Request) -> Response:
        """Prepare a call for comments; opening it is a step of its own."""
        asked = staff.CallInput(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.reply(services.create_call(**resolve(asked.validated_data)), status=201)

    @extend_schema(request=staff.CallInput, responses=CALL)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a call; what is left out stays as it is. Of an opened call little can be changed."""
        call = self.get_object()
        asked = staff.CallInput(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return self.reply(services.change_call(call=call, **as_it_is(call) | resolve(asked.validated_data)))

    @extend_schema(operation_id="staff_calls_open", request=None, responses=CALL)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: int) -> Response:
        """Open a call that is in preparation: it is public from now on."""
        return self.reply(services.open_call(call=self.get_object()))

    @extend_schema(operation_id="staff_calls_extend", request=staff.CallExtension, responses=CALL)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: int) -> Response:
        """Give an opened call a later closing time."""
        call = self.get_object()
        asked = staff.CallExtension(data=request.data)
        asked.is_valid(raise_exception=True)
        return self.reply(services.extend_call(call=call, **asked.validated_data))

    @extend_schema(operation_id="staff_calls_close", request=None, responses=CALL)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        """Close an open call now, before its time."""
        return self.reply(services.close_call(call=self.get_object()))

    @extend_schema(operation_id="staff_calls_archive", request=None, responses=CALL)
    @action(detail=True, methods=["post"])
    def archive(self, request: Request, pk: int) -> Response:
        """Put a closed call away: it stays readable, and takes no late submissions any more."""
        return self.reply(services.archive_call(call=self.get_object()))

    @extend_schema(operation_id="staff_calls_ask_early_opening", request=staff.EarlyOpeningInput, responses=CALL)
    @action(detail=True, methods=["post"], url_path="early-opening/ask")
    def ask_early_opening(self, request: Request, pk: int) -> Response:
        """Ask that sealed filings be opened before the call closes; another member of staff has to confirm it."""
        call = self.get_object()
        asked = staff.EarlyOpeningInput(data=request.data)
        asked.is_valid(raise_exception=True)
        services.ask_early_opening(call=call, user=request.user, **asked.validated_data)
        return self.reply(call)

    @extend_schema(operation_id="staff_calls_confirm_early_opening", request=None, responses=CALL)
    @action(detail=True, methods=["post"], url_path="early-opening/confirm")
    def confirm_early_opening(self, request: Request, pk: int) -> Response:
        """Open sealed filings before the call closes, as another member of staff asked. It stays on the call's page."""
        return self.reply(services.confirm_early_opening(call=self.get_object(), user=request.user))

    @extend_schema(operation_id="staff_calls_take_back_early_opening", request=None, responses=CALL)
    @action(detail=True, methods=["post"], url_path="early-opening/take-back")
    def take_back_early_opening(self, request: Request, pk: int) -> Response:
        """Take back what was asked and has not been confirmed."""
        call = self.get_object()
        services.take_back_early_opening(call=call, user=request.user)
        return self.reply(call)


def as_it_is(call: Call) -> dict[str, Any]:
    """Return what a call says of itself, as `change_call` takes it."""
    names = ("draft", "title", "note", "opens_at", "closes_at", "time_zone", "audience", "languages")
    rules = ("publication_rule", "takes_late", "stakeholder_kinds", "holds_stakeholders", "needs_second_reader")
    values = {name: getattr(call, name) for name in (*names, *rules)}
    return values | {"invited": list(call.invited.all())}


def resolve(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the draft and the delegations in place of their keys. Refused for keys that nobody has."""
    found = dict(values)
    if "draft" in values:
        found["draft"] = Draft.objects.filter(ordinal=values["draft"]).first()
        if found["draft"] is None:
            raise Refused("draft_unknown", _("There is no draft with this number."), field="draft")
    if "invited" in values:
        wanted = set(values["invited"])
        found["invited"] = [each for each in Delegation.objects.with_party() if each.key in wanted]
        missing = sorted(wanted - {each.key for each in found["invited"]})
        if missing:
            message = _("There is no delegation with this key: %(key)s.") % {"key": missing[0][:60]}
            raise Refused("delegation_unknown", message, field="invited")
    return found
