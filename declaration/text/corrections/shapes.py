"""What a correction looks like: a JSON object with its name and the values it needs."""

from collections.abc import Mapping
from typing import Any, Final

from declaration.text.corrections.errors import CorrectionError
from declaration.text.eids import ELEMENT_REFS, eid_number
from declaration.text.findings import REASONS

MAX_LABEL: Final = 20
MAX_VALUE: Final = 200

_NODE: Final = {"node": str}
OPERATIONS: Final[Mapping[str, tuple[Mapping[str, type], Mapping[str, type]]]] = {
    "relabel": ({**_NODE, "label": str}, {}),
    "rekind": ({**_NODE, "kind": str}, {}),
    "split": ({**_NODE, "at": int}, {"label": str}),
    "join": (_NODE, {"with": str}),
    "indent": (_NODE, {}),
    "outdent": (_NODE, {}),
    "to_heading": (_NODE, {}),
    "to_text": (_NODE, {}),
    "leave_out": ({**_NODE, "reason": str}, {"with_below": bool}),
    "take_in": ({"line": int}, {"entry": int, "as": str, "after": str, "kind": str, "label": str}),
    "choose_symbol": ({**_NODE, "place": str, "position": int, "symbol": str}, {}),
    "align": ({**_NODE, "with": str}, {}),
}
"""Each correction with the values that it needs and those that it takes."""

_CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("join", "with"): ("line", "space"),
    ("take_in", "as"): ("node", "text", "heading"),
    ("choose_symbol", "place"): ("text", "heading", "note"),
}


def check_shape(correction: object) -> dict[str, Any]:
    """Return a correction with everything that it needs and nothing else. Raises `CorrectionError`."""
    if not isinstance(correction, dict):
        raise CorrectionError("field_missing", field="op")
    name = correction.get("op")
    if not isinstance(name, str) or name not in OPERATIONS:
        raise CorrectionError("operation_unknown", op=str(name)[:MAX_VALUE])
    needed, taken = OPERATIONS[name]
    for field in needed:
        if field not in correction:
            raise CorrectionError("field_missing", field=field)
    for field, value in correction.items():
        if field == "op":
            continue
        kind = needed.get(field) or taken.get(field)
        if kind is None:
            raise CorrectionError("field_unknown", field=str(field)[:MAX_VALUE])
        # In Python true is a whole number, in JSON it is none.
        if type(value) is not kind or (isinstance(value, str) and len(value) > MAX_VALUE):
            raise CorrectionError("field_invalid", field=field)
        if (name, field) in _CHOICES and value not in _CHOICES[name, field]:
            raise CorrectionError("field_invalid", field=field)
    _check_values(name, correction)
    return dict(correction)


def _check_values(name: str, correction: Mapping[str, Any]) -> None:
    kind, label = correction.get("kind"), correction.get("label", "")
    if kind is not None and kind not in ELEMENT_REFS:
        raise CorrectionError("kind_unknown", kind=kind)
    if label != " ".join(label.split()) or len(label) > MAX_LABEL or (label and not eid_number(label)):
        raise CorrectionError("label_invalid")
    if name == "leave_out" and correction["reason"] not in REASONS:
        raise CorrectionError("reason_unknown", reason=correction["reason"])
