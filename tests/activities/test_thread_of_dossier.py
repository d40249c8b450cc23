"""The thread of the record that ships: each request of resolution 21/10 to an activity, each element to a clause, and back."""

import pytest

from activities.models import Activity
from activities.thread.gaps import Gap, list_gap
from activities.thread.keys import make_key
from activities.thread.kinds import Kind
from declaration.models import Clause, Element, Request
from tests.activities.thread_record import surroundings

pytestmark = pytest.mark.django_db

ELEMENTS = [*(f"26{letter}" for letter in "abcdefgh"), *(f"27{letter}" for letter in "abcde")]


@pytest.mark.parametrize("label", "abcdef")
def test_each_request_of_resolution_21_10_leads_to_an_activity_and_back(illustrative_draft, label):
    request = Request.objects.select_related("resolution").get(resolution__symbol="A/HRC/RES/21/10", label=label)
    thread = surroundings(Kind.REQUEST, request)
    answering = [link.after for link in thread.onward(thread.centre) if link.after.kind == Kind.ACTIVITY]
    assert answering
    for node in answering:
        back = surroundings(Kind.ACTIVITY, Activity.objects.get(pk=node.pk))
        assert make_key(Kind.REQUEST, request) in {link.before.key for link in back.back(back.centre)}
        assert back.find("resolution:A-HRC-RES-21-10") is not None


@pytest.mark.parametrize("code", ELEMENTS)
def test_each_element_leads_to_a_clause_and_back(illustrative_draft, code):
    element = Element.objects.get(code=code)
    thread = surroundings(Kind.ELEMENT, element)
    clauses = [link.after for link in thread.onward(thread.centre) if link.after.kind == Kind.CLAUSE]
    assert clauses
    back = surroundings(Kind.CLAUSE, Clause.objects.select_related("draft").get(pk=clauses[0].pk))
    assert f"element:{code}" in {link.before.key for link in back.back(back.centre)}


def test_the_elements_of_the_report_are_all_of_them(illustrative_draft):
    assert list(Element.objects.values_list("code", flat=True)) == ELEMENTS


def test_no_element_is_without_a_clause(illustrative_draft):
    assert not list_gap(Gap.ELEMENTS).exists()
