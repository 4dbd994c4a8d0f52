"""One conflict as a person sees it: both values side by side, who wrote them and when."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.models.domain.sync_state import Conflict, Decision
from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.label import Label

_SIDE_BY_SIDE: Final = 680
"""Width from which both values stand side by side, in points at 100 % text."""


class Side(QFrame):
    """One of the two values, and the act that chooses it."""

    def __init__(self, title: str, value: str, written: str, act: Button, key: str) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        choose = QHBoxLayout()
        choose.setSpacing(8)
        choose.addWidget(act)
        choose.addWidget(Label(key, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        choose.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(Label(title, "help"))
        column.addWidget(Label(value, "section", wrap=True))
        column.addWidget(Label(written, "muted", wrap=True))
        column.addStretch()
        column.addSpacing(8)
        column.addLayout(choose)


class ConflictCard(Card):
    """Asks once, in a sentence; G keeps the value in force, P takes the other one.

    Signals:
        settled(UUID, Decision): what the person chose.
        file_asked(UUID): the participant whose file may tell which value is right.
    """

    settled = Signal(object, object)
    file_asked = Signal(object)

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
        self._conflict = conflict
        self._is_settled = False
        self.keep = Button(words.say("Garder celle en place"), "plain", "check")
        self.take = Button(words.say("Prendre l’autre"), "plain", "conflict")
        self.open = Button(words.say("Voir le dossier"), "quiet", "person")
        self._dress(words)
        nothing = words.say("(rien)")
        before = words.say("Avant : {value}", value=conflict.shown_base or nothing)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(Label(before, "muted", wrap=True), 1)
        above.addWidget(self.open)
        self.body.addLayout(above)
        in_place = Side(
            words.say("En place au siège"),
            conflict.shown_current or nothing,
            written[0],
            self.keep,
            "G",
        )
        other = Side(
            words.say("Écrite sans l’avoir vue"),
            conflict.shown_candidate or nothing,
            written[1],
            self.take,
            "P",
        )
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        self._sides.addWidget(in_place, 1)
        self._sides.addWidget(other, 1)
        self.body.addLayout(self._sides)

    def _dress(self, words: Words) -> None:
        self.add_act(Chip(State("conflict", words.say("À trancher"))))
        self.keep.clicked.connect(self._on_keep)
        self.take.clicked.connect(self._on_take)
        self.open.clicked.connect(self._on_open)
        self.keep.setToolTip(words.say("Touche {key}", key="G"))
        self.take.setToolTip(words.say("Touche {key}", key="P"))
        for button in (self.keep, self.take, self.open):
            button.setAccessibleDescription(self.accessibleName())
            # Enter presses it, as Space does.
            button.setAutoDefault(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answers = {"g": self.keep, "p": self.take}
        button = answers.get(event.text().lower())
        if button is not None and not event.isAutoRepeat():
            button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Values stand one under the other where their words would lack room."""
        is_narrow = event.size().width() < looks.scaled(_SIDE_BY_SIDE)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if is_narrow else across)
        super().resizeEvent(event)

    def ask_again(self) -> None:
        """What was chosen was refused: the question is still there."""
        self._is_settled = False

    def has_keyboard(self) -> bool:
        """Whether one of its buttons has the keyboard."""
        return any(button.hasFocus() for button in (self.keep, self.take, self.open))

    def _on_keep(self) -> None:
        self._settle(Decision.KEEP)

    def _on_take(self) -> None:
        self._settle(Decision.TAKE)

    def _on_open(self) -> None:
        self.file_asked.emit(self._conflict.participant_id)

    def _settle(self, decision: Decision) -> None:
        # The buttons stay as they are, so that the keyboard stays until the card leaves.
        if not self._is_settled:
            self._is_settled = True
            self.settled.emit(self._conflict.id, decision)
