"""The report as a file: its direction, its languages, its numbers; the command that writes it, and the page."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from activities.models import Activity
from activities.reporting.period import Period
from activities.reporting.pieces import Text, fill, join
from activities.reporting.writing import WORD_TYPE, file_name, write_report
from tests import factories

pytestmark = pytest.mark.django_db

YEAR = Period.parse("2012", "2012")
ARABIC = "المنتدى الاجتماعي"


@pytest.fixture
def forum():
    return Activity.objects.create(
        slug="forum",
        kind="forum",
        name={"en": "Social Forum", "ar": ARABIC},
        organizer={"en": "The Council"},
        when="2012",
    )


def read(language):
    return Document(io.BytesIO(write_report(period=YEAR, language=language)))


def named(document):
    return next(each for each in document.paragraphs for run in each.runs if run.style.name == "Entry name")


# --- The file --------------------------------------------------------------------------------------------------------


def test_arabic_runs_from_the_right_and_what_is_in_english_from_the_left(forum):
    document = read("ar")
    paragraph = named(document)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    directions = {run.text: run._r.rPr.find(qn("w:rtl")) is not None for run in paragraph.runs}
    assert directions[ARABIC] is True
    assert directions["The Council"] is False
    marks = {run.text: dict(run._r.rPr.find(qn("w:lang")).attrib) for run in paragraph.runs}
    assert marks[ARABIC] == {qn("w:bidi"): "ar-SA"}
    assert marks["The Council"] == {qn("w:val"): "en-GB"}


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "zh"])
def test_the_other_languages_run_from_the_left(forum, language):
    document = read(language)
    assert document.element.body.findall(".//" + qn("w:bidi")) == []
    assert document.element.body.findall(".//" + qn("w:rtl")) == []


def test_paragraphs_count_by_themselves_in_one_list(forum):
    document = read("en")
    style = document.styles["Numbered paragraph"].element.pPr.numPr
    lists = document.part.numbering_part.element
    assert style.numId.val == 1
    assert [each.get(qn("w:numId")) for each in lists.findall(qn("w:num"))] == ["1"]
    level = lists.find(qn("w:abstractNum")).find(qn("w:lvl"))
    assert level.find(qn("w:lvlText")).get(qn("w:val")) == "%1."


def test_the_file_tells_its_title_and_language_and_nobodys_name(forum):
    properties = read("ar").core_properties
    assert (properties.language, properties.author, properties.last_modified_by, properties.comments) == (
        "ar-SA",
        "",
        "",
        "",
    )
    assert properties.title


def test_sentences_are_filled_with_pieces_in_their_own_languages():
    pieces = fill("100%% of %(who)s in %(where)s.", "en", who=Text("Bob", "fr"), where=[Text("Oslo", "en")])
    assert "".join(piece.text for piece in pieces) == "100% of Bob in Oslo."
    assert [piece.language for piece in pieces if piece.text == "Bob"] == ["fr"]
    assert "".join(piece.text for piece in join([Text(str(n), "en") for n in (1, 2, 3)], "en")) == "1, 2 and 3"


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_the_file_and_says_where(forum, tmp_path, capsys):
    path = tmp_path / "report.docx"
    call_command("report", "--from", "2012", "--to", "2012-12", "--language", "ar", "--output", str(path))
    assert ARABIC in "".join(each.text for each in Document(path).paragraphs)
    assert str(path) in capsys.readouterr().out
    assert [each.name for each in tmp_path.iterdir()] == ["report.docx"]


def test_the_command_names_the_file_for_its_period(forum, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call_command("report", "--from", "2011-08", "--to", "2012-12", verbosity=0)
    assert [each.name for each in tmp_path.iterdir()] == ["report-2011-08-to-2012-12-en.docx"]
    assert file_name(YEAR, "zh", is_internal=True) == "internal-report-2012-to-2012-zh.docx"


def test_the_command_writes_over_a_file_only_when_told_to(forum, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(b"worked on")
    arguments = ["report", "--from", "2012", "--to", "2012", "--output", str(path)]
    with pytest.raises(CommandError, match="--overwrite"):
        call_command(*arguments)
    assert path.read_bytes() == b"worked on"
    call_command(*arguments, "--overwrite")
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2013", "--to", "2012"], "ends before it begins"),
        (["--from", "yesterday", "--to", "2012"], "“yesterday” is no date"),
        (["--from", "2012", "--to", "2012", "--language", "de"], "invalid choice"),
        (["--from", "2012", "--to", "2012", "--output", "/nowhere/at/all.docx"], "/nowhere/at/all.docx"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=words):
        call_command("report", *arguments)
    assert list(tmp_path.iterdir()) == []


# --- The page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def staff_client(client):
    client.force_login(factories.make_staff())
    return client


def test_the_page_shows_what_a_report_holds_and_leads_to_the_file(staff_client, forum):
    page = staff_client.get(reverse("staff-report"), {"since": "2012", "until": "2012", "language": "ar"})
    assert page.status_code == 200
    assert ("Activities", 1) in page.context["figures"]
    assert page.context["query"] == "since=2012&until=2012&language=ar"
    file = staff_client.get(f"{reverse('staff-report-file')}?{page.context['query']}")
    assert (file.status_code, file["Content-Type"]) == (200, WORD_TYPE)
    assert file["Content-Disposition"] == 'attachment; filename="report-2012-to-2012-ar.docx"'
    assert ARABIC in "".join(each.text for each in Document(io.BytesIO(file.content)).paragraphs)


def test_what_staff_alone_read_is_asked_for_by_name(staff_client):
    asked = {"since": "2012", "until": "2012", "language": "en", "is_internal": "on"}
    file = staff_client.get(reverse("staff-report-file"), asked)
    assert 'filename="internal-report-' in file["Content-Disposition"]


@pytest.mark.parametrize("name", ["staff-report", "staff-report-file"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"since": "2013", "until": "2012", "language": "en"}, "until"),
        ({"since": "soon", "until": "2012", "language": "en"}, "since"),
        ({"since": "2012", "until": "2012", "language": "de"}, "language"),
        ({"until": "2012", "language": "en"}, "since"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(staff_client, name, query, field):
    page = staff_client.get(reverse(name), query)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert "query" not in page.context
