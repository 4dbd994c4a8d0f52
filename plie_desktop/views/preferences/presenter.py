"""Keeps a setting as soon as it is chosen, and shows it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from plie_desktop.models.domain.access import ROLE_LABELS
from plie_desktop.models.domain.changes import Changes
from plie_desktop.tasks import Lane
from plie_desktop.views.preferences.passphrase_changer import PassphraseChanger
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place

if TYPE_CHECKING:
    from plie_desktop.services.identity import Identity
    from plie_desktop.services.passphrases import PassphraseService
    from plie_desktop.services.preferences import Preferences, PreferenceService
    from plie_desktop.text import Words
    from plie_desktop.views.preferences.page import PreferencesPage

Dress = Callable[[str, int], None]
"""Applies a theme and a size of text to the whole window."""


@dataclass(frozen=True)
class Settings:
    """What can be set, and for whom."""

    preferences: "PreferenceService"
    passphrase: "PassphraseService"
    identity: "Identity"


class PreferencesPresenter(QObject):
    """Page ↔ preferences."""

    def __init__(
        self,
        page: "PreferencesPage",
        settings: Settings,
        dress: Dress,
        dispatcher: Dispatcher,
        words: "Words",
        _go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._service = settings.preferences
        self._dress = dress
        self._dispatcher = dispatcher
        self._words = words
        self._kept: Preferences | None = None
        page.theme_chosen.connect(self.on_theme_chosen)
        page.text_chosen.connect(self.on_text_chosen)
        page.language_chosen.connect(self.on_language_chosen)
        page.lock_chosen.connect(self.on_lock_chosen)
        page.show_laptop(_laptop(settings.identity, words))
        PassphraseChanger(page.passphrase, settings.passphrase, dispatcher, words)

    def enter(self, _destination: Destination) -> None:
        self._read()
        self._page.take_keyboard()

    def leave(self) -> Destination:
        self._page.passphrase.shut()
        return Destination(Place.PREFERENCES)

    def on_changed(self, changes: Changes) -> None:
        if changes.preferences:
            self._read()

    @Slot(str)
    def on_theme_chosen(self, theme: str) -> None:
        if self._kept is not None:
            self._keep(replace(self._kept, theme=theme))

    @Slot(int)
    def on_text_chosen(self, percent: int) -> None:
        if self._kept is not None:
            self._keep(replace(self._kept, text_percent=percent))

    @Slot(str)
    def on_language_chosen(self, language: str) -> None:
        if self._kept is not None:
            self._keep(replace(self._kept, language=language))

    @Slot(int)
    def on_lock_chosen(self, minutes: int) -> None:
        if self._kept is not None:
            self._keep(replace(self._kept, lock_minutes=minutes))

    def _read(self) -> None:
        self._dispatcher.run(Lane.STORE, self._service.get, self._on_read)

    def _on_read(self, kept: "Preferences") -> None:
        self._kept = kept
        self._page.show_preferences(kept.theme, kept.text_percent, kept.language, kept.lock_minutes)

    def _keep(self, wanted: "Preferences") -> None:
        self._kept = wanted
        self._dispatcher.run(
            Lane.STORE,
            partial(self._service.set, wanted),
            partial(self._on_kept, wanted),
            self._on_refused,
        )

    def _on_kept(self, kept: "Preferences", _changes: Changes) -> None:
        self._page.banner.clear()
        self._dress(kept.theme, kept.text_percent)

    def _on_refused(self, error: BaseException) -> None:
        self._page.banner.tell("warning", failures.in_words(error, self._words))
        self._read()


def _laptop(identity: "Identity", words: "Words") -> tuple[str, ...]:
    who = words.say(
        "{name}, {role}", name=identity.staff.name, role=words.say(ROLE_LABELS[identity.role])
    )
    if identity.is_practice:
        return (who, words.say("Entraînement : personnes inventées, aucun siège."))
    return (
        who,
        words.say(
            "{device} ({prefix}), relié à {server}",
            device=identity.device_name,
            prefix=identity.device_prefix,
            server=identity.server,
        ),
        words.say("Tout ce qui est saisi ici est chiffré sur ce portable."),
    )
