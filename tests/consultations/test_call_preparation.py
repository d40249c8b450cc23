"""How a call for comments is prepared and changed: what fits together, and what is refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from consultations.models import Call
from consultations.services import change_call, create_call, open_call
from declaration.errors import Refused
from declaration.models import Draft
from tests import factories

pytestmark = pytest.mark.django_db

OPENS = dt.datetime(2027, 1, 11, 9, tzinfo=ZoneInfo("Europe/Zurich"))
CLOSES = dt.datetime(2027, 3, 15, 18, tzinfo=ZoneInfo("Europe/Zurich"))


def values(draft=None, **fields):
    """What a call is prepared with, unless said."""
    return {
        "draft": draft or Draft.objects.first(),
        "title": {"en": "First round", "ar": "الجولة الأولى"},
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "time_zone": "Europe/Zurich",
        "audience": ["member_states", "stakeholders"],
        "languages": ["en", "ar"],
        "publication_rule": "as_received",
        "takes_late": False,
        **fields,
    }


@pytest.fixture(autouse=True)
def draft():
    return factories.make_draft()


def test_a_call_is_prepared_and_opened_at_its_moment(draft):
    delegation = factories.make_delegation()
    call = create_call(
        **values(audience=["invited", "groups"], invited=[delegation], note={"en": "Read the text first."})
    )
    call.refresh_from_db()
    assert (call.status, call.draft, call.note) == (Call.Status.PREPARING, draft, {"en": "Read the text first."})
    assert list(call.invited.all()) == [delegation]
    with pytest.raises(Refused, match="close in the past"):
        open_call(call=call, at=CLOSES)
    assert open_call(call=call, at=OPENS).status == Call.Status.OPEN


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": {"ar": "الجولة الأولى"}}, ("missing", "title")),
        ({"title": {"en": "A", "de": "A"}}, ("language", "title")),
        ({"closes_at": OPENS}, ("closes_before_it_opens", "closes_at")),
        ({"closes_at": OPENS - dt.timedelta(days=1)}, ("closes_before_it_opens", "closes_at")),
        ({"opens_at": OPENS.replace(tzinfo=None)}, ("time_zone_missing", "opens_at")),
        ({"closes_at": CLOSES.replace(tzinfo=None)}, ("time_zone_missing", "closes_at")),
        ({"time_zone": "Geneva"}, ("time_zone_unknown", "time_zone")),
        ({"time_zone": "../etc/passwd"}, ("time_zone_unknown", "time_zone")),
        ({"time_zone": ""}, ("time_zone_unknown", "time_zone")),
        ({"audience": []}, ("blank", "audience")),
        ({"audience": ["everyone"]}, ("item_invalid", "audience")),
        ({"audience": ["member_states", "invited"]}, ("invited_by_name", "invited")),
        ({"languages": []}, ("blank", "languages")),
        ({"languages": ["de"]}, ("item_invalid", "languages")),
        ({"languages": ["en", "fr"]}, ("language_not_of_draft", "languages")),
        ({"publication_rule": "never"}, ("invalid_choice", "publication_rule")),
    ],
)
def test_a_call_that_cannot_be_is_refused(fields, expected):
    with pytest.raises(Refused) as refused:
        create_call(**values(**fields))
    assert (refused.value.code, refused.value.field) == expected
    assert not Call.objects.exists()


def test_those_invited_are_named_only_where_some_are_invited():
    with pytest.raises(Refused) as refused:
        create_call(**values(invited=[factories.make_delegation()]))
    assert refused.value.field == "invited"
    assert not Call.objects.exists()


@pytest.mark.parametrize("status", ["superseded", "withdrawn", "adopted"])
def test_no_call_is_prepared_on_a_draft_that_is_past(draft, status):
    Draft.objects.update(status=status)
    draft.refresh_from_db()
    with pytest.raises(Refused) as refused:
        create_call(**values(draft))
    assert (refused.value.code, refused.value.field) == ("draft_not_published", "draft")


def test_what_is_named_twice_is_kept_once():
    call = create_call(**values(audience=["groups", "groups"], languages=["en", "en"]))
    assert (call.audience, call.languages) == (["groups"], ["en"])


def test_a_call_in_preparation_can_be_changed_in_everything():
    call = create_call(**values())
    other = factories.make_draft()
    changed = change_call(call=call, **values(other, languages=["ar"], takes_late=True, title={"en": "Round"}))
    changed.refresh_from_db()
    assert (changed.draft, changed.languages, changed.takes_late, changed.title) == (
        other,
        ["ar"],
        True,
        {"en": "Round"},
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"closes_at": CLOSES + dt.timedelta(days=1)}, "closes_at"),
        ({"opens_at": OPENS - dt.timedelta(days=1)}, "opens_at"),
        ({"time_zone": "Asia/Tokyo"}, "time_zone"),
        ({"audience": ["member_states"]}, "audience"),
        ({"languages": ["en"]}, "languages"),
        ({"publication_rule": "not_published"}, "publication_rule"),
        ({"takes_late": True}, "takes_late"),
    ],
)
def test_an_opened_call_keeps_what_delegations_were_told(fields, field):
    call = open_call(call=create_call(**values()))
    with pytest.raises(Refused) as refused:
        change_call(call=call, **values(**fields))
    assert (refused.value.code, refused.value.field) == ("call_opened", field)
    before = Call.objects.values().get(pk=call.pk)
    assert (before["closes_at"], before["audience"]) == (call.closes_at, call.audience)


def test_an_opened_call_keeps_its_draft():
    call = open_call(call=create_call(**values()))
    with pytest.raises(Refused) as refused:
        change_call(call=call, **values(factories.make_draft()))
    assert refused.value.field == "draft"


def test_title_note_and_further_guests_of_an_opened_call_can_be_changed():
    first, second = factories.make_delegation(), factories.make_delegation()
    call = open_call(call=create_call(**values(audience=["invited"], invited=[first])))
    same = {"audience": ["invited"], "title": {"en": "Renamed"}, "note": {"en": "New"}}
    change_call(call=call, **values(**same, invited=[first, second]))
    call.refresh_from_db()
    assert (call.title, call.note, set(call.invited.all())) == ({"en": "Renamed"}, {"en": "New"}, {first, second})
    with pytest.raises(Refused) as refused:
        change_call(call=call, **values(**same, invited=[second]))
    assert refused.value.field == "invited"
    assert set(call.invited.all()) == {first, second}


def test_a_call_can_be_renamed_after_its_draft_was_superseded(draft):
    call = open_call(call=create_call(**values()))
    Draft.objects.update(status="superseded")
    draft.refresh_from_db()
    assert change_call(call=call, **values(draft, title={"en": "Renamed"})).title == {"en": "Renamed"}
