"""A submission as a Word document and as plain text."""

import datetime as dt
import io

import pytest
from django.utils import timezone, translation
from docx import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml.ns import qn

from consultations.exporters.formats import EXPORTERS
from consultations.exporters.reading import read_submission
from tests import factories

pytestmark = pytest.mark.django_db

ARABIC = "لكل إنسان الحق الكامل في التضامن."


@pytest.fixture
def filing():
    call = factories.make_call(factories.make_draft(is_illustrative=True))
    delegation = factories.make_delegation(factories.make_state("XAA"))
    submission = factories.make_submission(call, delegation, general_comment="Good.\nVery good.")
    factories.make_comment(
        submission,
        "art_2",
        operation="replace",
        proposed_text="States cooperate in full good faith.",
        rationale="<b>Shorter</b> & better.",
    )
    factories.make_comment(submission, "art_1__para_1", operation="replace", proposed_text=ARABIC, language="ar")
    factories.make_comment(
        submission, "art_1", target="after_clause", operation="insert", proposed_text="New.", position="", rationale=""
    )
    return factories.file_submission(submission)


def word(submission):
    return Document(io.BytesIO(EXPORTERS["docx"].render(submission)))


def paragraph(document, text):
    return next(each for each in document.paragraphs if each.text == text)


def marks(paragraph):
    """Each run with what it is marked as."""
    marked = []
    for run in paragraph.runs:
        kind = "insert" if run.font.underline and run.font.bold else "delete" if run.font.strike else "equal"
        marked.append((kind, run.text))
    return marked


class TestWord:
    def test_everything_is_there_in_the_order_of_the_text(self, filing):
        texts = [each.text for each in word(filing).paragraphs]
        order = [
            "Comments of State XAA",
            "General comment",
            "Good.",
            "Very good.",
            "Comments",
            "New clause after: Article 1",
            "Article 1, paragraph 1",
            "Article 2",
            "States cooperate with one another in good faith.",
            "<b>Shorter</b> & better.",
        ]
        places = [texts.index(text) for text in order]
        assert places == sorted(places)

    def test_masthead_says_what_it_is(self, filing):
        table = word(filing).tables[0]
        facts = {row.cells[0].text: row.cells[1].text for row in table.rows}
        assert facts["Delegation"] == "State XAA"
        assert facts["Status"] == "submitted"
        assert facts["Filed by"] == str(filing.submitted_by)
        assert facts["May be published"] == "yes"
        assert facts["Filed at"]
        assert table.table_direction is None

    def test_redline_is_marked_and_rebuilds_both_texts(self, filing):
        document = word(filing)
        (redline,) = [each for each in document.paragraphs if "full" in each.text and each.runs]
        pieces = marks(redline)
        assert ("insert", "in full") in pieces
        old = "".join(text for kind, text in pieces if kind != "insert")
        new = "".join(text for kind, text in pieces if kind != "delete")
        assert old == "States cooperate with one another in good faith."
        assert new == "States cooperate in full good faith."

    def test_arabic_is_right_to_left_within_a_document_that_is_not(self, filing):
        document = word(filing)
        arabic = next(each for each in document.paragraphs if "الكامل" in each.text)
        assert arabic._p.pPr.find(qn("w:bidi")) is not None
        assert all(run.font.rtl for run in arabic.runs)
        languages = {run._r.rPr.find(qn("w:lang")).get(qn("w:bidi")) for run in arabic.runs}
        assert languages == {"ar-SA"}
        inserted = next(run for run in arabic.runs if run.font.underline)
        assert inserted.font.cs_bold
        english = paragraph(document, "Very good.")
        assert english._p.pPr is None or english._p.pPr.find(qn("w:bidi")) is None
        assert english.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"

    def test_document_of_an_arabic_page_is_right_to_left_as_a_whole(self, filing):
        with translation.override("ar"):
            document = word(filing)
        assert document.tables[0].table_direction == WD_TABLE_DIRECTION.RTL
        assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
        heading = next(each for each in document.paragraphs if each.style.name == "Heading 1")
        assert heading._p.pPr.find(qn("w:bidi")) is not None
        assert "المادة 2" in "".join(each.text for each in document.paragraphs)
        english = paragraph(document, "Very good.")
        assert english._p.pPr is None or english._p.pPr.find(qn("w:bidi")) is None

    def test_properties_stand_in_the_order_of_the_format(self, filing):
        with translation.override("ar"):
            document = word(filing)
        of_paragraphs = ["pStyle", "keepNext", "bidi", "spacing", "jc"]
        of_runs = ["rFonts", "b", "bCs", "strike", "color", "u", "rtl", "lang"]
        of_section = ["pgSz", "pgMar", "cols", "bidi", "rtlGutter", "docGrid"]
        body = document.element.body
        for tag, order in (("w:pPr", of_paragraphs), ("w:rPr", of_runs), ("w:sectPr", of_section)):
            for properties in body.iter(qn(tag)):
                names = [child.tag.rpartition("}")[2] for child in properties]
                assert names == sorted(names, key=order.index)

    def test_file_knows_whose_it_is_and_when_it_was_filed(self, filing):
        properties = word(filing).core_properties
        assert properties.author == "State XAA"
        assert properties.created == filing.submitted_at.replace(microsecond=0, tzinfo=dt.UTC)

    def test_what_is_not_filed_says_so(self):
        submission = factories.make_submission(general_comment="Soon.")
        assert "This is a working copy. It has not been filed." in [each.text for each in word(submission).paragraphs]

    def test_illustrative_text_and_invented_party_are_said_to_be(self, filing):
        notes = read_submission(filing).notes
        assert any(note.startswith("Illustrative text.") for note in notes)
        assert any("The party is invented" in note for note in notes)

    def test_published_answer_is_printed_and_no_other(self, filing):
        first, second, _third = filing.comments.order_by("number")
        factories.make_answer(first, reason="It is clearer.")
        factories.make_answer(second, published=False, reason="Not yet said.")
        text = "\n".join(each.text for each in word(filing).paragraphs)
        assert "It is clearer." in text
        assert "Not yet said." not in text


