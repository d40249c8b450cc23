"""Mail that was given up is shown to staff, except where it tells who filed under seal, and is sent again."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from consultations import services
from consultations.models import Call, Notice
from declaration.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def give_up(kind: str = "call_opened", *, call: Call | None = None, email: str = "gone@example.org") -> Notice:
    delegation = factories.make_delegation()
    user = factories.make_member(delegation)
    call = call or factories.make_call()
    notice = services.queue_notice(
        kind=kind, key=f"{kind}:{email}", user=user, email=email, delegation=delegation, call=call
    )
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.FAILED, attempts=11, settled_at=timezone.now(), last_error="SMTPRecipientsRefused: 550"
    )
    return Notice.objects.get(pk=notice.pk)


def test_page_lists_it_and_sends_it_again(desk):
    notice = give_up()
    url = reverse("staff-given-up-mail")
    page = desk.get(url).content.decode()
    assert "gone@example.org" in page
    assert "SMTPRecipientsRefused: 550" in page
    answer = desk.post(url, {"notice": notice.pk}, follow=True).content.decode()
    assert "The mail will be sent again." in answer
    assert "No mail was given up." in answer
    services.send_waiting()
    assert [message.to for message in mail.outbox] == [[notice.user.email]]
    assert desk.post(url, {"notice": notice.pk}).status_code == 404
    assert desk.post(url, {"notice": "x"}).status_code == 404


def test_what_was_sent_again_is_not_sent_twice():
    notice = give_up()
    again = services.send_again(notice=notice)
    assert (again.status, again.attempts, again.settled_at) == ("waiting", 0, None)
    with pytest.raises(Refused):
        services.send_again(notice=notice)


@pytest.mark.parametrize("kind", ["call_opened", "reminder", "filed", "co_sponsor_asked"])
def test_what_tells_who_filed_is_shown_from_the_release_only(kind):
    call = factories.make_call(publication_rule="together_after_closing")
    notice, other = give_up(kind, call=call), give_up("call_extended", call=call, email="other@example.org")
    assert list(Notice.objects.given_up_for_staff()) == [other]
    assert set(Notice.objects.given_up_for_staff(at=call.closes_at)) == {notice, other}


def test_list_asks_as_often_for_one_as_for_three(desk, django_assert_num_queries):
    give_up()
    url = reverse("staff-given-up-mail")
    desk.get(url)
    with django_assert_num_queries(5):
        desk.get(url)
    give_up(email="b@example.org")
    give_up(email="c@example.org")
    with django_assert_num_queries(5):
        desk.get(url)


def test_command_tells(capsys):
    give_up()
    call_command("send_notices")
    told = capsys.readouterr().err
    assert "Given up so far: call_opened 1." in told
    assert reverse("staff-given-up-mail") in told
    assert "gone@example.org" not in told
