"""What was asked and what was done about it, for everyone to read."""

from django.db.models import Prefetch

from activities.api import serializers
from activities.filters import ActivityFilter, AnsweredRequestFilter
from activities.models import Activity
from declaration.api.base import PublicViewSet
from declaration.api.views import ResolutionViewSet
from declaration.models import Request


class ActivityViewSet(PublicViewSet):
    """Activities, oldest first; what has no date of its own comes last."""

    queryset = Activity.objects.for_timeline().prefetch_related(Prefetch("parts", queryset=Activity.objects.in_order()))
    serializer_class = serializers.ActivitySerializer
    filterset_class = ActivityFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class AnsweredResolutionViewSet(ResolutionViewSet):
    """Resolutions and decisions, oldest first, with what they ask for and the activities that answer."""

    queryset = ResolutionViewSet.queryset.prefetch_related(
        Prefetch("requests__activities", queryset=Activity.objects.in_order())
    )
    serializer_class = serializers.AnsweredResolutionSerializer


class RequestViewSet(PublicViewSet):
    """Requests of resolutions, with the activities that answer them."""

    queryset = (
        Request.objects.select_related("resolution", "addressee_mandate", "addressee_organ", "source")
        .prefetch_related(Prefetch("activities", queryset=Activity.objects.in_order()))
        .order_by("resolution__adopted_on_earliest", "resolution__symbol", "position")
    )
    serializer_class = serializers.ListedRequestSerializer
    filterset_class = AnsweredRequestFilter
    lookup_url_kwarg = "id"
    lookup_value_converter = "int"
