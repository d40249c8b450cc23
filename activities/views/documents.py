"""Public pages of documents: where each can be read, and what the record takes from it."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation, Questionnaire
from declaration.citations import cite_document
from declaration.document_text import list_languages
from declaration.filters import DocumentFilter
from declaration.models import Document, Element, LegalBasis, Resolution
from declaration.views.pages import Crumb, DetailPage, FilteredPage, offer_fields, take_first

DOCUMENTS_A_PAGE = 100


class DocumentList(FilteredPage):
    """The documents of the record, newest first."""

    template_name = "declaration/document_list.html"
    paginate_by = DOCUMENTS_A_PAGE
    context_object_name = "documents"

    @cached_property
    def filter(self) -> DocumentFilter:
        """The documents, narrowed as the reader asked."""
        documents = Document.objects.select_related("organ").prefetch_related("editions")
        return DocumentFilter(self.request.GET, queryset=documents, request=self.request)

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents, newest first; those without a date last."""
        documents: QuerySet[Document] = self.filter.qs
        return documents.order_by(F("published_on_latest").desc(nulls_last=True), "symbol", "slug")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Documents"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter_fields=offer_fields(self.filter, "q"), **kwargs)


class DocumentDetail(DetailPage):
    """A document: where it can be read, and what the record takes from it."""

    template_name = "declaration/document_detail.html"
    context_object_name = "document"

    def get_queryset(self) -> QuerySet[Document]:
        """Return the documents with their language editions."""
        return Document.objects.select_related("organ").prefetch_related("editions")

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Documents"), reverse("document-list")), (str(self.object), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the record takes from the document, and the languages in which its text can be read here."""
        document = self.object
        return super().get_context_data(
            resolutions=Resolution.objects.filter(source=document).order_by("adopted_on_earliest", "symbol"),
            adopted=Resolution.objects.filter(document=document),
            elements=Element.objects.filter(source=document),
            legal_bases=LegalBasis.objects.filter(source=document),
            instruments=LegalBasis.objects.filter(document=document),
            told_activities=Activity.objects.filter(source=document).in_order(),
            activities=document.activities.in_order(),
            **self.heard_and_due(),
            drafts=document.drafts.published().order_by("ordinal"),
            text_languages=list_languages(document),
            citation=cite_document(document),
            **kwargs,
        )

    def heard_and_due(self) -> dict[str, Any]:
        """Return what it is to consultations, outcomes and deliverables, and what the record takes from it of these."""
        document = self.object
        public = Consultation.objects.public().in_order()
        return {
            "consultations": take_first(public.filter(documents=document)),
            "replied_questionnaires": document.questionnaires.in_order(),
            "outcomes": document.outcomes.in_order(),
            "deliverables": document.deliverables.in_order(),
            "told_consultations": take_first(public.filter(source=document)),
            "told_questionnaires": Questionnaire.objects.filter(source=document).in_order(),
            "told_outcomes": Outcome.objects.filter(source=document).in_order(),
            "told_deliverables": Deliverable.objects.filter(source=document).in_order(),
        }
