"""Which of the six official languages a text is written in, by its script and its commonest words."""

import re
from collections import Counter
from typing import Final

_SAMPLE: Final = 20_000
_SCRIPTS: Final = {
    "ar": re.compile("[\u0620-\u064a]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
# A Chinese character carries about as much as three letters.
_WEIGHT: Final = {"zh": 3}
_MIN_HITS: Final = 4
_LEAD: Final = 1.5
_LATIN: Final = re.compile("[A-Za-zÀ-ÿ]")
_WORD: Final = re.compile("[a-zà-ÿ]+")
_COMMON: Final = {
    "en": frozenset(
        {"the", "of", "and", "to", "in", "shall", "that", "their", "with", "by", "every", "or", "is", "has"}
    ),
    "fr": frozenset(
        {"le", "les", "des", "du", "et", "à", "au", "aux", "dans", "une", "est", "qui", "ou", "sont", "l", "d"}
    ),
    "es": frozenset({"el", "los", "las", "del", "y", "en", "una", "por", "con", "para", "que", "al", "su", "sus", "o"}),
}


def guess_language(text: str) -> str | None:
    """Return the code of the language a text seems to be in, `None` if too little speaks for any.

    Languages in Latin letters are told apart by small words, of which at least a few must be there, and clearly most of
    one language.
    """
    sample = text[:_SAMPLE]
    scripts = {code: len(pattern.findall(sample)) * _WEIGHT.get(code, 1) for code, pattern in _SCRIPTS.items()}
    script, letters = max(scripts.items(), key=lambda item: item[1])
    latin = len(_LATIN.findall(sample))
    if letters > latin:
        return script
    if not latin:
        return None
    words = Counter(_WORD.findall(sample.lower()))
    hits = {code: sum(words[word] for word in common) for code, common in _COMMON.items()}
    ranked = sorted(hits.items(), key=lambda item: item[1], reverse=True)
    (best, count), (_, second) = ranked[0], ranked[1]
    return best if count >= _MIN_HITS and count > _LEAD * second else None
