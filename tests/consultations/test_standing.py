"""Where comments stand on newer drafts: each way in which a clause can go, and ways one after the other."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.models import Comment
from consultations.standing import Kind, Standing, find_newest_standings, find_standings
from declaration.models import Descent, Draft
from declaration.services import publish_draft
from declaration.text.redline import new_text, old_text
from tests import factories

pytestmark = pytest.mark.django_db

ONE, TWO = "Peoples help one another. They do so freely.", "States cooperate."
START = {"art_1": ONE, "art_2": TWO, "art_3": "Nothing else."}


def articles(texts: dict[str, str]) -> list[tuple[str, str, str, str, str]]:
    return [(eid, "article", eid.removeprefix("art_"), "", text) for eid, text in texts.items()]


def start(**fields: Any) -> Draft:
    return factories.make_draft(clauses=articles(START), languages=("en",), **fields)


def go_on(before: Draft, texts: dict[str, str], descents: str, **fields: Any) -> Draft:
    """Publish the next draft; `descents` as "art_1>art_2:moved art_3>art_3:same"."""
    steps = [step.replace(">", ":").split(":") for step in descents.split()]
    return factories.make_next_draft(before, articles(texts), [(a, b, kind) for a, b, kind in steps], **fields)


def comment_on(draft: Draft, clause: str | None = "art_1", **fields: Any) -> Comment:
    return factories.make_filed_comment(factories.make_call(draft, languages=["en", "ar"]), clause=clause, **fields)


def stand(comment: Comment, draft: Draft) -> Standing:
    return find_standings([comment], draft)[comment.pk]


HALF, OTHER = "Peoples help one another.", "They do so freely."

# name: ([(texts of the next draft, descents), …], kind, clauses it became, dropped in the n-th draft, whether the text changed)
WAYS: dict[str, tuple[list[tuple[dict[str, str], str]], str, list[str], int | None, bool]] = {
    "same": ([({"art_1": ONE}, "art_1>art_1:same")], "still_applies", ["art_1"], None, False),
    "renumbered": (
        [({"art_1": "New.", "art_2": ONE}, "art_1>art_2:renumbered")],
        "still_applies",
        ["art_2"],
        None,
        False,
    ),
    "amended": ([({"art_1": HALF}, "art_1>art_1:amended")], "text_changed", ["art_1"], None, True),
    "renumbered and amended": ([({"art_5": HALF}, "art_1>art_5:amended")], "text_changed", ["art_5"], None, True),
    "split": (
        [({"art_1": HALF, "art_2": OTHER}, "art_1>art_1:split art_1>art_2:split")],
        "split",
        ["art_1", "art_2"],
        None,
        False,
    ),
    "merged": ([({"art_1": f"{ONE} {TWO}"}, "art_1>art_1:merged art_2>art_1:merged")], "merged", ["art_1"], None, True),
    "merged, recorded as amended": (
        [({"art_1": f"{ONE} {TWO}"}, "art_1>art_1:amended art_2>art_1:merged")],
        "merged",
        ["art_1"],
        None,
        True,
    ),
    "moved": ([({"art_1": TWO, "art_9": ONE}, "art_1>art_9:moved art_2>art_1:moved")], "moved", ["art_9"], None, False),
    "moved and amended": ([({"art_9": HALF}, "art_1>art_9:moved")], "moved", ["art_9"], None, True),
    "dropped": ([({"art_1": TWO}, "art_2>art_1:renumbered")], "dropped", [], 1, False),
    "same, then amended": (
        [({"art_1": ONE}, "art_1>art_1:same"), ({"art_1": HALF}, "art_1>art_1:amended")],
        "text_changed",
        ["art_1"],
        None,
        True,
    ),
    "amended and back": (
        [({"art_1": HALF}, "art_1>art_1:amended"), ({"art_1": ONE}, "art_1>art_1:amended")],
        "still_applies",
        ["art_1"],
        None,
        False,
    ),
    "split, then one part moved": (
        [
            ({"art_1": HALF, "art_2": OTHER}, "art_1>art_1:split art_1>art_2:split"),
            ({"art_1": HALF, "art_7": OTHER}, "art_1>art_1:same art_2>art_7:moved"),
        ],
        "split",
        ["art_1", "art_7"],
        None,
        False,
    ),
    "split, then one part dropped": (
        [
            ({"art_1": HALF, "art_2": OTHER}, "art_1>art_1:split art_1>art_2:split"),
            ({"art_1": HALF}, "art_1>art_1:same"),
        ],
        "split",
        ["art_1"],
        2,
        True,
    ),
    "split, then both parts dropped": (
        [
            ({"art_1": HALF, "art_2": OTHER}, "art_1>art_1:split art_1>art_2:split"),
            ({"art_1": HALF}, "art_1>art_1:same"),
            ({"art_1": "New."}, ""),
        ],
        "dropped",
        [],
        3,
        False,
    ),
    "split, then put together again": (
        [
            ({"art_1": HALF, "art_2": OTHER}, "art_1>art_1:split art_1>art_2:split"),
            ({"art_1": ONE}, "art_1>art_1:merged art_2>art_1:merged"),
        ],
        "still_applies",
        ["art_1"],
        None,
        False,
    ),
    "merged, then split": (
        [
            ({"art_1": f"{ONE} {TWO}"}, "art_1>art_1:merged art_2>art_1:merged"),
            ({"art_1": ONE, "art_2": TWO}, "art_1>art_1:split art_1>art_2:split"),
        ],
        "split",
        ["art_1", "art_2"],
        None,
        True,
    ),
    "moved, then renumbered": (
        [({"art_8": ONE}, "art_1>art_8:moved"), ({"art_9": ONE}, "art_8>art_9:renumbered")],
        "moved",
        ["art_9"],
        None,
        False,
    ),
    "dropped, while another takes its number": (
        [({"art_2": TWO}, "art_2>art_2:same"), ({"art_1": ONE, "art_2": TWO}, "art_2>art_2:same")],
        "dropped",
        [],
        1,
        False,
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_ways_a_clause_can_go(name: str) -> None:
    ways, kind, clauses, dropped_in, is_text_changed = WAYS[name]
    drafts = [start()]
    for texts, descents in ways:
        drafts.append(go_on(drafts[-1], texts, descents))
    comment = comment_on(drafts[0])
    standing = stand(comment, drafts[-1])
    assert (standing.kind, [clause.eid for clause in standing.clauses]) == (kind, clauses)
    assert standing.dropped_in == (drafts[dropped_in] if dropped_in else None)
    assert standing.is_text_changed is is_text_changed
    assert not standing.is_provisional
    assert {clause.draft for clause in standing.clauses} <= {drafts[-1]}
    if is_text_changed:
        assert old_text(standing.operations) == ONE
        assert new_text(standing.operations) == "\n".join(ways[-1][0][eid] for eid in clauses)
    else:
        assert standing.operations == []
    assert find_newest_standings([comment]) == {comment.pk: standing}


def test_place_after_a_clause_stands_where_that_clause_stands() -> None:
    first = start()
    second = go_on(first, {"art_7": ONE, "art_8": "Something new."}, "art_1>art_7:moved")
    after_one = {"target": "after_clause", "operation": "insert"}
    taken = stand(comment_on(first, **after_one, proposed_text="Something  new."), second)
    assert (taken.kind, [clause.eid for clause in taken.clauses]) == ("moved", ["art_7"])
    assert taken.is_on_place
    assert taken.taken_over
    assert taken.taken_over.eid == "art_8"
    assert stand(comment_on(first, **after_one, proposed_text="Something else."), second).taken_over is None
    assert stand(comment_on(first, "art_2", **after_one, proposed_text="More."), second).kind == "dropped"


def test_words_that_came_new_in_two_places_are_not_said_to_be_the_proposal() -> None:
    first = start()
    second = go_on(first, {"art_1": ONE, "art_2": "New.", "art_3": "New."}, "art_1>art_1:same")
    comment = comment_on(first, target="after_clause", operation="insert", proposed_text="New.")
    assert stand(comment, second).taken_over is None


@pytest.mark.parametrize(
    ("texts", "kind"),
    [({"art_7": ONE, "art_8": TWO}, "still_applies"), ({"art_1": ONE, "art_2": "States help."}, "text_changed")],
)
def test_comment_on_the_whole_text(texts: dict[str, str], kind: str) -> None:
    first = factories.make_draft(clauses=articles({"art_1": ONE, "art_2": TWO}), languages=("en",))
    first_eid, second_eid = texts
    second = go_on(first, texts, f"art_1>{first_eid}:renumbered art_2>{second_eid}:amended")
    standing = stand(comment_on(first, None), second)
    assert (standing.kind, standing.clauses, standing.operations) == (kind, (), [])


@pytest.mark.parametrize(
    ("proposed", "is_taken"),
    [(HALF, True), ("  Peoples\nhelp one another. ", True), ("peoples help one another.", False)],
)
def test_proposal_is_taken_over_only_word_for_word(proposed: str, is_taken: bool) -> None:
    first = start()
    second = go_on(first, {"art_1": HALF}, "art_1>art_1:amended")
    standing = stand(comment_on(first, operation="replace", proposed_text=proposed), second)
    assert (standing.taken_over is not None, standing.is_done) == (is_taken, is_taken)


def test_deletion_is_done_where_the_clause_is_gone() -> None:
    first = start()
    second = go_on(first, {"art_2": TWO}, "art_2>art_2:same")
    assert stand(comment_on(first, operation="delete"), second).is_done
    assert not stand(comment_on(first, "art_2", operation="delete"), second).is_done


def test_words_are_compared_in_the_language_of_the_comment() -> None:
    first = factories.make_draft(clauses=articles(START))
    second = factories.make_next_draft(
        first, articles({"art_1": ONE}), [("art_1", "art_1", "same")], published=False, languages=("en", "ar")
    )
    second.clauses.get().wordings.filter(language="ar").update(text="نص آخر.")
    publish_draft(draft=second)
    english, arabic = (stand(comment_on(first, language=language), second) for language in ("en", "ar"))
    assert (english.kind, arabic.kind) == ("still_applies", "text_changed")
    assert english.languages_changed == arabic.languages_changed == ("ar",)
    assert new_text(arabic.operations).endswith("\nنص آخر.")


def test_a_change_in_any_language_counts_where_the_draft_lacks_that_of_the_comment() -> None:
    first = factories.make_draft(clauses=articles(START))
    second = factories.make_next_draft(first, articles({"art_1": ONE}), [("art_1", "art_1", "same")], published=False)
    second.clauses.get().wordings.filter(language="ar").update(text="نص آخر.")
    publish_draft(draft=second)
    call = factories.make_call(first, languages=["en", "es"])
    comment = factories.make_filed_comment(call, clause="art_1", language="es")
    for language in ("en", "ar"):
        with translation.override(language):
            standing = stand(comment, second)
        assert (standing.kind, standing.language) == ("text_changed", "ar")


def test_a_change_below_a_clause_is_told_though_its_own_words_stay() -> None:
    first = factories.make_draft()
    clauses = [
        (*row[:4], row[4] and f"Still, {row[4]}") if row[0] == "art_1__para_1" else row for row in factories.CLAUSES
    ]
    second = factories.make_next_draft(first, clauses, [(row[0], row[0], "same") for row in clauses])
    above, beside = (stand(comment_on(first, eid, language="en"), second) for eid in ("art_1", "art_2"))
    assert (above.kind, above.is_changed_below) == ("still_applies", True)
    assert (beside.kind, beside.is_changed_below) == ("still_applies", False)


class TestUnsettled:
    """What nobody has confirmed is provisional on a draft in preparation, and not told at all of a published one."""

    def test_in_preparation(self) -> None:
        first = start()
        draft = go_on(first, {"art_1": HALF}, "art_1>art_1:amended", published=False, confirmed=False)
        standing = stand(comment_on(first), draft)
        assert (standing.kind, standing.is_provisional) == ("text_changed", True)

    def test_clause_without_any_origin_may_be_what_is_missing(self) -> None:
        first = start()
        draft = go_on(first, {"art_1": ONE}, "", published=False, confirmed=False)
        assert stand(comment_on(first), draft).kind == "unknown"

    def test_draft_without_clauses(self) -> None:
        first = start()
        assert stand(comment_on(first), go_on(first, {}, "", published=False)).kind == "unknown"

    def test_draft_that_does_not_go_back_to_the_commented_one(self) -> None:
        first = start()
        other = factories.make_draft(clauses=articles(START), languages=("en",), declaration=first.declaration)
        assert stand(comment_on(first), other).kind == "unknown"
        assert stand(comment_on(first, None), other).kind == "unknown"

    def test_published_without_confirmation(self) -> None:
        first = start()
        draft = go_on(first, {"art_1": HALF}, "art_1>art_1:amended", published=False, confirmed=False)
        # As a draft would be that was published before origins were confirmed.
        Draft.objects.filter(pk=draft.pk).update(status="published", published_at=timezone.now())
        draft.refresh_from_db()
        standing = stand(comment_on(first), draft)
        assert (standing.kind, standing.clauses, standing.operations) == ("unknown", (), [])


def test_newest_is_the_newest_published_one_and_for_staff_one_in_preparation() -> None:
    first = start()
    second = go_on(first, {"art_1": ONE}, "art_1>art_1:same")
    third = go_on(second, {"art_1": HALF}, "art_1>art_1:amended", published=False)
    comment = comment_on(first)
    assert find_newest_standings([comment])[comment.pk].draft == second
    assert find_newest_standings([comment], for_staff=True)[comment.pk].draft == third


def test_comment_has_no_standing_on_its_own_draft_or_an_older_or_foreign_one() -> None:
    first = start()
    second = go_on(first, {"art_1": ONE}, "art_1>art_1:same")
    comment = comment_on(second)
    for draft in (first, second, factories.make_draft()):
        assert find_standings([comment], draft) == {}
    assert find_newest_standings([comment]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_constant_queries_for_any_number_of_comments_and_drafts(count: int, django_assert_num_queries: Any) -> None:
    drafts = [start()]
    for _number in range(count):
        drafts.append(go_on(drafts[-1], START, "art_1>art_1:same art_2>art_2:same art_3>art_3:same"))
    comments = []
    for draft in drafts[:-1]:
        insertion = {"target": "after_clause", "operation": "insert", "proposed_text": "More."}
        comments += [comment_on(draft, eid) for eid in ("art_1", "art_2", None)]
        comments.append(comment_on(draft, **insertion))
    # 1 the drafts of the comments, 2 all drafts, 3 the descents, 4 the clauses, 5 what is settled, 6 the words, 7 what stands
    # below, 8 the whole texts, 9 what came new
    with django_assert_num_queries(9):
        found = find_standings(comments, drafts[-1])
    assert {each.kind for each in found.values()} == {"still_applies"}
    assert len(found) == len(comments)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_never_names_a_clause_that_does_not_descend(data: st.DataObject) -> None:
    """Random chains of drafts; what is told is held to a walk over the descents, one draft after the other."""
    with transaction.atomic():
        sizes = data.draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
        drafts = [start_of(sizes[0])]
        steps: list[dict[str, set[str]]] = []
        for size in sizes[1:]:
            new = [f"art_{number}" for number in range(1, size + 1)]
            old = [clause.eid for clause in drafts[-1].clauses.all()]
            pairs = data.draw(st.sets(st.tuples(st.sampled_from(old), st.sampled_from(new)), max_size=6))
            kinds = {pair: data.draw(st.sampled_from(Descent.Kind.values)) for pair in sorted(pairs)}
            texts = {eid: data.draw(st.sampled_from([ONE, TWO, HALF])) for eid in new}
            descents = " ".join(f"{a}>{b}:{kind}" for (a, b), kind in kinds.items())
            drafts.append(go_on(drafts[-1], texts, descents))
            steps.append({eid: {b for a, b in pairs if a == eid} for eid in old})
        comments = [comment_on(drafts[0], clause.eid) for clause in drafts[0].clauses.all()]
        found = find_standings(comments, drafts[-1])
        for comment in comments:
            reached = {comment.clause.eid}
            for step in steps:
                reached = {new for eid in reached for new in step[eid]}
            standing = found[comment.pk]
            assert {clause.eid for clause in standing.clauses} == reached
            assert (standing.kind == Kind.DROPPED) is not bool(reached)
            assert (standing.kind == Kind.SPLIT) or len(reached) < 2
            if standing.kind == Kind.STILL_APPLIES:
                assert [clause.wordings.get().text for clause in standing.clauses] == [standing.was.wordings.get().text]
        transaction.set_rollback(True)


def start_of(size: int) -> Draft:
    texts = {f"art_{number}": ONE for number in range(1, size + 1)}
    return factories.make_draft(clauses=articles(texts), languages=("en",))
