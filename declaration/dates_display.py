"""Partial dates as people write them in the six official languages.

Months, days and ranges come from CLDR through Babel. What CLDR does not have (about, from, until, each year) is listed
here beside it, because such a date is also printed in a language other than that of the page.

Arabic dates have Western digits, as the symbols of documents do, and the month names that United Nations documents print
("حزيران/يونيه"), which are understood in all Arab States. The first of a month is "1er" in French.
"""

import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import Final

from babel import Locale
from babel.dates import get_timezone_gmt, parse_pattern

from declaration.dates import Moment, PartialDate
from declaration.languages import babel_locale

_SKELETONS: Final = {"year": "y", "month": "yMMMM", "day": "yMMMMd"}
_UN_ARABIC_MONTHS: Final[Mapping[str, str]] = {
    "يناير": "كانون الثاني/يناير",
    "فبراير": "شباط/فبراير",
    "مارس": "آذار/مارس",
    "أبريل": "نيسان/أبريل",
    "مايو": "أيار/مايو",
    "يونيو": "حزيران/يونيه",
    "يوليو": "تموز/يوليه",
    "أغسطس": "آب/أغسطس",
    "سبتمبر": "أيلول/سبتمبر",
    "أكتوبر": "تشرين الأول/أكتوبر",
    "نوفمبر": "تشرين الثاني/نوفمبر",
    "ديسمبر": "كانون الأول/ديسمبر",
}
_ARABIC_MONTH: Final = re.compile("|".join(_UN_ARABIC_MONTHS))
_FRENCH_FIRST: Final = re.compile(r"(?<![0-9])1(?=\s*–|\s[a-zéû]{3})")

_COMMAS: Final[Mapping[str, str]] = {"ar": "، ", "zh": " "}

# Each phrase for a day, a month and a year. Russian wants the genitive after these words, French and Spanish an article
# before a day, Arabic the word "year" before its number.
_PHRASES: Final[Mapping[str, Mapping[str, tuple[str, str, str]]]] = {
    "about": {
        "en": ("about {}", "about {}", "about {}"),
        "ar": ("نحو {}", "نحو {}", "نحو عام {}"),
        "fr": ("vers le {}", "vers {}", "vers {}"),
        "es": ("hacia el {}", "hacia {}", "hacia {}"),
        "ru": ("около {}", "около {}", "около {}"),
        "zh": ("约{}", "约{}", "约{}"),
    },
    "from": {
        "en": ("from {}", "from {}", "from {}"),
        "ar": ("منذ {}", "منذ {}", "منذ عام {}"),
        "fr": ("depuis le {}", "depuis {}", "depuis {}"),
        "es": ("desde el {}", "desde {}", "desde {}"),
        "ru": ("с {}", "с {}", "с {}"),
        "zh": ("自{}起", "自{}起", "自{}起"),
    },
    "until": {
        "en": ("until {}", "until {}", "until {}"),
        "ar": ("حتى {}", "حتى {}", "حتى عام {}"),
        "fr": ("jusqu’au {}", "jusqu’en {}", "jusqu’en {}"),
        "es": ("hasta el {}", "hasta {}", "hasta {}"),
        "ru": ("до {}", "до {}", "до {}"),
        "zh": ("至{}止", "至{}止", "至{}止"),
    },
    # Where one word already stands before the date, "about" follows it in brackets.
    "and about": {
        "en": ("{} (approximately)",) * 3,
        "ar": ("{} (تقريبا)",) * 3,
        "fr": ("{} (environ)",) * 3,
        "es": ("{} (aproximadamente)",) * 3,
        "ru": ("{} (приблизительно)",) * 3,
        "zh": ("{}(约)",) * 3,
    },
    "each year": {
        "en": ("{} each year",) * 3,
        "ar": ("{} من كل عام",) * 3,
        "fr": ("{} de chaque année",) * 3,
        "es": ("{} de cada año",) * 3,
        "ru": ("{} каждого года",) * 3,
        "zh": ("每年{}",) * 3,
    },
}
_PLACES: Final = {"day": 0, "month": 1, "year": 2}


