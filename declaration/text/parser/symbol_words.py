"""How the six languages name organs, resolutions and decisions, in the forms that they take within a sentence."""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Organ(NamedTuple):
    """An organ that adopts resolutions: how their symbols begin, and how it numbers them.

    `forms` are the kinds of number it uses: `session` (23/12), `year` (2005/55), `special` (S-9/1), `roman` (1235 (XLII)),
    `dated` (1325 (2000)). Numbers outside `sessions` and above `most` are not its own.
    """

    code: str
    prefix: str
    forms: frozenset[str]
    sessions: range
    most: int
    is_feminine_in_arabic: bool


ORGANS: Final[Mapping[str, Organ]] = {
    organ.code: organ
    for organ in (
        # The Assembly numbers by session since the 31st (1976); before, by number and session in Roman numerals.
        Organ("ga", "A", frozenset({"session", "special", "roman"}), range(31, 120), 900, is_feminine_in_arabic=True),
        Organ("hrc", "A/HRC", frozenset({"session", "special"}), range(1, 120), 150, is_feminine_in_arabic=False),
        Organ(
            "chr", "E/CN.4", frozenset({"year", "special", "roman"}), range(1946, 2007), 400, is_feminine_in_arabic=True
        ),
        Organ("sub", "E/CN.4/Sub.2", frozenset({"year", "roman"}), range(1946, 2007), 400, is_feminine_in_arabic=True),
        Organ("ecosoc", "E", frozenset({"year", "roman"}), range(1946, 2100), 400, is_feminine_in_arabic=False),
        Organ("sc", "S", frozenset({"dated"}), range(1946, 2100), 9999, is_feminine_in_arabic=False),
    )
}

NAMES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "en": (
        ("sub", r"Sub-?Commission(?! (?:for|of))"),
        ("ga", r"General Assembly"),
        ("hrc", r"Human Rights Council"),
        ("chr", r"Commission on Human Rights(?! of)"),
        ("ecosoc", r"Economic and Social Council"),
        ("sc", r"Security Council"),
        ("council", r"(?:the|The|that|That) Council(?! (?:of|on|for))|Council(?= (?:resolution|decision))"),
        ("assembly", r"(?:the|The) Assembly(?! (?:of|on|for))|Assembly(?= (?:resolution|decision))"),
        ("commission", r"(?:the|The) Commission(?! (?:of|on|for))|Commission(?= (?:resolution|decision))"),
    ),
    "fr": (
        ("sub", r"Sous-Commission"),
        ("ga", r"Assemblée générale"),
        ("hrc", r"Conseil des droits de l[’']homme"),
        ("chr", r"Commission des droits de l[’']homme"),
        ("ecosoc", r"Conseil économique et social"),
        ("sc", r"Conseil de sécurité"),
        ("council", r"(?:[Ll]e|[Dd]u|[Aa]u) Conseil(?! (?:de|des|d[’']|économique|national))"),
        ("assembly", r"[Ll][’']Assemblée(?! (?:des|du|nationale))"),
        ("commission", r"(?:[Ll]a|[Uu]ne) Commission(?! (?:de|des|du|d[’']))"),
    ),
    "es": (
        ("sub", r"Subcomisión"),
        ("ga", r"Asamblea General"),
        ("hrc", r"Consejo de Derechos Humanos"),
        ("chr", r"Comisión de Derechos Humanos"),
        ("ecosoc", r"Consejo Económico y Social"),
        ("sc", r"Consejo de Seguridad"),
        ("council", r"(?:[Ee]l|[Dd]el|[Aa]l) Consejo(?! (?:de|para|Económico|Nacional))"),
        ("assembly", r"[Ll]a Asamblea(?! (?:de|Nacional))"),
        ("commission", r"[Ll]a Comisión(?! (?:de|para|sobre))"),
    ),
    "ru": (
        ("sub", r"Подкомисси\w{0,8}"),
        ("ga", r"Генеральн\w{1,8}\s{1,3}Ассамбле\w{1,8}"),
        ("hrc", r"Совет\w{0,3}\s{1,3}по\s{1,3}правам\s{1,3}человека"),
        ("chr", r"Комисси\w{1,8}\s{1,3}по\s{1,3}правам\s{1,3}человека"),
        ("ecosoc", r"Экономическ\w{1,8}\s{1,3}и\s{1,3}Социальн\w{1,8}\s{1,3}Совет\w{0,3}"),
        ("sc", r"Совет\w{0,3}\s{1,3}Безопасности"),
        ("council", r"(?<!\w)Совет(?:а|у|ом|е)?(?!\w)(?!\s{1,3}(?:по|Европы))"),
        ("assembly", r"(?<!\w)Ассамбле(?:я|и|ю|ей)(?!\w)"),
        ("commission", r"(?<!\w)Комисси(?:я|и|ю|ей)(?!\w)(?!\s{1,3}по)"),
    ),
    "ar": (
        ("sub", r"لجنة الفرعية"),
        ("ga", r"جمعية العامة"),
        ("hrc", r"مجلس حقوق الإنسان"),
        ("chr", r"(?<!استشارية )لجنة حقوق الإنسان(?! في)"),
        ("ecosoc", r"مجلس الاقتصادي والاجتماعي"),
        ("sc", r"مجلس الأمن"),
        ("council", r"(?<!\w)(?:و|ف|ب|ك)?(?:ال|لل)مجلس(?!\w)(?!\s{1,3}ال)"),
        ("assembly", r"(?<!\w)(?:و|ف|ب|ك)?(?:ال|لل)جمعية(?!\w)(?!\s{1,3}ال)"),
        ("commission", r"(?<!\w)(?:و|ف|ب|ك)?(?:ال|لل)لجنة(?!\w)(?!\s{1,3}(?:ال|المعنية))"),
    ),
    "zh": (
        ("sub", r"小组委员会"),
        ("hrc", r"人权理事会"),
        ("chr", r"人权委员会"),
        ("ecosoc", r"经济及社会理事会|经社理事会"),
        ("sc", r"安全理事会|安理会"),
        ("ga", r"联合国大会|大会"),
        ("council", r"理事会"),
        ("commission", r"委员会"),
    ),
}
"""Patterns of the names; `council`, `assembly` and `commission` are short names for one that was named before."""

