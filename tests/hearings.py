"""Consultations, what was said in them, questionnaires, outcomes and deliverables for tests: each with all that can be said of it."""

from typing import Any

from activities.models import Activity, Deliverable, Outcome
from consultations.models import Answer, Consultation, ConsultationNote, Question, Questionnaire, View
from declaration.models import Clause, Document, Element, GroupMembership, Phase, Request, Stakeholder, State
from tests import factories


def make_consultation(key: str, **fields: Any) -> Consultation:
    """A public consultation of a State, its group and a stakeholder, held on a day."""
    consultation = Consultation.objects.create(
        **{
            "slug": f"consultation-{key}",
            "format": "meeting",
            "name": {"en": f"Consultation {key}"},
            "when": "2012-06-07",
            "when_printed": "7 June",
            "place": {"en": "Geneva"},
            "host_state": factories.make_state(),
            "categories": ["ngos", "experts"],
            "participant_count": 12,
            "attribution": "parties",
            "summary": {"en": "They met."},
            "follow_up": {"en": "They will meet again."},
            "is_public": True,
        }
        | fields
    )
    state, group = factories.make_state(), factories.make_group()
    GroupMembership.objects.create(state=state, group=group)
    consultation.states.add(state)
    consultation.groups.add(group)
    consultation.stakeholders.add(factories.make_stakeholder())
    return consultation


def link_consultation(consultation: Consultation, activity: Activity, phase: Phase, document: Document) -> None:
    """Say in which activity and phase a consultation was held, and give it a document."""
    activity.consultations.add(consultation)
    consultation.phases.add(phase)
    consultation.documents.add(document)


def make_view(
    consultation: Consultation,
    party: State | Stakeholder | None = None,
    *,
    elements: tuple[Element, ...] = (),
    clauses: tuple[Clause, ...] = (),
    **fields: Any,
) -> View:
    """A view of a party, of the consultation's own State unless said; `attribution="collective"` has nobody named."""
    position = consultation.views.count() + 1
    given: dict[str, Any] = {"summary": {"en": f"View {position}."}, "attribution": "party"} | fields
    if given["attribution"] == "party":
        party = party or consultation.states.all()[0]
        given |= {"state": party} if isinstance(party, State) else {"stakeholder": party}
    view = View.objects.create(consultation=consultation, position=position, **given)
    view.elements.set(elements)
    view.clauses.set(clauses)
    return view


def make_note(consultation: Consultation, text: str, **fields: Any) -> ConsultationNote:
    """A note, internal to staff unless said."""
    return ConsultationNote.objects.create(consultation=consultation, text=text, language="en", **fields)


def make_questionnaire(key: str, *, elements: tuple[Element, ...] = (), **fields: Any) -> Questionnaire:
    """A questionnaire with two questions."""
    questionnaire = Questionnaire.objects.create(
        **{
            "slug": f"questionnaire-{key}",
            "name": {"en": f"Questionnaire {key}"},
            "sent_on": "2009-06",
            "recipients": ["member_states"],
        }
        | fields
    )
    for position, label in enumerate("ab", start=1):
        question = Question.objects.create(
            questionnaire=questionnaire, label=label, position=position, text={"en": f"Question {label}?"}
        )
        question.elements.set(elements)
    return questionnaire


def make_answer(question: Question, state: State | None = None, **fields: Any) -> Answer:
    """What a State answered."""
    given = {"summary": {"en": "An answer."}} | fields
    return Answer.objects.create(question=question, state=state or factories.make_state(), **given)


def make_outcome(
    key: str, *, requests: tuple[Request, ...] = (), elements: tuple[Element, ...] = (), **fields: Any
) -> Outcome:
    """What a summit came to."""
    given: dict[str, Any] = {"kind": "summit", "name": {"en": f"Outcome {key}"}, "when": "2012-06"}
    outcome = Outcome.objects.create(slug=f"outcome-{key}", host_state=factories.make_state(), **given | fields)
    outcome.requests.set(requests)
    outcome.elements.set(elements)
    return outcome


def make_deliverable(key: str, *, requests: tuple[Request, ...] = (), **fields: Any) -> Deliverable:
    """Something that is due."""
    given: dict[str, Any] = {"name": {"en": f"Deliverable {key}"}, "due": "2013-06-07", "due_printed": "June"} | fields
    deliverable = Deliverable.objects.create(slug=f"deliverable-{key}", **given)
    deliverable.requests.set(requests)
    return deliverable


def make_all(key: str, document: Document, element: Element, request: Request, phase: Phase) -> Consultation:
    """One of everything, each linked to the others; return the consultation."""
    told = {"source": document, "source_paragraphs": "10, 11", "is_inferred": True, "source_note": {"en": "Unclear."}}
    consultation = make_consultation(key, **told)
    link_consultation(consultation, request.activities.in_order()[0], phase, document)
    clauses = tuple(Clause.objects.filter(draft__status="published", eid="art_1__para_1"))
    make_view(consultation, elements=(element,), clauses=clauses, **told)
    make_note(consultation, f"Public note {key}.", confidentiality="public")
    questionnaire = make_questionnaire(
        key,
        elements=(element,),
        consultation=consultation,
        replies=document,
        sent_by=phase.mandate.holders.first(),
        **told,
    )
    make_answer(questionnaire.questions.all()[0], consultation.states.all()[0], **told)
    outcome = make_outcome(key, requests=(request,), elements=(element,), **told)
    outcome.documents.add(document)
    deliverable = make_deliverable(key, requests=(request,), **told)
    deliverable.documents.add(document)
    make_deliverable(f"{key}-next", after=deliverable)
    return consultation
