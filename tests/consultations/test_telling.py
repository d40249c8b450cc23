"""Who is told what by mail, and when: of calls, filings, answers and requests; and that nobody is told what is sealed."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from consultations import services
from consultations.digest import came_in
from consultations.models import Call, CoSponsor, Invitation, Membership, Notice, ParticipationRequest, Submission, User
from consultations.services import telling
from consultations.services.due import REMINDED_DAYS_BEFORE, queue_digest, remind, run_due
from consultations.services.notices import send_waiting
from declaration.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def sent() -> list[tuple[str, str]]:
    """Who was sent what since this was last asked: (address, subject), in order of addresses."""
    found = sorted((each.to[0], each.subject) for each in mail.outbox)
    mail.outbox.clear()
    return found


def queued() -> set[tuple[str, str]]:
    """What is queued for whom: (kind, address)."""
    return set(Notice.objects.values_list("kind", "email"))


@pytest.fixture
def people() -> dict[str, User]:
    """A State's focal points and contributor, a stakeholder's and a group's focal points, and staff."""
    state = factories.make_delegation(factories.make_state("XAA", name={"en": "Aradia"}))
    stakeholder = factories.make_delegation(factories.make_stakeholder("bridge"))
    group = factories.make_delegation(factories.make_group("north"))
    return {
        "ana": factories.make_member(state, email="ana@example.org"),
        "abel": factories.make_member(state, email="abel@example.org"),
        "adam": factories.make_member(state, Membership.Role.CONTRIBUTOR, email="adam@example.org"),
        "bea": factories.make_member(stakeholder, email="bea@example.org"),
        "gil": factories.make_member(group, email="gil@example.org"),
        "sam": factories.make_staff("sam@example.org"),
    }


def delegation_of(user: User) -> Any:
    return user.memberships.get().delegation


class TestCall:
    def test_opening_invites_the_focal_points_of_those_it_is_addressed_to(self, people: dict[str, User]) -> None:
        call = factories.make_call(
            opened=False, audience=["member_states", "stakeholders"], title={"en": "First round"}
        )
        services.open_call(call=call)
        send_waiting()
        subject = "Call for comments: First round"
        assert sent() == [(f"{name}@example.org", subject) for name in ("abel", "ana", "bea")]

    @pytest.mark.parametrize("others", [1, 3])
    def test_queueing_asks_the_database_as_often_for_few_as_for_many(
        self, others: int, django_assert_num_queries: Any
    ) -> None:
        for _n in range(others):
            factories.make_member(factories.make_delegation())
        call = factories.make_call(audience=["member_states", "invited"])
        # Those invited by name, the delegations, their focal points, the notices.
        with django_assert_num_queries(4):
            telling.tell_call_opened(call)
        assert Notice.objects.count() == others

    def test_opening_that_is_undone_invites_nobody(self, people: dict[str, User]) -> None:
        call = factories.make_call(opened=False, closes_at=timezone.now() - HOUR, opens_at=timezone.now() - DAY)
        with pytest.raises(Refused, match="close in the past"):
            services.open_call(call=call)
        assert queued() == set()

    def test_invitations_go_out_when_the_call_begins(self, people: dict[str, User]) -> None:
        now = timezone.now()
        call = factories.make_call(opened=False, opens_at=now + DAY, closes_at=now + 3 * DAY)
        services.open_call(call=call)
        assert send_waiting(at=now + HOUR).sent == 0
        assert send_waiting(at=now + DAY).sent == 4

    def test_latecomers_are_invited_and_nobody_twice(self, people: dict[str, User]) -> None:
        call = factories.make_call(opened=False, audience=["member_states"])
        services.open_call(call=call)
        run_due()
        assert [address for address, _subject in sent()] == ["abel@example.org", "ana@example.org"]
        late = factories.make_member(delegation_of(people["ana"]), email="late@example.org")
        run_due()
        assert [address for address, _subject in sent()] == [late.email]

    def test_extension_is_told_to_those_who_filed_too(self, people: dict[str, User]) -> None:
        call = factories.make_call(audience=["member_states"])
        factories.make_filed_comment(call, delegation_of(people["ana"]))
        Notice.objects.all().delete()
        services.extend_call(call=call, closes_at=call.closes_at + DAY)
        send_waiting()
        subject = "More time: Call for comments"
        assert sent() == [("abel@example.org", subject), ("ana@example.org", subject)]

    def test_of_two_extensions_the_last_is_told(self, people: dict[str, User]) -> None:
        call = factories.make_call(audience=["stakeholders"])
        services.extend_call(call=call, closes_at=call.closes_at + DAY)
        services.extend_call(call=call, closes_at=call.closes_at + 2 * DAY)
        tally = send_waiting()
        assert (tally.sent, tally.dropped) == (1, 1)

    def test_times_are_told_by_the_clocks_of_geneva_and_of_the_reader(self, people: dict[str, User]) -> None:
        User.objects.filter(email="ana@example.org").update(time_zone="Asia/Tokyo")
        closes_at = dt.datetime(2040, 1, 10, 17, 0, tzinfo=dt.UTC)
        call = factories.make_call(audience=["member_states"], closes_at=closes_at)
        telling.tell_call_opened(call)
        send_waiting()
        bodies = {each.to[0]: each.body for each in mail.outbox}
        geneva = "Closes: 10 January 2040, 18:00 (GMT+1), Geneva time"
        assert f"{geneva} (your time: 11 January 2040, 02:00 (GMT+9))" in bodies["ana@example.org"]
        assert f"{geneva}\n" in bodies["abel@example.org"]


