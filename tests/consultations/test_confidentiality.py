"""What staff alone may know of a consultation is told to nobody else: not by a page, a count, a filter, a file or an error.

Every address of the URL configuration and of the schema is asked for by everyone, before and after internal notes, views and whole
consultations are written down, and with one speaker and with another under the Chatham House Rule: there is no difference in
status, headers or body. A new route is asked for without an entry here.
"""

import logging
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from consultations.models import View
from consultations.querysets import record
from tests.addresses import Route, Values
from tests.consultations import confidentiality, embargo
from tests.consultations.confidentiality import HIDDEN_SLUG, Heard
from tests.consultations.embargo import FIRST_SEALED_ROW, NO_ROW, SECRET, Clock, Reader, Visit

pytestmark = pytest.mark.django_db

OUTSIDE = {
    "public": ("en/", "api/"),
    "another delegation": ("en/desk/", "api/v1/desk/"),
    "delegation of the speaker": ("en/desk/", "api/v1/desk/"),
}
"""Who may not know, and where each tries the filters too."""

VOLATILE = "/en/account/"

YEAR = 365 * 24 * 3600


def visit_three_times(heard: Heard, clock: Clock, name: str) -> dict[str, Any]:
    """Let a reader ask for everything: before, after what is internal is written down, and after another has spoken."""
    reader, values = Reader(heard.readers[name]), Values(none=NO_ROW)

    def is_narrowed(route: Route) -> bool:
        return route.path.removeprefix("/").startswith(OUTSIDE[name])

    def ask() -> Visit:
        return confidentiality.visit(reader, values, is_narrowed)

    with transaction.atomic():
        before = ask()
        embargo.count_rows_from(FIRST_SEALED_ROW)
        confidentiality.write_what_is_internal(heard)
        after = ask()
        told = reader.ask_for_sealed(values, FIRST_SEALED_ROW)
        confidentiality.let_another_have_spoken(heard)
        other = ask()
        transaction.set_rollback(True)
    return {"before": before, "after": after, "told": told, "other": other}


@pytest.fixture(scope="module")
def visits(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> dict[str, Any]:
    """All that every reader outside is shown."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), SESSION_COOKIE_AGE=YEAR),
        translation.override("en"),
    ):
        logging.disable(logging.WARNING)
        patch.setattr(timezone, "now", clock := Clock())
        try:
            heard = confidentiality.make_heard()
            found = {}
            for name in OUTSIDE:
                found[name] = visit_three_times(heard, clock, name)
                for said in heard.ruled:
                    said.refresh_from_db()
            return found
        finally:
            logging.disable(logging.NOTSET)
            transaction.set_rollback(True)


def differences(one: Visit, other: Visit) -> list[str]:
    """Where two visits differ."""
    assert one.keys() == other.keys()
    found = ((at, answer.tell(other[at])) for at, answer in one.items() if not at.startswith(VOLATILE))
    return [f"{at}: {told}" for at, told in found if told]


def naming(visit: Visit) -> list[str]:
    """Where what is internal can be read, but for what a page repeats of a search for it."""
    repeated = (f"={SECRET}", f'="{SECRET}"', HIDDEN_SLUG)
    return [at for at, answer in visit.items() if SECRET.encode() in answer.without(*repeated).body]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_tells_what_is_internal_to_staff(visits: dict[str, Any], name: str) -> None:
    seen = visits[name]
    assert [at for at, answer in seen["before"].items() if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR] == []
    assert differences(seen["before"], seen["after"]) == []
    assert naming(seen["after"]) == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_internal_cannot_be_told_from_what_is_not_there(visits: dict[str, Any], name: str) -> None:
    assert visits[name]["told"] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_tells_who_spoke_under_the_chatham_house_rule(visits: dict[str, Any], name: str) -> None:
    assert differences(visits[name]["after"], visits[name]["other"]) == []


def test_everybody_was_shown_what_is_public(visits: dict[str, Any]) -> None:
    seen = visits["public"]["after"]
    for address in (
        *("/en/consultations/", "/en/consultations/heard/", "/en/views/", "/en/questionnaires/asked/"),
        *("/en/elements/1a/", "/en/states/XAA/", "/en/activities/activity-7/", "/en/documents/document-x/"),
        *("/api/v1/consultations/heard/", "/api/v1/views/?element=1a", "/api/v1/answers/"),
    ):
        assert seen[address].status == HTTPStatus.OK, address
    page = seen["/en/consultations/heard/"].body.decode()
    assert "View 2." in page
    assert "Who said it is not public." in page
    assert "The room was full." in page


@pytest.fixture
def heard(settings: Any, tmp_path: Any) -> Heard:
    """The record with what staff alone may know."""
    settings.MEDIA_ROOT = tmp_path
    translation.activate("en")
    made = confidentiality.make_heard()
    confidentiality.write_what_is_internal(made)
    return made


def test_staff_find_it_all_in_the_admin(heard: Heard) -> None:
    reader = Reader(heard.readers["administrator"])
    for model in ("consultation", "view", "consultationnote", "answer"):
        assert SECRET.encode() in reader.ask(f"/admin/consultations/{model}/").body, model
    ruled = heard.ruled[0]
    assert b"Avalonia" in reader.ask(f"/admin/consultations/view/{ruled.pk}/change/").body


@pytest.mark.parametrize(
    ("leak", "address"),
    [
        (lambda patch: patch.setattr(record, "OPEN", ("public", "chatham_house", "internal")), "/en/views/"),
        (lambda patch: patch.setattr(record.ConsultationQuerySet, "public", lambda rows: rows), "/en/consultations/"),
        (
            lambda patch: patch.setattr("consultations.views.voices.can_see_speaker", lambda user, said: True),
            "/en/consultations/heard/",
        ),
    ],
    ids=["levels", "consultations", "speakers"],
)
def test_a_leak_is_found(settings: Any, tmp_path: Any, monkeypatch: Any, leak: Any, address: str) -> None:
    settings.MEDIA_ROOT = tmp_path
    translation.activate("en")
    made, reader = confidentiality.make_heard(), Reader(None)
    leak(monkeypatch)
    before = {address: reader.ask(address)}
    confidentiality.write_what_is_internal(made)
    confidentiality.let_another_have_spoken(made)
    assert differences(before, {address: reader.ask(address)})


def test_speaker_is_not_found_by_what_is_asked_of_the_list(heard: Heard) -> None:
    reader = Reader(None)
    for query, count in (("state=XAA", 1), ("state=XCC", 0), ("group=africa", 0), ("", View.objects.public().count())):
        body = reader.ask(f"/api/v1/views/?{query}").body.decode()
        assert f'"count":{count},' in body.replace(" ", ""), query
