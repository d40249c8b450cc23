"""A draft as plain text, brought in again."""

import pytest
from hypothesis import given, settings

from declaration.exporters.text import render_text, split_languages
from declaration.text.parser import parse
from tests.declaration.text.trees import shape_of
from tests.exporters.test_draft_word import SAMPLES, cases, draft, found_notes, notes, shapes, wanted_notes
from tests.exporters.trees import reading_of


@settings(max_examples=25, deadline=None)
@given(cases())
def test_a_tree_survives_plain_text(case):
    language, tree = case
    parsed = parse(render_text(reading_of({language: tree})), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(tree)


@pytest.mark.parametrize("language", SAMPLES)
def test_labels_words_and_footnotes_survive_plain_text(language):
    called = {
        key: [note | {"text": note["text"].split("\n")[0]} for note in each] for key, each in notes(language).items()
    }
    reading = reading_of({language: draft(language)}, footnotes=called, is_illustrative=True)
    parsed = parse(render_text(reading), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(draft(language))
    numbered = {index: each for index, each in wanted_notes(language).items() if each[0][0] != "*"}
    assert {index: [note[0] for note in each] for index, each in found_notes(parsed).items()} == {
        index: [note[0] for note in each] for index, each in numbered.items()
    }
    starred = [out.text for out in parsed.left_out if out.text.startswith("* ") and SAMPLES[language][0] in out.text]
    assert len(starred) == 1
    assert parsed.errors == ()


def test_two_languages_stand_one_after_the_other_and_are_read_apart():
    columns = {language: draft(language) for language in ("en", "ar")}
    texts = split_languages(render_text(reading_of(columns)))
    for text, language in zip(texts, columns, strict=True):
        parsed = parse(text, language=language)
        assert [shape_of(node) for node in parsed.nodes] == shapes(columns[language])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_of_a_text_in_two_languages_the_one_that_is_said_is_read(language):
    columns = {each: draft(each) for each in ("en", "ar")}
    parsed = parse(render_text(reading_of(columns)), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(columns[language])
    assert "other_language" in {out.reason for out in parsed.left_out}


def test_what_a_draft_is_stands_before_its_text_and_is_left_out():
    reading = reading_of({"en": draft("en")}, is_illustrative=True)
    reading.rows[3].clause.negotiating_status = "agreed"
    lines = render_text(reading).split("\n")
    assert lines[0] == "Declaration on rivers"
    assert lines[1].startswith("* Illustrative text.")
    assert lines[3] == "* agreed: Article 1"
    assert lines[4] == "Preamble"
