"""What clauses descend from, told from two small texts: tables of what happens to clauses, and properties that always hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from declaration.text.lineage import CERTAIN, ClauseText, propose, weigh_pair
from declaration.text.places import derive_kinds, read_places
from tests.work import count_calls

TEXTS = {
    "aid": (
        "States shall send relief to regions struck by floods within two days, and pay for it in equal parts.",
        "على الدول أن ترسل الإغاثة إلى المناطق المنكوبة بالفيضانات في غضون يومين، وأن تدفع ثمنها بالتساوي.",
    ),
    "schools": (
        "Every child has a place in a school that teaches in the language of the home. The school is free of charge.",
        "لكل طفل مكان في مدرسة تعلم بلغة البيت. والمدرسة مجانية.",
    ),
    "water": (
        "Rivers that cross borders are shared by those who live on them, upstream and downstream alike.",
        "يتقاسم الأنهار العابرة للحدود كل من يعيش عليها، في أعاليها وأسافلها على السواء.",
    ),
    "debt": (
        "No State pays more for its debts in a year than it spends on the health of its people.",
        "لا تدفع دولة لديونها في السنة أكثر مما تنفقه على صحة شعبها.",
    ),
    "science": (
        "What is found with public money is published for all, together with the data on which it rests.",
        "ما يكتشف بمال عام ينشر للجميع، مع البيانات التي يقوم عليها.",
    ),
    "seeds": (
        "Farmers keep, exchange and sell the seeds that they have grown, whatever law protects the variety.",
        "يحتفظ المزارعون بالبذور التي زرعوها ويتبادلونها ويبيعونها، أيا كان القانون الذي يحمي الصنف.",
    ),
}
BOILERPLATE = "This article applies without distinction."


def clause(key, text, label="", kind="article", parent=None, languages=2):
    """A clause; `text` is a key of TEXTS or English words."""
    words = TEXTS.get(text, (text, text))
    return ClauseText(
        key=key,
        kind=kind,
        label=label or str(key),
        parent=parent,
        texts=dict(zip(("en", "ar")[:languages], words, strict=False)),
    )


def draft(*texts, start=1):
    """A flat draft of articles, numbered through."""
    return [clause(number, text) for number, text in enumerate(texts, start=start)]


def descents(older, newer, **more):
    """What was proposed: {newer key: {older key: kind}}, and the dropped ones."""
    found = propose(older, newer, **more)
    return {each.key: {origin.ancestor: origin.kind for origin in each.origins} for each in found.proposals}, [
        *found.dropped
    ]


AMENDED = TEXTS["debt"][0].replace("spends on the health", "spends on the health and schooling")
FIRST, SECOND = (sentence.strip() for sentence in TEXTS["schools"][0].split(". "))
JOINED = f"{TEXTS['water'][0]} {TEXTS['debt'][0]}"

TABLE = {
    "nothing changed": (
        ["aid", "water", "debt"],
        ["aid", "water", "debt"],
        ({1: {1: "same"}, 2: {2: "same"}, 3: {3: "same"}}, []),
    ),
    "one put in front": (
        ["aid", "water"],
        ["seeds", "aid", "water"],
        ({1: {}, 2: {1: "renumbered"}, 3: {2: "renumbered"}}, []),
    ),
    "one cut": (["aid", "water", "debt"], ["aid", "debt"], ({1: {1: "same"}, 2: {3: "renumbered"}}, [2])),
    "one amended": (
        ["aid", TEXTS["debt"][0], "water"],
        ["aid", AMENDED, "water"],
        ({1: {1: "same"}, 2: {2: "amended"}, 3: {3: "same"}}, []),
    ),
    "the first carried to the end": (
        ["aid", "water", "debt", "seeds"],
        ["water", "debt", "seeds", "aid"],
        ({1: {2: "renumbered"}, 2: {3: "renumbered"}, 3: {4: "renumbered"}, 4: {1: "moved"}}, []),
    ),
    "one split": (
        ["aid", TEXTS["schools"][0], "water"],
        ["aid", f"{FIRST}.", SECOND, "water"],
        ({1: {1: "same"}, 2: {2: "split"}, 3: {2: "split"}, 4: {3: "renumbered"}}, []),
    ),
    "two merged": (
        ["aid", TEXTS["water"][0], TEXTS["debt"][0]],
        ["aid", JOINED],
        ({1: {1: "same"}, 2: {2: "merged", 3: "merged"}}, []),
    ),
    "replaced by something else": (["aid", "water"], ["aid", "science"], ({1: {1: "same"}, 2: {}}, [2])),
    "marks alone changed": (
        [TEXTS["aid"][0]],
        [TEXTS["aid"][0].replace(",", ";")],
        ({1: {1: "amended"}}, []),
    ),
    "nothing before": ([], ["aid"], ({1: {}}, [])),
    "nothing after": (["aid"], [], ({}, [1])),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_happens_to_clauses(name):
    before, after, expected = TABLE[name]
    assert descents(draft(*before), draft(*after)) == expected


def test_split_then_joined_again():
    whole, parts = draft("aid", TEXTS["schools"][0]), draft("aid", f"{FIRST}.", SECOND)
    assert descents(whole, parts)[0][3] == {2: "split"}
    assert descents(parts, whole) == ({1: {1: "same"}, 2: {2: "merged", 3: "merged"}}, [])


def test_swap_moves_one_of_two():
    found, dropped = descents(draft("aid", "water"), draft("water", "aid"))
    assert [set(found[1]), set(found[2])] == [{2}, {1}]
    assert sorted(kind for origins in found.values() for kind in origins.values()) == ["moved", "renumbered"]
    assert dropped == []


def test_article_is_carried_with_what_stands_below_it():
    def article(key, number, child, text):
        return [clause(key, f"Heading {text}", number), clause(child, text, "1", "paragraph", key)]

    older = [*article(1, "1", 11, "aid"), *article(2, "2", 12, "water"), *article(3, "3", 13, "debt")]
    newer = [*article(3, "1", 13, "debt"), *article(1, "2", 11, "aid"), *article(2, "3", 12, "water")]
    found, _dropped = descents(older, newer)
    assert found == {
        3: {3: "moved"},
        13: {13: "same"},
        1: {1: "renumbered"},
        11: {11: "same"},
        2: {2: "renumbered"},
        12: {12: "same"},
    }


def test_clause_below_another_parent_has_moved():
    older = [clause(1, "aid"), clause(2, "water"), clause(3, "seeds", "1", "paragraph", 1)]
    newer = [clause(1, "aid"), clause(2, "water"), clause(3, "seeds", "1", "paragraph", 2)]
    assert descents(older, newer)[0][3] == {3: "moved"}


class TestSentencesOfManyClauses:
    """A sentence that stands in many clauses says little about where any of them went."""

    FORMULA = "Nothing in this article limits the obligations of States under other instruments."
    SHAKEN = "Nothing in this article limits the duties of all peoples under other instruments."

    def test_clause_in_its_place_stays_though_a_whole_far_away_has_its_words(self):
        older = draft("aid", self.FORMULA, "water", "debt", "science", self.FORMULA, "seeds")
        newer = draft("aid", self.SHAKEN, "water", "debt", f"{TEXTS['science'][0]} {self.FORMULA}", "seeds")
        origins, dropped = descents(older, newer)
        assert origins[2] == {2: "amended"}
        assert set(origins[5]) == {5, 6}
        assert not dropped

    def test_of_two_twins_the_one_beside_the_whole_went_into_it(self):
        older = draft(self.FORMULA, "aid", "water", "debt", "science", self.FORMULA, "seeds")
        newer = draft("aid", "water", self.FORMULA, "debt", f"{TEXTS['science'][0]} {self.FORMULA}", "seeds")
        origins, dropped = descents(older, newer)
        assert origins[3] == {1: "moved"}
        assert set(origins[5]) == {5, 6}
        assert not dropped

    def test_words_strewn_over_a_long_clause_far_away_are_no_piece_of_it(self):
        cut = "Each State shall, to the best of its means, teach open science in times of drought."
        long = (
            "Each State shall, to the best of its means, keep banks for seeds by peaceful means, with due regard for custom. "
            "Peoples and individuals may ask that archives teach the old songs to whoever comes, without a fee and without "
            "delay. Libraries lend open books to all who read; museums show what was found by science, even in times of war."
        )
        older = draft("aid", cut, "water", "debt", "schools", "seeds")
        newer = draft("aid", "water", "debt", "schools", long, "seeds")
        origins, dropped = descents(older, newer)
        assert origins[5] == {}
        assert dropped == [2]


def test_few_words_beside_the_rest_of_their_whole_are_a_piece_of_it():
    head, rest = "Every child has a", "place in a school that teaches in the language of the home."
    older = draft("aid", f"{head} {rest}", "water")
    newer = draft("aid", head, rest, "water")
    origins, dropped = descents(older, newer)
    assert origins[2] == {2: "split"}
    assert origins[3] == {2: "split"}
    assert not dropped


class TestHowSure:
    def sure(self, older, newer, **more):
        return {each.key: each.is_certain for each in propose(older, newer, **more).proposals}

    def test_unchanged_clause_is_certain(self):
        assert self.sure(draft(*TEXTS), draft(*TEXTS)) == dict.fromkeys(range(1, 7), True)

    def test_new_clause_is_never_certain(self):
        assert self.sure(draft("aid"), draft("aid", "water"))[2] is False

    def test_twins_of_which_one_was_cut_are_not_certain(self):
        older = draft("aid", BOILERPLATE, "water", BOILERPLATE)
        [_aid, _water, twin] = propose(older, draft("aid", "water", BOILERPLATE)).proposals
        assert all(origin.confidence < CERTAIN for origin in twin.origins)

    def test_clause_of_few_words_is_not_certain_out_of_place(self):
        older = [clause(1, "aid"), clause(2, "Duties of all", "1", "paragraph", 1), clause(3, "water")]
        newer = [clause(1, "aid"), clause(3, "water", "2"), clause(2, "Duties of all", "1", "paragraph", 3)]
        assert self.sure(older, newer)[2] is False

    def test_short_sentence_is_not_matched_by_chance(self):
        older = draft("aid", "States report on this every year.", "water")
        found, dropped = descents(older, draft("aid", "States are free.", "water"))
        assert (found[2], dropped) == ({}, [2])

    def test_many_alike_are_matched_in_their_order(self):
        texts = ["aid", BOILERPLATE, "water", BOILERPLATE, "debt", BOILERPLATE]
        found, dropped = descents(draft(*texts), draft(*texts))
        assert ([set(found[key]) for key in range(1, 7)], dropped) == ([{key} for key in range(1, 7)], [])

    def test_kept_identifier_speaks_for_a_clause_written_anew(self):
        text = "No country gives more to its creditors than to its hospitals in any year."
        older, newer = draft("aid", "debt"), draft("water", text)
        assert set(descents(older, newer, hints={2: 2})[0][2]) == {2}

    def test_what_a_person_confirmed_is_taken_as_given(self):
        older, newer = draft("aid", "water"), draft("aid", "water")
        found = propose(older, newer, known={1: [2], 2: []})
        assert [[(o.ancestor, o.confidence) for o in each.origins] for each in found.proposals] == [[(2, 1.0)], []]
        assert found.dropped == (1,)

    def test_other_languages_count_where_one_is_missing(self):
        older = [clause(1, "aid"), clause(2, "water")]
        newer = [
            ClauseText(key=each.key, kind="article", label=each.label, texts={"ar": each.texts["ar"]}) for each in older
        ]
        assert descents(older, newer)[0] == {1: {1: "same"}, 2: {2: "same"}}

    @pytest.mark.parametrize(
        ("before", "after", "is_sure"),
        [
            ("aid", "aid", True),
            (TEXTS["debt"][0], AMENDED, True),
            (JOINED, TEXTS["debt"][0], True),
            ("aid", "water", False),
        ],
    )
    def test_known_pair_is_weighed_by_its_words(self, before, after, is_sure):
        sure = weigh_pair(clause(1, before).texts, clause(1, after).texts)
        assert (sure >= CERTAIN) is is_sure


@st.composite
def drafts(draw):
    """A draft of distinct invented clauses in a tree two deep."""
    words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)
    texts = draw(st.lists(st.lists(words, min_size=8, max_size=25).map(" ".join), min_size=1, max_size=12, unique=True))
    clauses, parent = [], None
    for key, text in enumerate(texts, start=1):
        is_article = parent is None or draw(st.booleans())
        parent = key if is_article else parent
        kind = "article" if is_article else "paragraph"
        clauses.append(clause(key, text, str(key), kind, None if is_article else parent, languages=1))
    return clauses


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_identical_drafts_are_the_same_throughout(older):
    found = propose(older, older)
    assert [[(origin.ancestor, origin.kind) for origin in each.origins] for each in found.proposals] == [
        [(each.key, "same")] for each in older
    ]
    assert found.dropped == ()


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_pure_renumbering_is_renumbered_throughout(older):
    newer = [
        ClauseText(key=each.key, kind=each.kind, label=f"{each.label} bis", parent=each.parent, texts=each.texts)
        for each in older
    ]
    kinds = [[origin.kind for origin in each.origins] for each in propose(older, newer).proposals]
    assert kinds == [["renumbered"]] * len(older)


@settings(max_examples=40, deadline=None)
@given(drafts(), st.data())
def test_whatever_is_cut_is_dropped_and_nothing_else(older, data):
    leaves = [each for each in older if each.key not in {other.parent for other in older}]
    cut = data.draw(st.sampled_from(leaves))
    found = propose(older, [each for each in older if each is not cut])
    assert found.dropped == (cut.key,)
    assert [origin.ancestor for each in found.proposals for origin in each.origins] == [
        each.key for each in older if each is not cut
    ]


@settings(max_examples=40, deadline=None)
@given(drafts(), drafts())
def test_whatever_the_drafts_each_clause_has_its_say(older, newer):
    found = propose(older, newer)
    assert [each.key for each in found.proposals] == [each.key for each in newer]
    living = {origin.ancestor for each in found.proposals for origin in each.origins}
    assert living | set(found.dropped) == {each.key for each in older}
    assert not living & set(found.dropped)
    assert all(0 < origin.confidence <= 1 for each in found.proposals for origin in each.origins)


def test_kinds_name_what_the_two_clauses_do_not_show():
    places = read_places(draft("aid", "water", "debt"))
    kinds = derive_kinds(places, places, [(0, 0), (0, 1), (2, 2)], {(0, 0), (2, 2)})
    assert kinds == {(0, 0): "split", (0, 1): "split", (2, 2): "amended"}


def test_work_grows_no_faster_than_the_pairs_of_clauses():
    names = list(TEXTS)
    older = [
        clause(key, f"{TEXTS[names[key % 6]][0]} {key} {TEXTS[names[(key // 6) % 6]][0]} {key * 7}")
        for key in range(1000)
    ]
    # Twice the clauses are at most four times the work, and no table of all million pairs is compared word by word.
    halves = count_calls(propose, older[:500], older[:500][::-1])
    assert count_calls(propose, older, older[::-1]) < 4 * halves
