"""The exchange with headquarters, told as it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.synchronisation.conflict_card import ConflictCard
from plie_desktop.views.synchronisation.conflict_list import ConflictList
from plie_desktop.views.synchronisation.figures import FigureRow, Figures
from plie_desktop.views.synchronisation.waiting_table import WaitingList, WaitingTable
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.page_header import PageHeader


class SynchronisationPage(QWidget):
    """Shows; the presenter decides.

    Signals:
        sync_asked: exchange now.
        stop_asked: stop the exchange that runs.
        file_asked(int): the row of the waiting file to open.
    """

    sync_asked = Signal()
    stop_asked = Signal()
    file_asked = Signal(int)
    acts = frozenset({Act.SYNC})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("synchronisation")
        self._words = words
        self._header = PageHeader(words.say("Synchronisation"))
        self._state = Chip(State("neutral", words.say("Pas encore d’échange")))
        self._now = Button(words.say("Synchroniser maintenant"), "primary", "sync")
        self._now.setToolTip(told(Act.SYNC))
        # Enter presses it, as Space does.
        self._now.setAutoDefault(True)
        self._now.clicked.connect(self.sync_asked)
        self.banner = Banner(words)
        self._busy = Busy(words)
        self._busy.cancelled.connect(self.stop_asked)
        self._figures = FigureRow(words)
        self.conflicts = ConflictList(words)
        self.conflicts.emptied.connect(self.take_keyboard)
        self._model = WaitingTable(words)
        self._table = WaitingList(words.say("Dossiers à envoyer"))
        self._table.setModel(self._model)
        self._table.arrange(0, {1: 150, 2: 210})
        self._table.opened.connect(self.file_asked)
        self._lay_out()

    def on_act(self, act: Act) -> None:
        """Ctrl+R."""
        if act is Act.SYNC and self._now.isEnabled():
            self.sync_asked.emit()

    def show_state(self, state: State, place: str, figures: Figures) -> None:
        """Show where the exchange stands.

        Args:
            state: of the line, as the pill says it.
            place: laptop and headquarters, in words.
            figures: what left and what waits.
        """
        self._header.set_title(self._words.say("Synchronisation"), place)
        self._state.set_state(state)
        self._figures.show_figures(figures)

    def show_waiting(self, rows: Sequence[tuple[str, str, str]], empty: str) -> None:
        """Name, edits and since when, of the files that have not left; what to say of none."""
        self._model.show_rows(rows)
        self._table.set_empty(empty)
        self._table.updateGeometry()

    def conflict_cards(self) -> tuple[ConflictCard, ...]:
        """What is to be settled, in order."""
        return self.conflicts.cards()

    def begin(self) -> None:
        """An exchange has begun."""
        self.banner.clear()
        self._state.set_state(State("info", self._words.say("Échange en cours"), "sync"))
        had_keyboard = self._now.hasFocus()
        self._busy.begin(self._words.say("Échange avec le siège…"))
        self._now.setEnabled(False)
        stop = self._busy.findChild(Button)
        if had_keyboard and stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, total: int | None, sentence: str) -> None:
        self._busy.show_progress(done, total, self._words.say(sentence))

    def end(self) -> None:
        """It is over, whichever way."""
        self._now.setEnabled(True)
        at = QApplication.focusWidget()
        if at is not None and self._busy.isAncestorOf(at):
            self.take_keyboard()
        self._busy.end()

    def take_keyboard(self) -> None:
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._header.add_mark(self._state)
        self._header.add_act(self._now)
        waiting = Card(self._words.say("Dossiers à envoyer"))
        waiting.body.addWidget(self._table)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        for part in (self._header, self.banner, self._busy, self._figures, self.conflicts):
            column.addWidget(part)
        column.addWidget(waiting, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(content))
