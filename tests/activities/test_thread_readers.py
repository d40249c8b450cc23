"""What the thread tells to whom: nobody what is not hers to know, and the public and staff the same."""

import pytest
from django.test import Client

from activities.thread.gaps import Gap, list_gap
from activities.thread.kinds import Kind
from consultations.models import Comment, Consultation, Disposition, View
from tests import factories
from tests.activities.thread_record import Made, asked, keys, make_record, surroundings

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    """Two strands."""
    return make_record(2)


def told_to_everyone(client: Client) -> str:
    """All that the thread tells the public, in every form."""
    addresses = ["/en/thread/", "/api/v1/thread/?limit=100", "/api/v1/thread.graphml"]
    addresses += [f"/en/thread/gaps/{gap.value}/" for gap in Gap]
    addresses += [f"/api/v1/thread/gaps/{gap.value}/" for gap in Gap]
    return "".join(client.get(address).content.decode() for address in addresses)


@pytest.fixture(params=["public", "staff"])
def reader(request, client) -> Client:
    """Somebody, and one of the staff: public pages tell both the same."""
    if request.param == "staff":
        client.force_login(factories.make_staff())
    return client


def test_an_internal_view_is_in_no_thread(made, reader):
    view = made.strands[0].view
    View.objects.filter(pk=view.pk).update(confidentiality="internal", summary={"en": "SECRET"})
    View.objects.create(
        consultation=made.strands[0].consultation, position=7, summary={"en": "SECRET"}, confidentiality="internal"
    )
    assert "SECRET" not in told_to_everyone(reader)
    assert reader.get(f"/en/thread/?at=view:{view.pk}").status_code == 404
    assert reader.get(f"/api/v1/thread/?at=view:{view.pk}").status_code == 404
    assert list_gap(Gap.VIEWS).count() == 0


def test_a_consultation_that_is_not_public_is_in_no_thread_nor_what_was_said_in_it(made, reader):
    Consultation.objects.filter(slug="meeting-1").update(is_public=False, name={"en": "SECRET"})
    View.objects.filter(pk=made.strands[0].view.pk).update(summary={"en": "SECRET"})
    assert "SECRET" not in told_to_everyone(reader)
    assert reader.get("/en/thread/?at=consultation:meeting-1").status_code == 404
    assert "consultation:meeting-1" not in keys(asked(party=made.speaker.alpha3))


def test_under_the_chatham_house_rule_the_speaker_is_neither_named_nor_found(made, reader):
    state = factories.make_state(name={"en": "SECRETLAND"})
    view = made.strands[0].view
    View.objects.filter(pk=view.pk).update(confidentiality="chatham_house", state=state)
    told = told_to_everyone(reader) + reader.get(f"/api/v1/thread/?at=view:{view.pk}").content.decode()
    assert f"view:{view.pk}" in told
    assert "SECRETLAND" not in told
    assert not asked(party=state.alpha3).nodes
    with_nobody = asked(party=factories.make_state().alpha3)
    assert keys(asked(party=state.alpha3)) == keys(with_nobody)


def test_the_speaker_of_a_public_view_is_named(made, client):
    assert str(made.speaker.name) in client.get(f"/api/v1/thread/?at=view:{made.strands[0].view.pk}").content.decode()


def test_an_answer_that_is_not_published_is_in_no_thread(made, reader):
    comment = factories.make_filed_comment(factories.make_call(made.draft), clause=made.strands[0].clause)
    waiting = factories.make_answer(comment, published=False, resulting_clause=made.strands[1].later)
    assert Disposition.objects.filter(pk=waiting.pk).exists()
    assert f"disposition:{waiting.pk}" not in told_to_everyone(reader)
    assert f"comment:{comment.pk}" in told_to_everyone(reader)
    assert f"clause:{made.next_draft.ordinal}:art_2" not in keys(surroundings(Kind.COMMENT, comment))


def test_what_is_sealed_is_in_no_thread(made, reader):
    call = factories.make_call(made.draft, publication_rule="together_after_closing")
    comment = factories.make_filed_comment(call, clause=made.strands[0].clause, rationale="SECRET")
    assert Comment.objects.filter(pk=comment.pk).exists()
    told = told_to_everyone(reader)
    assert "SECRET" not in told
    assert f"comment:{comment.pk}" not in told
    assert reader.get(f"/en/thread/?at=comment:{comment.pk}").status_code == 404


def test_a_draft_in_preparation_is_in_no_thread(made, reader):
    draft = factories.make_draft(published=False, clauses=[("art_1", "article", "1", "", "Words.")])
    made.strands[0].deliverable.drafts.add(draft)
    assert f"draft:{draft.ordinal}<" not in told_to_everyone(reader)
    assert f"draft:{draft.ordinal}" not in keys(surroundings(Kind.DELIVERABLE, made.strands[0].deliverable))
    assert reader.get(f"/en/thread/?at=clause:{draft.ordinal}:art_1").status_code == 404
