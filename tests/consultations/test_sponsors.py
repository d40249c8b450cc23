"""Groups that are spoken for, co-sponsors who join and leave, and letters that staff enter."""

import datetime as dt

import pytest
from django.utils import timezone

from consultations import services
from consultations.models import Comment, CoSponsor, Membership, Notice, Submission
from consultations.services import letters, sponsors
from consultations.services.groups import members_at
from declaration.models import GroupMembership
from tests import factories
from tests.promises import promise_broken
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


class TestGroups:
    @pytest.mark.parametrize(
        ("joined", "left", "is_member"),
        [
            (None, None, True),
            (dt.date(2013, 6, 1), None, True),
            (dt.date(2013, 6, 2), None, False),
            (None, dt.date(2013, 6, 1), False),
            (None, dt.date(2013, 6, 2), True),
            (dt.date(2001, 1, 1), dt.date(2010, 1, 1), False),
        ],
    )
    def test_members_on_a_day(self, joined, left, is_member):
        group, state = factories.make_group(), factories.make_state()
        GroupMembership.objects.create(group=group, state=state, joined_on=joined, left_on=left)
        assert members_at(group, dt.date(2013, 6, 1)) == ([state.alpha3] if is_member else [])

    def describe(self, submission, group):
        return services.describe_submission(
            submission=submission,
            user=factories.focal_point(submission.delegation),
            expected_revision=submission.revision,
            general_comment="We speak for all of us.",
            language="en",
            consents_to_attribution=True,
            consents_to_publication=True,
            on_behalf_of=group,
        )

    def test_a_member_speaks_for_its_group_as_it_is_at_filing(self):
        group, submission = factories.make_group(), factories.make_submission()
        others = [factories.make_state() for _ in range(2)]
        for state in (submission.delegation.state, *others):
            GroupMembership.objects.create(group=group, state=state)
        submission = self.describe(submission, group)
        GroupMembership.objects.filter(state=others[0]).update(left_on=submission.call.opens_at.date())
        filed = factories.file_submission(submission)
        expected = sorted([submission.delegation.state.alpha3, others[1].alpha3])
        assert (filed.on_behalf_of, filed.group_members) == (group, expected)
        GroupMembership.objects.all().delete()
        filed.refresh_from_db()
        assert filed.group_members == expected

    def test_nobody_speaks_for_a_group_that_it_does_not_belong_to(self):
        group, submission = factories.make_group(), factories.make_submission()
        assert refusal(self.describe, submission=submission, group=group).code == "not_of_group"
        organization = factories.make_submission(delegation=factories.make_delegation(factories.make_stakeholder()))
        assert refusal(self.describe, submission=organization, group=group).code == "not_of_group"

    def test_who_left_the_group_meanwhile_does_not_file_for_it(self):
        group, submission = factories.make_group(), factories.make_submission()
        GroupMembership.objects.create(group=group, state=submission.delegation.state)
        submission = self.describe(submission, group)
        GroupMembership.objects.all().delete()
        assert refusal(factories.file_submission, submission=submission).code == "not_of_group"

    def test_a_groups_own_delegation_always_speaks_for_it(self):
        group, state = factories.make_group(), factories.make_state()
        GroupMembership.objects.create(group=group, state=state)
        submission = factories.make_submission(delegation=factories.make_delegation(group), general_comment="Ours.")
        filed = factories.file_submission(submission)
        assert (filed.on_behalf_of, filed.group_members) == (group, [state.alpha3])


@pytest.fixture
def cleared():
    submission = factories.make_submission(general_comment="Join us.")
    return services.clear_submission(submission=submission, user=factories.focal_point(submission.delegation))


@pytest.fixture
def other():
    return factories.make_delegation()


def ask(submission, delegation, **arguments):
    return sponsors.ask_co_sponsor(
        submission=submission, delegation=delegation, user=factories.focal_point(submission.delegation), **arguments
    )


