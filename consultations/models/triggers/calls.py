"""Promises about calls, and about who acts for whom."""

import pgtrigger

from declaration.models.triggers import refuse


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
