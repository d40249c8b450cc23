"""What a service says when it refuses."""

from collections.abc import Callable
from typing import Any

import pytest

from declaration.errors import Refused


def refusal(function: Callable[..., Any], **values: Any) -> Refused:
    """Call a service that is to refuse, and return its refusal, which says something."""
    with pytest.raises(Refused) as caught:
        function(**values)
    assert str(caught.value)
    return caught.value
