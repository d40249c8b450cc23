"""Who may curate people and delegations. What was filed is shown to those who may read it, and changed by nobody here.

Calls, submissions, comments and answers have their own pages, where every step goes through a service. Nobody comes to act
for a delegation here, or to sign in as somebody who does: that would be a way round the seal.
"""

from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import knox.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from consultations import record_admin  # noqa: F401 - consultations and questionnaires are curated there
from consultations.models import Call, Delegation, Membership, Submission, User

# Whoever could add a token, an address or a second factor to another person's account could act as that person.
admin.site.unregister([AuthToken, EmailAddress, Authenticator])


class MembershipInline(admin.TabularInline):
    """Who acts for a delegation, and in what role. That comes about by invitation, and ends on the desk."""

    model = Membership
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody be put into a delegation: not even by an administrator, who would read what is sealed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave roles to the delegation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave it to the delegation who belongs to it."""
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People who sign in."""

    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["email", "name"]
    fieldsets = (
        (None, {"fields": ["email", "password", "name", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
    )
    add_fieldsets = ((None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]}),)
    inlines = [MembershipInline]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Let nobody but administrators make staff and administrators, and nobody touch how a delegation's people sign in."""
        rights = ["is_staff", "is_superuser", "groups", "user_permissions"]
        if _acts_for_a_delegation(obj):
            return ["email", *rights]
        return [] if request.user.is_superuser else rights

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave out the password of people who act for a delegation."""
        found = super().get_fieldsets(request, obj)
        if not _acts_for_a_delegation(obj):
            return found
        return [
            (name, options | {"fields": [field for field in options["fields"] if field != "password"]})
            for name, options in found
        ]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - its name
        """Refuse to set the password of people who act for a delegation: whoever knows it reads what is sealed."""
        user = self.get_object(request, id)
        if _acts_for_a_delegation(user):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep staff from changing the address or password of colleagues and administrators, and so from becoming them."""
        may = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or obj is None or not (obj.is_staff or obj.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep everybody: who leaves is made inactive, and asking to remove her would list what she filed under embargo."""
        return False


def _acts_for_a_delegation(user: User | None) -> bool:
    return user is not None and user.memberships.exists()


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):
    """The parties that file."""

    list_display = ["__str__", "key", "is_active"]
    list_select_related = ["state", "stakeholder", "group"]
    list_filter = ["is_active"]
    search_fields = ["state__alpha3", "state__name", "stakeholder__name", "group__name"]
    autocomplete_fields = ["state", "stakeholder", "group"]
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: Delegation | None = None) -> bool:
        """Keep every party, as `UserAdmin` does every person."""
        return False


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):
    """Calls for comments, to be read. They are prepared, changed, opened and closed on the staff pages, through the services."""

    list_display = ["title", "draft", "status", "opens_at", "closes_at", "publication_rule", "staff_page"]
    list_select_related = ["draft"]
    list_filter = ["status", "publication_rule"]
    search_fields = ["title"]
    readonly_fields = ["staff_page"]

    @admin.display(description=_("Page for staff"))
    def staff_page(self, call: Call) -> SafeString:
        """A link to where the call is dealt with."""
        return format_html('<a href="{}">{}</a>', reverse("staff-call-detail", args=[call.pk]), call.title)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Calls are prepared on the staff pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Calls are changed on the staff pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Calls stay."""
        return False


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    """What was filed, for those who may read it. Under embargo that is nobody but the delegation."""

    list_display = ["__str__", "status", "submitted_at", "is_late", "source"]
    list_select_related = ["call", "delegation__state", "delegation__stakeholder", "delegation__group"]
    list_filter = ["status", "is_late", "source"]
    search_fields = ["delegation__state__alpha3", "delegation__state__name", "delegation__stakeholder__name"]
    date_hierarchy = "submitted_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        """Only what this person may read."""
        return super().get_queryset(request) & Submission.objects.visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Filings come in through the services."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        """What was filed never changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Submission | None = None) -> bool:
        """What was filed is never removed."""
        return False
