"""Every page of the desk, for every kind of reader."""

import io

import pytest
from django.urls import reverse

from consultations import services
from consultations.models import Attachment, Comment, Invitation, Membership, Submission
from consultations.services import joining, sponsors
from consultations.urls_desk import urlpatterns
from tests import factories, files

pytestmark = pytest.mark.django_db

OK, FOUND, FORBIDDEN, NOT_FOUND = 200, 302, 403, 404

# Page: (focal point, contributor, observer). Everybody else: the sign-in, or no such page.
PAGES = {
    "desk-submission": (OK, OK, OK),
    "desk-comment-add": (OK, OK, FORBIDDEN),
    "desk-comment-edit": (OK, OK, FORBIDDEN),
    "desk-comment-delete": (OK, OK, FORBIDDEN),
    # Reading the address of a button leads to the comment, and of a file's to the submission.
    "desk-comment-ready": (FOUND, FOUND, FOUND),
    "desk-comment-clear": (FOUND, FOUND, FOUND),
    "desk-attachment-remove": (FOUND, FOUND, FOUND),
    "desk-comment-send-back": (OK, FORBIDDEN, FORBIDDEN),
    "desk-comment-notes": (OK, OK, OK),
    "desk-submission-notes": (OK, OK, OK),
    "desk-attachment-add": (OK, OK, FORBIDDEN),
    "desk-submission-clear": (OK, FORBIDDEN, FORBIDDEN),
    "desk-submission-submit": (OK, FORBIDDEN, FORBIDDEN),
    "desk-submission-discard": (OK, FORBIDDEN, FORBIDDEN),
    # Not possible with what is being written: the way back to it.
    "desk-submission-return": (FOUND, FORBIDDEN, FORBIDDEN),
    "desk-submission-withdraw": (FOUND, FORBIDDEN, FORBIDDEN),
    "desk-submission-download": (OK, OK, OK),
    "desk-receipt": (OK, OK, OK),
    "desk-receipt-file": (OK, OK, OK),
    "desk-versions": (OK, OK, OK),
    "desk-delegation": (OK, OK, OK),
    "desk-people": (OK, OK, OK),
    "desk-member": (OK, FORBIDDEN, FORBIDDEN),
    "desk-leave": (OK, OK, OK),
    "desk-invitation": (FOUND, FOUND, FOUND),
    "desk-history": (OK, OK, OK),
    "desk-changes": (OK, OK, OK),
    "desk-answers": (OK, OK, OK),
    "desk-comment-reply": (OK, OK, OK),
    "desk-co-sponsors": (OK, OK, OK),
    # Of the delegation that is asked.
    "desk-co-sponsorship": (OK, OK, OK),
    "desk-submission-start": (FOUND, FOUND, FOUND),
}
# Buttons, whose address leads on when it is read: whether (focal point, contributor, observer) may press them.
BUTTONS = {
    "desk-comment-ready": (True, True, False),
    "desk-comment-clear": (True, False, False),
    "desk-attachment-remove": (True, True, False),
    "desk-submission-start": (True, True, False),
    "desk-invitation": (True, False, False),
}
OWN = {"desk", "desk-tokens", "desk-token-revoke"}
"""A person's own, whichever delegation she belongs to, if any."""

READ_ONLY = {"desk-delegation", "desk-changes", "desk-history", "desk-versions"}
FORMATS = {"desk-submission-download": "txt", "desk-receipt-file": "json"}
OF_COMMENTS = {
    "desk-comment-edit",
    "desk-comment-delete",
    "desk-comment-ready",
    "desk-comment-clear",
    "desk-comment-send-back",
    "desk-comment-notes",
    "desk-comment-reply",
}
ROLES = (Membership.Role.FOCAL_POINT, Membership.Role.CONTRIBUTOR, Membership.Role.OBSERVER)


@pytest.fixture
def submission():
    submission = factories.make_submission(general_comment="We welcome the text.")
    factories.make_comment(submission)
    submission.refresh_from_db()
    return submission


OF_DELEGATIONS = {"desk-delegation", "desk-changes", "desk-history", "desk-people", "desk-leave"}
OF_FILED = {"desk-receipt", "desk-receipt-file", "desk-versions", "desk-comment-reply"}


def address(page, submission):
    if page in OF_FILED:
        filed = factories.make_filed_comment(None, submission.delegation)
        factories.make_answer(filed)
        submission = filed.submission
    return reverse(page, args=arguments(page, submission))


def arguments(page, submission):
    """What stands in the address of a page."""
    delegation = submission.delegation
    making = {
        "desk-submission-start": lambda: [delegation.key, submission.call_id],
        "desk-versions": lambda: [delegation.key, submission.call_id],
        "desk-attachment-remove": lambda: [submission.pk, getattr(submission.attachments.first(), "pk", 1)],
        "desk-member": lambda: [delegation.key, factories.make_member(delegation).memberships.get().pk],
        "desk-invitation": lambda: [delegation.key, invite(delegation).pk],
        "desk-co-sponsorship": lambda: [ask_to_stand_behind_another(delegation).pk],
        **dict.fromkeys(OF_DELEGATIONS, lambda: [delegation.key]),
        **dict.fromkeys(OF_COMMENTS, lambda: [submission.pk, submission.comments.get().pk]),
        **dict.fromkeys(FORMATS, lambda: [submission.pk, FORMATS[page]]),
    }
    return making.get(page, lambda: [submission.pk])()


def ask_to_stand_behind_another(delegation):
    offered = factories.make_filed_comment().submission
    user = factories.focal_point(offered.delegation)
    return sponsors.ask_co_sponsor(submission=offered, delegation=delegation, user=user)


