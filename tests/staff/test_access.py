"""Every staff page, for every kind of reader."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activities import urls_staff as activity_staff
from consultations import services
from consultations.models import Call, Disposition, Membership
from consultations.services import joining, letters, participation
from consultations.services.hearings import write_up_consultation
from consultations.urls_staff import urlpatterns
from declaration.models import Clause, Draft
from tests import factories
from tests.staff.pages import comments_url, make_comments, words

pytestmark = pytest.mark.django_db

# Page: (its arguments, what it takes beside reading).
PAGES = {
    "staff-delegation-list": ([], False),
    "staff-delegation-add": ([], True),
    "staff-delegation-detail": (["delegation"], True),
    "staff-invitation": (["invitation"], True),
    "staff-request-list": ([], False),
    "staff-request-detail": (["request"], True),
    "staff-home": ([], False),
    "staff-draft-list": ([], False),
    "staff-draft-detail": (["draft"], False),
    "staff-draft-publish": (["draft"], True),
    "staff-draft-withdraw": (["draft"], True),
    "staff-draft-add": ([], True),
    "staff-draft-edit": (["preparing"], True),
    "staff-draft-outline": (["preparing"], True),
    "staff-clause-add": (["preparing"], True),
    "staff-clause-edit": (["preparing", "clause"], True),
    "staff-clause-move": (["preparing", "clause"], True),
    "staff-clause-split": (["preparing", "clause"], True),
    "staff-clause-merge": (["preparing", "clause"], True),
    "staff-clause-remove": (["preparing", "clause"], True),
    "staff-clause-history": (["preparing", "clause"], False),
    "staff-clause-correct": (["draft", "clause"], True),
    "staff-draft-compare": (["following", "draft"], False),
    "staff-draft-standing": (["draft"], False),
    "staff-draft-next": (["draft"], True),
    "staff-draft-lineage": (["following"], True),
    "staff-clause-origin": (["following", "clause"], True),
    "staff-call-list": ([], False),
    "staff-call-add": ([], True),
    "staff-call-detail": (["call"], False),
    "staff-call-edit": (["call"], True),
    "staff-call-open": (["call"], True),
    "staff-call-extend": (["call"], True),
    "staff-call-close": (["call"], True),
    "staff-call-open-early": (["call"], True),
    "staff-call-archive": (["call"], True),
    "staff-letter-add": (["call"], True),
    "staff-letter-detail": (["letter"], True),
    "staff-letter-comment": (["letter", "letter_comment"], True),
    "staff-letter-receipt": (["filed_letter"], False),
    "staff-letter-receipt-file": (["filed_letter", "extension"], False),
    "staff-submission-list": (["call"], False),
    # Letters alone are corrected and withdrawn.
    "staff-submission-detail": (["filed_letter"], True),
    "staff-versions": (["letter_call", "letter_delegation"], False),
    "staff-comments": ([], True),
    "staff-given-up-mail": ([], True),
    "staff-hold-list": ([], False),
    "staff-hold-lift": (["hold"], True),
    "staff-submission-hold": (["stakeholder_submission"], True),
    "staff-comment-hold": (["stakeholder_comment"], True),
    "staff-call-report": (["call"], False),
    "staff-call-report-table": (["call"], False),
    "staff-report": ([], False),
    "staff-report-file": ([], False),
    "staff-call-alike": (["call"], True),
    "staff-alike-detail": (["alike"], True),
    "staff-consultation-list": ([], False),
    "staff-consultation-add": ([], True),
    "staff-consultation-edit": (["consultation"], True),
    "staff-import-list": ([], False),
    "staff-import-add": ([], True),
    "staff-import-detail": (["import"], True),
    "staff-import-texts": (["import"], True),
    "staff-import-commit": (["import"], True),
    "staff-import-discard": (["import"], True),
    "staff-import-clause": (["import", "language", "place"], True),
}

ASKING = {"organization": "Springs", "kind": "ngo", "contact_name": "Mina", "email": "m@example.org", "language": "en"}


@pytest.fixture
def address():
    call = factories.make_call()
    preparing = factories.make_draft(published=False)
    following = factories.make_draft(published=False, declaration=call.draft.declaration, supersedes=call.draft)
    said = factories.make_filed_comment(None, factories.make_delegation(factories.make_stakeholder()))
    held = services.hold(submission=said.submission, user=factories.make_staff(), reason="It is spam.", language="en")
    delegation = factories.make_delegation()
    leader = factories.focal_point(delegation)
    invitation = joining.invite(delegation=delegation, user=leader, email="new@example.org", role="focal_point")
    letter, filed_letter = enter_letter(call), enter_letter(call)
    filed_letter = services.submit_submission(submission=filed_letter, user=factories.make_staff())
    keys = {
        "letter": letter.pk,
        "letter_comment": letter.comments.get().pk,
        "filed_letter": filed_letter.pk,
        "letter_call": call.pk,
        "letter_delegation": filed_letter.delegation_id,
        "extension": "json",
        "hold": held.pk,
        "stakeholder_submission": said.submission_id,
        "stakeholder_comment": said.pk,
        "following": following.ordinal,
        "draft": call.draft.ordinal,
        "call": call.pk,
        "preparing": preparing.ordinal,
        "clause": "art_1",
        "consultation": write_up_consultation(by=factories.make_staff(), name={"en": "Meeting"}, format="meeting").slug,
        "import": factories.make_import().pk,
        "delegation": invitation.delegation_id,
        "invitation": invitation.pk,
        "request": participation.ask_to_take_part(**ASKING).pk,
        "language": "en",
        "place": 0,
        "alike": make_group().pk,
    }
    return lambda page: reverse(page, args=[keys[key] for key in PAGES[page][0]])


def enter_letter(call):
    user, today = factories.make_staff(), timezone.localdate()
    letter = letters.start_letter(call=call, delegation=factories.make_delegation(), user=user, received_on=today)
    clause = call.draft.clauses.get(eid="art_2")
    services.add_comment(submission=letter, user=user, clause=clause, rationale="Their reason.")
    letter.refresh_from_db()
    return letter


def make_group():
    first, _second = make_comments(2)
    return services.group_alike(call=first.submission.call)[0]


def test_every_route_is_in_the_table():
    assert {pattern.name for pattern in (*urlpatterns, *activity_staff.urlpatterns)} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_page_is_for_staff_alone(client, address, page):
    url = address(page)
    readers = {role: factories.make_member(factories.make_delegation(), role) for role in Membership.Role.values}
    readers |= {
        "nobody in particular": factories.make_user(),
        "administrator who is not staff": factories.make_user(is_superuser=True),
    }
    signed_out = client.get(url)
    assert (signed_out.status_code, signed_out.url) == (302, f"/en/account/login/?next={url}")
    for name, reader in readers.items():
        client.force_login(reader)
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404), name
    client.force_login(factories.make_staff())
    response = client.get(url)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-cache")


def test_staff_who_left_are_signed_out(client, staff):
    client.force_login(staff)
    staff.is_active = False
    staff.save()
    assert client.get(reverse("staff-home")).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_reading_changes_nothing_and_pages_without_forms_take_none(desk, address, page):
    url = address(page)
    before = snapshot()
    desk.get(url)
    assert snapshot() == before
    if not PAGES[page][1]:
        assert desk.post(url).status_code == 405


def snapshot():
    return [list(model.objects.order_by("pk").values()) for model in (Call, Clause, Disposition, Draft)]


@pytest.mark.parametrize("name", ["staff-draft-detail", "staff-draft-publish", "staff-call-detail", "staff-call-edit"])
def test_what_does_not_exist_is_not_found(desk, name):
    assert desk.get(reverse(name, args=[999_999])).status_code == 404


def test_answers_typed_before_the_session_ended_wait_for_their_author(client, staff):
    first, second = make_comments(2)
    typed = {
        "rows": f"{first.pk},{second.pk}",
        f"c{first.pk}-decision": "accepted",
        f"c{first.pk}-reason": "It says it better.",
        f"c{first.pk}-language": "en",
        f"c{first.pk}-revision": "0",
        f"c{first.pk}-shown": "",
        "act": "save",
    }
    response = client.post(comments_url(answer="none"), typed)
    assert response.status_code == 302
    client.force_login(staff)
    page = client.get(comments_url(answer="none"))
    assert "It says it better." in page.content.decode()
    assert "not saved" in words(page)
    assert "It says it better." not in client.get(comments_url(answer="none")).content.decode()


def test_a_call_typed_before_the_session_ended_is_given_back(client):
    response = client.post(reverse("staff-call-add"), {"title_en": "A call that took long to write"})
    assert response.status_code == 403
    assert "A call that took long to write" in response.content.decode()
