"""What happens when an entry of the shipped record (the dossier) is brought in.

The dossier is corrected in its files and in the admin, by different people. Who wrote a value last is known from the
audit trail: what the dossier wrote, its files may change; what a person wrote is left as it is, and reported.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from declaration.audit import audit_context
from declaration.errors import Refused
from declaration.translated import TranslatedText

Outcome = Literal["new", "changed", "unchanged"]

MARK: Final = "dossier"
"""What the audit trail's context says of changes that the dossier made."""

LOCK: Final = 6_817_601
"""The advisory lock that two loads at the same time ask for."""


@dataclass(frozen=True)
class Recorded:
    """An entry as it is stored now, what was done to it, and which of its fields a person's hand had changed."""

    entry: models.Model
    outcome: Outcome
    kept: tuple[str, ...] = ()


class EntryRefused(Refused):
    """An entry breaks rules of its model: `problems` lists each as (field, message), the field empty for several."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        field, message = problems[0]
        super().__init__("entry_invalid", message, field=field)
        self.problems = list(problems)


def take_turns() -> None:
    """Wait until no other load is at work, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def recording() -> Iterator[None]:
    """Open a transaction in which the dossier's entries are recorded, marked as such in the audit trail.

    Two loads at the same time come one after the other.
    """
    with transaction.atomic():
        take_turns()
        with audit_context(**{MARK: True}):
            yield


@transaction.atomic
def record_entry(
    *,
    model: type[models.Model],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    links: Mapping[str, Sequence[models.Model]] | None = None,
    order: str = "",
    tell_apart: Sequence[str] = (),
) -> Recorded:
    """Store an entry of the dossier under its natural key, within `recording()`.

    `key` and `values` hold fields by name; `links` names many-to-many fields, to which what is missing is added. Nothing
    is written for an entry that is stored as it is. What a person wrote by hand stays: a field or one of its languages,
    and the whole of an entry that she made.
    `order` names a unique number by which entries are sorted: another entry of the dossier that has it gives way, and
    gets its own in its turn. `tell_apart` names the fields that tell entries with the same key from one another.
    Raises `EntryRefused` with everything that is wrong.
    """
    row = _find(model, key, {name: values[name] for name in tell_apart})
    if row is None:
        row = model(**key, **values)
        _make_room(row, order)
        store_entry(row)
        _add_links(row, links or {})
        return Recorded(row, "new")
    changes, kept = _compare(row, values)
    for name, value in changes.items():
        setattr(row, name, value)
    if order in changes:
        _make_room(row, order)
    if changes:
        store_entry(row, changes)
    added, foreign = _add_links(row, links or {})
    return Recorded(row, "changed" if changes or added else "unchanged", (*kept, *foreign))


def _find(model: type[models.Model], key: Mapping[str, Any], apart: Mapping[str, Any]) -> models.Model | None:
    rows = list(model._default_manager.select_for_update(of=("self",)).order_by().filter(**key))
    if len(rows) > 1:
        rows = [row for row in rows if all(getattr(row, name) == value for name, value in apart.items())]
        if len(rows) != 1:
            raise EntryRefused(
                [("", _("Several entries in the database have this key. Keep one of them, and load again."))]
            )
    return rows[0] if rows else None


def store_entry(row: models.Model, changes: Collection[str] | None = None) -> None:
    """Store a row that its model's rules and the database's promises allow; else refuse it with all that is wrong.

    The database checks its constraints itself as it stores the row. Only where it or a field refuses are all of the rules
    asked one by one, in a query each, for what they say to people. `changes` names the fields of a stored row to write; a row
    without is new. Raises `EntryRefused`.
    """
    links = {field.name for field in row._meta.concrete_fields if field.is_relation}
    try:
        row.clean_fields(exclude=links)
        row.clean()
        with transaction.atomic():
            row.save(force_insert=changes is None, update_fields=changes)
    except (ValidationError, IntegrityError, DataError) as error:
        _refuse(row, error)


def _refuse(row: models.Model, error: Exception) -> NoReturn:
    try:
        row.full_clean()
    except ValidationError as said:
        raise EntryRefused(problems_of(said)) from error
    promise = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or str(error)
    raise EntryRefused(
        [("", _("The database does not take this entry (%(promise)s).") % {"promise": promise})]
    ) from error


def problems_of(error: ValidationError) -> list[tuple[str, str]]:
    """List what a model's validation found, as (field, message), the field empty for what is about several."""
    return [
        ("" if field == NON_FIELD_ERRORS else field, message)
        for field, errors in error.error_dict.items()
        for each in errors
        for message in each.messages
    ]


