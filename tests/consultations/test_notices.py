"""Mail is queued once, written as it is true when it is sent, tried again while the server is away, and never sent twice."""

import datetime as dt
import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from config.sent_mail import list_sent
from consultations.models import Call, Notice, User
from consultations.services.notices import INTERRUPTED, SENDING_FOR, WAITS, Tally, queue_notice, send_waiting
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def make_notice(user: User | None = None, **fields: Any) -> Notice:
    """A reminder, which is true as long as the call is open and nothing was filed."""
    call = fields.pop("call", None) or factories.make_call()
    delegation = factories.make_delegation()
    user = user or factories.make_member(delegation)
    values = {"kind": "call_opened", "key": f"a {user.pk}", "user": user, "call": call, "delegation": delegation}
    return queue_notice(**values | fields)


class Failing(EmailBackend):
    """A mail server that answers each mail with the next of `errors`, and takes it where that is None."""

    errors: list[Exception | None] = []

    def send_messages(self, messages: Any) -> int:
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        return super().send_messages(messages)


@pytest.fixture
def errors(settings: Any) -> list[Exception | None]:
    """What the mail server answers, one for each attempt."""
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    Failing.errors = []
    return Failing.errors


def test_is_queued_once_for_each_key() -> None:
    first = make_notice()
    again = queue_notice(
        kind="call_opened", key=first.key, user=first.user, call=first.call, delegation=first.delegation
    )
    assert (again.pk, Notice.objects.count()) == (first.pk, 1)


def test_needs_somebody_to_send_it_to() -> None:
    with pytest.raises(ValueError, match="needs a user"):
        queue_notice(kind="digest", key="nobody")


def test_is_sent_once() -> None:
    notice = make_notice()
    assert send_waiting() == Tally(sent=1)
    assert send_waiting() == Tally()
    notice.refresh_from_db()
    assert (notice.status, notice.attempts, [each.to for each in mail.outbox]) == ("sent", 1, [[notice.email]])


def test_waits_until_it_is_due() -> None:
    now = timezone.now()
    make_notice(due_at=now + HOUR)
    assert send_waiting(at=now) == Tally()
    assert send_waiting(at=now + HOUR) == Tally(sent=1)


def test_goes_to_the_address_and_in_the_language_of_that_moment() -> None:
    notice = make_notice()
    User.objects.filter(pk=notice.user_id).update(email="new@example.org", language="fr")
    send_waiting()
    assert mail.outbox[0].to == ["new@example.org"]
    assert "/fr/calls/" in mail.outbox[0].body


def test_says_that_a_program_wrote_it_and_where_it_is_switched_off() -> None:
    make_notice()
    send_waiting()
    message = mail.outbox[0].message()
    assert re.fullmatch(r"<[0-9a-f]{40}@localhost>", message["Message-ID"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<http://127.0.0.1:8000/en/account/mail/>"


def test_title_of_two_lines_makes_no_further_header() -> None:
    call = factories.make_call(title={"en": "Call\nBcc: everybody@example.org <&>"})
    make_notice(call=call)
    assert send_waiting() == Tally(sent=1)
    assert mail.outbox[0].subject == "Call for comments: Call"
    assert mail.outbox[0].recipients() == mail.outbox[0].to


@pytest.mark.parametrize(
    "change",
    [
        lambda notice: User.objects.filter(pk=notice.user_id).update(is_active=False),
        lambda notice: User.objects.filter(pk=notice.user_id).update(muted_notices=["call_opened"]),
        lambda notice: notice.user.memberships.all().delete(),
        lambda notice: notice.user.memberships.update(role="observer"),
        lambda notice: type(notice.delegation).objects.update(is_active=False),
        lambda notice: Call.objects.update(closes_at=timezone.now() - dt.timedelta(seconds=1)),
        lambda notice: Call.objects.update(audience=["stakeholders"]),
    ],
    ids=["account closed", "not wanted", "left", "no focal point", "delegation closed", "call closed", "not addressed"],
)
def test_what_is_no_longer_true_is_dropped(change: Any) -> None:
    notice = make_notice()
    change(notice)
    assert send_waiting() == Tally(dropped=1)
    assert mail.outbox == []


class TestMailServerAway:
    def test_is_tried_again_after_growing_waits_and_then_given_up(self, errors: list[Exception | None]) -> None:
        notice, at = make_notice(), timezone.now()
        Call.objects.update(closes_at=at + 30 * DAY)
        for wait in WAITS:
            errors.append(ConnectionRefusedError(111, "refused"))
            assert send_waiting(at=at) == Tally(put_off=1)
            assert send_waiting(at=at) == Tally()
            at += wait
        errors.append(ConnectionRefusedError(111, "refused"))
        assert send_waiting(at=at) == Tally(failed=1)
        notice.refresh_from_db()
        assert (notice.status, notice.attempts, mail.outbox) == ("failed", len(WAITS) + 1, [])

    def test_ends_the_run_so_that_the_rest_stays_due(self, errors: list[Exception | None]) -> None:
        for _n in range(3):
            make_notice()
        errors.append(smtplib.SMTPServerDisconnected("gone"))
        assert send_waiting() == Tally(put_off=1)
        assert send_waiting() == Tally(sent=2)

    def test_address_that_is_refused_is_given_up_at_once(self, errors: list[Exception | None]) -> None:
        make_notice()
        make_notice()
        errors.append(smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such person")}))
        assert send_waiting() == Tally(failed=1, sent=1)

    def test_address_that_is_refused_for_now_is_tried_again(self, errors: list[Exception | None]) -> None:
        make_notice()
        errors.append(smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"mailbox busy")}))
        at = timezone.now()
        assert send_waiting(at=at) == Tally(put_off=1)
        assert send_waiting(at=at + WAITS[0]) == Tally(sent=1)


def test_what_was_interrupted_is_given_up_rather_than_sent_twice() -> None:
    notice, at = make_notice(), timezone.now()
    Notice.objects.update(status="sending", attempts=1, due_at=at + SENDING_FOR)
    assert send_waiting(at=at) == Tally()
    assert send_waiting(at=at + SENDING_FOR) == Tally(failed=1)
    notice.refresh_from_db()
    assert (notice.last_error, mail.outbox) == (INTERRUPTED, [])


def test_settled_notice_says_when() -> None:
    notice = make_notice()
    broken = promise_broken(lambda: Notice.objects.filter(pk=notice.pk).update(status="sent"))
    assert broken == "consultations_notice_settled_when"
    broken = promise_broken(lambda: Notice.objects.filter(pk=notice.pk).update(settled_at=timezone.now()))
    assert broken == "consultations_notice_settled_when"


@pytest.mark.django_db(transaction=True)
def test_several_processes_send_each_mail_once(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.SENT_MAIL_ROOT = "config.sent_mail.EmailBackend", tmp_path
    call, delegation = factories.make_call(), factories.make_delegation()
    for number in range(12):
        make_notice(factories.make_member(delegation, email=f"{number}@example.org"), call=call, delegation=delegation)

    def work(_n: int) -> int:
        try:
            return send_waiting().sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))
    assert sum(counts) == 12
    assert sorted(sent.to for sent in list_sent()) == sorted(f"{number}@example.org" for number in range(12))