class TestCoSponsors:
    def test_asked_joins_leaves_and_joins_again(self, cleared, other):
        user, asked = factories.focal_point(other), ask(cleared, other)
        assert asked.status == CoSponsor.Status.ASKED
        assert Notice.objects.filter(kind=Notice.Kind.CO_SPONSOR_ASKED, user=user).count() == 1
        for act, status in ((sponsors.join, "joined"), (sponsors.leave, "left"), (sponsors.join, "joined")):
            assert act(co_sponsor=asked, user=user).status == status
        factories.file_submission(cleared)
        assert sponsors.leave(co_sponsor=asked, user=user).status == "left"

    def test_declines(self, cleared, other):
        user, asked = factories.focal_point(other), ask(cleared, other)
        assert refusal(sponsors.leave, co_sponsor=asked, user=user).code == "co_sponsor_not_joined"
        assert sponsors.decline(co_sponsor=asked, user=user).status == "declined"

    def test_only_its_focal_points_answer(self, cleared, other):
        asked = ask(cleared, other)
        contributor = factories.make_member(other, Membership.Role.CONTRIBUTOR)
        assert refusal(sponsors.join, co_sponsor=asked, user=contributor).code == "role_cannot_submit"
        stranger = factories.focal_point(cleared.delegation)
        assert refusal(sponsors.join, co_sponsor=asked, user=stranger).code == "not_your_delegation"

    def test_settled_when_the_call_closes(self, cleared, other):
        asked, at = ask(cleared, other), cleared.call.closes_at
        user = factories.focal_point(other)
        assert refusal(sponsors.join, co_sponsor=asked, user=user, at=at).code == "co_sponsors_settled"
        assert (
            refusal(ask, submission=cleared, delegation=factories.make_delegation(), at=at).code
            == "co_sponsors_settled"
        )

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"consents_to_attribution": False}, "submission_not_attributed"),
            ({"status": Submission.Status.DRAFT}, "submission_not_cleared"),
        ],
    )
    def test_not_asked(self, cleared, other, change, code):
        Submission.objects.filter(pk=cleared.pk).update(**change)
        assert refusal(ask, submission=cleared, delegation=other).code == code

    def test_not_asked_twice_nor_itself_nor_outside_the_call(self, cleared, other):
        ask(cleared, other)
        assert refusal(ask, submission=cleared, delegation=other).code == "co_sponsor_asked"
        assert refusal(ask, submission=cleared, delegation=cleared.delegation).code == "co_sponsor_unfit"
        cleared.call.audience = ["stakeholders"]
        cleared.call.save()
        assert refusal(ask, submission=cleared, delegation=factories.make_delegation()).code == "not_in_audience"

    def test_a_text_that_goes_back_to_writing_is_asked_about_anew(self, cleared, other):
        asked = ask(cleared, other)
        sponsors.join(co_sponsor=asked, user=factories.focal_point(other))
        services.return_submission(submission=cleared, user=factories.focal_point(cleared.delegation))
        asked.refresh_from_db()
        assert (asked.status, asked.answered_by, asked.answered_at) == ("asked", None, None)
        user = factories.focal_point(other)
        assert refusal(sponsors.join, co_sponsor=asked, user=user).code == "submission_not_cleared"

    def test_the_next_filing_asks_the_same_again(self, cleared, other):
        asked = ask(cleared, other)
        sponsors.join(co_sponsor=asked, user=factories.focal_point(other))
        factories.file_submission(cleared)
        user = factories.focal_point(cleared.delegation)
        following = services.start_submission(call=cleared.call, delegation=cleared.delegation, user=user)
        assert [(each.delegation, each.status) for each in following.co_sponsors.all()] == [(other, "asked")]

    def test_taken_back_while_nothing_is_filed(self, cleared, other):
        user, asked = factories.focal_point(cleared.delegation), ask(cleared, other)
        sponsors.take_back(co_sponsor=asked, user=user)
        assert not cleared.co_sponsors.exists()
        asked = ask(cleared, other)
        factories.file_submission(cleared)
        assert refusal(sponsors.take_back, co_sponsor=asked, user=user).code == "submission_filed"

    def test_promises(self, cleared, other):
        asked = ask(cleared, other)
        rows, name = CoSponsor.objects.filter(pk=asked.pk), "consultations_cosponsor_settled_at_closing"
        assert promise_broken(lambda: rows.update(delegation=cleared.delegation)) == name
        assert promise_broken(lambda: rows.update(delegation=factories.make_delegation())) == name
        assert promise_broken(lambda: rows.update(status="joined")) == (
            "consultations_cosponsor_answered_when_and_by_whom"
        )
        factories.file_submission(cleared)
        assert promise_broken(rows.delete) == name
        Submission.objects.filter(pk=cleared.pk).update(status=Submission.Status.WITHDRAWN)
        user = factories.focal_point(other)
        joined = {"status": "joined", "answered_by": user, "answered_at": timezone.now()}
        assert promise_broken(lambda: rows.update(**joined)) == name


