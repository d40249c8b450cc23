import datetime as dt
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from declaration.dates import PartialDate
from declaration.models import Clause
from declaration.text.eids import Step, make_eid
from declaration.text.label_words import LANGUAGES, LATIN_SUFFIXES, SUFFIXES
from declaration.text.labels import cite, cite_clause, cite_eid, path_of_eid, print_label, split_label, title
from declaration.text.numerals import (
    ABJAD_LETTERS,
    LATIN_LETTERS,
    from_abjad,
    from_abjad_name,
    from_arabic_ordinal,
    from_chinese,
    from_roman,
    to_abjad,
    to_chinese,
    to_roman,
    western_digits,
)

# kind, label, and how it is printed in en, ar, fr, es, ru, zh
PRINTED = [
    ("preamble", "", ["", "", "", "", "", ""]),
    ("preambular_paragraph", "3", ["", "", "", "", "", ""]),
    ("part", "I", ["Part I", "الجزء الأول", "Partie I", "Parte I", "Часть I", "第一部分"]),
    ("part", "2", ["Part 2", "الجزء الثاني", "Partie 2", "Parte 2", "Часть 2", "第二部分"]),
    ("section", "IV", ["IV.", "رابعا -", "IV.", "IV.", "IV.", "四、"]),
    ("section", "A", ["A.", "ألف -", "A.", "A.", "A.", "A."]),
    ("section", "C", ["C.", "جيم -", "C.", "C.", "C.", "C."]),
    ("section", "1", ["1.", "1 -", "1.", "1.", "1.", "1."]),
    ("article", "1", ["Article 1", "المادة 1", "Article premier", "Artículo 1", "Статья 1", "第一条"]),
    ("article", "23", ["Article 23", "المادة 23", "Article 23", "Artículo 23", "Статья 23", "第二十三条"]),
    (
        "article",
        "53 bis",
        ["Article 53 bis", "المادة 53 مكررا", "Article 53 bis", "Artículo 53 bis", "Статья 53 бис", "第五十三条之二"],
    ),
    (
        "article",
        "4 quater",
        [
            "Article 4 quater",
            "المادة 4 مكررا ثالثا",
            "Article 4 quater",
            "Artículo 4 quater",
            "Статья 4 кватер",
            "第四条之四",
        ],
    ),
    ("paragraph", "1", ["1.", "1 -", "1.", "1.", "1.", "1."]),
    ("paragraph", "1 bis", ["1 bis.", "1 مكررا -", "1 bis.", "1 bis.", "1 бис.", "1之二."]),
    ("operative_paragraph", "4", ["4.", "4 -", "4.", "4.", "4.", "4."]),
    ("subparagraph", "a", ["(a)", "(أ)", "a)", "a)", "a)", "(a)"]),
    ("subparagraph", "e", ["(e)", "(هـ)", "e)", "e)", "e)", "(e)"]),
    ("subparagraph", "aa", ["(aa)", "(أ أ)", "aa)", "aa)", "aa)", "(aa)"]),
    ("subparagraph", "a bis", ["(a) bis", "(أ) مكررا", "a) bis", "a) bis", "a) бис", "(a)之二"]),
    ("item", "ii", ["(ii)", "‘2’", "ii)", "ii)", "ii)", "(二)"]),
    ("annex", "", ["Annex", "المرفق", "Annexe", "Anexo", "Приложение", "附件"]),
    ("annex", "I", ["Annex I", "المرفق الأول", "Annexe I", "Anexo I", "Приложение I", "附件一"]),
    ("paragraph", "", ["", "", "", "", "", ""]),
]
CITED = [
    ("preamble", ["preamble", "الديباجة", "préambule", "preámbulo", "преамбула", "序言"]),
    (
        "rec_3",
        [
            "preambular paragraph 3",
            "الفقرة 3 من الديباجة",
            "alinéa 3 du préambule",
            "párrafo 3 del preámbulo",
            "пункт 3 преамбулы",
            "序言部分第3段",
        ],
    ),
    ("part_I", ["part I", "الجزء الأول", "partie I", "parte I", "часть I", "第一部分"]),
    (
        "part_I__sec_A",
        [
            "part I, section A",
            "الفرع ألف من الجزء الأول",
            "partie I, section A",
            "parte I, sección A",
            "раздел A части I",
            "第一部分第A节",
        ],
    ),
    ("art_1", ["article 1", "المادة 1", "article premier", "artículo 1", "статья 1", "第一条"]),
    (
        "art_3__para_1__subpara_a__item_ii",
        [
            "article 3, paragraph 1 (a) (ii)",
            "الفقرة 1 (أ) ‘2’ من المادة 3",
            "article 3, paragraphe 1 a) ii)",
            "artículo 3, párrafo 1 a) ii)",
            "пункт 1 a) ii) статьи 3",
            "第三条第1款(a)项(二)目",
        ],
    ),
    (
        "art_53bis__para_2bis",
        [
            "article 53 bis, paragraph 2 bis",
            "الفقرة 2 مكررا من المادة 53 مكررا",
            "article 53 bis, paragraphe 2 bis",
            "artículo 53 bis, párrafo 2 bis",
            "пункт 2 бис статьи 53 бис",
            "第五十三条之二第2款之二",
        ],
    ),
    (
        "art_4__subpara_b",
        [
            "article 4 (b)",
            "الفقرة الفرعية (ب) من المادة 4",
            "article 4 b)",
            "artículo 4 b)",
            "подпункт b) статьи 4",
            "第四条(b)项",
        ],
    ),
    (
        "para_26__subpara_h",
        ["paragraph 26 (h)", "الفقرة 26 (ح)", "paragraphe 26 h)", "párrafo 26 h)", "пункт 26 h)", "第26段(h)项"],
    ),
    (
        "att_I__art_2__para_1",
        [
            "annex I, article 2, paragraph 1",
            "الفقرة 1 من المادة 2 من المرفق الأول",
            "annexe I, article 2, paragraphe 1",
            "anexo I, artículo 2, párrafo 1",
            "пункт 1 статьи 2 приложения I",
            "附件一第二条第1款",
        ],
    ),
    (
        "att__para_2",
        [
            "annex, paragraph 2",
            "الفقرة 2 من المرفق",
            "annexe, paragraphe 2",
            "anexo, párrafo 2",
            "пункт 2 приложения",
            "附件第2段",
        ],
    ),
    (
        "rec_3__subpara_a",
        [
            "preambular paragraph 3 (a)",
            "الفقرة الفرعية (أ) من الفقرة 3 من الديباجة",
            "alinéa 3 du préambule a)",
            "párrafo 3 del preámbulo a)",
            "подпункт a) пункта 3 преамбулы",
            "序言部分第3段(a)项",
        ],
    ),
]


