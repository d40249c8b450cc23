"""Random trees of clauses, as declarations, resolutions and reports have them, in six languages, in words of our own."""

from dataclasses import dataclass

from hypothesis import strategies as st

from declaration.text.label_words import LATIN_SUFFIXES
from declaration.text.numerals import LATIN_LETTERS, to_roman
from declaration.text.parser import words
from declaration.text.printer import PrintStyle

WORDS = {
    "en": [
        "river",
        "boat",
        "(seed)",
        "neighbour",
        "[shares]",
        "keeps",
        "A/HRC/21/44",
        "road",
        "7",
        "bread",
        "in",
        "common",
        "and",
    ],
    "fr": [
        "fleuve",
        "barque",
        "(graine)",
        "voisin",
        "[partage]",
        "garde",
        "A/HRC/21/44",
        "route",
        "7",
        "pain",
        "en",
        "commun",
        "et",
        "l’eau",
    ],
    "es": [
        "río",
        "barca",
        "(semilla)",
        "vecino",
        "[comparte]",
        "guarda",
        "A/HRC/21/44",
        "camino",
        "7",
        "pan",
        "en",
        "común",
        "y",
        "año",
    ],
    "ru": [
        "река",
        "лодка",
        "(семена)",
        "сосед",
        "[делит]",
        "хранит",
        "A/HRC/21/44",
        "дорога",
        "7",
        "хлеб",
        "сообща",
        "и",
    ],
    "ar": ["نهر", "قارب", "(بذور)", "جار", "[يتقاسم]", "يحفظ", "A/HRC/21/44", "طريق", "7", "خبز", "معا", "وماء"],
    "zh": ["河流", "小船", "（种子）", "邻居", "[分享]", "保存", "A/HRC/21/44", "道路", "面包", "共同", "和"],
}
FIRST = {"en": "Every", "fr": "Chaque", "es": "Cada", "ru": "Каждый", "ar": "كل", "zh": "各"}
ENDS = {"ar": ".؛،", "zh": "。；，"}
DEEPEST = 4


@dataclass(frozen=True)
class Sample:
    """A clause of a random tree; `children` are left out when trees are compared."""

    kind: str
    label: str
    depth: int
    heading: str = ""
    text: str = ""

    @property
    def shape(self):
        return self.kind, self.label, self.depth, self.heading, self.text


def shape_of(node):
    return node.kind, node.label, node.depth, node.heading, node.text


@st.composite
def sentences(draw, language, *, ends=None):
    chosen = draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=6))
    joint = "" if language == "zh" else " "
    return joint.join([FIRST[language], *chosen]) + draw(st.sampled_from(ends or ENDS.get(language, ".;,")))


@st.composite
def texts(draw, language):
    return "\n".join(draw(st.lists(sentences(language), min_size=1, max_size=2)))


@st.composite
def headings(draw, language):
    joint = "" if language == "zh" else " "
    chosen = [word for word in WORDS[language] if word.isalpha()]
    return joint.join([FIRST[language], *draw(st.lists(st.sampled_from(chosen), min_size=1, max_size=3))])


@st.composite
def labels(draw, make, *, least=1, most=5, with_suffixes=True):
    """Labels in order, some of them followed by bis and ter, and by alternatives."""
    result = []
    for number in range(1, draw(st.integers(least, most)) + 1):
        result.append(make(number))
        if with_suffixes and draw(st.integers(0, 9)) == 0:
            count = draw(st.integers(1, 2))
            result.extend(f"{make(number)} {suffix}" for suffix in LATIN_SUFFIXES[:count])
        if with_suffixes and draw(st.integers(0, 9)) == 0:
            last = result[-1]
            result.extend(f"{last} {suffix}" for suffix in ("alt", "alt 2", "alt 3")[: draw(st.integers(1, 3))])
    return result


@st.composite
def lists(draw, language, depth, level, *, is_indented):
    """A list of letters, of small numerals in it, and so on."""
    kind = "subparagraph" if level == 0 else "item"
    is_roman = level % 2 == 1
    make = (lambda number: to_roman(number).lower()) if is_roman else (lambda number: LATIN_LETTERS[number - 1])
    # Without indents a lone (i) below (h) is a letter; long rows of letters come to i by themselves.
    least = 1 if is_indented else 2
    most = 4 if is_roman else draw(st.sampled_from([3, 3, 11]))
    result = []
    for label in draw(labels(make, least=least, most=most)):
        result.append(Sample(kind, label, depth, "", draw(texts(language))))
        if level < DEEPEST - 1 and draw(st.integers(0, 4)) == 0:
            result.extend(draw(lists(language, depth + 1, level + 1, is_indented=is_indented)))
    return result


