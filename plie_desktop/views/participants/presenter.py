"""Finding someone among the files of this laptop."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from plie_desktop.models.domain.changes import Changes
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.services.participants import ParticipantService
    from plie_desktop.text import Words
    from plie_desktop.views.participants.page import ParticipantsPage


class ParticipantsPresenter(QObject):
    """Page and services."""

    def __init__(
        self,
        page: "ParticipantsPage",
        participants: "ParticipantService",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._participants = participants
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._shown = Destination(Place.PARTICIPANTS)

    def enter(self, destination: Destination) -> None:
        """Show what was asked for."""
        self._shown = destination

    def leave(self) -> Destination:
        """Where the person is."""
        return self._shown

    def on_changed(self, changes: Changes) -> None:
        """Read again what was written elsewhere."""
