"""What stands on the page on which a comment is written: what it is on, its wording, and the redline of what is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, prefetch_related_objects

from consultations.desk import name_target
from consultations.forms.desk import CommentForm, typed_values
from consultations.models import Comment, Submission
from consultations.proposals import present_words, redline_proposal
from declaration.languages import TEXT_LANGUAGES
from declaration.models import Clause, Draft, Wording
from declaration.outline import choose_language, find_ancestors, name_clause
from declaration.text.redline import Operation
from declaration.text_messages import validate_text


@dataclass(frozen=True)
class Target:
    """What a comment is on: its name, and for a clause its wording to read and the clauses that it stands in.

    `present` are the words that a proposal in the comment's language replaces; empty where the draft has none in it.
    """

    title: str
    clause: Clause | None
    inside: Sequence[tuple[str, Wording | None]]
    wording: Wording | None
    present: str


def find_clause(draft: Draft, eid: str) -> tuple[Clause | None, list[Clause]]:
    """Return a clause of a draft with its wordings, and the clauses that it stands in with theirs."""
    clauses = list(draft.clauses.order_by("position"))
    clause = next((each for each in clauses if each.eid == eid), None)
    if clause is None:
        return None, []
    ancestors = find_ancestors(clause, clauses)
    prefetch_related_objects([clause, *ancestors], "wordings")
    return clause, ancestors


def read_target(submission: Submission, typed: Mapping[str, str]) -> Target:
    """Return what a form says the comment is on; a clause that is not of the draft is none."""
    draft, language = submission.call.draft, typed["language"]
    is_on_clause = typed["target"] != Comment.Target.WHOLE_TEXT
    clause, ancestors = find_clause(draft, typed["clause"]) if is_on_clause else (None, [])
    return Target(
        title=name_target(Comment(target=typed["target"], clause=clause)),
        clause=clause,
        inside=[(name_clause(each), _wording(draft, each, language)) for each in ancestors],
        wording=_wording(draft, clause, language) if clause else None,
        present=present_words(clause.wordings.all(), language) if clause else "",
    )


def _wording(draft: Draft, clause: Clause, language: str) -> Wording | None:
    """Return a clause's wording in a language; where the draft has none, in one that it has."""
    words = {wording.language: wording for wording in clause.wordings.all()}
    return words.get(language) or words.get(choose_language(draft, language))


def next_clause(draft: Draft, clause: Clause | None) -> Clause | None:
    """Return the next clause of a draft that has words of its own, not only a heading; the first after the whole text."""
    words = Wording.objects.filter(clause=OuterRef("pk")).exclude(text="")
    later = draft.clauses.filter(Exists(words), position__gt=clause.position if clause else -1)
    following: Clause | None = later.order_by("position").first()
    return following


@dataclass(frozen=True)
class Preview:
    """A proposal as it will be printed, or why it cannot be taken. Neither where no change is proposed."""

    redline: Sequence[Operation] = ()
    language: str = ""
    problem: str = ""

    @property
    def changes_nothing(self) -> bool:
        """Whether the proposal reads as the clause does."""
        return all(piece.op == "equal" for piece in self.redline)


def preview_proposal(typed: Mapping[str, str], clause: Clause | None) -> Preview:
    """Return the redline of what is typed. Words that the site would refuse are not compared."""
    comment = Comment(operation=typed["operation"], language=typed["language"])
    if comment.operation not in Comment.Operation.values or comment.operation == Comment.Operation.NONE:
        return Preview()
    if comment.operation != Comment.Operation.DELETE:
        # As the service stores it: a browser ends its lines otherwise.
        comment.proposed_text = typed["proposed_text"].replace("\r\n", "\n").replace("\r", "\n").strip()
        if not comment.proposed_text:
            return Preview()
    try:
        validate_text(comment.proposed_text)
    except ValidationError as error:
        return Preview(problem=error.messages[0])
    return Preview(redline_proposal(comment, clause.wordings.all() if clause else ()), comment.language)


def form_values(form: CommentForm) -> dict[str, str]:
    """Return what stands in a form, valid or not."""
    return typed_values(CommentForm, form.data if form.is_bound else form.initial)


def stored_values(comment: Comment) -> dict[str, str]:
    """Return a comment as its form has it when it is read."""
    names = ("target", "position", "operation", "proposed_text", "rationale", "category", "language", "revision")
    clause = comment.clause.eid if comment.clause else ""
    return {name: str(getattr(comment, name)) for name in names} | {"clause": clause}


def shown_values(values: Mapping[str, str], clause: Clause | None) -> dict[str, str]:
    """Return a comment's values as people read them."""
    named: dict[str, Any] = {
        "target": Comment.Target,
        "category": Comment.Category,
        "position": Comment.Position,
        "operation": Comment.Operation,
    }
    shown = {name: str(dict(choices.choices).get(values[name], "")) for name, choices in named.items()}
    shown["language"] = TEXT_LANGUAGES.get(values["language"], values["language"])
    shown["clause"] = name_clause(clause) if clause and values["target"] != Comment.Target.WHOLE_TEXT else ""
    return {**values, **shown}
