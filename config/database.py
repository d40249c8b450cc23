"""Whether the database can be used at all, said in a sentence before anything is asked of it."""

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST_POSTGRESQL = 16
SECONDS_TO_CONNECT = 10


class DatabaseUnusableError(Exception):
    """The database cannot be used; the message says in one sentence why, and what to do."""


def require_usable(connection: BaseDatabaseWrapper) -> str:
    """Return the server's version ("18.4") if it answers and is new enough.

    A connection of its own is made for this, past the pool, which would try again for half a minute.
    Raises DatabaseUnusableError.
    """
    if connection.vendor != "postgresql":
        raise DatabaseUnusableError(
            f"DATABASE_URL names a {connection.vendor} database: name a PostgreSQL one, as in "
            "postgresql://user:password@host/travaux, or unset it to use the private server."
        )
    try:
        parameters = {"connect_timeout": SECONDS_TO_CONNECT} | connection.get_connection_params()
        with psycopg.connect(**parameters) as probe:
            version = probe.info.server_version
    except (psycopg.Error, UnicodeError) as error:  # the latter from a host that cannot be one
        raise DatabaseUnusableError(_unreachable(connection, error)) from error
    if problem := version_problem(version):
        raise DatabaseUnusableError(problem)
    return f"{version // 10000}.{version % 10000}"


def version_problem(version: int) -> str | None:
    """Return what is wrong with a server of this version (as libpq counts: 160004 is 16.4), or None."""
    major, minor = divmod(version, 10000)
    if major >= OLDEST_POSTGRESQL:
        return None
    return (
        f"The database server is PostgreSQL {major}.{minor}, and {OLDEST_POSTGRESQL} or newer is needed: upgrade it, or "
        "let DATABASE_URL name another."
    )


def reason_of(error: Exception) -> str:
    """Return the part of a database error that says why; the lines after the first are guesses and repetitions."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0].rpartition(" failed: ")[2] if lines else "it says nothing"


def _unreachable(connection: BaseDatabaseWrapper, error: Exception) -> str:
    if connection.settings_dict["ENGINE"] == "config.private_postgres":
        return str(error)
    host, port = connection.settings_dict["HOST"] or "the local socket", connection.settings_dict["PORT"] or 5432
    return (
        f"The database at {host}, port {port}, cannot be used ({reason_of(error)}): start it or correct DATABASE_URL, or "
        "unset it to use the private server of `dev` and `test`."
    )
