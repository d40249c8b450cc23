"""The words by which the parts of United Nations texts are told, in the six official languages.

They follow declarations and conventions as printed (the Universal Declaration, the declarations on the right to
development, of the rights of peasants, of indigenous peoples), resolutions, and reports of special procedures.
"""

from collections.abc import Mapping
from typing import Final

STRUCTURE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "article": {
        "en": ("Article", "Art."),
        "fr": ("Article", "Art."),
        "es": ("Artículo", "Articulo", "Art."),
        "ru": ("Статья", "Ст."),
        "ar": ("المادة", "مادة"),
        "zh": ("条", "條"),
    },
    "part": {
        "en": ("Part",),
        "fr": ("Partie", "Titre"),
        "es": ("Parte", "Título"),
        "ru": ("Часть",),
        "ar": ("الجزء", "الباب"),
        "zh": ("部分", "编", "編"),
    },
    "chapter": {
        "en": ("Chapter",),
        "fr": ("Chapitre",),
        "es": ("Capítulo", "Capitulo"),
        "ru": ("Глава",),
        "ar": ("الفصل",),
        "zh": ("章",),
    },
    "section": {
        "en": ("Section",),
        "fr": ("Section",),
        "es": ("Sección", "Seccion"),
        "ru": ("Раздел",),
        "ar": ("الفرع", "القسم"),
        "zh": ("节", "節"),
    },
    "annex": {
        "en": ("Annex", "Appendix"),
        "fr": ("Annexe", "Appendice"),
        "es": ("Anexo", "Apéndice"),
        "ru": ("Приложение", "Добавление"),
        "ar": ("المرفق", "مرفق", "التذييل"),
        "zh": ("附件", "附录", "附錄"),
    },
}
"""What stands before a number ("Article 3"); in Chinese what stands after it (第三条), but for annexes (附件三)."""

PREAMBLE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("Preamble",),
    "fr": ("Préambule", "Preambule"),
    "es": ("Preámbulo", "Preambulo"),
    "ru": ("Преамбула",),
    "ar": ("الديباجة", "ديباجة"),
    "zh": ("序言", "前言", "序文"),
}

ORDINALS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "en": (
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    ),
    "fr": (
        ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième"),
        ("première", "seconde"),
        ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    ),
    "es": (
        ("primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"),
        ("primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "séptima", "octava", "novena", "décima"),
    ),
    "ru": (
        ("первая", "вторая", "третья", "четвертая", "пятая", "шестая", "седьмая", "восьмая", "девятая", "десятая"),
        ("первый", "второй", "третий", "четвертый", "пятый", "шестой", "седьмой", "восьмой", "девятый", "десятый"),
        ("первое", "второе", "третье", "четвертое", "пятое", "шестое", "седьмое", "восьмое", "девятое", "десятое"),
    ),
}
"""Numbers in words, each row counting from one: "Part One", "première partie", "Часть первая"."""

ORGANS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "The General Assembly",
        "The Human Rights Council",
        "The Commission on Human Rights",
        "The Economic and Social Council",
        "The Security Council",
        "The Advisory Committee",
    ),
    "fr": (
        "L’Assemblée générale",
        "L'Assemblée générale",
        "Le Conseil des droits de l’homme",
        "Le Conseil des droits de l'homme",
        "La Commission des droits de l’homme",
        "La Commission des droits de l'homme",
        "Le Conseil économique et social",
        "Le Conseil de sécurité",
    ),
    "es": (
        "La Asamblea General",
        "El Consejo de Derechos Humanos",
        "La Comisión de Derechos Humanos",
        "El Consejo Económico y Social",
        "El Consejo de Seguridad",
    ),
    "ru": (
        "Генеральная Ассамблея",
        "Совет по правам человека",
        "Комиссия по правам человека",
        "Экономический и Социальный Совет",
        "Совет Безопасности",
    ),
    "ar": (
        "إن الجمعية العامة",
        "الجمعية العامة",
        "إن مجلس حقوق الإنسان",
        "مجلس حقوق الإنسان",
        "إن لجنة حقوق الإنسان",
        "لجنة حقوق الإنسان",
        "إن المجلس الاقتصادي والاجتماعي",
        "إن مجلس الأمن",
    ),
    "zh": ("大会", "大會", "人权理事会", "人权委员会", "经济及社会理事会", "安全理事会"),
}
"""The organ that speaks, on a line of its own at the beginning of a preamble."""

