"""Who may curate the record: staff, within the permissions they were given.

Nothing here is the only way to run a workflow: drafts are published through the same service as on the staff pages.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from declaration import services
from declaration.errors import Refused
from declaration.models import (
    Clause,
    Declaration,
    Document,
    DocumentEdition,
    Draft,
    Element,
    Group,
    GroupMembership,
    LegalBasis,
    Mandate,
    MandateHolder,
    Organ,
    Paragraph,
    Phase,
    Request,
    Resolution,
    Stakeholder,
    State,
    Wording,
)
from declaration.spreadsheets import record as lists
from declaration.spreadsheets.admin import ExchangeMixin

admin.site.site_header = _("Travaux: curating the record")
admin.site.site_title = _("Travaux")
admin.site.index_title = _("The record")

SOURCE: Any = (_("Source"), {"fields": ["source", "source_paragraphs", "is_inferred", "source_note"]})


def is_settled(obj: Model | None) -> bool:
    """Whether a row belongs to a published draft, whose text never changes."""
    match obj:
        case Draft():
            return obj.is_published
        case Clause():
            return obj.draft.is_published
        case Wording():
            return obj.clause.draft.is_published
    return False


class SettledAdmin(admin.ModelAdmin):
    """Shows what is published, and lets it be changed only while it is in preparation."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse changes of what is published."""
        return super().has_change_permission(request, obj) and not is_settled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Refuse the removal of what is published."""
        return super().has_delete_permission(request, obj) and not is_settled(obj)


class EditionInline(admin.TabularInline):
    """The languages in which a document can be read."""

    model = DocumentEdition
    extra = 0


class RequestInline(admin.StackedInline):
    """What a resolution asks."""

    model = Request
    fk_name = "resolution"
    extra = 0
    autocomplete_fields = ["addressee_mandate", "addressee_organ", "source"]


class HolderInline(admin.StackedInline):
    """Who was appointed to a mandate."""

    model = MandateHolder
    extra = 0
    autocomplete_fields = ["appointed_by", "source"]


class PhaseInline(admin.StackedInline):
    """A mandate's work plan."""

    model = Phase
    extra = 0
    autocomplete_fields = ["source"]


class MembershipInline(admin.TabularInline):
    """Which States form a group."""

    model = GroupMembership
    extra = 0
    autocomplete_fields = ["state"]
    fields = ["state", "joined_on", "left_on"]


class WordingInline(admin.StackedInline):
    """A clause in its languages."""

    model = Wording
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse changes of what is published."""
        return super().has_change_permission(request, obj) and not is_settled(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse additions to what is published."""
        return super().has_add_permission(request, obj) and not is_settled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse the removal of what is published."""
        return super().has_delete_permission(request, obj) and not is_settled(obj)


@admin.register(Organ)
class OrganAdmin(ExchangeMixin, admin.ModelAdmin):
    """Bodies that adopt, receive or serve."""

    tables = [lists.ORGANS]

    list_display = ["name", "code", "kind", "symbol_prefix", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["code", "acronym", "name"]


@admin.register(Document)
class DocumentAdmin(ExchangeMixin, admin.ModelAdmin):
    """United Nations documents."""

    tables = [lists.DOCUMENTS, lists.EDITIONS]

    list_display = ["__str__", "title", "organ", "published_on"]
    list_select_related = ["organ"]
    list_filter = ["organ"]
    search_fields = ["symbol", "slug", "title"]
    autocomplete_fields = ["organ"]
    inlines = [EditionInline]


@admin.register(Paragraph)
class ParagraphAdmin(ExchangeMixin, admin.ModelAdmin):
    """Numbered paragraphs of documents, as they were brought in."""

    tables = [lists.PARAGRAPHS]

    list_display = ["document", "language", "number", "label"]
    list_select_related = ["document"]
    list_filter = ["language"]
    search_fields = ["document__symbol", "text"]
    autocomplete_fields = ["document"]


@admin.register(Mandate)
class MandateAdmin(ExchangeMixin, admin.ModelAdmin):
    """Mandates, with their holders and work plans."""

    tables = [lists.MANDATES, lists.HOLDERS, lists.PHASES]

    list_display = ["name", "kind", "parent_organ"]
    list_select_related = ["parent_organ"]
    search_fields = ["slug", "name"]
    autocomplete_fields = ["parent_organ", "source"]
    inlines = [HolderInline, PhaseInline]


@admin.register(Resolution)
class ResolutionAdmin(ExchangeMixin, admin.ModelAdmin):
    """Resolutions and decisions, with what each asks."""

    tables = [lists.RESOLUTIONS, lists.REQUESTS]

    list_display = ["symbol", "title", "organ", "adopted_on", "mandate_action"]
    list_select_related = ["organ"]
    list_filter = ["organ", "kind", "mandate_action"]
    search_fields = ["symbol", "title", "effect"]
    autocomplete_fields = ["organ", "document", "mandate", "sponsors", "source"]
    prepopulated_fields = {"slug": ["symbol"]}
    inlines = [RequestInline]


@admin.register(State)
class StateAdmin(ExchangeMixin, admin.ModelAdmin):
    """Member and observer States, and those invented for demonstrations."""

    tables = [lists.STATES]

    list_display = ["alpha3", "name", "m49", "status"]
    list_filter = ["status"]
    search_fields = ["alpha3", "m49", "name"]


@admin.register(Group)
class GroupAdmin(ExchangeMixin, admin.ModelAdmin):
    """Groups of States, with their dated memberships."""

    tables = [lists.GROUPS, lists.MEMBERSHIPS]

    list_display = ["name", "code", "kind"]
    list_filter = ["kind"]
    search_fields = ["code", "acronym", "name"]
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Keep every group: whether one can be removed would tell whether something was filed for it under embargo."""
        return False


