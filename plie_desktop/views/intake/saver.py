"""Answers on their way to the base: none is lost, none overtakes another."""

from collections import Counter
from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.tasks import Lane
from plie_desktop.text import Words
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.key_rest import RETRY_MS, KeyRest

if TYPE_CHECKING:
    from plie_desktop.services.intakes import IntakeService, SavedAnswer

__all__ = ["RETRY_MS", "Saver"]

_Place = tuple[UUID, str]


class Saver(QObject):
    """Saves one answer at a time, after a rest of the keys or at once on `flush`.

    An answer that cannot be kept (full disk) waits here and is tried again; one that is refused
    does not: the person is told and corrects it.

    Signals:
        saved(UUID, str, SavedAnswer): whose intake, which question, what the base says now.
        refused(UUID, str, str): whose intake, which question, why; nothing was kept of it.
        failed(str): why nothing can be kept just now; it is being tried again.
    """

    saved = Signal(object, str, object)
    refused = Signal(object, str, str)
    failed = Signal(str)

    def __init__(
        self,
        intakes: "IntakeService",
        dispatcher: Dispatcher,
        words: Words,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._intakes = intakes
        self._dispatcher = dispatcher
        self._words = words
        self._participant_id: UUID | None = None
        self._typed: dict[str, Answer | None] = {}
        self._flying: Counter[_Place] = Counter()
        self._stuck: dict[_Place, Answer | None] = {}
        self._keys = KeyRest(self)
        self._keys.over.connect(self.flush)
        self._keys.try_again.connect(self._try_again)

    def begin(self, participant_id: UUID | None) -> None:
        """From now on answers are those of this intake; None while it is being made."""
        self._participant_id = participant_id
        if participant_id is not None:
            self.flush()

    def note(self, key: str, answer: Answer | None) -> None:
        """Something was typed; another question being typed is saved first."""
        if set(self._typed) - {key}:
            self.flush()
        self._typed[key] = answer
        self._keys.note()

    def take(self) -> dict[str, Answer | None]:
        """What was typed and is not on its way yet; whoever takes it has it saved."""
        typed, self._typed = self._typed, {}
        return typed

    def save(self, participant_id: UUID, typed: dict[str, Answer | None]) -> None:
        """Save what was typed in an intake that is shown no longer."""
        for key, answer in typed.items():
            self._save((participant_id, key), answer)

    @Slot()
    def flush(self) -> None:
        """Save what is typed now, and try again what could not be kept.

        What is typed before the intake exists waits for it.
        """
        self._keys.stop()
        if self._participant_id is not None:
            self.save(self._participant_id, self.take())
        self._try_again()

    def newer(self) -> frozenset[str]:
        """Questions of this intake whose answer here is newer than the one in the base."""
        mine = self._participant_id
        flying = (place[1] for place, count in self._flying.items() if place[0] == mine and count)
        stuck = (place[1] for place in self._stuck if place[0] == mine)
        return frozenset((*self._typed, *flying, *stuck))

    def has_stuck(self) -> bool:
        """Whether something waits that could not be kept."""
        return bool(self._stuck)

    def _save(self, place: _Place, answer: Answer | None) -> None:
        self._stuck.pop(place, None)
        self._flying[place] += 1
        self._dispatcher.run(
            Lane.STORE,
            partial(self._intakes.answer, *place, answer),
            partial(self._on_saved, place),
            partial(self._on_failed, place, answer),
        )

    def _on_saved(self, place: _Place, saved: "SavedAnswer") -> None:
        self._landed(place)
        self.saved.emit(*place, saved)

    def _on_failed(self, place: _Place, answer: Answer | None, error: BaseException) -> None:
        self._landed(place)
        sentence = failures.in_words(error, self._words)
        if isinstance(error, RefusedInputError | NotAllowedError):
            self.refused.emit(*place, sentence)
        elif not isinstance(error, CancelledError):
            is_current = place[0] == self._participant_id and place[1] in self._typed
            if not self._flying[place] and not is_current:
                self._stuck[place] = answer
            self._keys.ask_again()
            self.failed.emit(sentence)

    def _landed(self, place: _Place) -> None:
        self._flying[place] -= 1
        self._flying += Counter()

    @Slot()
    def _try_again(self) -> None:
        for place, answer in tuple(self._stuck.items()):
            self._save(place, answer)
