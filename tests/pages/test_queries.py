"""Each page asks the database the same number of questions for one row of what it lists and for three."""

import pytest

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Consultation, Question
from declaration.models import Draft, GroupMembership
from tests import factories, hearings
from tests.api import record
from tests.pages.world import file_comment


def make_entries(number):
    """One more of every entry of the record."""
    organ = record.make_organ(str(number))
    document = record.make_document(str(number), organ)
    mandate = record.make_mandate(str(number), organ, document)
    resolution = record.make_resolution(str(number), organ, mandate, document)
    element, basis = record.make_foundations(number, document)
    asked, phase = resolution.requests.get(position=1), mandate.phases.get()
    hearings.make_all(str(number), document, element, asked, phase)
    state = factories.make_state()
    group = factories.make_group(f"region-{number}", kind="regional")
    GroupMembership.objects.create(state=state, group=group)
    record.make_stakeholder(str(number))
    return element, basis


ENTRY_LISTS = {
    # 1 the elements with their source, 2 the clauses that reflect them, 3 the present draft, 4 the legal bases with source
    # and document, 5 the clauses that rest on them, 6 which documents' texts are here
    "elements/": 6,
    # 1 the groups, 2 the States, 3 their regional groups
    "states/": 3,
    # 1 the stakeholders with their State
    "stakeholders/": 1,
    # 1 the resolutions with organ, mandate, source and how many requests each has
    "resolutions/": 1,
    # 1 how many, 2 the documents with their organs, 3 the language editions
    "documents/": 3,
    # 1 how many, 2 the activities with host State, whole and source, 3 the documents, 4 the requests, 5 their resolutions, 6
    # which documents' texts are here
    "activities/": 6,
    # 1 how many, 2 the consultations
    "consultations/": 2,
    # 1 how many, 2 the views with consultation, party and source, 3 the elements, 4 the clauses, 5 which documents' texts are here
    "views/": 5,
    # 1 how many, 2 the questionnaires with sender and source, 3 which documents' texts are here
    "questionnaires/": 3,
    # 1 how many, 2 the outcomes with their source, 3 which documents' texts are here
    "outcomes/": 3,
    # 1 how many, 2 the deliverables with their source, 3 the requests, 4 their resolutions, 5 which documents' texts are here
    "deliverables/": 5,
}


@pytest.mark.parametrize("path", ENTRY_LISTS)
def test_list_of_entries(db, client, django_assert_num_queries, path):
    record.make_founded_draft(*([thing] for thing in make_entries(1)))
    for rows in (1, 3):
        if rows > 1:
            record.make_founded_draft(*([thing] for thing in make_entries(2)))
            record.make_founded_draft(*([thing] for thing in make_entries(3)))
        with django_assert_num_queries(ENTRY_LISTS[path]):
            assert client.get(f"/en/{path}").status_code == 200


ENTRY_PAGES = {
    # 1 the element with its source, 2 the clauses that reflect it with their drafts, 3 their wordings, 4 which
    # documents' texts are here
    # 5 the views with consultation, party and source, 6 their elements, 7 their clauses, 8 the questions and 9 the outcomes that led to it
    "elements/1a/": 9,
    # 1 the resolution with organ, mandate, source and document, 2 its requests with addressee and source, 3 the activities
    # that answer them, 4 the consultations in these, 5 outcomes, 6 deliverables, 7 the sponsors, 8 to 10 how far each request is,
    # 11 which documents' texts are here
    # 6 the consultations held in these, 7 the outcomes looked to, 8 what is due, and what these ask in turn
    "resolutions/A-HRC-RES-90-1/": 11,
    # 1 the mandate with organ and source, 2 the holders, 3 the phases, 4 activities and 5 consultations of these, 6 the
    # resolutions, 7 the requests, 8 to 10 how far each is, 11 the other mandates, 12 which documents' texts are here
    # 9 and 10 the activities, 11 and 12 the consultations of the phases
    "mandates/mandate-1/": 12,
    # 1 the document with its organ, 2 the language editions, 3 to 10 what it is to the record and what is taken from it,
    # 11 the languages of its text, 12 which documents' texts are here
    # 13 to 20 what it is to consultations, questionnaires, outcomes and deliverables, and what it tells of them
    "documents/document-1/": 20,
    # 1 the activity with host State, whole and source, 2 the documents, 3 the requests, 4 their resolutions, 5 its parts, 6 which
    # documents' texts are here
    # 7 the consultations held in it, 8 its phases
    "activities/activity-1/": 8,
    # 1 the consultation, then who took part, what it comes from, the views with what they bear on, and the notes
    "consultations/consultation-1/": 16,
    # 1 the questionnaire, 2 its questions, 3 their elements, 4 how many answers, 5 the answers, 6 their elements, 7 texts here
    "questionnaires/questionnaire-1/": 7,
    # 1 the outcome, 2 documents, 3 requests, 4 their resolutions, 5 elements, 6 which documents' texts are here
    "outcomes/outcome-1/": 6,
    # 1 the deliverable, 2 requests, 3 their resolutions, 4 documents, 5 what comes after, 6 drafts, 7 texts here
    "deliverables/deliverable-1/": 7,
}


