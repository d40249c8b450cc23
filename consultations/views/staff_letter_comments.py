"""Staff pages on which a comment of a letter is changed before the letter is filed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from consultations import services
from consultations.desk import name_target
from consultations.forms.letters import LetterCommentForm
from consultations.models import Comment
from consultations.views.staff_letters import LetterView
from declaration.errors import Conflict, Refused

FIELDS = ("target", "position", "operation", "proposed_text", "rationale", "category", "language", "revision")


class LetterCommentView(LetterView):
    """One comment of a letter that is being entered."""

    @cached_property
    def comment(self) -> Comment:
        """The comment."""
        return get_object_or_404(self.letter.comments.select_related("clause"), pk=self.kwargs["comment_pk"])

    def get(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Show the form with what stands."""
        stored = {name: getattr(self.comment, name) for name in FIELDS}
        stored["clause"] = self.comment.clause.eid if self.comment.clause else ""
        return self._page(LetterCommentForm(initial=stored, call=self.letter.call))

    def post(self, request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
        """Save it; where a colleague was faster, what was typed stays in the form, on what stands now."""
        form = LetterCommentForm(request.POST, call=self.letter.call)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            services.edit_comment(
                comment=self.comment, user=request.user, expected_revision=form.expected_revision, **form.values()
            )
        except Conflict as conflict:
            again = form.with_revision(conflict.current.get("revision", 0))
            again.refuse(conflict)
            return self._page(again, status=conflict.status)
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        messages.success(request, _("The comment has been changed."))
        return redirect("staff-letter-detail", pk)

    def _page(self, form: LetterCommentForm, *, status: int = 200) -> HttpResponse:
        letter = self.letter
        context = {"letter": letter, "comment": self.comment, "form": form, "name": name_target(self.comment)}
        way = [
            (_("Calls for comments"), reverse("staff-call-list")),
            (str(letter.call), reverse("staff-call-detail", args=[letter.call_id])),
            (_("Letter"), reverse("staff-letter-detail", args=[letter.pk])),
            (_("Comment %(number)d") % {"number": self.comment.number}, ""),
        ]
        return self.show("letter_comment", context, crumbs=way, status=status)
