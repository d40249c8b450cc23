"""Who may do what: every operation that the schema has, tried by everyone.

An operation without an entry in the table fails the test.
"""

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from consultations import services
from consultations.models import (
    Answer,
    Attachment,
    Call,
    Comment,
    ConsultationNote,
    CoSponsor,
    Delegation,
    Membership,
    Notice,
    Submission,
    View,
)
from consultations.services import sponsors
from consultations.services.hearing_notes import write_consultation_note
from consultations.services.hearing_views import add_view
from consultations.services.hearings import write_up_consultation
from consultations.services.submissions import CONSENTS
from declaration.models import Draft, Phase, Request
from tests import factories, files, hearings
from tests.api import record
from tests.api.letters_and_invitations import make_letters_and_invitations
from tests.api.record import call_to_send

pytestmark = pytest.mark.django_db

SECRET = "SECRET of the delegation"
INTERNAL = "INTERNAL to staff"

READ_AT = {"desk_submissions_comments_destroy", "staff_drafts_clauses_destroy", "staff_letters_comments_destroy"}
"""Operations whose address says which revision was read."""

ACTORS = ("anonymous", "other", "observer", "contributor", "focal_point", "staff")

PUBLIC = dict.fromkeys(ACTORS, 200)
SIGNED_IN = PUBLIC | {"anonymous": 401}
TOKEN = dict.fromkeys(ACTORS, 201)
REVOKE = dict.fromkeys(ACTORS, 204) | {"anonymous": 401}


def desk(*, good: int = 200, contributor: int | None = None, observer: int = 403) -> dict[str, int]:
    """What is a delegation's own: others and staff find nothing there."""
    mine = {"observer": observer, "contributor": contributor or good, "focal_point": good}
    return {"anonymous": 401, "other": 404} | mine | {"staff": 404}


def staff(good: int = 200) -> dict[str, int]:
    """What is for staff only."""
    return dict.fromkeys(ACTORS, 403) | {"anonymous": 401, "staff": good}


READ = desk(observer=200)
WRITE = desk()
ADD = desk(good=201)
REMOVE = desk(good=204)
FOCAL_POINT = desk(contributor=403)

