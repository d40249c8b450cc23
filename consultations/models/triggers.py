"""Promises about filings that a constraint on one row cannot keep; see `declaration.models.triggers`."""

import pgtrigger

from declaration.models.triggers import refuse

FILED = "('submitted', 'superseded', 'withdrawn')"


def call_on_published_draft() -> pgtrigger.Trigger:
    """Comments are called for on a published draft only."""
    name = "consultations_call_on_published_draft"
    return pgtrigger.Trigger(
        name="on_published_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=~pgtrigger.Q(new__status="preparing"),
        func=f"""
            IF EXISTS (SELECT 1 FROM declaration_draft WHERE id = NEW.draft_id AND status = 'preparing') THEN
                {refuse(name, "A call opens on a published draft.")}
            END IF;
            IF TG_OP = 'UPDATE' AND OLD.status <> 'preparing' AND NEW.draft_id <> OLD.draft_id THEN
                {refuse(name, "An opened call keeps its draft.")}
            END IF;
            RETURN NEW;
        """,
    )


def submission_frozen() -> pgtrigger.Trigger:
    """What was filed never changes: a filing can only be superseded or withdrawn, and is never removed."""
    name = "consultations_submission_frozen_once_filed"
    return pgtrigger.Trigger(
        name="frozen_once_filed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__status__in=["submitted", "superseded", "withdrawn"]),
        func=f"""
            IF TG_OP = 'DELETE' THEN
                {refuse(name, "A filing is never removed.")}
            END IF;
            IF NOT (NEW.status = OLD.status
                    OR (OLD.status = 'submitted' AND NEW.status IN ('superseded', 'withdrawn')))
                OR (to_jsonb(NEW) - 'status') IS DISTINCT FROM (to_jsonb(OLD) - 'status')
            THEN
                {refuse(name, "What was filed never changes.")}
            END IF;
            RETURN NEW;
        """,
    )


def comment_frozen() -> pgtrigger.Trigger:
    """A comment is written, changed or removed only while its submission has not been filed."""
    name = "consultations_comment_frozen_once_filed"
    return pgtrigger.Trigger(
        name="frozen_once_filed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("submission_row", "RECORD")],
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.submission_id <> OLD.submission_id THEN
                {refuse(name, "A comment belongs to one submission for ever.")}
            END IF;
            FOR submission_row IN
                SELECT status FROM consultations_submission
                WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.submission_id ELSE OLD.submission_id END FOR SHARE
            LOOP
                IF submission_row.status IN {FILED} THEN
                    {refuse(name, "The comments of a filing never change.")}
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def comment_on_draft_of_call() -> pgtrigger.Trigger:
    """A comment is made on a clause of the very draft that its call is about."""
    name = "consultations_comment_on_draft_of_call"
    return pgtrigger.Trigger(
        name="on_draft_of_call",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__clause__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM consultations_submission submission
                JOIN consultations_call call ON call.id = submission.call_id
                JOIN declaration_clause clause ON clause.draft_id = call.draft_id
                WHERE submission.id = NEW.submission_id AND clause.id = NEW.clause_id
            ) THEN
                {refuse(name, "A comment is made on a clause of the draft of its call.")}
            END IF;
            RETURN NEW;
        """,
    )


def disposition_of_filed_comment() -> pgtrigger.Trigger:
    """Only what was filed is answered."""
    name = "consultations_disposition_of_filed_comment"
    return pgtrigger.Trigger(
        name="of_filed_comment",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.comment_id <> OLD.comment_id THEN
                {refuse(name, "An answer belongs to one comment for ever.")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM consultations_comment comment
                JOIN consultations_submission submission ON submission.id = comment.submission_id
                WHERE comment.id = NEW.comment_id AND submission.status IN {FILED}
            ) THEN
                {refuse(name, "Only a comment that was filed is answered.")}
            END IF;
            RETURN NEW;
        """,
    )


