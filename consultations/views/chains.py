"""Public pages of the chains of receipts, for everybody who wants to keep what they say now."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from django.views.generic import View

from consultations.models import Call, ChainHead, Receipt
from consultations.receipts import signing
from consultations.receipts.feed import render_feed
from consultations.receipts.heads import is_chain_public, public_heads
from declaration.views.pages import Crumb, DetailPage, ListPage, take_page

LINKS_A_PAGE = 100


class ChainList(ListPage):
    """The heads of all chains that are public, the site's public keys, and how a receipt is checked."""

    template_name = "consultations/chain_list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[ChainHead]:
        """Return the heads, those that moved last first."""
        return public_heads(at=timezone.now())

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [(_("Receipts"), "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the keys, the present one first."""
        keys = [(name, signing.encode(key)) for name, key in signing.public_keys().items()]
        return super().get_context_data(keys=keys, **kwargs)


class CallChain(DetailPage):
    """The chain of a call: its head, and the hash of each of its links."""

    template_name = "consultations/call_chain.html"
    context_object_name = "call"

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls that were announced."""
        calls: QuerySet[Call] = Call.objects.announced()
        return calls

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here, through the call."""
        call = self.object
        return [
            (_("Calls for comments"), reverse("call-list")),
            (call.title, reverse("call-detail", args=[call.pk])),
            (_("Chain of receipts"), ""),
        ]

    @cached_property
    def is_public(self) -> bool:
        """Whether everybody may see the chain now."""
        return Call.objects.filter(is_chain_public("", at=timezone.now()), pk=self.object.pk).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the head and the links, where everybody may see them."""
        context = super().get_context_data(is_public=self.is_public, **kwargs)
        if self.is_public:
            links = Receipt.objects.filter(call=self.object).order_by("position").values("position", "chain_hash")
            context["head"] = ChainHead.objects.filter(call=self.object).first()
            context["page_obj"] = take_page(self.request, links, LINKS_A_PAGE)
        return context


@method_decorator(conditional_page, name="dispatch")
class ChainFeed(View):
    """The public heads as a feed, so that a feed reader keeps each of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the heads that moved last."""
        feed = render_feed(
            public_heads(at=timezone.now()),
            at=timezone.now(),
            address=request.build_absolute_uri(request.path),
            page=request.build_absolute_uri(reverse("chain-list")),
        )
        return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


class ReceiptVerifier(View):
    """The program that checks a receipt without this site."""

    def get(self, request: HttpRequest) -> FileResponse:
        """Send it."""
        path = Path(settings.BASE_DIR) / "deploy" / "verify_receipt.py"
        response = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
        response["Content-Type"] = "text/x-python; charset=utf-8"
        return response
