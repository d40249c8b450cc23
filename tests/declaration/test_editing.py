"""Editing a draft in preparation: words, numbers, places, splitting and merging, and that nothing published ever changes."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.models import Disposition
from declaration.errors import Conflict, Refused
from declaration.models import Clause, Descent, Draft, Wording
from declaration.services import editing, publish_draft
from declaration.services.editing import ClauseValues
from declaration.services.lineage import prepare_next_draft
from declaration.services.texts import NewWording
from declaration.text.tokens import tokenize
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db

CLAUSES = [
    ("part_I", "part", "I", "Principles", ""),
    ("art_1", "article", "1", "Solidarity", ""),
    ("art_1__para_1", "paragraph", "1", "", "Everyone helps; everyone is helped."),
    ("art_1__para_1__subpara_a", "subparagraph", "a", "", "In times of need;"),
    ("art_1__para_2", "paragraph", "2", "", "Nobody is left alone."),
    ("art_2", "article", "2", "Duties", "States cooperate."),
    ("att", "annex", "", "Lists", ""),
]


@pytest.fixture
def draft():
    made = factories.make_draft(published=False, clauses=CLAUSES)
    parts = {each.eid: each for each in made.clauses.all()}
    Clause.objects.filter(eid__in=["art_1", "art_2"]).update(parent=parts["part_I"])
    return made


def clause(draft, eid):
    return draft.clauses.get(eid=eid)


def outline(draft):
    return [each.eid for each in draft.clauses.order_by("position")]


def revisions(clause):
    return {each.language: each.revision for each in clause.wordings.all()}


def english(clause):
    return clause.wordings.get(language="en")


class TestRewording:
    def test_changes_one_language_and_leaves_the_other(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.reword_clause(
            clause=para, wordings={"en": NewWording(text=" Nobody is\r\nleft out. ")}, expected_revisions={"en": 1}
        )
        assert (english(para).text, english(para).revision) == ("Nobody is\nleft out.", 2)
        assert revisions(para) == {"en": 2, "ar": 1}

    def test_same_words_are_no_change(self, draft):
        para = clause(draft, "art_1__para_2")
        same = NewWording(text=english(para).text)
        editing.reword_clause(clause=para, wordings={"en": same}, expected_revisions={"en": 1})
        assert english(para).revision == 1

    def test_footnotes_stay_behind_their_words(self, draft):
        para = clause(draft, "art_1__para_2")
        note = {"label": "1", "text": "See above.", "position": len("Nobody"), "is_in_heading": False}
        Wording.objects.filter(clause=para, language="en").update(footnotes=[note])
        new = NewWording(text="In the end nobody? Nobody is left alone.")
        editing.reword_clause(clause=para, wordings={"en": new}, expected_revisions={"en": 1})
        place = english(para).footnotes[0]["position"]
        assert english(para).text[:place].endswith("? Nobody")

    def test_empty_words_take_the_language_out_and_new_ones_bring_it_in(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.reword_clause(clause=para, wordings={"ar": NewWording()}, expected_revisions={"ar": 1})
        assert set(revisions(para)) == {"en"}
        editing.reword_clause(clause=para, wordings={"ar": NewWording(text="لا أحد.")}, expected_revisions={})
        assert revisions(para) == {"en": 1, "ar": 1}

    def test_colleague_who_was_faster_is_told_with_what_stands(self, draft):
        para = clause(draft, "art_1__para_2")
        for text in ("Mine.", "Yours."):
            words = {"clause": para, "wordings": {"en": NewWording(text=text)}, "expected_revisions": {"en": 1}}
            if text == "Mine.":
                editing.reword_clause(**words)
        with pytest.raises(Conflict) as caught:
            editing.reword_clause(**words)
        assert caught.value.current["wordings"]["en"] == {
            "heading": "",
            "text": "Mine.",
            "authenticity": "official",
            "revision": 2,
        }
        assert english(para).text == "Mine."

    def test_two_people_change_two_languages(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.reword_clause(clause=para, wordings={"en": NewWording(text="One.")}, expected_revisions={"en": 1})
        editing.reword_clause(clause=para, wordings={"ar": NewWording(text="اثنان.")}, expected_revisions={"ar": 1})
        assert revisions(para) == {"en": 2, "ar": 2}

    @pytest.mark.parametrize(
        ("language", "new", "code", "field"),
        [
            ("fr", NewWording(text="Un."), "language_unknown", "fr.text"),
            ("en", NewWording(text="a\u202eb"), "text_invalid", "en.text"),
            ("en", NewWording(heading="x" * 501), "text_invalid", "en.heading"),
            ("en", NewWording(text="x", authenticity="holy"), "authenticity_unknown", "en.authenticity"),
        ],
    )
    def test_refuses_what_cannot_be_taken_and_keeps_all_languages(self, draft, language, new, code, field):
        para = clause(draft, "art_1__para_2")
        with pytest.raises(Refused) as caught:
            editing.reword_clause(
                clause=para,
                wordings={"ar": NewWording(text="جديد."), language: new},
                expected_revisions={"ar": 1, language: revisions(para).get(language, 0)},
            )
        assert (caught.value.code, caught.value.field) == (code, field)
        assert revisions(para) == {"en": 1, "ar": 1}

    def test_what_was_removed_meanwhile_says_so(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.remove_clause(clause=para, expected_revision=1)
        with pytest.raises(Conflict) as caught:
            editing.reword_clause(clause=para, wordings={"en": NewWording(text="x")}, expected_revisions={"en": 1})
        assert caught.value.current == {}


class TestBrackets:
    def test_go_around_every_language_and_away_again(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.put_in_brackets(clause=para, expected_revision=1, expected_revisions=revisions(para))
        para.refresh_from_db()
        assert (english(para).text, para.negotiating_status) == ("[Nobody is left alone.]", "bracketed")
        editing.take_out_of_brackets(clause=para, expected_revision=2, expected_revisions=revisions(para))
        para.refresh_from_db()
        assert (english(para).text, para.negotiating_status) == ("Nobody is left alone.", "open")


class TestNumbers:
    def test_identifiers_follow_and_the_kept_one_stays(self, draft):
        article = clause(draft, "art_1")
        editing.edit_clause(clause=article, values=ClauseValues(label="1 bis"), expected_revision=1)
        assert outline(draft) == [
            "part_I",
            "art_1bis",
            "art_1bis__para_1",
            "art_1bis__para_1__subpara_a",
            "art_1bis__para_2",
            "art_2",
            "att",
        ]
        assert clause(draft, "art_1bis__para_2").wid == "art_1__para_2"

    def test_number_that_is_taken_is_refused(self, draft):
        with pytest.raises(Refused, match="Article 1") as caught:
            editing.edit_clause(clause=clause(draft, "art_2"), values=ClauseValues(label="1"), expected_revision=1)
        assert (caught.value.code, caught.value.field) == ("label_taken", "label")
        assert "art_2" in outline(draft)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"label": "أ"}, "label"),
            ({"label": "9" * 21}, "label"),
            ({"kind": "verse"}, "kind"),
            ({"negotiating_status": "sold"}, "negotiating_status"),
        ],
    )
    def test_refuses_what_cannot_be(self, draft, values, field):
        with pytest.raises(Refused) as caught:
            editing.edit_clause(clause=clause(draft, "art_2"), values=ClauseValues(**values), expected_revision=1)
        assert caught.value.field == field

    def test_colleague_who_was_faster(self, draft):
        article = clause(draft, "art_2")
        editing.edit_clause(clause=article, values=ClauseValues(negotiating_status="agreed"), expected_revision=1)
        with pytest.raises(Conflict) as caught:
            editing.edit_clause(clause=article, values=ClauseValues(label="3"), expected_revision=1)
        assert (caught.value.current["negotiating_status"], caught.value.current["revision"]) == ("agreed", 2)

    def test_unnumbered_clauses_are_counted_anew(self, draft):
        annex = clause(draft, "att")
        first = editing.insert_clause(draft=draft, kind="section", beside=annex, wordings={"en": NewWording(text="b")})
        second = editing.insert_clause(
            draft=draft, kind="section", place="before", beside=first, wordings={"en": NewWording(text="a")}
        )
        first.refresh_from_db()
        assert (second.eid, first.eid) == ("att__sec_1", "att__sec_2")
        assert (second.wid, first.wid) == ("att__sec_1-2", "att__sec_1")


class TestPlaces:
    def test_adds_before_after_and_below(self, draft):
        article = clause(draft, "art_1")
        made = [
            editing.insert_clause(draft=draft, kind="article", label="1 bis", place="after", beside=article),
            editing.insert_clause(draft=draft, kind="article", label="0", place="before", beside=article),
            editing.insert_clause(draft=draft, kind="paragraph", label="3", place="into", beside=article),
            editing.insert_clause(draft=draft, kind="annex", label="II"),
        ]
        assert [each.eid for each in made] == ["art_1bis", "art_0", "art_1__para_3", "att_II"]
        assert outline(draft) == [
            "part_I",
            "art_0",
            "art_1",
            "art_1__para_1",
            "art_1__para_1__subpara_a",
            "art_1__para_2",
            "art_1__para_3",
            "art_1bis",
            "art_2",
            "att",
            "att_II",
        ]

    def test_alternatives_stand_beside_one_another(self, draft):
        alternative = editing.insert_clause(
            draft=draft, kind="paragraph", label="2 alt", place="after", beside=clause(draft, "art_1__para_2")
        )
        assert alternative.eid == "art_1__para_2alt"

    def test_moves_with_all_below(self, draft):
        para = clause(draft, "art_1__para_1")
        editing.move_clause(clause=para, place="into", beside=clause(draft, "art_2"), expected_revision=1)
        assert outline(draft) == [
            "part_I",
            "art_1",
            "art_1__para_2",
            "art_2",
            "art_2__para_1",
            "art_2__para_1__subpara_a",
            "att",
        ]

    def test_moves_up_and_down_and_stays_at_the_end(self, draft):
        para = clause(draft, "art_1__para_2")
        editing.shift_clause(clause=para, by=-1, expected_revision=1)
        assert outline(draft)[2:5] == ["art_1__para_2", "art_1__para_1", "art_1__para_1__subpara_a"]
        editing.shift_clause(clause=para, by=-1, expected_revision=2)
        editing.shift_clause(clause=para, by=1, expected_revision=2)
        assert outline(draft)[2:5] == ["art_1__para_1", "art_1__para_1__subpara_a", "art_1__para_2"]

    def test_does_not_move_below_itself(self, draft):
        with pytest.raises(Refused, match="itself"):
            editing.move_clause(
                clause=clause(draft, "art_1"),
                place="into",
                beside=clause(draft, "art_1__para_1"),
                expected_revision=1,
            )

    def test_removes_with_all_below(self, draft):
        assert editing.remove_clause(clause=clause(draft, "art_1"), expected_revision=1) == 4
        assert outline(draft) == ["part_I", "art_2", "att"]

    def test_removing_what_something_points_at_says_what(self, draft):
        comment = factories.make_filed_comment()
        factories.make_answer(comment, published=False)
        Disposition.objects.update(resulting_clause=clause(draft, "art_1__para_1"))
        with pytest.raises(Refused, match=r"\(1\)") as caught:
            editing.remove_clause(clause=clause(draft, "art_1"), expected_revision=1)
        assert (caught.value.code, caught.value.status) == ("clause_pointed_at", 409)
        assert "art_1" in outline(draft)


class TestSplittingAndMerging:
    def split(self, para, **changes):
        values = {"at": {"en": 15, "ar": 15}, "label": "1 bis", "expected_revision": 1}
        return editing.split_clause(clause=para, expected_revisions=revisions(para), **values | changes)

    def test_splits_words_notes_and_what_stands_below(self, draft):
        para = clause(draft, "art_1__para_1")
        notes = [{"label": str(at), "text": "n", "position": at, "is_in_heading": False} for at in (8, 15, 35)]
        Wording.objects.filter(clause=para, language="en").update(footnotes=notes)
        first, second = self.split(para)
        assert (english(first).text, english(second).text) == ("Everyone helps;", "everyone is helped.")
        assert [note["position"] for note in english(first).footnotes] == [8, 15]
        assert [note["position"] for note in english(second).footnotes] == [19]
        assert outline(draft)[2:6] == [
            "art_1__para_1",
            "art_1__para_1bis",
            "art_1__para_1bis__subpara_a",
            "art_1__para_2",
        ]

    def test_both_parts_come_from_where_the_whole_came(self, draft):
        older = factories.make_draft(declaration=draft.declaration)
        Draft.objects.filter(pk=draft.pk).update(ordinal=older.ordinal + 10_000)
        para = clause(draft, "art_1__para_1")
        ancestor = older.clauses.get(eid="art_1__para_1")
        Descent.objects.create(ancestor=ancestor, descendant=para, kind="same")
        first, second = self.split(para)
        assert {(each.ancestor_id, each.descendant_id) for each in Descent.objects.all()} == {
            (ancestor.pk, first.pk),
            (ancestor.pk, second.pk),
        }

    @pytest.mark.parametrize("at", [{}, {"en": 15}, {"en": 99, "ar": 3}, {"en": -1, "ar": 3}, {"en": 0, "ar": 0}])
    def test_refuses_cuts_that_cut_nothing(self, draft, at):
        with pytest.raises(Refused) as caught:
            self.split(clause(draft, "art_1__para_1"), at=at)
        assert caught.value.field.startswith("at")

    def test_merges_with_the_next(self, draft):
        first, second = clause(draft, "art_1__para_1__subpara_a"), None
        second = editing.insert_clause(
            draft=draft,
            kind="subparagraph",
            label="b",
            place="after",
            beside=first,
            wordings={"en": NewWording(text="In peace.")},
        )
        editing.merge_clauses(
            clause=first,
            expected_revision=1,
            following_revision=1,
            expected_revisions=revisions(first),
            following_revisions=revisions(second),
        )
        assert english(first).text == "In times of need; In peace."
        assert "art_1__para_1__subpara_b" not in outline(draft)

    def test_refuses_to_merge_where_nothing_follows_or_order_would_change(self, draft):
        last, first = clause(draft, "art_1__para_2"), clause(draft, "art_1__para_1")
        for each, code in ((last, "nothing_follows"), (first, "words_would_change_order")):
            with pytest.raises(Refused) as caught:
                editing.merge_clauses(
                    clause=each,
                    expected_revision=1,
                    following_revision=1,
                    expected_revisions=revisions(each),
                    following_revisions=revisions(last),
                )
            assert caught.value.code == code


class TestWhatFollows:
    def test_descent_is_judged_anew(self, draft):
        older = publish_draft(draft=draft)
        newer = prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        para, other = (newer.clauses.get(eid=eid) for eid in ("art_1__para_2", "art_2"))
        editing.reword_clause(
            clause=para, wordings={"en": NewWording(text="Nobody is ever left alone.")}, expected_revisions={"en": 1}
        )
        editing.edit_clause(clause=other, values=ClauseValues(label="3"), expected_revision=other.revision)
        kinds = {each.descendant_id: each.kind for each in Descent.objects.filter(descendant__draft=newer)}
        assert (kinds[para.pk], kinds[other.pk]) == ("amended", "renumbered")

    def test_both_parts_of_what_was_split_wait_for_confirmation(self, draft):
        newer = prepare_next_draft(draft=publish_draft(draft=draft), name={"en": "Next"}, stage="first")
        para = newer.clauses.get(eid="art_1__para_1")
        _first, second = editing.split_clause(
            clause=para,
            at={"en": 15, "ar": 15},
            label="1 bis",
            expected_revision=para.revision,
            expected_revisions=revisions(para),
        )
        assert set(Descent.objects.filter(ancestor__eid=para.eid).values_list("kind", flat=True)) == {"split"}
        assert not Clause.objects.get(pk=second.pk).is_origin_confirmed
        with pytest.raises(Refused):
            publish_draft(draft=newer)

    def test_what_words_cite_is_read_again(self, draft):
        para = clause(draft, "art_1__para_2")
        for text, cited in (("Recalling resolution A/RES/60/251.", ["A/RES/60/251"]), ("Recalling nothing.", [])):
            editing.reword_clause(
                clause=para, wordings={"en": NewWording(text=text)}, expected_revisions={"en": revisions(para)["en"]}
            )
            assert list(english(para).citations.values_list("symbol", flat=True)) == cited


@pytest.fixture
def published():
    return factories.make_draft()


EDITS = {
    "reword": lambda each: editing.reword_clause(
        clause=each, wordings={"en": NewWording(text="x")}, expected_revisions={"en": 1}
    ),
    "brackets": lambda each: editing.put_in_brackets(
        clause=each, expected_revision=1, expected_revisions=revisions(each)
    ),
    "edit": lambda each: editing.edit_clause(clause=each, values=ClauseValues(label="9"), expected_revision=1),
    "insert": lambda each: editing.insert_clause(draft=each.draft, kind="article", label="9"),
    "move": lambda each: editing.move_clause(
        clause=each, place="after", beside=each.draft.clauses.get(eid="art_2"), expected_revision=1
    ),
    "shift": lambda each: editing.shift_clause(clause=each, by=1, expected_revision=1),
    "remove": lambda each: editing.remove_clause(clause=each, expected_revision=1),
    "split": lambda each: editing.split_clause(
        clause=each, at={"en": 3, "ar": 3}, label="9", expected_revision=1, expected_revisions=revisions(each)
    ),
    "merge": lambda each: editing.merge_clauses(
        clause=each,
        expected_revision=1,
        following_revision=1,
        expected_revisions=revisions(each),
        following_revisions={},
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_published_draft_refuses_everything(published, edit):
    before = list(published.clauses.order_by("position").values())
    with pytest.raises(Refused) as caught:
        EDITS[edit](published.clauses.get(eid="art_1__para_1"))
    assert (caught.value.code, caught.value.status) == ("draft_published", 409)
    assert list(published.clauses.order_by("position").values()) == before


def test_published_draft_refuses_changes_in_the_database_too(published):
    one = published.clauses.get(eid="art_1__para_1")
    for table, broken in (
        ("wording", Wording.objects.filter(clause=one)),
        ("clause", Clause.objects.filter(pk=one.pk)),
    ):
        promise = f"declaration_{table}_frozen_once_published"
        assert promise_broken(lambda broken=broken: broken.update(revision=9)) == promise


def is_sound(draft):
    """Check positions, parents and identifiers of a draft's tree as they are stored."""
    rows = list(draft.clauses.order_by("position"))
    path: list[int] = []
    for row in rows:
        if row.parent_id is None:
            path = [row.pk]
            continue
        assert row.parent_id in path, f"{row.eid} stands apart from what it is below"
        path = [*path[: path.index(row.parent_id) + 1], row.pk]
    assert len({row.position for row in rows}) == len({row.eid for row in rows}) == len({row.wid for row in rows})
    for row in rows:
        if row.kind == "paragraph" and row.parent and row.parent.kind == "article":
            assert row.eid.startswith(f"{row.parent.eid}__")


