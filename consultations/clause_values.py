"""A clause of a draft in preparation as a form has it, and what becomes of it where two people changed it at once.

All values are texts under the names of the form's fields: `kind`, `label`, `negotiating_status`; for each language
`en-heading`, `en-text`, `en-authenticity`; `element-26a` and `basis-charter-1` are "on" or empty. Beside them stand the
revisions they were read at: `revision`, and `en-revision` for each language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from declaration.models import Clause, Element, LegalBasis, Wording
from declaration.services import editing
from declaration.services.editing import ClauseValues
from declaration.services.texts import NewWording
from declaration.text.hygiene import with_plain_newlines
from declaration.text.merging import merge_texts

CLAUSE_FIELDS: Final = ("kind", "label", "negotiating_status")
WORDING_FIELDS: Final = ("heading", "text", "authenticity")

Values = dict[str, str]


def stored_values(clause: Clause, languages: Sequence[str]) -> Values:
    """Return a clause as it stands."""
    values = {name: str(getattr(clause, name)) for name in CLAUSE_FIELDS}
    values |= {"revision": str(clause.revision), "clause": str(clause.pk)}
    words = {wording.language: wording for wording in clause.wordings.all()}
    for code in languages:
        values |= _wording_values(code, words.get(code))
    linked = {f"element-{each.code}" for each in clause.elements.all()}
    linked |= {f"basis-{each.slug}" for each in clause.legal_bases.all()}
    return values | dict.fromkeys(linked, "on")


def _wording_values(code: str, wording: Any) -> Values:
    stands = wording or Wording(revision=0)
    return {f"{code}-{name}": str(getattr(stands, name)) for name in (*WORDING_FIELDS, "revision")}


def read_values(clause: Clause, languages: Sequence[str], read_at: Mapping[str, str]) -> Values:
    """Return a clause as it stood at the revisions at which somebody read it, out of the audit trail.

    What it reflects and rests on is not in it.
    """
    events = clause.events.filter(revision=_number(read_at.get("revision")))  # type: ignore[attr-defined]
    event = events.order_by("pgh_id").last() or clause
    values = {name: str(getattr(event, name)) for name in CLAUSE_FIELDS}
    model = Wording.pgh_event_models["insert"]  # type: ignore[attr-defined] # from pghistory
    for code in languages:
        written = model.objects.filter(clause_id=clause.pk, language=code)
        at = _number(read_at.get(f"{code}-revision"))
        values |= _wording_values(code, written.filter(revision=at).order_by("pgh_id").last() if at else None)
    return values


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) <= 9 else 0  # noqa: PLR2004


@dataclass(frozen=True)
class Settled:
    """What is to be stored or shown: colleagues' values where this person changed nothing; `clashes` where both did."""

    values: Values
    clashes: Sequence[str]
    base: Values

    def combined(self, name: str, theirs: str) -> str | None:
        """Return both persons' changes of a text put together, where they are in different places of it."""
        if not name.endswith(("-text", "-heading")):
            return None
        return merge_texts(self.base.get(name, ""), theirs, plain(self.values[name]))


def settle(clause: Clause, languages: Sequence[str], typed: Mapping[str, str]) -> Settled:
    """Return what comes of values that were typed where others may have changed the clause since it was read."""
    stored = stored_values(clause, languages)
    base = stored | read_values(clause, languages, typed)
    values, clashes = dict(stored), []
    links = {name for name in {*stored, *typed} if name.startswith(("element-", "basis-"))}
    if plain(typed.get("revision", "")) != stored["revision"]:
        # What it was linked to when it was read is not known: a difference is for the person to judge.
        base |= dict.fromkeys(links, "?")
    names = {*stored, *links}
    for name in sorted(names - {"revision", "clause", *(f"{code}-revision" for code in languages)}):
        yours, theirs, read = (plain(each.get(name, "")) for each in (typed, stored, base))
        if yours in (read, theirs):
            continue
        values[name] = typed.get(name, "")
        if read != theirs:
            clashes.append(name)
    return Settled(values, clashes, base)


def plain(text: str) -> str:
    """Return a text as it is stored: a browser's line ends are no change."""
    return with_plain_newlines(text).strip()


@transaction.atomic
def save_values(clause: Clause, languages: Sequence[str], values: Values) -> Clause:
    """Store what was changed of a clause, all of it or nothing. Raises `Refused` and `Conflict` as the services do."""
    stored = stored_values(clause, languages)
    changed = {name for name in {*stored, *values} if plain(values.get(name, "")) != plain(stored.get(name, ""))}
    words = {
        code: read_wording(values, code)
        for code in languages
        if changed & {f"{code}-{name}" for name in WORDING_FIELDS}
    }
    words = {code: new for code, new in words.items() if new.heading.strip() or new.text.strip() or _had(stored, code)}
    if words:
        revisions = {code: _number(values[f"{code}-revision"]) for code in words}
        clause = editing.reword_clause(clause=clause, wordings=words, expected_revisions=revisions)
    said: dict[str, Any] = {name: values[name] for name in CLAUSE_FIELDS if name in changed}
    if any(name.startswith("element-") for name in changed):
        said["elements"] = _chosen(Element, "code", "element-", values)
    if any(name.startswith("basis-") for name in changed):
        said["legal_bases"] = _chosen(LegalBasis, "slug", "basis-", values)
    if said:
        clause = editing.edit_clause(
            clause=clause, values=ClauseValues(**said), expected_revision=_number(values["revision"])
        )
    return clause


def read_wording(values: Mapping[str, str], code: str) -> NewWording:
    """Return what stands in a form of a clause's words in one language, as the services take it."""
    heading, text, authenticity = (values[f"{code}-{name}"] for name in WORDING_FIELDS)
    return NewWording(heading=heading, text=text, authenticity=authenticity)


def _had(stored: Values, code: str) -> bool:
    return stored[f"{code}-revision"] != "0"


def _chosen(model: Any, key: str, prefix: str, values: Values) -> list[Any]:
    chosen = [name.removeprefix(prefix) for name, value in values.items() if name.startswith(prefix) and value]
    return list(model._default_manager.filter(**{f"{key}__in": chosen}))
