"""What waits for staff."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from consultations.models import Notice
from consultations.services import participation
from tests import factories
from tests.staff.pages import make_closed_call, make_comments, make_sealed_call, tree, words

pytestmark = pytest.mark.django_db

HOME = "/en/staff/"

# 1 session, 2 user; 3 calls with their drafts; 4 submissions and 5 comments by call; 6 drafts in preparation;
# 7 requests to take part; 8 mail that was given up; 9 the delegations that the head names.
QUERIES = 9


def steps(response):
    found = tree(response).xpath("//*[@id='steps']//a") if "steps" in response.content.decode() else []
    return [(" ".join(link.text_content().split()), link.get("href")) for link in found]


def test_says_what_to_do_next(desk):
    call = make_closed_call(title={"en": "Round one"})
    _first, second, third = make_comments(3, call=call)
    factories.make_answer(second, published=False)
    factories.make_answer(third)
    prepared = factories.make_call(opened=False, title={"en": "Round two"})
    waiting = factories.make_call(factories.make_draft(published=False), opened=False, title={"en": "Round three"})
    soon = factories.make_call(title={"en": "Round four"})
    done = make_closed_call(title={"en": "Round nought"})
    found = dict(steps(desk.get(HOME)))
    detail = {each.pk: reverse("staff-call-detail", args=[each.pk]) for each in (prepared, waiting, soon, done)}
    assert found == {
        "Answer 1 comment: Round one": f"/en/staff/comments/?call={call.pk}&answer=none",
        "Publish 1 answer: Round one": f"/en/staff/comments/?call={call.pk}&answer=unpublished",
        "Open the call: Round two": detail[prepared.pk],
        "Publish its draft before you open the call: Round three": detail[waiting.pk],
        "This call closes soon: Round four": detail[soon.pk],
        "Nothing is left to answer. Archive the call: Round nought": detail[done.pk],
        f"Finish and publish the draft: {waiting.draft}": reverse("staff-draft-detail", args=[waiting.draft.ordinal]),
    }


def test_says_who_waits_for_a_decision_and_which_mail_was_given_up(desk):
    participation.ask_to_take_part(
        organization="A circle", kind="ngo", contact_name="Its clerk", email="clerk@circle.example", language="en"
    )
    Notice.objects.update(status=Notice.Status.FAILED, settled_at=timezone.now())
    assert Notice.objects.count() > 0
    found = dict(steps(desk.get(HOME)))
    assert found.pop("Decide on 1 request to take part") == "/en/staff/requests/"
    assert list(found.values()) == ["/en/staff/mail/"]


def test_says_where_nothing_waits(desk):
    assert "Nothing waits." in words(desk.get(HOME))


def test_tells_nothing_of_a_sealed_call_before_it_closes(desk):
    call = make_sealed_call(closes_at=timezone.now() + dt.timedelta(days=30))
    before = [words(desk.get(url)) for url in (HOME, "/en/staff/calls/", f"/en/staff/calls/{call.pk}/")]
    assert all("Sealed until the call closes" in page for page in before)
    make_comments(3, call=call)
    assert [words(desk.get(url)) for url in (HOME, "/en/staff/calls/", f"/en/staff/calls/{call.pk}/")] == before


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_database_the_same_number_of_times(desk, count):
    for _number in range(count):
        factories.make_answer(make_comments(2)[0], published=False)
        factories.make_draft(published=False)
    desk.get(HOME)
    with assertNumQueries(QUERIES):
        desk.get(HOME)
