"""What a delegation shares: among its own people, with its co-sponsors, and as files beside its words."""

import datetime as dt

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import triggers
from consultations.models.filings import Comment, Submission
from consultations.models.people import Delegation, User
from consultations.querysets import CoSponsorQuerySet, HoldQuerySet
from declaration.audit import audited
from declaration.text.hygiene import MAX_WORDING

MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024


@audited()
class DelegationNote(models.Model):
    """What people of one delegation say to each other about what they write; it never leaves the delegation.

    `comment` is what it is about, or nothing where it is about the whole submission. A note outlives the comment it is about.
    """

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("inside a delegation", "note")
        SENT_BACK = "sent_back", pgettext_lazy("inside a delegation", "sent back, with the reason")

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="notes", verbose_name=_("submission")
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes", verbose_name=_("comment")
    )
    comment_number = models.PositiveIntegerField(_("number of the comment"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField(_("text"), validators=[MaxLengthValidator(MAX_WORDING)])
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("author"), editable=False
    )
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("note inside a delegation")
        verbose_name_plural = _("notes inside a delegation")
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="consultations_delegationnote_says_something"),
        ]
        indexes = [models.Index(fields=["submission", "comment"], name="consultations_note_about")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.author}"


@audited()
class CoSponsor(models.Model):
    """A delegation that was asked to stand behind another's submission by name, and what it said.

    Until the call closes it can join, and leave again.
    """

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a co-sponsor", "asked")
        JOINED = "joined", pgettext_lazy("a co-sponsor", "joined")
        DECLINED = "declined", pgettext_lazy("a co-sponsor", "declined")
        LEFT = "left", pgettext_lazy("a co-sponsor", "left again")

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="co_sponsors", verbose_name=_("submission")
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="co_sponsorships", verbose_name=_("delegation")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ASKED)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by"), editable=False
    )
    asked_at = models.DateTimeField(_("asked at"))
    answered_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
        editable=False,
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = CoSponsorQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-sponsor")
        verbose_name_plural = _("co-sponsors")
        ordering = ["submission", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "delegation"], name="consultations_cosponsor_asked_once"),
            models.CheckConstraint(
                condition=Q(status="asked", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(status="asked") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="consultations_cosponsor_answered_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["delegation", "status"], name="consultations_cosponsor_party")]
        triggers = [triggers.co_sponsor_settled()]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.delegation}"

    def is_answerable(self, *, at: dt.datetime) -> bool:
        """Whether the delegation can join, decline or leave at that moment: the text is offered, and the call is open."""
        return self.submission.status in (
            Submission.Status.CLEARED,
            Submission.Status.SUBMITTED,
        ) and self.submission.call.is_open(at=at)


def attachment_path(attachment: "Attachment", _name: str) -> str:
    """Where a file is kept: named by its content, so that what a sender named it is never part of a path."""
    return f"attachments/{attachment.sha256[:2]}/{attachment.sha256}"


@audited()
class Attachment(models.Model):
    """A file beside a submission's words. `content_type` is what its content is, whatever it was called.

    Several rows may lead to one stored file, since it is kept under the SHA-256 of its content.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("submission")
    )
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by"), editable=False
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["submission", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "sha256"], name="consultations_attachment_once"),
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MAX_ATTACHMENT_BYTES), name="consultations_attachment_size"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="consultations_attachment_sha256"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="consultations_attachment_file")]
        triggers = [triggers.attachment_frozen()]

    def __str__(self) -> str:
        return self.name


@audited()
class Hold(models.Model):
    """What a stakeholder filed, or one comment of it, kept from the public with a published reason.

    Nothing is deleted: where it would stand the public reads that something is held, whose it is, and why. `placed_by` is
    empty where a call holds what stakeholders file until staff have looked at it.
    """

    AUTOMATIC_REASON = _("What stakeholders file in this call is published once staff have looked at it.")

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="holds", verbose_name=_("submission")
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="holds", verbose_name=_("comment")
    )
    reason = models.TextField(_("published reason"), validators=[MaxLengthValidator(MAX_WORDING)])
    language = models.CharField(_("language"), max_length=2)
    placed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("held by"),
        editable=False,
    )
    placed_at = models.DateTimeField(_("held at"))
    lifted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
        editable=False,
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False, comment__isnull=True)
                | Q(submission__isnull=True, comment__isnull=False),
                name="consultations_hold_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="consultations_hold_with_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="consultations_hold_lifted_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(lifted_at__isnull=True), name="consultations_hold_one_a_submission"
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(lifted_at__isnull=True), name="consultations_hold_one_a_comment"
            ),
        ]
        triggers = [triggers.hold_on_stakeholder()]

    def __str__(self) -> str:
        return f"{self.submission_id or self.comment_id}: {self.reason[:40]}"

    @property
    def filing(self) -> Submission:
        """The filing that is held, or that has the comment that is."""
        if self.submission:
            return self.submission
        if self.comment is None:
            raise ValueError("A hold on nothing cannot have been stored.")
        filing: Submission = self.comment.submission
        return filing

    @property
    def is_automatic(self) -> bool:
        """Whether the call holds what stakeholders file: nobody has written the reason then."""
        return self.placed_by_id is None

    @property
    def said_reason(self) -> str:
        """The reason as a reader sees it: as it was written, or in the reader's language where nobody wrote it."""
        return str(self.AUTOMATIC_REASON) if self.is_automatic else self.reason