class TestReminders:
    @pytest.fixture
    def call(self, people: dict[str, User]) -> Call:
        """A call of thirty days, to States and stakeholders."""
        now = timezone.now()
        return factories.make_call(
            audience=["member_states", "stakeholders"], opens_at=now, closes_at=now + 30 * DAY, title={"en": "Round"}
        )

    def test_go_fourteen_three_and_one_day_before_closing_once_each(self, call: Call) -> None:
        told = []
        for hours in range(0, 30 * 24 + 2, 6):
            at = call.opens_at + dt.timedelta(hours=hours)
            remind(call, at=at)
            send_waiting(at=at)
            told += [(30 - hours / 24, address, subject) for address, subject in sent()]
        assert told == [
            (days, f"{name}@example.org", f"{days} day{'s' if days > 1 else ''} left: Round")
            for days in REMINDED_DAYS_BEFORE
            for name in ("abel", "ana", "bea")
        ]

    def test_do_not_go_to_those_who_have_filed(self, call: Call, people: dict[str, User]) -> None:
        factories.make_filed_comment(call, delegation_of(people["bea"]))
        Notice.objects.all().delete()
        remind(call, at=call.closes_at - 3 * DAY)
        assert queued() == {("reminder", "ana@example.org"), ("reminder", "abel@example.org")}

    def test_are_dropped_where_it_is_filed_before_they_go_out(self, call: Call, people: dict[str, User]) -> None:
        at = call.closes_at - 3 * DAY
        remind(call, at=at)
        factories.make_filed_comment(call, delegation_of(people["bea"]))
        Notice.objects.filter(kind="filed").delete()
        tally = send_waiting(at=at)
        assert (tally.sent, tally.dropped) == (2, 1)

    def test_go_again_to_who_has_withdrawn(self, call: Call, people: dict[str, User]) -> None:
        comment = factories.make_filed_comment(call, delegation_of(people["bea"]))
        services.withdraw_submission(submission=comment.submission, user=people["bea"])
        Notice.objects.all().delete()
        remind(call, at=call.closes_at - DAY)
        assert ("reminder", "bea@example.org") in queued()

    def test_begin_anew_when_the_call_is_extended(self, call: Call) -> None:
        at = call.closes_at - DAY
        remind(call, at=at)
        Call.objects.update(closes_at=call.closes_at + 2 * DAY)
        call.refresh_from_db()
        assert send_waiting(at=at).dropped == 3
        remind(call, at=at)
        send_waiting(at=at)
        assert {subject for _address, subject in sent()} == {"3 days left: Round"}

    def test_of_those_that_were_missed_only_the_last_goes(self, call: Call) -> None:
        remind(call, at=call.closes_at - 2 * HOUR)
        send_waiting(at=call.closes_at - 2 * HOUR)
        assert {subject for _address, subject in sent()} == {"2 hours left: Round"}

    def test_none_goes_whose_day_was_before_the_call_opened(self, call: Call) -> None:
        Call.objects.update(opens_at=call.closes_at - 2 * DAY)
        call.refresh_from_db()
        remind(call, at=call.closes_at - 36 * HOUR)
        assert queued() == set()

    def test_say_that_something_was_begun(self, call: Call, people: dict[str, User]) -> None:
        factories.make_submission(call, delegation_of(people["bea"]))
        remind(call, at=call.closes_at - DAY)
        send_waiting(at=call.closes_at - DAY)
        bodies = {each.to[0]: each.body for each in mail.outbox}
        assert "has begun a submission" in bodies["bea@example.org"]
        assert "Aradia has not filed" in bodies["ana@example.org"]


