"""The box a passphrase is typed in: hidden unless asked, with a word about capitals."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from plie_desktop.text import Words
from plie_desktop.views.widgets.button import IconButton
from plie_desktop.views.widgets.label import Label


class PassphraseBox(QWidget):
    """A labelled line with an eye; it tells a screen reader bullets while hidden.

    Signals:
        typed(str): what stands in it, at each key.
        entered: Enter was pressed.
    """

    typed = Signal(str)
    entered = Signal()

    def __init__(self, words: Words, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._line = QLineEdit()
        self._line.setObjectName("passphrase")
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._line.textEdited.connect(self.typed)
        self._line.returnPressed.connect(self.entered)
        self._line.installEventFilter(self)
        self._label = Label(label, "label")
        self._label.setBuddy(self._line)
        self._eye = IconButton("eye", "", "plain")
        self._eye.clicked.connect(self._turn)
        self._capitals = Label(words.say("Les majuscules sont verrouillées."), "warning")
        self._keyboard = Label("", "help")
        self._lay_out()
        self.show_text(shown=False)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._line, 1)
        line.addWidget(self._eye)
        hints = QHBoxLayout()
        hints.setSpacing(12)
        hints.addWidget(self._capitals)
        hints.addStretch()
        hints.addWidget(self._keyboard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(line)
        column.addLayout(hints)
        self._capitals.hide()
        self._keyboard.hide()

    def text(self) -> str:
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Put a text there without telling anyone."""
        self._line.setText(text)

    def show_text(self, *, shown: bool) -> None:
        """Show the letters, or bullets."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)
        hide, show = (
            self._words.say("Cacher la phrase de passe"),
            self._words.say("Montrer la phrase de passe"),
        )
        self._eye.show_as("eye-off" if shown else "eye", hide if shown else show)

    def take_keyboard(self, *, select: bool = False) -> None:
        """Put the keyboard there, the whole text selected when it is to be typed again."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        if select:
            self._line.selectAll()

    def set_problem(self, sentence: str) -> None:
        """Tie a sentence to the box for a screen reader; an empty one unties it."""
        self._line.setAccessibleDescription(sentence)

    def capitals_are_locked(self) -> bool:
        """Whether the last letter typed said so."""
        return not self._capitals.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look_at_capitals(event)
        elif event.type() == QEvent.Type.FocusIn:
            self._tell_keyboard()
        return super().eventFilter(watched, event)

    def _look_at_capitals(self, event: QKeyEvent) -> None:
        # No system call tells this alike on the three systems; a letter against Shift does.
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._capitals.hide()
        elif letter.isalpha() and letter.upper() != letter.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._capitals.setVisible(letter.isupper() != shifted)

    def _tell_keyboard(self) -> None:
        locale = QGuiApplication.inputMethod().locale()
        name = locale.nativeLanguageName()
        known = bool(name) and locale.language() != locale.Language.C
        self._keyboard.setText(self._words.say("Clavier : {language}", language=name))
        self._keyboard.setVisible(known)

    def _turn(self) -> None:
        self.show_text(shown=self._line.echoMode() == QLineEdit.EchoMode.Password)
        self._line.setFocus()
