"""Bringing texts in on the staff pages: upload, preview, correcting by hand, and storing whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from declaration.models import Document, Paragraph, TextImport
from declaration.services import imports
from tests import factories
from tests.staff.pages import form_of, tree, words

pytestmark = pytest.mark.django_db

REPORT = (
    "I. Introduction\n1. The first paragraph, with a list:\n(a) One item;\n(b) Another item.\n2. The second paragraph."
)
ENGLISH = "Article 1\nEveryone has the right number 1.\nArticle 2\n1. States act on 12 points.\n2. They report in 2031."
ARABIC = "المادة 1\nلكل فرد الحق رقم 1.\nالمادة 2\n1- تعمل الدول على 12 نقطة.\n2- وتقدم تقريرا في 2031."
HOSTILE = '1. <script>alert("x")</script> and "quotes" & more.'


def file(text, name="text.txt"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def url(text_import, page="detail", *keys):
    return reverse(f"staff-import-{page}", args=[text_import.pk, *keys])


def empty_draft():
    return factories.make_draft(published=False, clauses=[])


def node_texts(text_import, language="en"):
    """What stands in an import's text: [(kind, label, text or heading)]."""
    for text in imports.read_import(text_import).texts:
        if text.language == language:
            return [(node["kind"], node["label"], node["text"] or node["heading"]) for node in text.nodes]
    return None


def correct(desk, text_import, place, language="en", **fields):
    """Send a form of a clause's page."""
    text_import.refresh_from_db()
    sent = {"revision": text_import.revision, "count": 0, **fields}
    return desk.post(url(text_import, "clause", language, place), sent)


# The list and the form


def test_empty_list_says_what_can_be_done(desk):
    page = desk.get(reverse("staff-import-list"))
    assert "No text has been brought in yet." in words(page)


def test_list_asks_the_same_number_of_questions_for_one_row_and_three(desk, django_assert_num_queries):
    # 1 the session, 2 the person, 3 how many, 4 the imports with draft and document, 5 their texts, 6 her delegations
    factories.make_import(REPORT)
    for _rows in (1, 3):
        with django_assert_num_queries(6):
            assert desk.get(reverse("staff-import-list")).status_code == 200
        factories.make_import(REPORT)
        factories.make_import(REPORT, draft=empty_draft())


def test_draft_and_document_lead_to_the_form_with_themselves_chosen(desk):
    draft, document = empty_draft(), Document.objects.create(slug="report", title={"en": "A report"})
    for page, target in (
        (reverse("staff-draft-detail", args=[draft.ordinal]), f"draft-{draft.ordinal}"),
        (reverse("document-detail", args=["report"]), f"document-{document.slug}"),
    ):
        link = tree(desk.get(page)).get_element_by_id("import-add").get("href")
        assert form_of(desk.get(link), "import-form")["target"] == target


def test_public_page_of_a_document_offers_no_import(client):
    Document.objects.create(slug="report", title={"en": "A report"})
    assert "staff/imports" not in client.get(reverse("document-detail", args=["report"])).text


def test_published_draft_is_no_choice(desk):
    draft = factories.make_draft()
    options = tree(desk.get(reverse("staff-import-add"))).xpath("//select[@name='target']//option/@value")
    assert f"draft-{draft.ordinal}" not in options
    response = desk.post(reverse("staff-import-add"), {"target": f"draft-{draft.ordinal}", "pasted": REPORT})
    assert response.status_code == 422
    assert not TextImport.objects.exists()


def test_two_languages_come_in_and_are_set_side_by_side(desk):
    draft = empty_draft()
    sent = {"target": f"draft-{draft.ordinal}", "file_1": file(ENGLISH, "one.txt"), "file_2": file(ARABIC, "two.txt")}
    response = desk.post(reverse("staff-import-add"), sent)
    text_import = TextImport.objects.get()
    assert (response.status_code, response.url) == (302, url(text_import))
    page = tree(desk.get(response.url))
    row = page.get_element_by_id("c-en-0").getparent()
    cells = [(cell.get("lang"), cell.get("dir")) for cell in row.find_class("import-cell")]
    assert cells == [("en", "ltr"), ("ar", "rtl")]
    assert "one.txt" in words(desk.get(response.url))


