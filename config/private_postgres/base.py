"""The database engine: Django's own for PostgreSQL, which starts the private server when it first connects."""

import time
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config.private_postgres.creation import DatabaseCreation
from config.private_postgres.errors import PrivateServerError
from config.private_postgres.server import PrivateServer, private_server

# After one of its processes was killed the server restarts all of them, and takes no connections meanwhile.
SECONDS_TO_RECOVER = 15.0
RECOVERING = ("starting up", "in recovery mode", "shutting down", "not yet accepting connections")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the checkout's private server."""

    creation_class = DatabaseCreation

    @property
    def server(self) -> PrivateServer:
        """The server that this connection leads to."""
        return private_server(settings.BASE_DIR, settings.DATABASES["default"]["NAME"])

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments for psycopg; the server runs when this returns.

        Raises psycopg's OperationalError, like every failure to connect, with one sentence on what to do.
        """
        try:
            self.server.ensure()
        except PrivateServerError as error:
            raise self.Database.OperationalError(str(error)) from error
        self.settings_dict["HOST"] = str(self.server.socket_folder)
        parameters = super().get_connection_params()
        if (self.settings_dict["NAME"] or "").startswith("test_"):
            # A test's data need not survive a power cut.
            parameters.setdefault("options", "-c synchronous_commit=off")
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if the server was killed since, start it again first."""
        given_up = time.monotonic() + SECONDS_TO_RECOVER
        while True:
            try:
                return super().get_new_connection(conn_params)
            except self.Database.OperationalError as error:
                recovering = any(words in str(error) for words in RECOVERING)
                if time.monotonic() > given_up or not (recovering or self._started_again(error)):
                    raise
            time.sleep(0.2)

    def _started_again(self, cause: Exception) -> bool:
        try:
            return self.server.ensure_again()
        except PrivateServerError as error:
            raise self.Database.OperationalError(str(error)) from cause
