"""Keys: none given twice, none that a French keyboard cannot type."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.views.qt.shortcuts import PAGES, Act, KeyTakenError, Shortcuts, sequences, told
from plie_desktop.views.widgets.text_field import TextField
from tests.support import page_rules


@pytest.fixture
def window(qtbot, dressed):
    made = QWidget()
    column = QVBoxLayout(made)
    made.line = TextField()
    column.addWidget(made.line)
    page_rules.show(made, 500, 400)
    made.line.setFocus()
    yield made
    page_rules.discard(made)


@pytest.fixture
def keys(window, said):
    return Shortcuts(window, said)


def test_no_two_acts_share_a_key():
    given = [key for act in Act for key in sequences(act.keys)]
    assert len(given) == len(set(given))
    assert all(not QKeySequence(key).isEmpty() for key in given)


@pytest.mark.parametrize(
    ("key", "twin"),
    [("Ctrl+1", "Ctrl+&"), ("Ctrl+2", "Ctrl+É"), ("Ctrl+5", "Ctrl+("), ("Ctrl+0", "Ctrl+À")],
)
def test_a_key_with_a_figure_has_its_twin_on_azerty(key, twin):
    assert sequences([key]) == (key, twin)


def test_every_page_has_its_key_and_the_twin():
    assert all(len(sequences(act.keys)) == 2 for act in PAGES)


def test_the_twin_of_the_sixth_figure_is_left_to_the_size_of_text():
    assert sequences(["Ctrl+6"]) == ("Ctrl+6",)
    assert sequences(Act.SMALLER.keys) == ("Ctrl+-",)


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Ampersand])
def test_an_act_answers_its_key_and_the_twin(window, keys, key):
    done = []
    keys.bind(Act.PAGE_1, lambda: done.append("page"))
    QTest.keyClick(window.line, key, Qt.KeyboardModifier.ControlModifier)
    assert done == ["page"]


def test_an_act_is_given_once(keys):
    keys.bind(Act.LOCK, list)
    with pytest.raises(KeyTakenError, match="LOCK"):
        keys.bind(Act.LOCK, list)


def test_the_table_of_keys_tells_what_is_bound(keys):
    keys.bind(Act.SEARCH, list)
    keys.bind(Act.LOCK, list)
    assert keys.table() == ((told(Act.SEARCH), "Rechercher"), (told(Act.LOCK), "Verrouiller"))
