"""The commands of the keyboard: what they take, print and end with."""

import errno
import os
import signal
import socket
import sys

import pytest
from babel.messages.mofile import read_mo
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from config import development
from config.database import DatabaseUnusableError
from config.management.commands import dev as serving
from config.management.commands import lint
from config.management.commands import test as testing
from config.private_postgres.errors import PrivateServerError
from config.translations import CatalogueError, compile_catalogues
from consultations.demonstration import accounts
from tests.factories import make_user

CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Clause"
msgstr "البند"

#, fuzzy
msgid "Call"
msgstr "مكالمة"
"""


@pytest.fixture
def catalogue(tmp_path):
    file = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE)
    return file


def test_catalogue_is_compiled_once_and_again_when_it_changes(catalogue, tmp_path):
    assert compile_catalogues([tmp_path]) == [catalogue]
    assert compile_catalogues([tmp_path]) == []
    os.utime(catalogue, (2_000_000_000, 2_000_000_000))
    assert compile_catalogues([tmp_path]) == [catalogue]
    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]


def test_catalogue_is_compiled_without_what_is_uncertain(catalogue, tmp_path):
    compile_catalogues([tmp_path])
    with catalogue.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {message.id: message.string for message in compiled if message.id} == {"Clause": "البند"}


def test_broken_catalogue_is_named(catalogue, tmp_path):
    catalogue.write_text(CATALOGUE + "msgid Clause\n")
    with pytest.raises(CatalogueError, match=r"django\.po cannot be read"):
        compile_catalogues([tmp_path])
    assert not catalogue.with_suffix(".mo").exists()


def test_catalogue_that_cannot_be_written_is_named(catalogue, tmp_path):
    catalogue.with_suffix(".mo").mkdir()
    os.utime(catalogue, (4_000_000_000, 4_000_000_000))
    with pytest.raises(CatalogueError, match=r"django\.po cannot be compiled"):
        compile_catalogues([tmp_path])


def test_catalogues_are_compiled_at_the_keyboard(catalogue, tmp_path, settings, capsys):
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compilemessages")
    assert capsys.readouterr().out == f"Compiled {catalogue}\n"


def test_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(development.PortTakenError) as refused:
            development.require_free("127.0.0.1", port)
    assert str(refused.value) == (
        f"Port {port} is taken by another program: stop that one, or choose another port with `--port {port + 1}`."
    )
    development.require_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "choose one above 1023"),
        (errno.EADDRNOTAVAIL, "cannot listen on 192.0.2.1"),
    ],
)
def test_address_that_cannot_be_served_on_is_told(monkeypatch, number, words):
    def refuse(*_arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(development.PortTakenError, match=words):
        development.require_free("192.0.2.1", 80)


@pytest.fixture
def nothing_prepared(monkeypatch):
    for step in ("prepare_database", "prepare_translations", "leave_database"):
        monkeypatch.setattr(development, step, lambda *_arguments: None)


def test_tests_are_given_the_arguments_as_they_are(monkeypatch, nothing_prepared):
    given = []
    monkeypatch.setattr(pytest, "main", lambda arguments: given.extend(arguments) or 3)
    arguments = ["tests/config", "-n", "0", "-k", "dates and not slow", "-p", "no:randomly", "--create-db"]
    with pytest.raises(SystemExit) as ended:
        testing.Command().run_from_argv(["manage.py", "test", *arguments])
    assert given == arguments
    assert ended.value.code == 3


def test_whole_suite_runs_on_all_processors(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert testing.with_defaults([]) == ["--numprocesses=4", "--dist=loadgroup"]
    assert testing.with_defaults(["-q"]) == ["-q"]


def test_tests_without_a_database_end_with_a_sentence(monkeypatch, nothing_prepared):
    def refuse(_report):
        raise DatabaseUnusableError("It is not there.")

    monkeypatch.setattr(development, "prepare_database", refuse)
    with pytest.raises(SystemExit, match=r"It is not there\.$"):
        testing.Command().run_from_argv(["manage.py", "test"])


@pytest.fixture
def steps(monkeypatch):
    """What `dev` does, in its order; nothing is done."""
    done = []
    for step in ("require_free", "prepare_database", "prepare_translations", "prepare_content", "leave_database"):
        monkeypatch.setattr(development, step, lambda *_arguments, step=step: done.append(step))
    monkeypatch.setattr(serving, "_serve", lambda host, port, *, reload: done.append((host, port, reload)))
    monkeypatch.setattr(signal, "signal", lambda *_arguments: None)
    return done


PREPARED = ["require_free", "prepare_database", "prepare_translations", "prepare_content"]


@pytest.mark.django_db
def test_site_is_served_when_all_is_prepared(steps):
    call_command("dev")
    assert steps == [*PREPARED, ("127.0.0.1", 8000, True), "leave_database"]


@pytest.mark.django_db
def test_site_is_served_where_it_is_asked_for(steps):
    call_command("dev", "--host", "::1", "--port", "8123", "--noreload")
    assert steps[-2] == ("::1", 8123, False)


@pytest.mark.parametrize("port", ["65536", "-1", "http", "²"])
def test_port_that_is_none_is_refused(steps, port):
    with pytest.raises(CommandError, match=r"is not a number from 0 to 65535$"):
        call_command("dev", f"--port={port}")
    assert steps == []


@pytest.mark.django_db
def test_accounts_that_are_there_are_printed_with_their_password(steps, settings, capsys):
    settings.DEBUG = True
    first, second, *_others = accounts()
    make_user(email=first[1])
    call_command("dev")
    printed = capsys.readouterr().out
    assert [part for part in first if part not in printed] == []
    assert second[1] not in printed


@pytest.mark.django_db
def test_site_without_the_demonstration_is_served_without_a_word_of_its_accounts(steps, settings, capsys):
    settings.DEBUG = True
    call_command("dev")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (development.PortTakenError("Port 1 is taken."), r"^Port 1 is taken\.$"),
        (DatabaseUnusableError("It is old."), r"^It is old\.$"),
        (PrivateServerError("It cannot start."), r"^It cannot start\.$"),
        (CatalogueError("It is broken."), r"^It is broken\.$"),
        (
            OperationalError("server closed the connection"),
            r"^The database went away .+ \(server closed the connection\): ",
        ),
    ],
)
@pytest.mark.parametrize("step", PREPARED)
def test_what_cannot_be_prepared_ends_with_a_sentence(steps, monkeypatch, step, error, words):
    def refuse(*_arguments):
        raise error

    monkeypatch.setattr(development, step, refuse)
    with pytest.raises(CommandError, match=words):
        call_command("dev")
    assert steps == [*PREPARED[: PREPARED.index(step)], "leave_database"]


def gate(name, code):
    return lint.Gate(
        name, [sys.executable, "-c", f"import os; print(os.environ['WORD']); exit({code})"], {"WORD": name}
    )


def test_gates_that_fail_are_named_with_what_they_said(monkeypatch, capsys):
    monkeypatch.setattr(lint, "gates", lambda: [gate("good", 0), gate("bad", 1), gate("worse", 2)])
    with pytest.raises(CommandError, match=r"^Not passed: bad, worse\.$"):
        call_command("lint")
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("  0 s")[0] for line in lines if line] == [
        "passed  good",
        "FAILED  bad",
        "bad",
        "FAILED  worse",
        "worse",
    ]


def test_gates_that_pass_end_well(monkeypatch, capsys):
    monkeypatch.setattr(lint, "gates", lambda: [gate("good", 0)])
    call_command("lint")
    assert capsys.readouterr().out.startswith("passed  good")
