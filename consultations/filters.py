"""How lists of calls, submissions, comments and answers are narrowed; see `declaration.filters`.

Filters by party find only filings that their delegations agreed to have under their name: a filter must not tell who
wrote what was published without a name. Staff and a delegation's own pages have filters of their own.
"""

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from consultations.models import Call, Comment, DelegationNote, Disposition, Reply, Submission
from consultations.public_counts import PublicCounts
from consultations.standing import Kind, find_standings
from declaration.fates import find_ancestors_of
from declaration.filters import KeyFilter, SearchFilter, WholeNumberFilter, YesNoFilter
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Clause, Draft, State

NO_POSITION = "none"
POSITIONS = [*Comment.Position.choices, (NO_POSITION, _("none recorded"))]

ANSWER_STATUSES = [
    ("none", _("not answered")),
    ("unpublished", _("answered, not published")),
    ("published", pgettext_lazy("an answer", "published")),
]

ASSIGNED = [("me", _("me")), ("somebody", _("one of us")), ("nobody", _("nobody yet"))]

PARTY_KINDS = [("state", _("States")), ("group", _("groups of States")), ("stakeholder", _("stakeholders"))]


def _party(delegation: str, key: str) -> Q:
    return (
        Q(**{f"{delegation}__state__alpha3": key})
        | Q(**{f"{delegation}__stakeholder__slug": key})
        | Q(**{f"{delegation}__group__code": key})
    )


class PartyFilter(KeyFilter):
    """Keeps what a party filed under its name. `to` leads to the submission: "" or "submission__"."""

    def __init__(self, *, to: str = "", also_unattributed: bool = False, **kwargs: Any) -> None:
        self.to = to
        self.also_unattributed = also_unattributed
        kwargs.setdefault("label", _("Party"))
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Return the rows; all of them where no party was named."""
        if not value:
            return qs
        found = _party(f"{self.to}delegation", value)
        return qs.filter(found if self.also_unattributed else found & Q(**{f"{self.to}consents_to_attribution": True}))


class PartyGroupFilter(PartyFilter):
    """Keeps what the States of a group, as they are members now, filed under their name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("States of the group"))
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Return the rows; all of them where no group was named."""
        if not value:
            return qs
        members = State.objects.filter(group_memberships__group__code=value, group_memberships__left_on__isnull=True)
        found = Q(**{f"{self.to}delegation__state__in": members})
        return qs.filter(found if self.also_unattributed else found & Q(**{f"{self.to}consents_to_attribution": True}))


class PartyKindFilter(django_filters.ChoiceFilter):
    """Keeps what States, groups or stakeholders filed under their names. `to` as in `PartyFilter`."""

    def __init__(self, *, to: str = "", also_unattributed: bool = False, **kwargs: Any) -> None:
        self.to = to
        self.also_unattributed = also_unattributed
        kwargs.setdefault("label", _("Filed by"))
        super().__init__(choices=PARTY_KINDS, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows; all of them where nothing was chosen."""
        if not value:
            return qs
        found = Q(**{f"{self.to}delegation__{value}__isnull": False})
        return qs.filter(found if self.also_unattributed else found & Q(**{f"{self.to}consents_to_attribution": True}))


class WithinClauseFilter(KeyFilter):
    """Keeps comments on a clause and on everything that stands below it."""

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        """Return the rows; all of them where no clause was named."""
        if not value:
            return qs
        return qs.filter(Q(**{self.field_name: value}) | Q(**{f"{self.field_name}__startswith": f"{value}__"}))


class PositionFilter(django_filters.ChoiceFilter):
    """Keeps comments with a position, or those without one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Position"))
        super().__init__(choices=POSITIONS, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows; all of them where nothing was chosen."""
        return qs.filter(position="") if value == NO_POSITION else super().filter(qs, value)


