"""Promises about what is filed, and by whom it is shared."""

import pgtrigger

from declaration.models.triggers import refuse

FILED = "('submitted', 'superseded', 'withdrawn')"


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
