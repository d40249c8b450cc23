"""The answers to comments: what the drafters decided on each, and what the commenter says to that."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import triggers
from consultations.models.calls import Call
from consultations.models.filings import Comment
from consultations.models.people import User
from consultations.querysets import DispositionQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause
from declaration.text.hygiene import MAX_WORDING


@audited()
class Disposition(models.Model):
    """The answer to one comment: what the drafters decided on it, and why."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        ACCEPTED_IN_PART = "accepted_in_part", _("accepted in part")
        NOT_ACCEPTED = "not_accepted", _("not accepted")
        NOTED = "noted", _("noted")
        DEFERRED = "deferred", _("deferred")

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, related_name="disposition", verbose_name=_("comment")
    )
    decision = models.CharField(pgettext_lazy("on a comment", "decision"), max_length=20, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    resulting_clause = models.ForeignKey(
        Clause,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dispositions",
        verbose_name=_("resulting clause"),
    )
    reviewed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("reviewed by"),
        editable=False,
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by"), editable=False
    )
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = DispositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        ordering = ["comment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(reason=""),
                name="consultations_disposition_published_with_reason",
                violation_error_message=_("An answer is published with its reason."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(reviewed_by=F("decided_by"))),
                name="consultations_disposition_reviewed_by_another",
                violation_error_message=_("An answer is reviewed by somebody other than who proposed it."),
            ),
        ]
        indexes = [models.Index(fields=["decision", "published_at"], name="consultations_disposition_what")]
        triggers = [triggers.disposition_of_filed_comment()]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_decision_display()}"

    @property
    def published_clause(self) -> Clause | None:
        """The clause that came of the comment, once its draft is published: until then it is for staff only."""
        clause = self.resulting_clause
        return clause if clause and clause.draft.is_published else None

    @property
    def lacks_review(self) -> bool:
        """Whether the call wants a second reader before an answer is published, and none has read this one."""
        return self.reviewed_at is None and self.comment.submission.call.needs_second_reader

    @property
    def reply(self) -> "Reply | None":
        """What the commenter says to the answer as it is published; nothing to one that is not."""
        if self.published_at is None:
            return None
        return next((each for each in self.replies.all() if each.to_revision == self.revision), None)

    @property
    def earlier_replies(self) -> list["Reply"]:
        """What the commenter said to answers that were taken back since, oldest first."""
        standing = self.reply
        return [each for each in self.replies.all() if standing is None or each.pk != standing.pk]


@audited()
class Reply(models.Model):
    """What the commenter says to the answer: one reply to each published answer.

    `to_revision` is the answer's revision that it replies to: an answer that was taken back and changed since has not been
    replied to, and the earlier reply is kept as such.
    """

    class Verdict(models.TextChoices):
        SATISFIED = "satisfied", pgettext_lazy("with an answer", "satisfied")
        MAINTAINS = "maintains", pgettext_lazy("a comment", "maintains it")

    disposition = models.ForeignKey(
        Disposition, on_delete=models.PROTECT, related_name="replies", verbose_name=_("disposition")
    )
    to_revision = models.PositiveIntegerField(_("to the answer's revision"))
    verdict = models.CharField(_("reply"), max_length=10, choices=Verdict.choices)
    reason = models.TextField(_("reason"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    replied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("replied by"), editable=False
    )
    replied_at = models.DateTimeField(_("replied at"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["disposition", "to_revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["disposition", "to_revision"], name="consultations_reply_one_to_each_answer"
            ),
            models.CheckConstraint(
                condition=Q(verdict="satisfied") | ~Q(reason=""),
                name="consultations_reply_maintains_with_reason",
                violation_error_message=_("Say why the comment is maintained."),
            ),
        ]
        triggers = [triggers.reply_to_published_answer()]

    def __str__(self) -> str:
        return f"{self.disposition_id}: {self.get_verdict_display()}"


@audited()
class Assignment(models.Model):
    """Who of the staff prepares the answer to a comment."""

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, related_name="assignment", verbose_name=_("comment")
    )
    assigned_to = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("assigned to")
    )
    assigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("assigned by"), editable=False
    )
    assigned_at = models.DateTimeField(_("assigned at"))

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["comment"]
        triggers = [triggers.assignment_of_filed_comment()]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.assigned_to}"


class AlikeGroup(models.Model):
    """Comments of a call that say the same or nearly so, found by the program; each of them is still answered."""

    class Kind(models.TextChoices):
        EXACT = "exact", _("the same words")
        NEAR = "near", _("nearly the same words")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="alike_groups", verbose_name=_("call"))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        verbose_name = _("group of like comments")
        verbose_name_plural = _("groups of like comments")
        ordering = ["call", "id"]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.pk}"


class Alike(models.Model):
    """A comment's place in a group of like ones; `likeness` is 1 for the same words and less for nearly the same."""

    group = models.ForeignKey(AlikeGroup, on_delete=models.CASCADE, related_name="members", verbose_name=_("group"))
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="alike", verbose_name=_("comment"))
    likeness = models.FloatField(_("likeness"))

    class Meta:
        verbose_name = _("like comment")
        verbose_name_plural = _("like comments")
        ordering = ["group", "comment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likeness__gt=0, likeness__lte=1), name="consultations_alike_likeness_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.comment_id}"
