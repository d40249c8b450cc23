"""A database of a bench's own, named as the tests' are: made before its work, and removed after."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@contextmanager
def own_database() -> Iterator[None]:
    """Let the project's code work in a database that is empty but for what migrations put there."""
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")

    import django
    from django.conf import settings

    django.setup()
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    # It would keep every query in memory.
    settings.DEBUG = False
    setup_test_environment(debug=False)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(databases)
