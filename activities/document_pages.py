"""The page on which a document's text is read, with what the record takes from each of its paragraphs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from activities.backlinks import list_taken, place_taken
from declaration.document_text import list_languages, list_sections, pick_language, read_text
from declaration.models import Document
from declaration.views.pages import Crumb, DetailPage


class DocumentText(DetailPage):
    """A document's text in the reader's language, or in another one that it has been brought in (`?language=ar`)."""

    template_name = "declaration/document_text.html"
    context_object_name = "document"

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents."""
        return Document.objects.select_related("organ")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        document = self.object
        back = reverse("document-detail", args=[document.slug])
        return [(_("Documents"), reverse("document-list")), (str(document), back), (_("Text"), "")]

    def get_json_address(self) -> str:
        """Return the address of the paragraphs in the API, in the language that is read."""
        address = reverse("api-document-paragraph-list", args=[self.object.slug])
        return f"{address}?{urlencode({'language': self.reading_language})}" if self.reading_language else address

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the text with its contents, and the entries that are taken from it."""
        languages = list_languages(self.object)
        self.reading_language = pick_language(languages, self.request.GET.get("language", ""), self.language)
        lines = read_text(self.object, self.reading_language) if languages else []
        astray = place_taken(lines, list_taken(self.object, reader=self.request.user)) if lines else []
        return super().get_context_data(
            languages=languages,
            reading_language=self.reading_language,
            shown_languages=[self.reading_language],
            lines=lines,
            toc=list_sections(lines),
            astray=astray,
            **kwargs,
        )
