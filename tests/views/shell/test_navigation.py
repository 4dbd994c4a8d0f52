"""Moving between pages: one is built when it is first shown, and the way back is kept."""

from uuid import UUID

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from plie_desktop.models.domain.changes import Changes
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.shell.navigation import Navigation

FATIMA, ALI = UUID(int=1), UUID(int=2)


class Page(QWidget):
    def __init__(self, told):
        super().__init__()
        self._told = told

    def flush(self):
        self._told.append("flush")


class Presenter(QObject):
    """Tells what it is asked; its spot is where it was entered, at character 3."""

    def __init__(self, page, told):
        super().__init__(page)
        self._told = told
        self._at = None

    def enter(self, destination):
        self._told.append(("enter", destination))
        self._at = destination

    def leave(self):
        self._told.append("leave")
        return Destination(self._at.place, self._at.participant_id, "birth_name", 3)

    def on_changed(self, changes):
        self._told.append(("changed", self._at.place))


@pytest.fixture
def told():
    return []


@pytest.fixture
def navigation(qtbot, told):
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    made = Navigation(stack, stack)

    def build():
        told.append("built")
        page = Page(told)
        return page, Presenter(page, told)

    for place in (Place.TODAY, Place.INTAKE, Place.PARTICIPANT_FILE):
        made.add(place, build)
    return made


def test_a_page_is_built_once_when_it_is_first_shown(navigation, told):
    navigation.go(Destination(Place.TODAY))
    navigation.go(Destination(Place.INTAKE))
    navigation.go(Destination(Place.TODAY))
    assert told.count("built") == 2


def test_what_is_typed_is_handed_over_before_the_page_goes(navigation, told):
    navigation.go(Destination(Place.INTAKE))
    told.clear()
    navigation.go(Destination(Place.TODAY))
    assert told[:2] == ["flush", "leave"]


def test_back_leads_to_the_very_spot(navigation):
    navigation.go(Destination(Place.INTAKE, FATIMA))
    navigation.go(Destination(Place.TODAY))
    navigation.back()
    assert navigation.shown == Destination(Place.INTAKE, FATIMA, "birth_name", 3)
    assert not navigation.can_go_back


def test_the_same_page_for_someone_else_is_another_stop_on_the_way(navigation):
    navigation.go(Destination(Place.PARTICIPANT_FILE, FATIMA))
    navigation.go(Destination(Place.PARTICIPANT_FILE, ALI))
    navigation.back()
    assert navigation.shown.participant_id == FATIMA


def test_asking_for_the_page_shown_adds_no_stop(navigation):
    navigation.go(Destination(Place.TODAY))
    navigation.go(Destination(Place.TODAY))
    assert not navigation.can_go_back


def test_back_at_the_beginning_stays(navigation):
    navigation.go(Destination(Place.TODAY))
    navigation.back()
    assert navigation.shown.place is Place.TODAY


def test_only_the_page_in_sight_reads_again(navigation, told):
    navigation.go(Destination(Place.INTAKE))
    navigation.go(Destination(Place.TODAY))
    navigation.on_changed(Changes(sync=True))
    assert told[-1] == ("changed", Place.TODAY)
    assert ("changed", Place.INTAKE) not in told
