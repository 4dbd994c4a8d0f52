"""The looks a person chose, applied at once and changed by keys."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from plie_desktop.tasks import Lane
from plie_desktop.views.qt import looks, theme
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.shortcuts import Act, Shortcuts
from plie_desktop.views.qt.theme import TEXT_PERCENTS, Theme

if TYPE_CHECKING:
    from plie_desktop.services.preferences import Preferences, PreferenceService


class Appearance(QObject):
    """Preferences ↔ looks of the application.

    Signals:
        applied(Preferences): these are in force now.
        dressed: colours or sizes changed; what is measured is to be measured again.
    """

    applied = Signal(object)
    dressed = Signal()

    def __init__(
        self,
        app: QApplication,
        preferences: "PreferenceService",
        dispatcher: Dispatcher,
        worn: Theme | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Build it.

        Args:
            app: what is dressed.
            preferences: read and kept.
            dispatcher: to the store lane.
            worn: the theme in force already.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._app = app
        self._preferences = preferences
        self._dispatcher = dispatcher
        self._kept: Preferences | None = None
        self._theme = worn

    def bind(self, shortcuts: Shortcuts) -> None:
        """Give the keys of size and full sun what they do."""
        shortcuts.bind(Act.LARGER, partial(self._step, 1))
        shortcuts.bind(Act.SMALLER, partial(self._step, -1))
        shortcuts.bind(Act.NORMAL_SIZE, partial(self._keep_size, TEXT_PERCENTS[0]))
        shortcuts.bind(Act.SUN, self._turn_sun)

    @Slot()
    def read(self) -> None:
        """Read the preferences and apply them."""
        self._dispatcher.run(Lane.STORE, self._preferences.get, self._on_read)

    def dress(self, chosen: str, text_percent: int) -> None:
        """Apply a theme and a size of text; nothing when they are in force already."""
        wanted = Theme(chosen)
        if wanted is self._theme and text_percent == looks.text_percent():
            return
        self._theme = wanted
        theme.apply(self._app, wanted, text_percent)
        self.dressed.emit()

    def _on_read(self, kept: "Preferences") -> None:
        self._kept = kept
        self.dress(kept.theme, kept.text_percent)
        self.applied.emit(kept)

    def _step(self, steps: int) -> None:
        sizes = TEXT_PERCENTS
        at = min(range(len(sizes)), key=lambda n: abs(sizes[n] - looks.text_percent()))
        self._keep_size(sizes[min(len(sizes) - 1, max(0, at + steps))])

    def _keep_size(self, percent: int) -> None:
        if self._kept is not None:
            self._keep(replace(self._kept, text_percent=percent))

    def _turn_sun(self) -> None:
        if self._kept is not None:
            is_sun = self._kept.theme == Theme.SUN.value
            wanted = Theme.SYSTEM if is_sun else Theme.SUN
            self._keep(replace(self._kept, theme=wanted.value))

    def _keep(self, wanted: "Preferences") -> None:
        self._dispatcher.run(Lane.STORE, partial(self._preferences.set, wanted), _nothing)


def _nothing(_result: object) -> None:
    """The change itself is told to the whole window."""
