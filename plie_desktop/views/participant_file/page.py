"""One person's file on one page."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.participant_file.answers import Answers
from plie_desktop.views.participant_file.contact import Contact
from plie_desktop.views.participant_file.entry import Entry
from plie_desktop.views.participant_file.notes import Notes
from plie_desktop.views.participant_file.shown import FileWords
from plie_desktop.views.qt import looks
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader

_SIDE_BY_SIDE: Final = 780
"""Least width, at 100 % text, for the cards in two columns."""


class ParticipantFilePage(QWidget):
    """Shows one file and reports what is to be done with it.

    Signals:
        intake_wanted, pathway_wanted, plan_wanted: to the other pages of this person.
        referent_chosen(str): id of who accompanies from now on; empty for nobody.
        entered(str): the day of entry into the pathway, ISO or as typed.
    """

    intake_wanted = Signal()
    pathway_wanted = Signal()
    plan_wanted = Signal()
    referent_chosen = Signal(str)
    entered = Signal(str)

    acts = frozenset({Act.PRINT, Act.DISCREET})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participant-file")
        self._words = words
        self._header = PageHeader("", words.say("Dossier"))
        self.banner = Banner(words)
        self._age = Label("", "muted")
        self._state = Chip(State("neutral", words.say("Dossier")))
        self._record = Chip(State("neutral", words.say("Dossier")))
        self._pathway = Button(words.say("Parcours"), "primary", "pathway")
        self.answers = Answers(words)
        self.contact = Contact(words)
        self.entry = Entry(words)
        self._meetings = Notes(
            words.say("Rendez-vous"), words.say("Aucun. Notez le prochain depuis le parcours.")
        )
        self._plans = Notes(
            words.say("Plans"), words.say("Aucun. Le premier se prépare avec Ctrl+P.")
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.contact.referent_chosen.connect(self.referent_chosen)
        self.entry.entered.connect(self.entered)

    def _lay_out(self) -> None:
        say = self._words.say
        intake = Button(say("Continuer l’accueil"), "plain", "edit")
        plan = Button(say("Plan"), "plain", "plan")
        intake.clicked.connect(self.intake_wanted)
        plan.clicked.connect(self.plan_wanted)
        self._pathway.clicked.connect(self.pathway_wanted)
        for act in (intake, plan, self._pathway):
            self._header.add_act(act)
        for mark in (self._age, self._state, self._record):
            self._header.add_mark(mark)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(20, 4, 20, 20)
        side = QVBoxLayout()
        side.setSpacing(14)
        for card in (self.contact, self.entry, self._meetings, self._plans):
            side.addWidget(card)
        side.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.answers)
        left.addStretch(1)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 11)
        self._columns.addLayout(side, 9)
        whole.addLayout(self._columns)
        whole.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.setSpacing(12)
        head.addWidget(self._header)
        head.addWidget(self.banner)
        self._scroll = Scroll(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)

    def allow(self, *, can_assign: bool) -> None:
        """Show what this role may do, and say who may do the rest."""
        self.contact.allow(can_assign=can_assign)
        self.entry.allow(can_assign=can_assign)

    def show_file(self, file: FileWords) -> None:
        """Show a file as it stands."""
        self._header.set_title(file.name, file.breadcrumb)
        self._age.setText(file.age)
        self._age.setVisible(bool(file.age))
        self._state.set_state(file.file_state)
        self._record.set_state(file.record_state)
        self._state.show()
        self._record.show()
        self.answers.show_answers(file.sections, file.to_check)
        self.contact.show_file(file)
        self.entry.show_entry(file.entry, file.pathway, can_enter=file.can_enter)
        self._meetings.show_lines(file.meetings)
        self._plans.show_lines(file.plans)
        self._scroll.show()

    def show_nobody(self) -> None:
        """Show nothing of the file before while the next one is read."""
        self.banner.clear()
        self.answers.hide_protected()
        self._header.set_title("", self._words.say("Dossier"))
        for mark in (self._age, self._state, self._record):
            mark.hide()
        self._scroll.hide()

    def take_keyboard(self) -> None:
        """Put the keyboard on the first act."""
        self._pathway.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_act(self, act: Act) -> None:
        """Ctrl+P prepares the plan; F12 covers what is protected."""
        if act is Act.PRINT:
            self.plan_wanted.emit()
        else:
            self.answers.hide_protected()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= looks.scaled(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        # One under the other, what one comes for first: how to reach the person.
        self._columns.setDirection(way.LeftToRight if wide else way.BottomToTop)
