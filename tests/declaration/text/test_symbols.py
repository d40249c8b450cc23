import pytest

from declaration.text.parser import find_symbols, parse
from declaration.text.references import is_symbol

# language, text, [(as printed, symbol or candidates)]
CITED = [
    ("en", "See A/HRC/RES/21/10.", [("A/HRC/RES/21/10", "A/HRC/RES/21/10")]),
    ("en", "(E/CN.4/2005/55)", [("E/CN.4/2005/55", "E/CN.4/2005/55")]),
    ("en", "E/CN.4/Sub.2/2004/43 and A/68/176*.", [("E/CN.4/Sub.2/2004/43",) * 2, ("A/68/176*",) * 2]),
    ("en", "A/HRC/21/44 and Add.1", [("A/HRC/21/44",) * 2, ("Add.1", "A/HRC/21/44/Add.1")]),
    (
        "en",
        "A/HRC/20/1/Add.1-3",
        [
            ("A/HRC/20/1/Add.1",) * 2,
            ("A/HRC/20/1/Add.1-3", "A/HRC/20/1/Add.2"),
            ("A/HRC/20/1/Add.1-3", "A/HRC/20/1/Add.3"),
        ],
    ),
    ("en", "CCPR/C/21/Rev.1/Add.13", [("CCPR/C/21/Rev.1/Add.13",) * 2]),
    ("en", "HIV/AIDS, N/A and/or ISO/IEC 27001", []),
    ("ar", "الوثيقة A/HRC/٢١/٤٤", [("A/HRC/٢١/٤٤", "A/HRC/21/44")]),
    ("ar", "(A/HRC/21/44 و ِAdd.1)", [("A/HRC/21/44",) * 2, ("Add.1", "A/HRC/21/44/Add.1")]),
    ("zh", "见A/HRC/21/44号文件", [("A/HRC/21/44",) * 2]),
    ("en", "General Assembly resolution 41/128", [("41/128", "A/RES/41/128")]),
    ("en", "Council resolution 23/12 of the Human Rights Council", [("23/12", "A/HRC/RES/23/12")]),
    (
        "en",
        "the Human Rights Council, in its resolutions 9/2, 12/9 and 15/13,",
        [("9/2", "A/HRC/RES/9/2"), ("12/9", "A/HRC/RES/12/9"), ("15/13", "A/HRC/RES/15/13")],
    ),
    (
        "en",
        "The Human Rights Council, recalling General Assembly resolution 60/251 and its own resolution 5/1,",
        [("60/251", "A/RES/60/251"), ("5/1", "A/HRC/RES/5/1")],
    ),
    ("en", "resolution 2005/55 of the Commission on Human Rights", [("2005/55", "E/CN.4/RES/2005/55")]),
    ("en", "decision 2003/115 of the Sub-Commission", [("2003/115", "E/CN.4/Sub.2/DEC/2003/115")]),
    ("en", "Economic and Social Council resolution 1996/31", [("1996/31", "E/RES/1996/31")]),
    ("en", "Security Council resolution 1325 (2000)", [("1325 (2000)", "S/RES/1325(2000)")]),
    ("en", "General Assembly resolution 2200 A (XXI)", [("2200 A (XXI)", "A/RES/2200(XXI)")]),
    ("en", "Human Rights Council resolution S-9/1", [("S-9/1", "A/HRC/RES/S-9/1")]),
    ("en", "see resolution 55/2", [("55/2", ("A/RES/55/2", "A/HRC/RES/55/2"))]),
    ("en", "see resolution 23/12", [("23/12", ("A/HRC/RES/23/12", "A/RES/23/12"))]),
    ("en", "in 2012, resolution 55/2 in mind, until 2015", [("55/2", ("A/RES/55/2", "A/HRC/RES/55/2"))]),
    ("en", "resolution 2010/5", [("2010/5", ("E/RES/2010/5",))]),
    ("en", "on 7/8 June the boats came", []),
    (
        "fr",
        "la résolution 23/12 du Conseil des droits de l’homme et la résolution 2005/55 de la Commission des droits de l’homme",
        [("23/12", "A/HRC/RES/23/12"), ("2005/55", "E/CN.4/RES/2005/55")],
    ),
    (
        "es",
        "la resolución 60/209 de la Asamblea General y la resolución 23/12 del Consejo de Derechos Humanos",
        [("60/209", "A/RES/60/209"), ("23/12", "A/HRC/RES/23/12")],
    ),
    (
        "ru",
        "в резолюции 23/12 Совета по правам человека и резолюции 60/209 Генеральной Ассамблеи",
        [("23/12", "A/HRC/RES/23/12"), ("60/209", "A/RES/60/209")],
    ),
    (
        "zh",
        "大会第60/209号决议、人权理事会第9/2号和第12/9号决议以及人权委员会第2005/55号决议",
        [
            ("60/209", "A/RES/60/209"),
            ("9/2", "A/HRC/RES/9/2"),
            ("12/9", "A/HRC/RES/12/9"),
            ("2005/55", "E/CN.4/RES/2005/55"),
        ],
    ),
    ("ar", "قرار مجلس حقوق الإنسان ٢٩/٣", [("٢٩/٣", "A/HRC/RES/29/3")]),
    ("ar", "وفي قرارها 60/209 أشارت الجمعية العامة إلى ذلك", [("60/209", "A/RES/60/209")]),
    (
        "ar",
        "شكرت الجمعية العامة مجلس حقوق الإنسان على قراره 21/10",
        [("21/10", "A/HRC/RES/21/10")],
    ),
    (
        "ar",
        "قراري مجلس حقوق الإنسان 7/5 و 17/6",
        [("7/5", "A/HRC/RES/7/5"), ("17/6", "A/HRC/RES/17/6")],
    ),
    ("ar", "عملا بقرارات المجلس 9/2 و12/9", [("9/2", "A/HRC/RES/9/2"), ("12/9", "A/HRC/RES/12/9")]),
    # The numbers of the next ones have changed places.
    ("ar", "قرار لجنة حقوق الإنسان 55/2005", [("55/2005", ("E/CN.4/RES/2005/55",))]),
    ("ar", "قرار الجمعية العامة 209/60", [("209/60", ("A/RES/60/209",))]),
    (
        "ar",
        "قرار لجنة حقوق الإنسان 55/2005 وقرار مجلس حقوق الإنسان 12/23",
        [("55/2005", ("E/CN.4/RES/2005/55",)), ("12/23", ("A/HRC/RES/12/23", "A/HRC/RES/23/12"))],
    ),
    ("ar", "الوثيقة Add.1/44/21/HRC/A", [("Add.1/44/21/HRC/A", ("A/HRC/21/44/Add.1",))]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CITED)
def test_symbols_are_found(language, text, expected):
    found = find_symbols(text, language)
    assert [(cited.as_printed, cited.symbol or cited.candidates) for cited in found] == expected
    assert all(text[cited.position :].startswith(cited.as_printed) for cited in found)


@pytest.mark.parametrize(("language", "text", "expected"), CITED)
def test_what_is_found_has_the_form_of_a_symbol(language, text, expected):
    for cited in find_symbols(text, language):
        assert all(is_symbol(each) for each in (*cited.candidates, *filter(None, [cited.symbol])))


def test_the_record_tells_which_of_two_numbers_is_meant():
    text = "قرار مجلس حقوق الإنسان 12/23"
    [unknown] = find_symbols(text, "ar")
    [reversed_] = find_symbols(text, "ar", frozenset({"A/HRC/RES/23/12"}))
    [known] = find_symbols(text, "ar", frozenset({"A/HRC/RES/23/12", "A/HRC/RES/12/23"}))
    assert unknown.symbol == known.symbol == "A/HRC/RES/12/23"
    assert (reversed_.symbol, reversed_.candidates) == (None, ("A/HRC/RES/23/12", "A/HRC/RES/12/23"))


def test_a_number_that_was_told_before_is_told_again():
    text = "1. The Human Rights Council adopted resolution 23/12.\n2. Resolution 23/12 asks for boats."
    assert [(cited.symbol, cited.eid, cited.basis) for cited in parse(text, language="en").symbols] == [
        ("A/HRC/RES/23/12", "para_1", "organ"),
        ("A/HRC/RES/23/12", "para_2", "organ_before"),
    ]


def test_the_organ_named_last_is_the_likeliest_where_the_sentence_names_none():
    text = "1. The Human Rights Council met.\n2. See resolution 33/1."
    [cited] = parse(text, language="en").symbols
    assert cited.candidates == ("A/HRC/RES/33/1", "A/RES/33/1")


def test_a_session_after_the_latest_year_of_the_text_is_the_less_likely():
    text = "1. The Human Rights Council met in 2012.\n2. See resolution 55/2."
    [cited] = parse(text, language="en").symbols
    assert cited.candidates == ("A/RES/55/2", "A/HRC/RES/55/2")


def test_symbols_of_headings_and_of_clauses_below_have_their_place():
    text = "I. The report A/HRC/1/2\n1. See:\n(a) A/HRC/1/3."
    assert [(cited.symbol, cited.eid, cited.place) for cited in parse(text, language="en").symbols] == [
        ("A/HRC/1/2", "sec_I", "heading"),
        ("A/HRC/1/3", "para_1__subpara_a", "text"),
    ]
