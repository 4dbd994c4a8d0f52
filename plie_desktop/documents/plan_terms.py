"""What the plan says in everyone's name: commitments, changes, data, signatures."""

from dataclasses import dataclass

from plie_desktop.documents.blocks import Beside, Stack, Text, dot, paragraph
from plie_desktop.documents.brush import Box, Brush
from plie_desktop.documents.flow import Item
from plie_desktop.documents.layout import BORDER, MUTED, REGULAR, WIDTH, Style, measure
from plie_desktop.documents.plan_sections import COLUMN_GAP, HALF, heading, with_rest_note
from plie_desktop.documents.sheet import Sheet
from plie_desktop.documents.spoken import phone_in_pairs
from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.text import Words

LABEL_WIDTH = 104.0
SIGNING_ROOM = 40.0
ROLE = Style(REGULAR, 9, MUTED)


def commitments(sheet: Sheet) -> list[Item]:
    """Short promises of both sides; what is a right is never made a condition."""
    say = sheet.words.say
    mine = (
        say("Venir aux rendez-vous, ou prévenir."),
        say("Faire les étapes que j’ai choisies."),
        say("Dire ce qui change pour moi."),
    )
    theirs = (
        say("Me recevoir et m’écouter."),
        say("M’expliquer chaque étape."),
        say("Respecter ma vie privée et mes choix."),
    )
    both = Beside(
        (
            (0, _promises(sheet, say("Je m’engage à"), mine)),
            (HALF + COLUMN_GAP, _promises(sheet, say("Mon référent s’engage à"), theirs)),
        )
    )
    voluntary = say(
        "Le PLIE est volontaire. Ce plan ne remplace pas le contrat d’engagement, "
        "si vous en avez un."
    )
    return [
        Item(both, above=sheet.fit.body * sheet.fit.air, opens_page=True),
        Item(paragraph(voluntary, sheet.small, WIDTH, 2), above=4),
    ]


def _promises(sheet: Sheet, title: str, promises: tuple[str, ...]) -> Stack:
    lines = [paragraph(promise, sheet.body, HALF, 3, dot) for promise in promises]
    return Stack((paragraph(title, sheet.heading, HALF, 2), *lines), 2)


def changes(sheet: Sheet) -> list[Item]:
    """Whom to call, how to move an appointment, how to stop."""
    lines = change_sentences(sheet.paper, sheet.words)
    texts = [paragraph(line, sheet.body, WIDTH, 2, dot) for line in lines]
    items = [heading(sheet, sheet.words.say("Si quelque chose change"))]
    items += [Item(text, above=2) for text in texts]
    return with_rest_note(sheet, items, is_partial=any(text.is_cut for text in texts))


def change_sentences(paper: PlanPaper, words: Words) -> tuple[str, ...]:
    """What to do when one cannot come, when things change, when one wants to stop."""
    say = words.say
    phone = phone_in_pairs(paper.referent_phone)
    call = (
        say(
            "Vous ne pouvez pas venir : appelez avant au {phone} pour changer de date.", phone=phone
        )
        if phone
        else say("Vous ne pouvez pas venir : appelez avant pour changer de date.")
    )
    return (
        call,
        say("Votre situation ou vos envies changent : dites-le, on refait le plan ensemble."),
        say("Vous voulez arrêter : dites-le à votre référent. C’est votre droit."),
    )


def data(sheet: Sheet) -> list[Item]:
    """Why, who sees, how long, which rights, whom to write to (GDPR art. 13 in plain words)."""
    rows = [_entry(sheet, label, text) for label, text in _data_entries(sheet)]
    items = [heading(sheet, sheet.words.say("Mes données"))]
    items += [Item(Beside(((0, label), (LABEL_WIDTH, text))), above=2) for label, text in rows]
    return with_rest_note(sheet, items, is_partial=any(text.is_cut for _, text in rows))


