"""Whatever the database's owner does to a filing with SQL, the chain tells, and names the first bad link."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from consultations import services
from consultations.models import ChainHead, Receipt, Submission
from consultations.receipts import links, signing
from consultations.receipts.checking import check_chains
from consultations.receipts.heads import head_document, public_heads, read_kept_heads
from declaration.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db


REOPEN = """
    UPDATE consultations_submission SET status = 'draft', submitted_at = NULL, submitted_by_id = NULL WHERE id = %s
"""


@pytest.fixture
def call():
    """A call with three filings."""
    call = factories.make_call()
    for _ in range(3):
        factories.make_filed_comment(call)
    return call


def owner(sql, *values):
    """Do something as the database's owner, with every trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def first_bad(call, **kept):
    bad = {report.call: report.bad for report in check_chains(**kept)}[call.pk]
    return (bad.code, bad.position) if bad else None


def receipt_at(call, position):
    return Receipt.objects.get(call=call, position=position)


def test_chain_that_nobody_touched_holds(call):
    factories.make_call()
    reports = list(check_chains())
    assert [report.holds for report in reports] == [True, True]
    assert [report.length for report in reports] == [3, 0]


def test_what_happens_to_a_filing_by_the_services_is_no_fault(call):
    filed = Submission.objects.filter(call=call)[0]
    user = factories.focal_point(filed.delegation)
    factories.make_answer(filed.comments.first())
    services.withdraw_submission(submission=filed, user=user)
    again = services.start_submission(call=call, delegation=filed.delegation, user=user)
    factories.make_comment(again)
    factories.file_submission(again, at=timezone.now())
    assert first_bad(call) is None


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE consultations_comment SET rationale = 'No.' WHERE submission_id = %s", "filing_changed"),
        ("DELETE FROM consultations_comment WHERE submission_id = %s", "filing_changed"),
        ("UPDATE consultations_submission SET general_comment = 'No.' WHERE id = %s", "filing_changed"),
        ("UPDATE consultations_submission SET consents_to_publication = false WHERE id = %s", "filing_changed"),
        ("UPDATE consultations_submission SET submitted_at = now() WHERE id = %s", "filing_changed"),
        (REOPEN, "filing_reopened"),
        ("UPDATE consultations_receipt SET content = '{}' WHERE submission_id = %s", "content_changed"),
        ("UPDATE consultations_receipt SET number = 'X' WHERE submission_id = %s", "link_changed"),
        ("UPDATE consultations_receipt SET filed_at = now() WHERE submission_id = %s", "link_changed"),
        ("UPDATE consultations_receipt SET chain_hash = repeat('0', 64) WHERE submission_id = %s", "link_changed"),
        ("UPDATE consultations_receipt SET previous_hash = chain_hash WHERE submission_id = %s", "link_out_of_order"),
        ("UPDATE consultations_receipt SET signature = place_signature WHERE submission_id = %s", "signature_wrong"),
        (
            "UPDATE consultations_receipt SET place_signature = signature WHERE submission_id = %s",
            "place_signature_wrong",
        ),
        ("UPDATE consultations_receipt SET key_id = 'X' WHERE submission_id = %s", "key_unknown"),
        ("DELETE FROM consultations_receipt WHERE submission_id = %s", "link_missing"),
    ],
)
def test_what_the_owner_changes_is_told_at_its_link(call, sql, code):
    owner(sql, receipt_at(call, 2).submission_id)
    assert first_bad(call) == (code, 2)


def test_filing_that_was_removed_is_told(call):
    pk = receipt_at(call, 2).submission_id
    owner("DELETE FROM consultations_comment WHERE submission_id = %s", pk)
    owner("DELETE FROM consultations_submission WHERE id = %s", pk)
    try:
        assert first_bad(call) == ("filing_removed", 2)
    finally:
        # Left alone, its receipt would break the rules of the database when the test is undone.
        owner("DELETE FROM consultations_receipt WHERE submission_id = %s", pk)


def test_two_filings_that_changed_places_are_told(call):
    owner("UPDATE consultations_receipt SET position = 99 WHERE call_id = %s AND position = 2", call.pk)
    owner("UPDATE consultations_receipt SET position = 2 WHERE call_id = %s AND position = 3", call.pk)
    owner("UPDATE consultations_receipt SET position = 3 WHERE call_id = %s AND position = 99", call.pk)
    assert first_bad(call) == ("link_out_of_order", 2)


