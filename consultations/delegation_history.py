"""Who of a delegation wrote what, and when: read from the audit trail, for the delegation's own people and nobody else."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.desk import Difference, compare_versions
from consultations.models import Attachment, Comment, Delegation, DelegationNote, Submission, User
from declaration.languages import TEXT_LANGUAGES
from declaration.outline import name_clause

COMMENT_FIELDS: Final[dict[str, str | Promise]] = {
    "target": gettext_lazy("On"),
    "clause": gettext_lazy("Clause"),
    "position": gettext_lazy("Position"),
    "operation": gettext_lazy("Change proposed"),
    "proposed_text": gettext_lazy("Proposed wording"),
    "rationale": gettext_lazy("Reasons"),
    "category": gettext_lazy("Kind of comment"),
    "language": gettext_lazy("Language of this comment"),
}
SUBMISSION_FIELDS: Final[dict[str, str | Promise]] = {
    "general_comment": gettext_lazy("General comment"),
    "language": gettext_lazy("Language of the general comment"),
    "consents_to_publication": gettext_lazy("May be published"),
    "consents_to_attribution": gettext_lazy("May be published under our name"),
}
TEXTS: Final = ("proposed_text", "rationale", "general_comment")

_CLEARED: Final[dict[str, Callable[[dict[str, Any]], str]]] = {
    "writing": lambda values: _("took back that comment %(number)s is ready") % values,
    "ready": lambda values: _("said that comment %(number)s is ready") % values,
    "sent_back": lambda values: _("sent comment %(number)s back") % values,
    "cleared": lambda values: _("cleared comment %(number)s") % values,
}
_STATUSES: Final[dict[str, Callable[[], str]]] = {
    "draft": lambda: _("sent the submission back for changes"),
    "cleared": lambda: _("cleared the submission"),
    "submitted": lambda: _("filed the submission"),
    "superseded": lambda: _("put a later filing in the place of this one"),
    "withdrawn": lambda: _("withdrew the submission"),
}


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did: when, who (empty where nobody is known), what, in which submission, and the words of it.

    `kind` is comment, submission, note or attachment; `act` is insert, update or delete. `text` is a note's.
    """

    at: dt.datetime
    who: str
    kind: str
    act: str
    what: str
    submission: int
    comment_number: int | None
    changes: Sequence[Difference]
    text: str = ""


def _events(model: type[Model]) -> Any:
    return model.pgh_event_models["insert"].objects  # type: ignore[attr-defined] # from pghistory


def find_history(delegation: Delegation, *, submission: int | None = None) -> QuerySet[Any, dict[str, Any]]:
    """Return what happened in a delegation, the newest first, as rows that `read_history` makes entries of.

    Of one submission, where one is named. That a submission has a new revision because something in it changed is not told
    twice.
    """
    own = _events(Submission).filter(delegation=delegation, pgh_label="insert")
    if submission is not None:
        own = own.filter(pgh_obj_id=submission)
    # By `pgh_obj_id` and not by `id`, which is the same number: the audit tables have an index on that one.
    ids = own.values("pgh_obj_id")
    same = {name: OuterRef(name) for name in ("status", *SUBMISSION_FIELDS)}
    before = _events(Submission).filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    of_submissions = (
        _events(Submission)
        .filter(pgh_obj_id__in=ids)
        .annotate(before=Subquery(before.order_by("-pgh_id").values("pgh_id")[:1]))
        .exclude(Q(pgh_label="update") & Exists(_events(Submission).filter(pgh_id=OuterRef("before"), **same)))
    )
    parts = [
        of_submissions,
        _events(Comment).filter(submission_id__in=ids),
        _events(DelegationNote).filter(submission_id__in=ids, pgh_label="insert"),
        _events(Attachment).filter(submission_id__in=ids),
    ]
    rows = [
        part.order_by()
        .annotate(told_of=Value(kind), turn=_turn(kind))
        .values("pgh_created_at", "turn", "told_of", "pgh_id")
        for part, kind in zip(parts, ("submission", "comment", "note", "attachment"), strict=True)
    ]
    return rows[0].union(*rows[1:], all=True).order_by("-pgh_created_at", "-turn", "-pgh_id")  # type: ignore[no-any-return]


def _turn(kind: str) -> Any:
    """Return what comes after what of all that happened in one transaction, and so in the same moment."""
    if kind == "submission":
        return Case(When(pgh_label="insert", then=0), default=4, output_field=IntegerField())
    return Value({"comment": 1, "attachment": 2, "note": 3}[kind], output_field=IntegerField())