def _data_entries(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    say = sheet.words.say
    why = say(
        "Pour vous accompagner vers l’emploi (mission d’intérêt public) et pour rendre "
        "compte à l’Union européenne (obligation légale)."
    )
    who = say(
        "Votre référent, l’équipe du PLIE et les contrôleurs du Fonds social européen. "
        "Personne d’autre sans votre accord."
    )
    how_long = say(
        "2 ans après le dernier contact. Les preuves pour l’Union européenne sont "
        "archivées jusqu’à 5 ans après l’année de son dernier paiement."
    )
    rights = say(
        "Voir vos données, les corriger, demander de les effacer ou d’en limiter l’usage, "
        "vous y opposer. Réponse en un mois."
    )
    return (
        (say("Pourquoi"), why),
        (say("Qui les voit"), who),
        (say("Combien de temps"), how_long),
        (say("Vos droits"), rights),
        (say("À qui écrire"), _whom_to_write_to(sheet)),
    )


def _whom_to_write_to(sheet: Sheet) -> str:
    say, organisation = sheet.words.say, sheet.paper.organisation
    if sheet.paper.dpo_contact:
        return say(
            "Le délégué à la protection des données, {organisation} : {address}. "
            "Vous pouvez aussi écrire à la CNIL (www.cnil.fr).",
            organisation=organisation,
            address=sheet.paper.dpo_contact,
        )
    return say(
        "Le délégué à la protection des données, {organisation} : votre référent vous donne "
        "son adresse. Vous pouvez aussi écrire à la CNIL (www.cnil.fr).",
        organisation=organisation,
    )


def _entry(sheet: Sheet, label: str, text: str) -> tuple[Text, Text]:
    return (
        paragraph(label, sheet.detail_strong, LABEL_WIDTH - 6, 2),
        paragraph(text, sheet.detail, WIDTH - LABEL_WIDTH, 4),
    )


def signatures(sheet: Sheet) -> list[Item]:
    """Place, day, a box for each who signs, and the copy that was given."""
    say = sheet.words.say
    width = (WIDTH - 2 * COLUMN_GAP) / 3
    signers = (
        (say("Moi, ou mon représentant légal"), sheet.paper.full_name),
        (say("Mon référent"), sheet.paper.referent_name),
        (say("Pour l’équipe du PLIE"), ""),
    )
    names = tuple(
        Stack(
            (
                paragraph(role, ROLE, width - 14, 2),
                paragraph(name, sheet.detail_strong, width - 14, 2),
            )
        )
        for role, name in signers
    )
    block = _Signing(
        title=paragraph(say("Nos signatures"), sheet.heading, WIDTH, 1),
        place=Text((say("Fait à"),), sheet.body),
        day=Text((say("Le"),), sheet.body),
        copy=Text((say("J’ai reçu une copie de ce plan."),), sheet.body),
        names=names,
    )
    return [Item(block, above=sheet.fit.body * 0.6, sinks=True)]


@dataclass(frozen=True)
class _Signing:
    """Place and day to fill in, boxes to sign in, the copy to tick."""

    title: Text
    place: Text
    day: Text
    copy: Text
    names: tuple[Stack, ...]

    @property
    def height(self) -> float:
        lines = self.title.height + self.place.height + self.copy.height
        return lines + 6 + self._box_height + 8

    @property
    def _box_height(self) -> float:
        return max(name.height for name in self.names) + 14 + SIGNING_ROOM

    def paint(self, brush: Brush, x: float, top: float) -> None:
        self.title.paint(brush, x, top)
        y = top - self.title.height - 2
        self._paint_written(brush, x, y, self.place, 190)
        self._paint_written(brush, x + 210, y, self.day, 140)
        y -= self.place.height + 4
        width = (WIDTH - 2 * COLUMN_GAP) / 3
        for column, name in enumerate(self.names):
            left = x + column * (width + COLUMN_GAP)
            brush.frame(Box(left, y - self._box_height, width, self._box_height), BORDER, radius=3)
            name.paint(brush, left + 7, y - 6)
        y -= self._box_height + 8
        side = self.copy.style.size
        middle = y - self.copy.style.line_height / 2
        brush.done_box(x, middle - side / 2, side, is_done=False)
        self.copy.paint(brush, x + side + 7, y)

    def _paint_written(self, brush: Brush, x: float, top: float, label: Text, width: float) -> None:
        label.paint(brush, x, top)
        start = measure(label.lines[0], label.style) + 5
        brush.dots(x + start, top - label.height + 3.5, width - start)
