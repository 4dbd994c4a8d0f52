"""What the easy-to-read plan says: short sentences of one idea each, all in the first person."""

from collections.abc import Sequence
from typing import Final

from plie_desktop.documents import signs
from plie_desktop.documents.blocks import (
    Block,
    Mark,
    Panel,
    Stack,
    WritingLines,
    dot,
    numbered,
)
from plie_desktop.documents.easy_setting import GUTTER, PANEL_PAD, EasySheet
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import BOLD, PRIMARY, WIDTH, Style
from plie_desktop.documents.sheet import to_come
from plie_desktop.documents.spoken import moment_parts, phone_in_pairs
from plie_desktop.documents.theme_signs import blocks_with_signs
from plie_desktop.models.domain.plan import MAX_WISHES, PlanMeeting

PHONE_SIZE: Final = 28.0
MOST_ANSWERS: Final = 6
MOST_OTHER_MEETINGS: Final = 5


def title(sheet: EasySheet) -> list[Item]:
    """What the paper is and whose it is."""
    say, name = sheet.words.say, sheet.paper.full_name
    style = Style(BOLD, sheet.fit.body + 10, PRIMARY, leading=1.3)
    head = Item(sheet.line(say("Mon plan, facile à lire"), style, indent=0))
    whose = sheet.line(
        say("Je m’appelle {name}.", name=name) if name else "", sheet.strong, indent=0
    )
    return sheet.listed(head, [whose] if name else [], whose)


def appointment(sheet: EasySheet) -> list[Item]:
    """The next appointment in large letters, then the others as a list."""
    say = sheet.words.say
    heading = say("Mon prochain rendez-vous")
    coming = to_come(sheet.paper, sheet.issued_on)
    if not coming:
        none_yet = say("Je n’ai pas encore de rendez-vous.")
        call = say("J’appelle mon référent pour en prendre un.")
        return sheet.section(heading, signs.calendar, _sentences(sheet, none_yet, call))
    first, *others = coming
    items = sheet.section(heading, signs.calendar, [_large(sheet, first)])
    if others:
        also = Item(sheet.line(say("J’ai aussi rendez-vous :"), sheet.strong), above=4)
        shown = others[:MOST_OTHER_MEETINGS]
        entries = [_listed_meeting(sheet, meeting) for meeting in shown]
        again = sheet.again(heading, signs.calendar)
        items += sheet.listed(also, entries, again, has_more=len(others) > len(shown))
    return items


def _large(sheet: EasySheet, meeting: PlanMeeting) -> Panel:
    texts = [sheet.in_panel(_moment(sheet, meeting), sheet.large)]
    if meeting.place:
        texts.append(sheet.in_panel(_where(sheet, meeting.place), sheet.body))
    return Panel(Stack(tuple(texts)), WIDTH, PANEL_PAD, has_bar=True)


def _listed_meeting(sheet: EasySheet, meeting: PlanMeeting) -> Stack:
    texts = [sheet.entry(_moment(sheet, meeting), dot)]
    if meeting.place:
        texts.append(sheet.line(_where(sheet, meeting.place)))
    return Stack(tuple(texts))


def _moment(sheet: EasySheet, meeting: PlanMeeting) -> str:
    parts = moment_parts(meeting.starts_at, sheet.words, sheet.issued_on.year)
    return " ".join(parts).strip()


def _where(sheet: EasySheet, place: str) -> str:
    return sheet.words.say("Où : {place}", place=place)


def referent(sheet: EasySheet) -> list[Item]:
    """Who helps and how to call them, the number in large letters."""
    say, paper = sheet.words.say, sheet.paper
    entries: list[Block] = _sentences(
        sheet,
        say("Mon référent s’appelle {name}.", name=paper.referent_name)
        if paper.referent_name
        else "",
        say("Mon référent m’aide à trouver un emploi."),
    )
    phone = phone_in_pairs(paper.referent_phone)
    if phone:
        call = sheet.line(say("Je peux l’appeler à ce numéro :"))
        sign = signs.at_size(signs.phone, sheet.heading.size)
        number = sheet.line(phone, Style(BOLD, PHONE_SIZE, PRIMARY, leading=1.3), sign)
        entries.append(Stack((call, number)))
    else:
        by_hand = sheet.line(say("J’écris ici son numéro de téléphone :"))
        entries.append(Stack((by_hand, _writing(1))))
    if paper.referent_email:
        address = paper.referent_email
        entries.append(sheet.line(say("Je peux lui écrire : {address}", address=address)))
    return sheet.section(say("Mon référent"), signs.person, entries)


