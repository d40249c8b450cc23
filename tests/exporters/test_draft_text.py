"""A draft as plain text, brought in again."""

from hypothesis import given, settings

from declaration.exporters.text import render_text
from declaration.text.parser import parse
from tests.declaration.text.trees import shape_of
from tests.exporters.test_draft_word import cases, shapes
from tests.exporters.trees import reading_of


@settings(max_examples=25, deadline=None)
@given(cases())
def test_a_tree_survives_plain_text(case):
    language, tree = case
    parsed = parse(render_text(reading_of({language: tree})), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(tree)
