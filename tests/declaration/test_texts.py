"""How a draft's text comes in: through the services, and from a file."""

import pytest

from declaration.errors import Refused
from declaration.importers.draft_file import bring_in_draft
from declaration.importers.problems import InvalidFiles
from declaration.models import Clause, Declaration, Draft, Element, LegalBasis, Wording
from declaration.services import InvalidClauses, NewClause, NewWording, add_clause, create_declaration, create_draft
from tests import factories

pytestmark = pytest.mark.django_db


def clause(eid, kind="article", parent="", **fields):
    """A clause with a wording in English unless said."""
    values = {"wordings": {"en": NewWording(text=f"Text of {eid}.")}, **fields}
    return NewClause(eid=eid, kind=kind, parent=parent, **values)


TREE = [
    clause("preamble", "preamble"),
    clause("rec_1", "preambular_paragraph", "preamble"),
    clause("art_1"),
    clause("art_1__para_1", "paragraph", "art_1", label="1"),
    clause("art_1__para_1__subpara_a", "subparagraph", "art_1__para_1", label="a"),
    clause("art_1__para_2", "paragraph", "art_1", label="2"),
    clause("art_2"),
]


def make_draft(clauses=TREE, **fields):
    declaration = fields.pop("declaration", None) or create_declaration(slug="text", title={"en": "Text"})
    values = {"name": {"en": "Draft"}, "stage": "zero", "languages": ["en"], **fields}
    return create_draft(declaration=declaration, clauses=clauses, **values)


def eids(draft):
    return list(draft.clauses.order_by("position").values_list("eid", flat=True))


# --- Services --------------------------------------------------------------------------------------------------------


def test_a_draft_is_stored_with_its_tree():
    element = Element.objects.create(code="e", kind="assumption", position=1, theme={"en": "T"}, text={"en": "T"})
    basis = LegalBasis.objects.create(slug="b", position=1, instrument={"en": "I"})
    with_links = clause("art_3", elements=[element, element], legal_bases=[basis], negotiating_status="bracketed")
    draft = make_draft([*TREE, with_links])
    assert eids(draft) == [*(new.eid for new in TREE), "art_3"]
    assert [each.position for each in draft.clauses.order_by("position")] == list(range(1, 9))
    assert {each.eid: each.parent.eid if each.parent else "" for each in draft.clauses.select_related("parent")} == {
        new.eid: new.parent for new in [*TREE, with_links]
    }
    last = draft.clauses.get(eid="art_3")
    assert (last.wid, last.negotiating_status) == ("art_3", "bracketed")
    assert (list(last.elements.all()), list(last.legal_bases.all())) == ([element], [basis])
    assert last.wordings.get().text == "Text of art_3."
    assert draft.status == Draft.Status.PREPARING


def test_drafts_are_numbered_one_after_the_other_across_declarations():
    first = make_draft(ordinal=7)
    second = make_draft(declaration=create_declaration(slug="other", title={"en": "Other"}))
    assert (first.ordinal, second.ordinal) == (7, 8)
    with pytest.raises(Refused) as refused:
        make_draft(declaration=first.declaration, ordinal=8)
    assert refused.value.field == "ordinal"