class TestLetters:
    @pytest.fixture
    def staff(self):
        return factories.make_staff()

    @pytest.fixture
    def call(self):
        now = timezone.now()
        return factories.make_call(opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(days=10))

    def start(self, call, delegation, staff, *, days_after_closing=-3, **arguments):
        day = call.closes_at.date() + dt.timedelta(days=days_after_closing)
        return letters.start_letter(call=call, delegation=delegation, user=staff, received_on=day, **arguments)

    def file(self, letter, staff):
        comment = services.add_comment(
            submission=letter, user=staff, clause=letter.call.draft.clauses.get(eid="art_2"), rationale="As they wrote."
        )
        assert comment.clearance == Comment.Clearance.CLEARED
        consents = {"consents_to_publication": True, "consents_to_attribution": True}
        return services.submit_submission(submission=letter, user=staff, consents=consents)

    def test_is_entered_and_marked_as_such(self, call, other, staff):
        letter = self.file(self.start(call, other, staff), staff)
        assert (letter.source, letter.is_late, letter.submitted_by) == ("letter", False, staff)
        assert Submission.objects.public().get() == letter
        assert letter.receipt.position == 1

    def test_late_by_the_day_on_which_it_came(self, call, other, staff):
        late = self.start(call, other, staff, days_after_closing=1)
        assert refusal(self.file, letter=late, staff=staff).code == "call_closed"
        call.takes_late = True
        call.save()
        letter = self.start(call, other, staff, days_after_closing=1)
        assert services.submit_submission(submission=letter, user=staff).is_late

    @pytest.mark.parametrize(("days", "code"), [(-25, "received_too_early"), (12, "received_ahead")])
    def test_day_that_cannot_be(self, call, other, staff, days, code):
        act = lambda: self.start(call, other, staff, days_after_closing=days)  # noqa: E731
        assert refusal(act).code == code

    def test_nothing_is_entered_while_sealed(self, other, staff):
        call = factories.make_call(publication_rule="together_after_closing")
        assert refusal(lambda: self.start(call, other, staff, days_after_closing=-1)).code == "call_sealed"

    def test_it_never_takes_the_place_of_what_the_delegation_filed(self, other, staff):
        call = factories.make_call(factories.make_draft())
        filed = factories.file_submission(factories.make_submission(call, other, general_comment="Ours."))
        assert refusal(lambda: self.start(call, other, staff, days_after_closing=-1)).code == "delegation_filed"
        filed.refresh_from_db()
        assert filed.status == "submitted"

    def test_a_second_letter_supersedes_the_first(self, call, other, staff):
        first = self.file(self.start(call, other, staff), staff)
        second = self.file(self.start(call, other, staff, days_after_closing=-2), staff)
        first.refresh_from_db()
        assert (first.status, second.supersedes) == ("superseded", first)

    def test_nobody_but_staff_enters_and_reads_what_is_being_entered(self, call, other, staff):
        letter, user = self.start(call, other, staff), factories.focal_point(other)
        assert refusal(lambda: self.start(call, other, user)).code == "not_your_delegation"
        assert refusal(services.submit_submission, submission=letter, user=user).code == "not_your_delegation"
        for reader in (user, staff):
            assert not Submission.objects.visible_to(reader).filter(pk=letter.pk).exists()
        assert not Submission.objects.of_delegations_of(user).exists()
        assert Submission.objects.letters_in_writing().get() == letter

    def test_staff_do_not_touch_what_a_delegation_writes(self, staff):
        submission = factories.make_submission(general_comment="Ours.")
        assert refusal(services.submit_submission, submission=submission, user=staff).code == "not_your_delegation"

    def test_the_delegation_can_withdraw_it(self, call, other, staff):
        letter = self.file(self.start(call, other, staff), staff)
        assert refusal(services.withdraw_submission, submission=letter, user=staff).code == "not_your_delegation"
        assert services.withdraw_submission(submission=letter, user=factories.focal_point(other)).status == "withdrawn"

    def test_a_letter_has_its_day_and_nothing_else_has(self, call, other, staff):
        letter, name = self.start(call, other, staff), "consultations_submission_letter_received_when"
        rows = Submission.objects.filter(pk=letter.pk)
        assert promise_broken(lambda: rows.update(received_on=None)) == name
        assert promise_broken(lambda: rows.update(source="page")) == name