def test_content_computed_anew_in_all_places_lacks_the_signature(call):
    """The owner changes a filing, its receipt and every later hash: all that she can without the key."""
    receipt = receipt_at(call, 2)
    owner("UPDATE consultations_submission SET general_comment = 'No.' WHERE id = %s", receipt.submission_id)
    content = receipt.content.replace('"general_comment":""', '"general_comment":"No."')
    owner(
        "UPDATE consultations_receipt SET content = %s, content_sha256 = %s WHERE id = %s",
        content,
        links.sha256(content.encode()),
        receipt.pk,
    )
    previous = receipt.previous_hash
    for link in Receipt.objects.filter(call=call, position__gte=2).order_by("position"):
        own = links.link_hash(
            call=call.pk,
            position=link.position,
            number=link.number,
            filed_at=link.filed_at,
            content_sha256=link.content_sha256,
            previous_hash=previous,
        )
        owner(
            "UPDATE consultations_receipt SET previous_hash = %s, chain_hash = %s WHERE id = %s", previous, own, link.pk
        )
        previous = own
    assert first_bad(call) == ("signature_wrong", 2)


def remove_last(call):
    """Take away a chain's end without a trace in this chain or in the audit trail; return its head as it was."""
    last = Receipt.objects.filter(call=call).latest("position")
    owner("DELETE FROM consultations_receipt WHERE id = %s", last.pk)
    owner("DELETE FROM consultations_comment WHERE submission_id = %s", last.submission_id)
    owner("DELETE FROM consultations_submission WHERE id = %s", last.submission_id)
    owner("DELETE FROM consultations_submissionevent WHERE id = %s", last.submission_id)


def test_end_that_was_removed_is_told_by_the_head(call):
    remove_last(call)
    assert first_bad(call) == ("tail_removed", 3)


def test_end_that_was_removed_with_its_head_set_back_is_told_by_a_head_that_was_kept(call):
    earlier = ChainHead.objects.get(call=call)
    factories.make_filed_comment(call)
    later = ChainHead.objects.get(call=call)
    kept = read_kept_heads(json.dumps(head_document(later)))
    remove_last(call)
    owner(
        "UPDATE consultations_chainhead SET length = %s, chain_hash = %s, moved_at = %s, signature = %s WHERE id = %s",
        earlier.length,
        earlier.chain_hash,
        earlier.moved_at,
        earlier.signature,
        earlier.pk,
    )
    assert first_bad(call) is None
    assert first_bad(call, kept_heads=kept) == ("tail_removed", 4)


def test_head_that_was_set_back_alone_is_told(call):
    first = receipt_at(call, 1)
    message = links.head_message(call=call.pk, length=1, chain_hash=first.chain_hash, moved_at=first.filed_at)
    owner(
        "UPDATE consultations_chainhead SET length = 1, chain_hash = %s, moved_at = %s, signature = %s WHERE call_id = %s",
        first.chain_hash,
        first.filed_at,
        signing.sign(message).value,
        call.pk,
    )
    assert first_bad(call) == ("head_set_back", 2)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("DELETE FROM consultations_chainhead WHERE call_id = %s", ("head_removed", 3)),
        ("UPDATE consultations_chainhead SET moved_at = now() WHERE call_id = %s", ("head_signature_wrong", 3)),
        ("UPDATE consultations_chainhead SET length = 2 WHERE call_id = %s", ("head_signature_wrong", 2)),
    ],
)
def test_head_that_was_changed_is_told(call, sql, expected):
    owner(sql, call.pk)
    assert first_bad(call) == expected


def test_chain_that_was_made_anew_is_told_by_a_head_that_was_kept(call):
    first = receipt_at(call, 1)
    values = {"call": call.pk, "length": 1, "chain_hash": "0" * 64, "moved_at": first.filed_at}
    signature = signing.sign(links.head_message(**values))
    kept = [values | {"moved_at": links.moment(first.filed_at), "key": signature.key_id, "signature": signature.value}]
    heads = read_kept_heads(json.dumps([head | {"format": "travaux-head/1"} for head in kept]))
    assert first_bad(call, kept_heads=heads) == ("chain_rewritten", 1)


def test_filing_without_a_receipt_is_told(call):
    unfiled = factories.make_submission(call)
    owner(
        "UPDATE consultations_submission SET status = 'submitted', submitted_at = now(), submitted_by_id = %s"
        " WHERE id = %s",
        factories.focal_point(unfiled.delegation).pk,
        unfiled.pk,
    )
    [report] = check_chains()
    assert (report.bad.code, report.bad.submission) == ("filed_without_receipt", unfiled.pk)


def test_audit_trail_tells_of_a_call_whose_whole_chain_was_removed(call):
    for _ in range(3):
        last = Receipt.objects.filter(call=call).latest("position")
        owner("DELETE FROM consultations_receipt WHERE id = %s", last.pk)
        owner("DELETE FROM consultations_comment WHERE submission_id = %s", last.submission_id)
        owner("DELETE FROM consultations_submission WHERE id = %s", last.submission_id)
    owner("DELETE FROM consultations_chainhead WHERE call_id = %s", call.pk)
    assert first_bad(call) == ("receipt_removed", None)


