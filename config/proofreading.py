"""Find what is wrong with a translation by its form: what a reader of the language need not know it to see."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

from config.extraction import is_translated

# Names filled in by Python's two ways of formatting: %(name)s, %s and {name}; "%%" prints a percent sign.
PLACEHOLDER = re.compile(r"%\(\w+\)[sdifr]|%[sdifr]|%%|\{\w*\}")
STRAY_PERCENT = re.compile(r"%(?!\(\w+\)[sdifr]|[sdifr%])")
TAG = re.compile(r"</?[a-z][^>]*>")

# Forms that stand for one number alone may say it in words and leave the figure out: Arabic none, one and two; Spanish one.
# (In French the first form stands for none and one, in Russian for 1, 21, 31 …: there the figure is needed.)
FORMS_OF_ONE_NUMBER = {"ar": {0, 1, 2}, "es": {0}}


@dataclass(frozen=True)
class Flaw:
    """What is wrong with the translation of one message."""

    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.message!r}"


def flaws(catalogue: Catalog) -> Iterator[Flaw]:
    """List the flaws of the translations that are there; what is not translated, or only suggested, is passed over."""
    for message in catalogue:
        if message.id and not message.fuzzy and is_translated(message.string):
            yield from _flaws_of(message, str(catalogue.locale), catalogue.num_plurals)


def _flaws_of(message: Message, language: str, forms: int) -> Iterator[Flaw]:
    if isinstance(message.id, str):
        for what in _differences(message.id, str(message.string)):
            yield Flaw(message.id, what)
        return
    plural, strings = message.id[-1], list(message.string or ())
    if len(strings) != forms:
        yield Flaw(plural, f"{len(strings)} forms where {language} has {forms}")
    for form, string in enumerate(strings):
        for what in _differences(plural, string, may_lack_one=form in FORMS_OF_ONE_NUMBER.get(language, ())):
            yield Flaw(plural, f"form {form}: {what}")


def _differences(source: str, translation: str, *, may_lack_one: bool = False) -> Iterator[str]:
    wanted, found = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(translation))
    missing, added = wanted - found, found - wanted
    if added or missing.total() > may_lack_one:
        yield f"has {_listed(found)} where the message has {_listed(wanted)}"
    if wanted and STRAY_PERCENT.search(translation):
        yield "has a percent sign that begins no placeholder"
    if Counter(TAG.findall(source)) != Counter(TAG.findall(translation)):
        yield "has other tags than the message"
    if _edges(source) != _edges(translation):
        yield "begins or ends with other white space than the message"
    if source.count("\n") != translation.count("\n"):
        yield "has another number of lines than the message"


def _listed(placeholders: Counter[str]) -> str:
    return ", ".join(sorted(placeholders.elements())) or "no placeholder"


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
