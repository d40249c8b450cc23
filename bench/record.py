"""How long the pages of the record take on a large one: 500 activities, 2,000 consultations, 20,000 views.

    python3 bench/record.py             in a database of its own, named as the tests' are, made before and removed after
    python3 bench/record.py --kept      in the database of DATABASE_URL, which it fills once and leaves filled
    python3 bench/record.py --explain   also the queries that take longer than a twentieth of a second
    python3 bench/record.py --only X    only addresses with X in them

The shipped record and the illustrative draft are loaded first where they are missing; what is added is invented and belongs to
no State. The table tells the median server time of several answers, the same where the record changed just before each (what a
process keeps of the thread is thrown away), the number of queries then, and the size. It ends with an error where a page takes
longer than `MOST` milliseconds or does not answer.
"""

import argparse
import os
import random
import statistics
import sys
import time
from contextlib import nullcontext
from typing import Any

from own_database import PROJECT, own_database

MOST = 200
RUNS = 7
ACTIVITIES, CONSULTATIONS, VIEWS = 500, 2_000, 20_000
YEARS = range(2006, 2027)

PAGES = [
    "thread/",
    "thread/?resolution=A-HRC-RES-21-10",
    "thread/?after=2012-01-01&before=2012-12-31",
    "thread/?party=XRA",
    "thread/?at=element:26a",
    "thread/?at=activity:bench-1",
    "thread/gaps/views-on-no-element/",
    "thread/gaps/requests-without-activity/",
    "timeline/",
    "regions/",
    "mandates/international-solidarity/",
    "activities/",
    "activities/?kind=panel",
    "consultations/",
    "consultations/?page=20",
    "consultations/bench-1/",
    "views/",
    "questionnaires/",
    "outcomes/",
    "deliverables/",
    "elements/",
    "elements/26a/",
    "resolutions/",
    "resolutions/A-HRC-RES-21-10/",
    "documents/",
    "documents/A-68-176/",
    "states/",
    "states/XRA/",
    "stakeholders/",
]
"""Every list of the record, the thread in several ways, and the pages of what much hangs on."""

OTHER_ADDRESSES = ["/ar/thread/", "/api/v1/thread/", "/api/v1/thread.graphml?limit=50"]


def load_what_ships() -> None:
    """Load the record and the draft that all of it hangs on."""
    from activities.importers.dossier_kinds import WHOLE_RECORD
    from declaration.importers.dossier import load_dossier
    from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
    from declaration.models import Draft, Element

    if not Element.objects.exists():
        load_dossier(WHOLE_RECORD)
    if not Draft.objects.published().exists():
        bring_in_draft(ILLUSTRATIVE_DRAFT)


def a_date(rng: random.Random) -> str:
    """A month between 2006 and 2026."""
    return f"{rng.choice(YEARS)}-{rng.randint(1, 12):02}"


