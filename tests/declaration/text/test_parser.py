"""Texts of our own, in the shapes that declarations, resolutions and reports have, read as trees."""

import json

import pytest

from declaration.text.parser import guess_language, parse


def read(text, language="en"):
    return parse(text, language=language)


def tree(text, language="en"):
    return [(node.eid, node.heading, node.text) for node in read(text, language).nodes]


def eids(text, language="en"):
    return [node.eid for node in read(text, language).nodes]


def codes(text, language="en"):
    return [(finding.code, finding.line) for finding in read(text, language).findings]


DECLARATIONS = {
    "en": """Declaration on shared rivers
Preamble
The General Assembly,
Recalling that rivers cross borders,
Part I
Rights
Article 1
The right to water
1. Neighbours share:
(a) Water:
(i) In summer;
(ii) In winter;
(b) Seeds.
2. They answer.
Article 1 bis
Boats are returned.
Annex
List of rivers
1. The long one.
""",
    "fr": """Déclaration sur les fleuves partagés
Préambule
L’Assemblée générale,
Rappelant que les fleuves traversent les frontières,
Première partie
Droits
Article premier
Le droit à l’eau
1. Les voisins partagent :
a) L’eau :
i) En été ;
ii) En hiver ;
b) Les graines.
2. Ils répondent.
Article 1 bis
Les barques sont rendues.
Annexe
Liste des fleuves
1. Le long.
""",
    "es": """Declaración sobre los ríos compartidos
Preámbulo
La Asamblea General,
Recordando que los ríos cruzan fronteras,
Primera parte
Derechos
Artículo 1
El derecho al agua
1. Los vecinos comparten:
a) El agua:
i) En verano;
ii) En invierno;
b) Las semillas.
2. Responden.
Artículo 1 bis
Las barcas se devuelven.
Anexo
Lista de ríos
1. El largo.
""",
    "ru": """Декларация об общих реках
Преамбула
Генеральная Ассамблея,
ссылаясь на то, что реки пересекают границы,
Часть первая
Права
Статья 1
Право на воду
1. Соседи делят:
а) воду:
i) летом;
ii) зимой;
б) семена.
2. Они отвечают.
Статья 1 бис
Лодки возвращаются.
Приложение
Перечень рек
1. Длинная.
""",
    "ar": """إعلان بشأن الأنهار المشتركة
الديباجة
إن الجمعية العامة،
إذ تشير إلى أن الأنهار تعبر الحدود،
الجزء الأول
الحقوق
المادة 1
الحق في الماء
١ - يتقاسم الجيران:
(أ) الماء:
‘1’ في الصيف؛
‘2’ في الشتاء؛
(ب) البذور.
٢ - يجيبون.
المادة 1 مكررا
تعاد القوارب.
المرفق
قائمة الأنهار
١ - الطويل.
""",
    "zh": """关于共有河流的宣言
序言
大会，
回顾河流穿越边界，
第一部分
权利
第一条
用水权
1. 邻居分享：
(a) 水：
（一）夏天；
（二）冬天；
(b) 种子。
2. 他们回答。
第一条之二
船只归还原主。
附件
河流清单
1. 长河。
""",
}
DECLARATION_EIDS = [
    *("preamble", "rec_1", "part_I", "art_1", "art_1__para_1", "art_1__para_1__subpara_a"),
    *("art_1__para_1__subpara_a__item_i", "art_1__para_1__subpara_a__item_ii", "art_1__para_1__subpara_b"),
    *("art_1__para_2", "art_1bis", "att", "att__para_1"),
]


@pytest.mark.parametrize("language", DECLARATIONS)
def test_a_declaration_has_the_same_tree_in_each_language(language):
    parsed = read(DECLARATIONS[language], language)
    assert [node.eid for node in parsed.nodes] == DECLARATION_EIDS
    assert parsed.form == "declaration"
    assert [(out.line, out.reason) for out in parsed.left_out] == [(1, "title")]
    assert parsed.findings == ()


@pytest.mark.parametrize("language", DECLARATIONS)
def test_headings_and_texts_are_told_apart(language):
    lines = DECLARATIONS[language].splitlines()
    nodes = {node.eid: node for node in read(DECLARATIONS[language], language).nodes}
    assert (nodes["preamble"].heading, nodes["preamble"].text) == (lines[1], lines[2])
    assert (nodes["part_I"].heading, nodes["part_I"].text) == (lines[5], "")
    assert (nodes["art_1"].heading, nodes["art_1"].text) == (lines[7], "")
    assert (nodes["art_1bis"].heading, nodes["art_1bis"].text) == ("", lines[15])
    assert (nodes["att"].heading, nodes["att"].source_lines) == (lines[17], (17, 18))


@pytest.mark.parametrize("language", DECLARATIONS)
def test_the_language_is_told_from_the_text(language):
    assert guess_language(DECLARATIONS[language] * 3) == language


