"""The description of the API, from which clients are generated."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

NAMED_IN_WHAT_IS_SENT = {"/api/v1/desk/submissions/", "/api/v1/invitations/accept/", "/api/v1/staff/letters/"}
"""What these are about may not be there, though no part of their address names it."""

IN_THE_WAY = {"/api/v1/invitations/accept/", "/api/v1/staff/letters/", "/api/v1/staff/delegations/"}
"""What these make may be there already, though no part of their address names it."""


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The description; the command fails on a warning and on what breaks the rules of OpenAPI."""
    written = StringIO()
    call_command(
        *("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json"), stdout=written, stderr=written
    )
    described: dict[str, Any] = json.loads(written.getvalue())
    return described


def test_has_no_warning(schema: dict[str, Any]) -> None:
    assert schema["openapi"] == "3.1.0"


def test_names_what_is_done(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for methods in schema["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))
    assert all(operation.get("description") for methods in schema["paths"].values() for operation in methods.values())


def test_names_choices_by_what_they_are(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    choices = {name for name, component in components.items() if "enum" in component}
    assert choices == {
        *("ActivityKind", "AddresseeKind", "AlikeGroupKind", "Audience", "Authenticity", "CallStatus", "Category"),
        *(
            "Change",
            "ChangedClauseKind",
            "ComparedKind",
            "CitationPlace",
            "ClausePlace",
            "Clearance",
            "CoSponsorStatus",
        ),
        *("CommentChangeKind", "DescentKind", "HistoryAct", "HistoryKind", "NoteKind", "NoticeKind"),
        *("ClauseKind", "Days", "Decision", "DraftStage", "DraftStatus", "EcosocStatus", "ElementKind", "GroupKind"),
        *("ImportStatus", "Language", "MandateAction", "MandateKind", "NegotiatingStatus", "Operation", "OrganKind"),
        *("ParticipationStatus", "PartyKind", "PhaseStatus", "Position", "PositionSource", "Precision", "ProblemType"),
        *("PublicationRule", "RequestKind", "ResolutionKind", "Role", "StakeholderKind", "StandingKind", "StateStatus"),
        *("SubmissionSource", "SubmissionStatus", "Target", "Verdict"),
        *(
            "Confidentiality",
            "ConsultationAttribution",
            "ConsultationFormat",
            "ConsultationStatus",
            "DeliverableStatus",
        ),
        *(
            "HowFar",
            "Lane",
            "OutcomeKind",
            "PartyCategory",
            "ReportLanguage",
            "ThreadGap",
            "ThreadKind",
            "ThreadRelation",
            "ViewAttribution",
        ),
    }


def test_everything_that_is_read_is_always_there(schema: dict[str, Any]) -> None:
    sent = ("Request",)
    open_ended = {"TranslatedText", "Problem"}
    for name, component in schema["components"]["schemas"].items():
        if component.get("type") == "object" and not name.endswith(sent) and not name.startswith("Paginated"):
            optional = set(component["properties"]) - set(component.get("required", []))
            assert not optional or name in open_ended, (name, optional)


def test_documents_errors_in_their_one_shape(schema: dict[str, Any]) -> None:
    problem = {"$ref": "#/components/schemas/Problem"}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            errors = {code: body for code, body in operation["responses"].items() if code >= "400"}
            assert all(body["content"]["application/json"]["schema"] == problem for body in errors.values())
            needs_token = "security" in operation
            assert ({"401", "403"} <= set(errors)) == (needs_token or path == "/api/v1/tokens/")
            writes = method != "get"
            assert ("404" in errors) == ("{" in path or (writes and path in NAMED_IN_WHAT_IS_SENT)), path
            assert ("429" in errors) == writes, path
            assert ("409" in errors) == (writes and ("{" in path or path in IN_THE_WAY)), path


def test_says_how_to_send_a_token(schema: dict[str, Any]) -> None:
    token = schema["components"]["securitySchemes"]["token"]
    assert (token["type"], token["in"], token["name"]) == ("apiKey", "header", "Authorization")
    assert {"token": []} in schema["paths"]["/api/v1/desk/submissions/"]["post"]["security"]
    assert "security" not in schema["paths"]["/api/v1/drafts/"]["get"]


def test_is_served(anyone: APIClient, schema: dict[str, Any]) -> None:
    response = anyone.get("/api/v1/schema/", {"format": "json"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, no-cache"
    served = response.json()
    assert served["paths"].keys() == schema["paths"].keys()
    assert anyone.get("/api/v1/schema/")["Content-Type"] == "application/vnd.oai.openapi"
    again = anyone.get("/api/v1/schema/", {"format": "json"}, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
