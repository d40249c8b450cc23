"""Corrigenda: what a published text should read, beside what it was published as."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from declaration.audit import audited
from declaration.dates import PartialDateField, edtf_check
from declaration.languages import TEXT_LANGUAGES
from declaration.models import triggers
from declaration.models.authority import Document
from declaration.models.text import Clause
from declaration.translated import TranslatedField, translated_check


@audited()
class Corrigendum(models.Model):
    """A correction of a published clause's heading or text in one language.

    The clause itself stays as it was published; where there are several for a language, the highest `number` holds. None
    is ever changed or removed: what was corrected wrongly is corrected again.
    """

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="corrigenda", verbose_name=_("clause"))
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    number = models.PositiveSmallIntegerField(_("number"))
    heading = models.CharField(_("heading as corrected"), max_length=500, blank=True)
    text = models.TextField(_("text as corrected"), blank=True)
    reason = TranslatedField(_("reason"))
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrigenda",
        verbose_name=_("document that corrects it"),
        help_text=_("Such as one with a symbol that ends in Corr.1."),
    )
    issued_on = PartialDateField(_("issued on"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("corrigendum")
        verbose_name_plural = _("corrigenda")
        ordering = ["clause", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "language", "number"], name="declaration_corrigendum_one_per_number"
            ),
            models.CheckConstraint(condition=~Q(heading="", text=""), name="declaration_corrigendum_says_something"),
            models.CheckConstraint(condition=Q(number__gte=1), name="declaration_corrigendum_numbered_from_one"),
            translated_check("declaration_corrigendum", "reason"),
            edtf_check("declaration_corrigendum", "issued_on"),
        ]
        triggers = [triggers.corrigendum_of_published(), triggers.corrigendum_stays()]

    def __str__(self) -> str:
        return f"{self.clause_id} ({self.language}), {self.number}"
