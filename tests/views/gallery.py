"""All controls on a few pages, as pictures: `python tests/views/gallery.py [folder]`.

Run with QT_SCALE_FACTOR=1.25 for the design size, 1366×768 pixels. Nothing is checked here; it is
for eyes.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from plie_desktop.text import words
from plie_desktop.views.qt.focus_ring import FocusRing
from plie_desktop.views.qt.theme import Theme, apply
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.card import Card, Line, Scroll
from plie_desktop.views.widgets.chip import Chip, State
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.data_table import STATE_ROLE, DataTable
from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import ElidedLabel, Label
from plie_desktop.views.widgets.list_picker import ListPicker
from plie_desktop.views.widgets.long_text import LongText
from plie_desktop.views.widgets.page_header import PageHeader
from plie_desktop.views.widgets.phone_field import PhoneField
from plie_desktop.views.widgets.rail import Rail, RailItem
from plie_desktop.views.widgets.search_box import SearchBox
from plie_desktop.views.widgets.sync_pill import SyncPill
from plie_desktop.views.widgets.text_field import TextField
from plie_desktop.views.widgets.wrap_layout import WrapLayout

COMMUNES = {"35238": "Rennes", "35001": "Acigné", "35024": "Betton", "35047": "Bruz"}
ROWS = (
    ("Benali Fatima", "12/03/1987", "Rennes", State("ok", "Envoyé, confirmé")),
    ("Diallo Mamadou", "04/11/1992", "Bruz", State("neutral", "En attente", "waiting")),
    ("Le Goff Yann", "23/07/1979", "Betton", State("conflict", "À revoir")),
    ("Nguyen Thi Lan", "30/01/1984", "Rennes", State("error", "Bloqué")),
    ("Petrova Irina", "17/09/1995", "Acigné", State("info", "Sur ce portable", "lock")),
    ("Haddad Samir", "08/05/1990", "Rennes", State("warning", "Écart de 42 jours", "gap")),
)


def _suggest(text):
    return [Choice(code, name) for code, name in COMMUNES.items() if text.lower() in name.lower()]


class People(QAbstractTableModel):
    def __init__(self, rows):
        super().__init__()
        self._rows = rows

    def rowCount(self, parent=None):
        return len(self._rows)

    def columnCount(self, parent=None):
        return 4

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        cell = self._rows[index.row()][index.column()]
        if isinstance(cell, State):
            return cell if role == STATE_ROLE else None
        return cell if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DisplayRole:
            return ("Nom", "Né(e) le", "Commune", "État")[section]
        return super().headerData(section, orientation, role)


def frame(said):
    """A window with rail, bar and an empty stack."""
    window = QMainWindow()
    pages = [
        RailItem("today", "today", said.say("Aujourd’hui"), "Ctrl+1"),
        RailItem("intake", "intake-new", said.say("Nouvel accueil"), "Ctrl+2"),
        RailItem("participants", "participants", said.say("Participants"), "Ctrl+3"),
        RailItem("synchronisation", "sync", said.say("Synchronisation"), "Ctrl+4"),
        RailItem("preferences", "settings", said.say("Réglages"), "Ctrl+5"),
    ]
    acts = [RailItem("lock", "lock", said.say("Verrouiller"), "Ctrl+L")]
    rail = Rail(said.say("Pages principales"), pages, acts)
    rail.show_current("intake")
    stack = QStackedWidget()
    search = SearchBox(said, said.say("Rechercher une personne (Ctrl+K)"))
    search.setMaximumWidth(420)
    pill = SyncPill(State("warning", "Hors ligne — 12 à envoyer", "offline"))
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(24, 12, 24, 0)
    row.addWidget(search, 1)
    row.addStretch()
    row.addWidget(pill)
    right = QVBoxLayout()
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(0)
    right.addWidget(bar)
    right.addWidget(stack, 1)
    whole = QWidget()
    across = QHBoxLayout(whole)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    across.addWidget(rail)
    across.addLayout(right, 1)
    window.setCentralWidget(whole)
    return window, stack, rail


def page(*parts):
    """A page of parts one under the other."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(24, 16, 24, 24)
    column.setSpacing(16)
    for part in parts:
        column.addWidget(part)
    column.addStretch()
    return Scroll(content)


