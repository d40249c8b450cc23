"""The forms of a delegation's desk.

They know what can be chosen and nothing else: whether a text can be taken and whether choices fit each other is for the
services to say, so that the page and the API say the same.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Call, Comment, Delegation
from consultations.services.groups import groups_of
from consultations.services.tokens import VALID_DAYS
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Group
from declaration.outline import name_clause


class WordsField(forms.CharField):
    """Words as they were typed, to the letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        # Null characters too are for the service to refuse, with all others that cannot be printed.
        self.validators = []


class ClauseField(forms.ModelChoiceField):
    """A clause of one draft, by its identifier."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": _("This clause belongs to another draft than the one of this call.")
    }

    def label_from_instance(self, obj: Clause) -> str:
        """Call a clause as it is called by itself."""
        return name_clause(obj)


class DeskForm(forms.Form):
    """A form whose refusals by a service are shown beside the field they are about."""

    use_required_attribute = False  # the service says what is missing, in the reader's language

    def refuse(self, refused: Refused) -> None:
        """Add what a service refused to the form's errors."""
        field = refused.field if refused.field in self.fields else None
        self.add_error(field, str(refused.message))

    def labels(self) -> dict[str, Any]:
        """Return the fields that people see, each with its label."""
        return {field.name: field.label for field in self.visible_fields()}


class CallForm(DeskForm):
    """A form about something in a call."""

    further: ClassVar[dict[str, Any]] = {}
    """What a form of this kind is made with beside its call."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, name) for code, name in TEXT_LANGUAGES.items() if code in call.languages
        ]

    def with_revision(self, revision: object) -> Self:
        """Return the same form, entered as it was, but on another revision of what it changes."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["revision"] = revision
        return self.__class__(data, call=self.call, **self.further)


class SubmissionForm(CallForm):
    """What a submission says of itself, beside its comments."""

    general_comment = WordsField(
        label=_("General comment"),
        help_text=_("What you wish to say on the draft as a whole. Comments on its clauses are written one by one."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Language of the general comment"))
    on_behalf_of = forms.ModelChoiceField(
        label=_("On behalf of"),
        queryset=Group.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("your delegation alone"),
        help_text=_("A group that you speak for. Who its members are is kept as it is on the day of filing."),
    )
    consents_to_publication = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("Once it is filed, and when the call says so. Otherwise only the mandate holder's staff read it."),
    )
    consents_to_attribution = forms.BooleanField(
        label=_("May be published under our name"),
        required=False,
        help_text=_("Otherwise it is published without saying who filed it."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, delegation: Delegation, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.further = {"delegation": delegation, "on": on}  # type: ignore[misc] # of this form alone
        groups = [] if delegation.group_id else groups_of(delegation, on)
        if groups:
            self.fields["on_behalf_of"].queryset = Group.objects.filter(pk__in=[each.pk for each in groups])  # type: ignore[attr-defined]
        else:
            del self.fields["on_behalf_of"]

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the service takes it."""
        values = dict(self.cleaned_data)
        values["expected_revision"] = values.pop("revision")
        return values


class CommentForm(CallForm):
    """One comment."""

    target = forms.ChoiceField(label=_("On"), choices=Comment.Target.choices, widget=forms.RadioSelect)
    clause = ClauseField(
        label=_("Clause"), queryset=Clause.objects.none(), to_field_name="eid", required=False, empty_label=""
    )
    position = forms.ChoiceField(
        label=_("Position"),
        choices=[*Comment.Position.choices, ("", _("none taken"))],
        widget=forms.RadioSelect,
        required=False,
    )
    operation = forms.ChoiceField(
        label=_("Change proposed"), choices=Comment.Operation.choices, widget=forms.RadioSelect
    )
    proposed_text = WordsField(
        label=_("Proposed wording"),
        help_text=_("Write the clause as it should read. The site shows what changes, word by word."),
        # The placeholder is one space: it lets the style sheet tell whether something has been typed.
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "class": "draft-words", "placeholder": " "}),
    )
    rationale = WordsField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))
    category = forms.ChoiceField(label=_("Kind of comment"), choices=Comment.Category.choices)
    language = forms.ChoiceField(label=_("Language of this comment"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, call=call, **kwargs)
        self.fields["clause"].queryset = call.draft.clauses.order_by("position")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the services take it; a comment on the whole text is on no clause."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        if values["target"] == Comment.Target.WHOLE_TEXT:
            values["clause"] = None
        return values

    @property
    def expected_revision(self) -> int:
        """The comment's revision as it was read."""
        return self.cleaned_data["revision"] or 0


class TokenForm(DeskForm):
    """How long a new token is to be valid."""

    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[
            (VALID_DAYS[0], _("30 days")),
            (VALID_DAYS[1], _("90 days")),
            (VALID_DAYS[2], _("one year")),
        ],
        initial=VALID_DAYS[1],
    )


def typed_values(form: type[forms.Form], data: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed into a form's fields, as it came in and without judging it."""
    return {name: str(data.get(name, "")) for name in form.base_fields}
