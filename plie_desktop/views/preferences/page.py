"""Settings, each applied as soon as it is chosen."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from plie_desktop.text import LANGUAGE_NAMES, N_, Words
from plie_desktop.views.preferences.passphrase_card import PassphraseCard
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.qt.theme import TEXT_PERCENTS, Theme
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader

THEMES: Final = {
    Theme.SYSTEM: N_("Comme l’ordinateur"),
    Theme.LIGHT: N_("Clair"),
    Theme.DARK: N_("Sombre"),
    Theme.SUN: N_("Plein soleil"),
}
LOCK_MINUTES: Final = (1, 2, 5, 10)
_KEYS: Final = (
    Act.SEARCH,
    Act.NEW_INTAKE,
    Act.PARK,
    Act.GO_ON,
    Act.ANSWER_STATE,
    Act.PRINT,
    Act.SYNC,
    Act.DISCREET,
    Act.LOCK,
    Act.BACK,
    Act.SUN,
)


class PreferencesPage(QWidget):
    """Shows the settings in force.

    Signals:
        theme_chosen(str): a value of `Theme`.
        text_chosen(int): percent.
        language_chosen(str): two letters.
        lock_chosen(int): minutes.
    """

    theme_chosen = Signal(str)
    text_chosen = Signal(int)
    language_chosen = Signal(str)
    lock_chosen = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self._words = words
        say = words.say
        self._shown = ("", 0, "", 0)
        self.banner = Banner(words)
        self.passphrase = PassphraseCard(words)
        self.passphrase.turned.connect(self._show_passphrase)
        self._theme = self._choices([(theme, say(THEMES[theme])) for theme in Theme])
        self._text = self._choices([(str(n), self._percent(n)) for n in TEXT_PERCENTS])
        self._language = self._choices(list(LANGUAGE_NAMES.items()))
        self._lock = self._choices([(str(n), self._minutes(n)) for n in LOCK_MINUTES])
        self._text_row = FieldRow(say("Taille du texte"), self._text)
        self._lock_row = FieldRow(
            say("Verrouiller sans activité après"),
            self._lock,
            say("La saisie en cours est gardée. Elle revient au même endroit."),
        )
        self._theme.edited.connect(self._on_theme)
        self._text.edited.connect(self._on_text)
        self._language.edited.connect(self._on_language)
        self._lock.edited.connect(self._on_lock)
        self._where = Label("", "muted", wrap=True)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()

    def show_preferences(self, theme: str, text_percent: int, language: str, lock: int) -> None:
        """Show what is in force, also where it is none of the values offered here."""
        self._shown = (theme, text_percent, language, lock)
        self._theme.set_value(theme)
        self._text.set_value(str(text_percent))
        self._language.set_value(language)
        self._lock.set_value(str(lock))
        self._tell_other(self._text_row, self._percent(text_percent), text_percent in TEXT_PERCENTS)
        self._tell_other(self._lock_row, self._minutes(lock), lock in LOCK_MINUTES)

    def show_laptop(self, sentences: Sequence[str]) -> None:
        """Whose laptop this is and what is kept where."""
        self._where.setText("\n".join(sentences))

    def take_keyboard(self) -> None:
        self._theme.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)

    def _choices(self, choices: Sequence[tuple[str, str]]) -> ChoiceButtons:
        offered = [Choice(code, label) for code, label in choices]
        return ChoiceButtons(offered, self._words, dense=True)

    def _percent(self, percent: int) -> str:
        return self._words.say("{n} %", n=percent)

    def _minutes(self, minutes: int) -> str:
        return self._words.count("{n} minute", "{n} minutes", minutes)

    def _tell_other(self, row: FieldRow, value: str, is_offered: bool) -> None:  # noqa: FBT001 - a fact
        sentence = "" if is_offered else self._words.say("En vigueur : {value}.", value=value)
        row.set_problem(sentence, "info")

    def _on_theme(self, theme: str) -> None:
        if self._is_one(theme):
            self.theme_chosen.emit(theme)

    def _on_text(self, percent: str) -> None:
        if self._is_one(percent):
            self.text_chosen.emit(int(percent))

    def _on_language(self, language: str) -> None:
        if self._is_one(language):
            self.language_chosen.emit(language)

    def _on_lock(self, minutes: str) -> None:
        if self._is_one(minutes):
            self.lock_chosen.emit(int(minutes))

    def _is_one(self, value: str) -> bool:
        """A setting always has a value: where Delete took it back, it is shown again."""
        if not value:
            self.show_preferences(*self._shown)
        return bool(value)

    def _show_passphrase(self) -> None:
        # The layout gives what is new its place in a later turn.
        show = partial(self._scroll.ensureWidgetVisible, self.passphrase, 0, 12)
        QTimer.singleShot(0, self, show)

    def _lay_out(self) -> None:
        say = self._words.say
        looks = Card(say("Affichage"))
        looks.body.addWidget(
            FieldRow(
                say("Couleurs"), self._theme, say("Plein soleil : tout est en noir sur blanc.")
            )
        )
        looks.body.addWidget(self._text_row)
        looks.body.addWidget(
            FieldRow(
                say("Langue"),
                self._language,
                say("Elle change à la prochaine ouverture du coffre."),
            )
        )
        safety = Card(say("Sécurité"))
        safety.body.addWidget(self._lock_row)
        keys = Card(say("Raccourcis"))
        keys.body.addLayout(self._keys())
        laptop = Card(say("Ce portable"))
        laptop.body.addWidget(self._where)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        column.addWidget(PageHeader(say("Réglages")))
        column.addWidget(self.banner)
        for card in (looks, safety, self.passphrase, laptop, keys):
            column.addWidget(card)
        column.addStretch()
        self._scroll = Scroll(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        half = (len(_KEYS) + 1) // 2
        for number, act in enumerate(_KEYS):
            row, side = number % half, 2 * (number // half)
            key = Label(told(act), "key")
            grid.addWidget(key, row, side, left)
            grid.addWidget(Label(self._words.say(act.label), wrap=True), row, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid
