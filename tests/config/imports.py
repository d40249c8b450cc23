"""Read source files for what they depend on, without importing them."""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

# Each may depend on itself and on those after it.
APPS = ("config", "activities", "consultations", "declaration")

# "consultations.User" (a foreign key, a dotted path) and "consultations:call-list" (the name of an address).
REFERENCE = re.compile(rf"(?P<app>{'|'.join(APPS)})[.:][A-Za-z_][\w.:-]*")

# Calls whose keywords and texts name fields and relations.
QUERY_CALLS = {
    *(
        "aggregate",
        "annotate",
        "Avg",
        "Count",
        "defer",
        "distinct",
        "exclude",
        "Exists",
        "F",
        "filter",
        "get",
        "Max",
        "Min",
    ),
    *(
        "only",
        "order_by",
        "OuterRef",
        "Prefetch",
        "prefetch_related",
        "Q",
        "select_related",
        "Sum",
        "values",
        "values_list",
    ),
}

# What is asked of the manager that a relation leads to.
MANAGER_CALLS = QUERY_CALLS | {
    *("all", "bulk_create", "count", "create", "delete", "earliest", "exists", "first", "get_or_create", "in_bulk"),
    *("iterator", "last", "latest", "update", "update_or_create"),
}

# The text functions: plain Python, with packages that know nothing of Django.
TEXT = "declaration.text"


@dataclass(frozen=True)
class Dependency:
    """One place in a file that names something of an app or a package."""

    line: int
    name: str

    @property
    def root(self) -> str:
        """The app or the package."""
        return re.split(r"[.:]", self.name)[0]


def imported(tree: ast.AST, module: str) -> Iterator[Dependency]:
    """List what the module's statements import, also inside functions and `if TYPE_CHECKING`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Dependency(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            yield Dependency(node.lineno, ".".join([*package, *filter(None, [node.module])]))


def referred_to(tree: ast.AST) -> Iterator[Dependency]:
    """List the texts that name something of an app: foreign keys, dotted paths, names of addresses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and REFERENCE.fullmatch(node.value):
            yield Dependency(node.lineno, node.value)


def relations_used(tree: ast.AST, relations: Collection[str]) -> Iterator[Dependency]:
    """List the uses of the named relations: in a query's keywords and texts, and as `object.relation.all()`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        paths = []
        if called in QUERY_CALLS:
            paths = [keyword.arg for keyword in node.keywords if keyword.arg]
            paths += [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if (
            called in MANAGER_CALLS
            and isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Attribute)
        ):
            paths.append(function.value.attr)
        for path in paths:
            if isinstance(path, str) and not relations.isdisjoint(path.lstrip("-").split("__")):
                yield Dependency(node.lineno, path)


def against_direction(source: str, module: str, upward_relations: Collection[str] = ()) -> list[Dependency]:
    """List where a module depends on an app before its own in APPS.

    `upward_relations` are the names by which those apps' models are reached from this app's.
    """
    tree = ast.parse(source)
    above = APPS[: APPS.index(module.partition(".")[0])]
    named = [*imported(tree, module), *referred_to(tree)]
    return [found for found in named if found.root in above] + list(relations_used(tree, upward_relations))


def impure(source: str, module: str, framework: Collection[str]) -> list[Dependency]:
    """List where a module of text functions imports a package of the framework, or another part of the project."""
    found = imported(ast.parse(source), module)
    outside = {*framework, *APPS}
    return [one for one in found if one.root in outside and not f"{one.name}.".startswith(f"{TEXT}.")]


def modules(project: Path, folder: str) -> Iterator[tuple[str, Path]]:
    """List (dotted name, file) of each module in a folder of the project."""
    for path in sorted((project / folder).rglob("*.py")):
        yield ".".join(path.relative_to(project).with_suffix("").parts).removesuffix(".__init__"), path
