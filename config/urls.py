"""Every address. Pages carry the language, so that a citation does; the API and the admin do not.

Addresses are named for what they show (`draft-detail`), not for the app that serves them: an object's address must not
depend on which app prints its page, and an app may link upwards without knowing who answers.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from config import mail_pages, views

admin.site.login = views.admin_login  # type: ignore[assignment, method-assign]  # one sign-in for everything

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.choose_language, name="choose-language"),
    path("api/v1/", include("config.api.urls")),
    path("admin/", admin.site.urls),
    path("favicon.ico", RedirectView.as_view(url="/static/images/icon.svg", permanent=False)),
    path("robots.txt", views.robots, name="robots"),
]

urlpatterns += i18n_patterns(
    path("", views.Home.as_view(), name="home"),
    path("sent-mail/", mail_pages.sent_mail_list, name="sent-mail-list"),
    path("sent-mail/<slug:name>/", mail_pages.sent_mail_detail, name="sent-mail-detail"),
    path("after-sign-in/", views.after_sign_in, name="after-sign-in"),
    path("", include("activities.urls")),
    path("", include("consultations.urls")),
    path("", include("declaration.urls")),
    path("account/", include("allauth.urls")),
)

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
