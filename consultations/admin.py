"""Who may curate people and delegations. What was filed is shown to those who may read it, and changed by nobody here.

Submissions, comments and answers have their own pages, where every step goes through a service.
"""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.models import Call, Delegation, Membership, Submission, User


class MembershipInline(admin.TabularInline):
    """Who acts for a delegation, and in what role."""

    model = Membership
    extra = 0
    autocomplete_fields = ["user", "delegation"]


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
        """Let nobody but administrators make staff and administrators."""
        return [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep staff from changing the address or password of colleagues and administrators, and so from becoming them."""
        may = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or obj is None or not (obj.is_staff or obj.is_superuser))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Keep everybody: who leaves is made inactive, and asking to remove her would list what she filed under embargo."""
        return False


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
    """Calls for comments. They are opened, extended and closed on the staff pages."""

    list_display = ["title", "draft", "status", "opens_at", "closes_at", "publication_rule"]
    list_select_related = ["draft"]
    list_filter = ["status", "publication_rule"]
    search_fields = ["title"]
    autocomplete_fields = ["draft", "invited"]
    readonly_fields = ["status"]

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Refuse changes of a call that has been opened."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == Call.Status.PREPARING)

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """Refuse the removal of a call that has been opened."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == Call.Status.PREPARING)


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
