"""Conflicts to settle, one card under the other."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.models.domain.sync_state import Conflict
from plie_desktop.text import Words
from plie_desktop.views.synchronisation.conflict_card import ConflictCard

Asked = tuple[Conflict, tuple[str, str]]
"""A conflict, and who wrote its two values and when, in words."""


class ConflictList(QWidget):
    """Keeps the keyboard among the cards while there are any.

    Signals:
        settled(UUID, Decision): a conflict was settled.
        file_asked(UUID): the participant of a conflict.
        emptied: the card that had the keyboard was the last one.
    """

    settled = Signal(object, object)
    file_asked = Signal(object)
    emptied = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._cards: dict[UUID, ConflictCard] = {}
        self._asked: dict[UUID, Asked] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.hide()

    def show_conflicts(self, conflicts: Sequence[Asked]) -> None:
        """Show these; a card that asks the same as before stays as it is."""
        wanted = {asked[0].id: asked for asked in conflicts}
        held = [(place, card) for place, card in enumerate(self.cards()) if card.has_keyboard()]
        for key in [key for key, asked in self._asked.items() if wanted.get(key) != asked]:
            self._remove(self._cards.pop(key))
        for place, (key, asked) in enumerate(wanted.items()):
            if key not in self._cards:
                self._cards[key] = self._card(asked)
                self._column.insertWidget(place, self._cards[key])
        self._cards = {key: self._cards[key] for key in wanted}
        self._asked = wanted
        self.setVisible(bool(wanted))
        for place, card in held:
            if card not in self.cards():
                self._give_keyboard(place)

    def ask_again(self, conflict_id: UUID) -> None:
        """A decision was refused: the card may be answered once more."""
        if conflict_id in self._cards:
            self._cards[conflict_id].ask_again()

    def cards(self) -> tuple[ConflictCard, ...]:
        """What is to be settled, in order."""
        return tuple(self._cards.values())

    def _card(self, asked: Asked) -> ConflictCard:
        conflict, written = asked
        card = ConflictCard(conflict, self._words, written)
        card.settled.connect(self.settled)
        card.file_asked.connect(self.file_asked)
        return card

    def _remove(self, card: ConflictCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _give_keyboard(self, place: int) -> None:
        """To the card that came in the place of the one that left."""
        cards = self.cards()
        if cards:
            cards[min(place, len(cards) - 1)].keep.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()
