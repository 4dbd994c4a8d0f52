"""The versions of the plan that were kept, each to be opened again."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.text import Words
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.plan_states import plan_state
from plie_desktop.views.widgets.row_button import RowButton


@dataclass(frozen=True)
class VersionLine:
    """One version in words: its name, the day it was kept, what became of it."""

    version: int
    what: str
    day: str
    state: State


def version_line(version: PlanVersion, speech: Speech) -> VersionLine:
    """A version as its line says it."""
    return VersionLine(
        version.version,
        speech.words.say("Version {n}", n=version.version),
        speech.short_day(version.made_on),
        plan_state(speech.words, version.state),
    )


def kept_sentence(version: PlanVersion, speech: Speech) -> str:
    """What is said of the version in sight."""
    return speech.words.say(
        "Version {version} du plan, gardée le {day}. Elle ne change plus.",
        version=version.version,
        day=speech.short_day(version.made_on),
    )


class Versions(QWidget):
    """Hidden while none was kept.

    Signals:
        chosen(int): the number of the version to be seen again.
    """

    chosen = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._shown: tuple[VersionLine, ...] = ()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(words.say("Versions gardées"), "strong"))
        column.addLayout(self._lines)
        self.hide()

    def show_lines(self, lines: Sequence[VersionLine]) -> None:
        """Show these; the same ones leave the keyboard where it is."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            button = RowButton(line.what, line.day, line.state, "plain")
            button.setToolTip(self._words.say("Revoir cette version, pour l’imprimer à nouveau."))
            button.clicked.connect(partial(self._on_clicked, line.version))
            self._lines.addWidget(button)
        self.setVisible(bool(lines))

    def _on_clicked(self, version: int, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as the signal gives it
        self.chosen.emit(version)
