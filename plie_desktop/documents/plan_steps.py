"""The table of steps: what, with whom and where, when, done or not; gaps are shown as such."""

from dataclasses import dataclass
from datetime import date

from plie_desktop.documents.blocks import (
    HALF_CAPITAL,
    Block,
    Stack,
    Text,
    WritingLines,
    paragraph,
)
from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import (
    BOLD,
    MUTED,
    PRIMARY,
    RULE,
    TINT,
    WARNING,
    WARNING_HATCH,
    WARNING_TINT,
    WIDTH,
    Style,
)
from plie_desktop.documents.plan_sections import heading, with_rest_note
from plie_desktop.documents.sheet import Sheet
from plie_desktop.documents.spoken import long_day, period
from plie_desktop.models.domain.plan import MAX_OPEN_STEPS, PlanStep

DONE_X = 10.0
LABEL_X = 6.0
WHAT_X = 36.0
WHO_X = 226.0
WHEN_X = 366.0
GUTTER = 10.0
PAD = 4.5


@dataclass(frozen=True)
class Shown:
    """The rows that go on paper, in the order of time.

    Attributes:
        has_older: finished steps were left out at the beginning.
        has_more: rows were left out that are still to come.
    """

    rows: tuple[PlanStep, ...]
    has_older: bool
    has_more: bool


def chosen(steps: tuple[PlanStep, ...], *, done: int, gaps: int) -> Shown:
    """The newest `done` finished steps, the first open ones, and the gaps among them."""
    finished = [at for at, step in enumerate(steps) if not step.is_gap and step.is_done]
    still_open = [at for at, step in enumerate(steps) if not step.is_gap and not step.is_done]
    older = finished[: max(0, len(finished) - done)]
    later = still_open[MAX_OPEN_STEPS:]
    kept = sorted({*finished, *still_open} - {*older, *later})
    # A gap beyond a step that is left out would seem to stand somewhere else.
    first = kept[0] if kept and older and older[0] < kept[0] else 0
    last = kept[-1] if kept and later and later[-1] > kept[-1] else len(steps)
    empty = [at for at, step in enumerate(steps) if step.is_gap and first <= at <= last]
    rows = tuple(steps[at] for at in sorted((*kept, *empty[:gaps])))
    return Shown(rows, has_older=bool(older), has_more=bool(later) or len(empty) > gaps)


def steps(sheet: Sheet) -> list[Item]:
    """The section of the steps; the day of issue is always marked."""
    title = heading(sheet, sheet.words.say("Mes étapes"))
    shown = chosen(sheet.paper.steps, done=sheet.fit.done, gaps=sheet.fit.gaps)
    if not shown.rows:
        none_yet = sheet.words.say("Aucune étape n’est encore prévue.")
        nothing = _GapRow(Text((none_yet,), _gap_style(sheet)), None)
        return [title, Item(nothing, above=3), Item(WritingLines(WIDTH, 3))]
    head = _Head(_labels(sheet))
    rows = _rows(sheet, shown.rows)
    items = [title]
    if shown.has_older:
        older = sheet.words.say("Les étapes plus anciennes sont dans votre dossier.")
        items.append(Item(paragraph(older, sheet.small, WIDTH, 1), keeps_next=True))
    items.append(Item(head, above=2, keeps_next=True))
    again = paragraph(sheet.words.say("Mes étapes (suite)"), sheet.heading, WIDTH, 1)
    items += [Item(row, lead=Stack((again, head), 2)) for row in rows]
    is_cut = any(isinstance(row, _StepRow) and row.is_cut for row in rows)
    return with_rest_note(sheet, items, is_partial=shown.has_more or is_cut)


def _labels(sheet: Sheet) -> tuple[tuple[float, Text], ...]:
    words = sheet.words
    style = Style(BOLD, sheet.fit.body - 2, MUTED)
    return (
        (LABEL_X, Text((words.say("Fait"),), style)),
        (WHAT_X, Text((words.say("Quoi"),), style)),
        (WHO_X, Text((words.say("Avec qui, où"),), style)),
        (WHEN_X, Text((words.say("Quand"),), style)),
    )


def _rows(sheet: Sheet, rows: tuple[PlanStep, ...]) -> list[Block]:
    blocks: list[Block] = []
    is_marked = any(_is_today(row, sheet.issued_on) for row in rows)
    for row in rows:
        if not is_marked and row.starts_on > sheet.issued_on:
            blocks.append(_today_row(sheet))
            is_marked = True
        blocks.append(_gap_row(sheet, row) if row.is_gap else _step_row(sheet, row))
    if not is_marked:
        blocks.append(_today_row(sheet))
    return blocks


def _is_today(row: PlanStep, today: date) -> bool:
    if row.is_current:
        return True
    return row.is_gap and row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)


def _today_row(sheet: Sheet) -> "_TodayRow":
    said = sheet.words.say("Aujourd’hui, {day}", day=long_day(sheet.issued_on, sheet.words))
    return _TodayRow(Text((said,), Style(BOLD, sheet.fit.body - 1.5, PRIMARY)))


