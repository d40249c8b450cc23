"""Groups of like comments: finding them, and answering a whole group."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import services
from consultations.alike_reading import find_groups
from consultations.forms.alike import GroupAnswerForm
from consultations.models import Alike, AlikeGroup, Call, Comment
from consultations.report import BY_CLAUSE, Entry, arrange, read_entries
from consultations.services.answers import MAX_AT_ONCE
from consultations.views.desk_access import give_back
from consultations.views.staff_access import StaffView
from consultations.views.staff_comments import list_suggestions
from declaration.errors import Refused
from declaration.languages import active_text_language
from declaration.views.pages import Crumb

GROUPS_A_PAGE: Final = 50
SHOWN_IN_WHOLE: Final = 25
"""So many comments of a group are shown with their words; the others are named."""


class CallAlikeView(StaffView):
    """The groups of like comments in a call."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them. Raises `Http404` for a call that there is not."""
        call = get_object_or_404(Call, pk=pk)
        page = Paginator(find_groups(call), GROUPS_A_PAGE).get_page(request.GET.get("page"))
        firsts = [group.members.all()[0].comment_id for group in page]
        entries = {entry.comment.pk: entry for entry in _read(firsts)}
        context = {
            "call": call,
            "page_obj": page,
            "groups": [(group, entries.get(first)) for group, first in zip(page, firsts, strict=True)],
        }
        return self.show("call_alike", context, crumbs=[*_way(call), (_("Like comments"), "")])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Find them anew."""
        call = get_object_or_404(Call, pk=pk)
        found = len(services.group_alike(call=call))
        message = ngettext("%(count)d group was found.", "%(count)d groups were found.", found) % {"count": found}
        messages.success(request, message)
        return redirect("staff-call-alike", pk)


class AlikeAnswerView(StaffView):
    """One group: what its comments say, and the form of one answer to all of them."""

    keeps_typed = True

    @cached_property
    def group(self) -> AlikeGroup:
        """The group. Raises `Http404` where there is none, also where too little of it is left."""
        group = get_object_or_404(AlikeGroup.objects.select_related("call"), pk=self.kwargs["pk"])
        found = find_groups(group.call).filter(pk=group.pk).first()
        if found is None:
            raise Http404
        return found

    @property
    def open_members(self) -> list[Alike]:
        """The comments that nobody has answered, in order of filing; at most as many as are answered at once."""
        members = self.group.members.all()
        return [each for each in members if not hasattr(each.comment, "disposition")][:MAX_AT_ONCE]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        chosen = [str(each.comment_id) for each in self.open_members]
        initial = {"language": active_text_language(), "comments": chosen}
        form = GroupAnswerForm(give_back(request), initial=initial)
        form.offer(self.open_members)
        return self._page(form)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the comments that are chosen the answer, all of them or none."""
        form = GroupAnswerForm(request.POST)
        form.offer(self.open_members)
        if not form.is_valid():
            return self._page(form, status=422)
        wanted = [int(chosen) for chosen in form.cleaned_data["comments"]]
        comments = list(Comment.objects.filed_for_staff().filter(pk__in=wanted))
        try:
            self._answer(comments, form.values())
        except Refused as refused:
            form.refuse(refused)
            return self._page(form, status=refused.status)
        count = len(comments)
        message = ngettext("%(count)d answer was saved.", "%(count)d answers were saved.", count) % {"count": count}
        messages.success(request, message)
        return redirect("staff-alike-detail", pk)

    def _answer(self, comments: list[Comment], values: dict[str, Any]) -> None:
        if not comments:
            raise Refused("none_chosen", _("Choose the comments that are given the answer."), field="comments")
        services.answer_alike(comments=comments, user=self.request.user, **values)

    def _page(self, form: GroupAnswerForm, *, status: int = 200) -> HttpResponse:
        group = self.group
        ids = [each.comment_id for each in group.members.all()]
        entries = _read(ids[:SHOWN_IN_WHOLE])
        context = {
            "group": group,
            "form": form,
            "entries": sorted(entries, key=lambda entry: ids.index(entry.comment.pk)),
            "further": max(0, len(ids) - SHOWN_IN_WHOLE),
            "suggestions": list_suggestions({group.call.draft_id}),
        }
        alike = (_("Like comments"), reverse("staff-call-alike", args=[group.call_id]))
        return self.show("alike", context, crumbs=[*_way(group.call), alike, (_("One group"), "")], status=status)


def _way(call: Call) -> list[Crumb]:
    return [(_("Calls"), reverse("staff-call-list")), (call.title, reverse("staff-call-detail", args=[call.pk]))]


def _read(ids: list[int]) -> list[Entry]:
    comments = arrange(Comment.objects.filed_for_staff().filter(pk__in=ids), by=BY_CLAUSE)
    return list(read_entries(comments, for_staff=True))
