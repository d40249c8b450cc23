"""What staff settle about the origin of clauses, through the services; what publishing makes of it."""

import pytest
from django.db import IntegrityError, transaction

from declaration.errors import Conflict, Refused
from declaration.models import Clause, Descent, Draft, Element, Wording
from declaration.origins import measure_progress
from declaration.services import list_obstacles, publish_draft
from declaration.services.lineage import (
    list_certain,
    list_dropped,
    list_unsettled,
    origins_changed,
    prepare_next_draft,
    propose_descents,
    settle_certain,
    settle_origin,
)
from tests import factories

pytestmark = pytest.mark.django_db

RELIEF = "States shall send relief to regions struck by floods within two days, and pay for it in equal parts."
RIVERS = "Rivers that cross borders are shared by those who live on them, upstream and downstream alike."
SCHOOL = "Every child has a place in a school that teaches in the language of the home. The school is free of charge."
DEBTS = "No State pays more for its debts in a year than it spends on the health of its people."


def articles(*texts):
    """Articles as factories take them, numbered from 11 on: for lower numbers they have Arabic words of their own."""
    return [(f"art_{n}", "article", str(n), "", text) for n, text in enumerate(texts, start=11)]


def follow(older, *texts, **fields):
    """A draft in preparation that supersedes another, with nothing said of its lineage."""
    return factories.make_draft(
        published=False, declaration=older.declaration, supersedes=older, clauses=articles(*texts), **fields
    )


def origins(draft):
    """What stands: {eid: {eid of the ancestor: kind}}."""
    found = {clause.eid: {} for clause in draft.clauses.all()}
    for descent in Descent.objects.filter(descendant__draft=draft).select_related("ancestor", "descendant"):
        found[descent.descendant.eid][descent.ancestor.eid] = descent.kind
    return found


def settle(clause, *ancestors, kind=""):
    clause.refresh_from_db()
    return settle_origin(
        clause=clause, ancestors=[(each, kind) for each in ancestors], expected_revision=clause.revision
    )


@pytest.fixture
def older():
    return factories.make_draft(clauses=articles(RELIEF, RIVERS, SCHOOL))


@pytest.fixture
def newer(older):
    """Its first clause is new, the second is kept, the third was cut, the last became two."""
    first, second = SCHOOL.split(". ")
    return follow(older, DEBTS, RELIEF, f"{first}.", second)


class TestProposing:
    def test_is_stored(self, older, newer):
        counts = propose_descents(draft=newer)
        assert origins(newer) == {
            "art_11": {},
            "art_12": {"art_11": "renumbered"},
            "art_13": {"art_13": "split"},
            "art_14": {"art_13": "split"},
        }
        assert (counts.proposed, counts.new, counts.dropped, counts.confirmed) == (3, 1, 1, 0)
        assert [each.eid for each in list_dropped(newer)] == ["art_12"]

    def test_again_leaves_what_a_person_confirmed(self, older, newer):
        settle(newer.clauses.get(eid="art_11"), older.clauses.get(eid="art_12"), kind="amended")
        counts = propose_descents(draft=newer)
        assert origins(newer)["art_11"] == {"art_12": "amended"}
        assert counts.confirmed == 1
        assert propose_descents(draft=newer) == counts

    def test_kept_identifier_is_a_hint(self, older):
        newer = follow(older, "Whatever else is said here has nothing in common with anything before.")
        newer.clauses.update(wid="art_12")
        propose_descents(draft=newer)
        assert origins(newer) == {"art_11": {"art_12": "amended"}}

    def test_needs_a_draft_that_supersedes_and_is_in_preparation(self, older):
        with pytest.raises(Refused) as caught:
            propose_descents(draft=factories.make_draft(published=False))
        assert caught.value.code == "supersedes_nothing"
        published = factories.make_draft(declaration=older.declaration, supersedes=older)
        with pytest.raises(Refused) as caught:
            propose_descents(draft=published)
        assert caught.value.code == "draft_published"