def _gap_style(sheet: Sheet) -> Style:
    return Style(BOLD, sheet.fit.body, WARNING)


def _gap_row(sheet: Sheet, row: PlanStep) -> "_GapRow":
    said = sheet.words.say("Rien de prévu pour le moment")
    when = period(row.starts_on, row.ends_on, sheet.words)
    style = _gap_style(sheet)
    return _GapRow(
        paragraph(said, style, WHO_X - WHAT_X - GUTTER, 2),
        paragraph(when, sheet.body.with_ink(WARNING), WIDTH - WHO_X - PAD, 2),
        is_today=_is_today(row, sheet.issued_on),
    )


def _step_row(sheet: Sheet, row: PlanStep) -> "_StepRow":
    limit = sheet.fit.cell
    what_style = sheet.strong if row.is_current else sheet.body
    # Two lines cost nothing: whom and where take two as well.
    what = paragraph(row.title, what_style, WHO_X - WHAT_X - GUTTER, max(2, limit))
    half = max(1, limit // 2)
    width = WHEN_X - WHO_X - GUTTER
    who = [
        paragraph(row.operator, sheet.body, width, half),
        paragraph(row.place, sheet.body.with_ink(MUTED), width, half),
    ]
    said = period(row.starts_on, row.ends_on, sheet.words)
    when = [paragraph(said, sheet.body, WIDTH - WHEN_X - PAD, 2)]
    if row.is_current:
        when.append(Text((sheet.words.say("En ce moment"),), sheet.detail_strong.with_ink(PRIMARY)))
    return _StepRow(
        what,
        Stack(tuple(who)),
        Stack(tuple(when)),
        sheet.body,
        is_done=row.is_done,
        is_current=row.is_current,
        is_cut=any(text.is_cut for text in (what, *who)),
    )


@dataclass(frozen=True)
class _Head:
    """The names of the columns."""

    labels: tuple[tuple[float, Text], ...]

    @property
    def height(self) -> float:
        return self.labels[0][1].height + 5

    def paint(self, brush: Brush, x: float, top: float) -> None:
        for distance, label in self.labels:
            label.paint(brush, x + distance, top)
        brush.rule(x, top - self.height, WIDTH, PRIMARY, 1.2)


@dataclass(frozen=True)
class _StepRow:
    """A step: its box, what, with whom and where, when."""

    what: Text
    who: Stack
    when: Stack
    body: Style
    is_done: bool
    is_current: bool
    is_cut: bool

    @property
    def height(self) -> float:
        return max(self.what.height, self.who.height, self.when.height) + 2 * PAD

    def paint(self, brush: Brush, x: float, top: float) -> None:
        foot = top - self.height
        if self.is_current:
            brush.area(Box(x, foot, WIDTH, self.height), TINT)
            brush.area(Box(x, foot, 4, self.height), PRIMARY)
        brush.rule(x, foot, WIDTH, RULE)
        side = self.body.size
        middle = top - PAD - self.body.line_height / 2
        brush.done_box(x + DONE_X, middle - side / 2, side, is_done=self.is_done)
        for distance, block in ((WHAT_X, self.what), (WHO_X, self.who), (WHEN_X, self.when)):
            block.paint(brush, x + distance, top - PAD)


@dataclass(frozen=True)
class _GapRow:
    """An empty stretch, tinted and hatched; without `when` the pathway itself is empty."""

    said: Text
    when: Text | None
    is_today: bool = False

    @property
    def height(self) -> float:
        return max(self.said.height, self.when.height if self.when else 0) + 2 * PAD

    def paint(self, brush: Brush, x: float, top: float) -> None:
        foot = top - self.height
        brush.area(Box(x, foot, WIDTH, self.height), WARNING_TINT)
        brush.hatch(Box(x, foot, WHAT_X - GUTTER, self.height), WARNING_HATCH)
        if self.is_today:
            brush.area(Box(x, foot, 4, self.height), PRIMARY)
        brush.rule(x, foot, WIDTH, RULE)
        self.said.paint(brush, x + WHAT_X, top - PAD)
        if self.when:
            self.when.paint(brush, x + WHO_X, top - PAD)


@dataclass(frozen=True)
class _TodayRow:
    """The day of issue, between what lies behind and what lies ahead."""

    said: Text

    @property
    def height(self) -> float:
        return self.said.height + 4

    def paint(self, brush: Brush, x: float, top: float) -> None:
        middle = top - self.height / 2
        size = self.said.style.size
        brush.polygon(
            ((x, middle + size / 2), (x + size * 0.8, middle), (x, middle - size / 2)), PRIMARY
        )
        end = x + WHAT_X
        for line in self.said.lines:
            brush.text(end, middle - size * HALF_CAPITAL, line, self.said.style)
        brush.rule(x, top - self.height, WIDTH, PRIMARY, 1.2)
