"""Promises about receipts and their chains."""

import pgtrigger

from declaration.models.triggers import refuse

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
