"""What the API's description calls each list of choices, so that generated clients have the project's own names."""

from typing import Final

_DECLARATION = {
    "Language": "declaration.languages.TEXT_LANGUAGE_CHOICES",
    "OrganKind": "declaration.models.Organ.Kind",
    "MandateKind": "declaration.models.Mandate.Kind",
    "PhaseStatus": "declaration.models.Phase.Status",
    "ResolutionKind": "declaration.models.Resolution.Kind",
    "MandateAction": "declaration.models.Resolution.MandateAction",
    "RequestKind": "declaration.models.Request.Kind",
    "AddresseeKind": "declaration.api.references.ADDRESSEE_KINDS",
    "StateStatus": "declaration.models.State.Status",
    "GroupKind": "declaration.models.Group.Kind",
    "StakeholderKind": "declaration.models.Stakeholder.Kind",
    "EcosocStatus": "declaration.models.Stakeholder.EcosocStatus",
    "ElementKind": "declaration.models.Element.Kind",
    "DraftStage": "declaration.models.Draft.Stage",
    "DraftStatus": "declaration.models.Draft.Status",
    "ClauseKind": "declaration.models.Clause.Kind",
    "NegotiatingStatus": "declaration.models.Clause.NegotiatingStatus",
    "Authenticity": "declaration.models.Wording.Authenticity",
    "DescentKind": "declaration.models.Descent.Kind",
    "ImportStatus": "declaration.models.TextImport.Status",
    "CitationPlace": "declaration.models.Citation.Place",
    "ClausePlace": "declaration.services.editing.PLACES",
}
_CONSULTATIONS = {
    "PartyKind": "consultations.api.serializers.PARTY_KINDS",
    "Role": "consultations.models.Membership.Role",
    "CallStatus": "consultations.models.Call.Status",
    "Audience": "consultations.models.Call.Audience",
    "PublicationRule": "consultations.models.Call.PublicationRule",
    "SubmissionStatus": "consultations.models.Submission.Status",
    "SubmissionSource": "consultations.models.Submission.Source",
    "Target": "consultations.models.Comment.Target",
    "Category": "consultations.models.Comment.Category",
    "Position": "consultations.models.Comment.Position",
    "PositionSource": "consultations.api.positions.SOURCES",
    "Operation": "consultations.models.Comment.Operation",
    "Decision": "consultations.models.Disposition.Decision",
    "Clearance": "consultations.models.Comment.Clearance",
    "NoteKind": "consultations.models.DelegationNote.Kind",
    "HistoryKind": "consultations.api.desk_clearance_serializers.HISTORY_KINDS",
    "HistoryAct": "consultations.api.desk_clearance_serializers.HISTORY_ACTS",
    "NoticeKind": "consultations.models.Notice.Kind",
    "CoSponsorStatus": "consultations.models.CoSponsor.Status",
    "ParticipationStatus": "consultations.models.ParticipationRequest.Status",
    "Change": "declaration.api.redlines.CHANGES",
    "ComparedKind": "declaration.comparing.Kind",
    "StandingKind": "consultations.standing.Kind",
    "ConsultationFormat": "consultations.models.Consultation.Format",
    "ConsultationStatus": "consultations.models.Consultation.Status",
    "ConsultationAttribution": "consultations.models.Consultation.Attribution",
    "ViewAttribution": "consultations.models.View.Attribution",
    "Confidentiality": "consultations.models.Confidentiality",
    "PartyCategory": "consultations.models.PartyCategory",
}
_ACTIVITIES = {
    "ActivityKind": "activities.models.Activity.Kind",
    "OutcomeKind": "activities.models.Outcome.Kind",
    "DeliverableStatus": "activities.models.Deliverable.Status",
    "ThreadKind": "activities.thread.kinds.Kind",
    "ThreadRelation": "activities.thread.kinds.Relation",
    "ThreadGap": "activities.thread.gaps.Gap",
}
_CONFIG = {"ProblemType": "config.api.schema.PROBLEM_TYPES"}

ENUM_NAMES: Final[dict[str, str]] = {**_DECLARATION, **_CONSULTATIONS, **_ACTIVITIES, **_CONFIG}
"""Name in the description → where the choices are."""
