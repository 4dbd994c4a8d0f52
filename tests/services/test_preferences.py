"""Preferences stay within their bounds, and looks are known before the vault opens."""

import os

import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.services.preferences import Preferences
from plie_desktop.services.window_state import WindowState, WindowStateFile


def test_what_was_set_is_found_again(desk):
    wanted = Preferences("sun", 150, "en", 10)
    assert desk.services.preferences.get() == Preferences()
    assert desk.services.preferences.set(wanted).preferences
    again = desk.reopen()
    assert again.services.preferences.get() == wanted
    again.close()


def test_looks_are_known_before_the_vault_opens(desk):
    desk.services.preferences.set(Preferences("dark", 125, "en", 3))
    shown = WindowStateFile(desk.folder).read()
    assert (shown.theme, shown.text_percent, shown.language) == ("dark", 125, "en")


@pytest.mark.parametrize(
    "wanted",
    [
        Preferences(theme="neon"),
        Preferences(language="de"),
        Preferences(text_percent=90),
        Preferences(text_percent=201),
        Preferences(lock_minutes=0),
        Preferences(lock_minutes=11),
    ],
)
def test_what_is_out_of_bounds_is_refused(desk, wanted):
    with pytest.raises(RefusedInputError):
        desk.services.preferences.set(wanted)
    assert desk.services.preferences.get() == Preferences()


@pytest.mark.parametrize("raw", [b"", b"{", b'{"lock_minutes": 60}', b'{"theme": 3}'])
def test_preferences_of_another_version_are_the_usual_ones(desk, raw):
    with desk.store.write() as transaction:
        transaction.local.put("preferences", raw)
    assert desk.services.preferences.get() == Preferences()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"theme": "neon"}',
        b'{"geometry": 3, "theme": "dark", "text_percent": 100, "language": "fr"}',
        b'{"geometry": "", "theme": "dark", "text_percent": 5000, "language": "fr"}',
        b'{"geometry": "\\ud800", "theme": "dark", "text_percent": 100, "language": "fr"}',
        b"x" * 20_000,
    ],
)  # fmt: skip
def test_a_state_that_cannot_be_read_is_the_usual_one(tmp_path, content):
    (tmp_path / "vault.window.json").write_bytes(content)
    assert WindowStateFile(tmp_path / "vault").read() == WindowState()


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_state_that_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "vault.window.json")
    assert WindowStateFile(tmp_path / "vault").read() == WindowState()


def test_the_place_of_the_window_is_kept_beside_the_looks(tmp_path):
    file = WindowStateFile(tmp_path / "deep" / "vault")
    file.remember(theme="dark")
    file.remember(geometry="AAEC")
    assert file.read() == WindowState("AAEC", "dark")


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "taken").write_text("")
    WindowStateFile(tmp_path / "taken" / "vault").remember(theme="dark")
