"""What was said outside calls for comments, for everyone to read."""

from django.db.models import Prefetch

from consultations import record_filters
from consultations.api import record_serializers as serializers
from consultations.models import Answer, Question, Questionnaire, View
from declaration.api.base import PublicViewSet


class ViewViewSet(PublicViewSet):
    """Views expressed in consultations, by consultation and as they were written down there."""

    queryset = View.objects.public().with_context().in_order()
    serializer_class = serializers.ViewSerializer
    filterset_class = record_filters.ViewFilter
    lookup_value_converter = "int"


class QuestionnaireViewSet(PublicViewSet):
    """Questionnaires with their questions, oldest first."""

    queryset = (
        Questionnaire.objects.with_context()
        .select_related("sent_by__mandate")
        .prefetch_related(Prefetch("questions", Question.objects.order_by("position").prefetch_related("elements")))
        .in_order()
    )
    serializer_class = serializers.QuestionnaireSerializer
    filterset_class = record_filters.QuestionnaireFilter
    lookup_field = "slug"
    lookup_value_converter = "slug"


class AnswerViewSet(PublicViewSet):
    """Answers to questionnaires, by question."""

    queryset = Answer.objects.public().with_context().in_order()
    serializer_class = serializers.QuestionAnswerSerializer
    filterset_class = record_filters.AnswerFilter
    lookup_value_converter = "int"
