"""A person's desk: her delegations, their calls, and what was written and filed in them."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import services
from consultations.arrival import arrival_of
from consultations.desk import CallOnDesk, Desk, list_desks
from consultations.models import Call, CoSponsor, Delegation, Membership, Submission
from consultations.querysets import CoSponsorQuerySet
from consultations.views.desk_access import DeskView, no_longer_yours
from declaration.models import Draft


class DeskHomeView(DeskView):
    """All of a person's delegations, with what is to be done in each."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; to somebody who belongs to none, say whom to ask."""
        desks = list_desks(request.user, at=timezone.now())
        return render(
            request,
            "consultations/desk/home.html",
            {"desks": desks, "crumbs": [(_("My desk"), "")]} | {"co_sponsorships": list_co_sponsorships(request)},
        )


class DelegationDeskView(DeskView):
    """One delegation: its people, and all calls with every filing of it."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show it to its people."""
        desk = get_desk(request, key)
        context = {
            "desk": desk,
            "members": list_members(desk.delegation),
            "co_sponsorships": list_co_sponsorships(request).filter(delegation=desk.delegation),
            "crumbs": [(_("My desk"), reverse("desk")), (str(desk.delegation), "")],
        }
        return render(request, "consultations/desk/delegation.html", context)


class StartView(DeskView):
    """Begins a submission."""

    def get(self, request: HttpRequest, key: str, call_pk: int) -> HttpResponse:
        """Lead to the desk: reading begins nothing."""
        return redirect("desk")

    def post(self, request: HttpRequest, key: str, call_pk: int) -> HttpResponse:
        """Begin it, or go on with the one that was begun, and lead to it or to its first comment."""
        delegation = get_desk(request, key).delegation
        call = get_object_or_404(Call.objects.visible_to(request.user), pk=call_pk)
        submission = services.start_submission(
            call=call, delegation=delegation, user=request.user, at=arrival_of(request)
        )
        wanted = wanted_comment(request.POST)
        return _to_form(submission, wanted) if wanted else redirect("desk-submission", submission.pk)


class CommentFromTextView(DeskView):
    """The way from a clause's page to a comment on it: for which delegation, and in which call."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead to the form where there is one place to write; otherwise ask which."""
        wanted = wanted_comment(request.GET)
        draft = self._draft(request)
        places = list_places(request, draft)
        if len(places) == 1 and places[0].in_writing:
            return _to_form(places[0].in_writing, wanted)
        clause = draft.clauses.filter(eid=request.GET.get("clause", "")).first()
        context = {
            "places": places,
            "draft": draft,
            "clause": clause,
            "wanted": wanted.urlencode(),
            "form_values": wanted.items(),
        }
        context["crumbs"] = [(_("My desk"), reverse("desk")), (_("Write a comment"), "")]
        return render(request, "consultations/desk/place.html", context)

    def _draft(self, request: HttpRequest) -> Draft:
        drafts = Draft.objects.published().order_by("-ordinal")
        ordinal = request.GET.get("draft", "")
        draft = drafts.filter(ordinal=ordinal).first() if ordinal.isdecimal() else drafts.first()
        if draft is None:
            raise Http404
        return draft


def get_desk(request: HttpRequest, key: str) -> Desk:
    """Return the desk of the delegation with that key. Raises `Http404` where the person does not belong to it."""
    for desk in list_desks(request.user, at=timezone.now()):
        if desk.delegation.key == key:
            return desk
    raise no_longer_yours(request)


def list_co_sponsorships(request: HttpRequest) -> CoSponsorQuerySet:
    """Return what the person's delegations are asked to stand behind, or stand behind: the newest first."""
    return CoSponsor.objects.offered_to(request.user).with_submission().order_by("-pk")


def list_members(delegation: Delegation) -> list[Membership]:
    """Return the delegation's people, focal points first."""
    members = delegation.memberships.select_related("user")
    return sorted(members, key=lambda each: (Membership.Role.values.index(each.role), str(each.user)))


def list_places(request: HttpRequest, draft: Draft) -> list[CallOnDesk]:
    """Return where a person can write comments on a draft now: each of her delegations in each call that takes them."""
    return [
        place
        for desk in list_desks(request.user, at=timezone.now())
        for place in desk.current
        if place.call.draft_id == draft.pk and place.takes_comments
    ]


def wanted_comment(values: QueryDict) -> QueryDict:
    """Return what the form of a comment is to be opened with, as a link elsewhere wants it."""
    wanted = QueryDict(mutable=True)
    for name in ("clause", "target", "operation", "again"):
        if values.get(name):
            wanted[name] = str(values[name])
    return wanted


def _to_form(submission: Submission, wanted: QueryDict) -> HttpResponse:
    return redirect(f"{reverse('desk-comment-add', args=[submission.pk])}?{wanted.urlencode()}")
