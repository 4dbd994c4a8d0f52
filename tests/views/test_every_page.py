"""The rules of every page, on every page, in every state that it shows.

A page that joins `Place` joins these tests by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from plie_desktop import text
from plie_desktop.models.domain.answers import DECLINED, LATER, Answer
from plie_desktop.models.domain.intake_form import FIRST_VISIT
from plie_desktop.models.domain.participant import FileState
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.unlock.page import UnlockPage
from plie_desktop.views.widgets.rail import RailButton
from tests.support.labels import french_labels, whole_file
from tests.support.page_rules import (
    HEIGHT,
    WIDTH,
    clipped,
    complaints,
    pseudo,
    show,
    small_targets,
    too_large,
)
from tests.support.workplaces import desk

OF_A_PERSON = (Place.INTAKE, Place.PARTICIPANT_FILE, Place.PATHWAY, Place.PLAN)
COLOURS = (Theme.LIGHT, Theme.DARK, Theme.SUN)
# Larger text changes the room that words need, and full sun has the widest edges.
SIZES = ((Theme.LIGHT, 150), (Theme.SUN, 150), (Theme.LIGHT, 200))
LONG = "Marie-Antoinette Élisabeth-Charlotte"


@dataclass(frozen=True)
class State:
    """One thing a page shows."""

    name: str
    page: QWidget
    show: Callable[[], object] = lambda: None


def of_the_door(page: UnlockPage) -> Iterator[State]:
    sentence = "Cette phrase de passe n’ouvre pas ce portable. Tapez-la à nouveau."
    yield State("door: opening", page, page.show_opening)
    yield State("door: refused", page, lambda: page.show_refused(sentence))
    yield State("door: first start", page, page.show_first_start)
    yield State("door: invitation", page, page.ways.show_invitation)
    yield State("door: passphrase", page, page.ways.show_secret)
    yield State("door: practice", page, page.ways.show_practice)
    yield State("door: compare", page, lambda: page.show_compare(["lagune", "ficelle", "verger"]))
    yield State("door: busy", page, lambda: page.set_busy("Ouverture du coffre…"))


def of_an_intake(page) -> Iterator[State]:
    missing = [field for field in FIRST_VISIT if field.required]
    yield State("intake: stand", page, lambda: page.take_keyboard("origin"))
    yield State("intake: situation", page, lambda: page.take_keyboard("labour_status"))
    yield State("intake: other questions", page, lambda: page.take_keyboard("usage_name"))
    yield State("intake: unfinished", page, lambda: page.show_unfinished("Il manque", missing))
    yield State("intake: full disk", page, lambda: page.show_not_saved("Le disque est plein."))


def of_the_settings(page, settle) -> Iterator[State]:
    card = page.passphrase

    def change_passphrase():
        if not card.is_open():
            card._open.click()
            settle()

    sentence = "Ce n’est pas la phrase de passe actuelle, rien n’est changé. Recommencez."
    yield State("preferences: passphrase", page, change_passphrase)
    yield State("preferences: refused", page, lambda: card.show_refused(sentence, is_current=True))
    yield State("preferences: busy", page, lambda: card.set_busy("Changement en cours…"))
    yield State("preferences: changed", page, lambda: card.show_changed(sentence))


def fill(work) -> None:
    """Answers with states, remarks and long words in the intake shown."""
    intakes = work.services.intakes
    someone = person(work)
    given = {
        "first_name": Answer.given(LONG),
        "phone": Answer.given("061234567"),
        "postcode": LATER,
        "birth_date": DECLINED,
        "jobs": Answer.given("11987|13254|38874"),
    }
    for key, answer in given.items():
        intakes.answer(someone, key, answer)


def person(work):
    return next(line.id for line in work.people() if line.state is FileState.IN_PATHWAY)


def behind_the_door(work, qtbot) -> Iterator[State]:
    someone = person(work)
    for place in Place:
        if place is Place.UNLOCK:
            continue
        about = someone if place in OF_A_PERSON else None
        page = work.go(qtbot, Destination(place, about))
        yield State(place.value, page)
        if place is Place.INTAKE:
            yield from of_an_intake(page)
        if place is Place.PREFERENCES:
            yield from of_the_settings(page, partial(work.settle, qtbot))
    work.go(qtbot, Destination(Place.TODAY))
    banner = work.work.window.banner
    yield State("frame", work.work.window, lambda: banner.tell("error", "Le disque est plein."))
    keys = work.work.window.keys
    yield State("all keys", keys, lambda: keys.isVisible() or keys.turn())


def wrong(states: Iterator[State], rules=complaints) -> list[str]:
    found = []
    for state in states:
        state.show()
        QApplication.processEvents()
        found += [f"{state.name}: {said}" for said in rules(state.page)]
    return found


def lacking_room(page: QWidget) -> list[str]:
    """The rules about room alone: they depend on the size of words."""
    show(page)
    return [*too_large(page, WIDTH, HEIGHT), *clipped(page), *small_targets(page)]


@pytest.fixture
def build(qtbot, tmp_path, lanes, dressed):
    """A filled workplace in given words, shown."""

    def make(words=None):
        made = desk(qtbot, tmp_path, lanes, words)
        fill(made)
        made.host.resize(WIDTH, HEIGHT)
        made.host.show()
        made.host.activateWindow()
        works.append(made)
        return made

    works = []
    yield make
    for made in works:
        made.end()


@pytest.mark.parametrize("theme", COLOURS)
def test_every_page_keeps_the_rules(qtbot, build, dressed, theme):
    dressed(theme)
    found = wrong(behind_the_door(build(), qtbot))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", COLOURS)
def test_the_door_keeps_the_rules(qtbot, said, dressed, theme):
    dressed(theme)
    page = UnlockPage(said)
    qtbot.addWidget(page)
    found = wrong(of_the_door(page))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("theme", "percent"), SIZES)
def test_every_page_has_room_for_large_text(qtbot, build, dressed, theme, percent):
    dressed(theme, percent)
    found = wrong(behind_the_door(build(), qtbot), lacking_room)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("theme", "percent"), SIZES)
def test_the_door_has_room_for_large_text(qtbot, said, dressed, theme, percent):
    dressed(theme, percent)
    page = UnlockPage(said)
    qtbot.addWidget(page)
    found = wrong(of_the_door(page), lacking_room)
    assert not found, "\n".join(found)


def test_every_page_has_room_for_longer_words(qtbot, build):
    found = wrong(behind_the_door(build(pseudo()), qtbot), lacking_room)
    assert not found, "\n".join(found)


def in_english(page: QWidget) -> list[str]:
    return [*lacking_room(page), *french_labels(page)]


def test_every_page_has_room_in_english_and_says_no_label_in_french(qtbot, build):
    work = build(text.words("en"))
    someone = whole_file(work.services, date(2026, 2, 2))
    assert person(work) == someone
    found = wrong(behind_the_door(work, qtbot), in_english)
    assert not found, "\n".join(found)
    spoken = {button.text() for button in work.work.window.findChildren(RailButton)}
    assert {"Today", "Participants"} <= spoken


def test_the_door_has_room_for_longer_words(qtbot, dressed):
    page = UnlockPage(pseudo())
    qtbot.addWidget(page)
    found = wrong(of_the_door(page), lacking_room)
    assert not found, "\n".join(found)


def test_a_page_shows_few_enough_stops_for_a_screen_reader(qtbot, build):
    from tests.support.page_focus import tab_stops

    many = {
        state.name: len(tab_stops(state.page))
        for state in behind_the_door(build(), qtbot)
        if state.show() or len(tab_stops(state.page)) > 60
    }
    assert many == {}


def test_hours_are_those_of_france(said):
    from plie_desktop.views.intake.page import IntakePage

    page = IntakePage(said)
    page.show_saved(datetime(2026, 7, 1, 12, 32, 7, tzinfo=UTC))
    assert page.saved() == "Enregistré à 14:32:07"
    page.deleteLater()
