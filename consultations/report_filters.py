"""How the report on the answers in a call is arranged and narrowed."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.filters import PartyFilter, WithinClauseFilter
from consultations.models import Comment, Disposition, Reply
from consultations.report import BY_CLAUSE, BY_DELEGATION

NONE = "none"


class ReportFilter(django_filters.FilterSet):
    """Comments of a report by clause, party, answer and reply. A filter by party finds only what was filed under a name."""

    by = django_filters.ChoiceFilter(
        choices=[(BY_CLAUSE, _("by clause")), (BY_DELEGATION, _("by delegation"))],
        method="as_they_are",
        label=_("Arranged"),
        empty_label=None,
    )
    within = WithinClauseFilter(field_name="clause__eid", label=_("Clause, or what stands below it"))
    party = PartyFilter(to="submission__")
    decision = django_filters.ChoiceFilter(
        choices=[*Disposition.Decision.choices, (NONE, _("not answered"))], method="by_decision", label=_("Decision")
    )
    reply = django_filters.ChoiceFilter(
        choices=[*Reply.Verdict.choices, (NONE, pgettext_lazy("to an answer", "no reply"))],
        method="by_reply",
        label=_("Reply"),
    )

    class Meta:
        model = Comment
        fields: list[str] = []

    @property
    def arranged_by(self) -> str:
        """How the report is arranged: by clause unless said."""
        chosen = self.form.cleaned_data.get("by") if self.form.is_valid() else ""
        return chosen or BY_CLAUSE

    def as_they_are(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return all rows: this arranges them only."""
        return queryset

    def by_decision(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments on which that was decided and published, or those without a published answer."""
        published = Q(disposition__published_at__isnull=False)
        return queryset.filter(~published if value == NONE else published & Q(disposition__decision=value))

    def by_reply(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments to whose published answer that was replied, or nothing."""
        replied = Reply.objects.filter(to_revision=F("disposition__revision"), disposition__published_at__isnull=False)
        answered = queryset.filter(disposition__published_at__isnull=False)
        if value == NONE:
            return answered.exclude(disposition__in=replied.values("disposition"))
        return answered.filter(disposition__in=replied.filter(verdict=value).values("disposition"))


class StaffReportFilter(ReportFilter):
    """The same for staff, who know who wrote what and what is not published yet."""

    party = PartyFilter(to="submission__", also_unattributed=True)

    def by_decision(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Return the comments on which that was decided, published or not, or those that have no answer."""
        if value == NONE:
            return queryset.filter(disposition__isnull=True)
        return queryset.filter(disposition__decision=value)
