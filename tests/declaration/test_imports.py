"""How a text comes in from files: read, corrected, and brought in wholly or not at all."""

import pytest

from declaration.errors import Conflict, Refused
from declaration.models import Citation, Clause, Descent, Document, ImportedText, Paragraph, TextImport, Wording
from declaration.services import create_declaration, create_draft, publish_draft
from declaration.services.cited import link_citations, store_citations
from declaration.services.imports import (
    add_text,
    begin_import,
    commit_import,
    correct_text,
    discard_import,
    read_import,
    remove_text,
    undo_correction,
)

pytestmark = pytest.mark.django_db

ENGLISH = """Preamble
Recalling that rivers are shared by all, as A/HRC/21/44 says,
Article 1
1. Every boat keeps to its side of the river.
2. It carries a light:
(a) by night;
(b) in fog.
Article 2
Each harbour is open to all in a storm.
"""
ARABIC = """الديباجة
إذ تشير إلى أن الأنهار مشتركة بين الجميع كما جاء في A/HRC/21/44،
المادة 1
1. يلتزم كل قارب جانبه من النهر.
2. يحمل القارب ضوءا:
(أ) في الليل؛
(ب) في الضباب.
المادة 2
كل مرفأ مفتوح للجميع عند العاصفة.
"""
REPORT = """I. Boats
1. There are many boats on the river.
2. They need:
(a) wood;
(b) light.
II. Harbours
3. There are few harbours, see resolution 23/12.
"""


@pytest.fixture
def draft():
    declaration = create_declaration(slug="boats", title={"en": "Boats"})
    return create_draft(declaration=declaration, name={"en": "Zero draft"}, stage="zero", languages=["en"])


@pytest.fixture
def document():
    return Document.objects.create(symbol="A/99/1", slug="A-99-1", title={"en": "Report on boats"})


def begin(target, *texts):
    """An import into a draft or a document with texts as (language, words)."""
    of = {"draft": target} if not isinstance(target, Document) else {"document": target}
    text_import = begin_import(**of)
    for language, words in texts:
        add_text(text_import=text_import, data=words.encode(), file_name=f"{language}.txt", language=language)
    text_import.refresh_from_db()
    return text_import


def commit(text_import):
    return commit_import(text_import=text_import, expected_revision=text_import.revision)


def counts():
    return [model.objects.count() for model in (Clause, Wording, Paragraph, Citation)]


def test_a_draft_gets_its_clauses_in_two_languages(draft):
    commit(begin(draft, ("en", ENGLISH), ("ar", ARABIC)))
    draft.refresh_from_db()
    assert draft.languages == ["en", "ar"]
    assert [clause.eid for clause in draft.clauses.order_by("position")] == [
        "preamble",
        "rec_1",
        "art_1",
        "art_1__para_1",
        "art_1__para_2",
        "art_1__para_2__subpara_a",
        "art_1__para_2__subpara_b",
        "art_2",
    ]
    item = draft.clauses.get(eid="art_1__para_2__subpara_b")
    assert {each.language: each.text for each in item.wordings.all()} == {"en": "in fog.", "ar": "في الضباب."}
    assert item.parent.eid == "art_1__para_2"
    publish_draft(draft=draft)


def test_what_a_text_cites_is_kept_and_linked_to_the_record(draft):
    commit(begin(draft, ("en", ENGLISH), ("ar", ARABIC)))
    citations = list(Citation.objects.all())
    assert {(each.symbol, each.wording.language) for each in citations} == {
        ("A/HRC/21/44", "en"),
        ("A/HRC/21/44", "ar"),
    }
    for each in citations:
        assert each.wording.text[each.position :].startswith(each.as_printed)
    assert link_citations(citations) == {}
    later = Document.objects.create(symbol="A/HRC/21/44", slug="A-HRC-21-44", title={"en": "Later"})
    assert link_citations(citations) == {"A/HRC/21/44": later}


def test_a_symbol_in_doubt_keeps_what_it_could_be(document):
    commit(begin(document, ("en", REPORT)))
    citation = Citation.objects.get()
    assert citation.symbol == ""
    assert len(citation.candidates) > 1


