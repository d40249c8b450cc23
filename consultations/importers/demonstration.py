"""Loads the demonstration: invented delegations that file on the illustrative draft, and answers to them.

Everything goes through the services that pages and the API use, at the moments that the file gives: so many days before
or after the day of loading.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations import services
from consultations.demonstration import DEMONSTRATION, ROLES, password
from consultations.models import Call, Comment, Delegation, Membership, Submission, User
from declaration.errors import Refused
from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
from declaration.importers.files import header_lines, read_toml
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.revision_file import ILLUSTRATIVE_REVISION, bring_in_revision
from declaration.importers.values import WrongValue, require_kind
from declaration.models import Draft, Stakeholder, State
from declaration.services.actors import create_stakeholder, create_state
from declaration.services.dossier import take_turns


def _keys(**names: str) -> dict[str, type]:
    """Return keys with the kind of their values, from the keys of each kind."""
    kinds = {"text": str, "number": int, "truth": bool, "table": dict, "items": list}
    return {name: kinds[kind] for kind, several in names.items() for name in several.split()}


# What each table of the file holds: the keys that it must have, and those that it may have.
_TABLES: Final[dict[str, tuple[dict[str, type], dict[str, type]]]] = {
    "draft": (_keys(number="ordinal"), _keys(number="published_in_days")),
    "state": (_keys(text="alpha3 status", table="name"), {}),
    "stakeholder": (_keys(text="slug kind", table="name", truth="is_invented"), _keys(text="acronym", table="note")),
    "delegation": ({}, _keys(text="state stakeholder")),
    "user": (_keys(text="email name role language"), _keys(text="delegation time_zone")),
    "call": (
        _keys(text="key", number="draft opens_in_days closes_in_days", table="title", items="audience languages"),
        _keys(text="time_zone publication_rule", table="note", truth="takes_late"),
    ),
    "submission": (
        _keys(text="call delegation language status written_by", number="started_in_days"),
        _keys(
            text="general_comment submitted_by",
            number="submitted_in_days",
            truth="consents_to_attribution consents_to_publication",
        ),
    ),
    "submission.comment": (
        _keys(text="target"),
        _keys(text="clause category position operation proposed_text rationale language"),
    ),
    "disposition": (
        _keys(text="call delegation decision decided_by", number="comment"),
        _keys(text="reason language resulting_clause", number="published_in_days resulting_draft"),
    ),
}

# Of each day: when drafts are published and calls open, when people write, file and answer, when calls close.
OPENING, WRITING, FILING, ANSWERING, CLOSING = dt.time(9), dt.time(10), dt.time(15), dt.time(11), dt.time(18)


@dataclass(frozen=True)
class Loaded:
    """How many entries of each table the demonstration has, and whether it was loaded just now."""

    counts: Mapping[str, int]
    is_new: bool


@dataclass(frozen=True)
class _Entry:
    place: Place
    content: Mapping[str, Any]
    inside: Sequence["_Entry"] = ()


def load_demonstration(path: Path = DEMONSTRATION, *, today: dt.date | None = None, force: bool = False) -> Loaded:
    """Load the demonstration, as of a day (today unless said); where it has been loaded before, nothing changes.

    It has been where one of its States or organizations has a delegation. Raises `InvalidFiles`, having stored nothing:
    with everything that is wrong with how the file is written, or with the first entry that a service refuses. Refused on
    a site that may be for more than looking around, unless forced: one without debugging, or with real submissions.
    """
    entries = _read(path)
    counts = {table: len(found) for table, found in entries.items()}
    with transaction.atomic():
        take_turns()
        parties = [entry.content for entry in entries["delegation"]]
        present = Delegation.objects.filter(
            Q(state__alpha3__in=[each["state"] for each in parties if "state" in each])
            | Q(stakeholder__slug__in=[each["stakeholder"] for each in parties if "stakeholder" in each])
        )
        if present.exists():
            return Loaded(counts, is_new=False)
        if not force:
            _refuse_serious_site()
        _Loading(today or timezone.localdate()).load(entries)
    return Loaded(counts, is_new=True)


def _refuse_serious_site() -> None:
    if not settings.DEBUG:
        raise Refused(
            "not_debugging",
            _(
                "This site runs without DEBUG, so it may be for more than looking around. The demonstration adds invented "
                "delegations, and accounts for them. If that is what you want, add --force."
            ),
        )
    count = count_real_filings()
    if count:
        message = ngettext(
            "There is %(count)d submission here of a delegation that is not invented. The demonstration would stand "
            "beside it. If that is what you want, add --force.",
            "There are %(count)d submissions here of delegations that are not invented. The demonstration would stand "
            "among them. If that is what you want, add --force.",
            count,
        )
        raise Refused("real_filings", message % {"count": count})


def count_real_filings() -> int:
    """Count submissions of delegations that are not invented: those that a demonstration must not stand among."""
    invented = Delegation.objects.filter(
        Q(state__status=State.Status.INVENTED_STATE) | Q(stakeholder__is_invented=True)
    )
    return Submission.objects.exclude(delegation__in=invented).count()


def _read(path: Path) -> dict[str, list[_Entry]]:
    """Return the file's entries by table. Raises `InvalidFiles` with everything that is wrong with their form."""
    content = read_toml(path)
    problems = [
        Problem(Place(path.name, field=name[:80]), _("There is no such table here."))
        for name in content
        if name not in _TABLES
    ]
    found: dict[str, list[_Entry]] = {}
    for table in _TABLES:
        if "." not in table:
            raw = content.get(table, [])
            found[table] = _read_table(path, table, raw, Place(path.name), problems)
    if problems:
        raise InvalidFiles(problems)
    return found