def test_pasted_text_is_read(desk):
    draft = empty_draft()
    desk.post(
        reverse("staff-import-add"),
        {"target": f"draft-{draft.ordinal}", "pasted": ARABIC.replace("\n", "\r\n"), "language_pasted": ""},
    )
    assert [label for _kind, label, _text in node_texts(TextImport.objects.get(), "ar")] == ["1", "2", "1", "2"]


def test_one_bad_file_of_two_stores_nothing_and_is_named(desk):
    draft = empty_draft()
    sent = {
        "target": f"draft-{draft.ordinal}",
        "file_1": file(ENGLISH),
        "file_2": file(b"PK\x03\x04nothing", "bad.docx"),
    }
    response = desk.post(reverse("staff-import-add"), sent)
    assert response.status_code == 400
    assert not TextImport.objects.exists()
    page = tree(response)
    assert page.get_element_by_id("id_file_2_error") is not None
    assert "bad.docx" in words(response)
    assert "choose them again" in words(response)


def test_error_of_a_file_is_told_in_the_readers_language(desk):
    draft = empty_draft()
    sent = {
        "target": f"draft-{draft.ordinal}",
        "file_1": file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc"),
    }
    english = desk.post("/en/staff/imports/new/", sent)
    sent["file_1"].seek(0)
    french = desk.post("/fr/staff/imports/new/", sent)
    assert (english.status_code, french.status_code) == (400, 400)
    assert words(english) != words(french)


def test_same_language_twice_is_refused_at_its_field(desk):
    draft = empty_draft()
    sent = {"target": f"draft-{draft.ordinal}", "file_1": file(ENGLISH), "file_2": file(ENGLISH), "language_2": "en"}
    response = desk.post(reverse("staff-import-add"), sent)
    assert response.status_code == 409
    assert tree(response).get_element_by_id("id_language_2_error") is not None
    assert not TextImport.objects.exists()


def test_nothing_sent_is_asked_for(desk):
    response = desk.post(reverse("staff-import-add"), {"target": f"draft-{empty_draft().ordinal}"})
    assert response.status_code == 422
    assert "Choose a file, or paste a text." in words(response)


def test_file_that_is_too_large_is_refused_before_it_is_read(desk, monkeypatch):
    monkeypatch.setattr("consultations.forms.imports.MAX_FILE_BYTES", 10)
    response = desk.post(
        reverse("staff-import-add"), {"target": f"draft-{empty_draft().ordinal}", "file_1": file(ENGLISH, "big.txt")}
    )
    assert response.status_code == 400
    assert "big.txt is larger than" in words(response)


def test_pasted_text_is_given_back_when_the_session_ended(client):
    response = client.post(reverse("staff-import-add"), {"pasted": "Words that took long."})
    assert response.status_code == 403
    assert "Words that took long." in response.text


def test_language_is_added_later(desk):
    text_import = factories.make_import(ENGLISH, draft=empty_draft())
    response = desk.post(url(text_import, "texts"), {"pasted": ARABIC, "language_pasted": "ar"})
    assert response.status_code == 302
    assert set(text_import.texts.values_list("language", flat=True)) == {"en", "ar"}


# The preview


def test_preview_tells_everything(desk):
    text_import = factories.make_import("A/68/176\n\nReport\n\n" + REPORT + "\nSee also resolution 23/12.")
    page = desk.get(url(text_import))
    shown = words(page)
    for told in (
        "The first paragraph, with a list:",
        "What was left out",
        "2 empty lines",
        "10 lines read",
        "What it cites",
        "In doubt: 23/12",
    ):
        assert told in shown


def test_hostile_text_is_shown_as_text(desk):
    text_import = factories.make_import(HOSTILE)
    for page in (url(text_import), url(text_import, "clause", "en", 0)):
        response = desk.get(page)
        assert "<script>alert" not in response.text
        assert 'alert("x")' in words(response)


def test_questions_do_not_grow_with_the_text(desk, django_assert_num_queries):
    short, long = (
        factories.make_import("1. One."),
        factories.make_import("\n".join(f"{n}. Words." for n in range(1, 90))),
    )
    # 1 the session, 2 the person, 3 the import with draft and document, 4 its revision, 5 its texts, 6 what the document has
    # already, 7 her delegations
    for text_import in (short, long):
        with django_assert_num_queries(7):
            assert desk.get(url(text_import)).status_code == 200


