"""How long it takes to look at and to bring in a spreadsheet of 5,000 rows, and to take as many out.

    python3 bench/spreadsheets.py

Works in a database of its own, named as the tests' are, made before and removed after.
"""

import time
from collections.abc import Callable
from typing import Any

from own_database import own_database

ROWS = 5_000


def timed(what: str, job: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    result = job()
    print(f"{what:<55} {time.perf_counter() - began:6.1f} s")
    return result


def require(is_so: bool, result: Any) -> None:
    if not is_so:
        raise SystemExit(f"Not as it should be: {dict(result.totals)} {result.problems[:3]}")


def make_file(states: list[str]) -> bytes:
    headings = "slug,kind,name_en,name_ar,when,host_state,summary_en"
    lines = [
        f"bench-{n},workshop,Workshop {n},ورشة {n},{2000 + n % 20}-0{1 + n % 9},{states[n % len(states)]},What was done there."
        for n in range(ROWS)
    ]
    return "\n".join([headings, *lines]).encode()


def bring_in(data: bytes, *, dry_run: bool) -> Any:
    from activities.spreadsheets import ACTIVITIES
    from declaration.spreadsheets.admin import resource_of
    from declaration.spreadsheets.formats import AnySpreadsheet

    return resource_of(ACTIVITIES)().import_data(
        AnySpreadsheet().create_dataset(data), dry_run=dry_run, file_name="bench.csv"
    )


def main() -> None:
    with own_database():
        from activities.models import Activity
        from activities.spreadsheets import ACTIVITIES
        from declaration.models import State
        from declaration.spreadsheets.admin import resource_of
        from declaration.spreadsheets.formats import Csv, Excel
        from declaration.spreadsheets.reading import MOST_PROBLEMS

        names = [f"XR{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
        State.objects.bulk_create(State(alpha3=name, status="invented_state", name={"en": name}) for name in names)
        data = make_file(names)
        result = timed(f"preview of {ROWS} new rows (CSV)", lambda: bring_in(data, dry_run=True))
        require(not result.problems, result)
        result = timed(f"bringing in {ROWS} new rows", lambda: bring_in(data, dry_run=False))
        require(result.totals["new"] == ROWS, result)
        rows = Activity.objects.filter(slug__startswith="bench-")
        sheet = timed(f"taking out {ROWS} rows", lambda: resource_of(ACTIVITIES)().export(queryset=rows))
        csv = timed("  written as CSV", lambda: Csv().export_data(sheet))
        book = timed("  written as a workbook", lambda: Excel().export_data(sheet))
        result = timed(f"preview of the same {ROWS} rows, unchanged (CSV)", lambda: bring_in(csv, dry_run=True))
        require(result.totals["skip"] == ROWS, result)
        result = timed(f"preview of the same {ROWS} rows, unchanged (workbook)", lambda: bring_in(book, dry_run=True))
        require(result.totals["skip"] == ROWS, result)
        wrong = data.replace(b",workshop,", b",workshoop,")
        result = timed(f"refusing {ROWS} rows, all of them wrong", lambda: bring_in(wrong, dry_run=True))
        require(len(result.problems) >= MOST_PROBLEMS, result)


if __name__ == "__main__":
    main()
