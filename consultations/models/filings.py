"""What delegations file in calls for comments."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat, Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import triggers
from consultations.models.calls import Call
from consultations.models.people import Delegation, User
from consultations.querysets import CommentQuerySet, SubmissionQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Group
from declaration.text.hygiene import MAX_WORDING

if TYPE_CHECKING:
    from consultations.models.answers import Disposition


@audited()
class Submission(models.Model):
    """One delegation's filing in one call, from its first draft to what was filed.

    `revision` grows with every change, so that a change made on an older one is noticed. `supersedes` is the filing
    that this one replaces; both are kept.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("being written")
        CLEARED = "cleared", _("cleared")
        SUBMITTED = "submitted", _("submitted")
        SUPERSEDED = "superseded", pgettext_lazy("a submission", "superseded")
        WITHDRAWN = "withdrawn", pgettext_lazy("a submission", "withdrawn")

    class Source(models.TextChoices):
        PAGE = "page", _("page")
        OFFLINE_FORM = "offline_form", _("offline form")
        API = "api", _("API")
        LETTER = "letter", _("entered by staff from a letter")

    UNFILED = (Status.DRAFT, Status.CLEARED)
    FILED = (Status.SUBMITTED, Status.SUPERSEDED, Status.WITHDRAWN)

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("call"))
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("delegation")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    on_behalf_of = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("on behalf of"),
    )
    group_members = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("members of the group at that date"),
        default=list,
        blank=True,
        editable=False,
    )
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    general_comment = models.TextField(_("general comment"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    consents_to_attribution = models.BooleanField(_("may be published under our name"), default=True)
    consents_to_publication = models.BooleanField(_("may be published"), default=True)
    is_late = models.BooleanField(_("filed late"), default=False, editable=False)
    source = models.CharField(_("came in by"), max_length=12, choices=Source.choices, default=Source.PAGE)
    received_on = models.DateField(_("letter received on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("submitted by"),
        editable=False,
    )
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("supersedes"),
        editable=False,
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "delegation"],
                condition=Q(status="submitted"),
                name="consultations_submission_one_submitted",
            ),
            models.UniqueConstraint(
                fields=["call", "delegation"],
                condition=Q(status__in=["draft", "cleared"]) & ~Q(source="letter"),
                name="consultations_submission_one_in_writing",
            ),
            models.UniqueConstraint(
                fields=["call", "delegation"],
                condition=Q(status__in=["draft", "cleared"], source="letter"),
                name="consultations_submission_one_letter_in_writing",
            ),
            models.CheckConstraint(
                condition=Q(source="letter", received_on__isnull=False)
                | (~Q(source="letter") & Q(received_on__isnull=True)),
                name="consultations_submission_letter_received_when",
                violation_error_message=_("Of a letter it is kept on which day it came in."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cleared"], submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(
                    status__in=["submitted", "superseded", "withdrawn"],
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                ),
                name="consultations_submission_filed_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status"], name="consultations_submission_call"),
            models.Index(fields=["delegation", "status"], name="consultations_submission_party"),
            GinIndex(fields=["group_members"], name="consultations_submission_group"),
            models.Index(F("submitted_at").desc(nulls_last=True), F("id").desc(), name="consultations_submission_new"),
        ]
        triggers = [triggers.submission_frozen(), triggers.submission_filed_cleared()]

    def __str__(self) -> str:
        return f"{self.delegation} → {self.call}"

    @property
    def is_filed(self) -> bool:
        """Whether it has been submitted, be it superseded or withdrawn since."""
        return self.status in self.FILED

    @property
    def is_letter(self) -> bool:
        """Whether staff entered it from a letter."""
        return self.source == self.Source.LETTER

    @property
    def named_delegation(self) -> Delegation | None:
        """The delegation, where it agreed to be named in public."""
        return self.delegation if self.consents_to_attribution else None

    @property
    def co_sponsoring(self) -> list[Delegation]:
        """The delegations that stand behind it by name; rows that come by `with_supporters` are not asked for again."""
        supporters = getattr(self, "supporters", None)
        if supporters is None:
            supporters = self.co_sponsors.joined().with_party().order_by("pk")
        return [each.delegation for each in supporters]

    @property
    def named_co_sponsors(self) -> list[Delegation]:
        """The same, where the delegation agreed to be named in public."""
        return self.co_sponsoring if self.consents_to_attribution else []

    @property
    def named_group_members(self) -> list[str]:
        """The members of the group that it speaks for, where the delegation agreed to be named in public."""
        return self.group_members if self.consents_to_attribution else []

    @property
    def named_group(self) -> Group | None:
        """The group that it speaks for, where the delegation agreed to be named in public."""
        return self.on_behalf_of if self.consents_to_attribution else None


