"""Whole documents as United Nations bodies print them, in words of our own: what is the text and what stands around it."""

import pytest

from declaration.text.parser import parse

ES = """\
Naciones Unidas	A/HRC/38/40
Asamblea General
Distr. general
11 de abril de 2018
Español
Original: inglés
Consejo de Derechos Humanos
38º período de sesiones
18 de junio a 6 de julio de 2018
Tema 3 de la agenda
Informe de la Experta Independiente sobre las barcas
	Nota de la Secretaría
	La Secretaría tiene el honor de transmitir al Consejo el informe.
GE.18-05769 (S)
Índice
	Página
I.	Introducción	3
II.	Barcas	4
	A.	Remos	4
	B.	Velas	6
III.	Conclusiones y recomendaciones	9
	I.	Introducción
1.	La Experta Independiente presenta su informe de conformidad con la resolución 35/3 del Consejo de Derechos Humanos.
2.	En su resolución 26/6, el Consejo pidió lo siguiente:
	a)	Barcas;
	b)	Remos.
	II.	Barcas
	A.	Remos
3.	Los remos son largos.
	B.	Velas
	1.	Velas de lino
4.	Son blancas.
	2.	Velas de algodón
5.	Son grises.
	III.	Conclusiones y recomendaciones
6.	Se recomienda que:
	i)	Naden;
	ii)	Remen.
Anexo
	Proyecto de declaración
	Preámbulo
	La Asamblea General,
	Recordando la Carta,
	Artículo 1
	1.	El derecho es un derecho.
"""
RU = """\
Организация Объединенных Наций
A/HRC/35/35
Генеральная Ассамблея
Distr.: General
25 April 2017
Russian
Original: English
Совет по правам человека
Тридцать пятая сессия
6–23 июня 2017 года
Пункт 3 повестки дня
Доклад Независимого эксперта по вопросу о лодках
Записка секретариата
Содержание
Стр.
	I.	Введение		3
	II.	Лодки		4
I.	Введение
1.	Настоящий доклад представлен во исполнение резолюции 26/6 Совета по правам человека.
2.	Эксперт провел:
а)	встречи;
б)	поездки, в том числе:
i)	на лодке;
ii)	пешком;
в)	беседы.
II.	Лодки
А.	Весла
3.	Весла длинные.
В.	Паруса
4.	Паруса белые.
Приложение
Проект декларации
Преамбула
Генеральная Ассамблея,
ссылаясь на Устав Организации Объединенных Наций,
учитывая, что лодки плавают,
провозглашает следующее:
Статья 1
1. Каждый имеет право.
2. Государства обязаны:
a) уважать;
b) защищать.
Статья 1 бис
Лодки.
"""
ZH = """\
联 合 国
A/HRC/35/35
大 会
Distr.: General
25 April 2017
Chinese
Original: English
人权理事会
第三十五届会议
2017年6月6日至23日
议程项目3
独立专家关于船只的报告
秘书处的说明
目录
	页次
一. 导言	3
二. 船只	4
  A. 桨	4
一. 导言
1. 本报告是根据人权理事会第26/6号决议提交的。
2. 专家：
(a) 会晤；
(b) 旅行，包括：
㈠ 乘船；
㈡ 步行；
(c) 谈话。
二. 船只
A. 桨
3. 桨很长。
B. 帆
4. 帆是白的。
附件
宣言草案
序言
大会，
回顾《联合国宪章》，
铭记船只漂浮，
宣布如下：
第一部分
总则
第一条
定义
1. 人人有权利。
2. 各国应当：
(a) 尊重；
(b) 保护。
第一条之二
船只。
第二条 各国义务
一、各国应尊重。
（一）尊重；
（二）保护。
二、各国应保护。
"""
AR = """\
الأمم المتحدة
A/HRC/35/35
الجمعية العامة
Distr.: General
25 April 2017
Arabic
Original: English
مجلس حقوق الإنسان
الدورة الخامسة والثلاثون
6-23 حزيران/يونيه 2017
البند 3 من جدول الأعمال
تقرير الخبيرة المستقلة المعنية بالقوارب
مذكرة من الأمانة
المحتويات
الصفحة
أولاً -	مقدمة	3
ثانياً -	القوارب	4
	ألف -	المجاديف	4
أولاً - مقدمة
1- هذا التقرير مقدم عملاً بقرار مجلس حقوق الإنسان 26/6.
2- قامت الخبيرة بما يلي:
(أ) اجتماعات؛
(ب) زيارات، منها:
'1' بالقارب؛
'2' سيراً؛
(ج) محادثات.
ثانياً - القوارب
ألف - المجاديف
3- المجاديف طويلة.
باء - الأشرعة
٤- الأشرعة بيضاء.
المرفق
مشروع إعلان
الديباجة
إن الجمعية العامة،
إذ تشير إلى ميثاق الأمم المتحدة،
وإذ تضع في اعتبارها أن القوارب تطفو،
تعلن ما يلي:
الجزء الأول
أحكام عامة
المادة الأولى
التعاريف
1. لكل إنسان حق.
2. على الدول:
أ) أن تحترم؛
ب) أن تحمي؛
ج) أن تفي.
المادة 1 مكررا
قوارب.
"""
RESOLUTION = """\
United Nations 	A/RES/71/189
General Assembly	Distr.: General
2 February 2017
Seventy-first session
Agenda item 68
16-22570 (E)
*1622570*
Resolution adopted by the General Assembly on 19 December 2016
[on the report of the Third Committee (A/71/484/Add.2)]
71/189. Declaration on the Right to Boats
	The General Assembly,
	Recalling all previous resolutions on boats adopted by the General Assembly and the Human Rights Council, in particular Council resolution 20/15 of 5 July 2012,
	Stressing that boats float,
	1.	Adopts the Declaration on the Right to Boats, contained in the annex to the present resolution;
	2.	Invites Governments, agencies and organizations to disseminate it:
	(a)	Widely;
	(b)	Soon.
65th plenary meeting
19 December 2016
	Annex
	Declaration on the Right to Boats
	The General Assembly,
	Guided by the purposes and principles of the Charter of the United Nations,
	Recalling the Universal Declaration of Human Rights,¹
	Declares the following:
	Article 1
	Everyone has the right to enjoy boats such that all rivers are crossed.
	Article 2
	States should respect, implement and promote boats.
	Article 3
	1. States, the United Nations and specialized agencies should take measures.
	2. Others too.
_______________
¹ Resolution 217 A (III).
2 See A/HRC/21/44.
"""