def test_a_candidate_that_was_chosen_is_stored(document):
    text_import = begin(document, ("en", REPORT))
    text = text_import.texts.get()
    chosen = read_import(text_import).texts[0].symbols[0].candidates[0]
    correction = {"op": "choose_symbol", "symbol": 0, "value": chosen}
    correct_text(text=text, correction=correction, expected_revision=text_import.revision)
    text_import.refresh_from_db()
    commit(text_import)
    assert Citation.objects.get().symbol == chosen


def test_citations_found_anew_take_the_place_of_the_old(document):
    commit(begin(document, ("en", REPORT.replace("There are many", "As A/RES/60/1 says, there are many"))))
    rows = list(Paragraph.objects.all())
    store_citations(rows)
    store_citations(rows)
    assert sorted(Citation.objects.values_list("symbol", flat=True)) == ["", "A/RES/60/1"]


def test_a_second_language_comes_to_a_draft_that_has_its_clauses(draft):
    commit(begin(draft, ("en", ENGLISH)))
    draft.refresh_from_db()
    preview = read_import(begin(draft, ("ar", ARABIC)))
    assert preview.is_base_stored
    assert preview.languages == ["en", "ar"]
    assert commit(preview.text_import).languages == ["en", "ar"]
    assert Clause.objects.count() == 8
    assert Wording.objects.filter(language="ar").count() == Wording.objects.filter(language="en").count()


def test_a_language_that_the_draft_has_is_refused(draft):
    commit(begin(draft, ("en", ENGLISH)))
    with pytest.raises(Refused) as refused:
        begin(draft, ("en", ENGLISH))
    assert refused.value.code == "language_there"


def test_clauses_without_a_counterpart_are_named_and_nothing_is_written(draft):
    extra = ARABIC + "المادة 3\nلكل بحار الحق في الراحة.\n"
    text_import = begin(draft, ("en", ENGLISH), ("ar", extra))
    before = counts()
    preview = read_import(text_import)
    assert [row.is_aligned for row in preview.rows].count(False) == 1
    with pytest.raises(Refused) as refused:
        commit(text_import)
    assert refused.value.code == "clauses_not_aligned"
    assert "المادة 3" in str(refused.value)
    assert counts() == before
    text_import.refresh_from_db()
    assert text_import.status == TextImport.Status.OPEN


def test_a_clause_aligned_by_hand_is_stored_there(draft):
    moved = ARABIC.replace("المادة 2", "المادة 7")
    text_import = begin(draft, ("en", ENGLISH), ("ar", moved))
    arabic = text_import.texts.get(language="ar")
    place = next(n for n, node in enumerate(arabic.parsed["nodes"]) if node["label"] == "7")
    correct_text(
        text=arabic,
        correction={"op": "align", "node": place, "with": "art_2"},
        expected_revision=text_import.revision,
    )
    text_import.refresh_from_db()
    commit(text_import)
    assert "كل مرفأ" in Wording.objects.get(clause__eid="art_2", language="ar").text


def test_a_hand_stays_with_its_clause_when_the_first_text_is_corrected(draft):
    english = ENGLISH.replace("Article 1\n", "Noting boats,\nNoting harbours in storms,\nArticle 1\n", 1)
    text_import = begin(draft, ("en", english), ("ar", ARABIC))
    texts = {text.language: text for text in text_import.texts.all()}

    def correct(language, **correction):
        current = TextImport.objects.get(pk=text_import.pk)
        correct_text(text=texts[language], correction=correction, expected_revision=current.revision)
        return read_import(TextImport.objects.get(pk=text_import.pk)).texts[1].eids

    assert correct("ar", op="align", node=1, **{"with": "rec_3"})[1] == "rec_3"
    # The first two are joined: the third is now the second.
    assert correct("en", op="join", node=2)[1] == "rec_2"
    # The clause itself is joined to another: nothing else takes its place.
    assert 1 not in correct("en", op="join", node=2)
    with pytest.raises(Refused) as refused:
        correct("ar", op="align", node=1, **{"with": "rec_9"})
    assert refused.value.code == "counterpart_unknown"
    remove_text(text=texts["en"], expected_revision=TextImport.objects.get(pk=text_import.pk).revision)
    texts["ar"].refresh_from_db()
    assert texts["ar"].corrections == []