def read_history(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Return the entries of some rows of `find_history`, in their order. The queries are as many for one row as for many."""
    rows = list(rows)
    comments = list(_chosen(Comment, rows, "comment").select_related("pgh_context", "clause"))
    submissions = list(_chosen(Submission, rows, "submission"))
    found: dict[tuple[str, int], Any] = {
        **{("comment", event.pgh_id): event for event in comments},
        **{("submission", event.pgh_id): event for event in submissions},
        **{("note", event.pgh_id): event for event in _chosen(DelegationNote, rows, "note")},
        **{("attachment", event.pgh_id): event for event in _chosen(Attachment, rows, "attachment")},
    }
    earlier = {
        "comment": _earlier(Comment, comments, related=("clause",)),
        "submission": _earlier(Submission, submissions),
    }
    names = _names(found.values())
    return [
        _entry(row["told_of"], found[row["told_of"], row["pgh_id"]], earlier=earlier, names=names)
        for row in rows
        if (row["told_of"], row["pgh_id"]) in found
    ]


def _chosen(model: type[Model], rows: Sequence[Mapping[str, Any]], kind: str) -> Any:
    chosen = [row["pgh_id"] for row in rows if row["told_of"] == kind]
    before = _events(model).filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return (
        _events(model)
        .filter(pgh_id__in=chosen)
        .select_related("pgh_context")
        .annotate(before=Subquery(before.order_by("-pgh_id").values("pgh_id")[:1]))
    )


def _earlier(model: type[Model], events: Iterable[Any], *, related: Sequence[str] = ()) -> dict[int, Any]:
    wanted = [event.before for event in events if event.before]
    found = _events(model).select_related(*related) if related else _events(model).all()
    return dict(found.in_bulk(wanted))


def _actor(event: Any) -> int | None:
    """Return who did it: whom the request was from; where there was none, whom the row names."""
    if event.pgh_context and event.pgh_context.metadata.get("user"):
        return int(event.pgh_context.metadata["user"])
    for name in ("updated_by_id", "author_id", "uploaded_by_id", "submitted_by_id"):
        found: int | None = getattr(event, name, None)
        if found and event.pgh_label != "delete":
            return found
    return None


def _names(events: Iterable[Any]) -> dict[int, str]:
    actors = {actor for actor in map(_actor, events) if actor}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=actors)}


def _entry(kind: str, event: Any, *, earlier: Mapping[str, Mapping[int, Any]], names: Mapping[int, str]) -> Entry:
    before = earlier.get(kind, {}).get(getattr(event, "before", None) or 0)
    tell = {"comment": _tell_comment, "submission": _tell_submission, "note": _tell_note, "attachment": _tell_file}[
        kind
    ]
    what, changes = tell(event, before)
    return Entry(
        at=event.pgh_created_at,
        who=names.get(_actor(event) or 0, ""),
        kind=kind,
        act=event.pgh_label,
        what=what,
        submission=event.id if kind == "submission" else event.submission_id,
        comment_number=getattr(event, {"comment": "number", "note": "comment_number"}.get(kind, ""), None),
        changes=changes,
        text=event.text if kind == "note" else "",
    )


def _tell_comment(event: Any, before: Any) -> tuple[str, list[Difference]]:
    values = {"number": event.number}
    if event.pgh_label == "delete":
        return _("deleted comment %(number)s") % values, []
    changes = compare_versions(
        said_in_comment(before) if before else {}, said_in_comment(event), labels=COMMENT_FIELDS, texts=TEXTS
    )
    if before is None or event.pgh_label == "insert":
        return _("wrote comment %(number)s") % values, changes
    if changes or before.clearance == event.clearance:
        return _("changed comment %(number)s") % values, changes
    return _CLEARED[event.clearance](values), []


def said_in_comment(event: Any) -> dict[str, str]:
    """Return what a comment, or a row of its history, says, by the names in `COMMENT_FIELDS`, as people read it."""
    return {
        "target": event.get_target_display(),
        "clause": name_clause(event.clause) if event.clause_id and event.clause else "",
        "position": event.get_position_display() if event.position else "",
        "operation": event.get_operation_display(),
        "proposed_text": event.proposed_text,
        "rationale": event.rationale,
        "category": event.get_category_display(),
        "language": TEXT_LANGUAGES.get(event.language, event.language),
    }


def _tell_submission(event: Any, before: Any) -> tuple[str, list[Difference]]:
    if event.pgh_label == "delete":
        return _("threw the submission away"), []
    changes = compare_versions(
        said_of_submission(before) if before else {},
        said_of_submission(event),
        labels=SUBMISSION_FIELDS,
        texts=TEXTS,
    )
    if before is None:
        return _("began the submission"), []
    if before.status != event.status:
        return _STATUSES[event.status](), changes
    return _("changed the general comment or the consents"), changes


def said_of_submission(event: Any) -> dict[str, str]:
    """Return what a submission, or a row of its history, says of itself, by the names in `SUBMISSION_FIELDS`."""
    yes_no = {True: _("yes"), False: _("no")}
    return {
        "general_comment": event.general_comment,
        "language": TEXT_LANGUAGES.get(event.language, event.language),
        "consents_to_publication": yes_no[event.consents_to_publication],
        "consents_to_attribution": yes_no[event.consents_to_attribution],
    }


def _tell_note(event: Any, before: Any) -> tuple[str, list[Difference]]:
    if event.kind == DelegationNote.Kind.SENT_BACK:
        return _("said why comment %(number)s was sent back") % {"number": event.comment_number}, []
    if event.comment_number is None:
        return _("wrote a note on the submission"), []
    return _("wrote a note on comment %(number)s") % {"number": event.comment_number}, []


def _tell_file(event: Any, before: Any) -> tuple[str, list[Difference]]:
    words = _("removed the file %(name)s") if event.pgh_label == "delete" else _("attached the file %(name)s")
    return words % {"name": event.name}, []
