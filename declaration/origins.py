"""What a draft's clauses come from in the draft before, as staff settle it: read for pages and the API alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from declaration.models import Clause, Descent, Draft
from declaration.outline import name_clause
from declaration.services.lineage import list_dropped
from declaration.text.lineage import CERTAIN
from declaration.text.redline import Operation, TextTooLongError, redline

LIKELY: Final = 0.7
"""From this confidence on a proposal is called likely rather than uncertain."""

MAX_CANDIDATES: Final = 40
"""So many clauses of the draft before are offered at once as an origin."""


class Certainty(TextChoices):
    """How sure it is what a clause comes from."""

    CONFIRMED = "confirmed", _("confirmed")
    CERTAIN = "certain", _("certain")
    LIKELY = "likely", _("likely")
    UNCERTAIN = "uncertain", _("uncertain")
    NEW = "new", _("nothing found: new?")


class Show(TextChoices):
    """Which clauses are listed."""

    ALL = "all", _("all clauses")
    UNSETTLED = "unsettled", _("not confirmed")
    UNCERTAIN = "uncertain", _("not confirmed and not certain")
    NEW = "new", _("new clauses")
    DROPPED = "dropped", _("dropped clauses of the draft before")


@dataclass(frozen=True)
class Progress:
    """How many of a draft's clauses are confirmed, and what the others are; `dropped` counts clauses of the draft before."""

    clauses: int
    confirmed: int
    certain: int
    uncertain: int
    new: int
    dropped: int

    @property
    def unsettled(self) -> int:
        """How many have yet to be confirmed."""
        return self.clauses - self.confirmed


@dataclass(frozen=True)
class ComparedWords:
    """The words of a clause and of what it comes from in one language, and what changed between them."""

    language: str
    before: str
    after: str

    @property
    def operations(self) -> list[Operation]:
        """The redline; texts too long to be compared are shown as wholly replaced."""
        try:
            return redline(self.before, self.after)
        except TextTooLongError:
            return [Operation("delete", self.before), Operation("insert", self.after)]

    @property
    def is_changed(self) -> bool:
        """Whether the words differ."""
        return self.before != self.after


@dataclass(frozen=True)
class OriginRow:
    """A clause with what it is said to come from, each of `origins` with its `ancestor`."""

    clause: Clause
    origins: Sequence[Descent]
    words: Sequence[ComparedWords] = ()

    @property
    def confidence(self) -> float | None:
        """The least confidence of its origins; nothing for a clause without any."""
        return min((each.confidence for each in self.origins), default=None)

    @property
    def percent(self) -> int | None:
        """The same in whole per cent, never rounded up to certainty."""
        return None if self.confidence is None else int(self.confidence * 100 + 1e-9)

    @property
    def certainty(self) -> Certainty:
        """How sure it is, in a word."""
        if self.clause.is_origin_confirmed:
            return Certainty.CONFIRMED
        if self.confidence is None:
            return Certainty.NEW
        if self.confidence >= CERTAIN:
            return Certainty.CERTAIN
        return Certainty.LIKELY if self.confidence >= LIKELY else Certainty.UNCERTAIN

    @property
    def name(self) -> str:
        """How the clause is called."""
        return name_clause(self.clause)

    @property
    def is_changed(self) -> bool:
        """Whether the words differ in a language that is shown."""
        return any(each.is_changed for each in self.words)

    @property
    def origin_keys(self) -> str:
        """The identifiers of what it comes from, for a form."""
        return ",".join(each.ancestor.eid for each in self.origins)


def measure_progress(draft: Draft) -> Progress:
    """Count how far the origins of a draft's clauses are settled. Two questions to the database."""
    unsettled = Q(is_origin_confirmed=False)
    clauses = Clause.objects.filter(draft=draft).annotate(least=Min("origins__confidence")).order_by()
    counts = clauses.aggregate(
        clauses=Count("pk"),
        confirmed=Count("pk", filter=~unsettled),
        certain=Count("pk", filter=unsettled & Q(least__gte=CERTAIN)),
        uncertain=Count("pk", filter=unsettled & Q(least__lt=CERTAIN)),
        new=Count("pk", filter=unsettled & Q(least__isnull=True)),
    )
    return Progress(**counts, dropped=list_dropped(draft).count())


def select_clauses(draft: Draft, show: str) -> QuerySet[Clause]:
    """Return the clauses that are listed, in reading order: of this draft, or the dropped ones of the draft before."""
    if show == Show.DROPPED:
        return list_dropped(draft)
    clauses = Clause.objects.filter(draft=draft).order_by("position")
    origins = Descent.objects.filter(descendant=OuterRef("pk"))
    narrowed: dict[str, Q | Exists] = {
        Show.UNSETTLED: Q(is_origin_confirmed=False),
        Show.UNCERTAIN: Q(is_origin_confirmed=False)
        & (Q(Exists(origins.filter(confidence__lt=CERTAIN))) | Q(~Exists(origins))),
        Show.NEW: Q(~Exists(origins)),
    }
    chosen: QuerySet[Clause] = clauses.filter(narrowed[show]) if show in narrowed else clauses
    return chosen


def with_origins(clauses: QuerySet[Clause], *languages: str) -> QuerySet[Clause]:
    """Return clauses with their words in these languages and what they come from, with the words of that. Four questions."""
    descents = Descent.objects.order_by("ancestor__position").prefetch_related(
        Prefetch("ancestor", Clause.objects.select_related("draft").with_wordings(*languages))
    )
    return clauses.with_wordings(*languages).prefetch_related(Prefetch("origins", descents))  # type: ignore[attr-defined, no-any-return]


def read_origins(clauses: Iterable[Clause], languages: Sequence[str]) -> list[OriginRow]:
    """Return clauses, given as `with_origins` gives them, as rows with their words compared in some languages."""
    rows = []
    for clause in clauses:
        origins = list(clause.origins.all())
        words = [
            ComparedWords(
                language, "\n".join(filter(None, (_words(each.ancestor, language) for each in origins))), after
            )
            for language in languages
            for after in [_words(clause, language)]
        ]
        rows.append(OriginRow(clause, origins, words))
    return rows


def _words(clause: Clause, language: str) -> str:
    for wording in clause.wordings.all():
        if wording.language == language:
            return "\n".join(filter(None, (wording.heading, wording.text)))
    return ""


def find_candidates(draft: Draft, clause: Clause, wanted: str, *languages: str) -> list[Clause]:
    """Return clauses of the draft before that could be the origin of one, in reading order, with their words.

    Those are what it is said to come from, what has its identifier, and what holds the words or the identifier that were
    asked for, or without such the dropped clauses.
    """
    older = Clause.objects.filter(draft=draft.supersedes_id)
    always = Q(descents__descendant=clause) | Q(eid=clause.eid)
    found: QuerySet[Clause] = list_dropped(draft)
    if wanted:
        found = older.filter(
            Q(eid__iexact=wanted) | Q(wordings__text__icontains=wanted) | Q(wordings__heading__icontains=wanted)
        )
    kept = list(older.filter(always).order_by().values_list("pk", flat=True).distinct())
    more = list(found.order_by("position").values_list("pk", flat=True).distinct()[:MAX_CANDIDATES])
    candidates = older.filter(pk__in={*kept, *more}).select_related("draft").order_by("position")
    return list(candidates.with_wordings(*languages))