def form_page(said):
    header = PageHeader(said.say("Nouvel accueil"), "Marché des Lices › Karim L.")
    header.add_act(Button(said.say("Mettre de côté"), "plain", "waiting"))
    header.add_act(Button(said.say("Continuer"), "primary", "next"))
    banner = Banner(said)
    banner.tell("info", "Enregistré à 14:32:07 sur ce portable.", "Voir l’historique")
    card = Card("La personne")
    card.add_act(Chip(State("ok", "12 réponses sur 16")))
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(16)
    name, first = TextField(100), TextField(100)
    name.set_value("Benali")
    born, phone = DateField(said), PhoneField(said)
    born.set_value("1987-03-12")
    phone.set_value("06123456")
    town = ListPicker(_suggest, lambda code: COMMUNES.get(code, ""), said)
    rows = [
        FieldRow("Nom de naissance", name),
        FieldRow("Prénom", first),
        FieldRow("Date de naissance", born, "Elle sert à reconnaître la personne."),
        FieldRow("Téléphone", phone, "Pour rappeler et fixer un rendez-vous."),
        FieldRow("Commune", town),
        FieldRow("Passeport talent", Combo([Choice("a", "Oui, en cours"), Choice("b", "Non")])),
    ]
    for number, row in enumerate(rows):
        grid.addWidget(row, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
    rows[3].set_problem(
        "Il manque 2 chiffres : un numéro français en a 10. Vous pouvez continuer.", "warning"
    )
    rows[1].set_problem("Le prénom est demandé avant de clore l’accueil.", "error")
    card.body.addLayout(grid)
    return page(header, banner, card)


def choices_page(said):
    work = Card("Situation d’emploi")
    one = ChoiceButtons(
        [
            Choice("1", "En recherche d’emploi"),
            Choice("2", "En emploi"),
            Choice("3", "En formation"),
            Choice("4", "Sans activité, ni étude, ni formation"),
        ],
        said,
    )
    one.set_value("1")
    yes = ChoiceButtons([Choice("oui", "Oui"), Choice("non", "Non")], said)
    many = MultiChoice(
        [
            Choice(str(n), label)
            for n, label in enumerate(
                ("Garde d’enfants", "Mobilité", "Langue", "Logement", "Santé", "Numérique")
            )
        ],
        said,
    )
    many.set_value("1|2")
    note = LongText(said, 2000)
    note.set_value("Vient avec sa sœur. Préfère être appelée après 17 h.")
    work.body.addWidget(FieldRow("Où en est la personne ?", one, "Touches 1 à 4."))
    work.body.addWidget(FieldRow("Inscrite à France Travail ?", yes))
    work.body.addWidget(FieldRow("Ce qui freine", many, mark="plusieurs réponses possibles"))
    work.body.addWidget(FieldRow("Commentaire", note, mark="facultatif"))
    work.body.addWidget(QCheckBox("Rappeler cette réponse pour la personne suivante"))
    checked = QCheckBox("La personne a reçu l’information sur ses données")
    checked.setChecked(True)
    work.body.addWidget(checked)
    return page(PageHeader("Situation", "Benali Fatima › Situation"), work)


def table_page(said):
    header = PageHeader("Participants", "6 personnes suivies par vous")
    header.add_act(Button("Exporter", "plain", "save-as"))
    header.add_act(Button("Nouvel accueil", "primary", "add"))
    table = DataTable("Participants", "Personne ne correspond à cette recherche.")
    model = People(ROWS)
    model.setParent(table)
    table.setModel(model)
    table.arrange(0, {1: 130, 2: 130, 3: 220})
    table.go_to(1)
    table.setMinimumHeight(280)
    empty = DataTable("Vide", "Personne ne correspond à cette recherche.")
    none = People(())
    none.setParent(empty)
    empty.setModel(none)
    empty.arrange(0, {1: 130, 2: 130, 3: 220})
    return page(header, table, empty)


def states_page(said):
    header = PageHeader("États et messages", "Galerie")
    header.add_mark(Chip(State("ok", "Suivie")))
    header.add_mark(Chip(State("warning", "Écart de 42 jours", "gap")))
    parts = [header]
    for kind, sentence in (
        ("warning", "Dernier échange il y a 8 jours : le siège ne voit pas vos accueils."),
        ("error", "Le disque est plein. Libérez de la place ; rien de saisi n’est perdu."),
        ("conflict", "Karim et vous avez changé le téléphone de cette personne."),
    ):
        banner = Banner(said)
        banner.tell(kind, sentence, "Régler" if kind == "conflict" else "")
        parts.append(banner)
    chips = QWidget()
    row = WrapLayout(chips)
    for kind, text in (
        ("ok", "Envoyé"),
        ("neutral", "En attente"),
        ("warning", "À compléter"),
        ("error", "Bloqué"),
        ("info", "Sur ce portable"),
        ("conflict", "À revoir"),
    ):
        row.addWidget(Chip(State(kind, text)))
    buttons = QWidget()
    line = WrapLayout(buttons)
    off = Button("Indisponible", "primary", "print")
    off.setEnabled(False)
    for button in (
        Button("Imprimer le plan", "primary", "print"),
        Button("Aperçu", "plain", "eye"),
        Button("Supprimer", "danger", "remove"),
        Button("En savoir plus", "quiet", "help"),
        off,
        IconButton("refresh", "Relire"),
    ):
        line.addWidget(button)
    busy = Busy(said)
    busy.show_progress(320, 1000, "Envoi des accueils : 320 sur 1 000")
    card = Card("Échange en cours")
    card.body.addWidget(busy)
    card.body.addWidget(Line())
    card.body.addWidget(Label("Prochain essai dans 4 min, ou dès que le réseau revient.", "muted"))
    card.body.addWidget(ElidedLabel("Une ligne trop longue pour sa place " * 6))
    return page(*parts, chips, buttons, card)


def empty_page(said):
    empty = EmptyState(
        "today",
        "Rien de prévu aujourd’hui",
        "Les rendez-vous et les accueils mis de côté s’affichent ici.",
        "Nouvel accueil",
        action_icon="add",
    )
    card = Card()
    card.body.addWidget(empty)
    return page(PageHeader("Aujourd’hui", "jeudi 12 mars 2026"), card)


PAGES = {
    "form": form_page,
    "choices": choices_page,
    "table": table_page,
    "states": states_page,
    "empty": empty_page,
}


def main(folder):
    """Draw every page in every theme."""
    app = QApplication([])
    FocusRing(app)
    folder.mkdir(parents=True, exist_ok=True)
    said = words("fr")
    for theme, percent in (
        (Theme.LIGHT, 100),
        (Theme.DARK, 100),
        (Theme.SUN, 125),
        (Theme.LIGHT, 150),
    ):
        apply(app, theme, percent)
        for name, build in PAGES.items():
            window, stack, rail = frame(said)
            made = build(said)
            stack.addWidget(made)
            window.resize(1093, 614)
            rail.fit_to(1093)
            window.show()
            window.activateWindow()
            app.processEvents()
            made.focusWidget() and made.focusWidget().setFocus()
            target = next((w for w in made.findChildren(TextField) if w.isVisible()), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
            app.processEvents()
            window.grab().save(str(folder / f"{name}-{theme}-{percent}.png"))
            window.close()
            app.processEvents()
            shiboken6.delete(window)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
