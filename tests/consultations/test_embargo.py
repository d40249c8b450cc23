"""Until a sealed call closes, nobody outside a delegation learns anything of what it files, or whether it does.

Every address of the URL configuration and of the schema is asked for by everyone outside, before and after filing: there is
no difference in status, headers or body. After closing it is all there. A new route is asked for without an entry here.
"""

import datetime as dt
from http import HTTPStatus

import pytest
from django.core import mail
from django.utils import timezone, translation

from consultations import services
from consultations.models import Notice
from tests.addresses import Values
from tests.consultations import embargo
from tests.consultations.embargo import FIRST_SEALED_ROW, NO_ROW, SECRET, Clock, Reader, Record

pytestmark = pytest.mark.django_db

READERS = ("public", "another delegation", "staff", "administrator")

VOLATILE = "/en/account/"
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
    settings.SESSION_COOKIE_AGE = 365 * 24 * 3600  # type: ignore[attr-defined] # the readers stay until the call has closed
    translation.activate("en")
    return embargo.make_record()


def differences(reader: Reader, before: dict, after: dict) -> list[str]:
    """Where two visits differ, and not merely as two visits in a row would."""
    assert before.keys() == after.keys()
    told = []
    for address, answer in before.items():
        found = answer.tell(after[address])
        if found and not (address.startswith(VOLATILE) and reader.ask(address).tell(reader.ask(address))):
            told.append(f"{address}: {found}")
    return told


@pytest.mark.parametrize("name", READERS)
def test_nothing_tells_what_was_filed_until_the_call_closes(made: Record, clock: Clock, name: str) -> None:
    reader, values = Reader(made.readers[name]), Values(none=NO_ROW)
    before = reader.ask_all(values)
    assert [address for address, answer in before.items() if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR] == []
    embargo.count_rows_from(FIRST_SEALED_ROW)
    clock.at += dt.timedelta(minutes=2)
    embargo.file_first(made)
    clock.at += dt.timedelta(minutes=2)
    embargo.file_again(made)
    after = reader.ask_all(values)
    assert differences(reader, before, after) == []
    asked = f"={SECRET}"  # what a page's own links repeat of a search for it
    assert [address for address, answer in after.items() if SECRET.encode() in answer.without(asked).body] == []
    assert reader.ask_for_sealed(FIRST_SEALED_ROW) == []


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
