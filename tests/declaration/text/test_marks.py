import pytest

from declaration.text.numerals import from_arabic_ordinal
from declaration.text.parser.marks import read_mark
from declaration.text.parser.structure_words import read_structure

# language, line, first meaning (series, value, label), frame, suffix, text
MARKS = [
    ("en", "1. Text", ("digit", 1, "1"), ".", "", "Text"),
    ("en", "1.\tText", ("digit", 1, "1"), ".", "", "Text"),
    ("en", "1\tText", ("digit", 1, "1"), "tab", "", "Text"),
    ("en", "12) Text", ("digit", 12, "12"), ")", "", "Text"),
    ("en", "(a) Text", ("letter", 1, "a"), "()", "", "Text"),
    ("en", "(aa) Text", ("letter", 27, "aa"), "()", "", "Text"),
    ("en", "a. Text", ("letter", 1, "a"), ".", "", "Text"),
    ("en", "IV. Text", ("ROMAN", 4, "IV"), ".", "", "Text"),
    ("en", "2 bis. Text", ("digit", 2, "2"), ".", "bis", "Text"),
    ("en", "(a) ter Text", ("letter", 1, "a"), "()", "ter", "Text"),
    ("en", "(a bis) Text", ("letter", 1, "a"), "()", "bis", "Text"),
    ("en", "2.1. Text", ("points", 1, "2.1"), ".", "", "Text"),
    ("en", "\u200e(b) Text", ("letter", 2, "b"), "()", "", "Text"),
    ("fr", "a) Texte", ("letter", 1, "a"), ")", "", "Texte"),
    ("ru", "г) текст", ("letter", 4, "d"), ")", "", "текст"),
    ("ru", "3 бис. Текст", ("digit", 3, "3"), ".", "bis", "Текст"),
    ("ar", "4 - نص", ("digit", 4, "4"), "-", "", "نص"),
    ("ar", "٤- نص", ("digit", 4, "4"), "-", "", "نص"),
    ("ar", "۴ - نص", ("digit", 4, "4"), "-", "", "نص"),
    ("ar", "-4 نص", ("digit", 4, "4"), "-", "", "نص"),
    ("ar", "(هـ) نص", ("letter", 5, "e"), "()", "", "نص"),
    ("ar", "ب - نص", ("letter", 2, "b"), "-", "", "نص"),
    ("ar", "ب) نص", ("letter", 2, "b"), ")", "", "نص"),
    ("ar", "\u200f(ج) نص", ("letter", 3, "c"), "()", "", "نص"),
    ("ar", "‘2’ نص", ("roman", 2, "ii"), "''", "", "نص"),
    ("ar", "أولاً - نص", ("ROMAN", 1, "I"), "word", "", "نص"),
    ("ar", "حادي عشر - نص", ("ROMAN", 11, "XI"), "word", "", "نص"),
    ("ar", "جيم - نص", ("LETTER", 3, "C"), "word", "", "نص"),
    ("ar", "1 مكررا - نص", ("digit", 1, "1"), "-", "bis", "نص"),
    ("ar", "1 مكرراً ثانياً - نص", ("digit", 1, "1"), "-", "ter", "نص"),
    ("ar", "(أ) مكررا (ثالثا) نص", ("letter", 1, "a"), "()", "quater", "نص"),
    ("zh", "一、文", ("ROMAN", 1, "I"), ".", "", "文"),
    ("zh", "（十二）文", ("roman", 12, "xii"), "()", "", "文"),
    ("zh", "1．文", ("digit", 1, "1"), ".", "", "文"),
    ("zh", "1、文", ("digit", 1, "1"), ".", "", "文"),
    ("zh", "1之二. 文", ("digit", 1, "1"), ".", "bis", "文"),
    ("zh", "（a）文", ("letter", 1, "a"), "()", "", "文"),
    ("zh", "③文", ("digit", 3, "3"), "()", "", "文"),
    ("en", "• Text", ("bullet", 1, ""), "•", "", "Text"),
    ("en", "PP3 bis. Text", ("pp", 3, "3"), "word", "bis", "Text"),
    ("en", "[1.] Text", ("digit", 1, "1"), ".", "", "Text"),
    ("en", "[(a)] Text", ("letter", 1, "a"), "()", "", "Text"),
    ("en", "5-bis. Text", ("digit", 5, "5"), ".", "bis", "Text"),
    ("ar", "١ ـ نص", ("digit", 1, "1"), "-", "", "نص"),
    ("ar", "1ـ نص", ("digit", 1, "1"), "-", "", "نص"),
    ("ar", "أ ـ نص", ("letter", 1, "a"), "-", "", "نص"),
    ("ar", "أولاً ـ نص", ("ROMAN", 1, "I"), "word", "", "نص"),
    ("ar", "1 (مكررا) - نص", ("digit", 1, "1"), "-", "bis", "نص"),
    ("ar", "(ك) نص", ("letter", 11, "k"), "()", "", "نص"),
    ("ar", "(أ أ) نص", ("letter", 27, "aa"), "()", "", "نص"),
    ("zh", "㈠文", ("roman", 1, "i"), "()", "", "文"),
    ("zh", "(甲)文", ("letter", 1, "a"), "()", "", "文"),
    ("en", "3 alt. Text", ("digit", 3, "3"), ".", "alt", "Text"),
    ("en", "3. alt Text", ("digit", 3, "3"), ".", "", "alt Text"),
    ("en", "3 Alt 2. Text", ("digit", 3, "3"), ".", "alt 2", "Text"),
    ("en", "3 alt. 2 boats", ("digit", 3, "3"), ".", "alt", "2 boats"),
    ("en", "3bis alt. Text", ("digit", 3, "3"), ".", "bis alt", "Text"),
    ("en", "3 (bis) (alt 3) - Text", ("digit", 3, "3"), "-", "bis alt 3", "Text"),
    ("en", "(a) alt Text", ("letter", 1, "a"), "()", "alt", "Text"),
    ("en", "(a alt) Text", ("letter", 1, "a"), "()", "alt", "Text"),
    ("en", "PP3 alt. Text", ("pp", 3, "3"), "word", "alt", "Text"),
    ("en", "OP3 ter alt 2. Text", ("op", 3, "3"), "word", "ter alt 2", "Text"),
    ("fr", "a) bis alt Texte", ("letter", 1, "a"), ")", "bis alt", "Texte"),
    ("es", "3 alt 2) Texto", ("digit", 3, "3"), ")", "alt 2", "Texto"),
    ("ru", "3 альт. Текст", ("digit", 3, "3"), ".", "alt", "Текст"),
    ("ru", "3 бис alt 2. Текст", ("digit", 3, "3"), ".", "bis alt 2", "Текст"),
    ("ar", "٣ مكررا alt ٢ - نص", ("digit", 3, "3"), "-", "bis alt 2", "نص"),
    ("ar", "(أ) alt نص", ("letter", 1, "a"), "()", "alt", "نص"),
    ("zh", "1之二 alt. 文", ("digit", 1, "1"), ".", "bis alt", "文"),
    ("zh", "（一）alt 文", ("roman", 1, "i"), "()", "alt", "文"),
    ("zh", "（一）alt2文", ("roman", 1, "i"), "()", "alt 2", "文"),
]
# Lines that begin like a label and have none.
NO_MARKS = [
    ("en", "e.g. boats"),
    ("en", "3 alternatives"),
    ("en", "3 altitudes. Boats"),
    ("en", "U.S. boats"),
    ("en", "X-ray"),
    ("ru", "65-е заседание"),
    ("en", "1.5"),
    ("en", "12 May 2030"),
    ("en", "(see above)"),
    ("en", "Text"),
    ("ar", "أولا وقبل كل شيء"),
    ("zh", "一切"),
]
# language, line, kind, label, text
STRUCTURES = [
    ("en", "Article 3", "article", "3", ""),
    ("en", "ARTICLE III", "article", "3", ""),
    ("en", "Article 3. Boats", "article", "3", "Boats"),
    ("en", "Article 3: Boats", "article", "3", "Boats"),
    ("en", "Article 3 – Boats", "article", "3", "Boats"),
    ("en", "Article 3\nBoats", "article", "3", "Boats"),
    ("en", "[Article 53 bis]", "article", "53 bis", ""),
    ("en", "Article 3 alt", "article", "3 alt", ""),
    ("en", "ARTICLE 3 ALT 2: Boats", "article", "3 alt 2", "Boats"),
    ("en", "[Article 3 bis (alt)]", "article", "3 bis alt", ""),
    ("en", "Part One", "part", "I", ""),
    ("en", "PART II. Duties", "part", "II", "Duties"),
    ("en", "Chapter IV", "chapter", "IV", ""),
    ("en", "Annex", "annex", "", ""),
    ("en", "Annex B: Boats", "annex", "B", "Boats"),
    ("en", "PREAMBLE", "preamble", "", ""),
    ("fr", "Article premier", "article", "1", ""),
    ("fr", "Article 1er. — Les barques", "article", "1", "Les barques"),
    ("fr", "Deuxième partie", "part", "II", ""),
    ("es", "Artículo 1.º", "article", "1", ""),
    ("es", "ARTÍCULO PRIMERO", "article", "1", ""),
    ("es", "Segunda parte", "part", "II", ""),
    ("ru", "Статья 53 бис", "article", "53 bis", ""),
    ("ru", "Часть вторая", "part", "II", ""),
    ("ru", "ПРЕАМБУЛА", "preamble", "", ""),
    ("ar", "المادة ٣", "article", "3", ""),
    ("ar", "المادة (3)", "article", "3", ""),
    ("ar", "المادة الثالثة", "article", "3", ""),
    ("ar", "المادة الحادية والعشرون", "article", "21", ""),
    ("ar", "المادة 53 مكررا ثانيا", "article", "53 ter", ""),
    ("ar", "المادة 3 القوارب", "article", "3", "القوارب"),
    ("ar", "الجزء الأول القوارب", "part", "I", "القوارب"),
    ("ar", "المرفق الثاني", "annex", "II", ""),
    ("ar", "المرفق ألف", "annex", "A", ""),
    ("zh", "第五十三条之二", "article", "53 bis", ""),
    ("zh", "第3條", "article", "3", ""),
    ("zh", "第 十 一 条", "article", "11", ""),
    ("ar", "الفرع أولاً", "section", "I", ""),
    ("ar", "المادة 5 (مكررا)", "article", "5 bis", ""),
    ("ru", "Статья 5-бис", "article", "5 bis", ""),
    ("zh", "第三条之二 alt 2", "article", "3 bis alt 2", ""),
    ("zh", "第二部分 alt", "part", "II alt", ""),
    ("ar", "المادة 3 مكررا alt", "article", "3 bis alt", ""),
    ("ru", "Статья 3 альт", "article", "3 alt", ""),
    ("zh", "第三条　船只", "article", "3", "船只"),
    ("zh", "第三条：船只", "article", "3", "船只"),
    ("zh", "第二部分", "part", "II", ""),
    ("zh", "附件三", "annex", "III", ""),
]
NO_STRUCTURES = [
    ("en", "Article 5 of the Charter"),
    ("en", "Article 29, paragraph 2"),
    ("en", "Annex to the letter"),
    ("en", "Articles float"),
    ("fr", "Article 5 de la Charte"),
    ("ar", "المادة 5 من الميثاق"),
    ("ar", "المادة التي"),
    ("zh", "第三条规定"),
]


