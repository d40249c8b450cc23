"""Where the demonstration is not loaded, and what broken files of it are told."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations.demonstration import PASSWORD
from consultations.importers.demonstration import load_demonstration
from consultations.models import Call, Delegation, Disposition, Submission, User
from declaration.errors import Refused
from declaration.importers.problems import InvalidFiles
from declaration.models import Draft, State
from tests import factories

pytestmark = pytest.mark.django_db

SMALL = """\
[[draft]]
ordinal = 1

[[state]]
alpha3 = "XAA"
status = "invented_state"
name.en = "Aradia"

[[delegation]]
state = "XAA"

[[user]]
email = "a@example.org"
name = "A"
role = "focal_point"
delegation = "XAA"
language = "en"

[[user]]
email = "s@example.org"
name = "S"
role = "staff"
language = "en"

[[call]]
key = "first"
draft = 1
opens_in_days = -9
closes_in_days = -2
audience = ["member_states"]
languages = ["en"]
title.en = "First"

[[submission]]
call = "first"
delegation = "XAA"
language = "en"
started_in_days = -8
submitted_in_days = -7
status = "submitted"
written_by = "a@example.org"
submitted_by = "a@example.org"

[[submission.comment]]
target = "clause"
clause = "art_2"
position = "supports"

[[disposition]]
call = "first"
delegation = "XAA"
comment = 1
decision = "noted"
reason = "Noted."
decided_by = "s@example.org"
published_in_days = -1
"""

BROKEN = {
    "unknown table": ("[[state]]", "[[states]]", "small.toml, field “states”: There is no such table here."),
    "missing key": ('role = "staff"\n', "", "small.toml:19, user 2, field “role”: This is missing."),
    "unknown key": (
        'role = "staff"',
        'role = "staff"\nrank = 1',
        "small.toml:19, user 2, field “rank”: This is not known",
    ),
    "wrong type": (
        "comment = 1",
        'comment = "1"',
        "small.toml:49, disposition 1, field “comment”: Expected: a whole number.",
    ),
    "wrong type of an inner key": (
        'clause = "art_2"',
        "clause = 2",
        "small.toml:44, submission 1, comment 1, field “clause”: Expected: a text",
    ),
    "real State": ('state = "XAA"', 'state = "BRA"', "small.toml:9, delegation 1, field “state”: Only invented States"),
    "call that closes before it opens": (
        "closes_in_days = -2",
        "closes_in_days = -20",
        "small.toml:25, call 1, field “closes_at”: A call closes after it opens.",
    ),
    "language that the draft is not in": (
        'languages = ["en"]',
        'languages = ["fr"]',
        "small.toml:25, call 1, field “languages”: The draft has no text in this language: Français.",
    ),
    "clause that is none": (
        'clause = "art_2"',
        'clause = "art_99"',
        "small.toml:44, submission 1, comment 1, field “clause”: The file has none of this name: art_99.",
    ),
    "comment that says nothing": (
        'position = "supports"\n',
        "",
        "small.toml:44, submission 1, comment 1, field “rationale”: Give a position, a proposal or a reason.",
    ),
    "filing after the end": (
        "submitted_in_days = -7",
        "submitted_in_days = -1",
        "small.toml:34, submission 1: This call closed on",
    ),
    "answer to a comment that is none": (
        "comment = 1",
        "comment = 2",
        "small.toml:49, disposition 1, field “comment”: The file has none of this name: 2.",
    ),
    "answer of one who is no staff": (
        'decided_by = "s@example.org"',
        'decided_by = "a@example.org"',
        "small.toml:49, disposition 1: This comment cannot be answered by you now.",
    ),
}


@pytest.fixture
def path(tmp_path):
    """The small demonstration's file, with the illustrative text that it speaks on."""
    factories.make_draft(ordinal=1, is_illustrative=True)
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_a_small_one_loads_as_of_a_day(path):
    loaded = load_demonstration(path, today=dt.date(2026, 3, 10), force=True)
    assert loaded.is_new
    assert timezone.localtime(Call.objects.get().closes_at).isoformat() == "2026-03-08T18:00:00+01:00"
    assert timezone.localtime(Submission.objects.get().submitted_at).isoformat() == "2026-03-03T15:00:00+01:00"
    assert Disposition.objects.published().get().decided_by.email == "s@example.org"


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_entry_is_named_and_nothing_is_loaded(case, path):
    old, new, expected = BROKEN[case]
    assert SMALL.count(old) == 1
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    State.objects.create(alpha3="BRA", m49="076", name={"en": "Brazil"})
    with pytest.raises(InvalidFiles) as refused:
        load_demonstration(path, force=True)
    assert expected in str(refused.value)
    assert (User.objects.count(), Delegation.objects.count(), Call.objects.count()) == (0, 0, 0)


def test_it_is_refused_without_debugging_unless_forced(path):
    with pytest.raises(CommandError, match="runs without DEBUG"):
        call_command("load_demonstration")
    assert (User.objects.count(), Delegation.objects.count(), Draft.objects.count()) == (0, 0, 1)
    assert load_demonstration(path, force=True).is_new


def test_it_is_refused_among_real_filings_unless_forced(path, settings):
    settings.DEBUG = True
    real = factories.make_delegation(State.objects.create(alpha3="BRA", m49="076", name={"en": "Brazil"}))
    factories.make_filed_comment(factories.make_call(Draft.objects.get()), real)
    with pytest.raises(Refused, match="There is 1 submission here of a delegation that is not invented"):
        load_demonstration(path)
    assert Delegation.objects.count() == 1
    load_demonstration(path, force=True)
    assert Delegation.objects.count() == 2


def test_invented_filings_are_no_reason_to_refuse(path, settings):
    settings.DEBUG = True
    factories.make_filed_comment(factories.make_call(Draft.objects.get()), factories.make_delegation())
    assert load_demonstration(path).is_new


def test_accounts_have_the_password_only_where_debugging_is_on(path, settings):
    settings.DEBUG = True
    load_demonstration(path)
    user = User.objects.get(email="a@example.org")
    assert authenticate(username=user.email, password=PASSWORD) == user


def test_it_does_not_speak_on_another_text(path):
    factories.make_draft(ordinal=2)
    path.write_text(SMALL.replace("ordinal = 1", "ordinal = 2"), encoding="utf-8")
    with pytest.raises(InvalidFiles, match=r"draft 1, field “ordinal”: Invented delegations speak on the illustrative"):
        load_demonstration(path, force=True)
    assert (User.objects.count(), Delegation.objects.count()) == (0, 0)


def test_it_needs_the_record():
    with pytest.raises(InvalidFiles, match=r"Load the record first: manage.py load_dossier"):
        load_demonstration(force=True)
    assert (User.objects.count(), Draft.objects.count()) == (0, 0)
