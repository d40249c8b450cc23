"""Staff's part of the API: consultations are written up, with their views and notes, and made public."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations.api import staff_hearings_serializers as inputs
from consultations.api.access import StaffAccess, telling_what_stands
from consultations.api.staff_editing import read_input
from consultations.models import Consultation, ConsultationNote, View
from consultations.record_filters import StaffConsultationFilter
from consultations.services import hearing_notes, hearing_views, hearings
from declaration.models import Group, Stakeholder, State

BODY = inputs.StaffConsultationSerializer


class StaffConsultationViewSet(StaffAccess, ListModelMixin, RetrieveModelMixin, GenericViewSet[Consultation]):
    """Consultations, those for staff alone too, the newest first. Every change answers with the whole as it then stands."""

    queryset = Consultation.objects.none()
    serializer_class = BODY
    filterset_class = StaffConsultationFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"

    def get_queryset(self) -> QuerySet[Consultation]:
        """Return them with all that is read of them."""
        parties = ("state", "stakeholder", "group", "on_behalf_of", "source")
        views = (
            View.objects.select_related(*parties).prefetch_related("elements", "clauses__draft").order_by("position")
        )
        notes = ConsultationNote.objects.select_related("author")
        found = Consultation.objects.select_related("host_state", "source", "questionnaire").order_by("-id")
        related = ("states", "groups", "stakeholders", "documents", "phases__mandate")
        return found.prefetch_related(*related, Prefetch("views", views), Prefetch("notes", notes))

    def reply(self, consultation: Consultation | None = None, *, status: int = 200) -> Response:
        """Return the consultation as it stands now."""
        return Response(self.what_stands(consultation), status=status)

    def what_stands(self, consultation: Consultation | None = None) -> Any:
        """Return the consultation in the address, or another one, as it would be read."""
        found = self.get_queryset().get(pk=consultation.pk) if consultation else self.get_object()
        return self.get_serializer(found).data

    def view(self) -> View:
        """Return the view in the address."""
        found: View = get_object_or_404(self.get_object().views, pk=self.kwargs["pk"])
        return found

    def note(self) -> ConsultationNote:
        """Return the note in the address."""
        found: ConsultationNote = get_object_or_404(self.get_object().notes, pk=self.kwargs["pk"])
        return found

    @extend_schema(request=inputs.ConsultationInput, responses={201: BODY})
    def create(self, request: Request) -> Response:
        """Write up a consultation, for staff alone until it is made public."""
        values = resolve_participants(read_input(inputs.ConsultationInput, request.data))
        return self.reply(hearings.write_up_consultation(by=request.user, **values), status=201)

    @extend_schema(request=inputs.ConsultationChange, responses=BODY)
    def partial_update(self, request: Request, slug: str) -> Response:
        """Change what a consultation says."""
        consultation = self.get_object()
        values = resolve_participants(read_input(inputs.ConsultationChange, request.data))
        revision = values.pop("revision")
        with telling_what_stands(self.what_stands):
            hearings.change_consultation(
                consultation=consultation, by=request.user, expected_revision=revision, **values
            )
        return self.reply()

    @extend_schema(operation_id="staff_consultations_publish", request=inputs.ReadRevisionInput, responses=BODY)
    def publish(self, request: Request, slug: str) -> Response:
        """Make a consultation public, with what is public of its views and notes."""
        return self._act(hearings.publish_consultation, request)

    @extend_schema(operation_id="staff_consultations_retract", request=inputs.ReadRevisionInput, responses=BODY)
    def retract(self, request: Request, slug: str) -> Response:
        """Take a consultation back: from now on staff alone read it."""
        return self._act(hearings.retract_consultation, request)

    def _act(self, act: Any, request: Request) -> Response:
        consultation = self.get_object()
        revision = read_input(inputs.ReadRevisionInput, request.data or {}).get("revision")
        with telling_what_stands(self.what_stands):
            act(consultation=consultation, by=request.user, expected_revision=revision)
        return self.reply()

    @extend_schema(operation_id="staff_consultations_add_view", request=inputs.ViewInput, responses={201: BODY})
    def add_view(self, request: Request, slug: str) -> Response:
        """Write down a view as the last one."""
        consultation = self.get_object()
        values = resolve_view(read_input(inputs.ViewInput, request.data))
        with telling_what_stands(self.what_stands):
            hearing_views.add_view(consultation=consultation, by=request.user, **values)
        return self.reply(status=201)

    @extend_schema(operation_id="staff_consultations_order_views", request=inputs.ViewsOrder, responses=BODY)
    def order_views(self, request: Request, slug: str) -> Response:
        """Put the views in another order."""
        consultation = self.get_object()
        values = read_input(inputs.ViewsOrder, request.data)
        revision = values.get("revision")
        with telling_what_stands(self.what_stands):
            hearing_views.order_views(
                consultation=consultation, by=request.user, views=values["views"], expected_revision=revision
            )
        return self.reply()

    @extend_schema(operation_id="staff_consultations_change_view", request=inputs.ViewChange, responses=BODY)
    def change_view(self, request: Request, slug: str, pk: int) -> Response:
        """Change what a view says."""
        view = self.view()
        values = resolve_view(read_input(inputs.ViewChange, request.data))
        with telling_what_stands(self.what_stands):
            hearing_views.change_view(view=view, by=request.user, **values)
        return self.reply()

    @extend_schema(operation_id="staff_consultations_remove_view", responses={204: None})
    def remove_view(self, request: Request, slug: str, pk: int) -> Response:
        """Remove a view that was written down by mistake."""
        hearing_views.remove_view(view=self.view(), by=request.user)
        return Response(status=204)

    @extend_schema(
        operation_id="staff_consultations_write_note", request=inputs.ConsultationNoteInput, responses={201: BODY}
    )
    def write_note(self, request: Request, slug: str) -> Response:
        """Write a note."""
        values = read_input(inputs.ConsultationNoteInput, request.data)
        hearing_notes.write_consultation_note(consultation=self.get_object(), by=request.user, **values)
        return self.reply(status=201)

    @extend_schema(
        operation_id="staff_consultations_change_note", request=inputs.ConsultationNoteChange, responses=BODY
    )
    def change_note(self, request: Request, slug: str, pk: int) -> Response:
        """Save one's own note again."""
        note = self.note()
        values = read_input(inputs.ConsultationNoteChange, request.data)
        revision = values.pop("revision")
        with telling_what_stands(self.what_stands):
            hearing_notes.change_note(note=note, by=request.user, expected_revision=revision, **values)
        return self.reply()


def resolve_participants(values: dict[str, Any]) -> dict[str, Any]:
    """Return what came in with those who took part told apart, as the services take them."""
    found = dict(values)
    if "participants" in found:
        parties = found.pop("participants")
        found["states"] = [each for each in parties if isinstance(each, State)]
        found["groups"] = [each for each in parties if isinstance(each, Group)]
        found["stakeholders"] = [each for each in parties if isinstance(each, Stakeholder)]
        found["categories"] = [each for each in parties if isinstance(each, str)]
    return found


def resolve_view(values: dict[str, Any]) -> dict[str, Any]:
    """Return what came in about a view as the services take it."""
    found = dict(values)
    if "party" in found:
        found |= hearing_views.place_party(found.pop("party"))
    if "bears_on" in found:
        found["elements"], found["clauses"] = found.pop("bears_on")
    if "revision" in found:
        found["expected_revision"] = found.pop("revision")
    return found
