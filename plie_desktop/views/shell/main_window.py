"""The frame that stays: rail, bar, banner, and the page in the middle."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from plie_desktop.text import N_, Words
from plie_desktop.views.qt.places import Place
from plie_desktop.views.qt.shortcuts import PAGES, Act, told
from plie_desktop.views.shell.keys_panel import KeysPanel
from plie_desktop.views.shell.page_stack import PageRoom, PageStack
from plie_desktop.views.shell.people_search import PeopleSearch
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import IconButton
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.label import ElidedLabel
from plie_desktop.views.widgets.rail import Rail, RailItem
from plie_desktop.views.widgets.sync_pill import SyncPill

LOCK: Final = "lock"
_SEARCH_WIDTH: Final = 258
RAIL: Final = (
    (Place.TODAY, "today", N_("Aujourd’hui")),
    (Place.INTAKE, "intake-new", N_("Nouvel accueil")),
    (Place.PARTICIPANTS, "participants", N_("Participants")),
    (Place.SYNCHRONISATION, "sync", N_("Synchronisation")),
    (Place.PREFERENCES, "settings", N_("Réglages")),
)
"""Main pages from top to bottom, with their icons and words."""
TRAILS: Final = {
    Place.TODAY: (N_("Aujourd’hui"),),
    Place.INTAKE: (N_("Accueil"),),
    Place.PARTICIPANTS: (N_("Participants"),),
    Place.PARTICIPANT_FILE: (N_("Participants"), N_("Dossier")),
    Place.PATHWAY: (N_("Participants"), N_("Dossier"), N_("Parcours")),
    Place.PLAN: (N_("Participants"), N_("Dossier"), N_("Plan")),
    Place.SYNCHRONISATION: (N_("Synchronisation"),),
    Place.PREFERENCES: (N_("Réglages"),),
}
"""Where a page lies, from the rail inwards."""
_HOMES: Final = {
    Place.PARTICIPANT_FILE: Place.PARTICIPANTS,
    Place.PATHWAY: Place.PARTICIPANTS,
    Place.PLAN: Place.PARTICIPANTS,
}


class MainWindow(QWidget):
    """Shows the frame and reports what is asked of it.

    Signals:
        place_wanted(Place): a line of the rail was pressed.
        lock_asked: the bottom of the rail was pressed.
        back_asked: the arrow of the bar was pressed.
        sync_wanted: the pill was pressed.
    """

    place_wanted = Signal(object)
    lock_asked = Signal()
    back_asked = Signal()
    sync_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.stack = PageStack()
        self.banner = Banner(words)
        self.search = PeopleSearch(words, self)
        self.keys = KeysPanel(words, self)
        self._rail = self._make_rail()
        self._back = IconButton("back", words.say(Act.BACK.label))
        self._back.setAccessibleDescription(told(Act.BACK))
        self._back.clicked.connect(self.back_asked)
        self._trail = ElidedLabel("", "muted")
        self._pill = SyncPill(State("neutral", words.say("État de l’envoi"), "sync"))
        self._pill.clicked.connect(self.sync_wanted)
        self._lay_out()

    def _make_rail(self) -> Rail:
        say = self._words.say
        pages = [
            RailItem(place.value, icon, say(label), told(act))
            for (place, icon, label), act in zip(RAIL, PAGES, strict=True)
        ]
        acts = [RailItem(LOCK, "lock", say(Act.LOCK.label), told(Act.LOCK))]
        rail = Rail(say("Pages principales"), pages, acts)
        rail.chosen.connect(self._on_chosen)
        rail.asked.connect(self.lock_asked)
        return rail

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "bar")
        inner = QHBoxLayout(bar)
        inner.setContentsMargins(12, 6, 20, 6)
        inner.setSpacing(12)
        inner.addWidget(self._back)
        # The way here and the search keep their words; the pill cuts its own, told in its tooltip.
        self.search.box.setMinimumWidth(_SEARCH_WIDTH)
        inner.addWidget(self._trail, 5)
        inner.addWidget(self.search.box, 4)
        inner.addWidget(self._pill, 6)
        banner = QVBoxLayout()
        banner.setContentsMargins(20, 8, 20, 0)
        banner.addWidget(self.banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(bar)
        right.addLayout(banner)
        # A page that lacks room, with a banner above it and large text, scrolls as a whole.
        right.addWidget(Scroll(PageRoom(self.stack)), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)

    def show_place(self, place: Place, *, can_go_back: bool) -> None:
        """Say which page is in sight."""
        self._rail.show_current(_HOMES.get(place, place).value)
        self._trail.setText(" › ".join(self._words.say(part) for part in TRAILS[place]))
        self._back.setEnabled(can_go_back)
        self.search.close_list()

    def show_exchange(self, state: State) -> None:
        """Say where the exchange with headquarters stands."""
        self._pill.set_state(state)

    def fit(self) -> None:
        """Lay the frame out again after the size of text changed."""
        self._rail.fit_to(self.width())

    def regions(self) -> tuple[QWidget, ...]:
        """Parts of the window between which F6 moves."""
        return (self._rail, self.search.box, self.stack)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _on_chosen(self, key: str) -> None:
        self.place_wanted.emit(Place(key))


def next_region(window: MainWindow) -> None:
    """Give the keyboard to the first control of the part after the one that has it."""
    regions = window.regions()
    focus = QApplication.focusWidget()
    here = [n for n, part in enumerate(regions) if focus is not None and _holds(part, focus)]
    region = regions[(here[0] + 1) % len(regions) if here else 0]
    target = region if region.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_stop(region)
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)


def _first_stop(region: QWidget) -> QWidget | None:
    stops = (
        widget
        for widget in region.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return next(stops, None)