def by_language(table):
    return [(*row[:-1], language, text) for row in table for language, text in zip(LANGUAGES, row[-1], strict=True)]


@pytest.mark.parametrize(("kind", "label", "language", "printed"), by_language(PRINTED))
def test_label_is_printed_as_each_language_prints_it(kind, label, language, printed):
    assert print_label(kind, label, language) == printed


@pytest.mark.parametrize(("eid", "language", "cited"), by_language(CITED))
def test_clause_is_cited_as_each_language_cites_it(eid, language, cited):
    assert cite_eid(eid, language) == cited


def test_citation_stands_by_itself_with_a_capital():
    assert cite_clause("art_3__para_1", "en") == "Article 3, paragraph 1"
    assert cite_clause("rec_1", "ru") == "Пункт 1 преамбулы"
    assert cite_clause("rec_1", "ar") == "الفقرة 1 من الديباجة"


def test_citation_leaves_out_what_does_not_number():
    path = [Step("part", "I"), Step("article", "3"), Step("paragraph", "1")]
    assert cite(path, "en") == "article 3, paragraph 1"
    assert cite([Step("preamble"), Step("preambular_paragraph", ordinal=2)], "en") == "preambular paragraph 2"
    assert cite([Step("subparagraph", "c")], "es") == "apartado c)"


def test_what_cannot_be_cited_is_refused():
    with pytest.raises(ValueError, match="needs a clause"):
        cite([], "en")
    with pytest.raises(ValueError, match="“de” is not one of the languages"):
        cite([Step("article", "1")], "de")
    with pytest.raises(ValueError, match="“de” is not one of the languages"):
        print_label("article", "1", "de")
    with pytest.raises(ValueError, match="“xyz” in “xyz_1” is no element"):
        cite_eid("xyz_1", "en")
    with pytest.raises(ValueError, match="is no Akoma Ntoso identifier"):
        cite_eid("Article 1", "en")


