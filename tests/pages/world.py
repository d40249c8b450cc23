"""A small record with one of everything that public pages show, and with all that they must not show."""

import datetime as dt
import html
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import strip_tags

from activities.models import Activity
from consultations import services
from consultations.models import Call, Comment, Consultation, Submission
from declaration.models import Document, Draft, GroupMembership, Mandate, Phase, Resolution, State
from tests import factories, hearings
from tests.api import record

SECRETS = (
    "SecretDraftName",
    "SecretDraftWords",
    "SecretCallTitle",
    "SecretInWriting",
    "SecretWithheld",
    "SecretSealed",
    "SecretWithdrawn",
    "SecretSuperseded",
    "SecretUnpublishedCall",
    "SecretAnswer",
    "SecretConsultation",
    "SecretView",
    "SecretNote",
)
"""What no public page may print; each is in a text that a careless query would find."""

ELEMENT = "26a"


@dataclass
class World:
    """The entries that tests name."""

    draft: Draft
    preparing: Draft
    call: Call
    sealed: Call
    state: State
    unnamed: State
    comment: Comment
    unnamed_comment: Comment
    mandate: Mandate
    resolution: Resolution
    activity: Activity
    group: str
    stakeholder: str

    @property
    def submission(self) -> Submission:
        """The public filing under its author's name."""
        return self.comment.submission

    @property
    def paths(self) -> list[str]:
        """The address of every public page, without the language."""
        return [
            "",
            "drafts/",
            f"drafts/{self.draft.ordinal}/",
            f"drafts/{self.draft.ordinal}/?with=ar&commented=1",
            f"drafts/{self.draft.ordinal}/clauses/art_1/",
            f"drafts/{self.draft.ordinal}/clauses/art_1__para_1/",
            f"drafts/{self.draft.ordinal}/clauses/art_1__para_1/history/",
            f"drafts/{self.draft.ordinal}/clauses/art_1/compare/{self.draft.ordinal}/art_1__para_1/",
            "elements/",
            f"elements/{ELEMENT}/",
            "states/",
            f"states/{self.state.alpha3}/",
            f"groups/{self.group}/",
            "stakeholders/",
            f"stakeholders/{self.stakeholder}/",
            "resolutions/",
            f"resolutions/{self.resolution.slug}/",
            "documents/",
            "documents/document-1/",
            f"mandates/{self.mandate.slug}/",
            "timeline/",
            "timeline/?from=2012&to=2013",
            "regions/",
            "activities/",
            f"activities/{self.activity.slug}/",
            "consultations/",
            "consultations/consultation-1/",
            "views/",
            f"views/?element={ELEMENT}",
            "questionnaires/",
            "questionnaires/questionnaire-1/",
            "outcomes/",
            "outcomes/outcome-1/",
            "deliverables/",
            "deliverables/deliverable-1/",
            "calls/",
            f"calls/{self.call.pk}/",
            f"calls/{self.sealed.pk}/",
            f"submissions/{self.submission.pk}/",
            f"submissions/{self.unnamed_comment.submission_id}/",
            "comments/",
            "dispositions/",
        ]


def file_comment(call: Call, words: str, *, state: State | None = None, **fields: object) -> Comment:
    """File a comment with these words as its reasons; fields are the submission's."""
    submission = factories.make_submission(call, factories.make_delegation(state), **fields)
    comment = factories.make_comment(submission, rationale=words)
    factories.file_submission(submission)
    return Comment.objects.select_related("submission__delegation").get(pk=comment.pk)


