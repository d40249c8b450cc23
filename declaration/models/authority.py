"""The text's authority: who may ask for it, what was asked, and who is charged with it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.footnotes import FootnotesField, footnotes_check
from declaration.languages import TEXT_LANGUAGES
from declaration.models.sourced import Sourced
from declaration.querysets import MandateQuerySet
from declaration.text.eids import EID_PATTERN
from declaration.text.references import SYMBOL_PATTERN
from declaration.translated import TranslatedField, translated_check

symbol_validator = RegexValidator(
    SYMBOL_PATTERN,
    _("This is not the symbol of a United Nations document, such as A/HRC/RES/21/10."),
)


@audited()
class Organ(models.Model):
    """A body that adopts, receives or serves: the General Assembly, the Council, the Advisory Committee, OHCHR."""

    class Kind(models.TextChoices):
        ORGAN = "organ", _("organ")
        EXPERT_BODY = "expert_body", _("expert body")
        SECRETARIAT = "secretariat", _("secretariat")
        CONFERENCE = "conference", _("conference")
        OTHER = "other", _("other body")

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ORGAN)
    name = TranslatedField(_("name"))
    acronym = models.CharField(_("acronym"), max_length=20, blank=True)
    symbol_prefix = models.CharField(_("prefix of its symbols"), max_length=40, blank=True)
    is_active = models.BooleanField(_("still exists"), default=True)
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organs")
        ordering = ["code"]
        constraints = [translated_check("declaration_organ", "name")]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Document(models.Model):
    """A United Nations document. Its symbol is the same in all languages and is its natural key."""

    symbol = models.CharField(
        _("symbol"), max_length=60, unique=True, null=True, blank=True, validators=[symbol_validator]
    )
    slug = models.SlugField(
        _("key in addresses"),
        max_length=80,
        unique=True,
        help_text=_("The symbol with hyphens for strokes, or a short name where there is no symbol."),
    )
    title = TranslatedField(_("title"))
    organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("organ")
    )
    published_on = PartialDateField(_("published on"), blank=True)
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["symbol", "slug"]
        constraints = [
            translated_check("declaration_document", "title"),
            edtf_check("declaration_document", "published_on"),
            models.CheckConstraint(
                condition=Q(symbol__isnull=True) | Q(symbol__regex=SYMBOL_PATTERN),
                name="declaration_document_symbol_form",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or str(self.title)


@audited()
class DocumentEdition(models.Model):
    """A document in one language: where it can be read, and its file where we keep one."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="editions", verbose_name=_("document")
    )
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    url = models.URLField(_("address"), blank=True)
    file = models.FileField(_("file"), upload_to="documents/", blank=True)

    class Meta:
        verbose_name = _("language edition")
        verbose_name_plural = _("language editions")
        ordering = ["document", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"], name="declaration_documentedition_one_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


@audited()
class Paragraph(models.Model):
    """A piece of a document's text in one language, once that has been brought in: a section, a paragraph, an item.

    `eid` says where it stands in the document (`para_26__subpara_a`), alike in every language; `number` is that of the
    numbered paragraph which it is or stands in; `label` is its own, in neutral form ("26", "a"); `depth` counts what it
    stands in.
    """

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="paragraphs", verbose_name=_("document")
    )
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=24, default="paragraph")
    eid = models.CharField(_("identifier"), max_length=120)
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    label = models.CharField(_("label"), max_length=40, blank=True)
    heading = models.CharField(_("heading"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    footnotes = FootnotesField(_("footnotes"))

    class Meta:
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")
        ordering = ["document", "language", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language", "position"], name="declaration_paragraph_one_per_position"
            ),
            models.UniqueConstraint(fields=["document", "language", "eid"], name="declaration_paragraph_one_per_eid"),
            models.CheckConstraint(
                condition=~Q(label="", heading="", text=""), name="declaration_paragraph_says_something"
            ),
            models.CheckConstraint(condition=Q(eid__regex=EID_PATTERN), name="declaration_paragraph_eid_form"),
            footnotes_check("declaration_paragraph"),
        ]
        indexes = [models.Index(fields=["document", "number"], name="declaration_paragraph_number")]

    def __str__(self) -> str:
        return f"{self.document}, {self.label or self.number}"


@audited()
class Mandate(Sourced):
    """The authority given by a resolution to study, draft or report. Never the person who holds it."""

    class Kind(models.TextChoices):
        SPECIAL_PROCEDURE = "special_procedure", _("special procedure")
        WORKING_PAPER = "working_paper", _("working paper")
        ADVISORY_INPUT = "advisory_input", _("input asked of a subsidiary body")

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SPECIAL_PROCEDURE)
    name = TranslatedField(_("name"))
    parent_organ = models.ForeignKey(
        Organ, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("organ it reports to")
    )
    tasks = TranslatedField(_("tasks"), blank=True)
    note = TranslatedField(_("note"), blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["slug"]
        constraints = [translated_check("declaration_mandate", "name")]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Resolution(Sourced):
    """A resolution or decision: what an organ adopted, how, and what it did to a mandate."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("resolution")
        DECISION = "decision", _("decision")

    class MandateAction(models.TextChoices):
        CREATES = "creates", _("creates the mandate")
        RENEWS = "renews", _("renews the mandate")

    symbol = models.CharField(_("symbol"), max_length=60, unique=True, validators=[symbol_validator])
    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.RESOLUTION)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="resolutions", verbose_name=_("adopted by"))
    title = TranslatedField(_("title"), blank=True)
    effect = TranslatedField(_("what it does"), blank=True)
    adopted_on = PartialDateField(_("adopted on"), blank=True)
    adopted_without_vote = models.BooleanField(_("adopted without a vote"), null=True, blank=True)
    vote_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    vote_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    vote_abstaining = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="resolutions", verbose_name=_("mandate")
    )
    mandate_action = models.CharField(
        _("effect on the mandate"), max_length=10, choices=MandateAction.choices, blank=True
    )
    mandate_years = models.PositiveSmallIntegerField(_("for how many years"), null=True, blank=True)
    sponsors = models.ManyToManyField(
        "declaration.State", blank=True, related_name="sponsored_resolutions", verbose_name=_("sponsors")
    )

    class Meta:
        verbose_name = _("resolution or decision")
        verbose_name_plural = _("resolutions and decisions")
        ordering = ["adopted_on_earliest", "symbol"]
        constraints = [
            edtf_check("declaration_resolution", "adopted_on"),
            models.CheckConstraint(
                condition=Q(symbol__regex=SYMBOL_PATTERN), name="declaration_resolution_symbol_form"
            ),
            models.CheckConstraint(
                condition=Q(vote_for__isnull=True, vote_against__isnull=True, vote_abstaining__isnull=True)
                | Q(vote_for__isnull=False, vote_against__isnull=False, vote_abstaining__isnull=False),
                name="declaration_resolution_vote_is_whole",
                violation_error_message=_("Give all three figures of the vote, or none."),
            ),
            models.CheckConstraint(
                condition=Q(adopted_without_vote__isnull=True)
                | Q(adopted_without_vote=False)
                | Q(vote_for__isnull=True),
                name="declaration_resolution_vote_or_without",
                violation_error_message=_("What was adopted without a vote has no figures of a vote."),
            ),
            models.CheckConstraint(
                condition=Q(mandate_action="", mandate_years__isnull=True)
                | Q(mandate_action__in=["creates", "renews"], mandate__isnull=False),
                name="declaration_resolution_mandate_action_has_mandate",
                violation_error_message=_("A resolution that creates or renews a mandate names that mandate."),
            ),
        ]
        indexes = [models.Index(fields=["adopted_on_earliest"], name="declaration_resolution_adopted")]

    def __str__(self) -> str:
        return self.symbol


@audited()
class Request(Sourced):
    """One thing that a resolution asks of somebody."""

    class Kind(models.TextChoices):
        STUDY = "study", _("study")
        CONSULT = "consult", _("consult")
        VISIT = "visit", _("visit countries")
        DRAFT = "draft", _("draft the text")
        ADVOCATE = "advocate", _("advocate")
        REPORT = "report", _("report")
        FOLLOW_UP = "follow_up", _("follow up outcomes")
        CONVENE = "convene", _("convene a meeting")
        CONTRIBUTE = "contribute", _("contribute input")

    resolution = models.ForeignKey(
        Resolution, on_delete=models.CASCADE, related_name="requests", verbose_name=_("resolution")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("letter or paragraph"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    addressee_mandate = models.ForeignKey(
        Mandate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("asked of the mandate"),
    )
    addressee_organ = models.ForeignKey(
        Organ,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("asked of the organ"),
    )
    summary = TranslatedField(_("what is asked"))

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["resolution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "position"], name="declaration_request_one_per_position"),
            models.UniqueConstraint(
                fields=["resolution", "label"],
                condition=~Q(label=""),
                name="declaration_request_one_per_label",
            ),
            models.CheckConstraint(
                condition=Q(addressee_mandate__isnull=True, addressee_organ__isnull=False)
                | Q(addressee_mandate__isnull=False, addressee_organ__isnull=True),
                name="declaration_request_one_addressee",
                violation_error_message=_("A request is addressed to exactly one mandate or organ."),
            ),
            translated_check("declaration_request", "summary"),
        ]

    def __str__(self) -> str:
        return f"{self.resolution.symbol} ({self.label or self.position})"

    @property
    def addressee(self) -> Mandate | Organ:
        """Whom it is asked of; the database holds exactly one of the two."""
        addressee = self.addressee_mandate or self.addressee_organ
        if addressee is None:
            raise ValueError("A request without an addressee cannot have been stored.")
        return addressee


@audited()
class MandateHolder(Sourced):
    """A person appointed to a mandate. Being appointed and taking office are two dates."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="holders", verbose_name=_("mandate"))
    ordinal = models.PositiveSmallIntegerField(_("order"))
    name = TranslatedField(_("name"))
    appointed_by = models.ForeignKey(
        Organ, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("appointed by")
    )
    appointed_on = PartialDateField(_("appointed on"), blank=True)
    took_office_on = PartialDateField(_("took office on"), blank=True)
    left_on = PartialDateField(_("left on"), blank=True)
    note = TranslatedField(_("note"), blank=True)

    class Meta:
        verbose_name = _("mandate holder")
        verbose_name_plural = _("mandate holders")
        ordering = ["mandate", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "ordinal"], name="declaration_mandateholder_one_per_ordinal"),
            translated_check("declaration_mandateholder", "name"),
            edtf_check("declaration_mandateholder", "appointed_on"),
            edtf_check("declaration_mandateholder", "took_office_on"),
            edtf_check("declaration_mandateholder", "left_on"),
        ]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Phase(Sourced):
    """A phase of a mandate's work plan."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        DONE = "done", _("done")

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="phases", verbose_name=_("mandate"))
    ordinal = models.PositiveSmallIntegerField(_("order"))
    name = TranslatedField(_("name"))
    summary = TranslatedField(_("content"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    due_on = PartialDateField(_("due on"), blank=True)
    due_on_printed = models.CharField(_("due, as printed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["mandate", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "ordinal"], name="declaration_phase_one_per_ordinal"),
            translated_check("declaration_phase", "name"),
            edtf_check("declaration_phase", "due_on"),
        ]

    def __str__(self) -> str:
        return str(self.name)
