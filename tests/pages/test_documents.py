"""The text of a document: how it is read, where it leads, and what of the record is taken from it."""

import re

import lxml.html
import pytest

from declaration.models import Citation, Document, Element, Paragraph
from tests import factories
from tests.api import record
from tests.pages.world import words

HOSTILE = '<script>alert("x")</script> & more'


def add_paragraph(document, language, position, eid, text="", **fields):
    """Put a piece of text into a document."""
    return Paragraph.objects.create(
        document=document, language=language, position=position, eid=eid, text=text, **fields
    )


def make_text(language="en", *, document=None, words="Words"):
    """A section with paragraph 10, of which (a) and (b), and paragraph 11."""
    document = document or record.make_document("1", record.make_organ("1"))
    add_paragraph(document, language, 1, "sec_I", kind="section", label="I", heading=f"{words} ahead")
    tenth = add_paragraph(document, language, 2, "para_10", f"{words} of ten", number=10, label="10", depth=1)
    for position, letter in enumerate("ab", start=3):
        add_paragraph(
            document,
            language,
            position,
            f"para_10__subpara_{letter}",
            f"{words} of {letter}",
            kind="subparagraph",
            number=10,
            label=letter,
            depth=2,
        )
    add_paragraph(document, language, 5, "para_11", f"{words} of eleven", number=11, label="11", depth=1)
    return document, tenth


def make_element(document, cited, code="1a"):
    """An element that the document's paragraphs tell of."""
    return Element.objects.create(
        code=code,
        kind="consideration",
        position=len(code) + Element.objects.count(),
        theme={"en": f"Theme {code}"},
        text={"en": "What it asks."},
        source=document,
        source_paragraphs=cited,
    )


def page_of(client, document, *, page="en", **query):
    """The page of a document's text, as an element."""
    response = client.get(f"/{page}/documents/{document.slug}/text/", query)
    assert response.status_code == 200
    return lxml.html.fromstring(response.text)


def text_of(element):
    return " ".join(element.text_content().split())


def test_text_is_a_tree_with_contents_and_anchors(db, client):
    document, _tenth = make_text()
    page = page_of(client, document)
    assert text_of(page.get_element_by_id("sec_I").find(".//h2")) == "I. Words ahead"
    assert page.xpath("//details[@data-toc]//a/@href") == ["#sec_I"]
    item = page.get_element_by_id("para_10__subpara_a")
    assert "clause--subparagraph" in item.get("class")
    assert text_of(item) == "(a) Words of a"
    assert page.xpath('//link[@rel="alternate"][@type="application/json"]/@href') == [
        "/api/v1/documents/document-1/paragraphs/?language=en"
    ]


@pytest.mark.parametrize(
    ("page", "asked", "read", "direction"),
    [
        ("ar", "", "ar", "rtl"),
        ("fr", "", "en", "ltr"),
        ("en", "ar", "ar", "rtl"),
        ("ar", "en", "en", "ltr"),
        ("en", "zh", "en", "ltr"),
        ("en", "<x>", "en", "ltr"),
    ],
)
def test_text_is_shown_in_the_readers_language_or_the_one_chosen(db, client, page, asked, read, direction):
    document, _tenth = make_text("en")
    make_text("ar", document=document, words="كلمات")
    shown = page_of(client, document, page=page, **({"language": asked} if asked else {}))
    text = shown.find_class("document-text")[0]
    assert (text.get("lang"), text.get("dir")) == (read, direction)
    assert ("كلمات" in text.text_content()) == (read == "ar")
    links = shown.find_class("languages")[0].findall(".//a")
    assert [(link.get("lang"), link.get("dir"), link.get("aria-current")) for link in links] == [
        (code, way, "page" if code == read else None) for code, way in (("en", "ltr"), ("ar", "rtl"))
    ]


def test_arabic_labels_are_those_of_the_arabic_text(db, client):
    document, _tenth = make_text("ar", words="كلمات")
    page = page_of(client, document, page="en")
    assert text_of(page.get_element_by_id("para_10__subpara_b").find_class("clause__label")[0]) == "(ب)"
    assert "The text has been brought in only in this language: العربية." in text_of(page)


def test_what_is_the_pages_own_is_marked_within_a_text_of_another_language(db, client):
    document, _tenth = make_text("ar", words="كلمات")
    make_element(document, "10")
    page = page_of(client, document, page="en")
    side = page.get_element_by_id("para_10").find_class("clause__side")[0]
    assert (side.get("lang"), side.get("dir")) == ("en", "ltr")
    assert page.find(".//nav//ol[@lang='ar']").get("dir") == "rtl"


def test_hostile_text_is_shown_as_text(db, client):
    document, tenth = make_text(words=HOSTILE)
    tenth.footnotes = [{"label": "<b>", "text": HOSTILE, "position": 3, "is_in_heading": False}]
    tenth.save()
    Citation.objects.create(paragraph=tenth, position=8, as_printed="alert(", candidates=['"><script>'])
    response = client.get(f"/en/documents/{document.slug}/text/")
    assert "<script>alert" not in response.text
    assert '"><script>' not in response.text
    assert "&lt;script&gt;" in response.text
    words_of_ten = page_of(client, document).get_element_by_id("para_10").find_class("clause__words")[0]
    assert text_of(words_of_ten) == HOSTILE[:3] + "<b>" + HOSTILE[3:] + " of ten"


