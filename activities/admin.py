"""Who may curate what the mandate did: staff, within the permissions they were given."""

from django.contrib import admin

from activities.models import Activity, Deliverable, Outcome
from activities.spreadsheets import ACTIVITIES, DELIVERABLES, OUTCOMES
from declaration.admin import SOURCE
from declaration.spreadsheets.admin import ExchangeMixin


@admin.register(Activity)
class ActivityAdmin(ExchangeMixin, admin.ModelAdmin):
    """What the mandate did."""

    tables = [ACTIVITIES]

    list_display = ["name", "kind", "when", "source_paragraphs"]
    list_filter = ["kind"]
    search_fields = ["slug", "name", "summary"]
    autocomplete_fields = ["host_state", "documents", "consultations", "part_of", "source"]
    filter_horizontal = ["requests", "phases"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "when", "when_printed", "place", "host_state", "organizer"]}),
        (None, {"fields": ["role", "summary", "part_of", "documents", "requests", "consultations", "phases"]}),
        SOURCE,
    ]


@admin.register(Outcome)
class OutcomeAdmin(ExchangeMixin, admin.ModelAdmin):
    """What summits and conferences came to."""

    tables = [OUTCOMES]

    list_display = ["name", "kind", "when", "source_paragraphs"]
    list_filter = ["kind"]
    search_fields = ["slug", "name", "summary"]
    autocomplete_fields = ["host_state", "documents", "elements", "source"]
    filter_horizontal = ["requests"]


@admin.register(Deliverable)
class DeliverableAdmin(ExchangeMixin, admin.ModelAdmin):
    """What is due under the mandate."""

    tables = [DELIVERABLES]

    list_display = ["name", "due", "status", "delivered_on", "source_paragraphs"]
    list_filter = ["status"]
    search_fields = ["slug", "name"]
    autocomplete_fields = ["after", "documents", "drafts", "source"]
    filter_horizontal = ["requests"]
