"""Pages that belong to no app: the way in, and what is said when a page cannot be shown."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the reader's language, as her browser asks for it."""
    with translation.override(translation.get_language_from_request(request)):
        response = redirect(reverse("home"))
    response["Vary"] = "Accept-Language, Cookie"
    return response


@never_cache
def admin_login(request: HttpRequest) -> HttpResponseRedirect | HttpResponsePermanentRedirect:
    """Lead the admin's sign-in to the one sign-in of the site."""
    query = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
    return redirect(f"{reverse('account_login')}?{query}")


def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read: everything public."""
    return HttpResponse("User-agent: *\nDisallow: /admin/\nDisallow: /api/\n", content_type="text/plain")


def home(request: HttpRequest) -> HttpResponse:
    """Where the text stands now, what is open, and what is next."""
    return render(request, "home.html")


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
