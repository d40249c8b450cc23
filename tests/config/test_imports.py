"""The direction of imports, on which the whole layout rests: config → activities → consultations → declaration."""

import pytest
from django.apps import apps
from django.conf import settings

from tests.config.imports import APPS, TEXT, against_direction, impure, modules

FRAMEWORK = {"django", "psycopg"} | {app.partition(".")[0] for app in settings.INSTALLED_APPS}


def upward_relations(app):
    """Name the relations that lead from this app's models to models of the apps above it."""
    above = APPS[: APPS.index(app)]
    return {
        relation.get_accessor_name() if by_object else relation.name
        for model in apps.get_app_config(app).get_models()
        for relation in model._meta.related_objects
        for by_object in (True, False)
        if relation.related_model._meta.app_label in above and not relation.hidden
    } - {field.name for model in apps.get_app_config(app).get_models() for field in model._meta.fields}


def told(module, found):
    return [f"{module}, line {one.line}: {one.name}" for one in found]


@pytest.mark.parametrize("app", APPS)
def test_no_module_depends_on_an_app_above_its_own(app):
    relations = upward_relations(app)
    read = list(modules(settings.BASE_DIR, app))
    wrong = [line for name, path in read for line in told(name, against_direction(path.read_text(), name, relations))]
    assert read
    assert wrong == []


def test_text_functions_import_no_django():
    read = list(modules(settings.BASE_DIR, TEXT.replace(".", "/")))
    wrong = [line for name, path in read for line in told(name, impure(path.read_text(), name, FRAMEWORK))]
    assert read
    assert wrong == []


def test_relations_that_lead_upward_are_known():
    """Were the list empty, no use of one could be found."""
    assert {"calls", "comments"} <= upward_relations("declaration")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import consultations", "consultations"),
        ("import consultations.models as m", "consultations.models"),
        ("from consultations.models import Call", "consultations.models"),
        ("def f():\n    from activities import models", "activities"),
        ("if TYPE_CHECKING:\n    from config.views import home", "config.views"),
        ("from ...consultations import rules", "consultations"),
        ('ForeignKey("consultations.User")', "consultations.User"),
        ('import_module("activities.models")', "activities.models"),
        ('reverse("consultations:call-list")', "consultations:call-list"),
        ("Draft.objects.filter(calls__status=1)", "calls__status"),
        ('Draft.objects.order_by("-calls__opens_at")', "-calls__opens_at"),
        ('Count("comments")', "comments"),
        ("draft.calls.all()", "calls"),
    ],
)
def test_dependency_against_the_direction_is_found(source, name):
    found = against_direction(source, "declaration.models.text", {"calls", "comments"})
    assert [one.name for one in found] == [name]


@pytest.mark.parametrize(
    "source",
    [
        "from declaration.models import Clause",
        "from django.db import models",
        'ForeignKey("declaration.Draft")',
        "from . import text",
        '"The word consultations. It may stand in a text."',
        "Draft.objects.filter(clauses__label=1)",
        "words.calls.clear()",
        "words.calls",
    ],
)
def test_dependency_along_the_direction_is_none_to_speak_of(source):
    assert against_direction(source, "declaration.models.text", {"calls", "comments"}) == []


def test_app_may_depend_on_those_after_it():
    source = "from declaration.models import Clause\nfrom consultations.models import Call"
    assert against_direction(source, "consultations.services.calls") == []
    assert [one.name for one in against_direction(source, "declaration.services")] == ["consultations.models"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (
            "import re\nfrom lxml import etree\nfrom declaration.text.tokens import tokenize\nfrom .lines import read",
            [],
        ),
        ("from django.utils import timezone", ["django.utils"]),
        ("import rest_framework", ["rest_framework"]),
        ("from declaration.models import Clause", ["declaration.models"]),
        ("from ...dates import PartialDate", ["declaration.dates"]),
        ("from declaration.text_messages import say", ["declaration.text_messages"]),
        ("def f():\n    import psycopg", ["psycopg"]),
    ],
)
def test_impure_import_of_a_text_function_is_found(source, names):
    assert [one.name for one in impure(source, "declaration.text.sources.docx", FRAMEWORK)] == names
