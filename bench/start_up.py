"""Try the two commands on a copy of the checkout as a newcomer would, and as bad luck would have it.

    python3 bench/start_up.py                        as oneself
    python3 bench/start_up.py --user alice           as root, for another account
    python3 bench/start_up.py --python /usr/bin/python3 --keep

The copy holds what is committed, lies at a path too long for a Unix socket and is removed in the end. It needs the network
and about five minutes. Each line of the answer is a trial: whether it went as promised, its name, and the seconds it took.
"""

import argparse
import contextlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from config.private_postgres import places, reaper
from config.private_postgres.programs import MAJOR_VERSION

QUICK_TEST = "tests/config/test_imports.py"
SECONDS = 900.0


class Trial(Exception):  # noqa: N818 (it is the outcome of a trial, not an error of this program)
    """The trial did not go as promised; the message says how."""


class Copy:
    """A copy of the checkout, and the account and interpreter that work on it."""

    def __init__(self, place: Path, python: str, user: str | None) -> None:
        """Copy what is committed to `place`."""
        self.place, self.python, self.user = place, python, user
        self.account = pwd.getpwnam(user) if user else None
        self.running: list[subprocess.Popen] = []
        self.made = [self]
        place.mkdir(parents=True)
        archive = subprocess.Popen(["git", "-C", PROJECT, "archive", "HEAD"], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", place], stdin=archive.stdout, check=True)
        self.hand_over(place)

    def at(self, place: Path) -> "Copy":
        """Make another copy, worked on in the same way."""
        other = Copy(place, self.python, self.user)
        self.made.append(other)
        return other

    def hand_over(self, place: Path) -> None:
        """Give all of it to the account."""
        if self.account:
            subprocess.run(["chown", "-R", f"{self.account.pw_uid}:{self.account.pw_gid}", place], check=True)

    def forget(self) -> None:
        """Remove what the private server put outside the copy: root's data, and sockets whose paths have to be short."""
        server = None if self.account else places.server_account()
        uid = (self.account.pw_uid if self.account else None) or (server.uid if server else os.geteuid())
        for home in places.home_candidates(self.place, server):
            socket_folder = f"travaux-{places.project_mark(home / str(MAJOR_VERSION))}-{uid}"
            for folder in (home, places.temporary_folder() / socket_folder):
                shutil.rmtree(folder, ignore_errors=True)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen:
        """Start `manage.py` with these arguments; its output goes to a file of its own."""
        output = tempfile.TemporaryFile("w+")  # noqa: SIM115 (read when the command has ended)
        home = self.account.pw_dir if self.account else os.environ["HOME"]
        kept = {
            name: os.environ[name]
            for name in os.environ
            if name.startswith("PIP_") or name in ("TMPDIR", "LANG", "HTTPS_PROXY")
        }
        who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        process = subprocess.Popen(
            [self.python, "manage.py", *arguments],
            cwd=self.place,
            env={"PATH": "/usr/bin:/bin", "HOME": home, **kept, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **who,
        )
        process.output = output
        self.running.append(process)
        return process

    def finish(self, process: subprocess.Popen, seconds: float = SECONDS) -> str:
        """Wait for the end and return all that was said."""
        process.wait(seconds)
        return said(process)

    def run(self, *arguments: str, code: int, **environment: str) -> str:
        """Run to the end, which has to come with this exit code, and return all that was said."""
        process = self.start(*arguments, **environment)
        text = self.finish(process)
        expect(process.returncode == code, f"exit code {process.returncode}: {text[-600:]}")
        return text

    @contextlib.contextmanager
    def serving(self, **environment: str) -> Iterator[tuple[subprocess.Popen, str]]:
        """Have `dev` serve on a free port; stop it in the end."""
        port = free_port()
        process = self.start("dev", "--port", str(port), **environment)
        address = f"http://127.0.0.1:{port}/en/"
        try:
            wait_for(lambda: answers(address) or ended(process), SECONDS)
            yield process, address
        finally:
            stop(process, signal.SIGTERM)

    def data(self, text: str) -> Path:
        """Return the private server's data folder from what a command said."""
        found = re.search(r"its data in (.+)$", text, re.MULTILINE)
        expect(found is not None, f"no word of the data folder in: {text[-600:]}")
        return Path(found[1]) / "data"


def said(process: subprocess.Popen) -> str:
    """Return what the process has said so far."""
    process.output.flush()
    return os.pread(process.output.fileno(), 1_000_000, 0).decode(errors="replace")


def ended(process: subprocess.Popen) -> bool:
    """Raise when the process has ended by itself; False otherwise."""
    expect(process.poll() is None, f"ended with {process.returncode}: {said(process)[-600:]}")
    return False


def answers(address: str) -> bool:
    """Tell whether the page is there."""
    try:
        with urllib.request.urlopen(address, timeout=20) as page:  # noqa: S310 (our own)
            return page.status == 200
    except urllib.error.HTTPError as error:
        raise Trial(f"{address} answers {error.code}") from error
    except OSError:
        return False


def expect(truth: bool, message: str) -> None:
    """Raise the outcome when something is not so."""
    if not truth:
        raise Trial(message)


def wait_for(truth: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so."""
    given_up = time.monotonic() + seconds
    while not truth():
        expect(time.monotonic() < given_up, f"not within {seconds:.0f} s")
        time.sleep(0.1)


def stop(process: subprocess.Popen, how: signal.Signals) -> None:
    """Ask the process to end."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(how)
    process.wait(30)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def one_sentence(text: str, *words: str) -> None:
    """Expect the words in the last line, and no traceback."""
    last = text.strip().splitlines()[-1]
    expect("Traceback" not in text, f"a traceback: {text[-600:]}")
    expect(all(word in last for word in words), f"the last line is: {last}")


def first_start(copy: Copy) -> None:
    """Start dev and test at once with nothing there: both work, and the page is served."""
    test = copy.start("test", "-q", QUICK_TEST)
    with copy.serving():
        text = copy.finish(test)
        expect(test.returncode == 0 and " passed" in text, f"the tests ended with {test.returncode}: {text[-600:]}")


def second_start(copy: Copy) -> None:
    """Start dev again: it is up in seconds."""
    with copy.serving():
        pass


def test_beside_dev(copy: Copy) -> None:
    """Test while dev serves."""
    with copy.serving() as (_dev, address):
        copy.run("test", "-q", QUICK_TEST, code=0)
        expect(answers(address), "the page is gone")


def stops(copy: Copy, how: signal.Signals) -> None:
    """End dev with a signal: the port and the database server are free when it has ended."""
    with copy.serving() as (dev, address):
        data = copy.data(said(dev))
        stop(dev, how)
        expect(not answers(address), "something still serves")
        expect(reaper.running_server(data) is None, "the database server still runs")


def interrupted(copy: Copy) -> None:
    """End dev as Ctrl-C does."""
    stops(copy, signal.SIGINT)


def terminated(copy: Copy) -> None:
    """End dev as a service manager does."""
    stops(copy, signal.SIGTERM)


def killed(copy: Copy) -> None:
    """Kill dev: what it started ends by itself."""
    with copy.serving() as (dev, address):
        data = copy.data(said(dev))
        stop(dev, signal.SIGKILL)
        wait_for(lambda: not answers(address), 10)
        wait_for(lambda: reaper.running_server(data) is None, 10)


def server_killed(copy: Copy) -> None:
    """Kill the database server, and one of its processes: the next page starts it again, or waits for it."""
    with copy.serving() as (dev, address):
        data = copy.data(said(dev))
        os.kill(reaper.running_server(data), signal.SIGKILL)
        expect(answers(address), "no page after the server was killed")
        children = subprocess.run(
            ["pgrep", "-P", str(reaper.running_server(data))], capture_output=True, text=True, check=True
        )
        os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
        expect(answers(address), "no page after one of its processes was killed")


def many_at_once(copy: Copy) -> None:
    """Start six commands at once with no database server there: all of them use the one that starts."""
    data = copy.data(copy.run("test", "-q", QUICK_TEST, code=0))
    wait_for(lambda: reaper.running_server(data) is None, 10)
    shutil.rmtree(data)
    tests = [copy.start("test", "-q", QUICK_TEST) for _ in range(6)]
    for test in tests:
        text = copy.finish(test)
        expect(test.returncode == 0, f"exit code {test.returncode}: {text[-600:]}")
    expect(reaper.running_server(data) is None, "the database server still runs")


def environment_lost(copy: Copy) -> None:
    """Take the environment's Python away: it is made anew."""
    (copy.place / ".venv" / "bin" / "python").unlink()
    expect("anew" in copy.run("test", "-q", QUICK_TEST, code=0), "no word of making it anew")


def package_lost(copy: Copy) -> None:
    """Take a package away: it is installed again."""
    (found,) = (copy.place / ".venv" / "lib").glob("python*/site-packages/asgiref-*.dist-info")
    shutil.rmtree(found)
    copy.run("test", "-q", QUICK_TEST, code=0)


def port_taken(copy: Copy) -> None:
    """Serve where something else does."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        one_sentence(copy.run("dev", "--port", port, code=1), f"Port {port} is taken", "--port")


def database_unreachable(copy: Copy) -> None:
    """Name a database that is not there."""
    address = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    for command in (["dev", "--port", str(free_port())], ["test", "-q", QUICK_TEST]):
        one_sentence(copy.run(*command, code=1, DATABASE_URL=address), "127.0.0.1", "DATABASE_URL")


def no_venv_module(copy: Copy) -> None:
    """Start with a Python that came without venv."""
    folder = copy.place / "var" / "without-venv"
    folder.mkdir(exist_ok=True)
    hide = "from importlib.machinery import PathFinder as P\nfind = P.find_spec\n"
    hide += "P.find_spec = lambda name, *more: None if name == 'ensurepip' else find(name, *more)\n"
    (folder / "sitecustomize.py").write_text(hide)
    with moved_away(copy.place / ".venv"):
        one_sentence(copy.run("dev", code=1, PYTHONPATH=str(folder)), "venv module", "apt install")


def no_network(copy: Copy) -> None:
    """Install with no package index in reach."""
    offline = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1", "PIP_NO_CACHE_DIR": "1"}
    with moved_away(copy.place / ".venv"):
        one_sentence(copy.run("dev", code=1, **offline), "cannot be reached", "network")


def disk_full(copy: Copy) -> None:
    """Install, and make a database, on a disk that is too small (root alone can set this up)."""
    if os.geteuid() != 0:
        return
    with small_disk(copy.place.with_name("small"), megabytes=60) as place:
        one_sentence(copy.at(place / "travaux").run("dev", code=1), "disk is full", "free about")
    if copy.account:
        with moved_away(copy.place / "var"), small_disk(copy.place / "var", megabytes=20):
            copy.hand_over(copy.place / "var")
            one_sentence(copy.run("test", "-q", QUICK_TEST, code=1), "is full", "free some space")


@contextlib.contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """Have a file system of this size at the place for a while."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@contextlib.contextmanager
def moved_away(folder: Path) -> Iterator[None]:
    """Do without the folder for a while."""
    away = folder.with_name(folder.name + ".away")
    folder.rename(away)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        away.rename(folder)


def copied_elsewhere(copy: Copy) -> None:
    """Copy the folder with its environment: the copy makes its own."""
    other = copy.at(copy.place.with_name("copied"))
    shutil.copytree(copy.place / ".venv", other.place / ".venv", symlinks=True)
    other.hand_over(other.place)
    text = other.run("test", "-q", QUICK_TEST, code=0)
    expect("anew" in text, f"no word of making it anew: {text[-600:]}")


TRIALS = [
    *(first_start, second_start, test_beside_dev, interrupted, terminated, killed, server_killed, many_at_once),
    *(port_taken, database_unreachable, no_venv_module, no_network, disk_full, package_lost, environment_lost),
    copied_elsewhere,
]


def main() -> None:
    """Make the copy and go through the trials."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--user", help="the account to work as (needs root)")
    parser.add_argument("--python", default=sys.executable, help="the interpreter to start with")
    parser.add_argument("--folder", help="where to make the copy (the temporary folder)")
    parser.add_argument("--only", nargs="*", default=[], help="names of trials")
    parser.add_argument("--keep", action="store_true", help="leave the copy where it is")
    options = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="start-up-", dir=options.folder))
    base.chmod(0o755)
    copy = Copy(
        base.joinpath(*[f"a-folder-with-a-long-name-{i}" for i in range(6)], "travaux"), options.python, options.user
    )
    copy.hand_over(base)
    failed = 0
    try:
        for trial in TRIALS:
            if options.only and trial.__name__ not in options.only:
                continue
            began = time.monotonic()
            try:
                trial(copy)
                outcome = "as promised"
            except (Trial, subprocess.TimeoutExpired) as problem:
                outcome = f"NOT SO ({problem})"
                failed += 1
            print(f"{trial.__name__:<22} {time.monotonic() - began:6.1f} s  {outcome}", flush=True)
    finally:
        for process in (process for made in copy.made for process in made.running):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        if options.keep:
            print(copy.place)
        else:
            shutil.rmtree(base)
            for made in copy.made:
                made.forget()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
