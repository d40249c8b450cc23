"""The public page of an element with what it comes from: views, questions and outcomes that led to it."""

from typing import Any

from activities.models import Outcome
from consultations.models import Question, View
from consultations.views.voices import excerpt_voices
from declaration.views.elements import ElementDetail
from declaration.views.pages import take_first


class FoundedElementDetail(ElementDetail):
    """An element, as the text reflects it, with the views, questions and outcomes it comes from."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the public views on it, the questions put about it, and the outcomes that led to it."""
        element = self.object
        views = View.objects.public().filter(elements=element).with_context().in_order()
        questions = Question.objects.filter(elements=element).select_related("questionnaire")
        return super().get_context_data(
            voices=excerpt_voices(take_first(views)),
            questions=questions.order_by("questionnaire", "position"),
            outcomes=Outcome.objects.filter(elements=element).in_order(),
            **kwargs,
        )
