"""Takes the entries of the demonstration one after the other through the services, in the order in which things happen."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations import services
from consultations.demonstration import ROLES, password
from consultations.importers.demonstration_file import Entry
from consultations.models import Call, Comment, CoSponsor, Delegation, Disposition, Membership, Submission, User
from consultations.services import letters, participation, sponsors
from declaration.audit import audit_context
from declaration.errors import Refused
from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
from declaration.importers.problems import InvalidFiles, Place, Problem
from declaration.importers.revision_file import ILLUSTRATIVE_REVISION, bring_in_revision
from declaration.models import Draft, Group, Stakeholder, State
from declaration.services.actors import create_group, create_stakeholder, create_state

# Of each day: when drafts are published and calls open, when people write, file and answer, when calls close.
OPENING, WRITING, FILING, ANSWERING, CLOSING = dt.time(9), dt.time(10), dt.time(15), dt.time(11), dt.time(18)

FILED: Final = (Submission.Status.SUBMITTED, Submission.Status.WITHDRAWN)
"""The states in which the file may leave what was filed."""

# What a delegation that is asked to stand behind a submission does, by what comes of it.
ANSWERS: Final[Mapping[str, Sequence[Callable[..., Any]]]] = {
    CoSponsor.Status.JOINED: (sponsors.join,),
    CoSponsor.Status.DECLINED: (sponsors.decline,),
    CoSponsor.Status.LEFT: (sponsors.join, sponsors.leave),
}


class Loading:
    """One load: what has come to be so far, by the names that the file gives it."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.place = Place("")
        # One digest for all: it costs a second or so to make one each, and the password is no secret.
        self.password_digest = make_password(password())
        self.drafts: dict[int, Draft] = {}
        self.groups: dict[str, Group] = {}
        self.delegations: dict[str, Delegation] = {}
        self.users: dict[str, User] = {}
        self.calls: dict[str, Call] = {}
        # What was filed last by each delegation in each call, and its comments by their numbers.
        self.submissions: dict[tuple[str, str], Submission] = {}
        self.comments: dict[tuple[str, str], dict[int, Comment]] = {}

    def load(self, entries: Mapping[str, Sequence[Entry]]) -> None:
        """Take the parties and people, then each draft with its calls and what was filed in them, then the answers.

        A draft is brought in when those before it have been commented on: what follows supersedes it. Raises `InvalidFiles` at
        the first entry that cannot be.
        """
        self._take(entries["state"], self._take_state)
        self._take(entries["stakeholder"], self._take_stakeholder)
        self._take(entries["group"], self._take_group)
        self._take(entries["delegation"], self._take_delegation)
        self._take(entries["user"], self._take_user)
        for draft in entries["draft"]:
            calls = [call for call in entries["call"] if call.content["draft"] == draft.content["ordinal"]]
            keys = {call.content["key"] for call in calls}
            self._take([draft], self._take_draft)
            self._take(calls, self._take_call)
            filings = [each for each in entries["submission"] if each.content["call"] in keys]
            # In the order of filing: each receipt is a link to the one before it.
            filings.sort(key=lambda each: each.content.get("submitted_in_days", 0))
            self._take(filings, self._take_submission)
        self._take([call for call in entries["call"] if call.content["key"] not in self.calls], self._take_call)
        self._take(
            [each for each in entries["submission"] if each.content["call"] not in self.calls], self._take_submission
        )
        self._take(entries["disposition"], self._take_disposition)
        self._take(entries["reply"], self._take_reply)
        self._take(entries["hold"], self._take_hold)
        self._take(entries["participation_request"], self._take_participation_request)

    def _take(self, entries: Sequence[Entry], step: Callable[[Entry], None]) -> None:
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

    def _take_draft(self, entry: Entry) -> None:
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

    def _take_state(self, entry: Entry) -> None:
        create_state(**entry.content)

    def _take_stakeholder(self, entry: Entry) -> None:
        create_stakeholder(**entry.content)

    def _take_group(self, entry: Entry) -> None:
        content = dict(entry.content)
        states = State.objects.filter(alpha3__in=content.pop("members"), status=State.Status.INVENTED_STATE)
        if len(states) != len(entry.content["members"]):
            raise self._invalid("members", _("Only invented States are members of a group of the demonstration."))
        joined_on = dt.date.fromisoformat(content.pop("joined_on"))
        self.groups[content["code"]] = create_group(members=states, joined_on=joined_on, **content)

    def _take_delegation(self, entry: Entry) -> None:
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

    def _take_user(self, entry: Entry) -> None:
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

    def _take_call(self, entry: Entry) -> None:
        content = dict(entry.content)
        opens_at = self._moment(content.pop("opens_in_days"), OPENING)
        closes_at = self._moment(content.pop("closes_in_days"), CLOSING)
        draft = self._find(self.drafts, "draft", content.pop("draft"))
        key = content.pop("key")
        call = services.create_call(draft=draft, opens_at=opens_at, closes_at=closes_at, **content)
        self.calls[key] = services.open_call(call=call, at=opens_at)

    def _take_submission(self, entry: Entry) -> None:
        """Write a submission, with its comments and the notes of its writers, and file it where the file says so."""
        content = entry.content
        key = (content["call"], content["delegation"])
        call = self._find(self.calls, "call", content["call"])
        writer = self._find(self.users, "written_by", content["written_by"])
        at = self._moment(content["started_in_days"], WRITING)
        with audit_context(user=writer.pk):
            submission = self._describe(entry, self._start(entry, call, writer, at=at), writer, at=at)
            self.comments[key] = self._comment_on(entry, submission, writer, at=at)
        for inner in entry.of("note"):
            self.place = inner.place
            by = self._user(inner, "by")
            with audit_context(user=by.pk):
                services.write_note(submission=submission, user=by, text=inner.content["text"], at=at)
        self.place = entry.place
        self.submissions[key] = submission
        if content["status"] in FILED:
            self._file(entry, submission)
        elif content["status"] != Submission.Status.DRAFT:
            raise self._invalid(
                "status", _("A submission of the demonstration is a draft, submitted, or submitted and withdrawn.")
            )

    def _comment_on(self, entry: Entry, submission: Submission, writer: User, *, at: dt.datetime) -> dict[int, Comment]:
        """Write the comments of a submission, and return all that it has by their numbers."""
        clauses = {clause.eid: clause for clause in submission.call.draft.clauses.all()}
        # What a delegation files again begins with the comments that it has filed.
        numbered = {comment.number: comment for comment in submission.comments.all()}
        for inner in entry.of("comment"):
            self.place = inner.place
            said = dict(inner.content)
            if "clause" in said:
                said["clause"] = self._find(clauses, "clause", said["clause"])
            comment = services.add_comment(submission=submission, user=writer, at=at, **said)
            numbered[comment.number] = comment
        return numbered

    def _start(self, entry: Entry, call: Call, writer: User, *, at: dt.datetime) -> Submission:
        delegation = self._find(self.delegations, "delegation", entry.content["delegation"])
        language = entry.content["language"]
        if entry.content.get("source") == Submission.Source.LETTER:
            received_on = self.today + dt.timedelta(days=entry.content.get("received_in_days", 0))
            return letters.start_letter(
                call=call, delegation=delegation, user=writer, received_on=received_on, language=language, at=at
            )
        return services.start_submission(call=call, delegation=delegation, user=writer, language=language, at=at)

    def _describe(self, entry: Entry, submission: Submission, writer: User, *, at: dt.datetime) -> Submission:
        content = entry.content
        group = content.get("on_behalf_of")
        return services.describe_submission(
            submission=submission,
            user=writer,
            expected_revision=submission.revision,
            general_comment=content.get("general_comment", ""),
            language=content["language"],
            consents_to_attribution=content.get("consents_to_attribution", True),
            consents_to_publication=content.get("consents_to_publication", True),
            on_behalf_of=self._find(self.groups, "on_behalf_of", group) if group else None,
            at=at,
        )

    def _file(self, entry: Entry, submission: Submission) -> None:
        """Let the focal point clear what contributors wrote, ask who is to stand behind it, and file it."""
        submitter = self._user(entry, "submitted_by")
        at = self._moment(entry.content.get("submitted_in_days", 0), FILING)
        if entry.of("co_sponsor"):
            with audit_context(user=submitter.pk):
                submission = services.clear_submission(submission=submission, user=submitter, clear_comments=True)
        for inner in entry.of("co_sponsor"):
            self.place = inner.place
            self._ask_co_sponsor(inner, submission, submitter, at=at)
        self.place = entry.place
        with audit_context(user=submitter.pk):
            services.submit_submission(submission=submission, user=submitter, clear_comments=True, at=at)
            if entry.content["status"] == Submission.Status.WITHDRAWN:
                services.withdraw_submission(submission=submission, user=submitter)

    def _ask_co_sponsor(self, entry: Entry, submission: Submission, submitter: User, *, at: dt.datetime) -> None:
        """Ask a delegation to stand behind a submission, and let it answer where the file says what."""
        delegation = self._find(self.delegations, "delegation", entry.content["delegation"])
        with audit_context(user=submitter.pk):
            asked = sponsors.ask_co_sponsor(submission=submission, delegation=delegation, user=submitter, at=at)
        if "answer" not in entry.content:
            return
        by = self._user(entry, "answered_by")
        with audit_context(user=by.pk):
            for verb in self._find(ANSWERS, "answer", entry.content["answer"]):
                verb(co_sponsor=asked, user=by, at=at)

    def _take_disposition(self, entry: Entry) -> None:
        content = entry.content
        comment = self._comment(entry)
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

    def _take_reply(self, entry: Entry) -> None:
        content = entry.content
        services.reply(
            disposition=Disposition.objects.get(comment=self._comment(entry)),
            user=self._user(entry, "by"),
            verdict=content["verdict"],
            reason=content.get("reason", ""),
            language=content.get("language"),
            at=self._moment(content["in_days"], ANSWERING),
        )

    def _take_hold(self, entry: Entry) -> None:
        content = entry.content
        key = (content["call"], content["delegation"])
        on: dict[str, Any] = (
            {"comment": self._comment(entry)}
            if "comment" in content
            else {"submission": self._find(self.submissions, "delegation", key)}
        )
        services.hold(
            user=self._user(entry, "by"),
            reason=content["reason"],
            language=content["language"],
            at=self._moment(content["in_days"], ANSWERING),
            **on,
        )

    def _take_participation_request(self, entry: Entry) -> None:
        content = dict(entry.content)
        at = self._moment(content.pop("in_days"), WRITING)
        participation.ask_to_take_part(at=at, **content)

    def _user(self, entry: Entry, field: str) -> User:
        user: User = self._find(self.users, field, entry.content.get(field))
        return user

    def _comment(self, entry: Entry) -> Comment:
        """The comment of this number in what the delegation filed last in the call."""
        key = (entry.content["call"], entry.content["delegation"])
        comment: Comment = self._find(self._find(self.comments, "delegation", key), "comment", entry.content["comment"])
        return comment