def call_opened_early_by_two() -> pgtrigger.Trigger:
    """Sealed filings are opened early once, by two different people, and stay open."""
    name = "consultations_call_opened_early_by_two"
    return pgtrigger.Trigger(
        name="opened_early_by_two",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF TG_OP = 'UPDATE' AND OLD.opened_early_at IS NOT NULL
                AND (NEW.opened_early_at IS DISTINCT FROM OLD.opened_early_at
                     OR NEW.publication_rule <> OLD.publication_rule)
            THEN
                {refuse(name, "What was opened early stays open.")}
            END IF;
            IF NEW.opened_early_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM consultations_earlyopening opening
                WHERE opening.call_id = NEW.id AND opening.confirmed_at IS NOT NULL
            ) THEN
                {refuse(name, "Two people open a sealed call early.")}
            END IF;
            RETURN NEW;
        """,
    )


def early_opening_stays() -> pgtrigger.Trigger:
    """That a sealed call was opened early is never taken back or told differently."""
    name = "consultations_earlyopening_stays"
    return pgtrigger.Trigger(
        name="stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(old__confirmed_at__isnull=False),
        func=refuse(name, "That a call was opened early stays on its record.") + " RETURN NULL;",
    )


def staff_in_no_delegation() -> pgtrigger.Trigger:
    """Nobody who acts for a delegation becomes one of the staff."""
    name = "consultations_user_staff_in_no_delegation"
    return pgtrigger.Trigger(
        name="staff_in_no_delegation",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__is_staff=True, old__is_staff=False),
        func=f"""
            IF EXISTS (SELECT 1 FROM consultations_membership WHERE user_id = NEW.id) THEN
                {refuse(name, "Staff act for no delegation.")}
            END IF;
            RETURN NEW;
        """,
    )


def no_staff_in_delegation() -> pgtrigger.Trigger:
    """One of the staff is given no role in a delegation."""
    name = "consultations_membership_no_staff"
    return pgtrigger.Trigger(
        name="no_staff",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("person", "RECORD")],
        func=f"""
            FOR person IN SELECT is_staff FROM consultations_user WHERE id = NEW.user_id FOR SHARE LOOP
                IF person.is_staff THEN
                    {refuse(name, "Staff act for no delegation.")}
                END IF;
            END LOOP;
            RETURN NEW;
        """,
    )


def submission_filed_cleared() -> pgtrigger.Trigger:
    """A submission is filed with every comment of it cleared."""
    name = "consultations_submission_filed_cleared"
    return pgtrigger.Trigger(
        name="filed_cleared",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(new__status="submitted") & ~pgtrigger.Q(old__status="submitted"),
        func=f"""
            IF EXISTS (
                SELECT 1 FROM consultations_comment WHERE submission_id = NEW.id AND clearance <> 'cleared'
            ) THEN
                {refuse(name, "A filing has no comment that was not cleared.")}
            END IF;
            RETURN NEW;
        """,
    )


def reply_to_published_answer() -> pgtrigger.Trigger:
    """Only a published answer is replied to, and a reply stays what it is."""
    name = "consultations_reply_to_published_answer"
    return pgtrigger.Trigger(
        name="to_published_answer",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                {refuse(name, "A reply is never removed.")}
            END IF;
            IF TG_OP = 'UPDATE' AND (NEW.disposition_id <> OLD.disposition_id OR NEW.to_revision <> OLD.to_revision) THEN
                {refuse(name, "A reply belongs to one answer for ever.")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM consultations_disposition
                WHERE id = NEW.disposition_id AND published_at IS NOT NULL AND revision = NEW.to_revision
            ) THEN
                {refuse(name, "Only an answer that is published is replied to.")}
            END IF;
            RETURN NEW;
        """,
    )


