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
    made.pages = [QWidget(), QWidget()]
    made.lines = []
    for page in made.pages:
        column.addWidget(page)
        line = TextField()
        QVBoxLayout(page).addWidget(line)
        made.lines.append(line)
    page_rules.show(made, 500, 400)
    made.lines[0].setFocus()
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
    [("Ctrl+1", "Ctrl+&"), ("Ctrl+2", "Ctrl+É"), ("Ctrl+8", "Ctrl+_"), ("Ctrl+0", "Ctrl+À")],
)
def test_a_key_with_a_figure_has_its_twin_on_azerty(key, twin):
    assert sequences([key]) == (key, twin)


def test_the_sixth_page_leaves_its_twin_to_the_size_of_text():
    assert sequences(Act.PAGE_6.keys) == ("Ctrl+6",)
    assert sequences(Act.SMALLER.keys) == ("Ctrl+-",)


def test_every_key_with_a_figure_but_the_sixth_has_a_twin():
    with_figure = [act for act in PAGES if act is not Act.PAGE_6]
    assert all(len(sequences(act.keys)) == 2 for act in with_figure)


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Ampersand])
def test_an_act_answers_its_key_and_the_twin(window, keys, key):
    done = []
    keys.bind(Act.PAGE_1, lambda: done.append("page"))
    QTest.keyClick(window.lines[0], key, Qt.KeyboardModifier.ControlModifier)
    assert done == ["page"]


def test_an_act_is_given_once(keys):
    keys.bind(Act.LOCK, list)
    with pytest.raises(KeyTakenError, match="LOCK"):
        keys.bind(Act.LOCK, list)


def test_a_page_may_not_take_a_key_of_the_frame(window, keys):
    with pytest.raises(KeyTakenError, match=r"Ctrl\+L"):
        keys.bind_here(window.pages[0], ["Ctrl+L"], "Relire", list)


def test_two_pages_may_use_the_same_key_but_not_one_page_twice(window, keys):
    done = []
    keys.bind_here(window.pages[0], ["Ctrl+E"], "Corriger", lambda: done.append(0))
    keys.bind_here(window.pages[1], ["Ctrl+E"], "Corriger", lambda: done.append(1))
    for line in window.lines:
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert done == [0, 1]
    with pytest.raises(KeyTakenError, match=r"Ctrl\+E"):
        keys.bind_here(window.pages[0], ["Ctrl+E"], "Autre", list)


def test_the_table_of_keys_tells_what_is_bound(keys):
    keys.bind(Act.SEARCH, list)
    keys.bind(Act.LOCK, list)
    assert keys.table() == ((told(Act.SEARCH), "Rechercher"), (told(Act.LOCK), "Verrouiller"))