TABLE = {
    "participate_create": TOKEN,
    # The link is for one address: whoever is signed in with another one may not use it.
    "invitations_accept": dict.fromkeys(ACTORS, 403) | {"anonymous": 200},
    "desk_delegations_people_list": READ,
    "desk_delegations_people_update": FOCAL_POINT,
    "desk_delegations_people_destroy": desk(good=204, contributor=403),
    "desk_delegations_people_hand_over": FOCAL_POINT,
    "desk_delegations_invite": desk(good=201, contributor=403),
    "desk_delegations_invitations_list": FOCAL_POINT,
    "desk_delegations_invitations_take_back": desk(good=204, contributor=403),
    "desk_delegations_invitations_send_again": FOCAL_POINT,
    "staff_delegations_list": staff(),
    "staff_delegations_create": staff(201),
    "staff_delegations_retrieve": staff(),
    "staff_delegations_invite": staff(201),
    "staff_delegations_invitations_list": staff(),
    "staff_invitations_take_back": staff(204),
    "staff_invitations_send_again": staff(),
    "staff_requests_list": staff(),
    "staff_requests_retrieve": staff(),
    "staff_requests_accept": staff(),
    "staff_requests_decline": staff(),
    "root_retrieve": PUBLIC,
    "activities_list": PUBLIC,
    "activities_retrieve": PUBLIC,
    "consultations_list": PUBLIC,
    "consultations_retrieve": PUBLIC,
    "views_list": PUBLIC,
    "views_retrieve": PUBLIC,
    "questionnaires_list": PUBLIC,
    "questionnaires_retrieve": PUBLIC,
    "answers_list": PUBLIC,
    "answers_retrieve": PUBLIC,
    "outcomes_list": PUBLIC,
    "outcomes_retrieve": PUBLIC,
    "deliverables_list": PUBLIC,
    "deliverables_retrieve": PUBLIC,
    "calls_list": PUBLIC,
    "calls_retrieve": PUBLIC,
    "calls_report": PUBLIC,
    "calls_chain_list": PUBLIC,
    "chains_list": PUBLIC,
    "chains_keys_list": PUBLIC,
    "chains_retrieve": PUBLIC,
    "comments_list": PUBLIC,
    "comments_retrieve": PUBLIC,
    "comments_redline": PUBLIC,
    "declarations_list": PUBLIC,
    "declarations_retrieve": PUBLIC,
    "dispositions_list": PUBLIC,
    "drafts_positions_list": PUBLIC,
    "drafts_clauses_positions_retrieve": PUBLIC,
    "holds_list": PUBLIC,
    "holds_retrieve": PUBLIC,
    "dispositions_retrieve": PUBLIC,
    "documents_list": PUBLIC,
    "documents_paragraphs_list": PUBLIC,
    "documents_retrieve": PUBLIC,
    "drafts_list": PUBLIC,
    "drafts_retrieve": PUBLIC,
    "drafts_clauses_list": PUBLIC,
    "drafts_clauses_retrieve": PUBLIC,
    "drafts_clauses_compare": PUBLIC,
    "drafts_clauses_history": PUBLIC,
    "drafts_compare": PUBLIC,
    "drafts_corrigenda_list": PUBLIC,
    "drafts_download": PUBLIC,
    "elements_list": PUBLIC,
    "elements_retrieve": PUBLIC,
    "groups_list": PUBLIC,
    "groups_retrieve": PUBLIC,
    "legal_bases_list": PUBLIC,
    "legal_bases_retrieve": PUBLIC,
    "mandates_list": PUBLIC,
    "mandates_retrieve": PUBLIC,
    "mandates_progress": PUBLIC,
    "organs_list": PUBLIC,
    "organs_retrieve": PUBLIC,
    "requests_list": PUBLIC,
    "requests_retrieve": PUBLIC,
    "resolutions_list": PUBLIC,
    "resolutions_retrieve": PUBLIC,
    "resolutions_progress": PUBLIC,
    "regions_retrieve": PUBLIC,
    "thread_retrieve": PUBLIC,
    "thread_graphml": PUBLIC,
    "thread_gaps_list": PUBLIC,
    "timeline_list": PUBLIC,
    "stakeholders_list": PUBLIC,
    "stakeholders_retrieve": PUBLIC,
    "states_list": PUBLIC,
    "states_retrieve": PUBLIC,
    "submissions_list": PUBLIC,
    "submissions_retrieve": PUBLIC,
    "submissions_attachments_content": PUBLIC,
    "tokens_create": TOKEN,
    "tokens_revoke_current": REVOKE,
    "me_retrieve": SIGNED_IN,
    "me_mail_retrieve": SIGNED_IN,
    "me_mail_update": SIGNED_IN,
    "desk_calls_list": SIGNED_IN,
    "desk_delegations_list": SIGNED_IN,
    "desk_delegations_changes": READ,
    "desk_delegations_history": READ,
    "desk_submissions_list": SIGNED_IN,
    "desk_submissions_create": ADD,
    "desk_submissions_retrieve": READ,
    "desk_submissions_partial_update": WRITE,
    "desk_submissions_destroy": desk(good=204, contributor=403),
    "desk_submissions_missing_list": READ,
    "desk_submissions_receipt": READ,
    "desk_submissions_receipt_file": READ,
    "desk_submissions_clear": FOCAL_POINT,
    "desk_submissions_return": FOCAL_POINT,
    "desk_submissions_submit": FOCAL_POINT,
    "desk_submissions_withdraw": FOCAL_POINT,
    "desk_submissions_attachments_create": ADD,
    "desk_submissions_attachments_destroy": REMOVE,
    "desk_submissions_attachments_list": READ,
    "desk_delegations_versions": READ,
    "desk_submissions_notes_create": ADD,
    "desk_submissions_notes_list": READ,
    "desk_submissions_co_sponsors_create": desk(good=201, contributor=403),
    "desk_submissions_co_sponsors_destroy": desk(good=204, contributor=403),
    "desk_submissions_co_sponsors_list": READ,
    # Of the delegation that is asked.
    "desk_co_sponsorships_list": SIGNED_IN,
    "desk_co_sponsorships_retrieve": READ,
    "desk_co_sponsorships_comments_list": READ,
    "desk_co_sponsorships_join": FOCAL_POINT,
    "desk_co_sponsorships_decline": FOCAL_POINT,
    "desk_co_sponsorships_leave": FOCAL_POINT,
    "desk_submissions_comments_clear": FOCAL_POINT,
    "desk_submissions_comments_ready": WRITE,
    "desk_submissions_comments_send_back": FOCAL_POINT,
    "desk_submissions_comments_list": READ,
    "desk_submissions_comments_create": ADD,
    "desk_submissions_comments_retrieve": READ,
    "desk_submissions_comments_redline": READ,
    "desk_submissions_comments_update": WRITE,
    "desk_submissions_comments_reply_retrieve": READ,
    "desk_submissions_comments_reply_update": FOCAL_POINT,
    "desk_submissions_comments_destroy": REMOVE,
    "staff_calls_list": staff(),
    "staff_calls_create": staff(201),
    "staff_calls_retrieve": staff(),
    "staff_calls_partial_update": staff(),
    "staff_calls_archive": staff(),
    "staff_calls_close": staff(),
    "staff_calls_ask_early_opening": staff(),
    "staff_calls_confirm_early_opening": staff(),
    "staff_calls_take_back_early_opening": staff(),
    "staff_calls_extend": staff(),
    "staff_calls_open": staff(),
    "staff_comments_list": staff(),
    "staff_comments_retrieve": staff(),
    "staff_comments_redline": staff(),
    "staff_comments_answer": staff(),
    "staff_calls_alike_find": staff(),
    "staff_calls_alike_retrieve": staff(),
    "staff_calls_report": staff(),
    "staff_calls_versions": staff(),
    "staff_letters_list": staff(),
    "staff_letters_create": staff(201),
    "staff_letters_retrieve": staff(),
    "staff_letters_partial_update": staff(),
    "staff_letters_destroy": staff(204),
    "staff_letters_file": staff(),
    "staff_letters_correct": staff(201),
    "staff_letters_withdraw": staff(),
    "staff_letters_receipt": staff(),
    "staff_letters_receipt_file": staff(),
    "staff_letters_comments_list": staff(),
    "staff_letters_comments_create": staff(201),
    "staff_letters_comments_retrieve": staff(),
    "staff_letters_comments_update": staff(),
    "staff_letters_comments_destroy": staff(204),
    "staff_comments_answer_alike": staff(),
    "staff_comments_assign": staff(),
    "staff_dispositions_publish": staff(),
    "staff_dispositions_review": staff(),
    "staff_dispositions_retract": staff(),
    "staff_drafts_create": staff(201),
    "staff_drafts_list": staff(),
    "staff_drafts_partial_update": staff(),
    "staff_drafts_retrieve": staff(),
    "staff_drafts_compare": staff(),
    "staff_drafts_download": staff(),
    "staff_drafts_clauses_create": staff(201),
    "staff_drafts_clauses_list": staff(),
    "staff_drafts_clauses_partial_update": staff(),
    "staff_drafts_clauses_destroy": staff(204),
    "staff_drafts_clauses_brackets": staff(),
    "staff_drafts_clauses_correct": staff(201),
    "staff_drafts_clauses_merge": staff(),
    "staff_drafts_clauses_move": staff(),
    "staff_drafts_clauses_split": staff(),
    "staff_drafts_clauses_retrieve": staff(),
    "staff_drafts_lineage_certain": staff(),
    "staff_drafts_lineage_list": staff(),
    "staff_drafts_lineage_propose": staff(),
    "staff_drafts_lineage_retrieve": staff(),
    "staff_drafts_lineage_update": staff(),
    "staff_drafts_next": staff(201),
    "staff_drafts_publish": staff(),
    "staff_drafts_withdraw": staff(),
    "staff_imports_list": staff(),
    "staff_imports_create": staff(201),
    "staff_imports_retrieve": staff(),
    "staff_imports_add_text": staff(),
    "staff_imports_commit": staff(),
    "staff_imports_correct": staff(),
    "staff_imports_discard": staff(),
    "staff_imports_remove_text": staff(),
    "staff_imports_undo": staff(),
    "staff_given_up_mail_list": staff(),
    "staff_given_up_mail_retrieve": staff(),
    "staff_given_up_mail_send_again": staff(204),
    "staff_lookups": staff(),
    "staff_report": staff(),
    "staff_report_file": staff(),
    "staff_consultations_list": staff(),
    "staff_consultations_create": staff(201),
    "staff_consultations_retrieve": staff(),
    "staff_consultations_partial_update": staff(),
    "staff_consultations_publish": staff(),
    "staff_consultations_retract": staff(),
    "staff_consultations_add_view": staff(201),
    "staff_consultations_order_views": staff(),
    "staff_consultations_change_view": staff(),
    "staff_consultations_remove_view": staff(204),
    "staff_consultations_write_note": staff(201),
    "staff_consultations_change_note": staff(),
    "staff_holds_list": staff(),
    "staff_holds_retrieve": staff(),
    "staff_holds_lift": staff(),
    "staff_comments_hold": staff(201),
    "staff_submissions_hold": staff(201),
    "staff_submissions_list": staff(),
    "staff_submissions_retrieve": staff(),
}