def _read_table(path: Path, table: str, raw: object, above: Place, problems: list[Problem]) -> list[_Entry]:
    name = table.rpartition(".")[2]
    if not (isinstance(raw, list) and all(isinstance(each, dict) for each in raw)):
        message = _("Write each entry under a heading of its own: [[%(table)s]].") % {"table": table}
        problems.append(Problem(above.at(name), message))
        return []
    lines = header_lines(path, table, len(raw))
    entries: list[_Entry] = []
    for number, (each, line) in enumerate(zip(raw, lines, strict=True), start=1):
        entry_name = f"{above.entry}, {name} {number}" if above.entry else f"{name} {number}"
        place = Place(path.name, line or above.line, entry_name)
        own = {key: value for key, value in each.items() if f"{table}.{key}" not in _TABLES}
        problems += _shape_problems(place, own, *_TABLES[table])
        inside = [
            entry
            for key, value in each.items()
            if f"{table}.{key}" in _TABLES
            for entry in _read_table(path, f"{table}.{key}", value, place, problems)
        ]
        entries.append(_Entry(place, own, inside))
    return entries


def _shape_problems(
    place: Place, content: Mapping[str, Any], needed: Mapping[str, type], possible: Mapping[str, type]
) -> Iterator[Problem]:
    known = {**needed, **possible}
    for key in needed:
        if key not in content:
            yield Problem(place.at(key), _("This is missing."))
    for key, value in content.items():
        if key not in known:
            message = _("This is not known here. Known are: %(fields)s.") % {"fields": ", ".join(known)}
            yield Problem(place.at(key[:80]), message)
            continue
        try:
            require_kind(value, known[key])
        except WrongValue as error:
            yield from (Problem(place.at(key), message) for message in error.messages)


