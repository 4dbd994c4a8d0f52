"""Every key of the window, in one place, with its twin on a French keyboard.

On AZERTY the upper row gives & é " ' ( - è _ ç à without Shift: Ctrl+1 cannot be typed there,
Ctrl+& can. Each shortcut with a figure therefore has both, but for 6: its twin is Ctrl+-, which
makes text smaller everywhere. Two acts never share a key.
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
    PAGE_6 = (("Ctrl+6",), N_("Sixième page"))
    PAGE_7 = (("Ctrl+7",), N_("Septième page"))
    PAGE_8 = (("Ctrl+8",), N_("Huitième page"))
    SEARCH = (("Ctrl+K", "F3"), N_("Rechercher"))
    NEW_INTAKE = (("Ctrl+N",), N_("Nouvel accueil"))
    PARK = (("Ctrl+D",), N_("Mettre l’accueil de côté"))
    GO_ON = (("Ctrl+Enter", "Ctrl+Return"), N_("Continuer"))
    BACK = (("Alt+Left",), N_("Revenir"))
    LOCK = (("Ctrl+L",), N_("Verrouiller"))
    DISCREET = (("F12",), N_("Volet discret"))
    TURNED = (("F9",), N_("Écran tourné vers la personne"))
    PRINT = (("Ctrl+P",), N_("Imprimer"))
    HISTORY = (("Ctrl+H",), N_("Historique du dossier"))
    SYNC = (("Ctrl+R",), N_("Échanger maintenant avec le siège"))
    SAVED = (("Ctrl+S",), N_("Quand était-ce enregistré ?"))
    ANSWER_STATE = (("F8",), N_("Ne sait pas, ne souhaite pas répondre, plus tard"))
    NEXT_REGION = (("F6",), N_("Partie suivante de la fenêtre"))
    HELP = (("F1",), N_("Aide de cette page"))
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
    """A key was asked for twice in places where both would hear it."""


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
    """Gives keys to acts and refuses a key that is already given.

    Keys of the frame work in the whole window; those of a page, while it has the keyboard. Two
    pages may use the same letter, a page may not take a key of the frame.
    """

    def __init__(self, window: QWidget, words: Words) -> None:
        self._window = window
        self._words = words
        self._frame = {key: act for act in Act for key in sequences(act.keys)}
        self._bound: dict[Act, QAction] = {}
        self._local: dict[tuple[QWidget, str], str] = {}

    def bind(self, act: Act, on_act: Callable[[], object]) -> QAction:
        """Give an act of the frame to the window.

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

    def bind_here(
        self, page: QWidget, keys: Iterable[str], label: str, on_act: Callable[[], object]
    ) -> QAction:
        """Give keys to an act of one page.

        Args:
            page: where the keyboard must be.
            keys: in Qt's portable writing, such as "N" or "Ctrl+PgUp".
            label: translated words for menus and help.
            on_act: what happens.

        Raises:
            KeyTakenError: the frame or this page has one of the keys.
        """
        wanted = sequences(keys)
        for key in wanted:
            if key in self._frame or (page, key) in self._local:
                raise KeyTakenError(key)
        self._local |= {(page, key): label for key in wanted}
        action = QAction(label, page)
        action.setShortcuts([QKeySequence(key) for key in wanted])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(_without_arguments(on_act))
        page.addAction(action)
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
