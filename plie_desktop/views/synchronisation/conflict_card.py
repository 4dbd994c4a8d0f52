"""One conflict as a person sees it: both values side by side, who wrote them and when."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.sync_state import Conflict, Decision
from plie_desktop.text import Words
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label


class Side(QFrame):
    """One of the two values."""

    def __init__(self, title: str, value: str, written: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "inset")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(Label(title, "help"))
        column.addWidget(Label(value, "section", wrap=True))
        column.addWidget(Label(written, "muted", wrap=True))
        column.addStretch()


class ConflictCard(Card):
    """Asks once, in a sentence; G keeps the value in force, P takes the other one.

    Signals:
        settled(UUID, Decision): what the person chose.
    """

    settled = Signal(object, object)

    def __init__(
        self,
        conflict: Conflict,
        words: Words,
        written: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the card.

        Args:
            conflict: what is to be settled.
            words: of the screen.
            written: who wrote the value in force and the other one, and when, in words.
            parent: Qt parent.
        """
        super().__init__(f"{conflict.display_name} — {words.say(conflict.label)}", parent)
        self._id = conflict.id
        self.add_act(Chip(State("conflict", words.say("À trancher"))))
        nothing = words.say("(rien)")
        if conflict.shown_base:
            self.body.addWidget(
                Label(words.say("Avant : {value}", value=conflict.shown_base), "muted", wrap=True)
            )
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(
            Side(words.say("En place au siège"), conflict.shown_current or nothing, written[0]), 1
        )
        sides.addWidget(
            Side(
                words.say("Écrite sans l’avoir vue"),
                conflict.shown_candidate or nothing,
                written[1],
            ),
            1,
        )
        self.body.addLayout(sides)
        self.keep = Button(words.say("Garder celle en place"), "plain", "check")
        self.take = Button(words.say("Prendre l’autre"), "plain", "conflict")
        self.keep.setToolTip(words.say("Touche {key}", key="G"))
        self.take.setToolTip(words.say("Touche {key}", key="P"))
        for button in (self.keep, self.take):
            button.setAccessibleDescription(self.accessibleName())
        self.keep.clicked.connect(self._on_keep)
        self.take.clicked.connect(self._on_take)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.keep, 1)
        acts.addWidget(self.take, 1)
        self.body.addLayout(acts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answers = {"g": self.keep, "p": self.take}
        button = answers.get(event.text().lower())
        if button is not None and button.isEnabled():
            button.click()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        self._settle(Decision.KEEP)

    def _on_take(self) -> None:
        self._settle(Decision.TAKE)

    def _settle(self, decision: Decision) -> None:
        self.keep.setEnabled(False)
        self.take.setEnabled(False)
        self.settled.emit(self._id, decision)
