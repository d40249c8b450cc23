"""Every promise that the database keeps about the text and the actors, broken once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from declaration.models import (
    Clause,
    Descent,
    Document,
    Draft,
    Element,
    GroupMembership,
    Organ,
    Request,
    Resolution,
    Stakeholder,
    State,
    Wording,
)
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db


def a_request(**fields: Any) -> Request:
    values = {"resolution": factories.make_resolution(), "position": 1, "kind": "study", "summary": {"en": "Study it."}}
    return Request(**values | fields)


BROKEN_ROWS: dict[str, Callable[[], Any]] = {
    "declaration_organ_name_translated": lambda: Organ.objects.create(code="x", name={"ar": "هيئة"}),
    "declaration_document_symbol_form": lambda: Document.objects.create(
        symbol="not a symbol", slug="x", title={"en": "X"}
    ),
    "declaration_document_published_on_edtf": lambda: (
        Document.objects.create(slug="x", title={"en": "X"}),
        connection.cursor().execute("UPDATE declaration_document SET published_on = '2012-13'"),
    ),
    "declaration_resolution_symbol_form": lambda: factories.make_resolution("twenty-one ten", slug="x"),
    "declaration_resolution_vote_is_whole": lambda: factories.make_resolution(vote_for=31),
    "declaration_resolution_vote_or_without": lambda: factories.make_resolution(
        vote_for=31, vote_against=13, vote_abstaining=3, adopted_without_vote=True
    ),
    "declaration_resolution_mandate_action_has_mandate": lambda: factories.make_resolution(mandate_action="renews"),
    "declaration_request_one_addressee": lambda: a_request().save(),
    "declaration_state_alpha3_form": lambda: State.objects.create(alpha3="br", m49="076", name={"en": "Brazil"}),
    "declaration_state_invented_has_user_code": lambda: State.objects.create(
        alpha3="XAA", m49="999", status="member_state", name={"en": "Aradia"}
    ),
    "declaration_groupmembership_left_after_joined": lambda: GroupMembership.objects.create(
        group=factories.make_group(),
        state=factories.make_state(),
        joined_on=dt.date(2020, 1, 2),
        left_on=dt.date(2020, 1, 1),
    ),
    "declaration_stakeholder_ecosoc_status_of_ngo": lambda: factories.make_stakeholder(
        kind=Stakeholder.Kind.ACADEMIC, ecosoc_status="special"
    ),
    "declaration_draft_published_at_known": lambda: factories.make_draft(published=False, status="published"),
    "declaration_draft_has_language": lambda: factories.make_draft(published=False, languages=(), clauses=[]),
    "declaration_clause_eid_form": lambda: factories.make_draft(
        clauses=[("Article 1", "article", "1", "", "x")], published=False
    ),
    "declaration_clause_one_per_eid": lambda: Clause.objects.create(
        draft=factories.make_draft(published=False), kind="article", eid="art_1", wid="art_1-2", position=99
    ),
    "declaration_clause_one_per_wid": lambda: Clause.objects.create(
        draft=factories.make_draft(published=False), kind="article", eid="art_1-2", wid="art_1", position=99
    ),
}


@pytest.mark.parametrize("promise", BROKEN_ROWS)
def test_row_is_refused_under_the_promise_s_name(promise: str) -> None:
    assert promise_broken(BROKEN_ROWS[promise]) == promise


def test_invented_state_code_is_for_invented_states_only() -> None:
    factories.make_state("XAB")
    broken = promise_broken(lambda: State.objects.create(alpha3="FRA", status="invented_state", name={"en": "F"}))
    assert broken == "declaration_state_invented_has_user_code"


def test_state_joins_a_group_once_at_a_time() -> None:
    group, state = factories.make_group(), factories.make_state()
    GroupMembership.objects.create(group=group, state=state, left_on=dt.date(2019, 1, 1))
    GroupMembership.objects.create(group=group, state=state, joined_on=dt.date(2021, 1, 1))
    broken = promise_broken(lambda: GroupMembership.objects.create(group=group, state=state))
    assert broken == "declaration_groupmembership_one_current"


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("declaration_wording_frozen_once_published", lambda draft: Wording.objects.update(text="Nobody.")),
        (
            "declaration_wording_frozen_once_published",
            lambda draft: Wording.objects.create(clause=draft.clauses.first(), language="fr", text="Chacun."),
        ),
        ("declaration_wording_frozen_once_published", lambda draft: Wording.objects.all()._raw_delete("default")),
        ("declaration_clause_frozen_once_published", lambda draft: draft.clauses.update(label="9")),
        (
            "declaration_clause_frozen_once_published",
            lambda draft: Clause.objects.create(draft=draft, kind="article", eid="art_9", wid="art_9", position=99),
        ),
        (
            "declaration_draft_published_stays",
            lambda draft: Draft.objects.update(status="preparing", published_at=None),
        ),
        ("declaration_draft_published_stays", lambda draft: Draft.objects.update(ordinal=77)),
        ("declaration_draft_published_stays", lambda draft: Draft.objects.all()._raw_delete("default")),
    ],
)
def test_published_draft_never_changes(promise: str, change: Callable[[Draft], Any]) -> None:
    draft = factories.make_draft()
    before = list(Wording.objects.order_by("pk").values())
    assert promise_broken(lambda: change(draft)) == promise
    assert list(Wording.objects.order_by("pk").values()) == before


def test_draft_in_preparation_changes_freely() -> None:
    draft = factories.make_draft(published=False)
    Wording.objects.update(text="Otherwise.")
    draft.clauses.get(eid="art_2").delete()
    draft.delete()
    assert not Clause.objects.exists()


def test_links_to_elements_stay_open_to_correction() -> None:
    clause = factories.make_draft().clauses.get(eid="art_2")
    element = Element.objects.create(
        code="26a", kind="consideration", position=1, theme={"en": "Reality"}, text={"en": "Look at what is."}
    )
    clause.elements.add(element)
    assert list(element.clauses.all()) == [clause]


def test_clause_stands_below_a_clause_of_its_own_draft() -> None:
    other = factories.make_draft(published=False).clauses.first()
    draft = factories.make_draft(published=False)
    broken = promise_broken(lambda: draft.clauses.filter(eid="art_2").update(parent=other))
    assert broken == "declaration_clause_parent_in_same_draft"


def test_clause_keeps_its_draft() -> None:
    draft, other = factories.make_draft(published=False), factories.make_draft(published=False, clauses=[])
    broken = promise_broken(lambda: draft.clauses.filter(eid="art_2").update(draft=other))
    assert broken == "declaration_clause_frozen_once_published"


def test_two_clauses_never_share_a_place() -> None:
    draft = factories.make_draft(published=False)

    def collide() -> None:
        draft.clauses.filter(eid="art_2").update(position=1)
        connection.check_constraints()

    assert promise_broken(collide) == "declaration_clause_one_per_position"


def test_clauses_can_trade_places_within_a_transaction() -> None:
    draft = factories.make_draft(published=False)
    with transaction.atomic():
        draft.clauses.filter(eid="art_1").update(position=6)
        draft.clauses.filter(eid="art_2").update(position=3)
    assert draft.clauses.get(eid="art_2").position == 3


class TestDescent:
    def drafts(self) -> tuple[Draft, Draft]:
        older = factories.make_draft()
        newer = factories.make_draft(declaration=older.declaration, supersedes=older, published=False)
        return older, newer

    def test_leads_to_a_later_draft(self) -> None:
        older, newer = self.drafts()
        first, second = older.clauses.get(eid="art_2"), newer.clauses.get(eid="art_2")
        Descent.objects.create(ancestor=first, descendant=second, kind="same")
        broken = promise_broken(lambda: Descent.objects.create(ancestor=second, descendant=first, kind="same"))
        assert broken in {"declaration_descent_to_later_draft", "declaration_descent_frozen_once_published"}

    def test_stays_within_a_declaration(self) -> None:
        older = factories.make_draft()
        stranger = factories.make_draft(published=False)
        broken = promise_broken(
            lambda: Descent.objects.create(
                ancestor=older.clauses.first(), descendant=stranger.clauses.first(), kind="same"
            )
        )
        assert broken == "declaration_descent_to_later_draft"

    def test_is_settled_by_publication(self) -> None:
        older, newer = self.drafts()
        Descent.objects.create(
            ancestor=older.clauses.get(eid="art_2"), descendant=newer.clauses.get(eid="art_2"), kind="same"
        )
        Draft.objects.filter(pk=newer.pk).update(status="published", published_at=timezone.now())
        broken = promise_broken(lambda: Descent.objects.update(kind="moved"))
        assert broken == "declaration_descent_frozen_once_published"

    def test_is_said_once_a_pair_and_with_a_share(self) -> None:
        older, newer = self.drafts()
        pair = {"ancestor": older.clauses.get(eid="art_2"), "descendant": newer.clauses.get(eid="art_2")}
        assert (
            promise_broken(lambda: Descent.objects.create(**pair, kind="same", confidence=1.5))
            == "declaration_descent_confidence_in_range"
        )
        Descent.objects.create(**pair, kind="same")
        assert (
            promise_broken(lambda: Descent.objects.create(**pair, kind="moved")) == "declaration_descent_one_per_pair"
        )


def test_every_change_leaves_an_event_that_nothing_changes() -> None:
    resolution = factories.make_resolution()
    Resolution.objects.filter(pk=resolution.pk).update(vote_for=1, vote_against=2, vote_abstaining=3)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM declaration_resolution WHERE id = %s", [resolution.pk])
    kept = Resolution.pgh_event_models["update"].objects.filter(pgh_obj_id=resolution.pk).order_by("pgh_id")
    assert [event.pgh_label for event in kept] == ["insert", "update", "delete"]
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        kept.update(vote_for=9)
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        kept._raw_delete("default")
