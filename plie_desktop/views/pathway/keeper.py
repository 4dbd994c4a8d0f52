"""What is typed, on its way to the base long before it is saved: a kill loses a moment of it."""

from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.intake import Bookmark
from plie_desktop.tasks import Lane
from plie_desktop.text import Words
from plie_desktop.views.pathway.drafts import Part
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.key_rest import KeyRest
from plie_desktop.views.qt.places import Place

if TYPE_CHECKING:
    from plie_desktop.services.session import SessionService

_Place = tuple[UUID, Part]
Texts = Mapping[Part, str]


class DraftKeeper(QObject):
    """Keeps the drafts of the person shown, part by part, and where the keyboard is.

    A part that is being saved for good is left alone until its fate is known. A draft that
    cannot be kept (full disk) waits here and is tried again; one that is refused is told once.

    Signals:
        failed(str): why what is typed cannot be kept just now.
        recovered: everything is kept again.
    """

    failed = Signal(str)
    recovered = Signal()

    def __init__(
        self,
        typed: Callable[[], Texts],
        spot: Callable[[], tuple[str, int]],
        session: "SessionService",
        dispatcher: Dispatcher,
        words: Words,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._typed = typed
        self._spot = spot
        self._session = session
        self._dispatcher = dispatcher
        self._words = words
        self._who: UUID | None = None
        self._kept: dict[_Place, str] = {}
        self._stuck: dict[_Place, str] = {}
        self._saving: set[_Place] = set()
        self._is_failing = False
        self._remembered: Bookmark | None = None
        self._keys = KeyRest(self)
        self._keys.over.connect(self.flush)
        self._keys.try_again.connect(self._try_again)

    def begin(self, who: UUID, kept: Texts) -> Texts:
        """Keep what is typed about this person from now on; gives what was being typed."""
        self._who = who
        self._remembered = None
        self._kept |= {(who, part): kept.get(part, "") for part in Part}
        newer = {part: text for (one, part), text in self._stuck.items() if one == who}
        self._kept |= {(who, part): text for part, text in newer.items()}
        self.note()
        return {**kept, **newer}

    def end(self) -> None:
        """The page goes: keep what is typed; somebody else says where the person is."""
        self._keep_typed()
        self._who = None
        self._keys.stop()
        self._try_again()

    @Slot()
    def note(self) -> None:
        """Something was typed: keep it once the keys rest."""
        self._keys.note()

    @Slot()
    def flush(self) -> None:
        """Keep what is typed, and where, now."""
        self._keys.stop()
        if self._who is None:
            return
        self._keep_typed()
        bookmark = Bookmark(Place.PATHWAY.value, self._who, *self._spot())
        if bookmark != self._remembered:
            self._remembered = bookmark
            work = partial(self._session.remember, bookmark)
            self._dispatcher.run(Lane.STORE, work, _nothing, self._on_forgotten)

    def is_saving(self, who: UUID, part: Part) -> bool:
        return (who, part) in self._saving

    def save_begins(self, who: UUID, part: Part) -> None:
        """A part is about to be saved for good, and its draft to end with that."""
        self.flush()
        self._saving.add((who, part))

    def save_ended(self, who: UUID, part: Part, *, is_saved: bool) -> None:
        """It was saved, or not; what was typed since is kept anew."""
        self._saving.discard((who, part))
        if is_saved:
            self._kept[who, part] = ""
            self._stuck.pop((who, part), None)
        self.note()

    def _keep_typed(self) -> None:
        if self._who is None:
            return
        for part, text in self._typed().items():
            place = (self._who, part)
            if place not in self._saving and text != self._kept.get(place, ""):
                self._keep(place, text)

    def _keep(self, place: _Place, text: str) -> None:
        who, part = place
        self._kept[place] = text
        self._stuck.pop(place, None)
        work = partial(self._session.keep_draft, part.value, who, text)
        failed = partial(self._on_failed, place, text)
        self._dispatcher.run(Lane.STORE, work, self._on_kept, failed)

    def _on_kept(self, _result: None) -> None:
        if self._is_failing and not self._stuck:
            self._is_failing = False
            self.recovered.emit()

    def _on_failed(self, place: _Place, text: str, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, RefusedInputError) and self._kept.get(place) == text:
            self._stuck[place] = text
            self._keys.ask_again()
        self._is_failing = True
        self.failed.emit(failures.in_words(error, self._words))

    @Slot()
    def _try_again(self) -> None:
        for place, text in tuple(self._stuck.items()):
            if place in self._saving:
                self._keys.ask_again()
            else:
                self._keep(place, text)

    def _on_forgotten(self, _error: BaseException) -> None:
        # Remembered again with the next key.
        self._remembered = None


def _nothing(_result: object) -> None:
    """A spot that was remembered needs no answer."""
