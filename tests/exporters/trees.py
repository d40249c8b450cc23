"""Trees of clauses as drafts that are read: what the exporters take, without a database."""

import datetime as dt

from declaration.exporters.reading import DraftReading, Row, Words
from declaration.models import Clause, Declaration, Draft
from declaration.text.parser import parse
from declaration.text.printer import PrintStyle, print_text
from tests.declaration.text.trees import shape_of

TITLES = {
    "en": "Declaration on rivers",
    "ar": "إعلان بشأن الأنهار",
    "fr": "Déclaration sur les fleuves",
    "es": "Declaración sobre los ríos",
    "ru": "Декларация о реках",
    "zh": "河流宣言",
}


def reading_of(columns, *, footnotes=None, **fields):
    """A draft's reading from {language: samples}, all of the same shape; `footnotes` are {(language, index): [note]}."""
    languages = tuple(columns)
    declaration = Declaration(slug="rivers", title=TITLES)
    values = {
        "ordinal": 7,
        "name": {"en": "Zero draft", "ar": "المسودة الأولية"},
        "stage": Draft.Stage.ZERO,
        "status": Draft.Status.PUBLISHED,
        "published_at": dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC),
        "languages": list(languages),
    }
    draft = Draft(pk=1, declaration=declaration, **values | fields)
    first = columns[languages[0]]
    eids = _eids(first, languages[0])
    rows, path = [], []
    for index, sample in enumerate(first):
        path = path[: sample.depth]
        clause = Clause(
            pk=index + 1,
            draft=draft,
            kind=sample.kind,
            label=sample.label,
            position=index,
            eid=eids[index],
            wid=eids[index],
            parent_id=path[-1] if path else None,
        )
        path.append(clause.pk)
        words = {
            language: Words(
                kind=sample.kind,
                label=sample.label,
                depth=sample.depth,
                language=language,
                heading=columns[language][index].heading,
                text=columns[language][index].text,
                footnotes=tuple((footnotes or {}).get((language, index), ())),
                authenticity="official",
                eid=eids[index],
            )
            for language in languages
        }
        rows.append(Row(clause, sample.depth, words))
    return DraftReading(draft, languages, rows, address="https://example.org/en/drafts/7/")


def _eids(samples, language):
    """Identifiers as the importer gives them; distinct ones where a text is not read back alike."""
    if not samples:
        return []
    nodes = parse(print_text(samples, language, style=PrintStyle(indent=2)), language=language).nodes
    if [shape_of(node)[:3] for node in nodes] == [sample.shape[:3] for sample in samples]:
        return [node.eid for node in nodes]
    return [f"sec_{index}" for index, _sample in enumerate(samples, start=1)]
