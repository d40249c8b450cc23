"""The form by which staff ask for a report."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.reporting.period import Period
from consultations.forms.desk import DeskForm
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES, active_text_language


class ReportForm(DeskForm):
    """The period, the language, and whether what staff alone may read is in it."""

    since = forms.CharField(
        label=pgettext_lazy("the beginning of a period", "From"),
        max_length=20,
        required=False,
        help_text=_("A year, a month or a day: 2011, 2011-08, 2011-08-01."),
    )
    until = forms.CharField(
        label=pgettext_lazy("the end of a period", "To"),
        max_length=20,
        required=False,
        help_text=_("It is counted with: 2012-12 ends on 31 December 2012."),
    )
    language = forms.ChoiceField(label=_("Language of the report"), choices=TEXT_LANGUAGE_CHOICES)
    is_internal = forms.BooleanField(
        label=_("With what staff alone may read"),
        required=False,
        help_text=_(
            "Each such entry is marked. Who spoke under the Chatham House Rule is not in it, and no notes are."
        ),
    )

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """Read what was asked for; without anything, the last twelve whole months in the language of the page."""
        if query.keys() & cls.base_fields.keys():
            return cls(query)
        since, until = Period.last_year(today=timezone.localdate()).ends
        return cls({"since": since, "until": until, "language": active_text_language()})

    def clean(self) -> dict[str, Any]:
        """Add the period. A date that is none is told beside its field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            cleaned["period"] = Period.parse(cleaned.get("since", ""), cleaned.get("until", ""))
        except Refused as refused:
            self.refuse(refused)
        return cleaned

    @property
    def options(self) -> dict[str, Any]:
        """What was asked for, as `write_report` takes it."""
        return {name: self.cleaned_data[name] for name in ("period", "language", "is_internal")}

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        since, until = self.cleaned_data["period"].ends
        asked = {"since": since, "until": until, "language": self.cleaned_data["language"]}
        return urlencode(asked | ({"is_internal": "on"} if self.cleaned_data["is_internal"] else {}))
