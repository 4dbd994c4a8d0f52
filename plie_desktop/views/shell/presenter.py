"""The brain of the frame: where one is, what the pill says, what each key does."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from plie_desktop.clock import Clock
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.sync_state import Connection, SyncStatus
from plie_desktop.tasks import Lane
from plie_desktop.text import Words
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.acting import Acting
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import PAGES, Act, Shortcuts
from plie_desktop.views.shell.main_window import RAIL, MainWindow, next_region
from plie_desktop.views.shell.navigation import Navigation
from plie_desktop.views.shell.people_search import MOST
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.connection_states import connection_state

if TYPE_CHECKING:
    from plie_desktop.services.workplace import Services

TICK_MS: Final = 60_000
"""How often the age of the last exchange is told again."""
SETTLE_MS: Final = 400
"""Writes follow each other while someone types: their number is counted once they pause."""
_PAGES_OWN: Final = (
    Act.PARK,
    Act.GO_ON,
    Act.PRINT,
    Act.SAVED,
    Act.ANSWER_STATE,
    Act.DISCREET,
)
"""Keys that mean something only on some pages."""


class ShellPresenter(QObject):
    """Frame ↔ services.

    Signals:
        preferences_changed: they are to be read and applied again.
    """

    preferences_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        navigation: Navigation,
        services: "Services",
        dispatcher: Dispatcher,
        words: Words,
        clock: Clock,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._navigation = navigation
        self._services = services
        self._dispatcher = dispatcher
        self._words = words
        self._clock = clock
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.refresh_pill)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh_pill)
        self._tick.start()
        self._connect()

    def _connect(self) -> None:
        window = self._window
        window.place_wanted.connect(self._go_to)
        window.back_asked.connect(self._navigation.back)
        window.sync_wanted.connect(partial(self._go_to, Place.SYNCHRONISATION))
        window.search.searched.connect(self.on_searched)
        window.search.chosen.connect(self.on_person_chosen)
        self._navigation.moved.connect(self.on_moved)
        self._dispatcher.changed.connect(self.on_changed)
        self._dispatcher.failed.connect(self.on_failed)

    def bind(self, shortcuts: Shortcuts) -> None:
        """Give the keys of the frame what they do."""
        for (place, _, label), act in zip(RAIL, PAGES, strict=True):
            action = shortcuts.bind(act, partial(self._go_to, place))
            action.setText(self._words.say(label))
        shortcuts.bind(Act.NEW_INTAKE, partial(self._go_to, Place.INTAKE))
        shortcuts.bind(Act.SEARCH, self._window.search.take_keyboard)
        shortcuts.bind(Act.BACK, self._navigation.back)
        shortcuts.bind(Act.LOCK, self._window.lock_asked.emit)
        shortcuts.bind(Act.SYNC, self._exchange_now)
        shortcuts.bind(Act.NEXT_REGION, partial(next_region, self._window))
        for act in _PAGES_OWN:
            shortcuts.bind(act, partial(self._to_page, act))
        shortcuts.bind(Act.ALL_KEYS, self._window.keys.turn)

    def begin(self) -> None:
        """Show the page where the person was when the program stopped, or the day's."""
        work = self._services.session.bookmark
        self._dispatcher.run(Lane.STORE, work, self._on_bookmark, self._on_no_bookmark)
        self.refresh_pill()

    @Slot(object)
    def on_moved(self, destination: Destination) -> None:
        self._window.show_place(destination.place, can_go_back=self._navigation.can_go_back)
        if destination.place is not Place.INTAKE:
            # An intake remembers its own spot, down to the caret.
            bookmark = Bookmark(destination.place.value, destination.participant_id)
            work = partial(self._services.session.remember, bookmark)
            self._dispatcher.run(Lane.STORE, work, _nothing)

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        self._navigation.on_changed(changes)
        if changes.sync or changes.participants:
            self._settle.start()
        if changes.preferences:
            self.preferences_changed.emit()

    @Slot(object)
    def on_failed(self, error: BaseException) -> None:
        self._window.banner.tell("error", failures.in_words(error, self._words))

    @Slot(str)
    def on_searched(self, search: str) -> None:
        work = partial(self._services.participants.find, search, MOST)
        self._dispatcher.run(Lane.STORE, work, partial(self._on_found, search))

    @Slot(object)
    def on_person_chosen(self, participant_id: UUID) -> None:
        self._navigation.go(Destination(Place.PARTICIPANT_FILE, participant_id))

    @Slot(int)
    def on_lock_warned(self, seconds: int) -> None:
        """Say once that the lock is near, and take it back when the person is there."""
        sentence = self._words.say(
            "Verrouillage dans moins de 30 secondes, rien n’est perdu. "
            "Une touche suffit pour rester."
        )
        if seconds and self._window.banner.sentence() != sentence:
            self._window.banner.tell("warning", sentence)
        elif not seconds:
            self._window.banner.clear()

    @Slot()
    def refresh_pill(self) -> None:
        """Count again what waits, and say it."""
        self._dispatcher.run(Lane.STORE, self._services.synchronisation.status, self._on_status)

    def farewell(self) -> Bookmark | None:
        """Have the pages hand over what is typed; where the person is."""
        spot = self._navigation.farewell()
        if spot is None:
            return None
        return Bookmark(spot.place.value, spot.participant_id, spot.field, spot.cursor)

    def _go_to(self, place: Place) -> None:
        self._navigation.go(Destination(place))

    def _exchange_now(self) -> None:
        self._go_to(Place.SYNCHRONISATION)
        self._to_page(Act.SYNC)

    def _to_page(self, act: Act) -> None:
        page = self._page()
        if isinstance(page, Acting) and act in page.acts:
            page.on_act(act)

    def _page(self) -> object:
        return self._window.stack.currentWidget()

    def _on_bookmark(self, bookmark: Bookmark | None) -> None:
        self._navigation.go(_destination(bookmark))

    def _on_no_bookmark(self, _error: BaseException) -> None:
        self._navigation.go(Destination(Place.TODAY))

    def _on_found(self, search: str, lines: tuple[ParticipantLine, ...]) -> None:
        self._window.search.show_found(search, lines)

    def _on_status(self, status: SyncStatus) -> None:
        self._window.show_exchange(self._state(status, self._clock.now()))

    def _state(self, status: SyncStatus, now: datetime) -> State:
        words = self._services.synchronisation.in_words(status, self._words, now)
        if status.conflicts:
            return State("conflict", words, "conflict")
        if status.connection is Connection.ONLINE and status.waiting:
            return State("info", words, "send")
        return connection_state(status.connection, words)


def _destination(bookmark: Bookmark | None) -> Destination:
    known = {place.value for place in Place if place is not Place.UNLOCK}
    if bookmark is None or bookmark.place not in known:
        return Destination(Place.TODAY)
    place = Place(bookmark.place)
    if place is Place.INTAKE and bookmark.participant_id is None:
        return Destination(Place.TODAY)
    return Destination(place, bookmark.participant_id, bookmark.field, bookmark.cursor)


def _nothing(_result: object) -> None:
    """A place that was remembered needs no answer."""
