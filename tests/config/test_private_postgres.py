"""Where the private server goes and how it is found: its starts, sharing and stops are tried by bench/start_up.py."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from config.private_postgres import creation, places, reaper, server
from config.private_postgres.errors import PrivateServerError

NOBODY = places.Account("nobody", 65534, 65534)


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A temporary folder of the test's own; what it returns is short enough for a socket."""
    monkeypatch.setattr(places, "temporary_folder", lambda: tmp_path)
    monkeypatch.setattr(places, "LONGEST_SOCKET_PATH", len(str(tmp_path)) + 60)
    return tmp_path


@pytest.mark.parametrize(
    ("folder", "fits"),
    [
        ("/srv/travaux/var/postgres/18/socket", True),
        ("/srv/" + "x" * 84, True),
        ("/srv/" + "x" * 85, False),
        ("/srv/" + "é" * 42, True),
        ("/srv/" + "é" * 43, False),
        ("/srv/with blank", False),
        ("/srv/with,comma", False),
        ("/srv/with'quote", False),
    ],
)
def test_socket_fits(folder, fits):
    assert places.fits_socket(places.Path(folder)) is fits


def test_socket_lies_with_the_data(temporary):
    home = temporary / "home"
    assert places.socket_folder(home, None) == home / "socket"
    assert stat.S_IMODE((home / "socket").stat().st_mode) == 0o700


def test_socket_of_a_long_path_lies_in_the_temporary_folder(temporary):
    home = temporary / ("x" * 80)
    folder = places.socket_folder(home, None)
    assert folder.parent == temporary
    assert folder != places.socket_folder(temporary / ("y" * 80), None)


def test_socket_is_not_laid_where_another_may_have_laid_a_trap(temporary):
    home = temporary / ("x" * 80)
    places.socket_folder(home, None).rmdir()
    (temporary / f"travaux-{places.project_mark(home)}-{os.geteuid()}").symlink_to(temporary)
    with pytest.raises(PrivateServerError, match="set TMPDIR"):
        places.socket_folder(home, None)


def test_own_server_lives_in_the_checkout(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/home/alice/.data")
    first, second, last = places.home_candidates(tmp_path, None)
    assert first == tmp_path / "var" / "postgres"
    assert second.parent == places.Path("/home/alice/.data")
    assert last.parent == places.temporary_folder()


def test_server_of_root_lives_outside_the_checkout(tmp_path):
    first, last = places.home_candidates(tmp_path, NOBODY)
    assert first.parent == places.Path("/var/lib")
    assert last == places.temporary_folder() / f"{first.name}-65534"
    assert first != places.home_candidates(tmp_path / "other", NOBODY)[0]


def test_home_is_the_first_folder_that_is_suitable(tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    candidates = [
        tmp_path / "file",
        tmp_path / "file" / "below",
        tmp_path / "link",
        tmp_path / "good",
        tmp_path / "late",
    ]
    assert places.choose_home(candidates, None) == tmp_path / "good"
    assert stat.S_IMODE((tmp_path / "good").stat().st_mode) == 0o700
    assert not (tmp_path / "late").exists()


def test_no_suitable_home_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PrivateServerError, match=r"^No folder can hold .+/file\): .+ DATABASE_URL .+\.$"):
        places.choose_home([tmp_path / "file"], None)


def test_folder_that_is_no_server_s_has_no_server(tmp_path):
    assert reaper.running_server(tmp_path) is None
    (tmp_path / "postmaster.pid").write_text("not a number\n")
    assert reaper.running_server(tmp_path) is None


def test_process_that_was_given_the_number_since_is_not_taken_for_the_server(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    assert reaper.is_running(os.getpid())
    assert reaper.running_server(tmp_path) is None
    reaper.stop(tmp_path)  # and is not stopped, or this test would not end


def test_process_that_ended_does_not_run_even_if_nobody_buried_it():
    process = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    process.stdout.read()
    for _ in range(1000):
        if not reaper.is_running(process.pid):
            break
    assert not reaper.is_running(process.pid)
    assert process.wait() == 0


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("", "it says nothing"),
        ("LOG: one\nLOG: two\n", "LOG: two"),
        ("LOG: one\nFATAL: the lock\nLOG: two\n", "FATAL: the lock"),
        ("initdb: error: no\ninitdb: removing", "initdb: error: no"),
        (
            "FATAL: could not write: No space left on device\ninitdb: error: child",
            "FATAL: could not write: No space left on device",
        ),
    ],
)
def test_complaint_is_the_line_that_tells_most(output, line):
    assert server.complaint(output) == line


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A server in a folder of the test's own, which is not started."""
    monkeypatch.setattr(server, "server_account", lambda: None)
    return server.PrivateServer(tmp_path, "travaux")


def test_home_holds_one_major_version(private, tmp_path):
    assert private.home == tmp_path / "var" / "postgres" / "18"
    assert private.data == private.home / "data"


def test_full_disk_is_told(private):
    assert "is full" in private._sentence("initdb: error: No space left on device")
    assert "is full" in private._sentence("x", errno.ENOSPC)
    assert "server.log" in private._sentence("FATAL: x")


def test_failure_of_the_system_is_told_in_a_sentence(private, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(private, "_start", refuse)
    with pytest.raises(
        PrivateServerError, match=r"cannot start \(Too many open files\): see .+server.log, or set DATABASE_URL"
    ):
        private.ensure()


def test_server_that_was_never_used_is_left_without_a_word(private):
    private.leave()
    assert not (private.home / "start.lock").exists()


def test_state_of_migrations_follows_what_they_import(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    files = {
        "app/migrations/0001_initial.py": "import django\nfrom app.triggers import FROZEN\n",
        "app/triggers.py": "from app.sql import text\n",
        "app/sql.py": "text = ''\n",
        "app/views.py": "from app.sql import text\n",
    }
    for name, source in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(source)
    found = creation._with_imports({tmp_path / "app/migrations/0001_initial.py"})
    assert {str(path.relative_to(tmp_path)) for path in found} == files.keys() - {"app/views.py"}


def test_state_of_migrations_is_the_same_twice():
    assert creation.state_of_migrations() == creation.state_of_migrations()
