"""A submission as people read it in a file: a masthead, and each comment with the wording it is on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.desk import comments_in_text_order, name_target
from consultations.models import Comment, Submission
from consultations.proposals import present_words, redline_proposal
from declaration.dates_display import display_moment
from declaration.languages import TEXT_LANGUAGES, active_text_language
from declaration.text.redline import Operation


@dataclass(frozen=True)
class Item:
    """One comment: its title, a line about it with its number, the clause's present wording, what is proposed, and why.

    `present` is empty where there is no clause or the draft is not in the comment's language, and `present_title` says
    what it is; `answer` is empty where none has been published.
    """

    title: str
    facts: str
    language: str
    present_title: str
    present: str
    redline: Sequence[Operation]
    rationale: str
    answer: str
    answer_language: str


@dataclass(frozen=True)
class Reading:
    """The whole: in the language of the page what the site says, in their own languages what was written."""

    title: str
    language: str
    notes: Sequence[str]
    facts: Sequence[tuple[str, str]]
    general_comment: str
    general_language: str
    items: Sequence[Item]


def read_submission(submission: Submission) -> Reading:
    """Return a submission as it is printed, in the active language, its comments in the order of the text."""
    return Reading(
        title=_("Comments of %(party)s") % {"party": submission.delegation},
        language=active_text_language(),
        notes=list(_notes(submission)),
        facts=_facts(submission),
        general_comment=submission.general_comment,
        general_language=submission.language,
        items=[_item(comment) for comment in comments_in_text_order(submission)],
    )


def _notes(submission: Submission) -> list[str]:
    notes = []
    if not submission.is_filed:
        notes.append(_("This is a working copy. It has not been filed."))
    if submission.status == Submission.Status.SUPERSEDED:
        notes.append(_("A later submission of the same delegation has taken the place of this one."))
    if submission.status == Submission.Status.WITHDRAWN:
        notes.append(_("This submission has been withdrawn."))
    if submission.call.draft.is_illustrative:
        notes.append(
            _(
                "Illustrative text. The draft was written to show how the site works. It is not a document of the United "
                "Nations and has not been proposed by anyone."
            )
        )
    if submission.delegation.is_invented:
        notes.append(_("The party is invented and exists only to show how the site works."))
    return notes


def _facts(submission: Submission) -> list[tuple[str, str]]:
    yes_no = {True: _("yes"), False: _("no")}
    facts = [
        (_("Delegation"), str(submission.delegation)),
        (_("On behalf of"), str(submission.on_behalf_of) if submission.on_behalf_of else ""),
        (_("Call for comments"), str(submission.call)),
        (_("Draft"), str(submission.call.draft)),
        (_("Status"), str(submission.get_status_display())),
        (_("Filed at"), _moment(submission)),
        (_("Filed by"), str(submission.submitted_by) if submission.submitted_by else ""),
        (_("Number"), str(submission.pk)),
        (_("May be published"), yes_no[submission.consents_to_publication]),
        (_("May be published under our name"), yes_no[submission.consents_to_attribution]),
    ]
    return [(label, value) for label, value in facts if value]


def _moment(submission: Submission) -> str:
    if submission.submitted_at is None:
        return ""
    moment = display_moment(timezone.localtime(submission.submitted_at), active_text_language())
    return _("%(moment)s, late") % {"moment": moment} if submission.is_late else moment


def _item(comment: Comment) -> Item:
    wordings = list(comment.clause.wordings.all()) if comment.clause else []
    answer = comment.answer
    facts = [
        _("No. %(number)d") % {"number": comment.number},
        comment.get_position_display() if comment.position else "",
        comment.get_category_display(),
    ]
    if comment.operation != Comment.Operation.NONE:
        facts.append(comment.get_operation_display())
    facts.append(TEXT_LANGUAGES[comment.language])
    return Item(
        title=name_target(comment),
        facts=" · ".join(str(fact) for fact in facts if fact),
        language=comment.language,
        present_title=_("The clause before it") if comment.target == "after_clause" else _("Present wording"),
        present=present_words(wordings, comment.language),
        redline=redline_proposal(comment, wordings),
        rationale=comment.rationale,
        answer=f"{answer.get_decision_display()}\n{answer.reason}".strip() if answer else "",
        answer_language=answer.language if answer else "",
    )