def invite(delegation):
    leader = factories.focal_point(delegation)
    return joining.invite(delegation=delegation, user=leader, email="new@example.org", role="observer")


def test_every_route_is_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == set(PAGES) | OWN


@pytest.mark.parametrize("page", BUTTONS)
def test_button_does_nothing_for_those_who_may_not_press_it(client, submission, page):
    user = factories.focal_point(submission.delegation)
    services.attach_file(submission=submission, user=user, file=io.BytesIO(files.pdf()), name="view.pdf")
    url = address(page, submission)
    for role, may in zip(ROLES, BUTTONS[page], strict=True):
        if not may:
            client.force_login(factories.make_member(submission.delegation, role))
            before = snapshot()
            assert client.post(url, {"act": "revoke"}).status_code in (FOUND, FORBIDDEN), role
            assert snapshot() == before, role


def snapshot():
    return [list(model.objects.order_by("pk").values()) for model in (Attachment, Comment, Invitation, Submission)]


@pytest.mark.parametrize("page", PAGES)
def test_page_answers_each_reader_as_her_role_allows(client, submission, page):
    url = address(page, submission)
    for role, expected in zip(ROLES, PAGES[page], strict=True):
        client.force_login(factories.make_member(submission.delegation, role))
        assert client.get(url).status_code == expected, role


@pytest.mark.parametrize("page", PAGES)
def test_page_leads_a_reader_who_is_not_signed_in_to_the_sign_in(client, submission, page):
    url = address(page, submission)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == FOUND
        assert response["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["outsider", "other delegation", "staff", "member of a closed delegation"])
def test_page_is_none_for_other_people(client, submission, page, who):
    url = address(page, submission)
    users = {
        "outsider": factories.make_user,
        "other delegation": lambda: factories.make_member(factories.make_delegation()),
        "staff": factories.make_staff,
        "member of a closed delegation": lambda: factories.make_member(submission.delegation),
    }
    client.force_login(users[who]())
    if who == "member of a closed delegation":
        submission.delegation.is_active = False
        submission.delegation.save()
    # Where nothing can be sent at all, nobody learns from it that the page exists.
    assert client.post(url).status_code == (405 if page in READ_ONLY else NOT_FOUND)
    assert Submission.objects.get(pk=submission.pk).status == Submission.Status.DRAFT
    # Reading the address that begins a submission leads to the desk, which shows a person's own.
    assert client.get(url).status_code == (FOUND if page == "desk-submission-start" else NOT_FOUND)


@pytest.mark.parametrize("page", ["desk", "desk-tokens"])
def test_own_pages_are_for_everyone_who_is_signed_in(client, page):
    url = reverse(page)
    assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"
    for user in (factories.make_user(), factories.make_staff(), factories.make_member(factories.make_delegation())):
        client.force_login(user)
        assert client.get(url).status_code == OK


def test_person_without_delegation_is_told_whom_to_ask(client):
    user = factories.make_user("lone@example.org")
    client.force_login(user)
    page = client.get(reverse("desk")).content.decode()
    assert "You belong to no delegation" in page
    assert "lone@example.org" in page


def test_observer_sees_no_button_and_is_told_who_submits(client, submission):
    focal = factories.focal_point(submission.delegation)
    focal.name = "Amina Haddad"
    focal.save()
    client.force_login(factories.make_member(submission.delegation, Membership.Role.OBSERVER))
    page = client.get(address("desk-submission", submission)).content.decode()
    assert "We welcome the text." in page
    assert "Only a focal point submits" in page
    assert "Amina Haddad" in page
    for button in ('id="submit"', 'id="add-comment"', 'id="clear"', 'id="discard"', 'id="describe-form"'):
        assert button not in page


def test_contributor_writes_but_does_not_submit(client, submission):
    client.force_login(factories.make_member(submission.delegation, Membership.Role.CONTRIBUTOR))
    page = client.get(address("desk-submission", submission)).content.decode()
    assert 'id="add-comment"' in page
    assert 'id="submit"' not in page
    assert "Only a focal point submits" in page
    response = client.post(address("desk-submission-submit", submission), {"revision": submission.revision})
    assert response.status_code == FORBIDDEN
    submission.refresh_from_db()
    assert submission.status == Submission.Status.DRAFT


def test_pages_are_kept_by_no_cache_between(client, submission):
    client.force_login(factories.focal_point(submission.delegation))
    for url in (reverse("desk"), address("desk-submission", submission)):
        assert "private" in client.get(url)["Cache-Control"]
    assert "no-store" in client.get(reverse("desk-tokens"))["Cache-Control"]


def test_sealed_filings_of_others_leave_no_trace_on_a_desk(client):
    call = factories.make_call(publication_rule="together_after_closing")
    mine = factories.make_submission(call)
    before = {}
    client.force_login(factories.focal_point(mine.delegation))
    pages = [
        reverse("desk"),
        reverse("desk-delegation", args=[mine.delegation.key]),
        reverse("desk-submission", args=[mine.pk]),
        reverse("desk-comment-add", args=[mine.pk]),
        f"{reverse('desk-comment-add')}?draft={call.draft.ordinal}&clause=art_2",
    ]
    for url in pages:
        before[url] = without_tokens(client.get(url))
    factories.make_filed_comment(call, rationale="A secret.")
    for url in pages:
        assert without_tokens(client.get(url)) == before[url]


def without_tokens(response):
    """The page without its CSRF tokens, which are new each time."""
    lines = response.content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]