SHORT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "council": ("hrc", "ecosoc", "sc"),
    "assembly": ("ga",),
    "commission": ("chr", "sub"),
}

RESOLUTION: Final[Mapping[str, str]] = {
    "en": r"[Rr]esolutions?",
    "fr": r"[Rr]ésolutions?",
    "es": r"[Rr]esoluci(?:ón|ones)",
    "ru": r"[Рр]езолюци\w{1,8}",
    "ar": r"(?<!\w)(?:و|ف|ب|ك|ل){0,3}(?:ال|لل|ل)?قرار(?:ات|ين|ي|ان|ا)?(?:ه|ها|هما|ا)?(?!\w)",
    "zh": r"决议",
}
DECISION: Final[Mapping[str, str]] = {
    "en": r"[Dd]ecisions?",
    "fr": r"[Dd]écisions?",
    "es": r"[Dd]ecisi(?:ón|ones)",
    "ru": r"[Рр]ешени\w{1,8}",
    "ar": r"(?<!\w)(?:و|ف|ب|ك|ل){0,3}(?:ال|لل|ل)?مقرر(?:ات|ين|ي|ان|ا)?(?:ه|ها|هما|ا)?(?!\w)",
    "zh": r"决定",
}

HIS: Final[Mapping[str, str]] = {
    "en": r"\b[Ii]ts\s(?:\w+\s){0,2}$",
    "fr": r"\b[Ss](?:a|es)\s(?:\w+\s){0,2}$",
    "es": r"\b[Ss]us?\s(?:\w+\s){0,2}$",
    "ru": r"\b[Сс]во\w{1,3}\s(?:\w+\s){0,2}$",
    "ar": r"$",
    "zh": r"(?:其|本大会|本理事会|自己的?)[^，。；]{0,8}$",
}
"""What stands before the word "resolution", or in Chinese the number, for one of the organ that speaks: "its resolution 7/5".

In Arabic the word itself says so by its ending.
"""

OWN: Final[Mapping[str, str]] = {
    "en": r"\b[Ii]ts own\s(?:\w+\s)?$",
    "fr": r"\b[Ss](?:a|es) propres?\s(?:\w+\s)?$",
    "es": r"\b[Ss]us? propi[oa]s?\s(?:\w+\s)?$",
    "ru": r"\bсобственн\w{1,3}\s(?:\w+\s)?$",
}
"""The same where it can be no other organ's, whichever the sentence names."""

DATED: Final = (
    r"(?:\s{0,3},?\s{0,3}(?:(?:adopted|dated)\son|of|dated|en\sdate\sdu|du|del?|от|ال?مؤرخ(?:ة|ين|تين)?|بتاريخ)\s"
    r"[0-9]{1,2}(?:er|º)?\s(?:de\s)?[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20})?(?:/[^\W\d_]{2,20})?\s(?:de\s)?[0-9]{4}(?:\sгода|\sг\.)?)?"
)
"""The day of a resolution behind its number, as in "6/3 of 27 September 2007"."""

CHINESE_DATE: Final = r"(?:[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?\s?)?"
"""The same in Chinese, before the number."""

AND: Final = r"(?:and|or|et|ou|y|e|o|и|или|و|أو|ou|和|及|与|或|to)"
"""What joins the members of a list of numbers."""
