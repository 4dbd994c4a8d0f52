"""The first thing anyone sees: the door of the vault."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.unlock.brand import Brand
from plie_desktop.views.unlock.ways import Ways
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.card import Scroll

WIDEST: Final = 520
"""Most width of what stands at the door, in points at 100 % text."""
ROOM_FOR_BRAND: Final = 860
"""Least width of the window, in points at 100 % text, that leaves the band its place."""


class UnlockPage(QWidget):
    """Shows the way in that fits: the passphrase, or the first start.

    Signals:
        passphrase_given(str): to open the vault.
        enrolment_given(str, str, str, str): server, code, name of the laptop, passphrase.
        practice_given(str): passphrase of a vault with invented people.
        new_passphrase_typed(str): at each key, to be told its strength.
        suggestion_asked: a good passphrase is wanted.
        words_agreed: both sides show the same words after an enrolment.
    """

    passphrase_given = Signal(str)
    enrolment_given = Signal(str, str, str, str)
    practice_given = Signal(str)
    new_passphrase_typed = Signal(str)
    suggestion_asked = Signal()
    words_agreed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unlock")
        self._brand = Brand(words)
        self._banner = Banner(words, closable=False)
        self._busy = Busy(words, stoppable=False)
        self.ways = Ways(words)
        self.ways.turned.connect(self._banner.clear)
        self.ways.passphrase_given.connect(self.passphrase_given)
        self.ways.enrolment_given.connect(self.enrolment_given)
        self.ways.practice_given.connect(self.practice_given)
        self.ways.new_passphrase_typed.connect(self.new_passphrase_typed)
        self.ways.suggestion_asked.connect(self.suggestion_asked)
        self.ways.words_agreed.connect(self.words_agreed)
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(looks.scaled(WIDEST))
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        inner.addStretch(2)
        inner.addWidget(self._banner)
        inner.addWidget(self.ways)
        inner.addWidget(self._busy)
        inner.addStretch(3)
        room = QWidget()
        around = QHBoxLayout(room)
        around.setContentsMargins(40, 24, 40, 24)
        around.addStretch(1)
        around.addWidget(middle, 8)
        around.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._brand)
        row.addWidget(Scroll(room), 1)

    def show_opening(self) -> None:
        """Ask for the passphrase of the vault that is there."""
        self.ways.show_opening()

    def show_first_start(self) -> None:
        """There is no vault: offer the two ways in."""
        self.ways.show_first_start()

    def show_compare(self, words: Sequence[str]) -> None:
        """Ask to compare these words with those of headquarters."""
        self.set_busy("")
        self.ways.show_compare(words)

    def set_device(self, name: str) -> None:
        """Propose a name for this laptop, before its step is shown."""
        self.ways.set_device(name)

    def show_suggestion(self, passphrase: str) -> None:
        """Propose a passphrase in the step shown."""
        form = self.ways.form()
        if form is not None:
            form.lines.suggest(passphrase)

    def show_strength(self, sentence: str, *, enough: bool) -> None:
        """Say how long the passphrase being made would hold."""
        form = self.ways.form()
        if form is not None:
            form.lines.show_strength(sentence, enough=enough)

    def new_passphrase(self) -> str:
        """The passphrase being made, as it stands."""
        form = self.ways.form()
        return form.lines.text() if form is not None else ""

    def trouble(self) -> str:
        """The sentence above the form; empty when there is none."""
        return self._banner.sentence()

    def set_busy(self, sentence: str) -> None:
        """Say what is being done, and take nothing meanwhile; an empty sentence ends it."""
        self.ways.set_open(is_open=not sentence)
        if sentence:
            self._banner.clear()
            self._busy.begin(sentence)
        else:
            self._busy.end()

    def show_refused(self, sentence: str) -> None:
        """The passphrase did not open: say why, and select it to be typed again."""
        self.set_busy("")
        self._banner.tell("error", sentence)
        box = self.ways.opening.box
        box.set_problem(sentence)
        box.take_keyboard(select=True)

    def show_problem(self, sentence: str, *, with_invitation: bool = False) -> None:
        """Say why the vault was not made; what was typed stays.

        Args:
            sentence: what happened and what can be done.
            with_invitation: the cause is the address or the code, so that step is shown.
        """
        self.set_busy("")
        if with_invitation:
            self.ways.show_invitation()
        self._banner.tell("error", sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._brand.setVisible(event.size().width() >= looks.scaled(ROOM_FOR_BRAND))
