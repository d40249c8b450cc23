"""Errors have one shape, whatever goes wrong, and are in the language of the request."""

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import translation
from rest_framework.test import APIClient

from consultations.models import Comment, Submission
from tests import factories
from tests.api.problems import problem, problems

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def submission() -> Submission:
    """A submission that is being written."""
    return factories.make_submission()


@pytest.fixture
def desk(submission: Submission, acting_for: Any) -> APIClient:
    """A client of the delegation's focal point."""
    return acting_for(factories.focal_point(submission.delegation))


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["nothing/", "drafts", "drafts/x/", "drafts/1/clauses/a b/"])
def test_unknown_address(anyone: APIClient, method: str, address: str) -> None:
    response = getattr(anyone, method)(f"{API}/{address}")
    assert problem(response) == (404, "not_found", None)
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "address",
    [
        *("drafts/999999999999999999999/", "drafts/7/clauses/art_1/", "calls/99999999999999999999999/"),
        *(
            "comments/0/",
            "organs/none/",
            "states/XZZ/",
            "states/bra/",
            "resolutions/A-RES-1/",
            "requests/99999999999999999999/",
        ),
    ],
)
def test_nothing_there(anyone: APIClient, address: str) -> None:
    assert problem(anyone.get(f"{API}/{address}")) == (404, "not_found", None)


@pytest.mark.parametrize("address", ["drafts/1%00/", "drafts/1/clauses/art%00_1/", "organs/%00/", "%00/"])
def test_null_character_in_an_address(anyone: APIClient, address: str) -> None:
    assert problem(anyone.get(f"{API}/{address}")) == (404, "not_found", None)


def test_method_that_is_not_there(anyone: APIClient, desk: APIClient, submission: Submission) -> None:
    assert problem(anyone.post(f"{API}/drafts/", {})) == (405, "method_not_allowed", None)
    assert problem(anyone.delete(f"{API}/calls/{submission.call_id}/")) == (405, "method_not_allowed", None)
    assert problem(anyone.options(f"{API}/drafts/")) == (405, "method_not_allowed", None)
    assert problem(desk.put(f"{API}/desk/submissions/{submission.pk}/", {})) == (405, "method_not_allowed", None)
    assert problem(desk.get(f"{API}/desk/submissions/{submission.pk}/submit/")) == (405, "method_not_allowed", None)


def test_answer_in_another_format(anyone: APIClient) -> None:
    assert problem(anyone.get(f"{API}/drafts/", headers={"accept": "text/csv"})) == (406, "not_acceptable", None)


class TestBodies:
    @pytest.fixture
    def address(self, submission: Submission) -> str:
        return f"{API}/desk/submissions/{submission.pk}/comments/"

    @pytest.mark.parametrize(
        "body",
        [
            *(b"", b"{", b'{"clause": "art_2",}', b"clause=art_2", b"\xff\xfe", b'{"rationale": NaN}', b"nul"),
            *(b"[" * 100_000, b'{"number": ' + b"9" * 5000 + b"}", '{"rationale": "é'.encode("latin-1")),
        ],
    )
    def test_not_json(self, desk: APIClient, address: str, body: bytes) -> None:
        response = desk.post(address, body, content_type="application/json")
        if body:
            assert problem(response) == (400, "parse_error", None)
        else:
            # Nothing was sent, so nothing was said: the service asks for the clause.
            assert problems(response) == {("clause_missing", "clause")}
        assert not Comment.objects.exists()

    def test_place_of_the_mistake_is_told(self, desk: APIClient, address: str) -> None:
        response = desk.post(address, b'{"clause":\n  art_2}', content_type="application/json")
        [error] = response.json()["errors"]
        assert error["detail"] == "This is not JSON: see line 2, column 3. Nothing was saved."

    @pytest.mark.parametrize("kind", ["text/html", "multipart/form-data; boundary=x", "application/xml", "nonsense"])
    def test_other_kinds(self, desk: APIClient, address: str, kind: str) -> None:
        response = desk.post(address, b"<p>text</p>", content_type=kind)
        assert problem(response) == (415, "unsupported_media_type", None)

    def test_larger_than_the_site_reads(self, desk: APIClient, address: str) -> None:
        body = b'{"rationale": "' + b"x" * (5 * 1024 * 1024) + b'"}'
        assert problem(desk.post(address, body, content_type="application/json")) == (413, "too_large", None)


