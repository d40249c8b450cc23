"""What the confidentiality test stands on: a record with a public consultation in it, and what staff alone may know."""

from collections.abc import Callable
from dataclasses import dataclass, field

from activities.models import Activity
from consultations.models import Answer, Consultation, Questionnaire, User, View
from declaration.models import Clause, Document, Element, Group, GroupMembership, Phase, State
from tests import addresses, hearings
from tests.addresses import Route, Values
from tests.consultations import embargo
from tests.consultations.embargo import SECRET, Visit

HIDDEN_SLUG = SECRET.lower()

NAMES = ("slug", "alpha3", "code", "key", "eid")
"""What names things in addresses: everything that is there is asked for by it."""

OF_THE_RECORD = (
    "views/",
    "answers/",
    "consultations/",
    "questionnaires/",
    "outcomes/",
    "deliverables/",
    "notes/",
    "thread",
)
"""Addresses of what was said, which are asked for by every number there is."""

ASKED = {
    "consultation": ("heard", HIDDEN_SLUG),
    "questionnaire": ("asked",),
    "activity": ("activity-7",),
    "element": ("1a",),
    "state": ("XAA", "XCC"),
    "host_state": ("XAA",),
    "party": ("XAA", "XCC"),
    "stakeholder": ("rivers",),
    "group": ("africa",),
    "document": ("document-x",),
    "source": ("document-x",),
    "resolution": ("A-HRC-RES-90-7",),
    "at": (f"consultation:{HIDDEN_SLUG}", "consultation:heard", "element:1a", "state:XAA"),
    "q": (SECRET, "XAA", "Avalonia"),
}
"""What is asked of filters: all that would find what is hidden, or who spoke."""


CONCERNED = {
    "alpha3": ("XAA", "XCC"),
    "slug": ("heard", HIDDEN_SLUG, "asked", "activity-7", "document-x", "rivers"),
    "code": ("1a", "africa"),
}
"""The names of what is hidden, of those who spoke, and of what stands beside it: all of their pages are asked for."""


@dataclass
class Heard:
    """A public consultation, two views and an answer whose speakers staff alone know, and the readers."""

    consultation: Consultation
    questionnaire: Questionnaire
    ruled: list[View | Answer] = field(default_factory=list)
    readers: dict[str, User | None] = field(default_factory=dict)


def make_heard() -> Heard:
    """Make a record in which everything that is public stands beside what is not."""
    made = embargo.make_record()
    document, element = Document.objects.get(slug="document-x"), Element.objects.get(code="1a")
    avalonia, other = State.objects.get(alpha3="XAA"), State.objects.get(alpha3="XCC")
    GroupMembership.objects.create(group=Group.objects.get(code="africa"), state=other)
    consultation = hearings.make_consultation("heard", slug="heard", source=document, source_paragraphs="10")
    consultation.states.add(avalonia, other)
    phase = Phase.objects.get()
    hearings.link_consultation(consultation, Activity.objects.get(slug="activity-7"), phase, document)
    clause = Clause.objects.filter(draft__status="published", eid="art_1__para_1")[0]
    said = {"elements": (element,), "clauses": (clause,), "source": document, "source_paragraphs": "10"}
    hearings.make_view(consultation, avalonia, **said)
    hearings.make_note(consultation, "The room was full.", confidentiality="public")
    questionnaire = hearings.make_questionnaire("asked", slug="asked", elements=(element,), consultation=consultation)
    hearings.make_questionnaire("more", slug="more")
    hearings.make_outcome("x", elements=(element,))
    hearings.make_deliverable("x")
    first, second = questionnaire.questions.all()
    hearings.make_answer(first, avalonia)
    ruled = [
        hearings.make_view(consultation, avalonia, confidentiality="chatham_house", **said),
        hearings.make_view(consultation, avalonia, confidentiality="chatham_house"),
        hearings.make_answer(second, avalonia, confidentiality="chatham_house"),
    ]
    readers = {**made.readers, "delegation of the speaker": made.insider}
    return Heard(consultation, questionnaire, ruled, readers)


def write_what_is_internal(heard: Heard) -> None:
    """Write down what staff alone may read: notes, views, an answer, and a whole consultation."""
    document, element = Document.objects.get(slug="document-x"), Element.objects.get(code="1a")
    state, clause = State.objects.get(alpha3="XAA"), Clause.objects.filter(eid="art_1__para_1")[0]
    told = {"source": document, "source_paragraphs": "10", "source_note": {"en": SECRET}}
    said = {"elements": (element,), "clauses": (clause,), "summary": {"en": f"{SECRET} is rare."}} | told
    hearings.make_view(heard.consultation, state, confidentiality="internal", **said)
    hearings.make_note(heard.consultation, f"{SECRET} was named.")
    question = heard.questionnaire.questions.all()[0]
    other = State.objects.get(alpha3="XCC")
    hearings.make_answer(question, other, summary={"en": SECRET}, confidentiality="internal", **told)
    hidden = Consultation.objects.create(
        slug=HIDDEN_SLUG,
        format="bilateral",
        name={"en": f"{SECRET} talks"},
        when="2012-06-09",
        place={"en": SECRET},
        host_state=state,
        summary={"en": SECRET},
        categories=["ngos"],
        attribution="parties",
        **told,
    )
    hidden.states.add(state, other)
    hearings.link_consultation(hidden, Activity.objects.get(slug="activity-7"), Phase.objects.get(), document)
    for confidentiality in ("public", "chatham_house", "internal"):
        hearings.make_view(hidden, state, confidentiality=confidentiality, **said)
    hearings.make_note(hidden, SECRET, confidentiality="public")
    Questionnaire.objects.filter(slug="more").update(consultation=hidden)


def let_another_have_spoken(heard: Heard) -> None:
    """Put another speaker in place of the one under the Chatham House Rule, for a group besides."""
    other, africa = State.objects.get(alpha3="XCC"), Group.objects.get(code="africa")
    for said in heard.ruled:
        said.state = other
        if isinstance(said, View):
            said.on_behalf_of = africa
        said.save()


def fill_addresses(route: Route, values: Values) -> list[str]:
    """Return a route's addresses: for everything that has a name, and for every view and answer by its number."""
    if len(route.places) != 1:
        return embargo.fill_few(route, values)
    converter, name = route.places[0]
    found = [*dict.fromkeys([*CONCERNED.get(name, ()), *values.of(converter, name)])]
    is_asked = any(part in route.path for part in OF_THE_RECORD)
    wide = name in NAMES or (name not in addresses.WORDS and is_asked)
    return [route.fill([each]) for each in (found if wide else found[:1])]


def list_questions(route: Route) -> list[str]:
    """Return what is asked of a list, beside what its page and the schema offer."""
    names = [name for name in ASKED if name in route.parameters or not route.parameters]
    return [f"{name}={value}" for name in names for value in ASKED[name]]


def visit(reader: embargo.Reader, values: Values, narrowed: Callable[[Route], bool]) -> Visit:
    """Ask for everything, and narrow what can be narrowed by all that would find what is hidden."""
    answers = reader.ask_all(values, is_narrowed=narrowed, fill=fill_addresses)
    for route in filter(narrowed, reader.routes):
        if route.places:
            continue
        address = route.fill([])
        if answers[address].status == embargo.OK:
            answers |= {f"{address}?{query}": reader.ask(f"{address}?{query}") for query in list_questions(route)}
    return answers
