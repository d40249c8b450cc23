"""Show the map of positions of 195 States on 134 clauses with 100,000 comments, and measure seconds and questions.

    python3 bench/positions.py                  100,000 comments
    python3 bench/positions.py --comments 5000  fewer, to try it

It works in a database of its own, named as the tests' are, which is made before and removed after; the rows are put in with
triggers off. It ends with an error if the page or the API takes more than a second.
"""

import argparse
import random
import sys
import time

from own_database import own_database

MOST_SECONDS = 1.0
STATES, CLAUSES = 195, 134
GROUPS, MEMBERS = 10, 20
POSITIONS = ["supports", "supports_with_amendment", "reserves", "opposes", "asks_for_clarification", ""]
WRITTEN_AT_ONCE = 5_000


def main() -> int:
    """Make the database, fill it, read the map, and remove the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--comments", type=int, default=100_000)
    wanted = parser.parse_args().comments
    with own_database():
        begun = time.perf_counter()
        ordinal = fill(wanted)
        print(f"filled in {time.perf_counter() - begun:.1f} s")
        return measure(ordinal)


def fill(wanted: int) -> int:
    """File what every State and some groups say on a draft, and return the draft's number."""
    from django.db import connection, transaction
    from django.utils import timezone

    from consultations.models import Comment, Submission
    from declaration.models import State
    from tests import factories

    rng = random.Random(4)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = [f"X{one}{other}" for one in letters for other in letters][:STATES]
    names = [(f"art_{number}", "article", str(number), "", "States act.") for number in range(1, CLAUSES + 1)]
    call = factories.make_call(factories.make_draft(clauses=names, languages=("en",)))
    clauses = list(call.draft.clauses.order_by("position"))
    user = factories.make_staff()
    there = set(State.objects.values_list("alpha3", flat=True))
    for code in codes:
        if code not in there:
            State.objects.create(alpha3=code, status="invented_state", name={"en": f"State {code}"})
    parties = [
        *State.objects.filter(alpha3__in=codes),
        *(factories.make_group(f"g{number}") for number in range(GROUPS)),
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        filed = Submission.objects.bulk_create(
            Submission(
                call=call,
                delegation=factories.make_delegation(party),
                language="en",
                status="submitted",
                submitted_at=timezone.now(),
                submitted_by=user,
                group_members=[] if isinstance(party, State) else sorted(rng.sample(codes, MEMBERS)),
            )
            for party in parties
        )
        numbers = {submission.pk: 0 for submission in filed}
        rows = []
        for place in range(wanted):
            submission = filed[place % len(filed)]
            numbers[submission.pk] += 1
            rows.append(
                Comment(
                    submission=submission,
                    number=numbers[submission.pk],
                    clause=clauses[place // len(filed) % CLAUSES],
                    position=rng.choice(POSITIONS),
                    rationale="We say why.",
                    language="en",
                    clearance="cleared",
                    updated_by=user,
                )
            )
        Comment.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return call.draft.ordinal


def measure(ordinal: int) -> int:
    """Read the pages and the API, and return 1 if one was too slow."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    addresses = [
        ("map", reverse("draft-positions", args=[ordinal])),
        ("map, one group", reverse("draft-positions", args=[ordinal]) + "?group=g1"),
        ("one clause", reverse("clause-positions", args=[ordinal, "art_1"])),
        ("API", f"/api/v1/drafts/{ordinal}/positions/"),
    ]
    wrong = False
    client.get(addresses[2][1])
    for name, address in addresses:
        with CaptureQueriesContext(connection) as asked:
            begun, worked = time.perf_counter(), time.process_time()
            response = client.get(address)
            seconds, worked = time.perf_counter() - begun, time.process_time() - worked
        spent = sum(float(query["time"]) for query in asked)
        bad = seconds > MOST_SECONDS or response.status_code != 200
        wrong |= bad
        print(
            f"{name:<20}{seconds:8.2f} s, of it {worked:.2f} s at work here and {spent:.2f} s in {len(asked)} questions"
            f"{len(response.content) / 1024:10.0f} KB  {response.status_code}{'  TOO MUCH' if bad else ''}"
        )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
