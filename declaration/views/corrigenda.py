"""The public list of a draft's corrigenda."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from declaration.corrigenda import corrigenda_of, read_corrections
from declaration.models import Corrigendum, Draft
from declaration.views.pages import Crumb, ListPage

CORRIGENDA_A_PAGE = 50


class CorrigendumList(ListPage):
    """What should read otherwise in a published draft than it does, in the order of the text."""

    template_name = "declaration/corrigendum_list.html"
    paginate_by = CORRIGENDA_A_PAGE

    @cached_property
    def draft(self) -> Draft:
        """The draft, which is published."""
        drafts: QuerySet[Draft] = Draft.objects.published().for_reading()
        return get_object_or_404(drafts, ordinal=self.kwargs["ordinal"])

    def get_queryset(self) -> QuerySet[Corrigendum]:
        """Return its corrigenda."""
        return corrigenda_of(self.draft)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [
            (_("The text"), reverse("draft-list")),
            (self.draft.name, reverse("draft-detail", args=[self.draft.ordinal])),
            (_("Corrigenda"), ""),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what each changes."""
        context = super().get_context_data(draft=self.draft, shown_languages=self.draft.languages, **kwargs)
        return context | {"corrections": read_corrections(context["page_obj"])}