class TestText:
    def test_whole_text(self):
        call = factories.make_call(title={"en": "The call"})
        delegation = factories.make_delegation(factories.make_state("XAB"))
        submission = factories.make_submission(call, delegation, general_comment="Good.")
        factories.make_comment(
            submission, operation="replace", proposed_text="Everyone has the full right to solidarity."
        )
        assert EXPORTERS["txt"].render(submission).decode() == (
            "Comments of State XAB\n"
            "=====================\n"
            "\n"
            "* This is a working copy. It has not been filed.\n"
            "\n"
            "* The party is invented and exists only to show how the site works.\n"
            "\n"
            "Delegation: State XAB\n"
            "Call for comments: The call\n"
            f"Draft: {call.draft}\n"
            "Status: being written\n"
            f"Number: {submission.pk}\n"
            "May be published: yes\n"
            "May be published under our name: yes\n"
            "\n"
            "\n"
            "General comment\n"
            "----------------------------------------\n"
            "\n"
            "Good.\n"
            "\n"
            "\n"
            "Article 1, paragraph 1\n"
            "----------------------------------------\n"
            "No. 1 · supports · substantive · replace the wording · English\n"
            "\n"
            "Present wording:\n"
            "    Everyone has the right to solidarity.\n"
            "\n"
            "Proposed change:\n"
            "    Everyone has the {+full +}right to solidarity.\n"
            "\n"
            "Reasons:\n"
            "    It is right.\n"
        )

    def test_late_filing_says_so(self, filing):
        filing.call.takes_late = True
        filing.call.save()
        user = factories.focal_point(filing.delegation)
        submission = factories.make_submission(filing.call, filing.delegation, user=user)
        late = factories.file_submission(submission, at=filing.call.closes_at + dt.timedelta(minutes=1))
        assert ", late\n" in EXPORTERS["txt"].render(late).decode()
        filing.refresh_from_db()
        assert "has taken the place of this one" in EXPORTERS["txt"].render(filing).decode()

    def test_times_are_the_reader_s(self, filing):
        with timezone.override("Asia/Tokyo"):
            assert "(GMT+9)" in EXPORTERS["txt"].render(filing).decode()
