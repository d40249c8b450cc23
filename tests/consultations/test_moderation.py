"""What stakeholders filed is held with a published reason; nothing is deleted, and the trace is there for everyone."""

import datetime as dt

import pgtrigger
import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from consultations import services
from consultations.models import Comment, Disposition, Hold, Submission
from consultations.public_counts import PublicCounts
from declaration.errors import Refused
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db

REASON = "It names a person who did not agree to it."


def stakeholder_comment(call=None, party=None, **fields) -> Comment:
    return factories.make_filed_comment(
        call, factories.make_delegation(party or factories.make_stakeholder()), **fields
    )


def hold(staff=None, **on) -> Hold:
    return services.hold(user=staff or factories.make_staff(), reason=REASON, language="en", **on)


def test_a_held_filing_is_read_by_its_people_and_by_staff_only() -> None:
    comment = stakeholder_comment()
    answer = factories.make_answer(comment)
    filing = comment.submission
    placed = hold(submission=filing)
    for queryset in (Submission.objects, Comment.objects, Disposition.objects):
        assert not queryset.public().exists()
        assert not queryset.visible_to(AnonymousUser()).exists()
        assert not queryset.visible_to(factories.make_member(factories.make_delegation())).exists()
        assert queryset.visible_to(factories.focal_point(filing.delegation)).exists()
        assert queryset.visible_to(answer.decided_by).exists()
    assert list(Comment.objects.filed_for_staff()) == [comment]
    assert list(Submission.objects.held()) == [filing]
    assert list(Hold.objects.public()) == [placed]
    services.lift_hold(hold=placed, user=answer.decided_by)
    assert list(Submission.objects.public()) == [filing]
    assert list(Comment.objects.public()) == [comment]
    assert not Submission.objects.held().exists()
    assert list(Hold.objects.public()) == [placed]


def test_one_comment_is_held_and_the_others_stay() -> None:
    submission = factories.make_submission(delegation=factories.make_delegation(factories.make_stakeholder()))
    first, second = factories.make_comment(submission), factories.make_comment(submission, rationale="Another reason.")
    factories.file_submission(submission)
    before = PublicCounts().by_draft()
    answer = factories.make_answer(first)
    placed = hold(comment=first)
    assert list(Comment.objects.public()) == [second]
    assert list(Comment.objects.held()) == [first]
    assert list(Submission.objects.public()) == [submission]
    assert not Disposition.objects.public().exists()
    assert [each.comment_count for each in Submission.objects.public().count_comments()] == [1]
    assert [each.comment_count for each in Submission.objects.count_comments(also_held=True)] == [2]
    # What was counted before is not taken for what is public now.
    draft = submission.call.draft_id
    assert (before[draft], PublicCounts().by_draft()[draft]) == (2, 1)
    services.lift_hold(hold=placed, user=answer.decided_by)
    assert PublicCounts().by_draft()[draft] == 2


def test_filing_the_same_again_does_not_undo_a_hold() -> None:
    comment = stakeholder_comment()
    delegation, call = comment.submission.delegation, comment.submission.call
    staff = factories.make_staff()
    hold(staff, submission=comment.submission)
    again = services.start_submission(call=call, delegation=delegation, user=factories.focal_point(delegation))
    factories.file_submission(again)
    assert not Submission.objects.public().exists()
    current = Hold.objects.active().get(submission=again)
    assert (current.reason, current.placed_by) == (REASON, staff)
    # Once it was lifted, the next filing is not held for what was before.
    services.lift_hold(hold=current, user=staff)
    third = services.start_submission(call=call, delegation=delegation, user=factories.focal_point(delegation))
    factories.file_submission(third)
    assert list(Submission.objects.public()) == [third]


def test_a_held_comment_that_is_filed_again_is_held_again() -> None:
    comment = stakeholder_comment()
    hold(comment=comment)
    delegation = comment.submission.delegation
    again = services.start_submission(
        call=comment.submission.call, delegation=delegation, user=factories.focal_point(delegation)
    )
    new = factories.make_comment(again, rationale="A new reason.")
    factories.file_submission(again)
    assert [each.pk for each in Comment.objects.public()] == [new.pk]


def test_a_call_that_holds_stakeholders_holds_them_at_filing_and_nobody_else() -> None:
    call = factories.make_call(holds_stakeholders=True)
    held = stakeholder_comment(call).submission
    stands = factories.make_filed_comment(call).submission
    assert list(Submission.objects.public()) == [stands]
    placed = Hold.objects.get()
    assert (placed.submission, placed.placed_by, placed.is_automatic) == (held, None, True)
    services.lift_hold(hold=placed, user=factories.make_staff())
    assert set(Submission.objects.public()) == {held, stands}