@pytest.mark.parametrize(("language", "line", "meaning", "frame", "suffix", "text"), MARKS)
def test_a_label_is_read(language, line, meaning, frame, suffix, text):
    mark = read_mark(line, language)
    assert (mark.meanings[0][:3], mark.frame, str(mark.suffix), line[mark.end :]) == (meaning, frame, suffix, text)


@pytest.mark.parametrize(("language", "line"), NO_MARKS)
def test_a_line_without_a_label_has_none(language, line):
    assert read_mark(line, language) is None


def test_a_label_has_every_meaning_that_it_can_have():
    assert {meaning[:2] for meaning in read_mark("(v) Text", "en").meanings} == {("letter", 22), ("roman", 5)}
    assert {meaning.value for meaning in read_mark("(ت) نص", "ar").meanings} == {3, 22}


def test_a_bracket_that_opens_before_a_label_is_seen():
    assert read_mark("[3. Text]", "en").is_bracketed
    assert not read_mark("3. [Text]", "en").is_bracketed


@pytest.mark.parametrize(("language", "line", "kind", "label", "text"), STRUCTURES)
def test_a_head_in_words_is_read(language, line, kind, label, text):
    found = read_structure(line, language)
    assert (found.kind, found.label, line[found.end :]) == (kind, label, text)


@pytest.mark.parametrize(("language", "line"), NO_STRUCTURES)
def test_a_sentence_is_no_head(language, line):
    assert read_structure(line, language) is None


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("الأولى", 1),
        ("العاشرة", 10),
        ("الحادية عشرة", 11),
        ("الثانية والثلاثين", 32),
        ("التاسعة والتسعون", 99),
        ("الحجرة", None),
    ],
)
def test_feminine_ordinals_number_the_articles_of_arabic_laws(word, number):
    assert from_arabic_ordinal(word) == number