REPORTS = {
    "en": "I. Introduction\n1. One.\n2. Two:\n(a) Water;\n(b) Seeds.\nII. Work\nA. Meetings\n3. Three.\nB. Visits\n4. Four.",
    "fr": "I. Introduction\n1. Un.\n2. Deux :\na) Eau ;\nb) Graines.\nII. Travaux\nA. Réunions\n3. Trois.\nB. Visites\n4. Quatre.",
    "es": "I. Introducción\n1. Uno.\n2. Dos:\na) Agua;\nb) Semillas.\nII. Labor\nA. Reuniones\n3. Tres.\nB. Visitas\n4. Cuatro.",
    "ru": "I. Введение\n1. Один.\n2. Два:\na) вода;\nb) семена.\nII. Работа\nA. Встречи\n3. Три.\nB. Поездки\n4. Четыре.",
    "ar": "أولاً - مقدمة\n\t1 - واحد.\n\t2 - اثنان:\n\t\t(أ) الماء؛\n\t\t(ب) البذور.\nثانياً - العمل\nألف - الاجتماعات\n\t3 - ثلاثة.\nباء - الزيارات\n\t4 - أربعة.",
    "zh": "一、导言\n1. 一。\n2. 二：\n(a) 水；\n(b) 种子。\n二、工作\nA. 会议\n3. 三。\nB. 访问\n4. 四。",
}


@pytest.mark.parametrize("language", REPORTS)
def test_a_reports_paragraphs_run_through_its_sections(language):
    assert eids(REPORTS[language], language) == [
        *("sec_I", "para_1", "para_2", "para_2__subpara_a", "para_2__subpara_b"),
        *("sec_II", "sec_II__sec_A", "para_3", "sec_II__sec_B", "para_4"),
    ]
    assert read(REPORTS[language], language).form == "report"
    assert codes(REPORTS[language], language) == []


def test_a_resolution_has_operative_paragraphs_and_an_annexed_declaration_its_own_numbers():
    text = (
        "Rivers\nThe General Assembly,\nRecalling the river,\n1. Decides to row;\n2. Requests the Secretary-General:\n"
        "(a) To write;\n(b) To rest.\nAnnex\nDeclaration on boats\nThe General Assembly,\nConsidering the boats,\n"
        "Article 1\nBoats float.\nArticle 2\n1. Oars too."
    )
    assert [(node.kind, node.eid) for node in read(text).nodes] == [
        ("preamble", "preamble"),
        ("preambular_paragraph", "rec_1"),
        ("operative_paragraph", "para_1"),
        ("operative_paragraph", "para_2"),
        ("subparagraph", "para_2__subpara_a"),
        ("subparagraph", "para_2__subpara_b"),
        ("annex", "att"),
        ("preamble", "att__preamble"),
        ("preambular_paragraph", "att__rec_1"),
        ("article", "att__art_1"),
        ("article", "att__art_2"),
        ("paragraph", "att__art_2__para_1"),
    ]


def test_preambular_paragraphs_may_be_numbered():
    text = "Preamble\n1. Recalling x,\n2. Noting y,\nArticle 1\nText."
    assert [(node.kind, node.label) for node in read(text).nodes][1:3] == [
        ("preambular_paragraph", "1"),
        ("preambular_paragraph", "2"),
    ]
    assert eids("PP1. Recalling x,\nPP1 bis. Noting y,\nOP1. Decides;\nOP2. Asks:\n(a) one.") == [
        *("preamble", "rec_1", "rec_1bis", "para_1", "para_2", "para_2__subpara_a")
    ]


def test_the_head_of_a_document_its_contents_and_the_marks_of_its_pages_are_left_out_with_the_reason():
    text = (
        "United Nations\nA/HRC/99/1\nDistr.: General\n1 March 2030\nOriginal: English\nNinety-ninth session\nItem 3\n"
        "Report on boats\nSummary\nThis report looks at boats from all sides.\nContents\nI. Introduction .......... 3\n"
        "I. Introduction\n1. Boats float.\nGE.30-12345 (E)\n2/3\nA/HRC/99/1\n2. They do.\n* * *\n\n"
    )
    parsed = read(text)
    assert [node.eid for node in parsed.nodes] == ["sec_1", "sec_I", "para_1", "para_2"]
    assert parsed.nodes[0].heading == "Summary"
    assert [out.reason for out in parsed.left_out] == [
        *["masthead"] * 7,
        *("title", "contents", "contents", "job_number", "page_number", "running_head", "rule", "blank"),
    ]
    assert parsed.title == "Report on boats"
    assert [(cited.symbol, cited.node) for cited in parsed.symbols] == [("A/HRC/99/1", None), ("A/HRC/99/1", None)]


def test_hard_line_ends_are_undone():
    text = (
        "Article 1\n\nEvery neighbour has the right to ask for help when the river rises\nabove the bank, and every other"
        " neighbour has the duty to answer\nwithout delay.\n\n1. The first rule is that whoever has a boat brings it to those"
        " who\nhave none, and takes them where they want to go.\n\n2. The second rule is that the boat is given back to its"
        " owner in the\nstate in which it was, or better.\n"
    )
    assert [(node.label, node.source_lines) for node in read(text).nodes] == [
        ("1", (1, 3, 4, 5)),
        ("1", (7, 8)),
        ("2", (10, 11)),
    ]
    assert (
        read(text)
        .nodes[1]
        .text.startswith("The first rule is that whoever has a boat brings it to those who have none")
    )


