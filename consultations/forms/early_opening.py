"""The form in which one of the staff asks that sealed filings be opened before their call closes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField
from declaration.languages import TEXT_LANGUAGE_CHOICES


class EarlyOpeningForm(DeskForm):
    """Why sealed filings should be opened early; everybody will read it."""

    reason = WordsField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it on the page of the call once a colleague has confirmed the opening."),
    )
    language = forms.ChoiceField(label=_("Language of the reason"), choices=TEXT_LANGUAGE_CHOICES)