def _compare(row: models.Model, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the values to write, and the names of fields that differ from the dossier because of a person's hand."""
    differing = [name for name, value in values.items() if _stored(row, name) != _plain(value)]
    if not differing:
        return {}, []
    authorship = read_authorship(row, differing)
    if authorship.is_handmade:
        return {}, differing
    changes: dict[str, Any] = {}
    kept: list[str] = []
    for name in differing:
        current, wanted = getattr(row, name), values[name]
        if isinstance(current, TranslatedText):
            codes = dict.fromkeys([*wanted, *current])
            foreign = {c for c in codes if (name, c) in authorship.by_hand and current.get(c) != wanted.get(c)}
            merged = TranslatedText.of({c: (current if c in foreign else wanted).get(c, "") for c in codes})
            if merged != current:
                changes[name] = merged
            if foreign:
                kept.append(name)
        elif (name, "") in authorship.by_hand:
            kept.append(name)
        else:
            changes[name] = wanted
    return changes, kept


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _stored(row: models.Model, name: str) -> Any:
    return getattr(row, _column(row, name))


def _column(row: models.Model, name: str) -> str:
    return row._meta.get_field(name).attname  # type: ignore[union-attr] # only stored fields are named


@dataclass(frozen=True)
class Authorship:
    """Whose a row is: whether a person made it, and which parts of it a person wrote last.

    A part is (field, language) of a translated text and (field, "") of any other.
    """

    is_handmade: bool
    by_hand: frozenset[tuple[str, str]]


def read_authorship(row: models.Model, names: Sequence[str]) -> Authorship:
    """Learn from the audit trail whose a row and its fields of these names are.

    A row without a trail is older than it: nobody knows whose it is, so it is taken for a person's.
    """
    events = row.pgh_event_models["insert"]._default_manager.filter(pgh_obj_id=row.pk)  # type: ignore[attr-defined]
    hand: set[tuple[str, str]] = set()
    before: dict[tuple[str, str], Any] = {}
    is_handmade = True
    for number, event in enumerate(events.select_related("pgh_context").order_by("pgh_id")):
        by_hand = not (event.pgh_context and event.pgh_context.metadata.get(MARK))
        parts = {part: value for name in names for part, value in _parts(name, getattr(event, _column(row, name)))}
        written = {part for part in {*parts, *before} if number == 0 or parts.get(part) != before.get(part)}
        hand = hand | written if by_hand else hand - written
        if number == 0:
            is_handmade = by_hand
        before = parts
    return Authorship(is_handmade, frozenset(hand))


def _parts(name: str, value: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    if isinstance(value, TranslatedText):
        yield from (((name, code), text) for code, text in value.items())
    else:
        yield (name, ""), value


def _make_room(row: models.Model, order: str) -> None:
    """Let another entry of the dossier that stands where this one is to stand go to the end; a person's stays."""
    if not order:
        return
    scope = _scope(row, order)
    same = row.__class__._default_manager.filter(**scope)
    other = same.filter(**{order: getattr(row, order)}).exclude(pk=row.pk).first()
    if other is None:
        return
    authorship = read_authorship(other, [order])
    if authorship.is_handmade or authorship.by_hand:
        return
    last = same.aggregate(last=Max(order))["last"]
    setattr(other, order, last + 1)
    other.save(update_fields=[order])


def _scope(row: models.Model, order: str) -> dict[str, Any]:
    """Return the other fields that the number is unique with, and this row's values in them."""
    for names in (constraint.fields for constraint in row._meta.total_unique_constraints):
        if order in names:
            return {name: getattr(row, name) for name in names if name != order}
    return {}


def _add_links(row: models.Model, links: Mapping[str, Sequence[models.Model]]) -> tuple[bool, list[str]]:
    """Add what is missing; return whether something was, and the names of fields with links of somebody else's."""
    added = False
    foreign: list[str] = []
    for name, targets in links.items():
        manager = getattr(row, name)
        present = set(manager.values_list("pk", flat=True))
        wanted = {target.pk for target in targets}
        if wanted - present:
            manager.add(*(wanted - present))
            added = True
        if present - wanted:
            foreign.append(name)
    return added, foreign


def list_left_out(*, model: type[models.Model], recorded: Collection[int]) -> list[models.Model]:
    """Return the entries that the dossier once brought in and that are not among those recorded now.

    Entries that a person added are not among them.
    """
    event_model = model.pgh_event_models["insert"]  # type: ignore[attr-defined] # every audited model has it
    brought_in = event_model._default_manager.filter(**{"pgh_label": "insert", f"pgh_context__metadata__{MARK}": True})
    return list(model._default_manager.filter(pk__in=brought_in.values("pgh_obj_id")).exclude(pk__in=recorded))
