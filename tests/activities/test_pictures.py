"""The stretch of time that is shown and its zoom, and how the time line, the regions and progress are read and drawn."""

import datetime as dt
import itertools
import re

import pytest
from django.utils import translation

from activities.models import Activity
from activities.pictures.bars import LABEL, RegionPicture
from activities.pictures.chronicle import LANES, Entry, read_chronicle
from activities.pictures.letters import cut, width_of
from activities.pictures.progress import MOST_SIGNS, Progress, ProgressPicture, read_progress
from activities.pictures.regions import Region, read_encounters
from activities.pictures.timeline import MOST_ROWS, ROW, WIDTH, TimelinePicture
from activities.pictures.window import LATEST, SHORTEST, PeriodForm, Window, asked_window, overlapping
from consultations.models import Consultation
from declaration.dates import PartialDate
from declaration.models import GroupMembership, Request
from declaration.translated import TranslatedText
from tests import factories, hearings
from tests.api import record


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


WHOLE = Window(dt.date(2005, 1, 1), dt.date(2014, 12, 31))


def asked(**given):
    return PeriodForm({name.rstrip("_"): value for name, value in given.items()})


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({}, "2005-01-01", "2014-12-31"),
        ({"from_": "2012", "to": "2012-06"}, "2012-01-01", "2012-06-30"),
        ({"from_": "2012-02-29"}, "2012-02-29", "2014-12-31"),
        ({"to": "٢٠١٢"}, "2005-01-01", "2012-12-31"),
        ({"from_": "2030-05"}, "2030-01-01", "2030-12-31"),
        ({"to": "1999"}, "1999-01-01", "1999-12-31"),
    ],
)
def test_window_is_what_was_asked(given, first, last):
    window = Window.asked(asked(**given), WHOLE)
    assert (window.first.isoformat(), window.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"from_": "June 2012"}, "from", "form"),
        ({"from_": "2012-13"}, "from", "calendar"),
        ({"from_": "2012/2013"}, "from", "moment"),
        ({"to": "XXXX-12-20"}, "to", "moment"),
        ({"from_": "0999"}, "from", "year"),
        ({"to": "9999"}, "to", "year"),
        ({"from_": "2013", "to": "2012"}, "to", "order"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_field_and_the_whole_is_shown(given, field, code):
    form = asked(**given)
    assert {name: errors[0].code for name, errors in form.errors.as_data().items()} == {field: code}
    assert Window.asked(form, WHOLE) == WHOLE
    assert asked_window(form) is None


def test_closer_and_closer_ends_and_wider_comes_back_to_the_whole():
    window, steps = WHOLE, 0
    while closer := window.closer():
        assert closer.days < window.days
        assert window.first <= closer.first < closer.last <= window.last
        window, steps = closer, steps + 1
    assert window.days <= SHORTEST
    assert steps <= 8
    while wider := window.wider(WHOLE):
        assert wider.days > window.days
        window = wider
    assert window.first <= WHOLE.first
    assert window.last >= WHOLE.last


def test_earlier_and_later_stop_where_the_record_does():
    window = Window(dt.date(2006, 1, 1), dt.date(2006, 12, 31))
    earlier = window.earlier(WHOLE)
    assert (earlier.days, earlier.first) == (window.days, dt.date(2005, 7, 3))
    assert WHOLE.earlier(WHOLE) is WHOLE.later(WHOLE) is None
    assert Window(dt.date(2199, 1, 1), LATEST).later(Window(LATEST, dt.date(2300, 1, 1))).last == LATEST


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("1985-01-01", "2014-12-31", ["1986", "1988", "1990"]),
        ("2005-01-01", "2014-12-31", ["2005", "2006", "2007"]),
        ("2012-01-01", "2013-06-30", ["2012-01", "2012-04", "2012-07"]),
        ("2012-01-01", "2012-12-31", ["2012-01", "2012-02", "2012-03"]),
        ("2012-02-02", "2012-03-15", ["2012-02-08", "2012-02-15", "2012-02-22"]),
    ],
)
def test_lines_divide_the_time_as_finely_as_it_needs(first, last, labels):
    ticks = Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last)).ticks
    assert [tick.label for tick in ticks][:3] == labels
    assert len(ticks) <= 20


