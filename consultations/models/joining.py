"""How people and organizations come to take part: they are invited, or ask."""

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.people import Delegation, Membership, User
from consultations.querysets import InvitationQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Stakeholder


@audited(exclude=("nonce",))
class Invitation(models.Model):
    """An invitation by e-mail to a role in a delegation.

    The link in the mail is signed with the site's secret and holds `nonce`, which is changed when the invitation is sent
    anew: what is stored here does not let anybody make the link.
    """

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="invitations_to_join", verbose_name=_("delegation")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices)
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items(), default="en")
    nonce = models.CharField(max_length=32, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by"), editable=False
    )
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
        editable=False,
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="consultations_invitation_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="consultations_invitation_accepted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.delegation}"


@audited()
class ParticipationRequest(models.Model):
    """An organization or a person that asks to take part in the consultations, and what staff said."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a request to take part", "waiting")
        ACCEPTED = "accepted", pgettext_lazy("a request to take part", "accepted")
        DECLINED = "declined", pgettext_lazy("a request to take part", "declined")

    MAX_STATEMENT: ClassVar[int] = 5_000

    organization = models.CharField(_("organization"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Stakeholder.Kind.choices)
    ecosoc_status = models.CharField(
        _("status with the Economic and Social Council"),
        max_length=10,
        choices=Stakeholder.EcosocStatus.choices,
        blank=True,
    )
    website = models.URLField(_("website"), blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    statement = models.TextField(
        _("why you want to take part"), blank=True, validators=[MaxLengthValidator(MAX_STATEMENT)]
    )
    asked_at = models.DateTimeField(_("asked at"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ASKED)
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(MAX_STATEMENT)])
    decided_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participation_requests",
        verbose_name=_("delegation"),
        editable=False,
    )

    class Meta:
        verbose_name = _("request to take part")
        verbose_name_plural = _("requests to take part")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="asked", decided_by__isnull=True, decided_at__isnull=True, delegation__isnull=True)
                | Q(status="accepted", decided_by__isnull=False, decided_at__isnull=False, delegation__isnull=False)
                | (
                    Q(status="declined", decided_by__isnull=False, decided_at__isnull=False, delegation__isnull=True)
                    & ~Q(reason="")
                ),
                name="consultations_participationrequest_decided_with_reason",
                violation_error_message=_("A request is declined with a reason."),
            ),
            models.CheckConstraint(
                condition=Q(ecosoc_status="") | Q(kind="ngo"),
                name="consultations_participationrequest_ecosoc_of_ngo",
                violation_error_message=_("Only a non-governmental organization has consultative status."),
            ),
        ]
        indexes = [models.Index(fields=["status", "asked_at"], name="consultations_request_waiting")]

    def __str__(self) -> str:
        return self.organization
