"""Half a step typed in the real window: it is there again behind the door after the lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from plie_desktop.errors import DiskFullError
from plie_desktop.services.session import OpenedVault
from plie_desktop.tasks import Lanes
from plie_desktop.views.pathway.drafts import Part, TypedStep
from plie_desktop.views.pathway.presenter import NEW_STEP
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.rail import Rail
from tests.support.clocks import FixedClock
from tests.support.robots import Keyboard, press_act
from tests.support.stores import BaseFile
from tests.support.workplaces import MORNING, desk, practice_vault

WORDS = "Permis B"


@pytest.fixture
def base(tmp_path):
    return BaseFile(tmp_path / "vault.db")


@pytest.fixture
def open_window(qtbot, tmp_path, base, dressed):
    """The window over the one base, as after each unlock."""
    opened, seen = [], []

    def begin():
        clock, mine = FixedClock(MORNING), Lanes()
        if not seen:
            vault = practice_vault(tmp_path, clock, base=base)
        else:
            vault = OpenedVault(base.open(clock), seen[-1], tmp_path)
        for before, _ in opened:
            before.host.hide()
        made = desk(qtbot, tmp_path, mine, opened=vault)
        seen.append(made.services.session.identity())
        opened.append((made, mine))
        made.host.show()
        made.host.activateWindow()
        made.work.begin()
        made.settle(qtbot)
        return made

    yield begin
    for made, mine in opened:
        made.end()
        mine.drain()


def type_half_a_step(window, qtbot):
    who = next(line.id for line in window.people() if "Gaïa" in line.display_name)
    page = window.go(qtbot, Destination(Place.PATHWAY, who, NEW_STEP))
    page.fields.go("step.place", 0)
    keyboard = Keyboard(window.host)
    keyboard.type("Bruz\n")
    page.fields.go("step.title", 0)
    keyboard.type(WORDS)
    keyboard.press(Qt.Key.Key_Left)
    keyboard.press(Qt.Key.Key_Left)
    return who


def by_key(window):
    press_act(window, Act.LOCK)


def by_mouse(window):
    rail = window.work.window.findChild(Rail)
    button = next(b for b in rail.buttons() if "Verrouiller" in b.accessibleName())
    button.setFocus()
    button.click()


@pytest.mark.parametrize("lock", [by_key, by_mouse])
def test_half_a_step_comes_back_at_the_very_letter(open_window, qtbot, lock):
    window = open_window()
    who = type_half_a_step(window, qtbot)
    lock(window)
    assert window.restarts == ["restart"]
    after = open_window()
    assert after.work.navigation.shown.participant_id == who
    page = after.page(Place.PATHWAY)
    assert page.editor.typed() == TypedStep(title=WORDS, place="Bruz")
    assert page.fields.spot() == ("step.title", len(WORDS) - 2)
    # Off screen, a window is the active one when it is asked to be.
    after.host.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert QApplication.focusWidget() is page.editor.rows["title"].control
    assert "Brouillon repris" in page.banner.sentence()


def test_a_lock_right_after_the_unlock_loses_nothing_either(open_window, qtbot):
    window = open_window()
    type_half_a_step(window, qtbot)
    by_key(window)
    between = open_window()
    between.work.lock.lock()
    page = open_window().page(Place.PATHWAY)
    assert page.editor.typed() == TypedStep(title=WORDS, place="Bruz")
    assert page.fields.spot() == ("step.title", len(WORDS) - 2)


@pytest.mark.parametrize("then", [None, Place.TODAY], ids=["on the page", "after leaving it"])
def test_half_a_step_on_a_full_disk_is_written_in_the_room_made_for_the_lock(
    open_window, qtbot, then
):
    window = open_window()
    session = window.services.session
    keep, full = session.keep_draft, [True]

    def on_full_disk(*what):
        if full:
            raise DiskFullError("Le disque est plein.")
        keep(*what)

    session.keep_draft, session.make_room = on_full_disk, full.clear
    who = type_half_a_step(window, qtbot)
    qtbot.waitUntil(lambda: "plein" in window.page(Place.PATHWAY).banner.sentence())
    if then is not None:
        window.go(qtbot, Destination(then))
    by_key(window)
    after = open_window()
    page = after.go(qtbot, Destination(Place.PATHWAY, who))
    assert page.editor.typed() == TypedStep(title=WORDS, place="Bruz")


def test_another_page_and_back_keeps_the_letter(open_window, qtbot):
    window = open_window()
    type_half_a_step(window, qtbot)
    window.go(qtbot, Destination(Place.TODAY))
    window.work.navigation.back()
    window.settle(qtbot)
    page = window.page(Place.PATHWAY)
    assert page.editor.typed() == TypedStep(title=WORDS, place="Bruz")
    assert page.fields.spot() == ("step.title", len(WORDS) - 2)


def test_the_lock_after_the_save_brings_no_draft_back(open_window, qtbot):
    window = open_window()
    who = type_half_a_step(window, qtbot)
    page = window.page(Place.PATHWAY)
    page.editor.rows["type_code"].control.set_value("FRE-MOB")
    page.editor.rows["starts_on"].control.set_value("2026-11-30")
    press_act(window, Act.GO_ON)
    by_key(window)
    after = open_window()
    assert after.services.session.draft(Part.STEP.value, who) == ""
    assert not after.page(Place.PATHWAY).editor.isVisible()
    steps = after.services.pathways.pathway(who).steps
    assert [step.title for step in steps].count(WORDS) == 1