def test_a_line_leads_to_the_time_up_to_the_next_one():
    assert WHOLE.ticks[0].query == "from=2005&to=2005"
    assert Window(dt.date(2012, 1, 1), dt.date(2013, 6, 30)).ticks[1].query == "from=2012-04&to=2012-06"


def entry(when, name="Panel", *, lane="activity", key="x", **fields):
    given = {"kind": "panel", "detail": "panel", "page": "activity-detail", "page_key": key} | fields
    return Entry(lane, key, TranslatedText({"en": name}), PartialDate(when), **given)


def marks_of(*entries, window=WHOLE, mirrored=False):
    picture = TimelinePicture(list(entries), window, mirrored=mirrored)
    return [mark for lane in picture.lanes for mark in lane.marks]


def test_what_takes_a_day_is_a_point_and_what_takes_long_a_bar_with_its_name_on_it():
    day, years = marks_of(entry("2012-06-07"), entry("2006/2011"))[::-1]
    assert (day.is_point, years.is_point) == (True, False)
    assert years.ground_x < years.x < years.ground_x + years.ground_width
    assert day.x > day.ground_x


@pytest.mark.parametrize(
    ("when", "is_exact"),
    [
        ("2012-06-07", True),
        ("2012-06-07/2012-06-08", True),
        ("2011-08-01/..", True),
        ("2012", False),
        ("2012-06-07~", False),
    ],
)
def test_days_that_are_not_known_are_not_drawn_as_if_they_were(when, is_exact):
    assert entry(when).is_exact is is_exact


def test_a_name_stands_before_its_mark_where_the_line_ends():
    [mark] = marks_of(entry("2014-12-20", "A long name of something done in December"))
    assert (mark.anchor, mark.x < mark.ground_x + mark.ground_width) == ("end", True)
    assert mark.ground_x >= 0
    assert mark.ground_x + mark.ground_width <= WIDTH


def test_what_has_not_ended_is_an_arrow_that_points_where_time_goes():
    [mark] = marks_of(entry("2011-08/..", lane="holder"))
    [mirrored] = marks_of(entry("2011-08/..", lane="holder"), mirrored=True)
    tips = [int(re.search(r"L(\d+) ", each.shape)[1]) for each in (mark, mirrored)]
    assert tips == [WIDTH - 12, 12]


def test_a_page_from_right_to_left_is_the_mirror():
    entries = [entry("2012-06-07"), entry("2006/2011"), entry("2014-12-20", "Something")]
    with translation.override("ar"):
        mirrored = marks_of(*entries, mirrored=True)
    for there, here in zip(mirrored, marks_of(*entries), strict=True):
        assert there.x == WIDTH - here.x
        assert there.ground_x == WIDTH - here.ground_x - here.ground_width
        # An English name runs from left to right on a page of the other direction too.
        assert (there.entry.direction, {there.anchor, here.anchor}) == ("ltr", {"start", "end"})


def test_nothing_in_a_row_stands_over_another():
    entries = [entry(f"2012-{month:02}-{day:02}", f"Panel {day}") for month in range(1, 13) for day in (1, 9, 17, 25)]
    rows = {}
    for mark in marks_of(*entries, window=Window(dt.date(2012, 1, 1), dt.date(2012, 12, 31))):
        rows.setdefault(mark.ground_y, []).append((mark.ground_x, mark.ground_x + mark.ground_width))
    for grounds in rows.values():
        grounds.sort()
        assert all(before[1] < after[0] for before, after in itertools.pairwise(grounds))