class TestFiling:
    def test_is_told_to_the_delegations_focal_points_and_to_nobody_else(self, people: dict[str, User]) -> None:
        comment = factories.make_filed_comment(delegation=delegation_of(people["ana"]), rationale="A secret reason")
        assert queued() == {("filed", "ana@example.org"), ("filed", "abel@example.org")}
        send_waiting()
        bodies = [each.body for each in mail.outbox]
        assert sent() == [(f"{name}@example.org", "Received: submission of Aradia") for name in ("abel", "ana")]
        assert all(f"/en/desk/submissions/{comment.submission_id}/" in body for body in bodies)
        assert not any("secret" in body for body in bodies)

    def test_that_is_refused_is_not_told(self, people: dict[str, User]) -> None:
        submission = factories.make_submission(delegation=delegation_of(people["ana"]))
        with pytest.raises(Refused, match="at least one comment"):
            factories.file_submission(submission)
        assert queued() == set()


class TestSealed:
    """Under embargo no mail outside a delegation tells by its words, its time or its absence that something was filed."""

    @pytest.fixture
    def call(self, people: dict[str, User]) -> Call:
        now = timezone.now()
        return factories.make_call(
            publication_rule="together_after_closing", opens_at=now - 20 * DAY, closes_at=now + 5 * DAY
        )

    def others_mail(self, call: Call, *, until: dt.datetime) -> list[tuple[Any, ...]]:
        """All that anybody but Aradia's people is sent until that moment, with its time and all its words."""
        Notice.objects.all().delete()
        found = []
        at = call.opens_at
        while at < until:
            run_due(at=at)
            found += [
                (at, each.to[0], each.subject, each.body, sorted(each.message().items()))
                for each in mail.outbox
                if each.to[0] not in ("ana@example.org", "abel@example.org")
            ]
            mail.outbox.clear()
            at += 6 * HOUR
        return [(at, *rest[:3], [item for item in rest[3] if item[0] != "Date"]) for at, *rest in found]

    def test_others_get_the_same_mail_whether_something_was_filed_or_not(
        self, call: Call, people: dict[str, User]
    ) -> None:
        before = self.others_mail(call, until=call.closes_at)
        assert {row[1] for row in before} == {"bea@example.org", "gil@example.org"}
        comment = factories.make_filed_comment(call, delegation_of(people["ana"]))
        factories.file_submission(factories.make_submission(call, delegation_of(people["ana"])))
        services.withdraw_submission(
            submission=Submission.objects.get(call=call, status="submitted"), user=people["ana"]
        )
        assert self.others_mail(call, until=call.closes_at) == before
        comment.submission.refresh_from_db()
        assert comment.submission.status == "superseded"

    def test_staff_learn_of_it_all_at_once_when_it_is_released(self, call: Call, people: dict[str, User]) -> None:
        factories.make_filed_comment(call, delegation_of(people["ana"]))
        since, until = call.opens_at, call.closes_at + DAY
        assert came_in(since=since, until=until, at=call.closes_at - HOUR).is_empty
        [entry] = came_in(since=call.closes_at, until=until, at=until).filings
        assert (entry.call, entry.count, entry.names) == (call, 1, ("Aradia",))
        assert came_in(since=since, until=call.closes_at, at=until).is_empty


class TestDigest:
    MORNING = dt.datetime(2040, 3, 2, 5, 30, tzinfo=dt.UTC)  # half past six in Geneva
    END = dt.datetime(2040, 3, 2, 5, 0, tzinfo=dt.UTC)

    @pytest.fixture
    def call(self, people: dict[str, User]) -> Call:
        return factories.make_call(
            opens_at=self.END - 20 * DAY,
            closes_at=self.END + 20 * DAY,
            title={"en": "Round"},
            audience=["member_states"],
        )

    def file(self, call: Call, delegation: Any, at: dt.datetime) -> None:
        submission = factories.make_submission(call, delegation, general_comment="We welcome it.")
        factories.file_submission(submission, at=at)
        Notice.objects.filter(kind="filed").delete()

    def test_tells_staff_once_a_day_what_came_in(self, call: Call, people: dict[str, User]) -> None:
        self.file(call, delegation_of(people["ana"]), self.END - HOUR)
        for minutes in (0, 5, 60, 300):
            queue_digest(at=self.MORNING + dt.timedelta(minutes=minutes))
        send_waiting(at=self.MORNING)
        [message] = mail.outbox
        assert (message.to, message.subject) == (["sam@example.org"], "What came in until 2 March 2040")
        assert "Round: 1 submission\n  - Aradia\n" in message.body

    def test_is_not_sent_when_nothing_came_in(self, call: Call) -> None:
        queue_digest(at=self.MORNING)
        assert queued() == set()

    def test_goes_on_from_the_last_one_and_leaves_nothing_out(self, call: Call, people: dict[str, User]) -> None:
        self.file(call, delegation_of(people["ana"]), self.END - HOUR)
        queue_digest(at=self.MORNING)
        other = factories.make_delegation(factories.make_state("XAB", name={"en": "Belmoria"}))
        self.file(call, other, self.END + HOUR)
        queue_digest(at=self.MORNING + 3 * DAY)  # nobody looked for two days
        send_waiting(at=self.MORNING + 3 * DAY)
        assert ["Belmoria" in each.body for each in mail.outbox] == [False, True]
        assert ["Aradia" in each.body for each in mail.outbox] == [True, False]

    def test_counts_requests_and_replies(self, people: dict[str, User]) -> None:
        make_request(asked_at=self.END - HOUR)
        queue_digest(at=self.MORNING)
        send_waiting(at=self.MORNING)
        assert "1 request to take part waits for an answer." in mail.outbox[0].body