def assignment_of_filed_comment() -> pgtrigger.Trigger:
    """Only what was filed is given to somebody to answer."""
    name = "consultations_assignment_of_filed_comment"
    return pgtrigger.Trigger(
        name="of_filed_comment",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM consultations_comment comment
                JOIN consultations_submission submission ON submission.id = comment.submission_id
                WHERE comment.id = NEW.comment_id AND submission.status IN {FILED}
            ) THEN
                {refuse(name, "Only a comment that was filed is given to somebody to answer.")}
            END IF;
            RETURN NEW;
        """,
    )


def co_sponsor_settled() -> pgtrigger.Trigger:
    """Who stands behind a submission changes only while the call is open, and never by removal once it was filed."""
    name = "consultations_cosponsor_settled_at_closing"
    return pgtrigger.Trigger(
        name="settled_at_closing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("submission_row", "RECORD")],
        func=f"""
            FOR submission_row IN
                SELECT submission.status, submission.delegation_id, call.status AS call_status
                FROM consultations_submission submission JOIN consultations_call call ON call.id = submission.call_id
                WHERE submission.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.submission_id ELSE OLD.submission_id END
                FOR SHARE
            LOOP
                IF submission_row.status IN ('superseded', 'withdrawn') OR submission_row.call_status = 'archived' THEN
                    {refuse(name, "Who stood behind a filing that no longer stands, or in a call that is over, is settled.")}
                END IF;
                IF TG_OP = 'DELETE' AND submission_row.status = 'submitted' THEN
                    {refuse(name, "Who was asked to stand behind a filing is not forgotten.")}
                END IF;
                IF TG_OP <> 'DELETE' AND NEW.delegation_id = submission_row.delegation_id THEN
                    {refuse(name, "A delegation is no co-sponsor of its own submission.")}
                END IF;
            END LOOP;
            IF TG_OP = 'UPDATE'
                AND (NEW.submission_id <> OLD.submission_id OR NEW.delegation_id <> OLD.delegation_id)
            THEN
                {refuse(name, "A co-sponsor stands behind one submission.")}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def attachment_frozen() -> pgtrigger.Trigger:
    """Files are added and taken away only while their submission has not been filed; none is ever changed."""
    name = "consultations_attachment_frozen_once_filed"
    return pgtrigger.Trigger(
        name="frozen_once_filed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("submission_row", "RECORD")],
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                {refuse(name, "An attachment never changes.")}
            END IF;
            FOR submission_row IN
                SELECT status FROM consultations_submission
                WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.submission_id ELSE OLD.submission_id END FOR SHARE
            LOOP
                IF submission_row.status IN {FILED} THEN
                    {refuse(name, "The attachments of a filing never change.")}
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def hold_on_stakeholder() -> pgtrigger.Trigger:
    """What a stakeholder filed can be held; what a State or a group filed cannot. A hold is lifted, never removed."""
    name = "consultations_hold_on_stakeholder"
    return pgtrigger.Trigger(
        name="on_stakeholder",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                {refuse(name, "A hold is lifted, and never removed.")}
            END IF;
            IF TG_OP = 'UPDATE' AND (
                OLD.lifted_at IS NOT NULL
                OR (to_jsonb(NEW) - 'lifted_at' - 'lifted_by_id') IS DISTINCT FROM
                   (to_jsonb(OLD) - 'lifted_at' - 'lifted_by_id')
            ) THEN
                {refuse(name, "A hold is lifted once, and changed in nothing else.")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM consultations_submission submission
                JOIN consultations_delegation delegation ON delegation.id = submission.delegation_id
                WHERE delegation.stakeholder_id IS NOT NULL AND submission.status IN {FILED}
                  AND submission.id = COALESCE(
                      NEW.submission_id,
                      (SELECT comment.submission_id FROM consultations_comment comment WHERE comment.id = NEW.comment_id)
                  )
            ) THEN
                {refuse(name, "Only what a stakeholder filed can be held.")}
            END IF;
            RETURN NEW;
        """,
    )


LINK = r"""
    encode(sha256(convert_to(concat_ws(E'\n',
        'travaux-link/1', NEW.call_id::text, NEW.position::text, NEW.number,
        to_char(NEW.filed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.content_sha256, NEW.previous_hash
    ), 'UTF8')), 'hex')
"""
FIRST = r"encode(sha256(convert_to(concat_ws(E'\n', 'travaux-chain/1', NEW.call_id::text), 'UTF8')), 'hex')"


def receipt_linked() -> pgtrigger.Trigger:
    """A receipt is the next link of its call's chain: the database computes every digest anew and compares.

    The lines that are hashed are those of `consultations.receipts.links`; the lock lets two filings come one after the other.
    """
    name = "consultations_receipt_linked"
    return pgtrigger.Trigger(
        name="linked",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("last_position", "integer"), ("last_hash", "text")],
        func=f"""
            PERFORM pg_advisory_xact_lock(7226830, NEW.call_id::integer);
            SELECT position, chain_hash INTO last_position, last_hash
            FROM consultations_receipt WHERE call_id = NEW.call_id ORDER BY position DESC LIMIT 1;
            IF NEW.position <> COALESCE(last_position, 0) + 1
                OR NEW.previous_hash <> COALESCE(last_hash, {FIRST})
                OR NEW.content_sha256 <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex')
                OR NEW.chain_hash <> {LINK}
            THEN
                {refuse(name, "A receipt is the next link of the chain of its call.")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM consultations_submission
                WHERE id = NEW.submission_id AND call_id = NEW.call_id AND status = 'submitted'
                  AND submitted_at = NEW.filed_at
            ) THEN
                {refuse(name, "A receipt is for what has just been filed.")}
            END IF;
            RETURN NEW;
        """,
    )


def receipt_kept() -> pgtrigger.Trigger:
    """A receipt is never changed or removed."""
    return pgtrigger.Trigger(
        name="kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=refuse("consultations_receipt_kept", "A receipt is never changed or removed.") + " RETURN NULL;",
    )


def receipt_never_emptied() -> pgtrigger.Trigger:
    """Receipts are not removed all at once either."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=refuse("consultations_receipt_kept", "A receipt is never changed or removed.") + " RETURN NULL;",
    )


def chain_head_grows() -> pgtrigger.Trigger:
    """The head of a chain moves on by one link at a time, and is never removed."""
    name = "consultations_chainhead_grows"
    return pgtrigger.Trigger(
        name="grows",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' THEN
                {refuse(name, "The head of a chain is never removed.")}
            END IF;
            IF TG_OP = 'UPDATE' AND (NEW.call_id <> OLD.call_id OR NEW.length <> OLD.length + 1) THEN
                {refuse(name, "A chain grows by one link at a time.")}
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM consultations_receipt
                WHERE call_id = NEW.call_id AND position = NEW.length AND chain_hash = NEW.chain_hash
            ) THEN
                {refuse(name, "The head of a chain is its last link.")}
            END IF;
            RETURN NEW;
        """,
    )
