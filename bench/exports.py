"""How long a draft of 1,000 clauses takes to go out in each format, in one language and in two.

python bench/exports.py [--clauses 1000]   # no database

The aim is a second or two for each file on two cores.
"""

import argparse
import datetime as dt
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from declaration.exporters.formats import FORMATS
from declaration.exporters.reading import DraftReading, Row, Words
from declaration.models import Clause, Declaration, Draft

AIM = 2.0
TEXT = {
    "en": "Everyone keeps the river, and States help one another to keep it, in good faith and in common. " * 2,
    "ar": "يحافظ كل إنسان على النهر، وتتعاون الدول على الحفاظ عليه بحسن نية ومن أجل الجميع. " * 2,
}
HEADING = {"en": "Rivers", "ar": "الأنهار"}
PARAGRAPHS = 9


def make_reading(languages: tuple[str, ...], clauses: int) -> DraftReading:
    """Return a draft of articles of nine paragraphs each, which is in no database."""
    draft = Draft(
        pk=1,
        ordinal=1,
        declaration=Declaration(slug="rivers", title=HEADING),
        name={"en": "Zero draft"},
        status=Draft.Status.PUBLISHED,
        published_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        languages=list(languages),
    )
    rows = [make_row(draft, place, languages) for place in range(clauses)]
    return DraftReading(draft, languages, rows)


def make_row(draft: Draft, place: int, languages: tuple[str, ...]) -> Row:
    """Return one of its clauses."""
    article, paragraph = divmod(place, PARAGRAPHS + 1)
    kind, label, depth = ("paragraph", str(paragraph), 1) if paragraph else ("article", str(article + 1), 0)
    eid = f"art_{article + 1}" + (f"__para_{paragraph}" if paragraph else "")
    parent = place - paragraph + 1 if paragraph else None
    clause = Clause(pk=place + 1, draft=draft, kind=kind, label=label, eid=eid, wid=eid, parent_id=parent)
    words = {
        code: Words(
            kind=kind,
            label=label,
            depth=depth,
            language=code,
            heading="" if paragraph else HEADING[code],
            text=TEXT[code].strip() if paragraph else "",
            authenticity="official",
            eid=eid,
        )
        for code in languages
    }
    return Row(clause, depth, words)


def main() -> int:
    """Print the time of each format; return 1 if one takes longer than the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clauses", type=int, default=1000)
    clauses = parser.parse_args().clauses
    slowest = 0.0
    for languages in (("en",), ("ar",), ("en", "ar")):
        reading = make_reading(languages, clauses)
        for kind, wanted in FORMATS.items():
            started = time.perf_counter()
            size = len(wanted.render(reading))
            seconds = time.perf_counter() - started
            slowest = max(slowest, seconds)
            print(f"{'+'.join(languages):6} {kind:5} {size / 1024:7.0f} KiB {seconds:6.2f} s")
    print(f"slowest {slowest:.2f} s, aim {AIM:.0f} s")
    return 1 if slowest > AIM else 0


if __name__ == "__main__":
    sys.exit(main())