@dataclass
class World:
    """Rows on which every operation works for who may do it; the addresses of each, and what is sent."""

    actors: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    """The last part of an address by operation, where it is not that of its like."""
    bodies: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def storage_of_its_own(settings: Any, tmp_path: Any) -> None:
    """Keep the files of each test in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world() -> World:
    """A record, calls in every state, and one delegation's submissions in every state."""
    world = World()
    delegation = factories.make_delegation(factories.make_state("XAA"))
    for role in ("observer", "contributor", "focal_point"):
        world.actors[role] = factories.make_member(delegation, Membership.Role(role))
    world.actors["other"] = factories.focal_point(factories.make_delegation())
    world.actors["staff"] = factories.make_staff("vera@example.org")
    add_record(world)
    now = timezone.now()
    draft = factories.make_draft()
    # Its last two articles can be made one.
    last = ("art_3", "article", "3", "", "Everyone helps.")
    preparing = factories.make_draft(published=False, clauses=[*factories.CLAUSES, last])
    earlier = factories.make_draft()
    following = factories.make_draft(published=False, declaration=earlier.declaration, supersedes=earlier)
    writing = factories.make_submission(factories.make_call(draft), delegation, general_comment=SECRET)
    factories.make_comment(writing, rationale=SECRET)
    cleared = factories.make_submission(factories.make_call(draft), delegation, general_comment=SECRET)
    services.clear_submission(submission=cleared, user=world.actors["focal_point"])
    asked = ask_to_stand_behind(cleared, factories.make_delegation())
    joined = ask_to_stand_behind(offer_text(cleared.call), delegation)
    sponsors.join(co_sponsor=joined, user=world.actors["focal_point"])
    filed = factories.make_comment(factories.make_submission(factories.make_call(draft), delegation))
    shown = attach(filed.submission)
    factories.file_submission(filed.submission)
    filed.refresh_from_db()
    answered = factories.make_filed_comment(filed.submission.call)
    published = factories.make_answer(answered)
    replied = factories.make_answer(factories.make_filed_comment(factories.make_call(draft), delegation))
    waiting = factories.make_answer(factories.make_filed_comment(filed.submission.call), published=False)
    unopened = factories.make_call(draft, opened=False)
    closed = factories.make_call(draft, closes_at=now - dt.timedelta(hours=1))
    call = filed.submission.call
    said = [
        factories.make_filed_comment(call, factories.make_delegation(factories.make_stakeholder())) for _ in range(2)
    ]
    holdable = said[0]
    held = services.hold(comment=said[1], user=world.actors["staff"], reason="It is spam.", language="en")
    first = factories.make_draft()
    second = factories.make_next_draft(first, factories.CLAUSES, [])
    compared = f"{second.ordinal}/compare/{first.ordinal}/"
    bring_in = factories.make_import(corrections=[{"op": "relabel", "node": 0, "label": "2"}])
    view, noted = write_up(world.actors["staff"])
    keys, bodies = make_letters_and_invitations(delegation, world.actors["focal_point"], world.actors["staff"])
    world.keys |= keys | {"staff_calls_versions": f"{call.pk}/delegations/{delegation.pk}/versions/"}
    world.keys |= {"desk_delegations_versions": f"XAA/calls/{call.pk}/versions/"}
    world.bodies |= bodies | {"desk_submissions_submit": dict.fromkeys(CONSENTS, True)}
    world.keys |= {
        "calls": f"{call.pk}/",
        "chains": f"{call.pk}/",
        "comments": f"{answered.pk}/",
        "dispositions": f"{published.pk}/",
        "drafts": f"{draft.ordinal}/",
        "drafts_clauses": f"{draft.ordinal}/clauses/art_1/",
        "drafts_compare": compared,
        "drafts_clauses_compare": f"{draft.ordinal}/clauses/art_1/compare/{draft.ordinal}/art_2/",
        "drafts_download": f"{draft.ordinal}/download/json/",
        "submissions": f"{filed.submission_id}/",
        "submissions_attachments": f"{filed.submission_id}/attachments/{shown.pk}/",
        "desk_delegations": "XAA/changes/",
        "desk_submissions": f"{writing.pk}/",
        "desk_submissions_return": f"{cleared.pk}/",
        "desk_submissions_co_sponsors": f"{cleared.pk}/co-sponsors/{asked.pk}/",
        "desk_co_sponsorships": f"{joined.pk}/",
        "desk_submissions_receipt": f"{filed.submission_id}/",
        "desk_submissions_receipt_file": f"{filed.submission_id}/receipt/json/",
        "desk_submissions_withdraw": f"{filed.submission_id}/",
        "desk_delegations_history": "XAA/history/",
        "desk_submissions_attachments": f"{writing.pk}/attachments/{attach(writing).pk}/",
        "desk_submissions_comments_reply": f"{replied.comment.submission_id}/comments/1/reply/",
        "desk_submissions_comments": f"{writing.pk}/comments/1/",
        "staff_calls": f"{call.pk}/",
        "staff_calls_partial_update": f"{unopened.pk}/",
        "staff_calls_open": f"{unopened.pk}/",
        "staff_calls_archive": f"{closed.pk}/",
        "staff_calls_ask_early_opening": f"{make_sealed_call(draft).pk}/",
        "staff_calls_confirm_early_opening": f"{ask_early_opening(draft).pk}/",
        "staff_calls_take_back_early_opening": f"{ask_early_opening(draft).pk}/",
        "staff_comments": f"{filed.pk}/",
        "staff_drafts": f"{draft.ordinal}/",
        "staff_drafts_lineage": f"{following.ordinal}/lineage/art_1/",
        "staff_drafts_next": f"{draft.ordinal}/",
        "staff_drafts_compare": compared,
        "staff_drafts_download": f"{preparing.ordinal}/download/json/",
        "staff_drafts_publish": f"{preparing.ordinal}/",
        "staff_drafts_partial_update": f"{preparing.ordinal}/",
        "staff_drafts_clauses_correct": f"{draft.ordinal}/clauses/art_2/",
        "staff_drafts_clauses_merge": f"{preparing.ordinal}/clauses/art_2/",
        "staff_drafts_clauses_split": f"{preparing.ordinal}/clauses/art_2/",
        "staff_drafts_clauses": f"{preparing.ordinal}/clauses/art_1/",
        "holds": f"{held.pk}/",
        "staff_holds": f"{held.pk}/",
        "staff_given_up_mail": f"{make_given_up().pk}/",
        "staff_submissions_hold": f"{holdable.submission_id}/",
        "staff_comments_hold": f"{holdable.pk}/",
        "staff_submissions": f"{filed.submission_id}/",
        "staff_imports": f"{bring_in.pk}/",
        "staff_consultations": f"{noted.consultation.slug}/",
        "staff_consultations_change_view": f"{noted.consultation.slug}/views/{view.pk}/",
        "staff_consultations_remove_view": f"{noted.consultation.slug}/views/{view.pk}/",
        "staff_consultations_change_note": f"{noted.consultation.slug}/notes/{noted.pk}/",
    }
    comment = {"clause": "art_2", "rationale": "A reason."}
    title, both = {"en": "Rivers"}, {"en": 1, "ar": 1}
    read = {"revision": 1, "wording_revisions": both}
    world.bodies |= {
        "tokens_create": {"email": "vera@example.org", "password": factories.PASSWORD},
        "me_mail_update": {"wanted": [], "language": "en", "time_zone": ""},
        "desk_submissions_create": {"call": factories.make_call(draft).pk, "delegation": "XAA"},
        "desk_submissions_partial_update": {"revision": 2, "general_comment": "Another."},
        "desk_submissions_co_sponsors_create": {"delegation": factories.make_delegation().key},
        "desk_submissions_comments_create": comment,
        "desk_submissions_comments_send_back": {"reason": "Name the source."},
        "desk_submissions_notes_create": {"text": SECRET},
        "desk_submissions_attachments_create": lambda: {"file": SimpleUploadedFile("map.png", files.png())},
        "desk_submissions_comments_update": comment | {"revision": 1},
        "staff_calls_create": call_to_send(draft),
        "staff_calls_partial_update": {"takes_late": True},
        "staff_calls_ask_early_opening": {"reason": "The session was moved.", "language": "en"},
        "staff_calls_extend": {"closes_at": (now + dt.timedelta(days=9)).isoformat()},
        "staff_drafts_create": {"title": title, "name": title, "stage": "zero", "languages": ["en"]},
        "staff_drafts_partial_update": {"revision": 1, "stage": "first"},
        "staff_drafts_clauses_create": {"kind": "article", "label": "9"},
        "staff_drafts_clauses_partial_update": {"revision": 1, "label": "9"},
        "staff_drafts_clauses_move": {"revision": 1, "place": "after", "beside": "art_2"},
        "staff_drafts_clauses_brackets": read | {"enclosed": True},
        "staff_drafts_clauses_split": read | {"at": {"en": 6, "ar": 6}, "label": "9"},
        "staff_drafts_clauses_merge": {"revision": 1, "wording_revisions": both, "following_revision": 1}
        | {"following_wording_revisions": both},
        "staff_drafts_clauses_correct": {"language": "en", "text": "Other.", "reason": title},
        "staff_drafts_lineage_update": {"revision": 1, "origins": [{"eid": "art_1"}]},
        "staff_drafts_next": {"name": title, "stage": "first"},
        "staff_submissions_hold": {"reason": "It is spam.", "language": "en"},
        "staff_comments_hold": {"reason": "It is spam.", "language": "en"},
        "staff_comments_answer": {"revision": 0, "decision": "noted", "reason": "Seen."},
        "staff_consultations_create": {"name": title, "format": "meeting"},
        "staff_consultations_partial_update": {"revision": 2, "status": "planned"},
        "staff_consultations_add_view": {"summary": title, "party": "XAA"},
        "staff_consultations_order_views": {"views": [view.pk]},
        "staff_consultations_change_view": {"revision": 2, "confidentiality": "internal"},
        "staff_consultations_write_note": {"text": "Noted.", "language": "en"},
        "staff_consultations_change_note": {"revision": 1, "text": "Noted again."},
        "staff_imports_create": {"document": bring_in.document.slug, "text": "1. Words."},
        "staff_imports_add_text": {"text": "1. Des mots.", "language": "fr"},
        "staff_imports_remove_text": {"language": "en", "revision": bring_in.revision},
        "staff_imports_undo": {"language": "en", "revision": bring_in.revision},
        "staff_imports_commit": {"revision": bring_in.revision},
        "staff_imports_correct": {
            "language": "en",
            "revision": bring_in.revision,
            "corrections": [{"op": "relabel", "node": 0, "label": "3"}],
        },
        "desk_submissions_comments_reply_update": {"verdict": "satisfied", "revision": replied.revision},
        "staff_comments_assign": {"ids": [filed.pk], "to": "vera@example.org"},
        "staff_comments_answer_alike": {"comments": [{"id": filed.pk}], "decision": "noted"},
        "staff_dispositions_review": {"ids": [waiting.pk]},
        "staff_dispositions_publish": {"ids": [waiting.pk]},
        "staff_dispositions_retract": {"ids": [published.pk]},
    }
    return world


