"""The form with which a delegation is asked to stand behind a submission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm


class AskForm(DeskForm):
    """Which delegation is asked, by its key: a page lists no delegations, since who is invited is not public."""

    delegation = forms.CharField(
        label=_("Delegation"),
        max_length=120,
        help_text=_("The code of a State, such as XAA, or the key of a group or a stakeholder in its page's address."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )
