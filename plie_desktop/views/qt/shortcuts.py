"""Every key of the window, in one place, with its twin on a French keyboard.

On AZERTY the upper row gives & é " ' ( - è _ ç à without Shift: Ctrl+1 cannot be typed there,
Ctrl+& can. Each shortcut with a figure therefore has both. None has a 6: its twin, Ctrl+-, makes
text smaller everywhere. Two acts never share a key.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from plie_desktop.text import N_, Words

_TWINS: Final = dict(zip("123457890", "&é\"'(è_çà", strict=True))


class Act(Enum):
    """What a key of the frame does: its keys, and its French message id."""

    PAGE_1 = (("Ctrl+1",), N_("Première page"))
    PAGE_2 = (("Ctrl+2",), N_("Deuxième page"))
    PAGE_3 = (("Ctrl+3",), N_("Troisième page"))
    PAGE_4 = (("Ctrl+4",), N_("Quatrième page"))
    PAGE_5 = (("Ctrl+5",), N_("Cinquième page"))
    SEARCH = (("Ctrl+K", "F3"), N_("Rechercher"))
    NEW_INTAKE = (("Ctrl+N",), N_("Nouvel accueil"))
    PARK = (("Ctrl+D",), N_("Mettre l’accueil de côté"))
    GO_ON = (("Ctrl+Enter", "Ctrl+Return"), N_("Continuer"))
    BACK = (("Alt+Left",), N_("Revenir"))
    LOCK = (("Ctrl+L",), N_("Verrouiller"))
    DISCREET = (("F12",), N_("Couvrir les réponses protégées"))
    PRINT = (("Ctrl+P",), N_("Imprimer"))
    SYNC = (("Ctrl+R",), N_("Échanger maintenant avec le siège"))
    SAVED = (("Ctrl+S",), N_("Quand était-ce enregistré ?"))
    ANSWER_STATE = (("F8",), N_("Ne sait pas, ne souhaite pas répondre, plus tard"))
    NEXT_REGION = (("F6",), N_("Partie suivante de la fenêtre"))
    ALL_KEYS = (("Ctrl+/", "Ctrl+:"), N_("Tous les raccourcis"))
    LARGER = (("Ctrl++", "Ctrl+="), N_("Texte plus grand"))
    SMALLER = (("Ctrl+-",), N_("Texte plus petit"))
    NORMAL_SIZE = (("Ctrl+0",), N_("Taille normale du texte"))
    SUN = (("Ctrl+Shift+H",), N_("Plein soleil"))

    def __init__(self, keys: tuple[str, ...], label: str) -> None:
        self.keys = keys
        self.label = label


PAGES: Final = tuple(act for act in Act if act.name.startswith("PAGE_"))


class KeyTakenError(ValueError):
    """The keys of an act were asked for twice."""


def sequences(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys with their AZERTY twins, in Qt's portable writing."""
    written: list[str] = []
    for key in keys:
        written.append(_portable(key))
        start, plus, last = key.rpartition("+")
        if plus and last in _TWINS and "Shift" not in start and "Ctrl" in start:
            written.append(_portable(f"{start}+{_TWINS[last]}"))
    return tuple(dict.fromkeys(written))


def told(act: Act) -> str:
    """The first key of an act as people read it, in their system's words: Ctrl+1."""
    return QKeySequence(act.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class Shortcuts:
    """Gives the keys of acts to what they do, once each; they work in the whole window."""

    def __init__(self, window: QWidget, words: Words) -> None:
        self._window = window
        self._words = words
        self._bound: dict[Act, QAction] = {}

    def bind(self, act: Act, on_act: Callable[[], object]) -> QAction:
        """Give an act to the window.

        Raises:
            KeyTakenError: it was given already.
        """
        if act in self._bound:
            raise KeyTakenError(act.name)
        action = QAction(self._words.say(act.label), self._window)
        action.setShortcuts([QKeySequence(key) for key in sequences(act.keys)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(_without_arguments(on_act))
        self._window.addAction(action)
        self._bound[act] = action
        return action

    def table(self) -> tuple[tuple[str, str], ...]:
        """What is bound to the window: keys and words, for the page of all shortcuts."""
        return tuple((told(act), action.text()) for act, action in self._bound.items())


def _portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _without_arguments(on_act: Callable[[], object]) -> Callable[[], None]:
    # `triggered` also tells whether the action is checked, which no act here wants to know.
    def call() -> None:
        on_act()

    return call
