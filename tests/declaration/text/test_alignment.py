"""A text in a second language set beside the first: what is paired, and what is shown instead of guessed."""

import pytest

from declaration.text.alignment import align
from declaration.text.parser import parse
from tests.work import count_calls

HEADS = {
    "en": "Article {}",
    "fr": "Article {}",
    "es": "Artículo {}",
    "ru": "Статья {}",
    "ar": "المادة {}",
    "zh": "第{}条",
}
CHINESE = ["一", "二", "三", "四", "五", "六"]
SENTENCES = {
    "en": "Every person has the right to share in what is agreed, and no State shall take it away",
    "fr": "Toute personne a le droit de prendre part à ce qui est convenu, et aucun État ne peut l’en priver",
    "es": "Toda persona tiene derecho a participar en lo acordado, y ningún Estado podrá privarla de ello",
    "ru": "Каждый человек имеет право участвовать в согласованном, и ни одно государство не может его лишить этого",
    "ar": "لكل شخص الحق في أن يشارك فيما يتفق عليه ولا يجوز لأي دولة أن تحرمه منه",
    "zh": "人人有权参与商定的事项，任何国家不得予以剥夺",
}


def node(kind="preambular_paragraph", label="", depth=0, text="Words.", **fields):
    """A clause as the parser gives it."""
    eid = f"{kind.replace('_', '')}_{label or id(text)}"
    plain = {"heading": "", "printed": "", "source_lines": [], "is_bracketed": False, "eid": eid}
    return {**plain, "kind": kind, "label": label, "depth": depth, "text": text, **fields}


def declaration(language, articles=6, repeat=lambda number: 1):
    """A declaration with one paragraph an article, some longer than others."""
    lines = []
    for number in range(1, articles + 1):
        printed = CHINESE[number - 1] if language == "zh" else number
        joint = "。" if language == "zh" else ". "
        lines += [HEADS[language].format(printed), joint.join([SENTENCES[language]] * repeat(number)) + joint.strip()]
    return parse("\n".join(lines), language=language).as_json()["nodes"]


@pytest.mark.parametrize("language", ["ar", "fr", "es", "ru", "zh"])
def test_articles_go_with_those_of_the_same_number_in_every_language(language):
    first, second = declaration("en"), declaration(language)
    alignment = align(first, second)
    assert [(pair.first, pair.second, pair.basis) for pair in alignment.pairs] == [(n, n, "label") for n in range(6)]
    assert not [each for each in alignment.mismatches if each.code.startswith("only")]


def test_an_article_that_one_language_lacks_is_shown_alone():
    first, second = declaration("en"), declaration("ru")
    del second[2]
    alignment = align(first, second)
    assert alignment.by_second == {0: 0, 1: 1, 2: 3, 3: 4, 4: 5}
    assert [(each.code, each.first) for each in alignment.mismatches] == [("only_first", 2)]


def articles(letter, share=1.0):
    """Articles that both languages have, as every declaration does: they tell how long one language is in the other."""
    sizes = enumerate([310, 150, 240, 90], start=1)
    return [node("article", str(n), text=letter * round(size * share), eid=f"art_{n}") for n, size in sizes]


def test_recitals_without_numbers_go_by_their_lengths():
    lengths = [300, 60, 210, 110, 420]
    first = [node(text="a" * length) for length in lengths] + articles("a")
    second = [node(text="b" * round(length * 0.9)) for length in lengths] + articles("b", 0.9)
    assert align(first, second).by_second == {place: place for place in range(9)}
    # One fewer: those around it still go together, and none goes with it.
    fewer = align(first, second[:2] + second[3:])
    assert {second: first for second, first in fewer.by_second.items() if second < 4} == {0: 0, 1: 1, 2: 3, 3: 4}
    assert ("only_first", 2) in {(each.code, each.first) for each in fewer.mismatches}


def test_what_could_go_with_either_is_not_guessed():
    first = [node(text="a" * 100), node(text="a" * 100)]
    alignment = align(first, [node(text="b" * 100)])
    assert alignment.by_second == {}
    assert {each.code for each in alignment.mismatches} == {"only_first", "only_second"}


def test_numbers_in_the_words_decide_where_lengths_do_not():
    words = [f"Recalling resolution {number} and what follows from it" for number in ("60/251", "62/171", "65/5")]
    first = [node(text=each) for each in words] + articles("a")
    second = [node(text=words[0]), node(text=words[2]), *articles("b")]
    assert {second: first for second, first in align(first, second).by_second.items() if second < 2} == {0: 0, 1: 2}


def test_arabic_indic_digits_are_the_same_numbers():
    first = [
        node(text="Recalling 1993 and 2005 alike in many words"),
        node(text="Recalling 1945 and 1948 alike in many words"),
    ]
    second = [
        node(text="إذ تشير إلى عام ١٩٩٣ وإلى عام ٢٠٠٥ على السواء"),
        node(text="إذ تشير إلى عام ١٩٤٥ وإلى عام ١٩٤٨ على السواء"),
    ]
    alignment = align(first, second)
    assert alignment.by_second == {0: 0, 1: 1}
    assert "numbers_differ" not in {each.code for each in alignment.mismatches}


def test_what_a_person_says_goes_before_all_else():
    first = [node("article", "1", eid="art_1"), node("article", "2", eid="art_2")]
    second = [node("article", "1", aligned="art_2"), node("article", "2", aligned="")]
    alignment = align(first, second)
    assert alignment.by_second == {0: 1}
    assert ("only_second", 1) in {(each.code, each.second) for each in alignment.mismatches}


def test_what_is_aligned_by_hand_leaves_its_neighbours_as_they_are():
    lengths = [300, 60, 210, 110, 420]
    first = [node(text="a" * length, eid=f"rec_{n}") for n, length in enumerate(lengths)] + articles("a")
    second = [node(text="b" * length) for length in lengths] + articles("b")
    del second[2]
    before = align(first, second).by_second
    second[1]["aligned"] = "rec_2"
    by_second = align(first, second).by_second
    assert by_second[1] == 2
    assert {place: other for place, other in before.items() if place != 1 and other != 2}.items() <= by_second.items()


def test_hands_that_cross_are_kept_as_well():
    first = [node("article", str(n), eid=f"art_{n}") for n in range(1, 5)]
    second = [node("article", str(n)) for n in range(1, 5)]
    second[0]["aligned"], second[3]["aligned"] = "art_4", "art_1"
    assert align(first, second).by_second == {0: 3, 1: 1, 2: 2, 3: 0}


def test_a_hand_that_points_nowhere_is_told():
    alignment = align([node("article", "1", eid="art_1")], [node("article", "1", aligned="art_9")])
    assert alignment.by_second == {}
    assert "aligned_to_nothing" in {each.code for each in alignment.mismatches}


def test_no_clause_is_in_two_pairs_and_none_is_missing():
    first, second = declaration("en"), declaration("ar")
    second = [*second[:3], node(text="x" * 50), *second[4:]]
    pairs = align(first, second).pairs
    assert sorted(pair.first for pair in pairs if pair.first is not None) == list(range(len(first)))
    assert sorted(pair.second for pair in pairs if pair.second is not None) == list(range(len(second)))


def test_a_long_text_without_numbers_is_aligned_with_work_that_grows_as_the_text():
    first = [node(text="a" * (40 + place * 37 % 211)) for place in range(1000)]
    second = [node(text="b" * (40 + place * 37 % 211)) for place in range(1000)]
    halves = count_calls(align, first[:500], second[:500])
    assert count_calls(align, first, second) < 4 * halves
    alignment = align(first, second)
    assert all(first == second for second, first in alignment.by_second.items())
