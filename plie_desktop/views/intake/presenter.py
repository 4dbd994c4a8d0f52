"""The brain of the intake page: begins or opens an intake, saves it, resumes it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Slot

from plie_desktop import reference
from plie_desktop.errors import VaultError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.models.domain.intake_form import BY_KEY
from plie_desktop.models.domain.problem import Level
from plie_desktop.tasks import Lane
from plie_desktop.text import Words
from plie_desktop.views.intake.page import IntakePage
from plie_desktop.views.intake.saver import RETRY_MS, Saver
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.services.intakes import IntakeService, IntakeView, SavedAnswer, Stand
    from plie_desktop.services.session import SessionService

REMEMBER_MS: Final = 700
"""How long after a move of the caret the spot is remembered; under a second, ux.md C2."""


@dataclass(frozen=True)
class _Read:
    """The intake asked for, or the one begun, and where intakes are taken today."""

    view: "IntakeView"
    stand: "Stand"
    changes: Changes


class IntakePresenter(QObject):
    """Page ↔ services; what comes for an intake no longer shown is ignored."""

    def __init__(
        self,
        page: IntakePage,
        intakes: "IntakeService",
        session: "SessionService",
        dispatcher: Dispatcher,
        words: Words,
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._intakes = intakes
        self._session = session
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._view: IntakeView | None = None
        self._request = 0
        self._aside: dict[int, dict[str, Answer | None]] = {}
        self._typing = ""
        self._refused: dict[str, str] = {}
        self._own: Changes | None = None
        self._remembered: Bookmark | None = None
        self._saver = Saver(intakes, dispatcher, words, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(REMEMBER_MS)
        self._connect()

    def _connect(self) -> None:
        self._page.answered.connect(self.on_answered)
        self._page.left.connect(self.on_left)
        self._page.moved.connect(self.on_moved)
        self._page.park_asked.connect(self.on_park_asked)
        self._page.finish_asked.connect(self.on_finish_asked)
        self._page.file_wanted.connect(self.on_file_wanted)
        self._saver.saved.connect(self._on_saved)
        self._saver.refused.connect(self._on_refused)
        self._saver.failed.connect(self._page.show_not_saved)
        self._pause.timeout.connect(self._remember)

    def enter(self, destination: Destination) -> None:
        """Show an intake where the person was in it; without a file, begin one."""
        if self._view is None and (typed := self._saver.take()):
            # It was typed in an intake that is not here yet: it waits for that one.
            self._aside[self._request] = typed
        self._request += 1
        wanted = destination.participant_id
        if wanted is None or self._view is None or wanted != self._view.intake.participant_id:
            self._view = None
            self._typing = ""
            self._refused.clear()
            self._saver.begin(None)
            self._page.show_blank()
        if wanted is None:
            # What is typed while the file is being made belongs to it already.
            self._page.take_keyboard()
        self._ask(self._request, destination)

    def _ask(self, request: int, destination: Destination) -> None:
        self._dispatcher.run(
            Lane.STORE,
            partial(self._read, destination.participant_id),
            partial(self._on_read, request, destination),
            partial(self._on_unread, request, destination),
        )

    def leave(self) -> Destination:
        """Everything typed is on its way; where the person was."""
        self._saver.flush()
        self._pause.stop()
        key, caret = self._page.spot()
        return Destination(Place.INTAKE, self._participant_id(), key, caret)

    def on_changed(self, changes: Changes) -> None:
        """Show what another part of the program wrote in this intake."""
        own, self._own = self._own, None
        shown = self._participant_id()
        if changes is not own and shown in changes.participants:
            work = partial(self._intakes.open, shown)
            self._dispatcher.run(Lane.STORE, work, partial(self._on_reread, self._request))

    @Slot(str, object)
    def on_answered(self, key: str, answer: Answer | None) -> None:
        self._typing = key
        self._refused.pop(key, None)
        self._saver.note(key, answer)
        if key == "postcode" and answer is not None:
            self._propose_commune(answer.value)

    @Slot(str)
    def on_left(self, key: str) -> None:
        self._saver.flush()
        if key == self._typing:
            self._typing = ""
        if self._view is not None:
            self._show_problems(self._view)

    @Slot()
    def on_moved(self) -> None:
        # Never put off: the spot of someone who does not rest is remembered too.
        if not self._pause.isActive():
            self._pause.start()

    @Slot()
    def on_park_asked(self) -> None:
        self._saver.flush()
        self._go(Destination(Place.TODAY))

    @Slot()
    def on_finish_asked(self) -> None:
        self._saver.flush()
        shown = self._participant_id()
        if shown is not None:
            work = partial(self._intakes.finish, shown)
            on_failed = partial(self._on_unfinished, self._request)
            self._dispatcher.run(Lane.STORE, work, self._on_finished, on_failed)

    @Slot(object)
    def on_file_wanted(self, participant_id: UUID) -> None:
        self._go(Destination(Place.PARTICIPANT_FILE, participant_id))

    def _read(self, participant_id: UUID | None) -> "_Read":
        """On the store lane: the intake asked for, or a new one."""
        if participant_id is not None:
            view, changes = self._intakes.open(participant_id), Changes()
        else:
            begun = self._intakes.start()
            view, changes = begun.view, begun.changes
        return _Read(view, self._intakes.stand(), changes)

    def _on_read(self, request: int, destination: Destination, read: "_Read") -> None:
        view = read.view
        self._own = read.changes
        self._saver.save(view.intake.participant_id, self._aside.pop(request, {}))
        if request != self._request:
            return
        self._page.show_agent(read.stand.agent)
        self._saver.begin(view.intake.participant_id)
        self._show(view)
        if destination.participant_id is not None:
            has_spot = destination.field in BY_KEY
            self._page.take_keyboard(destination.field, destination.cursor if has_spot else None)
            if has_spot:
                self._page.show_resumed()
        elif not self._saver.newer() and not view.intake.value("first_contact_place"):
            self._page.take_keyboard("first_contact_place")
        self._pause.start()

    def _on_unread(self, request: int, destination: Destination, error: BaseException) -> None:
        if request == self._request:
            self._page.show_not_saved(failures.in_words(error, self._words))
        is_wanted = request == self._request or request in self._aside
        if is_wanted and isinstance(error, VaultError):
            QTimer.singleShot(RETRY_MS, self, partial(self._ask, request, destination))

    def _on_reread(self, request: int, view: "IntakeView") -> None:
        if request == self._request:
            self._show(view)

    def _on_saved(self, participant_id: UUID, _key: str, saved: "SavedAnswer") -> None:
        self._own = saved.changes
        if participant_id != self._participant_id():
            return
        self._show(saved.view)
        if saved.view.saved_at is not None and not self._saver.has_stuck():
            self._page.show_saved(saved.view.saved_at)
        self._remember()

    def _on_refused(self, participant_id: UUID, key: str, sentence: str) -> None:
        if participant_id == self._participant_id():
            self._refused[key] = sentence
            self._page.show_refused(key, sentence)

    def _on_finished(self, saved: "SavedAnswer") -> None:
        finished = saved.view.intake.participant_id
        if finished == self._participant_id():
            self._go(Destination(Place.PARTICIPANT_FILE, finished))

    def _on_unfinished(self, request: int, error: BaseException) -> None:
        if request != self._request or self._view is None:
            return
        intake = self._view.intake
        stops = {p.field for p in self._view.problems if p.level is Level.STOPS}
        questions = intake.missing or tuple(field for key, field in BY_KEY.items() if key in stops)
        self._page.show_unfinished(failures.in_words(error, self._words), questions)

    def _show(self, view: "IntakeView") -> None:
        self._view = view
        in_hand, _ = self._page.spot()
        typing = {in_hand} if self._typing == in_hand else set()
        self._page.show_answers(
            view.intake.answers, self._saver.newer() | typing | self._refused.keys()
        )
        self._page.show_missing(view.intake.missing)
        self._page.show_record(view.number, view.record_state)
        self._page.show_alike(view.similar)
        self._show_problems(view)

    def _show_problems(self, view: "IntakeView") -> None:
        self._page.show_problems(view.problems, self._refused, self._typing)

    def _propose_commune(self, postcode: str) -> None:
        """Fill the commune in where the postcode leaves no choice."""
        if self._page.answer("commune") is not None:
            return
        fitting = [
            code.code
            for code in reference.load("communes")
            if postcode in code.more["postcodes_space_separated"].split()
        ]
        if len(fitting) == 1:
            answer = Answer.given(fitting[0])
            self._page.show_answer("commune", answer)
            self._saver.note("commune", answer)

    def _participant_id(self) -> UUID | None:
        return self._view.intake.participant_id if self._view is not None else None

    @Slot()
    def _remember(self) -> None:
        shown = self._participant_id()
        key, caret = self._page.spot()
        bookmark = Bookmark(Place.INTAKE.value, shown, key, caret)
        if shown is not None and bookmark != self._remembered:
            self._remembered = bookmark
            work = partial(self._session.remember, bookmark)
            self._dispatcher.run(Lane.STORE, work, _nothing, self._on_forgotten)

    def _on_forgotten(self, _error: BaseException) -> None:
        # The answer itself was kept or is told about; the spot is remembered at the next move.
        self._remembered = None


def _nothing(_result: object) -> None:
    """A spot that was remembered needs no answer."""