def test_corrections_are_made_in_order_and_taken_back(draft):
    text_import = begin(draft, ("en", ENGLISH))
    text = text_import.texts.get()
    relabel = {"op": "relabel", "node": 7, "label": "2 bis"}
    text = correct_text(text=text, correction=relabel, expected_revision=text_import.revision)
    text_import.refresh_from_db()
    assert read_import(text_import).texts[0].nodes[7]["eid"] == "art_2bis"
    undo_correction(text=text, expected_revision=text_import.revision)
    text_import.refresh_from_db()
    assert read_import(text_import).texts[0].nodes[7]["eid"] == "art_2"
    with pytest.raises(Refused) as refused:
        undo_correction(text=text, expected_revision=text_import.revision)
    assert refused.value.code == "nothing_to_undo"


def test_a_correction_that_does_not_fit_is_refused_and_not_kept(draft):
    text_import = begin(draft, ("en", ENGLISH))
    text = text_import.texts.get()
    with pytest.raises(Refused) as refused:
        correct_text(text=text, correction={"op": "join", "node": 0}, expected_revision=text_import.revision)
    assert refused.value.code == "correction_nothing_before"
    text.refresh_from_db()
    assert text.corrections == []


def test_the_second_of_two_people_is_told(draft):
    text_import = begin(draft, ("en", ENGLISH))
    text, read = text_import.texts.get(), text_import.revision
    correct_text(text=text, correction={"op": "rekind", "node": 7, "kind": "section"}, expected_revision=read)
    for change in (
        lambda: correct_text(text=text, correction={"op": "indent", "node": 1}, expected_revision=read),
        lambda: undo_correction(text=text, expected_revision=read),
        lambda: remove_text(text=text, expected_revision=read),
        lambda: commit_import(text_import=text_import, expected_revision=read),
    ):
        with pytest.raises(Conflict) as conflict:
            change()
        assert conflict.value.current == {"revision": read + 1}
    assert Clause.objects.count() == 0


def test_a_text_can_be_taken_out_and_an_import_given_up(draft):
    text_import = begin(draft, ("en", ENGLISH), ("ar", ARABIC))
    remove_text(text=text_import.texts.get(language="ar"), expected_revision=text_import.revision)
    assert list(ImportedText.objects.values_list("language", flat=True)) == ["en"]
    discard_import(text_import=text_import)
    text_import.refresh_from_db()
    with pytest.raises(Refused) as refused:
        commit(text_import)
    assert refused.value.code == "import_settled"


def test_an_import_is_brought_in_once(draft):
    text_import = begin(draft, ("en", ENGLISH))
    commit(text_import)
    with pytest.raises(Refused) as refused:
        commit(text_import)
    assert refused.value.code == "import_settled"
    assert Clause.objects.count() == 8


def test_two_imports_of_one_text_into_one_draft_do_not_mix(draft):
    first, second = begin(draft, ("en", ENGLISH)), begin(draft, ("en", ENGLISH), ("ar", ARABIC))
    commit(first)
    with pytest.raises(Refused) as refused:
        commit(second)
    assert refused.value.code == "language_there"
    assert Wording.objects.count() == Clause.objects.count() == 8


def test_two_clauses_with_one_number_stand_in_the_way_of_a_draft_only(draft, document):
    twice = ENGLISH.replace("Article 2", "Article 1")
    text_import = begin(draft, ("en", twice))
    with pytest.raises(Refused) as refused:
        commit(text_import)
    assert refused.value.code == "text_label_repeated"
    assert "line 8" in str(refused.value)
    commit(begin(document, ("en", twice)))
    assert document.paragraphs.filter(label="1", kind="article").count() == 2


def test_the_same_language_twice_is_refused(draft):
    with pytest.raises(Refused) as refused:
        begin(draft, ("en", ENGLISH), ("en", ENGLISH))
    assert refused.value.code == "language_repeated"


