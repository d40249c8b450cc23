"""What all tests of the admin start from: a record with one entry of each kind, and people who come to it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group as PermissionGroup
from django.utils import translation

from activities.models import Activity
from consultations.models import Question
from declaration.models import Document, Element, LegalBasis, Mandate, Paragraph
from tests import factories, hearings


@pytest.fixture(autouse=True)
def _english():
    """A page in another language leaves it active in the thread; each test begins in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """No test tries to break a password: make them in no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def administrator():
    """Somebody who may do everything."""
    return factories.make_user("administrator@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client, administrator):
    """A browser in which an administrator is signed in."""
    client.force_login(administrator)
    return client


@pytest.fixture
def entries(administrator):
    """One entry of every model that the admin knows: {model: entry}."""
    comment = factories.make_filed_comment()
    factories.make_answer(comment)
    submission = comment.submission
    organ = factories.make_organ()
    mandate = Mandate.objects.create(
        slug="independent-expert",
        kind=Mandate.Kind.values[0],
        name={"en": "Independent expert"},
        parent_organ=organ,
    )
    document = Document.objects.create(symbol="A/90/1", slug="A-90-1", title={"en": "A report", "ar": "تقرير"})
    state = factories.make_state()
    consultation = hearings.make_consultation("x")
    questionnaire = hearings.make_questionnaire("x")
    question = Question.objects.all()[0]
    made = [
        consultation,
        hearings.make_view(consultation),
        hearings.make_note(consultation, "Seen."),
        questionnaire,
        question,
        hearings.make_answer(question, state),
        hearings.make_outcome("x"),
        hearings.make_deliverable("x"),
        organ,
        document,
        Paragraph.objects.create(
            document=document, language="en", number=1, eid="para_1", text="Words of our own.", position=1
        ),
        mandate,
        factories.make_resolution(),
        state,
        factories.make_group(),
        factories.make_stakeholder(),
        Element.objects.create(
            code="26a",
            kind=Element.Kind.values[0],
            position=1,
            theme={"en": "Theme"},
            text={"en": "Text"},
            source=document,
            source_paragraphs="26 (a)",
        ),
        LegalBasis.objects.create(
            slug="charter", instrument={"en": "Charter"}, provision={"en": "Article 1"}, position=1
        ),
        submission.call.draft.declaration,
        submission.call.draft,
        comment.clause,
        Activity.objects.create(slug="forum", kind=Activity.Kind.values[0], name={"en": "Forum"}, when="2012-06"),
        PermissionGroup.objects.create(name="A group of rights"),
        administrator,
        submission.delegation,
        submission.call,
        submission,
    ]
    found = {type(entry): entry for entry in made}
    assert set(found) == set(admin.site._registry)
    return found
