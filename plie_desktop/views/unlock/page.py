"""The first thing anyone sees: the door of the vault."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt import looks
from plie_desktop.views.unlock.brand import Brand
from plie_desktop.views.unlock.passphrase_box import PassphraseBox
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.label import Label

if TYPE_CHECKING:
    from plie_desktop.views.unlock.compare import Compare
    from plie_desktop.views.unlock.steps import FirstStart, Invitation, NewPassphrase

W = TypeVar("W", bound=QWidget)
WIDEST: Final = 520
"""Most width of what stands at the door, in points at 100 % text."""
ROOM_FOR_BRAND: Final = 860
"""Least width of the window, in points at 100 % text, that leaves the band its place."""


class Opening(QWidget):
    """One line and one button.

    Signals:
        given(str): the passphrase, by Enter or by the button.
    """

    given = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = PassphraseBox(words, words.say("Phrase de passe"))
        self.box.entered.connect(self._give)
        self.button = Button(words.say("Ouvrir"), "primary")
        self.button.clicked.connect(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(Label(words.say("Ouvrir ce portable"), "title", wrap=True))
        column.addWidget(self.box)
        column.addWidget(self.button)

    def _give(self) -> None:
        if self.box.text():
            self.given.emit(self.box.text())
        else:
            self.box.take_keyboard()


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
        self._words = words
        self._device = ""
        self._brand = Brand(words)
        self._banner = Banner(words, closable=False)
        self._busy = Busy(words, stoppable=False)
        # Not a stack: each way takes the height it needs, so all sit in the middle.
        self._inner = QVBoxLayout()
        self._way: QWidget | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setMaximumWidth(looks.scaled(WIDEST))
        middle.setLayout(self._inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(16)
        self._inner.addStretch(2)
        self._inner.addWidget(self._banner)
        self._inner.addWidget(self._busy)
        self._inner.addStretch(3)
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

    # Each way is made when it is first shown: what is painted first is the opening alone.

    @cached_property
    def _opening(self) -> Opening:
        way = Opening(self._words)
        way.given.connect(self.passphrase_given)
        return self._put(way)

    @cached_property
    def _first(self) -> "FirstStart":
        from plie_desktop.views.unlock.steps import FirstStart  # noqa: PLC0415 - as just said

        way = FirstStart(self._words)
        way.invited.connect(self.show_invitation)
        way.practising.connect(self._show_practice)
        return self._put(way)

    @cached_property
    def _invitation(self) -> "Invitation":
        from plie_desktop.views.unlock.steps import Invitation  # noqa: PLC0415 - as above

        way = Invitation(self._words)
        way.device.setText(self._device)
        way.given.connect(self._show_secret)
        way.left.connect(self.show_first_start)
        return self._put(way)

    @cached_property
    def _secret(self) -> "NewPassphrase":
        say = self._words.say
        act = say("Relier ce portable")
        way = self._new_passphrase(say("Étape 2 sur 2"), say("Choisir la phrase de passe"), act)
        way.given.connect(self._give_enrolment)
        way.left.connect(self.show_invitation)
        return way

    @cached_property
    def _practice(self) -> "NewPassphrase":
        say = self._words.say
        way = self._new_passphrase("", say("S’entraîner"), say("Commencer l’entraînement"))
        way.given.connect(self.practice_given)
        way.left.connect(self.show_first_start)
        return way

    @cached_property
    def _compare(self) -> "Compare":
        from plie_desktop.views.unlock.compare import Compare  # noqa: PLC0415 - as above

        way = Compare(self._words)
        way.agreed.connect(self.words_agreed)
        return self._put(way)

    def _new_passphrase(self, step: str, title: str, act: str) -> "NewPassphrase":
        from plie_desktop.views.unlock.steps import NewPassphrase  # noqa: PLC0415 - as above

        way = NewPassphrase(self._words, step, title, act)
        way.typed.connect(self.new_passphrase_typed)
        way.another_asked.connect(self.suggestion_asked)
        return self._put(way)

    def _put(self, way: W) -> W:
        way.hide()
        self._inner.insertWidget(self._inner.indexOf(self._busy), way)
        return way

    def show_opening(self) -> None:
        """Ask for the passphrase of the vault that is there."""
        self._show(self._opening)
        self._opening.box.take_keyboard()

    def show_first_start(self) -> None:
        """There is no vault: offer the two ways in."""
        self._show(self._first)

    def show_invitation(self) -> None:
        """Ask for headquarters' address and code."""
        self._show(self._invitation)
        self._invitation.take_keyboard()

    def show_compare(self, words: Sequence[str]) -> None:
        """Ask to compare these words with those of headquarters."""
        self.set_busy("")
        self._show(self._compare)
        self._compare.show_words(words)

    def set_device(self, name: str) -> None:
        """Propose a name for this laptop, before its step is shown."""
        self._device = name

    def show_suggestion(self, passphrase: str) -> None:
        """Propose a passphrase in the step shown."""
        self._form().suggest(passphrase)

    def show_strength(self, sentence: str, *, enough: bool) -> None:
        """Say how long the passphrase being made would hold."""
        self._form().show_strength(sentence, enough=enough)

    def trouble(self) -> str:
        """The sentence above the form; empty when there is none."""
        return self._banner.sentence()

    def new_passphrase(self) -> str:
        """The passphrase being made, as it stands."""
        return self._form().passphrase()

    def set_busy(self, sentence: str) -> None:
        """Say what is being done, and take nothing meanwhile; an empty sentence ends it."""
        if self._way is not None:
            self._way.setEnabled(not sentence)
        if sentence:
            self._banner.clear()
            self._busy.begin(sentence)
        else:
            self._busy.end()

    def show_refused(self, sentence: str) -> None:
        """The passphrase did not open: say why, and select it to be typed again."""
        self.set_busy("")
        self._banner.tell("error", sentence)
        self._opening.box.set_problem(sentence)
        self._opening.box.take_keyboard(select=True)

    def show_problem(self, sentence: str, *, with_invitation: bool = False) -> None:
        """Say why the vault was not made; what was typed stays.

        Args:
            sentence: what happened and what can be done.
            with_invitation: the cause is the address or the code, so that step is shown.
        """
        self.set_busy("")
        if with_invitation:
            self.show_invitation()
        self._banner.tell("error", sentence)

    def flush(self) -> None:
        """Nothing typed here is kept."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._brand.setVisible(event.size().width() >= looks.scaled(ROOM_FOR_BRAND))

    def _show(self, way: QWidget) -> None:
        self._banner.clear()
        if self._way is not None:
            self._way.hide()
        self._way = way
        way.show()

    def _show_secret(self) -> None:
        self._show_form(self._secret)

    def _show_practice(self) -> None:
        self._show_form(self._practice)

    def _show_form(self, form: "NewPassphrase") -> None:
        self._show(form)
        if not form.passphrase():
            self.suggestion_asked.emit()
        form.take_keyboard()

    def _form(self) -> "NewPassphrase":
        # Only one of the two is ever made before the other is asked for.
        is_practice = "_practice" in self.__dict__ and self._way is self._practice
        return self._practice if is_practice else self._secret

    def _give_enrolment(self, passphrase: str) -> None:
        given = self._invitation
        self.enrolment_given.emit(
            given.server.text().strip(),
            given.code.text().strip(),
            given.device.text().strip(),
            passphrase,
        )
