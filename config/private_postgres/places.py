"""Where the private server keeps its data and its socket, and under which account it runs."""

import hashlib
import os
import pwd
import re
import stat
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.private_postgres.errors import PrivateServerError

SOCKET_NAME = ".s.PGSQL.5432"

# A socket's path has to fit into sockaddr_un.sun_path: 104 bytes on macOS and 108 on Linux, both with a closing zero.
LONGEST_SOCKET_PATH = 103

# PostgreSQL reads the folder of its socket as a list, in which commas, quotes and blanks have a meaning.
PLAIN_PATH = re.compile(r"[\w/.+@~-]+")

PRIVATE = 0o700


@dataclass(frozen=True)
class Account:
    """The system account that the server runs under."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """Return the account to change to, or None to run as oneself: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise PrivateServerError(
            "PostgreSQL does not run as root and there is no account called nobody: run the command as an ordinary "
            "user, or set DATABASE_URL to a server of your own."
        ) from error
    return Account("nobody", entry.pw_uid, entry.pw_gid)


def project_mark(project: Path) -> str:
    """Return a short text that tells this checkout from others on the same machine."""
    return hashlib.sha256(os.fsencode(project)).hexdigest()[:10]


def home_candidates(project: Path, account: Account | None) -> list[Path]:
    """List the folders that may hold the server's data, the best first.

    One's own server lives in the checkout. The server that root starts under another account cannot: that account may
    not reach it (root's home is closed), and opening it to others is not ours to do. The temporary folder comes last,
    for it may be emptied when the machine starts.
    """
    name = f"travaux-{project_mark(project)}"
    uid = account.uid if account else os.geteuid()
    if account:
        lasting = [Path("/var/lib") / name]
    else:
        share = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        lasting = [project / "var" / "postgres", Path(share).expanduser() / name]
    return [*lasting, temporary_folder() / f"{name}-{uid}"]


def choose_home(candidates: Iterable[Path], account: Account | None) -> Path:
    """Make and return the first folder that the server's account alone can use.

    Raises PrivateServerError when there is none.
    """
    tried = []
    for folder in candidates:
        if make_private(folder, account) and can_write(folder, account):
            return folder
        tried.append(str(folder))
    raise PrivateServerError(
        f"No folder can hold the private PostgreSQL's data (tried {', '.join(tried)}): make one of them writable, or "
        "set DATABASE_URL to a server of your own."
    )


def socket_folder(home: Path, account: Account | None) -> Path:
    """Make and return the folder of the server's socket: in its home, or in the temporary folder if the path is long.

    Whoever can enter the folder can use the database, so it belongs to the server's account alone.
    """
    uid = account.uid if account else os.geteuid()
    candidates = [home / "socket", temporary_folder() / f"travaux-{project_mark(home)}-{uid}"]
    for folder in candidates:
        if fits_socket(folder) and make_private(folder, account):
            return folder
    raise PrivateServerError(
        f"No folder can hold the private PostgreSQL's socket (tried {candidates[0]} and {candidates[1]}): set TMPDIR to "
        "a folder of yours with a short path, or set DATABASE_URL to a server of your own."
    )


def fits_socket(folder: Path) -> bool:
    """Tell whether a socket in this folder has a path that the system and PostgreSQL's settings can hold."""
    path = folder / SOCKET_NAME
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(path)) is not None


def temporary_folder() -> Path:
    """Return the system's folder for temporary files."""
    return Path(tempfile.gettempdir())


def make_private(folder: Path, account: Account | None) -> bool:
    """Make the folder, for the account alone; False when that cannot be had there.

    A folder that another account made is not taken over, nor is a link followed: in the temporary folder anybody may
    lay one. File systems without owners or permissions (some shared folders of virtual machines) are not suitable.
    """
    uid = account.uid if account else os.geteuid()
    try:
        if not folder.is_symlink() and not folder.exists():
            folder.mkdir(parents=True, mode=PRIVATE)
            if account:
                os.chown(folder, account.uid, account.gid)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
            return False
        folder.chmod(PRIVATE)
        return stat.S_IMODE(folder.lstat().st_mode) == PRIVATE
    except OSError:
        return False


def can_write(folder: Path, account: Account | None) -> bool:
    """Tell whether the account reaches and may write the folder (for root's: whether the other account does)."""
    if account is None:
        return os.access(folder, os.W_OK | os.X_OK)
    test = ["/bin/sh", "-c", 'test -w "$0" && test -x "$0"', str(folder)]
    try:
        return subprocess.run(test, cwd="/", check=False, **identity(account)).returncode == 0
    except OSError:
        return False


def identity(account: Account | None) -> dict[str, Any]:
    """Return the arguments that make `subprocess` start a program under the account."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
