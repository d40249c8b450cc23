"""A draft that is brought in as changes of the one before, and files of changes that are wrong."""

import pytest

from declaration.importers.problems import InvalidFiles
from declaration.importers.revision_file import bring_in_revision
from declaration.models import Clause, Descent, Draft
from tests import factories

pytestmark = pytest.mark.django_db

REVISION = """
[draft]
supersedes = {number}
stage = "first"
name.en = "Second"
note.en = "As changed."

[[change]]
clause = "art_2"
label = "3"
en.text = "All States cooperate with one another in good faith."

[[addition]]
after = "art_1"
kind = "article"
label = "2"
status = "bracketed"
en.text = "[Rivers are shared.]"
ar.text = "[الأنهار مشتركة.]"

[[removal]]
clause = "art_1__para_1__subpara_a"
"""


@pytest.fixture
def first():
    return factories.make_draft()


@pytest.fixture
def write(tmp_path, first):
    def write(text):
        path = tmp_path / "revision.toml"
        path.write_text(text.replace("{number}", str(first.ordinal)), encoding="utf-8")
        return path

    return write


def test_a_revision_is_the_draft_before_with_its_changes(write, first):
    second = bring_in_revision(write(REVISION))
    assert second.supersedes == first
    assert second.status == Draft.Status.PUBLISHED
    assert (second.stage, str(second.note)) == ("first", "As changed.")
    assert list(second.clauses.order_by("position").values_list("eid", flat=True)) == [
        "preamble",
        "preamble__rec_1",
        "art_1",
        "art_1__para_1",
        "art_2",
        "art_3",
    ]
    moved, added = second.clauses.get(eid="art_3"), second.clauses.get(eid="art_2")
    assert [(origin.ancestor.eid, origin.kind) for origin in moved.origins.all()] == [("art_2", "amended")]
    assert {wording.language: wording.text for wording in moved.wordings.all()} == {
        "en": "All States cooperate with one another in good faith.",
        "ar": factories.ARABIC["art_2"][1],
    }
    assert not added.origins.exists()
    assert added.negotiating_status == Clause.NegotiatingStatus.BRACKETED
    assert not Descent.objects.filter(ancestor__eid="art_1__para_1__subpara_a").exists()


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('clause = "art_2"\nlabel', 'clause = "art_9"\nlabel', "change 1, field “clause”: The draft has no clause"),
        ("supersedes = {number}", "supersedes = 4711", "draft 1, field “supersedes”: There is no draft"),
        ('label = "3"', 'label = "1"', "change 1, field “label”"),
        ('label = "3"', "label = 3", "change 1, field “label”"),
        ('kind = "article"', 'kind = "river"', "addition 1, field “kind”"),
        ('kind = "article"\n', "", "addition 1, field “kind”: This is missing."),
        ("[[removal]]", "[[removed]]", "field “removed”: There is no such table"),
        ('stage = "first"', 'stage = "first"\nstate = "x"', "draft 1, field “state”: This is not known"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_stored(write, first, wrong, right, message):
    assert wrong in REVISION
    with pytest.raises(InvalidFiles, match=message):
        bring_in_revision(write(REVISION.replace(wrong, right)))
    assert Draft.objects.get() == first
