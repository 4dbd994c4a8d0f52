"""The door, in front of real vaults: it opens, or it says why not and keeps what was typed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from plie_desktop.security.kdf import LEAST
from plie_desktop.services.session import VaultDoor
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.unlock.page import UnlockPage
from plie_desktop.views.unlock.presenter import UnlockPresenter
from tests.support.clocks import FixedClock
from tests.support.page_rules import show
from tests.support.workplaces import MORNING, tools

PASSPHRASE = "lagune ficelle verger tambour octave girouette marelle"


class Doorstep:
    """A person in front of the door."""

    def __init__(self, qtbot, page, door, lanes, said):
        self.qtbot, self.page, self.door = qtbot, page, door
        self.opened = []
        self.dispatcher = Dispatcher(lanes)
        presenter = UnlockPresenter(page, door, self.dispatcher, said)
        presenter.opened.connect(self.opened.append)

    def box(self, number=0):
        boxes = [box for box in self.page.findChildren(QLineEdit, "passphrase") if box.isVisible()]
        return boxes[number]

    def line(self, name):
        return self.page.findChild(QLineEdit, name)

    def press(self, words):
        button = next(
            button
            for button in self.page.findChildren(QPushButton)
            if button.isVisible() and words in (button.text(), button.accessibleName())
        )
        button.click()
        self.settle()

    def enter(self, box, text):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=60_000)

    def close(self):
        for vault in self.opened:
            vault.store.close()


@pytest.fixture
def doorstep(qtbot, tmp_path, lanes, said, dressed):
    given = replace(tools(FixedClock(MORNING)), prices=(LEAST, LEAST))
    page = UnlockPage(said)
    qtbot.addWidget(page)
    show(page)
    made = Doorstep(qtbot, page, VaultDoor(tmp_path / "vault", given), lanes, said)
    yield made
    made.close()


@pytest.fixture
def at_vault(doorstep):
    doorstep.door.create_practice(PASSPHRASE).store.close()
    doorstep.page.show_opening()
    return doorstep


@pytest.fixture
def at_first_start(doorstep):
    doorstep.page.show_first_start()
    return doorstep


def test_the_passphrase_and_enter_open(at_vault):
    at_vault.enter(at_vault.box(), PASSPHRASE)
    assert [vault.identity.is_practice for vault in at_vault.opened] == [True]


def test_a_wrong_passphrase_is_told_in_the_page_and_selected_to_be_typed_again(at_vault):
    at_vault.enter(at_vault.box(), "autre chose que la phrase")
    assert at_vault.opened == []
    assert at_vault.page.trouble()
    assert at_vault.box().hasFocus()
    assert at_vault.box().selectedText() == at_vault.box().text() == "autre chose que la phrase"
    assert at_vault.box().accessibleDescription() == at_vault.page.trouble()
    at_vault.enter(at_vault.box(), PASSPHRASE)
    assert len(at_vault.opened) == 1


def test_nothing_typed_opens_nothing(at_vault):
    at_vault.enter(at_vault.box(), "")
    assert at_vault.opened == []
    assert at_vault.page.trouble() == ""


def test_a_base_that_is_gone_is_told_in_the_page(at_vault):
    for file in (at_vault.door.state().folder).rglob("*.db"):
        file.unlink()
    at_vault.enter(at_vault.box(), PASSPHRASE)
    assert at_vault.opened == []
    assert at_vault.page.trouble()


def test_a_truncated_base_is_told_in_the_page(at_vault):
    for file in (at_vault.door.state().folder).rglob("*.db"):
        file.write_bytes(file.read_bytes()[:1000])
    at_vault.enter(at_vault.box(), PASSPHRASE)
    assert at_vault.opened == []
    assert at_vault.page.trouble()


def test_locked_capitals_are_told(at_vault):
    box = at_vault.box().parentWidget()
    _press(at_vault.box(), "A", Qt.KeyboardModifier.ShiftModifier)
    assert not box.capitals_are_locked()
    _press(at_vault.box(), "A", Qt.KeyboardModifier.NoModifier)
    assert box.capitals_are_locked()
    QTest.keyClicks(at_vault.box(), "b")
    assert not box.capitals_are_locked()


def test_a_hidden_passphrase_is_not_spoken(at_vault):
    QTest.keyClicks(at_vault.box(), "secret")
    spoken = QAccessible.queryAccessibleInterface(at_vault.box())
    assert "secret" not in spoken.text(QAccessible.Text.Value)
    at_vault.press("Montrer la phrase de passe")
    assert at_vault.box().echoMode() is QLineEdit.EchoMode.Normal
    at_vault.press("Cacher la phrase de passe")
    assert at_vault.box().echoMode() is QLineEdit.EchoMode.Password


def test_first_start_proposes_a_passphrase_and_practice_begins_once_it_is_typed_twice(
    at_first_start,
):
    at_first_start.press("M’entraîner")
    proposed = at_first_start.box().text()
    assert len(proposed.split("-")) >= 5
    at_first_start.enter(at_first_start.box(1), "autre chose")
    assert at_first_start.opened == []
    at_first_start.enter(at_first_start.box(1), proposed)
    assert [vault.identity.is_practice for vault in at_first_start.opened] == [True]
    assert at_first_start.door.state().exists


def test_another_passphrase_is_proposed_when_asked(at_first_start):
    at_first_start.press("M’entraîner")
    first = at_first_start.box().text()
    at_first_start.press("Proposer une autre phrase")
    assert at_first_start.box().text() != first


def test_a_weak_passphrase_makes_no_vault_and_says_why(at_first_start):
    at_first_start.press("M’entraîner")
    at_first_start.enter(at_first_start.box(0), "motdepasse")
    assert at_first_start.box(0).accessibleDescription()
    at_first_start.enter(at_first_start.box(1), "motdepasse")
    assert at_first_start.opened == []
    assert at_first_start.page.trouble()
    assert not at_first_start.door.state().exists


def test_a_headquarters_out_of_reach_leaves_no_vault_and_what_was_typed(at_first_start):
    at_first_start.press("J’ai un code")
    for name, text in (
        ("server", "http://127.0.0.1:9"),
        ("code", "ABCD-EFGH-JKLM"),
        ("device", "Portable 3"),
    ):
        line = at_first_start.line(name)
        line.clear()
        QTest.keyClicks(line, text)
    at_first_start.press("Continuer")
    proposed = at_first_start.box().text()
    at_first_start.enter(at_first_start.box(1), proposed)
    assert at_first_start.opened == []
    assert at_first_start.page.trouble()
    assert at_first_start.line("code").isVisible()
    assert at_first_start.line("code").text() == "ABCD-EFGH-JKLM"
    assert not at_first_start.door.state().exists


def test_the_invitation_goes_on_only_when_nothing_lacks(at_first_start):
    at_first_start.press("J’ai un code")
    at_first_start.line("device").setText("Portable 3")
    at_first_start.press("Continuer")
    assert at_first_start.line("server").isVisible()
    assert at_first_start.line("server").hasFocus()


def _press(box, text, modifiers):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_A, modifiers, text)
        QCoreApplication.sendEvent(box, event)