RECITALS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        *("Acknowledging", "Affirming", "Alarmed", "Aware", "Bearing in mind", "Believing", "Concerned", "Conscious"),
        *("Considering", "Convinced", "Cognizant", "Deeply", "Desiring", "Determined", "Emphasizing", "Encouraged"),
        *("Expressing", "Guided", "Having", "Inspired", "Mindful", "Noting", "Observing", "Reaffirming", "Recalling"),
        *("Recognizing", "Reiterating", "Seeking", "Stressing", "Taking", "Underlining", "Welcoming", "Whereas"),
    ),
    "fr": (
        *("Affirmant", "Ayant", "Conscient", "Considérant", "Constatant", "Convaincu", "Désireu", "Encouragé"),
        *("Exprimant", "Guidé", "Inspiré", "Insistant", "Notant", "Observant", "Préoccupé", "Prenant", "Profondément"),
        *("Rappelant", "Réaffirmant", "Reconnaissant", "Réitérant", "Résolu", "Saluant", "Se félicitant", "Soulignant"),
    ),
    "es": (
        *("Acogiendo", "Afirmando", "Alentad", "Consciente", "Considerando", "Convencid", "Deseos", "Destacando"),
        *("Expresando", "Guiad", "Habiendo", "Inspirad", "Insistiendo", "Observando", "Preocupad", "Profundamente"),
        *("Reafirmando", "Recordando", "Reconociendo", "Reiterando", "Resuelt", "Subrayando", "Teniendo", "Tomando"),
    ),
    "ru": (
        *("Будучи", "Вдохновляясь", "Вновь", "Выражая", "Желая", "Напоминая", "Осознавая", "Отмечая", "Памятуя"),
        *(
            "Подтверждая",
            "Подчеркивая",
            "Полагая",
            "Преисполнен",
            "Признавая",
            "Принимая",
            "Приветствуя",
            "Руководствуясь",
        ),
        *("Свидетельствуя", "Ссылаясь", "Стремясь", "Считая", "Убежден", "Учитывая", "Будучи", "Сознавая"),
    ),
    "ar": (
        "إذ ",
        "وإذ ",
        "لما كان",
        "ولما كان",
        "لمّا كان",
        "ولمّا كان",
        "واقتناعا",
        "اقتناعا",
        "وإدراكا",
        "إدراكا",
        "ورغبة",
    ),
    "zh": (
        *(
            "鉴于",
            "鑑於",
            "回顾",
            "回顧",
            "重申",
            "考虑到",
            "铭记",
            "深信",
            "确认",
            "认识到",
            "意识到",
            "注意到",
            "欢迎",
            "强调",
        ),
        *("关切", "深切", "还", "又", "并", "遵循", "依照", "承认", "申明", "念及", "表示"),
    ),
}
"""How preambular paragraphs begin, so that a preamble without a heading is told from a title."""

FRONT_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("Summary", "Abstract"),
    "fr": ("Résumé",),
    "es": ("Resumen",),
    "ru": ("Резюме",),
    "ar": ("موجز", "ملخص"),
    "zh": ("摘要", "概要", "内容提要"),
}
"""What stands before the first section of a report with a text of its own."""

CONTENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("Contents", "Table of contents"),
    "fr": ("Table des matières", "Sommaire"),
    "es": ("Índice", "Indice"),
    "ru": ("Содержание", "Оглавление"),
    "ar": ("المحتويات",),
    "zh": ("目录", "目錄"),
}

SENTENCE_STARTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("من", "في", "على", "إلى", "التي", "الذي", "الواردة", "المذكورة", "أعلاه", "أدناه", "و", "أو", "بشأن", "عن"),
    "zh": ("规定", "所", "的", "和", "与", "至", "中", "第"),
}
"""What follows "article 5" within a sentence, in scripts that have no capitals to tell a heading by."""
