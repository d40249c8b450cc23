"""What each correction does on the workbench."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from declaration.text.corrections.bench import Bench, Piece
from declaration.text.corrections.errors import CorrectionError
from declaration.text.parser.clauses import MAX_HEADING_LENGTH

_CONTAINERS: Final = frozenset({"preamble", "part", "section", "annex", "article"})


def relabel(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Give a clause another number."""
    bench.pieces[place].label = correction["label"]


def rekind(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Give a clause another kind."""
    bench.pieces[place].kind = correction["kind"]


def split(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Make the end of a clause's text a clause of its own, which what stands below goes with."""
    piece, at = bench.pieces[place], correction["at"]
    if not 0 < at < len(piece.text) or not piece.text[:at].strip() or not piece.text[at:].strip():
        raise CorrectionError("split_outside")
    for symbol in piece.symbols:
        if symbol["place"] == "text" and symbol["position"] < at < symbol["position"] + len(symbol["as_printed"]):
            raise CorrectionError("split_in_symbol", symbol=symbol["as_printed"])
    before, behind = piece.text[:at].rstrip(), piece.text[at:].lstrip()
    start = len(piece.text) - len(behind)
    rest = Piece(bench.new_key(piece.key), "", piece.kind, correction.get("label", ""), piece.depth, text=behind)
    first_lines, rest_lines = _divide_lines(piece, at)
    # A note's call stands behind its word, a symbol begins where it is.
    rest.notes = [note for note in piece.notes if not note["is_in_heading"] and note["position"] > at]
    rest.symbols = [each for each in piece.symbols if each["place"] == "text" and each["position"] >= at]
    rest_notes = {id(note) for note in rest.notes}
    moved_symbols = {id(symbol) for symbol in rest.symbols}
    for symbol in piece.symbols:
        if symbol["place"] == "note" and any(symbol["as_printed"] in note["text"] for note in rest.notes):
            rest.symbols.append(symbol)
            moved_symbols.add(id(symbol))
    piece.notes = [note for note in piece.notes if id(note) not in rest_notes]
    piece.symbols = [symbol for symbol in piece.symbols if id(symbol) not in moved_symbols]
    piece.text = before
    for note in piece.notes:
        note["position"] = note["position"] if note["is_in_heading"] else min(note["position"], len(before))
    for each in (*rest.notes, *(symbol for symbol in rest.symbols if symbol["place"] == "text")):
        each["position"] = max(0, each["position"] - start)
    piece.lines = [*first_lines, *sorted(piece.note_lines)]
    rest.lines = [*rest_lines, *sorted(rest.note_lines)]
    bench.insert(place + 1, rest)


def _divide_lines(piece: Piece, at: int) -> tuple[list[int], list[int]]:
    """Return the source lines before and behind a place of the text; a line that is cut, or in doubt, is on both sides."""
    notes = piece.note_lines
    own = [number for number in piece.lines if number not in notes]
    by_text = piece.lines_of_texts()
    if by_text is None:
        return own, list(own)
    cut = piece.text[: len(piece.text) - len(piece.text[at:].lstrip())].rstrip().count("\n")
    head = own[: len(own) - len(by_text)]
    last = piece.text[: len(piece.text) - len(piece.text[at:].lstrip())].count("\n")
    return (
        head + [number for numbers in by_text[: cut + 1] for number in numbers],
        [number for numbers in by_text[last:] for number in numbers],
    )


def join(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Put a clause's words, its printed number among them, at the end of the clause before it."""
    if place == 0:
        raise CorrectionError("nothing_before")
    before, piece = bench.pieces[place - 1], bench.pieces[place]
    end = bench.end_below(place)
    bench.shift(place + 1, end, before.depth - piece.depth)
    _append(before, piece, _joint(bench, correction))
    before.lines = _merged(before.lines, piece.lines)
    del bench.pieces[place]
    bench.settle(before)


def _joint(bench: Bench, correction: Mapping[str, Any]) -> str:
    if correction.get("with", "line") == "line":
        return "\n"
    return "" if bench.language == "zh" else " "


def _append(target: Piece, piece: Piece, joint: str) -> None:
    """Put all words of a piece at the end of another one's text, with its notes and symbols."""
    head = " ".join(filter(None, (piece.printed, piece.heading)))
    seam = ("\n" if piece.heading else " ") if head and piece.text else ""
    words = head + seam + piece.text
    start = len(target.text) + len(joint) if target.text and words else len(target.text)
    offsets = {True: start + len(head) - len(piece.heading), False: start + len(head) + len(seam)}
    target.text += (joint if target.text and words else "") + words
    for note in piece.notes:
        note["position"] += offsets[note["is_in_heading"]]
        note["is_in_heading"] = False
    for symbol in piece.symbols:
        if symbol["place"] != "note":
            symbol["position"] += offsets[symbol["place"] == "heading"]
            symbol["place"] = "text"
    target.notes += piece.notes
    target.symbols += piece.symbols


def _merged(before: list[int], behind: list[int]) -> list[int]:
    return list(dict.fromkeys([*before, *behind]))


def indent(bench: Bench, place: int, _correction: Mapping[str, Any]) -> None:
    """Put a clause with all below it one level deeper: below the one before it on its level."""
    piece = bench.pieces[place]
    if place == 0 or bench.pieces[place - 1].depth < piece.depth:
        raise CorrectionError("cannot_indent")
    bench.shift(place, bench.end_below(place), 1)


def outdent(bench: Bench, place: int, _correction: Mapping[str, Any]) -> None:
    """Put a clause with all below it one level higher; those that followed it on its level come to stand below it."""
    if bench.pieces[place].depth == 0:
        raise CorrectionError("cannot_outdent")
    bench.shift(place, bench.end_below(place), -1)


def to_heading(bench: Bench, place: int, _correction: Mapping[str, Any]) -> None:
    """Make the first line of a clause's text its heading, or the end of it."""
    piece = bench.pieces[place]
    if not piece.text:
        raise CorrectionError("no_text")
    line = piece.text.partition("\n")[0]
    joint = " " if piece.heading else ""
    offset = len(piece.heading) + len(joint)
    if offset + len(line) > MAX_HEADING_LENGTH:
        raise CorrectionError("heading_too_long", limit=MAX_HEADING_LENGTH)
    _move_places(piece, from_heading=False, up_to=len(line), offset=offset)
    piece.heading += joint + line
    piece.text = piece.text[len(line) + 1 :]


def to_text(bench: Bench, place: int, _correction: Mapping[str, Any]) -> None:
    """Make a clause's heading the first line of its text."""
    piece = bench.pieces[place]
    if not piece.heading:
        raise CorrectionError("no_heading")
    offset = len(piece.heading) + bool(piece.text)
    for each in _places(piece, in_heading=False):
        each["position"] += offset
    _move_places(piece, from_heading=True, up_to=len(piece.heading), offset=0)
    piece.text = "\n".join(filter(None, (piece.heading, piece.text)))
    piece.heading = ""


def _places(piece: Piece, *, in_heading: bool) -> list[dict[str, Any]]:
    name = "heading" if in_heading else "text"
    return [
        *(note for note in piece.notes if note["is_in_heading"] == in_heading),
        *(symbol for symbol in piece.symbols if symbol["place"] == name),
    ]


def _move_places(piece: Piece, *, from_heading: bool, up_to: int, offset: int) -> None:
    """Move what stands in the first characters from the text to the heading or back; what follows moves up."""
    for each in _places(piece, in_heading=from_heading):
        is_symbol = "place" in each
        if each["position"] < up_to or (not is_symbol and each["position"] == up_to):
            each["position"] += offset
            if is_symbol:
                each["place"] = "text" if from_heading else "heading"
            else:
                each["is_in_heading"] = not from_heading
        else:
            each["position"] = max(0, each["position"] - up_to - 1)


def leave_out(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Put a clause among what is left out; what stands below it goes one level up, or with it."""
    end = bench.end_below(place)
    if correction.get("with_below"):
        gone = bench.pieces[place:end]
        del bench.pieces[place:end]
    else:
        gone = [bench.pieces[place]]
        bench.shift(place + 1, end, -1)
        del bench.pieces[place]
    kept = {number for piece in bench.pieces for number in piece.lines}
    for piece in gone:
        bench.settle(piece)
        bench.left_out += _as_left_out(piece, correction["reason"], kept)
    bench.left_out.sort(key=lambda out: out["line"])


def _as_left_out(piece: Piece, reason: str, kept: set[int]) -> list[dict[str, Any]]:
    """Return a piece as lines that are left out: each with its words where they can be told, else all with the first."""
    notes = piece.note_lines
    own = [number for number in piece.lines if number not in notes]
    by_text = piece.lines_of_texts()
    head = " ".join(filter(None, (piece.printed, piece.heading)))
    texts: dict[int, list[str]] = {number: [] for number in own}
    first = own[0] if own else 0
    texts.setdefault(first, [])
    if head:
        texts[first].append(head)
    for index, text in enumerate(piece.text.split("\n") if piece.text else ()):
        texts[by_text[index][0] if by_text else first].append(text)
    out = [
        {"line": number, "text": " ".join(words), "reason": reason}
        for number, words in texts.items()
        if words or number not in kept
    ]
    for note in piece.notes:
        numbers = note["source_lines"] or [first]
        out.append({"line": numbers[0], "text": note["text"], "reason": reason})
        out += [{"line": number, "text": "", "reason": reason} for number in numbers[1:]]
    return out


def take_in(bench: Bench, correction: Mapping[str, Any]) -> None:
    """Put a line that was left out into the tree: as a clause of its own, or at the end of a clause's text or heading."""
    entry = _entry(bench, correction)
    words = entry["text"].strip()
    way = correction.get("as", "node")
    place = _place_for(bench, correction)
    piece = Piece(f"l{entry['line']}", "", "paragraph", correction.get("label", ""), 0, text=words)
    piece.lines = [entry["line"]]
    while any(piece.key == each.key for each in bench.pieces):
        piece.key = bench.new_key(f"l{entry['line']}")
    if way == "node":
        if place is not None:
            before = bench.pieces[place]
            piece.kind = before.kind if before.kind not in _CONTAINERS else "paragraph"
            piece.depth = before.depth + (before.kind in _CONTAINERS and bench.end_below(place) > place + 1)
        piece.kind = correction.get("kind", piece.kind)
        bench.insert(0 if place is None else place + 1, piece)
    else:
        if place is None:
            raise CorrectionError("nothing_before")
        _extend(bench.pieces[place], piece, way)
    bench.left_out.remove(entry)
    bench.settle(piece)


def _extend(target: Piece, piece: Piece, way: str) -> None:
    if way == "heading":
        joint = " " if target.heading else ""
        if len(target.heading) + len(joint) + len(piece.text) > MAX_HEADING_LENGTH:
            raise CorrectionError("heading_too_long", limit=MAX_HEADING_LENGTH)
        target.heading += joint + piece.text
    else:
        _append(target, piece, "\n")
    target.lines = _merged(target.lines, piece.lines)


def _entry(bench: Bench, correction: Mapping[str, Any]) -> dict[str, Any]:
    line, index = correction["line"], correction.get("entry")
    if index is None:
        found = [out for out in bench.left_out if out["line"] == line and out["text"].strip()]
    else:
        found = bench.left_out[index : index + 1] if index >= 0 else []
        found = [out for out in found if out["line"] == line and out["text"].strip()]
    if not found:
        raise CorrectionError("line_unknown", line=line)
    return found[0]


def _place_for(bench: Bench, correction: Mapping[str, Any]) -> int | None:
    """Return the place of the clause that a line follows; `None` where it comes first."""
    if "after" in correction:
        return bench.find(correction["after"]) if correction["after"] else None
    before = [index for index, piece in enumerate(bench.pieces) if piece.lines and piece.lines[0] < correction["line"]]
    return before[-1] if before else None


def choose_symbol(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Settle which symbol a citation means."""
    for symbol in bench.pieces[place].symbols:
        if (symbol["place"], symbol["position"]) != (correction["place"], correction["position"]):
            continue
        candidates = symbol.get("candidates") or [symbol.get("symbol")]
        if correction["symbol"] not in candidates:
            raise CorrectionError("symbol_no_candidate", symbol=correction["symbol"])
        symbol["symbol"] = correction["symbol"]
        symbol["basis"] = "chosen"
        return
    raise CorrectionError("symbol_unknown")


def align(bench: Bench, place: int, correction: Mapping[str, Any]) -> None:
    """Say which clause of the first language a clause goes with."""
    wanted = correction["with"]
    if wanted:
        for piece in bench.pieces:
            if piece.aligned_with == wanted:
                piece.aligned_with = None
    bench.pieces[place].aligned_with = wanted


MOVES: Final[Mapping[str, Callable[[Bench, int, Mapping[str, Any]], None]]] = {
    "relabel": relabel,
    "rekind": rekind,
    "split": split,
    "join": join,
    "indent": indent,
    "outdent": outdent,
    "to_heading": to_heading,
    "to_text": to_text,
    "leave_out": leave_out,
    "choose_symbol": choose_symbol,
    "align": align,
}
"""What each correction of a clause does; taking in a line is about none."""
