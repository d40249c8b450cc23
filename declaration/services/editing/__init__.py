"""Editing a draft in preparation: its words and its structure, each change through one gate."""

from declaration.services.editing.drafts import begin_declaration, change_draft, describe_draft, read_draft_revision
from declaration.services.editing.gate import describe_clause, describe_wording
from declaration.services.editing.pieces import find_following, merge_clauses, split_clause
from declaration.services.editing.structure import (
    PLACES,
    ClauseValues,
    edit_clause,
    insert_clause,
    move_clause,
    remove_clause,
    shift_clause,
)
from declaration.services.editing.wordings import put_in_brackets, reword_clause, take_out_of_brackets

__all__ = [
    "PLACES",
    "ClauseValues",
    "begin_declaration",
    "change_draft",
    "describe_clause",
    "describe_draft",
    "describe_wording",
    "edit_clause",
    "find_following",
    "insert_clause",
    "merge_clauses",
    "move_clause",
    "put_in_brackets",
    "read_draft_revision",
    "remove_clause",
    "reword_clause",
    "shift_clause",
    "split_clause",
    "take_out_of_brackets",
]
