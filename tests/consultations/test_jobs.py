"""The job that sends goes on through a database that is away, and the command tells what it did."""

import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from consultations import jobs
from consultations.management.commands import send_notices
from consultations.services.notices import Tally
from tests import factories


@pytest.fixture
def done(monkeypatch: Any) -> list[str]:
    """What the job did: its work is replaced, the second of it fails, and it stops after the fifth."""
    done: list[str] = []
    stop = threading.Event()

    def work(name: str) -> Any:
        def act() -> Tally:
            done.append(name)
            if len(done) == 2:
                raise OperationalError("server closed the connection")
            if len(done) == 3:
                raise ValueError("a mistake")
            if len(done) == 5:
                stop.set()
            return Tally()

        return act

    monkeypatch.setattr(jobs, "run_due", work("due"))
    monkeypatch.setattr(jobs, "send_waiting", work("sent"))
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs.keep_sending(stop, sent_every=0.01, due_every=1000)
    return done


def test_job_goes_on_after_a_failure_and_looks_for_what_is_due_less_often(done: list[str]) -> None:
    assert done == ["due", "sent", "sent", "sent", "sent"]


def test_what_is_due_is_looked_for_again_soon_where_it_failed(monkeypatch: Any) -> None:
    stop, done = threading.Event(), []

    def fail() -> Tally:
        done.append("due")
        if len(done) == 2:
            stop.set()
        raise OperationalError("gone")

    monkeypatch.setattr(jobs, "run_due", fail)
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs.keep_sending(stop, sent_every=0.01, due_every=1000)
    assert done == ["due", "due"]


@pytest.mark.django_db
def test_command_tells_how_much_it_sent_and_to_nobody_what(capsys: Any) -> None:
    user = factories.make_member(factories.make_delegation(), email="ana@example.org")
    factories.make_call(audience=["member_states"])
    call_command("send_notices")
    printed = capsys.readouterr()
    assert printed.out == "Sent 1, no longer true 0, put off 0, given up 0.\n"
    assert user.email not in printed.out + printed.err


def test_command_says_that_the_database_went_away(monkeypatch: Any) -> None:
    def fail() -> Tally:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(send_notices, "run_due", fail)
    with pytest.raises(CommandError, match="What was not sent still waits"):
        call_command("send_notices")
