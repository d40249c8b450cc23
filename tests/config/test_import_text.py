"""`python3 manage.py import_text`: a preview that writes nothing, and a text that comes in wholly or not at all."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from declaration.models import Clause, Document, Draft, Paragraph, TextImport
from declaration.services import create_declaration, create_draft
from tests.declaration.test_imports import ARABIC, ENGLISH, REPORT


@pytest.fixture
def file(tmp_path):
    def write(words, name="text.txt"):
        path = tmp_path / name
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return str(path)

    return write


def run(*arguments):
    out = io.StringIO()
    call_command("import_text", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_preview_is_one_json_object_and_needs_no_database(file):
    answer = json.loads(run(file(REPORT), "--preview", "--json"))
    assert answer["language"] == "en"
    assert answer["lines_total"] == 7
    assert [node["eid"] for node in answer["nodes"]][:3] == ["sec_I", "para_1", "para_2"]
    for node in answer["nodes"]:
        assert {"kind", "label", "depth", "eid", "text", "source_lines"} <= set(node)
    assert all({"line", "text", "reason"} <= set(out) for out in answer["left_out"])
    assert answer["symbols"][0]["node"] == "para_3"
    assert "candidates" in answer["symbols"][0]


def test_a_preview_for_people_shows_the_tree_and_what_is_in_doubt(file):
    shown = run(file(REPORT), "--preview", "--language", "en")
    assert "para_2__subpara_a" in shown
    assert "in doubt" in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"<html><body>x</body></html>", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
        (b"%PDF-1.7", "PDF"),
        (b"word " * 5_000_000, "larger than"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(file, data, words):
    with pytest.raises(CommandError) as error:
        run(file(data, "draft.docx"), "--preview", "--json")
    assert words in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "none.txt"), "--preview")


def test_it_runs_where_nothing_has_been_set_up_and_reads_what_is_piped_in():
    """In a process of its own: no settings, no database, and only JSON on its output."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    arguments = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_text", "-", "--language", "ar"]
    done = subprocess.run(
        [*arguments, "--preview", "--json"], input=ARABIC.encode(), capture_output=True, check=False, env=kept
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["nodes"]) == 8
    wrong = subprocess.run(
        [*arguments, "--preview", "--json"], input=b"%PDF-1.7", capture_output=True, check=False, env=kept
    )
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert b"PDF" in wrong.stderr


@pytest.mark.django_db
def test_a_document_gets_its_text(file):
    Document.objects.create(symbol="A/99/1", slug="A-99-1", title={"en": "Report"})
    answer = json.loads(run(file(REPORT), "--language", "en", "--document", "A/99/1", "--json"))
    assert answer == {"document": "A/99/1", "language": "en", "paragraphs": 7}
    run(file(REPORT), "--language", "en", "--document", "A/99/1")
    assert Paragraph.objects.count() == 7


@pytest.mark.django_db
def test_without_a_target_the_next_draft_of_the_declaration_is_begun(file):
    create_declaration(slug="boats", title={"en": "Boats"})
    run(file(ARABIC))
    draft = Draft.objects.get()
    assert (draft.languages, draft.status, draft.clauses.count()) == (["ar"], "preparing", 8)
    with pytest.raises(CommandError, match="--draft 1"):
        run(file(ENGLISH))
    run(file(ENGLISH), "--draft", "1")
    draft.refresh_from_db()
    assert draft.languages == ["ar", "en"]


@pytest.mark.django_db
def test_without_a_target_and_a_declaration_it_says_what_to_give(file):
    with pytest.raises(CommandError, match="--document"):
        run(file(ENGLISH))


@pytest.mark.django_db
@pytest.mark.parametrize("target", [("--draft", "7"), ("--draft", "99999999999"), ("--document", "A/1/1")])
def test_a_target_that_is_not_there_is_told(file, target):
    with pytest.raises(CommandError, match="There is no"):
        run(file(ENGLISH), *target)


@pytest.mark.django_db
def test_what_does_not_match_is_told_and_nothing_is_written(file):
    declaration = create_declaration(slug="boats", title={"en": "Boats"})
    create_draft(declaration=declaration, name={"en": "Draft"}, stage="zero", languages=["en"])
    run(file(ENGLISH), "--draft", "1")
    with pytest.raises(CommandError, match="nothing was written"):
        run(file(ARABIC + "المادة 3\nلكل بحار الحق في الراحة.\n"), "--draft", "1")
    assert Clause.objects.filter(wordings__language="ar").count() == 0
    assert TextImport.objects.count() == 1
