"""Mail that is to be sent: kept in the same transaction as what it tells, so that neither is lost without the other."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.calls import Call
from consultations.models.joining import Invitation, ParticipationRequest
from consultations.models.people import Delegation, User
from consultations.visibility import is_sealed
from declaration.languages import TEXT_LANGUAGES


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Mail that is to be sent, was sent, or was given up."""

    def given_up_for_staff(self, *, at: dt.datetime | None = None) -> Self:
        """What was given up and staff may know of at that moment, the latest first.

        A reminder goes to those who have not filed, and a receipt to those who have: of a sealed call neither is told, nor
        what is dropped once somebody has filed, since sending it again would show whether it is.
        """
        telling = Q(kind__in=Notice.TELLING_WHO_FILED) & is_sealed("", at=at or timezone.now())
        given_up = self.filter(~telling, status=Notice.Status.FAILED).select_related("call")
        return given_up.order_by("-settled_at", "-id")


class Notice(models.Model):
    """One mail to one address. It is written when it is sent, so that it tells what is true then.

    `key` says what it is about in a way that no second one has: asking twice sends once. What is no longer true when it
    would be sent (a reminder to a delegation that has filed since) is dropped. While it is being sent, `due_at` says until
    when: after that nobody knows whether it went out, and it is given up rather than sent twice.
    """

    class Kind(models.TextChoices):
        CALL_OPENED = "call_opened", _("call opened")
        CALL_EXTENDED = "call_extended", _("call extended")
        CALL_CLOSED = "call_closed", _("call closed before its time")
        CALL_OPENED_EARLY = "call_opened_early", _("sealed submissions opened early")
        REMINDER = "reminder", _("reminder before closing")
        DIGEST = "digest", _("digest for staff")
        INVITATION = "invitation", _("invitation")
        PARTICIPATION_ASKED = "participation_asked", _("request to take part")
        PARTICIPATION_DECIDED = "participation_decided", _("answer to a request to take part")
        CO_SPONSOR_ASKED = "co_sponsor_asked", _("co-sponsor asked")
        FILED = "filed", _("receipt of a filing")
        ANSWERED = "answered", _("answers published")
        FOCAL_POINT = "focal_point", _("new focal point of your delegation")

    ALWAYS_SENT = (Kind.INVITATION, Kind.PARTICIPATION_DECIDED, Kind.FOCAL_POINT)
    """What nobody can switch off: who gets these has no account yet, asked for them, or keeps watch over her delegation."""

    TELLING_WHO_FILED = (Kind.CALL_OPENED, Kind.REMINDER, Kind.CO_SPONSOR_ASKED, Kind.FILED)
    """What is sent to those who have filed, or to those who have not and is dropped once they have."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("no longer true, so not sent")
        FAILED = "failed", _("given up")

    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    key = models.CharField(_("key"), max_length=200, unique=True)
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("user")
    )
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    call = models.ForeignKey(Call, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    delegation = models.ForeignKey(Delegation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    participation_request = models.ForeignKey(
        ParticipationRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    details = models.JSONField(_("details"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WAITING)
    created_at = models.DateTimeField(_("created at"))
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "sending"], settled_at__isnull=True)
                | Q(status__in=["sent", "dropped", "failed"], settled_at__isnull=False),
                name="consultations_notice_settled_when",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(status__in=["waiting", "sending"]), name="consultations_notice_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.email}"
