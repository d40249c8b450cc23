"""The catalogues: what they must hold, how they are made, and that nothing the pages say goes past them."""

import gettext
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template.base import Lexer, TokenType
from django.utils.translation import to_locale

from config.extraction import (
    PLURALS,
    catalogue_path,
    extract_messages,
    is_translated,
    merge,
    read_catalogue,
    tally,
    write_catalogue,
)
from config.proofreading import flaws
from config.translations import CatalogueError, compile_catalogues

ROOT = Path(settings.BASE_DIR)
LOCALE = Path(settings.LOCALE_PATHS[0])

# The interface speaks these in full. A language joins them once it is complete, and what is said anew on the site is then
# translated into it before it is shown.
COMPLETE_LANGUAGES = {"ar", "es", "fr", "ru", "zh_Hans"}


@pytest.fixture(scope="module")
def template():
    return extract_messages(ROOT)


def ids(messages):
    return {(message.context, message.id) for message in messages if message.id}


# --- The catalogues of the site ---------------------------------------------------------------------------------------


def test_each_language_of_the_site_but_english_has_a_catalogue():
    wanted = {to_locale(code) for code, _name in settings.LANGUAGES if code != "en"}
    assert set(PLURALS) == wanted
    assert {path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po")} == wanted


@pytest.mark.parametrize("language", sorted(COMPLETE_LANGUAGES))
def test_complete_language_says_all_that_the_site_says(language, template):
    catalogue = read_catalogue(catalogue_path(LOCALE, language), language)
    remedy = "run `python3 manage.py makemessages`, then translate (docs/translating.md)"
    assert sorted(map(str, ids(template) - ids(catalogue))) == [], f"missing: {remedy}"
    assert sorted(map(str, ids(catalogue) - ids(template))) == [], f"said no more: {remedy}"
    assert [message.id for message in catalogue if message.fuzzy] == [], "confirm, and take the mark off"
    assert [message.id for message in catalogue if message.id and not is_translated(message.string)] == []


@pytest.mark.parametrize("language", sorted(PLURALS))
def test_translations_keep_the_form_of_the_messages(language):
    catalogue = read_catalogue(catalogue_path(LOCALE, language), language)
    assert catalogue.num_plurals == PLURALS[language][0]
    assert [str(flaw) for flaw in flaws(catalogue)] == []


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3, 111: 4}),
        ("es", {0: 1, 1: 0, 2: 1}),
        ("fr", {0: 0, 1: 0, 2: 1}),
        ("ru", {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 21: 0, 22: 1}),
        ("zh_Hans", {0: 0, 1: 0, 2: 0}),
    ],
)
def test_number_takes_its_form(tmp_path, language, forms):
    """Compiled and read as Django reads it, each number finds the form of its language."""
    catalogue = read_catalogue(tmp_path / "none.po", language)
    catalogue.add(("%(n)s page", "%(n)s pages"), tuple(f"form {number}" for number in range(PLURALS[language][0])))
    template = Catalog()
    template.add(("%(n)s page", "%(n)s pages"))
    write_catalogue(catalogue_path(tmp_path, language), merge(catalogue, template))
    [source] = compile_catalogues([tmp_path])
    with source.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {
        number: int(compiled.ngettext("%(n)s page", "%(n)s pages", number).removeprefix("form ")) for number in forms
    } == forms


# --- How they are made ------------------------------------------------------------------------------------------------

CODE = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext_lazy

PLAIN = _("plain, "
          "in two pieces")