def test_every_kind_of_clause_is_printed_and_cited():
    for kind in Clause.Kind.values:
        for language in LANGUAGES:
            is_numbered = kind not in {"preamble", "preambular_paragraph"}
            assert bool(print_label(kind, "1", language)) == is_numbered
            assert cite([Step(kind, "1")], language)


def test_clause_is_headed_by_label_and_heading_or_by_what_it_is():
    assert title("article", "3", "Solidarity", "en") == "Article 3 Solidarity"
    assert title("preamble", "", "", "fr") == "Préambule"
    assert title("preamble", "", "PRÉAMBULE", "fr") == "PRÉAMBULE"
    assert title("preambular_paragraph", "2", "", "en") == "Preambular paragraph 2"
    assert title("paragraph", "", "", "en") == ""


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("53 bis", ("53", "bis")),
        ("a ter", ("a", "ter")),
        ("53", ("53", "")),
        ("", ("", "")),
        ("bis", ("", "bis")),
        ("3 alt", ("3", "alt")),
        ("3 alt 2", ("3", "alt 2")),
        ("3 alt 1", ("3", "alt")),
        ("3 bis alt", ("3", "bis alt")),
        ("53 quinquies alt 12", ("53", "quinquies alt 12")),
        ("IV", ("IV", "")),
    ],
)
def test_label_is_split_at_what_was_put_in_later(label, parts):
    assert split_label(label) == parts


def test_alternatives_are_printed_and_identified_in_every_language():
    assert [print_label("article", "3 bis alt", language) for language in LANGUAGES] == [
        "Article 3 bis alt",
        "المادة 3 مكررا alt",
        "Article 3 bis alt",
        "Artículo 3 bis alt",
        "Статья 3 бис alt",
        "第三条之二 alt",
    ]
    assert [print_label("subparagraph", "a alt 2", language) for language in LANGUAGES] == [
        "(a) alt 2",
        "(أ) alt 2",
        "a) alt 2",
        "a) alt 2",
        "a) alt 2",
        "(a) alt 2",
    ]
    eid = make_eid([Step("article", "3 alt 2"), Step("paragraph", "1 bis alt"), Step("subparagraph", "a alt")])
    assert eid == "art_3alt2__para_1bisalt__subpara_aalt"
    assert [step.label for step in path_of_eid(eid)] == ["3 alt 2", "1 bis alt", "a alt"]
    assert cite_eid(eid, "en") == "article 3 alt 2, paragraph 1 bis alt (a) alt"
    assert cite_eid("part_IIbis", "zh") == "第二部分之二"


def test_every_language_has_a_word_for_every_addition():
    assert {len(additions) for additions in SUFFIXES.values()} == {len(LATIN_SUFFIXES)}
    for language in LANGUAGES:
        printed = {print_label("article", f"5 {suffix}", language) for suffix in LATIN_SUFFIXES}
        assert len(printed) == len(LATIN_SUFFIXES)


numbers = st.integers(1, 60).map(str)
additions = st.sampled_from(["", "", " bis", " ter", " alt", " alt 2", " bis alt"])
paths = st.builds(
    lambda article, addition, paragraph, letter: [
        Step("part", "II"),
        Step("article", article + addition),
        *([Step("paragraph", paragraph)] if paragraph else []),
        *([Step("subparagraph", letter)] if letter else []),
    ],
    numbers,
    additions,
    st.one_of(st.just(""), numbers),
    st.one_of(st.just(""), st.sampled_from("abcdefgh")),
)


@given(paths, st.sampled_from(LANGUAGES))
def test_citation_of_an_identifier_is_that_of_its_path(path, language):
    assert cite_eid(make_eid(path), language) == cite(path, language)
    assert [(step.kind, step.label) for step in path_of_eid(make_eid(path))] == [
        (step.kind, step.label) for step in path[1:]
    ]


# --- Numerals ---


@pytest.mark.parametrize(
    ("number", "roman", "chinese"),
    [
        (1, "I", "一"),
        (4, "IV", "四"),
        (10, "X", "十"),
        (14, "XIV", "十四"),
        (20, "XX", "二十"),
        (90, "XC", "九十"),
        (105, "CV", "一百零五"),
        (110, "CX", "一百一十"),
        (1010, "MX", "一千零一十"),
        (3999, "MMMCMXCIX", "三千九百九十九"),
    ],
)
def test_numbers_are_written_in_roman_and_chinese(number, roman, chinese):
    assert (to_roman(number), to_chinese(number)) == (roman, chinese)
    assert (from_roman(roman), from_chinese(chinese)) == (number, number)


