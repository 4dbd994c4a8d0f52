"""The file of one person on its page, with real services over a real base."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import DECLINED, LATER, Answer
from plie_desktop.models.domain.participant import FileState
from plie_desktop.services.participants import ParticipantService
from plie_desktop.views.participant_file.page import ParticipantFilePage
from plie_desktop.views.participant_file.presenter import ParticipantFilePresenter
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.combo import Combo
from tests.support import page_rules
from tests.views.people import desk

pytestmark = pytest.mark.usefixtures("dressed")


class Bench:
    """The page at work on one person."""

    def __init__(self, qtbot, lanes, said, people):
        self.people = people
        self.qtbot = qtbot
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.gone = []
        self.page = ParticipantFilePage(said)
        qtbot.addWidget(self.page)
        self.presenter = ParticipantFilePresenter(
            self.page,
            people.participants,
            people.session,
            people.clock,
            self.dispatcher,
            said,
            self.gone.append,
        )
        # As the shell does.
        self.dispatcher.changed.connect(self.presenter.on_changed)
        page_rules.show(self.page)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0)
        # What an answer added to a layout is seen in the next turn.
        QApplication.processEvents()
        assert self.failures == []

    def enter(self, name):
        who = self.people.who(name)
        self.presenter.enter(Destination(Place.PARTICIPANT_FILE, who))
        self.settle()
        return who

    def press(self, beginning):
        (button,) = [
            b
            for b in self.page.findChildren(Button)
            if b.isVisible() and b.text().startswith(beginning)
        ]
        button.click()
        self.settle()

    def put(self, name, answers):
        who = self.people.who(name)
        with self.people.store.write() as transaction:
            transaction.intakes.put(who, answers)

    def choose_referent(self, words):
        box = self.page.contact.findChild(Combo)
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        self.settle()

    def referent_shown(self):
        return self.page.contact.findChild(Combo).currentText()

    def said(self):
        return " | ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())


@pytest.fixture
def people(tmp_path):
    made = desk(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def bench(qtbot, lanes, said, people):
    made = Bench(qtbot, lanes, said, people)
    yield made
    made.settle()


def test_the_file_says_who_where_and_how_to_call(bench):
    bench.put("dorian", {"phone": Answer.given("0639980412"), "commune": Answer.given("35238")})
    bench.enter("dorian")
    said = bench.said()
    for part in ("Dorian ESSAI-NOISETIER", "54 ans", "06 39 98 04 12", "Rennes", "En parcours"):
        assert part in said
    assert "Sur ce portable seulement" in said
    assert bench.referent_shown() == "Camille Exemple"


def test_answers_that_are_none_are_said_in_words(bench):
    bench.put("dorian", {"email": LATER, "birth_commune": DECLINED})
    bench.enter("dorian")
    assert "À demander plus tard" in bench.said()
    assert "Ne souhaite pas répondre" in bench.said()


def test_protected_answers_are_covered_until_asked_for_and_again_after(bench):
    bench.put("dorian", {"comment": Answer.given("Préfère le matin"), "disability": DECLINED})
    bench.enter("dorian")
    assert "Préfère le matin" not in bench.said()
    assert "Reconnaissance de handicap" not in bench.said()
    bench.press("Afficher les")
    assert "Préfère le matin" in bench.said()
    bench.page.on_act(Act.DISCREET)
    assert "Préfère le matin" not in bench.said()
    bench.press("Afficher les")
    bench.presenter.leave()
    bench.enter("dorian")
    assert "Préfère le matin" not in bench.said()


def test_the_open_gap_is_seen_from_the_file(bench):
    who = bench.enter("dorian")
    (gap,) = [gap for gap in bench.people.pathways.pathway(who).gaps if gap.is_open]
    assert f"{gap.days} jours sans étape" in bench.said()
    assert "À combler" in bench.said()


def test_the_referent_is_chosen_among_colleagues(bench):
    who = bench.enter("jonas")
    assert bench.referent_shown() == "Personne pour l’instant"
    bench.choose_referent("Camille Exemple")
    assert bench.people.participants.file(who).referent.name == "Camille Exemple"
    bench.choose_referent("Personne pour l’instant")
    assert bench.people.participants.file(who).referent is None


def test_entering_the_pathway_takes_a_day(bench):
    who = bench.enter("jonas")
    bench.page.entry.propose("2026-02-16")
    bench.press("Faire entrer")
    file = bench.people.participants.file(who)
    assert file.line.state is FileState.IN_PATHWAY
    assert "En parcours depuis le 16/02/2026" in bench.said()
    assert not bench.page.entry.row.isVisible()


@pytest.mark.parametrize(
    ("day", "part"), [("31/02/2026", "n’existe pas"), ("2027-01-01", "dans l’avenir")]
)
def test_a_day_that_cannot_be_is_said_under_it_and_stays(bench, day, part):
    who = bench.enter("jonas")
    bench.page.entry.propose(day)
    bench.press("Faire entrer")
    assert part in bench.page.entry.row.problem()
    assert bench.page.entry.typed() == day
    assert bench.people.participants.file(who).line.state is FileState.TO_COMMISSION


def test_a_role_that_does_not_assign_reads_who_does(qtbot, lanes, said, tmp_path):
    outreach = desk(tmp_path, role=Role.OUTREACH)
    bench = Bench(qtbot, lanes, said, outreach)
    bench.enter("dorian")
    assert "Référent·e\u00a0: Camille Exemple" in bench.said()
    assert not bench.page.contact.row.isVisible()
    bench.enter("jonas")
    assert "Référent·e\u00a0: Personne pour l’instant" in bench.said()
    assert "Seule la personne référente ou la coordination peut la changer." in bench.said()
    assert not bench.page.entry.row.isVisible()
    assert "décidée par la personne référente" in bench.said()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
    outreach.store.close()


def test_a_refusal_of_the_service_is_told_and_nothing_changes(qtbot, lanes, said, tmp_path):
    people = desk(tmp_path)
    worker = replace(people.identity, role=Role.OUTREACH)
    service = ParticipantService(people.store, worker, people.clock)
    bench = Bench(qtbot, lanes, said, replace(people, participants=service))
    bench.enter("jonas")
    bench.choose_referent("Camille Exemple")
    assert "Seule la personne référente" in bench.page.banner.sentence()
    assert bench.referent_shown() == "Personne pour l’instant"
    people.store.close()


def test_the_other_pages_of_the_person_are_one_act_away(bench):
    who = bench.enter("dorian")
    bench.press("Continuer")
    bench.press("Parcours")
    bench.page.on_act(Act.PRINT)
    assert bench.gone == [
        Destination(place, who) for place in (Place.INTAKE, Place.PATHWAY, Place.PLAN)
    ]


def test_a_file_read_for_someone_else_is_not_shown(bench):
    dorian, jonas = bench.people.who("dorian"), bench.people.who("jonas")
    bench.presenter.enter(Destination(Place.PARTICIPANT_FILE, dorian))
    bench.presenter.enter(Destination(Place.PARTICIPANT_FILE, jonas))
    bench.settle()
    assert "Jonas" in bench.said()
    assert "Dorian" not in bench.said()


def test_a_file_that_is_not_here_is_told(bench):
    unknown = bench.people.pathways._ids.new()
    bench.presenter.enter(Destination(Place.PARTICIPANT_FILE, unknown))
    bench.settle()
    assert "n’est pas sur ce portable" in bench.page.banner.sentence()


@pytest.mark.parametrize(("theme", "percent"), page_rules.LOOKS)
def test_the_page_keeps_the_rules_in_every_look(dressed, bench, theme, percent):
    dressed(theme, percent)
    bench.enter("jonas")
    bench.press("Afficher")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))


def test_the_page_holds_longer_words(qtbot, lanes, people):
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people)
    bench.enter("jonas")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
