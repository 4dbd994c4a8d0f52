"""The passphrase changed from the settings, by keys, on a real vault."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from plie_desktop.errors import WrongPassphraseError
from plie_desktop.security import key_copies
from plie_desktop.services.preferences import PreferenceService
from plie_desktop.services.session import VaultDoor
from plie_desktop.services.window_state import WindowStateFile
from plie_desktop.views.preferences.page import PreferencesPage
from plie_desktop.views.preferences.presenter import PreferencesPresenter, Settings
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.widgets import banner as banner_module
from tests.support import page_rules
from tests.support.laptops import PASSPHRASE, practising
from tests.support.robots import Keyboard

OWN = "girouette marelle octave tambour verger ficelle lagune"


class Bench:
    """Someone at the settings of a vault that is open."""

    def __init__(self, qtbot, lanes, said, laptop, folder):
        self.qtbot, self.laptop = qtbot, laptop
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.page = PreferencesPage(said)
        qtbot.addWidget(self.page)
        settings = Settings(
            PreferenceService(laptop.store, WindowStateFile(folder)),
            laptop.services.passphrase,
            laptop.services.session.identity(),
        )
        self.presenter = PreferencesPresenter(
            self.page, settings, lambda *_: None, self.dispatcher, said, lambda _: None
        )
        page_rules.show(self.page, page_rules.WIDTH - 196)
        self.keys = Keyboard(self.page)
        self.presenter.enter(Destination(Place.PREFERENCES))
        self.settle()

    @property
    def card(self):
        return self.page.passphrase

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=60_000)
        QApplication.processEvents()

    def lines(self):
        return [box for box in self.card.findChildren(QLineEdit) if box.isVisible()]

    def reach(self, words):
        """Tab until the button of these words has the keyboard."""
        for _ in range(80):
            focus = QApplication.focusWidget()
            if words in (getattr(focus, "text", str)(), focus.accessibleName()):
                return
            self.keys.press(Qt.Key.Key_Tab)
        raise AssertionError(words)

    def begin(self):
        self.reach("Changer la phrase de passe")
        self.keys.press(Qt.Key.Key_Space)
        self.settle()

    def type_over(self, text):
        QTest.keySequence(QApplication.focusWidget(), "Ctrl+A")
        self.keys.type(text)
        self.settle()


@pytest.fixture
def bench(qtbot, lanes, said, tmp_path, dressed):
    laptop = practising(tmp_path / "vault")
    made = Bench(qtbot, lanes, said, laptop, tmp_path / "vault")
    yield made
    made.settle()
    assert made.failures == []
    laptop.close()


def opens(bench, passphrase):
    bench.laptop.store.close()
    try:
        VaultDoor(bench.laptop.folder, bench.laptop.tools).unlock(passphrase).store.close()
    except WrongPassphraseError:
        return False
    return True


def test_nothing_is_asked_and_nothing_proposed_until_it_is_wanted(bench):
    assert bench.lines() == []
    assert bench.card.lines.text() == ""


def test_the_proposed_one_is_taken_with_the_keyboard_alone(bench, monkeypatch):
    spoken = []
    monkeypatch.setattr(banner_module, "announce", lambda _, text, urgent: spoken.append(text))
    bench.begin()
    proposed = bench.card.lines.text()
    assert len(proposed.split("-")) >= 5
    assert "protège bien" in words_on(bench.card)
    bench.keys.type(PASSPHRASE + "\n" + proposed + "\n")
    bench.settle()
    assert "est changée" in bench.card.banner.sentence()
    assert spoken == [bench.card.banner.sentence()]
    assert bench.lines() == []
    assert QApplication.focusWidget().text() == "Changer la phrase de passe"
    assert opens(bench, proposed)
    assert not opens(bench, PASSPHRASE)


def test_an_own_choice_is_judged_as_it_is_typed_and_taken(bench):
    bench.begin()
    bench.keys.type(PASSPHRASE)
    bench.lines()[1].setFocus()
    bench.type_over("motdepasse")
    assert "moins de 15 caractères" in words_on(bench.card)
    bench.type_over(OWN + "\n" + OWN + "\n")
    bench.settle()
    assert "est changée" in bench.card.banner.sentence()
    assert opens(bench, OWN)


def test_a_wrong_current_one_is_told_at_its_line_and_nothing_typed_is_lost(bench):
    bench.begin()
    proposed = bench.card.lines.text()
    bench.keys.type("lagune\n" + proposed + "\n")
    bench.settle()
    sentence = bench.card.banner.sentence()
    assert "pas la phrase de passe actuelle" in sentence
    current, new, again = bench.lines()
    assert (current.text(), new.text(), again.text()) == ("lagune", proposed, proposed)
    assert current.hasFocus()
    assert current.selectedText() == "lagune"
    assert current.accessibleDescription() == sentence
    bench.keys.type(PASSPHRASE)
    bench.reach("Changer")
    bench.keys.press(Qt.Key.Key_Space)
    bench.settle()
    assert opens(bench, proposed)


def test_a_weak_one_is_refused_and_stays(bench):
    bench.begin()
    bench.keys.type(PASSPHRASE)
    bench.lines()[1].setFocus()
    bench.type_over("motdepasse\nmotdepasse\n")
    bench.settle()
    assert "moins de 15 caractères" in bench.card.banner.sentence()
    assert [box.text() for box in bench.lines()] == [PASSPHRASE, "motdepasse", "motdepasse"]
    assert bench.lines()[1].hasFocus()
    assert opens(bench, PASSPHRASE)


def test_two_lines_that_differ_are_told_before_anything_is_asked_of_the_vault(bench):
    bench.begin()
    bench.keys.type(PASSPHRASE + "\nautre chose\n")
    bench.settle()
    assert "ne sont pas pareilles" in words_on(bench.card)
    assert bench.lines()[2].hasFocus()
    assert opens(bench, PASSPHRASE)


def test_without_the_current_one_it_is_asked_for(bench):
    bench.begin()
    proposed = bench.card.lines.text()
    bench.keys.type("\n" + proposed + "\n")
    assert bench.lines()[0].hasFocus()
    assert opens(bench, PASSPHRASE)


def test_a_full_disk_is_told_and_nothing_typed_is_lost(bench, monkeypatch):
    def no_room(*_):
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(key_copies, "_write_durably", no_room)
    bench.begin()
    proposed = bench.card.lines.text()
    bench.keys.type(PASSPHRASE + "\n" + proposed + "\n")
    bench.settle()
    assert "disque est plein" in bench.card.banner.sentence()
    assert [box.text() for box in bench.lines()] == [PASSPHRASE, proposed, proposed]


def test_whoever_went_on_meanwhile_keeps_the_keyboard_where_it_is(bench):
    bench.begin()
    bench.keys.type("lagune\n" + bench.card.lines.text())
    bench.lines()[2].returnPressed.emit()
    elsewhere = bench.page._theme.focus_control()
    elsewhere.setFocus()
    bench.settle()
    assert bench.card.banner.sentence()
    assert elsewhere.hasFocus()


@pytest.mark.parametrize("way", ["cancel", "leave"])
def test_what_was_typed_does_not_stay_on_a_page_one_leaves(bench, way):
    bench.begin()
    bench.keys.type(PASSPHRASE)
    if way == "cancel":
        bench.reach("Annuler")
        bench.keys.press(Qt.Key.Key_Space)
    else:
        bench.presenter.leave()
    assert bench.lines() == []
    assert {box.text() for box in bench.card.findChildren(QLineEdit)} == {""}


def test_a_proposal_that_comes_after_one_has_left_is_not_shown(bench):
    bench.reach("Changer la phrase de passe")
    bench.keys.press(Qt.Key.Key_Space)
    bench.presenter.leave()
    bench.settle()
    assert bench.card.lines.text() == ""


def words_on(widget):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