def test_differences_are_named(call):
    receipt = receipt_at(call, 1)
    owner("UPDATE consultations_comment SET rationale = 'No.' WHERE submission_id = %s", receipt.submission_id)
    owner("UPDATE consultations_submission SET language = 'ar' WHERE id = %s", receipt.submission_id)
    [report] = check_chains()
    assert "language, comment 1 (rationale)" in report.bad.message


def test_command_names_the_first_bad_link(call, capsys, tmp_path):
    heads = tmp_path / "heads.json"
    heads.write_text("\n".join(json.dumps(head_document(head)) for head in public_heads(at=timezone.now())))
    call_command("verify_chain", heads=[heads])
    assert "3 links" in capsys.readouterr().out
    owner("UPDATE consultations_comment SET rationale = 'No.'")
    with pytest.raises(CommandError, match="1 chain does not hold"):
        call_command("verify_chain")
    first = receipt_at(call, 1)
    told = capsys.readouterr().out
    assert f"link 1, receipt {first.number}, submission {first.submission_id}" in told
    with pytest.raises(CommandError):
        call_command("verify_chain", "--json")
    [report] = json.loads(capsys.readouterr().out)
    assert report["first_bad_link"]["code"] == "filing_changed"
    assert report["first_bad_link"]["position"] == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"format": "travaux-head/1"}', "[" * 100_000])
def test_kept_heads_that_cannot_be_read_are_refused(text):
    with pytest.raises(Refused):
        read_kept_heads(text)


def test_heads_of_sealed_calls_are_not_public(call):
    sealed = factories.make_call(publication_rule="together_after_closing")
    unpublished = factories.make_call(publication_rule="not_published")
    factories.make_filed_comment(sealed)
    factories.make_filed_comment(unpublished)
    assert [head.call for head in public_heads(at=timezone.now())] == [call]
    assert {head.call for head in public_heads(at=sealed.closes_at)} == {call, sealed}
    assert {head.call for head in public_heads(at=unpublished.closes_at)} == {call, sealed, unpublished}


def an_hour_later(*names):
    """Date the changes of these tables later than the filings: in one transaction all events have the same moment."""
    for name in names:
        owner(f"UPDATE {name}event SET pgh_created_at = now() + interval '1 hour' WHERE pgh_label = 'update'")


def test_what_is_renamed_afterwards_changes_no_filing(call):
    stakeholder = factories.make_stakeholder("old-name")
    group = factories.make_group("old-group")
    factories.make_filed_comment(call, factories.make_delegation(stakeholder))
    submission = factories.make_submission(call, factories.make_delegation(group))
    factories.make_comment(submission, "art_2")
    factories.file_submission(submission)
    for row, name, value in (
        (stakeholder, "slug", "new-name"),
        (group, "code", "new-group"),
        (Submission.objects.filter(call=call).earliest("pk").delegation.state, "alpha3", "XZZ"),
        (call.draft.declaration, "slug", "renamed"),
    ):
        setattr(row, name, value)
        row.save()
    an_hour_later("declaration_stakeholder", "declaration_group", "declaration_state", "declaration_declaration")
    owner("UPDATE declaration_clause SET eid = 'art_9' WHERE id = %s", call.draft.clauses.get(eid="art_2").pk)
    assert first_bad(call) is None


@pytest.mark.parametrize("also_renamed", [False, True])
def test_filing_that_is_given_to_somebody_else_is_told_also_under_the_old_name(call, also_renamed):
    factories.make_filed_comment(call, factories.make_delegation(factories.make_stakeholder("old-name")))
    filed = Submission.objects.filter(call=call).latest("pk")
    other = factories.make_stakeholder("other")
    theirs = factories.make_delegation(other).pk
    owner("UPDATE consultations_submission SET delegation_id = %s WHERE id = %s", theirs, filed.pk)
    if also_renamed:
        filed.delegation.stakeholder.slug = "away"
        filed.delegation.stakeholder.save()
        other.slug = "old-name"
        other.save()
        an_hour_later("declaration_stakeholder")
    assert first_bad(call) == ("filing_changed", 4)


def test_comment_that_is_moved_to_another_clause_is_told(call):
    clause = call.draft.clauses.get(eid="art_2").pk
    first = Submission.objects.filter(call=call).earliest("pk")
    owner("UPDATE consultations_comment SET clause_id = %s WHERE submission_id = %s", clause, first.pk)
    assert first_bad(call) == ("filing_changed", 1)
