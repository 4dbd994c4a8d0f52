"""One person's file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from plie_desktop.models.domain.changes import Changes
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.clock import Clock
    from plie_desktop.services.participants import ParticipantService
    from plie_desktop.text import Words
    from plie_desktop.views.participant_file.page import ParticipantFilePage


class ParticipantFilePresenter(QObject):
    """Page and services."""

    def __init__(
        self,
        page: "ParticipantFilePage",
        participants: "ParticipantService",
        clock: "Clock",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._participants = participants
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._shown = Destination(Place.PARTICIPANT_FILE)

    def enter(self, destination: Destination) -> None:
        """Show what was asked for."""
        self._shown = destination

    def leave(self) -> Destination:
        """Where the person is."""
        return self._shown

    def on_changed(self, changes: Changes) -> None:
        """Read again what was written elsewhere."""