def write_up(staff: Any) -> tuple[View, ConsultationNote]:
    """A view and a note of a consultation for staff alone, with what must not leave them."""
    consultation = write_up_consultation(by=staff, name={"en": INTERNAL}, format="meeting")
    view = add_view(consultation=consultation, by=staff, summary={"en": "Said."})
    return view, write_consultation_note(consultation=consultation, by=staff, text="Noted.", language="en")


def attach(submission: Submission) -> Attachment:
    """A file beside a submission that is being written."""
    user = factories.focal_point(submission.delegation)
    return services.attach_file(submission=submission, user=user, file=io.BytesIO(files.pdf()), name="view.pdf")


def make_sealed_call(draft: Draft) -> Call:
    """A call whose filings are sealed until it closes."""
    return factories.make_call(draft, publication_rule="together_after_closing")


def ask_early_opening(draft: Draft) -> Call:
    """A sealed call that one of the staff asks to open early."""
    call, user = make_sealed_call(draft), factories.make_staff()
    services.ask_early_opening(call=call, user=user, reason="The session was moved.", language="en")
    return call


def make_given_up() -> Notice:
    """A mail that was given up."""
    notice = services.queue_notice(kind=Notice.Kind.DIGEST, key="digest:x", email="gone@example.org")
    Notice.objects.filter(pk=notice.pk).update(status=Notice.Status.FAILED, settled_at=timezone.now())
    return notice


