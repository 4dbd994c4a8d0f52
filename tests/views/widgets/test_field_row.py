"""A question with its label, its help and what is said of the answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.long_text import LongText
from plie_desktop.views.widgets.text_field import TextField
from tests.support import page_rules


@pytest.fixture
def row(qtbot, dressed):
    made = FieldRow("Nom & prénom", TextField(), "Comme sur la pièce d’identité.")
    page_rules.show(made, 500, 200)
    yield made
    page_rules.discard(made)


def labels(row):
    return {label.text(): label for label in row.findChildren(QLabel) if label.isVisibleTo(row)}


def test_the_label_names_the_control(row):
    interface = QAccessible.queryAccessibleInterface(row.control)
    assert interface.text(QAccessible.Text.Name) == "Nom & prénom"
    assert labels(row)["Nom && prénom"].buddy() is row.control
    assert row.label() == "Nom & prénom"


def test_the_help_describes_the_control_until_there_is_a_problem(row):
    assert row.control.accessibleDescription() == "Comme sur la pièce d’identité."
    row.set_problem("Le nom est demandé.")
    assert row.control.accessibleDescription() == "Le nom est demandé."
    row.set_problem("")
    assert row.control.accessibleDescription() == "Comme sur la pièce d’identité."


@pytest.mark.parametrize("kind", ["error", "warning", "info"])
def test_a_problem_is_shown_with_an_icon_and_leaves_the_text(row, kind):
    row.control.set_value("Be")
    row.set_problem("Le nom est court.", kind)
    shown = labels(row)["Le nom est court."]
    assert shown.property("role") == kind
    pictures = [label for label in row.findChildren(QLabel) if not label.pixmap().isNull()]
    assert [picture.isVisible() for picture in pictures] == [True]
    assert row.control.value() == "Be"
    assert row.problem() == "Le nom est court."


def test_a_problem_put_right_goes_away(row):
    row.set_problem("Le nom est demandé.")
    row.set_problem("")
    assert row.problem() == ""
    assert set(labels(row)) == {"Nom && prénom", "Comme sur la pièce d’identité."}


def test_another_kind_of_problem_is_refused(row):
    with pytest.raises(ValueError, match="fatal"):
        row.set_problem("Non.", "fatal")


def test_a_click_on_the_label_gives_the_keyboard_to_the_control(row):
    QTest.mouseClick(labels(row)["Nom && prénom"], Qt.MouseButton.LeftButton)
    assert row.control.hasFocus()


def test_a_group_of_choices_takes_the_label_and_keeps_the_words_of_each(dressed, said):
    group = ChoiceButtons([Choice("oui", "Oui"), Choice("non", "Non")], said)
    made = FieldRow("Inscrite ?", group)
    names = [made.control.accessibleName(), group.focus_control().accessibleName()]
    assert names == ["Inscrite ?", "Oui"]


@pytest.fixture
def note(bench, said):
    return bench(LongText(said, limit=20))


def test_tab_leaves_a_long_text(note):
    note.press(Qt.Key.Key_Tab)
    assert note.after.hasFocus()
    assert len(note.left) == 1


def test_a_long_text_tells_each_key(note):
    note.type("ab")
    assert note.edited == ["a", "ab"]
    assert note.control.value() == "ab"


def test_text_beyond_the_limit_is_counted_and_never_cut(note):
    note.control.set_value("x" * 25)
    assert note.control.value() == "x" * 25
    assert note.edited == []
    counts = [label.text() for label in note.control.findChildren(QLabel) if label.isVisible()]
    assert counts == ["25 caractères sur 20"]


def test_the_count_stays_away_while_there_is_room(note):
    note.control.set_value("x" * 5)
    assert not any(label.isVisible() for label in note.control.findChildren(QLabel))


def test_a_long_text_grows_with_its_lines_up_to_a_bound(note):
    edit = note.control.focus_control()
    low = edit.height()
    note.control.set_value("ligne\n" * 7)
    high = edit.height()
    note.control.set_value("ligne\n" * 70)
    assert low < high < edit.height() < 400


def test_the_place_in_a_long_text_is_kept(note):
    note.control.set_value("Vient avec sa sœur")
    note.control.set_caret(6)
    assert note.control.caret() == 6
    note.control.set_caret(999)
    assert note.control.caret() == len("Vient avec sa sœur")


def test_ctrl_enter_leaves_without_writing_a_line(note):
    note.press(Qt.Key.Key_Return, "\r", Qt.KeyboardModifier.ControlModifier)
    assert (note.control.value(), len(note.left)) == ("", 1)
