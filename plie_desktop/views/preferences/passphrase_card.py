"""The passphrase of the vault, changed in its place among the settings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.new_passphrase import WHY, NewPassphrase
from plie_desktop.views.widgets.passphrase_box import PassphraseBox


class PassphraseCard(Card):
    """One button; behind it the current passphrase, and a new one typed twice.

    Signals:
        typed(str): the new passphrase at each key.
        suggestion_asked: a good passphrase is wanted.
        given(str, str): the current passphrase and the new one.
        turned: there is something else to be seen in it.
    """

    typed = Signal(str)
    suggestion_asked = Signal()
    given = Signal(str, str)
    turned = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        say = words.say
        super().__init__(say("Phrase de passe"), parent)
        self.banner = Banner(words)
        self.lines = NewPassphrase(words, say("Nouvelle phrase de passe"))
        self.lines.typed.connect(self.typed)
        self.lines.another_asked.connect(self.suggestion_asked)
        self.lines.entered.connect(self._give)
        self._current = PassphraseBox(words, say("Phrase de passe actuelle"))
        self._current.entered.connect(self.lines.take_keyboard)
        self._busy = Busy(words, stoppable=False)
        self._open = Button(say("Changer la phrase de passe"), "plain", "edit")
        self._open.clicked.connect(self._begin)
        self._keep = Button(say("Changer"), "primary")
        self._keep.clicked.connect(self._give)
        self._drop = Button(say("Annuler"))
        self._drop.clicked.connect(self._leave)
        self._form = self._make_form()
        self.body.addWidget(Label(say(WHY), "muted", wrap=True))
        self.body.addWidget(self.banner)
        self.body.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._form)
        self.body.addWidget(self._busy)
        self._form.hide()

    def is_open(self) -> bool:
        """Whether the lines are shown."""
        return not self._form.isHidden()

    def set_busy(self, sentence: str) -> None:
        """Say what is being done, and take nothing meanwhile."""
        self.banner.clear()
        # Else the keyboard would wander to another setting, and a key would change that one.
        if self._has_keyboard():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.setEnabled(False)
        self._busy.begin(sentence)

    def show_refused(self, sentence: str, *, is_current: bool) -> None:
        """Say why nothing was changed; what was typed stays.

        Args:
            sentence: what happened and what can be done.
            is_current: the cause is the current passphrase, else it is the new one.
        """
        self._rest()
        self.banner.tell("error", sentence)
        self._current.set_problem(sentence if is_current else "")
        self.turned.emit()
        if self._has_keyboard():
            (self._current if is_current else self.lines).take_keyboard(select=True)

    def show_changed(self, sentence: str) -> None:
        """Say that the new passphrase is in force."""
        self.shut()
        self.banner.tell("ok", sentence)
        self.turned.emit()

    def shut(self) -> None:
        """Put the lines away, without a letter in them."""
        self._rest()
        self._current.set_text("")
        self._current.show_text(shown=False)
        self._current.set_problem("")
        self.lines.forget()
        self._open.show()
        if self._has_keyboard():
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)
        self._form.hide()

    def _make_form(self) -> QWidget:
        form = QWidget()
        feet = QHBoxLayout()
        feet.setSpacing(8)
        feet.addWidget(self._keep)
        feet.addWidget(self._drop)
        feet.addStretch()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._current)
        column.addWidget(self.lines)
        column.addLayout(feet)
        return form

    def _begin(self) -> None:
        self.banner.clear()
        self._open.hide()
        self._form.show()
        self._current.take_keyboard()
        self.suggestion_asked.emit()
        self.turned.emit()

    def _give(self) -> None:
        if not self._current.text():
            self._current.take_keyboard()
        elif self.lines.agrees():
            self.given.emit(self._current.text(), self.lines.text())

    def _leave(self) -> None:
        self.banner.clear()
        self.shut()

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is self or (focus is not None and self._form.isAncestorOf(focus))

    def _rest(self) -> None:
        self._busy.end()
        self._form.setEnabled(True)
