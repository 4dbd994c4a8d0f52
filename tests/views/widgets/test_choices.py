"""One answer among a few, several among a few, from the keyboard and with the mouse."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.field_widget import FieldWidget

STATUSES = [Choice("chom", "En recherche"), Choice("emp", "En emploi"), Choice("form", "Formation")]


@pytest.fixture
def one(bench, said):
    return bench(ChoiceButtons(STATUSES, said))


@pytest.fixture
def several(bench, said):
    return bench(MultiChoice(STATUSES, said))


def buttons(box):
    return box.control.findChildren(QAbstractButton)


@pytest.mark.parametrize("how", ["type", "azerty"])
def test_a_figure_key_picks_and_completes(one, how):
    getattr(one, how)("2")
    assert one.control.value() == "emp"
    assert one.edited == ["emp"]
    assert len(one.completed) == 1


def test_a_figure_beyond_the_list_picks_nothing(one):
    one.type("4")
    assert (one.control.value(), one.edited) == ("", [])


def test_arrows_move_and_pick(one):
    one.press(Qt.Key.Key_Down)
    assert one.control.value() == "emp"
    one.press(Qt.Key.Key_Down)
    assert one.control.value() == "form"
    assert one.edited == ["emp", "form"]
    assert one.completed == []


def test_a_click_anywhere_on_the_box_picks(one):
    button = buttons(one)[2]
    corner = QPoint(button.width() - 4, button.height() - 4)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=corner)
    assert one.edited == ["form"]


def test_delete_takes_the_answer_back(one):
    one.type("2")
    one.press(Qt.Key.Key_Delete)
    assert one.control.value() == ""
    assert one.edited == ["emp", ""]
    one.type("3")
    assert one.control.value() == "form"


def test_enter_completes_without_picking(one):
    one.press(Qt.Key.Key_Return)
    assert (len(one.left), len(one.completed), one.edited) == (1, 1, [])


def test_the_group_is_one_stop_for_tab(one):
    one.type("2")
    one.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is one.after
    QTest.keyClick(one.after, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is buttons(one)[1]


def test_moving_inside_the_group_is_not_leaving(one):
    one.press(Qt.Key.Key_Down)
    assert one.left == []
    one.after.setFocus()
    assert len(one.left) == 1


def test_a_value_set_by_the_page_is_not_told_as_chosen(one):
    one.control.set_value("form")
    assert (one.control.value(), one.edited) == ("form", [])
    one.control.set_value("")
    assert one.control.value() == ""
    one.control.set_value("no such code")
    assert one.control.value() == ""


def test_the_place_in_the_group_is_kept(one):
    one.control.set_caret(2)
    assert one.control.caret() == 2
    assert buttons(one)[2].hasFocus()


def test_choices_are_radio_buttons_to_a_screen_reader(one):
    interface = QAccessible.queryAccessibleInterface(buttons(one)[0])
    assert interface.role() == QAccessible.Role.RadioButton
    assert interface.text(QAccessible.Text.Name) == "En recherche"


def test_a_problem_is_described_on_each_choice(one):
    one.control.set_problem("Cette réponse est demandée.")
    described = {button.accessibleDescription() for button in buttons(one)}
    assert described == {"Cette réponse est demandée."}


def test_several_answers_are_joined_in_the_order_of_the_list(several):
    several.type("31")
    assert several.control.value() == "chom|form"
    assert several.edited == ["form", "chom|form"]
    several.azerty("3")
    assert several.control.value() == "chom"
    assert several.completed == []


def test_several_stored_answers_are_shown(several):
    several.control.set_value("emp|form")
    assert [button.isChecked() for button in buttons(several)] == [False, True, True]
    assert several.edited == []


def test_delete_takes_every_mark_away(several):
    several.type("12")
    several.press(Qt.Key.Key_Delete)
    assert several.control.value() == ""


def test_an_ampersand_is_shown_as_written(bench, said):
    box = bench(ChoiceButtons([Choice("a", "Emploi & formation")], said))
    interface = QAccessible.queryAccessibleInterface(buttons(box)[0])
    assert interface.text(QAccessible.Text.Name) == "Emploi & formation"
    assert buttons(box)[0].shortcut().isEmpty()


def test_long_words_wrap_instead_of_being_cut(bench, said):
    box = bench(ChoiceButtons([Choice("a", "Sans activité ni étude ni formation " * 4)], said))
    button = buttons(box)[0]
    assert button.height() > 60
    assert button.text_fits()


def test_the_wheel_never_changes_a_folded_list(bench):
    box = bench(Combo(STATUSES))
    box.control.set_value("emp")
    at = QPointF(box.control.rect().center())
    down = QPoint(0, -120)
    event = QWheelEvent(
        at,
        at,
        down,
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box.control, event)
    assert (box.control.value(), box.edited) == ("emp", [])


def test_a_folded_list_is_changed_with_arrows(bench):
    box = bench(Combo(STATUSES))
    box.control.set_value("emp")
    box.press(Qt.Key.Key_Down)
    assert (box.control.value(), box.edited) == ("form", ["form"])


@pytest.mark.parametrize("make", [ChoiceButtons, MultiChoice])
def test_choices_follow_the_protocol(dressed, said, make):
    assert isinstance(make(STATUSES, said), FieldWidget)
    assert isinstance(Combo(STATUSES), FieldWidget)
