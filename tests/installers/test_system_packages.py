"""What the system lacks is found by trying, installed where that is allowed, else said plainly."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages are a matter of Linux")

FILE = Path(__file__).resolve().parents[2] / "installers" / "system_packages.py"


@pytest.fixture(scope="module")
def packages():
    spec = importlib.util.spec_from_file_location("system_packages", FILE)
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH of our own: give a name and the lines of a shell script."""
    for real in ("env", "sh"):
        (tmp_path / real).symlink_to(f"/usr/bin/{real}")
    monkeypatch.setenv("PATH", str(tmp_path))

    def add(name: str, script: str) -> None:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    return add


def _as_user(monkeypatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_library_that_loads_is_not_missing(packages):
    group = packages.Group("to try", True, {"libc.so.6": "libc6"}, packages.WINDOW.works)
    assert group.missing() == ()


def test_library_that_does_not_load_is_missing(packages):
    group = packages.Group("to try", True, {"libnowhere.so.9": "none"}, packages.WINDOW.works)
    assert group.missing() == ("libnowhere.so.9",)


def test_screen_libraries_are_asked_for_only_with_a_screen(packages, monkeypatch):
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert packages.SCREEN not in packages.groups("demo")
    monkeypatch.setenv("DISPLAY", ":0")
    assert packages.SCREEN in packages.groups("demo")


def test_keyring_is_wanted_for_tests_alone_and_never_vital(packages):
    assert packages.KEYRING in packages.groups("test")
    assert packages.KEYRING not in packages.groups("demo")
    assert not packages.KEYRING.is_vital


def test_root_installs_after_reading_the_lists(packages, programs, monkeypatch, tmp_path):
    _as_user(monkeypatch, 0)
    programs("apt-get", f'echo "$@" >> "{tmp_path}/calls"')
    assert packages.install(["libegl1", "libgl1"]) is None
    update, install = (tmp_path / "calls").read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" libegl1 libgl1")


def test_user_without_rights_is_told_what_to_ask_for(packages, programs, monkeypatch):
    _as_user(monkeypatch, 1000)
    programs("apt-get", "exit 0")
    obstacle = packages.install(["libegl1"])
    assert obstacle == "ask an administrator to run: apt-get install libegl1"


def test_sudo_that_asks_a_password_is_left_alone(packages, programs, monkeypatch):
    _as_user(monkeypatch, 1000)
    programs("apt-get", "exit 0")
    programs("sudo", "exit 1")
    assert "administrator" in packages.install(["libegl1"])


def test_sudo_without_password_is_used(packages, programs, monkeypatch, tmp_path):
    _as_user(monkeypatch, 1000)
    programs("apt-get", f'echo "$@" >> "{tmp_path}/calls"')
    programs("sudo", 'shift; exec "$@"')
    programs("true", "exit 0")
    assert packages.install(["libegl1"]) is None
    assert (tmp_path / "calls").read_text(encoding="utf-8").endswith("libegl1\n")


def test_system_without_apt_names_what_is_wanted(packages, programs):
    assert "no apt-get here" in packages.install(["libegl1"])


def test_failure_of_apt_is_shown_with_its_own_words(packages, programs, monkeypatch, capsys):
    _as_user(monkeypatch, 0)
    programs("apt-get", "echo Unable to locate; exit 100")
    assert "run: apt-get install libegl1" in packages.install(["libegl1"])
    assert "Unable to locate" in capsys.readouterr().err
