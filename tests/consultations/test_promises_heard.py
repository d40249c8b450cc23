"""The promises that the database keeps about taking part, early openings and receipts, each broken once."""

import datetime as dt
from typing import Any

import pgtrigger
import pytest
from django.db import connection
from django.utils import timezone

from consultations.models import (
    Call,
    ChainHead,
    CoSponsor,
    EarlyOpening,
    Invitation,
    Membership,
    ParticipationRequest,
    Receipt,
    Submission,
    User,
)
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt() -> Receipt:
    """The only receipt of a call."""
    return Receipt.objects.get(submission=factories.make_filed_comment().submission)


class TestReceipt:
    def test_is_never_changed_or_removed(self, receipt: Receipt) -> None:
        rows = Receipt.objects.filter(pk=receipt.pk)
        assert promise_broken(lambda: rows.update(number="0000")) == "consultations_receipt_kept"
        assert promise_broken(rows.delete) == "consultations_receipt_kept"

    def test_all_of_them_are_not_removed_at_once(self, receipt: Receipt) -> None:
        def empty() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("TRUNCATE consultations_receipt")

        assert promise_broken(empty) == "consultations_receipt_kept"

    @pytest.mark.parametrize(
        "changed",
        [
            {"position": 3},
            {"previous_hash": "0" * 64},
            {"content": "{}"},
            {"chain_hash": "0" * 64},
            {"submission": "unfiled"},
        ],
    )
    def test_is_the_next_link_of_its_chain(self, receipt: Receipt, changed: dict[str, Any]) -> None:
        if changed.get("submission"):
            changed = {"submission": factories.make_submission(receipt.submission.call)}
        assert promise_broken(lambda: self._copy(receipt, **changed)) == "consultations_receipt_linked"

    def test_has_a_place_of_its_own_and_places_are_counted_from_one(self, receipt: Receipt) -> None:
        other = factories.make_submission(receipt.submission.call)
        with pgtrigger.ignore("consultations.Receipt:linked"):
            taken = promise_broken(lambda: self._copy(receipt, submission=other, position=1))
            nought = promise_broken(lambda: self._copy(receipt, submission=other, position=0))
        assert (taken, nought) == ("consultations_receipt_one_a_place", "consultations_receipt_counted_from_one")

    def _copy(self, receipt: Receipt, **changed: Any) -> None:
        copy = Receipt.objects.get(pk=receipt.pk)
        copy.pk, copy.number, copy.position = None, "1111-1111", 2
        for name, value in changed.items():
            setattr(copy, name, value)
        copy.save(force_insert=True)

    def test_head_of_its_chain_moves_on_by_one_link_and_is_never_removed(self, receipt: Receipt) -> None:
        head = ChainHead.objects.filter(call=receipt.call)
        for breaking in (head.delete, lambda: head.update(length=5), lambda: head.update(length=1)):
            assert promise_broken(breaking) == "consultations_chainhead_grows"
        # One link on, where there is none.
        assert promise_broken(lambda: head.update(length=2)) == "consultations_chainhead_grows"


class TestEarlyOpening:
    def make(self, **fields: Any) -> EarlyOpening:
        call = factories.make_call(publication_rule="together_after_closing")
        values = {"reason": "A court asked.", "language": "en", "asked_by": factories.make_staff()}
        return EarlyOpening.objects.create(call=call, asked_at=timezone.now(), **values | fields)

    def test_takes_two_people(self) -> None:
        staff, now = factories.make_staff(), timezone.now()
        alone = {"asked_by": staff, "confirmed_by": staff, "confirmed_at": now}
        assert promise_broken(lambda: self.make(**alone)) == "consultations_earlyopening_two_people"
        opening = self.make()
        unconfirmed = Call.objects.filter(pk=opening.call_id)
        broken = promise_broken(lambda: unconfirmed.update(opened_early_at=now))
        assert broken == "consultations_call_opened_early_by_two"

    def test_has_a_reason(self) -> None:
        assert promise_broken(lambda: self.make(reason="")) == "consultations_earlyopening_with_reason"

    def test_stays_and_only_what_was_sealed_is_opened(self) -> None:
        now = timezone.now()
        opening = self.make(confirmed_by=factories.make_staff(), confirmed_at=now)
        call = Call.objects.filter(pk=opening.call_id)
        unsealed = promise_broken(lambda: call.update(opened_early_at=now, publication_rule="as_received"))
        assert unsealed == "consultations_call_opened_early_was_sealed"
        call.update(opened_early_at=now)
        broken = promise_broken(lambda: call.update(opened_early_at=None))
        assert broken == "consultations_call_opened_early_by_two"
        rows = EarlyOpening.objects.filter(pk=opening.pk)
        assert promise_broken(lambda: rows.update(reason="Another.")) == "consultations_earlyopening_stays"
        assert promise_broken(rows.delete) == "consultations_earlyopening_stays"


class TestTakingPart:
    def invite(self, **fields: Any) -> Invitation:
        now = timezone.now()
        values = {"email": "ana@example.org", "role": "contributor", "nonce": "n", "invited_by": factories.make_staff()}
        dates = {"invited_at": now, "expires_at": now + dt.timedelta(days=7)}
        return Invitation.objects.create(**values | dates | fields)

    def test_one_invitation_of_an_address_waits_and_is_accepted_once(self) -> None:
        delegation = factories.make_delegation()
        self.invite(delegation=delegation)
        assert promise_broken(lambda: self.invite(delegation=delegation)) == "consultations_invitation_one_pending"
        now, other = timezone.now(), factories.make_delegation()
        half = {"delegation": other, "accepted_at": now}
        assert promise_broken(lambda: self.invite(**half)) == "consultations_invitation_accepted_once"
        taken_back = half | {"accepted_by": factories.make_user(), "revoked_at": now}
        assert promise_broken(lambda: self.invite(**taken_back)) == "consultations_invitation_accepted_once"

    def ask(self, **fields: Any) -> ParticipationRequest:
        values = {"organization": "Friends", "kind": "ngo", "contact_name": "Ana", "email": "ana@example.org"}
        return ParticipationRequest.objects.create(language="en", asked_at=timezone.now(), **values | fields)

    def test_request_is_declined_with_a_reason(self) -> None:
        decided = {"status": "declined", "decided_by": factories.make_staff(), "decided_at": timezone.now()}
        broken = promise_broken(lambda: self.ask(**decided))
        assert broken == "consultations_participationrequest_decided_with_reason"
        assert self.ask(reason="It is a company.", **decided).pk

    def test_only_organizations_have_consultative_status(self) -> None:
        broken = promise_broken(lambda: self.ask(kind="academic", ecosoc_status="special"))
        assert broken == "consultations_participationrequest_ecosoc_of_ngo"

    def test_staff_act_for_no_delegation(self) -> None:
        delegation, staff = factories.make_delegation(), factories.make_staff()
        joined = promise_broken(lambda: Membership.objects.create(user=staff, delegation=delegation, role="observer"))
        assert joined == "consultations_membership_no_staff"
        member = User.objects.filter(pk=factories.make_member(delegation).pk)
        assert promise_broken(lambda: member.update(is_staff=True)) == "consultations_user_staff_in_no_delegation"


class TestFiling:
    def test_delegation_is_asked_once_to_stand_behind_a_submission(self) -> None:
        submission, other = factories.make_submission(), factories.make_delegation()
        asked = {"submission": submission, "delegation": other, "asked_at": timezone.now()}
        asked["asked_by"] = factories.focal_point(submission.delegation)
        CoSponsor.objects.create(**asked)
        assert promise_broken(lambda: CoSponsor.objects.create(**asked)) == "consultations_cosponsor_asked_once"

    def test_one_letter_of_a_delegation_is_entered_at_a_time(self) -> None:
        letter = {"source": "letter", "received_on": timezone.now().date(), "language": "en"}
        party = {"call": factories.make_call(), "delegation": factories.make_delegation()}
        Submission.objects.create(**letter, **party)
        broken = promise_broken(lambda: Submission.objects.create(**letter, **party))
        assert broken == "consultations_submission_one_letter_in_writing"
