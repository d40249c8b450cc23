"""JSON in its one canonical form, the JSON Canonicalization Scheme of RFC 8785: the same data is always the same bytes."""

import json
import math
from typing import Any, Final

MAX_EXACT: Final = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (RFC 8785, 3.2.2.3 with RFC 7493, 2.2)."""

_FEWEST_DIGITS_AFTER = -6
_MOST_DIGITS_BEFORE = 21


def canonicalize(data: Any) -> bytes:
    """Return data as canonical JSON in UTF-8.

    Takes dictionaries with text keys, lists, texts, numbers, truth values and None. Raises `ValueError` for what JSON
    cannot say in one way only: other types, infinite numbers, whole numbers above `MAX_EXACT`, and halves of characters.
    """
    return _write(data).encode()


def _write(data: Any) -> str:
    if data is None or isinstance(data, bool):
        return {None: "null", True: "true", False: "false"}[data]
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, int | float):
        return _number(data)
    if isinstance(data, dict):
        members = sorted(data.items(), key=_name_order)
        return "{" + ",".join(f"{_text(name)}:{_write(value)}" for name, value in members) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(map(_write, data)) + "]"
    raise ValueError(f"JSON has no form for {type(data).__name__}.")


def _name_order(member: tuple[Any, Any]) -> bytes:
    """Return what names are sorted by: their UTF-16 code units (RFC 8785, 3.2.3), not their characters."""
    name = member[0]
    if not isinstance(name, str):
        raise ValueError("In JSON a name is a text.")  # noqa: TRY004 - the caller is told one kind of error
    return name.encode("utf-16-be", "surrogatepass")


def _text(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("A text holds half a character.")
    return json.dumps(text, ensure_ascii=False)


def _number(number: float) -> str:
    """Return a number as ECMAScript writes it (RFC 8785, 3.2.2.3)."""
    if isinstance(number, int):
        if abs(number) > MAX_EXACT:
            raise ValueError("A whole number is too large to be kept exactly.")
        return str(number)
    if not math.isfinite(number):
        raise ValueError("JSON has no infinite numbers.")
    if number == 0:
        return "0"  # ECMAScript drops the sign
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = f"{abs(number)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    # `point` is where the decimal point stands, counted from before the first digit that is not zero.
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return sign + _place_point(digits, point)


def _place_point(digits: str, point: int) -> str:
    if len(digits) <= point <= _MOST_DIGITS_BEFORE:
        return digits + "0" * (point - len(digits))
    if 0 < point <= _MOST_DIGITS_BEFORE:
        return f"{digits[:point]}.{digits[point:]}"
    if _FEWEST_DIGITS_AFTER < point <= 0:
        return "0." + "0" * -point + digits
    exponent = point - 1
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{mantissa}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
