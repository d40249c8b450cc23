"""What Django's own checks leave to the project."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from config.database import version_problem


@register(Tags.database)
def check_database_version(databases: Sequence[str] | None = None, **_options: Any) -> list[CheckMessage]:
    """Refuse a server older than the migrations need; runs before `migrate` and with `check --database default`."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            problems.append(Error("The database has to be PostgreSQL.", id="config.E002"))
            continue
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            problem = version_problem(int(cursor.fetchone()[0]))
        if problem:
            problems.append(Error(problem, id="config.E001"))
    return problems