def test_long_text_comes_in_pages_and_a_clause_is_found_on_its_own(desk):
    text_import = factories.make_import("\n".join(f"{number}. Words of {number}." for number in range(1, 401)))
    first = tree(desk.get(url(text_import)))
    assert len(first.find_class("import-row")) == 150
    page = tree(desk.get(url(text_import) + "?at=en-399"))
    assert page.get_element_by_id("c-en-399") is not None


def test_what_is_only_in_one_language_is_shown_and_stands_in_the_way(desk):
    text_import = factories.make_import(ENGLISH, ARABIC + "\nالمادة 3\nمادة زائدة.", draft=empty_draft())
    page = desk.get(url(text_import))
    assert "It cannot be brought in yet" in words(page)
    assert tree(page).find_class("import-row--alone")
    assert not tree(page).xpath("//a[@id='commit']")
    assert desk.post(url(text_import, "commit"), {"revision": text_import.revision}).status_code == 400


# Correcting by hand


def test_number_and_kind_are_corrected(desk):
    text_import = factories.make_import(REPORT)
    response = correct(desk, text_import, 4, op="relabel", label="2 bis", kind="article")
    assert (response.status_code, response.url) == (302, f"{url(text_import)}?at=en-4&with=en#c-en-4")
    assert node_texts(text_import)[4][:2] == ("article", "2 bis")


def test_clause_is_split_at_an_empty_line_or_a_place_of_the_list(desk):
    text_import = factories.make_import("1. One sentence. Another sentence.\n2. Second.")
    page = tree(desk.get(url(text_import, "clause", "en", 0)))
    places = page.xpath("//select[@id='at']/option/@value")
    assert places == ["", "14"]
    correct(
        desk, text_import, 0, op="split", at="", words="One sentence.\r\n\r\nAnother sentence.", second_label="1 bis"
    )
    assert node_texts(text_import)[:2] == [
        ("paragraph", "1", "One sentence."),
        ("paragraph", "1 bis", "Another sentence."),
    ]
    assert desk.post(url(text_import), undo(text_import)).status_code == 302
    assert desk.post(url(text_import), undo(text_import)).status_code == 302
    correct(desk, text_import, 0, op="split", at="14")
    assert node_texts(text_import)[1][2] == "Another sentence."


def undo(text_import):
    text_import.refresh_from_db()
    return {"act": "undo", "language": "en", "revision": text_import.revision, "count": 0}


@pytest.mark.parametrize(
    "typed", ["One sentence. Another sentence.", "One.\n\nsentence. Another sentence.", "", "a\n\nb\n\nc"]
)
def test_split_that_cannot_be_made_keeps_what_was_typed(desk, typed):
    text_import = factories.make_import("1. One sentence. Another sentence.")
    response = correct(desk, text_import, 0, op="split", words=typed, second_label="7")
    assert response.status_code == 400
    page = tree(response)
    assert page.get_element_by_id("split-words").text.strip() == typed.strip()
    assert page.get_element_by_id("second-label").get("value") == "7"
    assert len(node_texts(text_import)) == 1


def test_clauses_are_joined_moved_and_left_out_and_taken_in(desk):
    text_import = factories.make_import(REPORT)
    response = correct(desk, text_import, 3, op="join")
    assert response.url.endswith("#c-en-2")
    assert "Another item." in node_texts(text_import)[2][2]
    correct(desk, text_import, 3, op="leave_out")
    assert len(node_texts(text_import)) == 3
    text_import.refresh_from_db()
    taken = {"act": "take_in", "language": "en", "line": 5, "revision": text_import.revision, "count": 2}
    assert desk.post(url(text_import), taken).url.endswith("#left-out-en")
    assert len(node_texts(text_import)) == 4
    correct(desk, text_import, 2, op="outdent")
    assert imports.read_import(text_import).texts[0].nodes[2]["depth"] == 1


def test_correction_that_does_not_fit_is_refused_with_its_reason(desk):
    text_import = factories.make_import(REPORT)
    response = correct(desk, text_import, 0, op="outdent")
    assert response.status_code == 400
    assert "stands at the top already" in words(response)
    assert correct(desk, text_import, 0, op="explode").status_code == 400
    assert correct(desk, text_import, 99, op="join").status_code == 404


