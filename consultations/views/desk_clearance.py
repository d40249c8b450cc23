"""How a delegation's people bring comments to the point of being filed: ready, sent back, cleared, and talked about."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations import services
from consultations.clearance import list_notes
from consultations.desk import WrittenComment, list_abilities, read_comments
from consultations.forms.clearance import NoteForm, SendBackForm
from consultations.models import Comment
from consultations.services import gate
from consultations.views.desk_access import SubmissionDeskView, give_back
from consultations.views.desk_submission import crumbs_of, read_revision
from declaration.errors import Conflict, Refused

NOTES_A_PAGE = 50


class CommentDeskView(SubmissionDeskView):
    """A page about one comment of a submission."""

    @cached_property
    def comment(self) -> Comment:
        """The comment. Raises `Http404` where the submission has none of this number."""
        comments = self.submission.comments.select_related("clause", "updated_by").prefetch_related("clause__wordings")
        return get_object_or_404(comments, pk=self.kwargs["comment_pk"])

    def written(self) -> WrittenComment:
        """The comment as it will be printed."""
        return read_comments([self.comment])[0]

    def lead_on(self) -> HttpResponse:
        """Lead back to the comment among the others, on the page of the list that it was on."""
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        address = reverse("desk-submission", args=[self.submission.pk])
        return redirect(f"{address}{query}#comment-{self.kwargs['comment_pk']}")


class ClearanceView(CommentDeskView):
    """A button beside a comment. Reading its address leads to the comment."""

    done: ClassVar[Promise]
    service: ClassVar[Callable[..., Any]]

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Lead to the comment: reading changes nothing."""
        return self.lead_on()

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Do what the button says; a refusal is told beside the comment."""
        revision = read_revision(request) or None
        try:
            type(self).service(comment=self.comment, user=request.user, expected_revision=revision)
        except Conflict as conflict:
            messages.error(request, str(conflict))
            return self.lead_on()
        messages.success(request, str(self.done) % {"number": self.comment.number})
        return self.lead_on()


class ReadyView(ClearanceView):
    """Says that a comment is ready for the focal point."""

    done = gettext_lazy("Comment %(number)s is ready for your focal point.")
    service = services.mark_ready


class ClearCommentView(ClearanceView):
    """Clears a comment."""

    done = gettext_lazy("Comment %(number)s has been cleared.")
    service = services.clear_comment


class SendBackView(CommentDeskView):
    """Sends a comment back with a reason."""

    keeps_typed = True

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Ask for the reason, of those who may do it."""
        gate.refuse_unless_focal_point(request.user, self.submission)
        gate.refuse_unless_writer(request.user, self.submission)
        return self._page(SendBackForm(initial={"revision": self.comment.revision} | dict(give_back(request) or {})))

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Send it back, or say why not, the reason kept."""
        form = SendBackForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        revision, reason = form.cleaned_data["revision"], form.cleaned_data["reason"]
        try:
            services.send_back(comment=self.comment, user=request.user, reason=reason, expected_revision=revision)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("Comment %(number)s has been sent back.") % {"number": self.comment.number})
        return self.lead_on()

    def _page(self, form: SendBackForm, *, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "submission": self.submission,
            "written": self.written(),
            "notes": list_notes(self.submission, self.comment)[:NOTES_A_PAGE],
            "crumbs": crumbs_of(self.submission, _("Send a comment back")),
        }
        return render(self.request, "consultations/desk/send_back.html", context, status=status)


class SubmissionNotesView(SubmissionDeskView):
    """What a delegation's people say to each other about a submission and all its comments."""

    keeps_typed = True

    def get(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Show it, with a form for those who write."""
        return self.page(NoteForm(initial=dict(give_back(request) or {})))

    def post(self, request: HttpRequest, **kwargs: int) -> HttpResponse:
        """Write a note."""
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            services.write_note(
                submission=self.submission, comment=self.about(), user=request.user, text=form.cleaned_data["text"]
            )
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("Your note has been saved. Only your delegation reads it."))
        return redirect(f"{request.path}?page=last#new-note")

    def about(self) -> Comment | None:
        """What the notes are about: the whole submission."""
        return None

    def page(self, form: NoteForm, *, status: int = 200) -> HttpResponse:
        """Show the notes and the form."""
        submission = self.submission
        notes = list_notes(submission, self.about())
        wanted = self.request.GET.get("page")
        paginator = Paginator(notes, NOTES_A_PAGE)
        page = paginator.get_page(paginator.num_pages if wanted == "last" else wanted)
        context = {
            "form": form,
            "submission": submission,
            "page_obj": page,
            "can": list_abilities(self.request.user, submission, at=timezone.now()),
            "crumbs": crumbs_of(submission, _("Notes")),
        }
        return render(self.request, "consultations/desk/notes.html", context | self.more(), status=status)

    def more(self) -> dict[str, Any]:
        """Return what else the page prints."""
        return {}


class CommentNotesView(SubmissionNotesView, CommentDeskView):
    """What a delegation's people say to each other about one comment."""

    def about(self) -> Comment:
        """The comment that the notes are about."""
        return self.comment

    def more(self) -> dict[str, Any]:
        """The comment itself."""
        return {"written": self.written()}