WRONG_TREES = {
    "identifier that is there twice": ([clause("art_1"), clause("art_1")], 1, "eid"),
    "earlier identifier that is there twice": ([clause("art_1"), clause("art_2", wid="art_1")], 1, "wid"),
    "parent that comes later": ([clause("art_1__para_1", "paragraph", "art_1"), clause("art_1")], 0, "parent"),
    "parent that is not there": ([clause("art_1"), clause("art_2", parent="part_I")], 1, "parent"),
    "parent that other clauses stand behind": (
        [clause("art_1"), clause("art_2"), clause("art_1__para_1", "paragraph", "art_1")],
        2,
        "parent",
    ),
    "identifier that is none": ([clause("Article 1")], 0, "eid"),
    "kind that is none": ([clause("art_1", "chapter")], 0, "kind"),
    "label that is too long": ([clause("art_1", label="1" * 21)], 0, "label"),
    "status that is none": ([clause("art_1", negotiating_status="agreeed")], 0, "negotiating_status"),
    "language that the draft is not in": ([clause("art_1", wordings={"ar": NewWording(text="نص")})], 0, "ar.language"),
    "wording that says nothing": (
        [clause("para_1", "paragraph", wordings={"en": NewWording(text=" \n")})],
        0,
        "en.text",
    ),
    "character that nobody sees": ([clause("art_1", wordings={"en": NewWording(text="a\u202eb")})], 0, "en.text"),
    "text that is too long": ([clause("art_1", wordings={"en": NewWording(text="a" * 50_001)})], 0, "en.text"),
    "heading that is too long": ([clause("art_1", wordings={"en": NewWording(heading="a" * 501)})], 0, "en.heading"),
    "authenticity that is none": (
        [clause("art_1", wordings={"en": NewWording(text="a", authenticity="best")})],
        0,
        "en.authenticity",
    ),
}


@pytest.mark.parametrize("case", WRONG_TREES)
def test_a_wrong_clause_is_named_and_nothing_is_stored(case):
    clauses, index, field = WRONG_TREES[case]
    declaration = create_declaration(slug="text", title={"en": "Text"})
    with pytest.raises(InvalidClauses) as refused:
        make_draft(clauses, declaration=declaration)
    assert [(problem.index, problem.field) for problem in refused.value.problems] == [(index, field)]
    assert clauses[index].eid in str(refused.value)
    assert (Draft.objects.count(), Clause.objects.count(), Wording.objects.count()) == (0, 0, 0)


def test_line_ends_are_of_one_kind():
    draft = make_draft([clause("art_1", wordings={"en": NewWording(text="One\r\ntwo\rthree \n")})])
    assert Wording.objects.get(clause__draft=draft).text == "One\ntwo\nthree"


@pytest.mark.parametrize(
    ("parent", "after", "expected_behind"),
    [
        ("", None, ""),
        ("", "preamble", "rec_1"),
        ("", "art_1", "art_1__para_2"),
        ("", "art_2", "art_2"),
        ("art_1", None, "art_1"),
        ("art_1", "art_1__para_1", "art_1__para_1__subpara_a"),
        ("art_1__para_1", "art_1__para_1__subpara_a", "art_1__para_1__subpara_a"),
        ("art_2", None, "art_2"),
    ],
)
def test_a_clause_is_added_behind_another_and_all_below_it(parent, after, expected_behind):
    draft = make_draft()
    before = eids(draft)
    added = add_clause(
        draft=draft, clause=clause("art_9", parent=parent), after=draft.clauses.get(eid=after) if after else None
    )
    place = before.index(expected_behind) + 1 if expected_behind else 0
    assert eids(draft) == [*before[:place], "art_9", *before[place:]]
    assert [each.position for each in draft.clauses.order_by("position")] == list(range(1, len(before) + 2))
    assert (added.parent.eid if added.parent else "") == parent


def test_a_clause_is_not_added_where_it_cannot_stand():
    draft = make_draft()
    with pytest.raises(InvalidClauses, match="Another clause has this identifier"):
        add_clause(draft=draft, clause=clause("art_2"))
    with pytest.raises(InvalidClauses, match="There is no clause “art_8”"):
        add_clause(draft=draft, clause=clause("art_9", parent="art_8"))
    with pytest.raises(Refused) as refused:
        add_clause(draft=draft, clause=clause("art_9"), after=draft.clauses.get(eid="art_1__para_1"))
    assert refused.value.field == "after"
    with pytest.raises(Refused) as refused:
        add_clause(draft=factories.make_draft(ordinal=50), clause=clause("art_9"))
    assert refused.value.code == "draft_published"
    assert eids(draft) == [new.eid for new in TREE]


# --- Broken files ----------------------------------------------------------------------------------------------------

