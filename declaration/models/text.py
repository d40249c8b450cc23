"""The text: a declaration, its drafts, their clauses and the clauses' wordings, and what descends from what."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from declaration.audit import audited
from declaration.footnotes import FootnotesField, footnotes_check
from declaration.languages import TEXT_LANGUAGES
from declaration.models import triggers
from declaration.models.authority import Document, Mandate
from declaration.models.foundations import Element, LegalBasis
from declaration.querysets import ClauseQuerySet, DraftQuerySet
from declaration.text.eids import EID_PATTERN
from declaration.translated import TranslatedField, translated_check

eid_validator = RegexValidator(EID_PATTERN, _("This is not an Akoma Ntoso identifier such as art_3__para_1."))


@audited()
class Declaration(models.Model):
    """The instrument as an idea, apart from any version of its text."""

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    title = TranslatedField(_("title"))
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="declarations", verbose_name=_("mandate")
    )

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["slug"]
        constraints = [translated_check("declaration_declaration", "title")]

    def __str__(self) -> str:
        return str(self.title)


@audited()
class Draft(models.Model):
    """One version of a declaration's text. `ordinal` numbers the drafts of an installation, for addresses to cite."""

    class Stage(models.TextChoices):
        ZERO = "zero", _("zero draft")
        FIRST = "first", _("first draft")
        REVISED = "revised", _("revised draft")
        FINAL = "final", _("final draft")

    class Status(models.TextChoices):
        PREPARING = "preparing", _("in preparation")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        ADOPTED = "adopted", _("adopted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    declaration = models.ForeignKey(
        Declaration, on_delete=models.PROTECT, related_name="drafts", verbose_name=_("declaration")
    )
    ordinal = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = TranslatedField(_("name"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PREPARING)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts", verbose_name=_("document")
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("supersedes")
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=TEXT_LANGUAGES.items()), verbose_name=_("languages"), size=6
    )
    is_illustrative = models.BooleanField(
        _("illustrative text"),
        default=False,
        help_text=_("Written for demonstration; no text of a United Nations body."),
    )
    note = TranslatedField(_("note"), blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-ordinal"]
        constraints = [
            translated_check("declaration_draft", "name"),
            models.CheckConstraint(
                condition=Q(status="preparing", published_at__isnull=True)
                | (Q(status__in=["published", "superseded", "adopted", "withdrawn"]) & Q(published_at__isnull=False)),
                name="declaration_draft_published_at_known",
            ),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="declaration_draft_has_language"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="declaration_draft_not_its_own_successor",
            ),
        ]
        triggers = [triggers.draft_published_stays()]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_published(self) -> bool:
        """Whether it can be read, cited and commented on by all: everything but a draft in preparation."""
        return self.status != self.Status.PREPARING


@audited()
class Clause(models.Model):
    """One node of a draft's tree: the smallest thing that one can comment on.

    `position` orders the whole tree as it is read (a parent before its children). `eid` is the Akoma Ntoso
    identifier within this draft (`art_3__para_1__subpara_a`); `wid` is kept when a later draft renumbers the clause.
    `label` is what is printed of the number, without the words and marks that differ by language ("3", "1 bis", "a").
    """

    class Kind(models.TextChoices):
        PREAMBLE = "preamble", _("preamble")
        PREAMBULAR_PARAGRAPH = "preambular_paragraph", _("preambular paragraph")
        PART = "part", _("part")
        SECTION = "section", _("section")
        ARTICLE = "article", _("article")
        OPERATIVE_PARAGRAPH = "operative_paragraph", _("operative paragraph")
        PARAGRAPH = "paragraph", _("paragraph")
        SUBPARAGRAPH = "subparagraph", _("subparagraph")
        ITEM = "item", _("item")
        ANNEX = "annex", _("annex")

    class NegotiatingStatus(models.TextChoices):
        OPEN = "open", _("open")
        BRACKETED = "bracketed", _("in square brackets")
        AGREED_AD_REFERENDUM = "agreed_ad_referendum", _("agreed ad referendum")
        AGREED = "agreed", _("agreed")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="clauses", verbose_name=_("draft"))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    label = models.CharField(_("label"), max_length=20, blank=True)
    position = models.PositiveIntegerField(_("position"))
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("stands below")
    )
    eid = models.CharField(_("identifier"), max_length=120, validators=[eid_validator])
    wid = models.CharField(_("identifier kept through renumbering"), max_length=120, validators=[eid_validator])
    negotiating_status = models.CharField(
        _("negotiating status"), max_length=20, choices=NegotiatingStatus.choices, default=NegotiatingStatus.OPEN
    )
    elements = models.ManyToManyField(
        Element, blank=True, related_name="clauses", verbose_name=_("elements it reflects")
    )
    legal_bases = models.ManyToManyField(
        LegalBasis, blank=True, related_name="clauses", verbose_name=_("legal bases it rests on")
    )
    is_origin_confirmed = models.BooleanField(
        _("origin confirmed"),
        default=False,
        help_text=_("A person has confirmed what the clause comes from in the draft before, or that it is new."),
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["draft", "position"]
        constraints = [
            # Looked at once a whole statement is done, so that clauses that follow a new one take the next numbers at once.
            models.UniqueConstraint(
                fields=["draft", "eid"],
                name="declaration_clause_one_per_eid",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(fields=["draft", "wid"], name="declaration_clause_one_per_wid"),
            models.UniqueConstraint(
                fields=["draft", "position"],
                name="declaration_clause_one_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(eid__regex=EID_PATTERN), name="declaration_clause_eid_form"),
        ]
        triggers = [triggers.clause_frozen(), triggers.clause_parent_in_draft()]

    def __str__(self) -> str:
        return self.eid


@audited()
class Wording(models.Model):
    """A clause's heading and text in one language."""

    class Authenticity(models.TextChoices):
        OFFICIAL = "official", _("official text")
        WORKING = "working", _("working translation")

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="wordings", verbose_name=_("clause"))
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    authenticity = models.CharField(
        _("authenticity"), max_length=10, choices=Authenticity.choices, default=Authenticity.OFFICIAL
    )
    footnotes = FootnotesField(_("footnotes"))
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["clause", "language"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "language"], name="declaration_wording_one_per_language"),
            footnotes_check("declaration_wording"),
        ]
        triggers = [triggers.wording_frozen()]

    def __str__(self) -> str:
        return f"{self.clause_id} ({self.language})"


@audited()
class Descent(models.Model):
    """That a clause of a later draft comes from a clause of an earlier one, and how."""

    class Kind(models.TextChoices):
        SAME = "same", _("same")
        AMENDED = "amended", _("amended")
        RENUMBERED = "renumbered", _("renumbered")
        MOVED = "moved", _("moved")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")

    ancestor = models.ForeignKey(
        Clause, on_delete=models.PROTECT, related_name="descents", verbose_name=_("clause of the earlier draft")
    )
    descendant = models.ForeignKey(
        Clause, on_delete=models.CASCADE, related_name="origins", verbose_name=_("clause of the later draft")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    confidence = models.FloatField(
        _("how sure"),
        default=1.0,
        help_text=_("From 0 to 1 as it was proposed; a person's own word is 1."),
    )
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("descent")
        verbose_name_plural = _("descents")
        ordering = ["descendant", "ancestor"]
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="declaration_descent_one_per_pair"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="declaration_descent_confidence_in_range"
            ),
        ]
        triggers = [triggers.descent_to_later_draft(), triggers.descent_frozen()]

    def __str__(self) -> str:
        return f"{self.ancestor_id} → {self.descendant_id}"
