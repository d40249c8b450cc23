"""A thing of the thread as it is shown: its name, what is said beside it, its date, and where its own page is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from activities.thread.keys import make_key, walk_address
from activities.thread.kinds import Kind
from consultations.rules import can_see_speaker
from consultations.standing_cards import clause_address
from declaration.dates import PartialDate
from declaration.languages import active_text_language, direction
from declaration.outline import name_clause
from declaration.text.numerals import LATIN_LETTERS, to_abjad
from declaration.translated import TranslatedText

MOST_OF_A_TEXT: Final = 200
"""So many characters of what somebody said name it in the thread; its own page has all of it."""


@dataclass(frozen=True)
class Node:
    """A thing in the thread. `language` is that of a title which is in one language alone; empty where it follows the page."""

    kind: Kind
    pk: int
    layer: str
    column: int
    key: str
    url: str
    title: TranslatedText | str
    language: str = ""
    detail: TranslatedText | str = ""
    when: PartialDate | None = None

    @property
    def shown_language(self) -> str:
        """The language in which the title is read on this page."""
        if isinstance(self.title, TranslatedText):
            return self.title.language or active_text_language()
        return self.language or active_text_language()

    @cached_property
    def foreign_language(self) -> str:
        """The language of the title where it is another than the page's; empty otherwise."""
        shown = self.shown_language
        return "" if shown == active_text_language() else shown

    @cached_property
    def html(self) -> SafeString | str:
        """The title for a page, marked with its language where that is not the page's."""
        if not self.foreign_language:
            return str(self.title)
        runs = direction(self.foreign_language)
        return format_html('<span lang="{}" dir="{}">{}</span>', self.foreign_language, runs, str(self.title))

    @cached_property
    def walk(self) -> str:
        """The address of the thread around it."""
        return walk_address(self.key)

    @property
    def kind_label(self) -> str:
        """What kind of thing it is, in a word."""
        return str(self.kind.label)

    def __str__(self) -> str:
        return str(self.title)


@dataclass(frozen=True)
class Naming:
    """How a kind is named and where its pages are, given a row and who reads it."""

    url: Callable[[Any], str]
    title: Callable[[Any], TranslatedText | str]
    detail: Callable[[Any, Any], TranslatedText | str] = lambda _row, _user: ""
    when: Callable[[Any], PartialDate | None] = lambda _row: None
    language: Callable[[Any], str] = lambda _row: ""


def make_node(kind: Kind, layer: str, column: int, row: Any, user: Any) -> Node:
    """Return a row, read by `read_rows` for this person, as it is shown to her."""
    naming = _NAMINGS[kind]
    return Node(
        kind,
        row.pk,
        layer,
        column,
        make_key(kind, row),
        naming.url(row),
        _shorten(naming.title(row)),
        naming.language(row),
        _shorten(naming.detail(row, user)),
        naming.when(row) or None,
    )


def cut(text: str) -> str:
    """Return a text, or so much of it as names it."""
    return text if len(text) <= MOST_OF_A_TEXT else f"{text[: MOST_OF_A_TEXT - 1].rstrip()}…"


def _shorten(text: TranslatedText | str) -> TranslatedText | str:
    if isinstance(text, TranslatedText):
        if all(len(words) <= MOST_OF_A_TEXT for words in text.values()):
            return text
        return TranslatedText({code: cut(words) for code, words in text.items()})
    return cut(text)


def _to(name: str, *attributes: str, anchor: str = "") -> Callable[[Any], str]:
    def address(row: Any) -> str:
        values = []
        for path in attributes:
            value = row
            for attribute in path.split("."):
                value = getattr(value, attribute)
            values.append(value)
        return reverse(name, args=values) + (f"#{anchor}-{row.pk}" if anchor else "")

    return address


def _request_url(row: Any) -> str:
    return f"{reverse('resolution-detail', args=[row.resolution.slug])}#request-{row.position}"


def _request_title(row: Any) -> str:
    label = str(row.label or row.position)
    if active_text_language() == "ar" and label in LATIN_LETTERS:
        label = to_abjad(label)
    return f"{row.resolution.symbol} ({label})"


def _speaker(row: Any, user: Any) -> TranslatedText | str:
    party = row.state or row.stakeholder or row.group
    return party.name if party and can_see_speaker(user, row) else ""


def _commenter(row: Any, user: Any) -> TranslatedText | str:
    delegation = row.submission.named_delegation
    return delegation.party.name if delegation else ""


def _comment_title(row: Any) -> str:
    return str(row.rationale or row.proposed_text or row.get_position_display() or row.get_operation_display())


_NAMINGS: Final[dict[Kind, Naming]] = {
    Kind.RESOLUTION: Naming(
        _to("resolution-detail", "slug"),
        lambda row: row.symbol,
        lambda row, _user: row.title,
        lambda row: row.adopted_on,
    ),
    Kind.REQUEST: Naming(_request_url, _request_title, lambda row, _user: row.summary),
    Kind.ACTIVITY: Naming(_to("activity-detail", "slug"), lambda row: row.name, when=lambda row: row.when),
    Kind.OUTCOME: Naming(_to("outcome-detail", "slug"), lambda row: row.name, when=lambda row: row.when),
    Kind.DELIVERABLE: Naming(
        _to("deliverable-detail", "slug"),
        lambda row: row.name,
        lambda row, _user: row.get_status_display(),
        lambda row: row.due,
    ),
    Kind.CONSULTATION: Naming(_to("consultation-detail", "slug"), lambda row: row.name, when=lambda row: row.when),
    Kind.QUESTION: Naming(
        lambda row: f"{reverse('questionnaire-detail', args=[row.questionnaire.slug])}#question-{row.label}",
        lambda row: row.text,
        lambda row, _user: row.questionnaire.name,
    ),
    Kind.VIEW: Naming(
        _to("consultation-detail", "consultation.slug", anchor="view"), lambda row: row.summary, _speaker
    ),
    Kind.ANSWER: Naming(
        _to("questionnaire-detail", "question.questionnaire.slug", anchor="answer"), lambda row: row.summary, _speaker
    ),
    Kind.ELEMENT: Naming(
        _to("element-detail", "code"), lambda row: row.theme, lambda row, _user: row.get_kind_display()
    ),
    Kind.DRAFT: Naming(_to("draft-detail", "ordinal"), lambda row: row.name),
    Kind.CLAUSE: Naming(clause_address, name_clause, lambda row, _user: row.draft.name),
    Kind.COMMENT: Naming(
        _to("submission-detail", "submission_id", anchor="comment"),
        _comment_title,
        _commenter,
        language=lambda row: row.language if row.rationale or row.proposed_text else "",
    ),
    Kind.DISPOSITION: Naming(
        lambda row: f"{reverse('submission-detail', args=[row.comment.submission_id])}#comment-{row.comment_id}",
        lambda row: str(row.get_decision_display()),
        lambda _row, _user: _("answer to a comment"),
    ),
}
