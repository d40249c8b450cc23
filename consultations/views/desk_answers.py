"""What was answered to a delegation's comments, and its replies."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations import rules, services
from consultations.forms.replies import ReplyForm, describe_reply
from consultations.models import Comment, Disposition, Membership, Submission
from consultations.report import BY_CLAUSE, Entry, arrange, count_report, read_entries
from consultations.views.desk_access import SubmissionDeskView, give_back
from consultations.views.desk_submission import crumbs_of
from declaration.errors import Conflict, Refused

ANSWERS_A_PAGE = 50


class AnswersDeskView(SubmissionDeskView):
    """A page about the answers to a submission."""

    @property
    def can_reply(self) -> bool:
        """Whether the reader replies for the delegation: a focal point does, to answers to what stands."""
        role = rules.role_in(self.request.user, self.submission.delegation)
        return role == Membership.Role.FOCAL_POINT and self.submission.status == Submission.Status.SUBMITTED

    @property
    def comments(self) -> QuerySet[Comment]:
        """The comments with all that is shown of their published answers, in the order of the text."""
        return arrange(self.submission.comments.all(), by=BY_CLAUSE)


class AnswersView(AnswersDeskView):
    """The published answers to a submission's comments, with the replies to them."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them."""
        answered = self.comments.filter(disposition__published_at__isnull=False)
        page = Paginator(answered, ANSWERS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "submission": self.submission,
            "entries": list(read_entries(page)),
            "page_obj": page,
            "figures": count_report(self.submission.comments.all()),
            "can_reply": self.can_reply,
            "crumbs": crumbs_of(self.submission, _("Answers")),
        }
        return render(request, "consultations/desk/answers.html", context)


class ReplyView(AnswersDeskView):
    """One answer, and the form in which a focal point replies to it."""

    keeps_typed = True

    @cached_property
    def entry(self) -> Entry:
        """The comment with its published answer. Raises `Http404` where it has none."""
        comment = self.comments.filter(pk=self.kwargs["comment_pk"]).first()
        if comment is None or comment.answer is None:
            raise Http404
        return next(iter(read_entries([comment])))

    @property
    def answer(self) -> Disposition:
        """The answer, which `entry` has seen to be published."""
        answer: Disposition = self.entry.comment.disposition
        return answer

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Show it; what was typed before the sign-in stands in the form again."""
        kept = give_back(request)
        return self._page(ReplyForm(kept) if kept else ReplyForm(initial=describe_reply(self.answer)))

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Reply. What cannot be done is told above what was typed, beside what stands now."""
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.reply(disposition=self.answer, user=request.user, **form.values())
        except Refused as refused:
            return self._refuse(form, refused)
        messages.success(request, _("Your reply was published with the answer."))
        return redirect(reverse("desk-answers", args=[pk]) + f"#comment-{comment_pk}")

    def _refuse(self, form: ReplyForm, refused: Refused) -> HttpResponse:
        if isinstance(refused, Conflict):
            # Sending it again is then a decision: the form carries what stands now, which is shown above it.
            del self.entry
            stands = describe_reply(self.answer)
            data = form.data.copy()  # type: ignore[attr-defined]
            data.update({"revision": stands["revision"], "replaces": stands["replaces"]})
            form = ReplyForm(data)
        form.refuse(refused)
        return self._page(form, status=refused.status)

    def _page(self, form: ReplyForm, *, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {
            "submission": self.submission,
            "entry": self.entry,
            "form": form,
            "can_reply": self.can_reply,
            "crumbs": crumbs_of(self.submission, _("Answers"), _("Reply")),
        }
        return render(self.request, "consultations/desk/reply.html", context, status=status)
