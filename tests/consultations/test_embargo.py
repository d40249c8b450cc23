"""Until a sealed call closes, nobody outside a delegation learns anything of what it files, or whether it does.

Every address of the URL configuration and of the schema is asked for by everyone outside, before and after filing: there is
no difference in status, headers or body. After closing it is all there. A new route is asked for without an entry here.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone, translation

from consultations import services, visibility
from consultations.models import Notice
from tests.addresses import Route, Values
from tests.consultations import embargo
from tests.consultations.embargo import FIRST_SEALED_ROW, NO_ROW, SECRET, Answer, Clock, Reader, Record, Visit

pytestmark = pytest.mark.django_db

READERS = ("public", "another delegation", "staff", "administrator")

NARROWED = {
    "public": ("en/", "api/"),
    "another delegation": ("en/desk/", "api/v1/desk/"),
    "staff": ("en/staff/", "api/v1/staff/"),
    "administrator": ("admin/",),
}
"""Where each reader tries the filters too: everybody what only she is shown, and nobody what another one tried."""

VOLATILE = "/en/account/"
"""Addresses whose pages are another one each time by themselves, such as that which shows a new secret key."""

YEAR = 365 * 24 * 3600


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
    settings.SESSION_COOKIE_AGE = YEAR  # type: ignore[attr-defined] # the readers stay until the call has closed
    translation.activate("en")
    return embargo.make_record()


@dataclass
class Visits:
    """What one reader was shown before and after the filing, and where what is sealed was told from what is not there."""

    before: Visit
    after: Visit
    told: list[str]
    changing: list[str]


@pytest.fixture(scope="module")
def visits(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> dict[str, Visits]:
    """All that every reader is shown, in one call that is filled while they look."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), SESSION_COOKIE_AGE=YEAR),
        translation.override("en"),
    ):
        logging.disable(logging.WARNING)  # it would say of each closed door that it is closed
        patch.setattr(timezone, "now", clock := Clock())
        try:
            return visit_all(embargo.make_record(), clock)
        finally:
            logging.disable(logging.NOTSET)
            transaction.set_rollback(True)


def visit_all(made: Record, clock: Clock, routes: Any = bool, names: tuple[str, ...] = READERS) -> dict[str, Visits]:
    """Let each reader ask for everything, have all kinds of things filed under seal, and let them ask again."""
    readers, there = {name: Reader(made.readers[name]) for name in names}, Values(none=NO_ROW)

    def ask(name: str) -> Visit:
        def is_narrowed(route: Route) -> bool:
            return route.path.removeprefix("/").startswith(NARROWED[name])

        return readers[name].ask_all(there, is_narrowed=is_narrowed, routes=routes)

    before = {name: ask(name) for name in readers}
    embargo.count_rows_from(FIRST_SEALED_ROW)
    clock.at += dt.timedelta(minutes=2)
    embargo.file_first(made)
    clock.at += dt.timedelta(minutes=2)
    embargo.file_again(made)
    return {
        name: Visits(
            before[name],
            after := ask(name),
            reader.ask_for_sealed(there, FIRST_SEALED_ROW, routes=routes),
            [at for at in after if at.startswith(VOLATILE) and reader.ask(at).tell(reader.ask(at))],
        )
        for name, reader in readers.items()
    }


def differences(visits: Visits) -> list[str]:
    """Where two visits differ, and not merely as two visits in a row would."""
    assert visits.before.keys() == visits.after.keys()
    found = ((address, answer.tell(visits.after[address])) for address, answer in visits.before.items())
    return [f"{address}: {told}" for address, told in found if told and address not in visits.changing]


def secrets(visit: Visit) -> list[str]:
    """Where what was filed can be read. A page on which it is searched repeats it, and is compared with the one before."""
    return [at for at, answer in visit.items() if SECRET not in at and SECRET.encode() in answer.body]


@pytest.mark.parametrize("name", READERS)
def test_nothing_tells_what_was_filed_until_the_call_closes(visits: dict[str, Visits], name: str) -> None:
    seen = visits[name]
    errors = [at for at, answer in seen.before.items() if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR]
    assert errors == []
    assert differences(seen) == []
    assert secrets(seen.after) == []
    assert seen.told == []


def test_every_reader_was_shown_something(visits: dict[str, Visits]) -> None:
    for name, least in (("public", 150), ("another delegation", 75), ("staff", 200), ("administrator", 150)):
        shown = [at for at, answer in visits[name].before.items() if answer.status == HTTPStatus.OK]
        assert len(shown) >= least, (name, len(shown))