def make_request(**fields: Any) -> ParticipationRequest:
    values: dict[str, Any] = {
        "organization": "Bridge",
        "kind": "ngo",
        "contact_name": "Rosa",
        "email": "rosa@example.org",
        "language": "en",
        "asked_at": timezone.now(),
    }
    return ParticipationRequest.objects.create(**values | fields)


class TestTakingPart:
    def test_request_is_told_to_staff_while_it_waits(self, people: dict[str, User]) -> None:
        asked = make_request()
        telling.tell_participation_asked(asked)
        send_waiting()
        assert sent() == [("sam@example.org", "Request to take part: Bridge")]

    def test_reason_of_a_refusal_is_told_to_who_asked(self, people: dict[str, User]) -> None:
        asked = make_request(
            status="declined", reason="No seat is left.", decided_by=people["sam"], decided_at=timezone.now()
        )
        telling.tell_participation_decided(asked)
        telling.tell_participation_decided(asked)
        send_waiting()
        assert "The reason given:\nNo seat is left." in mail.outbox[0].body
        assert sent() == [("rosa@example.org", "Your request to take part: Bridge")]

    @pytest.mark.parametrize("change", [{}, {"revoked_at": timezone.now()}, {"expires_at": timezone.now() - HOUR}])
    def test_invitation_has_its_link_while_it_can_be_accepted(
        self, people: dict[str, User], change: dict[str, Any]
    ) -> None:
        joining = pytest.importorskip("consultations.services.joining")
        values: dict[str, Any] = {
            "delegation": delegation_of(people["ana"]),
            "email": "new@example.org",
            "role": "observer",
            "nonce": "n" * 32,
            "invited_by": people["ana"],
            "invited_at": timezone.now(),
            "expires_at": timezone.now() + DAY,
        }
        invitation = Invitation.objects.create(**values | change)
        telling.tell_invited(invitation)
        send_waiting()
        if change:
            assert mail.outbox == []
        else:
            assert f"http://127.0.0.1:8000{joining.make_link(invitation)}" in mail.outbox[0].body
            assert sent() == [("new@example.org", "Invitation to act for Aradia")]

    def test_co_sponsor_is_asked_and_nobody_else(self, people: dict[str, User]) -> None:
        submission = factories.make_submission(delegation=delegation_of(people["ana"]))
        asked = CoSponsor.objects.create(
            submission=submission,
            delegation=delegation_of(people["gil"]),
            asked_by=people["ana"],
            asked_at=timezone.now(),
        )
        telling.tell_co_sponsor_asked(asked)
        send_waiting()
        assert sent() == [("gil@example.org", "Aradia asks you to co-sponsor a submission")]


class TestAnswers:
    def test_of_an_hour_are_told_in_one_mail(self, people: dict[str, User]) -> None:
        at = timezone.now().replace(minute=10)
        submission = factories.make_submission(delegation=delegation_of(people["ana"]))
        for clause in ("art_1", "art_2"):
            factories.make_comment(submission, clause)
        factories.file_submission(submission)
        Notice.objects.all().delete()
        for minutes, comment in zip((0, 20), submission.comments.all(), strict=True):
            answer = factories.make_answer(comment, published=False, user=people["sam"])
            services.publish_dispositions(
                dispositions=[answer], user=people["sam"], at=at + dt.timedelta(minutes=minutes)
            )
        assert send_waiting(at=at + HOUR / 2).sent == 0
        send_waiting(at=at + HOUR)
        assert [each.body.count("2 comments of Aradia were answered") for each in mail.outbox] == [1, 1]
        assert [address for address, _subject in sent()] == ["abel@example.org", "ana@example.org"]

    def test_that_were_taken_back_are_not_told(self, people: dict[str, User]) -> None:
        comment = factories.make_filed_comment(delegation=delegation_of(people["ana"]))
        Notice.objects.all().delete()
        answer = factories.make_answer(comment, user=people["sam"])
        services.retract_dispositions(dispositions=[answer], user=people["sam"])
        tally = send_waiting(at=timezone.now() + 2 * HOUR)
        assert (tally.sent, tally.dropped) == (0, 2)
