"""A database that cannot be used is told in one sentence, before anything is asked of it."""

from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection as real

from config import checks, database


def connection(**facts):
    settings_dict = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example", "PORT": 5433}
    return SimpleNamespace(
        vendor="postgresql", settings_dict=settings_dict, get_connection_params=lambda: {"host": "db.example"}, **facts
    )


class Server:
    """Stands in for psycopg: answers with a version, or not at all."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, **_parameters):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self

    def __enter__(self):
        return SimpleNamespace(info=SimpleNamespace(server_version=self.answer))

    def __exit__(self, *_error):
        return None


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        (130022, "PostgreSQL 13.22"),
        (150004, "PostgreSQL 15.4"),
        (160000, None),
        (180004, None),
    ],
)
def test_server_of_an_older_version_is_refused(monkeypatch, version, problem):
    monkeypatch.setattr(psycopg, "connect", Server(version))
    if problem is None:
        assert database.require_usable(connection()) == f"{version // 10000}.{version % 10000}"
        return
    with pytest.raises(database.DatabaseUnusableError) as refused:
        database.require_usable(connection())
    assert str(refused.value) == (
        f"The database server is {problem}, and 16 or newer is needed: upgrade it, or let DATABASE_URL name another."
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            psycopg.OperationalError("connection failed: at x failed: Connection refused\n\tIs it there?"),
            "Connection refused",
        ),
        (psycopg.ProgrammingError('invalid connection option "x"'), 'invalid connection option "x"'),
        (UnicodeError("label empty or too long"), "label empty or too long"),
        (psycopg.OperationalError(""), "it says nothing"),
    ],
)
def test_server_that_does_not_answer_is_told(monkeypatch, error, reason):
    monkeypatch.setattr(psycopg, "connect", Server(error))
    with pytest.raises(database.DatabaseUnusableError) as refused:
        database.require_usable(connection())
    assert str(refused.value) == (
        f"The database at db.example, port 5433, cannot be used ({reason}): start it or correct DATABASE_URL, or unset it "
        "to use the private server of `dev` and `test`."
    )


def test_database_of_another_kind_is_refused():
    with pytest.raises(database.DatabaseUnusableError, match="names a sqlite database: name a PostgreSQL one"):
        database.require_usable(SimpleNamespace(vendor="sqlite"))


@pytest.mark.django_db
def test_database_of_the_tests_is_usable():
    assert int(database.require_usable(real).partition(".")[0]) >= database.OLDEST_POSTGRESQL
    assert checks.check_database_version(databases=["default"]) == []


@pytest.mark.django_db
def test_migrating_an_older_server_is_refused(monkeypatch):
    monkeypatch.setattr(database, "OLDEST_POSTGRESQL", 99)
    assert [error.id for error in checks.check_database_version(databases=["default"])] == ["config.E001"]
    assert checks.check_database_version() == []
