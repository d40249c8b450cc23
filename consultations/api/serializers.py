"""Calls, submissions, comments and answers as JSON, for everyone.

Who filed is told only where the delegation agreed to it, and an answer only once it is published.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from consultations.api.answer_serializers import RepliedAnswerSerializer
from consultations.api.attachment_serializers import AttachmentSerializer
from consultations.models import Call, Comment, Delegation, EarlyOpening, Submission
from consultations.proposals import redline_proposal
from consultations.standing import Kind, Standing, find_newest_standings
from consultations.standing_words import say_standing
from declaration.api.base import MomentField, RecordSerializer
from declaration.api.fields import TranslatedSerializerField
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, DraftReference, GroupReference
from declaration.api.serializers import ClauseSerializer, address
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Clause, Stakeholder

PARTY_KINDS = ["state", "stakeholder", "group"]


class PartySerializer(serializers.Serializer[Delegation]):
    """Who files: exactly one State, stakeholder or group, under its natural key."""

    kind = serializers.ChoiceField(PARTY_KINDS)
    key = serializers.CharField()
    name = TranslatedSerializerField()
    is_invented = serializers.BooleanField(help_text="It exists only for demonstration.")

    def to_representation(self, delegation: Delegation) -> dict[str, Any]:
        """Return the party of a delegation."""
        party = delegation.party
        kind = party._meta.model_name
        return super().to_representation(
            {"kind": kind, "key": delegation.key, "name": party.name, "is_invented": delegation.is_invented}  # type: ignore[arg-type]
        )


def narrowed_list(view_name: str, request: Any, **filters: Any) -> str:
    """Return the address of a list, narrowed by filters."""
    return f"{reverse(view_name, request=request)}?{urlencode(filters)}"


class CallReference(RecordSerializer):
    """A call for comments."""

    class Meta:
        model = Call
        fields = ["id", "title"]


class EarlyOpeningSerializer(RecordSerializer):
    """That sealed filings were opened before their call closed: why, when, and by which members of staff."""

    opened_at = MomentField(source="confirmed_at")
    opened_by = serializers.ListField(source="names", child=serializers.CharField())

    class Meta:
        model = EarlyOpening
        fields = ["opened_at", "reason", "language", "opened_by"]


class CallSerializer(RecordSerializer):
    """A call for comments on a draft: when it takes them, from whom, and when they are published."""

    url = address("api-call-detail", "pk")
    draft = DraftReference()
    is_open = serializers.SerializerMethodField(help_text="Whether it takes submissions in time now.")
    audience = serializers.ListField(child=serializers.ChoiceField(Call.Audience.choices))
    stakeholder_kinds = serializers.ListField(
        child=serializers.ChoiceField(Stakeholder.Kind.choices),
        help_text="Which stakeholders may answer; all of them where none is named.",
    )
    early_opening = EarlyOpeningSerializer(source="opening_early", allow_null=True)

    class Meta:
        model = Call
        fields = [
            "url",
            "id",
            "title",
            "note",
            "draft",
            "status",
            "is_open",
            "opens_at",
            "closes_at",
            "time_zone",
            "audience",
            "languages",
            "publication_rule",
            "takes_late",
            "stakeholder_kinds",
            "holds_stakeholders",
            "needs_second_reader",
            "early_opening",
        ]

    def get_is_open(self, call: Call) -> bool:
        """Whether it is open now."""
        return call.is_open(at=timezone.now())


class SubmissionSerializer(RecordSerializer):
    """What a party filed in a call; its comments have an address of their own.

    `party` and `on_behalf_of` are null where the delegation did not agree to be named.
    """

    comment_list = "api-comment-list"

    url = address("api-submission-detail", "pk")
    party = PartySerializer(source="named_delegation", allow_null=True)
    on_behalf_of = GroupReference(source="named_group", allow_null=True)
    group_members = serializers.ListField(
        source="named_group_members",
        child=serializers.CharField(max_length=3),
        help_text="The States that were members of the group on the day of filing.",
    )
    co_sponsors = PartySerializer(source="named_co_sponsors", many=True)
    call = CallReference()
    draft = serializers.IntegerField(source="call.draft.ordinal")
    attachments = AttachmentSerializer(many=True)
    comment_count = serializers.IntegerField()
    comments_url = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = [
            "url",
            "id",
            "call",
            "draft",
            "party",
            "on_behalf_of",
            "group_members",
            "co_sponsors",
            "language",
            "general_comment",
            "attachments",
            "comment_count",
            "comments_url",
            "is_late",
            "source",
            "received_on",
            "submitted_at",
        ]

    def get_comments_url(self, submission: Submission) -> str:
        """Return the address of its comments."""
        return narrowed_list(self.comment_list, self.context["request"], submission=submission.pk)


class StandingSerializer(serializers.Serializer[Standing]):
    """Where a comment stands on a newer draft than its own: on the newest published one, or on `?standing_on=`.

    `clauses` are what its clause became there; `lost` what of it was dropped on the way, from the draft `dropped_in` on.
    """

    draft = serializers.IntegerField(source="draft.ordinal")
    kind = serializers.ChoiceField(Kind.choices)
    summary = serializers.SerializerMethodField(help_text="The same in words, in the language of the request.")
    clauses = ClauseReference(many=True)
    lost = ClauseReference(many=True)
    dropped_in = serializers.SerializerMethodField()
    is_moved = serializers.BooleanField()
    is_renumbered = serializers.BooleanField()
    is_text_changed = serializers.BooleanField()
    is_changed_below = serializers.BooleanField(help_text="What stands below the clause has changed.")
    languages_changed = serializers.ListField(child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES))
    taken_over = ClauseReference(
        allow_null=True, help_text="The clause that now has the words that the comment proposed."
    )
    is_provisional = serializers.BooleanField(help_text="Told to staff of a draft in preparation: not confirmed yet.")

    def get_dropped_in(self, standing: Standing) -> int | None:
        """Return the first draft without a part that was dropped."""
        return standing.dropped_in.ordinal if standing.dropped_in else None

    def get_summary(self, standing: Standing) -> str:
        """Return where it stands, in words."""
        return " ".join(say_standing(standing))


class ChangedStandingSerializer(StandingSerializer):
    """Where a comment stands, with what changed in its clause's words; `language` is the one that this is shown in."""

    language = serializers.CharField()
    redline = RedlineOperationSerializer(source="operations", many=True)


