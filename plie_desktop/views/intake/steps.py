"""The steps of an intake: who the person is, their situation, and everything else."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from plie_desktop.models.domain.intake_form import (
    FIELDS,
    FIRST_VISIT,
    SECTION_LABELS,
    Field,
    Section,
)
from plie_desktop.text import N_, Words
from plie_desktop.views.qt import icons
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.form import Form
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_WHO: Final = frozenset({Section.CONTACT, Section.IDENTITY, Section.REACH})

STAND: Final = tuple(field for field in FIRST_VISIT if field.suggested)
"""Answered once for each stand."""
STEPS: Final = (
    tuple(f for f in FIRST_VISIT if not f.suggested and f.section in _WHO),
    tuple(f for f in FIRST_VISIT if not f.suggested and f.section not in _WHO),
    tuple(f for f in FIELDS if not f.first_visit),
)
TITLES: Final = (N_("La personne"), N_("Sa situation"), N_("Autres questions"))


def step_of(key: str) -> int | None:
    """The number of the step that asks a question; None for those of the stand."""
    for number, questions in enumerate(STEPS):
        if any(field.key == key for field in questions):
            return number
    return None


class StepBar(QWidget):
    """One button for each step, the one in hand marked, the complete ones ticked.

    Signals:
        chosen(int): number of the step wanted.
    """

    chosen = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: list[Button] = []
        row = WrapLayout(self, spacing=8)
        for number, title in enumerate(TITLES):
            label = words.say("{number}. {title}", number=number + 1, title=words.say(title))
            button = Button(label)
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._buttons.append(button)
            row.addWidget(button)
        self._group.idClicked.connect(self.chosen)

    def show_current(self, number: int) -> None:
        """Mark the step in hand."""
        self._buttons[number].setChecked(True)

    def show_complete(self, number: int, *, complete: bool) -> None:
        """Tick a step where nothing required is missing."""
        icons.dress(self._buttons[number], "check" if complete else "", "ok", 16)


class Step(QWidget):
    """The questions of one step, under the titles of their sections where there are several.

    Signals:
        finished: the last question of the step was completed.
    """

    finished = Signal()

    def __init__(self, questions: tuple[Field, ...], words: Words, *, with_titles: bool) -> None:
        super().__init__()
        self._forms: list[Form] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 4, 8, 8)
        column.setSpacing(12)
        for title, group in _grouped(questions, by_section=with_titles):
            if title:
                column.addSpacing(8 if self._forms else 0)
                column.addWidget(Label(words.say(title), "section"))
            form = Form(group, words)
            self._forms.append(form)
            column.addWidget(form)
        column.addStretch()
        for form, following in pairwise(self._forms):
            form.finished.connect(lambda after=following: after.take_keyboard(after.keys[0]))
        self._forms[-1].finished.connect(self.finished)

    def forms(self) -> tuple[Form, ...]:
        return tuple(self._forms)


def _grouped(
    questions: tuple[Field, ...], *, by_section: bool
) -> Iterator[tuple[str, tuple[Field, ...]]]:
    if not by_section:
        yield "", questions
        return
    for section, title in SECTION_LABELS.items():
        group = tuple(field for field in questions if field.section is section)
        if group:
            yield title, group
