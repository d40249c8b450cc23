"""`python3 manage.py lint`: everything that is checked without running the code."""

import base64
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.management.utils import get_random_secret_key

CODE = ["manage.py", "config", "activities", "consultations", "declaration"]

# As a site in the world is set up; nothing connects to the address of the database.
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": get_random_secret_key(),
    "RECEIPT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    "ALLOWED_HOSTS": "travaux.example",
    "DATABASE_URL": "postgresql://travaux@database.example/travaux",
}


@dataclass(frozen=True)
class Gate:
    """One check: its name, the command that makes it, and what it changes in the environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What came of a gate: whether it was passed, what it said, and the seconds it took."""

    passed: bool
    output: str
    seconds: float


def gates() -> list[Gate]:
    """List the checks, in the order in which they are told."""
    tool = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    return [
        Gate("style (ruff check)", [*tool, "ruff", "check", "--no-fix", "--quiet", "."]),
        Gate("layout (ruff format)", [*tool, "ruff", "format", "--check", "--quiet", "."]),
        Gate("types (mypy)", [*tool, "mypy", *CODE]),
        Gate("migrations (makemigrations --check)", [*manage, "makemigrations", "--check", "--dry-run"]),
        Gate("production (check --deploy)", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Gate("templates (djlint)", [*tool, "djlint", "--lint", "--quiet", "templates"]),
    ]


def run(gate: Gate, folder: Path) -> Outcome:
    """Make the check in the project's folder."""
    began = time.monotonic()
    done = subprocess.run(
        gate.command,
        cwd=folder,
        env={**os.environ, **gate.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(done.returncode == 0, done.stdout, time.monotonic() - began)


class Command(BaseCommand):
    """Make every check, tell how each went, and fail if one did."""

    help = "Check style, layout, types, migrations, production settings and templates."
    requires_system_checks = ()  # one of the gates is just that

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run the gates, as many at once as there are processors."""
        failed = []
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = pool.map(lambda gate: run(gate, settings.BASE_DIR), gates())
            for gate, outcome in zip(gates(), outcomes, strict=True):
                self.stdout.write(f"{'passed' if outcome.passed else 'FAILED'}  {gate.name}  {outcome.seconds:.0f} s")
                if not outcome.passed:
                    failed.append(gate.name)
                    self.stdout.write(outcome.output)
                self.stdout.flush()
        if failed:
            raise CommandError(f"Not passed: {', '.join(failed)}.")
