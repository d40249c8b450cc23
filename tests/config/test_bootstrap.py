"""What the start decides, and what it says when it cannot go on: decisions alone, nothing is installed."""

import ast
import errno
import json
import sys
from pathlib import Path

import pytest

from config import bootstrap
from config import bootstrap_advice as advice

PINS = """\
# made by a tool
asgiref==3.13.0 \\
    --hash=sha256:aa
    # via django
Typing_Extensions==4.1 \\
    --hash=sha256:bb
gunicorn==27.0.1 ; sys_platform != 'win32' \\
    --hash=sha256:cc
"""
VERSION = "3.11"


def one_sentence(text):
    return text.endswith(".") and "\n" not in text and text.count(". ") == 0


@pytest.fixture
def requirements(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text(PINS)
    return file


@pytest.fixture
def environment(tmp_path, requirements):
    """An environment that is ready: its marker written, its packages there."""
    folder = tmp_path / ".venv"
    packages = bootstrap.site_packages(folder, VERSION)
    for name in ("asgiref-3.13.0.dist-info", "typing_extensions-4.1.dist-info", "pip"):
        (packages / name).mkdir(parents=True)
    bootstrap.write_marker(folder, [requirements], VERSION)
    return folder


def test_pins_are_read_with_names_in_their_normal_form(requirements):
    assert bootstrap.pins(requirements) == {("asgiref", "3.13.0"), ("typing-extensions", "4.1")}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_of_the_project_is_pinned_with_hashes(name):
    file = bootstrap.PROJECT / name
    named = [line for line in file.read_text().splitlines() if line and not line.startswith((" ", "#"))]
    assert len(named) > 40
    assert all("==" in line and line.endswith("\\") for line in named)


def test_tools_are_pinned_beside_the_same_packages_as_the_site():
    site, tools = (bootstrap.pins(file) for file in bootstrap.requirements_for("test"))
    assert site < tools


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("dev", ["requirements.txt"]),
        ("migrate", ["requirements.txt"]),
        ("", ["requirements.txt"]),
        ("test", ["requirements.txt", "requirements-dev.txt"]),
        ("lint", ["requirements.txt", "requirements-dev.txt"]),
    ],
)
def test_command_needs(command, files):
    assert [file.name for file in bootstrap.requirements_for(command)] == files


def test_environment_is_ready(environment, requirements):
    assert bootstrap.is_ready(environment, [requirements], version=VERSION)


def test_interpreter_that_has_everything_is_used_as_it_is(environment, requirements):
    assert bootstrap.has_all([requirements], ["/nowhere", str(bootstrap.site_packages(environment, VERSION))])
    assert not bootstrap.has_all([requirements], ["/nowhere"])


def lose_package(environment):
    (bootstrap.site_packages(environment, VERSION) / "asgiref-3.13.0.dist-info").rmdir()


def have_other_release(environment):
    packages = bootstrap.site_packages(environment, VERSION)
    (packages / "asgiref-3.13.0.dist-info").rename(packages / "asgiref-3.12.1.dist-info")


def change_requirements(environment):
    with (environment.parent / "requirements.txt").open("a") as file:
        file.write("# another hash\n")


def lose_marker(environment):
    (environment / bootstrap.MARKER).unlink()


def half_write_marker(environment):
    (environment / bootstrap.MARKER).write_text('{"place": ')


def write_another_thing(environment):
    (environment / bootstrap.MARKER).write_text("[]")


@pytest.mark.parametrize(
    "change",
    [lose_package, have_other_release, change_requirements, lose_marker, half_write_marker, write_another_thing],
)
def test_environment_is_mended(environment, requirements, change):
    change(environment)
    assert not bootstrap.is_ready(environment, [requirements], version=VERSION)
    assert bootstrap.is_usable(environment, version=VERSION)


def test_environment_that_was_moved_is_made_anew(environment, requirements):
    moved = environment.rename(environment.with_name("moved"))
    assert not bootstrap.is_ready(moved, [requirements], version=VERSION)
    assert not bootstrap.is_usable(moved, version=VERSION)


@pytest.mark.parametrize("version", [None, "3.13"])
def test_environment_whose_python_is_gone_or_another_is_made_anew(environment, requirements, version):
    assert not bootstrap.is_ready(environment, [requirements], version=version)
    assert not bootstrap.is_usable(environment, version=version)


