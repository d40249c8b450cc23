"""The forms in which staff settle what a clause comes from, and begin the next draft."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES
from declaration.models import Clause, Descent, Draft
from declaration.translated_form import TranslatedFormField

MAX_ANCESTORS = 100
"""So many clauses one clause can come from."""


class RefusableForm(forms.Form):
    """A form that shows what a service refused."""

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its field, or on top where the form has no such field."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))


class OriginForm(RefusableForm):
    """What a clause comes from: clauses ticked by identifier, or that it is new, and the kind of descent."""

    revision = forms.IntegerField(min_value=0)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of descent"), required=False, choices=[("", ""), *Descent.Kind.choices]
    )
    is_new = forms.BooleanField(required=False)

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.ticked = set(data.getlist("ancestor")[:MAX_ANCESTORS])
        self._unknown: list[str] = []

    def read_ancestors(self, draft: Draft) -> list[Clause]:
        """Return the clauses of the superseded draft that were ticked; none for a new clause."""
        if self.data.get("is_new"):
            return []
        found = list(Clause.objects.filter(draft=draft.supersedes_id, eid__in=self.ticked).order_by("position"))
        self._unknown = sorted(self.ticked - {each.eid for each in found})
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse where nothing was chosen, or something that is not there."""
        values = super().clean() or {}
        if self._unknown:
            message = _("The draft before has no clause “%(clause)s”.") % {"clause": self._unknown[0][:120]}
            raise forms.ValidationError(message, code="ancestor_unknown")
        if not self.ticked and not values.get("is_new"):
            raise forms.ValidationError(
                _("Choose at least one clause that this one comes from, or say that it is new."), code="nothing_chosen"
            )
        return values


class NextDraftForm(RefusableForm):
    """What the next draft is called; the rest is copied."""

    name = TranslatedFormField(label=gettext_lazy("Name"), required_languages=("en",))
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Draft.Stage.choices)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=TEXT_LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Words are copied in the languages that this draft has; others have to be brought in."),
    )
