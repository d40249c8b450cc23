"""What Django's own checks leave to the project."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from config.database import version_problem


@register(Tags.urls, deploy=True)
def check_site_address(**_options: Any) -> list[CheckMessage]:
    """Warn of links in mail that nobody else could follow."""
    if settings.SITE_URL.startswith("https://"):
        return []
    told = f"Links in mail begin with {settings.SITE_URL}, which is no https:// address: set SITE_URL."
    return [checks.Warning(told, id="config.W001")]


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
