"""The forms by which people come to take part: inviting, accepting, changing a role, asking, deciding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField
from consultations.models import Membership, ParticipationRequest
from consultations.services.people import list_parties_without_delegation
from declaration.collation import sort_key
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Stakeholder


class InvitationForm(DeskForm):
    """Whom to invite, and to what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.CONTRIBUTOR)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=TEXT_LANGUAGES.items())


class FocalPointForm(InvitationForm):
    """Whom staff invite: focal points only."""

    role = forms.ChoiceField(
        choices=[(Membership.Role.FOCAL_POINT, "")], initial=Membership.Role.FOCAL_POINT, widget=forms.HiddenInput
    )


class AcceptForm(DeskForm):
    """What a person who has no account yet says of herself."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters, and nothing that is easily guessed."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RoleForm(DeskForm):
    """Another role for one of the delegation's people."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class ParticipationForm(DeskForm):
    """Who asks to take part."""

    organization = forms.CharField(label=_("Organization"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ""), *Stakeholder.Kind.choices])
    ecosoc_status = forms.ChoiceField(
        label=_("Status with the Economic and Social Council"),
        help_text=_("For non-governmental organizations only."),
        choices=[("", _("none")), *Stakeholder.EcosocStatus.choices],
        required=False,
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    contact_name = forms.CharField(label=_("Contact person"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language in which we write to you"), choices=TEXT_LANGUAGES.items())
    statement = WordsField(
        label=_("Why you want to take part"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = active_text_language()


class AcceptRequestForm(DeskForm):
    """Which stakeholder of the record an organization is, if it is there already."""

    stakeholder = forms.ModelChoiceField(
        label=_("Already in the record as"),
        help_text=_("Leave it empty for an organization that is new."),
        queryset=Stakeholder.objects.filter(delegation=None),
        to_field_name="slug",
        required=False,
        empty_label=_("new in the record"),
    )


class DeclineRequestForm(DeskForm):
    """Why a request is declined."""

    reason = WordsField(
        label=_("Reason"),
        help_text=_("It is sent to who asked."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": ParticipationRequest.MAX_STATEMENT}),
    )


class DelegationForm(DeskForm):
    """Which State, group or stakeholder is to have a delegation."""

    party = forms.ChoiceField(label=_("State, group or stakeholder"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {f"{each._meta.model_name}:{each.pk}": each for each in list_parties_without_delegation()}
        names = sorted(
            ((key, str(each.name)) for key, each in self.parties.items()),
            key=lambda pair: sort_key(pair[1], active_text_language()),
        )
        self.fields["party"].choices = [("", ""), *names]  # type: ignore[attr-defined]

    def make_values(self) -> dict[str, Any]:
        """Return what was chosen, as the service takes it."""
        return {"party": self.parties[self.cleaned_data["party"]]}
