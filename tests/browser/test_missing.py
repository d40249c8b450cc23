"""A machine without a browser."""

import pytest

from tests.conftest import browser_missing


@pytest.mark.parametrize(
    ("required", "outcome"), [("", pytest.skip.Exception), ("0", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_test_is_skipped_unless_a_browser_is_required(monkeypatch, required, outcome):
    monkeypatch.setenv("REQUIRE_BROWSER", required)
    with pytest.raises(outcome, match="there is none"):
        browser_missing("there is none")