class TestSettling:
    def test_confirms_and_is_certain(self, older, newer):
        propose_descents(draft=newer)
        clause = settle(newer.clauses.get(eid="art_12"), older.clauses.get(eid="art_11"))
        assert (clause.is_origin_confirmed, clause.revision) == (True, 2)
        descent = Descent.objects.get(descendant=clause)
        assert (descent.kind, descent.confidence) == ("renumbered", 1.0)

    def test_of_several_ancestors_is_a_merger(self, older, newer):
        settle(newer.clauses.get(eid="art_12"), older.clauses.get(eid="art_11"), older.clauses.get(eid="art_12"))
        assert origins(newer)["art_12"] == {"art_11": "merged", "art_12": "merged"}

    def test_of_nothing_says_that_it_is_new(self, newer):
        propose_descents(draft=newer)
        clause = settle(newer.clauses.get(eid="art_12"))
        assert (clause.is_origin_confirmed, origins(newer)["art_12"]) == (True, {})

    def test_takes_the_kind_that_a_person_chose(self, older, newer):
        settle(newer.clauses.get(eid="art_12"), older.clauses.get(eid="art_11"), kind="moved")
        assert origins(newer)["art_12"] == {"art_11": "moved"}

    def test_second_piece_makes_a_split_of_a_confirmed_one(self, older):
        newer = follow(older, RELIEF, RIVERS)
        old = older.clauses.get(eid="art_11")
        settle(newer.clauses.get(eid="art_11"), old)
        settle(newer.clauses.get(eid="art_12"), old)
        assert origins(newer) == {"art_11": {"art_11": "split"}, "art_12": {"art_11": "split"}}
        settle(newer.clauses.get(eid="art_12"))
        assert origins(newer) == {"art_11": {"art_11": "same"}, "art_12": {}}

    def test_second_of_two_people_is_told_what_stands(self, older, newer):
        clause = newer.clauses.get(eid="art_12")
        old = older.clauses.get(eid="art_11")
        settle_origin(clause=clause, ancestors=[(old, "")], expected_revision=1)
        with pytest.raises(Conflict) as caught:
            settle_origin(clause=clause, ancestors=[], expected_revision=1)
        assert caught.value.current == {"revision": 2, "is_confirmed": True, "ancestors": ["art_11"]}
        assert origins(newer)["art_12"] == {"art_11": "renumbered"}

    def test_takes_clauses_of_the_superseded_draft_alone(self, newer):
        stranger = factories.make_draft().clauses.first()
        with pytest.raises(Refused) as caught:
            settle(newer.clauses.get(eid="art_11"), stranger)
        assert (caught.value.code, caught.value.field) == ("ancestor_elsewhere", "ancestors")
        with pytest.raises(Refused) as caught:
            settle(newer.clauses.get(eid="art_11"), newer.supersedes.clauses.first(), kind="nephew")
        assert caught.value.code == "kind_unknown"

    def test_certain_ones_together_leave_the_doubtful(self, older, newer):
        propose_descents(draft=newer)
        Descent.objects.filter(descendant__eid="art_14").update(confidence=0.5)
        certain = {each.eid for each in list_certain(newer)}
        assert settle_certain(draft=newer) == len(certain)
        assert {each.eid for each in list_unsettled(newer)} == {"art_11", "art_12", "art_13", "art_14"} - certain
        assert {"art_11", "art_14"} <= {each.eid for each in list_unsettled(newer)}
        assert settle_certain(draft=newer) == 0

    def test_progress_counts_each_clause_once(self, older, newer):
        propose_descents(draft=newer)
        settle(newer.clauses.get(eid="art_12"), older.clauses.get(eid="art_11"))
        progress = measure_progress(newer)
        assert (progress.clauses, progress.confirmed, progress.new, progress.dropped) == (4, 1, 1, 1)
        assert progress.certain + progress.uncertain == 2