def test_nothing_of_a_sealed_call_is_held_by_staff_or_told() -> None:
    call = factories.make_call(publication_rule="together_after_closing", holds_stakeholders=True)
    filing = stakeholder_comment(call).submission
    staff = factories.make_staff()
    assert not Hold.objects.public().exists()
    assert not Hold.objects.for_staff().exists()
    with pytest.raises(Refused) as refused:
        services.lift_hold(hold=Hold.objects.get(), user=staff)
    assert refused.value.code == "not_holdable"
    with pytest.raises(Refused) as refused:
        hold(staff, submission=filing)
    assert refused.value.code == "not_holdable"
    later = call.closes_at + dt.timedelta(seconds=1)
    assert Hold.objects.public(at=later).exists()
    services.lift_hold(hold=Hold.objects.get(), user=staff, at=later)


@pytest.mark.parametrize("kind", ["state", "group"])
def test_what_states_and_groups_filed_is_never_held(kind: str) -> None:
    party = factories.make_state() if kind == "state" else factories.make_group()
    filing = factories.make_filed_comment(None, factories.make_delegation(party)).submission
    with pytest.raises(Refused) as refused:
        hold(submission=filing)
    assert refused.value.code == "not_holdable"
    staff = factories.make_staff()
    values = {"reason": REASON, "language": "en", "placed_by": staff, "placed_at": timezone.now()}
    broken = promise_broken(lambda: Hold.objects.create(submission=filing, **values))
    assert broken == "consultations_hold_on_stakeholder"


def test_who_holds_and_with_what() -> None:
    comment = stakeholder_comment()
    filing = comment.submission
    for user in (AnonymousUser(), factories.focal_point(filing.delegation)):
        with pytest.raises(Refused) as refused:
            hold(user, submission=filing)
        assert refused.value.code == "not_staff"
    staff = factories.make_staff()
    with pytest.raises(Refused) as refused:
        services.hold(submission=filing, user=staff, reason="  ", language="en")
    assert (refused.value.code, refused.value.field) == ("reason_missing", "reason")
    placed = hold(staff, submission=filing)
    with pytest.raises(Refused) as refused:
        hold(staff, submission=filing)
    assert refused.value.code == "already_held"
    with pytest.raises(Refused):
        services.lift_hold(hold=placed, user=factories.focal_point(filing.delegation))
    services.lift_hold(hold=placed, user=staff)
    with pytest.raises(Refused) as refused:
        services.lift_hold(hold=placed, user=staff)
    assert refused.value.code == "hold_lifted"


def test_a_hold_is_lifted_once_and_never_removed_or_changed() -> None:
    placed = hold(comment=stakeholder_comment())
    rows = Hold.objects.filter(pk=placed.pk)
    name = "consultations_hold_on_stakeholder"
    assert promise_broken(placed.delete) == name
    assert promise_broken(lambda: rows.update(reason="Another.")) == name
    services.lift_hold(hold=placed, user=factories.make_staff())
    assert promise_broken(lambda: rows.update(lifted_at=None, lifted_by=None)) == name
    with pgtrigger.ignore("consultations.Hold:on_stakeholder"):
        assert promise_broken(lambda: rows.update(lifted_by=None)) == "consultations_hold_lifted_when_and_by_whom"
        assert promise_broken(lambda: rows.update(reason="")) == "consultations_hold_with_reason"
        assert promise_broken(lambda: rows.update(comment=None)) == "consultations_hold_on_one_thing"


def test_there_is_one_hold_at_a_time() -> None:
    comment = stakeholder_comment()
    hold(comment=comment)
    hold(submission=comment.submission)
    values = {"reason": REASON, "language": "en", "placed_at": timezone.now()}
    assert promise_broken(lambda: Hold.objects.create(comment=comment, **values)) == "consultations_hold_one_a_comment"
    again = promise_broken(lambda: Hold.objects.create(submission=comment.submission, **values))
    assert again == "consultations_hold_one_a_submission"


def test_what_several_stakeholders_say_in_the_same_words_is_counted_once_and_told() -> None:
    call = factories.make_call()
    same = [stakeholder_comment(call, rationale="Solidarity now!") for _ in range(3)]
    stakeholder_comment(call, rationale="Something else.")
    for _ in range(2):
        factories.make_filed_comment(call, rationale="Solidarity now!")
    clause = same[0].clause_id
    assert PublicCounts().by_target(call.draft) == {clause: {"supports": 4}}
    assert PublicCounts().by_draft() == {call.draft_id: 4}
    [row] = Comment.objects.public().repeated()
    assert (row["first"], row["times"], row["submission__call"]) == (same[0].pk, 3, call.pk)
