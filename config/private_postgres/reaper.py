"""Stop the private server when its last user has ended, however that ended.

Run as a script of its own, with the standard library alone. Every process that uses the server holds a shared lock on
one file; the exclusive lock that this process waits for is granted when the last of them is gone, even if it was killed.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SECONDS_TO_STOP = 30.0
PROC = Path("/proc")


def main(arguments: list[str]) -> None:
    """Wait for the users to go, then stop the server.

    `arguments`: the file of the users' lock, the data folder, the ids of the server's user and group, and the number of
    the open file whose lock says that a reaper is at work.
    """
    users_file, data, uid, gid, own_lock = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    users = os.open(users_file, os.O_RDONLY)
    if os.geteuid() != int(uid):
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    fcntl.flock(users, fcntl.LOCK_EX)
    stop(Path(data))
    # In this order: who gets in after us must see that no reaper is at work, and start one.
    os.close(int(own_lock))
    os.close(users)


def stop(data: Path) -> None:
    """Shut the server of this data folder down, and wait until it has; do nothing when it does not run."""
    pid = running_server(data)
    for request in (signal.SIGINT, signal.SIGQUIT):  # PostgreSQL: "fast" and, should that hang, "immediate"
        if pid is None:
            return
        os.kill(pid, request)
        given_up = time.monotonic() + SECONDS_TO_STOP
        while pid is not None and time.monotonic() < given_up:
            time.sleep(0.02)
            pid = running_server(data)


def running_server(data: Path) -> int | None:
    """Return the process id of the server that runs on this data folder, or None."""
    try:
        pid = int((data / "postmaster.pid").read_text(errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if is_running(pid) and is_server_of(pid, data) else None


def is_running(pid: int) -> bool:
    """Tell whether the process exists and is more than a zombie (a container's first process may never reap those)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True  # no /proc here (macOS): the first process reaps
    return state not in ("Z", "X")


def is_server_of(pid: int, data: Path) -> bool:
    """Tell whether the process is this folder's server, and not another that was given its number since."""
    try:
        return (PROC / str(pid) / "cwd").readlink() == data.resolve()
    except OSError:
        pass
    try:
        named = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    except OSError:
        return True
    return "postgres" in named.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