@pytest.mark.parametrize("path", ENTRY_PAGES)
def test_page_of_an_entry(db, client, django_assert_num_queries, path):
    element, basis = make_entries(1)
    draft = record.make_founded_draft([element], [basis])
    for rows in (1, 3):
        if rows > 1:
            grow_entry(draft, element, basis)
        with django_assert_num_queries(ENTRY_PAGES[path]):
            assert client.get(f"/en/{path}").status_code == 200


def grow_heard(element, asked, phase):
    """Three of everything that was heard and is due: beside the first ones, and in them."""
    first = Consultation.objects.get(slug="consultation-1")
    for number in (2, 3):
        other = hearings.make_all(f"1-{number}", element.source, element, asked, phase)
        first.activities.add(record.make_activity(f"heard-{number}", asked, element.source))
        first.states.add(*other.states.all())
        first.groups.add(*other.groups.all())
        first.stakeholders.add(*other.stakeholders.all())
        first.documents.add(record.make_document(f"heard-{number}"))
        hearings.make_view(first, other.states.get(), elements=(element,), source=element.source)
        hearings.make_note(first, "More.", confidentiality="public")
        hearings.make_answer(
            Question.objects.get(questionnaire__slug="questionnaire-1", label="a"), source=element.source
        )
        Deliverable.objects.filter(slug=f"deliverable-1-{number}").update(
            after=Deliverable.objects.get(slug="deliverable-1")
        )
        asked.resolution.requests.all()[1].outcomes.add(Outcome.objects.get(slug="outcome-1"))
        asked.resolution.requests.all()[1].deliverables.add(Deliverable.objects.get(slug="deliverable-1"))


def grow_entry(draft, element, basis):
    """Three of everything that the pages of an entry list."""
    mandate = element.source.mandate_entries.get()
    resolution = mandate.resolutions.get()
    grow_heard(element, resolution.requests.get(position=1), mandate.phases.get())
    for number in (2, 3):
        record.make_founded_draft([element], [basis], document=element.source)
        other = factories.make_resolution(mandate=mandate, source=element.source, document=element.source)
        resolution.sponsors.add(factories.make_state())
        request = resolution.requests.create(
            position=number + 1, label=str(number), kind="study", addressee_mandate=mandate, summary={"en": "More."}
        )
        again = other.requests.create(position=1, kind="study", addressee_mandate=mandate, summary={"en": "Again."})
        activity = record.make_activity(f"1-{number}", request, element.source)
        first = Activity.objects.get(slug="activity-1")
        first.requests.add(request, again)
        first.documents.add(record.make_document(f"1-{number}"))
        first.parts.add(Activity.objects.get(slug=f"part-1-{number}"))
        activity.requests.add(again)
        mandate.holders.create(ordinal=number + 1, name={"en": "Another"}, source=element.source)
        mandate.phases.create(ordinal=number, name={"en": "Another"}, status="planned", source=element.source)
        mandate.parent_organ.mandates.create(slug=f"mandate-1-{number}", name={"en": "Another"})
        element.source.paragraphs.create(
            language="en", position=number, number=number + 9, eid=f"para_{number + 9}", text="Words."
        )


# Where comments stand on a newer draft: on which drafts they were made, all drafts, what descends from their clauses, to
# which clauses that leads, what is settled, the words, what stands below, and the whole texts for comments on these.
STANDINGS = 7
WITH_WHOLE_TEXT = STANDINGS + 1

