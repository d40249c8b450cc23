"""What changed, for everyone, and for staff and delegations what is theirs: as JSON, and as plain text (`?format=txt`)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consultations.api.access import DeskAccess, StaffAccess
from consultations.api.answer_serializers import AnswerSerializer
from consultations.api.serializers import PartySerializer
from consultations.models import Comment, Submission
from consultations.proposals import redline_proposal
from consultations.reasons import Reason, find_reasons
from consultations.views.comparing import choose_among
from declaration import comparing
from declaration.api.base import PublicReading
from declaration.api.comparing import ClauseHistorySerializer, ComparedClauseSerializer, ComparisonSerializer
from declaration.api.redlines import RedlineOperationSerializer
from declaration.comparing.plain import print_clause, print_comparison, print_history
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Clause, Draft
from declaration.text.redline import as_plain_text

SHOWS = ("all", "changes")

LANGUAGE = OpenApiParameter("language", str, enum=list(TEXT_LANGUAGES), description="The language that is compared.")
FORMAT = OpenApiParameter(
    "format", str, enum=("json", "txt"), description="txt: plain text, with [-deleted-] and {+inserted+}."
)
SHOW = OpenApiParameter("show", str, enum=SHOWS, description="changes: only clauses of which anything differs.")


class TextRenderer(BaseRenderer):
    """Plain text, for terminals; an error as its sentences."""

    media_type = "text/plain"
    format = "txt"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> str:
        """Return a text as it is, and what went wrong as lines."""
        if isinstance(data, str):
            return data
        return "".join(f"{error['detail']}\n" for error in data.get("errors", ())) if data else ""


def take_choice(request: Request, name: str, choices: Sequence[str]) -> str:
    """Return what a request chooses, the first choice where it says nothing. Raises `ValidationError` for what is no choice."""
    asked = request.query_params.get(name, "") or next(iter(choices), "")
    if asked not in choices:
        message = _("This can be one of: %(choices)s.") % {"choices": ", ".join(choices)}
        raise ValidationError({name: [ErrorDetail(message, code="invalid_choice")]})
    return asked


def take_language(request: Request, languages: Sequence[str]) -> str:
    """Return the language to compare in, the reader's own unless said. Raises `Http404` where there is none."""
    default = choose_among(languages, active_text_language())
    if not default:
        raise Http404(_("The two drafts have no language in common."))
    return take_choice(request, "language", [default, *(code for code in languages if code != default)])


class Comparing(APIView):
    """For views of what changed."""

    further_errors = (400,)
    renderer_classes = [JSONRenderer, TextRenderer]

    def get_drafts(self) -> QuerySet[Draft]:
        """Return the drafts that may be shown: the published ones."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return drafts

    def answer(self, request: Request, data: Callable[[], Any], text: Callable[[], str]) -> Any:
        """Return what was asked for: JSON or text."""
        return Response(text() if request.accepted_renderer.format == TextRenderer.format else data())

    def find_clause(self, ordinal: int, eid: str) -> Clause:
        """Return a clause with its words."""
        clauses = Clause.objects.filter(draft__in=self.get_drafts()).select_related("draft__declaration")
        clause: Clause = get_object_or_404(clauses.with_wordings(), draft__ordinal=ordinal, eid=eid)
        return clause


class DraftComparing(Comparing):
    """Two drafts compared."""

    def compare(self, request: Request, ordinal: int, other: int) -> Any:
        """Return the comparison."""
        newer = get_object_or_404(self.get_drafts(), ordinal=max(ordinal, other))
        drafts = self.get_drafts().filter(declaration=newer.declaration_id)
        earlier = [each for each in comparing.list_comparable(newer, drafts) if each.ordinal < newer.ordinal]
        older = next((each for each in earlier if each.ordinal == min(ordinal, other)), None)
        if older is None:
            raise Http404(_("These two drafts do not follow from one another."))
        language = take_language(request, comparing.shared_languages(newer, older))
        only_changes = take_choice(request, "show", SHOWS) == "changes"
        comparison = comparing.compare_drafts(newer, older, language)
        context = {"request": request, "only_changes": only_changes}
        return self.answer(
            request,
            lambda: ComparisonSerializer(comparison, context=context).data,
            lambda: print_comparison(comparison, only_changes=only_changes),
        )


class DraftCompareView(PublicReading, DraftComparing):
    """What changed from one published draft to another."""

    @extend_schema(operation_id="drafts_compare", parameters=[LANGUAGE, SHOW, FORMAT], responses=ComparisonSerializer)
    def get(self, request: Request, ordinal: int, other: int) -> Any:
        """Return every clause of both, with what changed in it."""
        return self.compare(request, ordinal, other)


class StaffDraftCompareView(StaffAccess, DraftComparing):
    """What changed from one draft to another, also to one in preparation."""

    def get_drafts(self) -> QuerySet[Draft]:
        """Return all drafts."""
        drafts: QuerySet[Draft] = Draft.objects.for_reading()
        return drafts

    @extend_schema(
        operation_id="staff_drafts_compare", parameters=[LANGUAGE, SHOW, FORMAT], responses=ComparisonSerializer
    )
    def get(self, request: Request, ordinal: int, other: int) -> Any:
        """Return every clause of both, with what changed in it."""
        return self.compare(request, ordinal, other)


class ClauseCompareView(PublicReading, Comparing):
    """A clause against any other."""

    @extend_schema(
        operation_id="drafts_clauses_compare", parameters=[LANGUAGE, FORMAT], responses=ComparedClauseSerializer
    )
    def get(self, request: Request, ordinal: int, eid: str, other: int, other_eid: str) -> Any:
        """Return what changes from the second clause of the address to the first."""
        one, old = self.find_clause(ordinal, eid), self.find_clause(other, other_eid)
        language = take_language(request, comparing.shared_languages(one.draft, old.draft))
        compared = comparing.compare_clauses(one, old, language)
        context = {"request": request}
        return self.answer(
            request,
            lambda: ComparedClauseSerializer(compared, context=context).data,
            lambda: print_clause(compared),
        )


class ReasonSerializer(serializers.Serializer[Reason]):
    """A published answer that led to a clause of the history; the comment is public."""

    clause = serializers.CharField(help_text="The identifier of the clause.")
    draft = serializers.IntegerField(help_text="The draft that the clause is in.")
    comment = serializers.IntegerField(source="reason.comment.pk")
    party = PartySerializer(source="reason.comment.submission.named_delegation", allow_null=True)
    names_clause = serializers.BooleanField(
        source="reason.names_clause", help_text="Whether the answer names the clause as what came of the comment."
    )
    answer = AnswerSerializer(source="reason.answer")


class ReasonedHistorySerializer(ClauseHistorySerializer):
    """A clause through all drafts, with the published answers that led to it."""

    reasons = serializers.SerializerMethodField()

    @extend_schema_field(ReasonSerializer(many=True))
    def get_reasons(self, history: comparing.ClauseHistory) -> list[dict[str, Any]]:
        """Return the answers, in the order of the history."""
        found = find_reasons(history)
        rows = [
            {"clause": clause.eid, "draft": clause.draft.ordinal, "reason": reason}
            for clause in history.clauses
            for reason in found.get(clause.pk, ())
        ]
        return list(ReasonSerializer(rows, many=True, context=self.context).data)  # type: ignore[arg-type]


class ClauseHistoryView(PublicReading, Comparing):
    """A clause through all published drafts."""

    @extend_schema(
        operation_id="drafts_clauses_history", parameters=[LANGUAGE, FORMAT], responses=ReasonedHistorySerializer
    )
    def get(self, request: Request, ordinal: int, eid: str) -> Any:
        """Return its words in each draft, what changed in them, and why."""
        clause = self.find_clause(ordinal, eid)
        language = take_language(request, [code for code in TEXT_LANGUAGES if code in clause.draft.languages])
        drafts = self.get_drafts().filter(declaration=clause.draft.declaration_id)
        history = comparing.clause_history(clause, language, drafts)
        context = {"request": request}
        return self.answer(
            request,
            lambda: ReasonedHistorySerializer(history, context=context).data,
            lambda: print_history(history),
        )


class ProposalSerializer(serializers.Serializer[Any]):
    """What a comment's proposal does to the words of its clause; no operations where it proposes no change."""

    comment = serializers.IntegerField(source="pk")
    operation = serializers.ChoiceField(Comment.Operation.choices)
    language = serializers.CharField()
    redline = serializers.SerializerMethodField()

    @extend_schema_field(RedlineOperationSerializer(many=True))
    def get_redline(self, comment: Comment) -> list[dict[str, str]]:
        """Return the operations."""
        return [operation._asdict() for operation in redline_of(comment)]


