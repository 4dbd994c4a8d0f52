"""Beside the questions: the file, what is missing, who looks alike, why this is asked."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from plie_desktop.models.domain.intake_form import FIELDS, Field
from plie_desktop.models.domain.participant import (
    FILE_STATE_LABELS,
    ParticipantLine,
    RecordState,
)
from plie_desktop.text import Words
from plie_desktop.views.qt import icons
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.file_states import record_state
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.row_button import RowButton

MOST: Final = 5
"""Files that are shown for the same person at once."""
_REQUIRED: Final = sum(field.required for field in FIELDS)


class Gauge(QWidget):
    """How many of the expected answers are there, and the way to the next one.

    Signals:
        wanted(str): key of the question to go to.
    """

    wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._key = ""
        self._count = Label("", "strong", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _REQUIRED)
        self._next = RowButton("", kind="plain")
        self._next.clicked.connect(self._on_next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._count)
        column.addWidget(self._bar)
        column.addWidget(self._next)

    def show_missing(self, missing: Sequence[Field]) -> None:
        """Say what is still expected."""
        here = _REQUIRED - len(missing)
        self._bar.setValue(here)
        said = self._words.count(
            "Il manque {n} réponse attendue", "Il manque {n} réponses attendues", len(missing)
        )
        said = said if missing else self._words.say("Toutes les réponses attendues sont là.")
        self._count.setText(said)
        self._bar.setAccessibleName(said)
        self._key = missing[0].key if missing else ""
        self._next.setVisible(bool(missing))
        if missing:
            label = self._words.say(missing[0].label)
            self._next.set_words(label, self._words.say("Y aller"))

    def _on_next(self) -> None:
        self.wanted.emit(self._key)


class Alike(QWidget):
    """Files that may be the same person's; silence is never ambiguous.

    Signals:
        wanted(UUID): the file to open.
    """

    wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._speech = Speech(words)
        self._nobody = Label(words.say("Personne ne ressemble."), "muted", wrap=True)
        self._lines: tuple[ParticipantLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(Label(words.say("Ressemblances"), "strong"))
        self._column.addWidget(self._nobody)
        self._shown: list[QWidget] = []

    def show_lines(self, lines: Sequence[ParticipantLine]) -> None:
        """Show who looks alike, the likeliest first."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.deleteLater()
        self._shown = [self._person(line) for line in self._lines[:MOST]]
        for widget in self._shown:
            self._column.addWidget(widget)
        self._nobody.setVisible(not lines)

    def _person(self, line: ParticipantLine) -> QWidget:
        born = self._speech.short_day(line.birth_date) if line.birth_date else ""
        state = self._words.say(FILE_STATE_LABELS[line.state])
        facts = " · ".join(part for part in (born, line.commune, state) if part)
        button = RowButton(line.display_name, facts, kind="plain")
        button.setToolTip(self._words.say("Ouvrir ce dossier"))
        button.clicked.connect(lambda: self.wanted.emit(line.id))
        return button


class Side(Card):
    """The panel beside the questions.

    Signals:
        question_wanted(str): key of the question to go to.
        file_wanted(UUID): the file to open.
    """

    question_wanted = Signal(str)
    file_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = words
        self._picture = QLabel()
        self._state = Label("", "help", wrap=True)
        self.gauge = Gauge(words)
        self.gauge.wanted.connect(self.question_wanted)
        self.alike = Alike(words)
        self.alike.wanted.connect(self.file_wanted)
        self._why = Label("", "help", wrap=True)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.addWidget(Scroll(self._inside()))

    def _inside(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._picture)
        state.addWidget(self._state, 1)
        column.addLayout(state)
        column.addSpacing(4)
        column.addWidget(self.gauge)
        column.addSpacing(4)
        column.addWidget(self.alike)
        column.addStretch()
        column.addWidget(self._why)
        return inside

    def show_record(self, number: str, state: RecordState) -> None:
        """Say the number of the file and where it stands towards headquarters."""
        told = record_state(self._words, state)
        icons.dress(self._picture, told.icon_name, told.kind, 16)
        self._state.setText(f"{number} · {told.text}" if number else told.text)

    def show_why(self, why: str) -> None:
        """Say why the question in hand is asked."""
        self._why.setText(self._words.say(why) if why else "")
