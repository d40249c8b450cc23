"""The formats in which a receipt is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations.models import Receipt
from consultations.receipts.document import file_name, receipt_file
from consultations.receipts.pdf import receipt_pdf

__all__ = ["RECEIPT_FORMATS", "ReceiptFormat", "file_name"]


@dataclass(frozen=True)
class ReceiptFormat:
    """A format: its name for people, its media type, and what makes the file of a receipt, a moment and a site."""

    name: str | Promise
    content_type: str
    render: Callable[..., bytes]


def _file(receipt: Receipt, *, site: str, **moment: Any) -> bytes:
    return receipt_file(receipt, **moment)


RECEIPT_FORMATS: Final[Mapping[str, ReceiptFormat]] = {
    "pdf": ReceiptFormat(_("to read and print (PDF)"), "application/pdf", receipt_pdf),
    "json": ReceiptFormat(_("to check (JSON)"), "application/json", _file),
}
"""By the ending of the file's name."""
