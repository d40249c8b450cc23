"""The first of the staff pages: what waits."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from consultations.models import Call
from consultations.views.staff_access import StaffView
from consultations.waiting import list_steps, survey_calls
from declaration.models import Draft


class StaffHomeView(StaffView):
    """What waits for staff: the next steps, the calls with how far they are answered, the drafts in preparation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        calls = survey_calls(Call.objects.with_draft().with_early_opening(), at=timezone.now())
        pending = [each for each in calls if each.is_pending]
        drafts = list(Draft.objects.filter(status=Draft.Status.PREPARING).order_by("-ordinal"))
        return self.show("home", {"calls": pending, "drafts": drafts, "steps": list_steps(pending, drafts)})