NUMBER = ngettext_lazy("%(count)d row", "%(count)d rows", "count")
# Translators: a file of papers
THING = pgettext_lazy("papers", "file")
not_a_message = "English"
"""

PAGE = """
{% load i18n %}
  <p title="{% translate "a title" %}">{% blocktranslate trimmed count counter=n %}
    {{ counter }} page
  {% plural %}
    {{ counter }} pages
  {% endblocktranslate %}</p>
 {% if x == _("a constant") %}{% translate "On" context "a paper" as on %}{% endif %}
{# Translators: of all #}
{% translate "100% of it" %}
"""


@pytest.fixture
def tree(tmp_path):
    """A small project: code, a page, a migration and a test."""
    for path, content in {
        "config/code.py": CODE,
        "templates/page.html": PAGE,
        "declaration/migrations/0001_initial.py": 'from x import _\n_("a migration")\n',
        "tests/test_code.py": 'from x import _\n_("a test")\n',
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    return tmp_path


def test_extraction_finds_what_code_and_pages_say_and_nothing_else(tree):
    found = [
        (message.context, message.id, [place for place, _line in message.locations], message.auto_comments)
        for message in extract_messages(tree)
        if message.id
    ]
    assert found == [
        (None, "plain, in two pieces", ["config/code.py"], []),
        (None, ("%(count)d row", "%(count)d rows"), ["config/code.py"], []),
        ("papers", "file", ["config/code.py"], ["Translators: a file of papers"]),
        (None, "a title", ["templates/page.html"], []),
        (None, ("%(counter)s page", "%(counter)s pages"), ["templates/page.html"], []),
        (None, "a constant", ["templates/page.html"], []),
        ("a paper", "On", ["templates/page.html"], []),
        (None, "100%% of it", ["templates/page.html"], ["Translators: of all"]),
    ]


def messages(*texts):
    """Return what extraction gives where the code says this."""
    template = Catalog()
    for text in texts:
        template.add(text, locations=[("config/code.py", 1)])
    return template


def test_merging_keeps_suggests_and_drops(tmp_path):
    path = catalogue_path(tmp_path, "ar")
    old = messages("keep me", "the comment has been saved", "gone", "never translated at all")
    catalogue = read_catalogue(path, "ar")
    write_catalogue(path, merge(catalogue, old))
    catalogue = read_catalogue(path, "ar")
    catalogue["keep me"].string = "باق"
    catalogue["the comment has been saved"].string = "حُفظ التعليق"
    catalogue["gone"].string = "ذهب"
    write_catalogue(path, merge(catalogue, old))

    new = messages("keep me", "the comments have been saved", "never translated at all so far")
    write_catalogue(path, merge(read_catalogue(path, "ar"), new))
    catalogue = read_catalogue(path, "ar")
    assert [(message.id, message.string, message.fuzzy) for message in catalogue if message.id] == [
        ("keep me", "باق", False),
        ("the comments have been saved", "حُفظ التعليق", True),
        ("never translated at all so far", "", False),
    ]
    assert catalogue.obsolete == {}
    counted = tally(catalogue)
    assert (counted.messages, counted.untranslated, counted.fuzzy) == (3, 1, 1)


def test_what_is_said_of_one_thing_is_only_suggested_for_many(tmp_path):
    path = catalogue_path(tmp_path, "zh_Hans")
    old = messages("Decide on the request to take part")
    catalogue = read_catalogue(path, "zh_Hans")
    write_catalogue(path, merge(catalogue, old))
    catalogue = read_catalogue(path, "zh_Hans")
    catalogue["Decide on the request to take part"].string = "就参与申请作出决定"
    new = messages(("Decide on %(count)d request to take part", "Decide on %(count)d requests to take part"))
    write_catalogue(path, merge(catalogue, new))
    (message,) = [message for message in read_catalogue(path, "zh_Hans") if message.id]
    assert message.fuzzy


def test_merging_again_changes_nothing_and_writes_no_date(tmp_path):
    path = catalogue_path(tmp_path, "ru")
    template = messages("one", "two")
    write_catalogue(path, merge(read_catalogue(path, "ru"), template))
    first, when = path.read_bytes(), path.stat().st_mtime_ns
    write_catalogue(path, merge(read_catalogue(path, "ru"), template))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (first, when)
    assert b"Date" not in first
    assert [entry.name for entry in path.parent.iterdir()] == ["django.po"]


def test_catalogue_that_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "django.po"
    path.write_bytes('msgid "a"\nmsgstr "أ"\n'.encode("utf-16"))
    with pytest.raises(CatalogueError, match=re.escape(str(path))):
        read_catalogue(path, "ar")


def test_command_writes_the_catalogues_and_tells_what_is_left(tree, settings, capsys):
    settings.BASE_DIR, settings.LOCALE_PATHS = tree, [tree / "locale"]
    call_command("makemessages", missing="fr")
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "ar      8 messages, 8 to translate, 0 to confirm"
    assert (
        told[told.index("fr      8 messages, 8 to translate, 0 to confirm") + 1]
        == "  to translate: 'plain, in two pieces'"
    )
    path = catalogue_path(tree / "locale", "fr")
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "a title"\nmsgstr ""', 'msgid "a title"\nmsgstr " un titre"'),
        encoding="utf-8",
    )
    with pytest.raises(CommandError, match="other white space than the message: 'a title'"):
        call_command("makemessages")


@pytest.mark.parametrize(
    ("language", "message", "translation", "flaw"),
    [
        ("ar", "No.", "رقم", None),
        ("ar", "%(n)s of %(all)s", "%(n)s من %(all)s", None),
        ("ar", "%(n)s of %(all)s", "%(all)s من %(n)s", None),
        ("ar", "%(n)s of %(all)s", "%(n)s من", "has %(n)s where the message has %(all)s, %(n)s"),
        ("ar", "%(n)s of %(all)s", "%(n)s من %(any)s", "has %(any)s, %(n)s where the message has %(all)s, %(n)s"),
        ("ar", "Choose {name}", "اختر {nom}", "has {nom} where the message has {name}"),
        ("ar", "%(n)s left", "%(n) s", "has no placeholder where the message has %(n)s"),
        ("ar", "%(n)s left", "%(n)s 5%", "has a percent sign that begins no placeholder"),
        ("ar", "<b>Note</b>", "<b>ملاحظة", "has other tags than the message"),
        ("ar", "Note ", "ملاحظة", "begins or ends with other white space than the message"),
        ("ar", "One\ntwo", "واحد اثنان", "has another number of lines than the message"),
        ("ar", ("%(n)s row", "%(n)s rows"), ("لا", "واحد", "اثنان", "%(n)s", "%(n)s", "%(n)s"), None),
        ("ar", ("%(n)s row", "%(n)s rows"), ("لا", "واحد", "اثنان", "صفوف", "%(n)s", "%(n)s"), "form 3: has no"),
        ("es", ("%(n)s row", "%(n)s rows"), ("una fila", "%(n)s filas"), None),
        ("fr", ("%(n)s row", "%(n)s rows"), ("une ligne", "%(n)s lignes"), "form 0: has no placeholder"),
        ("es", ("%(n)s in %(x)s", "%(n)s in %(x)s"), ("una", "%(n)s en %(x)s"), "form 0: has no placeholder"),
    ],
)
def test_flaw_is_found(tmp_path, language, message, translation, flaw):
    catalogue = read_catalogue(tmp_path / "none.po", language)
    catalogue.add(message, translation)
    found = [found.what for found in flaws(catalogue)]
    if flaw is None:
        assert found == []
    else:
        assert flaw in found[0]


# --- Nothing goes past them -------------------------------------------------------------------------------------------

SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "data-label", "data-copied"}
# Names that are the same in every language.
NAMES = {"Travaux", "JSON", "CSV", "API", "Word"}
# What stands in these is for machines: code, and blocks that a page fills with the name of a class.
MACHINE_TAGS, MACHINE_BLOCKS = {"code", "script"}, {"weight"}


class BareWords(HTMLParser):
    """Collect the words that a page says by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.tag = tag
        self.found += [value for name, value in attrs if name in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag):
        self.tag = None

    def handle_data(self, data):
        if getattr(self, "tag", None) not in MACHINE_TAGS:
            self.found.append(data)


def bare_words(source):
    """List the words that a template prints without the catalogues: not in a translation tag, not in a variable.

    A comma and a semicolon count as words: Arabic and Chinese have their own.
    """
    pieces, passed_over = [], None
    for token in Lexer(source).tokenize():
        name, *rest = token.contents.split() or [""]
        if token.token_type is not TokenType.BLOCK:
            if token.token_type is TokenType.TEXT and passed_over is None:
                pieces.append(token.contents)
        elif name in {"blocktranslate", "comment"} or (name == "block" and rest[0] in MACHINE_BLOCKS):
            passed_over = name
        elif passed_over and name == f"end{passed_over}":
            passed_over = None
    parser = BareWords()
    parser.feed("".join(pieces))
    return [word for text in parser.found for word in re.findall(r"[^\W\d_]{2,}|[,;]", text) if word not in NAMES]


def test_bare_words_are_seen():
    source = (
        '<p title="bare">{% translate "aa" %} word {{ bb }}{% blocktranslate %}cc{% endblocktranslate %}</p>{# dd #}'
        "{% block weight %}button{% endblock %}<code>curl</code>{% block content %}more{% endblock %}, {{ cc }}"
    )
    assert bare_words(source) == ["bare", "word", "more", ","]


@pytest.mark.parametrize(
    "path",
    # 500.html stands when nothing else does, and says its few words in all six languages at once.
    [path for path in sorted((ROOT / "templates").rglob("*.html")) if path.name != "500.html"],
    ids=lambda path: path.relative_to(ROOT / "templates").as_posix(),
)
def test_page_says_nothing_that_cannot_be_translated(path):
    assert bare_words(path.read_text(encoding="utf-8")) == []
