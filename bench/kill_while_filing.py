"""Kill the web process and PostgreSQL while delegations file, and count what became of the filings.

    python3 bench/kill_while_filing.py                     8 clients, 20 filings each, 6 kills
    python3 bench/kill_while_filing.py --filings 50 --kills 20

A PostgreSQL of its own and the site are started; each client files for one delegation after another over the API, and asks
again after every failure, as a person would. Meanwhile the web process and PostgreSQL are killed in turn (SIGKILL) and started
again. In the end every receipt that a client holds is checked: its filing is there, once, and the chain of the call holds. It
ends with an error if one is missing, there twice, or does not hold.
"""

import argparse
import base64
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from config.private_postgres import reaper
from config.private_postgres.server import PrivateServer

COMMENTS = 3
LONGEST_WAIT = 300.0


@dataclass
class Task:
    """One delegation's filing: who files, in which call, and the receipt once it is held."""

    key: str
    token: str
    call: int
    receipt: bytes = b""


@dataclass
class Figures:
    """What happened, counted by all clients together."""

    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str) -> None:
        """Count one more."""
        with self.lock:
            self.counts[name] += 1


class Site:
    """The web process, which is killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2", "--threads", "4"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"]
        self.process = subprocess.Popen(command, cwd=PROJECT, start_new_session=True)
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.ask("GET", "/api/v1/", "", None)[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("The site did not come up within a minute.")

    def kill(self) -> None:
        """Kill it with all its processes."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, method: str, path: str, token: str, body: Any) -> tuple[int, bytes]:
        """Send one request; return the status and the body. Raises `OSError` where the site is not there."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Token {token}"} if token else {})
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


def file_one(site: Site, task: Task, figures: Figures, until: float) -> None:
    """File for one delegation, beginning anew after each failure, until its receipt is held."""
    while not task.receipt and time.monotonic() < until:
        try:
            task.receipt = attempt(site, task, figures)
        except OSError:
            figures.add("requests that got no answer")
            time.sleep(0.1)


def attempt(site: Site, task: Task, figures: Figures) -> bytes:
    """Go as far as it goes; return the receipt, or nothing where an answer was an error."""

    def ask(method: str, path: str, body: Any = None) -> Any:
        status, data = site.ask(method, f"/api/v1/desk/{path}", task.token, body)
        if status >= 500:
            figures.add("answers that told of a fault")
            raise OSError(status)
        return status, data

    _status, data = ask("GET", f"submissions/?call={task.call}")
    found = json.loads(data)["results"]
    filed = [each for each in found if each["status"] == "submitted"]
    if filed:
        figures.add("found filed after its answer was lost")
        return ask("GET", f"submissions/{filed[0]['id']}/receipt/")[1]
    begun = {"call": task.call, "delegation": task.key}
    submission = found[0] if found else json.loads(ask("POST", "submissions/", begun)[1])
    path = f"submissions/{submission['id']}/"
    written = json.loads(ask("GET", f"{path}comments/")[1])["count"]
    for number in range(written, COMMENTS):
        comment = {"clause": "art_1__para_1", "position": "supports", "rationale": f"Reason {number} of {task.key}."}
        ask("POST", f"{path}comments/", comment)
    ask("POST", f"{path}clear/", {"clear_comments": True})
    status, data = ask("POST", f"{path}submit/", {"consents_to_publication": True, "consents_to_attribution": True})
    if status != 200:
        figures.add(f"refusals ({status})")
        raise OSError(data.decode(errors="replace")[:200])
    return ask("GET", f"{path}receipt/")[1]


def prepare(clients: int, filings: int) -> list[list[Task]]:
    """Make a call and the delegations that answer it; return what each client has to do."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from consultations import services
    from tests import factories

    # Nobody signs in with a password here; its digest is slow on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call = factories.make_call()
    tasks: list[list[Task]] = [[] for _ in range(clients)]
    for number in range(clients * filings):
        organization = factories.make_stakeholder(f"bench-{number}")
        delegation = factories.make_delegation(organization)
        _row, token = services.make_token(user=factories.focal_point(delegation), days=30)
        tasks[number % clients].append(Task(delegation.key, token, call.pk))
    return tasks