class WithStanding(RecordSerializer):
    """Adds where a comment stands on a newer draft; null where there is none.

    The view has put what it found for all of them into `context["standings"]`, by comment id.
    """

    standing = serializers.SerializerMethodField()

    @extend_schema_field(StandingSerializer(allow_null=True))
    def get_standing(self, comment: Comment) -> dict[str, Any] | None:
        """Return where the comment stands."""
        return represent_standing(StandingSerializer, comment, self.context)


def represent_standing(
    serializer: type[StandingSerializer], comment: Comment, context: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return where a comment stands as JSON; asked anew where the view has not asked for many at once."""
    standings = context.get("standings")
    if standings is None:
        standings = find_newest_standings([comment])
    standing = standings.get(comment.pk)
    return dict(serializer(standing, context=context).data) if standing else None


COMMENT_FIELDS = [
    "target",
    "clause",
    "category",
    "position",
    "operation",
    "proposed_text",
    "rationale",
    "language",
]
"""What a comment says, whoever reads it."""


class CommentSerializer(WithStanding):
    """One remark of a submission on a clause, on the place after it, or on the whole text; and the answer to it.

    `party` and `on_behalf_of` are null where the delegation did not agree to be named.
    """

    url = address("api-comment-detail", "pk")
    party = PartySerializer(source="submission.named_delegation", allow_null=True)
    on_behalf_of = GroupReference(source="submission.named_group", allow_null=True)
    submission = serializers.IntegerField(source="submission_id")
    call = serializers.IntegerField(source="submission.call_id")
    draft = serializers.IntegerField(source="submission.call.draft.ordinal")
    clause = ClauseReference(allow_null=True)
    submitted_at = MomentField(source="submission.submitted_at")
    is_late = serializers.BooleanField(source="submission.is_late")
    answer = RepliedAnswerSerializer(allow_null=True)

    class Meta:
        model = Comment
        fields = [
            "url",
            "id",
            "submission",
            "number",
            "call",
            "draft",
            "party",
            "on_behalf_of",
            *COMMENT_FIELDS,
            "submitted_at",
            "is_late",
            "answer",
            "standing",
        ]


class Redlined(WithStanding):
    """Adds what the proposal changes in the clause, word by word; empty where it proposes no change.

    Where the comment stands is told with what changed since.
    """

    redline = serializers.SerializerMethodField()

    @extend_schema_field(ChangedStandingSerializer(allow_null=True))
    def get_standing(self, comment: Comment) -> dict[str, Any] | None:
        """Return where the comment stands, with what changed."""
        return represent_standing(ChangedStandingSerializer, comment, self.context)

    @extend_schema_field(RedlineOperationSerializer(many=True))
    def get_redline(self, comment: Comment) -> list[dict[str, str]]:
        """Return the operations that make the proposal of the clause's words."""
        wordings = comment.clause.wordings.all() if comment.clause else []
        return [operation._asdict() for operation in redline_proposal(comment, wordings)]


class CommentDetailSerializer(Redlined, CommentSerializer):
    """A comment with its redline."""

    class Meta(CommentSerializer.Meta):
        fields = [*CommentSerializer.Meta.fields, "redline"]


class AnsweredCommentSerializer(CommentSerializer):
    """The comment that an answer belongs to."""

    class Meta(CommentSerializer.Meta):
        fields = [name for name in CommentSerializer.Meta.fields if name != "answer"]


class DispositionSerializer(RepliedAnswerSerializer):
    """A published answer with the reply to it, and the comment that it answers."""

    url = address("api-disposition-detail", "pk")
    comment = AnsweredCommentSerializer()

    class Meta(RepliedAnswerSerializer.Meta):
        fields = ["url", *RepliedAnswerSerializer.Meta.fields, "comment"]


class PositionCountsSerializer(serializers.Serializer[Any]):
    """How many public comments there are on a clause, and how their positions divide."""

    comments = serializers.IntegerField()
    supports = serializers.IntegerField()
    supports_with_amendment = serializers.IntegerField()
    reserves = serializers.IntegerField()
    opposes = serializers.IntegerField()
    asks_for_clarification = serializers.IntegerField()
    without_position = serializers.IntegerField()

    def to_representation(self, clause: Any) -> dict[str, Any]:
        """Return the counts of a clause, which the view has put into `context["positions"]`."""
        counts: dict[str, int] = self.context["positions"].get(clause.pk, {})
        divided = {position: counts.get(position, 0) for position in Comment.Position.values}
        return {"comments": sum(counts.values()), **divided, "without_position": counts.get("", 0)}


class CountedClauseSerializer(ClauseSerializer):
    """A clause, with how many public comments it has and how their positions divide.

    Comments made on earlier drafts of it are counted apart.
    """

    positions = PositionCountsSerializer(source="*")
    comments_url = serializers.SerializerMethodField()
    earlier_comments = serializers.SerializerMethodField(help_text="How many were made on earlier drafts of it.")
    earlier_comments_url = serializers.SerializerMethodField()

    class Meta(ClauseSerializer.Meta):
        fields = [
            *ClauseSerializer.Meta.fields,
            "positions",
            "comments_url",
            "earlier_comments",
            "earlier_comments_url",
        ]

    def get_earlier_comments(self, clause: Clause) -> int:
        """Return the number, which the view has put into `context["carried"]`."""
        carried: dict[int, int] = self.context["carried"]
        return carried.get(clause.pk, 0)

    def get_earlier_comments_url(self, clause: Clause) -> str:
        """Return the address of the public comments on earlier drafts of it."""
        asked = {"standing_on": clause.draft.ordinal, "leads_to": clause.eid}
        return narrowed_list("api-comment-list", self.context["request"], **asked)

    def get_comments_url(self, clause: Clause) -> str:
        """Return the address of the public comments on it."""
        return narrowed_list("api-comment-list", self.context["request"], draft=clause.draft.ordinal, clause=clause.eid)
