"""A delegation's own part of the API: its calls, and its submissions from the first draft to the filing."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.generics import ListAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from consultations import rules, services
from consultations.api import desk_serializers as desk
from consultations.api.access import DeskAccess, telling_what_stands
from consultations.arrival import arrival_of
from consultations.filters import CallFilter, DeskSubmissionFilter
from consultations.models import Call, Delegation, Membership, Submission
from consultations.services.submissions import CONSENTS, DESCRIBED
from declaration.errors import Refused
from declaration.models import Group

BODY = desk.DeskSubmissionSerializer


def memberships_of(user: Any) -> QuerySet[Membership]:
    """Return a person's roles in active delegations."""
    parties = ("delegation__state", "delegation__stakeholder", "delegation__group")
    return Membership.objects.filter(user=user, delegation__is_active=True).select_related(*parties).order_by("id")


class DeskDelegationList(DeskAccess, ListAPIView[Membership]):
    """The delegations that the person acts for, and her role in each."""

    queryset = Membership.objects.none()
    serializer_class = desk.MembershipSerializer

    def get_queryset(self) -> QuerySet[Membership]:
        """Return her roles."""
        return memberships_of(self.request.user)


class DeskCallList(DeskAccess, ListAPIView[Call]):
    """Calls that take submissions now from one of the person's delegations, and where these stand in them."""

    queryset = Call.objects.none()
    serializer_class = desk.DeskCallSerializer
    filterset_class = CallFilter

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls that take submissions now, in time or late."""
        return Call.objects.taking().with_draft().with_early_opening().order_by("closes_at", "id")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List those of them that are addressed to one of her delegations."""
        delegations = list(Delegation.objects.of(request.user).with_party())
        invited = Prefetch("invited", queryset=Delegation.objects.filter(pk__in=[each.pk for each in delegations]))
        calls = list(self.filter_queryset(self.get_queryset()).prefetch_related(invited))
        own = standings(calls, delegations)
        page = self.paginate_queryset([call for call in calls if own[call.pk]])
        context = {**self.get_serializer_context(), "own": own}
        return self.get_paginated_response(desk.DeskCallSerializer(page, many=True, context=context).data)


def find_group(code: str | None) -> Group | None:
    """Return the group with this code; none where the delegation speaks for itself. Refused for codes that nobody has."""
    if not code:
        return None
    group = Group.objects.filter(code=code).first()
    if group is None:
        raise Refused("group_unknown", _("There is no group with this code."), field="on_behalf_of")
    return group


def standings(calls: Sequence[Call], delegations: Sequence[Delegation]) -> dict[int, list[dict[str, Any]]]:
    """Return, by call, where each of the delegations stands that the call is addressed to."""
    submissions = Submission.objects.exclude(source="letter", status__in=Submission.UNFILED)
    submissions = submissions.filter(call__in=calls, delegation__in=delegations)
    found = {(each.call_id, each.delegation_id, each.status): each.pk for each in submissions}
    in_writing = (Submission.Status.DRAFT, Submission.Status.CLEARED)
    return {
        call.pk: [
            {
                "delegation": each,
                "in_writing": next(
                    filter(None, (found.get((call.pk, each.pk, status)) for status in in_writing)), None
                ),
                "submitted": found.get((call.pk, each.pk, Submission.Status.SUBMITTED)),
            }
            for each in delegations
            if rules.is_answerable_by(call, each)
        ]
        for call in calls
    }


