"""Who may do what, and when: tables of actor, phase and verb."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations import rules
from consultations.models import Call, Submission
from tests import factories

pytestmark = pytest.mark.django_db

ACTORS = ["anonymous", "outsider", "observer", "contributor", "focal_point", "staff", "inactive focal_point"]


def actor(name: str, submission: Submission) -> object:
    match name:
        case "anonymous":
            return AnonymousUser()
        case "outsider":
            return factories.make_member(factories.make_delegation())
        case "staff":
            return factories.make_staff()
        case "inactive focal_point":
            return factories.make_member(submission.delegation, "focal_point", is_active=False)
        case role:
            return factories.make_member(submission.delegation, role)


@pytest.mark.parametrize(
    ("who", "writes", "clears", "submits", "sees_the_author"),
    [
        ("anonymous", False, False, False, False),
        ("outsider", False, False, False, False),
        ("observer", False, False, False, True),
        ("contributor", True, False, False, True),
        ("focal_point", True, True, True, True),
        ("staff", False, False, False, True),
        ("inactive focal_point", False, False, False, False),
    ],
)
def test_what_each_may_do_with_a_submission(
    who: str, writes: bool, clears: bool, submits: bool, sees_the_author: bool
) -> None:
    submission = factories.make_submission(consents_to_attribution=False)
    user, now = actor(who, submission), timezone.now()
    assert rules.can_write(user, submission, at=now) is writes
    assert rules.can_clear(user, submission) is clears
    assert rules.can_submit(user, submission, at=now) is submits
    assert rules.can_see_author(user, submission) is sees_the_author
    assert rules.can_withdraw(user, submission) is False


@pytest.mark.parametrize(
    ("status", "writes", "clears", "submits", "withdraws"),
    [
        ("draft", True, True, True, False),
        ("cleared", False, True, True, False),
        ("submitted", False, False, False, True),
        ("superseded", False, False, False, False),
        ("withdrawn", False, False, False, False),
    ],
)
def test_what_a_focal_point_may_do_by_status(
    status: str, writes: bool, clears: bool, submits: bool, withdraws: bool
) -> None:
    submission = factories.make_submission()
    user, now = factories.focal_point(submission.delegation), timezone.now()
    submission.status = status
    assert rules.can_write(user, submission, at=now) is writes
    assert rules.can_clear(user, submission) is clears
    assert rules.can_submit(user, submission, at=now) is submits
    assert rules.can_withdraw(user, submission) is withdraws


@pytest.mark.parametrize(
    ("status", "after_opening", "late", "takes"),
    [
        ("preparing", dt.timedelta(hours=1), False, False),
        ("open", -dt.timedelta(seconds=1), False, False),
        ("open", dt.timedelta(0), False, True),
        ("open", dt.timedelta(days=2) - dt.timedelta(microseconds=1), False, True),
        ("open", dt.timedelta(days=2), False, False),
        ("open", dt.timedelta(days=2), True, True),
        ("open", -dt.timedelta(seconds=1), True, False),
        ("archived", dt.timedelta(days=2), True, False),
    ],
)
def test_when_a_call_takes_filings(status: str, after_opening: dt.timedelta, late: bool, takes: bool) -> None:
    opens_at = timezone.now()
    call = Call(status=status, opens_at=opens_at, closes_at=opens_at + dt.timedelta(days=2), takes_late=late)
    assert rules.takes_filing(call, at=opens_at + after_opening) is takes


@pytest.mark.parametrize(
    ("party", "audience", "answers"),
    [
        ("member", ["member_states"], True),
        ("member", ["observer_states", "groups", "stakeholders"], False),
        ("observer", ["observer_states"], True),
        ("observer", ["member_states"], False),
        ("group", ["groups"], True),
        ("group", ["member_states"], False),
        ("stakeholder", ["stakeholders"], True),
        ("stakeholder", ["member_states", "observer_states", "groups"], False),
        ("stakeholder", ["invited"], False),
        ("invited stakeholder", ["invited"], True),
        ("invited stakeholder", ["member_states"], False),
    ],
)
def test_who_may_answer_a_call(party: str, audience: list[str], answers: bool) -> None:
    parties = {
        "member": lambda: factories.make_state("XAA"),
        "observer": lambda: factories.make_state("VAT", m49="336", status="observer_state"),
        "group": factories.make_group,
        "stakeholder": factories.make_stakeholder,
        "invited stakeholder": factories.make_stakeholder,
    }
    delegation = factories.make_delegation(parties[party]())
    call = factories.make_call(audience=audience)
    if party.startswith("invited"):
        call.invited.add(delegation)
    assert rules.is_answerable_by(call, delegation) is answers


@pytest.mark.parametrize(
    ("rule", "days_to_closing", "answerable"),
    [
        ("as_received", 1, True),
        ("not_published", 1, True),
        ("together_after_closing", 1, False),
        ("together_after_closing", -1, True),
    ],
)
def test_staff_answer_what_they_may_read(rule: str, days_to_closing: int, answerable: bool) -> None:
    now = timezone.now()
    call = factories.make_call(
        publication_rule=rule, opens_at=now - dt.timedelta(days=9), closes_at=now + dt.timedelta(days=days_to_closing)
    )
    comment = factories.make_filed_comment(call)
    assert rules.can_answer(factories.make_staff(), comment, at=now) is answerable
    assert rules.can_answer(factories.focal_point(comment.submission.delegation), comment, at=now) is False
    assert rules.can_answer(AnonymousUser(), comment, at=now) is False
