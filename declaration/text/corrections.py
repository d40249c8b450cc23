"""Corrections by hand of a text that was read: labels, kinds, splits and joins, levels, what was left out, doubtful symbols.

A text is the JSON object of `ParsedText.as_json`; it is never changed, each correction gives a new one. What was read stays all
there: no word and no source line is lost, it only changes its place. Corrections are plain data, in the order in which they
were made, so that the last can be taken back:

`{"op": "relabel", "node": 3, "label": "2 bis"}`, `{"op": "rekind", "node": 3, "kind": "article"}`,
`{"op": "split", "node": 3, "at": 120}` (before the character 120 of its text), `{"op": "join", "node": 3}` (with the one before,
on a line of its own, or with `"with": "space"` on the same),
`{"op": "indent", "node": 3}`, `{"op": "outdent", "node": 3}`, `{"op": "leave_out", "node": 3}`,
`{"op": "take_in", "line": 7}`, `{"op": "choose_symbol", "symbol": 0, "value": "A/RES/60/1"}` (empty for none),
`{"op": "align", "node": 3, "with": "art_2__para_1"}` (empty for no counterpart; `with_key` is the counterpart's `key`, which
stays the same while identifiers change).
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any, Final

from declaration.text.eids import ELEMENT_REFS, eid_number, is_eid
from declaration.text.findings import gettext_noop
from declaration.text.node_places import Json, identify_nodes, level, parents_of

__all__ = ["MAX_CORRECTIONS", "MESSAGES", "OPERATIONS", "CorrectionError", "apply", "parents_of"]

MAX_CORRECTIONS: Final = 2_000
"""So many corrections one text takes; what needs more is better corrected in the file."""

MAX_LABEL_LENGTH: Final = 20

MESSAGES: Final[Mapping[str, str]] = {
    "unknown": gettext_noop("This is no correction that is known: %(what)s."),
    "no_node": gettext_noop("There is no clause number %(number)s in this text."),
    "no_line": gettext_noop("Line %(number)s is not among the lines that were left out."),
    "no_words_on_line": gettext_noop("Line %(number)s has no words that could be taken in."),
    "no_symbol": gettext_noop("There is no symbol number %(number)s in this text."),
    "not_a_candidate": gettext_noop("%(value)s is not among what the symbol could be."),
    "kind_unknown": gettext_noop("“%(kind)s” is not a kind of clause."),
    "label_invalid": gettext_noop(
        "A number has digits or Latin letters, such as 3, 53 bis, a or IV; each language prints it in its own."
    ),
    "label_too_long": gettext_noop("A label has at most %(limit)s characters."),
    "split_outside": gettext_noop("A clause is split inside its text, with words before and behind."),
    "nothing_before": gettext_noop("There is no clause before this one to join it with."),
    "too_deep": gettext_noop("This clause cannot stand deeper: there is no clause before it to stand in."),
    "at_top": gettext_noop("This clause stands at the top already."),
    "not_an_eid": gettext_noop("“%(eid)s” is no identifier of a clause."),
    "too_many": gettext_noop(
        "A text takes at most %(limit)s corrections. Correct the file itself and bring it in again."
    ),
}
"""A sentence for each code, with named places for the error's parameters."""


