"""Where the intakes of the day are taken: said once, then one line."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QStyleOptionButton, QWidget

from plie_desktop import reference
from plie_desktop.models.domain.answers import Answer
from plie_desktop.text import Words
from plie_desktop.views.qt import looks, tips
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.button import Button

_EDGES: Final = 38
"""Padding, border and the space beside the icon, in points."""


class StandButton(Button):
    """Place and day in one line, agent and origin when asked; pressing opens their questions."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", "place", parent=parent)
        self._words = words
        self._speech = Speech(words)
        self._agent = ""
        self._answers: Mapping[str, Answer] = {}
        self.setCheckable(True)
        self.setProperty("elides", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_stand({})

    def show_agent(self, name: str) -> None:
        """Who takes the intake."""
        self._agent = name
        self.show_stand(self._answers)

    def show_stand(self, answers: Mapping[str, Answer]) -> None:
        """Say what is known of the stand."""
        self._answers = answers
        place = answers.get("first_contact_place")
        where = place.value if place and place.value else self._words.say("Lieu à préciser")
        self.set_words(_joined(where, self._day()))
        told = self._words.say(
            "Cadre de l’accueil : {stand}",
            stand=_joined(where, self._day(), self._origin(), self._agent),
        )
        self.setToolTip(tips.plain(told))
        self.setAccessibleName(told)

    def minimumSizeHint(self) -> QSize:
        return QSize(looks.scaled(140), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        room = self.width() - self.iconSize().width() - _EDGES
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _day(self) -> str:
        day = self._answers.get("first_contact_on")
        try:
            return self._speech.short_day(date.fromisoformat(day.value)) if day else ""
        except ValueError:
            return ""

    def _origin(self) -> str:
        origin = self._answers.get("origin")
        if origin is None or not origin.value:
            return ""
        return reference.load("origins").said(origin.value, self._words)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
