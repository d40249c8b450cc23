"""Test databases by copying: the migrations run once for each change of them, not once for each test process.

Running them takes a quarter of a minute on a small machine, copying a database a fraction of a second. The copy is made
from a database that the same code filled; a change in a migration, or in a module that one imports, makes a new one.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import creation
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

# Any number will do, as long as nothing else in the same database asks for it.
MAKING_A_TEMPLATE = 7_226_830

# Templates of some earlier states stay, for going back and forth between branches.
KEPT = 4

IMPORT = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.MULTILINE)


class DatabaseCreation(creation.DatabaseCreation):
    """Creates test databases as copies of one that has all migrations."""

    def create_test_db(self, *args: Any, **options: Any) -> str:
        """Create the test database, and the template for the next ones if there is none of this state."""
        test: dict[str, Any] = self.connection.settings_dict["TEST"]
        if test.get("TEMPLATE") or not test["MIGRATE"] or options.get("keepdb"):
            return super().create_test_db(*args, **options)
        template = f"{self.connection.settings_dict['NAME']}_template_{state_of_migrations()}"
        with self._alone() as cursor:
            if not _exists(cursor, template):
                name = super().create_test_db(*args, **options)
                self._keep(cursor, name, template)
                return name
        test["TEMPLATE"] = template
        try:
            return super().create_test_db(*args, **options)
        finally:
            del test["TEMPLATE"]

    def _keep(self, cursor: CursorWrapper, name: str, template: str) -> None:
        self.connection.close()  # a database that is in use cannot be copied
        quote = self.connection.ops.quote_name
        cursor.execute(f"CREATE DATABASE {quote(template)} TEMPLATE {quote(name)}")
        pattern = template.rpartition("_")[0].replace("_", r"\_") + r"\_%"
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [pattern])
        for (old,) in cursor.fetchall()[KEPT:]:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(old)}")
        self.connection.ensure_connection()

    @contextmanager
    def _alone(self) -> Iterator[CursorWrapper]:
        """Hold the lock on making templates, on a connection to none of the databases concerned."""
        database: Any = self.connection
        with database._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING_A_TEMPLATE])
            yield cursor  # the lock goes with the connection


def _exists(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() is not None


def state_of_migrations() -> str:
    """Return a short text that changes with what the migrations of all applications do."""
    state = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    loader = MigrationLoader(None, ignore_no_migrations=True)
    files = {path for name in loader.disk_migrations if (path := _migration_file(loader, name))}
    for path in sorted(_with_imports(files)):
        state.update(f"{path}\n".encode() + path.read_bytes())
    return state.hexdigest()[:12]


def _migration_file(loader: MigrationLoader, name: tuple[str, str]) -> Path | None:
    """Return the migration's file if the project holds it; those of packages change with requirements.txt alone."""
    module: Any = __import__(loader.disk_migrations[name].__module__, fromlist=["Migration"])
    path = Path(module.__file__)
    return path if path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts else None


def _with_imports(files: set[Path]) -> set[Path]:
    """Add the project's own modules that the files import, directly or through others."""
    found: set[Path] = set()
    waiting = list(files)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for name in IMPORT.findall(path.read_text(encoding="utf-8")):
            place = settings.BASE_DIR.joinpath(*name.split("."))
            waiting += [file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()]
    return found
