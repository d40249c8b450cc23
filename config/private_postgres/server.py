"""Start the private server once, share it among the processes that want it, and leave it."""

import errno
import fcntl
import functools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from config.private_postgres import reaper
from config.private_postgres.errors import PrivateServerError
from config.private_postgres.places import (
    SOCKET_NAME,
    choose_home,
    home_candidates,
    identity,
    server_account,
    socket_folder,
)
from config.private_postgres.programs import MAJOR_VERSION, Programs, find_programs, reachable_programs

USER = "postgres"

# Enough for `dev`, a test run with a worker on each processor, and a shell, all at once.
MAX_CONNECTIONS = 100

SECONDS_TO_START = 60.0

# Straight after the server was killed its remains hold its memory for a moment, and a new one will not start.
START_ATTEMPTS = 20
SECONDS_BETWEEN_ATTEMPTS = 0.5

DISK_FULL = "No space left on device"

LARGEST_LOG = 5 * 1024 * 1024

# The C locale knows no letters outside ASCII: upper() and ILIKE would fail in Cyrillic. The wheel has no ICU.
INITDB_OPTIONS = [
    f"--username={USER}",
    "--auth=trust",  # the socket's folder is closed to everybody else
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
]


def say_nothing(line: str) -> None:
    """Take a line of progress and drop it."""


