"""What the plan says of the person: me, my situation, what I want, what helps, meetings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plie_desktop.documents.blocks import (
    Beside,
    Block,
    Mark,
    Panel,
    Stack,
    Text,
    WritingLines,
    dot,
    numbered,
    paragraph,
)
from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import (
    BOLD,
    MUTED,
    PRIMARY,
    SURFACE,
    WHITE,
    WIDTH,
    Style,
)
from plie_desktop.documents.sheet import Sheet, to_come
from plie_desktop.documents.spoken import moment_parts, phone_in_pairs
from plie_desktop.documents.theme_signs import blocks_with_signs
from plie_desktop.models.domain.plan import MAX_WISHES, PlanMeeting

COLUMN_GAP = 16.0
HALF = (WIDTH - COLUMN_GAP) / 2
MOST_SITUATION = 5
MOST_MEETINGS = 6


def heading(sheet: Sheet, title: str) -> Item:
    """The title of a section; it stays with what follows."""
    block = paragraph(title, sheet.heading, WIDTH, 2)
    return Item(block, above=sheet.fit.body * sheet.fit.air, keeps_next=True)


def with_rest_note(sheet: Sheet, items: list[Item], *, is_partial: bool) -> list[Item]:
    """The items; when they do not say everything, followed by the note that there is more."""
    if not is_partial:
        return items
    # The note says what it belongs to only by its place: it stays on the page of the last item.
    items[-1] = replace(items[-1], keeps_next=True)
    return [*items, Item(sheet.rest_note(), above=3)]


def me(sheet: Sheet) -> list[Item]:
    """Who the plan is for, who to call, and the next appointment in large letters."""
    title = Style(BOLD, sheet.fit.body + 11, PRIMARY, leading=1.2)
    name = paragraph(sheet.paper.full_name, Style(BOLD, sheet.fit.body + 4), WIDTH, 2)
    left = WIDTH * 0.4
    right = WIDTH - left - COLUMN_GAP
    referent = _referent(sheet, left - 22)
    appointment = _next_appointment(sheet, right - 26)
    height = max(_height(referent), _height(appointment)) + 22
    panels = Beside(
        (
            (0, Panel(Stack(referent, 1), left, least=height, ground=SURFACE)),
            (
                left + COLUMN_GAP,
                Panel(Stack(appointment, 1), right, least=height, has_bar=True),
            ),
        )
    )
    items = [
        Item(paragraph(sheet.words.say("Mon plan vers l’emploi"), title, WIDTH, 1)),
        Item(name, above=2),
        Item(panels, above=sheet.fit.body * 0.9),
    ]
    is_partial = any(text.is_cut for text in (name, *referent, *appointment))
    return with_rest_note(sheet, items, is_partial=is_partial)


def _height(texts: Iterable[Block]) -> float:
    return Stack(tuple(texts), 1).height


def _referent(sheet: Sheet, width: float) -> tuple[Text, ...]:
    paper = sheet.paper
    phone = phone_in_pairs(paper.referent_phone)
    texts = [
        paragraph(sheet.words.say("Mon référent"), sheet.small, width, 1),
        paragraph(paper.referent_name, sheet.strong, width, 2),
        paragraph(phone, Style(BOLD, sheet.fit.body + 4, PRIMARY), width, 1),
        paragraph(paper.referent_email, sheet.small, width, 2),
    ]
    return tuple(text for text in texts if text.lines)


def _next_appointment(sheet: Sheet, width: float) -> tuple[Text, ...]:
    words = sheet.words
    label = paragraph(words.say("Mon prochain rendez-vous"), sheet.small, width, 1)
    coming = next(iter(to_come(sheet.paper, sheet.issued_on)), None)
    if coming is None:
        none_yet = words.say(
            "Aucun rendez-vous n’est encore pris. Appelez votre référent pour en fixer un."
        )
        return (label, paragraph(none_yet, sheet.body, width, 3))
    day, hour = moment_parts(coming.starts_at, words)
    large = Style(BOLD, sheet.fit.body + 7, PRIMARY, leading=1.25)
    texts = (
        label,
        paragraph(f"{day} {hour}".strip(), large, width, 2),
        paragraph(coming.place, sheet.body, width, 2),
    )
    return tuple(text for text in texts if text.lines)


def situation(sheet: Sheet) -> list[Item]:
    """Lines the person agreed to, strengths first."""
    title = heading(sheet, sheet.words.say("Ma situation aujourd’hui"))
    return [title, *_answers(sheet, sheet.paper.situation, MOST_SITUATION, dot)]


def wishes(sheet: Sheet) -> list[Item]:
    """What the person wants, in their own words, numbered."""
    title = heading(sheet, sheet.words.say("Ce que je veux"))
    return [title, *_answers(sheet, sheet.paper.wishes, MAX_WISHES, None)]


def _answers(sheet: Sheet, answers: tuple[str, ...], most: int, mark: Mark | None) -> list[Item]:
    if not answers:
        by_hand = paragraph(sheet.words.say("À écrire ensemble :"), sheet.small, WIDTH, 1)
        return [Item(by_hand, keeps_next=True), Item(WritingLines(WIDTH))]
    shown = answers[: min(most, sheet.fit.entries)]
    texts = [
        paragraph(answer, sheet.body, WIDTH, sheet.fit.lines, mark or numbered(rank))
        for rank, answer in enumerate(shown, 1)
    ]
    is_partial = len(answers) > len(shown) or any(text.is_cut for text in texts)
    return with_rest_note(sheet, [Item(text, above=2) for text in texts], is_partial=is_partial)


def helps_and_blocks(sheet: Sheet) -> list[Item]:
    """Two columns: what helps, with a plus; what blocks, with the sign of its theme."""
    words, paper = sheet.words, sheet.paper
    helps = _column(sheet, words.say("Ce qui m’aide"), [(_plus, one) for one in paper.helps])
    blocks = _column(sheet, words.say("Ce qui me bloque"), blocks_with_signs(paper))
    both = Beside(((0, helps), (HALF + COLUMN_GAP, blocks)))
    return [Item(both, above=sheet.fit.body * sheet.fit.air)]


def _column(sheet: Sheet, title: str, entries: Sequence[tuple[Mark, str]]) -> Stack:
    parts = [paragraph(title, sheet.heading, HALF, 2)]
    shown = entries[: sheet.fit.entries]
    limit = min(2, sheet.fit.lines)
    texts = [paragraph(entry, sheet.body, HALF, limit, mark) for mark, entry in shown]
    if not texts:
        texts = [paragraph(sheet.words.say("Rien de noté pour le moment."), sheet.small, HALF, 2)]
    parts += texts
    if len(entries) > len(shown) or any(text.is_cut for text in texts):
        parts.append(sheet.rest_note(HALF))
    return Stack(tuple(parts), 2)


def _plus(brush: Brush, x: float, middle: float, size: float) -> None:
    radius = size * 0.5
    brush.disc(x + radius, middle, radius, PRIMARY)
    arm, thick = radius * 1.1, radius * 0.32
    brush.area(Box(x + radius - arm / 2, middle - thick / 2, arm, thick), WHITE)
    brush.area(Box(x + radius - thick / 2, middle - arm / 2, thick, arm), WHITE)


def meetings(sheet: Sheet) -> list[Item]:
    """Every meeting to come, day first."""
    words = sheet.words
    title = heading(sheet, words.say("Mes rendez-vous"))
    coming = to_come(sheet.paper, sheet.issued_on)
    if not coming:
        none_yet = words.say("Aucun rendez-vous n’est encore pris.")
        return [title, Item(paragraph(none_yet, sheet.body.with_ink(MUTED), WIDTH, 1))]
    shown = coming[: min(MOST_MEETINGS, sheet.fit.entries)]
    lines = [_meeting(sheet, meeting) for meeting in shown]
    items = [title, *(Item(Beside(((0, when), (HALF, where))), above=2) for when, where in lines)]
    is_partial = len(coming) > len(shown) or any(text.is_cut for line in lines for text in line)
    return with_rest_note(sheet, items, is_partial=is_partial)


def _meeting(sheet: Sheet, meeting: PlanMeeting) -> tuple[Text, Text]:
    said = " ".join(moment_parts(meeting.starts_at, sheet.words)).strip()
    limit = min(2, sheet.fit.lines)
    return (
        paragraph(said, sheet.strong, HALF - COLUMN_GAP / 2, limit, dot),
        paragraph(meeting.place, sheet.body, WIDTH - HALF, limit),
    )
