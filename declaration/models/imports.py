"""Texts on their way in, before they become clauses or paragraphs, and the symbols that texts cite."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from declaration.languages import TEXT_LANGUAGES
from declaration.models.authority import Document, Paragraph
from declaration.models.text import Draft, Wording


class TextImport(models.Model):
    """A text that is being brought in, into a draft in preparation or as the text of a document.

    It is a workbench, not part of the record: what it leads to, clauses and paragraphs, is audited where it arrives.
    `revision` counts its changes, so that two people who correct it do not overwrite each other.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("being prepared")
        COMMITTED = "committed", _("brought in")
        DISCARDED = "discarded", _("discarded")

    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("draft")
    )
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="imports", verbose_name=_("document")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("import of a text")
        verbose_name_plural = _("imports of texts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(document__isnull=True),
                name="declaration_textimport_into_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.draft or self.document)


class ImportedText(models.Model):
    """The text of an import in one language.

    `parsed` is what was read of the file, as `ParsedText.as_json` gives it, and never changes; `corrections` are what a
    person did to it, in order, so that each can be taken back (see `declaration.text.corrections`).
    """

    text_import = models.ForeignKey(
        TextImport, on_delete=models.CASCADE, related_name="texts", verbose_name=_("import")
    )
    language = models.CharField(_("language"), max_length=2, choices=TEXT_LANGUAGES.items())
    position = models.PositiveSmallIntegerField(_("position"))
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=10)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    parsed = models.JSONField(_("as it was read"))
    corrections = models.JSONField(_("corrections"), default=list, blank=True)

    class Meta:
        verbose_name = _("text of an import")
        verbose_name_plural = _("texts of imports")
        ordering = ["text_import", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["text_import", "language"], name="declaration_importedtext_one_per_language"
            ),
            models.UniqueConstraint(
                fields=["text_import", "position"], name="declaration_importedtext_one_per_position"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="declaration_importedtext_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_import_id} ({self.language})"


class Citation(models.Model):
    """A document or resolution that a wording or a paragraph cites, at a place in it.

    `symbol` is empty while it is in doubt; then `candidates` says what it could be, the likeliest first. What has that
    symbol in the record is looked up when it is shown, so that a document which is added later is linked as well.
    """

    class Place(models.TextChoices):
        TEXT = "text", _("text")
        HEADING = "heading", _("heading")
        NOTE = "note", _("footnote")

    wording = models.ForeignKey(
        Wording, on_delete=models.CASCADE, null=True, blank=True, related_name="citations", verbose_name=_("wording")
    )
    paragraph = models.ForeignKey(
        Paragraph,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("paragraph"),
    )
    place = models.CharField(_("place"), max_length=10, choices=Place.choices, default=Place.TEXT)
    position = models.PositiveIntegerField(_("position"))
    as_printed = models.CharField(_("as printed"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True, db_index=True)
    candidates = ArrayField(
        models.CharField(max_length=60), verbose_name=_("what it could be"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["wording", "paragraph", "place", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(wording__isnull=True) ^ Q(paragraph__isnull=True),
                name="declaration_citation_in_one_text",
            ),
        ]

    def __str__(self) -> str:
        return self.as_printed