def test_the_language_is_told_from_the_text(draft):
    text_import = begin_import(draft=draft)
    assert add_text(text_import=text_import, data=ARABIC.encode()).language == "ar"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "source_empty"),
        (b"<!DOCTYPE html><html><body>Article 1</body></html>", "source_html_page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "source_old_word"),
        (b"Article 1\n\xff\xfe\xfa", "source_not_utf8"),
        (b"PK\x03\x04" + b"\0" * 40, "source_truncated"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_leaves_nothing(draft, data, code):
    text_import = begin_import(draft=draft)
    with pytest.raises(Refused) as refused:
        add_text(text_import=text_import, data=data, file_name="draft.docx")
    assert refused.value.code == code
    assert str(refused.value).startswith("draft.docx: ")
    assert ImportedText.objects.count() == 0


def test_a_published_draft_takes_no_text(draft):
    commit(begin(draft, ("en", ENGLISH)))
    publish_draft(draft=draft)
    with pytest.raises(Refused) as refused:
        begin_import(draft=draft)
    assert refused.value.code == "draft_published"


def test_an_import_goes_into_exactly_one_thing(draft, document):
    for target in ({}, {"draft": draft, "document": document}):
        with pytest.raises(Refused) as refused:
            begin_import(**target)
        assert refused.value.code == "import_target"


def test_a_document_gets_its_paragraphs(document):
    commit(begin(document, ("en", REPORT)))
    rows = [(row.eid, row.number, row.label, row.depth) for row in document.paragraphs.order_by("position")]
    assert rows == [
        ("sec_I", None, "I", 0),
        ("para_1", 1, "1", 1),
        ("para_2", 2, "2", 1),
        ("para_2__subpara_a", 2, "a", 2),
        ("para_2__subpara_b", 2, "b", 2),
        ("sec_II", None, "II", 0),
        ("para_3", 3, "3", 1),
    ]


def test_a_document_brought_in_again_has_its_new_text_only(document):
    commit(begin(document, ("en", REPORT)))
    commit(begin(document, ("en", REPORT.replace("many boats", "some boats"))))
    assert document.paragraphs.count() == 7
    assert document.paragraphs.get(eid="para_1").text.startswith("There are some boats")


def test_a_second_language_of_a_document_shares_its_identifiers(document):
    commit(begin(document, ("en", REPORT)))
    french = "I. Bateaux\n1. Il y a des bateaux.\n2. Il leur faut :\na) du bois ;\nb) de la lumière.\n"
    commit(begin(document, ("fr", french + "II. Ports\n3. Il y a peu de ports.\n4. Un de plus.\n")))
    english = set(document.paragraphs.filter(language="en").values_list("eid", flat=True))
    assert set(document.paragraphs.filter(language="fr").values_list("eid", flat=True)) == english | {"para_4"}


def test_a_draft_that_supersedes_another_is_told_where_its_clauses_come_from(draft):
    commit(begin(draft, ("en", ENGLISH)))
    publish_draft(draft=draft)
    following = create_draft(
        declaration=draft.declaration, name={"en": "Next"}, stage="first", languages=["en"], supersedes=draft
    )
    commit(begin(following, ("en", ENGLISH.replace("in fog", "in fog and rain"))))
    kinds = dict(Descent.objects.values_list("descendant__eid", "kind"))
    assert len(kinds) == 8
    assert (kinds["art_2"], kinds["art_1__para_2__subpara_b"]) == ("same", "amended")


def test_a_preview_asks_the_same_questions_for_any_length(draft, django_assert_num_queries):
    short = begin(draft, ("en", "Article 1\nBoats, see A/HRC/21/44.\n"), ("ar", "المادة 1\nقوارب.\n"))
    long = begin(draft, ("en", ENGLISH), ("ar", ARABIC))
    for begun in (short, long):
        text_import = TextImport.objects.select_related("draft").get(pk=begun.pk)
        # The texts, the draft's clauses, and the documents and resolutions that the symbols may mean.
        with django_assert_num_queries(4):
            preview = read_import(text_import)
            assert preview.rows
            assert not preview.obstacles
