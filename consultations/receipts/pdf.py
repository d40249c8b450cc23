"""A receipt in PDF: one page to read and print, with the receipt's file inside it."""

import datetime as dt
import json
from pathlib import Path
from typing import Final

import typst
from django.utils.translation import gettext as _

from consultations.models import Receipt
from consultations.receipts.document import file_name, receipt_file
from consultations.receipts.showing import show_receipt
from declaration.languages import active_text_language, direction

HERE: Final = Path(__file__).parent


def receipt_pdf(receipt: Receipt, *, at: dt.datetime, site: str) -> bytes:
    """Return a receipt as PDF in the active language. `site` is the address at which the site's keys are published."""
    shown = show_receipt(receipt, at=at)
    sections = [("", shown.facts), (_("Place in the chain of the call"), shown.place)]
    sections += [(_("Signature"), shown.signatures)]
    content = {
        "language": active_text_language(),
        "direction": direction(active_text_language()),
        "title": _("Receipt of a filing"),
        "number": shown.number,
        "notes": _notes(receipt),
        "sections": [{"title": title, "facts": [vars(fact) for fact in facts]} for title, facts in sections if facts],
        "unplaced": "" if shown.place else _unplaced(),
        "how": [
            _("How to check it"),
            _(
                "The receipt's file (JSON) is attached to this document. Keep it. Whoever has it can check it without this "
                "site, with the program and the keys that stand at the address below."
            ),
        ],
        "commands": [f"python3 verify_receipt.py {file_name(receipt, 'json')} --key …", site],
        "file_name": file_name(receipt, "json"),
    }
    compiled = typst.compile(
        HERE / "receipt.typ",
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={
            "content": json.dumps(content, ensure_ascii=False),
            "file": receipt_file(receipt, at=at).decode(),
        },
    )
    if not isinstance(compiled, bytes):
        raise TypeError("A PDF is one document, whatever its pages.")
    return compiled


def _notes(receipt: Receipt) -> list[str]:
    notes = []
    if receipt.submission.delegation.is_invented:
        notes.append(_("The party is invented and exists only to show how the site works."))
    if receipt.submission.is_late:
        notes.append(_("It was filed late."))
    return notes


def _unplaced() -> str:
    return _(
        "While the call is sealed a receipt does not tell its place in the chain, because that would tell how many have "
        "filed. The signature stands for the filing. The place is in the receipt once the call has been released."
    )
