"""From a bare Python to one that has everything the command needs: the folder `.venv`, made and kept up to date.

The standard library alone, for nothing else may be there yet. An interpreter that already has all of the pinned packages
(a server's virtual environment, a container) is used as it is.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from config import bootstrap_advice as advice

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"

# Commands for work on the project: they turn debugging on unless told otherwise.
DEVELOPMENT_COMMANDS = {"dev", "test", "lint"}
# Of these, the ones that need the tools of requirements-dev.txt (which holds all of requirements.txt too).
COMMANDS_WITH_TOOLS = {"test", "lint"}

# What says that installing came to its end, of what, and where.
MARKER = "installed.json"

# Set across one change of interpreter, so that an environment that cannot be put right is no endless loop.
JUST_INSTALLED = "TRAVAUX_JUST_INSTALLED"

SECONDS_BETWEEN_LINES = 10.0

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<condition>\s*;)?", re.MULTILINE)


def enter_environment(arguments: Sequence[str]) -> None:
    """Return when this interpreter has what the command line needs; else install that and start again with it."""
    command = arguments[1] if len(arguments) > 1 else ""
    if command in DEVELOPMENT_COMMANDS or needs_no_site(arguments):
        os.environ.setdefault("DEBUG", "1")
    if command == "dev" and not os.environ.get("EMAIL_URL"):
        os.environ.setdefault("SHOW_SENT_MAIL", "1")
    wanted = requirements_for(command)
    just_installed = os.environ.pop(JUST_INSTALLED, None) is not None
    inside = ENVIRONMENT.is_dir() and ENVIRONMENT.samefile(sys.prefix)
    if is_ready(ENVIRONMENT, wanted, version=_version()) if inside else has_all(wanted, sys.path):
        return
    if just_installed:
        sys.exit(advice.broken(ENVIRONMENT))
    if inside:
        # An environment does not mend itself: it may have to be made anew, by the Python it was made from.
        base = Path(sys.base_prefix) / "bin" / f"python{_version()}"
        os.execv(base, [str(base), *arguments])
    make_ready(wanted)
    os.environ[JUST_INSTALLED] = "1"
    os.execv(interpreter(ENVIRONMENT), [str(interpreter(ENVIRONMENT)), *arguments])


def needs_no_site(arguments: Sequence[str]) -> bool:
    """Tell whether a command only reads a file and shows what is in it: it runs where nothing has been set up."""
    return arguments[1:2] == ["import_text"] and "--preview" in arguments


def run_django(arguments: Sequence[str]) -> None:
    """Hand the command line to Django; a setting that is missing or wrong is told in a sentence."""
    from django.conf import settings  # not there before the environment is
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs.exceptions import EnvError

    needs_settings = len(arguments) > 1 and arguments[1] not in ("help", "--help", "-h", "version", "--version")
    try:
        settings.configured or settings.INSTALLED_APPS  # noqa: B018 (the first look reads the settings)
    except (ImproperlyConfigured, EnvError) as error:
        if needs_settings:
            sys.exit(str(error))
    execute_from_command_line(list(arguments))


def requirements_for(command: str) -> list[Path]:
    """Return the files that pin what this command needs."""
    names = ["requirements.txt", "requirements-dev.txt"] if command in COMMANDS_WITH_TOOLS else ["requirements.txt"]
    return [PROJECT / name for name in names]


def pins(requirements: Path) -> set[tuple[str, str]]:
    """Return (name, version) of each package the file pins for every platform, names in their normal form (PEP 503).

    Lines for some platforms only are left out: telling which apply would need more than the standard library.
    """
    found = PIN.finditer(requirements.read_text(encoding="utf-8"))
    return {(_normal(pin["name"]), pin["version"]) for pin in found if not pin["condition"]}


def has_all(requirements: Sequence[Path], folders: Sequence[str]) -> bool:
    """Tell whether the folders of modules hold each pinned package in its pinned version."""
    installed: set[tuple[str, str]] = set()
    for folder in folders:
        try:
            entries = [entry.name for entry in Path(folder or ".").iterdir()]
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").partition("-")
                installed.add((_normal(name), version))
    return all(pins(file) <= installed for file in requirements)


def is_ready(environment: Path, requirements: Sequence[Path], *, version: str | None) -> bool:
    """Tell whether the environment, whose Python is of this version (None: it does not run), needs nothing done.

    Its marker must have been written at this place, for this Python and these requirements, and what it speaks of must
    still be there.
    """
    marker = read_marker(environment)
    if version is None or marker.get("place") != str(environment) or marker.get("python") != version:
        return False
    if any(marker.get(file.name) != digest(file) for file in requirements):
        return False
    return has_all(requirements, [str(site_packages(environment, version))])


def make_ready(requirements: Sequence[Path]) -> None:
    """Make or mend the environment; only one start at a time does, and the others wait for it.

    Ends the program with one sentence when it cannot be done.
    """
    if is_ready(ENVIRONMENT, requirements, version=probe(ENVIRONMENT)):
        return
    if os.name == "nt":
        sys.exit(advice.windows())
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        sys.exit(advice.no_venv(sys.version_info[:2]))
    try:
        with _alone():
            version = probe(ENVIRONMENT)
            if is_ready(ENVIRONMENT, requirements, version=version):
                return
            if not is_usable(ENVIRONMENT, version=version):
                create(ENVIRONMENT)
                version = probe(ENVIRONMENT)
            if version is None:
                sys.exit(advice.broken(ENVIRONMENT))
            marker = read_marker(ENVIRONMENT)
            missing = [file for file in requirements if marker.get(file.name) != digest(file)] or requirements
            # What is there stays valid meanwhile: a start that needs no more than that may be running on it.
            write_marker(ENVIRONMENT, [file for file in requirements if file not in missing], version)
            install(ENVIRONMENT, missing)
            write_marker(ENVIRONMENT, requirements, version)
    except OSError as error:
        sys.exit(advice.system_error(error, PROJECT))


def probe(environment: Path) -> str | None:
    """Return the version ("3.11") of the environment's Python, or None when it does not run or is none of the kind."""
    question = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.prefix)"
    try:
        answer = subprocess.run(
            [interpreter(environment), "-I", "-c", question], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    version, _, prefix = answer.stdout.strip().partition("\n")
    return version if answer.returncode == 0 and Path(prefix) == environment else None


def is_usable(environment: Path, *, version: str | None) -> bool:
    """Tell whether installing into the environment can make it ready; else it has to be made anew.

    One that was copied or moved here is not: its programs lead to the old place.
    """
    marker = read_marker(environment)
    if version is None or marker.get("place", str(environment)) != str(environment):
        return False
    return marker.get("python", version) == version and (site_packages(environment, version) / "pip").is_dir()


def create(environment: Path) -> None:
    """Make a new, empty environment in place of what is there. Ends the program when that fails."""
    if environment.is_symlink():
        environment.unlink()
    elif environment.exists():
        say("Making .venv anew: the one there does not work at this place.")
        shutil.rmtree(environment)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(environment)], capture_output=True, text=True, errors="replace", check=False
    )
    if made.returncode:
        sys.exit(advice.venv_failed(made.stdout + made.stderr, PROJECT, sys.version_info[:2]))