@st.composite
def paragraphs(draw, language, depth, *, is_indented, kind="paragraph", start=1, most=4):
    result = []
    numbers = draw(labels(lambda number: str(number + start - 1), most=most))
    for label in numbers:
        result.append(Sample(kind, label, depth, "", draw(texts(language))))
        if draw(st.integers(0, 2)) == 0:
            result.extend(draw(lists(language, depth + 1, 0, is_indented=is_indented)))
            if is_indented and draw(st.booleans()):
                result.append(Sample("subparagraph", "", depth + 1, "", draw(sentences(language))))
    return result


@st.composite
def articles(draw, language, depth, *, start, is_indented):
    result = []
    for label in draw(labels(lambda number: str(number + start - 1), most=4)):
        heading = draw(st.one_of(st.just(""), headings(language)))
        body = draw(st.sampled_from(["text", "paragraphs", "list", "both"]))
        text = draw(texts(language)) if body in {"text", "both"} else ""
        result.append(Sample("article", label, depth, heading, text))
        if body in {"paragraphs", "both"}:
            result.extend(draw(paragraphs(language, depth + 1, is_indented=is_indented)))
        elif body == "list":
            result.extend(draw(lists(language, depth + 1, 0, is_indented=is_indented)))
    return result


@st.composite
def preambles(draw, language, depth):
    organ = draw(st.sampled_from(["", words.ORGANS[language][0] + {"ar": "،", "zh": "，"}.get(language, ",")]))
    result = [Sample("preamble", "", depth, words.PREAMBLE[language][0], organ)]
    result += [
        Sample("preambular_paragraph", "", depth + 1, "", draw(sentences(language)))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return result


def last_number(samples, kind):
    return max((int(each.label.split()[0]) for each in samples if each.kind == kind), default=0)


@st.composite
def declarations(draw, language, *, is_indented):
    tree = draw(preambles(language, 0)) if draw(st.booleans()) else []
    for part in range(1, draw(st.integers(0, 2)) + 1):
        tree.append(Sample("part", to_roman(part), 0, draw(st.one_of(st.just(""), headings(language)))))
        tree += draw(articles(language, 1, start=last_number(tree, "article") + 1, is_indented=is_indented))
    if not tree or tree[-1].kind == "preambular_paragraph":
        tree += draw(articles(language, 0, start=1, is_indented=is_indented))
    if draw(st.booleans()):
        tree.append(Sample("annex", "", 0, draw(headings(language))))
        tree += draw(paragraphs(language, 1, is_indented=is_indented))
    return tree


@st.composite
def resolutions(draw, language, *, is_indented):
    return draw(preambles(language, 0)) + draw(
        paragraphs(language, 0, is_indented=is_indented, kind="operative_paragraph", most=6)
    )


@st.composite
def reports(draw, language, *, is_indented):
    tree = []
    for section in range(1, draw(st.integers(1, 3)) + 1):
        tree.append(Sample("section", to_roman(section), 0, draw(headings(language))))
        below = draw(st.integers(0, 3))
        for letter in LATIN_LETTERS[:below].upper():
            tree.append(Sample("section", letter, 1, draw(headings(language))))
            for number in range(1, draw(st.integers(0, 2)) + 1):
                tree.append(Sample("section", str(number), 2, draw(headings(language))))
                start = last_number(tree, "paragraph") + 1
                tree += draw(paragraphs(language, 3, is_indented=is_indented, start=start))
            if tree[-1].label == letter:
                start = last_number(tree, "paragraph") + 1
                tree += draw(paragraphs(language, 2, is_indented=is_indented, start=start))
        if not below:
            start = last_number(tree, "paragraph") + 1
            tree += draw(paragraphs(language, 1, is_indented=is_indented, start=start))
            if draw(st.booleans()):
                tree.append(Sample("section", "", 1, draw(headings(language))))
                start = last_number(tree, "paragraph") + 1
                tree += draw(paragraphs(language, 2, is_indented=is_indented, start=start))
    return tree


@st.composite
def styles(draw, language):
    return PrintStyle(
        digits=draw(st.sampled_from(["usual", "arabic", "persian"] if language == "ar" else ["usual", "western"])),
        paragraphs=draw(st.sampled_from(["usual", "dot", "closed", "enclosed", "dash", "tab"])),
        letters=draw(st.sampled_from(["usual", "enclosed", "closed"])),
        heading_on_line=draw(st.booleans()),
        indent=draw(st.sampled_from([0, 2, 4])),
        blank_lines=draw(st.booleans()),
    )


@st.composite
def printed_trees(draw):
    """A language, a style, and a tree that can be told apart when it is printed so."""
    language = draw(st.sampled_from(list(WORDS)))
    style = draw(styles(language))
    form = draw(st.sampled_from([declarations, resolutions, reports]))
    return language, style, draw(form(language, is_indented=style.indent > 0))
