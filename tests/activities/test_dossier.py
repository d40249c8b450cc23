"""The activities that ship: on the timeline, each with its paragraph and what it answers."""

import pytest

from activities.models import Activity
from declaration.models import Request
from declaration.text.references import parse_paragraphs

pytestmark = pytest.mark.django_db


def test_every_activity_has_its_paragraph_of_the_report(dossier):
    activities = list(Activity.objects.in_order().select_related("source"))
    assert len(activities) == 21
    assert {activity.source.symbol for activity in activities} == {"A/68/176"}
    assert all(parse_paragraphs(activity.source_paragraphs) for activity in activities)


def test_the_activities_cover_paragraphs_29_to_51(dossier):
    covered = {
        reference.number
        for paragraphs in Activity.objects.values_list("source_paragraphs", flat=True)
        for reference in parse_paragraphs(paragraphs)
    }
    assert set(range(29, 52)) <= covered


def test_every_activity_but_the_report_itself_is_of_these_paragraphs(dossier):
    outside = [
        activity.slug
        for activity in Activity.objects.all()
        if not {reference.number for reference in parse_paragraphs(activity.source_paragraphs)} & set(range(29, 52))
    ]
    assert len(outside) == 1
    assert Activity.objects.get(slug=outside[0]).kind == Activity.Kind.DOCUMENT_SUBMISSION


def test_every_activity_answers_a_request(dossier):
    assert [activity.slug for activity in Activity.objects.filter(requests=None)] == []
    answered = Request.objects.filter(resolution__symbol="A/HRC/RES/21/10", activities__isnull=False).distinct()
    assert answered.exists()


def test_a_panel_of_the_social_forum_stands_in_it(dossier):
    panel = Activity.objects.get(slug="right-to-development-thematic-panel")
    assert panel.part_of.slug == "social-forum-2011"
    assert panel.is_inferred


def test_what_is_printed_is_kept_beside_the_date(dossier):
    forum = Activity.objects.get(slug="social-forum-2011")
    assert forum.when.edtf == "2011-10-03/2011-10-12"
    assert "2011" in forum.when_printed
