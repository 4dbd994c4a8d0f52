"""The ways through the door, each made when it is first shown.

What is painted first is the opening alone: the rest would double the time of the first paint.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.passphrase_box import PassphraseBox

if TYPE_CHECKING:
    from plie_desktop.views.unlock.compare import Compare
    from plie_desktop.views.unlock.steps import FirstStart, Invitation, PassphraseStep

W = TypeVar("W", bound=QWidget)


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


class Ways(QWidget):
    """One way is shown at a time, at the height it needs.

    Signals:
        passphrase_given(str): to open the vault.
        enrolment_given(str, str, str, str): server, code, name of the laptop, passphrase.
        practice_given(str): passphrase of a vault with invented people.
        new_passphrase_typed(str): at each key, to be told its strength.
        suggestion_asked: a good passphrase is wanted.
        words_agreed: both sides show the same words after an enrolment.
        turned: another way is shown.
    """

    passphrase_given = Signal(str)
    enrolment_given = Signal(str, str, str, str)
    practice_given = Signal(str)
    new_passphrase_typed = Signal(str)
    suggestion_asked = Signal()
    words_agreed = Signal()
    turned = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._device = ""
        self._shown: QWidget | None = None
        self._form: PassphraseStep | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_opening(self) -> None:
        """Ask for the passphrase of the vault that is there."""
        self._show(self.opening)
        self.opening.box.take_keyboard()

    def show_first_start(self) -> None:
        """Offer the two ways in."""
        self._show(self._first)

    def show_invitation(self) -> None:
        """Ask for headquarters' address and code."""
        self._show(self._invitation)
        self._invitation.take_keyboard()

    def show_secret(self) -> None:
        """Ask for the passphrase of the vault to be enrolled."""
        self._show_form(self._secret)

    def show_practice(self) -> None:
        """Ask for the passphrase of the vault to practise in."""
        self._show_form(self._practice)

    def show_compare(self, words: Sequence[str]) -> None:
        """Ask to compare these words with those of headquarters."""
        self._show(self._compare)
        self._compare.show_words(words)

    def set_device(self, name: str) -> None:
        """Propose a name for this laptop, before its step is shown."""
        self._device = name

    def form(self) -> "PassphraseStep | None":
        """The step in which a passphrase is being made, the last one shown."""
        return self._form

    def set_open(self, *, is_open: bool) -> None:
        """Take what is pressed and typed in the way shown, or take nothing for a while."""
        if self._shown is not None:
            self._shown.setEnabled(is_open)

    @cached_property
    def opening(self) -> Opening:
        """One line and one button."""
        way = Opening(self._words)
        way.given.connect(self.passphrase_given)
        return self._put(way)

    @cached_property
    def _first(self) -> "FirstStart":
        from plie_desktop.views.unlock.steps import FirstStart  # noqa: PLC0415 - when first shown

        way = FirstStart(self._words)
        way.invited.connect(self.show_invitation)
        way.practising.connect(self.show_practice)
        return self._put(way)

    @cached_property
    def _invitation(self) -> "Invitation":
        from plie_desktop.views.unlock.steps import Invitation  # noqa: PLC0415 - as above

        way = Invitation(self._words)
        way.device.setText(self._device)
        way.given.connect(self.show_secret)
        way.left.connect(self.show_first_start)
        return self._put(way)

    @cached_property
    def _secret(self) -> "PassphraseStep":
        say = self._words.say
        act = say("Inscrire ce portable")
        way = self._new_passphrase(say("Étape 2 sur 2"), say("Choisir la phrase de passe"), act)
        way.given.connect(self._give_enrolment)
        way.left.connect(self.show_invitation)
        return way

    @cached_property
    def _practice(self) -> "PassphraseStep":
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

    def _new_passphrase(self, step: str, title: str, act: str) -> "PassphraseStep":
        from plie_desktop.views.unlock.steps import PassphraseStep  # noqa: PLC0415 - as above

        way = PassphraseStep(self._words, step, title, act)
        way.typed.connect(self.new_passphrase_typed)
        way.another_asked.connect(self.suggestion_asked)
        return self._put(way)

    def _put(self, way: W) -> W:
        way.hide()
        self._column.addWidget(way)
        return way

    def _show(self, way: QWidget) -> None:
        if self._shown is not None:
            self._shown.hide()
        self._shown = way
        way.show()
        self.turned.emit()

    def _show_form(self, form: "PassphraseStep") -> None:
        self._form = form
        self._show(form)
        if not form.lines.text():
            self.suggestion_asked.emit()
        form.lines.take_keyboard()

    def _give_enrolment(self, passphrase: str) -> None:
        given = self._invitation
        self.enrolment_given.emit(
            given.server.text().strip(),
            given.code.text().strip(),
            given.device.text().strip(),
            passphrase,
        )
