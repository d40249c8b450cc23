"""What stands beside the form in which a clause is edited: redlines of what is typed, and who changed what before."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.clause_values import plain
from consultations.forms.editing import ClauseForm, LanguageFields
from consultations.models import User
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Descent, Wording
from declaration.outline import name_clause
from declaration.text.brackets import unbalanced_brackets
from declaration.text.redline import Operation, TextTooLongError, redline
from declaration.text_messages import validate_text

MAX_VERSIONS: Final = 500
"""So many changes of one clause are read; who needs older ones finds them in the audit trail."""


@dataclass(frozen=True)
class Compared:
    """A redline under the name of what it is compared with."""

    name: str
    operations: Sequence[Operation]

    @property
    def changes_nothing(self) -> bool:
        """Whether both read alike."""
        return all(each.op == "equal" for each in self.operations)


@dataclass(frozen=True)
class Panel:
    """One language of a clause that is edited: its fields, what is typed redlined, and what should be looked at."""

    fields: LanguageFields
    count: int
    comparisons: Sequence[Compared]
    warnings: Sequence[str]
    footnotes: Sequence[Mapping[str, Any]] = ()

    @property
    def code(self) -> str:
        """The language."""
        return self.fields.code


def list_panels(clause: Clause, form: ClauseForm) -> list[Panel]:
    """Return the languages of a form about a clause, with what is typed in each."""
    stored = {wording.language: wording for wording in clause.wordings.all()}
    older = read_ancestors(clause)
    return [_panel(clause, fields, form.values, stored, older) for fields in form.languages]


def read_ancestors(clause: Clause) -> list[Clause]:
    """Return the clauses of the draft before that a clause comes from, with their words."""
    descents = (
        Descent.objects.filter(descendant=clause).select_related("ancestor__draft").order_by("ancestor__position")
    )
    return [each.ancestor for each in descents.prefetch_related("ancestor__wordings")]


def _panel(
    clause: Clause, fields: LanguageFields, values: dict[str, str], stored: dict[str, Wording], older: list[Clause]
) -> Panel:
    typed = plain(values[f"{fields.code}-text"])
    try:
        validate_text(typed)
    except ValidationError as error:
        return Panel(fields, len(typed), [], error.messages)
    comparisons = []
    stands = stored.get(fields.code)
    footnotes = stands.footnotes if stands else []
    if stands and stands.text != typed:
        comparisons.append(Compared(_("Against what stands now"), compare(stands.text, typed)))
    for ancestor in older:
        before = next((each.text for each in ancestor.wordings.all() if each.language == fields.code), "")
        if before and before != typed:
            name = _("Against draft %(number)d, %(clause)s") % {
                "number": ancestor.draft.ordinal,
                "clause": name_clause(ancestor),
            }
            comparisons.append(Compared(name, compare(before, typed)))
    return Panel(fields, len(typed), comparisons, list_warnings(typed), footnotes)


def list_warnings(text: str) -> list[str]:
    """Return what should be looked at in a text that can be taken: square brackets that have no counterpart."""
    stray = unbalanced_brackets(text)
    if not stray:
        return []
    place = stray[0]
    message = _("The square bracket at character %(place)d has no counterpart: “%(around)s”.")
    return [message % {"place": place + 1, "around": text[max(0, place - 15) : place + 15].strip()}]


def compare(before: str, after: str) -> list[Operation]:
    """Return the redline of two texts; those too long to be compared are wholly replaced."""
    try:
        return redline(before, after)
    except TextTooLongError:
        return [Operation("delete", before), Operation("insert", after)]


@dataclass(frozen=True)
class Change:
    """Something that was changed: its name, the language where it is about words, and its redline."""

    label: Any
    operations: Sequence[Operation]
    language: str = ""


@dataclass(frozen=True)
class Version:
    """What one person did to a clause at one moment."""

    at: dt.datetime
    who: str
    title: Any
    changes: Sequence[Change] = field(default_factory=list)


_LABELS: Final = {
    "kind": gettext_lazy("Kind"),
    "label": gettext_lazy("Number"),
    "negotiating_status": gettext_lazy("Status"),
    "eid": gettext_lazy("Identifier"),
    "authenticity": gettext_lazy("This wording is"),
    "heading": gettext_lazy("Heading"),
    "text": gettext_lazy("Text"),
}
_CHOICES: Final[dict[str, dict[str, Any]]] = {
    "kind": dict(Clause.Kind.choices),
    "negotiating_status": dict(Clause.NegotiatingStatus.choices),
    "authenticity": dict(Wording.Authenticity.choices),
}
_CLAUSE_FIELDS: Final = ("kind", "label", "negotiating_status", "eid")
_WORDING_FIELDS: Final = ("authenticity", "heading", "text")


def list_versions(clause: Clause) -> list[Version]:
    """Return what was done to a clause, newest first, out of the audit trail; a constant number of queries."""
    clause_events = _events(Clause, pgh_obj_id=clause.pk)
    wording_events = _events(Wording, clause_id=clause.pk)
    contexts = [event.pgh_context for event in [*clause_events, *wording_events] if event.pgh_context]
    people = _name_people(context.metadata.get("user") for context in contexts)
    steps = [*_steps(clause_events, _CLAUSE_FIELDS), *_steps(wording_events, _WORDING_FIELDS)]
    versions: list[Version] = []
    keys: list[tuple[Any, dt.datetime]] = []
    for event, title, changes in sorted(steps, key=lambda step: step[0].pgh_created_at, reverse=True):
        key = (event.pgh_context_id, event.pgh_created_at)
        if keys and keys[-1] == key:
            versions[-1] = Version(versions[-1].at, versions[-1].who, title, [*versions[-1].changes, *changes])
            continue
        user = event.pgh_context.metadata.get("user") if event.pgh_context else None
        keys.append(key)
        versions.append(Version(event.pgh_created_at, people.get(user, ""), title, changes))
    return versions


def _events(model: Any, **which: Any) -> list[Any]:
    rows = model.pgh_event_models["insert"]._default_manager.filter(**which).select_related("pgh_context")
    return list(rows.order_by("-pgh_id")[:MAX_VERSIONS])[::-1]


def _steps(events: Iterable[Any], names: Sequence[str]) -> Iterator[tuple[Any, Any, list[Change]]]:
    before: dict[int, Any] = {}
    titles = {"insert": _("Added"), "update": _("Changed"), "delete": _("Removed")}
    for event in events:
        language = getattr(event, "language", "")
        earlier = before.get(event.pgh_obj_id)
        old = {name: _shown(earlier, name) if earlier else "" for name in names}
        gone = event.pgh_label == "delete"
        new = {name: "" if gone else _shown(event, name) for name in names}
        old = {name: _shown(event, name) for name in names} if gone else old
        changes = [
            Change(
                _label(name, language), compare(old[name], new[name]), language if name in {"heading", "text"} else ""
            )
            for name in names
            if old[name] != new[name]
        ]
        before[event.pgh_obj_id] = event
        if changes:
            yield event, titles[event.pgh_label], changes


def _label(name: str, language: str) -> str:
    if not language:
        return str(_LABELS[name])
    return _("%(field)s (%(language)s)") % {"field": _LABELS[name], "language": TEXT_LANGUAGES[language]}


def _shown(event: Any, name: str) -> str:
    value = str(getattr(event, name))
    return str(_CHOICES[name].get(value, value)) if name in _CHOICES else value


def _name_people(users: Iterable[Any]) -> dict[Any, str]:
    wanted = {user for user in users if isinstance(user, int)}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}
