"""Akoma Ntoso identifiers of clauses (OASIS LegalDocML 1.0, Naming Convention, section 5).

An identifier is a chain of element references, each with a number where it has one: `art_3__para_1__subpara_a`. It says
where a clause stands in one draft, in every language alike. Articles, operative paragraphs and recitals are numbered
through the whole text, so the part or section they stand in is no part of their identifier; an annex starts anew.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

EID_PATTERN: Final = r"^[a-z]+(?:_[0-9A-Za-z.\-]+)?(?:__[a-z]+(?:_[0-9A-Za-z.\-]+)?)*$"
"""A chain of element names, each with its number where it has one: art_3__para_1__subpara_a."""

MAX_EID_LENGTH: Final = 120

_EID: Final = re.compile(EID_PATTERN)

ELEMENT_REFS: Final[dict[str, str]] = {
    "preamble": "preamble",
    "preambular_paragraph": "rec",
    "part": "part",
    "section": "sec",
    "article": "art",
    "operative_paragraph": "para",
    "paragraph": "para",
    "subparagraph": "subpara",
    "item": "item",
    "annex": "att",
}
"""The element reference of each kind of clause, abbreviated as the Naming Convention demands (section 5.4.2)."""

_NUMBERED_THROUGHOUT: Final = frozenset({"preamble", "preambular_paragraph", "article", "operative_paragraph", "part"})
_CONTEXTS: Final = frozenset({"article", "operative_paragraph", "paragraph", "subparagraph", "item"})


@dataclass(frozen=True)
class Step:
    """One clause on the way from the top of a text to a clause.

    `label` is what is printed of its number, without words and marks ("53 bis", "a"). A clause without one is numbered by
    `ordinal`, its place among those of its kind; with neither it must be the only one, as a preamble is.
    """

    kind: str
    label: str = ""
    ordinal: int | None = None

    @property
    def number(self) -> str:
        """The number as an identifier has it: without spaces and marks ("53bis"), empty if there is none."""
        return eid_number(self.label) or ("" if self.ordinal is None else str(self.ordinal))

    @property
    def reference(self) -> str:
        """Element reference and number: `art_53bis`. Raises `ValueError` for a kind that has no element."""
        try:
            reference = ELEMENT_REFS[self.kind]
        except KeyError:
            raise ValueError(f"A clause of kind “{self.kind}” has no Akoma Ntoso element.") from None
        return f"{reference}_{self.number}" if self.number else reference


@lru_cache(maxsize=4096)
def eid_number(label: str) -> str:
    """Return a printed number as identifiers have it: marks around it fall away, those inside become a hyphen.

    "53 bis" → `53bis`, "(a)" → `a`, "2.1" → `2-1`. Characters that identifiers cannot hold fall away.
    """
    joined = re.sub(r"(?<=[0-9A-Za-z])[./-](?=[0-9A-Za-z])", "-", label)
    return re.sub(r"[^0-9A-Za-z-]", "", joined).strip("-")


def make_eid(path: Sequence[Step], *, in_full: bool = False) -> str:
    """Return the identifier of the clause at the end of a path that begins at the top of the text.

    With `in_full` every clause on the path is named, for a text whose numbers begin anew in each part or section.
    Raises `ValueError` for an empty path, a kind without an element, or an identifier that would be too long.
    """
    if not path:
        raise ValueError("An identifier needs a clause.")
    eid = "__".join(step.reference for step in (path if in_full else _in_context(path)))
    if len(eid) > MAX_EID_LENGTH or not _EID.fullmatch(eid):
        raise ValueError(
            f"“{eid[:MAX_EID_LENGTH]}” is no Akoma Ntoso identifier of at most {MAX_EID_LENGTH} characters."
        )
    return eid


def _in_context(path: Sequence[Step]) -> list[Step]:
    """Return the steps that an identifier needs: the clause, what numbers it, and the annex all stand in."""
    annex = next((index for index in reversed(range(len(path) - 1)) if path[index].kind == "annex"), None)
    inside = list(path if annex is None else path[annex + 1 :])
    head = [] if annex is None else [path[annex]]
    if inside[-1].kind in _NUMBERED_THROUGHOUT:
        return [*head, inside[-1]]
    if inside[-1].kind == "section":
        return [*head, *(step for step in inside if step.kind in {"part", "section"})]
    if inside[-1].kind == "annex":
        return [*head, inside[-1]]
    start = next((index for index, step in enumerate(inside) if step.kind in _CONTEXTS | {"preambular_paragraph"}), 0)
    return [*head, *inside[start:]]


def parse_eid(eid: str) -> list[tuple[str, str]]:
    """Return the element references and numbers of an identifier: `[("art", "3"), ("para", "1")]`.

    Raises `ValueError` for a text that is no identifier.
    """
    if len(eid) > MAX_EID_LENGTH or not _EID.fullmatch(eid):
        raise ValueError(f"“{eid[:MAX_EID_LENGTH]}” is no Akoma Ntoso identifier such as art_3__para_1.")
    steps = (step.partition("_") for step in eid.split("__"))
    return [(reference, number) for reference, _, number in steps]


def is_eid(text: str) -> bool:
    """Whether a text has the form of an identifier."""
    return len(text) <= MAX_EID_LENGTH and _EID.fullmatch(text) is not None


def parent_eid(eid: str) -> str:
    """Return the identifier of the clause that gives another its context: all but the last step, empty at the top."""
    return eid.rpartition("__")[0]


def distinct_eid(eid: str, taken: Container[str], *, first: int = 2) -> str:
    """Return the identifier, or for one that is taken already the same with `-2`, `-3` … after it.

    `first` is the first number to try, for a caller that knows the lower ones to be taken.
    """
    if eid not in taken:
        return eid
    separator = "-" if parse_eid(eid)[-1][1] else "_"
    number = first
    while (candidate := f"{eid}{separator}{number}") in taken:
        number += 1
    return candidate
