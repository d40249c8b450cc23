"""Until a sealed call closes, nobody outside a delegation learns anything of what it files, or whether it does.

Every address of the URL configuration and of the schema is asked for by everyone outside, before and after filing: there is
no difference in status, headers or body. After closing it is all there. A new route is asked for without an entry here.
"""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone, translation

from consultations.models import Notice
from tests.addresses import Values
from tests.consultations import embargo
from tests.consultations.embargo import FIRST_SEALED_ROW, NO_ROW, SECRET, Clock, Reader, Record

pytestmark = pytest.mark.django_db

READERS = ("public", "another delegation", "staff", "administrator")

VOLATILE = ("mfa_", "account_")
"""Addresses whose pages are another one each time by themselves, such as that which shows a new secret key."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time, which goes on a little with each look at it."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def made(clock: Clock, settings: object, tmp_path: object) -> Record:
    """The record with its sealed call, files stored apart."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    translation.activate("en")
    return embargo.make_record()


def differences(reader: Reader, before: dict, after: dict) -> list[str]:
    """Where two visits differ, and not merely as two visits in a row would."""
    assert before.keys() == after.keys()
    told = []
    for place, answer in before.items():
        found = answer.tell(after[place])
        if found and not (place[0].startswith(VOLATILE) and reader.ask(place[1]).tell(reader.ask(place[1]))):
            told.append(f"{place[0]} {place[1]}: {found}")
    return told


@pytest.mark.parametrize("name", READERS)
def test_nothing_tells_what_was_filed_until_the_call_closes(made: Record, clock: Clock, name: str) -> None:
    reader, values = Reader(made.readers[name]), Values(none=NO_ROW)
    before = reader.ask_all(values)
    assert [place for place, answer in before.items() if answer.status >= 500] == []
    embargo.count_rows_from(FIRST_SEALED_ROW)
    clock.at += dt.timedelta(minutes=2)
    embargo.file_first(made)
    assert differences(reader, before, reader.ask_all(values)) == []
    clock.at += dt.timedelta(minutes=2)
    embargo.file_again(made)
    after = reader.ask_all(values)
    assert differences(reader, before, after) == []
    assert [place for place, answer in after.items() if SECRET.encode() in answer.without(f"={SECRET}").body] == []
    assert reader.ask_for_sealed(FIRST_SEALED_ROW) == []


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (
            "public",
            {
                "call-detail",
                "submission-detail",
                "comment-list",
                "clause-detail",
                "state-detail",
                "api-submission-list",
                "api-submission-detail",
                "api-comment-list",
                "api-comment-detail",
            },
        ),
        (
            "staff",
            {
                "staff-call-detail",
                "staff-comments",
                "api-staff-submission-list",
                "api-staff-submission-detail",
                "api-staff-comment-list",
            },
        ),
    ],
)
def test_once_the_call_has_closed_it_is_there(made: Record, clock: Clock, name: str, places: set[str]) -> None:
    reader = Reader(made.readers[name])
    embargo.count_rows_from(FIRST_SEALED_ROW)
    sealed = reader.ask_all(Values(none=NO_ROW))
    embargo.file_first(made)
    embargo.file_again(made)
    clock.at = made.sealed.closes_at
    values = Values(none=NO_ROW)
    values.primary_keys += Values(none=NO_ROW, since=FIRST_SEALED_ROW).primary_keys
    released = reader.ask_all(values)
    told = {place[0] for place, answer in released.items() if place not in sealed or sealed[place].tell(answer)}
    shown = {place[0] for place, answer in released.items() if SECRET.encode() in answer.body}
    assert places - told == set()
    assert {"comment-list", "api-comment-list", "submission-detail", "api-submission-detail"} - shown == set()


def test_the_delegation_itself_sees_what_it_filed(made: Record) -> None:
    reader, values = Reader(made.insider), Values(none=NO_ROW)
    before = reader.ask_all(values)
    embargo.file_first(made)
    changed = {place[0] for place, answer in reader.ask_all(values).items() if before[place].tell(answer)}
    assert {"desk", "desk-delegation", "api-desk-submission-list"} - changed == set()


def test_mail_of_what_is_sealed_goes_to_the_delegation_alone(made: Record) -> None:
    known = set(Notice.objects.values_list("pk", flat=True))
    embargo.file_first(made)
    embargo.file_again(made)
    inside = {made.first.pk, made.second.pk, made.sponsor.pk}
    for notice in Notice.objects.exclude(pk__in=known):
        assert notice.user, notice.kind
        assert set(notice.user.memberships.values_list("delegation", flat=True)) <= inside, notice.kind
    assert mail.outbox == []
