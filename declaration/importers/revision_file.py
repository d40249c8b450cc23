"""Brings in the draft that follows another from a file of what it changes: TOML with draft, changes, additions, removals."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from declaration.errors import Refused
from declaration.importers.files import header_lines, read_toml
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.values import WrongValue, require_kind
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft, Element, LegalBasis, Wording
from declaration.services.drafts import publish_draft
from declaration.services.editing import (
    ClauseValues,
    change_draft,
    edit_clause,
    insert_clause,
    read_draft_revision,
    remove_clause,
    reword_clause,
)
from declaration.services.lineage import list_unsettled, settle_origin
from declaration.services.succession import prepare_next_draft
from declaration.services.texts import NewWording

ILLUSTRATIVE_REVISION: Final = Path(__file__).resolve().parent.parent / "dossier" / "illustrative_revision.toml"

_WORDS: Final = dict.fromkeys(TEXT_LANGUAGES, dict)
# What each kind of entry must say, and what it may.
_ENTRIES: Final[dict[str, tuple[dict[str, type], dict[str, type]]]] = {
    "draft": ({"supersedes": int, "stage": str, "name": dict}, {"note": dict}),
    "change": ({"clause": str}, {"label": str, "status": str, **_WORDS}),
    "addition": (
        {"after": str, "kind": str},
        {"label": str, "status": str, "elements": list, "legal_bases": list, **_WORDS},
    ),
    "removal": ({"clause": str}, {}),
}


def bring_in_revision(path: Path, *, at: dt.datetime | None = None) -> Draft:
    """Prepare the draft that a file describes as changes of one that is published, and publish it, now or as of a moment.

    Changes are made in the order of the file, additions after them, removals last. Each changed clause comes from the one
    that it changes, and each added one is new. Raises `InvalidFiles` with what is wrong, and then stores nothing.
    """
    entries = _read(path)
    with transaction.atomic():
        return _Revising(path, entries).publish(at=at)


def _read(path: Path) -> dict[str, list[tuple[Place, Mapping[str, Any]]]]:
    content = read_toml(path)
    problems = [
        Problem(Place(path.name, field=name[:80]), _("There is no such table here."))
        for name in content
        if name not in _ENTRIES
    ]
    found: dict[str, list[tuple[Place, Mapping[str, Any]]]] = {}
    for table, (needed, possible) in _ENTRIES.items():
        raw = content.get(table, [])
        rows = [raw] if table == "draft" else raw
        lines = header_lines(path, table, len(rows))
        found[table] = [
            (Place(path.name, line, f"{table} {number}"), row)
            for number, (row, line) in enumerate(zip(rows, lines, strict=True), start=1)
        ]
        for place, row in found[table]:
            problems += _shape_problems(place, row, needed, possible)
    if problems:
        raise InvalidFiles(problems)
    return found


def _shape_problems(place: Place, row: Any, needed: Mapping[str, type], possible: Mapping[str, type]) -> list[Problem]:
    if not isinstance(row, dict):
        return [Problem(place, _("Write a table of names and values here."))]
    problems = [Problem(place.at(key), _("This is missing.")) for key in needed if key not in row]
    for key, value in row.items():
        if key not in {**needed, **possible}:
            known = ", ".join({**needed, **possible})
            message = _("This is not known here. Known are: %(fields)s.") % {"fields": known}
            problems.append(Problem(place.at(key[:80]), message))
            continue
        try:
            require_kind(value, {**needed, **possible}[key])
        except WrongValue as error:
            problems += [Problem(place.at(key), message) for message in error.messages]
    return problems


class _Revising:
    """One revision: the draft before, the one that follows it, and where in the file it is at."""

    def __init__(self, path: Path, entries: Mapping[str, list[tuple[Place, Mapping[str, Any]]]]) -> None:
        self.entries = entries
        self.place, self.about = entries["draft"][0]
        older = Draft.objects.filter(ordinal=self.about["supersedes"]).first()
        if older is None:
            raise self._invalid("supersedes", _("There is no draft of this number."))
        self.older: Draft = older

    def publish(self, *, at: dt.datetime | None) -> Draft:
        """Take every step; what a service refuses is said with its place in the file."""
        try:
            self.draft = prepare_next_draft(draft=self.older, name=self.about["name"], stage=self.about["stage"])
            self._describe()
            self.named = {clause.eid: clause.pk for clause in self.draft.clauses.all()}
            changed = [self._change(place, row) for place, row in self.entries["change"]]
            added = [self._add(place, row) for place, row in self.entries["addition"]]
            for place, row in self.entries["removal"]:
                clause = self._find(place, "clause", row["clause"])
                remove_clause(clause=clause, expected_revision=clause.revision)
            self._settle(changed, added)
            return publish_draft(draft=self.draft, at=at)
        except Refused as refused:
            raise self._invalid(refused.field, str(refused)) from refused

    def _invalid(self, field: str, message: str) -> InvalidFiles:
        return InvalidFiles([Problem(self.place.at(field), message)])

    def _describe(self) -> None:
        change_draft(
            draft=self.draft,
            name=self.about["name"],
            stage=self.about["stage"],
            languages=self.draft.languages,
            document=None,
            supersedes=self.older,
            note=self.about.get("note", {}),
            is_illustrative=self.older.is_illustrative,
            expected_revision=read_draft_revision(self.draft),
        )

    def _find(self, place: Place, field: str, eid: str) -> Clause:
        """Find a clause by the identifier that it had in the draft before, or that it got here."""
        self.place = place
        if eid not in self.named:
            raise self._invalid(field, _("The draft has no clause of this identifier: %(eid)s.") % {"eid": eid})
        clause: Clause = Clause.objects.get(pk=self.named[eid])
        return clause

    def _change(self, place: Place, row: Mapping[str, Any]) -> Clause:
        clause = self._find(place, "clause", row["clause"])
        current = {wording.language: wording for wording in clause.wordings.all()}
        words = self._words(row, current)
        if words:
            revisions = {code: current[code].revision if code in current else 0 for code in words}
            reword_clause(clause=clause, wordings=words, expected_revisions=revisions)
            clause.refresh_from_db()
        values = ClauseValues(label=row.get("label"), negotiating_status=row.get("status"))
        edit_clause(clause=clause, values=values, expected_revision=clause.revision)
        return clause

    def _add(self, place: Place, row: Mapping[str, Any]) -> Clause:
        beside = self._find(place, "after", row["after"])
        clause = insert_clause(
            draft=self.draft,
            kind=row["kind"],
            label=row.get("label", ""),
            place="after",
            beside=beside,
            wordings=self._words(row, {}),
            negotiating_status=row.get("status", Clause.NegotiatingStatus.OPEN),
        )
        values = ClauseValues(
            elements=list(Element.objects.filter(code__in=row.get("elements", []))),
            legal_bases=list(LegalBasis.objects.filter(slug__in=row.get("legal_bases", []))),
        )
        return edit_clause(clause=clause, values=values, expected_revision=clause.revision)

    def _words(self, row: Mapping[str, Any], current: Mapping[str, Wording]) -> dict[str, NewWording]:
        return {
            code: NewWording(
                heading=row[code].get("heading", current[code].heading if code in current else ""),
                text=row[code].get("text", current[code].text if code in current else ""),
                authenticity=current[code].authenticity if code in current else Wording.Authenticity.OFFICIAL,
            )
            for code in TEXT_LANGUAGES
            if code in row
        }

    def _settle(self, changed: list[Clause], added: list[Clause]) -> None:
        """Settle what is still open: a changed clause comes from the one that it changes, an added one from none."""
        known = {clause.pk for clause in changed} | {clause.pk for clause in added}
        for clause in list_unsettled(self.draft):
            if clause.pk in known:
                origins = [(descent.ancestor, "") for descent in clause.origins.select_related("ancestor")]
                settle_origin(clause=clause, ancestors=origins, expected_revision=clause.revision)
