"""Lines of text, days and telephone numbers: what is typed, shown and held."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.digits import digit
from plie_desktop.views.widgets.field_widget import FieldWidget
from plie_desktop.views.widgets.phone_field import PhoneField
from plie_desktop.views.widgets.text_field import DigitField, TextField


def test_text_is_told_at_each_key_without_spaces_around_it(bench):
    box = bench(TextField())
    box.type(" Be ")
    assert box.edited == ["", "B", "Be", "Be"]
    assert box.control.value() == "Be"


def test_text_stops_at_its_limit(bench):
    box = bench(TextField(limit=3))
    box.type("Benali")
    assert box.control.value() == "Ben"


def test_enter_leaves_and_completes(bench):
    box = bench(TextField())
    box.press(Qt.Key.Key_Return)
    assert (len(box.left), len(box.completed)) == (1, 1)


def test_going_elsewhere_leaves_without_completing(bench):
    box = bench(TextField())
    box.after.setFocus()
    assert (len(box.left), len(box.completed)) == (1, 0)


def test_a_value_set_by_the_page_is_not_told_as_typed(bench):
    box = bench(TextField())
    box.control.set_value("Benali")
    assert (box.control.value(), box.edited) == ("Benali", [])


def test_setting_the_same_value_leaves_the_cursor_where_it_is(bench):
    box = bench(TextField())
    box.control.set_value("Benali")
    box.control.set_caret(2)
    box.control.set_value("Benali")
    assert box.control.caret() == 2


def test_a_problem_is_described_to_the_reader_and_never_clears_the_text(bench):
    box = bench(TextField())
    box.control.set_value("06 12")
    box.control.set_problem("Il manque 6 chiffres.")
    assert box.control.accessibleDescription() == "Il manque 6 chiffres."
    assert box.control.value() == "06 12"
    box.control.set_problem("")
    assert box.control.accessibleDescription() == ""


@pytest.mark.parametrize(
    ("keys", "shown", "held"),
    [
        ("12031987", "12/03/1987", "1987-03-12"),
        ("12/03/1987", "12/03/1987", "1987-03-12"),
        ("1/3/1987", "01/03/1987", "1987-03-01"),
        ("12.03.1987", "12/03/1987", "1987-03-12"),
        ("1203", "12/03", "12/03"),
        ("31021987", "31/02/1987", "31/02/1987"),
        ("vers 1987", "vers 1987", "vers 1987"),
        ("29022024", "29/02/2024", "2024-02-29"),
    ],
)
def test_a_day_is_shaped_while_it_is_typed(bench, said, keys, shown, held):
    box = bench(DateField(said))
    box.type(keys)
    assert (box.control.text(), box.control.value()) == (shown, held)
    assert box.edited[-1] == held


def test_a_whole_day_completes_and_takes_no_more_figures(bench, said):
    box = bench(DateField(said))
    box.type("120319871")
    assert box.control.text() == "12/03/1987"
    assert len(box.completed) == 1


def test_an_impossible_day_does_not_complete(bench, said):
    box = bench(DateField(said))
    box.type("31021987")
    assert box.completed == []
    assert box.control.day() is None


def test_a_day_is_typed_without_shift_on_azerty(bench, said):
    box = bench(DateField(said))
    box.azerty("12031967")
    assert box.control.value() == "1967-03-12"


def test_backspace_takes_figures_back_through_the_slashes(bench, said):
    box = bench(DateField(said))
    box.type("120319")
    seen = []
    for _ in range(6):
        box.press(Qt.Key.Key_Backspace)
        seen.append(box.control.text())
    assert seen == ["12/03/1", "12/03/", "12/03", "12/0", "12/", "12"]


def test_a_figure_put_in_the_middle_keeps_the_cursor_beside_it(bench, said):
    box = bench(DateField(said))
    box.type("1203197")
    box.control.setCursorPosition(6)
    box.type("9")
    assert box.control.text() == "12/03/9197"
    assert box.control.caret() == 7


def test_a_stored_day_is_shown_as_people_write_it(bench, said):
    box = bench(DateField(said))
    box.control.set_value("1987-03-12")
    assert box.control.text() == "12/03/1987"
    assert box.control.day() == date(1987, 3, 12)
    box.control.set_value("mars 1987")
    assert box.control.value() == "mars 1987"


@pytest.mark.parametrize(
    ("keys", "shown", "held"),
    [
        ("0612345678", "06 12 34 56 78", "0612345678"),
        ("06 12 34", "06 12 34", "061234"),
        ("+33612345678", "+33612345678", "+33612345678"),
        ("06 poste 3", "06 poste 3", "06 poste 3"),
    ],
)
def test_a_number_is_shown_in_pairs_and_held_without_spaces(bench, said, keys, shown, held):
    box = bench(PhoneField(said))
    box.type(keys)
    assert (box.control.text(), box.control.value()) == (shown, held)


def test_ten_figures_complete_a_number(bench, said):
    box = bench(PhoneField(said))
    box.azerty("06123456")
    assert box.completed == []
    box.azerty("78")
    assert box.control.value() == "0612345678"
    assert len(box.completed) == 1


def test_a_stored_number_is_shown_in_pairs(bench, said):
    box = bench(PhoneField(said))
    box.control.set_value("0612345678")
    assert box.control.text() == "06 12 34 56 78"


def test_five_figures_complete_a_postcode(bench):
    box = bench(DigitField(length=5))
    box.azerty("35000")
    assert (box.control.value(), len(box.completed)) == ("35000", 1)
    box.azerty("1")
    assert box.control.value() == "35000"


def test_a_selected_text_is_replaced_even_when_whole(bench):
    box = bench(DigitField(length=5))
    box.type("35000")
    box.control.selectAll()
    box.type("4")
    assert box.control.value() == "4"


def test_a_field_that_cannot_be_changed_takes_no_figure(bench, said):
    box = bench(DateField(said))
    box.control.setReadOnly(True)
    box.azerty("12")
    assert box.control.value() == ""


@pytest.mark.parametrize(
    ("text", "modifiers", "scan", "expected"),
    [
        ("7", Qt.KeyboardModifier.NoModifier, 0, "7"),
        ("-", Qt.KeyboardModifier.NoModifier, 0, "6"),
        ("-", Qt.KeyboardModifier.KeypadModifier, 0, ""),
        ("-", Qt.KeyboardModifier.NoModifier, 999, ""),
        ("à", Qt.KeyboardModifier.ControlModifier, 0, ""),
        ("a", Qt.KeyboardModifier.NoModifier, 0, ""),
        ("", Qt.KeyboardModifier.NoModifier, 0, ""),
        ("٣", Qt.KeyboardModifier.NoModifier, 0, ""),
    ],
)
def test_a_key_stands_for_the_figure_printed_on_it(text, modifiers, scan, expected):
    event = QKeyEvent(QKeyEvent.Type.KeyPress, 0, modifiers, scan, 0, 0, text)
    assert digit(event) == expected


@pytest.mark.parametrize("make", [TextField, DigitField], ids=["text", "digits"])
def test_fields_follow_the_protocol(dressed, make):
    assert isinstance(make(), FieldWidget)
