"""Every key of the window, pressed on the keyboard: it does what the table of keys says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from plie_desktop.models.domain.answers import Answer
from plie_desktop.views.intake import page as intake_page
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import PAGES, Act, sequences, told
from plie_desktop.views.shell.main_window import RAIL
from plie_desktop.views.widgets.label import Label

SECRET = "Préfère le matin"


class Hand:
    """Someone at the keyboard of the window, on the file of one person."""

    def __init__(self, desk, qtbot):
        self.desk = desk
        self.qtbot = qtbot
        self.window = desk.work.window
        self.someone = desk.people()[0].id

    def press(self, act, which=0):
        self.desk.host.activateWindow()
        QApplication.processEvents()
        target = QApplication.focusWidget() or self.window
        QTest.keySequence(target, QKeySequence(sequences(act.keys)[which]))
        self.desk.settle(self.qtbot)

    def at(self, place, about=None):
        return self.desk.go(self.qtbot, Destination(place, about))

    @property
    def place(self):
        return self.desk.work.navigation.shown.place


@pytest.fixture
def hand(at_work, qtbot):
    at_work.work.begin()
    at_work.settle(qtbot)
    return Hand(at_work, qtbot)


def leads_to(place):
    def prove(hand, act):
        hand.at(Place.PREFERENCES if place is not Place.PREFERENCES else Place.TODAY)
        hand.press(act)
        assert hand.place is place

    return prove


def gives_the_search_the_keyboard(hand, act):
    hand.press(act)
    assert hand.window.search.box.hasFocus()


def sets_the_intake_aside(hand, act):
    hand.at(Place.INTAKE, hand.someone)
    hand.press(act)
    assert hand.place is Place.TODAY


def goes_on_in_the_intake(hand, act):
    page = hand.at(Place.INTAKE, hand.someone)
    page.take_keyboard("birth_name")
    hand.press(act)
    assert page._questions.step() == 1


def goes_back(hand, act):
    hand.at(Place.PREFERENCES)
    hand.press(act)
    assert hand.place is Place.TODAY


def locks(hand, act):
    hand.press(act)
    assert hand.desk.restarts == ["restart"]


def covers_the_protected_answers(hand, act):
    hand.desk.services.intakes.answer(hand.someone, "comment", Answer.given(SECRET))
    page = hand.at(Place.PARTICIPANT_FILE, hand.someone)
    page.answers._reveal.click()
    QApplication.processEvents()
    assert SECRET in words_on(page)
    hand.press(act)
    assert SECRET not in words_on(page)
    assert page.isVisible()


def prepares_the_paper(hand, act):
    hand.at(Place.PARTICIPANT_FILE, hand.someone)
    hand.press(act)
    assert hand.place is Place.PLAN


def tells_when_it_was_saved(hand, act):
    page = hand.at(Place.INTAKE, hand.someone)
    page.show_saved(hand.desk.clock.now())
    spoken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake_page, "announce", lambda _, sentence: spoken.append(sentence))
        hand.press(act)
    assert spoken == [page.saved()]


def opens_the_other_answers(hand, act):
    page = hand.at(Place.INTAKE, hand.someone)
    page.take_keyboard("phone")
    hand.press(act)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def goes_to_the_next_part(hand, act):
    hand.window.search.take_keyboard()
    hand.press(act)
    assert hand.window.stack.isAncestorOf(QApplication.focusWidget())


def shows_the_keys(hand, act):
    hand.press(act)
    assert hand.window.keys.isVisible()


def makes_text(percent):
    def prove(hand, act):
        # From a size in the middle each of the three keys has somewhere to go.
        for _ in range(2):
            hand.press(Act.LARGER)
        assert looks.text_percent() == 125
        hand.press(act)
        assert looks.text_percent() == percent

    return prove


def turns_to_full_sun(hand, act):
    hand.press(act)
    assert looks.colours().name == "sun"


def words_on(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


PROOFS = {
    **{act: leads_to(place) for act, (place, _, _) in zip(PAGES, RAIL, strict=True)},
    Act.SEARCH: gives_the_search_the_keyboard,
    Act.NEW_INTAKE: leads_to(Place.INTAKE),
    Act.PARK: sets_the_intake_aside,
    Act.GO_ON: goes_on_in_the_intake,
    Act.BACK: goes_back,
    Act.LOCK: locks,
    Act.DISCREET: covers_the_protected_answers,
    Act.PRINT: prepares_the_paper,
    Act.SYNC: leads_to(Place.SYNCHRONISATION),
    Act.SAVED: tells_when_it_was_saved,
    Act.ANSWER_STATE: opens_the_other_answers,
    Act.NEXT_REGION: goes_to_the_next_part,
    Act.ALL_KEYS: shows_the_keys,
    Act.LARGER: makes_text(150),
    Act.SMALLER: makes_text(110),
    Act.NORMAL_SIZE: makes_text(100),
    Act.SUN: turns_to_full_sun,
}
EVERY_KEY = {key: (act, which) for act in PROOFS for which, key in enumerate(sequences(act.keys))}


def test_every_act_has_a_proof():
    assert set(PROOFS) == set(Act)


@pytest.mark.parametrize(("act", "which"), EVERY_KEY.values(), ids=EVERY_KEY.keys())
def test_a_key_does_what_it_is_for(hand, monkeypatch, act, which):
    press = hand.press
    monkeypatch.setattr(hand, "press", lambda asked: press(asked, which if asked is act else 0))
    PROOFS[act](hand, act)


def test_the_table_of_keys_lists_each_act_once(hand):
    hand.press(Act.ALL_KEYS)
    listed = [
        label.text()
        for label in hand.window.keys.findChildren(Label)
        if label.property("role") == "key"
    ]
    assert sorted(listed) == sorted(told(act) for act in Act)


def test_escape_after_the_keys_were_looked_at_leaves_the_page_as_it_was(hand):
    hand.press(Act.ALL_KEYS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert hand.place is Place.TODAY
