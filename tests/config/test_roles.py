"""Who may do what: the table in the docs has a row for every page and every operation, and says what is so.

A route without a row fails. `WRITE_ROLES=1` writes the rows that are missing from what the tests of access hold; what is
written is then to be read, because a page that should be closed would be written down as open.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

from activities import urls_staff as activity_staff
from consultations import urls_staff
from consultations.models import Membership
from tests import factories
from tests.api.test_access import TABLE as OPERATIONS
from tests.consultations import embargo
from tests.desk.test_access import BUTTONS
from tests.desk.test_access import OWN as OWN_DESK
from tests.desk.test_access import PAGES as DESK

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "roles.md"
ROLES = ("anonymous", "other", "observer", "contributor", "focal_point", "staff", "administrator")
ROW = re.compile(r"^\| `([^`]+)` \| (?:[^|]*) \| ([^|]+(?: \| [^|]+){6}) \|$", re.MULTILINE)
YES, NO, REFUSED = "yes", "–", 400

EVERYBODY = (YES,) * 7
SIGNED_IN = (NO, *(YES,) * 6)
STAFF = (NO,) * 5 + (YES, YES)

FROM_TEXT = "desk-comment-add, from the text"
"""The way from a public page to a comment: it asks for which delegation, and so is another page than the form."""

OWN = OWN_DESK | {FROM_TEXT} | {"after-sign-in", "notice-preferences"}
"""Pages of a person's own: everyone who is signed in has them."""


def pages(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and route of every page of the site, without the admin's and those of the accounts app's own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(getattr(pattern.pattern, "_route", pattern.pattern))
        if isinstance(pattern, URLResolver):
            if getattr(pattern, "app_name", "") != "admin" and not route.startswith("api/"):
                yield from pages(pattern.url_patterns, route)
        elif pattern.name and not pattern.name.startswith(("account_", "mfa_")):
            yield FROM_TEXT if route.endswith("desk/comments/add/") and "<" not in route else pattern.name, route


def operations() -> dict[str, str]:
    """Return the operations of the schema: {name: method and path}."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {
        operation["operationId"]: f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def rights_of_page(name: str) -> tuple[str, ...]:
    """Return what the tests of access hold of a page."""
    if name in OWN:
        return SIGNED_IN
    if name in DESK:
        may = BUTTONS.get(name) or [status < REFUSED for status in DESK[name]]
        focal_point, contributor, observer = (YES if each else NO for each in may)
        return (NO, NO, observer, contributor, focal_point, NO, NO)
    of_staff = (*urls_staff.urlpatterns, *activity_staff.urlpatterns)
    return STAFF if name in {pattern.name for pattern in of_staff} else EVERYBODY


def rights_of_operation(name: str) -> tuple[str, ...]:
    """Return what the test of the API holds of an operation; an administrator may what staff may."""
    expected = [OPERATIONS[name][role] for role in ROLES[:-1]]
    return tuple(YES if status < REFUSED else NO for status in (*expected, expected[-1]))


def read_rows() -> dict[str, tuple[str, ...]]:
    """Return the rows of the table: {name: a cell for each role}."""
    found = ROW.findall(DOCUMENT.read_text(encoding="utf-8")) if DOCUMENT.exists() else []
    return {name: tuple(cell.strip() for cell in cells.split(" | ")) for name, cells in found}


def write_rows() -> None:
    """Write the whole table below the words that stand above it."""
    above = DOCUMENT.read_text(encoding="utf-8").partition("\n## Pages")[0].rstrip()
    head = "| Name | Address | anonymous | other delegation | observer | contributor | focal point | staff | administrator |"
    lines = [above, "", "## Pages", "", head, "|---" * 9 + "|"]
    lines += [
        f"| `{name}` | {route} | {' | '.join(rights_of_page(name))} |" for name, route in sorted(dict(pages()).items())
    ]
    lines += ["", "## The API", "", head, "|---" * 9 + "|"]
    known = {name: path for name, path in sorted(operations().items()) if name in OPERATIONS}
    lines += [f"| `{name}` | {path} | {' | '.join(rights_of_operation(name))} |" for name, path in known.items()]
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_every_page_and_operation_has_a_row() -> None:
    if os.environ.get("WRITE_ROLES"):
        write_rows()
    assert set(read_rows()) == {name for name, _route in pages()} | set(operations())


def test_rows_say_what_the_tests_of_access_hold() -> None:
    expected = {name: rights_of_page(name) for name, _route in pages()}
    expected |= {name: rights_of_operation(name) for name in operations()}
    assert read_rows() == expected


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_page_is_shown_to_nobody_whose_cell_says_no(role: str) -> None:
    made = embargo.make_record()
    users = {
        "anonymous": lambda: None,
        "other": lambda: made.readers["another delegation"],
        "staff": lambda: made.readers["staff"],
        "administrator": lambda: made.readers["administrator"],
    }
    user = users.get(role, lambda: factories.make_member(made.first, Membership.Role(role)))()
    client = Client()
    if user:
        client.force_login(user)
    wrong = []
    for name, route in pages():
        response = client.get("/" + filled_in(route))
        may = read_rows()[name][ROLES.index(role)] == YES
        if may and "<" not in route and response.get("Location", "").startswith("/en/account/login/"):
            wrong.append((name, "leads to the sign-in"))
        if not may and response.status_code < 300:
            wrong.append((name, response.status_code))
    assert wrong == []


def filled_in(route: str) -> str:
    """Return the address of a page, with what is in the record in place of each `<converter:name>`."""
    examples = {"key": "XAA", "alpha3": "XAA", "eid": "art_1", "other_eid": "art_2", "ordinal": "701", "other": "701"}

    def example(match: re.Match[str]) -> str:
        kind, _colon, name = match[1].rpartition(":")
        return examples.get(name) or ("700" if kind == "int" else "x")

    return re.sub(r"<([^>]+)>", example, route)