def test_environment_without_pip_is_made_anew(environment):
    (bootstrap.site_packages(environment, VERSION) / "pip").rmdir()
    assert not bootstrap.is_usable(environment, version=VERSION)


def test_folder_that_is_no_environment_has_no_version(tmp_path):
    assert bootstrap.probe(tmp_path) is None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    assert bootstrap.probe(tmp_path) is None


def test_tools_to_be_installed_leave_the_rest_ready(environment, requirements):
    tools = requirements.with_name("requirements-dev.txt")
    tools.write_text(PINS)
    assert not bootstrap.is_ready(environment, [requirements, tools], version=VERSION)
    assert bootstrap.is_ready(environment, [requirements], version=VERSION)


def test_marker_names_what_was_installed(environment, requirements):
    marker = json.loads((environment / bootstrap.MARKER).read_text())
    assert marker == {
        "place": str(environment),
        "python": VERSION,
        "requirements.txt": bootstrap.digest(requirements),
    }


def test_first_file_can_be_read_by_old_pythons():
    source = (bootstrap.PROJECT / "manage.py").read_text()
    assert ast.parse(source, feature_version=(3, 6))
    # What a newer Python alone has is imported only after the look at the version.
    imports = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [alias.name for node in imports for alias in node.names] == ["os", "sys"]


def test_python_that_is_too_old_is_told(monkeypatch):
    import manage

    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        manage.main()
    assert "needs Python 3.11 or newer and was run with 3.9" in str(stopped.value)
    assert one_sentence(str(stopped.value))


def test_missing_setting_is_told_in_a_sentence(monkeypatch):
    from django.core.exceptions import ImproperlyConfigured

    class Unset:
        configured = False

        @property
        def INSTALLED_APPS(self):  # noqa: N802 (the setting's name)
            raise ImproperlyConfigured("Set SECRET_KEY.")

    monkeypatch.setattr("django.conf.settings", Unset())
    with pytest.raises(SystemExit, match=r"^Set SECRET_KEY\.$"):
        bootstrap.run_django(["manage.py", "migrate"])


PROJECT, LOG = Path("/srv/travaux"), Path("/srv/travaux/var/pip.log")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (advice.no_venv((3, 11)), ["venv module", "apt install python3.11-venv"]),
        (advice.windows(), ["Windows Subsystem for Linux"]),
        (advice.broken(PROJECT / ".venv"), ["/srv/travaux/.venv", "delete it"]),
        (advice.full(PROJECT), ["disk is full", "free about 1 GB", "/srv/travaux"]),
        (advice.system_error(OSError(errno.ENOSPC, "No space"), PROJECT), ["disk is full"]),
        (advice.system_error(PermissionError(errno.EACCES, "No", "/srv/x"), PROJECT), ["may not write /srv/x"]),
        (advice.system_error(OSError(errno.EROFS, "No", "/srv/x"), PROJECT), ["may not write /srv/x"]),
        (advice.system_error(OSError(errno.EIO, "Broken disk"), PROJECT), ["Broken disk"]),
        (advice.venv_failed("ensurepip is not available", PROJECT, (3, 12)), ["apt install python3.12-venv"]),
        (advice.venv_failed("Error: [Errno 28] No space left on device", PROJECT, (3, 12)), ["disk is full"]),
        (advice.venv_failed("Error: [Errno 13] Permission denied: '/srv'", PROJECT, (3, 12)), ["may not write"]),
        (advice.venv_failed("first\nlast words", PROJECT, (3, 12)), ["(last words)"]),
        (advice.pip_failed("OSError: [Errno 28] No space left on device", LOG, PROJECT), ["disk is full"]),
        (advice.pip_failed("'NewConnectionError(…)': /simple/x/", LOG, PROJECT), ["cannot be reached", "HTTPS_PROXY"]),
        (advice.pip_failed("[Errno -3] Temporary failure in name resolution", LOG, PROJECT), ["cannot be reached"]),
        (
            advice.pip_failed("THESE PACKAGES DO NOT MATCH THE HASHES FROM", LOG, PROJECT),
            ["not the one that was pinned"],
        ),
        (
            advice.pip_failed("ERROR: No matching distribution found for lxml==6.1", LOG, PROJECT),
            ["no package lxml==6.1"],
        ),
        (advice.pip_failed("", LOG, PROJECT), ["it says nothing", "var/pip.log"]),
    ],
)
def test_what_cannot_work_is_told_in_a_sentence(sentence, words):
    assert [word for word in words if word not in sentence] == []
    assert one_sentence(sentence)
