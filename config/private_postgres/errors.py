"""The one error of the private server."""


class PrivateServerError(Exception):
    """The private PostgreSQL cannot be used; the message says in one sentence why, and what to do."""
