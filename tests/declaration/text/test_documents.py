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


RESOLUTIONS = {
    "en": """\
Resolution adopted by the Human Rights Council
35/3. Boats
	The Human Rights Council,
	Guided by the purposes of the Charter,
	Recalling all its resolutions on boats, including Commission on Human Rights resolution 2005/55 of 20 April 2005 and Council resolutions 6/3 of 27 September 2007, 7/5 of 27 March 2008, 9/2 of 24 September 2008 and 32/9 of 1 July 2016,
	Stressing that boats float,
	1.	Reaffirms its resolution 7/5;
	2.	Decides to remain seized of the matter.
				34th meeting
22 June 2017
[Adopted by a recorded vote of 32 to 15, with no abstentions. The voting was as follows:
In favour:
Xaa, Xbb
Against:
Xcc]
""",
    "fr": """\
35/3. Barques
	Le Conseil des droits de l’homme,
	Guidé par les buts de la Charte,
	Rappelant toutes ses résolutions, notamment la résolution 2005/55 de la Commission des droits de l’homme, en date du 20 avril 2005, et ses propres résolutions 6/3 du 27 septembre 2007 et 7/5 du 27 mars 2008,
	1.	Réaffirme sa résolution 7/5 ;
	2.	Décide de rester saisi de la question.
34e séance
22 juin 2017
""",
    "es": """\
35/3. Barcas
	El Consejo de Derechos Humanos,
	Guiado por los propósitos de la Carta,
	Recordando todas sus resoluciones, incluidas la resolución 2005/55 de la Comisión de Derechos Humanos, de 20 de abril de 2005, y las resoluciones del Consejo 6/3, de 27 de septiembre de 2007, y 7/5, de 27 de marzo de 2008,
	1.	Reafirma su resolución 7/5;
	2.	Decide seguir ocupándose de la cuestión.
34ª sesión
22 de junio de 2017
""",
    "ru": """\
35/3. Лодки
	Совет по правам человека,
	руководствуясь целями Устава,
	ссылаясь на все свои резолюции, включая резолюцию 2005/55 Комиссии по правам человека от 20 апреля 2005 года и резолюции Совета 6/3 от 27 сентября 2007 года и 7/5 от 27 марта 2008 года,
	1.	подтверждает свою резолюцию 7/5;
	2.	постановляет продолжать заниматься этим вопросом.
34-е заседание
22 июня 2017 года
""",
    "ar": """\
35/3- القوارب
إن مجلس حقوق الإنسان،
إذ يسترشد بمقاصد الميثاق،
وإذ يشير إلى جميع قراراته، بما فيها قرار لجنة حقوق الإنسان 2005/55 المؤرخ 20 نيسان/أبريل 2005 وقرارات مجلس حقوق الإنسان 6/3 المؤرخ 27 أيلول/سبتمبر 2007 و7/5 المؤرخ 27 آذار/مارس 2008،
1- يؤكد من جديد قراره 7/5؛
2- يقرر أن يبقي المسألة قيد نظره.
الجلسة 34
22 حزيران/يونيه 2017
""",
    "zh": """\
35/3. 船只
人权理事会，
遵循《宪章》的宗旨，
回顾其所有决议，包括人权委员会2005年4月20日第2005/55号决议和人权理事会2007年9月27日第6/3号、2008年3月27日第7/5号决议，
1. 重申第7/5号决议；
2. 决定继续处理此案。
第34次会议
2017年6月22日
""",
}


@pytest.mark.parametrize("language", RESOLUTIONS)
def test_a_resolution_is_read_with_its_closing_and_what_it_cites(language):
    parsed = parse(RESOLUTIONS[language])
    assert (parsed.language, parsed.form) == (language, "resolution")
    kinds = [node.kind for node in parsed.nodes]
    assert kinds[:3] == ["preamble", "preambular_paragraph", "preambular_paragraph"]
    assert [node.eid for node in parsed.nodes][-2:] == ["para_1", "para_2"]
    assert {out.reason for out in parsed.left_out} == {"title", "closing"}
    assert parsed.findings == ()
    symbols = [cited.symbol for cited in parsed.symbols]
    assert symbols[:3] == ["E/CN.4/RES/2005/55", "A/HRC/RES/6/3", "A/HRC/RES/7/5"]
    assert symbols[-1] == "A/HRC/RES/7/5"
    assert parsed.symbols[-1].basis in {"speaker", "organ_before"}


def test_a_resolution_said_to_be_the_organs_own_is_its_own():
    lines = [
        *("The Human Rights Council,", "Recalling General Assembly resolution 60/251 and its own resolution 35/3,"),
        *("1. Reaffirms its resolution 9/2;", "Annex", "1. Its resolution 12/9 floats."),
    ]
    cited = parse("\n".join(lines), language="en").symbols
    assert [(each.as_printed, each.symbol, each.basis) for each in cited] == [
        ("60/251", "A/RES/60/251", "organ"),
        ("35/3", "A/HRC/RES/35/3", "organ"),
        ("9/2", "A/HRC/RES/9/2", "speaker"),
        ("12/9", None, "unknown"),
    ]


def test_a_sentence_goes_on_behind_the_end_of_a_page():
    half = "Boats float on the river and on the sea, and they carry what people need from"
    text = f"I. Boats\n\n1. {half}\n{half},\n\nA/HRC/35/35\n\n4 GE.17-06618\n\n{half.lower()}\n{half}.\n\n5\n\n{half}\n{half}.\n"
    parsed = parse(text, language="en")
    assert [node.text for node in parsed.nodes[1:]] == [
        f"{half} {half}, {half.lower()} {half}.\n{half} {half}.",
    ]
    assert [out.reason for out in parsed.left_out if out.reason != "blank"] == [
        *("running_head", "job_number", "page_number"),
    ]
