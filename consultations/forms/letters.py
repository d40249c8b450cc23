"""The forms with which staff enter a letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import CallForm, CommentForm, DeskForm, SubmissionForm, WordsField

DAY = forms.DateInput(attrs={"type": "date"})


class StartLetterForm(CallForm):
    """Whose letter it is, and when it came."""

    delegation = forms.CharField(
        label=_("Delegation"),
        max_length=120,
        help_text=_("The code of a State, such as XAA, or the key of a group or a stakeholder in its page's address."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )
    received_on = forms.DateField(label=_("Received on"), widget=DAY)
    language = forms.ChoiceField(label=_("Language"))


class LetterForm(SubmissionForm):
    """What is entered of a letter beside its comments."""

    received_on = forms.DateField(label=_("Received on"), widget=DAY)


class LetterCommentForm(CommentForm):
    """One comment of a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="comment", **kwargs)

    def with_revision(self, revision: object) -> "LetterCommentForm":
        """Return the same form, entered as it was, but on another revision of the comment."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("revision")] = revision
        return LetterCommentForm(data, call=self.call)


class WithdrawLetterForm(DeskForm):
    """Why a letter is withdrawn."""

    reason = WordsField(
        label=_("Reason"),
        help_text=_("The delegation reads it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
