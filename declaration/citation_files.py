"""Citations for reference managers: BibTeX, RIS and CSL-JSON of a published draft, or of a clause of it.

A draft is cited as a report of the body whose document it is; without one it names no author. What is for demonstration
says so in its note. Formats: BibTeX as BibLaTeX and Zotero read it (UTF-8), RIS as Research Information Systems specified
it in 2011, CSL-JSON by the schema of the Citation Style Language 1.0.2.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from declaration.languages import active_text_language
from declaration.models import Clause, Draft
from declaration.outline import name_clause


@dataclass(frozen=True)
class Reference:
    """What is cited, in the language of the page. `part` is the clause, empty for the whole draft."""

    key: str
    title: str
    part: str
    author: str
    number: str
    date: dt.date
    address: str
    note: str
    language: str


@dataclass(frozen=True)
class CitationFormat:
    """A format for reference managers: its name, its media type, the ending of its files, and what writes it."""

    name: str
    content_type: str
    ending: str
    write: Callable[[Reference], str]


def make_reference(draft: Draft, address: str, clause: Clause | None = None) -> Reference:
    """Return how a published draft, or a clause of it, is cited. `address` is the permanent address of its page."""
    document = draft.document
    moment = draft.published_at or dt.datetime.now(dt.UTC)
    title = _("%(title)s, draft %(number)d: %(name)s") % {
        "title": draft.declaration.title,
        "number": draft.ordinal,
        "name": draft.name,
    }
    return Reference(
        key=f"{draft.declaration.slug}-draft-{draft.ordinal}" + (f"-{clause.eid}" if clause else ""),
        title=title,
        part=name_clause(clause) if clause else "",
        author=str(document.organ.name) if document and document.organ and not draft.is_illustrative else "",
        number=(document.symbol or "") if document else "",
        date=moment.astimezone(dt.UTC).date(),
        address=address,
        note=_("illustrative text") if draft.is_illustrative else "",
        language=active_text_language(),
    )


# BibTeX

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


def write_bibtex(reference: Reference) -> str:
    """Return an entry of BibTeX. Characters with a meaning in TeX are escaped; the address stands as it is."""
    entry = "incollection" if reference.part else "techreport"
    fields = {
        "title": f"{{{_tex(reference.part or reference.title)}}}",
        "booktitle": f"{{{_tex(reference.title)}}}" if reference.part else "",
        "author": f"{{{_tex(reference.author)}}}" if reference.author else "",
        "institution": f"{{{_tex(reference.author)}}}" if reference.author and not reference.part else "",
        "number": _tex(reference.number),
        "type": "draft",
        "date": reference.date.isoformat(),
        "year": str(reference.date.year),
        "url": reference.address.translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"}),
        "note": _tex(reference.note),
        "langid": _BABEL_NAMES[reference.language],
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{entry}{{{re.sub(r'[^A-Za-z0-9-]', '-', reference.key)},\n" + ",\n".join(lines) + "\n}\n"


_BABEL_NAMES: Final = {
    "en": "british",
    "ar": "arabic",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "zh": "chinese",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


# RIS


def write_ris(reference: Reference) -> str:
    """Return a record of RIS, its lines ended by carriage return and line feed as the format demands."""
    lines = [
        ("TY", "CHAP" if reference.part else "RPRT"),
        ("TI", reference.part or reference.title),
        ("T2", reference.title if reference.part else ""),
        ("AU", f"{reference.author}," if reference.author else ""),
        ("PY", str(reference.date.year)),
        ("DA", reference.date.strftime("%Y/%m/%d")),
        ("M1", reference.number),
        ("UR", reference.address),
        ("LA", reference.language),
        ("N1", reference.note),
        ("ID", reference.key),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


# CSL-JSON


def write_csl(reference: Reference) -> str:
    """Return a list with one item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "chapter" if reference.part else "report",
        "title": _line(reference.part or reference.title),
        "issued": {"date-parts": [[reference.date.year, reference.date.month, reference.date.day]]},
        "URL": reference.address,
        "language": reference.language,
    }
    optional = {
        "container-title": _line(reference.title) if reference.part else "",
        "number": reference.number,
        "note": reference.note,
    }
    item |= {name: value for name, value in optional.items() if value}
    if reference.author:
        item["author"] = [{"literal": _line(reference.author)}]
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    """Return a text on one line: a line of its own would be another field."""
    return " ".join(text.split())


CITATION_FORMATS: Final[Mapping[str, CitationFormat]] = {
    "bibtex": CitationFormat("BibTeX", "application/x-bibtex; charset=utf-8", "bib", write_bibtex),
    "ris": CitationFormat("RIS", "application/x-research-info-systems; charset=utf-8", "ris", write_ris),
    "csl": CitationFormat("CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", "json", write_csl),
}
"""By the word that addresses have."""
