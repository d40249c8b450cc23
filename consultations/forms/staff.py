"""The forms of the staff pages: answers to comments, and calls.

They know what can be chosen and how it is written; whether it can be done is for the services to say.
"""

import datetime as dt
import hashlib
import json
import zoneinfo
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.forms.desk import DeskForm, WordsField
from consultations.models import Call, Comment, Delegation, Disposition
from consultations.services.calls import DRAFT_STATUSES, FIXED_ONCE_OPENED, refuse_unknown_time_zone
from declaration.collation import sort_key
from declaration.errors import Refused
from declaration.languages import TEXT_LANGUAGE_CHOICES, active_text_language
from declaration.models import Clause, Draft, Stakeholder
from declaration.translated_form import TranslatedFormField

CLAUSE_LIST: Final = "clauses"
"""The id of the one list of clauses that all rows of the answering page take their suggestions from."""

TIME_ZONE_LIST: Final = "time-zones"


def clause_key(clause: Clause) -> str:
    """Return how a clause is written in a form, as in addresses: `2/art_3__para_1`. Its draft must be at hand."""
    return f"{clause.draft.ordinal}/{clause.eid}"


MARKED: Final = ("decision", "reason", "language", "resulting_clause")
"""What an answer consists of, in the order in which `mark_answer` takes it."""


