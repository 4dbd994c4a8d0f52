"""The exchange with headquarters, told as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.sync_state import Conflict
from plie_desktop.text import Words
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.synchronisation.conflict_card import ConflictCard
from plie_desktop.views.synchronisation.waiting_table import WaitingTable
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.data_table import DataTable
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader


@dataclass(frozen=True)
class Figures:
    """The numbers of the page, in words where they are not numbers."""

    waiting: str
    files: str
    conflicts: str
    parked: str
    last: str


class Figure(Card):
    """A large number and what it counts."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._label = label
        self._number = Label("—", "display")
        self._detail = Label("", "help", wrap=True)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(2)
        self.body.addWidget(Label(label, "muted", wrap=True))
        self.body.addWidget(self._number)
        self.body.addWidget(self._detail)
        self.body.addStretch()

    def show_number(self, number: str, detail: str = "") -> None:
        self._number.setText(number)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{self._label} : {number}")


class SynchronisationPage(QWidget):
    """Shows; the presenter decides.

    Signals:
        sync_asked: exchange now.
        stop_asked: stop the exchange that runs.
        settled(UUID, Decision): a conflict was settled.
        file_asked(int): the row of the waiting file to open.
    """

    sync_asked = Signal()
    stop_asked = Signal()
    settled = Signal(object, object)
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
        self._now.clicked.connect(self.sync_asked)
        self._banner = Banner(words)
        self._busy = Busy(words)
        self._busy.cancelled.connect(self.stop_asked)
        self._waiting = Figure(words.say("À envoyer"))
        self._conflicts = Figure(words.say("À trancher"))
        self._parked = Figure(words.say("En attente au siège"))
        self._last = Figure(words.say("Dernier échange"))
        self._settle_area = QVBoxLayout()
        self._settle_area.setSpacing(16)
        self._cards: dict[object, ConflictCard] = {}
        self._model = WaitingTable(words)
        self._table = DataTable(
            words.say("Dossiers à envoyer"), words.say("Tout est envoyé et confirmé.")
        )
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
        self._waiting.show_number(figures.waiting, figures.files)
        self._conflicts.show_number(figures.conflicts)
        self._parked.show_number(figures.parked)
        self._last.show_number(figures.last)

    def show_waiting(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Name, edits and since when, of the files that have not left."""
        self._model.show_rows(rows)

    def show_conflicts(self, conflicts: Sequence[tuple[Conflict, tuple[str, str]]]) -> None:
        """Show these; a card already there stays as it is, and keeps the keyboard."""
        wanted = {conflict.id for conflict, _ in conflicts}
        for gone in [key for key in self._cards if key not in wanted]:
            card = self._cards.pop(gone)
            self._settle_area.removeWidget(card)
            card.hide()
            card.deleteLater()
        for conflict, written in conflicts:
            if conflict.id not in self._cards:
                card = ConflictCard(conflict, self._words, written)
                card.settled.connect(self.settled)
                self._cards[conflict.id] = card
                self._settle_area.addWidget(card)

    def conflict_cards(self) -> tuple[ConflictCard, ...]:
        """What is to be settled, in order."""
        return tuple(self._cards.values())

    def begin(self) -> None:
        """An exchange has begun."""
        self._banner.clear()
        self._now.setEnabled(False)
        self._busy.begin(self._words.say("Échange avec le siège…"))

    def show_progress(self, done: int, total: int | None, sentence: str) -> None:
        self._busy.show_progress(done, total, self._words.say(sentence))

    def end(self) -> None:
        self._busy.end()
        self._now.setEnabled(True)

    def tell(self, kind: str, sentence: str) -> None:
        """Tell how it went."""
        self._banner.tell(kind, sentence)

    def take_keyboard(self) -> None:
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._header.add_mark(self._state)
        self._header.add_act(self._now)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in (self._waiting, self._conflicts, self._parked, self._last):
            figures.addWidget(figure, 1)
        waiting = Card(self._words.say("Dossiers à envoyer"))
        waiting.body.addWidget(self._table)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        column.addWidget(self._header)
        column.addWidget(self._banner)
        column.addWidget(self._busy)
        column.addLayout(figures)
        column.addLayout(self._settle_area)
        column.addWidget(waiting, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(content))
