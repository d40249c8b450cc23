"""The demonstration that ships: what a new site shows."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from consultations import demonstration as accounts_of
from consultations.delegation_history import find_history, read_history
from consultations.importers.demonstration import count_real_filings, load_demonstration
from consultations.models import (
    Call,
    Comment,
    CoSponsor,
    Delegation,
    DelegationNote,
    Disposition,
    Hold,
    Membership,
    ParticipationRequest,
    Receipt,
    Reply,
    Submission,
    User,
)
from consultations.receipts.checking import check_chains
from declaration.models import Draft
from tests.dossier import count_events

pytestmark = pytest.mark.django_db


def test_it_shows_a_closed_call_that_is_answered_and_an_open_one(demonstration):
    first, second = Call.objects.order_by("closes_at")
    now = timezone.now()
    assert first.closes_at < now
    assert not first.is_sealed(at=now)
    assert second.is_open(at=now)
    assert Submission.objects.public().filter(call=first).count() == 7
    answered = Disposition.objects.published().filter(comment__submission__call=first)
    assert {disposition.decision for disposition in answered} == {
        "accepted",
        "accepted_in_part",
        "not_accepted",
        "noted",
        "deferred",
    }
    assert Disposition.objects.filter(published_at=None).exists()
    assert Submission.objects.in_writing().filter(call=second).exists()
    assert demonstration.counts["submission"] == Submission.objects.count()


def test_only_invented_parties_speak_and_only_on_the_illustrative_draft(demonstration):
    assert Delegation.objects.count() == 8
    assert all(delegation.is_invented for delegation in Delegation.objects.with_party())
    assert count_real_filings() == 0
    drafts = set(Draft.objects.all())
    assert len(drafts) == 2
    assert {comment.submission.call.draft for comment in Comment.objects.with_context()} == drafts
    assert all(draft.is_illustrative for draft in drafts)


def test_things_happen_in_their_order(demonstration):
    for call in Call.objects.select_related("draft"):
        assert call.draft.published_at <= call.opens_at
        for submission in call.submissions.exclude(submitted_at=None):
            assert call.opens_at < submission.submitted_at
            in_time = submission.is_letter or submission.submitted_at < call.closes_at
            assert submission.is_late is not in_time
    for disposition in Disposition.objects.published().select_related("comment__submission"):
        assert disposition.comment.submission.submitted_at < disposition.published_at <= timezone.now()


def test_what_was_accepted_stands_in_the_second_draft(demonstration):
    first, second = Draft.objects.order_by("ordinal")
    assert second.supersedes == first
    accepted = Disposition.objects.published().filter(decision__startswith="accepted")
    assert accepted.count() >= 10
    assert {answer.published_clause.draft for answer in accepted} == {second}
    for answer in accepted.select_related("comment__clause", "resulting_clause"):
        comment, resulting = answer.comment, answer.resulting_clause
        if comment.operation == "replace":
            origins = [descent.ancestor for descent in resulting.origins.select_related("ancestor")]
            assert origins == [comment.clause]
    kinds = set(second.clauses.values_list("origins__kind", flat=True))
    assert kinds == {"same", "amended", "renumbered", None}


def test_every_way_of_filing_is_shown(demonstration):
    first, second = Call.objects.order_by("closes_at")
    assert {*Submission.Status.values} - {Submission.Status.CLEARED} == {
        *Submission.objects.values_list("status", flat=True)
    }
    late = first.submissions.get(is_late=True)
    assert late.delegation.key == "XAF"
    letter = first.submissions.get(source=Submission.Source.LETTER)
    assert letter.received_on < timezone.localdate(first.closes_at)
    again = first.submissions.get(supersedes__isnull=False)
    assert again.comments.get(number=1).rationale == again.supersedes.comments.get().rationale
    assert second.submissions.get(on_behalf_of__code="four-shores").group_members == ["XAA", "XAB", "XAD"]
    asked = CoSponsor.objects.filter(submission__call=second)
    assert dict(asked.values_list("delegation__state__alpha3", "status")) == {
        "XAC": "joined",
        "XAB": "left",
        "XAF": "declined",
    }
    assert DelegationNote.objects.filter(submission__status=Submission.Status.DRAFT).count() == 2
    assert Hold.objects.active().get().comment.number == 2
    assert ParticipationRequest.objects.get().status == ParticipationRequest.Status.ASKED
    assert set(Reply.objects.values_list("verdict", flat=True)) == {*Reply.Verdict.values}


def test_history_of_a_delegation_names_its_own_people(demonstration):
    delegation = Delegation.objects.get(state__alpha3="XAA")
    authors = {entry.who for entry in read_history(find_history(delegation))}
    assert authors == {"Focal point of Aradia", "Contributor of Aradia"}


def test_every_filing_has_a_receipt_and_the_chains_hold(demonstration):
    filed = Submission.objects.exclude(submitted_at=None)
    assert Receipt.objects.count() == filed.count() == demonstration.counts["submission"] - 1
    assert [chain.bad for chain in check_chains()] == [None, None]


def test_comments_are_in_both_languages_with_every_position_and_operation(demonstration):
    assert set(Comment.objects.values_list("language", flat=True)) == {"en", "ar"}
    assert set(Comment.objects.values_list("operation", flat=True)) == {*Comment.Operation.values}
    assert {*Comment.Position.values} <= set(Comment.objects.values_list("position", flat=True))


def test_there_is_an_account_of_each_role_that_can_sign_in(demonstration, settings):
    settings.DEBUG = True
    listed = accounts_of.accounts()
    assert [role for role, _email, _password in listed] == [
        "administrator",
        "staff",
        "focal point",
        "contributor",
        "observer",
    ]
    administrator, staff, *members = [User.objects.get(email=email) for _role, email, _password in listed]
    assert (administrator.is_superuser, administrator.is_staff) == (True, True)
    assert (staff.is_superuser, staff.is_staff) == (False, True)
    assert staff.has_perm("declaration.change_resolution")
    assert not staff.has_perm("consultations.change_submission")
    assert [Membership.objects.get(user=member).role for member in members] == [
        "focal_point",
        "contributor",
        "observer",
    ]
    assert not any(member.is_staff for member in members)


def test_outside_debugging_no_account_can_sign_in(demonstration, settings):
    assert settings.DEBUG is False
    assert accounts_of.accounts() == []
    assert [user.email for user in User.objects.all() if user.has_usable_password()] == []


def test_loading_it_again_changes_nothing(demonstration):
    before = count_events()
    assert load_demonstration().is_new is False
    out = io.StringIO()
    call_command("load_demonstration", stdout=out)
    assert out.getvalue() == "The demonstration is there already. Nothing was changed.\n"
    assert count_events() == before
