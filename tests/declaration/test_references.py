import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaration.text.references import (
    ParagraphReference,
    ParagraphReferenceError,
    format_paragraphs,
    is_symbol,
    parse_paragraphs,
    symbol_slug,
)

READ = [
    ("", [], ""),
    ("10", ["10"], "10"),
    ("10, 11, 34-35", ["10", "11", "34", "35"], "10-11, 34-35"),
    ("26 (a)", ["26 (a)"], "26 (a)"),
    ("26a", ["26 (a)"], "26 (a)"),
    ("26 a-c", ["26 (a)", "26 (b)", "26 (c)"], "26 (a)-(c)"),
    ("26 (a)-(c)", ["26 (a)", "26 (b)", "26 (c)"], "26 (a)-(c)"),
    ("26 (a), (c)", ["26 (a)", "26 (c)"], "26 (a), 26 (c)"),
    ("13 (a), 16-18", ["13 (a)", "16", "17", "18"], "13 (a), 16-18"),
    ("1-3,26b", ["1", "2", "3", "26 (b)"], "1-3, 26 (b)"),
    ("37-38; 12-13", ["37", "38", "12", "13"], "37-38, 12-13"),
    ("34–35، ٢٦ (a)", ["34", "35", "26 (a)"], "34-35, 26 (a)"),
    (" 5 ", ["5"], "5"),
]


@pytest.mark.parametrize(("text", "references", "formatted"), READ)
def test_paragraphs_are_read_and_cited(text, references, formatted):
    found = parse_paragraphs(text)
    assert [str(reference) for reference in found] == references
    assert format_paragraphs(found) == formatted


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x y", "x y"),
        ("(a)", "(a)"),
        ("10, soon", "soon"),
        ("26 (a)-3", "26 (a)-3"),
        ("5-3", "5-3"),
        ("5-5", "5-5"),
        ("26 c-a", "26 c-a"),
        ("26-(c)", "26-(c)"),
        ("26 (a", "26 (a"),
        ("1-9999", "1-9999"),
        ("0", "0"),
        ("1,,2", ""),
        ("99999", "99999"),
        ("1\n2", "1\n2"),
    ],
)
def test_what_cites_no_paragraph_is_refused_by_name(text, part):
    with pytest.raises(ParagraphReferenceError) as caught:
        parse_paragraphs(text)
    assert caught.value.part == part
    assert "10, 11, 34-35" in str(caught.value)


def test_citations_are_bounded():
    with pytest.raises(ParagraphReferenceError):
        parse_paragraphs("1, " * 1000)
    with pytest.raises(ParagraphReferenceError):
        parse_paragraphs("1-400, 401-800")


references = st.builds(ParagraphReference, st.integers(1, 60), st.sampled_from(["", "a", "b", "c"]))


@given(st.lists(references, max_size=15))
def test_what_is_cited_is_read_back(cited):
    assert parse_paragraphs(format_paragraphs(cited)) == cited


@pytest.mark.parametrize(
    ("symbol", "slug"),
    [
        ("A/68/176", "A-68-176"),
        ("A/HRC/RES/21/10", "A-HRC-RES-21-10"),
        ("A/HRC/21/44/Add.1", "A-HRC-21-44-Add-1"),
        ("E/CN.4/Sub.2/2004/43", "E-CN-4-Sub-2-2004-43"),
        ("A/HRC/S-31/L.1", "A-HRC-S-31-L-1"),
        ("S/RES/1325(2000)", "S-RES-1325-2000"),
        ("A/68/176*", "A-68-176"),
    ],
)
def test_symbols_are_known_and_have_a_key_in_addresses(symbol, slug):
    assert is_symbol(symbol)
    assert symbol_slug(symbol) == slug
    assert re.fullmatch(r"[-a-zA-Z0-9_]+", slug)


@pytest.mark.parametrize(
    "text", ["", "A", "68/176", "a/68/176", "A/68/176\n", "A//1", "A/68/ 176", "resolution 23/12", "A/" * 200]
)
def test_what_is_no_symbol_is_told_apart(text):
    assert not is_symbol(text)
