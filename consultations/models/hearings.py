"""Who was heard outside calls for comments: consultations, the views expressed there, and what staff noted."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models import triggers
from consultations.querysets import ConsultationNoteQuerySet, ConsultationQuerySet, ViewQuerySet
from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Document, Element, Group, Phase, Stakeholder, State
from declaration.models.sourced import Sourced
from declaration.translated import TranslatedField, translated_check


class Confidentiality(models.TextChoices):
    """Who may read what was said. The Chatham House Rule lets what was said be used, and not who said it."""

    PUBLIC = "public", _("public")
    CHATHAM_HOUSE = "chatham_house", _("Chatham House Rule: what was said is public, who said it is not")
    INTERNAL = "internal", _("internal to staff")


class PartyCategory(models.TextChoices):
    """Whole categories of those who take part, where the record does not name them one by one."""

    MEMBER_STATES = "member_states", _("member States")
    GOVERNMENTS = "governments", _("governments")
    REGIONAL_GROUPS = "regional_groups", _("regional groups")
    UN_ENTITIES = "un_entities", _("United Nations entities")
    SPECIALIZED_AGENCIES = "specialized_agencies", _("specialized agencies")
    INTERNATIONAL_ORGANIZATIONS = "international_organizations", _("international organizations")
    NGOS = "ngos", _("non-governmental organizations")
    CIVIL_SOCIETY = "civil_society", _("civil society organizations")
    NATIONAL_INSTITUTIONS = "national_institutions", _("national human rights institutions")
    MANDATE_HOLDERS = "mandate_holders", _("special procedures mandate holders")
    ADVISORY_COMMITTEE = "advisory_committee", _("members of the Advisory Committee")
    ACADEMICS = "academics", _("academics")
    EXPERTS = "experts", _("experts")
    OTHERS = "others", _("others")


@audited()
class Consultation(Sourced):
    """A meeting or an exchange in which States and stakeholders were or are to be heard."""

    class Format(models.TextChoices):
        BILATERAL = "bilateral", _("bilateral meetings")
        MEETING = "meeting", _("meeting")
        INFORMAL = "informal", _("informal consultation")
        WORKSHOP = "workshop", _("workshop")
        COUNTRY_VISIT = "country_visit", _("meetings of a country visit")
        REGIONAL = "regional", _("regional meetings")
        QUESTIONNAIRE = "questionnaire", _("questionnaire")
        EXCHANGE = "exchange", _("meetings and exchange in writing")
        WRITTEN_COMMENTS = "written_comments", _("call for written comments")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a consultation", "planned")
        HELD = "held", pgettext_lazy("a consultation", "held")

    class Attribution(models.TextChoices):
        PARTIES = "parties", _("each view to its party")
        COLLECTIVE = "collective", _("collective: views are not tied to a party")
        SUMMARY = "summary", _("summarized in a document")
        NONE = "none", pgettext_lazy("attribution of views", "none recorded")

    slug = models.SlugField(_("key in addresses"), max_length=100, unique=True)
    # Of the page or the program that wrote it up: sent twice, since no answer came, it makes one consultation.
    entry_key = models.UUIDField(_("key of its first saving"), null=True, blank=True, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=20, choices=Format.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.HELD)
    name = TranslatedField(_("name"))
    when = PartialDateField(_("date"), blank=True)
    when_printed = models.CharField(_("date as printed"), max_length=200, blank=True)
    place = TranslatedField(_("place"), blank=True)
    host_state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_consultations",
        verbose_name=_("host State"),
    )
    states = models.ManyToManyField(State, blank=True, related_name="consultations", verbose_name=_("States"))
    stakeholders = models.ManyToManyField(
        Stakeholder, blank=True, related_name="consultations", verbose_name=_("stakeholders")
    )
    groups = models.ManyToManyField(Group, blank=True, related_name="consultations", verbose_name=_("groups"))
    categories = ArrayField(
        models.CharField(max_length=30, choices=PartyCategory.choices),
        default=list,
        blank=True,
        verbose_name=_("categories that took part"),
    )
    participant_count = models.PositiveIntegerField(
        _("number of participants"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    attribution = models.CharField(
        _("attribution of views"), max_length=10, choices=Attribution.choices, default=Attribution.NONE
    )
    summary = TranslatedField(_("summary"), blank=True)
    follow_up = TranslatedField(_("what is to follow"), blank=True)
    documents = models.ManyToManyField(Document, blank=True, related_name="consultations", verbose_name=_("documents"))
    phases = models.ManyToManyField(Phase, blank=True, related_name="consultations", verbose_name=_("phases"))
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("Until it is public, staff alone read what is written up here.")
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = [F("when_earliest").asc(nulls_last=True), "slug"]
        constraints = [
            translated_check("consultations_consultation", "name"),
            edtf_check("consultations_consultation", "when"),
            models.CheckConstraint(
                condition=Q(participant_count__isnull=True) | Q(participant_count__gt=0),
                name="consultations_consultation_somebody_took_part",
            ),
            models.CheckConstraint(
                condition=Q(categories__contained_by=PartyCategory.values),
                name="consultations_consultation_known_categories",
            ),
        ]
        indexes = [
            models.Index(fields=["when_earliest", "slug"], name="consultation_when"),
            models.Index(fields=["status", "format"], name="consultation_status_format"),
        ]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class View(Sourced):
    """One view expressed in a consultation, by a party, by several together, or by nobody who is named."""

    class Attribution(models.TextChoices):
        PARTY = "party", _("one party")
        COLLECTIVE = "collective", _("several together")
        UNATTRIBUTED = "unattributed", _("not attributed")

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="views", verbose_name=_("consultation")
    )
    position = models.PositiveIntegerField(_("position"))
    summary = TranslatedField(_("summary"))
    attribution = models.CharField(
        _("attribution"), max_length=12, choices=Attribution.choices, default=Attribution.COLLECTIVE
    )
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, null=True, blank=True, related_name="views", verbose_name=_("State")
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="views",
        verbose_name=_("stakeholder"),
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="views", verbose_name=_("group")
    )
    on_behalf_of = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="views_through_members",
        verbose_name=_("on behalf of"),
    )
    confidentiality = models.CharField(
        _("confidentiality"), max_length=15, choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    elements = models.ManyToManyField(Element, blank=True, related_name="views", verbose_name=_("elements"))
    clauses = models.ManyToManyField(Clause, blank=True, related_name="views", verbose_name=_("clauses"))

    objects = ViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("view")
        verbose_name_plural = _("views")
        ordering = ["consultation", "position"]
        constraints = [
            translated_check("consultations_view", "summary"),
            models.UniqueConstraint(
                fields=["consultation", "position"],
                name="consultations_view_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=(
                    Q(attribution="party", state__isnull=False, stakeholder__isnull=True, group__isnull=True)
                    | Q(attribution="party", state__isnull=True, stakeholder__isnull=False, group__isnull=True)
                    | Q(attribution="party", state__isnull=True, stakeholder__isnull=True, group__isnull=False)
                    | (~Q(attribution="party") & Q(state__isnull=True, stakeholder__isnull=True, group__isnull=True))
                ),
                name="consultations_view_one_party_where_attributed",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | Q(state__isnull=False),
                name="consultations_view_states_speak_for_groups",
            ),
        ]
        indexes = [models.Index(fields=["confidentiality"], name="view_confidentiality")]
        triggers = [triggers.view_speaks_for_own_group(), triggers.view_keeps_consultation()]

    def __str__(self) -> str:
        return str(self.summary)

    @property
    def party(self) -> State | Stakeholder | Group | None:
        """Who expressed it, where it is one party's. Whoever prints this asks first whether the reader may know."""
        return self.state or self.stakeholder or self.group


@audited()
class ConsultationNote(models.Model):
    """What staff wrote down of a consultation, for staff alone unless it is marked public."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="notes", verbose_name=_("consultation")
    )
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    confidentiality = models.CharField(
        _("confidentiality"), max_length=15, choices=Confidentiality.choices, default=Confidentiality.INTERNAL
    )
    author = models.ForeignKey(
        "consultations.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consultation_notes",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = ConsultationNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a consultation")
        verbose_name_plural = _("notes on consultations")
        ordering = ["consultation", "created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="consultations_consultationnote_says_something")
        ]

    def __str__(self) -> str:
        return self.text[:80]
