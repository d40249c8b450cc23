"""What changed in the text since a delegation last commented on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from consultations.changes import ChangedClause, Changes, find_changes
from consultations.desk import Desk, WrittenComment, read_comments
from consultations.models import Comment
from consultations.standing_cards import Place, clause_address, make_standing_cards
from consultations.views.desk import get_desk
from consultations.views.desk_access import DeskView
from declaration.languages import active_text_language
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.text.redline import Operation

OTHERS_A_PAGE = 50


@dataclass(frozen=True)
class AgainComment:
    """An earlier comment with where it stands now, and the addresses at which it can be made again."""

    written: WrittenComment
    again: list[Place]


@dataclass(frozen=True)
class OtherCard:
    """A changed clause that the delegation had not commented on, ready to be shown."""

    change: ChangedClause
    name: str
    places: list[Place]
    comment_url: str

    @property
    def redline(self) -> list[Operation]:
        """What changed in its words."""
        return self.change.operations


class ChangesView(DeskView):
    """What changed since a delegation's last filing: in what it commented on, and elsewhere."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show it to the delegation's people."""
        desk = get_desk(request, key)
        changes = find_changes(desk.delegation, language=active_text_language())
        here = reverse("desk-delegation", args=[key])
        context = {
            "desk": desk,
            "changes": changes,
            "crumbs": [(_("My desk"), reverse("desk")), (str(desk.delegation), here), (_("What changed"), "")],
        }
        return render(request, "consultations/desk/changes.html", context | self._show(desk, changes))

    def _show(self, desk: Desk, changes: Changes | None) -> dict[str, object]:
        if changes is None:
            return {}
        can_comment = any(place.call.draft_id == changes.newer.pk and place.takes_comments for place in desk.current)
        page = Paginator(changes.others, OTHERS_A_PAGE).get_page(self.request.GET.get("page"))
        return {
            "comments": list_again(changes, can_comment=can_comment),
            "others": [make_other_card(change, changes.newer, can_comment=can_comment) for change in page],
            "page_obj": page,
            "can_comment": can_comment,
            "shown_languages": [*changes.older.languages, *changes.newer.languages],
        }


def list_again(changes: Changes, *, can_comment: bool) -> list[AgainComment]:
    """Return the earlier comments, each with the addresses at which it can be made again: one for each clause it leads to."""
    cards = make_standing_cards(changes.standings)
    found = []
    for written in read_comments(changes.comments):
        standing = changes.standings.get(written.comment.pk)
        clauses: Sequence[Clause | None] = standing.clauses if standing and written.comment.clause_id else [None]
        again = [Place(_name(clause), _again_url(written.comment, clause, changes.newer)) for clause in clauses]
        card = cards.get(written.comment.pk)
        found.append(AgainComment(replace(written, standing=card), again if can_comment else []))
    return found


def make_other_card(change: ChangedClause, draft: Draft, *, can_comment: bool) -> OtherCard:
    """Return a changed clause ready to be shown."""
    named = change.clauses[0] if change.clauses else change.was
    query = urlencode({"draft": str(draft.ordinal), "clause": named.eid if named else ""})
    return OtherCard(
        change=change,
        name=name_clause(change.was or change.clauses[0]),
        places=[Place(name_clause(clause), clause_address(clause)) for clause in change.clauses],
        comment_url=f"{reverse('desk-comment-add')}?{query}" if change.clauses and can_comment else "",
    )


def _name(clause: Clause | None) -> str:
    return name_clause(clause) if clause else _("The whole text")


def _again_url(comment: Comment, clause: Clause | None, draft: Draft) -> str:
    values = {"draft": str(draft.ordinal), "target": comment.target, "again": str(comment.pk)}
    if clause:
        values["clause"] = clause.eid
    return f"{reverse('desk-comment-add')}?{urlencode(values)}"