def test_footnotes_are_called_and_lead_back(db, client):
    document, tenth = make_text()
    tenth.footnotes = [{"label": "1", "text": "A note.", "position": 5, "is_in_heading": False}]
    tenth.save()
    page = page_of(client, document)
    call = page.get_element_by_id("call-para_10-1")
    note = page.get_element_by_id("note-para_10-1")
    assert (call.get("href"), note.find("a").get("href")) == ("#note-para_10-1", "#call-para_10-1")
    assert "A note." in text_of(note)


def test_citations_lead_to_what_the_record_has_and_say_what_is_in_doubt(db, client):
    document, tenth = make_text()
    resolution = factories.make_resolution("A/HRC/RES/21/10", organ=document.organ)
    tenth.text = "See 21/10, 18/5 and 9/2."
    tenth.save()
    for printed, symbol, candidates in (
        ("21/10", resolution.symbol, []),
        ("18/5", "A/HRC/RES/18/5", []),
        ("9/2", "", ["A/HRC/RES/9/2", resolution.symbol]),
    ):
        Citation.objects.create(
            paragraph=tenth,
            position=tenth.text.index(printed),
            as_printed=printed,
            symbol=symbol,
            candidates=candidates,
        )
    shown = page_of(client, document).get_element_by_id("para_10")
    assert text_of(shown.find_class("clause__words")[0]) == tenth.text
    links = {text_of(link): link.get("href") for link in shown.findall(".//a")}
    assert links["21/10"] == links["A/HRC/RES/21/10"] == f"/en/resolutions/{resolution.slug}/"
    assert "18/5" not in links
    assert "In doubt: 9/2 could be A/HRC/RES/9/2, A/HRC/RES/21/10" in text_of(shown)


def test_citation_that_does_not_fit_leaves_the_text_whole(db, client):
    document, tenth = make_text()
    for position, printed in ((0, "Words of"), (3, "ds"), (900, "x")):
        Citation.objects.create(paragraph=tenth, position=position, as_printed=printed, symbol="A/1/1")
    shown = page_of(client, document).get_element_by_id("para_10")
    assert text_of(shown.find_class("clause__words")[0]) == "Words of ten"


def test_entries_lead_to_the_very_paragraph_and_back(db, client):
    document, _tenth = make_text()
    make_element(document, "10 (a), 11")
    make_element(document, "10 (z)", code="2b")
    make_element(document, "none of them", code="3c")
    element_page = client.get("/en/elements/1a/").text
    address = "/en/documents/document-1/text/"
    assert (
        f'paras. <a href="{address}#para_10__subpara_a">10 (a)</a>, <a href="{address}#para_11">11</a>' in element_page
    )
    page = page_of(client, document)
    for eid, expected in (("para_10__subpara_a", 1), ("para_11", 1), ("para_10", 0), ("para_10__subpara_b", 0)):
        assert len(page.get_element_by_id(eid).xpath('.//a[@href="/en/elements/1a/"]')) == expected, eid
    astray = page.xpath('//section[@aria-labelledby="astray-title"]//a/@href')
    assert astray == ["/en/elements/2b/", "/en/elements/3c/"]


def test_entry_of_a_document_without_its_text_cites_without_leading_there(db, client):
    document = record.make_document("1")
    make_element(document, "10 (a)")
    page = client.get("/en/elements/1a/").text
    assert "para. 10 (a)" in page
    assert "/text/" not in page


def test_arabic_page_cites_with_arabic_letters(db, client):
    document, _tenth = make_text("ar", words="كلمات")
    make_element(document, "10 (a)-(b)")
    assert re.search(r'#para_10__subpara_a">10 \(أ\)-\(ب\)</a>', client.get("/ar/elements/1a/").text)


def test_document_without_text_says_so(db, client):
    document = record.make_document("1")
    response = client.get(f"/en/documents/{document.slug}/text/")
    assert "The text of this document has not been brought in yet." in words(response)
    assert "Its text" not in words(client.get(f"/en/documents/{document.slug}/"))
    assert client.get("/en/documents/none/text/").status_code == 404


def test_page_is_sent_again_only_when_it_changed(db, client):
    document, tenth = make_text()
    url = f"/en/documents/{document.slug}/text/"
    tag = client.get(url)["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    tenth.text = "Other words."
    tenth.save()
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_questions_do_not_grow_with_the_text(db, client, django_assert_num_queries):
    # 1 the document, 2 its languages, 3 the paragraphs, 4 the citations, 5 the documents and 6 the resolutions they cite,
    # 7 to 20 the entries of fourteen kinds that are taken from it
    document, tenth = make_text()
    for number in range(1, 4):
        make_element(document, "10, 11", code=f"{number}a")
        for _more in range(number):
            Citation.objects.create(paragraph=tenth, position=0, as_printed="Words", symbol=f"A/RES/{number}")
        with django_assert_num_queries(20):
            page_of(client, document)
        position = 5 + number
        add_paragraph(document, "en", position, f"para_{position + 6}", "More.", number=position + 6, label="1")


def test_entries_of_every_kind_are_shown_where_they_are_taken_from(world, client):
    document = Document.objects.get(slug="document-1")
    for number in (10, 11):
        add_paragraph(document, "en", number, f"para_{number}", "Words.", number=number, label=str(number))
    page = page_of(client, document)
    links = page.get_element_by_id("para_10").xpath('.//div[contains(@class, "clause__side")]//a/@href')
    assert {"/en/elements/26a/", "/en/mandates/mandate-1/", "/en/activities/activity-1/"} <= set(links)
    assert "/en/resolutions/A-HRC-RES-90-1/" in links