def test_a_crowd_is_marked_without_names_and_the_picture_stays_bounded():
    entries = [entry("2012-06-07", f"Panel {number}", key=str(number)) for number in range(2000)]
    picture = TimelinePicture(entries, WHOLE, mirrored=False)
    [lane] = picture.lanes
    assert (len(lane.marks), picture.crowded) == (MOST_ROWS, 2000 - MOST_ROWS)
    assert picture.height < ROW * (MOST_ROWS + 5)
    assert lane.crowd.count("M") == 1


def test_letters_take_the_room_of_their_script():
    assert width_of("国际团结") > width_of("four") * 1.5
    assert cut("A short name", 44) == "A short name"
    assert cut("国际团结" * 20, 44).endswith("…")
    assert width_of(cut("word " * 40, 44)) <= 44 * 6.6 + 1


@pytest.mark.django_db
class TestRecord:
    """What is read of the record."""

    @pytest.fixture
    def request_made(self):
        organ = record.make_organ("1")
        document = record.make_document("1", organ)
        mandate = record.make_mandate("1", organ, document)
        return record.make_resolution("1", organ, mandate, document).requests.get(position=1)

    def test_every_lane_has_its_entries_and_what_is_not_public_is_in_none(self, request_made):
        mandate = request_made.addressee_mandate
        mandate.holders.filter(ordinal=1).update(appointed_on="2005-07-28", left_on="2011")
        mandate.holders.filter(ordinal=2).update(appointed_on="2011-08", took_office_on="2011-08-01")
        draft = factories.make_draft()
        factories.make_draft(published=False, ordinal=9, name={"en": "Secret draft"}, declaration=draft.declaration)
        factories.make_call(draft)
        factories.make_call(draft, opened=False, title={"en": "Secret call"})
        hearings.make_consultation("1")
        hearings.make_consultation("2", name={"en": "Secret"}, is_public=False)
        hearings.make_outcome("1")
        hearings.make_deliverable("1", requests=(request_made,))
        chronicle = read_chronicle(mandate)
        assert {each.lane for each in chronicle.entries} == set(LANES)
        assert "Secret" not in " ".join(str(each.name) for each in chronicle.entries)
        holders = {each.key: each.when.edtf for each in chronicle.entries if each.lane == "holder"}
        assert holders == {"mandate-1/1": "2005-07-28/2011", "mandate-1/2": "2011-08-01/.."}
        assert [each.key for each in chronicle.without_day] == ["part-1", "whole-1"]

    def test_a_phase_goes_from_the_first_to_the_last_entry_in_it(self, request_made):
        phase = request_made.addressee_mandate.phases.get()
        Activity.objects.get(slug="activity-1").phases.add(phase)
        hearings.make_consultation("1", when="2012-11/2013-02").phases.add(phase)
        hearings.make_consultation("2", when="2019", is_public=False).phases.add(phase)
        phases = [each for each in read_chronicle(phase.mandate).entries if each.lane == "phase"]
        assert [(each.when.edtf, each.is_derived) for each in phases] == [
            ("2012-06-07", False),
            ("2012-06-07/2013-02-28", True),
        ]

    @pytest.mark.parametrize(
        ("when", "is_found"),
        [
            ("2012", True),
            ("2011-12-31", False),
            ("2011/..", True),
            ("../2011", False),
            ("XXXX-06-07", False),
            ("", False),
        ],
    )
    def test_database_and_picture_agree_on_what_falls_into_a_window(self, when, is_found):
        hearings.make_consultation("1", when=when)
        window = Window(dt.date(2012, 1, 1), dt.date(2012, 12, 31))
        assert Consultation.objects.filter(overlapping("when", window)).exists() is is_found
        date = PartialDate(when)
        assert window.holds(date.earliest, date.latest) is is_found

    def test_a_state_counts_in_the_group_that_it_was_in_at_the_time(self):
        old, new = (factories.make_group(code, kind="regional") for code in ("old", "new"))
        state = factories.make_state()
        GroupMembership.objects.create(group=old, state=state, joined_on="1990-01-01", left_on="2012-01-01")
        GroupMembership.objects.create(group=new, state=state, joined_on="2012-01-01")
        for number, when in enumerate(("2011-06", "2012-06", "")):
            consultation = hearings.make_consultation(str(number), when=when, host_state=state)
            consultation.states.set([state])
        regions = {region.group.code: region for region in read_encounters(None).regions}
        assert {code: region.consultations for code, region in regions.items()} == {"old": 1, "new": 2}
        assert {code: [each.times for each in region.met] for code, region in regions.items()} == {
            "old": [1],
            "new": [2],
        }
        assert (regions["old"].members, regions["new"].members) == (0, 1)

    def test_what_is_planned_or_not_public_has_met_nobody(self):
        hearings.make_consultation("1", status="planned")
        hearings.make_consultation("2", is_public=False)
        encounters = read_encounters(None)
        assert encounters.is_empty
        hearings.make_consultation("3", host_state=None)
        encounters = read_encounters(None)
        assert (encounters.consultations_elsewhere, len(encounters.groups), len(encounters.stakeholders)) == (1, 1, 1)
        assert [(each.code, each.times) for each in encounters.categories] == [("ngos", 1), ("experts", 1)]
        assert read_encounters(Window(dt.date(2013, 1, 1), dt.date(2013, 12, 31))).is_empty

    def test_progress_counts_what_is_public_and_says_what_is_due(self, request_made):
        activity = Activity.objects.get(slug="activity-1")
        activity.consultations.add(hearings.make_consultation("1"), hearings.make_consultation("2", is_public=False))
        hearings.make_outcome("1", requests=(request_made,))
        hearings.make_deliverable("1", requests=(request_made,), status="delivered")
        hearings.make_deliverable("2", requests=(request_made,), due="2013-06")
        hearings.make_deliverable("3", requests=(request_made,), status="dropped")
        other = Request.objects.get(position=2)
        [progress, nothing] = read_progress([request_made, other], on=dt.date(2013, 6, 30))
        assert (progress.activities, progress.consultations, progress.outcomes) == (1, 1, 1)
        assert (progress.delivered, progress.due, progress.overdue, progress.standing) == (1, 1, 0, "due")
        assert (nothing.standing, nothing.deliverables) == ("nothing", 0)
        [progress] = read_progress([request_made], on=dt.date(2013, 7, 1))
        assert progress.standing == "overdue"


