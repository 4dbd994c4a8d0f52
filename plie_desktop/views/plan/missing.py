"""What a plan still lacks, folded into one line until someone wants to know."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons, looks
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label


class Missing(QWidget):
    """Hidden while nothing lacks. It stops nothing: a plan can be printed as it is.

    Signals:
        pathway_asked: go and add it.
    """

    pathway_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._fold = Button("", "plain")
        looks.mark(self._fold, "pill", "warning")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_toggled)
        self._sentences = Label("", "muted", wrap=True)
        self._pathway = Button(words.say("Ouvrir le parcours"), "quiet", "pathway")
        self._pathway.clicked.connect(self.pathway_asked)
        self._unfolded = QWidget()
        inner = QVBoxLayout(self._unfolded)
        inner.setContentsMargins(4, 4, 4, 4)
        inner.setSpacing(4)
        inner.addWidget(self._sentences)
        inner.addWidget(self._pathway, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._unfolded)
        self._unfolded.hide()
        self.hide()

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Say how many there are; the sentences themselves are unfolded."""
        count = self._words.count("{n} point à compléter", "{n} points à compléter", len(sentences))
        self._fold.set_words(count)
        icons.dress(self._fold, "warning", "warning")
        self._sentences.setText("\n".join(sentences))
        self.setVisible(bool(sentences))

    def sentences(self) -> str:
        """What is told now; empty when nothing lacks."""
        return "" if self.isHidden() else self._sentences.text()

    def _on_toggled(self, checked: bool) -> None:  # noqa: FBT001 - as the signal gives it
        self._unfolded.setVisible(checked)
        state = self._words.say("Déplié") if checked else self._words.say("Replié")
        self._fold.setAccessibleDescription(state)