def make_world() -> World:
    """Make the record."""
    organ = record.make_organ("1")
    document = record.make_document("1", organ)
    mandate = record.make_mandate("1", organ, document)
    resolution = record.make_resolution("1", organ, mandate, document)
    element, basis = record.make_foundations(26, document)
    draft = record.make_founded_draft([element], [basis], ordinal=1, name={"en": "Zero draft", "ar": "المشروع الأولي"})
    call = factories.make_call(draft, takes_late=True)
    state = factories.make_state("XAA", name={"en": "Avalonia", "ar": "أفالونيا"})
    unnamed = factories.make_state("XZZ", name={"en": "Unnamedland", "ar": "دولة لا تسمى"})
    region = factories.make_group("africa", kind="regional", name={"en": "African States", "ar": "الدول الأفريقية"})
    GroupMembership.objects.create(group=region, state=state)
    stakeholder = factories.make_stakeholder("solidarity-watch", name={"en": "Solidarity Watch"})
    comment = file_comment(call, "It is right.", state=state)
    factories.make_answer(comment, reason="It makes the text clearer.")
    unnamed_comment = file_comment(call, "Words without a name.", state=unnamed, consents_to_attribution=False)
    asked, phase = resolution.requests.get(position=1), mandate.phases.get()
    consultation = hearings.make_all("1", document, element, asked, phase)
    hide_hearings(consultation, asked.activities.in_order()[0], phase, document)
    preparing, sealed = hide_secrets(draft, call)
    return World(
        draft=draft,
        preparing=preparing,
        call=call,
        sealed=sealed,
        state=state,
        unnamed=unnamed,
        comment=comment,
        unnamed_comment=unnamed_comment,
        mandate=mandate,
        resolution=resolution,
        activity=Activity.objects.get(slug="activity-1"),
        group=region.code,
        stakeholder=stakeholder.slug,
    )


def hide_secrets(draft: Draft, call: Call) -> tuple[Draft, Call]:
    """Make one of everything that nobody but its delegation, or staff, may read; return the draft and the sealed call."""
    clauses = [("art_1", "article", "1", "SecretDraftName", "SecretDraftWords")]
    preparing = factories.make_draft(
        published=False, ordinal=2, clauses=clauses, declaration=draft.declaration, name={"en": "SecretDraftName"}
    )
    factories.make_call(draft, opened=False, title={"en": "SecretCallTitle"})
    factories.make_comment(factories.make_submission(call), rationale="SecretInWriting")
    author = factories.make_stakeholder("secret", name={"en": "Quiet Watch"}, note={"en": "Quiet."})
    withheld = factories.make_submission(
        call, factories.make_delegation(author), consents_to_publication=False, general_comment="SecretWithheld"
    )
    factories.make_comment(withheld, rationale="SecretWithheld")
    factories.file_submission(withheld)
    sealed = factories.make_call(draft, publication_rule="together_after_closing", title={"en": "Sealed call"})
    file_comment(sealed, "SecretSealed")
    file_comment(factories.make_call(draft, publication_rule="not_published"), "SecretUnpublishedCall")
    answered = file_comment(call, "SecretWithdrawn")
    factories.make_answer(answered, reason="SecretAnswer to what was withdrawn")
    withdrawn = answered.submission
    services.withdraw_submission(submission=withdrawn, user=factories.focal_point(withdrawn.delegation))
    supersede(file_comment(call, "SecretSuperseded"))
    unanswered = file_comment(call, "Waiting for an answer.")
    answer = factories.make_answer(unanswered, published=False, reason="SecretAnswer")
    assert answer.published_at is None
    return preparing, sealed


def hide_hearings(consultation: Consultation, activity: Activity, phase: Phase, document: Document) -> None:
    """Write down what staff alone may read of what was said."""
    hearings.make_view(consultation, confidentiality="internal", summary={"en": "SecretView"})
    hearings.make_note(consultation, "SecretNote")
    hidden = hearings.make_consultation("hidden", name={"en": "SecretConsultation"}, is_public=False, source=document)
    hearings.link_consultation(hidden, activity, phase, document)
    hearings.make_view(hidden, summary={"en": "SecretView"}, source=document)


def words(response) -> str:
    """What a reader sees of a page's main part, in one line."""
    main = response.text[response.text.index("<main") : response.text.index("</main>")]
    spaced = re.sub(r"</(dt|dd|li|p|h[1-6]|th|td|div|option)>|<br>", " ", main)
    return " ".join(html.unescape(strip_tags(spaced)).split())


def supersede(comment: Comment) -> None:
    """File anew what was filed, with other words."""
    delegation = comment.submission.delegation
    submission = factories.make_submission(comment.submission.call, delegation)
    submission.comments.all().delete()
    factories.make_comment(submission, rationale="Better words.")
    factories.file_submission(submission, at=timezone.now() - dt.timedelta(minutes=1))
