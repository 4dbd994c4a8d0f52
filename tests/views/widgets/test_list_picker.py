"""Picking from a long list by typing a part of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyleOptionButton

from plie_desktop import reference
from plie_desktop.models.domain.intake_form import FIELDS
from plie_desktop.text import words
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.code_search import CodeSearch, choices
from plie_desktop.views.widgets.field_widget import FieldWidget
from plie_desktop.views.widgets.fields import SHORT, control_for, is_wide
from plie_desktop.views.widgets.list_picker import ListPicker
from plie_desktop.views.widgets.many_list import ManyList, Mark
from plie_desktop.views.widgets.open_list import OpenList
from tests.support.labels import LISTS, NAMES, left_french

PLACES = {
    "35238": "Rennes",
    "35240": "Rimou",
    "35001": "Acigné",
    "22001": "Saint-Jean",
    "35002": "Saint-Jean",
}


def suggest(text):
    return [Choice(code, name) for code, name in PLACES.items() if text.lower() in name.lower()]


@pytest.fixture
def picker(bench, said):
    box = bench(ListPicker(suggest, lambda code: PLACES.get(code, ""), said))
    yield box
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.hide()


def test_enter_picks_the_first_that_fits(picker):
    picker.type("ren")
    picker.press(Qt.Key.Key_Return)
    assert (picker.control.text(), picker.control.value()) == ("Rennes", "35238")
    assert picker.edited[-1] == "35238"
    assert picker.completed == []
    picker.press(Qt.Key.Key_Return)
    assert len(picker.completed) == 1


def test_arrows_walk_the_list(picker):
    picker.type("r")
    picker.press(Qt.Key.Key_Down)
    picker.press(Qt.Key.Key_Return)
    assert picker.control.value() == "35240"


def test_tab_picks_and_goes_on(picker):
    picker.type("ren")
    picker.press(Qt.Key.Key_Tab)
    assert picker.control.value() == "35238"
    assert QApplication.activePopupWidget() is None
    assert QApplication.focusWidget() is picker.after


def test_escape_closes_the_list_and_keeps_what_was_typed(picker):
    picker.type("ren")
    picker.press(Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert (picker.control.text(), picker.control.value()) == ("ren", "ren")


def test_exact_words_pick_without_the_list(picker):
    picker.type("rennes")
    assert picker.control.value() == "35238"


def test_exact_words_are_typed_with_the_space_bar(bench, said):
    jobs = CodeSearch("jobs", said)
    picker = bench(ListPicker(jobs.suggest, jobs.label_of, said))
    picker.type("journaliste de « communication de ville »")
    assert picker.control.value() == "16087"
    QApplication.activePopupWidget().hide()


def test_words_that_fit_nothing_stay_as_typed(picker):
    picker.type("Nantes")
    assert QApplication.activePopupWidget() is None
    assert picker.control.value() == "Nantes"
    assert picker.control.choices() == ()


def test_typing_on_after_a_pick_lets_the_code_go(picker):
    picker.type("ren")
    picker.press(Qt.Key.Key_Return)
    picker.type("x")
    assert picker.control.value() == "Rennesx"


def test_two_places_of_one_name_are_told_apart_by_the_line_picked(picker):
    picker.type("saint")
    picker.press(Qt.Key.Key_Down)
    picker.press(Qt.Key.Key_Return)
    assert picker.control.value() == "35002"


def test_a_stored_code_is_shown_in_words(picker):
    picker.control.set_value("35001")
    assert (picker.control.text(), picker.control.value()) == ("Acigné", "35001")
    picker.control.set_value("ailleurs")
    assert (picker.control.text(), picker.control.value()) == ("ailleurs", "ailleurs")
    picker.control.set_value("")
    assert picker.control.value() == ""
    assert picker.edited == []


def test_opening_the_list_is_not_leaving_the_field(picker):
    picker.type("ren")
    assert QApplication.activePopupWidget() is not None
    assert picker.left == []


def test_down_opens_a_whole_list_and_then_walks_it(bench, said):
    box = bench(OpenList(CodeSearch("communes", said), said))
    box.press(Qt.Key.Key_Down)
    offered = box.control.choices()
    assert len(offered) > 1
    box.press(Qt.Key.Key_Down)
    box.press(Qt.Key.Key_Return)
    assert box.control.value() == offered[1].code


def test_a_list_is_searched_by_the_words_that_are_read(said):
    french, english = (CodeSearch("licences", one) for one in (said, words("en")))
    assert [choice.label for choice in english.suggest("learn")] == ["Learning to drive"]
    assert english.suggest("permis en cours") == french.suggest("learn") == ()
    assert french.suggest("permis en")[0].code == "COURS"
    assert english.label_of("COURS") == "Learning to drive"
    assert english.label_of("typed") == ""


@pytest.mark.parametrize("name", [name for name in LISTS if name not in NAMES])
def test_no_list_offers_a_label_in_french_to_who_reads_english(name):
    search = CodeSearch(name, words("en"))
    offered = search.suggest("")
    assert {choice.code for choice in offered} == {code.code for code in reference.load(name)}
    assert not [label for choice in offered for label in left_french(choice.label)]


def test_answers_shown_side_by_side_are_short_in_english_too(said):
    """A question is asked by the same control in every language."""
    for field in FIELDS:
        if isinstance(control_for(field, said), ChoiceButtons | MultiChoice):
            assert max(len(choice.label) for choice in choices(field.choices, words("en"))) <= SHORT


def test_a_list_of_long_answers_has_the_whole_line_in_the_language_that_needs_it(said):
    in_french, in_english = (
        {field.key for field in FIELDS if field.choices and is_wide(field, one)}
        for one in (said, words("en"))
    )
    assert in_english - in_french == {"labour_status"}
    assert {"origin", "district", "housing", "education", "french"} <= in_french & in_english
    assert not {"birth_country", "commune"} & in_english


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_what_was_picked_is_read_whole_where_there_is_room(bench, said, dressed, percent):
    dressed(percent=percent)
    box = bench(ManyList(CodeSearch("licences", said), said))
    box.control.set_value("COURS|AUCUN")
    QApplication.processEvents()
    marks = box.control.findChildren(Mark)
    drawn = [QStyleOptionButton() for _ in marks]
    for mark, option in zip(marks, drawn, strict=True):
        mark.initStyleOption(option)
    assert [option.text for option in drawn] == ["Permis en cours", "Aucun permis"]


def test_the_picker_follows_the_protocol(picker):
    assert isinstance(picker.control, FieldWidget)
