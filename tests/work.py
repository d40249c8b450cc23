"""How much work a function does, counted instead of timed, so that a busy machine changes nothing."""

import sys
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_calls(function: Callable[..., object], *arguments: object) -> int:
    """Call the function and count what is called meanwhile: Python functions, those of libraries included, and built-ins.

    Built-ins and functions written in C count too, because whole loops can run inside them.
    """
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return calls


def questions(function: Callable[[], object]) -> int:
    """How many questions a function asks the database."""
    with CaptureQueriesContext(connection) as asked:
        function()
    return len(asked)
