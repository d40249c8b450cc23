"""What the mandate did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import ActivityQuerySet, DeliverableQuerySet, OutcomeQuerySet
from activities.triggers import no_circle
from consultations.models import Consultation
from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.models import Document, Draft, Element, Phase, Request, State
from declaration.models.sourced import Sourced
from declaration.translated import TranslatedField, translated_check


@audited()
class Activity(Sourced):
    """Something done under the mandate: a panel, a country visit, a statement; with its date as precisely as known."""

    class Kind(models.TextChoices):
        PANEL = "panel", _("panel")
        FORUM = "forum", _("forum")
        WORKSHOP = "workshop", _("workshop")
        SEMINAR = "seminar", _("seminar")
        COUNTRY_VISIT = "country_visit", _("country visit")
        STATEMENT = "statement", _("statement")
        MESSAGE = "message", _("message")
        TRAINING = "training", _("training")
        OBSERVANCE = "observance", _("observance")
        MEETING = "meeting", _("meeting")
        DOCUMENT_SUBMISSION = "document_submission", _("submission of a document")
        SIDE_EVENT = "side_event", _("side event")
        CONSULTATION = "consultation", _("consultation")

    slug = models.SlugField(_("key in addresses"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    name = TranslatedField(_("name"))
    when = PartialDateField(_("date"), blank=True)
    when_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    place = TranslatedField(_("place"), blank=True)
    host_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_activities",
        verbose_name=_("host State"),
    )
    organizer = TranslatedField(_("organizer"), blank=True)
    role = TranslatedField(_("role of the mandate holder"), blank=True)
    summary = TranslatedField(_("summary"), blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="activities", verbose_name=_("documents"))
    requests = models.ManyToManyField(
        Request, blank=True, related_name="activities", verbose_name=_("requests it answers")
    )
    consultations = models.ManyToManyField(
        Consultation, blank=True, related_name="activities", verbose_name=_("consultations held in it")
    )
    phases = models.ManyToManyField(Phase, blank=True, related_name="activities", verbose_name=_("phases"))
    part_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = [F("when_earliest").asc(nulls_last=True), "slug"]
        constraints = [
            translated_check("activities_activity", "name"),
            edtf_check("activities_activity", "when"),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="activities_activity_not_part_of_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["when_earliest", "slug"], name="activities_activity_when"),
            models.Index(fields=["kind"], name="activities_activity_kind"),
        ]
        triggers = [no_circle("activity", "part_of_id", "An activity is no part of its own parts.")]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Outcome(Sourced):
    """What a summit, a ministerial meeting or a conference came to, where the mandate took it into account."""

    class Kind(models.TextChoices):
        SUMMIT = "summit", _("summit")
        MINISTERIAL_MEETING = "ministerial_meeting", _("ministerial meeting")
        CONFERENCE = "conference", _("conference")
        FORUM = "forum", _("forum")

    slug = models.SlugField(_("key in addresses"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = TranslatedField(_("name"))
    when = PartialDateField(_("date"), blank=True)
    when_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    place = TranslatedField(_("place"), blank=True)
    host_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_outcomes",
        verbose_name=_("host State"),
    )
    summary = TranslatedField(_("summary"), blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="outcomes", verbose_name=_("documents"))
    requests = models.ManyToManyField(
        Request, blank=True, related_name="outcomes", verbose_name=_("requests that ask to take it into account")
    )
    elements = models.ManyToManyField(Element, blank=True, related_name="outcomes", verbose_name=_("elements"))

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = [F("when_earliest").asc(nulls_last=True), "slug"]
        constraints = [
            translated_check("activities_outcome", "name"),
            edtf_check("activities_outcome", "when"),
        ]
        indexes = [models.Index(fields=["when_earliest", "slug"], name="activities_outcome_when")]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Deliverable(Sourced):
    """What is due under the mandate: when, at whose request, and how far it is."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a deliverable", "planned")
        IN_PROGRESS = "in_progress", pgettext_lazy("a deliverable", "in progress")
        DELIVERED = "delivered", pgettext_lazy("a deliverable", "delivered")
        DROPPED = "dropped", pgettext_lazy("a deliverable", "dropped")

    slug = models.SlugField(_("key in addresses"), max_length=100, unique=True)
    name = TranslatedField(_("name"))
    due = PartialDateField(_("due"), blank=True)
    due_printed = models.CharField(_("due, as printed"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    delivered_on = PartialDateField(_("delivered on"), blank=True)
    requests = models.ManyToManyField(
        Request, blank=True, related_name="deliverables", verbose_name=_("requests that ask for it")
    )
    after = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("due after"),
    )
    documents = models.ManyToManyField(Document, blank=True, related_name="deliverables", verbose_name=_("documents"))
    drafts = models.ManyToManyField(Draft, blank=True, related_name="deliverables", verbose_name=_("drafts"))

    objects = DeliverableQuerySet.as_manager()

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = [F("due_earliest").asc(nulls_last=True), "slug"]
        constraints = [
            translated_check("activities_deliverable", "name"),
            edtf_check("activities_deliverable", "due"),
            edtf_check("activities_deliverable", "delivered_on"),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("id")), name="activities_deliverable_not_after_itself"
            ),
            models.CheckConstraint(
                condition=Q(status="delivered") | Q(delivered_on=""), name="activities_deliverable_date_once_delivered"
            ),
        ]
        indexes = [models.Index(fields=["due_earliest", "slug"], name="activities_deliverable_due")]
        triggers = [no_circle("deliverable", "after_id", "Nothing is due after what is due after it.")]

    def __str__(self) -> str:
        return str(self.name)