def install(environment: Path, requirements: Sequence[Path]) -> None:
    """Install what the files pin, each package checked against its hashes. Ends the program when that fails."""
    count = len(set().union(*map(pins, requirements)))
    say(f"Installing {count} packages into .venv (the first time this takes a minute or two) ...")
    command = [
        *(str(interpreter(environment)), "-m", "pip", "install", "--require-hashes", "--no-input"),
        *("--disable-pip-version-check", "--progress-bar", "off", "--no-warn-script-location"),
        *(argument for file in requirements for argument in ("-r", str(file))),
    ]
    # A setting for installing into the home folder would make pip refuse to install here.
    with subprocess.Popen(
        command,
        env=os.environ | {"PIP_USER": "0", "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as pip:
        output = list(_followed(pip.stdout or [], count))
    if pip.returncode:
        log = PROJECT / "var" / "pip.log"
        log.write_text("".join(output), encoding="utf-8")
        sys.exit(advice.pip_failed("".join(output), log, PROJECT))


def read_marker(environment: Path) -> dict[str, str]:
    """Return what the marker says, or nothing when there is none that can be read."""
    try:
        marker = json.loads((environment / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) else {}


def write_marker(environment: Path, requirements: Sequence[Path], version: str) -> None:
    """Note that all of the requirements are installed, at this place, for this Python."""
    marker = {"place": str(environment), "python": version} | {file.name: digest(file) for file in requirements}
    half_written = environment / f"{MARKER}.new"
    half_written.write_text(json.dumps(marker, indent=1), encoding="utf-8")
    half_written.replace(environment / MARKER)


def digest(file: Path) -> str:
    """Return the SHA-256 of the file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def interpreter(environment: Path) -> Path:
    """Return the path of the environment's Python."""
    return environment / "bin" / "python"


def site_packages(environment: Path, version: str) -> Path:
    """Return the folder of the environment's packages."""
    return environment / "lib" / f"python{version}" / "site-packages"


def say(line: str) -> None:
    """Show a line of progress at once, beside what the command itself prints."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock on installing; wait for another start that has it."""
    import fcntl  # not on Windows, where this is not reached

    (PROJECT / "var").mkdir(exist_ok=True)
    lock = os.open(PROJECT / "var" / "installing.lock", os.O_RDWR | os.O_CREAT)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing; waiting for it ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _followed(lines: Iterable[str], count: int) -> Iterator[str]:
    """Pass pip's lines on, and say now and then how far it is."""
    seen, said = 0, time.monotonic()
    for line in lines:
        seen += line.startswith("Collecting ")
        if time.monotonic() - said > SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            say(f"... fetching package {seen} of {count}" if seen < count else "... installing what was fetched")
        yield line


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"
