"""Moving between pages: one shown, the others kept as they are, and the way back."""

from collections.abc import Callable
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from plie_desktop.models.domain.changes import Changes
from plie_desktop.views.qt.places import Destination, Place

LONGEST_WAY_BACK: Final = 50


class Presenter(Protocol):
    """What the shell asks of a feature's presenter."""

    def enter(self, destination: Destination) -> None:
        """The page is shown: read what it needs and put the keyboard where it was."""
        ...

    def leave(self) -> Destination:
        """The page is about to go; where the person was on it."""
        ...

    def on_changed(self, changes: Changes) -> None:
        """Something was written while the page is shown."""
        ...


@runtime_checkable
class Flushing(Protocol):
    """A page that may hold typed text it has not handed over yet."""

    def flush(self) -> None:
        """Hand it over now."""
        ...


Build = Callable[[], tuple[QWidget, Presenter]]


class Navigation(QObject):
    """Shows one page at a time and remembers the way.

    A page is built the first time it is asked for and lives as long as the window, so that an
    answer from a lane always finds it.

    Signals:
        moved(Destination): this is what is shown now.
    """

    moved = Signal(object)

    def __init__(self, stack: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._builders: dict[Place, Build] = {}
        self._features: dict[Place, tuple[QWidget, Presenter]] = {}
        self._way_back: list[Destination] = []
        self._shown: Destination | None = None

    def add(self, place: Place, build: Build) -> None:
        """Make a page known; `build` is called once, when it is first shown."""
        self._builders[place] = build

    @property
    def places(self) -> tuple[Place, ...]:
        """Every page that can be shown."""
        return tuple(self._builders)

    @property
    def shown(self) -> Destination | None:
        """What was asked for last, as it was asked."""
        return self._shown

    @property
    def can_go_back(self) -> bool:
        return bool(self._way_back)

    def feature(self, place: Place) -> tuple[QWidget, Presenter]:
        """A page and its presenter, built now if it was not yet.

        Raises:
            KeyError: no such page was added.
        """
        if place not in self._features:
            page, presenter = self._builders[place]()
            self._stack.addWidget(page)
            self._features[place] = (page, presenter)
        return self._features[place]

    def go(self, destination: Destination) -> None:
        """Show a page; the one shown goes on the way back with the spot the person was at."""
        left = self.spot()
        if left is not None and not _same_thing(left, destination):
            self._way_back.append(left)
            del self._way_back[:-LONGEST_WAY_BACK]
        self._show(destination)

    def back(self) -> None:
        """Show what was shown before; nothing when there is no way back."""
        if self._way_back:
            self.spot()
            self._show(self._way_back.pop())

    def spot(self) -> Destination | None:
        """Have the page hand over what is being typed, and say where the person is."""
        if self._shown is None:
            return None
        page, presenter = self.feature(self._shown.place)
        if isinstance(page, Flushing):
            page.flush()
        return presenter.leave()

    def farewell(self) -> Destination | None:
        """Have every page hand over what it still holds, and say where the person is.

        A page that was left may hold what the disk had no room for.
        """
        spot = self.spot()
        for place, (_, presenter) in self._features.items():
            if self._shown is None or place is not self._shown.place:
                presenter.leave()
        return spot

    def on_changed(self, changes: Changes) -> None:
        """Tell the page shown; the others read again when they are entered."""
        if self._shown is not None:
            self.feature(self._shown.place)[1].on_changed(changes)

    def _show(self, destination: Destination) -> None:
        page, presenter = self.feature(destination.place)
        self._shown = destination
        self._stack.setCurrentWidget(page)
        self.moved.emit(destination)
        presenter.enter(destination)


def _same_thing(one: Destination, other: Destination) -> bool:
    return (one.place, one.participant_id) == (other.place, other.participant_id)
