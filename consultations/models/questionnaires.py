"""Questions that were put to States and stakeholders in writing, and what they answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.hearings import Confidentiality, Consultation, PartyCategory
from consultations.querysets import AnswerQuerySet, QuestionnaireQuerySet
from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.models import Document, Element, Group, MandateHolder, Stakeholder, State
from declaration.models.sourced import Sourced
from declaration.translated import TranslatedField, translated_check


@audited()
class Questionnaire(Sourced):
    """A list of questions sent to States and stakeholders."""

    slug = models.SlugField(_("key in addresses"), max_length=100, unique=True)
    name = TranslatedField(_("name"))
    sent_on = PartialDateField(_("sent on"), blank=True)
    sent_by = models.ForeignKey(
        MandateHolder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("sent by"),
    )
    recipients = ArrayField(
        models.CharField(max_length=30, choices=PartyCategory.choices),
        default=list,
        blank=True,
        verbose_name=_("sent to"),
    )
    consultation = models.OneToOneField(
        Consultation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questionnaire",
        verbose_name=_("consultation"),
    )
    replies = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name=_("document with the replies"),
    )

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = [F("sent_on_earliest").asc(nulls_last=True), "slug"]
        constraints = [
            translated_check("consultations_questionnaire", "name"),
            edtf_check("consultations_questionnaire", "sent_on"),
            models.CheckConstraint(
                condition=Q(recipients__contained_by=PartyCategory.values),
                name="consultations_questionnaire_known_recipients",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


@audited()
class Question(models.Model):
    """One question, under the letter or number that the questionnaire gives it."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questions", verbose_name=_("questionnaire")
    )
    label = models.CharField(_("letter or number"), max_length=10)
    position = models.PositiveIntegerField(_("position"))
    text = TranslatedField(_("text"))
    elements = models.ManyToManyField(Element, blank=True, related_name="questions", verbose_name=_("elements"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["questionnaire", "position"]
        constraints = [
            translated_check("consultations_question", "text"),
            models.UniqueConstraint(fields=["questionnaire", "label"], name="consultations_question_label"),
            models.UniqueConstraint(
                fields=["questionnaire", "position"],
                name="consultations_question_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"({self.label}) {self.text}"


@audited()
class Answer(Sourced):
    """What one party answered to one question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers", verbose_name=_("question"))
    state = models.ForeignKey(
        State, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("State")
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("stakeholder"),
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("group")
    )
    summary = TranslatedField(_("summary"))
    confidentiality = models.CharField(
        _("confidentiality"), max_length=15, choices=Confidentiality.choices, default=Confidentiality.PUBLIC
    )
    elements = models.ManyToManyField(Element, blank=True, related_name="answers", verbose_name=_("elements"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["question", "id"]
        constraints = [
            translated_check("consultations_answer", "summary"),
            models.CheckConstraint(
                condition=(
                    Q(state__isnull=False, stakeholder__isnull=True, group__isnull=True)
                    | Q(state__isnull=True, stakeholder__isnull=False, group__isnull=True)
                    | Q(state__isnull=True, stakeholder__isnull=True, group__isnull=False)
                ),
                name="consultations_answer_exactly_one_party",
            ),
            models.UniqueConstraint(
                fields=["question", "state", "stakeholder", "group"],
                name="consultations_answer_one_a_party",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.summary)

    @property
    def party(self) -> State | Stakeholder | Group:
        """Who answered. Whoever prints this asks first whether the reader may know."""
        return self.state or self.stakeholder or self.group  # type: ignore[return-value] # exactly one is there
