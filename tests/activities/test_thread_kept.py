"""What is kept of the thread: nothing that changed is told again, and what did not change is not read again."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from activities.models import Activity
from activities.thread import public
from activities.thread.asking import ThreadForm
from activities.thread.public import MOST_KEPT, find_public_gaps, read_public
from consultations.models import Call
from tests import factories
from tests.activities.thread_record import Made, make_record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made() -> Made:
    """Two strands."""
    return make_record(2)


def asked(limit: int = 50, **given: str) -> set[str]:
    """The names of what everybody is told that asks so."""
    form = ThreadForm(given)
    assert form.is_valid()
    thread = read_public(form, limit=limit)
    assert thread is not None
    return {node.key for node in thread.nodes}


def count_queries(**asking: Any) -> int:
    """How many questions the database is asked for it."""
    with CaptureQueriesContext(connection) as queries:
        asked(**asking)
    return len(queries)


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is written in the cluster, as other tests do at the same time."""
    monkeypatch.setattr(public, "name_snapshot", lambda: "700:700:")


def test_what_did_not_change_is_not_read_again(made: Made, unchanged: None) -> None:
    first = asked()
    # 1 the resolutions and 2 the phases of the form, 3 the public submissions
    assert count_queries() == 3
    assert asked() == first


def test_a_change_is_another_state(made: Made) -> None:
    before = public.name_snapshot()
    Activity.objects.create(slug="forum", kind="panel", name={"en": "Forum"})
    assert public.name_snapshot() != before


def test_a_change_shows_at_once(made: Made) -> None:
    before = asked()
    Activity.objects.create(slug="forum", kind="panel", name={"en": "Forum"})
    assert asked() == before | {"activity:forum"}
    Activity.objects.get(slug="forum").delete()
    assert asked() == before


def test_what_is_not_committed_is_kept_by_nobody(made: Made) -> None:
    before = asked()
    with transaction.atomic():
        Activity.objects.create(slug="forum", kind="panel", name={"en": "Forum"})
        assert "activity:forum" in asked()
        transaction.set_rollback(True)
    assert asked() == before


def test_each_question_and_each_language_has_its_own(made: Made) -> None:
    assert asked(resolution=made.strands[0].resolution.slug) != asked()
    with translation.override("en"):
        english = [gap.label for gap in find_public_gaps()]
    with translation.override("ar"):
        assert [gap.label for gap in find_public_gaps()] != english


def test_large_answers_are_read_each_time(made: Made, unchanged: None) -> None:
    asked(limit=MOST_KEPT)
    asked(limit=MOST_KEPT + 1)
    assert count_queries(limit=MOST_KEPT + 1) > count_queries(limit=MOST_KEPT) == 3


def test_what_a_call_releases_by_its_end_shows_at_once(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    call = factories.make_call(made.draft, publication_rule=Call.PublicationRule.TOGETHER_AFTER_CLOSING)
    comment = factories.make_filed_comment(call, clause=made.strands[0].clause)
    assert f"comment:{comment.pk}" not in asked()
    later = call.closes_at + dt.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert f"comment:{comment.pk}" in asked()