SMALL = """\
[declaration]
slug = "text"
title.en = "Text"

[draft]
ordinal = 3
stage = "zero"
languages = ["en"]
name.en = "Draft"

[[clause]]
eid = "art_1"
kind = "article"
label = "1"
status = "agreed"
en.heading = "Scope"

[[clause]]
eid = "art_1__para_1"
parent = "art_1"
kind = "paragraph"
label = "1"
en.text = "Everyone."
"""

BROKEN = {
    "toml": ('slug = "text"', "slug = text", ["draft.toml:2: This is not TOML, at column 8"]),
    "unknown table": (
        "[declaration]",
        "[declarations]",
        ["draft.toml, field “declarations”", "draft.toml, declaration:"],
    ),
    "missing field": ('stage = "zero"\n', "", ["draft.toml, draft, field “stage”: This is missing."]),
    "unknown field": (
        "ordinal = 3",
        'ordinal = 3\nstatus = "x"',
        ["draft.toml, draft, field “status”: This is not known"],
    ),
    "stage that is none": (
        '"zero"',
        '"nought"',
        ["draft.toml, draft, field “stage”: Value 'nought' is not a valid choice."],
    ),
    "language that is none": ('["en"]', '["en", "de"]', ["draft.toml, draft, field “languages”"]),
    "mandate that is none": (
        'title.en = "Text"',
        'title.en = "Text"\nmandate = "x"',
        ["draft.toml, declaration, field “mandate”: There is no mandate “x”."],
    ),
    "unknown field of a clause": (
        'status = "agreed"',
        'state = "agreed"',
        ["draft.toml:11, clause 1 (art_1), field “state”: This is not known here."],
    ),
    "status that is none": (
        'status = "agreed"',
        'status = "settled"',
        ["draft.toml:11, clause 1 (art_1), field “negotiating_status”: Value 'settled' is not a valid choice."],
    ),
    "parent that is none": (
        'parent = "art_1"',
        'parent = "art_2"',
        ["draft.toml:18, clause 2 (art_1__para_1), field “parent”: There is no clause “art_2” before this one."],
    ),
    "element that is none": (
        'status = "agreed"',
        'elements = ["99z"]',
        ["draft.toml:11, clause 1 (art_1), field “elements”: There is none of the name “99z”."],
    ),
    "number as label": (
        'kind = "article"\nlabel = "1"',
        'kind = "article"\nlabel = 1',
        ["draft.toml:11, clause 1 (art_1), field “label”: Expected: a text in quotation marks. Found: a whole number."],
    ),
    "wording without a table": (
        'en.heading = "Scope"',
        'en = "Scope"',
        ['draft.toml:11, clause 1 (art_1), field “en”: Write a heading, a text or both, as in en.text = "…".'],
    ),
    "unknown part of a wording": (
        'en.heading = "Scope"',
        'en.title = "Scope"',
        ["draft.toml:11, clause 1 (art_1), field “en.title”: This is not known here."],
    ),
    "clause without a wording": (
        'en.text = "Everyone."\n',
        "",
        ["draft.toml, draft, field “languages”: Article 1, paragraph 1 has no wording in English."],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_names_entry_and_field_and_stores_nothing(case, tmp_path):
    old, new, expected = BROKEN[case]
    assert SMALL.count(old) == 1
    path = tmp_path / "draft.toml"
    path.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidFiles) as refused:
        bring_in_draft(path)
    said = str(refused.value)
    for part in expected:
        assert part in said
    assert (Declaration.objects.count(), Draft.objects.count(), Clause.objects.count()) == (0, 0, 0)


def test_a_number_that_another_text_has_is_refused(tmp_path):
    path = tmp_path / "draft.toml"
    path.write_text(SMALL, encoding="utf-8")
    factories.make_draft(ordinal=3)
    with pytest.raises(InvalidFiles, match="Draft number 3 is a draft of another declaration"):
        bring_in_draft(path)