class CorrectionError(ValueError):
    """A correction does not fit the text. `code` is a key of `MESSAGES`, `params` fills its places."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(MESSAGES[code] % params)
        self.code = code
        self.params: dict[str, str | int] = params


def apply(parsed: Mapping[str, Any], corrections: Iterable[Mapping[str, Any]]) -> Json:
    """Return a text after corrections, with identifiers and depths made anew; without any it is as it was read.

    Raises `CorrectionError` for the first correction that does not fit.
    """
    corrections = list(corrections)
    if not corrections:
        return dict(parsed)
    if len(corrections) > MAX_CORRECTIONS:
        raise CorrectionError("too_many", limit=MAX_CORRECTIONS)
    text = dict(parsed)
    for key in ("nodes", "left_out", "symbols", "findings"):
        text[key] = [dict(each) for each in parsed[key]]
    for place, node in enumerate(text["nodes"]):
        node["key"] = str(place)
    # Symbols name their clause by its place while clauses change, by its identifier again in the end.
    places = {node["eid"]: place for place, node in enumerate(text["nodes"])}
    for symbol in text["symbols"]:
        symbol["node"] = places.get(symbol["node"])
    for correction in corrections:
        _do(text, correction)
    identify_nodes(text)
    for symbol in text["symbols"]:
        symbol["node"] = None if symbol["node"] is None else text["nodes"][symbol["node"]]["eid"]
    return text


def _do(text: Json, correction: Mapping[str, Any]) -> None:
    act = _ACTS.get(str(correction.get("op", "")))
    if act is None:
        raise CorrectionError("unknown", what=str(correction.get("op", ""))[:40])
    act(text, correction)


def _place(text: Json, correction: Mapping[str, Any]) -> int:
    place = correction.get("node")
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(text["nodes"]):
        raise CorrectionError("no_node", number=str(place)[:20])
    return place


def _relabel(text: Json, correction: Mapping[str, Any]) -> None:
    node = text["nodes"][_place(text, correction)]
    label = " ".join(str(correction.get("label", "")).split())
    if len(label) > MAX_LABEL_LENGTH:
        raise CorrectionError("label_too_long", limit=MAX_LABEL_LENGTH)
    if label and not eid_number(label):
        raise CorrectionError("label_invalid")
    node["label"] = label


def _rekind(text: Json, correction: Mapping[str, Any]) -> None:
    node = text["nodes"][_place(text, correction)]
    kind = str(correction.get("kind", ""))
    if kind not in ELEMENT_REFS:
        raise CorrectionError("kind_unknown", kind=kind[:40])
    node["kind"] = kind


def _split(text: Json, correction: Mapping[str, Any]) -> None:
    place, at = _place(text, correction), correction.get("at")
    node = text["nodes"][place]
    words: str = node["text"]
    if not isinstance(at, int) or isinstance(at, bool) or not words[: max(at, 0)].strip() or not words[at:].strip():
        raise CorrectionError("split_outside")
    first, second = words[:at].rstrip(), words[at:]
    dropped = len(second) - len(second.lstrip())
    start = at + dropped
    lines = _lines_of(node)
    # A label or heading on lines of its own stands before those of the text.
    head = max(0, len(lines) - words.count("\n") - 1)
    at_line = head + words.count("\n", 0, start)
    # The line that is split stays with the first part; the second has those that begin in it.
    own = min(at_line + (start > 0 and words[start - 1] != "\n"), len(lines))
    notes = node.get("notes", [])
    behind = [note for note in notes if not note["is_in_heading"] and note["position"] > start]
    node.update(text=first)
    _set_notes(node, [note for note in notes if note not in behind])
    new: Json = {
        **node,
        "label": "",
        "printed": "",
        "heading": "",
        "is_bracketed": False,
        "text": second.lstrip(),
    }
    new.pop("aligned", None)
    new.pop("aligned_key", None)
    new["key"] = _free_key(text, node["key"])
    new["source_lines"] = lines[own:]
    node["source_lines"] = lines[:own]
    _set_notes(new, [{**note, "position": note["position"] - start} for note in behind])
    for each in (node, new):
        each["source_lines"] = sorted({*each["source_lines"], *_note_lines(each)})
    text["nodes"].insert(place + 1, new)
    for symbol in text["symbols"]:
        if symbol["node"] == place and symbol["place"] == "text" and symbol["position"] >= start:
            symbol.update(node=place + 1, position=symbol["position"] - start)
        elif symbol["node"] is not None and symbol["node"] > place:
            symbol["node"] += 1


def _free_key(text: Json, key: str) -> str:
    """Return a key that no clause has: a clause keeps its key whatever is corrected around it."""
    taken = {node["key"] for node in text["nodes"]}
    return next(each for number in count(2) if (each := f"{key}.{number}") not in taken)


def _join(text: Json, correction: Mapping[str, Any]) -> None:
    place = _place(text, correction)
    if place == 0:
        raise CorrectionError("nothing_before")
    node, before = text["nodes"][place], text["nodes"][place - 1]
    # A label that was read as one is a word of the text again.
    lead = " ".join(filter(None, (node["printed"], node["heading"])))
    lead = f"{lead}{' ' if lead and node['text'] else ''}"
    heading_at = len(node["printed"]) + bool(node["printed"] and node["heading"])
    # A clause without a text of its own, such as an article that only heads others, begins it here.
    joint = _joint(text, correction) if before["text"] else ""
    shift = len(before["text"]) + len(joint)
    before["text"] += joint + lead + node["text"]
    moved = [
        {
            **note,
            "is_in_heading": False,
            "position": note["position"] + shift + (heading_at if note["is_in_heading"] else len(lead)),
        }
        for note in node.get("notes", [])
    ]
    _set_notes(before, [*before.get("notes", []), *moved])
    before["source_lines"] = sorted({*before["source_lines"], *node["source_lines"]})
    for symbol in text["symbols"]:
        if symbol["node"] == place:
            if symbol["place"] == "text":
                symbol["position"] += shift + len(lead)
            elif symbol["place"] == "heading":
                symbol.update(place="text", position=symbol["position"] + shift + heading_at)
            symbol["node"] = place - 1
    _remove(text, place, shift=before["depth"] - node["depth"])


def _joint(text: Json, correction: Mapping[str, Any]) -> str:
    if correction.get("with", "line") != "space":
        return "\n"
    return "" if text["language"] == "zh" else " "


def _leave_out(text: Json, correction: Mapping[str, Any]) -> None:
    place = _place(text, correction)
    node = text["nodes"][place]
    words = [
        *" ".join(filter(None, (node["printed"], node["heading"]))).split("\n"),
        *node["text"].split("\n"),
        *(f"{note['label']} {note['text']}" for note in node.get("notes", [])),
    ]
    pieces = [each for each in words if each]
    lines = node["source_lines"] or [0]
    for index, line in enumerate(lines):
        last = index == len(lines) - 1
        own = pieces[index:] if last else pieces[index : index + 1]
        text["left_out"].append({"line": line, "text": "\n".join(own), "reason": "by_hand", "like": _shape(node)})
    text["left_out"].sort(key=lambda each: each["line"])
    for symbol in text["symbols"]:
        if symbol["node"] == place:
            symbol.update(node=None, place="left_out")
    _remove(text, place, shift=-1)


def _shape(node: Mapping[str, Any]) -> Json:
    return {key: node[key] for key in ("kind", "depth")}


def _remove(text: Json, place: int, *, shift: int) -> None:
    """Take a node away; what stood in it moves by some levels."""
    for node in _below(text["nodes"], place):
        node["depth"] = max(0, node["depth"] + shift)
    del text["nodes"][place]
    level(text["nodes"])
    for symbol in text["symbols"]:
        if symbol["node"] is not None and symbol["node"] > place:
            symbol["node"] -= 1


def _take_in(text: Json, correction: Mapping[str, Any]) -> None:
    number = correction.get("line")
    lines = [each for each in text["left_out"] if each["line"] == number]
    if not lines:
        raise CorrectionError("no_line", number=str(number)[:20])
    words = "\n".join(each["text"] for each in lines if each["text"].strip()).strip()
    if not words:
        raise CorrectionError("no_words_on_line", number=str(number)[:20])
    text["left_out"] = [each for each in text["left_out"] if each["line"] != number]
    place = sum(1 for node in text["nodes"] if node["source_lines"] and min(node["source_lines"]) < lines[0]["line"])
    beside = text["nodes"][place - 1] if place else {"kind": "paragraph", "depth": 0}
    like = lines[0].get("like", beside)
    node: Json = {
        "kind": like["kind"],
        "label": "",
        "depth": like["depth"],
        "eid": "",
        "heading": "",
        "text": words,
        "source_lines": [lines[0]["line"]],
        "printed": "",
        "is_bracketed": False,
        "key": _free_key(text, f"line-{lines[0]['line']}"),
    }
    text["nodes"].insert(place, node)
    level(text["nodes"])
    for symbol in text["symbols"]:
        if symbol["node"] is not None and symbol["node"] >= place:
            symbol["node"] += 1


def _indent(text: Json, correction: Mapping[str, Any]) -> None:
    place = _place(text, correction)
    nodes = text["nodes"]
    if place == 0 or nodes[place - 1]["depth"] < nodes[place]["depth"]:
        raise CorrectionError("too_deep")
    for node in [nodes[place], *_below(nodes, place)]:
        node["depth"] += 1


def _outdent(text: Json, correction: Mapping[str, Any]) -> None:
    place = _place(text, correction)
    nodes = text["nodes"]
    if nodes[place]["depth"] == 0:
        raise CorrectionError("at_top")
    for node in [nodes[place], *_below(nodes, place)]:
        node["depth"] -= 1


def _choose_symbol(text: Json, correction: Mapping[str, Any]) -> None:
    place, value = correction.get("symbol"), str(correction.get("value", ""))
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(text["symbols"]):
        raise CorrectionError("no_symbol", number=str(place)[:20])
    symbol = text["symbols"][place]
    candidates = symbol.get("candidates") or [symbol["symbol"]]
    if value and value not in candidates:
        raise CorrectionError("not_a_candidate", value=value[:60])
    symbol["candidates"] = candidates
    symbol.pop("symbol", None)
    if value:
        symbol["symbol"] = value


def _align(text: Json, correction: Mapping[str, Any]) -> None:
    node = text["nodes"][_place(text, correction)]
    eid = str(correction.get("with", ""))
    if eid and not is_eid(eid):
        raise CorrectionError("not_an_eid", eid=eid[:40])
    node["aligned"] = eid
    node.pop("aligned_key", None)
    if "with_key" in correction:
        node["aligned_key"] = correction["with_key"]


_ACTS: Final[dict[str, Callable[[Json, Mapping[str, Any]], None]]] = {
    "relabel": _relabel,
    "rekind": _rekind,
    "split": _split,
    "join": _join,
    "indent": _indent,
    "outdent": _outdent,
    "leave_out": _leave_out,
    "take_in": _take_in,
    "choose_symbol": _choose_symbol,
    "align": _align,
}

OPERATIONS: Final = tuple(_ACTS)
"""What can be corrected."""


def _below(nodes: list[Json], place: int) -> list[Json]:
    """Return what stands in a node."""
    below = []
    for node in nodes[place + 1 :]:
        if node["depth"] <= nodes[place]["depth"]:
            break
        below.append(node)
    return below


def _note_lines(node: Mapping[str, Any]) -> list[int]:
    return [line for note in node.get("notes", []) for line in note["source_lines"]]


def _lines_of(node: Mapping[str, Any]) -> list[int]:
    """Return the lines of a node's words, without those of its notes."""
    notes = set(_note_lines(node))
    return [line for line in node["source_lines"] if line not in notes]


def _set_notes(node: Json, notes: list[Json]) -> None:
    node.pop("notes", None)
    if notes:
        node["notes"] = notes
