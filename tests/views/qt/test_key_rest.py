"""What is typed is handed over when the keys rest, and at the latest after a while."""

import pytest
from PySide6.QtCore import QObject

from plie_desktop.views.qt import key_rest
from plie_desktop.views.qt.key_rest import KeyRest


@pytest.fixture
def pauses(monkeypatch):
    """Sets the three pauses."""

    def make(rest=10_000, longest=10_000, retry=10_000):
        monkeypatch.setattr(key_rest, "PAUSE_MS", rest)
        monkeypatch.setattr(key_rest, "LONGEST_MS", longest)
        monkeypatch.setattr(key_rest, "RETRY_MS", retry)

    return make


@pytest.fixture
def owner(qapp):
    made = QObject()
    yield made
    made.deleteLater()


def test_a_rest_of_the_keys_is_told_once(qtbot, pauses, owner):
    pauses(rest=20)
    keys, told = KeyRest(owner), []
    keys.over.connect(lambda: told.append("over"))
    keys.note()
    keys.note()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(80)
    assert told == ["over"]


def test_someone_who_never_rests_is_heard_all_the_same(qtbot, pauses, owner):
    pauses(longest=50)
    keys, told = KeyRest(owner), []
    keys.over.connect(lambda: told.append("over"))

    def type_on():
        keys.note()
        return bool(told)

    qtbot.waitUntil(type_on)
    assert told == ["over"]


def test_nothing_is_told_once_all_is_handed_over(qtbot, pauses, owner):
    pauses(rest=10, longest=20)
    keys, told = KeyRest(owner), []
    keys.over.connect(lambda: told.append("over"))
    keys.note()
    keys.stop()
    qtbot.wait(100)
    assert told == []


def test_what_could_not_be_kept_is_asked_for_again(qtbot, pauses, owner):
    pauses(retry=20)
    keys, told = KeyRest(owner), []
    keys.try_again.connect(lambda: told.append("again"))
    keys.ask_again()
    keys.stop()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["again"]