REPORT_LISTS = ["para_1", "para_2", "para_2__subpara_a", "para_2__subpara_b"]
DEEP_LIST = ["para_2__subpara_b__item_i", "para_2__subpara_b__item_ii", "para_2__subpara_c"]
EIDS = {
    "es": [
        *("para_1-2", "sec_I", *REPORT_LISTS, "sec_II", "sec_II__sec_A", "para_3", "sec_II__sec_B"),
        *("sec_II__sec_B__sec_1", "para_4", "sec_II__sec_B__sec_2", "para_5", "sec_III", "para_6"),
        *(
            "para_6__item_i",
            "para_6__item_ii",
            "att",
            "att__preamble",
            "att__rec_1",
            "att__art_1",
            "att__art_1__para_1",
        ),
    ],
    "ru": [
        *("sec_I", *REPORT_LISTS, *DEEP_LIST, "sec_II", "sec_II__sec_A", "para_3", "sec_II__sec_B", "para_4"),
        *("att", "att__preamble", "att__rec_1", "att__rec_2", "att__rec_3", "att__art_1", "att__art_1__para_1"),
        *("att__art_1__para_2", "att__art_1__para_2__subpara_a", "att__art_1__para_2__subpara_b", "att__art_1bis"),
    ],
    "zh": [
        *("sec_I", *REPORT_LISTS, *DEEP_LIST, "sec_II", "sec_II__sec_A", "para_3", "sec_II__sec_B", "para_4"),
        *("att", "att__preamble", "att__rec_1", "att__rec_2", "att__rec_3", "att__part_I", "att__art_1"),
        *("att__art_1__para_1", "att__art_1__para_2", "att__art_1__para_2__subpara_a", "att__art_1__para_2__subpara_b"),
        *("att__art_1bis", "att__art_2", "att__art_2__para_1", "att__art_2__para_1__item_i"),
        *("att__art_2__para_1__item_ii", "att__art_2__para_2"),
    ],
    "ar": [
        *("sec_I", *REPORT_LISTS, *DEEP_LIST, "sec_II", "sec_II__sec_A", "para_3", "sec_II__sec_B", "para_4"),
        *("att", "att__preamble", "att__rec_1", "att__rec_2", "att__rec_3", "att__part_I", "att__art_1"),
        *("att__art_1__para_1", "att__art_1__para_2", "att__art_1__para_2__subpara_a", "att__art_1__para_2__subpara_b"),
        *("att__art_1__para_2__subpara_c", "att__art_1bis"),
    ],
}
TITLES = {
    "es": "Informe de la Experta Independiente sobre las barcas\nNota de la Secretaría",
    "ru": "Доклад Независимого эксперта по вопросу о лодках\nЗаписка секретариата",
    "zh": "独立专家关于船只的报告\n秘书处的说明",
    "ar": "تقرير الخبيرة المستقلة المعنية بالقوارب\nمذكرة من الأمانة",
}
TEXTS = {"es": ES, "ru": RU, "zh": ZH, "ar": AR}


@pytest.mark.parametrize("language", EIDS)
def test_a_report_with_contents_and_an_annexed_declaration_is_read(language):
    parsed = parse(TEXTS[language])
    assert parsed.language == language
    assert [node.eid for node in parsed.nodes] == EIDS[language]
    assert parsed.title == TITLES[language]
    assert {out.reason for out in parsed.left_out} <= {"title", "masthead", "contents", "job_number"}
    assert parsed.findings == ()


