"""How long it takes to compare two drafts of 1,000 clauses in two languages. Nothing is kept.

python bench/redlines.py [--clauses 1000]

Prints the median of three runs of each: the redlines alone (both languages), the comparison with all that it asks
of the database (both languages), and the page, its JSON and its text as a reader gets them (one language each). One clause in three is
edited, some are merged, some dropped and others added. The aim for the redlines is one second on two cores.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DEBUG", "0")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from declaration.comparing import compare_drafts
from declaration.models import Clause, Declaration, Descent, Draft, Wording
from declaration.services import publish_draft
from declaration.text.redline import redline

RUNS = 3
LANGUAGES = ("en", "ar")
WORDS = {
    "en": "all peoples and states shall promote solidarity among nations with due regard for the rights of every "
    "person in law and practice including women children and future generations",
    "ar": "تعزز جميع الشعوب والدول التضامن بين الأمم مع المراعاة الواجبة لحقوق كل شخص في القانون والممارسة بما في ذلك "
    "النساء والأطفال والأجيال المقبلة",
}
SENTENCE = 45
"""Words in a clause, about as many as a paragraph of a declaration has."""

EDIT_EVERY, MERGE_EVERY, DROP_EVERY = 3, 50, 40
ORDINALS = (9001, 9002)


def make_text(language: str, chance: random.Random) -> str:
    """Return a clause of made-up words."""
    return " ".join(chance.choice(WORDS[language].split()) for _ in range(SENTENCE)) + "."


def edit(text: str, language: str, chance: random.Random) -> str:
    """Return a text of which some words are replaced, left out and put in."""
    words = text.split(" ")
    for _ in range(4):
        place = chance.randrange(len(words))
        words[place : place + chance.randrange(3)] = [chance.choice(WORDS[language].split())]
    return " ".join(words)


def make_clauses(draft: Draft, number: int, texts: dict[int, dict[str, str]]) -> list[Clause]:
    """Write a draft of articles with nine paragraphs each."""
    clauses = []
    for index in range(number):
        article, paragraph = divmod(index, 10)
        eid = f"art_{article + 1}" + (f"__para_{paragraph}" if paragraph else "")
        kind = Clause.Kind.PARAGRAPH if paragraph else Clause.Kind.ARTICLE
        label = str(paragraph or article + 1)
        parent = clauses[article * 10] if paragraph else None
        clause = Clause(draft=draft, kind=kind, label=label, position=index + 1, eid=eid, wid=eid, parent=parent)
        if parent is None:
            clause.save()
        clauses.append(clause)
    Clause.objects.bulk_create([clause for clause in clauses if clause.pk is None])
    wordings = [
        Wording(clause=clause, language=language, text=texts[index][language])
        for index, clause in enumerate(clauses)
        for language in LANGUAGES
    ]
    Wording.objects.bulk_create(wordings)
    return clauses


def make_drafts(number: int) -> tuple[Draft, Draft, list[tuple[str, str]]]:
    """Make both drafts and return them, with the pairs of texts that are to be compared."""
    chance = random.Random(7)
    declaration = Declaration.objects.create(slug="bench-redlines", title={"en": "Bench"})
    values = {"declaration": declaration, "languages": list(LANGUAGES), "stage": Draft.Stage.ZERO}
    older = Draft.objects.create(ordinal=ORDINALS[0], name={"en": "Older"}, **values)
    old_texts = {index: {each: make_text(each, chance) for each in LANGUAGES} for index in range(number)}
    old = make_clauses(older, number, old_texts)
    publish_draft(draft=older)
    newer = Draft.objects.create(ordinal=ORDINALS[1], name={"en": "Newer"}, supersedes=older, **values)
    new_texts = {
        index: {each: edit(text, each, chance) if index % EDIT_EVERY == 0 else text for each, text in texts.items()}
        for index, texts in old_texts.items()
    }
    new = make_clauses(newer, number, new_texts)
    Descent.objects.bulk_create(
        Descent(ancestor=ancestor, descendant=descendant, kind=kind)
        for index in range(number)
        for ancestor, descendant, kind in descend(index, old, new)
    )
    newer.clauses.update(is_origin_confirmed=True)
    publish_draft(draft=newer)
    pairs = [(old_texts[index][each], new_texts[index][each]) for index in range(number) for each in LANGUAGES]
    return newer, older, pairs


def descend(index: int, old: list[Clause], new: list[Clause]) -> list[tuple[Clause, Clause, str]]:
    """Return what a clause comes from: mostly its like; now and then another one too, or nothing."""
    if index % DROP_EVERY == DROP_EVERY - 1:
        return []
    kind = Descent.Kind.AMENDED if index % EDIT_EVERY == 0 else Descent.Kind.SAME
    found = [(old[index], new[index], kind)]
    if index % MERGE_EVERY == MERGE_EVERY - 2:
        found.append((old[index - 1], new[index], Descent.Kind.MERGED))
    return found


def measure(name: str, act: Callable[[], object]) -> None:
    """Print the median time of an act in seconds, and the time that this process was at work for it.

    The second is what counts where others are at work on the machine; what the database does is not in it.
    """
    times, at_work = [], []
    for _ in range(RUNS):
        start, start_at_work = time.perf_counter(), time.process_time()
        act()
        times.append(time.perf_counter() - start)
        at_work.append(time.process_time() - start_at_work)
    print(f"{statistics.median(times):8.3f} s  {statistics.median(at_work):8.3f} s  {name}")


def ask(address: str) -> None:
    """Ask for a page. Raises `RuntimeError` where it is not there."""
    response = Client(HTTP_HOST="localhost").get(address, secure=not settings.DEBUG)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def main() -> None:
    """Make the drafts, measure, print, and take everything back."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clauses", type=int, default=1000)
    number = parser.parse_args().clauses
    with transaction.atomic():
        newer, older, pairs = make_drafts(number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE declaration_clause, declaration_wording, declaration_descent")
        changed = sum(one != other for one, other in pairs)
        print(
            f"two drafts of {number:,} clauses in {len(LANGUAGES)} languages; {changed:,} of {len(pairs):,} texts differ"
        )
        print(f"{'in all':>10}  {'at work':>10}")
        measure("redlines alone, both languages", lambda: [redline(one, other) for one, other in pairs])
        measure(
            "compared with the database, both languages",
            lambda: [compare_drafts(newer, older, each).words for each in LANGUAGES],
        )
        address = f"drafts/{newer.ordinal}/compare/{older.ordinal}/"
        measure("page, only the changes", lambda: ask(f"/en/{address}"))
        measure("page, the whole text", lambda: ask(f"/ar/{address}?show=all"))
        measure("JSON", lambda: ask(f"/api/v1/{address}"))
        measure("plain text", lambda: ask(f"/api/v1/{address}?format=txt"))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