FILING_PAGES = {
    # 1 the present draft, 2 the calls with their drafts, 3 the mandate, 4 which filings are public, 5 the comments by clause
    # and position, 6 how many clauses, 7 how many filings, 8 which answers are published, 9 how many, 10 the holder, 11 the
    # phases, 12 the last resolution, 13 the latest filings, 14 the latest answers, with their clauses, 15 the replies to them
    "": 15 + WITH_WHOLE_TEXT,
    # 1 the drafts with declaration, document, what they supersede and how many clauses, 2 which filings are public, 3 the
    # comments by draft
    "drafts/": 3,
    # 1 the draft, 2 which filings are public, 3 the comments by clause and position, 4 the clauses, 5 their wordings, 6 how
    # many filings, 7 the open calls
    "drafts/1/": 7,
    "drafts/1/?with=ar": 7,
    # 1 the draft, 2 its clauses, 3 how many comments, 4 the comments with all that is printed of them, 5 the wordings of the
    # clause and of what stands below, 6 the elements with their source, 7 the legal bases, 8 the comments by clause and
    # position, 9 the open calls, 10 the corrigenda, 11 the replies; and of who holds what 12 the comments with a position, 13 the
    # co-sponsors, 14 the filings, 15 the States, 16 how many there are
    "drafts/1/clauses/art_1__para_1/": 17 + STANDINGS,
    # 1 the calls with their drafts
    "calls/": 1,
    # 1 the call with its draft, 2 how many public filings, 3 they, with their parties and how many comments each has, 4 what is
    # held, 5 what was sent many times
    "calls/{call}/": 5,
    # 1 the filing with call, draft and party, 2 its co-sponsors, 3 whether it is held, 4 how many comments, 5 the comments,
    # 6 their clauses' wordings, 7 the replies, 8 the files, 9 which comments are held
    "submissions/{submission}/": 9 + WITH_WHOLE_TEXT,
    # 1 how many, 2 the comments with all that is printed of them, 3 their clauses' wordings, 4 and 5 the drafts to filter by,
    # 6 the replies
    "comments/": 6 + WITH_WHOLE_TEXT,
    # The newer draft, which changes nothing. 1 the draft, 2 which filings are public, 3 the comments by clause and position,
    # 4 the comments on earlier drafts, and where they stand; then as the first
    "drafts/2/": 8 + WITH_WHOLE_TEXT,
    # As of the first, but for its own comments, which are none; and of earlier comments the drafts, the clauses they may be
    # on, how many, the comments, their clauses' wordings, the replies
    "drafts/2/clauses/art_1__para_1/": 19 + STANDINGS,
    # 1 how many, 2 the answers with comment, party and clauses, 3 the clauses' wordings, 4 which filings are public, 5 which
    # answers are published, 6 the answers by decision, 7 how many comments have none, 8 the replies
    "dispositions/": 8 + WITH_WHOLE_TEXT,
    # 1 the State, 2 its groups, 3 the comments by clause and position, 4 how many comments, 5 the comments, 6 their clauses'
    # wordings, 7 the replies, 8 the filings
    "states/XAA/": 14 + WITH_WHOLE_TEXT,
    # the same, with the memberships of the group
    "groups/region/": 11 + WITH_WHOLE_TEXT,
    # the same without groups
    "stakeholders/solidarity-watch/": 10 + WITH_WHOLE_TEXT,
}


def make_parties():
    """A State of a group, and a stakeholder."""
    region = factories.make_group("region", kind="regional")
    state = factories.make_state("XAA")
    GroupMembership.objects.create(group=region, state=state)
    return region, [
        factories.make_delegation(state),
        factories.make_delegation(factories.make_stakeholder("solidarity-watch")),
    ]


def go_on(draft, **fields):
    """Publish the next draft, in which nothing has changed."""
    same = [(row[0], row[0], "same") for row in factories.CLAUSES]
    return factories.make_next_draft(draft, factories.CLAUSES, same, **fields)


def make_filings(draft, parties, targets):
    """One more call in which each party files answered comments on these targets; return the first comment."""
    region, delegations = parties
    call = factories.make_call(draft)
    comments = []
    for delegation in delegations:
        # Only a State speaks for its group.
        group = region if delegation.state else None
        submission = factories.make_submission(call, delegation, on_behalf_of=group)
        comments += [factories.make_comment(submission, target) for target in targets]
        factories.file_submission(submission)
    for comment in comments:
        comment.refresh_from_db()
        factories.make_answer(comment)
    return comments[0]


@pytest.mark.parametrize("path", FILING_PAGES)
def test_page_of_filings(db, client, django_assert_num_queries, path):
    draft = factories.make_draft(ordinal=1)
    go_on(draft, ordinal=2)
    make_entries(1)
    parties = make_parties()
    first = make_filings(draft, parties, ["art_1__para_1", None])
    address = path.format(call=first.submission.call_id, submission=first.submission_id)
    with django_assert_num_queries(FILING_PAGES[path]):
        assert client.get(f"/en/{address}").status_code == 200
    for number in (2, 3):
        make_entries(number)
        make_filings(draft, parties, ["art_1__para_1", "art_2", None])
        go_on(Draft.objects.order_by("-ordinal").first())
        file_comment(first.submission.call, "More of it.")
    with django_assert_num_queries(FILING_PAGES[path]):
        assert client.get(f"/en/{address}").status_code == 200
