"""Promises about answers, replies and assignments."""

import pgtrigger

from consultations.models.triggers.filings import FILED
from declaration.models.triggers import refuse


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