@pytest.mark.parametrize(
    ("counts", "standing"),
    [
        ({}, "nothing"),
        ({"consultations": 1}, "nothing"),
        ({"activities": 3}, "answered"),
        ({"outcomes": 5}, "answered"),
        ({"activities": 3, "delivered": 1}, "delivered"),
        ({"delivered": 1, "due": 1}, "due"),
        ({"delivered": 1, "due": 1, "overdue": 1}, "overdue"),
    ],
)
def test_standing_of_a_request(counts, standing):
    given = dict.fromkeys(("activities", "consultations", "outcomes", "delivered", "due", "overdue"), 0)
    assert Progress(Request(), **given | counts).standing == standing


def test_picture_of_progress_draws_so_many_signs_and_counts_the_rest():
    progress = Progress(Request(), 40, 0, 0, 1, 2, 0)
    [row] = ProgressPicture([progress], mirrored=False).rows
    activities, consultations, _outcomes, deliverables = row.signs
    assert (activities.filled.count("M"), activities.more, consultations.filled) == (MOST_SIGNS, 40 - MOST_SIGNS, "")
    assert (deliverables.filled.count("M"), deliverables.outlined.count("M")) == (1, 2)


def test_picture_of_regions_is_mirrored():
    regions = [Region(None, activities=4, consultations=2), Region(None)]
    here = RegionPicture(regions, mirrored=False)
    there = RegionPicture(regions, mirrored=True)
    for one, other in zip(here.rows[0].bars, there.rows[0].bars, strict=True):
        assert (one.x, other.x) == (LABEL, here.width - LABEL - one.width)
    assert [bar.width for bar in here.rows[1].bars] == [0, 0, 0]