class _Loading:
    """One load: what has come to be so far, by the names that the file gives it."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.place = Place("")
        # One digest for all: it costs a second or so to make one each, and the password is no secret.
        self.password_digest = make_password(password())
        self.drafts: dict[int, Draft] = {}
        self.delegations: dict[str, Delegation] = {}
        self.users: dict[str, User] = {}
        self.calls: dict[str, Call] = {}
        self.comments: dict[tuple[str, str], dict[int, Comment]] = {}

    def load(self, entries: Mapping[str, Sequence[_Entry]]) -> None:
        """Take the parties and people, then each draft with its calls and what was filed in them, then the answers.

        A draft is brought in when those before it have been commented on: what follows supersedes it. Raises `InvalidFiles` at
        the first entry that cannot be.
        """
        self._take(entries["state"], self._take_state)
        self._take(entries["stakeholder"], self._take_stakeholder)
        self._take(entries["delegation"], self._take_delegation)
        self._take(entries["user"], self._take_user)
        for draft in entries["draft"]:
            calls = [call for call in entries["call"] if call.content["draft"] == draft.content["ordinal"]]
            keys = {call.content["key"] for call in calls}
            self._take([draft], self._take_draft)
            self._take(calls, self._take_call)
            self._take([each for each in entries["submission"] if each.content["call"] in keys], self._take_submission)
        self._take([call for call in entries["call"] if call.content["key"] not in self.calls], self._take_call)
        self._take(
            [each for each in entries["submission"] if each.content["call"] not in self.calls], self._take_submission
        )
        self._take(entries["disposition"], self._take_disposition)

    def _take(self, entries: Sequence[_Entry], step: Callable[[_Entry], None]) -> None:
        for entry in entries:
            self.place = entry.place
            try:
                step(entry)
            except Refused as error:
                raise self._invalid(error.field, str(error)) from error

    def _invalid(self, field: str, message: str) -> InvalidFiles:
        return InvalidFiles([Problem(self.place.at(field), message)])

    def _moment(self, days: int, time: dt.time) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.today + dt.timedelta(days=days), time))

    def _find(self, known: Mapping[Any, Any], field: str, name: object) -> Any:
        if name not in known:
            raise self._invalid(field, _("The file has none of this name: %(name)s.") % {"name": name})
        return known[name]

    def _take_draft(self, entry: _Entry) -> None:
        """Find the draft, or bring the illustrative one, or what it became, in as of its day."""
        ordinal = entry.content["ordinal"]
        draft = Draft.objects.filter(ordinal=ordinal).first()
        if draft is None:
            at = self._moment(entry.content.get("published_in_days", 0), OPENING)
            if self.drafts:
                draft = bring_in_revision(ILLUSTRATIVE_REVISION, at=at)
            else:
                draft = bring_in_draft(ILLUSTRATIVE_DRAFT, at=at).draft
        if draft.ordinal != ordinal or not draft.is_illustrative:
            message = _("Invented delegations speak on the illustrative draft only, and this number is not its number.")
            raise self._invalid("ordinal", message)
        self.drafts[ordinal] = draft

    def _take_state(self, entry: _Entry) -> None:
        create_state(**entry.content)

    def _take_stakeholder(self, entry: _Entry) -> None:
        create_stakeholder(**entry.content)

    def _take_delegation(self, entry: _Entry) -> None:
        parties: list[tuple[str, State | Stakeholder | None]] = []
        if "state" in entry.content:
            parties.append(("state", State.objects.filter(alpha3=entry.content["state"]).first()))
        if "stakeholder" in entry.content:
            parties.append(("stakeholder", Stakeholder.objects.filter(slug=entry.content["stakeholder"]).first()))
        if len(parties) != 1:
            raise self._invalid("", _("A delegation is exactly one State or stakeholder."))
        field, party = parties[0]
        if party is None or not party.is_invented:
            raise self._invalid(field, _("Only invented States and stakeholders speak in the demonstration."))
        delegation = services.create_delegation(party=party)
        self.delegations[delegation.key] = delegation

    def _take_user(self, entry: _Entry) -> None:
        content = entry.content
        role = content["role"]
        self._find(ROLES, "role", role)
        user = services.create_user(
            email=content["email"],
            name=content["name"],
            language=content["language"],
            time_zone=content.get("time_zone", ""),
            password_digest=self.password_digest,
            is_administrator=role == "administrator",
        )
        self.users[content["email"]] = user
        if role in Membership.Role.values:
            delegation = self._find(self.delegations, "delegation", content.get("delegation"))
            services.add_member(delegation=delegation, user=user, role=role)
        elif role == "staff":
            services.add_to_staff(user=user)

    def _take_call(self, entry: _Entry) -> None:
        content = dict(entry.content)
        opens_at = self._moment(content.pop("opens_in_days"), OPENING)
        closes_at = self._moment(content.pop("closes_in_days"), CLOSING)
        draft = self._find(self.drafts, "draft", content.pop("draft"))
        key = content.pop("key")
        call = services.create_call(draft=draft, opens_at=opens_at, closes_at=closes_at, **content)
        self.calls[key] = services.open_call(call=call, at=opens_at)

    def _take_submission(self, entry: _Entry) -> None:
        content = entry.content
        call = self._find(self.calls, "call", content["call"])
        delegation = self._find(self.delegations, "delegation", content["delegation"])
        writer = self._find(self.users, "written_by", content["written_by"])
        at = self._moment(content["started_in_days"], WRITING)
        submission = services.start_submission(
            call=call, delegation=delegation, user=writer, language=content["language"], at=at
        )
        submission = services.describe_submission(
            submission=submission,
            user=writer,
            expected_revision=submission.revision,
            general_comment=content.get("general_comment", ""),
            language=content["language"],
            consents_to_attribution=content.get("consents_to_attribution", True),
            consents_to_publication=content.get("consents_to_publication", True),
            at=at,
        )
        clauses = {clause.eid: clause for clause in call.draft.clauses.all()}
        numbered = self.comments.setdefault((content["call"], content["delegation"]), {})
        for inner in entry.inside:
            self.place = inner.place
            said = dict(inner.content)
            if "clause" in said:
                said["clause"] = self._find(clauses, "clause", said["clause"])
            comment = services.add_comment(submission=submission, user=writer, at=at, **said)
            numbered[comment.number] = comment
        self.place = entry.place
        if content["status"] == Submission.Status.SUBMITTED:
            submitter = self._find(self.users, "submitted_by", content.get("submitted_by"))
            filed_at = self._moment(content.get("submitted_in_days", 0), FILING)
            # What contributors wrote is read and cleared by the focal point who files it.
            services.submit_submission(submission=submission, user=submitter, clear_comments=True, at=filed_at)
        elif content["status"] != Submission.Status.DRAFT:
            raise self._invalid("status", _("A submission of the demonstration is a draft or submitted."))

    def _take_disposition(self, entry: _Entry) -> None:
        content = entry.content
        numbered = self._find(self.comments, "delegation", (content["call"], content["delegation"]))
        comment = self._find(numbered, "comment", content["comment"])
        staff = self._find(self.users, "decided_by", content["decided_by"])
        at = self._moment(content.get("published_in_days", 0), ANSWERING)
        resulting = content.get("resulting_clause")
        draft = self._find(self.drafts, "resulting_draft", content.get("resulting_draft", 1)) if resulting else None
        clauses = {clause.eid: clause for clause in draft.clauses.all()} if draft else {}
        disposition = services.answer_comment(
            comment=comment,
            user=staff,
            decision=content["decision"],
            reason=content.get("reason", ""),
            language=content.get("language"),
            resulting_clause=self._find(clauses, "resulting_clause", resulting) if resulting else None,
            at=at,
        )
        if "published_in_days" in content:
            services.publish_dispositions(dispositions=[disposition], user=staff, at=at)
