"""What an intake still lacks when someone wants to finish it, each with the way to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.models.domain.intake_form import Field
from plie_desktop.text import Words
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.row_button import RowButton


class Unfinished(QWidget):
    """A sentence and one button for each question.

    Signals:
        wanted(str): key of the question to go to.
    """

    wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._sentence = Label("", wrap=True)
        self._links: list[RowButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5, 4, 8, 8)
        self._column.setSpacing(8)
        title = Label(words.say("Cet accueil n’est pas encore complet"), "section", wrap=True)
        self._column.addWidget(title)
        self._column.addWidget(self._sentence)
        self._column.addStretch()

    def show_questions(self, sentence: str, questions: Sequence[Field]) -> None:
        """Say what holds the intake up, with the way to each question."""
        for old in self._links:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = [self._link(question) for question in questions]
        for link in self._links:
            before_the_stretch = self._column.count() - 1
            self._column.insertWidget(before_the_stretch, link)
        self._sentence.setText(sentence)
        announce(self, sentence, urgent=True)

    def take_keyboard(self) -> None:
        """Put the keyboard on the first way."""
        if self._links:
            self._links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _link(self, question: Field) -> RowButton:
        link = RowButton(self._words.say(question.label), kind="plain")
        key = question.key
        link.clicked.connect(lambda: self.wanted.emit(key))
        return link
