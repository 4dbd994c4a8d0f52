"""What happens when the passphrase is changed. Making keys takes a second: on a lane."""

from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from plie_desktop.errors import WrongPassphraseError
from plie_desktop.tasks import Lane
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.passphrases import PassphraseService
    from plie_desktop.services.session import PassphraseStrength
    from plie_desktop.text import Words
    from plie_desktop.views.preferences.passphrase_card import PassphraseCard


class PassphraseChanger(QObject):
    """Card ↔ passphrase."""

    def __init__(
        self,
        card: "PassphraseCard",
        service: "PassphraseService",
        dispatcher: Dispatcher,
        words: "Words",
    ) -> None:
        super().__init__(card)
        self._card = card
        self._service = service
        self._dispatcher = dispatcher
        self._words = words
        card.typed.connect(self.on_typed)
        card.suggestion_asked.connect(self.on_suggestion_asked)
        card.given.connect(self.on_given)

    @Slot(str)
    def on_typed(self, passphrase: str) -> None:
        work = partial(self._service.strength, passphrase)
        self._dispatcher.run(Lane.DOCUMENT, work, partial(self._on_judged, passphrase))

    @Slot()
    def on_suggestion_asked(self) -> None:
        self._dispatcher.run(Lane.DOCUMENT, self._service.suggest, self._on_suggested)

    @Slot(str, str)
    def on_given(self, current: str, new: str) -> None:
        self._card.set_busy(self._words.say("Changement de la phrase de passe…"))
        work = partial(self._service.change, current, new)
        self._dispatcher.run(Lane.DOCUMENT, work, self._on_changed, self._on_refused)

    def _on_suggested(self, passphrase: str) -> None:
        # Nothing secret comes to a page that was left meanwhile.
        if self._card.is_open():
            self._card.lines.suggest(passphrase)
            self.on_typed(passphrase)

    def _on_judged(self, passphrase: str, strength: "PassphraseStrength") -> None:
        if passphrase == self._card.lines.text():
            sentence = self._words.say(strength.sentence)
            self._card.lines.show_strength(sentence, enough=strength.enough)

    def _on_changed(self, _nothing: None) -> None:
        self._card.show_changed(
            self._words.say(
                "La phrase de passe est changée. La nouvelle ouvre ce portable dès maintenant, "
                "l’ancienne ne l’ouvre plus."
            )
        )

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, CancelledError):
            sentence = failures.in_words(error, self._words)
            is_current = isinstance(error, WrongPassphraseError)
            self._card.show_refused(sentence, is_current=is_current)
