"""What an intake still lacks when someone wants to finish it, each with the way to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from plie_desktop.models.domain.intake_form import Field
from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.wrap_layout import WrapLayout


class Missing(QFrame):
    """A sentence and one button for each question; hidden until someone tries to finish.

    Signals:
        wanted(str): key of the question to go to.
    """

    wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._sentence = Label("", wrap=True)
        self._links = QWidget()
        self._wrap = WrapLayout(self._links, spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._sentence)
        column.addWidget(self._links)
        looks.mark(self, "banner", "warning")
        self.hide()

    def show_missing(self, sentence: str, questions: Sequence[Field]) -> None:
        """Say what holds the intake up, with the way to each question."""
        self._empty()
        for question in questions:
            link = Button(self._words.say(question.label), "quiet", "next")
            link.clicked.connect(lambda _=False, key=question.key: self.wanted.emit(key))
            self._wrap.addWidget(link)
        self._sentence.setText(sentence)
        self._links.setVisible(bool(questions))
        self.show()
        announce(self, sentence, urgent=True)

    def still(self, keys: Sequence[str]) -> None:
        """Put it away once nothing of what it said is missing any more."""
        if not keys:
            self.hide()

    def _empty(self) -> None:
        while (item := self._wrap.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
