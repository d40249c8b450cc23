"""What an answer of the API says went wrong."""

from typing import Any


def problem(response: Any) -> tuple[int, str, str | None]:
    """Status, code and field of an answer with exactly one error, in the one shape that errors have."""
    body = response.json()
    assert set(body) <= {"type", "errors", "current"}, body
    [error] = body["errors"]
    assert set(error) == {"code", "detail", "attr"}
    assert error["detail"]
    kind = {4: "client_error", 5: "server_error"}[response.status_code // 100]
    assert body["type"] == ("validation_error" if response.status_code == 400 and body["type"] != kind else kind)
    return response.status_code, error["code"], error["attr"]


def problems(response: Any) -> set[tuple[str, str | None]]:
    """Codes and fields of all that is wrong with what was sent."""
    assert response.status_code == 400
    body = response.json()
    assert body["type"] == "validation_error"
    return {(error["code"], error["attr"]) for error in body["errors"]}