@admin.register(Stakeholder)
class StakeholderAdmin(ExchangeMixin, admin.ModelAdmin):
    """Everyone who is no State."""

    tables = [lists.STAKEHOLDERS]

    list_display = ["name", "kind", "ecosoc_status", "is_invented"]
    list_filter = ["kind", "ecosoc_status"]
    search_fields = ["slug", "acronym", "name"]
    autocomplete_fields = ["state"]


@admin.register(Element)
class ElementAdmin(ExchangeMixin, admin.ModelAdmin):
    """What the text must reflect."""

    tables = [lists.ELEMENTS]

    list_display = ["code", "theme", "kind", "source_paragraphs"]
    list_filter = ["kind"]
    search_fields = ["code", "theme", "text"]
    autocomplete_fields = ["source"]


@admin.register(LegalBasis)
class LegalBasisAdmin(ExchangeMixin, admin.ModelAdmin):
    """What the text rests on."""

    tables = [lists.LEGAL_BASES]

    list_display = ["instrument", "provision", "source_paragraphs"]
    search_fields = ["slug", "instrument"]
    autocomplete_fields = ["document", "source"]


@admin.register(Declaration)
class DeclarationAdmin(ExchangeMixin, admin.ModelAdmin):
    """The instruments being drafted."""

    tables = [lists.DECLARATIONS]

    list_display = ["title", "slug"]
    search_fields = ["slug", "title"]
    autocomplete_fields = ["mandate"]


@admin.register(Draft)
class DraftAdmin(ExchangeMixin, SettledAdmin):
    """Versions of the text. Publishing is an action, and a step that nothing undoes."""

    tables = [lists.DRAFTS]

    list_display = ["ordinal", "name", "stage", "status", "published_at"]
    list_filter = ["status", "stage"]
    search_fields = ["name", "ordinal"]
    autocomplete_fields = ["declaration", "document", "supersedes"]
    readonly_fields = ["status", "published_at"]
    actions = ["publish"]

    @admin.action(description=_("Publish the chosen drafts"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Draft]) -> None:
        """Publish drafts one by one; each that cannot be published says why."""
        for draft in queryset.order_by("ordinal"):
            try:
                services.publish_draft(draft=draft)
            except Refused as refusal:
                text = _("Draft %(number)d: %(reason)s") % {"number": draft.ordinal, "reason": refusal}
                self.message_user(request, text, messages.ERROR)
            else:
                text = _("Draft %(number)d has been published.") % {"number": draft.ordinal}
                self.message_user(request, text, messages.SUCCESS)


@admin.register(Clause)
class ClauseAdmin(ExchangeMixin, SettledAdmin):
    """Clauses, with their wordings."""

    tables = [lists.CLAUSES, lists.WORDINGS]

    list_display = ["eid", "draft", "kind", "label", "negotiating_status"]
    list_select_related = ["draft"]
    list_filter = ["draft", "kind", "negotiating_status"]
    search_fields = ["eid", "wordings__text", "wordings__heading"]
    autocomplete_fields = ["draft", "parent", "elements", "legal_bases"]
    inlines = [WordingInline]
