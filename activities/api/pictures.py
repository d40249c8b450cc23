"""What the pictures of the record show, as figures: for everyone to read."""

from collections.abc import Collection
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response
from rest_framework.reverse import reverse

from activities.pictures.bars import name_region
from activities.pictures.chronicle import LANES, Entry, read_chronicle
from activities.pictures.progress import STANDINGS, Progress, read_progress
from activities.pictures.regions import CategoryMet, Encounters, KindMet, Met, Region, read_encounters
from activities.pictures.window import PeriodForm, Window, asked_window
from declaration.api.base import PublicReading
from declaration.api.fields import PartialDateSerializerField, TranslatedSerializerField
from declaration.api.filtering import PAGING, refuse_unknown
from declaration.api.pagination import Pages
from declaration.api.references import GroupReference, RequestReference, StakeholderReference, StateReference
from declaration.models import Mandate, Request, Resolution

PERIOD = [
    OpenApiParameter("from", str, description="Only from this year, month or day on: 2012, 2012-06, 2012-06-07."),
    OpenApiParameter("to", str, description="Only to this year, month or day, which is included."),
]


def take_period(request: ApiRequest, further: Collection[str] = ()) -> PeriodForm:
    """Return from when to when is asked for. Raises `ValidationError` for what cannot be shown, or is not read."""
    refuse_unknown(request, {"from", "to", *further})
    form = PeriodForm(request.query_params)
    if form.is_valid():
        return form
    raise ValidationError(
        {
            name: [ErrorDetail(error.messages[0], code=error.code or "invalid") for error in errors]
            for name, errors in form.errors.as_data().items()
        }
    )


class TimelineEntrySerializer(serializers.Serializer[Entry]):
    """An entry of the record at its time. `is_derived`: the date follows from those of what belongs to it."""

    lane = serializers.ChoiceField(list(LANES.items()))
    key = serializers.CharField(help_text="Its natural key; for holders and phases that of the mandate, and a number.")
    url = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    symbol = serializers.SerializerMethodField()
    when = PartialDateSerializerField()
    kind = serializers.CharField(help_text="What it is: its kind, format, stage, status or rule, by lane.")
    is_derived = serializers.BooleanField()

    def get_url(self, entry: Entry) -> str:
        """Return where the API tells of it."""
        address: str = reverse(f"api-{entry.page}", args=[entry.page_key], request=self.context["request"])
        return address

    @extend_schema_field(TranslatedSerializerField)
    def get_name(self, entry: Entry) -> dict[str, str]:
        """Return its name by language; a resolution has none but its symbol."""
        return {} if isinstance(entry.name, str) else TranslatedSerializerField().to_representation(entry.name)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_symbol(self, entry: Entry) -> str | None:
        """Return the symbol of a resolution."""
        return entry.name if isinstance(entry.name, str) else None


class TimelineView(PublicReading):
    """The time line of the mandate."""

    pagination_class = Pages
    further_errors = (400,)

    @extend_schema(operation_id="timeline_list", parameters=PERIOD, responses=TimelineEntrySerializer(many=True))
    def get(self, request: ApiRequest) -> Response:
        """List what falls into the time asked for, in order; with all of it, also what has no date of its own."""
        form = take_period(request, PAGING)
        chronicle = read_chronicle(Mandate.objects.main())
        whole = chronicle.whole
        shown = whole and Window.asked(form, whole)
        entries = chronicle.within(shown) if shown else []
        if shown == whole:
            entries += chronicle.without_day
        pages, rows = Pages(), list[Any](entries)
        page: Any = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(TimelineEntrySerializer(page, many=True, context={"request": request}).data)


class MetStateSerializer(serializers.Serializer[Met]):
    """A State, and in how many consultations it was met."""

    state = StateReference(source="party")
    times = serializers.IntegerField()