class TestParameters:
    def test_that_nobody_reads(self, anyone: APIClient) -> None:
        assert problems(anyone.get(f"{API}/comments/?partty=XAA&x=1")) == {
            ("unknown_parameter", "partty"),
            ("unknown_parameter", "x"),
        }

    @pytest.mark.parametrize(
        ("address", "code", "field"),
        [
            ("comments/?draft=x", "invalid", "draft"),
            ("comments/?draft=1.5", "invalid", "draft"),
            ("comments/?draft=-1", "min_value", "draft"),
            ("comments/?draft=99999999999999999999", "max_value", "draft"),
            ("comments/?position=agrees", "invalid_choice", "position"),
            ("comments/?is_answered=maybe", "invalid_choice", "is_answered"),
            ("comments/?clause=a%00b", "null_characters_not_allowed", "clause"),
            ("states/?q=%00", "null_characters_not_allowed", "q"),
            ("resolutions/?adopted_after=yesterday", "invalid", "adopted_after"),
            ("drafts/?page_size=0", "page_size", "page_size"),
            ("drafts/?page_size=201", "page_size", "page_size"),
            ("drafts/?page_size=%D9%A1", "page_size", "page_size"),
        ],
    )
    def test_that_cannot_be_read(self, anyone: APIClient, address: str, code: str, field: str) -> None:
        assert problems(anyone.get(f"{API}/{address}")) == {(code, field)}

    def test_search_that_is_too_long(self, anyone: APIClient) -> None:
        assert problems(anyone.get(f"{API}/states/?q={'x' * 201}")) == {("max_length", "q")}

    def test_language_of_a_clause(self, anyone: APIClient, submission: Submission) -> None:
        address = f"{API}/drafts/{submission.call.draft.ordinal}/clauses/?language=xx"
        assert problems(anyone.get(address)) == {("invalid_choice", "language")}

    @pytest.mark.parametrize("page", ["0", "2", "x", "-1", "%00"])
    def test_page_that_is_not_there(self, anyone: APIClient, page: str) -> None:
        assert problem(anyone.get(f"{API}/organs/?page={page}")) == (404, "not_found", None)

    def test_pages(self, anyone: APIClient) -> None:
        codes = [factories.make_organ(f"organ-{number}").code for number in range(3)]
        first = anyone.get(f"{API}/organs/?page_size=2").json()
        assert (first["count"], first["previous"]) == (3, None)
        second = anyone.get(first["next"]).json()
        assert [each["code"] for each in first["results"] + second["results"]] == codes


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_that_has_gone_away(
    desk: APIClient, anyone: APIClient, settings: Any, debug: bool, error: type[Exception]
) -> None:
    def gone(*_args: Any) -> None:
        raise error("server closed the connection unexpectedly")

    settings.DEBUG = debug
    anyone.raise_request_exception = desk.raise_request_exception = False
    with connection.execute_wrapper(gone):
        responses = [
            anyone.get(f"{API}/drafts/"),
            desk.get(f"{API}/me/"),
            desk.post(f"{API}/desk/submissions/", {"call": 1, "delegation": "XAA"}),
            anyone.post(f"{API}/tokens/", {"email": "ana@example.org", "password": "x"}),
        ]
    for response in responses:
        assert problem(response) == (503, "database_unreachable", None)
        assert response["Retry-After"] == "30"
        assert "server closed" not in response.content.decode()


def test_mistake_of_our_own_tells_nothing(anyone: APIClient, settings: Any, monkeypatch: Any) -> None:
    settings.DEBUG = False
    anyone.raise_request_exception = False

    def fail(*_args: Any) -> None:
        raise RuntimeError("SECRET")

    monkeypatch.setattr("declaration.api.views.OrganViewSet.get_queryset", fail)
    response = anyone.get(f"{API}/organs/")
    assert problem(response) == (500, "error", None)
    assert "SECRET" not in response.content.decode()


def test_writes_are_counted(desk: APIClient, monkeypatch: Any, submission: Submission) -> None:
    monkeypatch.setattr("rest_framework.throttling.ScopedRateThrottle.THROTTLE_RATES", {"writes": "1/min"})
    address = f"{API}/desk/submissions/{submission.pk}/comments/"
    assert desk.post(address, {"clause": "art_2", "rationale": "A."}).status_code == 201
    refused = desk.post(address, {"clause": "art_2", "rationale": "B."})
    assert problem(refused) == (429, "throttled", None)
    assert int(refused["Retry-After"]) in range(61)
    assert desk.get(address).json()["count"] == 1


@pytest.mark.parametrize(("asked", "language"), [("ar", "ar"), ("zh-CN", "zh-hans"), ("fr-CH, de", "fr"), ("xx", "en")])
def test_language_of_an_error(anyone: APIClient, asked: str, language: str) -> None:
    response = anyone.get(f"{API}/drafts/7/", headers={"accept-language": asked})
    assert response["Content-Language"] == language
    with translation.override(language):
        expected = translation.gettext("There is nothing here, or nothing that you may see.")
    assert response.json()["errors"][0]["detail"] == expected
