"""Staff pages on which letters that came in on paper are entered, comment by comment, and filed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations import services
from consultations.desk import comments_in_text_order, read_comments
from consultations.forms.letters import LetterCommentForm, LetterForm, StartLetterForm
from consultations.models import Submission
from consultations.services import letters
from consultations.views.desk_submission import read_revision
from consultations.views.staff_access import StaffView
from consultations.views.staff_calls import CallView
from consultations.visibility import is_staff_member
from declaration.errors import Refused

COMMENTS_PER_PAGE = 50


class LetterAddView(CallView):
    """Begins to enter a letter in a call, and lists those that are being entered."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whose letter it is."""
        return self._ask(StartLetterForm(call=self.call))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin it, or go on with the one that was begun."""
        form = StartLetterForm(request.POST, call=self.call)
        if not form.is_valid():
            return self._ask(form, status=422)
        values = dict(form.cleaned_data)
        try:
            delegation = letters.find_delegation(values.pop("delegation"))
            letter = letters.start_letter(call=self.call, delegation=delegation, user=request.user, **values)
        except Refused as refused:
            form.refuse(refused)
            return self._ask(form, status=refused.status)
        return redirect("staff-letter-detail", letter.pk)

    def _ask(self, form: StartLetterForm, *, status: int = 200) -> HttpResponse:
        sealed = self.call.is_sealed(at=timezone.now())
        begun = Submission.objects.letters_in_writing().filter(call=self.call).with_context().order_by("pk")
        context = {"call": self.call, "form": form, "is_sealed": sealed, "begun": begun.none() if sealed else begun}
        return self.show("letter_add", context, crumbs=self.crumbs((_("Enter a letter"), "")), status=status)


class LetterView(StaffView):
    """A page about a letter that is being entered; of one that has been filed it leads to what was filed."""

    @cached_property
    def letter(self) -> Submission:
        """The letter, unless its call is sealed or it has been filed."""
        letter: Submission = get_object_or_404(
            Submission.objects.letters_in_writing().with_context(), pk=self.kwargs["pk"]
        )
        if letter.call.is_sealed(at=timezone.now()):
            raise Http404
        return letter

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say that it has been filed meanwhile, also to a colleague whose page is still open."""
        if is_staff_member(request.user):
            filed = Submission.objects.filed_for_staff().filter(pk=kwargs["pk"], source=Submission.Source.LETTER)
            if filed.exists():
                messages.info(request, _("This letter has been filed and no longer changes."))
                return redirect("staff-submission-detail", kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class LetterDetailView(LetterView):
    """A letter that is being entered: what it says of itself, its comments, and the buttons that file or discard it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save what it says, add or delete a comment, file or discard it."""
        acts: dict[str, Callable[[], HttpResponse]] = {
            "describe": self._describe,
            "comment": self._comment,
            "delete": self._delete,
            "file": self._file,
            "discard": self._discard,
        }
        act = acts.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            return act()
        except Refused as refused:
            return self._page(status=refused.status, problem=str(refused))

    def _describe(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self._page(form=form, status=422)
        services.describe_submission(submission=self.letter, user=self.request.user, **form.values())
        messages.success(self.request, _("Saved."))
        return redirect("staff-letter-detail", self.letter.pk)

    def _comment(self) -> HttpResponse:
        form = LetterCommentForm(self.request.POST, call=self.letter.call)
        if not form.is_valid():
            return self._page(comment_form=form, status=422)
        try:
            services.add_comment(submission=self.letter, user=self.request.user, **form.values())
        except Refused as refused:
            form.refuse(refused)
            return self._page(comment_form=form, status=refused.status)
        messages.success(self.request, _("The comment has been added."))
        return redirect("staff-letter-detail", self.letter.pk)

    def _delete(self) -> HttpResponse:
        typed = self.request.POST.get("comment", "")
        comment = self.letter.comments.filter(pk=typed).first() if typed.isdecimal() and typed.isascii() else None
        if comment is None:
            raise Http404
        services.delete_comment(comment=comment, user=self.request.user, expected_revision=comment.revision)
        return redirect("staff-letter-detail", self.letter.pk)

    def _file(self) -> HttpResponse:
        services.submit_submission(
            submission=self.letter, user=self.request.user, expected_revision=read_revision(self.request)
        )
        messages.success(self.request, _("The letter has been filed."))
        return redirect("staff-submission-detail", self.letter.pk)

    def _discard(self) -> HttpResponse:
        call = self.letter.call_id
        services.discard_submission(submission=self.letter, user=self.request.user)
        messages.success(self.request, _("What was entered has been thrown away."))
        return redirect("staff-call-detail", call)

    def _form(self, *args: Any, **kwargs: Any) -> LetterForm:
        letter = self.letter
        on = letter.received_on or timezone.now().date()
        return LetterForm(*args, call=letter.call, delegation=letter.delegation, on=on, **kwargs)

    def _page(
        self,
        *,
        form: LetterForm | None = None,
        comment_form: LetterCommentForm | None = None,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        letter = self.letter
        stored = {name: getattr(letter, name) for name in LetterForm.base_fields}
        stored["on_behalf_of"] = letter.on_behalf_of.code if letter.on_behalf_of else None
        first = {"target": "clause", "operation": "none", "category": "substantive", "language": letter.language}
        page = Paginator(comments_in_text_order(letter), COMMENTS_PER_PAGE).get_page(self.request.GET.get("page"))
        context = {
            "letter": letter,
            "form": form or self._form(initial=stored),
            "comment_form": comment_form or LetterCommentForm(initial=first, call=letter.call),
            "comments": read_comments(page.object_list),
            "page_obj": page,
            "problem": problem,
        }
        call = (str(letter.call), reverse("staff-call-detail", args=[letter.call_id]))
        crumbs = [(_("Calls for comments"), reverse("staff-call-list")), call, (_("Letter"), "")]
        return self.show("letter_detail", context, crumbs=crumbs, status=status)
