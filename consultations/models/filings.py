"""Calls for comments, what delegations file in them, and the answers."""

import datetime as dt
from typing import Literal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import triggers
from consultations.models.people import Delegation, User
from consultations.querysets import CallQuerySet, CommentQuerySet, DispositionQuerySet, SubmissionQuerySet
from declaration.audit import audited
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft, Group
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
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="consultations_call_open")]
        triggers = [triggers.call_on_published_draft()]

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

    def is_sealed(self, *, at: dt.datetime) -> bool:
        """Whether nobody outside a delegation may know what it filed (publication together after closing)."""
        return self.publication_rule == self.PublicationRule.TOGETHER_AFTER_CLOSING and at < self.closes_at


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
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    general_comment = models.TextField(_("general comment"), blank=True, validators=[MaxLengthValidator(MAX_WORDING)])
    consents_to_attribution = models.BooleanField(_("may be published under our name"), default=True)
    consents_to_publication = models.BooleanField(_("may be published"), default=True)
    is_late = models.BooleanField(_("filed late"), default=False, editable=False)
    source = models.CharField(_("came in by"), max_length=12, choices=Source.choices, default=Source.PAGE)
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
                condition=Q(status__in=["draft", "cleared"]),
                name="consultations_submission_one_in_writing",
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
            models.Index(F("submitted_at").desc(nulls_last=True), F("id").desc(), name="consultations_submission_new"),
        ]
        triggers = [triggers.submission_frozen()]

    def __str__(self) -> str:
        return f"{self.delegation} → {self.call}"

    @property
    def is_filed(self) -> bool:
        """Whether it has been submitted, be it superseded or withdrawn since."""
        return self.status in self.FILED

    @property
    def named_delegation(self) -> Delegation | None:
        """The delegation, where it agreed to be named in public."""
        return self.delegation if self.consents_to_attribution else None

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
        ]
        triggers = [triggers.comment_frozen(), triggers.comment_on_draft_of_call()]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.number}"

    @property
    def answer(self) -> "Disposition | None":
        """The published answer. What staff have not published is for staff only."""
        disposition: Disposition | None = getattr(self, "disposition", None)
        return disposition if disposition and disposition.published_at else None


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
