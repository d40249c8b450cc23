"""The main job, from the sign-in of a delegation to the reader who is not signed in: in two languages, with scripts and without."""

import pytest

from tests.browser.journey import TEXTS, Journey
from tests.browser.site import STAFF

pytestmark = pytest.mark.browser

JOURNEYS = [
    # language, scripts, delegation, its name in that language, its focal point
    ("en", True, "XAC", "Corvania", "focal.point@corvania.example"),
    ("ar", True, "XAB", "بلموريا", "focal.point@belmoria.example"),
    ("en", False, "lantern-bridge-network", "Lantern Bridge Network", "focal.point@lantern-bridge.example"),
]


@pytest.mark.parametrize(
    ("language", "has_scripts", "delegation", "party", "focal_point"),
    JOURNEYS,
    ids=[f"{language}-{'with' if has_scripts else 'without'}-scripts" for language, has_scripts, *_rest in JOURNEYS],
)
def test_main_job(new_window, language, has_scripts, delegation, party, focal_point):
    journey = Journey(TEXTS[language], has_scripts, delegation, party, focal_point, STAFF[language])
    desk, staff, reader = (new_window(java_script_enabled=has_scripts) for _person in range(3))
    for step in journey.of_delegation:
        step(desk)
    journey.answer(staff)
    journey.read(reader)
    assert [desk.troubles, staff.troubles, reader.troubles] == [[], [], []]
