"""What `dev` and `test` do before they serve or test: the steps, each with its line of progress."""

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.database import require_usable
from config.private_postgres.server import private_server
from config.translations import compile_catalogues

# Any number will do, as long as nothing else in the database asks for the same.
SETTING_UP = 7_226_829

# The record of the mandate; then the illustrative text that rests on it with the invented delegations that speak on it.
# The demonstration brings that text in itself, so that it was published before they spoke.
LOADING = [
    ("load_dossier", "Loading the dossier"),
    ("load_demonstration", "Loading the illustrative draft and the demonstration delegations"),
]

Report = Callable[[str], None]


class PortTakenError(Exception):
    """The address cannot be served on; the message says in one sentence why, and what to do."""


def require_free(host: str, port: int) -> None:
    """Raise PortTakenError unless this host and port can be listened on now."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise PortTakenError(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program: stop that one, or choose another port with `--port {port + 1}`."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system administrator alone: choose one above 1023, as in `--port 8000`."
    return f"This machine cannot listen on {host} ({error.strerror}): choose an address of its own with `--host`."


def prepare_database(report: Report) -> None:
    """Have a database that answers and is new enough, starting the private server if it is that one.

    Raises PrivateServerError or DatabaseUnusableError.
    """
    private = uses_private_server()
    if private:
        private_server(settings.BASE_DIR, settings.DATABASES["default"]["NAME"]).ensure(report)
    version = require_usable(connection)
    place = (
        f"private, its data in {private_home()}"
        if private
        else f"at {connection.settings_dict['HOST'] or 'the local socket'}"
    )
    report(f"Database: PostgreSQL {version}, {place}")


def uses_private_server() -> bool:
    """Tell whether the database is the checkout's own server."""
    return bool(settings.DATABASES["default"]["ENGINE"] == "config.private_postgres")


def private_home() -> Path:
    """Return the folder of the private server's data."""
    return private_server(settings.BASE_DIR, settings.DATABASES["default"]["NAME"]).home


def leave_database() -> None:
    """Let go of the database; the private server stops if this was its last user."""
    connection.close()
    if uses_private_server():
        private_server(settings.BASE_DIR, settings.DATABASES["default"]["NAME"]).leave()


def prepare_translations(report: Report) -> None:
    """Compile the message catalogues that have changed. Raises CatalogueError."""
    compiled = compile_catalogues(Path(folder) for folder in settings.LOCALE_PATHS)
    if compiled:
        languages = ", ".join(sorted({source.parent.parent.name for source in compiled}))
        report(f"Compiled the translations: {languages}")


def prepare_content(report: Report) -> None:
    """Bring the tables up to date and load what the site shows; what is there already stays as it is."""
    with _alone():
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            report(f"Applying {waiting} migrations ...")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        for command, what in LOADING:
            report(f"{what} ...")
            try:
                call_command(command)
            except CommandError as refusal:
                # A site with other content, or a file that is being worked on, can be served all the same.
                report(str(refusal))


@contextmanager
def _alone() -> Iterator[None]:
    """Let only one process at a time set the database up; another start waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SETTING_UP])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SETTING_UP])
