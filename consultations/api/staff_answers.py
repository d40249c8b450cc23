"""Staff's part of the API: reading what was filed, and answering it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from consultations import services
from consultations.api import staff_serializers as staff
from consultations.api.access import StaffAccess, telling_what_stands
from consultations.api.standings import FindsStandings
from consultations.filters import StaffCommentFilter, StaffSubmissionFilter
from consultations.models import Comment, Disposition, Submission
from declaration.errors import Refused
from declaration.models import Clause


class StaffSubmissionViewSet(StaffAccess, ReadOnlyModelViewSet[Submission]):
    """What was filed, newest first; under embargo only once the call has closed."""

    queryset = Submission.objects.none()
    serializer_class = staff.StaffSubmissionSerializer
    filterset_class = StaffSubmissionFilter
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Submission]:
        """Return what staff may read at this moment."""
        filed = Submission.objects.filed_for_staff().with_context().with_supporters()
        return filed.count_comments(also_held=True).prefetch_related("attachments").order_by("-submitted_at", "-id")


class StaffCommentViewSet(FindsStandings, StaffAccess, ReadOnlyModelViewSet[Comment]):
    """The comments of standing filings in the order of the text, with their answers, published or not."""

    queryset = Comment.objects.none()
    for_staff = True
    filterset_class = StaffCommentFilter
    lookup_value_converter = "int"

    def get_serializer_class(self) -> Any:
        """Return the short form for the list; a comment by itself has its redline."""
        return staff.StaffCommentSerializer if self.action == "list" else staff.StaffCommentDetailSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        """Return what staff may read at this moment."""
        filed = Comment.objects.filed_for_staff().with_context()
        return filed.select_related(
            "disposition__decided_by", "disposition__reviewed_by", "assignment__assigned_to"
        ).in_reading_order()

    def what_stands(self) -> Mapping[str, object]:
        """Return the answer to the comment in the address as it stands now; nothing where there is none."""
        disposition = Disposition.objects.with_context().filter(comment=self.kwargs["pk"]).first()
        return staff.StaffAnswerSerializer(disposition).data if disposition else {}

    @extend_schema(
        operation_id="staff_comments_answer",
        request=staff.AnswerInput,
        responses=staff.StaffCommentDetailSerializer,
    )
    @action(detail=True, methods=["put"])
    def answer(self, request: Request, pk: int) -> Response:
        """Answer a comment, or change an answer that is not published. Publishing is a step of its own."""
        comment = self.get_object()
        asked = staff.AnswerInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        revision = values.pop("revision")
        values["resulting_clause"] = find_clause(values["resulting_clause"])
        with telling_what_stands(self.what_stands):
            services.answer_comment(comment=comment, user=request.user, expected_revision=revision, **values)
        return Response(self.get_serializer(self.get_object()).data)


def find_clause(key: Mapping[str, Any] | None) -> Clause | None:
    """Return the clause of a draft with an identifier. Refused where there is none."""
    if key is None:
        return None
    clause: Clause | None = Clause.objects.filter(draft__ordinal=key["draft"], eid=key["eid"]).first()
    if clause is None:
        raise Refused("clause_unknown", _("This draft has no such clause."), field="resulting_clause")
    return clause


def change_answers(request: Request, change: Callable[..., list[Disposition]]) -> Response:
    """Publish or retract the answers that are named in a request, all of them or none."""
    asked = staff.ChosenAnswers(data=request.data)
    asked.is_valid(raise_exception=True)
    wanted = set(asked.validated_data["ids"])
    found = list(Disposition.objects.visible_to(request.user).filter(pk__in=wanted))
    missing = sorted(wanted - {disposition.pk for disposition in found})
    if missing:
        message = _("There is no answer with this id: %(id)d. Nothing was changed.") % {"id": missing[0]}
        raise Refused("answer_unknown", message, field="ids")
    changed = change(dispositions=found, user=request.user)
    return Response({"ids": [disposition.pk for disposition in changed]})


class PublishAnswers(StaffAccess):
    """Answers that are to be published."""

    @extend_schema(
        operation_id="staff_dispositions_publish", request=staff.ChosenAnswers, responses=staff.ChangedAnswers
    )
    def post(self, request: Request) -> Response:
        """Publish answers, all of them or none: the commenters and the public read them from now on."""
        return change_answers(request, services.publish_dispositions)


class RetractAnswers(StaffAccess):
    """Answers that are to be taken back."""

    @extend_schema(
        operation_id="staff_dispositions_retract", request=staff.ChosenAnswers, responses=staff.ChangedAnswers
    )
    def post(self, request: Request) -> Response:
        """Take published answers back, so that they can be changed."""
        return change_answers(request, services.retract_dispositions)