class TestNextDraft:
    def test_is_a_copy_that_knows_what_it_is_copied_from(self):
        older = factories.make_draft()
        following = prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        assert (following.supersedes, following.status, following.languages) == (older, "preparing", ["en", "ar"])
        shape = ("eid", "wid", "kind", "label", "position", "parent__eid", "negotiating_status")
        assert list(following.clauses.values_list(*shape)) == list(older.clauses.values_list(*shape))
        words = ("clause__eid", "language", "heading", "text", "footnotes")
        copied, source = (
            sorted(Wording.objects.filter(clause__draft=each).values_list(*words), key=str)
            for each in (following, older)
        )
        assert copied == source
        assert origins(following) == {clause.eid: {clause.eid: "same"} for clause in older.clauses.all()}
        assert list(list_unsettled(following)) == list_obstacles(following) == []

    def test_keeps_foundations_and_footnotes_and_leaves_out_languages(self):
        older = factories.make_draft(published=False)
        element = Element.objects.create(
            code="1a", kind="consideration", position=1, theme={"en": "T"}, text={"en": "T"}
        )
        older.clauses.get(eid="art_1").elements.add(element)
        note = {"label": "1", "text": "A note.", "position": 3, "is_in_heading": False}
        Wording.objects.filter(clause__draft=older, clause__eid="art_2").update(footnotes=[note])
        following = prepare_next_draft(
            draft=publish_draft(draft=older), name={"en": "Next"}, stage="first", languages=["en"]
        )
        assert list(following.clauses.get(eid="art_1").elements.all()) == [element]
        assert following.clauses.get(eid="art_2").wordings.get().footnotes == [note]
        assert set(Wording.objects.filter(clause__draft=following).values_list("language", flat=True)) == {"en"}

    def test_follows_what_is_published_and_only_once(self, older):
        with pytest.raises(Refused) as caught:
            prepare_next_draft(draft=factories.make_draft(published=False), name={"en": "Next"}, stage="first")
        assert caught.value.code == "draft_not_published"
        prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        with pytest.raises(Refused) as caught:
            prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        assert (caught.value.code, caught.value.status) == ("next_draft_begun", 409)

    def test_changed_words_make_an_amendment_that_stays_confirmed(self, older):
        following = prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        clause = following.clauses.get(eid="art_11")
        clause.wordings.filter(language="en").update(text=RELIEF.replace("two days", "three days"))
        origins_changed([clause])
        clause.refresh_from_db()
        assert (origins(following)["art_11"], clause.is_origin_confirmed) == ({"art_11": "amended"}, True)

    def test_wholly_new_words_have_to_be_confirmed(self, older):
        following = prepare_next_draft(draft=older, name={"en": "Next"}, stage="first")
        clause = following.clauses.get(eid="art_11")
        clause.wordings.update(text=DEBTS)
        origins_changed([clause])
        clause.refresh_from_db()
        assert (origins(following)["art_11"], clause.is_origin_confirmed) == ({"art_11": "amended"}, False)

    def test_edit_of_a_draft_that_supersedes_none_says_nothing(self):
        clause = factories.make_draft(published=False).clauses.first()
        origins_changed([clause])
        clause.refresh_from_db()
        assert (clause.is_origin_confirmed, clause.origins.count()) == (False, 0)


class TestPublishing:
    def settle_all(self, draft):
        propose_descents(draft=draft)
        draft.clauses.update(is_origin_confirmed=True)

    def test_waits_until_every_origin_is_confirmed(self, newer):
        propose_descents(draft=newer)
        settle_certain(draft=newer)
        [obstacle] = list_obstacles(newer)
        assert (obstacle.code, {each.eid for each in obstacle.clauses}) == (
            "origin_unconfirmed",
            {each.eid for each in list_unsettled(newer)},
        )
        with pytest.raises(Refused) as caught:
            publish_draft(draft=newer)
        assert caught.value.code == "origin_unconfirmed"
        assert Draft.objects.get(pk=newer.pk).status == "preparing"

    def test_carries_identifiers_on(self, older, newer):
        self.settle_all(newer)
        publish_draft(draft=newer)
        # The new article 1 must not be taken for the old one, nor for any that was cut.
        assert dict(newer.clauses.values_list("eid", "wid")) == {
            "art_11": "art_11-2",
            "art_12": "art_11",
            "art_13": "art_13",
            "art_14": "art_14",
        }

    def test_lets_clauses_swap_identifiers(self, older):
        newer = follow(older, RIVERS, RELIEF, SCHOOL)
        self.settle_all(newer)
        publish_draft(draft=newer)
        assert dict(newer.clauses.values_list("eid", "wid")) == {
            "art_11": "art_12",
            "art_12": "art_11",
            "art_13": "art_13",
        }

    def test_never_gives_the_identifier_of_a_clause_cut_long_ago(self, older):
        second = follow(older, RELIEF)
        self.settle_all(second)
        third = follow(publish_draft(draft=second), RELIEF, DEBTS)
        self.settle_all(third)
        publish_draft(draft=third)
        assert dict(third.clauses.values_list("eid", "wid")) == {"art_11": "art_11", "art_12": "art_12-2"}

    def test_settles_it_for_good(self, older, newer):
        self.settle_all(newer)
        publish_draft(draft=newer)
        clause = newer.clauses.get(eid="art_12")
        with pytest.raises(Refused) as caught:
            settle(clause)
        assert (caught.value.code, caught.value.status) == ("draft_published", 409)
        for change in (
            lambda: Descent.objects.filter(descendant=clause).delete(),
            lambda: Descent.objects.filter(descendant=clause).update(kind="moved"),
            lambda: Clause.objects.filter(pk=clause.pk).update(is_origin_confirmed=False),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
