"""Somebody who plans a pathway at the real window, spoken to as in `at_the_window`."""

import sys

from PySide6.QtWidgets import QApplication

from plie_desktop.views.pathway.page import PathwayPage
from plie_desktop.views.pathway.presenter import NEW_STEP
from plie_desktop.views.qt.places import Destination, Place
from tests.journeys import at_the_window
from tests.journeys.at_the_window import Person, tell

KEPT_TURNS = 30
"""Turns of the robot, 20 ms each, after which what is typed has been kept."""


def pathway(person: Person) -> PathwayPage:
    page = person.robot.page
    assert isinstance(page, PathwayPage)
    return page


def tell_pathway(person: Person) -> None:
    """Say what is on the page."""
    page = pathway(person)
    field, caret = page.fields.spot()
    step = page.draft().step
    tell(
        "pathway",
        field=field,
        caret=caret,
        place="" if step is None else step.place,
        note="" if step is None else step.note,
        said=page.banner.sentence(),
        focused=person.typed(),
    )


def has_keyboard() -> bool:
    return QApplication.focusWidget() is not None


def begin_step(person: Person):
    """Open the editor on a new step of the first person found by a name."""
    workplace = person.robot.program.workplace
    who = workplace.shell._services.participants.ids(person.given["name"])[0]
    workplace.navigation.go(Destination(Place.PATHWAY, who, NEW_STEP))
    yield person.robot.is_at(Place.PATHWAY)
    person.robot.wake()
    yield has_keyboard
    assert pathway(person).fields.go("step.place", 0)
    person.robot.type(person.given["place"])
    assert pathway(person).fields.go("step.note", 0)


def half_a_step(person: Person):
    """Go on with the note of a step, letter after letter, resting now and then; never save."""
    yield from person.unlock()
    if person.robot.program.workplace.navigation.shown.place is not Place.PATHWAY:
        yield from begin_step(person)
    else:
        person.robot.wake()
        yield has_keyboard
    tell_pathway(person)
    text = person.given["text"]
    for place in range(len(person.typed()), len(text)):
        person.robot.type(text[place])
        tell("typing", text=text[: place + 1])
        rest = person.chance.choice((0, 0, 1, 3, KEPT_TURNS))
        if rest:
            yield person.rest(rest)
        if rest == KEPT_TURNS:
            yield lambda: person.is_idle
            tell("kept", text=text[: place + 1])
    yield person.rest(KEPT_TURNS)
    yield lambda: person.is_idle
    tell("written")
    yield lambda: False


def look_at_step(person: Person):
    """Open the vault and read the page where it opens."""
    yield from person.unlock()
    person.robot.wake()
    yield has_keyboard
    tell_pathway(person)
    yield lambda: False


at_the_window.SCENES |= {scene.__name__: scene for scene in (half_a_step, look_at_step)}

if __name__ == "__main__":
    sys.exit(at_the_window.main())
