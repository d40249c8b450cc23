"""Who may curate what the mandate did: staff, within the permissions they were given."""

from django.contrib import admin

from activities.models import Activity
from declaration.admin import SOURCE


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    """What the mandate did."""

    list_display = ["name", "kind", "when", "source_paragraphs"]
    list_filter = ["kind"]
    search_fields = ["slug", "name", "summary"]
    autocomplete_fields = ["host_state", "documents", "part_of", "source"]
    filter_horizontal = ["requests"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "when", "when_printed", "place", "host_state", "organizer"]}),
        (None, {"fields": ["role", "summary", "part_of", "documents", "requests"]}),
        SOURCE,
    ]
