"""Where comments stand on a newer draft, ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from consultations.answering import AnswerRow
from consultations.desk import WrittenComment
from consultations.standing import Kind, Standing, find_newest_standings
from consultations.standing_words import say_standing
from declaration.models import Clause, Draft
from declaration.outline import name_clause
from declaration.text.redline import Operation


@dataclass(frozen=True)
class Place:
    """A clause to go to: its name and the address of its page."""

    name: str
    url: str


@dataclass(frozen=True)
class StandingCard:
    """Where a comment stands: in words, with the clauses that its own became, and what changed in its words.

    `redline` is in the language `language`; empty where nothing changed, or nothing is left to compare.
    """

    standing: Standing
    sentences: list[str]
    places: list[Place]
    draft_url: str
    compare_url: str = ""

    @property
    def draft(self) -> Draft:
        """The newer draft."""
        return self.standing.draft

    @property
    def redline(self) -> list[Operation]:
        """What changed."""
        return self.standing.operations

    @property
    def language(self) -> str:
        """The language that the change is shown in."""
        return self.standing.language


def clause_address(clause: Clause) -> str:
    """Return the address of a clause's page; its draft must be at hand. What is in preparation is on the staff's pages."""
    if clause.draft.is_published:
        return reverse("clause-detail", args=[clause.draft.ordinal, clause.eid])
    return f"{draft_address(clause.draft)}#{clause.eid}"


def draft_address(draft: Draft) -> str:
    """Return the address of a draft's page, of the staff's for one in preparation."""
    return reverse("draft-detail" if draft.is_published else "staff-draft-detail", args=[draft.ordinal])


def compare_address(standing: Standing) -> str:
    """Return where the two drafts are compared, for a comment on a whole text that changed; empty for others."""
    if standing.home is None or standing.kind != Kind.TEXT_CHANGED:
        return ""
    name = "draft-compare" if standing.draft.is_published else "staff-draft-compare"
    return reverse(name, args=[standing.draft.ordinal, standing.home.ordinal])


def make_standing_card(standing: Standing) -> StandingCard:
    """Return where a comment stands, ready to be shown."""
    return StandingCard(
        standing=standing,
        sentences=say_standing(standing),
        places=[Place(name_clause(clause), clause_address(clause)) for clause in standing.clauses],
        compare_url=compare_address(standing),
        draft_url=draft_address(standing.draft),
    )


def make_standing_cards(standings: Mapping[int, Standing]) -> dict[int, StandingCard]:
    """Return standings ready to be shown: {comment id: card}."""
    return {pk: make_standing_card(standing) for pk, standing in standings.items()}


def show_standings(rows: list[AnswerRow]) -> None:
    """Put into the rows of staff where their comments stand on the newest draft, also on one in preparation."""
    cards = make_standing_cards(find_newest_standings((row.comment for row in rows), for_staff=True))
    for row in rows:
        row.standing = cards.get(row.comment.pk)


def with_standings(written: list[WrittenComment]) -> list[WrittenComment]:
    """Return comments on a desk, each with where it stands on the newest published draft."""
    cards = make_standing_cards(find_newest_standings(each.comment for each in written))
    return [replace(each, standing=cards.get(each.comment.pk)) for each in written]
