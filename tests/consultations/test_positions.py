"""Each State holds one position on a clause: its own, or its group's; and the map shows what is public and named."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import CoSponsor, Submission
from consultations.positions import count_states, read_positions
from tests import factories

pytestmark = pytest.mark.django_db

EID = "art_1__para_1"


def file(call, party, position, *, group=None, members=(), eid=EID, **fields):
    """File one comment for a party, on behalf of a group with members where one is given."""
    submission = factories.make_submission(call, factories.make_delegation(party), **fields)
    if group:
        for state in members:
            group.memberships.create(state=state)
        Submission.objects.filter(pk=submission.pk).update(on_behalf_of=group)
    comment = factories.make_comment(submission, eid, position=position)
    factories.file_submission(submission)
    return comment


def sponsor(comment, state, status="joined"):
    delegation = factories.make_delegation(state)
    answered = {} if status == "asked" else {"answered_by": factories.make_user(), "answered_at": timezone.now()}
    CoSponsor.objects.create(
        submission=comment.submission,
        delegation=delegation,
        status=status,
        asked_by=factories.focal_point(comment.submission.delegation),
        asked_at=timezone.now(),
        **answered,
    )


def held_by(on, state):
    """What a State holds on the one clause: its position and where it comes from; nothing where none is recorded."""
    for parties in read_positions(on).states.values():
        if state.pk in parties:
            return (parties[state.pk].code, parties[state.pk].source)
    return None


def test_its_own_prevails_over_its_groups_and_no_state_is_counted_twice(client: Client) -> None:
    call = factories.make_call()
    own, bound, sponsoring, asked, alone = (factories.make_state() for _ in range(5))
    file(call, factories.make_group(), "supports")
    with_members = factories.make_group()
    speaker = factories.make_state()
    statement = file(call, speaker, "opposes", group=with_members, members=[speaker, own, bound])
    mine = file(call, own, "supports")
    sponsor(mine, sponsoring)
    sponsor(mine, asked, "asked")
    draft = call.draft
    assert held_by(draft, own) == ("supports", "own")
    assert held_by(draft, bound) == ("opposes", "group")
    assert held_by(draft, speaker) == ("opposes", "group")
    assert held_by(draft, sponsoring) == ("supports", "co_sponsor")
    assert held_by(draft, asked) is None
    assert held_by(draft, alone) is None
    [held] = read_positions(draft).states.values()
    counts = {each.code: (each.own, each.group) for each in count_states(held)}
    assert counts["supports"] == (2, 0)
    assert counts["opposes"] == (0, 2)
    assert sum(each.count for each in count_states(held)) == 4
    assert held[own.pk].departs
    assert held[own.pk].of_group.group == with_members
    page = client.get(f"/en/drafts/{draft.ordinal}/clauses/{EID}/positions/")
    assert f"{own.name}: supports. {with_members.name}: opposes." in page.content.decode()
    data = client.get(f"/api/v1/drafts/{draft.ordinal}/positions/").json()
    [row] = data["results"]
    told = {party["key"]: (party["held"]["position"], party["held"]["source"]) for party in row["parties"]}
    assert told == {
        own.alpha3: ("supports", "own"),
        bound.alpha3: ("opposes", "group"),
        speaker.alpha3: ("opposes", "group"),
        sponsoring.alpha3: ("supports", "co_sponsor"),
    }
    # Of the State that was only asked, and of the one that nobody asked.
    assert row["none_recorded"] == 2
    assert statement.submission_id in {party["held"]["submission"] for party in row["parties"]}


@pytest.mark.parametrize(
    ("positions", "held"),
    [
        (["supports", "opposes", "reserves"], "opposes"),
        (["supports", "reserves", "supports_with_amendment"], "reserves"),
        (["supports", "supports_with_amendment", "asks_for_clarification"], "supports_with_amendment"),
        (["supports", "asks_for_clarification"], "asks_for_clarification"),
    ],
)
def test_the_weightiest_of_several_is_held(positions: list[str], held: str) -> None:
    submission = factories.make_submission()
    for position in positions:
        factories.make_comment(submission, position=position)
    factories.file_submission(submission)
    assert held_by(submission.call.draft, submission.delegation.state) == (held, "own")


def test_what_was_said_in_a_newer_call_prevails() -> None:
    call = factories.make_call()
    comment = file(call, factories.make_state(), "opposes")
    later = factories.make_call(call.draft, opens_at=timezone.now() - dt.timedelta(hours=1))
    again = factories.make_submission(later, comment.submission.delegation)
    factories.make_comment(again, position="supports")
    factories.file_submission(again)
    assert held_by(call.draft, comment.submission.delegation.state) == ("supports", "own")


def test_only_what_is_public_and_named_is_shown(client: Client) -> None:
    call = factories.make_call()
    unnamed = file(call, factories.make_state(), "supports", consents_to_attribution=False)
    private = file(call, factories.make_state(), "supports", consents_to_publication=False)
    sealed = factories.make_call(call.draft, publication_rule="together_after_closing")
    file(sealed, factories.make_state(), "supports")
    assert read_positions(call.draft).states == {}
    assert client.get(f"/api/v1/drafts/{call.draft.ordinal}/positions/").json()["count"] == 0
    assert (
        "No position like that is recorded."
        in client.get(f"/en/drafts/{call.draft.ordinal}/positions/").content.decode()
    )
    [for_staff] = read_positions(call.draft, user=factories.make_staff()).states.values()
    assert set(for_staff) == {unnamed.submission.delegation.state_id, private.submission.delegation.state_id}


def test_the_map_is_narrowed_by_group_kind_and_source(client: Client) -> None:
    call = factories.make_call()
    one, two = factories.make_state(), factories.make_state()
    group = factories.make_group(kind="regional")
    group.memberships.create(state=one)
    organization = factories.make_stakeholder(kind="academic")
    file(call, one, "supports")
    file(call, two, "opposes", group=factories.make_group(), members=[two])
    file(call, organization, "reserves")
    address = f"/api/v1/drafts/{call.draft.ordinal}/positions/"

    def keys(**query):
        rows = client.get(address, query).json()["results"]
        return {party["key"] for row in rows for party in row["parties"]}

    assert keys() == {one.alpha3, two.alpha3}
    assert keys(group=group.code) == {one.alpha3}
    assert keys(source="own") == {one.alpha3}
    assert keys(source="group") == {two.alpha3}
    assert keys(stakeholder_kind="academic") == {organization.slug}
    assert keys(stakeholder_kind="ngo") == set()
    refused = client.get(address, {"group": "nowhere"})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["attr"] == "group"
    page = client.get(f"/ar/drafts/{call.draft.ordinal}/positions/", {"stakeholder_kind": "academic"})
    assert str(organization.name) in page.content.decode()


def test_the_map_asks_as_many_questions_for_three_filings_as_for_one(
    client: Client, django_assert_max_num_queries
) -> None:
    call = factories.make_call()
    pages = [
        f"/en/drafts/{call.draft.ordinal}/positions/",
        f"/en/drafts/{call.draft.ordinal}/clauses/{EID}/positions/",
        f"/api/v1/drafts/{call.draft.ordinal}/positions/",
        f"/api/v1/drafts/{call.draft.ordinal}/clauses/{EID}/positions/",
    ]
    file(call, factories.make_state(), "supports")
    asked = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(20) as counted:
            assert client.get(page).status_code == 200
        asked.append(len(counted))
    group = factories.make_group()
    states = [factories.make_state() for _ in range(3)]
    file(call, states[0], "opposes", group=group, members=states)
    sponsor(file(call, factories.make_state(), "reserves", eid="art_2"), factories.make_state())
    for page, number in zip(pages, asked, strict=True):
        with django_assert_max_num_queries(number):
            client.get(page)
