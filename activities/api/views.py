"""What was asked and what was done about it, for everyone to read."""

from django.db.models import Prefetch

from activities.api import serializers
from activities.filters import (
    ActivityFilter,
    AnsweredRequestFilter,
    DeliverableFilter,
    HeldConsultationFilter,
    OutcomeFilter,
)
from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation, ConsultationNote
from declaration.api.base import PublicViewSet
from declaration.api.views import ResolutionViewSet
from declaration.models import Draft, Request

ANSWERS = {
    "activities": Activity.objects.in_order(),
    "outcomes": Outcome.objects.in_order(),
    "deliverables": Deliverable.objects.in_order(),
}
"""What comes of a request."""


class ActivityViewSet(PublicViewSet):
    """Activities, oldest first; what has no date of its own comes last."""

    queryset = (
        Activity.objects.for_timeline()
        .with_consultations()
        .prefetch_related(Prefetch("parts", queryset=Activity.objects.in_order()), "phases__mandate")
    )
    serializer_class = serializers.ActivitySerializer
    filterset_class = ActivityFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class AnsweredResolutionViewSet(ResolutionViewSet):
    """Resolutions and decisions, oldest first, with what they ask for and the activities that answer."""

    queryset = ResolutionViewSet.queryset.prefetch_related(
        *(Prefetch(f"requests__{name}", rows) for name, rows in ANSWERS.items())
    )
    serializer_class = serializers.AnsweredResolutionSerializer


class RequestViewSet(PublicViewSet):
    """Requests of resolutions, with the activities that answer them."""

    queryset = (
        Request.objects.select_related("resolution", "addressee_mandate", "addressee_organ", "source")
        .prefetch_related(*(Prefetch(name, rows) for name, rows in ANSWERS.items()))
        .order_by("resolution__adopted_on_earliest", "resolution__symbol", "position")
    )
    serializer_class = serializers.ListedRequestSerializer
    filterset_class = AnsweredRequestFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "int"


class ConsultationViewSet(PublicViewSet):
    """Consultations that are public, oldest first, with the activities they were held in."""

    queryset = (
        Consultation.objects.public()
        .for_reading()
        .in_order()
        .select_related("questionnaire")
        .prefetch_related(
            Prefetch("activities", Activity.objects.in_order()), Prefetch("notes", ConsultationNote.objects.public())
        )
    )
    serializer_class = serializers.HeldConsultationSerializer
    filterset_class = HeldConsultationFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class OutcomeViewSet(PublicViewSet):
    """Outcomes of summits, ministerial meetings and conferences, oldest first."""

    queryset = Outcome.objects.for_reading()
    serializer_class = serializers.OutcomeSerializer
    filterset_class = OutcomeFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class DeliverableViewSet(PublicViewSet):
    """What is due under the mandate, in the order in which it is due; drafts are named once they are published."""

    queryset = Deliverable.objects.for_reading().prefetch_related(
        Prefetch("drafts", Draft.objects.published().order_by("ordinal"))
    )
    serializer_class = serializers.DeliverableSerializer
    filterset_class = DeliverableFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"
