"""What happens at the door: open the vault that is there, or make one."""

from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from plie_desktop.errors import ServerError
from plie_desktop.tasks import Lane
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.session import OpenedVault, PassphraseStrength, VaultDoor
    from plie_desktop.text import Words
    from plie_desktop.views.unlock.page import UnlockPage


class UnlockPresenter(QObject):
    """Page ↔ door. Stretching a passphrase takes half a second, so it runs on a lane.

    Signals:
        opened(OpenedVault): the vault is open, or was just made.
    """

    opened = Signal(object)

    def __init__(
        self, page: "UnlockPage", door: "VaultDoor", dispatcher: Dispatcher, words: "Words"
    ) -> None:
        super().__init__(page)
        self._page = page
        self._door = door
        self._dispatcher = dispatcher
        self._words = words
        self._enrolled: OpenedVault | None = None
        page.words_agreed.connect(self.on_words_agreed)
        page.passphrase_given.connect(self.on_passphrase_given)
        page.enrolment_given.connect(self.on_enrolment_given)
        page.practice_given.connect(self.on_practice_given)
        page.new_passphrase_typed.connect(self.on_new_passphrase_typed)
        page.suggestion_asked.connect(self.on_suggestion_asked)

    @Slot(str)
    def on_passphrase_given(self, passphrase: str) -> None:
        self._page.set_busy(self._words.say("Ouverture du coffre…"))
        work = partial(self._door.unlock, passphrase)
        self._dispatcher.run(Lane.DOCUMENT, work, self._on_opened, self._on_refused)

    @Slot(str, str, str, str)
    def on_enrolment_given(self, server: str, code: str, device: str, passphrase: str) -> None:
        self._page.set_busy(self._words.say("Échange avec le siège…"))
        work = partial(self._door.enrol, server, code, passphrase, device)
        self._dispatcher.run(Lane.DOCUMENT, work, self._on_opened, self._on_not_made)

    @Slot(str)
    def on_practice_given(self, passphrase: str) -> None:
        self._page.set_busy(self._words.say("Préparation des personnes inventées…"))
        work = partial(self._door.create_practice, passphrase)
        self._dispatcher.run(Lane.DOCUMENT, work, self._on_opened, self._on_not_made)

    @Slot(str)
    def on_new_passphrase_typed(self, passphrase: str) -> None:
        work = partial(self._door.strength, passphrase)
        self._dispatcher.run(Lane.DOCUMENT, work, partial(self._on_judged, passphrase))

    @Slot()
    def on_suggestion_asked(self) -> None:
        self._dispatcher.run(Lane.DOCUMENT, self._door.suggest_passphrase, self._on_suggested)

    def _on_suggested(self, passphrase: str) -> None:
        self._page.show_suggestion(passphrase)
        self.on_new_passphrase_typed(passphrase)

    def _on_judged(self, passphrase: str, strength: "PassphraseStrength") -> None:
        if passphrase == self._page.new_passphrase():
            self._page.show_strength(self._words.say(strength.sentence), enough=strength.enough)

    def _on_opened(self, vault: "OpenedVault") -> None:
        if vault.words:
            self._enrolled = vault
            self._page.show_compare(vault.words)
        else:
            self.opened.emit(vault)

    @Slot()
    def on_words_agreed(self) -> None:
        if self._enrolled is not None:
            self._page.set_busy(self._words.say("Ouverture du coffre…"))
            self.opened.emit(self._enrolled)

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            self._page.show_refused(failures.in_words(error, self._words))

    def _on_not_made(self, error: BaseException) -> None:
        if isinstance(error, CancelledError):
            return
        self._page.show_problem(
            failures.in_words(error, self._words), with_invitation=isinstance(error, ServerError)
        )