def redline_of(comment: Comment) -> list[Any]:
    """Return what a comment's proposal does to its clause."""
    return redline_proposal(comment, comment.clause.wordings.all() if comment.clause else [])


class ProposalView(Comparing):
    """What a proposal does to its clause, for who may read the comment."""

    def find_comment(self, request: Request, **keys: int) -> Comment:
        """Return the comment. Raises `Http404` for one that the reader may not see."""
        raise NotImplementedError

    def show(self, request: Request, **keys: int) -> Any:
        """Return the redline."""
        comment = self.find_comment(request, **keys)
        return self.answer(
            request, lambda: ProposalSerializer(comment).data, lambda: f"{as_plain_text(redline_of(comment))}\n"
        )


class CommentRedlineView(PublicReading, ProposalView):
    """What a published proposal does to its clause."""

    @extend_schema(operation_id="comments_redline", parameters=[FORMAT], responses=ProposalSerializer)
    def get(self, request: Request, pk: int) -> Any:
        """Return the redline."""
        return self.show(request, pk=pk)

    def find_comment(self, request: Request, **keys: int) -> Comment:
        """Return a public comment."""
        comment: Comment = get_object_or_404(Comment.objects.public().select_related("clause"), **keys)
        return comment


class DeskCommentRedlineView(DeskAccess, ProposalView):
    """What a proposal of one's own delegation does to its clause."""

    @extend_schema(operation_id="desk_submissions_comments_redline", parameters=[FORMAT], responses=ProposalSerializer)
    def get(self, request: Request, submission: int, number: int) -> Any:
        """Return the redline."""
        return self.show(request, submission=submission, number=number)

    def find_comment(self, request: Request, **keys: int) -> Comment:
        """Return a comment of one of her delegations."""
        own = get_object_or_404(Submission.objects.of_delegations_of(request.user), pk=keys["submission"])
        comment: Comment = get_object_or_404(own.comments.select_related("clause"), number=keys["number"])
        return comment


class StaffCommentRedlineView(StaffAccess, ProposalView):
    """What a filed proposal does to its clause."""

    @extend_schema(operation_id="staff_comments_redline", parameters=[FORMAT], responses=ProposalSerializer)
    def get(self, request: Request, pk: int) -> Any:
        """Return the redline."""
        return self.show(request, pk=pk)

    def find_comment(self, request: Request, **keys: int) -> Comment:
        """Return a comment that staff may read."""
        filed = Comment.objects.filed_for_staff().select_related("clause")
        comment: Comment = get_object_or_404(filed, **keys)
        return comment
