"""The service that answers several comments alike, and the one that publishes what was read."""

import pytest

from consultations import services
from consultations.models import Disposition
from consultations.services import answers
from declaration.errors import Conflict, Refused
from tests import factories
from tests.staff.pages import answered, make_comments

pytestmark = pytest.mark.django_db


def test_answers_all_in_one_language_with_what_came_of_them(staff):
    comments = make_comments(2)
    clause = comments[0].clause
    given = services.answer_alike(
        comments=comments, user=staff, decision="accepted", reason=" Oui. ", language="fr", resulting_clause=clause
    )
    stored = {(each.comment_id, each.reason, each.language, each.resulting_clause_id) for each in given}
    assert stored == {(comment.pk, "Oui.", "fr", clause.pk) for comment in comments}


def test_changes_answers_only_as_they_were_read(staff):
    fresh, changed = make_comments(2)
    answer = factories.make_answer(changed, published=False)
    values = {"comments": [fresh, changed], "user": staff, "decision": "noted", "reason": "Thanks."}
    with pytest.raises(Refused) as caught:
        services.answer_alike(**values)
    assert (caught.value.code, caught.value.status) == ("some_not_answerable", 409)
    refusals = caught.value.current["comments"]
    assert {comment: type(refusal) for comment, refusal in refusals.items()} == {changed.pk: Conflict}
    assert answered(fresh, changed) == {changed.pk: ("accepted", "It makes the text clearer.", False)}
    services.answer_alike(**values, expected_revisions={changed.pk: answer.revision})
    assert answered(fresh, changed) == dict.fromkeys((fresh.pk, changed.pk), ("noted", "Thanks.", False))


def test_is_for_staff_and_within_bounds(staff, monkeypatch):
    comments = make_comments(2)
    own = factories.focal_point(comments[0].submission.delegation)
    values = {"comments": comments, "decision": "noted", "reason": ""}
    with pytest.raises(Refused) as caught:
        services.answer_alike(user=own, **values)
    assert {refusal.code for refusal in caught.value.current["comments"].values()} == {"comment_not_answerable"}
    monkeypatch.setattr(answers, "MAX_AT_ONCE", 1)
    with pytest.raises(Refused, match="At most 1 comments"):
        services.answer_alike(user=staff, **values)
    assert not Disposition.objects.exists()


def test_publishing_refuses_what_changed_since_it_was_read(staff):
    answer = factories.make_answer(make_comments(1)[0], published=False)
    with pytest.raises(Conflict) as caught:
        services.publish_dispositions(
            dispositions=[answer], user=staff, expected_revisions={answer.pk: answer.revision - 1}
        )
    assert caught.value.current == {"dispositions": [answer.pk]}
    services.publish_dispositions(dispositions=[answer], user=staff, expected_revisions={answer.pk: answer.revision})
    assert Disposition.objects.published().exists()
