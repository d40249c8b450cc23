"""Look for like comments among many, and measure what it costs and what it finds.

    python3 bench/alike.py            5,000 comments
    python3 bench/alike.py 20000      so many

The comments are made in memory and never stored. Four in ten are written for themselves; the others are copies of two hundred
letters that were handed around, half of them to the letter and half with words changed. The table tells how many
of the copies were put into the group of their letter, how many comments were put where they do not belong, the seconds it
took, and by how many megabytes the memory of the process grew. A second measure has every comment on one clause differ from
all others while sharing most of its words, which is the worst case. It ends with an error if more than one in twenty copies was missed, any comment was put into a wrong group, or either
took more than thirty seconds.
"""

import os
import random
import resource
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")

import django

django.setup()

from consultations.alike import Group, find_alike
from consultations.models import Comment

LETTERS = 200
CLAUSES = 40
MOST_SECONDS = 30
MOST_MISSED = 0.05
WORDS = [
    f"{a}{b}{c}" for a in ("so", "ri", "pe", "da") for b in ("li", "ver", "ace", "ta") for c in ("dar", "n", "ful")
]


def write(rng: random.Random, length: int) -> list[str]:
    """Return so many words."""
    return [rng.choice(WORDS) + rng.choice("aeiou") for _number in range(length)]


def make_comments(count: int) -> tuple[list[Comment], dict[int, int]]:
    """Return comments, and of the copies which letter each is a copy of: {comment id: letter}."""
    rng = random.Random(7)
    letters = [write(rng, rng.randint(40, 160)) for _number in range(LETTERS)]
    comments, copies = [], {}
    for pk in range(1, count + 1):
        clause = rng.randrange(CLAUSES)
        words = write(rng, rng.randint(20, 200))
        if rng.random() >= 0.4:
            letter = rng.randrange(LETTERS)
            copies[pk], clause, words = letter, letter % CLAUSES, list(letters[letter])
            if rng.random() >= 0.5:
                words[rng.randrange(len(words))] = "changed"
        text = " ".join(words)
        comments.append(Comment(pk=pk, clause_id=clause + 1, rationale=text, language="en", position="supports"))
    return comments, copies


def make_worst(count: int) -> list[Comment]:
    """Return comments on one clause that share most of their words, and of which no two are alike."""
    rng = random.Random(7)
    shared = write(rng, 60)
    return [
        Comment(pk=pk, clause_id=1, rationale=" ".join([*shared, *write(rng, 30)]), language="en")
        for pk in range(1, count + 1)
    ]


def judge(groups: list[Group], copies: dict[int, int]) -> tuple[int, int]:
    """Return how many copies are not in the largest group of their letter, and how many comments are where they do not belong."""
    wrong, best = 0, dict.fromkeys(set(copies.values()), 1)
    for group in groups:
        letters = [copies.get(found.comment.pk, -1) for found in group.members]
        most = max(set(letters), key=letters.count)
        wrong += sum(letter != most or letter < 0 for letter in letters)
        if most >= 0:
            best[most] = max(best[most], letters.count(most))
    return len(copies) - sum(best.values()), wrong


def measure(comments: list[Comment]) -> tuple[list[Group], float, float]:
    """Return the groups, the seconds, and the megabytes by which the memory grew."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    groups = find_alike(comments)
    seconds = time.perf_counter() - start
    return groups, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main() -> None:
    """Measure, print, and end with an error where it is not as it should be."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    comments, copies = make_comments(count)
    groups, seconds, megabytes = measure(comments)
    missed, wrong = judge(groups, copies)
    print(f"{count} comments, {len(copies)} of them copies of {LETTERS} letters: {len(groups)} groups")
    print(f"  copies missed {missed} ({missed / max(1, len(copies)):.1%}), comments in a wrong group {wrong}")
    print(f"  {seconds:.2f} seconds, {megabytes:.0f} MB more")
    worst, worst_seconds, worst_megabytes = measure(make_worst(count))
    print(f"{count} comments on one clause, each like none: {len(worst)} groups")
    print(f"  {worst_seconds:.2f} seconds, {worst_megabytes:.0f} MB more")
    if missed > MOST_MISSED * len(copies) or wrong or max(seconds, worst_seconds) > MOST_SECONDS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
