"""An invented record for tests of the thread: one of everything, so many times, each linked to the next."""

from dataclasses import dataclass, field
from typing import Any

from activities.models import Activity, Deliverable, Outcome
from activities.thread.asking import Narrowing, ThreadForm
from activities.thread.graph import Thread, read_asked, read_surroundings
from activities.thread.keys import make_key, read_key
from activities.thread.kinds import Kind
from consultations.models import Answer, Comment, Consultation, Disposition, Question, Questionnaire, View
from declaration.models import Clause, Draft, Element, Mandate, Organ, Phase, Request, Resolution, State
from tests import factories


@dataclass
class Strand:
    """One strand of the thread, from its resolution to the clause of the next draft."""

    resolution: Resolution
    request: Request
    activity: Activity
    outcome: Outcome
    deliverable: Deliverable
    consultation: Consultation
    question: Question
    answer: Answer
    view: View
    element: Element
    clause: Clause
    comment: Comment
    disposition: Disposition
    later: Clause


@dataclass
class Made:
    """The record: its strands, the two drafts, the phase and who spoke."""

    draft: Draft
    next_draft: Draft
    phase: Phase
    speaker: State
    strands: list[Strand] = field(default_factory=list)


def make_element(code: str, position: int, **fields: Any) -> Element:
    """A consideration."""
    values = {"kind": "consideration", "theme": {"en": f"Theme {code}"}, "text": {"en": f"Content {code}"}}
    return Element.objects.create(code=code, position=position, **values | fields)


def make_record(strands: int = 1) -> Made:
    """A record of so many strands; everything in it is public."""
    clauses = [(f"art_{n}", "article", str(n), f"Article {n}", "Words.") for n in range(1, strands + 1)]
    draft = factories.make_draft(clauses=clauses)
    organ = factories.make_organ()
    mandate = Mandate.objects.create(slug="study", name={"en": "A study"}, parent_organ=organ)
    phase = Phase.objects.create(mandate=mandate, ordinal=1, name={"en": "First phase"})
    made = Made(draft, draft, phase, factories.make_state())
    parts = [_begin(made, number, organ, mandate) for number in range(1, strands + 1)]
    descents = [(f"art_{n}", f"art_{n}", "amended") for n in range(1, strands + 1)]
    made.next_draft = factories.make_next_draft(draft, clauses, descents)
    later = {clause.eid: clause for clause in made.next_draft.clauses.all()}
    for number, part in enumerate(parts, start=1):
        disposition = factories.make_answer(part["comment"], resulting_clause=later[f"art_{number}"])
        made.strands.append(Strand(**part, disposition=disposition, later=later[f"art_{number}"]))
    return made


def _begin(made: Made, number: int, organ: Organ, mandate: Mandate) -> dict[str, Any]:
    year = 2000 + number
    resolution = factories.make_resolution(organ=organ, adopted_on=f"{year}-01-10")
    request = Request.objects.create(
        resolution=resolution, position=1, label="a", kind="study", addressee_mandate=mandate, summary={"en": "Study."}
    )
    consultation = Consultation.objects.create(
        slug=f"meeting-{number}", format="meeting", name={"en": f"Meeting {number}"}, when=f"{year}-03", is_public=True
    )
    consultation.states.add(made.speaker)
    activity = Activity.objects.create(
        slug=f"panel-{number}", kind="panel", name={"en": f"Panel {number}"}, when=f"{year}-02"
    )
    activity.requests.add(request)
    activity.consultations.add(consultation)
    activity.phases.add(made.phase)
    element = make_element(f"e{number}", number)
    outcome = Outcome.objects.create(slug=f"summit-{number}", kind="summit", name={"en": f"Summit {number}"})
    outcome.requests.add(request)
    outcome.elements.add(element)
    deliverable = Deliverable.objects.create(slug=f"report-{number}", name={"en": f"Report {number}"}, due=f"{year}")
    deliverable.requests.add(request)
    deliverable.drafts.add(made.draft)
    questionnaire = Questionnaire.objects.create(
        slug=f"questions-{number}", name={"en": f"Questions {number}"}, consultation=consultation
    )
    question = Question.objects.create(
        questionnaire=questionnaire, label="a", position=1, text={"en": f"What {number}?"}
    )
    answer = Answer.objects.create(question=question, state=made.speaker, summary={"en": f"Reply {number}"})
    answer.elements.add(element)
    view = View.objects.create(
        consultation=consultation,
        position=1,
        summary={"en": f"View {number}"},
        attribution="party",
        state=made.speaker,
    )
    view.elements.add(element)
    clause = made.draft.clauses.get(eid=f"art_{number}")
    Clause.elements.through.objects.create(clause=clause, element=element)
    comment = factories.make_filed_comment(factories.make_call(made.draft), clause=clause)
    return {
        "resolution": resolution,
        "request": request,
        "activity": activity,
        "outcome": outcome,
        "deliverable": deliverable,
        "consultation": consultation,
        "question": question,
        "answer": answer,
        "view": view,
        "element": element,
        "clause": clause,
        "comment": comment,
    }


def surroundings(kind: Kind, row: Any, user: Any = None) -> Thread:
    """What a thing comes from and what came of it."""
    found_kind, condition = read_key(make_key(kind, row))
    thread = read_surroundings(found_kind, condition, Narrowing(), limit=200, user=user)
    assert thread is not None
    assert thread.centre is not None
    return thread


def asked(**given: str) -> Thread:
    """What the public is told that asks so."""
    form = ThreadForm(given)
    assert form.is_valid(), form.errors
    thread = read_asked(form, limit=50)
    assert thread is not None
    return thread


def keys(thread: Thread) -> set[str]:
    """What is in a thread."""
    return {node.key for node in thread.nodes}
