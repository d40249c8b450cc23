"""Corrigenda: what was published stays, what corrects it stands beside it, and nothing takes either back."""

import pytest
from django.db import connection

from declaration.corrigenda import corrected_clauses, corrigenda_of, newest_corrigenda, read_corrections
from declaration.errors import Conflict, Refused
from declaration.models import Corrigendum, Wording
from declaration.services.corrigenda import issue_corrigendum
from tests import factories
from tests.promises import promise_broken

pytestmark = pytest.mark.django_db

PUBLISHED = "Everyone has the right to solidarity."
CORRECTED = "Everyone has a right to solidarity."


@pytest.fixture
def clause():
    return factories.make_draft().clauses.get(eid="art_1__para_1")


def issue(clause, **changes):
    values = {"language": "en", "heading": "", "text": CORRECTED, "reason": {"en": "A slip."}}
    return issue_corrigendum(clause=clause, **values | changes)


def test_published_text_stays_and_the_newest_corrigendum_holds(clause):
    issue(clause)
    second = issue(clause, text="All have a right to solidarity.", issued_on="2027-02")
    issue(clause, language="ar", text="لكل فرد الحق في التضامن.")
    assert Wording.objects.get(clause=clause, language="en").text == PUBLISHED
    assert list(Corrigendum.objects.order_by("language", "number").values_list("language", "number")) == [
        ("ar", 1),
        ("en", 1),
        ("en", 2),
    ]
    assert newest_corrigenda([clause])[clause.pk]["en"] == second
    assert corrected_clauses(clause.draft) == {clause.pk}


def test_each_says_what_it_changes_in_what_stood_before_it(clause):
    issue(clause)
    issue(clause, text="All have a right to solidarity.", heading="Right")
    first, second = read_corrections(corrigenda_of(clause.draft))
    assert [(each.op, each.text) for each in first.text_operations if each.op != "equal"] == [
        ("delete", "the"),
        ("insert", "a"),
    ]
    assert (first.changes_heading, first.is_newest) == (False, False)
    assert (second.changes_heading, second.changes_text, second.is_newest) == (True, True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_as_many_queries_for_one_as_for_three(clause, count, django_assert_num_queries):
    for number in range(count):
        issue(clause, text=f"Version {number}.")
    with django_assert_num_queries(3):  # corrigenda with clause and document; wordings; all corrigenda
        assert len(read_corrections(corrigenda_of(clause.draft))) == count


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"text": f" {PUBLISHED}\r\n"}, "nothing_corrected", "text"),
        ({"text": "", "heading": " "}, "nothing_said", "text"),
        ({"language": "fr"}, "language_unknown", "language"),
        ({"reason": {}}, "blank", "reason"),
        ({"text": "a\u202eb"}, "text_invalid", "text"),
        ({"heading": "x" * 501}, "text_invalid", "heading"),
        ({"issued_on": "soon"}, "date_invalid", "issued_on"),
    ],
)
def test_refuses_what_corrects_nothing(clause, changes, code, field):
    with pytest.raises(Refused) as caught:
        issue(clause, **changes)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not Corrigendum.objects.exists()


def test_second_of_two_people_is_told_what_the_first_recorded(clause):
    issue(clause, expected_number=0)
    with pytest.raises(Conflict) as caught:
        issue(clause, text="Otherwise.", expected_number=0)
    assert caught.value.current == {"language": "en", "heading": "", "text": CORRECTED, "number": 1}
    issue(clause, text="Otherwise.", expected_number=1)


def test_what_is_equal_to_the_last_corrigendum_corrects_nothing(clause):
    issue(clause)
    with pytest.raises(Refused) as caught:
        issue(clause)
    assert caught.value.code == "nothing_corrected"
    issue(clause, text=PUBLISHED)


def test_text_in_preparation_is_changed_instead():
    draft = factories.make_draft(published=False)
    with pytest.raises(Refused) as caught:
        issue(draft.clauses.get(eid="art_2"))
    assert caught.value.code == "draft_not_published"


def a_row(clause, **changes):
    values = {"language": "en", "number": 1, "text": CORRECTED, "reason": {"en": "A slip."}}
    return Corrigendum.objects.create(clause=clause, **values | changes)


def set_date(clause):
    columns = "clause_id, language, number, heading, text, reason, issued_on, recorded_at"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO declaration_corrigendum ({columns}) VALUES (%s, 'en', 1, '', 'x', %s, '2012-13', now())",
            [clause.pk, '{"en": "A slip."}'],
        )


PROMISES = {
    "declaration_corrigendum_one_per_number": lambda clause: [a_row(clause), a_row(clause)],
    "declaration_corrigendum_says_something": lambda clause: a_row(clause, text=""),
    "declaration_corrigendum_numbered_from_one": lambda clause: a_row(clause, number=0),
    "declaration_corrigendum_reason_translated": lambda clause: a_row(clause, reason={"xx": "?"}),
    "declaration_corrigendum_issued_on_edtf": set_date,
    "declaration_corrigendum_of_published": lambda clause: a_row(
        factories.make_draft(published=False).clauses.get(eid="art_2")
    ),
    "declaration_corrigendum_stays": lambda clause: (a_row(clause), Corrigendum.objects.update(text="Otherwise.")),
}


@pytest.mark.parametrize("promise", PROMISES)
def test_database_keeps_each_promise(clause, promise):
    assert promise_broken(lambda: PROMISES[promise](clause)) == promise


def test_corrigendum_is_never_removed(clause):
    a_row(clause)
    broken = promise_broken(lambda: Corrigendum.objects.all()._raw_delete("default"))
    assert broken == "declaration_corrigendum_stays"