class DeskSubmissionViewSet(DeskAccess, ListModelMixin, RetrieveModelMixin, GenericViewSet[Submission]):
    """Submissions of the person's delegations, filed or not."""

    queryset = Submission.objects.none()
    serializer_class = desk.DeskSubmissionSerializer
    filterset_class = DeskSubmissionFilter
    lookup_value_converter = "int"
    further_errors = (404,)

    def get_queryset(self) -> QuerySet[Submission]:
        """Return the submissions of her delegations, newest first."""
        own = Submission.objects.of_delegations_of(self.request.user).with_context().select_related("submitted_by")
        return own.count_comments(also_held=True).prefetch_related("attachments").order_by("-id")

    def reply(self, submission: Submission, *, status: int = 200) -> Response:
        """Return the submission as it stands now."""
        return Response(self.get_serializer(self.get_queryset().get(pk=submission.pk)).data, status=status)

    @extend_schema(
        request=desk.SubmissionStart,
        responses={
            201: OpenApiResponse(BODY, "It was begun, from a copy of what stands where the delegation has filed."),
            200: OpenApiResponse(BODY, "It was begun before; this is it."),
        },
    )
    def create(self, request: Request) -> Response:
        """Begin a delegation's submission in a call, or return the one that is being written."""
        asked = desk.SubmissionStart(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        call = Call.objects.announced().filter(pk=values["call"]).first()
        if call is None:
            raise Refused("call_unknown", _("There is no such call."), field="call")
        delegation = self.own_delegation(values["delegation"])
        begun = Submission.objects.in_writing().filter(call=call, delegation=delegation).exists()
        submission = services.start_submission(
            call=call,
            delegation=delegation,
            user=request.user,
            language=values.get("language"),
            source="api",
            at=arrival_of(request),
        )
        return self.reply(submission, status=200 if begun else 201)

    def own_delegation(self, key: str) -> Delegation:
        """Return the person's delegation with this key. Refused alike for others' and for keys that nobody has."""
        delegation: Delegation | None = Delegation.objects.own(self.request.user, key)
        if delegation is None:
            message = _("You do not act for this delegation.")
            raise Refused("not_your_delegation", message, field="delegation", status=404)
        return delegation

    @extend_schema(request=desk.SubmissionChange, responses=BODY)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what a submission says of itself: its language, general comment and consents."""
        submission = self.get_object()
        asked = desk.SubmissionChange(data=request.data)
        asked.is_valid(raise_exception=True)
        values = {name: getattr(submission, name) for name in DESCRIBED} | asked.validated_data
        if "on_behalf_of" in asked.validated_data:
            values["on_behalf_of"] = find_group(asked.validated_data["on_behalf_of"])
        revision = values.pop("revision")
        with telling_what_stands(lambda: self.get_serializer(self.get_object()).data):
            changed = services.describe_submission(
                submission=submission,
                user=request.user,
                expected_revision=revision,
                at=arrival_of(request),
                **values,
            )
        return self.reply(changed)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: int) -> Response:
        """Throw away a submission that was never filed, with its comments."""
        services.discard_submission(submission=self.get_object(), user=request.user)
        return Response(status=204)

    @extend_schema(responses=desk.MissingSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def missing(self, request: Request, pk: int) -> Response:
        """List what must still be done before the submission can be filed; empty when it is ready."""
        return Response(desk.MissingSerializer(services.list_missing(self.get_object()), many=True).data)

    @extend_schema(operation_id="desk_submissions_clear", request=desk.Confirmation, responses=BODY)
    @action(detail=True, methods=["post"])
    def clear(self, request: Request, pk: int) -> Response:
        """Clear a submission: it has been read by the focal point, and no longer changes unless it is sent back."""
        submission = self.get_object()
        with telling_what_stands(lambda: self.get_serializer(self.get_object()).data):
            services.clear_submission(submission=submission, user=request.user, **self.read_confirmation())
        return self.reply(submission)

    @extend_schema(operation_id="desk_submissions_return", request=None, responses=BODY)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request: Request, pk: int) -> Response:
        """Send a cleared submission back for changes."""
        return self.reply(services.return_submission(submission=self.get_object(), user=request.user))

    @extend_schema(operation_id="desk_submissions_submit", request=desk.FilingConfirmation, responses=BODY)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: int) -> Response:
        """File a submission: from now on it never changes. One that was filed before is superseded; both are kept.

        Whether it may be published, and under the delegation's name, is said with it; refused where one of them is not.
        """
        submission = self.get_object()
        values = self.read_confirmation(desk.FilingConfirmation)
        with telling_what_stands(lambda: self.get_serializer(self.get_object()).data):
            services.submit_submission(submission=submission, user=request.user, at=arrival_of(request), **values)
        return self.reply(submission)

    @extend_schema(operation_id="desk_submissions_withdraw", request=None, responses=BODY)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: int) -> Response:
        """Withdraw what was filed: it is no longer public, counted or answered, and is kept."""
        return self.reply(services.withdraw_submission(submission=self.get_object(), user=request.user))

    def read_confirmation(self, kind: type[desk.Confirmation] = desk.Confirmation) -> dict[str, Any]:
        """Return the revision that the person says she has read, if she says so, and what else she confirms."""
        asked = kind(data=self.request.data or {})
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        read = {"expected_revision": values.get("revision"), "clear_comments": values["clear_comments"]}
        consents = {name: values[name] for name in CONSENTS if name in values}
        return read | {"consents": consents} if consents else read
