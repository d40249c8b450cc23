"""What staff find as they type: States, groups, stakeholders, whole categories, documents, elements and clauses.

Things are found by their code or symbol and by any word of their name in any of the six languages, whatever the accents and
the case. Few rows come back, the best first. This is for staff: it finds by name what is public, in the order that helps to type.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.text import slugify

from consultations.models.hearings import PartyCategory
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.models import Clause, Document, Draft, Element, Group, Stakeholder, State
from declaration.outline import name_clause

MAX_CHOICES: Final = 10
MAX_TYPED: Final = 80
MAX_READ: Final = 200
"""So many rows of a large table are read for one list of choices."""


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: of what kind it is, its key, its name in the language of the page, and what tells it apart."""

    kind: str
    key: str
    name: str
    detail: str = ""

    @property
    def typed(self) -> str:
        """The choice as it stands in a field: the name, and the key that says which is meant."""
        return f"{self.name} [{self.key}]"


def fold(text: str) -> str:
    """Return a text without accents, vowel signs and case, so that it is found however it is typed."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().strip()


def suggest(kinds: Iterable[str], text: str, *, limit: int = MAX_CHOICES) -> list[Choice]:
    """Return the choices of these kinds that a text may mean, the likeliest first; none for an empty text."""
    wanted = fold(text[:MAX_TYPED])
    if not wanted:
        return []
    ranked = [
        (rank, order, choice.name, choice)
        for order, kind in enumerate(dict.fromkeys(kinds))
        for choice, names in FINDERS[kind](text[:MAX_TYPED].strip())
        if (rank := _rank(wanted, choice.key, names)) is not None
    ]
    return [choice for *_order, choice in sorted(ranked, key=lambda each: each[:3])[:limit]]


def _rank(wanted: str, key: str, names: Sequence[str]) -> int | None:
    """Return how well something fits what was typed, 0 being best; nothing where it does not."""
    if wanted == fold(key):
        return 0
    folded = [fold(name) for name in names if name]
    if any(name.startswith(wanted) for name in folded):
        return 1
    if fold(key).startswith(wanted):
        return 2
    if any(word.startswith(wanted) for name in folded for word in name.replace("-", " ").split()):
        return 3
    parts = wanted.split()
    if any(all(part in name for part in parts) for name in [*folded, fold(key)]):
        return 4
    return None


def _is_like(field: str, text: str) -> Q:
    """Return the condition that a translated text has this in one of its languages."""
    found = Q()
    for code in TEXT_LANGUAGES:
        found |= Q(**{f"{field}__{code}__icontains": text})
    return found


def _states(_text: str) -> Iterable[tuple[Choice, list[str]]]:
    for state in State.objects.all():
        yield Choice("state", state.alpha3, str(state.name)), list(state.name.values())


def _groups(_text: str) -> Iterable[tuple[Choice, list[str]]]:
    for group in Group.objects.all():
        choice = Choice("group", group.code, str(group.name), str(group.get_kind_display()))
        yield choice, [*group.name.values(), group.acronym]


def _stakeholders(text: str) -> Iterable[tuple[Choice, list[str]]]:
    found = Stakeholder.objects.filter(
        _is_like("name", text) | Q(acronym__icontains=text) | Q(slug__icontains=slugify(text) or text)
    )
    for each in found.order_by("slug")[:MAX_READ]:
        choice = Choice("stakeholder", each.slug, str(each.name), str(each.get_kind_display()))
        yield choice, [*each.name.values(), each.acronym]


def _categories(_text: str) -> Iterable[tuple[Choice, list[str]]]:
    for value, label in PartyCategory.choices:
        yield Choice("category", value, str(label)), [str(label), value.replace("_", " ")]


def _documents(text: str) -> Iterable[tuple[Choice, list[str]]]:
    found = Document.objects.exclude(symbol=None).filter(Q(symbol__icontains=text) | _is_like("title", text))
    for each in found.order_by("symbol")[:MAX_READ]:
        yield Choice("document", str(each.symbol), str(each.title)), [*each.title.values(), str(each.symbol)]


def _elements(_text: str) -> Iterable[tuple[Choice, list[str]]]:
    for each in Element.objects.all():
        yield Choice("element", each.code, str(each.theme), str(each.get_kind_display())), list(each.theme.values())


def _clauses(text: str) -> Iterable[tuple[Choice, list[str]]]:
    """Find clauses of the published drafts by their name ("article 9", "9.1"), their identifier or their heading."""
    numbers = "_".join(part for part in "".join(each if each.isalnum() else " " for each in text.lower()).split())
    found = Clause.objects.filter(draft__in=Draft.objects.published())
    matching = Q(eid__icontains=numbers) | Q(label__iexact=text) | Q(wordings__heading__icontains=text)
    last = text.rsplit(maxsplit=1)[-1]
    if last[:1].isdigit():
        matching |= Q(eid__contains=f"art_{last.replace('.', '__para_')}")
    rows = found.filter(matching).distinct().select_related("draft").prefetch_related("wordings")
    language = active_text_language()
    for clause in rows.order_by("-draft__ordinal", "position")[:MAX_READ]:
        headings = {wording.language: wording.heading for wording in clause.wordings.all()}
        heading = headings.get(language) or headings.get("en", "")
        name = name_clause(clause)
        choice = Choice("clause", f"{clause.draft.ordinal}/{clause.eid}", name, heading)
        yield choice, [name, name_clause(clause, "en"), clause.label, *headings.values(), clause.eid, text]


Finder = Callable[[str], Iterable[tuple[Choice, list[str]]]]

FINDERS: Final[Mapping[str, Finder]] = {
    "state": _states,
    "group": _groups,
    "stakeholder": _stakeholders,
    "category": _categories,
    "document": _documents,
    "element": _elements,
    "clause": _clauses,
}
"""What can be looked up, in the order in which equally good choices stand."""


def describe(thing: Any) -> Choice:
    """Return something of the record as the choice that it is, or a category by its value."""
    if isinstance(thing, str):
        return Choice("category", thing, str(dict(PartyCategory.choices).get(thing, thing)))
    if isinstance(thing, Clause):
        return Choice("clause", f"{thing.draft.ordinal}/{thing.eid}", name_clause(thing))
    kind, key, name = _COLUMNS[type(thing)]
    return Choice(kind, str(getattr(thing, key) or thing.slug), str(getattr(thing, name)))


_COLUMNS: Final[Mapping[type, tuple[str, str, str]]] = {
    State: ("state", "alpha3", "name"),
    Group: ("group", "code", "name"),
    Stakeholder: ("stakeholder", "slug", "name"),
    Document: ("document", "symbol", "title"),
    Element: ("element", "code", "theme"),
}


def named(field: str, name: str) -> Q:
    """Return the condition that a translated name is this in one of its languages, whatever the case."""
    found = Q()
    for code in TEXT_LANGUAGES:
        found |= Q(**{f"{field}__{code}__iexact": name})
    return found