@audited()
class Comment(models.Model):
    """One remark of a submission on one target: a clause, the place after a clause, or the whole text.

    `revision` grows with every change, so that of two people who save the same comment the second is told.
    """

    class Target(models.TextChoices):
        CLAUSE = "clause", _("this clause")
        AFTER_CLAUSE = "after_clause", _("a new clause after this one")
        WHOLE_TEXT = "whole_text", _("the whole text")

    class Category(models.TextChoices):
        GENERAL = "general", _("general")
        SUBSTANTIVE = "substantive", _("substantive")
        EDITORIAL = "editorial", _("editorial")
        TRANSLATION = "translation", _("translation")

    class Position(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        SUPPORTS_WITH_AMENDMENT = "supports_with_amendment", _("supports with amendment")
        RESERVES = "reserves", _("reserves its position")
        OPPOSES = "opposes", _("opposes")
        ASKS_FOR_CLARIFICATION = "asks_for_clarification", _("asks for clarification")

    class Operation(models.TextChoices):
        NONE = "none", _("no change proposed")
        REPLACE = "replace", _("replace the wording")
        INSERT = "insert", _("insert a new clause")
        DELETE = "delete", _("delete the clause")

    class Clearance(models.TextChoices):
        WRITING = "writing", pgettext_lazy("a comment", "being written")
        READY = "ready", pgettext_lazy("a comment", "ready for the focal point")
        SENT_BACK = "sent_back", pgettext_lazy("a comment", "sent back")
        CLEARED = "cleared", pgettext_lazy("a comment", "cleared")

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="comments", verbose_name=_("submission")
    )
    number = models.PositiveIntegerField(_("number"))
    target = models.CharField(_("on"), max_length=12, choices=Target.choices, default=Target.CLAUSE)
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("clause")
    )
    category = models.CharField(_("category"), max_length=12, choices=Category.choices, default=Category.SUBSTANTIVE)
    position = models.CharField(
        pgettext_lazy("on a clause", "position"), max_length=24, choices=Position.choices, blank=True
    )
    operation = models.CharField(_("change proposed"), max_length=8, choices=Operation.choices, default=Operation.NONE)
    proposed_text = models.TextField(_("proposed wording"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    rationale = models.TextField(_("reasons"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    clearance = models.CharField(
        _("clearance"), max_length=10, choices=Clearance.choices, default=Clearance.WRITING, editable=False
    )
    fingerprint = models.GeneratedField(
        expression=MD5(
            Lower(
                Concat(
                    "target",
                    Value("|"),
                    Coalesce(Cast("clause", models.TextField()), Value(""), output_field=models.TextField()),
                    Value("|"),
                    "position",
                    Value("|"),
                    "operation",
                    Value("|"),
                    "proposed_text",
                    Value("|"),
                    "rationale",
                    output_field=models.TextField(),
                )
            )
        ),
        output_field=models.CharField(max_length=32),
        db_persist=True,
        verbose_name=_("fingerprint of what it says"),
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    updated_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("changed by"), editable=False
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="consultations_comment_one_per_number"),
            models.CheckConstraint(
                condition=Q(target="whole_text", clause__isnull=True)
                | (Q(target__in=["clause", "after_clause"]) & Q(clause__isnull=False)),
                name="consultations_comment_target_has_clause",
                violation_error_message=_("A comment names its clause, unless it is on the whole text."),
            ),
            models.CheckConstraint(
                condition=Q(operation="none")
                | Q(operation="insert", target="after_clause")
                | Q(operation__in=["replace", "delete"], target="clause"),
                name="consultations_comment_operation_fits_target",
                violation_error_message=_(
                    "A clause is replaced or deleted; a new one is inserted after a clause; "
                    "on the whole text no wording is proposed."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(operation__in=["none", "delete"]) & Q(proposed_text=""))
                | (Q(operation__in=["replace", "insert"]) & ~Q(proposed_text="")),
                name="consultations_comment_operation_has_text",
                violation_error_message=_("A replacement or an insertion proposes a wording; nothing else does."),
            ),
            models.CheckConstraint(
                condition=~Q(operation="none") | ~Q(rationale="") | ~Q(position=""),
                name="consultations_comment_says_something",
                violation_error_message=_("Give a position, a proposal or a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["clause", "position"], name="consultations_comment_clause"),
            models.Index(fields=["category"], name="consultations_comment_category"),
            models.Index(fields=["fingerprint"], name="consultations_comment_alike"),
        ]
        triggers = [triggers.comment_frozen(), triggers.comment_on_draft_of_call()]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.number}"

    @property
    def answer(self) -> "Disposition | None":
        """The published answer. What staff have not published is for staff only."""
        disposition: Disposition | None = getattr(self, "disposition", None)
        return disposition if disposition and disposition.published_at else None
