"""Promises of the database that a constraint on one row cannot keep.

Each raises SQLSTATE 23514 with the promise's name, so that Django reports an `IntegrityError` that names it.
A draft's row is locked (`FOR SHARE`) while its status is read: a change that began before a publication either
comes first, or is refused.
"""

import pgtrigger


def refuse(name: str, message: str) -> str:
    """PL/pgSQL that refuses the statement under the promise's name."""
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def clause_frozen() -> pgtrigger.Trigger:
    """A clause is added, changed or removed only while its draft is being prepared; it never changes its draft."""
    name = "declaration_clause_frozen_once_published"
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("draft_row", "RECORD")],
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.draft_id <> OLD.draft_id THEN
                {refuse(name, "A clause belongs to one draft for ever.")}
            END IF;
            FOR draft_row IN
                SELECT status FROM declaration_draft
                WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.draft_id ELSE OLD.draft_id END FOR SHARE
            LOOP
                IF draft_row.status <> 'preparing' THEN
                    {refuse(name, "The clauses of a published draft never change.")}
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def clause_parent_in_draft() -> pgtrigger.Trigger:
    """A clause's parent is a clause of the same draft, and not itself."""
    name = "declaration_clause_parent_in_same_draft"
    return pgtrigger.Trigger(
        name="parent_in_same_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__parent__isnull=False),
        func=f"""
            IF NEW.parent_id = NEW.id OR NOT EXISTS (
                SELECT 1 FROM declaration_clause WHERE id = NEW.parent_id AND draft_id = NEW.draft_id
            ) THEN
                {refuse(name, "A clause stands below a clause of its own draft.")}
            END IF;
            RETURN NEW;
        """,
    )


def wording_frozen() -> pgtrigger.Trigger:
    """A wording is added, changed or removed only while its draft is being prepared."""
    name = "declaration_wording_frozen_once_published"
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("draft_row", "RECORD")],
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.clause_id <> OLD.clause_id THEN
                {refuse(name, "A wording belongs to one clause for ever.")}
            END IF;
            FOR draft_row IN
                SELECT draft.status FROM declaration_draft draft
                JOIN declaration_clause clause ON clause.draft_id = draft.id
                WHERE clause.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.clause_id ELSE OLD.clause_id END
                FOR SHARE OF draft
            LOOP
                IF draft_row.status <> 'preparing' THEN
                    {refuse(name, "The wordings of a published draft never change.")}
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def draft_published_stays() -> pgtrigger.Trigger:
    """A published draft is never taken back, removed, or made another text's version."""
    name = "declaration_draft_published_stays"
    return pgtrigger.Trigger(
        name="published_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=~pgtrigger.Q(old__status="preparing"),
        func=f"""
            IF TG_OP = 'DELETE' THEN
                {refuse(name, "A published draft is never removed.")}
            END IF;
            IF NEW.status = 'preparing'
                OR NEW.ordinal <> OLD.ordinal
                OR NEW.declaration_id <> OLD.declaration_id
                OR NEW.supersedes_id IS DISTINCT FROM OLD.supersedes_id
                OR NEW.languages <> OLD.languages
                OR NEW.is_illustrative <> OLD.is_illustrative
                OR NEW.published_at <> OLD.published_at
            THEN
                {refuse(name, "What a draft was published as never changes.")}
            END IF;
            RETURN NEW;
        """,
    )


def descent_to_later_draft() -> pgtrigger.Trigger:
    """A clause descends from a clause of an earlier draft of the same declaration, so that no descent is circular."""
    name = "declaration_descent_to_later_draft"
    return pgtrigger.Trigger(
        name="to_later_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1
                FROM declaration_clause older JOIN declaration_draft older_draft ON older_draft.id = older.draft_id,
                     declaration_clause newer JOIN declaration_draft newer_draft ON newer_draft.id = newer.draft_id
                WHERE older.id = NEW.ancestor_id AND newer.id = NEW.descendant_id
                  AND older_draft.ordinal < newer_draft.ordinal
                  AND older_draft.declaration_id = newer_draft.declaration_id
            ) THEN
                {refuse(name, "A clause descends from a clause of an earlier draft of the same declaration.")}
            END IF;
            RETURN NEW;
        """,
    )


def descent_frozen() -> pgtrigger.Trigger:
    """Where a published draft's clauses come from is settled with its publication."""
    name = "declaration_descent_frozen_once_published"
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("draft_row", "RECORD")],
        func=f"""
            FOR draft_row IN
                SELECT draft.status FROM declaration_draft draft
                JOIN declaration_clause clause ON clause.draft_id = draft.id
                WHERE (TG_OP <> 'DELETE' AND clause.id = NEW.descendant_id)
                   OR (TG_OP <> 'INSERT' AND clause.id = OLD.descendant_id)
                FOR SHARE OF draft
            LOOP
                IF draft_row.status <> 'preparing' THEN
                    {refuse(name, "Publishing a draft settles where its clauses come from.")}
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def corrigendum_of_published() -> pgtrigger.Trigger:
    """Only what has been published is corrected; a text in preparation is simply changed."""
    name = "declaration_corrigendum_of_published"
    return pgtrigger.Trigger(
        name="of_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM declaration_clause clause JOIN declaration_draft draft ON draft.id = clause.draft_id
                WHERE clause.id = NEW.clause_id AND draft.status <> 'preparing'
            ) THEN
                {refuse(name, "Only a published clause is corrected by a corrigendum.")}
            END IF;
            RETURN NEW;
        """,
    )


def corrigendum_stays() -> pgtrigger.Trigger:
    """A corrigendum is never changed or removed: another one corrects it."""
    name = "declaration_corrigendum_stays"
    return pgtrigger.Trigger(
        name="stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            {refuse(name, "A corrigendum never changes; another one corrects it.")}
        """,
    )
