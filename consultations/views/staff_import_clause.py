"""The staff page on which one clause of a text that is brought in is corrected by hand."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.forms.imports import kind_choices, read_corrections, split_places, whole_number
from consultations.imports import Cell, anchor_of, changes_since, shorten
from consultations.views.staff_imports import ImportView
from declaration.errors import Conflict, Refused
from declaration.import_preview import ImportPreview, PreviewText
from declaration.models import TextImport
from declaration.services import imports

GOES_BEFORE = frozenset({"join", "leave_out"})
"""After these the clause is no longer there: one goes on at the clause before it."""


class ImportClauseView(ImportView):
    """A clause of one language: its number and kind, where it is split or joined, how deep it stands, what it goes with."""

    def get(self, request: HttpRequest, pk: int, language: str, place: int) -> HttpResponse:
        """Show it."""
        if self.text_import.status != TextImport.Status.OPEN:
            return redirect("staff-import-detail", pk)
        return self.ask(place)

    def post(self, request: HttpRequest, pk: int, language: str, place: int) -> HttpResponse:
        """Correct it, and go back to where it stands in the preview."""
        try:
            self.correct(place, request.POST)
        except Conflict as conflict:
            return self.show_conflict(conflict, place)
        except Refused as refused:
            return self.ask(place, refused, typed=request.POST.dict())
        after = max(place - 1, 0) if request.POST.get("op") in GOES_BEFORE else place
        address = reverse("staff-import-detail", args=[pk])
        return redirect(f"{address}?at={language}-{after}&with={language}#{anchor_of(language, after)}")

    def correct(self, place: int, data: Mapping[str, str]) -> None:
        """Make the corrections that a form asks for, all of them or none."""
        text, revision = self.text_in(self.kwargs["language"]), whole_number(data.get("revision", "")) or 0
        if revision != self.read.text_import.revision:
            # What is at this place now may be another clause, with other words to split and another number.
            raise Conflict(
                _("A colleague changed this import meanwhile. Look at it as it stands now, and try again."),
                current={"revision": self.read.text_import.revision},
            )
        corrections = read_corrections(data, place, self.node(place))
        with transaction.atomic():
            for number, correction in enumerate(corrections):
                imports.correct_text(text=text, correction=correction, expected_revision=revision + number)

    def show_conflict(self, conflict: Conflict, place: int) -> HttpResponse:
        """Show the clause as it stands now with what colleagues did, and keep what was typed."""
        typed = self.request.POST.dict()
        line = whole_number(str(typed.get("line", "")))
        still = [number for number, node in enumerate(self.side.nodes) if line in node["source_lines"]]
        if not still:
            messages.error(self.request, str(conflict.message))
            return redirect("staff-import-detail", self.text_import.pk)
        nearest = min(still, key=lambda number: abs(number - place))
        changes = changes_since(self.side.text, whole_number(str(typed.get("count", ""))) or 0)
        return self.ask(nearest, conflict, typed=typed, changes=changes)

    @cached_property
    def read(self) -> ImportPreview:
        """The import as it stands."""
        self.text_import.refresh_from_db(fields=["status", "revision", "updated_at"])
        return imports.read_import(self.text_import)

    @cached_property
    def side(self) -> PreviewText:
        """The text in the language of the page. Raises `Http404` where the import has none."""
        found = [text for text in self.read.texts if text.language == self.kwargs["language"]]
        if not found:
            raise Http404
        return found[0]

    def node(self, place: int) -> Mapping[str, Any]:
        """Return the clause at a place. Raises `Http404` where there is none."""
        if place >= len(self.side.nodes):
            raise Http404
        return self.side.nodes[place]

    def ask(
        self,
        place: int,
        refused: Refused | None = None,
        *,
        typed: Mapping[str, Any] | None = None,
        changes: list[str] | None = None,
    ) -> HttpResponse:
        """Show the clause with the forms, and with what was typed and refused."""
        node = self.node(place)
        context = self.context(
            node=node,
            place=place,
            cell=Cell(self.side.language, place, node),
            side=self.side,
            before=self._cell(place - 1),
            after=self._cell(place + 1),
            beside=self._beside(place),
            kinds=kind_choices(),
            places=split_places(node["text"]),
            counterparts=self._counterparts(place),
            symbols=[each for each in self.side.symbols if each.node == node["eid"] and each.candidates],
            typed={"label": node["label"], "kind": node["kind"], "words": node["text"], **(typed or {})},
            refused=refused,
            changes=changes,
            shown_languages=self.read.languages,
        )
        title = _("Correct a clause")
        status = refused.status if refused else 200
        return self.show("imports/clause", context | {"title": title}, crumbs=self.crumbs((title, "")), status=status)

    def _cell(self, place: int) -> Cell | None:
        is_there = 0 <= place < len(self.side.nodes)
        return Cell(self.side.language, place, self.side.nodes[place]) if is_there else None

    def _beside(self, place: int) -> Cell | None:
        first = self.side.alignment.by_second.get(place) if self.side.alignment else None
        return None if first is None else Cell(self.read.base_language, None, self.read.base[first])

    def _counterparts(self, place: int) -> list[tuple[str, str, bool]]:
        """Return what a clause of a later language can go with: (identifier, words, whether it is that), free ones first."""
        if self.side.alignment is None:
            return []
        paired = self.side.alignment.by_second
        taken = set(paired.values())
        order = sorted(range(len(self.read.base)), key=lambda number: (number in taken, number))
        return [(self.read.base[number]["eid"], self._name(number), paired.get(place) == number) for number in order]

    def _name(self, number: int) -> str:
        cell = Cell(self.read.base_language, None, self.read.base[number])
        return " ".join(filter(None, [cell.label, shorten(cell.node["heading"] or cell.node["text"])]))
