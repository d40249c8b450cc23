"""A delegation's own work as JSON: what its people read of it, and what they send."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consultations.api.answer_serializers import AnswerSerializer
from consultations.api.attachment_serializers import AttachmentSerializer
from consultations.api.serializers import (
    COMMENT_FIELDS,
    CallReference,
    CallSerializer,
    PartySerializer,
    Redlined,
    WithStanding,
)
from consultations.models import Call, Comment, Membership, Submission
from declaration.api.base import InputSerializer, OptionalChoiceField, RecordSerializer, TextInputField
from declaration.api.references import ClauseReference, GroupReference
from declaration.api.serializers import address
from declaration.languages import TEXT_LANGUAGE_CHOICES


class MembershipSerializer(serializers.Serializer[Membership]):
    """A delegation that a person acts for, and her role in it."""

    delegation = PartySerializer()
    role = serializers.ChoiceField(Membership.Role.choices)


class OwnFilingSerializer(serializers.Serializer[Any]):
    """Where one of the person's delegations stands in a call."""

    delegation = PartySerializer()
    in_writing = serializers.IntegerField(allow_null=True, help_text="Its submission that is being written.")
    submitted = serializers.IntegerField(allow_null=True, help_text="Its submission that stands.")


class DeskCallSerializer(CallSerializer):
    """A call that takes submissions now, and the person's delegations that it is addressed to."""

    own = serializers.SerializerMethodField()

    class Meta(CallSerializer.Meta):
        fields = [*CallSerializer.Meta.fields, "own"]

    @extend_schema_field(OwnFilingSerializer(many=True))
    def get_own(self, call: Call) -> list[dict[str, Any]]:
        """Return where the person's delegations stand, which the view has put into `context["own"]`, by call."""
        return list(OwnFilingSerializer(self.context["own"][call.pk], many=True).data)


class DeskSubmissionSerializer(RecordSerializer):
    """A delegation's own submission, as it stands.

    Send `revision` back with a change: if somebody else was faster, the change is refused with what stands now.
    """

    url = address("api-desk-submission-detail", "pk")
    call = CallReference()
    draft = serializers.IntegerField(source="call.draft.ordinal")
    delegation = PartySerializer()
    on_behalf_of = GroupReference(allow_null=True)
    group_members = serializers.ListField(child=serializers.CharField(max_length=3))
    submitted_by = serializers.CharField(allow_null=True)
    supersedes = serializers.IntegerField(source="supersedes_id", allow_null=True)
    attachments = AttachmentSerializer(many=True)
    comment_count = serializers.IntegerField()

    class Meta:
        model = Submission
        fields = [
            "url",
            "id",
            "call",
            "draft",
            "delegation",
            "status",
            "on_behalf_of",
            "group_members",
            "language",
            "general_comment",
            "consents_to_attribution",
            "consents_to_publication",
            "attachments",
            "comment_count",
            "is_late",
            "source",
            "received_on",
            "created_at",
            "submitted_at",
            "submitted_by",
            "supersedes",
            "revision",
        ]


class SubmissionStart(InputSerializer):
    """In which call, and for which of the person's delegations, a submission is begun."""

    call = serializers.IntegerField(min_value=1)
    delegation = serializers.CharField(max_length=120, help_text="The key of the delegation's party: XAA.")
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, required=False)


class SubmissionChange(InputSerializer):
    """What a submission says of itself; what is left out stays as it is."""

    revision = serializers.IntegerField(min_value=1)
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES, required=False)
    general_comment = TextInputField(required=False)
    on_behalf_of = serializers.CharField(
        max_length=50, required=False, allow_null=True, help_text="The code of a group that the delegation speaks for."
    )
    consents_to_attribution = serializers.BooleanField(required=False)
    consents_to_publication = serializers.BooleanField(required=False)


class ReadRevision(InputSerializer):
    """The revision that the person has read, so that she files nothing that she has not seen."""

    revision = serializers.IntegerField(min_value=1, required=False)


class Confirmation(ReadRevision):
    """The revision that the person has read, and whether she clears with it the comments that are not cleared."""

    clear_comments = serializers.BooleanField(default=False)


class FilingConfirmation(Confirmation):
    """What the person confirms when she files, with her delegation's consents, which are kept with the filing.

    Both consents have to be said: nobody is taken to have agreed to what she was not asked.
    """

    consents_to_publication = serializers.BooleanField(
        help_text="Whether what is filed may be published.",
        error_messages={"required": _("Say whether what is filed may be published: true or false.")},
    )
    consents_to_attribution = serializers.BooleanField(
        help_text="Whether it may be published under the delegation's name.",
        error_messages={"required": _("Say whether it may be published under your delegation's name: true or false.")},
    )


class MissingSerializer(serializers.Serializer[Any]):
    """Something that stands between a submission and its filing; `can_be_settled` by confirming `clear_comments`."""

    code = serializers.CharField()
    message = serializers.CharField()
    can_be_settled = serializers.BooleanField()


class DeskCommentSerializer(WithStanding):
    """A comment of a delegation's own submission; its answer once that is published."""

    url = serializers.SerializerMethodField()
    submission = serializers.IntegerField(source="submission_id")
    clause = ClauseReference(allow_null=True)
    updated_by = serializers.CharField()
    answer = AnswerSerializer(allow_null=True)

    class Meta:
        model = Comment
        fields = [
            "url",
            "id",
            "submission",
            "number",
            *COMMENT_FIELDS,
            "clearance",
            "created_at",
            "updated_at",
            "updated_by",
            "revision",
            "answer",
            "standing",
        ]

    def get_url(self, comment: Comment) -> str:
        """Return the comment's own address in the API."""
        kwargs = {"submission": comment.submission_id, "number": comment.number}
        url: str = self.context["request"].build_absolute_uri(reverse("api-desk-comment-detail", kwargs=kwargs))
        return url


class DeskCommentDetailSerializer(Redlined, DeskCommentSerializer):
    """A comment with its redline, as it will be printed."""

    class Meta(DeskCommentSerializer.Meta):
        fields = [*DeskCommentSerializer.Meta.fields, "redline"]


class CommentInput(InputSerializer):
    """What a comment says."""

    target = serializers.ChoiceField(Comment.Target.choices, default=Comment.Target.CLAUSE)
    clause = serializers.CharField(
        max_length=120,
        allow_null=True,
        default=None,
        help_text="The clause's identifier in the draft of the call: art_3__para_1. Null for the whole text.",
    )
    category = serializers.ChoiceField(Comment.Category.choices, default=Comment.Category.SUBSTANTIVE)
    position = OptionalChoiceField(Comment.Position.choices, default=None)
    operation = serializers.ChoiceField(Comment.Operation.choices, default=Comment.Operation.NONE)
    proposed_text = TextInputField(default="")
    rationale = TextInputField(default="")
    language = serializers.ChoiceField(
        TEXT_LANGUAGE_CHOICES, required=False, help_text="The submission's language unless said."
    )


class CommentChange(CommentInput):
    """What a comment is to say from now on, and the revision that the person has read."""

    revision = serializers.IntegerField(min_value=1)


class RevisionParameter(serializers.Serializer[Any]):
    """The revision that the person has read, in the address of a deletion."""

    revision = serializers.IntegerField(min_value=1)
