"""The frame and the parts that pages are put together from."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLESHEETS = sorted((ROOT / "static" / "css").glob("*.css"))

POSITIONS = [
    SimpleNamespace(code="supports", label="Supports", count=2),
    SimpleNamespace(code="supports_with_amendment", label="Supports with amendment", count=0),
    SimpleNamespace(code="reserves", label="Reserves", count=0),
    SimpleNamespace(code="opposes", label="Opposes", count=1),
    SimpleNamespace(code="asks_for_clarification", label="Asks for clarification", count=0),
]


def text_of(markup, tags="p"):
    """Return the characters of a fragment as a browser would give them, without its tags."""
    inner = re.search(rf"<{tags}\b[^>]*>(.*)</{tags}>", markup, re.DOTALL).group(1)
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


class CommentForm(forms.Form):
    """A form with each kind of field."""

    position = forms.ChoiceField(
        label="Position", widget=forms.RadioSelect, choices=[("supports", "Supports")], help_text="What you say."
    )
    words = forms.CharField(label="Proposed words", required=False)
    consent = forms.BooleanField(label="We agree")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_template_carries_nothing_that_the_content_policy_blocks(template):
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"<[^>]*\sstyle\s*=", source), "an inline style"
    assert not re.search(r"<style\b", source), "a style element"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source), "an inline event handler"
    assert not re.search(r"hx-on", source), "an htmx event handler"
    for script in re.findall(r"<script\b[^>]*>", source):
        assert "src=" in script or "application/json" in script, "an inline script"
    assert len(source.splitlines()) <= 150


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_stylesheet_names_no_side_of_the_screen(stylesheet):
    """One stylesheet serves both directions, so it says "start" and "end", never "left" and "right"."""
    source = re.sub(r"/\*.*?\*/", "", stylesheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|bottom|width|height|"
        r"(?:min|max)-(?:width|height))\s*:\s*(?=[^)]*;)|text-align\s*:\s*(?:left|right)",
        source,
    )
    assert physical == []


def test_vendored_files_are_as_listed():
    script = ROOT / "deploy" / "vendor_assets.py"
    result = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_vendored_list_and_package_file_name_the_same_versions():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    listing = json.loads((ROOT / "static" / "vendor" / "VENDORED.json").read_text(encoding="utf-8"))
    assert {package["package"]: package["version"] for package in listing["packages"]} == wanted
    assert {package["licence"] for package in listing["packages"]} == {"OFL-1.1", "0BSD"}


def test_redline_keeps_every_character():
    operations = [
        ("equal", "Every  people\nhas "),
        ("delete", "<b>a</b> "),
        ("insert", "the & "),
        ("equal", "right."),
    ]
    markup = render_to_string("_redline.html", {"redline": operations, "language": "en", "direction": "ltr"})
    assert text_of(markup) == "".join(text for _, text in operations)
    assert "<b>" not in markup
    assert re.findall(r"<(ins|del) ", markup) == ["del", "ins"]
    assert 'data-start="inserted:"' in markup


def test_position_bar_shows_each_position_taken_and_a_table_of_all():
    markup = render_to_string("_position_bar.html", {"positions": POSITIONS, "total": 3})
    assert re.findall(r'<svg class="positions__part is-(\w+)" width="(\d+%)"', markup) == [
        ("supports", "67%"),
        ("opposes", "33%"),
    ]
    assert re.findall(r'<td class="numeric">(\d+)</td>', markup) == ["2", "0", "0", "1", "0"]


def test_position_bar_of_nothing_is_nothing():
    empty = [SimpleNamespace(code="supports", label="Supports", count=0)]
    assert render_to_string("_position_bar.html", {"positions": empty, "total": 0}).strip() == ""


def test_compact_position_bar_says_in_words_what_it_shows():
    markup = render_to_string("_position_bar.html", {"positions": POSITIONS, "total": 3, "compact": True})
    assert re.findall(r"<li>([^<]+)</li>", markup) == ["Supports: 2", "Opposes: 1"]


def test_refused_form_ties_each_error_to_its_field():
    markup = render_to_string("_form.html", {"form": CommentForm({})})
    assert re.findall(r'<a href="#(\w+)">([^<]+)</a>', markup) == [
        ("id_position", "Position: This field is required."),
        ("id_consent", "We agree: This field is required."),
    ]
    assert '<fieldset class="field field--choices field--error" aria-describedby="id_position_helptext' in markup
    assert 'id="id_position_helptext"' in markup
    assert 'id="id_consent_error"' in markup
    assert re.search(r'<input type="checkbox"[^>]* aria-describedby="id_consent_error"', markup)


def test_only_fields_that_may_stay_empty_are_marked():
    markup = render_to_string("_form.html", {"form": CommentForm()})
    assert markup.count("(optional)") == 1
    assert "error-summary" not in markup


@pytest.mark.parametrize(("language", "expected"), [("en", 'lang="en" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"')])
@pytest.mark.parametrize("template", ["400.html", "404.html", "403.html", "403_csrf.html", "refused.html"])
def test_error_page_needs_neither_request_nor_database(template, language, expected):
    with translation.override(language):
        markup = render_to_string(template, {"message": "Refused."})
    assert f"<html {expected}>" in markup
    assert markup.count("<h1>") == 1


def test_page_for_a_broken_site_stands_alone_and_speaks_both_languages():
    source = (ROOT / "templates" / "500.html").read_text(encoding="utf-8")
    assert re.findall(r"{%\s*(\w+)", source) == []
    assert 'lang="en" dir="ltr"' in source
    assert '<section lang="ar" dir="rtl">' in source
    paths = re.findall(r'"/static/([^"]+)"', source)
    assert [path for path in paths if finders.find(path) is None] == []


def test_refused_page_gives_back_what_was_typed():
    typed = [("proposed_text", "\n  لكل شعب <الحق>\nأيضاً")]
    markup = render_to_string("refused.html", {"message": "Nothing was saved.", "typed": typed})
    inner = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", markup, re.DOTALL).group(1)
    assert html.unescape(inner) == typed[0][1]


def test_second_language_of_a_clause_reads_in_its_own_direction():
    clause = SimpleNamespace(eid="art_1__para_1", kind="paragraph", label="1")
    wordings = [SimpleNamespace(language=code, heading="", text=text) for code, text in (("en", "All."), ("ar", "كل."))]
    markup = render_to_string(
        "_clause.html",
        {
            "clause": clause,
            "wording": wordings[0],
            "direction": "ltr",
            "other": wordings[1],
            "other_direction": "rtl",
            "label": "1.",
            "other_label": "1-",
            "depth": 1,
            "url": "/clause/",
            "comment_count": 1,
        },
    )
    assert re.findall(r'<div class="clause__cell" lang="(\w+)" dir="(\w+)">', markup) == [("en", "ltr"), ("ar", "rtl")]
    assert re.findall(r'<div class="clause__label">([^<]+)</div>', markup) == ["1.", "1-"]
    assert 'class="clause clause--paragraph depth-1" id="art_1__para_1"' in markup
    assert "1 comment" in markup
