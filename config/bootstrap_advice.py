"""What to do when the environment cannot be made: one sentence for each cause. The standard library alone."""

import errno
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

FULL = ("No space left on device", "Disk quota exceeded")
OFFLINE = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "CERTIFICATE_VERIFY_FAILED",
    "Connection refused",
    "Connection reset by peer",
    "RemoteDisconnected",
)


def no_venv(version: Sequence[int]) -> str:
    """The Python has no `venv`: distributions sell it separately."""
    major, minor = version[:2]
    return (
        f"This Python {major}.{minor} lacks its venv module: install it (on Debian and Ubuntu: `apt install "
        f"python{major}.{minor}-venv`) and run the command again."
    )


def windows() -> str:
    """The system is Windows."""
    return "On Windows this runs inside the Windows Subsystem for Linux: run `wsl --install`, and the command again in there."


def broken(environment: Path) -> str:
    """The environment is not right even straight after it was made."""
    return f"The folder {environment} cannot be put right by itself: delete it and run the command again."


def full(project: Path) -> str:
    """No space is left."""
    return f"The disk is full: free about 1 GB where {project} lies and in {tempfile.gettempdir()}, and run the command again."


def system_error(error: OSError, project: Path) -> str:
    """The system refused to write, read or start something."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(project)
    where = error.filename or project
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"This account may not write {where}: run the command as the owner of {project}, or in a copy of your own."
        )
    return f"The system refused the installation ({error}): put that right and run the command again."


def venv_failed(output: str, project: Path, version: Sequence[int]) -> str:
    """`python -m venv` ended with an error."""
    if any(words in output for words in FULL):
        return full(project)
    if "ensurepip" in output and "is not available" in output:
        return no_venv(version)
    if "Permission denied" in output or "Read-only file system" in output:
        return system_error(PermissionError(errno.EACCES, "", str(project / ".venv")), project)
    return f"Python could not make {project / '.venv'} ({last_line(output)}): put that right and run the command again."


def pip_failed(output: str, log: Path, project: Path) -> str:
    """`pip install` ended with an error; all that it said is in `log`."""
    if any(words in output for words in FULL):
        return full(project)
    if any(words in output for words in OFFLINE):
        return (
            "The package index cannot be reached: connect this machine to the network (behind a proxy set HTTPS_PROXY, "
            f"with an index of your own set PIP_INDEX_URL) and run the command again; pip's own words are in {log}."
        )
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "A package that was fetched is not the one that was pinned, so nothing was installed: look for a proxy or a "
            f"mirror that changes files; pip's own words are in {log}."
        )
    if missing := re.search(r"No matching distribution found for (\S+)", output):
        return (
            f"There is no package {missing[1]} to be had for this Python on this system: check the network and "
            f"PIP_INDEX_URL, or use another Python; pip's own words are in {log}."
        )
    return f"pip could not install the packages ({last_line(output)}): see {log}."


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"
