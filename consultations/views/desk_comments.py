"""Writing, changing and deleting the comments of a submission."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from consultations import services
from consultations.again import find_again
from consultations.arrival import arrival_of
from consultations.desk import compare_versions, list_choices, read_comments
from consultations.forms.desk import CommentForm, typed_values
from consultations.models import Comment, Submission
from consultations.services import gate
from consultations.standing_cards import make_standing_card
from consultations.views.desk_access import SubmissionDeskView, give_back, saved
from consultations.views.desk_comment_page import (
    form_values,
    next_clause,
    preview_proposal,
    read_target,
    shown_values,
    stored_values,
)
from consultations.views.desk_submission import crumbs_of, read_revision
from declaration.errors import Conflict, Refused
from declaration.languages import active_text_language
from declaration.outline import choose_language, list_contents


def refuse_writing(request: HttpRequest, submission: Submission) -> None:
    """Refuse a form to those who could not save it, before they fill it in."""
    gate.refuse_unless_writer(request.user, submission)
    gate.refuse_closed(submission.call, at=arrival_of(request))


class CommentFormView(SubmissionDeskView):
    """The form of one comment: beside it the clause's wording, below it the redline as it will be printed.

    Its buttons: `preview` shows the redline, `prefill` starts from the present wording, `show` shows another clause;
    `save` is "stay", "next" (the next clause) or anything else. None but `save` stores anything.
    """

    keeps_typed = True

    def respond(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says that was pressed."""
        if "prefill" in request.POST:
            return self._prefilled()
        if "preview" in request.POST or "show" in request.POST:
            return self.page(self.as_typed(request.POST))
        return self._save(request)

    def as_typed(self, values: Mapping[str, Any]) -> CommentForm:
        """Return a form with these values, which nobody has judged yet."""
        return CommentForm(initial=typed_values(CommentForm, values), call=self.submission.call)

    def _prefilled(self) -> HttpResponse:
        typed = typed_values(CommentForm, self.request.POST)
        if typed["proposed_text"].strip():
            form = CommentForm(self.request.POST, call=self.submission.call)
            problem = _("Something is written here already. Empty the field to start from the present wording.")
            form.add_error("proposed_text", problem)
            return self.page(form, status=422)
        present = read_target(self.submission, typed).present
        return self.page(self.as_typed(typed | {"operation": Comment.Operation.REPLACE, "proposed_text": present}))

    def _save(self, request: HttpRequest) -> HttpResponse:
        form = CommentForm(request.POST, call=self.submission.call)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            comment = self.store(form)
        except Conflict as conflict:
            return self.conflict_page(form, conflict)
        except Refused as refused:
            form.refuse(refused)
            return self.page(form, status=refused.status)
        messages.success(request, _("Your comment has been saved."))
        return saved(self._lead_on(comment, request.POST.get("save", "")), self.draft_key)

    def store(self, form: CommentForm) -> Comment:
        """Hand what was entered to the service."""
        raise NotImplementedError

    def conflict_page(self, form: CommentForm, conflict: Conflict) -> HttpResponse:
        """Show what stands now beside what was typed."""
        raise NotImplementedError

    @property
    def draft_key(self) -> str:
        """Under which the browser keeps a copy of the words until they are saved: one for each comment and person.

        A comment that is new has one for each clause on which it was begun.
        """
        which = self.kwargs.get("comment_pk") or f"new-{self.request.GET.get('clause', '')}"
        return f"comment-{self.submission.pk}-{which}-{self.request.user.pk}"

    def _lead_on(self, comment: Comment, button: str) -> HttpResponse:
        submission = self.submission
        if button == "stay":
            return redirect("desk-comment-edit", submission.pk, comment.pk)
        if button == "next":
            following = next_clause(submission.call.draft, comment.clause)
            if following is not None:
                return redirect(f"{reverse('desk-comment-add', args=[submission.pk])}?clause={following.eid}")
            messages.info(self.request, _("That was the last clause of the draft."))
        return redirect(f"{reverse('desk-submission', args=[submission.pk])}#comment-{comment.pk}")

    def page(self, form: CommentForm, *, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the form; to htmx only what it asks for, the wording and the redline."""
        template = "_preview_answer.html" if getattr(self.request, "htmx", False) else "comment.html"
        context = self._context(form) | extra
        response = render(self.request, f"consultations/desk/{template}", context, status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _context(self, form: CommentForm) -> dict[str, Any]:
        submission, typed = self.submission, form_values(form)
        target = read_target(submission, typed)
        return {
            "form": form,
            "submission": submission,
            "target": target,
            "comment_language": typed["language"],
            "preview": preview_proposal(typed, target.clause),
            "comment_pk": self.kwargs.get("comment_pk"),
            "draft_key": self.draft_key,
            "shown_languages": submission.call.languages,
            "crumbs": crumbs_of(submission, target.title),
        }


class CommentAddView(CommentFormView):
    """Writes a comment."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show an empty form for the clause that is wanted; without one, the draft to choose from."""
        refuse_writing(request, self.submission)
        typed = give_back(request)
        if typed:
            return self.page(self.as_typed(typed))
        if not request.GET.get("clause") and request.GET.get("target") != Comment.Target.WHOLE_TEXT:
            return self._contents()
        again = find_again(self.submission, request.GET.get("again", ""))
        wanted = self._wanted() | (again.list_values(self.submission) if again else {})
        standing = make_standing_card(again.standing) if again and again.standing else None
        return self.page(self.as_typed(wanted), earlier=self._earlier(), again=again, standing=standing)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save it, or do what another button says."""
        return self.respond(request)

    def store(self, form: CommentForm) -> Comment:
        """Write it."""
        return services.add_comment(
            submission=self.submission, user=self.request.user, at=arrival_of(self.request), **form.values()
        )

    def conflict_page(self, form: CommentForm, conflict: Conflict) -> HttpResponse:
        """What is new has no other version."""
        form.refuse(conflict)
        return self.page(form, status=conflict.status)

    def _contents(self) -> HttpResponse:
        submission = self.submission
        language = choose_language(submission.call.draft, active_text_language())
        choices = list_choices(submission, language)
        context = {
            "submission": submission,
            "choices": choices,
            "toc": list_contents(choice.line for choice in choices),
            "language": language,
            "crumbs": crumbs_of(submission, _("Choose a clause")),
        }
        return render(self.request, "consultations/desk/contents.html", context)

    def _wanted(self) -> dict[str, str]:
        """Return what the link asks for that led here: a clause, a target, an operation."""
        wanted, submission = self.request.GET, self.submission
        page_language = active_text_language()
        values = {
            "target": _choice(wanted.get("target"), Comment.Target.values, Comment.Target.CLAUSE),
            "clause": wanted.get("clause", ""),
            "operation": _choice(wanted.get("operation"), Comment.Operation.values, Comment.Operation.NONE),
            "category": Comment.Category.SUBSTANTIVE,
            "language": page_language if page_language in submission.call.languages else submission.language,
        }
        if values["clause"]:
            get_object_or_404(submission.call.draft.clauses, eid=values["clause"])
        if values["operation"] == Comment.Operation.REPLACE:
            values["proposed_text"] = read_target(submission, values).present
        return values

    def _earlier(self) -> QuerySet[Comment]:
        """Return what the submission already says on the same clause."""
        comments: QuerySet[Comment] = self.submission.comments.filter(clause__eid=self.request.GET.get("clause", ""))
        return comments.order_by("number")


class CommentEditView(CommentFormView):
    """Changes a comment."""

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Show it in its form."""
        refuse_writing(request, self.submission)
        comment = get_object_or_404(self.submission.comments.select_related("clause"), pk=comment_pk)
        return self.page(self.as_typed(give_back(request) or stored_values(comment)))

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Save it, or do what another button says."""
        return self.respond(request)

    def store(self, form: CommentForm) -> Comment:
        """Change it; the service tells where a colleague deleted or changed it meanwhile."""
        comment = self._stored() or Comment(pk=self.kwargs["comment_pk"], submission=self.submission)
        return services.edit_comment(
            comment=comment,
            user=self.request.user,
            expected_revision=form.expected_revision,
            at=arrival_of(self.request),
            **form.values(),
        )

    def _stored(self) -> Comment | None:
        comments = self.submission.comments.select_related("clause", "updated_by")
        found: Comment | None = comments.filter(pk=self.kwargs["comment_pk"]).first()
        return found

    def conflict_page(self, form: CommentForm, conflict: Conflict) -> HttpResponse:
        """Show both versions; the form then carries the new revision. What was deleted can be saved as new."""
        comment = self._stored()
        again = form.with_revision(comment.revision if comment else "")
        again.refuse(conflict)
        if comment is None:
            return self.page(again, status=conflict.status, is_deleted=True)
        differences = compare_versions(
            shown_values(stored_values(comment), comment.clause),
            shown_values(form_values(again), form.cleaned_data["clause"]),
            labels=form.labels(),
            texts=("proposed_text", "rationale"),
        )
        return self.page(again, status=conflict.status, differences=differences, theirs=comment)


class CommentDeleteView(SubmissionDeskView):
    """Deletes a comment, once it has been asked whether it should."""

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Ask."""
        refuse_writing(request, self.submission)
        return self._page()

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Delete it; what a colleague changed meanwhile is shown first."""
        comment = self.submission.comments.filter(pk=comment_pk).first()
        if comment is None:
            messages.info(request, _("This comment had been deleted already."))
            return redirect("desk-submission", pk)
        try:
            services.delete_comment(
                comment=comment,
                user=request.user,
                expected_revision=read_revision(request),
                at=arrival_of(request),
            )
        except Conflict as conflict:
            return self._page(status=conflict.status, changed=True)
        messages.success(request, _("The comment has been deleted."))
        return redirect("desk-submission", pk)

    def _page(self, *, status: int = 200, **extra: Any) -> HttpResponse:
        comments = self.submission.comments.select_related("clause").prefetch_related("clause__wordings")
        context = {
            "submission": self.submission,
            "written": read_comments([get_object_or_404(comments, pk=self.kwargs["comment_pk"])])[0],
            "crumbs": crumbs_of(self.submission, _("Delete a comment")),
        }
        return render(self.request, "consultations/desk/comment_delete.html", context | extra, status=status)


def _choice(value: str | None, choices: list[str], default: str) -> str:
    return value if value in choices else default