def all_words(draft):
    texts = Wording.objects.filter(clause__draft=draft, language="en").order_by("clause__position")
    return [token for each in texts for token in tokenize(f"{each.heading} {each.text}") if not token.isspace()]


STEPS = ["insert", "move", "shift", "relabel", "split", "merge", "remove"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 99), st.integers(0, 99)), max_size=8))
def test_random_edits_keep_the_tree_sound(steps):
    with_rollback(lambda: edit_at_random(steps))


def with_rollback(act):
    """Run an example and leave nothing behind for the next."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def edit_at_random(steps):
    draft = factories.make_draft(published=False, clauses=CLAUSES, languages=("en",))
    part = draft.clauses.get(eid="part_I")
    draft.clauses.filter(eid__in=["art_1", "art_2"]).update(parent=part)
    for number, (step, which, other) in enumerate(steps):
        rows = list(draft.clauses.order_by("position"))
        if not rows:
            break
        one, two = rows[which % len(rows)], rows[other % len(rows)]
        words = all_words(draft)
        try:
            do_step(draft, step, one, two, number)
        except Refused:
            pass
        else:
            if step in {"split", "relabel"}:
                assert all_words(draft) == words
            elif step in {"move", "shift", "merge"}:
                assert sorted(all_words(draft)) == sorted(words)
        is_sound(draft)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def do_step(draft, step, one, two, number):
    following = editing.find_following(one)
    revision = {"expected_revision": one.revision}
    if step == "insert":
        place = ("before", "after", "into")[number % 3]
        text = {"en": NewWording(text=f"Words of {number}.")}
        editing.insert_clause(
            draft=draft, kind=two.kind, label=("", f"{number}x")[number % 2], place=place, beside=one, wordings=text
        )
    elif step == "move":
        editing.move_clause(clause=one, place=("before", "after", "into")[number % 3], beside=two, **revision)
    elif step == "shift":
        editing.shift_clause(clause=one, by=(-1, 1)[number % 2], **revision)
    elif step == "relabel":
        editing.edit_clause(clause=one, values=ClauseValues(label=("", f"{number} bis")[number % 2]), **revision)
    elif step == "split":
        at = {each.language: len(each.text) // 2 for each in one.wordings.all()}
        space = {each.language: each.text.find(" ", at[each.language]) for each in one.wordings.all()}
        editing.split_clause(clause=one, at=space, label=f"{number} ter", expected_revisions=revisions(one), **revision)
    elif step == "merge":
        editing.merge_clauses(
            clause=one,
            following_revision=following.revision if following else 0,
            expected_revisions=revisions(one),
            following_revisions=revisions(following) if following else {},
            **revision,
        )
    else:
        editing.remove_clause(clause=one, **revision)
