"""What the mandate did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import ActivityQuerySet
from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.models import Document, Request, State
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

    def __str__(self) -> str:
        return str(self.name)