def test_clause_is_aligned_by_hand(desk):
    text_import = factories.make_import(ENGLISH, ARABIC, draft=empty_draft())
    page = tree(desk.get(url(text_import, "clause", "ar", 3)))
    chosen = page.xpath("//select[@id='with']/option[@selected]/@value")
    assert chosen == ["art_2__para_2"]
    correct(desk, text_import, 3, "ar", op="align", **{"with": ""})
    assert 3 not in imports.read_import(text_import).texts[1].eids
    correct(desk, text_import, 3, "ar", op="align", **{"with": "art_2__para_2"})
    assert imports.read_import(text_import).texts[1].eids[3] == "art_2__para_2"


def test_colleague_who_was_faster_is_told_of_and_nothing_typed_is_lost(desk):
    text_import = factories.make_import(REPORT)
    page = desk.get(url(text_import, "clause", "en", 4))
    form = tree(page).xpath("//form[@aria-labelledby='number-title']")[0]
    typed = dict(form.form_values()) | {"label": "9", "op": "relabel"}
    correct(desk, text_import, 3, op="leave_out")
    response = desk.post(url(text_import, "clause", "en", 4), typed)
    assert response.status_code == 409
    shown = words(response)
    assert "A colleague changed this import meanwhile" in shown
    assert "clause 4: left out" in shown
    page = tree(response)
    assert page.get_element_by_id("label").get("value") == "9"
    assert "The second paragraph." in shown
    again = dict(page.xpath("//form[@aria-labelledby='number-title']")[0].form_values()) | {"op": "relabel"}
    assert desk.post(url(text_import, "clause", "en", 3), again).status_code == 302
    assert node_texts(text_import)[3] == ("paragraph", "9", "The second paragraph.")


def test_preview_tells_of_a_colleague_too(desk):
    text_import = factories.make_import(REPORT)
    stale = {"act": "take_in", "language": "en", "line": 1, "revision": text_import.revision, "count": 0}
    correct(desk, text_import, 3, op="join")
    response = desk.post(url(text_import), stale)
    assert response.status_code == 409
    assert "joined with the one before" in words(response)


# Bringing in, and giving up


def test_text_of_a_document_is_stored_and_read(desk):
    text_import = factories.make_import(REPORT)
    document = text_import.document
    page = desk.get(url(text_import, "commit"))
    assert "all of them or none" in words(page)
    response = desk.post(url(text_import, "commit"), {"revision": text_import.revision})
    assert response.url == reverse("document-detail", args=[document.slug])
    assert Paragraph.objects.filter(document=document).count() == 5
    assert "The second paragraph." in desk.get(reverse("document-text", args=[document.slug])).text
    settled = words(desk.get(url(text_import)))
    assert "The text was brought in" in settled
    for page in ("commit", "discard"):
        assert desk.post(url(text_import, page), {"revision": text_import.revision}).status_code == 409


def test_draft_is_stored_in_both_languages(desk):
    draft = empty_draft()
    text_import = factories.make_import(ENGLISH, ARABIC, draft=draft)
    response = desk.post(url(text_import, "commit"), {"revision": text_import.revision})
    assert response.url == reverse("staff-draft-detail", args=[draft.ordinal])
    assert draft.clauses.count() == 4
    assert {wording.language for wording in draft.clauses.first().wordings.all()} == {"en", "ar"}


def test_commit_of_what_a_colleague_changed_stores_nothing(desk):
    text_import = factories.make_import(REPORT)
    revision = text_import.revision
    correct(desk, text_import, 3, op="join")
    assert desk.post(url(text_import, "commit"), {"revision": revision}).status_code == 409
    assert not Paragraph.objects.exists()


def test_discarded_import_leaves_nothing(desk):
    text_import = factories.make_import(REPORT)
    assert desk.post(url(text_import, "discard")).url == reverse("staff-import-list")
    text_import.refresh_from_db()
    assert text_import.status == "discarded"
    assert "Nothing of it was stored" in words(desk.get(url(text_import)))
    assert desk.get(url(text_import, "clause", "en", 0)).status_code == 302


def test_text_is_taken_out_again(desk):
    text_import = factories.make_import(ENGLISH, ARABIC, draft=empty_draft())
    desk.post(url(text_import), {"act": "remove", "language": "ar", "revision": text_import.revision})
    assert list(text_import.texts.values_list("language", flat=True)) == ["en"]


@pytest.mark.parametrize("page", ["detail", "texts", "commit", "discard"])
def test_what_does_not_exist_is_not_found(desk, page):
    assert desk.get(reverse(f"staff-import-{page}", args=[999_999])).status_code == 404