def test_a_resolution_with_an_annex_a_closing_and_footnotes_is_read():
    parsed = parse(RESOLUTION)
    assert [node.eid for node in parsed.nodes] == [
        *("preamble", "rec_1", "rec_2", "para_1", "para_2", "para_2__subpara_a", "para_2__subpara_b"),
        *("att", "att__preamble", "att__rec_1", "att__rec_2", "att__rec_3", "att__art_1", "att__art_2", "att__art_3"),
        *("att__art_3__para_1", "att__art_3__para_2"),
    ]
    noted = next(node for node in parsed.nodes if node.notes)
    assert (noted.eid, noted.text) == ("att__rec_2", "Recalling the Universal Declaration of Human Rights,")
    assert [(note.label, note.text, note.position) for note in noted.notes] == [
        ("1", "Resolution 217 A (III).", len(noted.text))
    ]
    reasons = {out.line: out.reason for out in parsed.left_out}
    assert [reasons.get(line) for line in (18, 19, 33, 35)] == ["closing", "closing", "rule", "note_unplaced"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["38th meeting", "22 June 2017", "[Adopted by a recorded vote:", "In favour:", "Some]"]),
        ("fr", ["65e séance plénière", "19 décembre 2016"]),
        ("es", ["65ª sesión plenaria", "19 de diciembre de 2016"]),
        ("ru", ["65-е пленарное заседание", "19 декабря 2016 года"]),
        ("ar", ["الجلسة العامة 65", "19 كانون الأول/ديسمبر 2016"]),
        ("zh", ["第65次全体会议", "2016年12月19日"]),
    ],
)
def test_where_a_resolution_says_when_it_was_adopted_is_no_part_of_its_last_paragraph(language, lines):
    parsed = parse("\n".join(["1. A.", "2. B.", *lines]), language=language)
    assert [node.text for node in parsed.nodes] == ["A.", "B."]
    assert {out.reason for out in parsed.left_out} == {"closing"}


def test_a_meeting_without_a_day_stays_in_the_text():
    assert parse("1. A.\n38th meeting\nOf boats", language="en").left_out == ()


def test_lines_above_a_rule_are_the_head_of_what_is_stored():
    text = (
        "A boat's declaration - English\nPrepared by a library, https://example.org.\n---\n\n   Of boats\n   Preamble\n"
    )
    parsed = parse(f"{text}      Whereas boats float,\n   Article 1\n      All boats float.\n", language="en")
    assert parsed.title == "Of boats"
    assert [(out.line, out.reason) for out in parsed.left_out if out.reason != "blank"] == [
        (1, "masthead"),
        (2, "masthead"),
        (3, "rule"),
        (5, "title"),
    ]


def test_footnotes_of_plain_texts_stay_footnotes():
    lines = [
        *("1. Boats¹ float[3].", "2. Oars² too.", "_______________", "¹ See A/HRC/21/44.", ""),
        *(
            "² Oars are long, and they are made of wood that grew where",
            "it is wet.",
            "[3] Third.",
            "4 Fourth.",
            "3. Sails.",
        ),
    ]
    parsed = parse("\n".join(lines), language="en")
    assert [(node.text, [(note.label, note.text, note.position) for note in node.notes]) for node in parsed.nodes] == [
        ("Boats float.", [("1", "See A/HRC/21/44.", 5), ("3", "Third.", 11)]),
        ("Oars too.", [("2", "Oars are long, and they are made of wood that grew where\nit is wet.", 4)]),
        ("Sails.", []),
    ]
    assert [(out.text, out.reason) for out in parsed.left_out] == [
        ("_______________", "rule"),
        ("", "blank"),
        ("4 Fourth.", "note_unplaced"),
    ]


def test_chinese_lines_that_were_broken_off_are_joined():
    line = "各国应当尊重保护并实现船只的权利且不得以任何方式限制任何人使用"
    parsed = parse(f"第一条\n\n{line}\n{line}\n{line}\n{line}。\n\n第二条\n\n船只。\n", language="zh")
    assert [node.text for node in parsed.nodes] == [line * 4 + "。", "船只。"]


def test_numbers_that_begin_anew_in_an_annex_alone_leave_those_of_the_report():
    text = "I. Boats\n1. Text.\nII. Oars\n2. Text.\nAnnex\nPart I\nArticle 1\n1. Text.\nPart II\nArticle 1\n1. Text."
    assert [node.eid for node in parse(text, language="en").nodes] == [
        *("sec_I", "para_1", "sec_II", "para_2", "att", "att__part_I", "att__part_I__art_1"),
        *("att__part_I__art_1__para_1", "att__part_II", "att__part_II__art_1", "att__part_II__art_1__para_1"),
    ]
