"""What the robot does in the window: one intake, a walk through every page, a decision."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea

from plie_desktop.demo.robot import Robot, Scene
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import FIRST_VISIT
from plie_desktop.views.intake.page import IntakePage
from plie_desktop.views.qt.places import Place
from plie_desktop.views.synchronisation.page import SynchronisationPage
from plie_desktop.views.unlock.ways import Ways

PERSON: Final = {
    "first_contact_place": "Marché du Blosne",
    "birth_name": "Delaunay",
    "first_name": "Maïwenn",
    "birth_date": "12031987",
    "phone": "0699887766",
    "postcode": "35000",
    "labour_status": "En recherche d’emploi",
}
"""An invented person; the rest is answered with figure keys."""
CHOSEN: Final = {"information_given": "1", "without_job_since": "5"}


def unlock(robot: Robot, passphrase: str) -> Scene:
    """Type the passphrase at the door and wait for the first page."""
    robot.fit()
    yield robot.is_calm
    robot.shoot("01-ouverture")
    robot.type(passphrase)
    robot.press(Qt.Key.Key_Return)
    yield robot.is_inside
    robot.wake()
    yield robot.is_calm


def intake(robot: Robot, passphrase: str, _subject: UUID | None) -> Scene:
    """Take one intake as at a stand, from the keys alone."""
    yield from unlock(robot, passphrase)
    robot.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    yield robot.is_at(Place.INTAKE)
    robot.shoot("02-accueil-vide")
    for field in FIRST_VISIT:
        typed = PERSON.get(field.key) or CHOSEN.get(field.key)
        if typed is None:
            continue
        page = robot.page
        if not isinstance(page, IntakePage):
            return
        page.take_keyboard(field.key)
        yield robot.is_calm
        robot.type(typed)
        yield robot.is_calm
        robot.press(Qt.Key.Key_Return)
        yield robot.is_calm
        if field.key == "birth_date":
            robot.shoot("03-accueil-en-cours")
    robot.shoot("04-accueil-rempli")


PAGES: Final = (
    ("10-aujourdhui", Place.TODAY),
    ("11-participants", Place.PARTICIPANTS),
    ("12-dossier", Place.PARTICIPANT_FILE),
    ("13-parcours", Place.PATHWAY),
    ("14-plan", Place.PLAN),
    ("15-accueil", Place.INTAKE),
    ("16-synchronisation", Place.SYNCHRONISATION),
    ("17-reglages", Place.PREFERENCES),
)
_OF_A_PERSON: Final = {Place.PARTICIPANT_FILE, Place.PATHWAY, Place.PLAN, Place.INTAKE}


def first_start(robot: Robot, _passphrase: str, _subject: UUID | None) -> Scene:
    """A laptop that holds nothing yet: the two ways in, the invitation, the passphrase."""
    robot.fit()
    robot.wake()
    yield robot.is_calm
    robot.shoot("00-premiere-ouverture")
    ways = robot.find(Ways)
    ways.show_invitation()
    yield robot.is_calm
    robot.shoot("00-invitation")
    for line, text in (("server", "https://plie.example.org"), ("code", "7K3M-QX2R-9TWB-4")):
        robot.find(QLineEdit, line).setText(text)
    robot.press(Qt.Key.Key_Return)
    yield robot.is_calm
    robot.shoot("00-phrase-de-passe")
    ways.show_compare(("tramou", "vanche", "bijo", "loudra", "pitou", "crivo"))
    yield robot.is_calm
    robot.shoot("00-mots-a-comparer")


def tour(robot: Robot, passphrase: str, subject: UUID | None) -> Scene:
    """Show every page with the data of the story, in the three themes."""
    yield from unlock(robot, passphrase)
    for theme in ("light", "dark", "sun"):
        workplace = robot.program.workplace
        if workplace is not None:
            workplace.appearance.dress(theme, 100)
        for name, place in PAGES:
            robot.go(place, subject if place in _OF_A_PERSON else None)
            yield robot.is_at(place)
            _scroll(robot, to_end=False)
            yield robot.is_calm
            robot.shoot(name if theme == "light" else f"{theme}/{name}")
            if theme == "light" and _scroll(robot, to_end=True):
                yield robot.is_calm
                robot.shoot(f"{name}-suite")


def settle(robot: Robot, passphrase: str, _subject: UUID | None) -> Scene:
    """Exchange, read the conflict, take the other value."""
    yield from unlock(robot, passphrase)
    robot.go(Place.SYNCHRONISATION)
    yield robot.is_at(Place.SYNCHRONISATION)
    page = robot.page
    if not isinstance(page, SynchronisationPage):
        return
    robot.shoot("20-conflit")
    for card in page.conflict_cards():
        card.take.click()
    yield robot.is_calm
    robot.shoot("21-conflit-tranche")


SCENES: Final[dict[str, Callable[[Robot, str, UUID | None], Scene]]] = {
    "first-start": first_start,
    "intake": intake,
    "tour": tour,
    "settle": settle,
}


def is_taken(found: Intake) -> bool:
    """Whether an intake holds what the scene typed."""
    return found.value("birth_name") == PERSON["birth_name"] and (
        found.value("phone") == PERSON["phone"]
    )


def _scroll(robot: Robot, *, to_end: bool) -> bool:
    """Go to the end of the page, or to its top; False when nothing moved."""
    moved = False
    for area in robot.page.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        wanted = bar.maximum() if to_end else bar.minimum()
        if area.isVisible() and bar.value() != wanted:
            bar.setValue(wanted)
            moved = True
    return moved
