"""The receipt of a filing, on the desk of the delegation that filed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.models import Receipt
from consultations.receipts.formats import RECEIPT_FORMATS, file_name
from consultations.receipts.showing import show_receipt
from consultations.views.desk_access import SubmissionDeskView
from consultations.views.desk_submission import crumbs_of


class ReceiptDeskView(SubmissionDeskView):
    """A page about the receipt of a filing; where nothing was filed there is none."""

    @cached_property
    def receipt(self) -> Receipt:
        """The receipt, its submission with all that is shown of it."""
        receipt = Receipt.objects.select_related("call").filter(submission=self.submission).first()
        if receipt is None:
            raise Http404(_("This submission has no receipt: a receipt is given when it is filed."))
        receipt.submission = self.submission
        return receipt


class ReceiptView(ReceiptDeskView):
    """The receipt as a page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, with its files and how it is checked."""
        context: dict[str, Any] = {
            "submission": self.submission,
            "receipt": show_receipt(self.receipt, at=timezone.now()),
            "formats": RECEIPT_FORMATS.items(),
            "file_name": file_name(self.receipt, "json"),
            "crumbs": crumbs_of(self.submission, _("Receipt")),
        }
        return render(request, "consultations/desk/receipt.html", context)


class ReceiptFileView(ReceiptDeskView):
    """The receipt as a file."""

    def get(self, request: HttpRequest, pk: int, extension: str) -> HttpResponse:
        """Send the file, in PDF its labels in the page's language."""
        return send_receipt(request, self.receipt, extension)


def send_receipt(request: HttpRequest, receipt: Receipt, extension: str) -> HttpResponse:
    """Return a receipt as a file. Raises `Http404` for a format that there is not."""
    wanted = RECEIPT_FORMATS.get(extension)
    if wanted is None:
        raise Http404(
            _("There is no such format. The formats are: %(formats)s.") % {"formats": ", ".join(RECEIPT_FORMATS)}
        )
    site = request.build_absolute_uri(reverse("chain-list"))
    content = wanted.render(receipt, at=timezone.now(), site=site)
    response = HttpResponse(content, content_type=wanted.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(receipt, extension)}"'
    response["Content-Language"] = translation.get_language() or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