class PrivateServer:
    """One checkout's server, seen from one process.

    The files in `home`: `data`, the database; `socket`, if its path is short enough; `server.log`; and three locks.
    `start.lock` is held while somebody looks whether the server runs and starts it. `users.lock` is shared by all who use
    it. `reaper.lock` is held by the process that waits to stop it.
    """

    def __init__(self, project: Path, database: str) -> None:
        """Choose the places for the server of the checkout at `project`; `database` is made when it is missing."""
        self.database = database
        self.account = server_account()
        home = choose_home(home_candidates(project, self.account), self.account) / str(MAJOR_VERSION)
        self.home = choose_home([home], self.account)
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket_folder = socket_folder(self.home, self.account)
        self._users: int | None = None
        self._threads = threading.Lock()

    def ensure(self, report: Callable[[str], None] = say_nothing) -> None:
        """Start the server unless it runs, and count this process among its users until it ends or calls `leave`.

        `report` is told what takes time. Raises PrivateServerError.
        """
        with self._threads:
            if self._users is None:
                self._ensure(report)

    def ensure_again(self) -> bool:
        """After a connection failed: start the server if it has gone. Tell whether it was started."""
        with self._threads:
            return self._ensure(say_nothing)

    def leave(self) -> None:
        """Stop using the server; stop it, and wait until it has, when nobody else uses it."""
        with self._threads:
            if self._users is None:
                return
            with self._locked("start.lock"):
                os.close(self._users)
                self._users = None
                users = self._open("users.lock")
                try:
                    if _lock(users, fcntl.LOCK_EX | fcntl.LOCK_NB):
                        reaper.stop(self.data)
                    elif not _lock(users, fcntl.LOCK_SH | fcntl.LOCK_NB):
                        # The reaper was quicker: when it lets go, the server has stopped.
                        _lock(users, fcntl.LOCK_SH)
                finally:
                    os.close(users)

    def _ensure(self, report: Callable[[str], None]) -> bool:
        try:
            with self._locked("start.lock"):
                if self._users is None:
                    users = self._open("users.lock")
                    _lock(users, fcntl.LOCK_SH)  # waits for a reaper that is stopping the server
                    self._users = users
                started = not self._answers()
                if started:
                    self._start(report)
                self._watch()
        except OSError as error:
            raise PrivateServerError(self._sentence(error.strerror or str(error), error.errno)) from error
        return started

    def _start(self, report: Callable[[str], None]) -> None:
        programs = reachable_programs(find_programs(), self.home, self.account)
        if not (self.data / "PG_VERSION").exists():
            report(f"Making a private PostgreSQL {MAJOR_VERSION} in {self.home} ...")
            self._make_data_folder(programs)
        report("Starting the private PostgreSQL ...")
        self._launch(programs)
        self._make_database()

    def _make_data_folder(self, programs: Programs) -> None:
        """Fill a new data folder, and put it in place only when it is complete."""
        for left_over in self.home.glob("data.*.new"):
            shutil.rmtree(left_over, ignore_errors=True)
        half_made = self.home / f"data.{os.getpid()}.new"
        command = [str(programs.initdb), "--pgdata", str(half_made), *INITDB_OPTIONS]
        made = subprocess.run(
            command, cwd="/", capture_output=True, text=True, errors="replace", check=False, **identity(self.account)
        )
        if made.returncode:
            shutil.rmtree(half_made, ignore_errors=True)
            raise PrivateServerError(self._sentence(complaint(made.stderr)))
        half_made.rename(self.data)

    def _launch(self, programs: Programs) -> None:
        """Start the server in the background and return when it takes connections."""
        command = [
            str(programs.postgres),
            *("-D", str(self.data)),
            *("-c", "listen_addresses="),
            *("-c", f"unix_socket_directories={self.socket_folder}"),
            *("-c", "unix_socket_permissions=0700"),
            *("-c", f"max_connections={MAX_CONNECTIONS}"),
        ]
        self._shorten_log()
        for _attempt in range(START_ATTEMPTS):
            if reaper.running_server(self.data) is None:
                # PostgreSQL minds a lock left behind by a killed server whose number a zombie or a stranger now bears.
                (self.data / "postmaster.pid").unlink(missing_ok=True)
            said_before = self.log.stat().st_size if self.log.exists() else 0
            with self.log.open("ab") as log:
                pid = _detach(command, output=log, **identity(self.account))
            if self._comes_up(pid):
                return
            said = self.log.read_bytes()[said_before:].decode(errors="replace")
            if DISK_FULL in said:
                break
            time.sleep(SECONDS_BETWEEN_ATTEMPTS)
        raise PrivateServerError(self._sentence(complaint(said)))

    def _comes_up(self, pid: int) -> bool:
        given_up = time.monotonic() + SECONDS_TO_START
        while reaper.is_running(pid) and time.monotonic() < given_up:
            if self._answers():
                return True
            time.sleep(0.02)
        return False

    def _answers(self) -> bool:
        """Tell whether the server runs, has said that it is ready, and has its socket."""
        if reaper.running_server(self.data) is None:
            return False
        try:
            status = (self.data / "postmaster.pid").read_text(errors="replace").splitlines()[7].strip()
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(self.socket_folder / SOCKET_NAME))
        except (OSError, IndexError):
            return False
        return status == "ready"

    def _make_database(self) -> None:
        place = str(self.socket_folder)
        with psycopg.connect(host=place, user=USER, dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            if known is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    def _watch(self) -> None:
        """Start the process that stops the server after its last user, unless there is one."""
        lock = self._open("reaper.lock")
        try:
            if _lock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB):
                uid, gid = (self.account.uid, self.account.gid) if self.account else (os.geteuid(), os.getegid())
                facts = [self.home / "users.lock", self.data, uid, gid, lock]
                # The new process inherits the lock with the open file, so no moment is without a holder.
                _detach([sys.executable, "-I", reaper.__file__, *map(str, facts)], pass_fds=[lock])
        finally:
            os.close(lock)

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".old.log"))

    def _open(self, name: str) -> int:
        return os.open(self.home / name, os.O_RDWR | os.O_CREAT, 0o600)

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        lock = self._open(name)
        try:
            _lock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _sentence(self, reason: str, number: int | None = None) -> str:
        if number == errno.ENOSPC or DISK_FULL in reason:
            return (
                f"The disk that holds {self.home} is full, so the private PostgreSQL cannot start: free some space and "
                "run the command again."
            )
        return (
            f"The private PostgreSQL in {self.home} cannot start ({reason}): see {self.log}, or set DATABASE_URL to a "
            "server of your own."
        )


@functools.cache
def private_server(project: Path, database: str) -> PrivateServer:
    """Return this process's view of the server of the checkout at `project`."""
    return PrivateServer(project, database)


def _lock(file: int, operation: int) -> bool:
    """Take the lock; False when it is held by another and `operation` is not to wait."""
    with suppress(BlockingIOError):
        fcntl.flock(file, operation)
        return True
    return False


def _detach(command: Sequence[str], *, output: Any = subprocess.DEVNULL, **how: Any) -> int:
    """Start a program that outlives this process and belongs to no terminal, and return its process id.

    A shell starts it in the background and ends, so the system's first process becomes its parent and buries it.
    """
    started = subprocess.run(
        ["/bin/sh", "-c", '"$@" </dev/null >&2 & echo $!', "sh", *command],
        cwd="/",
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=output,
        start_new_session=True,
        **how,
    )
    return int(started.stdout)


def complaint(output: str) -> str:
    """Return the line that says what is wrong: that the disk is full if one does, else the last error, else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "FATAL" in line or "error:" in line]
    full = [line for line in lines if DISK_FULL in line]
    for candidates in (full, errors, lines):
        if candidates:
            return candidates[-1]
    return "it says nothing"
