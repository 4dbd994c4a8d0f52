"""What a pathway without a step shows: the first steps that are often proposed."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from plie_desktop.text import N_, Words
from plie_desktop.views.pathway.drafts import TypedStep
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_PROPOSED: Final = (
    ("DIA-INI", N_("Bilan")),
    ("FOR-LAN", N_("Français")),
    ("FRE-MOB", N_("Mobilité")),
    ("PRO-PMS", N_("Immersion")),
)


class FirstSteps(Card):
    """One button for each proposal.

    Signals:
        wanted(TypedStep): one was chosen.
    """

    wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._words = words
        self._empty = EmptyState("pathway", words.say("Aucune étape"))
        self._proposals = QWidget()
        choices = WrapLayout(self._proposals)
        for code, label in _PROPOSED:
            button = Button(words.say(label), "plain", "add")
            button.clicked.connect(partial(self.wanted.emit, TypedStep(type_code=code)))
            choices.addWidget(button)
        self.body.setContentsMargins(16, 0, 16, 16)
        self.body.setSpacing(0)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._proposals, 0, Qt.AlignmentFlag.AlignHCenter)
        self.allow(can_plan=True)

    def allow(self, *, can_plan: bool) -> None:
        """Propose, or only say that there is none."""
        say = self._words.say
        hint = say("Proposez un premier pas :") if can_plan else ""
        self._empty.set_words(say("Aucune étape"), hint)
        self._proposals.setVisible(can_plan)
