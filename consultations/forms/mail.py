"""The form for which mail a person wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm
from consultations.models import User
from consultations.services.calls import time_zones
from consultations.services.preferences import kinds_for, wanted_kinds
from declaration.languages import TEXT_LANGUAGES


class MailForm(DeskForm):
    """Which mail a person wants, in which language, and by whose clocks."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me this mail"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language of mail"), choices=TEXT_LANGUAGES.items())
    time_zone = forms.ChoiceField(
        label=_("Your time zone"), required=False, help_text=_("Times are shown by these clocks too, here and in mail.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer what there is for this person."""
        chosen = {"wanted": wanted_kinds(user), "language": user.language, "time_zone": user.time_zone}
        kwargs.setdefault("initial", chosen)
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(kind.value, kind.label) for kind in kinds_for(user)]  # type: ignore[attr-defined]
        zones = [(name, name) for name in sorted(time_zones())]
        self.fields["time_zone"].choices = [("", _("Geneva")), *zones]  # type: ignore[attr-defined]
