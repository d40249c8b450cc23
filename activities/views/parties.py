"""The public page of a State with what took place there."""

from typing import Any

from activities.models import Activity, Outcome
from consultations.models import Consultation
from consultations.views.parties import StateDetail
from declaration.views.pages import take_first


class HostStateDetail(StateDetail):
    """A State, what it filed and said, and the activities, consultations and outcomes that it hosted."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what it hosted."""
        return super().get_context_data(
            hosted_activities=take_first(Activity.objects.filter(host_state=self.state).in_order()),
            hosted_consultations=take_first(Consultation.objects.public().filter(host_state=self.state).in_order()),
            hosted_outcomes=take_first(Outcome.objects.filter(host_state=self.state).in_order()),
            **kwargs,
        )
