"""The steps as people think of them: now, next, before. A gap is a sentence among them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from plie_desktop.documents import signs
from plie_desktop.documents.blocks import Block, Mark, Stack, WritingLines
from plie_desktop.documents.brush import Brush
from plie_desktop.documents.easy_setting import COLUMN, GUTTER, EasySheet
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import WARNING
from plie_desktop.documents.plan_steps import chosen
from plie_desktop.documents.spoken import period
from plie_desktop.models.domain.plan import PlanStep

MOST_DONE: Final = 4
MOST_GAPS: Final = 7
STEP_GAP: Final = 4.0
GROUP_GAP: Final = 7.0


def steps(sheet: EasySheet) -> list[Item]:
    """The section of the steps; on a new page its title stands again."""
    say = sheet.words.say
    shown = chosen(sheet.paper.steps, done=MOST_DONE, gaps=MOST_GAPS)
    title = say("Mes étapes")
    if not shown.rows:
        none_yet = sheet.line(say("Aucune étape n’est encore prévue."))
        by_hand = WritingLines(COLUMN, 3, line_height=28, indent=GUTTER)
        return sheet.section(title, signs.stairs, [Stack((none_yet, by_hand))])
    rows = [row for row in shown.rows if not _is_before(sheet, row)]
    running = [row for row in rows if row.starts_on <= sheet.issued_on]
    coming = [row for row in rows if row.starts_on > sheet.issued_on]
    past = [row for row in shown.rows if _is_before(sheet, row)]
    return [
        *sheet.section(title, signs.stairs, []),
        *_group(sheet, say("Maintenant"), signs.now, running),
        *_group(sheet, say("Ensuite"), signs.later, coming, has_more=shown.has_more),
        *_group(sheet, say("Avant"), signs.before, past, has_more=shown.has_older),
    ]


def _is_before(sheet: EasySheet, row: PlanStep) -> bool:
    return row.is_done or (row.ends_on is not None and row.ends_on < sheet.issued_on)


def _group(
    sheet: EasySheet, name: str, sign: Mark, rows: Sequence[PlanStep], *, has_more: bool = False
) -> list[Item]:
    """Steps under the word that says when; on a new page, title and word stand again."""
    if not rows and not has_more:
        return []
    again = sheet.again(sheet.words.say("Mes étapes"), signs.stairs)
    head = sheet.line(name, sheet.subheading, sign)
    first, *others = sheet.listed(
        Item(head, above=GROUP_GAP, lead=again),
        [_row(sheet, row) for row in rows],
        Stack((again, head)),
        has_more=has_more,
    )
    return [first, *(replace(item, above=STEP_GAP) for item in others)]


def _row(sheet: EasySheet, row: PlanStep) -> Block:
    when = period(row.starts_on, row.ends_on, sheet.words)
    if row.is_gap:
        return _gap(sheet, row, when)
    if row.is_done:
        return sheet.entry(row.title, _done)
    where = ", ".join(filter(None, (row.operator, row.place)))
    say = sheet.words.say
    said = [
        say("Où : {place}", place=where) if where else "",
        say("Quand : {when}", when=when),
        say("Cette étape n’est pas terminée.") if _is_before(sheet, row) else "",
    ]
    texts = [sheet.entry(row.title, _open, sheet.strong)]
    texts += [sheet.line(sentence) for sentence in said if sentence]
    return Stack(tuple(texts))


def _gap(sheet: EasySheet, row: PlanStep, when: str) -> Block:
    say = sheet.words.say
    if _is_before(sheet, row):
        said = say("Rien n’était prévu {when}.", when=when)
    else:
        said = say("Rien n’est prévu {when}. J’en parle à mon référent.", when=when)
    return sheet.entry(said, signs.emptiness, sheet.strong.with_ink(WARNING))


def _ticked(*, is_done: bool) -> Mark:
    def mark(brush: Brush, x: float, middle: float, size: float) -> None:
        brush.done_box(x, middle - size / 2, size, is_done=is_done)

    return mark


_done: Final = _ticked(is_done=True)
_open: Final = _ticked(is_done=False)
