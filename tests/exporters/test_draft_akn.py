"""A draft as Akoma Ntoso: valid against the OASIS schema, in every language, with every kind of clause."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from declaration.exporters.akn import build_akn, render_akn
from declaration.exporters.akn_meta import AKN, OWN
from declaration.models import Clause, Corrigendum, Descent, Draft
from tests.declaration.text.trees import Sample
from tests.exporters.test_draft_word import SAMPLES, cases, draft, notes
from tests.exporters.trees import reading_of

SCHEMA = Path(__file__).parent / "schema"
NAMES = {"a": AKN, "own": OWN}
HEADINGS = {"en": "Rivers", "ar": "النهر"}


@pytest.fixture(scope="session")
def schema():
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.parse(SCHEMA / "akomantoso30.xsd", parser))


def check(schema, reading):
    """Write a draft, hold it to the schema, and return it as it was read back."""
    root = etree.fromstring(render_akn(reading))
    assert schema.validate(root), schema.error_log.last_error
    return root


def find(root, path):
    return root.xpath(path, namespaces=NAMES)


def words(element):
    return "".join(element.itertext())


def test_the_schema_is_the_one_that_its_readme_names():
    readme = (SCHEMA / "README.md").read_text()
    for path in SCHEMA.glob("*.xsd"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme


@pytest.mark.parametrize("language", SAMPLES)
def test_every_language_is_valid(schema, language):
    root = check(schema, reading_of({language: draft(language)}, footnotes=notes(language)))
    assert [each.get("eId") for each in find(root, "//a:mainBody/*[@eId]")][:1] == ["part_I"]
    assert words(find(root, "//a:article[@eId='art_1']/a:heading")[0]) == SAMPLES[language][1]
    assert find(root, "/*/*/a:meta//a:FRBRlanguage/@language") == [
        {"en": "eng", "ar": "ara", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho"}[language]
    ]


@settings(max_examples=25, deadline=None)
@given(cases())
def test_every_tree_is_valid_and_has_all_its_clauses(case):
    schema = etree.XMLSchema(etree.parse(SCHEMA / "akomantoso30.xsd", etree.XMLParser(no_network=True)))
    language, tree = case
    reading = reading_of({language: tree})
    root = check(schema, reading)
    eids = {row.clause.eid for row in reading.rows}
    assert [eid for eid in find(root, "//@eId") if eid in eids] == [row.clause.eid for row in reading.rows]


ODD = [
    [],
    [Sample("preamble", "", 0, "Preamble", "")],
    [Sample("article", "1", 0, "", "")],
    [Sample("annex", "", 0, "", "")],
    [Sample("annex", "I", 0, "Rivers", "Words."), Sample("article", "1", 0, "", "After an annex.")],
    [Sample("article", "1", 0, "", "First."), Sample("preamble", "", 0, "Preamble", "Late.")],
    [
        Sample("preamble", "", 0, "Preamble", "The General Assembly,"),
        Sample("preambular_paragraph", "1", 1, "", "Recalling:"),
        Sample("subparagraph", "a", 2, "", "One;"),
        Sample("item", "i", 3, "", "Inside,"),
        Sample("paragraph", "", 1, "", "A paragraph among recitals."),
        Sample("preambular_paragraph", "2", 1, "", "Recalling more,"),
    ],
    [
        Sample("annex", "", 0, "Boats", "Of boats."),
        Sample("preamble", "", 1, "Preamble", ""),
        Sample("preambular_paragraph", "", 2, "", "Recalling,"),
        Sample("article", "1", 1, "", "Words."),
        Sample("annex", "A", 1, "Inner", ""),
    ],
    [
        Sample("preambular_paragraph", "", 0, "", "Recalling, without a preamble,"),
        Sample("paragraph", "1", 0, "", "Text"),
    ],
]


@pytest.mark.parametrize("tree", ODD)
def test_odd_trees_are_valid(schema, tree):
    check(schema, reading_of({"en": tree}))
    check(schema, reading_of({"en": tree, "ar": tree}))


def test_structure_is_that_of_the_profile(schema):
    root = check(schema, reading_of({"en": draft("en")}, footnotes=notes("en")))
    (statement,) = root
    assert statement.tag == f"{{{AKN}}}statement"
    assert statement.get("name") == "declarationDraft"
    assert [etree.QName(part).localname for part in statement] == [
        "meta",
        "coverPage",
        "preface",
        "preamble",
        "mainBody",
        "attachments",
    ]
    assert words(find(root, "//a:preamble/a:formula")[0]) == "The General Assembly,"
    assert find(root, "//a:recitals/a:recital/@eId") == ["rec_1"]
    assert words(find(root, "//a:article[@eId='art_1']/a:num")[0]) == "Article 1"
    assert words(find(root, "//a:subparagraph[@eId='art_1__para_1__subpara_bbis']/a:num")[0]) == "(b) bis"
    assert words(find(root, "//a:point[1]/a:num")[0]) == "(i)"
    assert find(root, "//a:attachment/@eId") == ["att_I"]
    assert words(find(root, "//a:attachment/a:num")[0]) == "Annex I"
    assert find(root, "//a:attachment/a:doc//a:paragraph/@eId") == ["att_I__para_1", "att_I__para_2"]
    lines = find(root, "//a:subparagraph[@eId='art_1__para_1__subpara_b']/a:content/a:p")
    assert [words(line) for line in lines] == [SAMPLES["en"][0]] * 2


def test_identification_is_that_of_a_document_of_the_united_nations(schema):
    root = check(schema, reading_of({"en": draft("en")}))
    work = "/akn/un/statement/deliberation/unknown/2026-03-01/draft-7"
    assert find(root, "/*/*/a:meta//a:FRBRWork/a:FRBRuri/@value") == [work]
    assert find(root, "/*/*/a:meta//a:FRBRExpression/a:FRBRthis/@value") == [f"{work}/eng@2026-03-01/!main"]
    assert find(root, "/*/*/a:meta//a:FRBRManifestation/a:FRBRuri/@value") == [f"{work}/eng@2026-03-01.akn"]
    assert find(root, "/*/*/a:meta//a:FRBRcountry/@value") == ["un"]
    assert find(root, "//a:doc//a:FRBRWork/a:FRBRthis/@value") == [f"{work}/!annex_1"]
    named = {f"#{eid}" for eid in find(root, "//a:references/*/@eId")}
    assert set(find(root, "//@source")) | set(find(root, "//a:FRBRauthor/@href")) <= named | {"#editor", "#author"}


def test_illustrative_text_speaks_for_nobody(schema):
    root = check(schema, reading_of({"en": draft("en")}, is_illustrative=True))
    assert "/illustrative/" in find(root, "//a:FRBRuri/@value")[0]
    assert words(find(root, "//a:coverPage/a:p")[0]).startswith("Illustrative text.")
    assert find(root, "//a:FRBRauthoritative/@value")[:2] == ["false", "false"]


def test_footnotes_stand_at_their_places(schema):
    root = check(schema, reading_of({"en": draft("en")}, footnotes=notes("en")))
    first, second, third = find(root, "//a:authorialNote")
    assert [each.get("marker") for each in (first, second, third)] == ["1", "2", "*"]
    assert first.getparent().text == "Everyone keeps the river"
    assert first.tail == "."
    assert etree.QName(second.getparent()).localname == "heading"
    assert [words(line) for line in second] == [SAMPLES["en"][0]] * 2
    assert first.get("eId") == "art_1__para_1__authorialnote_1"


def test_two_languages_stand_side_by_side(schema):
    columns = {language: draft(language) for language in ("ar", "en")}
    root = check(schema, reading_of(columns, footnotes={**notes("ar"), **notes("en")}))
    assert find(root, "/*/*/a:meta//a:FRBRlanguage/@language") == ["ara", "eng"]
    assert "/mul@" in find(root, "//a:FRBRExpression/a:FRBRuri/@value")[0]
    article = find(root, "//a:article[@eId='art_2']")[0]
    spans = find(article, "a:num/a:span")
    assert [(span.get(f"{{{XML}}}lang"), words(span)) for span in spans] == [("ar", "المادة 2"), ("en", "Article 2")]
    lines = find(article, "a:content/a:p")
    assert [line.get(f"{{{XML}}}lang") for line in lines] == ["ar", "en"]
    assert len(set(find(root, "//@eId"))) == len(find(root, "//@eId"))


XML = "http://www.w3.org/XML/1998/namespace"


def test_status_renumbering_origin_and_corrigenda_are_told(schema):
    reading = reading_of({"en": draft("en")})
    clause = next(row.clause for row in reading.rows if row.clause.eid == "art_2")
    clause.wid, clause.negotiating_status = "art_9", Clause.NegotiatingStatus.BRACKETED
    before = Clause(draft=Draft(ordinal=6), eid="art_8")
    corrigendum = Corrigendum(
        clause=clause,
        language="en",
        number=1,
        heading="",
        text="One.\nTwo.",
        reason={"en": "A slip"},
        issued_on="2026-04",
    )
    object.__setattr__(reading, "origins", {clause.pk: [Descent(ancestor=before, descendant=clause, kind="moved")]})
    object.__setattr__(reading, "corrigenda", [corrigendum])
    root = check(schema, reading)
    article = find(root, "//a:article[@eId='art_2']")[0]
    assert (article.get("wId"), article.get("refersTo")) == ("art_9", "#statusBracketed")
    assert find(root, "//a:TLCConcept[@eId='statusBracketed']/@showAs") == ["in square brackets"]
    assert [dict(each.attrib) for each in find(root, "//a:mapping")] == [
        {"eId": "map_1", "start": "#evt_generation", "original": "#art_9", "current": "#art_2"}
    ]
    assert [dict(each.attrib) for each in find(root, "//own:origin")] == [
        {"clause": "#art_2", "draft": "6", "of": "art_8", "kind": "moved"}
    ]
    assert find(root, "//a:eventRef/@date") == ["2026-03-01", "2026-04-01"]
    assert find(root, "//a:textualMod/a:destination/@href") == ["#art_2"]
    assert [words(line) for line in find(root, "//a:note/a:p")] == ["A slip", "One.", "Two."]
    assert words(article) == "Article 2Everyone keeps the river."


def test_markup_in_words_is_text_like_any_other(schema):
    tree = [Sample("article", "1", 0, "A & B <b>", "Words <script> & ]]> more.")]
    root = check(schema, reading_of({"en": tree}))
    assert words(find(root, "//a:heading")[0]) == "A & B <b>"
    assert words(find(root, "//a:content")[0]) == "Words <script> & ]]> more."


def test_all_identifiers_are_of_the_form_of_the_naming_convention():
    root = build_akn(reading_of({"en": draft("en")}, footnotes=notes("en")))
    for eid in find(root, "//@eId"):
        assert re.fullmatch(r"[A-Za-z]+(?:_[0-9A-Za-z.\-]+)*(?:__[A-Za-z]+(?:_[0-9A-Za-z.\-]+)*)*", eid), eid
