"""A text that was read, as a terminal shows it: the tree, what was left out, what it cites, and what to look at."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from declaration.languages import TEXT_LANGUAGES
from declaration.text.findings import MESSAGES, REASONS
from declaration.text.labels import print_label

_WIDTH: Final = 90


def report_text(parsed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a report on a text, given as `ParsedText.as_json()` has it."""
    language = parsed["language"]
    yield _("%(language)s, %(lines)d lines, %(clauses)d clauses") % {
        "language": TEXT_LANGUAGES[language],
        "lines": parsed["lines_total"],
        "clauses": len(parsed["nodes"]),
    }
    yield ""
    for node in parsed["nodes"]:
        yield _node_line(node, language)
    words_out = [out for out in parsed["left_out"] if out["text"].strip()]
    yield from _section(_("Left out"), (_left_out_line(out) for out in words_out))
    yield from _section(_("Cited"), (_symbol_line(symbol) for symbol in parsed["symbols"]))
    yield from _section(_("To look at"), (_finding_line(finding) for finding in parsed["findings"]))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    shown = list(lines)
    if shown:
        yield ""
        yield title
        yield from (f"  {line}" for line in shown)


def _node_line(node: Mapping[str, Any], language: str) -> str:
    label = node["printed"] or print_label(node["kind"], node["label"], language)
    heading = "" if node["heading"].startswith(label) and label else label
    words = " ".join(" ".join(filter(None, (heading, node["heading"], node["text"]))).split())
    return f"{'  ' * node['depth']}{node['eid']}  {_short(words)}".rstrip()


def _left_out_line(out: Mapping[str, Any]) -> str:
    return f"{out['line']}: {_short(' '.join(out['text'].split()))} ({_(REASONS[out['reason']])})"


def _symbol_line(symbol: Mapping[str, Any]) -> str:
    meant = symbol.get("symbol") or _("in doubt: %(candidates)s") % {
        "candidates": ", ".join(symbol.get("candidates", ())) or "?"
    }
    return f"{symbol['node'] or '-'}: {symbol['as_printed']} → {meant}"


def _finding_line(finding: Mapping[str, Any]) -> str:
    message = _(MESSAGES[finding["code"]]) % finding["params"]
    return f"{finding['line']}: {message}" if finding["line"] else message


def _short(words: str) -> str:
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"
