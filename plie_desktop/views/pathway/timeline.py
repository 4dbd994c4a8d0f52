"""The pathway as a picture: months across, a bar for each step, hatched gaps, today.

The table under it says the same and is what a screen reader reads; here the mouse finds steps.
"""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from plie_desktop.models.domain.dates import shown_date
from plie_desktop.models.domain.pathway import Gap, Pathway
from plie_desktop.models.domain.step import FILLS_TIME, Step
from plie_desktop.text import Words
from plie_desktop.views.pathway.axis import Axis, axis, rows
from plie_desktop.views.qt import looks, tips
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.step_states import gap_level, step_state, step_title

_BAR: Final = 28
_BETWEEN: Final = 6
_MONTHS: Final = 22
_HEAD: Final = 46
_LEAST: Final = 6
_BESIDE: Final = 4
_DAY: Final = timedelta(days=1)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class Timeline(QWidget):
    """Draws one pathway.

    Signals:
        chosen(Step): a bar was clicked.
    """

    chosen = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._speech = Speech(words)
        self._pathway: Pathway | None = None
        self._today = date.min
        self._current: Step | None = None
        self._axis: Axis | None = None
        self._bars: tuple[tuple[Step, QRect], ...] = ()
        self._holes: tuple[tuple[Gap, QRect], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_pathway(self, pathway: Pathway, today: date) -> None:
        """Draw a pathway as it stands today."""
        self._pathway, self._today = pathway, today
        self._current = None
        self.setAccessibleName(
            self._words.count(
                "Frise : {n} étape, dite aussi par le tableau",
                "Frise : {n} étapes, dites aussi par le tableau",
                len(pathway.steps),
            )
        )
        self._place()

    def show_current(self, step: Step | None) -> None:
        """Mark the step that is current in the table."""
        self._current = step
        self.update()

    def sizeHint(self) -> QSize:
        count = 1 + max((row for _, row in self._rows()), default=0)
        height = looks.scaled(_HEAD) + count * looks.scaled(_BAR + _BETWEEN) + _BETWEEN
        return QSize(320, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = self._step_at(event.position().toPoint())
        if step is not None:
            self.chosen.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._step_at(event.position().toPoint()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            step = self._step_at(event.pos())
            QToolTip.showText(event.globalPos(), tips.plain(self._told(step)) if step else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._axis is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPixelSize(looks.size("help"))
        painter.setFont(small)
        self._paint_months(painter, self._axis)
        for gap, area in self._holes:
            self._paint_gap(painter, gap, area)
        for step, area in self._bars:
            self._paint_step(painter, step, area)
        painter.end()

    def _rows(self) -> tuple[tuple[Step, int], ...]:
        return rows(self._pathway.steps) if self._pathway else ()

    def _place(self) -> None:
        """Bars and gaps at the width and the size of text in use."""
        if self._pathway is None:
            return
        made = axis(self._pathway, self._today, self.width())
        top, high = looks.scaled(_HEAD), looks.scaled(_BAR)
        self._axis = made
        self._bars = tuple(
            (step, self._span(made, step.starts_on, step.ends_on, top + row * (high + _gap())))
            for step, row in self._rows()
        )
        self._holes = tuple(
            (gap, self._span(made, gap.starts_on, gap.ends_on or self._today, top))
            for gap in self._pathway.gaps
        )
        self.updateGeometry()
        self.update()

    @staticmethod
    def _span(made: Axis, first: date, last: date | None, top: int) -> QRect:
        left = made.at(first)
        right = made.width if last is None else made.at(last + _DAY)
        return QRect(left, top, max(_LEAST, right - left - 1), looks.scaled(_BAR))

    def _paint_months(self, painter: QPainter, made: Axis) -> None:
        colours = looks.colours()
        high = looks.scaled(_MONTHS)
        painter.setPen(QColor(colours.line))
        for month in made.months():
            painter.drawLine(made.at(month), high, made.at(month), self.height())
        self._paint_today(painter, made)
        year, free_from = 0, 0
        for month in made.months():
            left = made.at(month)
            name = self._speech.short_month(month)
            if month.year != year:
                name = f"{name} {month.year}"
            wide = painter.fontMetrics().horizontalAdvance(name)
            if left + _BESIDE < free_from or left + _BESIDE + wide > self.width():
                continue
            plate = QRect(left + _BESIDE, high, wide + 2, high)
            painter.fillRect(plate, QColor(colours.card))
            painter.setPen(QColor(colours.muted))
            painter.drawText(plate, _LEFT, name)
            year, free_from = month.year, left + 2 * _BESIDE + wide

    def _paint_today(self, painter: QPainter, made: Axis) -> None:
        colours = looks.colours()
        left, high = made.at(self._today), looks.scaled(_MONTHS)
        painter.setPen(QPen(QColor(colours.focus), 2))
        painter.drawLine(left, high - 2, left, self.height())
        painter.save()
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        word = self._words.say("Aujourd’hui")
        wide = painter.fontMetrics().horizontalAdvance(word)
        start = min(max(0, left - wide // 2), self.width() - wide)
        painter.drawText(QRect(start, 0, wide + 2, high - 2), _LEFT, word)
        painter.restore()

    def _paint_step(self, painter: QPainter, step: Step, area: QRect) -> None:
        colours = looks.colours()
        state = step_state(self._words, step.state)
        ink, tint = (QColor(colours.roles()[name]) for name in (state.kind, f"{state.kind}_tint"))
        edge = QPen(ink, 2 if step == self._current else 1)
        if step == self._current:
            edge = QPen(QColor(colours.text), 2)
        if step.state not in FILLS_TIME:
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(tint)
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        accent = QRect(area.left() + 1, area.top() + 4, 4, area.height() - 8)
        painter.fillRect(accent, ink)
        text = area.adjusted(11, 0, -5, 0)
        painter.setPen(QColor(colours.text))
        metrics = painter.fontMetrics()
        title = step_title(self._words, step)
        whole = f"{title} · {state.text}"
        fits = metrics.horizontalAdvance(whole) <= text.width()
        said = whole if fits else title
        if text.width() >= metrics.horizontalAdvance("Mmm…"):
            shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, _LEFT, shown)

    def _paint_gap(self, painter: QPainter, gap: Gap, area: QRect) -> None:
        colours = looks.colours().roles()
        kind = gap_level(self._words, gap.level).kind
        ink = QColor(colours[kind])
        area = area.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colours["card"]))
        painter.drawRoundedRect(area, 5, 5)
        painter.fillRect(area, _hatch(ink))
        metrics = painter.fontMetrics()
        for said in (
            self._words.count("{n} jour sans étape", "{n} jours sans étape", gap.days),
            self._words.say("{n} j", n=gap.days),
        ):
            wide = metrics.horizontalAdvance(said) + 10
            if wide <= area.width() - 4:
                plate = QRect(0, 0, wide, metrics.height())
                plate.moveCenter(area.center())
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours["card"]))
                painter.drawRoundedRect(plate, 4, 4)
                painter.setPen(ink)
                painter.drawText(plate, _CENTRE, said)
                return

    def _step_at(self, point: QPoint) -> Step | None:
        return next((step for step, area in self._bars if area.contains(point)), None)

    def _told(self, step: Step) -> str:
        first = shown_date(step.starts_on)
        days = (
            self._words.say("depuis le {first}, sans fin prévue", first=first)
            if step.ends_on is None
            else self._words.say("du {first} au {last}", first=first, last=shown_date(step.ends_on))
        )
        title = step_title(self._words, step)
        return f"{title}\n{days}\n{step_state(self._words, step.state).text}"


def _gap() -> int:
    return looks.scaled(_BETWEEN)


def _hatch(ink: QColor) -> QBrush:
    pale = QColor(ink)
    pale.setAlpha(110)
    return QBrush(pale, Qt.BrushStyle.BDiagPattern)
