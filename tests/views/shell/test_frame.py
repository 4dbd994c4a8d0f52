"""The frame: rail, keys, search, pill, banner, looks."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.models.domain.sync_state import Connection, SyncStatus
from plie_desktop.services.preferences import Preferences
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import PAGES, Act
from plie_desktop.views.shell.main_window import RAIL
from plie_desktop.views.synchronisation.description import Description
from tests.support.robots import Keyboard, press_act
from tests.support.workplaces import MORNING


@pytest.fixture
def begun(at_work, qtbot):
    at_work.work.begin()
    at_work.settle(qtbot)
    return at_work


def shown(desk):
    return desk.work.navigation.shown


def test_a_first_session_begins_with_the_day(begun):
    assert shown(begun).place is Place.TODAY


def test_a_session_goes_on_where_the_last_one_stopped(at_work, qtbot):
    someone = at_work.people()[0].id
    at_work.services.session.remember(Bookmark("participant-file", someone))
    at_work.work.begin()
    at_work.settle(qtbot)
    assert shown(at_work) == Destination(Place.PARTICIPANT_FILE, someone)


def test_a_place_of_a_later_version_leads_to_the_day(at_work, qtbot):
    at_work.services.session.remember(Bookmark("agenda"))
    at_work.work.begin()
    at_work.settle(qtbot)
    assert shown(at_work).place is Place.TODAY


def test_a_place_is_remembered_as_soon_as_it_is_shown(begun, qtbot):
    begun.go(qtbot, Destination(Place.PREFERENCES))
    assert begun.services.session.bookmark().place == "preferences"


@pytest.mark.parametrize(
    ("act", "place"), [(act, place) for act, (place, _, _) in zip(PAGES, RAIL, strict=True)]
)
def test_keys_and_rail_lead_to_the_same_pages(begun, qtbot, act, place):
    press_act(begun, act)
    begun.settle(qtbot)
    assert shown(begun).place is place
    begun.go(qtbot, Destination(Place.TODAY if place is not Place.TODAY else Place.PREFERENCES))
    label = next(label for known, _, label in RAIL if known is place)
    button = next(b for b in begun.work.window.findChildren(QPushButton) if b.text() == label)
    button.click()
    begun.settle(qtbot)
    assert shown(begun).place is place


def test_back_returns_to_the_page_before(begun, qtbot):
    begun.go(qtbot, Destination(Place.PREFERENCES))
    press_act(begun, Act.BACK)
    begun.settle(qtbot)
    assert shown(begun).place is Place.TODAY


def test_a_known_person_is_opened_with_the_name_and_enter(begun, qtbot):
    wanted = begun.people()[0]
    keys = Keyboard(begun.host)
    press_act(begun, Act.SEARCH)
    keys.type(wanted.birth_name[:9])
    search = begun.work.window.search
    qtbot.waitUntil(lambda: wanted.id in {line.id for line in search.found()}, timeout=10_000)
    while search.found()[0].id != wanted.id:
        keys.type(wanted.birth_name[9:])
        begun.settle(qtbot)
    keys.type("\n")
    begun.settle(qtbot)
    assert shown(begun) == Destination(Place.PARTICIPANT_FILE, wanted.id)


def test_enter_before_the_people_are_found_opens_the_first_once_they_are(begun, qtbot):
    wanted = begun.people()[0]
    keys = Keyboard(begun.host)
    press_act(begun, Act.SEARCH)
    keys.type(f"{wanted.birth_name} {wanted.first_name}\n")
    begun.settle(qtbot)
    assert shown(begun) == Destination(Place.PARTICIPANT_FILE, wanted.id)


def test_arrows_and_escape_walk_the_people_found(begun, qtbot):
    keys = Keyboard(begun.host)
    press_act(begun, Act.SEARCH)
    keys.type("essai")
    search = begun.work.window.search
    qtbot.waitUntil(lambda: len(search.found()) > 2, timeout=10_000)
    second = search.found()[1].id
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Escape)
    assert search.found() == ()
    assert search.box.hasFocus()
    keys.press(Qt.Key.Key_Down)
    assert len(search.found()) > 2
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    begun.settle(qtbot)
    assert shown(begun) == Destination(Place.PARTICIPANT_FILE, second)


def test_nobody_found_is_said(begun, qtbot):
    press_act(begun, Act.SEARCH)
    Keyboard(begun.host).type("zzzz")
    qtbot.wait(200)
    begun.settle(qtbot)
    assert "Personne de ce nom" in _words_on(begun.work.window)


def test_an_error_nobody_answers_is_told_in_the_banner(begun):
    begun.dispatcher.failed.emit(DiskFullError("Le disque est plein."))
    assert begun.work.window.banner.sentence() == "Le disque est plein."


def test_an_unforeseen_error_is_told_without_its_words(begun):
    begun.dispatcher.failed.emit(KeyError("Fatima Benali"))
    assert begun.work.window.banner.sentence()
    assert "Benali" not in begun.work.window.banner.sentence()


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (SyncStatus(Connection.NONE), "neutral", "rien n’est envoyé"),
        (SyncStatus(Connection.UNTRIED, waiting=3), "neutral", "3 à envoyer"),
        (SyncStatus(Connection.ONLINE, last_success_at=MORNING), "ok", "tout est envoyé"),
        (SyncStatus(Connection.ONLINE, waiting=1, last_success_at=MORNING), "info", "1 à envoyer"),
        (SyncStatus(Connection.OFFLINE, waiting=12), "warning", "12 à envoyer"),
        (SyncStatus(Connection.ONLINE, conflicts=2), "conflict", "2 à trancher"),
    ],
)
def test_the_pill_says_the_true_state(begun, status, kind, words):
    state = begun.work.shell._state(status, MORNING + timedelta(minutes=5))
    assert state.kind == kind
    assert words in state.text


@pytest.mark.parametrize("connection", Connection)
def test_the_pill_and_the_page_mark_a_connection_alike(begun, said, connection):
    status = SyncStatus(connection, last_success_at=MORNING)
    pill = begun.work.shell._state(status, MORNING)
    page = Description(said, MORNING).state(status)
    assert (pill.kind, pill.icon_name) == (page.kind, page.icon_name)


def test_the_pill_counts_again_after_a_write(begun, qtbot):
    counted = []
    read = begun.services.synchronisation.status
    begun.services.synchronisation.status = lambda: counted.append(1) or read()
    begun.dispatcher.changed.emit(Changes(sync=True))
    qtbot.waitUntil(lambda: counted == [1], timeout=10_000)


def test_size_of_text_changes_at_once_and_is_kept(begun, qtbot):
    press_act(begun, Act.LARGER)
    begun.settle(qtbot)
    assert looks.text_percent() == 110
    assert begun.services.preferences.get().text_percent == 110
    press_act(begun, Act.NORMAL_SIZE)
    begun.settle(qtbot)
    assert looks.text_percent() == 100


def test_full_sun_and_back(begun, qtbot):
    press_act(begun, Act.SUN)
    begun.settle(qtbot)
    assert looks.colours().name == "sun"
    press_act(begun, Act.SUN)
    begun.settle(qtbot)
    assert looks.colours().name != "sun"


def test_the_delay_of_the_lock_follows_the_preferences(begun, qtbot):
    begun.dispatcher.changed.emit(
        begun.services.preferences.set(Preferences("light", 100, "fr", lock_minutes=1))
    )
    begun.settle(qtbot)
    begun.clock.move_to(MORNING + timedelta(seconds=61))
    begun.work.lock._look()
    assert begun.restarts == ["restart"]


def test_all_keys_are_shown_until_escape_and_the_keyboard_goes_back(begun, qtbot):
    before = QApplication.focusWidget()
    press_act(begun, Act.ALL_KEYS)
    assert "Ctrl+N" in _words_on(begun.work.window.keys)
    Keyboard(begun.host).press(Qt.Key.Key_Escape)
    assert not begun.work.window.keys.isVisible()
    assert QApplication.focusWidget() is before


def test_f6_walks_the_parts_of_the_window(begun, qtbot):
    window = begun.work.window
    at = []
    for _ in range(4):
        press_act(begun, Act.NEXT_REGION)
        at.append(
            next(
                number
                for number, region in enumerate(window.regions())
                if region is QApplication.focusWidget()
                or region.isAncestorOf(QApplication.focusWidget())
            )
        )
    assert set(at) == {0, 1, 2}
    assert at[3] == at[0]


def _words_on(window):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