def fill() -> None:
    """Add what is missing up to the figures; nothing where it is there already."""
    from django.db import connection, transaction

    from activities.models import Activity
    from consultations.models import Consultation, View
    from declaration.models import State

    load_what_ships()
    if Activity.objects.filter(slug__startswith="bench-").exists():
        return
    rng = random.Random(1)
    states = [
        State.objects.get_or_create(
            alpha3=f"XR{letter}", defaults={"status": "invented_state", "name": {"en": f"State {letter}"}}
        )[0]
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ]
    with transaction.atomic():
        activities = Activity.objects.bulk_create(
            Activity(
                slug=f"bench-{n}", kind=rng.choice(Activity.Kind.values), name={"en": f"Activity {n}"}, when=a_date(rng)
            )
            for n in range(1, ACTIVITIES - Activity.objects.count() + 1)
        )
        consultations = Consultation.objects.bulk_create(
            Consultation(
                slug=f"bench-{n}", format="meeting", name={"en": f"Consultation {n}"}, when=a_date(rng), is_public=True
            )
            for n in range(1, CONSULTATIONS - Consultation.objects.count() + 1)
        )
        views = View.objects.bulk_create(
            (
                View(
                    consultation=consultations[n % len(consultations)],
                    position=n // len(consultations) + 1,
                    summary={"en": f"View {n}: peoples and individuals share benefits and burdens alike."},
                    attribution="party",
                    state=rng.choice(states),
                    confidentiality=rng.choice(["public", "public", "chatham_house", "internal"]),
                )
                for n in range(VIEWS - View.objects.count())
            ),
            batch_size=2_000,
        )
        link(rng, activities, consultations, views, states)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def link(
    rng: random.Random,
    activities: list[Any],
    consultations: list[Any],
    views: list[Any],
    states: list[Any],
) -> None:
    """Link everything to the next: requests, activities, consultations, views, elements, clauses."""
    from activities.models import Activity
    from consultations.models import Consultation, View
    from declaration.models import Clause, Draft, Element, Request

    requests = list(Request.objects.values_list("pk", flat=True))
    elements = list(Element.objects.values_list("pk", flat=True))
    clauses = list(Clause.objects.filter(draft__in=Draft.objects.published()).values_list("pk", flat=True))
    asked, held = Activity.requests.through, Activity.consultations.through
    asked.objects.bulk_create(asked(activity=each, request_id=rng.choice(requests)) for each in activities)
    held.objects.bulk_create(held(activity=rng.choice(activities), consultation=each) for each in consultations)
    present = Consultation.states.through
    present.objects.bulk_create(
        present(consultation=each, state=state) for each in consultations for state in rng.sample(states, 12)
    )
    on_element, on_clause = View.elements.through, View.clauses.through
    on_element.objects.bulk_create(on_element(view=each, element_id=rng.choice(elements)) for each in views[5:])
    on_clause.objects.bulk_create(on_clause(view=each, clause_id=rng.choice(clauses)) for each in views[::3])


def measure(client: Any, address: str) -> tuple[float, float, int, int, list[dict[str, str]]]:
    """Median milliseconds of answers, and of those after a change; status, bytes, and the queries after a change."""
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def ask(*, anew: bool) -> float:
        if anew:
            caches["memory"].clear()
        start = time.perf_counter()
        client.get(address)
        return (time.perf_counter() - start) * 1000

    ask(anew=True)
    caches["memory"].clear()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    asked = list(queries.captured_queries)
    again, anew = (statistics.median(ask(anew=each) for _ in range(RUNS)) for each in (False, True))
    return again, anew, response.status_code, len(response.content), asked


def visit(*, only: str, explain: bool) -> int:
    """Measure and print; return how many pages were too slow or did not answer."""
    from django.test import Client

    from activities.models import Activity
    from consultations.models import Consultation, View

    figures = f"{Activity.objects.count():,} activities, {Consultation.objects.count():,} consultations"
    print(f"{figures}, {View.objects.count():,} views")
    client, wrong = Client(HTTP_HOST="localhost"), 0
    print(f"{'ms':>8} {'anew':>8} {'queries':>7} {'KB':>6}  status  address")
    for address in filter(lambda each: only in each, [*(f"/en/{page}" for page in PAGES), *OTHER_ADDRESSES]):
        took, anew, status, size, queries = measure(client, address)
        bad = took > MOST or status != 200
        wrong += bad
        figures = f"{took:8.1f} {anew:8.1f} {len(queries):7d} {size / 1000:6.0f}  {status}"
        print(f"{figures}     {address}{'   TOO SLOW' if bad else ''}")
        for query in queries if explain else []:
            if float(query["time"]) > 0.05:
                print(f"             {query['time']} s: {query['sql'][:1500]}")
    return wrong


def use_kept_database() -> None:
    """Let the project's code work in the database of DATABASE_URL, with all its tables."""
    sys.path.insert(0, str(PROJECT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEBUG", "1")

    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # Django keeps every query otherwise, which no site does.
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable")


def main() -> int:
    """Fill, measure and print; return how many pages were too slow or did not answer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    if asked.kept:
        use_kept_database()
    with nullcontext() if asked.kept else own_database():
        fill()
        return visit(only=asked.only, explain=asked.explain)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
