"""The report for staff's own programs: the same headings and numbered paragraphs as in the Word file."""

import io

import pytest
from docx import Document

from activities.models import Activity
from activities.reporting.writing import WORD_TYPE
from tests import factories, hearings

pytestmark = pytest.mark.django_db

PAGE = "/api/v1/staff/report/"
FILE = "/api/v1/staff/report.docx"
YEAR = {"from": "2012", "to": "2012", "language": "en"}


@pytest.fixture
def staff(client):
    client.force_login(factories.make_staff())
    return client


@pytest.fixture
def forum():
    return Activity.objects.create(
        slug="forum", kind="forum", name={"en": "Social Forum", "ar": "المنتدى"}, role={"en": "Speaker"}, when="2012"
    )


def words(data):
    """Return the words of a Word file, with the numbers that its fields print."""
    return ["".join(node.text or "" for node in each._p.iter() if node.tag.endswith("}t")) for each in data.paragraphs]


def test_it_says_what_the_file_says(staff, forum):
    told = staff.get(PAGE, YEAR).json()
    answer = staff.get(FILE, YEAR)
    assert answer["Content-Type"] == WORD_TYPE
    assert answer["Content-Disposition"] == 'attachment; filename="report-2012-to-2012-en.docx"'
    printed = words(Document(io.BytesIO(answer.content)))
    assert [told["title"], *told["subtitles"], *(block["text"] for block in told["blocks"])] == printed


def test_paragraphs_have_their_numbers_and_headings_their_levels(staff, forum):
    blocks = staff.get(PAGE, YEAR).json()["blocks"]
    numbered = [block for block in blocks if block["number"]]
    assert [block["number"] for block in numbered] == [1]
    assert numbered[0]["text"] == "Social Forum (2012). Kind: forum. Role of the mandate holder: Speaker."
    assert {"level": 1, "number": None, "text": "Activities"} in blocks


def test_it_is_in_the_language_that_was_asked_for(staff, forum):
    told = staff.get(PAGE, YEAR | {"language": "ar"}).json()
    assert told["language"] == "ar"
    assert any("المنتدى" in block["text"] for block in told["blocks"])


def test_without_anything_it_is_on_the_last_twelve_months(staff):
    assert staff.get(PAGE).status_code == 200


@pytest.mark.parametrize("address", [PAGE, FILE])
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from": "2012-13"}, "from"),
        ({"from": "2013"}, "to"),
        ({"language": "de"}, "language"),
        ({"since": "2012"}, "since"),
    ],
)
def test_what_cannot_be_asked_is_told_at_the_parameter(staff, address, asked, field):
    answer = staff.get(address, YEAR | asked)
    assert answer.status_code == 400
    assert field in str(answer.json())


def test_what_staff_alone_may_read_is_in_it_only_where_it_is_asked_for(staff):
    hearings.make_consultation("closed", is_public=False, when="2012-05-01", status="held", name={"en": "Closed one"})
    assert "Closed one" not in staff.get(PAGE, YEAR).content.decode()
    assert "[Internal] Closed one" in staff.get(PAGE, YEAR | {"internal": "true"}).content.decode()
