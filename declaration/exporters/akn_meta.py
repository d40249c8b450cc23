"""What an Akoma Ntoso file says of a draft: names, dates and authors by the rules of AKN4UN (see docs/decisions/0017).

AKN4UN are the guidelines of the United Nations System for Akoma Ntoso (High-Level Committee on Management, Working Group on
Document Standards, https://unsceb-hlcm.github.io/): part 1, "Metadata" and "Naming convention".
"""

import datetime as dt
import re
from typing import Any, Final

from django.utils import timezone
from lxml import etree

from declaration.dates import PartialDate
from declaration.exporters.reading import DraftReading
from declaration.models import Clause, Corrigendum

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
"""The namespace of Akoma Ntoso 1.0 (OASIS LegalDocML); its number is that of the vocabulary."""

OWN: Final = "urn:x-travaux:akn"
"""The namespace of what Akoma Ntoso has no element for: where a clause comes from in the draft before."""

LANGUAGE_CODES: Final = {"en": "eng", "ar": "ara", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho"}
"""ISO 639-2 (terminology) codes, which the Naming Convention demands; a file in two languages is `mul`."""

STATUS_CONCEPTS: Final[dict[str, str]] = {
    Clause.NegotiatingStatus.BRACKETED: "statusBracketed",
    Clause.NegotiatingStatus.AGREED_AD_REFERENDUM: "statusAgreedAdReferendum",
    Clause.NegotiatingStatus.AGREED: "statusAgreed",
}
"""What a clause refers to that is not simply open."""

EDITOR: Final = "#editor"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Add an element of Akoma Ntoso with attributes; an underscore at the end of one's name is left off (`as_`)."""
    element = etree.SubElement(parent, f"{{{AKN}}}{name}")
    for key, value in attributes.items():
        element.set(_XML_LANG if key == "lang" else key.rstrip("_"), value)
    return element


class Metadata:
    """Writes the `meta` of a draft's file and of its annexes."""

    def __init__(self, reading: DraftReading) -> None:
        self._reading = reading
        self._draft = reading.draft
        moment = self._draft.published_at or timezone.now()
        self._date = timezone.localtime(moment, dt.UTC).date().isoformat()
        self._is_mixed = len(reading.languages) > 1
        self.language = "mul" if self._is_mixed else LANGUAGE_CODES[reading.language]
        self.work = f"/akn/un/statement/deliberation/{self._actor}/{self._date}/{self._number}"

    @property
    def _actor(self) -> str:
        """Who speaks: the organ of the draft's document, else the mandate; a text for demonstration speaks for nobody."""
        if self._draft.is_illustrative:
            return "illustrative"
        document = self._draft.document
        if document is not None and document.organ is not None:
            return _part(document.organ.acronym or document.organ.code)
        mandate = self._draft.declaration.mandate
        return _part(mandate.slug) if mandate else "unknown"

    @property
    def _number(self) -> str:
        document = self._draft.document
        return _part(document.symbol) if document and document.symbol else f"draft-{self._draft.ordinal}"

    def write(self, parent: etree._Element, *, component: str = "main") -> None:
        """Write the `meta` of the main text, or of an annex, which refers to what the main one names."""
        meta = add(parent, "meta")
        self._identification(meta, component)
        if component != "main":
            return
        if self._draft.is_published:
            title = self._reading.title(self._reading.language)
            add(meta, "publication", date=self._date, name="website", showAs=title, number=self._number)
        self._lifecycle(meta)
        self._analysis(meta)
        self._references(meta)
        self._notes(meta)

    def _identification(self, meta: etree._Element, component: str) -> None:
        identification = add(meta, "identification", source=EDITOR)
        expression = f"{self.work}/{self.language}@{self._date}"
        event = "publication" if self._draft.is_published else "preparation"
        work = add(identification, "FRBRWork")
        self._core(work, self.work, f"/!{component}", event, "#author")
        add(work, "FRBRcountry", value="un")
        add(work, "FRBRsubtype", value="deliberation")
        add(work, "FRBRnumber", value=self._number)
        add(work, "FRBRname", value=self._reading.title(self._reading.language))
        add(work, "FRBRprescriptive", value="false")
        add(work, "FRBRauthoritative", value="false")
        version = add(identification, "FRBRExpression")
        self._core(version, expression, f"/!{component}", event, "#author")
        add(version, "FRBRversionNumber", value=str(self._draft.ordinal))
        add(version, "FRBRauthoritative", value="false")
        for code in self._reading.languages:
            add(version, "FRBRlanguage", language=LANGUAGE_CODES[code])
        file = add(identification, "FRBRManifestation")
        self._core(file, expression, f"/!{component}", "markup", EDITOR, ending=".akn")
        add(file, "FRBRformat", value="application/akn+xml")

    def _core(
        self, level: etree._Element, uri: str, component: str, event: str, author: str, *, ending: str = ""
    ) -> None:
        add(level, "FRBRthis", value=f"{uri}{component}{ending}")
        add(level, "FRBRuri", value=f"{uri}{ending}")
        add(level, "FRBRdate", date=self._date, name=event)
        add(level, "FRBRauthor", href=author, as_="#author" if author == "#author" else EDITOR)

    def _lifecycle(self, meta: etree._Element) -> None:
        lifecycle = add(meta, "lifecycle", source=EDITOR)
        add(lifecycle, "eventRef", eId="evt_generation", date=self._date, source="#original", type="generation")
        for index, corrigendum in enumerate(self._reading.corrigenda, start=1):
            date = _issued(corrigendum)
            add(lifecycle, "eventRef", eId=f"evt_corr_{index}", date=date, source=f"#corr_{index}", type="amendment")

    def _analysis(self, meta: etree._Element) -> None:
        """Say what corrigenda change, which clauses were renumbered, and what each clause comes from."""
        renumbered = [row.clause for row in self._reading.rows if row.clause.wid != row.clause.eid]
        if not (self._reading.corrigenda or renumbered or self._reading.origins):
            return
        analysis = add(meta, "analysis", source=EDITOR)
        if self._reading.corrigenda:
            changes = add(analysis, "passiveModifications")
            for index, corrigendum in enumerate(self._reading.corrigenda, start=1):
                self._correction(changes, corrigendum, index)
        if renumbered:
            mappings = add(analysis, "mappings", source=EDITOR)
            for index, clause in enumerate(renumbered, start=1):
                attributes = {"original": f"#{clause.wid}", "current": f"#{clause.eid}"}
                add(mappings, "mapping", eId=f"map_{index}", start="#evt_generation", **attributes)
        if self._reading.origins:
            other = add(analysis, "otherAnalysis", source=EDITOR)
            for row in self._reading.rows:
                for descent in self._reading.origins.get(row.clause.pk, ()):
                    origin = etree.SubElement(other, f"{{{OWN}}}origin")
                    origin.set("clause", f"#{row.clause.eid}")
                    origin.set("draft", str(descent.ancestor.draft.ordinal))
                    origin.set("of", descent.ancestor.eid)
                    origin.set("kind", descent.kind)

    def _correction(self, changes: etree._Element, corrigendum: Corrigendum, index: int) -> None:
        change = add(changes, "textualMod", eId=f"pmod_{index}", type="substitution")
        add(change, "source", href=f"#corr_{index}")
        add(change, "destination", href=f"#{corrigendum.clause.eid}")
        words = "\n".join(filter(None, [corrigendum.heading, corrigendum.text]))
        new = add(change, "new", href=f"#note_corr_{index}")
        element = etree.SubElement(new, f"{{{OWN}}}text")
        element.set(_XML_LANG, corrigendum.language)
        element.text = words

    def _references(self, meta: etree._Element) -> None:
        references = add(meta, "references", source=EDITOR)
        title = self._reading.title(self._reading.language)
        add(references, "original", eId="original", href=self.work, showAs=title)
        for index, corrigendum in enumerate(self._reading.corrigenda, start=1):
            symbol = corrigendum.document.symbol if corrigendum.document else ""
            href = f"{self.work}/corr-{index}"
            add(references, "passiveRef", eId=f"corr_{index}", href=href, showAs=symbol or str(corrigendum.reason))
        self._organizations(references)
        for status, concept in STATUS_CONCEPTS.items():
            href = f"/akn/ontology/concept/un/{concept}"
            name = str(Clause.NegotiatingStatus(status).label)
            add(references, "TLCConcept", eId=concept, href=href, showAs=name)

    def _organizations(self, references: etree._Element) -> None:
        document, mandate = self._draft.document, self._draft.declaration.mandate
        author = document.organ.name if document and document.organ else mandate.name if mandate else ""
        if self._draft.is_illustrative or not author:
            author = "Travaux"
        href = f"/akn/ontology/organization/un/{self._actor}"
        add(references, "TLCOrganization", eId="author", href=href, showAs=str(author))
        href = "/akn/ontology/organization/un/travaux"
        add(references, "TLCOrganization", eId="editor", href=href, showAs="Travaux")

    def _notes(self, meta: etree._Element) -> None:
        if not self._reading.corrigenda:
            return
        notes = add(meta, "notes", source=EDITOR)
        for index, corrigendum in enumerate(self._reading.corrigenda, start=1):
            attributes: dict[str, Any] = {"lang": corrigendum.language, "marker": f"Corr.{corrigendum.number}"}
            note = add(notes, "note", eId=f"note_corr_{index}", **attributes)
            for line in (str(corrigendum.reason), corrigendum.heading, *corrigendum.text.split("\n")):
                if line:
                    add(note, "p").text = line


def _issued(corrigendum: Corrigendum) -> str:
    issued = PartialDate.parse(corrigendum.issued_on).earliest
    return (issued or corrigendum.recorded_at.astimezone(dt.UTC).date()).isoformat()


def _part(text: str) -> str:
    """Return a text as one part of an identifier: letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-") or "unknown"
