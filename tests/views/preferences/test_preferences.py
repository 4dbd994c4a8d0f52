"""Settings on their page: in force at once, kept, and never without a value."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.services.passphrases import PassphraseService
from plie_desktop.services.preferences import Preferences, PreferenceService
from plie_desktop.services.window_state import WindowStateFile
from plie_desktop.views.preferences.page import PreferencesPage
from plie_desktop.views.preferences.presenter import PreferencesPresenter, Settings
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.theme import Theme
from tests.support import page_rules
from tests.support.laptops import tools
from tests.views.people import desk

HERE = Destination(Place.PREFERENCES)


class FullDisk(PreferenceService):
    """The real service on a disk without room."""

    def set(self, preferences):
        raise DiskFullError("Le disque est plein. Faites de la place, puis recommencez.")


class Bench:
    """The page, its presenter, and what the window was asked to wear."""

    def __init__(self, qtbot, lanes, said, people, folder, service=PreferenceService, **identity):
        self.qtbot = qtbot
        self.service = service(people.store, WindowStateFile(folder))
        self.dispatcher = Dispatcher(lanes)
        self.worn = []
        self.page = PreferencesPage(said)
        qtbot.addWidget(self.page)
        self.presenter = PreferencesPresenter(
            self.page,
            Settings(
                self.service,
                PassphraseService(folder, tools()),
                replace(people.identity, **identity),
            ),
            lambda *looks: self.worn.append(looks),
            self.dispatcher,
            said,
            lambda _destination: None,
        )
        # As the shell does.
        self.dispatcher.changed.connect(self.presenter.on_changed)
        page_rules.show(self.page)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0)

    def enter(self):
        self.presenter.enter(HERE)
        self.settle()

    def button(self, words):
        (found,) = [b for b in self.page.findChildren(QAbstractButton) if b.text() == words]
        return found

    def press(self, words):
        self.button(words).click()
        self.settle()

    def chosen(self):
        return [b.text() for b in self.page.findChildren(QAbstractButton) if b.isChecked()]

    def said(self):
        return " | ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())


@pytest.fixture
def people(tmp_path):
    made = desk(tmp_path, with_people=False)
    yield made
    made.store.close()


@pytest.fixture
def bench(qtbot, lanes, said, people, tmp_path, dressed):
    made = Bench(qtbot, lanes, said, people, tmp_path)
    made.enter()
    yield made
    made.settle()


def test_what_is_in_force_is_shown(bench):
    assert bench.chosen() == ["Comme l’ordinateur", "100\u00a0%", "Français", "5 minutes"]


def test_a_setting_is_kept_and_worn_at_once(bench):
    bench.press("Plein soleil")
    bench.press("150\u00a0%")
    bench.press("English")
    bench.press("2 minutes")
    assert bench.service.get() == Preferences("sun", 150, "en", 2)
    assert bench.worn[:2] == [("sun", 100), ("sun", 150)]


def test_two_settings_in_one_breath_are_both_kept(bench):
    bench.button("Sombre").click()
    bench.button("10 minutes").click()
    bench.settle()
    assert bench.service.get() == Preferences("dark", 100, "fr", 10)
    assert bench.chosen()[0] == "Sombre"


def test_a_setting_changed_by_a_key_of_the_frame_is_shown(bench):
    bench.service.set(Preferences("sun", 110))
    bench.dispatcher.changed.emit(Changes(preferences=True))
    bench.settle()
    assert bench.chosen()[:2] == ["Plein soleil", "110\u00a0%"]


def test_a_value_that_is_not_offered_is_told(bench):
    bench.service.set(Preferences(text_percent=137, lock_minutes=7))
    bench.enter()
    assert bench.chosen() == ["Comme l’ordinateur", "Français"]
    assert "En vigueur\u00a0: 137\u00a0%." in bench.said()
    assert "En vigueur\u00a0: 7 minutes." in bench.said()
    bench.press("5 minutes")
    assert bench.service.get() == Preferences(text_percent=137, lock_minutes=5)
    assert "7 minutes" not in bench.said()


def test_delete_takes_no_setting_away(bench):
    bench.button("Sombre").click()
    bench.settle()
    QTest.keyClick(bench.button("Sombre"), Qt.Key.Key_Delete)
    bench.settle()
    assert bench.chosen()[0] == "Sombre"
    assert bench.service.get().theme == "dark"


def test_what_cannot_be_kept_is_told_and_taken_back(qtbot, lanes, said, people, tmp_path, dressed):
    bench = Bench(qtbot, lanes, said, people, tmp_path, FullDisk)
    bench.enter()
    bench.press("Plein soleil")
    assert "Le disque est plein" in bench.page.banner.sentence()
    assert bench.chosen()[0] == "Comme l’ordinateur"
    assert bench.worn == []


def test_whose_laptop_this_is(qtbot, lanes, said, people, tmp_path, dressed):
    bench = Bench(
        qtbot,
        lanes,
        said,
        people,
        tmp_path,
        is_practice=False,
        server="https://siege.example",
        device_name="Stand 1",
    )
    assert "Camille Exemple, Coordination" in bench.said()
    assert "Stand 1 (E0), relié à https://siege.example" in bench.said()


def test_the_window_wears_a_theme_and_locks_as_chosen(at_work, qtbot):
    at_work.work.begin()
    at_work.settle(qtbot)
    page = at_work.go(qtbot, HERE)
    buttons = {b.text(): b for b in page.findChildren(QAbstractButton)}
    for choice in ("Sombre", "125\u00a0%", "1 minute"):
        buttons[choice].click()
        at_work.settle(qtbot)
    assert looks.colours().name == "dark"
    assert looks.text_percent() == 125
    assert at_work.services.preferences.get() == Preferences("dark", 125, "fr", 1)


@pytest.mark.parametrize(
    ("theme", "percent"),
    [(Theme.LIGHT, 100), (Theme.DARK, 100), (Theme.SUN, 150), (Theme.LIGHT, 200)],
)
def test_the_page_keeps_the_rules_when_it_is_full(dressed, bench, theme, percent):
    dressed(theme, percent)
    bench.service.set(Preferences(text_percent=137, lock_minutes=7))
    bench.enter()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))


def test_the_page_holds_longer_words(qtbot, lanes, people, tmp_path, dressed):
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people, tmp_path)
    bench.enter()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
