"""Pages that belong to no app: the way in, and what is said when a page cannot be shown."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from consultations.models import Call, Disposition, Submission
from consultations.public_counts import PublicCounts
from consultations.tallies import Tally, add_counts
from consultations.views.calls import arrange_calls
from consultations.views.cards import make_comment_cards, make_submission_cards
from consultations.visibility import is_staff_member
from declaration.models import Draft, Mandate, Phase
from declaration.views.pages import PublicPage

SHOWN_LATEST: Final = 5
"""So many of the latest filings and answers are on the home page."""


def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the reader's language, as her browser asks for it."""
    with translation.override(translation.get_language_from_request(request)):
        response = redirect(reverse("home"))
    response["Vary"] = "Accept-Language, Cookie"
    return response


@never_cache
def admin_login(request: HttpRequest) -> HttpResponseRedirect | HttpResponsePermanentRedirect:
    """Lead the admin's sign-in to the one sign-in of the site; for whoever is signed in and not staff there is no admin.

    The sign-in would lead her back here, and so on without end.
    """
    if request.user.is_authenticated and not is_staff_member(request.user):
        raise Http404
    query = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
    return redirect(f"{reverse('account_login')}?{query}")


def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read: everything public."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\nDisallow: /api/\n", content_type="text/plain")


def after_sign_in(request: HttpRequest) -> HttpResponseRedirect | HttpResponsePermanentRedirect:
    """Lead a person who has signed in to her work: staff to theirs, everyone else to the desk."""
    return redirect("staff-home" if is_staff_member(request.user) else "desk")


class Home(PublicPage, TemplateView):
    """Where the text stands now, what is open, and what is next."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the present draft and what was said on it, the calls, the mandate, and what came in last."""
        draft = Draft.objects.current().for_reading().first()
        calls = arrange_calls(Call.objects.announced().with_draft(), at=timezone.now())
        mandate = Mandate.objects.main()
        latest = Submission.objects.public().with_context().count_comments().order_by("-submitted_at", "-id")
        answers = Disposition.objects.public().with_context().order_by("-published_at", "-id")
        return super().get_context_data(
            draft=draft,
            calls=calls,
            figures=count_figures(draft) if draft else None,
            mandate=mandate,
            holder=mandate.holders.order_by("-ordinal").first() if mandate else None,
            phases=mandate.phases.exclude(status=Phase.Status.DONE).order_by("ordinal") if mandate else [],
            renewal=mandate.resolutions.order_by("-adopted_on_earliest").first() if mandate else None,
            latest=make_submission_cards(latest[:SHOWN_LATEST]),
            answers=make_comment_cards(answer.comment for answer in answers[:SHOWN_LATEST]),
            **kwargs,
        )


def count_figures(draft: Draft) -> dict[str, Any]:
    """Return the figures of a draft: clauses, public filings and comments, how positions divide, answers."""
    counts = PublicCounts()
    return {
        "clauses": draft.clauses.count(),
        "submissions": Submission.objects.public().filter(call__draft=draft).count(),
        "tally": Tally.of(add_counts(counts.by_target(draft).values())),
        "answers": counts.answers_on(draft),
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request could not be understood."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that something may not be done."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or none that this reader may see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong, without asking anything that may be what went wrong."""
    from django.views.defaults import server_error as plain

    return plain(request, template_name="500.html")
