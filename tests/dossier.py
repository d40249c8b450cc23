"""The shipped record, the illustrative draft and the demonstration, loaded once for a module of tests.

Each is loaded in a transaction around the module's tests and taken back after the last, so that other modules begin with
empty tables. They are for tests with `django_db`, not for those with `transaction=True`.
"""

import contextlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models, transaction

from activities.importers.dossier_kinds import WHOLE_RECORD
from consultations.importers.demonstration import Loaded
from consultations.importers.demonstration import load_demonstration as load
from declaration.importers.dossier import Report, load_dossier
from declaration.importers.draft_file import ILLUSTRATIVE_DRAFT, bring_in_draft
from declaration.models import Draft


@contextlib.contextmanager
def taken_back(blocker) -> Iterator[None]:
    """Let what is stored in this block be seen until its end, and be taken back then."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def dossier(django_db_setup, django_db_blocker) -> Iterator[Report]:
    """The record as it ships; what loading it did."""
    with taken_back(django_db_blocker):
        yield load_dossier(WHOLE_RECORD)


@pytest.fixture(scope="module")
def illustrative_draft(dossier, django_db_blocker) -> Iterator[Draft]:
    """The illustrative draft, published, with the record that it rests on."""
    with taken_back(django_db_blocker):
        yield bring_in_draft(ILLUSTRATIVE_DRAFT).draft


@pytest.fixture(scope="module")
def demonstration(dossier, django_db_blocker) -> Iterator[Loaded]:
    """The demonstration, with the illustrative draft and the record; how many entries of each table it has."""
    with taken_back(django_db_blocker):
        yield load(force=True)


def count_events() -> dict[str, int]:
    """How many events of the audit trail each model has."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
    }


def count_rows(*models_counted: type[models.Model]) -> list[int]:
    """How many rows each of these models has."""
    return [model._default_manager.count() for model in models_counted]
