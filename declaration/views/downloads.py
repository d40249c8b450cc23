"""Files of a draft for everyone to download, and citations of it and of its clauses for reference managers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.http import http_date, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import View

from declaration.citation_files import CITATION_FORMATS, make_reference
from declaration.exporters.formats import FORMATS, Format, attachment, file_names
from declaration.exporters.reading import DraftReading, read_draft
from declaration.languages import TEXT_LANGUAGES, active_text_language, django_language
from declaration.models import Clause, Draft
from declaration.outline import choose_language


@dataclass(frozen=True)
class Download:
    """A file that a page offers."""

    name: str | Promise
    url: str
    content_type: str = ""
    direct_url: str = ""


def find_format(kind: str) -> Format:
    """Return a format by the word that addresses have. Raises `Http404` for one that there is not."""
    found = FORMATS.get(kind)
    if found is None:
        raise Http404(_("There is no such format. The formats are: %(formats)s.") % {"formats": ", ".join(FORMATS)})
    return found


def answer_with_file(request: HttpRequest, draft: Draft, wanted: Format, fallback: str) -> HttpResponse:
    """Return a draft as a file in the languages that the query asks for, in `fallback` where it asks for none.

    Raises `Refused` for a language that the draft does not have.
    """
    language = request.GET.get("language", "") or choose_language(draft, fallback)
    other = request.GET.get("with", "")
    reading = read_draft(draft, language, other=other, address=draft_address(request, draft, language))
    response = HttpResponse(wanted.render(reading), content_type=wanted.content_type)
    response["Content-Disposition"] = attachment(*file_names(reading, wanted.ending))
    response["Content-Language"] = ", ".join(django_language(code) for code in reading.languages)
    response["X-Content-Type-Options"] = "nosniff"
    return mark_for_caches(response, draft, reading)


def mark_for_caches(response: HttpResponse, draft: Draft, reading: DraftReading) -> HttpResponse:
    """Let caches keep what is public, and ask each time; nobody keeps a draft in preparation."""
    if not draft.is_published:
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, public=True, no_cache=True)
    changed = last_changed(draft, reading)
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    return response


def last_changed(draft: Draft, reading: DraftReading) -> dt.datetime | None:
    """Return when what a published draft's file says last changed; `None` where no moment is on record, as for a withdrawal."""
    if draft.status == Draft.Status.WITHDRAWN:
        return None
    moments = [draft.published_at, *(each.recorded_at for each in reading.corrigenda)]
    moments += Draft.objects.published().filter(supersedes=draft).values_list("published_at", flat=True)
    return max(filter(None, moments), default=None)


def draft_address(request: HttpRequest, draft: Draft, language: str) -> str:
    """Return the permanent address of a draft's page in a language; nothing for one that has none yet."""
    if not draft.is_published or language not in TEXT_LANGUAGES:
        return ""
    with translation.override(django_language(language)):
        return request.build_absolute_uri(reverse("draft-detail", args=[draft.ordinal]))


@method_decorator(conditional_page, name="dispatch")
class DraftDownload(View):
    """A draft as a file: a published one for everyone, one in preparation for staff."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, ordinal: int, kind: str) -> HttpResponse:
        """Send the file. Raises `Http404` for a draft or a format that there is not, `Refused` for a language."""
        drafts = Draft.objects.visible_to(request.user).for_reading()
        draft = get_object_or_404(drafts.select_related("document__organ", "declaration__mandate"), ordinal=ordinal)
        return answer_with_file(request, draft, find_format(kind), active_text_language())


@method_decorator(conditional_page, name="dispatch")
class CitationDownload(View):
    """How a published draft, or a clause of it, is cited, for reference managers."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, ordinal: int, kind: str, eid: str = "") -> HttpResponse:
        """Send the citation. Raises `Http404` for a draft, a clause or a format that there is not."""
        drafts = Draft.objects.published().for_reading().select_related("document__organ")
        draft = get_object_or_404(drafts, ordinal=ordinal)
        clause = get_object_or_404(Clause, draft=draft, eid=eid) if eid else None
        wanted = CITATION_FORMATS.get(kind)
        if wanted is None:
            raise Http404
        page = reverse("clause-detail", args=[ordinal, eid]) if eid else reverse("draft-detail", args=[ordinal])
        reference = make_reference(draft, request.build_absolute_uri(page), clause)
        response = HttpResponse(wanted.write(reference), content_type=wanted.content_type)
        response["Content-Disposition"] = attachment(f"{reference.key}.{wanted.ending}")
        patch_cache_control(response, public=True, no_cache=True)
        return response


def offer_downloads(draft: Draft, language: str, other: str = "") -> list[Download]:
    """Return the files of a draft that its page offers; `direct_url` is that of the languages that the page shows."""
    query = urlencode({"language": language} | ({"with": other} if other else {}))
    downloads = []
    for kind, offered in FORMATS.items():
        url = reverse("draft-download", args=[draft.ordinal, kind])
        downloads.append(Download(offered.name, url, offered.content_type.partition(";")[0], f"{url}?{query}"))
    return downloads


def offer_citations(draft: Draft, clause: Clause | None = None) -> list[Download]:
    """Return the citations for reference managers that the page of a draft or a clause offers."""
    name, keys = ("clause-cite", [draft.ordinal, clause.eid]) if clause else ("draft-cite", [draft.ordinal])
    return [
        Download(each.name, reverse(name, args=[*keys, kind]), each.content_type.partition(";")[0])
        for kind, each in CITATION_FORMATS.items()
    ]
