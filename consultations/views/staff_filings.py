"""What was filed in a call as staff read it, and what they do with a letter that they filed: correct it, or withdraw it."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations.desk import comments_in_text_order, read_comments
from consultations.forms.letters import WithdrawLetterForm
from consultations.models import Receipt, Submission
from consultations.receipts.formats import RECEIPT_FORMATS, file_name
from consultations.receipts.showing import show_receipt
from consultations.services import letter_corrections
from consultations.views.desk_receipts import send_receipt
from consultations.views.staff_access import StaffView
from consultations.views.staff_calls import CallView
from declaration.errors import Refused

FILINGS_A_PAGE: Final = 50
COMMENTS_A_PAGE: Final = 50


class FilingListView(CallView):
    """All filings in a call that staff may read, the newest first."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them; of a sealed call only that it is sealed."""
        filed: QuerySet[Submission] = Submission.objects.filed_for_staff().filter(call=self.call).with_context()
        filed = filed.count_comments(also_held=True).order_by("-submitted_at", "-pk")  # type: ignore[attr-defined]
        context = {
            "call": self.call,
            "is_sealed": self.call.is_sealed(at=timezone.now()),
            "page_obj": Paginator(filed, FILINGS_A_PAGE).get_page(request.GET.get("page")),
        }
        return self.show("filing_list", context, crumbs=self.crumbs((_("What was filed"), "")))


class FilingView(StaffView):
    """A filing that staff may read, whole; with the buttons that correct or withdraw it where it is a letter."""

    @cached_property
    def filing(self) -> Submission:
        """The filing. Raises `Http404` while it is sealed."""
        filed = Submission.objects.filed_for_staff().with_context().with_supporters()
        return get_object_or_404(filed.select_related("withdrawal"), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page(WithdrawLetterForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin a correction of a letter, or withdraw it."""
        form = WithdrawLetterForm(request.POST if request.POST.get("act") == "withdraw" else None)
        act = request.POST.get("act", "")
        if act not in ("correct", "withdraw") or not self.filing.is_letter:
            raise Http404
        try:
            return self._correct() if act == "correct" else self._withdraw(form)
        except Refused as refused:
            return self._page(form, status=refused.status, problem=str(refused))

    def _correct(self) -> HttpResponse:
        correction = letter_corrections.correct_letter(letter=self.filing, user=self.request.user)
        messages.info(self.request, _("Correct the copy and file it. The letter stands as it is until then."))
        return redirect("staff-letter-detail", correction.pk)

    def _withdraw(self, form: WithdrawLetterForm) -> HttpResponse:
        if not form.is_valid():
            return self._page(form, status=422)
        letter_corrections.withdraw_letter(letter=self.filing, user=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The letter has been withdrawn."))
        return redirect("staff-submission-detail", self.filing.pk)

    def _page(self, form: WithdrawLetterForm, *, status: int = 200, problem: str = "") -> HttpResponse:
        filing = self.filing
        page = Paginator(comments_in_text_order(filing), COMMENTS_A_PAGE).get_page(self.request.GET.get("page"))
        stands = filing.status == Submission.Status.SUBMITTED
        context = {
            "filing": filing,
            "comments": read_comments(page.object_list),
            "page_obj": page,
            "attachments": list(filing.attachments.all()),
            "form": form,
            "problem": problem,
            "can_correct": filing.is_letter and stands and filing.call.status == filing.call.Status.OPEN,
        }
        return self.show("filing_detail", context, crumbs=crumbs_of(filing), status=status)


def crumbs_of(filing: Submission, *inner: str) -> list[tuple[str, str]]:
    """Return where a staff page about a filing stands."""
    here = reverse("staff-submission-detail", args=[filing.pk]) if inner else ""
    return [
        (_("Calls for comments"), reverse("staff-call-list")),
        (str(filing.call), reverse("staff-call-detail", args=[filing.call_id])),
        (_("What was filed"), reverse("staff-submission-list", args=[filing.call_id])),
        (str(filing.delegation), here),
        *((label, "") for label in inner),
    ]


def find_letter_receipt(pk: int) -> Receipt:
    """Return the receipt of a letter that staff filed. Raises `Http404` for what a delegation filed itself."""
    filed: Any = Submission.objects.filed_for_staff()
    letters = filed.filter(source=Submission.Source.LETTER).with_context()
    letter = get_object_or_404(letters, pk=pk)
    receipt = get_object_or_404(Receipt.objects.select_related("call"), submission=letter)
    receipt.submission = letter
    return receipt


class LetterReceiptView(StaffView):
    """The receipt of a letter as a page, to be sent to the delegation that wrote it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, with its files and how it is checked."""
        receipt = find_letter_receipt(pk)
        context = {
            "submission": receipt.submission,
            "receipt": show_receipt(receipt, at=timezone.now()),
            "formats": RECEIPT_FORMATS.items(),
            "file_name": file_name(receipt, "json"),
        }
        return self.show("receipt", context, crumbs=crumbs_of(receipt.submission, _("Receipt")))


class LetterReceiptFileView(StaffView):
    """The receipt of a letter as a file."""

    def get(self, request: HttpRequest, pk: int, extension: str) -> HttpResponse:
        """Send the file, its labels in the page's language."""
        return send_receipt(request, find_letter_receipt(pk), extension)