def test_a_seal_that_leaks_is_found_in_each_of_the_ways(
    made: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visibility, "is_sealed", lambda prefix, *, at: Q(pk__in=[]))

    def are_of_filings(route: Route) -> bool:
        return route.name in ("comment-list", "submission-detail", "submissions_list")

    seen = visit_all(made, clock, are_of_filings, ("public",))["public"]
    assert [found for found in differences(seen) if found.startswith("/en/comments/: ")]
    assert [found for found in differences(seen) if found.startswith("/api/v1/submissions/: ")]
    assert "/en/comments/" in secrets(seen.after)
    assert [told for told in seen.told if told.startswith("submission-detail /en/submissions/")]


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("status", Answer(404, (("etag", "1"),), ("seen",), b"body")),
        ("headers", Answer(200, (("etag", "2"),), ("seen",), b"body")),
        ("cookies", Answer(200, (("etag", "1"),), (), b"body")),
        ("body", Answer(200, (("etag", "1"),), ("seen",), b"bodies")),
    ],
)
def test_a_difference_in_any_part_of_an_answer_is_told(part: str, other: Answer) -> None:
    answer = Answer(200, (("etag", "1"),), ("seen",), b"body")
    assert answer.tell(answer) == ""
    assert answer.tell(other).startswith(part)


RELEASED = {
    "public": (
        "/en/calls/{call}/",
        "/en/submissions/{submission}/",
        "/en/comments/",
        "/en/drafts/{draft}/clauses/art_1__para_1/",
        "/en/states/XAA/",
        "/api/v1/submissions/",
        "/api/v1/submissions/{submission}/",
        "/api/v1/comments/",
    ),
    "staff": (
        "/en/staff/calls/{call}/",
        "/en/staff/comments/",
        "/api/v1/staff/submissions/",
        "/api/v1/staff/submissions/{submission}/",
        "/api/v1/staff/comments/",
    ),
}
"""Some of the places where what was sealed is, once it is released."""


@pytest.mark.parametrize("name", RELEASED)
def test_once_the_call_has_closed_it_is_there(made: Record, clock: Clock, name: str) -> None:
    reader = Reader(made.readers[name])
    embargo.file_first(made)
    embargo.file_again(made)
    standing = made.sealed.submissions.get(status="submitted")
    keys = {"call": made.sealed.pk, "submission": standing.pk, "draft": made.sealed.draft.ordinal}
    places = [place.format(**keys) for place in RELEASED[name]]
    sealed = [reader.ask(place) for place in places]
    assert [place for place, answer in zip(places, sealed, strict=True) if SECRET.encode() in answer.body] == []
    clock.at = made.sealed.closes_at
    released = [reader.ask(place) for place in places]
    assert [place for place, one, other in zip(places, sealed, released, strict=True) if not one.tell(other)] == []
    shown = [place for place, answer in zip(places, released, strict=True) if SECRET.encode() in answer.body]
    assert len(shown) >= len(places) - 2, shown


def test_opened_early_it_is_there_at_once(made: Record, clock: Clock) -> None:
    public, staff = Reader(None), made.readers["staff"]
    embargo.file_first(made)
    assert SECRET.encode() not in public.ask("/en/comments/").body
    services.ask_early_opening(call=made.sealed, user=staff, reason="The session was moved.", language="en")
    assert SECRET.encode() not in public.ask("/en/comments/").body
    services.confirm_early_opening(call=made.sealed, user=made.readers["administrator"])
    assert SECRET.encode() in public.ask("/en/comments/").body
    assert "The session was moved." in public.ask(f"/en/calls/{made.sealed.pk}/").body.decode()


def test_the_delegation_itself_sees_what_it_filed(made: Record) -> None:
    reader, places = Reader(made.insider), ["/en/desk/", "/en/desk/XAA/", "/api/v1/desk/submissions/"]
    before = [reader.ask(place) for place in places]
    embargo.file_first(made)
    assert [place for place, answer in zip(places, before, strict=True) if not answer.tell(reader.ask(place))] == []


def test_mail_of_what_is_sealed_goes_to_the_delegation_alone(made: Record) -> None:
    known = set(Notice.objects.values_list("pk", flat=True))
    embargo.file_first(made)
    embargo.file_again(made)
    inside = {made.first.pk, made.second.pk, made.sponsor.pk}
    for notice in Notice.objects.exclude(pk__in=known):
        assert notice.user, notice.kind
        assert set(notice.user.memberships.values_list("delegation", flat=True)) <= inside, notice.kind
    assert mail.outbox == []
