"""Letters that came in on paper, as staff enter them through the API: described, commented on, filed, corrected, withdrawn."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations import services
from consultations.api import desk_serializers as desk
from consultations.api.access import StaffAccess, telling_what_stands
from consultations.api.desk import find_group
from consultations.api.desk_comments import DeskCommentViewSet
from consultations.models import Call, Comment, Submission
from consultations.receipts.formats import RECEIPT_FORMATS
from consultations.services import letter_corrections, letters
from consultations.services.submissions import DESCRIBED
from consultations.views.desk_receipts import send_receipt
from consultations.views.staff_filings import find_letter_receipt
from declaration.api.base import InputSerializer, MomentField, TextInputField
from declaration.api.serializers import address
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES


class StaffLetterSerializer(desk.DeskSubmissionSerializer):
    """A letter, as it is being entered or as it was filed."""

    url = address("api-staff-letter-detail", "pk")
    withdrawn_at = MomentField(source="withdrawal.withdrawn_at", allow_null=True, default=None)
    withdrawal_reason = serializers.CharField(source="withdrawal.reason", default="")

    class Meta(desk.DeskSubmissionSerializer.Meta):
        fields = [*desk.DeskSubmissionSerializer.Meta.fields, "withdrawn_at", "withdrawal_reason"]


class LetterStart(InputSerializer):
    """Whose letter it is, in which call, and on which day it came."""

    call = serializers.IntegerField(min_value=1)
    delegation = serializers.CharField(max_length=120, help_text="The key of the delegation's party: XAA.")
    received_on = serializers.DateField()
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, required=False)


class LetterChange(desk.SubmissionChange):
    """What a letter says of itself; what is left out stays as it is."""

    received_on = serializers.DateField(required=False)


class LetterWithdrawal(InputSerializer):
    """Why a letter is withdrawn; its delegation reads it."""

    reason = TextInputField()


class StaffLetterViewSet(StaffAccess, ListModelMixin, RetrieveModelMixin, GenericViewSet[Submission]):
    """Letters that staff enter, the newest first; none of a sealed call."""

    queryset = Submission.objects.none()
    serializer_class = StaffLetterSerializer
    filter_backends = []
    lookup_value_converter = "int"
    further_errors = (404, 409)

    def get_queryset(self) -> QuerySet[Submission]:
        """Return the letters that staff may read at this moment."""
        found = Submission.objects.letters_for_staff().with_context().select_related("submitted_by", "withdrawal")
        return found.count_comments(also_held=True).prefetch_related("attachments").order_by("-id")

    def reply(self, letter: Submission, *, status: int = 200) -> Response:
        """Return the letter as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=letter.pk)).data, status=status)

    @extend_schema(request=LetterStart, responses={201: StaffLetterSerializer, 200: StaffLetterSerializer})
    def create(self, request: Request) -> Response:
        """Begin to enter a letter, or return the one of this delegation that is being entered (200)."""
        asked = LetterStart(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        call = Call.objects.filter(pk=values.pop("call")).first()
        if call is None:
            raise Refused("call_unknown", _("There is no such call."), field="call")
        delegation = letters.find_delegation(values.pop("delegation"))
        begun = Submission.objects.letters_in_writing().filter(call=call, delegation=delegation).exists()
        letter = letters.start_letter(call=call, delegation=delegation, user=request.user, **values)
        return self.reply(letter, status=200 if begun else 201)

    @extend_schema(request=LetterChange, responses=StaffLetterSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what a letter says of itself: its language, general comment, day of arrival and what it consents to."""
        letter = self.get_object()
        asked = LetterChange(data=request.data)
        asked.is_valid(raise_exception=True)
        values = {name: getattr(letter, name) for name in DESCRIBED} | asked.validated_data
        if "on_behalf_of" in asked.validated_data:
            values["on_behalf_of"] = find_group(asked.validated_data["on_behalf_of"])
        revision = values.pop("revision")
        with telling_what_stands(lambda: self.get_serializer(self.get_object()).data):
            services.describe_submission(submission=letter, user=request.user, expected_revision=revision, **values)
        return self.reply(letter)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Throw away what was entered and never filed."""
        services.discard_submission(submission=self.get_object(), user=request.user)
        return Response(status=204)

    @extend_schema(operation_id="staff_letters_file", request=desk.ReadRevision, responses=StaffLetterSerializer)
    def file(self, request: Request, pk: int) -> Response:
        """File a letter: from now on it never changes. An earlier letter of the delegation is superseded."""
        letter = self.get_object()
        asked = desk.ReadRevision(data=request.data or {})
        asked.is_valid(raise_exception=True)
        revision = asked.validated_data.get("revision")
        with telling_what_stands(lambda: self.get_serializer(self.get_object()).data):
            services.submit_submission(submission=letter, user=request.user, expected_revision=revision)
        return self.reply(letter)

    @extend_schema(operation_id="staff_letters_correct", request=None, responses={201: StaffLetterSerializer})
    def correct(self, request: Request, pk: int) -> Response:
        """Begin a copy of a filed letter that is to take its place; the filed one stands until the copy is filed."""
        letter = letter_corrections.correct_letter(letter=self.get_object(), user=request.user)
        return self.reply(letter, status=201)

    @extend_schema(operation_id="staff_letters_withdraw", request=LetterWithdrawal, responses=StaffLetterSerializer)
    def withdraw(self, request: Request, pk: int) -> Response:
        """Withdraw a filed letter, with a reason that its delegation reads."""
        letter = self.get_object()
        asked = LetterWithdrawal(data=request.data)
        asked.is_valid(raise_exception=True)
        letter_corrections.withdraw_letter(letter=letter, user=request.user, **asked.validated_data)
        return self.reply(letter)


class _LetterAddress(serializers.Serializer[Any]):
    """Gives a comment of a letter its own address."""

    def get_url(self, comment: Comment) -> str:
        """Return the comment's own address in the API."""
        kwargs = {"submission": comment.submission_id, "number": comment.number}
        url: str = self.context["request"].build_absolute_uri(reverse("api-staff-letter-comment-detail", kwargs=kwargs))
        return url


class LetterCommentSerializer(_LetterAddress, desk.DeskCommentSerializer):
    """A comment of a letter."""


class LetterCommentDetailSerializer(_LetterAddress, desk.DeskCommentDetailSerializer):
    """A comment of a letter with its redline."""


class StaffLetterCommentViewSet(StaffAccess, DeskCommentViewSet):
    """The comments of a letter, by number."""

    def get_serializer_class(self) -> Any:
        """Return the short form for the list; a comment by itself has its redline."""
        return LetterCommentSerializer if self.action == "list" else LetterCommentDetailSerializer

    def submission(self) -> Submission:
        """Return the letter in the address, if staff may read it."""
        found = Submission.objects.letters_for_staff().select_related("call__draft")
        letter: Submission = get_object_or_404(found, pk=self.kwargs["submission"])
        return letter

    @extend_schema(request=desk.CommentInput, responses={201: LetterCommentDetailSerializer})
    def create(self, request: Request, submission: int) -> Response:
        """Enter a comment of a letter."""
        return super().create(request, submission)

    @extend_schema(request=desk.CommentChange, responses=LetterCommentDetailSerializer)
    def update(self, request: Request, submission: int, number: int) -> Response:
        """Replace what a comment says, before the letter is filed."""
        return super().update(request, submission, number)


class StaffLetterReceipt(StaffAccess):
    """The receipt of a letter."""

    further_errors = (404,)

    @extend_schema(
        operation_id="staff_letters_receipt",
        responses={200: OpenApiResponse(OpenApiTypes.OBJECT, "The receipt, in canonical JSON (RFC 8785).")},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Send the receipt as it is kept and checked."""
        response = send_receipt(request._request, find_letter_receipt(pk), "json")
        del response["Content-Disposition"]
        return response


class StaffLetterReceiptFile(StaffAccess):
    """The receipt of a letter as a file."""

    further_errors = (404,)

    @extend_schema(
        operation_id="staff_letters_receipt_file",
        parameters=[OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=list(RECEIPT_FORMATS))],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, (200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request, pk: int, extension: str) -> HttpResponse:
        """Send the file: in PDF its labels are in the language that is asked for."""
        return send_receipt(request._request, find_letter_receipt(pk), extension)
