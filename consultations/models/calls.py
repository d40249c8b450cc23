"""Calls for comments: one round of written comments on one draft."""

import datetime as dt
from typing import Literal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import triggers
from consultations.models.people import Delegation, User
from consultations.querysets import CallQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Draft, Stakeholder
from declaration.text.hygiene import MAX_WORDING
from declaration.translated import TranslatedField, translated_check


@audited()
class Call(models.Model):
    """One round of written comments on one draft."""

    class Status(models.TextChoices):
        PREPARING = "preparing", _("in preparation")
        OPEN = "open", _("opened")
        ARCHIVED = "archived", _("archived")

    class Audience(models.TextChoices):
        MEMBER_STATES = "member_states", _("member States")
        OBSERVER_STATES = "observer_states", _("observer States")
        GROUPS = "groups", _("groups of States")
        STAKEHOLDERS = "stakeholders", _("stakeholders")
        INVITED = "invited", _("those invited by name")

    class PublicationRule(models.TextChoices):
        AS_RECEIVED = "as_received", _("published as received")
        TOGETHER_AFTER_CLOSING = "together_after_closing", _("published together after closing")
        NOT_PUBLISHED = "not_published", _("not published")

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="calls", verbose_name=_("draft"))
    title = TranslatedField(_("title"))
    note = TranslatedField(_("note"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PREPARING)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    time_zone = models.CharField(_("time zone"), max_length=64, default=settings.TIME_ZONE)
    audience = ArrayField(
        models.CharField(max_length=20, choices=Audience.choices), verbose_name=_("who may answer"), size=5
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=TEXT_LANGUAGES.items()), verbose_name=_("languages"), size=6
    )
    publication_rule = models.CharField(
        _("publication rule"), max_length=30, choices=PublicationRule.choices, default=PublicationRule.AS_RECEIVED
    )
    stakeholder_kinds = ArrayField(
        models.CharField(max_length=30, choices=Stakeholder.Kind.choices),
        verbose_name=_("which stakeholders"),
        default=list,
        blank=True,
        size=9,
        help_text=_("All of them where none is chosen."),
    )
    holds_stakeholders = models.BooleanField(
        _("holds what stakeholders file until staff have looked at it"), default=False
    )
    needs_second_reader = models.BooleanField(
        _("answers are published once a second person has reviewed them"), default=False
    )
    opened_early_at = models.DateTimeField(_("sealed filings opened early at"), null=True, blank=True, editable=False)
    takes_late = models.BooleanField(_("takes late submissions, marked as such"), default=False)
    invited = models.ManyToManyField(Delegation, blank=True, related_name="invitations", verbose_name=_("invited"))

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for comments")
        verbose_name_plural = _("calls for comments")
        ordering = ["-closes_at", "-id"]
        constraints = [
            translated_check("consultations_call", "title"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="consultations_call_closes_after_it_opens",
                violation_error_message=_("A call closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(languages__len__gte=1, audience__len__gte=1), name="consultations_call_open_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(opened_early_at__isnull=True) | Q(publication_rule="together_after_closing"),
                name="consultations_call_opened_early_was_sealed",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="consultations_call_open")]
        triggers = [triggers.call_on_published_draft(), triggers.call_opened_early_by_two()]

    def __str__(self) -> str:
        return str(self.title)

    def is_open(self, *, at: dt.datetime) -> bool:
        """Whether it takes submissions in time at that moment."""
        return self.status == self.Status.OPEN and self.opens_at <= at < self.closes_at

    def phase(self, *, at: dt.datetime) -> Literal["preparing", "upcoming", "open", "closed"]:
        """Where the call stands at that moment, as its readers see it."""
        if self.status == self.Status.PREPARING:
            return "preparing"
        if self.is_open(at=at):
            return "open"
        return "upcoming" if at < self.opens_at else "closed"

    @property
    def opening_early(self) -> "EarlyOpening | None":
        """How its sealed filings were opened before it closed: what everybody reads, once two people have opened them."""
        opening = getattr(self, "early_opening", None)
        return opening if opening and opening.confirmed_at else None

    def is_sealed(self, *, at: dt.datetime) -> bool:
        """Whether nobody outside a delegation may know what it filed (publication together after closing)."""
        if self.publication_rule != self.PublicationRule.TOGETHER_AFTER_CLOSING or at >= self.closes_at:
            return False
        return self.opened_early_at is None or at < self.opened_early_at


@audited()
class EarlyOpening(models.Model):
    """The opening of a sealed call's filings before it closes: asked for by one of the staff, confirmed by another.

    It is shown on the call's page for ever, with its reason. Until it is confirmed nothing is opened.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="early_opening", verbose_name=_("call"))
    reason = models.TextField(_("reason"), validators=[MaxLengthValidator(MAX_WORDING)])
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("early opening")
        verbose_name_plural = _("early openings")
        ordering = ["call"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="consultations_earlyopening_two_people",
                violation_error_message=_("Two different people open a sealed call early."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="consultations_earlyopening_with_reason"),
        ]
        triggers = [triggers.early_opening_stays()]

    def __str__(self) -> str:
        return str(self.call)

    @property
    def names(self) -> list[str]:
        """Who opened it, as far as they have given their names: addresses are told to nobody."""
        return [user.name for user in (self.asked_by, self.confirmed_by) if user and user.name]
