"""The plan on its page: chosen, made once for the right person, kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.plan import PlanState
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.qt.theme import Theme
from tests.support import page_rules
from tests.support.builders import new_id
from tests.views.plan.bench import Bench

FIVE = "maitrise_langue-05|mobilite-01|numerique-01|sante-05|contraintes_familiales-05"


def test_the_paper_of_the_person_is_shown(bench):
    bench.enter("dorian")
    assert bench.page.sheets.pages == 2
    assert "Dorian ESSAI-NOISETIER" in bench.said()
    assert "version 1" in bench.said()
    assert "Dorian ESSAI-NOISETIER" in bench.paper()


def test_a_changed_choice_makes_the_paper_once(bench):
    bench.enter("dorian")
    before = bench.plans.renders
    bench.press("English")
    assert bench.plans.renders == before + 1
    assert "My plan towards work" in bench.paper()
    assert bench.page.sheets.pages == 2


def test_choices_made_faster_than_the_paper_make_only_the_last(bench):
    bench.enter("dorian")
    before = bench.plans.renders
    bench.plans.gate.clear()
    for part in ("Ma situation", "Ce que je veux", "English"):
        bench.button(part).click()
    bench.plans.gate.set()
    bench.settle()
    assert bench.plans.renders <= before + 2
    assert "My plan towards work" in bench.paper()
    assert bench.presenter._made.paper.wishes == ()


def test_a_part_taken_away_leaves_the_paper(bench):
    bench.enter("dorian")
    assert bench.presenter._made.paper.steps
    bench.press("Mes étapes")
    assert bench.presenter._made.paper.steps == ()


def test_only_brakes_of_the_person_can_be_printed_and_none_is_by_itself(bench):
    who = bench.people.who("dorian")
    bench.put(who, {"brakes": Answer.given("mobilite-01|sante-08")})
    bench.enter("dorian")
    assert "Aucun moyen de transport" not in bench.paper()
    bench.press("Aucun moyen de transport à disposition")
    assert "Aucun moyen de transport" in bench.paper()
    assert "MDPH" not in bench.paper()
    bench.enter("lubin")
    assert "Freins" not in bench.said()


def test_a_language_is_always_chosen(bench):
    bench.enter("dorian")
    bench.button("Français").setFocus()
    before = bench.plans.renders
    QTest.keyClick(bench.button("Français"), Qt.Key.Key_Delete)
    bench.settle()
    assert bench.button("Français").isChecked()
    assert bench.plans.renders == before


def test_the_same_plan_is_made_on_the_paper_that_is_chosen(bench):
    bench.enter("dorian")
    number = bench.presenter._made.paper.number
    assert len(bench.presenter._made.pages) == 2
    bench.press("De poche, à plier")
    assert len(bench.presenter._made.pages) == 1
    assert "Dans mon téléphone" in bench.paper()
    bench.press("Facile à lire")
    assert "Mon plan, facile à lire" in bench.paper()
    assert bench.presenter._made.paper.number == number
    QTest.keyClick(bench.button("Facile à lire"), Qt.Key.Key_Delete)
    bench.settle()
    assert bench.button("Facile à lire").isChecked()
    bench.enter("jonas")
    assert bench.button("A4, à signer").isChecked()


def test_nothing_of_the_person_before_stays_in_sight(bench):
    bench.enter("dorian")
    bench.plans.gate.clear()
    bench.presenter.enter(Destination(Place.PLAN, bench.people.who("jonas")))
    QApplication.processEvents()
    assert bench.page.sheets.pages == 0
    assert "Dorian" not in bench.said()
    bench.plans.gate.set()
    bench.settle()
    assert "Jonas" in bench.said()


def test_a_paper_made_for_someone_else_is_dropped(bench):
    bench.plans.gate.clear()
    bench.presenter.enter(Destination(Place.PLAN, bench.people.who("dorian")))
    bench.presenter.enter(Destination(Place.PLAN, bench.people.who("jonas")))
    bench.plans.gate.set()
    bench.settle()
    assert "Jonas" in bench.paper()
    assert "Jonas" in bench.said()
    assert "Dorian" not in bench.said()


def test_a_refusal_for_someone_else_is_dropped(bench):
    bench.presenter.enter(Destination(Place.PLAN, new_id()))
    bench.presenter.enter(Destination(Place.PLAN, bench.people.who("jonas")))
    bench.settle()
    assert bench.told() == ""
    assert "Jonas" in bench.said()


def test_a_file_that_is_not_here_is_told(bench):
    bench.enter("dorian")
    bench.presenter.enter(Destination(Place.PLAN, new_id()))
    bench.settle()
    assert "n’est pas sur ce portable" in bench.told()
    assert bench.page.sheets.pages == 0


def test_without_a_person_one_is_chosen_first(bench):
    bench.presenter.enter(Destination(Place.PLAN))
    assert "Aucune personne n’est choisie." in bench.said()
    assert not bench.button("Imprimer").isVisible()
    bench.press("Choisir une personne")
    assert bench.gone == [Destination(Place.PARTICIPANTS)]


def test_a_long_making_is_told_and_can_be_stopped(bench):
    bench.enter("dorian")
    shown = bench.paper()
    bench.plans.gate.clear()
    bench.button("English").click()
    bench.qtbot.waitUntil(lambda: bench.button("Annuler").isVisible())
    assert "Mise en page du plan…" in bench.said()
    bench.button("Annuler").click()
    bench.plans.gate.set()
    bench.settle()
    assert "La mise en page est arrêtée" in bench.told()
    assert not bench.button("Annuler").isVisible()
    assert bench.paper() == shown
    bench.press("Mes étapes")
    assert "My plan towards work" in bench.paper()


def test_a_change_from_elsewhere_is_on_the_paper(bench):
    who = bench.enter("dorian")
    bench.put(who, {"first_name": Answer.given("Dorianne")})
    bench.dispatcher.changed.emit(Changes(frozenset({who})))
    bench.settle()
    assert "Dorianne" in bench.said()
    assert "Dorianne" in bench.paper()


def test_a_change_of_somebody_else_makes_nothing(bench):
    bench.enter("dorian")
    before = bench.plans.renders
    bench.dispatcher.changed.emit(Changes(frozenset({bench.people.who("jonas")})))
    bench.settle()
    assert bench.plans.renders == before


def test_what_lacks_is_counted_and_unfolds(bench):
    bench.enter("lubin")
    fold = bench.button("4 points à compléter")
    assert "Aucun objectif" not in bench.said()
    fold.click()
    assert "Aucun objectif" in bench.said()
    bench.press("Ouvrir le parcours")
    assert bench.gone == [Destination(Place.PATHWAY, bench.people.who("lubin"))]


def test_the_version_shown_is_the_one_signed(bench):
    who = bench.enter("dorian")
    bench.press("Montrée")
    assert bench.told() == "Cette version est gardée dans le dossier."
    assert bench.kept(1) == ("Version 1, 02/03/2026", "Montrée")
    bench.press("Signée sur papier")
    assert bench.versions(who) == {1: PlanState.SIGNED}
    assert bench.kept(1) == ("Version 1, 02/03/2026", "Signée")
    assert "version 1" in bench.said()


def test_a_version_is_signed_after_coming_back(bench):
    who = bench.enter("dorian")
    bench.press("Montrée")
    bench.enter("jonas")
    bench.enter("dorian")
    bench.press("Signée sur papier")
    assert bench.versions(who) == {1: PlanState.SIGNED}


def test_a_signed_version_stays_signed(bench):
    who = bench.enter("dorian")
    bench.press("Signée sur papier")
    bench.press("Montrée")
    assert "signé" in bench.told()
    assert bench.versions(who) == {1: PlanState.SIGNED}


def keep_two_versions(bench):
    """Version 1 signed; then another word on the paper, and version 2 shown."""
    who = bench.enter("dorian")
    bench.press("Signée sur papier")
    first = bench.presenter._made.pdf
    bench.put(who, {"first_name": Answer.given("Dorianne")})
    bench.dispatcher.changed.emit(Changes(frozenset({who})))
    bench.settle()
    bench.press("Montrée")
    return who, first


def test_a_kept_version_is_opened_again_to_the_same_byte(bench, tmp_path):
    _, first = keep_two_versions(bench)
    today = bench.presenter._made.pdf
    assert today != first
    bench.people.clock.move_to(bench.people.clock.now() + timedelta(days=40))
    bench.open_version(1)
    assert bench.presenter._made.pdf == first
    assert "version 1" in bench.said()
    assert "Version 1 du plan, gardée le 02/03/2026" in bench.page.kept.sentence()
    target = tmp_path / "again.pdf"
    bench.outlets.ask_target = lambda *_: str(target)
    bench.press("Enregistrer en PDF…")
    assert target.read_bytes() == first


def test_a_version_kept_in_another_language_is_opened_in_it(bench):
    bench.enter("dorian")
    bench.press("English")
    bench.press("Signée sur papier")
    first = bench.presenter._made.pdf
    bench.press("Français")
    bench.open_version(1)
    assert bench.presenter._made.pdf == first
    assert "My plan towards work" in bench.paper()


def test_a_kept_version_is_printed_with_the_key_of_printing(bench, tmp_path):
    keep_two_versions(bench)
    bench.prints_into(tmp_path / "again.pdf")
    bench.open_version(1)
    bench.page.on_act(Act.PRINT)
    bench.settle()
    assert bench.presenter._made.paper.number.endswith("-P1")
    assert f"Le plan {bench.presenter._made.paper.number} est parti" in bench.told()


def test_a_kept_version_leads_back_to_the_plan_of_the_day(bench):
    keep_two_versions(bench)
    today = bench.presenter._made.pdf
    bench.open_version(1)
    assert not bench.button("Montrée").isEnabled()
    assert not bench.button("Signée sur papier").isEnabled()
    assert not bench.page.choices.isEnabled()
    back = bench.button("Revenir au plan du jour")
    back.setFocus()
    bench.press("Revenir au plan du jour")
    assert bench.presenter._made.pdf == today
    assert bench.page.kept.sentence() == ""
    assert bench.button("Montrée").isEnabled()
    assert bench.page.choices.isEnabled()
    assert bench.button("Imprimer").hasFocus()


def test_a_change_from_elsewhere_leaves_a_kept_version_in_sight(bench):
    who, first = keep_two_versions(bench)
    bench.open_version(1)
    bench.put(who, {"first_name": Answer.given("Dora")})
    bench.dispatcher.changed.emit(Changes(frozenset({who})))
    bench.settle()
    assert bench.presenter._made.pdf == first
    bench.press("Revenir au plan du jour")
    assert "Dora " in bench.paper()


@pytest.mark.parametrize("name", ["dorian", "jonas"])
def test_whoever_comes_to_the_page_finds_the_plan_of_the_day(bench, name):
    _, first = keep_two_versions(bench)
    bench.open_version(1)
    bench.enter(name)
    assert bench.page.kept.sentence() == ""
    assert bench.presenter._made.pdf != first
    assert bench.page.choices.isEnabled()


def test_a_kept_version_that_cannot_be_read_is_told_and_the_plan_of_the_day_stays(bench):
    who, _ = keep_two_versions(bench)
    with bench.people.store.write() as transaction:
        (old,) = [one for one in transaction.plans.versions(who) if one.version == 2]
        transaction.plans.add(replace(old, content='{"number": 3}'))
    bench.enter("dorian")
    today = bench.presenter._made.pdf
    bench.open_version(2)
    assert "ne se relit pas ici" in bench.told()
    assert bench.page.kept.sentence() == ""
    assert bench.presenter._made.pdf == today
    assert bench.page.sheets.pages == 2


def test_the_opening_of_a_kept_version_can_be_stopped(bench):
    keep_two_versions(bench)
    today = bench.presenter._made.pdf
    bench.plans.gate.clear()
    bench.version(1).click()
    bench.qtbot.waitUntil(lambda: bench.button("Annuler").isVisible())
    bench.button("Annuler").click()
    bench.plans.gate.set()
    bench.settle()
    assert "La mise en page est arrêtée" in bench.told()
    assert bench.presenter._made.pdf == today
    assert bench.button("Montrée").isEnabled()


def test_outreach_is_told_that_it_keeps_no_plan(qtbot, lanes, said, people, dressed):
    bench = Bench(qtbot, lanes, said, people, Role.OUTREACH)
    who = bench.enter("dorian")
    bench.press("Montrée")
    assert "Votre rôle ne permet pas" in bench.told()
    assert bench.versions(who) == {}


def test_the_pdf_is_written_where_one_says_and_is_told_to_be_unprotected(bench, tmp_path):
    names = []
    target = tmp_path / "dossier choisi.pdf"
    bench.outlets.ask_target = lambda name, _over: names.append(name) or str(target)
    bench.enter("dorian")
    bench.press("Enregistrer en PDF…")
    assert target.read_bytes() == bench.presenter._made.pdf
    assert "Il n’est pas protégé" in bench.told()
    assert names == [f"plan-{bench.presenter._made.paper.number}.pdf"]


def test_a_folder_that_cannot_be_written_is_told(bench, tmp_path):
    bench.outlets.ask_target = lambda *_asked: str(tmp_path / "absent" / "plan.pdf")
    bench.enter("dorian")
    bench.press("Enregistrer en PDF…")
    assert "Choisissez un autre dossier" in bench.told()
    assert not Path(tmp_path / "absent").exists()


def test_a_dialog_that_is_left_writes_nothing(bench):
    bench.outlets.ask_target = lambda *_asked: ""
    bench.enter("dorian")
    bench.press("Enregistrer en PDF…")
    assert bench.told() == ""


def test_the_file_is_one_act_away(bench):
    who = bench.enter("dorian")
    bench.press("Dossier")
    assert bench.gone == [Destination(Place.PARTICIPANT_FILE, who)]


@pytest.mark.parametrize(
    ("theme", "percent"),
    [(Theme.LIGHT, 100), (Theme.DARK, 100), (Theme.SUN, 150), (Theme.LIGHT, 200)],
)
def test_the_page_keeps_the_rules_when_it_is_full(dressed, bench, theme, percent):
    dressed(theme, percent)
    bench.put(bench.people.who("lubin"), {"brakes": Answer.given(FIVE)})
    bench.enter("lubin")
    bench.press("Signée sur papier")
    bench.open_version(1)
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))
    bench.press("Revenir au plan du jour")
    bench.button("4 points à compléter").click()
    bench.page.banner.tell("ok", "Cette version est gardée dans le dossier.")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))


def test_the_page_holds_longer_words(qtbot, lanes, people, dressed):
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people)
    bench.put(bench.people.who("lubin"), {"brakes": Answer.given(FIVE)})
    bench.enter("lubin")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
    bench.presenter.enter(Destination(Place.PLAN))
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
