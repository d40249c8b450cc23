"""A whole call among demonstration States, driven through the services from its opening to the replies.

Forty delegations: thirty-two States, two groups with delegations of their own, six organizations; a third group speaks
through one of its members. Everything that is chosen is drawn from a seeded generator, so that a run can be repeated.
"""

import datetime as dt
import random
from dataclasses import dataclass, field

from django.utils import timezone

from consultations import services
from consultations.models import (
    Call,
    Comment,
    CoSponsor,
    Delegation,
    Disposition,
    Membership,
    Reply,
    Submission,
    User,
)
from consultations.services import sponsors
from declaration.models import Draft, Group, GroupMembership, State
from tests import factories

STATES, ORGANIZATIONS = 32, 6
POSITIONS = Comment.Position.values
DECISIONS = Disposition.Decision.values
ON = ("preamble__rec_1", "art_1__para_1", "art_1__para_1__subpara_a", "art_2")


@dataclass
class WholeCall:
    """The call and who took part; each step is a method, in the order in which they are taken."""

    seed: int = 7
    draft: Draft = field(default_factory=factories.make_draft)
    delegations: list[Delegation] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - drawn to be repeated, and nothing is guarded by it
        self.opens_at = timezone.now() - dt.timedelta(days=30)
        self.closes_at = timezone.now() - dt.timedelta(days=2)
        self.staff = [factories.make_staff() for _ in range(2)]
        self.states = [factories.make_state() for _ in range(STATES)]
        self.of_states = [factories.make_delegation(state) for state in self.states]
        self.of_organizations = [factories.make_delegation(factories.make_stakeholder()) for _ in range(ORGANIZATIONS)]
        self._form_groups()
        self.delegations = [*self.of_states, *self.of_groups, *self.of_organizations]
        self.clauses = {clause.eid: clause for clause in self.draft.clauses.all()}

    def _form_groups(self) -> None:
        """Make three groups: the first lost a member before the call and gains one after it; the last shares a member."""
        self.groups = [factories.make_group(f"whole-call-{number}") for number in range(3)]
        for group, members in zip(self.groups, (self.states[:10], self.states[10:18], self.states[17:24]), strict=True):
            for state in members:
                GroupMembership.objects.create(group=group, state=state, joined_on=dt.date(2001, 1, 1))
        day = self.opens_at.date()
        self.left, self.joined_later = self.states[30], self.states[31]
        GroupMembership.objects.create(
            group=self.groups[0],
            state=self.left,
            joined_on=dt.date(2001, 1, 1),
            left_on=day - dt.timedelta(days=1),
        )
        GroupMembership.objects.create(group=self.groups[0], state=self.joined_later, joined_on=timezone.localdate())
        self.of_groups = [factories.make_delegation(group) for group in self.groups[:2]]

    def day(self, number: int) -> dt.datetime:
        """The moment so many days after the opening."""
        return self.opens_at + dt.timedelta(days=number)

    def open(self) -> Call:
        """Prepare and open a sealed call that takes late filings and has its answers read by a second person."""
        self.call = services.create_call(
            draft=self.draft,
            title={"en": "A whole call"},
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            audience=["member_states", "groups", "stakeholders"],
            languages=["en", "ar"],
            publication_rule=Call.PublicationRule.TOGETHER_AFTER_CLOSING,
            takes_late=True,
            needs_second_reader=True,
        )
        self.call = services.open_call(call=self.call, at=self.opens_at)
        return self.call

    def write(self, delegation: Delegation, *, at: dt.datetime, group: Group | None = None) -> Submission:
        """Let a contributor write comments, and the focal point clear them; what is written is drawn by chance."""
        focal_point = factories.focal_point(delegation)
        contributor = delegation.memberships.filter(role=Membership.Role.CONTRIBUTOR).first()
        writer = contributor.user if contributor else factories.make_member(delegation, Membership.Role.CONTRIBUTOR)
        submission = services.start_submission(call=self.call, delegation=delegation, user=writer, at=at)
        for comment in submission.comments.all():
            services.delete_comment(comment=comment, user=focal_point, expected_revision=comment.revision, at=at)
        submission.refresh_from_db()
        services.describe_submission(
            submission=submission,
            user=writer,
            expected_revision=submission.revision,
            general_comment=f"What {delegation.key} says in general.",
            language="en",
            consents_to_attribution=delegation != self.of_states[29],
            consents_to_publication=delegation != self.of_states[28],
            on_behalf_of=group,
            at=at,
        )
        for eid in self.chance.sample(ON, self.chance.randint(1, len(ON))):
            comment = services.add_comment(
                submission=submission,
                user=writer,
                clause=self.clauses[eid],
                position=self.chance.choice(POSITIONS),
                rationale=f"{delegation.key} on {eid}: {self.chance.random()}.",
                at=at,
            )
            services.mark_ready(comment=comment, user=writer)
            services.clear_comment(comment=comment, user=focal_point)
        submission.refresh_from_db()
        return services.clear_submission(submission=submission, user=focal_point)

    def file(self, submission: Submission, *, at: dt.datetime) -> Submission:
        """Submit what was cleared."""
        return services.submit_submission(
            submission=submission, user=factories.focal_point(submission.delegation), at=at
        )

    def file_all(self) -> None:
        """Let thirty-seven delegations file in time, and one late; two never do.

        The first State files again, the second withdraws, a member of the third group speaks for it.
        """
        silent = {self.of_states[2].pk, self.of_organizations[-1].pk}
        self.late = self.of_states[3]
        for number, delegation in enumerate(self.delegations):
            if delegation.pk in silent or delegation == self.late:
                continue
            group = delegation.group
            if delegation == self.of_states[20]:
                group = self.groups[2]
            at = self.day(1 + number % 20)
            submission = self.write(delegation, at=at, group=group)
            if delegation == self.of_states[5]:
                self._ask_co_sponsors(submission, at=at)
            self.file(submission, at=at + dt.timedelta(hours=1))
        self._file_again()
        self._withdraw()
        self.answer_co_sponsors()
        at = self.closes_at + dt.timedelta(hours=5)
        self.file(self.write(self.late, at=at), at=at)

    def _ask_co_sponsors(self, submission: Submission, *, at: dt.datetime) -> None:
        self.asked = [self.of_states[2], self.of_states[24], self.of_states[25], self.of_states[26]]
        for delegation in self.asked:
            sponsors.ask_co_sponsor(
                submission=submission, delegation=delegation, user=factories.focal_point(submission.delegation), at=at
            )

    def answer_co_sponsors(self) -> None:
        """Of the four who were asked two join and stay, one joins and leaves, one declines."""
        at = self.day(22)
        steps = {0: [sponsors.join], 1: [sponsors.join], 2: [sponsors.join, sponsors.leave], 3: [sponsors.decline]}
        for number, verbs in steps.items():
            for verb in verbs:
                row = CoSponsor.objects.get(delegation=self.asked[number])
                verb(co_sponsor=row, user=factories.focal_point(self.asked[number]), at=at)

    def _file_again(self) -> None:
        at = self.day(24)
        self.file(self.write(self.of_states[0], at=at), at=at)

    def _withdraw(self) -> None:
        standing = Submission.objects.get(delegation=self.of_states[1], status=Submission.Status.SUBMITTED)
        services.withdraw_submission(submission=standing, user=factories.focal_point(self.of_states[1]))

    def answer(self) -> None:
        """Answer four of five comments; one of the staff proposes, the other reviews, and what was reviewed is published."""
        proposer, reviewer = self.staff
        comments = list(Comment.objects.filed_for_staff().filter(submission__call=self.call).order_by("pk"))
        for comment in comments:
            if self.chance.random() < 0.2:
                continue
            answered = services.answer_comment(
                comment=comment,
                user=proposer,
                decision=self.chance.choice(DECISIONS),
                reason=f"Seen: {comment.pk}.",
                resulting_clause=comment.clause,
            )
            if self.chance.random() < 0.9:
                reviewed = services.review_disposition(
                    disposition=answered, user=reviewer, expected_revision=answered.revision
                )
                services.publish_dispositions(dispositions=[reviewed], user=reviewer)

    def reply(self) -> None:
        """Let half of the commenters say whether they are satisfied."""
        for disposition in Disposition.objects.published().filter(comment__submission__call=self.call):
            if self.chance.random() < 0.5:
                continue
            satisfied = self.chance.random() < 0.5
            services.reply(
                disposition=disposition,
                user=self._speaker(disposition.comment.submission.delegation),
                verdict=Reply.Verdict.SATISFIED if satisfied else Reply.Verdict.MAINTAINS,
                reason="" if satisfied else "We keep to it.",
                language="en",
            )

    def _speaker(self, delegation: Delegation) -> User:
        return factories.focal_point(delegation)


def members_at(group: Group, day: dt.date) -> set[str]:
    """The members of a group on a day, by their codes."""
    rows = GroupMembership.objects.filter(group=group).values_list("state__alpha3", "joined_on", "left_on")
    return {code for code, joined, left in rows if (joined is None or joined <= day) and (left is None or left > day)}


def codes(states: list[State]) -> set[str]:
    """Their codes."""
    return {state.alpha3 for state in states}
