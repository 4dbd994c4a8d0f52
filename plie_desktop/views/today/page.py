"""The first page of a session."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import icons, looks
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.today.entry import Entry, EntryButton
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.chip import ICONS
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader

ROOM_FOR_TWO: Final = 620
"""Least width, in points at 100 % text, at which the lists stand side by side."""


class EntryList(Card):
    """A titled list of lines, or one sentence when there is none.

    Signals:
        chosen(UUID): the person of the line pressed.
    """

    chosen = Signal(object)

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.body.setContentsMargins(8, 14, 8, 8)
        # The title stands over the words of the lines, not over their edges.
        self._head.setContentsMargins(12, 0, 12, 0)
        self.body.setSpacing(4)
        self._empty = Label(empty, "muted", wrap=True)
        self._empty.setContentsMargins(12, 4, 12, 8)
        self.body.addWidget(self._empty)
        self._rest = Label("", "muted", wrap=True)
        self._rest.setContentsMargins(12, 4, 12, 8)
        self._buttons: list[EntryButton] = []

    def show_entries(self, entries: Sequence[Entry], rest: str = "") -> None:
        """Show these lines instead of those before, and what is said of those that follow."""
        for old in self._buttons:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [EntryButton(entry) for entry in entries]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            self.body.addWidget(button)
        self._empty.setVisible(not entries)
        self.body.addWidget(self._rest)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))

    def entries(self) -> tuple[Entry, ...]:
        return tuple(button.entry for button in self._buttons)

    def rest(self) -> str:
        """What is said of the lines that follow."""
        return self._rest.text()

    def words(self) -> str:
        """The sentence shown when there is no line; empty when there are some."""
        return "" if self._buttons else self._empty.text()

    def press(self, participant_id: UUID) -> None:
        """Press the line of a person."""
        next(b for b in self._buttons if b.entry.participant_id == participant_id).click()

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, EntryButton):
            self.chosen.emit(button.entry.participant_id)


class TodayPage(QWidget):
    """Shows the day; every line leads somewhere.

    Signals:
        intake_asked: a new intake.
        intake_wanted(UUID): a parked intake is resumed.
        file_wanted(UUID): the file of the person who comes.
        pathway_wanted(UUID): the pathway that has nothing planned.
    """

    intake_asked = Signal()
    intake_wanted = Signal(object)
    file_wanted = Signal(object)
    pathway_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        say = words.say
        self._day = ""
        self._header = PageHeader(say("Aujourd’hui"))
        self._new = Button(say("Nouvel accueil"), "primary", "intake-new")
        self._new.setToolTip(told(Act.NEW_INTAKE))
        self._new.clicked.connect(self.intake_asked)
        self._header.add_act(self._new)
        self._loss = QFrame()
        self._picture = QLabel()
        self._sentence = Label("", wrap=True)
        self.meetings = EntryList(
            say("Prochains rendez-vous"), say("Rien de prévu. Ctrl+N pour un accueil.")
        )
        self.gaps = EntryList(
            say("Parcours sans étape"), say("Chaque parcours a une étape en cours ou prévue.")
        )
        self.parked = EntryList(
            say("Accueils mis de côté"), say("Aucun accueil n’attend d’être terminé.")
        )
        self.meetings.chosen.connect(self.file_wanted)
        self.gaps.chosen.connect(self.pathway_wanted)
        self.parked.chosen.connect(self.intake_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        loss = QHBoxLayout(self._loss)
        loss.setContentsMargins(14, 10, 14, 10)
        loss.setSpacing(12)
        loss.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        loss.addWidget(self._sentence, 1)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.meetings)
        left.addStretch()
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.parked)
        right.addWidget(self.gaps)
        right.addStretch()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(16)
        column.addWidget(self._header)
        column.addWidget(self._loss)
        column.addLayout(self._columns, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inside))

    def show_greeting(self, greeting: str, day: str) -> None:
        """Say hello and which day it is."""
        self._day = day
        self._header.set_title(greeting, day)

    def greeting(self) -> tuple[str, str]:
        """The hello and the day."""
        return self._header.title(), self._day

    def show_loss(self, kind: str, sentence: str) -> None:
        """Say what would be lost if this laptop disappeared now; always true."""
        icons.dress(self._picture, ICONS[kind], kind, 22)
        self._sentence.setText(sentence)
        looks.mark(self._loss, "banner", kind)

    def loss(self) -> str:
        """That sentence."""
        return self._sentence.text()

    def take_keyboard(self) -> None:
        """Put the keyboard on the first thing to do."""
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= looks.scaled(ROOM_FOR_TWO)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
