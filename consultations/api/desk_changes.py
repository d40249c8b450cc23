"""What changed in the text since a delegation last commented on it, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from consultations.api.access import DeskAccess, own_delegation
from consultations.api.desk_serializers import DeskCommentDetailSerializer
from consultations.changes import Change, ChangedClause, Changes, find_changes
from declaration.api.redlines import RedlineOperationSerializer
from declaration.api.references import ClauseReference, DraftReference
from declaration.languages import active_text_language


class ChangedClauseSerializer(serializers.Serializer[ChangedClause]):
    """A clause that changed or is new, and on which the delegation had said nothing.

    `was` is null for a new one, and `clauses`, what it became, are none where it was dropped.
    """

    kind = serializers.ChoiceField(Change.choices)
    was = ClauseReference(allow_null=True)
    clauses = ClauseReference(many=True)
    language = serializers.CharField()
    redline = RedlineOperationSerializer(source="operations", many=True)


class ChangesSerializer(serializers.Serializer[Changes]):
    """What changed from the draft that a delegation last commented on, `older`, to the newest one.

    `submission` is its last filing and `comments` what it said there, each with where it stands now and what was answered.
    """

    submission = serializers.IntegerField(source="submission.pk")
    older = DraftReference()
    newer = DraftReference()
    comments = serializers.SerializerMethodField()
    others = ChangedClauseSerializer(many=True)

    @extend_schema_field(DeskCommentDetailSerializer(many=True))
    def get_comments(self, changes: Changes) -> list[dict[str, Any]]:
        """Return the comments, each with where it stands."""
        context = {**self.context, "standings": changes.standings}
        return list(DeskCommentDetailSerializer(changes.comments, many=True, context=context).data)


class ChangesAnswer(serializers.Serializer[Any]):
    """What changed; null where the delegation has filed nothing, or no draft is newer than the one it commented on."""

    changes = ChangesSerializer(allow_null=True)


class DeskChanges(DeskAccess):
    """What changed since a delegation last commented on the text."""

    @extend_schema(operation_id="desk_delegations_changes", responses=ChangesAnswer)
    def get(self, request: Request, key: str) -> Response:
        """Tell what became of each of its comments on the newest draft, and what else changed there."""
        delegation = own_delegation(request, key)
        changes = find_changes(delegation, language=active_text_language())
        serializer = ChangesSerializer(changes, context={"request": request}) if changes else None
        return Response({"changes": serializer.data if serializer else None})
