"""What staff read and send: drafts and calls in preparation, what was filed, and answers before they are published."""

from typing import Any

from rest_framework import serializers

from consultations.api.serializers import (
    CallSerializer,
    CommentSerializer,
    PartySerializer,
    Redlined,
    SubmissionSerializer,
)
from consultations.models import Call, Comment, Disposition, EarlyOpening, Submission
from declaration.api.base import InputSerializer, MomentField, RecordSerializer, TextInputField
from declaration.api.fields import TranslatedSerializerField
from declaration.api.references import ClauseReference, GroupReference
from declaration.api.serializers import address
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Stakeholder

MAX_ANSWERS = 1000
"""So many answers are published at once."""


class StaffEarlyOpeningSerializer(RecordSerializer):
    """An early opening as staff read it, also one that nobody has confirmed yet."""

    asked_by = serializers.CharField()
    confirmed_by = serializers.CharField(allow_null=True)

    class Meta:
        model = EarlyOpening
        fields = ["reason", "language", "asked_by", "asked_at", "confirmed_by", "confirmed_at"]


class StaffCallSerializer(CallSerializer):
    """A call, also one in preparation, with those who are invited by name."""

    url = address("api-staff-call-detail", "pk")
    invited = PartySerializer(many=True)
    early_opening = StaffEarlyOpeningSerializer(  # type: ignore[assignment] # staff read more of it
        allow_null=True, default=None
    )

    class Meta(CallSerializer.Meta):
        fields = [*CallSerializer.Meta.fields, "invited"]


class CallInput(InputSerializer):
    """What a call for comments says of itself. A time without an offset is taken as Coordinated Universal Time."""

    draft = serializers.IntegerField(min_value=0, help_text="The number of the draft.")
    title = TranslatedSerializerField()
    note = TranslatedSerializerField(default=dict)
    opens_at = MomentField()
    closes_at = MomentField()
    time_zone = serializers.CharField(
        max_length=64, required=False, help_text="In which times are announced, as in the IANA database: Africa/Cairo."
    )
    audience = serializers.ListField(child=serializers.ChoiceField(Call.Audience.choices), max_length=5)
    languages = serializers.ListField(child=serializers.ChoiceField(TEXT_LANGUAGE_CHOICES), max_length=6)
    publication_rule = serializers.ChoiceField(Call.PublicationRule.choices, default=Call.PublicationRule.AS_RECEIVED)
    takes_late = serializers.BooleanField(default=False)
    stakeholder_kinds = serializers.ListField(
        child=serializers.ChoiceField(Stakeholder.Kind.choices),
        default=list,
        max_length=9,
        help_text="Which stakeholders may answer; all of them where none is named.",
    )
    holds_stakeholders = serializers.BooleanField(default=False)
    needs_second_reader = serializers.BooleanField(default=False)
    invited = serializers.ListField(
        child=serializers.CharField(max_length=120),
        default=list,
        max_length=1000,
        help_text="The keys of the delegations' parties: XAA.",
    )


class EarlyOpeningInput(InputSerializer):
    """Why sealed filings should be opened before their call closes; everybody will read it."""

    reason = TextInputField()
    language = serializers.ChoiceField(TEXT_LANGUAGE_CHOICES)


class CallExtension(InputSerializer):
    """The later closing time of a call."""

    closes_at = MomentField()


class StaffSubmissionSerializer(SubmissionSerializer):
    """What a party filed, with who it is and what it agreed to."""

    comment_list = "api-staff-comment-list"

    url = address("api-staff-submission-detail", "pk")
    party = PartySerializer(source="delegation")
    on_behalf_of = GroupReference(allow_null=True)
    group_members = serializers.ListField(child=serializers.CharField(max_length=3))
    co_sponsors = PartySerializer(source="co_sponsoring", many=True)
    supersedes = serializers.IntegerField(source="supersedes_id", allow_null=True)

    class Meta:
        model = Submission
        fields = [
            *SubmissionSerializer.Meta.fields,
            "status",
            "supersedes",
            "consents_to_attribution",
            "consents_to_publication",
        ]


class StaffAnswerSerializer(RecordSerializer):
    """The answer to a comment, published or not. Send `revision` back with a change."""

    resulting_clause = ClauseReference(allow_null=True)
    decided_by = serializers.CharField()
    reviewed_by = serializers.CharField(allow_null=True)

    class Meta:
        model = Disposition
        fields = [
            "id",
            "decision",
            "reason",
            "language",
            "resulting_clause",
            "published_at",
            "decided_by",
            "reviewed_by",
            "reviewed_at",
            "updated_at",
            "revision",
        ]


class StaffCommentSerializer(CommentSerializer):
    """A comment that staff have to answer: who made it, what may be published of it, and the answer as it stands."""

    url = address("api-staff-comment-detail", "pk")
    party = PartySerializer(source="submission.delegation")
    on_behalf_of = GroupReference(source="submission.on_behalf_of", allow_null=True)
    consents_to_attribution = serializers.BooleanField(source="submission.consents_to_attribution")
    consents_to_publication = serializers.BooleanField(source="submission.consents_to_publication")
    assigned_to = serializers.CharField(source="assignment.assigned_to.email", allow_null=True, default=None)
    answer = StaffAnswerSerializer(  # type: ignore[assignment] # staff read more of it
        source="disposition", allow_null=True, default=None
    )

    class Meta(CommentSerializer.Meta):
        fields = [*CommentSerializer.Meta.fields, "consents_to_attribution", "consents_to_publication", "assigned_to"]


class StaffCommentDetailSerializer(Redlined, StaffCommentSerializer):
    """The same with its redline."""

    class Meta(StaffCommentSerializer.Meta):
        model = Comment
        fields = [*StaffCommentSerializer.Meta.fields, "redline"]


class ClauseKey(InputSerializer):
    """A clause of a draft."""

    draft = serializers.IntegerField(min_value=0)
    eid = serializers.CharField(max_length=120)


class AnswerContent(InputSerializer):
    """What staff answer."""

    decision = serializers.ChoiceField(Disposition.Decision.choices)
    reason = TextInputField(default="")
    language = serializers.ChoiceField(
        TEXT_LANGUAGE_CHOICES, required=False, help_text="The comment's language unless said."
    )
    resulting_clause = ClauseKey(allow_null=True, default=None)


class AnswerInput(AnswerContent):
    """What staff answer to one comment. `revision` is the answer's as it was read, 0 where there was none."""

    revision = serializers.IntegerField(min_value=0)


class ChosenAnswers(InputSerializer):
    """Which answers are meant, by `id`."""

    ids = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=MAX_ANSWERS)


class ChangedAnswers(serializers.Serializer[Any]):
    """The answers that were changed; those that were so already are not among them."""

    ids = serializers.ListField(child=serializers.IntegerField())
