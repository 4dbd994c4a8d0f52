"""Each rule lets a good form pass and catches the bad one it was written for."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from plie_desktop.views.qt import icons
from plie_desktop.views.qt.palettes import PALETTES
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.data_table import DataTable
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import ElidedLabel, Label
from plie_desktop.views.widgets.text_field import TextField
from tests.support import page_rules

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def form(qtbot):
    """Builds a page of widgets one under the other, in a window on the screen."""
    kept = []

    def build(*widgets, width=800, height=600):
        page = QWidget()
        kept.append(page)
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch()
        page_rules.show(page, width, height)
        return page

    yield build
    for page in kept:
        page_rules.discard(page)


@pytest.fixture
def good(form, said):
    yes_no = [Choice("oui", "Oui"), Choice("non", "Non")]
    return form(
        Label("Nouvel accueil", "title"),
        FieldRow("Nom de naissance", TextField()),
        FieldRow("Sexe", Combo([Choice("F", "Femme"), Choice("H", "Homme")])),
        FieldRow("Inscrite ?", ChoiceButtons(yes_no, said)),
        DataTable("Étapes", "Aucune étape."),
        ElidedLabel("Une ligne trop longue pour sa place " * 9),
        Button("Continuer", "primary", "next"),
        IconButton("close", "Fermer"),
    )


def rules(found):
    return {line.split(":")[0] for line in found}


def test_a_good_form_keeps_every_rule(good):
    assert page_rules.complaints(good) == []
    page_rules.check_page(good)


def test_check_page_fails_with_every_complaint(form):
    page = form(QLineEdit(), QToolButton())
    with pytest.raises(AssertionError, match=r"rule 1[\s\S]*rule 7"):
        page_rules.check_page(page)


def test_a_button_without_words_has_no_name(form):
    button = QPushButton()
    button.setIcon(button.style().standardIcon(button.style().StandardPixmap.SP_DirIcon))
    assert rules(page_rules.unnamed(form(button))) == {"rule 1"}


@pytest.mark.parametrize("name", ["close.svg", "btn_close"])
def test_a_name_like_a_file_is_no_name(form, name):
    button = QPushButton()
    button.setAccessibleName(name)
    assert rules(page_rules.unnamed(form(button))) == {"rule 3"}


def test_a_glyph_is_no_name(form):
    assert rules(page_rules.unnamed(form(QPushButton("×")))) == {"rule 1"}


def test_a_list_named_by_its_value_is_caught(form):
    box = QComboBox()
    box.addItems(["Femme", "Homme"])
    assert rules(page_rules.untied(form(box))) == {"rule 2"}
    box.setAccessibleName("Femme")
    assert rules(page_rules.untied(box.window())) == {"rule 2"}
    box.setAccessibleName("Sexe")
    assert page_rules.untied(box.window()) == []


def test_a_placeholder_is_no_label(form):
    line = QLineEdit()
    line.setPlaceholderText("Nom de naissance")
    assert rules(page_rules.untied(form(line))) == {"rule 2"}


def test_a_label_that_leads_nowhere_is_caught(form):
    assert rules(page_rules.untied(form(Label("Nom", "label")))) == {"rule 2"}


def test_a_text_that_keeps_tab_is_a_trap(form):
    text = QPlainTextEdit()
    text.setAccessibleName("Commentaire")
    page = form(TextField(), text, Button("Continuer"))
    found = page_rules.trapped(page)
    assert any("Tab never reaches Button" in line for line in found)
    assert any("Tab is caught at QPlainTextEdit" in line for line in found)
    text.setTabChangesFocus(True)
    assert page_rules.trapped(page) == []


def test_a_table_that_keeps_tab_is_a_trap(form):
    table = QTableView()
    table.setModel(QStandardItemModel(40, 40, table))
    page = form(table, Button("Continuer"))
    assert rules(page_rules.trapped(page)) == {"rule 4"}
    table.setTabKeyNavigation(False)
    assert page_rules.trapped(page) == []


def test_a_control_left_out_of_the_chain_is_caught(form):
    class Shy(QLineEdit):
        def focusInEvent(self, event):
            super().focusInEvent(event)
            self.nextInFocusChain().setFocus()

    found = page_rules.trapped(form(TextField(), Shy(), TextField()))
    assert rules(found) == {"rule 4"}


def test_focus_that_nobody_sees_is_caught(form):
    page = form(TextField(), Button("Continuer"))
    assert page_rules.unseen_focus(page) == []
    page.findChild(QWidget, "focus-ring").setFixedSize(1, 1)
    assert rules(page_rules.unseen_focus(page)) == {"rule 6"}


def test_small_buttons_are_caught(form):
    small = QPushButton("Ok")
    small.setStyleSheet("min-height: 20px; padding: 0;")
    small.setFixedSize(40, 24)
    assert rules(page_rules.small_targets(form(small))) == {"rule 7"}
    assert page_rules.small_targets(form(Button("Continuer"))) == []


def test_low_rows_are_caught(form):
    table = DataTable("Étapes")
    table.setModel(QStandardItemModel(3, 2, table))
    page = form(table)
    assert page_rules.small_targets(page) == []
    table.verticalHeader().setMinimumSectionSize(10)
    table.setRowHeight(1, 18)
    assert rules(page_rules.small_targets(page)) == {"rule 7"}


@pytest.mark.parametrize(
    "bad",
    [
        lambda: _fixed(QLabel("Une phrase qui ne tient pas"), 60),
        lambda: _fixed(QPushButton("Une phrase qui ne tient pas"), 60),
        lambda: _low(Label("Une phrase qui demande plusieurs lignes. " * 8, wrap=True)),
        lambda: _fixed(QCheckBox("Une phrase qui ne tient pas"), 60),
        lambda: _fixed(_with_placeholder("Une phrase qui ne tient pas"), 60),
        lambda: _fixed(Combo([Choice("a", "Une phrase qui ne tient pas")]), 80),
        lambda: _fixed(_picture(), 20),
    ],
    ids=["label", "button", "wrapped", "check", "line", "combo", "picture"],
)
def test_cut_words_are_caught(form, bad):
    assert rules(page_rules.clipped(form(bad()))) == {"rule 8"}


def test_a_widget_that_sticks_out_is_caught(form):
    holder = QWidget()
    holder.setFixedSize(200, 60)
    button = Button("Continuer")
    button.setParent(holder)
    button.move(150, 0)
    assert rules(page_rules.clipped(form(holder))) == {"rule 8"}


def test_a_narrow_column_is_caught(form):
    model = QStandardItemModel(2, 2)
    model.setHorizontalHeaderLabels(["Nom de naissance", "Commune de résidence"])
    table = DataTable("Participants")
    model.setParent(table)
    table.setModel(model)
    table.arrange(0, {1: 60})
    page = form(table)
    table.setColumnWidth(1, 60)
    assert rules(page_rules.clipped(page)) == {"rule 8"}
    table.arrange(0, {1: 200})
    assert page_rules.clipped(table.window()) == []


def test_a_page_wider_than_the_screen_is_caught(form):
    wide = QWidget()
    wide.setMinimumWidth(1200)
    page = form(wide)
    assert rules(page_rules.too_large(page, 1093, 543)) == {"rule 9"}


def test_a_scrolled_part_wider_than_its_area_is_caught(form):
    content = QWidget()
    row = QHBoxLayout(content)
    for _ in range(9):
        row.addWidget(Button("Un bouton assez long"))
    page = form(Scroll(content))
    assert rules(page_rules.too_large(page, 1093, 543)) == {"rule 9"}


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_colours_that_meet_contrast_enough(palette):
    assert page_rules.pale_colours(palette) == []


def test_a_pale_role_is_caught():
    found = page_rules.pale_colours(replace(PALETTES[0], muted="#9AA4AE"))
    assert any("muted on page in light" in line for line in found)


def test_pale_words_on_the_picture_are_caught(form):
    pale = QLabel("Pâle")
    pale.setStyleSheet("color: #B0B0B0;")
    assert rules(page_rules.pale_words(form(pale))) == {"rule 10"}
    assert page_rules.pale_words(form(Label("Lisible", "help"))) == []


def test_pseudo_words_are_longer_by_two_fifths_and_keep_their_details():
    said = page_rules.pseudo()
    for message in ("Nom", "Dernier échange il y a longtemps", "Enregistré à {hour}"):
        assert len(said.say(message)) >= len(message) * 1.4
    assert "14:32" in said.say("Enregistré à {hour}", hour="14:32")
    assert "3" in said.count("{n} proposition", "{n} propositions", 3)


def _fixed(widget, width):
    widget.setFixedWidth(width)
    widget.setAccessibleName("Nom")
    return widget


def _picture():
    label = QLabel()
    icons.dress(label, "check", "ok", 40)
    return label


def _low(label):
    label.setFixedSize(200, 20)
    return label


def _with_placeholder(text):
    line = QLineEdit()
    line.setPlaceholderText(text)
    return line
