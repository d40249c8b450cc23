"""The form by which staff hold what a stakeholder filed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField
from declaration.languages import TEXT_LANGUAGE_CHOICES


class HoldForm(DeskForm):
    """Why it is held."""

    reason = WordsField(
        label=_("Reason"),
        help_text=_("Everyone reads it in place of what is held."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the reason"), choices=TEXT_LANGUAGE_CHOICES)