@extend_schema_field(OpenApiTypes.INT)
class StandingOnFilter(django_filters.ModelChoiceFilter):
    """Names the draft, by its number, on which it is told where comments stand; it leaves no row out by itself."""

    def __init__(self, *, also_preparing: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Where it stands on draft"))
        drafts = Draft.objects.order_by("-ordinal")
        super().__init__(queryset=drafts if also_preparing else drafts.published(), to_field_name="ordinal", **kwargs)

    def filter(self, qs: QuerySet[Any], value: Draft | None) -> QuerySet[Any]:
        """Return all rows."""
        return qs


class CallFilter(django_filters.FilterSet):
    """Calls by draft, and by whether they take comments now."""

    draft = WholeNumberFilter(field_name="draft__ordinal", label=_("Draft"))
    is_open = YesNoFilter(method="open_now", label=_("Open now"))
    publication_rule = django_filters.ChoiceFilter(choices=Call.PublicationRule.choices, label=_("Publication rule"))

    class Meta:
        model = Call
        fields: list[str] = []

    def open_now(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Return the calls that take comments in time now, or the others."""
        at = timezone.now()
        is_open = Q(status=Call.Status.OPEN, opens_at__lte=at, closes_at__gt=at)
        return queryset.filter(is_open if value else ~is_open)


class StaffCallFilter(CallFilter):
    """Calls for staff, who see those in preparation too."""

    status = django_filters.ChoiceFilter(choices=Call.Status.choices, label=_("Status"))


class SubmissionFilter(django_filters.FilterSet):
    """Submissions by call, draft, party and language."""

    call = WholeNumberFilter(field_name="call_id", label=_("Call"))
    draft = WholeNumberFilter(field_name="call__draft__ordinal", label=_("Draft"))
    party = PartyFilter()
    group = PartyGroupFilter()
    language = django_filters.ChoiceFilter(choices=TEXT_LANGUAGE_CHOICES, label=_("Language"))
    is_late = YesNoFilter(label=_("Filed late"))

    class Meta:
        model = Submission
        fields: list[str] = []


class StaffSubmissionFilter(SubmissionFilter):
    """Submissions for staff, who know who filed."""

    party = PartyFilter(also_unattributed=True)
    group = PartyGroupFilter(also_unattributed=True)
    status = django_filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in Submission.FILED], label=_("Status")
    )


class DeskSubmissionFilter(django_filters.FilterSet):
    """A delegation's own submissions, filed or not."""

    call = WholeNumberFilter(field_name="call_id", label=_("Call"))
    delegation = PartyFilter(also_unattributed=True, label=_("Delegation"))
    status = django_filters.ChoiceFilter(choices=Submission.Status.choices, label=_("Status"))

    class Meta:
        model = Submission
        fields: list[str] = []


class CommentFilter(django_filters.FilterSet):
    """Comments by what they are on, what they say, who says it, and the published answer."""

    call = WholeNumberFilter(field_name="submission__call_id", label=_("Call"))
    submission = WholeNumberFilter(field_name="submission_id", label=_("Submission"))
    draft = WholeNumberFilter(field_name="submission__call__draft__ordinal", label=_("Draft"))
    clause = KeyFilter(field_name="clause__eid", label=_("Clause"))
    within = WithinClauseFilter(field_name="clause__eid", label=_("Clause, or what stands below it"))
    target = django_filters.ChoiceFilter(choices=Comment.Target.choices, label=_("On"))
    category = django_filters.ChoiceFilter(choices=Comment.Category.choices, label=_("Category"))
    position = PositionFilter()
    operation = django_filters.ChoiceFilter(choices=Comment.Operation.choices, label=_("Change proposed"))
    language = django_filters.ChoiceFilter(choices=TEXT_LANGUAGE_CHOICES, label=_("Language"))
    party = PartyFilter(to="submission__")
    party_kind = PartyKindFilter(to="submission__")
    group = PartyGroupFilter(to="submission__")
    is_answered = YesNoFilter(method="with_published_answer", label=_("Answered"))
    decision = django_filters.ChoiceFilter(
        choices=Disposition.Decision.choices, method="with_published_decision", label=_("Decision")
    )
    standing_on = StandingOnFilter()
    leads_to = KeyFilter(method="by_what_it_led_to", label=_("Clause that it leads to"))
    standing = django_filters.ChoiceFilter(choices=Kind.choices, method="by_standing", label=_("Where it stands"))

    class Meta:
        model = Comment
        fields: list[str] = []

    @property
    def draft_stood_on(self) -> Draft | None:
        """The draft on which it is asked where comments stand; nothing where none was named, or one that is not readable."""
        chosen: Draft | None = self.form.cleaned_data.get("standing_on") if self.form.is_valid() else None
        return chosen

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments on earlier drafts that stand so on a draft: on the newest published one, unless said."""
        draft = self.form.cleaned_data.get("standing_on") or self.find_newest()
        return queryset.filter(pk__in=self.find_standing(draft, value)) if draft else queryset.none()

    def by_what_it_led_to(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments on earlier drafts of a clause of a draft: of the newest one, unless said."""
        draft = self.form.cleaned_data.get("standing_on") or self.find_newest()
        clause = Clause.objects.filter(draft=draft, eid=value).first()
        if draft is None or clause is None:
            return queryset.none()
        return queryset.filter(clause__in=find_ancestors_of(clause, draft))

    def find_newest(self) -> Draft | None:
        """Return the draft on which it is told where comments stand, unless one is named."""
        newest: Draft | None = Draft.objects.current().first()
        return newest

    def find_standing(self, draft: Draft, kind: str) -> list[int]:
        """Return the ids of the comments that stand so on a draft, of those that everyone may read."""
        return [pk for pk, found in PublicCounts().carried_to(draft).kinds.items() if found == kind]

    def with_published_answer(self, queryset: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Return the comments that have a published answer, or the others."""
        published = Exists(Disposition.objects.published().filter(comment=OuterRef("pk")))
        return queryset.filter(published if value else ~published)

    def with_published_decision(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments on which that was decided, as far as it has been published."""
        return queryset.filter(disposition__decision=value, disposition__published_at__isnull=False)


class DeskCommentFilter(django_filters.FilterSet):
    """The comments of a delegation's own submission."""

    clause = KeyFilter(field_name="clause__eid", label=_("Clause"))
    within = WithinClauseFilter(field_name="clause__eid", label=_("Clause, or what stands below it"))
    category = django_filters.ChoiceFilter(choices=Comment.Category.choices, label=_("Category"))
    position = PositionFilter()
    operation = django_filters.ChoiceFilter(choices=Comment.Operation.choices, label=_("Change proposed"))
    clearance = django_filters.ChoiceFilter(choices=Comment.Clearance.choices, label=_("Clearance"))
    standing_on = StandingOnFilter()

    class Meta:
        model = Comment
        fields: list[str] = []


class NoteFilter(django_filters.FilterSet):
    """The notes on a delegation's own submission."""

    comment = WholeNumberFilter(field_name="comment_number", label=_("Number of the comment"))

    class Meta:
        model = DelegationNote
        fields: list[str] = []


class StaffCommentFilter(CommentFilter):
    """Comments for staff, who know who wrote them and what is not published yet."""

    standing_on = StandingOnFilter(also_preparing=True)
    party = PartyFilter(to="submission__", also_unattributed=True)
    party_kind = PartyKindFilter(to="submission__", also_unattributed=True)
    group = PartyGroupFilter(to="submission__", also_unattributed=True)
    q = SearchFilter(plain=("proposed_text", "rationale"), label=_("Words of the comment"))
    answer = django_filters.ChoiceFilter(choices=ANSWER_STATUSES, method="by_answer", label=_("Answer"))
    decision = django_filters.ChoiceFilter(
        field_name="disposition__decision", choices=Disposition.Decision.choices, label=_("Decision")
    )

    assigned = django_filters.ChoiceFilter(choices=ASSIGNED, method="by_assignment", label=_("Prepared by"))
    reply = django_filters.ChoiceFilter(choices=Reply.Verdict.choices, method="by_reply", label=_("Reply"))

    def by_assignment(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments that were given to the person herself, to somebody, or to nobody."""
        if value == "me":
            return queryset.filter(assignment__assigned_to=self.request.user)
        return queryset.filter(assignment__isnull=value == "nobody")

    def by_reply(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments to whose published answer that was replied."""
        replies = Reply.objects.filter(verdict=value, to_revision=F("disposition__revision"))
        published = queryset.filter(disposition__published_at__isnull=False)
        return published.filter(disposition__in=replies.values("disposition"))

    def find_newest(self) -> Draft | None:
        """Return the newest draft: for staff also one in preparation that is to supersede another."""
        readable = Q(status__in=["published", "adopted"]) | Q(status="preparing", supersedes__isnull=False)
        newest: Draft | None = Draft.objects.filter(readable).order_by("-ordinal").first()
        return newest

    def find_standing(self, draft: Draft, kind: str) -> list[int]:
        """Return the ids of the comments that stand so on a draft, of those that staff may read."""
        standings = find_standings(Comment.objects.filed_for_staff(), draft)
        return [pk for pk, standing in standings.items() if standing.kind == kind]

    def by_answer(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments without an answer, with an unpublished one, or with a published one."""
        if value == "none":
            return queryset.filter(disposition__isnull=True)
        return queryset.filter(disposition__isnull=False, disposition__published_at__isnull=value == "unpublished")


class DispositionFilter(django_filters.FilterSet):
    """Answers by what the comment was on, who made it, and what was decided."""

    standing_on = StandingOnFilter()

    call = WholeNumberFilter(field_name="comment__submission__call_id", label=_("Call"))
    draft = WholeNumberFilter(field_name="comment__submission__call__draft__ordinal", label=_("Draft"))
    clause = KeyFilter(field_name="comment__clause__eid", label=_("Clause"))
    within = WithinClauseFilter(field_name="comment__clause__eid", label=_("Clause, or what stands below it"))
    party = PartyFilter(to="comment__submission__")
    group = PartyGroupFilter(to="comment__submission__")
    decision = django_filters.ChoiceFilter(choices=Disposition.Decision.choices, label=_("Decision"))

    class Meta:
        model = Disposition
        fields: list[str] = []