@functools.lru_cache(maxsize=8192)
def display(value: PartialDate, language: str) -> str:
    """Return a partial date as written in a text language; empty if it is not known."""
    if value.recurring_day:
        month, day = value.recurring_day
        return _phrase("each year", language, "day", _formatted(dt.date(2000, month, day), "MMMMd", language))
    start, end = value.ends
    if start is None or end is None:
        return _open_range(start, end, language)
    if start == end:
        return _moment(start, language)
    if start.precision != end.precision or value.is_approximate:
        return _joined(_moment(start, language), _moment(end, language), language)
    return _interval(start, end, language)


def display_date(date: dt.date, language: str) -> str:
    """Return a calendar date in full, as written in a text language: "7 June 2012"."""
    return _formatted(date, "yMMMMd", language)


def display_moment(moment: dt.datetime, language: str) -> str:
    """Return a date and a time with its distance from Greenwich, which is read alike everywhere: "7 June 2012, 18:00 (GMT+2)".

    The moment is shown in the time zone it carries. Raises `ValueError` for one without.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment is shown with its time zone, and this one has none.")
    zone = get_timezone_gmt(moment, width="long", locale=babel_locale(language))
    zone = zone.replace("+0", "+").replace("-0", "-").removesuffix(":00").removesuffix("+0")
    comma = _COMMAS.get(language, ", ")
    return f"{display_date(moment, language)}{comma}{moment:%H:%M} ({zone})"


def _open_range(start: Moment | None, end: Moment | None, language: str) -> str:
    moment, phrase = (start, "from") if start else (end, "until")
    if moment is None:
        return ""
    text = _phrase(phrase, language, moment.precision, _exact(moment, language, in_phrase=True))
    return _phrase("and about", language, moment.precision, text) if moment.is_approximate else text


def _moment(moment: Moment, language: str) -> str:
    if not moment.is_approximate:
        return _exact(moment, language)
    return _phrase("about", language, moment.precision, _exact(moment, language, in_phrase=True))


def _exact(moment: Moment, language: str, *, in_phrase: bool = False) -> str:
    skeleton = _SKELETONS[moment.precision]
    if language == "ru" and in_phrase and moment.precision != "day":
        # The names of months standing alone ("июнь") take the genitive ("июня") after a preposition.
        return _apply("y 'г'." if moment.precision == "year" else "MMMM y 'г'.", moment.earliest, language)
    return _formatted(moment.earliest, skeleton, language)


def _interval(start: Moment, end: Moment, language: str) -> str:
    """Return a range of two ends of one precision, without repeating what they share ("7–8 June 2012")."""
    first, last = start.earliest, end.earliest
    difference = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    locale = Locale.parse(babel_locale(language))
    skeleton = _SKELETONS[start.precision]
    patterns = locale.interval_formats.get(skeleton) or locale.interval_formats[skeleton.replace("MMMM", "MMM")]
    return "".join(
        _apply(_with_full_months(pattern), date, language)
        for pattern, date in zip(patterns[difference], (first, last), strict=True)
    )


def _joined(first: str, last: str, language: str) -> str:
    return str(Locale.parse(babel_locale(language)).interval_formats[None]).format(first, last)


def _formatted(date: dt.date, skeleton: str, language: str) -> str:
    locale = Locale.parse(babel_locale(language))
    if skeleton == "yMMMMd":
        return _apply(locale.date_formats["long"].pattern, date, language)
    return _apply(str(locale.datetime_skeletons[skeleton]), date, language)


def _apply(pattern: str, date: dt.date, language: str) -> str:
    text = parse_pattern(pattern).apply(date, Locale.parse(babel_locale(language)))
    if language == "ar":
        return _ARABIC_MONTH.sub(lambda match: _UN_ARABIC_MONTHS[match[0]], text)
    return _FRENCH_FIRST.sub("1er", text) if language == "fr" else text


def _with_full_months(pattern: str) -> str:
    """Return an interval's pattern with months in full: CLDR has most intervals with short names only."""
    return re.sub(r"(?<![ML])([ML])\1\1(?![ML])", r"\1\1\1\1", pattern)


def _phrase(phrase: str, language: str, precision: str, text: str) -> str:
    return _PHRASES[phrase][language][_PLACES[precision]].format(text)