class ClauseKeyField(forms.CharField):
    """Reads a clause of any draft from its key."""

    default_error_messages = {
        "unknown": _(
            "There is no clause “%(typed)s”. Choose one from the list, or write the number of the draft, a slash and the "
            "clause's identifier: 2/art_3__para_1."
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        # Identifiers are read from left to right, also in an Arabic page.
        widget = forms.TextInput(
            attrs={"list": CLAUSE_LIST, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
        )
        super().__init__(required=False, max_length=140, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the clause; nothing where nothing was written."""
        typed = super().clean(value)
        if not typed:
            return None
        ordinal, _slash, eid = typed.partition("/")
        clauses = Clause.objects.select_related("draft").filter(eid=eid.strip())
        clause = clauses.filter(draft__ordinal=ordinal).first() if ordinal.isascii() and ordinal.isdecimal() else None
        if clause is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"typed": typed})
        return clause


class AnswerForm(DeskForm):
    """An answer as it is typed: what is decided, why, and what came of it."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("", _("not decided")), *Disposition.Decision.choices], required=False
    )
    resulting_clause = ClauseKeyField(label=_("What it became"))
    language = forms.ChoiceField(label=_("Language of the reason"), choices=TEXT_LANGUAGE_CHOICES, required=False)
    reason = WordsField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def mark(self) -> str:
        """The mark of what was typed; empty where nothing was. See `mark_answer`."""
        return mark_answer(*(str(self[name].data or "") for name in MARKED))

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("decision", "reason", "resulting_clause")} | {
            "language": self.cleaned_data["language"] or None
        }


class RowForm(AnswerForm):
    """The answer to one of the comments that are shown together.

    `revision` and `shown` say what the page showed: the answer's revision, 0 for none, and the mark of what stood there.
    """

    revision = forms.IntegerField(required=False, min_value=0)
    shown = forms.CharField(required=False, max_length=64)
    tick = forms.BooleanField(required=False, label=_("Choose this row"))

    @property
    def was_shown(self) -> bool:
        """Whether the page had inputs in this row: a published answer has none."""
        return self.add_prefix("shown") in self.data

    @property
    def is_touched(self) -> bool:
        """Whether something else was sent than the page showed."""
        return self.was_shown and self.mark != self["shown"].data

    @property
    def is_ticked(self) -> bool:
        """Whether the row was chosen."""
        return bool(self["tick"].data)

    @property
    def shown_revision(self) -> int:
        """The answer's revision as the page showed it."""
        typed = str(self["revision"].data or "")
        return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0


def make_row_form(comment: Comment) -> RowForm:
    """Return the form of a row with the answer that stands, empty for a comment without one."""
    disposition: Disposition | None = getattr(comment, "disposition", None)
    initial: dict[str, Any] = {"language": comment.language}
    if disposition:
        result = disposition.resulting_clause
        initial = {name: getattr(disposition, name) for name in ("decision", "reason", "language")}
        initial["resulting_clause"] = clause_key(result) if result else ""
    return RowForm(prefix=row_prefix(comment.pk), initial=initial)


def row_prefix(comment_id: int) -> str:
    """Return what the names of a row's inputs begin with."""
    return f"c{comment_id}"


def mark_answer(decision: str, reason: str, language: str, resulting_clause: str) -> str:
    """Return a mark by which a row that was not touched is known again; empty for a row in which nothing is answered."""
    reason = reason.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not (decision or reason or resulting_clause.strip()):
        return ""
    answer = json.dumps([decision, reason, language, resulting_clause.strip()])
    return hashlib.sha256(answer.encode()).hexdigest()[:16]


class WallClockField(forms.Field):
    """A date and time as a clock on the wall shows it, in a zone that another field names."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Write a date and a time, such as 2027-02-28 18:00.")}

    def to_python(self, value: Any) -> dt.datetime | None:
        """Return the time without a zone."""
        if value in self.empty_values:
            return None
        try:
            return dt.datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


def read_clock(moment: dt.datetime, zone_name: str) -> dt.datetime:
    """Return what the clocks of a time zone show at a moment."""
    return moment.astimezone(zoneinfo.ZoneInfo(zone_name)).replace(tzinfo=None)


class ClockForm(DeskForm):
    """A form with times that are meant in one time zone."""

    clocks: tuple[str, ...] = ()

    def zone_name(self) -> str:
        """The time zone's name; empty where it is not known."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Return the values with times as moments; refuse those that a change of the clocks leaves out or repeats."""
        values: dict[str, Any] = super().clean() or {}
        name = self.zone_name()
        with timezone.override(zoneinfo.ZoneInfo(name) if name else None):
            for field in self.clocks:
                if values.get(field):
                    try:
                        values[field] = from_current_timezone(values[field])
                    except ValidationError as error:
                        self.add_error(field, error)
        return values


class ExtendForm(ClockForm):
    """When an opened call is to close."""

    clocks = ("closes_at",)
    closes_at = WallClockField(label=_("New closing time"))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        kwargs.setdefault("initial", {"closes_at": read_clock(call.closes_at, call.time_zone)})
        super().__init__(*args, **kwargs)

    def zone_name(self) -> str:
        """The zone in which the call's times were announced."""
        return self.call.time_zone


class DelegationsField(forms.ModelMultipleChoiceField):
    """Delegations by name, in the order of the page's language."""

    def label_from_instance(self, obj: Delegation) -> str:
        """Call a delegation by its party's name."""
        return str(obj)


class DraftField(forms.ModelChoiceField):
    """A draft by its number and name."""

    def label_from_instance(self, obj: Draft) -> str:
        """Call a draft by number and name, and say whether it is published."""
        return f"{obj.ordinal}. {obj} ({obj.get_status_display()})"


class CallForm(ClockForm):
    """A call for comments. Of a call that has been opened only title, note and those invited are asked."""

    clocks = ("opens_at", "closes_at")
    draft = DraftField(label=_("Draft"), queryset=Draft.objects.none(), to_field_name="ordinal", empty_label=None)
    title = TranslatedFormField(label=_("Title"), required_languages=("en",))
    note = TranslatedFormField(
        label=_("Note"), required=False, multiline=True, help_text=_("What delegations should know before they write.")
    )
    opens_at = WallClockField(label=_("Opens at"))
    closes_at = WallClockField(label=_("Closes at"))
    time_zone = forms.CharField(
        label=_("Time zone of both"),
        initial=settings.TIME_ZONE,
        max_length=64,
        widget=forms.TextInput(attrs={"list": TIME_ZONE_LIST, "dir": "ltr"}),
        help_text=_("As in the IANA database, for example Africa/Cairo."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which comments are taken"),
        choices=TEXT_LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.MultipleChoiceField(
        label=_("Who may answer"), choices=Call.Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    stakeholder_kinds = forms.MultipleChoiceField(
        label=_("Which stakeholders"),
        choices=Stakeholder.Kind.choices,
        required=False,
        help_text=_("All of them where none is chosen."),
        widget=forms.CheckboxSelectMultiple,
    )
    invited = DelegationsField(
        label=_("Invited by name"),
        queryset=Delegation.objects.none(),
        required=False,
        help_text=_("Only where “those invited by name” may answer."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    publication_rule = forms.ChoiceField(
        label=_("What becomes of submissions"),
        choices=Call.PublicationRule.choices,
        initial=Call.PublicationRule.AS_RECEIVED,
        widget=forms.RadioSelect,
    )
    takes_late = forms.BooleanField(label=_("Takes late submissions, marked as such"), required=False)
    holds_stakeholders = forms.BooleanField(
        label=_("Holds what stakeholders file until staff have looked at it"),
        required=False,
        help_text=_("It stays visible that something is held, and why."),
    )
    needs_second_reader = forms.BooleanField(
        label=_("Answers are published once a second person has reviewed them"), required=False
    )

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        self.call = call
        self.is_opened = bool(call and call.status != Call.Status.PREPARING)
        kwargs["initial"] = _describe_call(call) if call else kwargs.get("initial") or {}
        super().__init__(*args, **kwargs)
        if self.is_opened:
            for name in FIXED_ONCE_OPENED:
                del self.fields[name.removesuffix("_id")]
        else:
            drafts = Draft.objects.filter(status__in=DRAFT_STATUSES).order_by("-ordinal")
            self.fields["draft"].queryset = drafts  # type: ignore[attr-defined]
        self._offer_delegations()

    def _offer_delegations(self) -> None:
        if self.call and self.is_opened and Call.Audience.INVITED not in self.call.audience:
            del self.fields["invited"]
            return
        field = self.fields["invited"]
        delegations = Delegation.objects.filter(is_active=True).with_party()
        field.queryset = delegations  # type: ignore[attr-defined]
        field.choices = [(each.pk, str(each)) for each in sort_delegations(delegations)]  # type: ignore[attr-defined]

    def zone_name(self) -> str:
        """The zone that was chosen."""
        return str(self.cleaned_data.get("time_zone", ""))

    def clean_time_zone(self) -> str:
        """Return the name of the zone; refuse what is none."""
        name = str(self.cleaned_data["time_zone"]).strip()
        try:
            refuse_unknown_time_zone(name)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused
        return name

    def values(self) -> dict[str, Any]:
        """Return what was entered, as the services take it; of an opened call with what does not change."""
        if not self.call or not self.is_opened:
            return dict(self.cleaned_data)
        fixed = [name.removesuffix("_id") for name in FIXED_ONCE_OPENED]
        return {name: getattr(self.call, name) for name in fixed} | {"invited": [], **self.cleaned_data}


def _describe_call(call: Call) -> dict[str, Any]:
    plain = ("title", "note", "time_zone", "languages", "audience", "publication_rule", "takes_late")
    rules = ("stakeholder_kinds", "holds_stakeholders", "needs_second_reader")
    return {name: getattr(call, name) for name in (*plain, *rules)} | {
        "draft": call.draft.ordinal,
        "opens_at": read_clock(call.opens_at, call.time_zone),
        "closes_at": read_clock(call.closes_at, call.time_zone),
        "invited": [delegation.pk for delegation in call.invited.all()],
    }


def sort_delegations(delegations: Iterable[Delegation]) -> list[Delegation]:
    """Return delegations by name, as a reader of the page's language expects."""
    language = active_text_language()
    return sorted(delegations, key=lambda each: sort_key(str(each), language))


def offer_choices(form: forms.Form, *, calls: Iterable[Call], parties: Iterable[Delegation]) -> None:
    """Let the filters for a call and a party be chosen from lists of names, in place of numbers and keys."""
    any_of_them = ("", _("any"))
    form.fields["call"].widget = forms.Select(choices=[any_of_them, *((str(call.pk), str(call)) for call in calls)])
    names = [(each.key, str(each)) for each in sort_delegations(parties)]
    form.fields["party"].widget = forms.Select(choices=[any_of_them, *names])
    form.fields["within"].label = _("Clause")
    form.fields["within"].widget = forms.TextInput(attrs={"list": "clauses-of-text", "dir": "ltr"})