class MetGroupSerializer(serializers.Serializer[Met]):
    """A group of States, and in how many consultations it was met."""

    group = GroupReference(source="party")
    times = serializers.IntegerField()


class MetStakeholderSerializer(serializers.Serializer[Met]):
    """A stakeholder, and in how many consultations it was met."""

    stakeholder = StakeholderReference(source="party")
    times = serializers.IntegerField()


class MetKindSerializer(serializers.Serializer[KindMet]):
    """Those of one kind who were met and are no States."""

    kind = serializers.CharField(source="code")
    met = MetStakeholderSerializer(many=True)


class MetCategorySerializer(serializers.Serializer[CategoryMet]):
    """A whole category that took part where the record names nobody."""

    category = serializers.CharField(source="code")
    times = serializers.IntegerField()


class RegionSerializer(serializers.Serializer[Region]):
    """A regional group, or the States in none (`group` is null): what took place there, and who of it was met."""

    group = GroupReference(allow_null=True)
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field of that name
    members = serializers.IntegerField()
    activities = serializers.IntegerField()
    consultations = serializers.IntegerField()
    states_met = serializers.IntegerField()
    met = MetStateSerializer(many=True)

    def get_label(self, region: Region) -> str:
        """Return how it is called in the language of the request."""
        return name_region(region)


class EncountersSerializer(serializers.Serializer[Encounters]):
    """Where activities and consultations took place, and who was met in consultations that were held."""

    regions = RegionSerializer(many=True)
    activities_elsewhere = serializers.IntegerField(help_text="Those without a host State in the record.")
    consultations_elsewhere = serializers.IntegerField(help_text="Those without a host State in the record.")
    groups = MetGroupSerializer(many=True)
    stakeholders = MetKindSerializer(many=True)
    categories = MetCategorySerializer(many=True)


class RegionsView(PublicReading):
    """Where it took place, and who was met."""

    further_errors = (400,)

    @extend_schema(operation_id="regions_retrieve", parameters=PERIOD, responses=EncountersSerializer)
    def get(self, request: ApiRequest) -> Response:
        """Tell it by regional group: a State counts in the one that it was in at the time."""
        encounters = read_encounters(asked_window(take_period(request)))
        return Response(EncountersSerializer(encounters, context={"request": request}).data)


class ProgressSerializer(serializers.Serializer[Progress]):
    """How far a request is: what is recorded under it, and what is due. Only public consultations are counted."""

    request = RequestReference()
    activities = serializers.IntegerField()
    consultations = serializers.IntegerField()
    outcomes = serializers.IntegerField()
    delivered = serializers.IntegerField()
    due = serializers.IntegerField(help_text="Deliverables that are not delivered, with those that are overdue.")
    overdue = serializers.IntegerField()
    how_far = serializers.ChoiceField(list(STANDINGS.items()), source="standing")


class ProgressReading(PublicReading):
    """For views of how far requests are. Not in pages: a resolution asks a handful of things."""

    def answer(self, request: ApiRequest, **asked: Any) -> Response:
        """Return how far these requests are, in the order in which they were made."""
        requests = Request.objects.filter(**asked).select_related("resolution")
        progress: Any = read_progress(
            requests.order_by("resolution__adopted_on_earliest", "resolution__symbol", "position")
        )
        return Response(ProgressSerializer(progress, many=True, context={"request": request}).data)


class MandateProgress(ProgressReading):
    """The progress of a mandate."""

    @extend_schema(operation_id="mandates_progress", responses=ProgressSerializer(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Tell how far each request is that was made of the mandate."""
        return self.answer(request, addressee_mandate=get_object_or_404(Mandate, slug=slug))


class ResolutionProgress(ProgressReading):
    """The progress of a resolution."""

    @extend_schema(operation_id="resolutions_progress", responses=ProgressSerializer(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Tell how far each request is that the resolution makes."""
        return self.answer(request, resolution=get_object_or_404(Resolution, slug=slug))
