"""What changed: from one draft to another, from one clause to another, and along a clause's whole history."""

from declaration.comparing.clauses import ComparedClause, Kind, compare_clauses
from declaration.comparing.drafts import Comparison, compare_drafts, list_comparable, shared_languages
from declaration.comparing.history import ClauseHistory, HistoryEntry, clause_history

__all__ = [
    "ClauseHistory",
    "ComparedClause",
    "Comparison",
    "HistoryEntry",
    "Kind",
    "clause_history",
    "compare_clauses",
    "compare_drafts",
    "list_comparable",
    "shared_languages",
]
