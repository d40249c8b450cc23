"""Write, clear, file and read a filing of the most comments that a submission takes, and measure what each step costs.

    python3 bench/large_filing.py                 10,000 comments
    python3 bench/large_filing.py --comments 500  fewer, to try it

It works in a database of its own, named as the tests' are, which is made before and removed after. It ends with an error if a
page takes more than five seconds, or is larger than two megabytes. Beside the seconds on the clock it prints how many this process
was at work: on a busy computer the rest is waiting, and in a step that writes it is the database's work.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

from own_database import own_database

MOST_SECONDS = 5.0
MOST_BYTES = 2_000_000
WRITTEN_AT_ONCE = 1_000


def main() -> int:
    """Make the database, do the steps, and remove it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--comments", type=int, default=10_000)
    wanted = parser.parse_args().comments
    with own_database():
        return measure(wanted)


def timed(name: str, step: Callable[[], Any]) -> Any:
    """Do a step, print its seconds, and return what it returns."""
    begun, worked = time.perf_counter(), time.process_time()
    result = step()
    print(f"{name:<44}{time.perf_counter() - begun:8.2f} s, of it {time.process_time() - worked:.2f} s at work here")
    return result


def measure(wanted: int) -> int:
    """Do every step, and return 1 if a page was too slow or too large."""
    from consultations import services
    from consultations.models import Membership
    from consultations.services.comments import MAX_COMMENTS
    from declaration.errors import Refused
    from tests import factories

    submission = factories.make_submission(general_comment="We welcome the text.")
    focal_point = factories.focal_point(submission.delegation)
    contributor = factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR)
    timed(f"write {wanted} comments (in bulk)", lambda: write(submission, contributor, wanted))
    timed("write one more, or be told that it is full", lambda: one_more(submission, contributor, MAX_COMMENTS))
    try:
        timed(
            "be refused: none is cleared", lambda: services.submit_submission(submission=submission, user=focal_point)
        )
    except Refused as refused:
        print(f"  {refused}")
    wrong = visit(submission, focal_point)
    timed(
        "clear all, and file with a receipt",
        lambda: services.submit_submission(submission=submission, user=focal_point, clear_comments=True),
    )
    again = timed(
        "begin the next filing from a copy",
        lambda: services.start_submission(call=submission.call, delegation=submission.delegation, user=focal_point),
    )
    print(f"  {again.comments.count()} comments copied")
    timed("file again", lambda: services.submit_submission(submission=again, user=focal_point))
    again.refresh_from_db()
    wrong |= visit(again, focal_point)
    return int(wrong)


def write(submission: Any, user: Any, wanted: int) -> None:
    """Write comments as the service stores them, many at once."""
    from consultations.models import Comment

    clause = submission.call.draft.clauses.get(eid="art_2")
    words = "We propose that the duty be named more clearly, and say why. " * 4
    for first in range(1, wanted + 1, WRITTEN_AT_ONCE):
        numbers = range(first, min(first + WRITTEN_AT_ONCE, wanted + 1))
        Comment.objects.bulk_create(
            Comment(
                submission=submission,
                number=number,
                clause=clause,
                position="supports_with_amendment",
                operation="replace",
                proposed_text=f"States cooperate in full ({number}).",
                rationale=words,
                language="en",
                updated_by=user,
            )
            for number in numbers
        )


def one_more(submission: Any, user: Any, limit: int) -> None:
    """Write one comment more by the service, and say what it answers where the submission is full."""
    from consultations import services
    from declaration.errors import Refused

    clause = submission.call.draft.clauses.get(eid="art_1")
    try:
        services.add_comment(submission=submission, user=user, clause=clause, position="opposes")
    except Refused as refused:
        print(f"  {refused}")
        if submission.comments.count() < limit:
            raise


def visit(submission: Any, user: Any) -> bool:
    """Read the pages about a submission, and return whether one was too slow or too large."""
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    addresses = [
        ("desk page", reverse("desk-submission", args=[submission.pk])),
        ("desk page, the last", reverse("desk-submission", args=[submission.pk]) + "?page=9999"),
        ("page that asks before filing", reverse("desk-submission-submit", args=[submission.pk])),
        ("history", reverse("desk-history", args=[submission.delegation.key])),
        ("API, comments", reverse("api-desk-comment-list", args=[submission.pk])),
    ]
    if submission.status == "submitted":
        addresses += [
            ("public page", reverse("submission-detail", args=[submission.pk])),
            ("call", reverse("call-detail", args=[submission.call_id])),
            ("clause", reverse("clause-detail", args=[submission.call.draft.ordinal, "art_2"])),
            ("download, JSON", reverse("desk-submission-download", args=[submission.pk, "json"])),
        ]
    wrong = False
    # The first page of a process reads the templates and the translations: that is not the filing's doing.
    client.get(addresses[0][1])
    for name, address in addresses:
        begun, worked = time.perf_counter(), time.process_time()
        response = client.get(address)
        seconds, size = time.perf_counter() - begun, len(response.content)
        worked = time.process_time() - worked
        is_page = "download" not in name
        bad = is_page and (seconds > MOST_SECONDS or size > MOST_BYTES)
        wrong |= bad
        told = f"{size / 1024:10.0f} KB  {response.status_code}{'  TOO MUCH' if bad else ''}"
        print(f"{name:<44}{seconds:8.2f} s, of it {worked:.2f} s at work here{told}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
