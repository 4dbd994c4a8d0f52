"""A long work seen from the page: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label


class Busy(QWidget):
    """Hidden until a work begins; `show_progress` has the shape of `tasks.Progress`.

    Signals:
        cancelled: the person wants the work stopped.
    """

    cancelled = Signal()

    def __init__(
        self, words: Words, *, stoppable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._sentence = Label(wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = Button(words.say("Annuler"), "plain", "close")
        self._stop.setVisible(stoppable)
        self._stop.clicked.connect(self._ask_to_stop)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self._stop)
        self.hide()

    def begin(self, sentence: str) -> None:
        """Show that a work has begun, of unknown length."""
        self._stop.setEnabled(True)
        self._bar.setRange(0, 0)
        self._tell(sentence)
        self.show()
        announce(self, sentence)

    def show_progress(self, done: int, total: int | None, sentence: str) -> None:
        """Show how far it is; without `total` the bar only moves."""
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        self._tell(sentence)
        self.show()

    def end(self) -> None:
        self.hide()

    def _tell(self, sentence: str) -> None:
        self._sentence.setText(sentence)
        self._bar.setAccessibleName(sentence)

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._tell(self._words.say("Arrêt demandé…"))
        self.cancelled.emit()
