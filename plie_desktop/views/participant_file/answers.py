"""The answers of a person by section; protected ones stay hidden until they are asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.participant_file.shown import AnswerLine, AnswerSection
from plie_desktop.views.qt import icons
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Line
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label


class Answers(Card):
    """The card of the situation."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.say("Situation"), parent)
        self._words = words
        self._sections: tuple[AnswerSection, ...] = ()
        self._is_open = False
        self._check = Chip(State("warning", words.say("À revoir")))
        self._check.hide()
        self._reveal = Button(words.say("Afficher"), "plain", "eye")
        self._reveal.clicked.connect(self._turn)
        self._content = QWidget()
        self.add_act(self._check)
        self.body.addWidget(self._reveal, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._content)
        self.body.addStretch(1)

    def show_answers(self, sections: Sequence[AnswerSection], to_check: str) -> None:
        """Show the answers of one file.

        Args:
            sections: those with an answer.
            to_check: how many are to be looked at again, in words; empty for none.
        """
        self._sections = tuple(sections)
        self._check.set_state(State("warning", to_check or self._words.say("À revoir")))
        self._check.setVisible(bool(to_check))
        self._fill()

    def hide_protected(self) -> None:
        """Cover what is protected, at once."""
        if self._is_open:
            self._turn()

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._fill()

    def _fill(self) -> None:
        hidden = sum(line.is_protected for part in self._sections for line in part.lines)
        say = self._words
        self._reveal.setVisible(hidden > 0)
        self._reveal.set_words(
            say.say("Masquer les réponses protégées")
            if self._is_open
            else say.count(
                "Afficher la réponse protégée", "Afficher les {n} réponses protégées", hidden
            )
        )
        icons.dress(self._reveal, "eye-off" if self._is_open else "eye")
        self._reveal.setToolTip(told(Act.DISCREET) if self._is_open else "")
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        parts = [(part.title, self._open_lines(part)) for part in self._sections]
        parts = [(title, lines) for title, lines in parts if lines]
        for place, (title, lines) in enumerate(parts):
            if place:
                column.addWidget(Line())
            column.addWidget(_section(title, lines))
        if not parts:
            none = self._words.say("Aucune réponse n’est notée. Continuez l’accueil.")
            column.addWidget(Label(none, "muted", wrap=True))
        self.body.replaceWidget(self._content, fresh)
        fresh.show()
        self._content.hide()
        self._content.deleteLater()
        self._content = fresh

    def _open_lines(self, part: AnswerSection) -> list[AnswerLine]:
        return [line for line in part.lines if self._is_open or not line.is_protected]


def _section(title: str, lines: Sequence[AnswerLine]) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    grid.addWidget(Label(title, "strong", wrap=True), 0, 0, 1, 2)
    top = Qt.AlignmentFlag.AlignTop
    for row, line in enumerate(lines, start=1):
        grid.addWidget(Label(line.label, "muted", wrap=True), row, 0, top)
        grid.addWidget(Label(line.said, "" if line.is_given else "muted", wrap=True), row, 1, top)
    return part
