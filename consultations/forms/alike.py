"""The form in which a group of like comments is given one answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.staff import AnswerForm
from consultations.models import Alike


class GroupAnswerForm(AnswerForm):
    """One answer, and the comments it is given to: those of the group that nobody has answered, unless some are left out.

    Each choice has the comment's id and the revision of its answer as it was shown, 0 for none.
    """

    comments = forms.MultipleChoiceField(
        label=_("Comments that are given it"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def offer(self, members: list[Alike]) -> None:
        """Let these comments be chosen. What was chosen when the page was older is for the service to judge."""
        self.members = members
        self.fields["comments"].choices = [  # type: ignore[attr-defined]
            (str(each.comment_id), str(each.comment.submission.delegation)) for each in members
        ]