def wishes(sheet: EasySheet) -> list[Item]:
    """What the person wants, in their own words."""
    say, told = sheet.words.say, sheet.paper.wishes
    entries: list[Block] = [
        sheet.entry(wish, numbered(rank)) for rank, wish in enumerate(told[:MAX_WISHES], 1)
    ]
    if not entries:
        entries = [Stack((sheet.line(say("À écrire ensemble :")), _writing(2)))]
    has_more = len(told) > MAX_WISHES
    return sheet.section(say("Ce que je veux"), signs.flag, entries, has_more=has_more)


def _writing(count: int) -> WritingLines:
    return WritingLines(WIDTH - GUTTER, count, line_height=28, indent=GUTTER)


def situation(sheet: EasySheet) -> list[Item]:
    heading = sheet.words.say("Ma situation aujourd’hui")
    answers = [(dot, answer) for answer in sheet.paper.situation]
    return _answers(sheet, heading, signs.notes, answers)


def helps(sheet: EasySheet) -> list[Item]:
    answers = [(dot, answer) for answer in sheet.paper.helps]
    return _answers(sheet, sheet.words.say("Ce qui m’aide"), signs.plus, answers)


def blocks(sheet: EasySheet) -> list[Item]:
    answers = blocks_with_signs(sheet.paper)
    return _answers(sheet, sheet.words.say("Ce qui me bloque"), signs.barrier, answers)


def _answers(
    sheet: EasySheet, heading: str, sign: Mark, answers: Sequence[tuple[Mark, str]]
) -> list[Item]:
    """A section of answers; none where there is no answer, for nothing is asked on this paper."""
    if not answers:
        return []
    entries = [sheet.entry(answer, mark) for mark, answer in answers[:MOST_ANSWERS]]
    return sheet.section(heading, sign, entries, has_more=len(answers) > MOST_ANSWERS)


def promises(sheet: EasySheet) -> list[Item]:
    """What both sides promise."""
    say = sheet.words.say
    mine = _sentences(
        sheet,
        say("Je viens aux rendez-vous, ou je préviens."),
        say("Je fais les étapes que j’ai choisies."),
        say("Je dis ce qui change pour moi."),
    )
    theirs = _sentences(
        sheet,
        say("Mon référent m’écoute."),
        say("Mon référent m’explique chaque étape."),
        say("Mon référent respecte ma vie privée et mes choix."),
    )
    return [
        *sheet.section(say("Ce que je promets"), signs.promise, mine),
        *sheet.section(say("Ce que mon référent promet"), signs.promise, theirs),
    ]


def changes(sheet: EasySheet) -> list[Item]:
    """What to do when something changes, and the right to stop."""
    say = sheet.words.say
    entries = _sentences(
        sheet,
        say("Je ne peux pas venir ? J’appelle mon référent avant."),
        say("Ma vie ou mes envies changent ? Je le dis à mon référent."),
        say("Je veux arrêter ? Je le dis à mon référent. C’est mon droit."),
    )
    return sheet.section(say("Si quelque chose change"), signs.change, entries)


def data(sheet: EasySheet) -> list[Item]:
    """Why, who sees, how long, which rights, whom to write to."""
    say, address = sheet.words.say, sheet.paper.dpo_contact
    entries = _sentences(
        sheet,
        say("Mon référent écrit des informations sur moi."),
        say("Ces informations servent à m’aider."),
        say("Elles servent aussi de preuve pour l’Union européenne."),
        say("Le PLIE et les contrôleurs européens peuvent les lire."),
        say("Personne d’autre ne les lit sans mon accord."),
        say("Elles sont effacées 2 ans après notre dernier contact."),
        say("Les preuves sont gardées plus longtemps."),
        say("Je peux les lire et demander de les corriger ou de les effacer."),
        say("Pour cela, j’écris à : {address}", address=address)
        if address
        else say("Mon référent me dit à qui écrire."),
    )
    return sheet.section(say("Mes données"), signs.lock, entries)


def ending(sheet: EasySheet) -> list[Item]:
    """That this paper explains, and that another one is signed."""
    said = sheet.words.say("Ce papier m’explique mon plan. Je signe un autre papier.")
    return [Item(sheet.line(said, sheet.strong), above=sheet.fit.body * sheet.fit.air)]


def _sentences(sheet: EasySheet, *sentences: str) -> list[Block]:
    """A line each, on one page."""
    return [Stack(tuple(sheet.line(sentence) for sentence in sentences if sentence))]
