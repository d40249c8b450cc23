"""How long pages and endpoints take on a large record, and how many questions each asks of the database.

python bench/populate.py            # once, into a database of its own (DATABASE_URL)
python bench/pages.py [--explain]   # server time of each, median of three, with the number of queries
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Call, Comment, Submission, User

RUNS = 3


def addresses() -> list[tuple[str, bool]]:
    """What is asked, and whether by one of the staff."""
    call = Call.objects.get()
    submission = Submission.objects.earliest("pk")
    public = [
        "/en/",
        "/en/drafts/",
        "/en/drafts/1/",
        "/ar/drafts/1/?with=en",
        "/en/drafts/1/clauses/art_3__para_1/",
        "/en/drafts/1/clauses/art_3__para_1/?page=40",
        "/en/drafts/1/clauses/art_3__para_1/?position=opposes",
        "/en/calls/",
        f"/en/calls/{call.pk}/",
        f"/en/submissions/{submission.pk}/",
        "/en/dispositions/",
        "/api/v1/drafts/1/",
        "/api/v1/drafts/1/clauses/",
        "/api/v1/drafts/1/clauses/art_3__para_1/",
        "/api/v1/comments/",
        "/api/v1/comments/?clause=art_3__para_1",
        "/api/v1/comments/?position=opposes",
        "/api/v1/submissions/",
        "/api/v1/dispositions/",
    ]
    staff = ["/en/staff/", "/en/staff/comments/", "/en/staff/comments/?page=3", "/api/v1/staff/comments/"]
    return [(address, False) for address in public] + [(address, True) for address in staff]


def measure(client: Client, address: str) -> tuple[float, int, int, list[dict[str, str]]]:
    """Median milliseconds, status, queries of one run, and those queries."""
    times = []
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    asked = list(queries.captured_queries)
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), status, len(asked), asked


def main() -> None:
    """Measure and print."""
    connection.ensure_connection()
    print(f"{Comment.objects.count():,} comments")
    staff, _ = User.objects.get_or_create(email="bench-staff@example.org", defaults={"is_staff": True})
    reader, insider = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
    insider.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    print(f"{'ms':>8} {'queries':>7}  status  address")
    for address, is_staff in addresses():
        took, status, count, queries = measure(insider if is_staff else reader, address)
        print(f"{took:8.1f} {count:7d}  {status}     {address}")
        if "--explain" in sys.argv:
            for query in queries:
                if float(query["time"]) > 0.05:
                    print(f"             {query['time']} s: {query['sql'][:1500]}")


if __name__ == "__main__":
    main()
