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
