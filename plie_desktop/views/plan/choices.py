"""What the person wants on their paper, as a compact list."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.models.domain.plan import PAPER_KIND_LABELS
from plie_desktop.text import LANGUAGE_NAMES, Words
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.field_row import FieldRow


class PaperChoices(QWidget):
    """Paper, language, parts, and the brakes that may be printed.

    Signals:
        chosen(str, str, str, str): paper, language, parts and brakes (codes joined by `|`).
    """

    chosen = Signal(str, str, str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._kept: dict[ChoiceButtons, str] = {}
        self._paper = self._one_of({kind: words.say(it) for kind, it in PAPER_KIND_LABELS.items()})
        self._language = self._one_of(LANGUAGE_NAMES)
        self._sections: MultiChoice | None = None
        self._brakes: MultiChoice | None = None
        self._brakes_row: FieldRow | None = None
        self._offered: tuple[Choice, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(FieldRow(words.say("Papier"), self._paper))
        self._column.addWidget(FieldRow(words.say("Langue du papier"), self._language))

    def offer_sections(self, sections: Sequence[Choice]) -> None:
        """Say once which parts a paper may have."""
        self._sections = MultiChoice(sections, self._words, dense=True)
        self._add(self._words.say("Parties"), self._sections)

    def offer_brakes(self, brakes: Sequence[Choice]) -> None:
        """The brakes of this person; the same ones leave the keyboard where it is."""
        if tuple(brakes) == self._offered:
            return
        self._offered = tuple(brakes)
        if self._brakes_row is not None:
            self._column.removeWidget(self._brakes_row)
            self._brakes_row.hide()
            self._brakes_row.deleteLater()
        self._brakes = self._brakes_row = None
        if brakes:
            self._brakes = MultiChoice(brakes, self._words, dense=True)
            help_line = self._words.say("Seulement ce que la personne accepte d’imprimer.")
            self._brakes_row = self._add(self._words.say("Freins"), self._brakes, help_line)

    def show_chosen(self, paper: str, language: str, sections: str, brakes: str) -> None:
        for control, value in ((self._paper, paper), (self._language, language)):
            self._kept[control] = value
            control.set_value(value)
        if self._sections is not None:
            self._sections.set_value(sections)
        if self._brakes is not None:
            self._brakes.set_value(brakes)

    def _one_of(self, named: Mapping[str, str]) -> ChoiceButtons:
        choices = [Choice(code, name) for code, name in named.items()]
        control = ChoiceButtons(choices, self._words, dense=True)
        control.edited.connect(partial(self._on_one, control))
        return control

    def _add(self, label: str, choices: MultiChoice, help_line: str = "") -> FieldRow:
        choices.edited.connect(self._on_chosen)
        row = FieldRow(label, choices, help_line)
        self._column.addWidget(row)
        return row

    def _on_one(self, control: ChoiceButtons, value: str) -> None:
        if not value:
            # A plan always has a paper and a language: Delete takes nothing back here.
            control.set_value(self._kept[control])
            return
        self._kept[control] = value
        self._on_chosen(value)

    def _on_chosen(self, _value: str) -> None:
        sections = self._sections.value() if self._sections is not None else ""
        brakes = self._brakes.value() if self._brakes is not None else ""
        self.chosen.emit(self._kept[self._paper], self._kept[self._language], sections, brakes)
