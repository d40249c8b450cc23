"""Fill a database of its own with a large record: a draft of 420 clauses, 2,000 delegations, a million comments.

Rows are copied in with triggers off, as a restored backup would be; nothing of this belongs on a site in use.
"""

import datetime as dt
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from consultations.models import Call, Comment, Delegation, Disposition, Submission, User
from declaration.models import Clause, Declaration, Draft, Stakeholder, Wording
from declaration.services import publish_draft

ARTICLES = 30
PARAGRAPHS = 13
WORDS = [
    "peoples",
    "individuals",
    "solidarity",
    "cooperation",
    "States",
    "shall",
    "promote",
    "respect",
    "protect",
    "rights",
    "development",
    "peace",
    "equal",
    "fair",
    "order",
    "share",
    "benefits",
    "burdens",
    "measures",
    "participate",
    "decisions",
    "resources",
    "justice",
    "future",
    "generations",
]
POSITIONS = ["supports", "supports_with_amendment", "reserves", "opposes", "asks_for_clarification", ""]


def sentence(rng: random.Random, length: int = 30) -> str:
    """A sentence of words that a declaration uses."""
    return " ".join(rng.choices(WORDS, k=length)).capitalize() + "."


def make_draft(rng: random.Random) -> Draft:
    """A published draft of 30 articles with 13 paragraphs each, in English and Arabic."""
    declaration = Declaration.objects.create(slug="bench", title={"en": "Bench", "ar": "قياس"})
    draft = Draft.objects.create(
        declaration=declaration,
        ordinal=1,
        name={"en": "Bench draft", "ar": "مشروع القياس"},
        stage=Draft.Stage.ZERO,
        languages=["en", "ar"],
        is_illustrative=True,
    )
    position = 0
    for article in range(1, ARTICLES + 1):
        position += 1
        eid = f"art_{article}"
        parent = Clause.objects.create(
            draft=draft, kind="article", label=str(article), position=position, eid=eid, wid=eid
        )
        clauses = [
            Clause(
                draft=draft,
                kind="paragraph",
                label=str(number),
                position=position + number,
                eid=f"{eid}__para_{number}",
                wid=f"{eid}__para_{number}",
                parent=parent,
            )
            for number in range(1, PARAGRAPHS + 1)
        ]
        position += PARAGRAPHS
        Clause.objects.bulk_create(clauses)
        Wording.objects.bulk_create(
            Wording(
                clause=clause,
                language=language,
                heading=sentence(rng, 3) if clause is parent else "",
                text="" if clause is parent else sentence(rng),
            )
            for clause in [parent, *clauses]
            for language in ("en", "ar")
        )
    return publish_draft(draft=draft)


def fill(comments: int, delegations: int) -> None:
    """Fill the database, unless it is filled."""
    if Comment.objects.exists():
        return
    rng = random.Random(1)
    now = timezone.now()
    draft = make_draft(rng)
    call = Call.objects.create(
        draft=draft,
        title={"en": "Bench call", "ar": "دعوة القياس"},
        status=Call.Status.OPEN,
        opens_at=now - dt.timedelta(days=30),
        closes_at=now + dt.timedelta(days=30),
        audience=["stakeholders"],
        languages=["en", "ar"],
    )
    user = User.objects.create_user("bench@example.org")
    Stakeholder.objects.bulk_create(
        Stakeholder(slug=f"bench-{n}", kind="ngo", name={"en": f"Organization {n}"}, is_invented=True)
        for n in range(delegations)
    )
    Delegation.objects.bulk_create(
        Delegation(stakeholder=one) for one in Stakeholder.objects.filter(slug__startswith="bench-")
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Submission.objects.bulk_create(
            (
                Submission(
                    call=call,
                    delegation=delegation,
                    status="submitted",
                    language="en",
                    submitted_at=now - dt.timedelta(minutes=n),
                    submitted_by=user,
                )
                for n, delegation in enumerate(Delegation.objects.all())
            ),
            batch_size=2000,
        )
        clauses = list(draft.clauses.order_by("position").values_list("pk", flat=True))
        submissions = list(Submission.objects.values_list("pk", flat=True))
        columns = (
            "submission_id, number, target, clause_id, category, position, operation, proposed_text, rationale, "
            "language, revision, created_at, updated_at, updated_by_id"
        )
        with cursor.copy(f"COPY consultations_comment ({columns}) FROM STDIN") as copy:
            each = comments // len(submissions)
            for submission in submissions:
                for number in range(1, each + 1):
                    copy.write_row(
                        (
                            submission,
                            number,
                            "clause",
                            rng.choice(clauses),
                            "substantive",
                            rng.choice(POSITIONS),
                            "none",
                            "",
                            sentence(rng, 20),
                            "en",
                            1,
                            now,
                            now,
                            user.pk,
                        )
                    )
        answered = Comment.objects.order_by("pk").values_list("pk", flat=True)[: comments // 10]
        Disposition.objects.bulk_create(
            (
                Disposition(
                    comment_id=pk, decision="noted", reason="Noted.", language="en", published_at=now, decided_by=user
                )
                for pk in answered
            ),
            batch_size=5000,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(
        comments=int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        delegations=int(sys.argv[2]) if len(sys.argv) > 2 else 2_000,
    )
    print(f"{Comment.objects.count():,} comments of {Submission.objects.count():,} submissions")