def offer_text(call: Call) -> Submission:
    """Another delegation's text that no longer changes."""
    offered = factories.make_submission(call, general_comment="We agree.")
    return services.clear_submission(submission=offered, user=factories.focal_point(offered.delegation))


def ask_to_stand_behind(submission: Submission, delegation: Delegation) -> CoSponsor:
    """A delegation that is asked to stand behind another's text."""
    user = factories.focal_point(submission.delegation)
    return sponsors.ask_co_sponsor(submission=submission, delegation=delegation, user=user)


def send(client: Any, operation: "Operation", world: World) -> Any:
    """Do an operation with what is sent for it: a file is made anew each time, since it is read to its end."""
    body = world.bodies.get(operation.name)
    values = body() if callable(body) else body
    return getattr(client, operation.method)(
        operation.address(world), values, **({"format": "multipart"} if callable(body) else {})
    )


def add_record(world: World) -> None:
    """Put one entry of every kind into the world."""
    organ = record.make_organ("x")
    document = record.make_document("x", organ)
    resolution = record.make_resolution("7", organ, record.make_mandate("x", organ, document), document)
    membership = record.make_membership()
    record.make_stakeholder("x")
    element, _basis = record.make_foundations(1, document)
    asked = Request.objects.filter(resolution=resolution).order_by("position")[0]
    consultation = hearings.make_all("x", document, element, asked, Phase.objects.get())
    world.keys |= {
        "consultations": "consultation-x/",
        "views": f"{consultation.views.get().pk}/",
        "questionnaires": "questionnaire-x/",
        "answers": f"{Answer.objects.get().pk}/",
        "outcomes": "outcome-x/",
        "deliverables": "deliverable-x/",
        "activities": "activity-7/",
        "declarations": f"{factories.make_draft().declaration.slug}/",
        "documents": "document-x/",
        "elements": "1a/",
        "groups": f"{membership.group.code}/",
        "legal_bases": "basis-1/",
        "mandates": "mandate-x/",
        "organs": "organ-x/",
        "requests": f"{Request.objects.filter(resolution=resolution)[0].pk}/",
        "resolutions": "A-HRC-RES-90-7/",
        "stakeholders": "organization-x/",
        "thread_gaps": "views-on-no-element/",
        "states": f"{membership.state.alpha3}/",
    }


