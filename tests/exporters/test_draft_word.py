"""A draft as a Word document, brought in again."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration.exporters.word import render_word
from declaration.text.parser import parse
from declaration.text.sources import read_file
from tests.declaration.text.trees import WORDS, Sample, declarations, reports, resolutions, shape_of
from tests.exporters.trees import reading_of


def shapes(samples):
    return [sample.shape for sample in samples]


@st.composite
def cases(draw):
    language = draw(st.sampled_from(list(WORDS)))
    form = draw(st.sampled_from([declarations, resolutions, reports]))
    return language, draw(form(language, is_indented=True))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_tree_survives_word(case):
    language, tree = case
    parsed = parse(read_file(render_word(reading_of({language: tree}))), language=language)
    assert [shape_of(node) for node in parsed.nodes] == shapes(tree)
    assert not parsed.errors