def run(site: Site, server: PrivateServer, tasks: list[list[Task]], kills: int, figures: Figures) -> float:
    """Let all clients file, and kill in turn; return the seconds that it took."""
    began = time.monotonic()
    until = began + LONGEST_WAIT

    def work(mine: list[Task]) -> None:
        for task in mine:
            file_one(site, task, figures, until)

    threads = [threading.Thread(target=work, args=[mine]) for mine in tasks]
    for thread in threads:
        thread.start()
    share = sum(map(len, tasks)) / (kills + 1)
    for number in range(kills):
        # Spread over the whole: each kill waits until its share of the receipts is held.
        while held(tasks) < share * (number + 1) and any(thread.is_alive() for thread in threads):
            time.sleep(0.002)
        if not any(thread.is_alive() for thread in threads):
            break
        if number % 2:
            kill_database(server)
            figures.add("kills of PostgreSQL")
        else:
            site.kill()
            site.start()
            figures.add("kills of the web process")
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def held(tasks: list[list[Task]]) -> int:
    """Count the receipts that clients hold."""
    return sum(bool(task.receipt) for mine in tasks for task in mine)


def kill_database(server: PrivateServer) -> None:
    """Kill PostgreSQL with all its processes, and start it again on what is on the disk."""
    pid = reaper.running_server(server.data)
    if pid is None:
        raise SystemExit("PostgreSQL is not there to be killed.")
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    for each in (pid, *map(int, children)):
        try:
            os.kill(each, signal.SIGKILL)
        except ProcessLookupError:
            continue
    # Until the last of it is gone it may still seem to be there, and would not be started.
    while reaper.running_server(server.data) is not None:
        time.sleep(0.01)
    server.ensure_again()


def judge(tasks: list[list[Task]]) -> tuple[dict[str, int], bool]:
    """Look for every receipt's filing in the database; return what was counted, and whether all is as promised."""
    from django.db import connection
    from django.db.models import Count

    from consultations.models import Receipt, Submission
    from consultations.receipts import signing
    from consultations.receipts.checking import check_chains
    from consultations.receipts.verifying import verify_file

    connection.close()
    keys = signing.public_keys()
    everything = [task for mine in tasks for task in mine]
    verdicts = [verify_file(task.receipt, keys=keys) for task in everything if task.receipt]
    numbers = [verdict.receipt["number"] for verdict in verdicts if verdict.receipt]
    there = Receipt.objects.filter(number__in=numbers, submission__status="submitted")
    filed = Submission.objects.filter(status__in=Submission.FILED)
    reports = list(check_chains())
    counts = {
        "filings wanted": len(everything),
        "receipts held by clients": len(verdicts),
        "receipts that hold": sum(verdict.holds for verdict in verdicts),
        "receipts whose filing is there": there.count(),
        "filings there": filed.count(),
        "filings there twice": filed.values("call", "delegation").annotate(n=Count("id")).filter(n__gt=1).count(),
        "filings without a receipt": filed.filter(receipt__isnull=True).count(),
        "comments missing or doubled": abs(sum(each.comments.count() for each in filed) - COMMENTS * filed.count()),
        "chains that do not hold": sum(not report.holds for report in reports),
    }
    wanted = counts["filings wanted"]
    good = ["receipts held by clients", "receipts that hold", "receipts whose filing is there", "filings there"]
    bad = ["filings there twice", "filings without a receipt", "chains that do not hold"]
    return counts, all(counts[name] == wanted for name in good) and not any(counts[name] for name in bad)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--filings", type=int, default=20, help="so many for each client")
    parser.add_argument("--kills", type=int, default=6, help="of the web process and of PostgreSQL in turn")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="travaux-kill-"))
    server, site, figures = PrivateServer(folder, "travaux"), Site(), Figures()
    server.ensure()
    place = str(server.socket_folder).replace("/", "%2F")
    os.environ |= {
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgresql://postgres@{place}/travaux",
        "RECEIPT_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SECRET_KEY": secrets.token_hex(32),
        "LOG_LEVEL": "CRITICAL",
    }
    try:
        tasks = prepare(asked.clients, asked.filings)
        site.start()
        seconds = run(site, server, tasks, asked.kills, figures)
        counts, good = judge(tasks)
    finally:
        site.kill()
        server.leave()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(server.home.parent, ignore_errors=True)
    for name, count in {**figures.counts, **counts, "seconds": round(seconds)}.items():
        print(f"{name:<40}{count:>8}")
    if not good:
        raise SystemExit("Not every filing that got its receipt is there, once.")


if __name__ == "__main__":
    main()
