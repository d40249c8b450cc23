from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from declaration.text.cutting import join_texts, redline_parts
from declaration.text.redline import as_plain_text, new_text, old_text

WORDS = st.text(st.sampled_from(list("ab .\n،الحق人权прав")), max_size=30)


def test_words_that_went_to_another_part_are_not_deleted():
    parts = redline_parts("States help. Peoples hope.", ["States help.", "Peoples still hope."])
    assert [as_plain_text(each) for each in parts] == ["States help.[- -]", "Peoples {+still +}hope."]


def test_parts_of_chinese_stand_beside_one_another_without_a_space():
    parts = redline_parts("各国互助。人民有望。", ["各国互助。", "人民有望。"], "")
    assert [as_plain_text(each) for each in parts] == ["各国互助。", "人民有望。"]


def test_where_all_parts_are_empty_the_first_has_the_deletion():
    assert [as_plain_text(each) for each in redline_parts("gone", ["", ""])] == ["[-gone-]", ""]


def test_empty_parts_and_empty_texts_have_no_operations():
    assert redline_parts("", ["", "", ""]) == [[], [], []]
    assert [as_plain_text(each) for each in redline_parts("a", ["", "a", ""])] == ["", "a", ""]


@given(WORDS, st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([" ", ""]))
def test_all_texts_are_rebuilt_to_the_letter(old, parts, separator):
    found = redline_parts(old, parts, separator)
    assert [new_text(each) for each in found] == parts
    assert "".join(old_text(each) for each in found) == old
    for operations in found:
        assert all(operation.text for operation in operations)
        assert all(one.op != other.op for one, other in pairwise(operations))


def test_joined_texts_leave_out_empty_ones():
    assert join_texts(["a", "", "b"]) == "a b"
