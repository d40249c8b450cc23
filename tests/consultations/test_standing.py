"""Where comments stand on newer drafts: each way in which a clause can go, and ways one after the other."""

from typing import Any

import pytest

from consultations.models import Comment
from consultations.standing import Standing, find_newest_standings, find_standings
from declaration.models import Draft
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