@dataclass(frozen=True)
class Operation:
    """One thing that the schema says can be done."""

    name: str
    method: str
    path: str

    def address(self, world: World) -> str:
        """Return its address in the world, the parts in braces filled in."""
        if "{" not in self.path:
            return self.path
        fixed = self.path[: self.path.index("{")]
        like = max((key for key in world.keys if self.name.startswith(f"{key}_") or self.name == key), key=len)
        parts = (fixed + world.keys[like]).strip("/").split("/")
        filled = [mine if wanted.startswith("{") else wanted for mine, wanted in zip_parts(parts, self.path)]
        address = "/" + "/".join(filled) + "/"
        return f"{address}?revision=1" if self.name in READ_AT else address


def zip_parts(parts: list[str], path: str) -> list[tuple[str, str]]:
    """Pair the parts of an address with those of the path that the schema has."""
    wanted = path.strip("/").split("/")
    return list(zip(parts + [""] * (len(wanted) - len(parts)), wanted, strict=False))


@pytest.fixture(scope="module")
def operations() -> list[Operation]:
    """All operations of the schema."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [
        Operation(operation["operationId"], method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


def test_table_has_every_operation(operations: list[Operation]) -> None:
    assert {operation.name for operation in operations} == set(TABLE)


@pytest.mark.parametrize("actor", ACTORS)
def test_access(actor: str, world: World, operations: list[Operation], acting_for: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("rest_framework.throttling.ScopedRateThrottle.THROTTLE_RATES", {"writes": None, "tokens": None})
    client = APIClient() if actor == "anonymous" else acting_for(world.actors[actor])
    statuses = {}
    for operation in [each for each in operations if each.name in TABLE]:
        with transaction.atomic():
            response = send(client, operation, world)
            transaction.set_rollback(True)
        statuses[operation.name] = response.status_code
        if actor in {"anonymous", "other", "staff"}:
            assert SECRET.encode() not in b"".join(response), operation
        if actor in {"anonymous", "other"}:
            assert INTERNAL.encode() not in b"".join(response), operation
    assert statuses == {name: TABLE[name][actor] for name in statuses}


def test_signed_in_on_the_site_one_writes_only_with_the_forms_token(world: World) -> None:
    comment = Comment.objects.get(rationale=SECRET)
    address = f"/api/v1/desk/submissions/{comment.submission_id}/comments/"
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(world.actors["focal_point"])
    assert client.get(address).status_code == 200
    assert client.post(address, {"clause": "art_2", "rationale": "A."}).status_code == 403