@given(st.integers(1, 3999))
def test_numerals_are_read_back(number):
    assert from_roman(to_roman(number)) == from_roman(to_roman(number).lower()) == number
    assert from_chinese(to_chinese(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "iV", "abc", "0", "MMMM"])
def test_what_is_no_roman_numeral_is_refused(text):
    assert from_roman(text) is None


@pytest.mark.parametrize("text", ["", "零", "百", "一百一", "一一", "十百", "a"])
def test_what_is_no_chinese_numeral_is_refused(text):
    assert from_chinese(text) is None


def test_variants_of_chinese_numerals_are_read():
    assert (from_chinese("一十二"), from_chinese("一百十"), from_chinese("一千零十")) == (12, 110, 1010)


@pytest.mark.parametrize("number", [0, -1, 4000, 10_000])
def test_numbers_without_a_numeral_are_refused(number):
    with pytest.raises(ValueError, match="only 1 to"):
        to_roman(number)
    if number != 4000:
        with pytest.raises(ValueError, match="only 1 to"):
            to_chinese(number)


def test_arabic_letters_follow_the_abjad_order():
    assert " ".join(ABJAD_LETTERS[:10]) == "أ ب ج د هـ و ز ح ط ي"
    assert [from_abjad(letter) for letter in ABJAD_LETTERS] == list(LATIN_LETTERS)
    assert [to_abjad(letter) for letter in "aeh"] == ["أ", "هـ", "ح"]
    assert [from_abjad(text) for text in ("ا", "ه", "أ أ", "بب", "", "5")] == ["a", "e", "aa", None, None, None]
    with pytest.raises(ValueError, match="no list letter"):
        to_abjad("A")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("أولا", 1),
        ("أولاً", 1),
        ("ثالثاً", 3),
        ("الأول", 1),
        ("حادي عشر", 11),
        ("الثاني  عشر", 12),
        ("خامس", None),
        ("", None),
    ],
)
def test_arabic_ordinals_are_read(text, number):
    assert from_arabic_ordinal(text) == number


def test_names_of_arabic_letters_and_digits_are_read():
    assert [from_abjad_name(name) for name in ("ألف", "باء", "حاء", "x")] == ["a", "b", "h", None]
    assert western_digits("٢٠١٢/۲۰۱۳ a") == "2012/2013 a"


# --- In templates ---


def rendered(source, **context):
    return Template("{% load texts %}" + source).render(Context(context))


CLAUSE = SimpleNamespace(kind="subparagraph", label="a", eid="art_3__para_1__subpara_a")


def test_templates_show_label_and_citation_in_the_language_of_the_page_or_a_given_one():
    source = "{% clause_label clause %}|{% clause_citation clause %}|{% clause_citation clause language='fr' %}"
    with translation.override("ar"):
        assert rendered(source, clause=CLAUSE) == "(أ)|الفقرة 1 (أ) من المادة 3|article 3, paragraphe 1 a)"


def test_templates_show_a_redline_escaped():
    html = rendered("{% redline old=old new=new language='ar' %}", old="حق <b>", new="حق <i> & واجب")
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;" in html
    assert "<ins" in html
    assert "<del" in html
    assert 'lang="ar"' in html
    assert 'dir="rtl"' in html


def test_templates_show_texts_too_long_to_compare_as_replaced():
    html = rendered("{% redline old=old new=new %}", old="x", new="y" * 500_001)
    assert html.count("<del") == html.count("<ins") == 1


def test_templates_show_dates_in_the_language_of_the_page_or_a_given_one():
    day = dt.date(2012, 6, 7)
    moment = dt.datetime(2012, 6, 7, 23, 30, tzinfo=dt.UTC)
    with translation.override("en"):
        shown = rendered(
            "{{ a|localdate }}|{{ b|localdate:'es' }}|{{ c|localdate }}|", a=day, b=PartialDate("2012-06"), c=None
        )
        assert shown == "7 June 2012|junio de 2012||"
        with timezone.override(dt.timezone(dt.timedelta(hours=2))):
            assert rendered("{{ a|localdate }}|{{ a|localmoment }}|{{ none|localmoment }}", a=moment) == (
                "8 June 2012|8 June 2012, 01:30 (GMT+2)|"
            )


def test_templates_show_the_direction_of_a_language():
    assert rendered("{{ 'ar'|text_direction }} {{ 'zh'|text_direction }}") == "rtl ltr"
