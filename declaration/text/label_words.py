"""The words and marks that surround a clause's number, in the six official languages.

They follow the usage of United Nations documents: the Universal Declaration, the resolutions of the Human Rights Council
and reports of special procedures, each as printed in its language.
"""

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("en", "ar", "fr", "es", "ru", "zh")

PRINTED: Final[Mapping[str, Mapping[str, str]]] = {
    "part": {
        "en": "Part {}",
        "ar": "الجزء {}",
        "fr": "Partie {}",
        "es": "Parte {}",
        "ru": "Часть {}",
        "zh": "第{}部分",
    },
    "section": {"en": "{}.", "ar": "{} -", "fr": "{}.", "es": "{}.", "ru": "{}.", "zh": "{}、"},
    "article": {
        "en": "Article {}",
        "ar": "المادة {}",
        "fr": "Article {}",
        "es": "Artículo {}",
        "ru": "Статья {}",
        "zh": "第{}条",
    },
    "operative_paragraph": {"en": "{}.", "ar": "{} -", "fr": "{}.", "es": "{}.", "ru": "{}.", "zh": "{}."},
    "paragraph": {"en": "{}.", "ar": "{} -", "fr": "{}.", "es": "{}.", "ru": "{}.", "zh": "{}."},
    "subparagraph": {"en": "({})", "ar": "({})", "fr": "{})", "es": "{})", "ru": "{})", "zh": "({})"},
    "item": {"en": "({})", "ar": "‘{}’", "fr": "{})", "es": "{})", "ru": "{})", "zh": "({})"},
    "annex": {
        "en": "Annex {}",
        "ar": "المرفق {}",
        "fr": "Annexe {}",
        "es": "Anexo {}",
        "ru": "Приложение {}",
        "zh": "附件{}",
    },
}
"""How the number of each kind of clause is printed; a preambular paragraph has none."""

UNNUMBERED: Final[Mapping[str, Mapping[str, str]]] = {
    "annex": {"en": "Annex", "ar": "المرفق", "fr": "Annexe", "es": "Anexo", "ru": "Приложение", "zh": "附件"},
}
"""The words for clauses that stand alone and have no number."""

LATIN_SUFFIXES: Final = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
"""What follows the number of a clause that was put in after numbering: 53 bis, 53 ter."""

SUFFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": LATIN_SUFFIXES,
    "fr": LATIN_SUFFIXES,
    "es": LATIN_SUFFIXES,
    "ar": (
        "مكررا",
        "مكررا ثانيا",
        "مكررا ثالثا",
        "مكررا رابعا",
        "مكررا خامسا",
        "مكررا سادسا",
        "مكررا سابعا",
        "مكررا ثامنا",
        "مكررا تاسعا",
    ),
    "ru": ("бис", "тер", "кватер", "квинквиес", "сексиес", "септиес", "октиес", "новиес", "дециес"),
    "zh": ("之二", "之三", "之四", "之五", "之六", "之七", "之八", "之九", "之十"),
}
"""The same in each language."""

ALTERNATIVE: Final = "alt"
"""What follows the number of an alternative to a clause, alone or with a number of its own: 3 alt, 3 alt 2, 3 bis alt."""

FIRST_ARTICLE: Final = {"fr": "premier"}
"""French alone prints the first article with an ordinal."""

CITED: Final[Mapping[str, Mapping[str, str]]] = {
    "preamble": {
        "en": "preamble",
        "ar": "الديباجة",
        "fr": "préambule",
        "es": "preámbulo",
        "ru": "преамбула",
        "zh": "序言",
    },
    "preambular_paragraph": {
        "en": "preambular paragraph {}",
        "ar": "الفقرة {} من الديباجة",
        "fr": "alinéa {} du préambule",
        "es": "párrafo {} del preámbulo",
        "ru": "пункт {} преамбулы",
        "zh": "序言部分第{}段",
    },
    "part": {
        "en": "part {}",
        "ar": "الجزء {}",
        "fr": "partie {}",
        "es": "parte {}",
        "ru": "часть {}",
        "zh": "第{}部分",
    },
    "section": {
        "en": "section {}",
        "ar": "الفرع {}",
        "fr": "section {}",
        "es": "sección {}",
        "ru": "раздел {}",
        "zh": "第{}节",
    },
    "article": {
        "en": "article {}",
        "ar": "المادة {}",
        "fr": "article {}",
        "es": "artículo {}",
        "ru": "статья {}",
        "zh": "第{}条",
    },
    "paragraph": {
        "en": "paragraph {}",
        "ar": "الفقرة {}",
        "fr": "paragraphe {}",
        "es": "párrafo {}",
        "ru": "пункт {}",
        "zh": "第{}段",
    },
    "subparagraph": {
        "en": "subparagraph {}",
        "ar": "الفقرة الفرعية {}",
        "fr": "alinéa {}",
        "es": "apartado {}",
        "ru": "подпункт {}",
        "zh": "{}项",
    },
    "item": {
        "en": "item {}",
        "ar": "البند {}",
        "fr": "point {}",
        "es": "inciso {}",
        "ru": "подпункт {}",
        "zh": "{}目",
    },
    "annex": {
        "en": "annex {}",
        "ar": "المرفق {}",
        "fr": "annexe {}",
        "es": "anexo {}",
        "ru": "приложение {}",
        "zh": "附件{}",
    },
}
"""How a clause is named within a sentence, without what it stands in."""

WITHIN: Final[Mapping[str, str]] = {
    "en": "{outer}, {inner}",
    "ar": "{inner} من {outer}",
    "fr": "{outer}, {inner}",
    "es": "{outer}, {inner}",
    "ru": "{inner} {outer}",
    "zh": "{outer}{inner}",
}
"""How a clause and what it stands in are joined."""

RUSSIAN_GENITIVE: Final = {
    "статья": "статьи",
    "приложение": "приложения",
    "часть": "части",
    "раздел": "раздела",
    "пункт": "пункта",
}
"""What a clause stands in takes the genitive in Russian: пункт 1 статьи 3."""

CHINESE_PARAGRAPH_OF_ARTICLE: Final = "第{}款"
"""A paragraph of an article is 款; one that stands by itself is 段."""
