"""The exchange on its page: what waits, how it goes, what is to be settled."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.sync_state import Connection, Decision, SyncReport, SyncStatus
from plie_desktop.services.synchronisation import _Past
from plie_desktop.store.keys import draft_key
from plie_desktop.text import words
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.synchronisation.description import Description
from tests.support import page_rules
from tests.support.builders import apply_page, begin_file
from tests.support.laptops import enrolled, live_headquarters
from tests.support.robots import press_act
from tests.support.stores import MORNING
from tests.views.synchronisation.bench import HERE, Bench, disagree

LONG = "De La Rochefoucauld-Montbel-Kergariou"


def test_what_waits_is_shown_file_by_file(bench):
    bench.enter()
    assert len(bench.rows()) == 12
    name, edits, since = bench.rows()[3]
    assert name == "Dorian ESSAI-NOISETIER"
    assert int(edits) > 1
    assert since == "aujourd’hui à 10:00"
    assert "dans 12 dossiers" in bench.said()
    assert "Stand 1 — http://127.0.0.1:9" in bench.said()


def test_a_waiting_file_opens(bench):
    bench.enter()
    bench.table().go_to(3)
    QTest.keyClick(bench.table(), Qt.Key.Key_Return)
    assert bench.gone == [Destination(Place.PARTICIPANT_FILE, bench.people.who("dorian"))]


def test_a_file_that_only_a_draft_keeps_here_is_among_them(bench):
    store, dorian = bench.people.store, bench.people.who("dorian")
    with store.write() as transaction:
        transaction.local.put(draft_key(dorian, "step"), b"x")
        transaction.outbox.close_open()
        last = transaction.outbox.place().following - 1
    apply_page(store, last=last, durable=last, evict=(dorian,))
    bench.enter()
    assert bench.rows() == [("Dorian ESSAI-NOISETIER", "Un brouillon", "dossier transféré")]


def test_a_change_from_elsewhere_is_shown(bench):
    bench.enter()
    made = begin_file(bench.people.store, birth_name="Zola", first_name="Zoé")
    bench.dispatcher.changed.emit(Changes(frozenset({made})))
    bench.settle()
    assert "Zoé ZOLA" in [row[0] for row in bench.rows()]


def test_ctrl_r_exchanges_and_says_why_it_cannot(bench):
    bench.enter()
    bench.page.on_act(Act.SYNC)
    bench.settle()
    assert bench.sync.runs == 1
    assert "Le siège ne répond pas." in bench.told()
    assert "Hors ligne" in bench.said()
    assert bench.button("Synchroniser maintenant").isEnabled()
    assert bench.button("Synchroniser maintenant").hasFocus()


def test_an_exchange_under_way_is_seen_and_runs_once(bench):
    bench.enter()
    bench.sync.gate.clear()
    bench.page.on_act(Act.SYNC)
    bench.page.on_act(Act.SYNC)
    bench.qtbot.waitUntil(lambda: "Envoi au siège" in bench.said())
    assert "Échange en cours" in bench.said()
    assert bench.button("Annuler").hasFocus()
    # A reading meanwhile does not say otherwise.
    bench.dispatcher.changed.emit(Changes(sync=True))
    bench.qtbot.waitUntil(lambda: bench.dispatcher.busy == 1)
    assert "Échange en cours" in bench.said()
    bench.sync.gate.set()
    bench.settle()
    assert "Échange en cours" not in bench.said()
    assert bench.sync.runs == 1


def test_an_exchange_can_be_stopped(bench):
    bench.enter()
    bench.sync.gate.clear()
    bench.page.on_act(Act.SYNC)
    bench.button("Annuler").click()
    bench.sync.gate.set()
    bench.settle()
    assert "L’échange est arrêté" in bench.told()
    assert not bench.button("Annuler").isVisible()


def test_why_it_failed_is_told_once(bench):
    bench.enter()
    bench.page.on_act(Act.SYNC)
    bench.settle()
    bench.page.banner.clear()
    bench.dispatcher.changed.emit(Changes(sync=True))
    bench.settle()
    bench.enter()
    assert bench.told() == ""


def test_a_failure_in_the_background_is_told_when_one_comes(qtbot, lanes, said, people, bench):
    bench.page.on_act(Act.SYNC)
    bench.settle()
    later = Bench(qtbot, lanes, said, people, sync=bench.sync)
    later.enter()
    assert later.told() == bench.told() != ""
    bench.sync._remember(_Past(success_at=MORNING))
    later.dispatcher.changed.emit(Changes(sync=True))
    later.settle()
    assert later.told() == ""


def test_before_the_first_exchange_of_a_session_the_last_one_is_not_denied(said):
    never, yesterday = (
        SyncStatus(Connection.UNTRIED, last_success_at=last)
        for last in (None, MORNING - timedelta(days=1))
    )
    description = Description(said, MORNING)
    assert description.state(never).text == "Pas encore d’échange"
    assert "depuis l’ouverture" in description.state(yesterday).text


def test_the_last_exchange_is_told_with_its_day(said):
    description = Description(said, MORNING)
    told = [
        description.figures(SyncStatus(Connection.ONLINE, last_success_at=MORNING - ago))
        for ago in (timedelta(hours=1), timedelta(days=1), timedelta(days=9))
    ]
    assert [(one.last, one.last_day) for one in told] == [
        ("09:00", "aujourd’hui"),
        ("10:00", "hier"),
        ("10:00", "le 21/02/2026"),
    ]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (SyncReport(), "Rien de nouveau, ni ici ni au siège."),
        (SyncReport(sent=1), "1 réponse envoyée, 0 reçue. Tout ce qui attendait est parti."),
        (
            SyncReport(sent=2, received=40),
            "2 réponses envoyées, 40 reçues. Tout ce qui attendait est parti.",
        ),
    ],
)
def test_how_it_went_is_told_in_figures(said, report, words):
    assert Description(said, MORNING).done(report) == words


def test_days_are_those_of_france(said):
    # Half past midnight in Rennes, still the day before in Greenwich.
    night = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    status = SyncStatus(Connection.ONLINE, last_success_at=night - timedelta(hours=1))
    assert Description(said, night).figures(status).last_day == "hier"
    assert "hier à 23:30" in Description(said, night).nothing_waits(status)


@pytest.mark.parametrize(("key", "kept"), [("g", "1987-03-12"), ("P", "1978-03-12")])
def test_a_letter_settles_the_conflict_that_has_the_keyboard(bench, key, kept):
    disagree(bench.people, "dorian")
    disagree(bench.people, "jonas")
    bench.enter()
    card(bench, "Dorian").keep.setFocus()
    QTest.keyClick(card(bench, "Dorian").keep, key)
    bench.settle()
    assert "C’est tranché" in bench.told()
    assert birth_date(bench, "dorian") == kept
    assert birth_date(bench, "jonas") == "1987-03-12"
    (left,) = bench.cards()
    assert "Jonas" in left.accessibleName()
    assert left.keep.hasFocus()


def test_after_the_last_conflict_the_keyboard_is_on_the_exchange(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    card(bench, "Dorian").take.setFocus()
    QTest.keyClick(card(bench, "Dorian").take, Qt.Key.Key_Return)
    bench.settle()
    assert bench.cards() == ()
    assert bench.button("Synchroniser maintenant").hasFocus()


def test_a_key_elsewhere_settles_nothing(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    QTest.keyClick(bench.button("Synchroniser maintenant"), "p")
    bench.settle()
    assert len(bench.cards()) == 1


def test_both_values_are_told_with_who_and_when(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    for part in (
        "Dorian ESSAI-NOISETIER — Date de naissance",
        "Avant\u00a0: 02/01/1980",
        "12/03/1987",
        "Anna Le Goff, hier à 10:00",
        "12/03/1978",
        "Bilal Roy, aujourd’hui à 09:00",
    ):
        assert part in bench.said()


def test_values_of_a_list_are_told_in_the_language_of_who_reads(qtbot, lanes, people, dressed):
    bench = Bench(qtbot, lanes, words("en"), people)
    disagree(people, "dorian", "sex", ("F", "M", "X"))
    bench.enter()
    for part in ("Before: Woman", " Man ", " Other "):
        assert part in bench.said()
    bench.sync.close()


def test_a_role_that_does_not_settle_is_told_and_may_ask_someone(
    qtbot, lanes, said, people, dressed
):
    bench = Bench(qtbot, lanes, said, people, Role.OUTREACH)
    disagree(people, "dorian")
    bench.enter()
    for _ in range(2):
        bench.page.banner.clear()
        card(bench, "Dorian").take.click()
        bench.settle()
        assert "Votre rôle ne permet pas" in bench.told()
    assert birth_date(bench, "dorian") == "1987-03-12"


def test_a_conflict_settled_elsewhere_is_told_and_leaves(bench, said):
    disagree(bench.people, "dorian")
    bench.enter()
    bench.sync.settle(bench.sync.conflicts(said)[0].id, Decision.KEEP)
    card(bench, "Dorian").take.click()
    bench.settle()
    assert "déjà tranché" in bench.told()
    assert bench.cards() == ()


def test_a_card_pressed_twice_decides_once(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    decisions = []
    bench.page.conflicts.settled.connect(lambda *decided: decisions.append(decided))
    for _ in range(2):
        card(bench, "Dorian").keep.click()
    bench.settle()
    assert len(decisions) == 1


def test_a_card_stays_and_keeps_the_keyboard_when_the_page_reads_again(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    (before,) = bench.cards()
    before.take.setFocus()
    disagree(bench.people, "aicha")
    bench.dispatcher.changed.emit(Changes(sync=True))
    bench.settle()
    assert len(bench.cards()) == 2
    assert before in bench.cards()
    assert before.take.hasFocus()


def test_the_file_in_question_is_one_act_away(bench):
    disagree(bench.people, "dorian")
    bench.enter()
    card(bench, "Dorian").open.click()
    assert bench.gone == [Destination(Place.PARTICIPANT_FILE, bench.people.who("dorian"))]


@pytest.mark.postgres
def test_two_laptops_disagree_and_one_settles_it_at_the_page(
    qtbot, lanes, said, tmp_path, database_url, dressed
):
    with live_headquarters(database_url) as headquarters:
        anna, bilal = (
            enrolled(tmp_path / name, headquarters.url, headquarters.code(name))
            for name in ("Anna Le Goff", "Bilal Roy")
        )
        person = anna.person(birth_name="Exemple", first_name="Lou")
        anna.sync(), bilal.sync()
        anna.answer(person, birth_date="12/03/1987")
        bilal.answer(person, birth_date="12/03/1978")
        anna.sync(), bilal.sync()
        bench = Bench(qtbot, lanes, said, anna.tools, sync=anna.services.synchronisation)
        bench.enter()
        bench.page.on_act(Act.SYNC)
        bench.settle()
        (asked,) = bench.cards()
        asked.take.setFocus()
        QTest.keyClick(asked.take, "p")
        bench.settle()
        bench.page.on_act(Act.SYNC)
        bench.settle()
        assert "Tout ce qui attendait est parti." in bench.told()
        assert bench.rows() == []
        bilal.sync()
        assert {desk.value(person, "birth_date") for desk in (anna, bilal)} == {"1978-03-12"}
        anna.close(), bilal.close()


def test_ctrl_r_of_the_window_exchanges(at_work, qtbot):
    at_work.go(qtbot, Destination(Place.TODAY))
    press_act(at_work, Act.SYNC)
    at_work.settle(qtbot)
    page = at_work.page(Place.SYNCHRONISATION)
    assert at_work.work.navigation.shown == HERE
    assert "Ce coffre est un entraînement" in page.banner.sentence()


def card(bench, name):
    (found,) = [one for one in bench.cards() if name in one.accessibleName()]
    return found


def birth_date(bench, name):
    who = bench.people.who(name)
    with bench.people.store.read() as transaction:
        return transaction.intakes.get(who).value("birth_date")


def crowd(people):
    """Three conflicts, one with a long name and a long answer, and 40 files that wait."""
    for number in range(28):
        begin_file(people.store, birth_name=f"{LONG} {number}", first_name="Jean-Baptiste")
    disagree(people, "dorian")
    disagree(people, "jonas", "phone", ("", "0639980102", "0639980103"))
    disagree(people, "aicha", "birth_name", ("Essai", LONG, f"{LONG} {LONG}"))


@pytest.mark.parametrize(
    ("theme", "percent"),
    [(Theme.LIGHT, 100), (Theme.DARK, 100), (Theme.SUN, 150), (Theme.LIGHT, 200)],
)
def test_the_page_keeps_the_rules_when_it_is_full(dressed, bench, theme, percent):
    dressed(theme, percent)
    crowd(bench.people)
    bench.enter()
    bench.page.banner.tell("warning", "Le siège ne répond pas.")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))


def test_the_page_holds_longer_words(qtbot, lanes, people, dressed):
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people)
    disagree(people, "dorian")
    bench.enter()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
