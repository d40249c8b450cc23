"""Every address of the site, taken from the URL configuration and from the schema of the API, and filled in.

A new route needs no entry here: what stands in its braces is found in the rows of the database, by the name that the route
gives it (`slug`, `alpha3`, `pk` …).
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.admindocs.views import simplify_regex
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator

PLACE = re.compile(r"[<{](?:(?P<converter>\w+):)?(?P<name>\w+)[>}]")

OURS = ("declaration", "consultations", "activities")

MOST_VALUES = 2
"""Of one kind of row so many are tried: those that were made first."""

WORDS = {
    "kind": ["json", "csv", "docx", "txt", "akn", "html", "bibtex", "ris"],
    "extension": ["json", "csv", "docx", "txt"],
    "format": ["json", "csv", "pdf", "atom"],
    "language": ["en"],
    "app_label": ["consultations"],
    "place": [0],
    "uidb36": ["1"],
    "url": ["nothing/"],
    "token": ["nothing"],
    "name": ["nothing"],
}
"""What stands in a route that no row of the database has a field for."""

KEYS = ("eid", "key", "alpha3", "slug", "code", "symbol", "number", "sha256", "ordinal", "token_key")
"""Fields of rows that stand in addresses."""


@dataclass(frozen=True)
class Route:
    """One address with places in it, what it is called, and the parameters that the schema knows of it."""

    name: str
    path: str
    parameters: dict[str, list[Any]] = field(default_factory=dict, compare=False)

    @property
    def places(self) -> list[tuple[str, str]]:
        """The converter and the name of each place."""
        return [(found["converter"] or "", found["name"]) for found in PLACE.finditer(self.path)]

    def fill(self, values: Sequence[Any]) -> str:
        """Return the address with these values in its places."""
        given = iter(values)
        return "/" + PLACE.sub(lambda _found: str(next(given)), self.path).lstrip("/")


def list_routes() -> list[Route]:
    """Return every route of the URL configuration, and every path of the schema that can be read."""
    return [*_walk(get_resolver().url_patterns), *_read_schema()]


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            plain = simplify_regex(path).removeprefix("/") if "(?P" in path else path
            yield Route(pattern.name or pattern.lookup_str, plain)


def _read_schema() -> Iterator[Route]:
    for path, methods in SchemaGenerator().get_schema(request=None, public=True)["paths"].items():
        if "get" not in methods:
            continue
        asked = {
            each["name"]: each["schema"].get("enum") or _sample(each["schema"])
            for each in methods["get"].get("parameters", ())
            if each["in"] == "query"
        }
        yield Route(methods["get"]["operationId"], path.removeprefix("/"), asked)


def _sample(schema: dict[str, Any]) -> list[Any]:
    if schema.get("type") == "boolean":
        return ["true", "false"]
    if schema.get("type") == "array":
        return schema["items"].get("enum") or [""]
    return []


class Values:
    """What can stand in the places of routes: values of rows that are there, and of none.

    `since` are rows to take besides, though there are many before them: {model label: first primary key}.
    """

    def __init__(self, *, none: int, since: int | None = None) -> None:
        self.none = none
        self.found: dict[str, list[Any]] = {}
        self.primary_keys: list[int] = []
        for model in _models():
            self._read(model, since)
        self.primary_keys = sorted(set(self.primary_keys))

    def _read(self, model: type[models.Model], since: int | None) -> None:
        rows = model._default_manager.order_by("pk")
        rows = rows[:MOST_VALUES] if since is None else rows.filter(pk__gte=since)
        names = {each.name for each in model._meta.concrete_fields} & set(KEYS)
        for row in rows:
            if isinstance(row.pk, int):
                self.primary_keys.append(row.pk)
            for name in names:
                self._add(name, getattr(row, name))
            if hasattr(row, "key") and "key" not in names:
                self._add("key", row.key)

    def _add(self, name: str, value: Any) -> None:
        known = self.found.setdefault(name, [])
        if value not in known and value is not None and value != "":
            known.append(value)

    def of(self, converter: str, name: str) -> list[Any]:
        """Return what can stand in a place."""
        if name in WORDS:
            return WORDS[name]
        if name in self.found:
            return [*self.found[name], self.none if converter == "int" else f"n{self.none}"]
        base = next((key for key in KEYS if name.endswith(f"_{key}") or (name == "other" and key == "ordinal")), "")
        if base in self.found:
            return [*self.found[base], f"n{self.none}" if base != "ordinal" else self.none]
        return [*self.primary_keys, self.none]

    def fill(self, route: Route) -> Iterator[tuple[Any, ...]]:
        """Return what to put into the places of a route: one place, every value; several, values that go together."""
        choices = [self.of(*place) for place in route.places]
        if len(choices) <= 1:
            yield from itertools.product(*choices)
            return
        longest = max(map(len, choices))
        together = (tuple(each[min(n, len(each) - 1)] for each in choices) for n in range(longest))
        first = ((value, *(each[0] for each in choices[1:])) for value in choices[0])
        yield from dict.fromkeys([*together, *first])


def _models() -> list[type[models.Model]]:
    found = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return [model for model in found if "Event" not in model.__name__ and not model._meta.auto_created]
