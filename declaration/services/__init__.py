"""What happens to the text: one verb a function, the only gate for page, API, command, import and demonstration."""

from declaration.services.drafts import Obstacle, list_obstacles, publish_draft, withdraw_draft

__all__ = ["Obstacle", "list_obstacles", "publish_draft", "withdraw_draft"]
