"""What is said to a person: banners, states, long works, empty places."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from plie_desktop.views.qt import tips
from plie_desktop.views.widgets import banner as banner_module
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.chip import ICONS, Chip, State
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.label import ElidedLabel, Label
from plie_desktop.views.widgets.page_header import PageHeader
from plie_desktop.views.widgets.sync_pill import SyncPill
from tests.support import page_rules

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def shown(qtbot):
    kept = []

    def show(widget, width=700, height=300):
        kept.append(widget)
        page_rules.show(widget, width, height)
        return widget

    yield show
    for widget in kept:
        page_rules.discard(widget)


def buttons(widget):
    return [button for button in widget.findChildren(QPushButton) if button.isVisibleTo(widget)]


def test_a_banner_is_hidden_until_it_speaks(said):
    banner = Banner(said)
    assert banner.isHidden()
    assert banner.sentence() == ""


def test_a_banner_speaks_to_the_eyes_and_to_the_reader(shown, said, monkeypatch):
    spoken = []
    monkeypatch.setattr(
        banner_module, "announce", lambda _, text, urgent: spoken.append((text, urgent))
    )
    banner = shown(Banner(said))
    banner.tell("info", "Enregistré.")
    banner.tell("error", "Le disque est plein.")
    assert banner.sentence() == "Le disque est plein."
    assert banner.property("banner") == "error"
    assert spoken == [("Enregistré.", False), ("Le disque est plein.", True)]


def test_the_button_of_a_banner_is_told(shown, said, qtbot):
    banner = shown(Banner(said))
    banner.tell("conflict", "Deux valeurs.", "Régler")
    act = next(button for button in buttons(banner) if button.text() == "Régler")
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(act, Qt.MouseButton.LeftButton)
    banner.tell("info", "Réglé.")
    assert [button.text() for button in buttons(banner)] == [""]


def test_a_banner_can_be_put_away(shown, said):
    banner = shown(Banner(said))
    banner.tell("info", "Enregistré.")
    buttons(banner)[0].click()
    assert banner.isHidden()
    assert banner.sentence() == ""


def test_a_banner_may_stay(shown, said):
    banner = shown(Banner(said, closable=False))
    banner.tell("warning", "Dernier échange il y a 8 jours.")
    assert buttons(banner) == []


@pytest.mark.parametrize("kind", ICONS)
def test_a_state_is_an_icon_a_word_and_a_colour(shown, kind):
    chip = shown(Chip(State(kind, "Envoyé")))
    words = [label.text() for label in chip.findChildren(QLabel) if label.text()]
    pictures = [label for label in chip.findChildren(QLabel) if not label.pixmap().isNull()]
    assert (words, len(pictures), chip.property("chip")) == (["Envoyé"], 1, kind)
    assert chip.accessibleName() == "Envoyé"


def test_states_differ_by_icon_and_not_by_colour_alone():
    assert len(set(ICONS.values())) == len(ICONS)


def test_a_chip_follows_its_state(shown):
    chip = shown(Chip(State("neutral", "En attente")))
    before = chip.grab().toImage()
    chip.set_state(State("ok", "Envoyé"))
    assert chip.grab().toImage() != before
    assert chip.accessibleName() == "Envoyé"


def test_progress_shows_how_far_a_work_is(shown, said):
    busy = shown(Busy(said))
    busy.begin("Envoi des accueils")
    bar = busy.findChild(QProgressBar)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    busy.show_progress(320, 1000, "320 sur 1 000")
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (320, 1000, "320 sur 1 000")
    busy.end()
    assert busy.isHidden()


def test_stopping_a_work_is_asked_once(shown, said, qtbot):
    busy = shown(Busy(said))
    busy.begin("Envoi des accueils")
    stop = buttons(busy)[0]
    with qtbot.waitSignal(busy.cancelled):
        stop.click()
    assert not stop.isEnabled()
    busy.begin("Second envoi")
    assert stop.isEnabled()


def test_an_empty_place_says_why_and_offers_an_act(shown, qtbot):
    empty = shown(EmptyState("today", "Rien de prévu", "Ctrl+N pour un accueil.", "Nouvel accueil"))
    with qtbot.waitSignal(empty.acted):
        buttons(empty)[0].click()
    empty.set_words("Tout est fait")
    words = [label.text() for label in empty.findChildren(QLabel) if label.isVisible()]
    assert "Tout est fait" in words
    assert "Ctrl+N pour un accueil." not in words


def test_what_a_person_typed_is_never_markup(shown):
    label = shown(Label("<b>gras</b><img src=x>"))
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>gras</b><img src=x>"


def test_a_cut_line_is_whole_in_its_tooltip(shown):
    long, short = "Une ligne bien trop longue " * 9, "Court"
    line = shown(ElidedLabel(long), 200)
    assert line.width() == 200
    assert _tooltip(line) == long
    line.setText(short)
    assert _tooltip(line) == ""


def test_a_tooltip_shows_markup_letter_by_letter(shown):
    typed = "<b>Lou</b><img src='file:///x.png'> & " * 9
    tip = QTextDocument()
    tip.setHtml(_tooltip(shown(ElidedLabel(typed), 200)))
    assert tip.toPlainText().split() == typed.split()
    assert tips.plain("Lou & Noé < 3") == "Lou & Noé < 3"


def _tooltip(widget):
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QApplication, QToolTip

    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(widget, event)
    QToolTip.hideText()
    return widget.toolTip()


def test_the_pill_tells_the_whole_in_its_tooltip(shown):
    pill = shown(SyncPill(State("warning", "Hors ligne — 12 à envoyer", "offline")))
    pill.set_state(State("ok", "En ligne — tout est envoyé — dernier envoi à 17:40"))
    assert pill.toolTip() == pill.accessibleName()
    assert pill.toolTip() == "En ligne — tout est envoyé — dernier envoi à 17:40"
    assert pill.property("pill") == "ok"


def test_acts_of_a_header_wrap_when_the_page_is_narrow(shown):
    header = PageHeader("Participants", "6 personnes")
    acts = [QPushButton(f"Un acte assez long {n}") for n in range(3)]
    for act in acts:
        header.add_act(act)
    shown(header, 1000, 200)
    tops = {act.mapTo(header, act.rect().topLeft()).y() for act in acts}
    assert len(tops) == 1
    page_rules.show(header, 420, 300)
    tops = {act.mapTo(header, act.rect().topLeft()).y() for act in acts}
    assert len(tops) > 1
    assert page_rules.clipped(header) == []


def test_a_card_is_named_by_its_title(shown):
    card = shown(Card("La personne"))
    card.body.addWidget(QLabel("contenu"))
    assert card.accessibleName() == "La personne"
    card.set_title("Le foyer")
    assert card.accessibleName() == "Le foyer"
