"""What the text must reflect and what it rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from declaration.audit import audited
from declaration.models.authority import Document
from declaration.models.sourced import Sourced
from declaration.translated import TranslatedField, translated_check


@audited()
class Element(Sourced):
    """A consideration or assumption that the text must reflect (A/68/176, paragraphs 26 (a)-(h) and 27 (a)-(e))."""

    class Kind(models.TextChoices):
        CONSIDERATION = "consideration", _("consideration")
        ASSUMPTION = "assumption", _("assumption")

    code = models.SlugField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    theme = TranslatedField(_("theme"))
    text = TranslatedField(_("content"))

    class Meta:
        verbose_name = _("element")
        verbose_name_plural = _("elements")
        ordering = ["position"]
        constraints = [
            translated_check("declaration_element", "theme"),
            translated_check("declaration_element", "text"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.theme}"


@audited()
class LegalBasis(Sourced):
    """An instrument, and the provision of it, that the text rests on."""

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    instrument = TranslatedField(_("instrument"))
    provision = TranslatedField(_("provision"), blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["position"]
        constraints = [translated_check("declaration_legalbasis", "instrument")]

    def __str__(self) -> str:
        return str(self.instrument)
