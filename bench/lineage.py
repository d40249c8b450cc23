"""How well the descent of clauses is proposed, and what becomes of comments by it.

python bench/lineage.py [--seeds 20] [--clauses 200] [--details]

Drafts are invented and changed in known ways (changed_drafts.py), both are brought into a database of its own
(DATABASE_URL; all is rolled back), and descents are proposed without a person. Printed are, for each thing that was done to
clauses, which share of the descents was found and which share of what was found is right; and of 30 comments on clauses
to which it was done, how many stand where they should: as proposed, and after what is certain was confirmed unseen. Right
is a comment that stands on all clauses that its own became and on no other, also where it is said that nobody has confirmed
that yet ("of these open"); on a clause that was cut it is right if it stands nowhere, which is always open. A
comment on a wrong clause, or said to be on nothing though its clause lives, is counted as silent where nothing says that
it has yet to be confirmed.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from changed_drafts import LANGUAGES, Maker, Node, fate_name, walk
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consultations.models import Call, Comment, Delegation, Submission, User
from consultations.standing import find_standings
from declaration.models import Clause, Declaration, Descent, Draft, State
from declaration.services import NewClause, NewWording, create_draft, publish_draft
from declaration.services.lineage import propose_descents, settle_certain
from declaration.text.lineage import CERTAIN

COMMENTS = 30


def bring_in(root: Node, declaration: Declaration, ordinal: int, supersedes: Draft | None) -> Draft:
    """Store a draft as an import does."""
    clauses = [
        NewClause(
            eid=node.eid,
            kind=node.kind,
            label=node.label,
            parent=node.parent.eid if node.parent and node.parent.kind != "root" else "",
            wordings={
                language: NewWording(
                    heading=" ".join(node.heading.get(language, [])), text=" ".join(node.text.get(language, []))
                )
                for language in LANGUAGES
                if node.heading.get(language) or node.text.get(language)
            },
        )
        for node in walk(root)
    ]
    return create_draft(
        declaration=declaration,
        name={"en": f"Draft {ordinal}"},
        stage="zero",
        languages=LANGUAGES,
        clauses=clauses,
        ordinal=ordinal,
        supersedes=supersedes,
    )


class Tally:
    """What is counted over all seeds."""

    def __init__(self) -> None:
        self.true: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.proposed: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.new: Counter[str] = Counter()
        self.certain = self.certain_wrong = 0
        self.comments: dict[str, dict[str, Counter[str]]] = {
            "proposed": defaultdict(Counter),
            "confirmed": defaultdict(Counter),
        }
        self.seconds: list[float] = []
        self.worst: list[tuple[float, int]] = []
        self.details: list[str] = []


def measure(seed: int, clauses: int, tally: Tally) -> None:
    """Make a pair of drafts, propose, and count."""
    maker = Maker(seed, clauses)
    old = maker.draft()
    new = maker.change(old)
    declaration = Declaration.objects.create(slug=f"lineage-{seed}", title={"en": "Measured"})
    first = (Draft.objects.aggregate(last=Max("ordinal"))["last"] or 0) + 1
    older = publish_draft(draft=bring_in(old, declaration, first, None))
    newer = bring_in(new, declaration, first + 1, older)
    start = time.perf_counter()
    propose_descents(draft=newer)
    tally.seconds.append(time.perf_counter() - start)
    proposed = {
        (each.ancestor.eid, each.descendant.eid): each
        for each in Descent.objects.filter(descendant__draft=newer).select_related("ancestor", "descendant")
    }
    truth = {(origin.eid, node.eid): fate_name(node.origins, node) for node in walk(new) for origin in node.origins}
    count_descents(seed, truth, proposed, new, tally)
    count_comments(maker.rng, (old, new), (older, newer), proposed, tally)


def count_descents(
    seed: int, truth: dict[tuple[str, str], str], proposed: dict[tuple[str, str], Descent], new: Node, tally: Tally
) -> None:
    """Count which descents were found, and which of those found are right."""
    found_here = 0
    for pair, name in truth.items():
        tally.true[name] += 1
        if pair in proposed:
            tally.found[name] += 1
            found_here += 1
        else:
            tally.details.append(f"seed {seed}: not found {pair} ({name})")
    for pair, descent in proposed.items():
        is_right = pair in truth
        tally.proposed[descent.kind] += 1
        tally.right[descent.kind] += is_right
        if descent.confidence >= CERTAIN:
            tally.certain += 1
            tally.certain_wrong += not is_right
        if not is_right:
            certain = " CERTAIN" if descent.confidence >= CERTAIN else ""
            tally.details.append(f"seed {seed}: wrong {pair} {descent.kind} {descent.confidence}{certain}")
    descendants = {newer for _older, newer in proposed}
    for node in walk(new):
        if not node.origins:
            tally.new["all"] += 1
            tally.new["right"] += node.eid not in descendants
    wrong = sum(1 for pair in proposed if pair not in truth)
    tally.worst.append((found_here / (len(truth) + wrong), seed))


def count_comments(
    rng: random.Random,
    texts: tuple[Node, Node],
    drafts: tuple[Draft, Draft],
    proposed: dict[tuple[str, str], Descent],
    tally: Tally,
) -> None:
    """Put up to 30 comments on clauses of each fate, and count where they stand."""
    old, new = texts
    living: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for node in walk(new):
        for origin in node.origins:
            living[origin.eid].add(node.eid)
            names[origin.eid] = fate_name(node.origins, node)
    by_fate: dict[str, list[str]] = defaultdict(list)
    for node in walk(old):
        by_fate[names.get(node.eid, "cut")].append(node.eid)
    chosen = {name: (rng.choices(eids, k=COMMENTS)) for name, eids in by_fate.items()}
    older, newer = drafts
    comments = make_comments(older, [eid for eids in chosen.values() for eid in eids])
    reached: dict[str, set[str]] = defaultdict(set)
    doubtful: set[str] = set()
    for (ancestor, descendant), descent in proposed.items():
        reached[ancestor].add(descendant)
        if descent.confidence < CERTAIN:
            doubtful.add(ancestor)
    clauses = dict(Clause.objects.filter(draft=older).values_list("pk", "eid"))
    settle_certain(draft=newer)
    standings = find_standings(comments, newer)
    fates = iter([name for name, eids in chosen.items() for _ in eids])
    for comment, name in zip(comments, fates, strict=True):
        eid = clauses[comment.clause_id or 0]
        wanted = living[eid]
        # As proposed: a comment whose clause nobody continues waits, since the draft has clauses of open origin.
        tally.comments["proposed"][name][judge(wanted, reached[eid], eid in doubtful or not reached[eid])] += 1
        standing = standings[comment.pk]
        places = {clause.eid for clause in standing.clauses}
        waits = standing.is_provisional or standing.kind == "unknown"
        tally.comments["confirmed"][name][judge(wanted, places, waits)] += 1


def judge(wanted: set[str], places: set[str], is_open: bool) -> str:
    """Say how well a comment stands, given where it should, where it does, and whether that is said to be open."""
    if places == wanted:
        return "right, open" if is_open else "right, settled"
    if not places:
        return "lost, open" if is_open else "lost, silent"
    return "misplaced, open" if is_open else "misplaced, silent"


def make_comments(draft: Draft, eids: list[str]) -> list[Comment]:
    """Comments on clauses, in one submission."""
    clauses = {clause.eid: clause for clause in Clause.objects.filter(draft=draft)}
    now = timezone.now()
    user, _made = User.objects.get_or_create(email="lineage@example.org")
    state, _made = State.objects.get_or_create(
        alpha3="XZZ", defaults={"status": "invented_state", "name": {"en": "Measured State"}}
    )
    delegation, _made = Delegation.objects.get_or_create(state=state)
    call = Call.objects.create(
        draft=draft,
        title={"en": "Measured"},
        status=Call.Status.OPEN,
        opens_at=now,
        closes_at=now + timedelta(days=1),
        audience=["member_states"],
        languages=["en"],
    )
    submission = Submission.objects.create(call=call, delegation=delegation, language="en")
    comments = [
        Comment(submission=submission, number=place, clause=clauses[eid], language="en", target="clause", rationale="It is.",
                updated_by=user)
        for place, eid in enumerate(eids, start=1)
    ]  # fmt: skip
    return Comment.objects.bulk_create(comments)


def count(counts: Counter[str], outcome: str) -> int:
    """How many comments came to an outcome; right ones are counted together and, of these, those that are open."""
    if outcome == "right":
        return counts["right, settled"] + counts["right, open"]
    return counts["right, open" if outcome == "of these open" else outcome]


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def report(tally: Tally, *, details: bool) -> None:
    """Print what was counted."""
    print("descents, by what was done        true   found")
    for name in sorted(tally.true, key=lambda each: (each.count("+"), each)):
        print(f"  {name:28} {tally.true[name]:7} {share(tally.found[name], tally.true[name])}")
    print(f"  {'all (recall)':28} {tally.true.total():7} {share(tally.found.total(), tally.true.total())}")
    print(f"  {'new clauses left new':28} {tally.new['all']:7} {share(tally.new['right'], tally.new['all'])}")
    print("descents, as proposed         proposed   right")
    for name in sorted(tally.proposed):
        print(f"  {name:28} {tally.proposed[name]:7} {share(tally.right[name], tally.proposed[name])}")
    print(f"  {'all (precision)':28} {tally.proposed.total():7} {share(tally.right.total(), tally.proposed.total())}")
    print(f"  certain: {tally.certain} of {tally.proposed.total()}, of these wrong: {tally.certain_wrong}")
    for stage, heading in (
        ("proposed", "comments, as proposed without a person"),
        ("confirmed", "comments, once what is certain was confirmed unseen (consultations.standing)"),
    ):
        outcomes = ("right", "of these open", "lost, open", "misplaced, open", "lost, silent", "misplaced, silent")
        print(f"{heading}\n  {'':28} {'comments':>9}" + "".join(f"{each:>19}" for each in outcomes))
        total: Counter[str] = Counter()
        for name, counts in sorted(tally.comments[stage].items(), key=lambda each: (each[0].count("+"), each[0])):
            total += counts
            print(f"  {name:28} {counts.total():9}" + "".join(f"{count(counts, each):19}" for each in outcomes))
        print(
            f"  {'all':28} {total.total():9}"
            + "".join(f"{share(count(total, each), total.total()):>19}" for each in outcomes)
        )
    low = sorted(tally.worst)[:3]
    print("worst seeds: " + ", ".join(f"{seed}: {100 * right:.1f} %" for right, seed in low))
    print(f"seconds for a proposal: {min(tally.seconds):.2f} to {max(tally.seconds):.2f}")
    if details:
        print("\n".join(tally.details))


def main() -> None:
    """Measure over some seeds, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--clauses", type=int, default=200)
    parser.add_argument("--details", action="store_true")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    tally = Tally()
    for seed in range(asked.first, asked.first + asked.seeds):
        with transaction.atomic():
            measure(seed, asked.clauses, tally)
            transaction.set_rollback(True)
    report(tally, details=asked.details)


if __name__ == "__main__":
    main()
