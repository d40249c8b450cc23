from django.db import models
from django.utils.translation import gettext_lazy as _

from declaration.translated import TranslatedField


class Sourced(models.Model):
    """An entry of the record that says which document and which paragraphs of it tell of it."""

    source = models.ForeignKey(
        "declaration.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_entries",
        verbose_name=_("source"),
    )
    source_paragraphs = models.CharField(
        _("paragraphs of the source"),
        max_length=100,
        blank=True,
        help_text=_("As cited: 10, 11, 34-35 or 26 (a)."),
    )
    is_inferred = models.BooleanField(
        _("inferred"),
        default=False,
        help_text=_("Not printed in the source, but following from it."),
    )
    source_note = TranslatedField(
        _("note on the source"),
        blank=True,
        help_text=_("What the source leaves open or prints wrongly."),
    )

    class Meta:
        abstract = True
