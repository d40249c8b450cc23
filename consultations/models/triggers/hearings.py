"""Promises about what was heard that a constraint on one row cannot keep; see `declaration.models.triggers`."""

import pgtrigger

from declaration.models.triggers import refuse


def view_speaks_for_own_group() -> pgtrigger.Trigger:
    """A State speaks on behalf of a group only while it is its member: on the last possible day of the consultation.

    Where the consultation's date is not known, having been a member on any day is enough.
    """
    name = "consultations_view_speaks_for_own_group"
    return pgtrigger.Trigger(
        name="speaks_for_own_group",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__on_behalf_of_id__isnull=False),
        func=f"""
            IF NOT EXISTS (
                SELECT 1
                FROM declaration_groupmembership membership
                JOIN consultations_consultation consultation ON consultation.id = NEW.consultation_id
                WHERE membership.group_id = NEW.on_behalf_of_id AND membership.state_id = NEW.state_id
                    AND (
                        membership.joined_on IS NULL OR consultation.when_latest IS NULL
                        OR membership.joined_on <= consultation.when_latest
                    )
                    AND (
                        membership.left_on IS NULL OR consultation.when_earliest IS NULL
                        OR membership.left_on > consultation.when_earliest
                    )
            ) THEN
                {refuse(name, "A State speaks for a group of which it was a member then.")}
            END IF;
            RETURN NEW;
        """,
    )


def view_keeps_consultation() -> pgtrigger.Trigger:
    """A view was expressed in one consultation, and stays in it."""
    name = "consultations_view_keeps_its_consultation"
    return pgtrigger.Trigger(
        name="keeps_its_consultation",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__consultation_id__df=pgtrigger.F("new__consultation_id")),
        func=refuse(name, "A view stays in its consultation."),
    )
