"""A draft as files print it: its clauses in reading order with their words in one language or two, and what is said of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from declaration.citations import cite_draft
from declaration.corrigenda import corrigenda_of
from declaration.errors import Refused
from declaration.languages import django_language
from declaration.models import Clause, Corrigendum, Descent, Draft, Wording
from declaration.outline import name_clause

MAX_SHOWN: Final = 20
"""So many characters of what was asked for are said again."""


@dataclass(frozen=True)
class Words:
    """A clause in one language, as `declaration.text.printer` prints it; empty where it has no words in it."""

    kind: str
    label: str
    depth: int
    language: str
    heading: str = ""
    text: str = ""
    footnotes: Sequence[Mapping[str, Any]] = ()
    authenticity: str = ""
    eid: str = ""


@dataclass(frozen=True)
class Row:
    """A clause, how many clauses it stands in, and its words by language."""

    clause: Clause
    depth: int
    words: Mapping[str, Words]


@dataclass(frozen=True)
class DraftReading:
    """The whole of a draft in the languages wanted, the first of them leading.

    `corrigenda` are those in these languages, in the order of the text. `origins` says by clause what it comes from.
    """

    draft: Draft
    languages: tuple[str, ...]
    rows: Sequence[Row]
    corrigenda: Sequence[Corrigendum] = ()
    origins: Mapping[int, Sequence[Descent]] = field(default_factory=dict)
    address: str = ""

    @property
    def language(self) -> str:
        """The leading language."""
        return self.languages[0]

    def column(self, language: str) -> list[Words]:
        """Return the text in one language."""
        return [row.words[language] for row in self.rows]

    def title(self, language: str) -> str:
        """Return the title of the declaration in a language."""
        return _in(language, self.draft.declaration.title)

    def name(self, language: str) -> str:
        """Return the draft's name in a language."""
        return _in(language, self.draft.name)


def read_draft(draft: Draft, language: str, *, other: str = "", address: str = "") -> DraftReading:
    """Return a draft in a language, and beside it in another one, in four queries; `address` is that of its page.

    Raises `Refused` for a language that the draft does not have.
    """
    languages = choose_languages(draft, language, other)
    clauses = list(draft.clauses.order_by("position").with_wordings(*languages))
    depths: dict[int, int] = {}
    rows = []
    for clause in clauses:
        depths[clause.pk] = depths[clause.parent_id] + 1 if clause.parent_id in depths else 0
        wordings = {each.language: each for each in clause.wordings.all()}
        words = {code: _words(clause, depths[clause.pk], code, wordings.get(code)) for code in languages}
        rows.append(Row(clause, depths[clause.pk], words))
    origins: dict[int, list[Descent]] = {}
    for descent in Descent.objects.filter(descendant__draft=draft).select_related("ancestor__draft"):
        if descent.ancestor.draft.is_published:
            origins.setdefault(descent.descendant_id, []).append(descent)
    corrigenda = list(corrigenda_of(draft).filter(language__in=languages))
    return DraftReading(draft, languages, rows, corrigenda, origins, address)


def choose_languages(draft: Draft, language: str, other: str = "") -> tuple[str, ...]:
    """Return the languages of a file. Raises `Refused` for one that the draft does not have, and for the same one twice."""
    wanted = tuple(filter(None, (language, other)))
    for name, code in zip(("language", "with"), wanted, strict=False):
        if code not in draft.languages:
            raise Refused(
                "language_not_available",
                _("The draft is not available in “%(code)s”. It is available in: %(codes)s.")
                % {"code": code[:MAX_SHOWN], "codes": ", ".join(draft.languages)},
                field=name,
            )
    if len(set(wanted)) < len(wanted):
        raise Refused("same_language_twice", _("Choose two languages that are not the same."), field="with")
    return wanted


def list_notes(reading: DraftReading, language: str) -> list[str]:
    """Return what a file says of a draft before its text: what it is, and what its plain words do not show.

    The sentences are in the language's own words. What has to be seen in any case comes first: that a text is illustrative,
    that a draft has not been published.
    """
    with translation.override(django_language(language)):
        return [*_warnings(reading.draft), *_facts(reading), *_statuses(reading), *_corrected(reading, language)]


def _warnings(draft: Draft) -> Iterator[str]:
    if draft.is_illustrative:
        yield _(
            "Illustrative text. The draft was written to show how the site works. It is not a document of the United "
            "Nations and has not been proposed by anyone."
        )
    if not draft.is_published:
        yield _("This draft is in preparation. It has not been published.")
    if draft.status == Draft.Status.SUPERSEDED:
        yield _("A newer draft has taken the place of this one.")
    if draft.status == Draft.Status.WITHDRAWN:
        yield _("This draft has been withdrawn.")


def _facts(reading: DraftReading) -> Iterator[str]:
    draft = reading.draft
    if draft.is_published:
        yield " ".join(filter(None, [cite_draft(draft), reading.address]))
    else:
        yield _("Draft %(number)d: %(name)s") % {"number": draft.ordinal, "name": draft.name}


def _statuses(reading: DraftReading) -> Iterator[str]:
    """Say which clauses are not simply open: words alone do not show it."""
    for status, label in Clause.NegotiatingStatus.choices:
        if status == Clause.NegotiatingStatus.OPEN:
            continue
        names = [name_clause(row.clause) for row in reading.rows if row.clause.negotiating_status == status]
        if names:
            yield _("%(status)s: %(clauses)s") % {
                "status": label,
                "clauses": pgettext("between the names of clauses", ", ").join(names),
            }


def _corrected(reading: DraftReading, language: str) -> Iterator[str]:
    names = dict.fromkeys(name_clause(each.clause) for each in reading.corrigenda if each.language == language)
    if names:
        yield _("Corrected after publication; the words below are as published: %(clauses)s") % {
            "clauses": pgettext("between the names of clauses", ", ").join(names)
        }


def footnote_lines(
    reading: DraftReading, language: str, wanted: Callable[[Mapping[str, Any]], bool] | None = None
) -> list[str]:
    """Return footnotes, each with the clause that calls it, for a file that has no other place for them."""
    with translation.override(django_language(language)):
        return [
            _("Footnote %(label)s to %(clause)s: %(text)s")
            % {"label": note["label"], "clause": name_clause(row.clause), "text": " ".join(note["text"].split())}
            for row in reading.rows
            for note in row.words[language].footnotes
            if wanted is None or wanted(note)
        ]


def page_address(draft: Draft, base: str) -> str:
    """Return the permanent address of a draft's page; `base` is where the site is, such as https://example.org."""
    return base + reverse("draft-detail", args=[draft.ordinal])


def _words(clause: Clause, depth: int, language: str, wording: Wording | None) -> Words:
    if wording is None:
        return Words(clause.kind, clause.label, depth, language, eid=clause.eid)
    return Words(
        kind=clause.kind,
        label=clause.label,
        depth=depth,
        language=language,
        heading=wording.heading,
        text=wording.text,
        footnotes=tuple(wording.footnotes),
        authenticity=wording.authenticity,
        eid=clause.eid,
    )


def _in(language: str, text: Any) -> str:
    with translation.override(django_language(language)):
        return str(text)