def test_an_unnumbered_heading_in_a_report_is_a_section():
    text = "I. Work\n1. One.\n2. Two.\nMeetings with neighbours\n3. Three.\nII. Thanks\n4. Four."
    assert [(node.eid, node.depth) for node in read(text).nodes] == [
        ("sec_I", 0),
        ("para_1", 1),
        ("para_2", 1),
        ("sec_I__sec_1", 1),
        ("para_3", 2),
        ("sec_II", 0),
        ("para_4", 1),
    ]


def test_square_brackets_that_enclose_a_clause_go_with_its_words():
    text = "Article 1\n[1. Boats [may] [shall] be shared.]\n[1 bis. They are returned.]\n[Article 2]\nText.\n[Article 3. Seeds]\nText."
    nodes = read(text).nodes
    assert [(node.label, node.heading, node.text, node.is_bracketed) for node in nodes] == [
        ("1", "", "", False),
        ("1", "", "[Boats [may] [shall] be shared.]", True),
        ("1 bis", "", "[They are returned.]", True),
        ("2", "", "Text.", True),
        ("3", "[Seeds]", "Text.", True),
    ]


def test_several_lines_of_one_clause_are_its_text():
    assert tree("Article 1\nBoats float.\nOars do not.\nArticle 2\nSeeds grow.") == [
        ("art_1", "", "Boats float.\nOars do not."),
        ("art_2", "", "Seeds grow."),
    ]


def test_articles_of_chinese_laws_have_their_text_on_the_line_of_the_label():
    text = "第一章 总则\n第一条 本宣言适用于邻居。\n第二条 邻居应当：\n（一）分享水；\n（二）分享种子。\n第二条之二 船只归还原主。"
    assert tree(text, "zh") == [
        ("part_I", "总则", ""),
        ("art_1", "", "本宣言适用于邻居。"),
        ("art_2", "", "邻居应当："),
        ("art_2__item_i", "", "分享水；"),
        ("art_2__item_ii", "", "分享种子。"),
        ("art_2bis", "", "船只归还原主。"),
    ]


def test_chinese_numerals_right_below_an_article_are_its_paragraphs():
    text = "第一条\n㈠ 船只共享。\n㈡ 船桨也是。\n第二条\n一、邻居应当：\n（甲）划船：\n（子）夏天；\n（丑）冬天；\n（乙）休息。\n二、文。"
    assert eids(text, "zh") == [
        *("art_1", "art_1__para_1", "art_1__para_2", "art_2", "art_2__para_1", "art_2__para_1__subpara_a"),
        *("art_2__para_1__subpara_a__item_i", "art_2__para_1__subpara_a__item_ii", "art_2__para_1__subpara_b"),
        "art_2__para_2",
    ]


def test_a_sentence_that_names_an_article_is_no_article():
    text = "Article 1\nBoats are shared.\nArticle 5 of the Charter says so.\nArticle 2\nSeeds too."
    assert eids(text) == ["art_1", "art_2"]
    assert eids("المادة 1\nنص.\nالمادة 5 من الميثاق تنص على ذلك.\nالمادة 2\nنص.", "ar") == ["art_1", "art_2"]


def test_a_text_without_any_structure_is_read_paragraph_by_paragraph():
    assert tree("Boats float.\nOars do not.") == [("para_1", "", "Boats float."), ("para_2", "", "Oars do not.")]
    assert codes("Boats float.\nOars do not.") == [("no_structure", 0)]


# The whole


def test_the_json_object_says_all():
    answer = read("Title\nI. Work\n1. See A/HRC/21/44 and resolution 55/2.\n").as_json()
    assert json.loads(json.dumps(answer)) == {
        "language": "en",
        "form": "report",
        "title": "Title",
        "nodes": [
            {
                "kind": "section",
                "label": "I",
                "depth": 0,
                "eid": "sec_I",
                "heading": "Work",
                "text": "",
                "source_lines": [2],
                "printed": "I.",
                "is_bracketed": False,
            },
            {
                "kind": "paragraph",
                "label": "1",
                "depth": 1,
                "eid": "para_1",
                "heading": "",
                "text": "See A/HRC/21/44 and resolution 55/2.",
                "source_lines": [3],
                "printed": "1.",
                "is_bracketed": False,
            },
        ],
        "left_out": [{"line": 1, "text": "Title", "reason": "title"}],
        "symbols": [
            {
                "as_printed": "A/HRC/21/44",
                "symbol": "A/HRC/21/44",
                "node": "para_1",
                "place": "text",
                "position": 4,
                "basis": "printed",
            },
            {
                "as_printed": "55/2",
                "candidates": ["A/RES/55/2", "A/HRC/RES/55/2"],
                "node": "para_1",
                "place": "text",
                "position": 31,
                "basis": "unknown",
            },
        ],
        "findings": [],
        "lines_total": 3,
    }
