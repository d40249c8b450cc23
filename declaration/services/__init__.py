"""What happens to the text: one verb a function, the only gate for page, API, command, import and demonstration."""

from declaration.services.drafts import Obstacle, list_obstacles, publish_draft, withdraw_draft
from declaration.services.texts import (
    InvalidClauses,
    NewClause,
    NewWording,
    add_clause,
    create_declaration,
    create_draft,
)

__all__ = [
    "InvalidClauses",
    "NewClause",
    "NewWording",
    "Obstacle",
    "add_clause",
    "create_declaration",
    "create_draft",
    "list_obstacles",
    "publish_draft",
    "withdraw_draft",
]
