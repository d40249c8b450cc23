"""How long a draft of 1,000 clauses in two languages takes from its files to the database, step by step.

python bench/imports.py [--clauses 1000] [--profile]   # any database with this project's tables; nothing is kept in it

The aim is under 10 seconds on two cores for all steps together.
"""

import argparse
import cProfile
import os
import pstats
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction

from declaration.models import TextImport, Wording
from declaration.services import create_declaration, create_draft
from declaration.services.imports import add_text, begin_import, commit_import, read_import
from declaration.text.alignment import align
from declaration.text.parser import parse
from declaration.text.sources import read_file

Result = TypeVar("Result")

AIM = 10.0
PARAGRAPHS = 4
ITEMS = 5
WORDS = {
    "en": [
        "peoples",
        "States",
        "solidarity",
        "shall",
        "promote",
        "respect",
        "protect",
        "rights",
        "development",
        "peace",
        "order",
        "share",
        "measures",
    ],
    "ar": [
        "الشعوب",
        "الدول",
        "التضامن",
        "تعزز",
        "تحترم",
        "تحمي",
        "الحقوق",
        "التنمية",
        "السلام",
        "النظام",
        "تتقاسم",
        "التدابير",
        "المشاركة",
    ],
}
HEADS = {"en": "Article {}", "ar": "المادة {}"}
LETTERS = {"en": "abcde", "ar": "أبجده"}


def write_text(language: str, clauses: int) -> str:
    """A declaration with articles, numbered paragraphs and lettered lists; recitals without numbers before them."""
    # The same lengths in both languages, as translations have.
    rng = random.Random(7)
    words = WORDS[language]

    def sentence() -> str:
        length = rng.randint(12, 45)
        return " ".join(words[rng.randrange(1000) % len(words)] for _ in range(length))

    recital, preamble = ("Recalling", "Preamble") if language == "en" else ("إذ تشير إلى", "الديباجة")
    lines = [preamble, *(f"{recital} {sentence()} A/HRC/RES/{number}/1," for number in range(1, 41))]
    count, article = len(lines), 0
    while count < clauses:
        article += 1
        lines.append(HEADS[language].format(article))
        count += 1
        ends = "." * (PARAGRAPHS - 1) + ":"
        lines += [f"{paragraph}. {sentence()}{end}" for paragraph, end in enumerate(ends, start=1)]
        lines += [f"({letter}) {sentence()};" for letter in LETTERS[language][:ITEMS]]
        count += PARAGRAPHS + ITEMS
    return "\n".join(lines) + "\n"


def measure(name: str, step: Callable[[], Result], took: dict[str, float]) -> Result:
    """Run a step, and note how many seconds it took."""
    start = time.perf_counter()
    answer = step()
    took[name] = took.get(name, 0.0) + time.perf_counter() - start
    return answer


def import_all(files: dict[str, bytes], took: dict[str, float]) -> int:
    """Bring the files in as the staff pages do, and return how many wordings are stored."""
    declaration = create_declaration(slug="bench-imports", title={"en": "Bench"})
    draft = create_draft(declaration=declaration, name={"en": "Bench"}, stage="zero", languages=["en"])
    text_import = begin_import(draft=draft)
    for language, data in files.items():
        measure(
            "read, parse and keep",
            lambda language=language, data=data: add_text(text_import=text_import, data=data, language=language),
            took,
        )
    text_import = TextImport.objects.get(pk=text_import.pk)
    preview = measure("preview", lambda: read_import(text_import), took)
    if preview.obstacles:
        sys.exit(f"The generated texts do not go together: {preview.obstacles[0].message}")
    measure("commit", lambda: commit_import(text_import=text_import, expected_revision=text_import.revision), took)
    # What the database looks at only in the end belongs to the time that it takes.
    with connection.cursor() as cursor:
        measure("deferred checks", lambda: cursor.execute("SET CONSTRAINTS ALL IMMEDIATE"), took)
    return Wording.objects.filter(clause__draft=draft).count()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clauses", type=int, default=1000)
    parser.add_argument("--profile", action="store_true", help="print where the time of the import goes")
    options = parser.parse_args()
    # With debugging Django keeps every question in memory, as no site in use does.
    settings.DEBUG = False
    files = {language: write_text(language, options.clauses).encode() for language in ("en", "ar")}
    alone: dict[str, float] = {}
    nodes = [
        measure(
            "parse", lambda language=language: parse(read_file(files[language]), language=language), alone
        ).as_json()["nodes"]
        for language in files
    ]
    pairs = measure("align", lambda: align(nodes[0], nodes[1]), alone).by_second
    print(f"{len(nodes[0])} clauses, {len(pairs)} of them with a counterpart in the second language")
    for name, seconds in alone.items():
        print(f"{seconds:7.2f} s  {name} alone, both languages")
    took: dict[str, float] = {}
    profile = cProfile.Profile()
    with transaction.atomic():
        if options.profile:
            profile.enable()
        stored = import_all(files, took)
        profile.disable()
        transaction.set_rollback(True)
    for name, seconds in took.items():
        print(f"{seconds:7.2f} s  {name}")
    total = sum(took.values())
    print(f"{total:7.2f} s  in all for {stored} wordings (aim: under {AIM:.0f} s)")
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
