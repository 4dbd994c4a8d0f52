"""Planning a pathway in the page, with real services over a real base."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from plie_desktop import text
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.models.domain.step import StepState
from plie_desktop.services.pathways import StepDraft
from plie_desktop.views.pathway.drafts import TypedMeeting, TypedObjective, TypedStep
from plie_desktop.views.pathway.hour_field import HourField
from plie_desktop.views.pathway.presenter import NEW_STEP
from plie_desktop.views.pathway.table import Column
from plie_desktop.views.pathway.timeline import Timeline
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.combo import Combo
from plie_desktop.views.widgets.data_table import STATE_ROLE
from tests.support import page_rules
from tests.views.pathway.bench import Bench
from tests.views.people import desk

pytestmark = pytest.mark.usefixtures("dressed")
A_DAY = timedelta(days=1)


@pytest.fixture
def bench(qtbot, lanes, said, tmp_path):
    people = desk(tmp_path)
    made = Bench(qtbot, lanes, said, people)
    yield made
    made.end()


def test_gaps_stand_in_the_table_beside_the_steps(bench):
    who = bench.enter("gaia")
    pathway = bench.people.pathways.pathway(who)
    assert len(bench.titles()) == len(pathway.steps) + len(pathway.gaps)
    (open_gap,) = [gap for gap in pathway.gaps if gap.is_open]
    assert f"{open_gap.days} jours sans étape" in bench.titles()
    row = bench.titles().index(f"{open_gap.days} jours sans étape")
    assert bench.cell(row, Column.END) == "ce jour"
    assert bench.cell(row, Column.STATE, STATE_ROLE).text == "À combler"


def test_a_step_is_added_by_typing_it(bench):
    who = bench.enter("gaia", NEW_STEP)
    typed = QApplication.focusWidget()
    QTest.keyClicks(typed, "pmsmp")
    bench.page.editor.show_typed(
        TypedStep(type_code="PRO-PMS", operator="Cantine", starts_on="2026-03-09")
    )
    bench.press("Ajouter l’étape")
    (kept,) = [s for s in bench.people.pathways.pathway(who).steps if s.operator == "Cantine"]
    assert (kept.type_code, kept.starts_on, kept.ends_on) == ("PRO-PMS", date(2026, 3, 9), None)
    assert "PMSMP / immersion" in bench.titles()
    assert bench.page.banner.sentence() == "L’étape est enregistrée."
    assert not bench.page.editor.isVisible()


def test_enter_on_a_gap_begins_a_step_on_its_first_day(bench):
    bench.enter("gaia")
    row = next(n for n, title in enumerate(bench.titles()) if "sans étape" in title)
    first = bench.cell(row, Column.START)
    bench.view.go_to(row)
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    day, month, year = first.split("/")
    assert bench.page.editor.typed() == TypedStep(starts_on=f"{year}-{month}-{day}")


def test_enter_on_a_step_changes_it_and_keeps_its_note(bench):
    who = bench.people.who("jonas")
    draft = StepDraft("DIA-INI", "Point", "", "", bench.today, None, note="Apporter le CV.")
    bench.people.pathways.save_step(who, None, draft)
    bench.enter("jonas")
    bench.view.go_to(0)
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    bench.page.editor.rows["title"].control.set_value("Premier point")
    bench.page.on_act(Act.GO_ON)
    bench.settle()
    (kept,) = bench.people.pathways.pathway(who).steps
    assert (kept.title, kept.note) == ("Premier point", "Apporter le CV.")


def test_a_step_without_a_title_bears_the_name_of_its_kind_whatever_it_becomes(bench):
    who = bench.people.who("jonas")
    bench.people.pathways.save_step(who, None, StepDraft("DIA-MOB", "", "", "", bench.today, None))
    bench.enter("jonas")
    assert bench.titles() == ["Diagnostic mobilité"]
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    rows = bench.page.editor.rows
    assert rows["title"].control.value() == ""
    rows["type_code"].control.set_value("FRE-MOB")
    bench.page.on_act(Act.GO_ON)
    bench.settle()
    assert bench.titles() == ["Mobilité (permis, location, réparation)"]


def test_a_step_without_a_title_is_called_in_the_language_of_who_reads(qtbot, lanes, tmp_path):
    people = desk(tmp_path)
    who, today = people.who("jonas"), people.clock.today()
    for code, title in (("DIA-MOB", ""), ("DIA-MOB", "Vélo")):
        people.pathways.save_step(who, None, StepDraft(code, title, "", "", today, None))
    bench = Bench(qtbot, lanes, text.words("en"), people)
    bench.enter("jonas")
    assert sorted(bench.titles()) == ["Mobility assessment", "Vélo"]
    timeline = bench.page.findChild(Timeline)
    told = {timeline._told(step).split("\n")[0] for step in people.pathways.pathway(who).steps}
    assert told == {"Mobility assessment", "Vélo"}
    bench.end()


@pytest.mark.parametrize(
    ("typed", "field", "part"),
    [
        (TypedStep(starts_on="2026-03-09"), "type_code", "Choisissez le type"),
        (TypedStep(type_code="DIA-INI", starts_on="31/02/2026"), "starts_on", "n’existe pas"),
        (
            TypedStep(type_code="DIA-INI", starts_on="2026-03-09", ends_on="3"),
            "ends_on",
            "n’existe pas",
        ),
    ],
)
def test_what_does_not_fit_is_said_under_its_field_and_stays(bench, typed, field, part):
    who = bench.enter("jonas")
    bench.page.open_step(typed)
    bench.press("Ajouter l’étape")
    assert part in bench.page.editor.rows[field].problem()
    assert bench.page.editor.typed() == typed
    assert bench.people.pathways.pathway(who).steps == ()


def test_a_refusal_of_the_service_is_said_in_the_editor(bench):
    bench.enter("jonas")
    bench.page.open_step(
        TypedStep(type_code="DIA-INI", starts_on="2026-03-09", ends_on="2026-03-02")
    )
    bench.press("Ajouter l’étape")
    assert "La fin de l’étape est avant son début." in bench.said()


def test_a_doubt_is_said_though_the_step_is_kept(bench):
    bench.enter("gaia")
    bench.page.open_step(
        TypedStep(type_code="DIA-INI", starts_on="2026-04-01", state=StepState.STARTED)
    )
    bench.press("Ajouter l’étape")
    assert "n’a pas commencé" in bench.page.banner.sentence()


def test_what_is_typed_waits_for_its_person(bench):
    bench.enter("gaia")
    typed = TypedStep(type_code="FRE-MOB", place="Bruz", starts_on="09")
    bench.page.open_step(typed)
    bench.page.objectives.show_typed(TypedObjective(words="Passer le permis"))
    bench.page.meetings.show_typed(TypedMeeting("2026-03-09", "14:30", "Mairie"))
    assert bench.presenter.leave().participant_id == bench.people.who("gaia")
    bench.enter("farouk")
    assert not bench.page.editor.isVisible()
    assert bench.page.objectives.typed() == TypedObjective()
    bench.presenter.leave()
    bench.enter("gaia")
    assert bench.page.editor.isVisible()
    assert bench.page.editor.typed() == typed
    assert bench.page.objectives.typed().words == "Passer le permis"
    assert bench.page.meetings.typed().place == "Mairie"


def test_three_objectives_and_no_more(bench):
    who = bench.enter("jonas")
    for words in ("Un", "Deux", "Trois"):
        bench.page.objectives.show_typed(TypedObjective(words=words))
        bench.press("Ajouter l’objectif")
    kept = bench.people.pathways.pathway(who).objectives
    assert [(one.rank, one.words) for one in kept] == [(1, "Un"), (2, "Deux"), (3, "Trois")]
    assert not bench.page.objectives.row.isVisible()


def test_an_objective_is_said_anew_in_its_place(bench):
    who = bench.enter("gaia")
    (kept,) = bench.people.pathways.pathway(who).objectives
    bench.page.objectives.change(kept)
    bench.page.objectives.show_typed(TypedObjective(kept.id, "Cuisiner"))
    bench.press("Enregistrer")
    (changed,) = bench.people.pathways.pathway(who).objectives
    assert (changed.id, changed.rank, changed.words) == (kept.id, 1, "Cuisiner")


def test_a_meeting_is_added_and_what_became_of_it_told(bench):
    who = bench.enter("jonas")
    bench.page.meetings.show_typed(TypedMeeting("2026-03-09", "14:30", "Mairie"))
    bench.press("Ajouter le rendez-vous")
    assert "lundi 9 mars 2026 à 14:30" in bench.said()
    (box,) = bench.page.meetings.findChildren(Combo)
    box.setFocus()
    box.set_value("SEEN")
    box.activated.emit(box.currentIndex())
    bench.settle()
    (kept,) = bench.people.pathways.pathway(who).interviews
    assert (kept.starts_at, kept.place) == ("2026-03-09T14:30", "Mairie")
    assert kept.state is InterviewState.SEEN
    # The list was made anew; whoever walks by keyboard is still on the meeting.
    assert QApplication.focusWidget().value() == "SEEN"


def test_a_meeting_without_an_hour_is_asked_for_it(bench):
    bench.enter("jonas")
    bench.page.meetings.show_typed(TypedMeeting("2026-03-09", "", "Mairie"))
    bench.press("Ajouter le rendez-vous")
    assert "heure" in bench.page.meetings.rows["hour"].problem()
    assert bench.page.meetings.typed().place == "Mairie"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("1430", "14:30"), ("14h30", "14:30"), ("9h15", "09:15"), ("14:30", "14:30"), ("99", "99")],
)
def test_hours_are_typed_in_figures(qtbot, said, keys, shown):
    field = HourField(said)
    qtbot.addWidget(field)
    QTest.keyClicks(field, keys)
    assert field.value() == shown


def test_someone_without_a_step_is_offered_first_ones(bench):
    bench.enter("jonas")
    assert "Aucune étape" in bench.said()
    bench.press("Mobilité")
    assert bench.page.editor.typed().type_code == "FRE-MOB"
    assert "Aucune étape" not in bench.said()


def test_answers_for_someone_no_longer_shown_are_dropped(bench):
    gaia, farouk = bench.people.who("gaia"), bench.people.who("farouk")
    bench.presenter.enter(Destination(Place.PATHWAY, gaia))
    bench.presenter.enter(Destination(Place.PATHWAY, farouk))
    bench.settle()
    assert "Farouk" in bench.said()
    assert "Gaïa" not in bench.said()


def test_the_plan_is_one_key_away(bench):
    who = bench.enter("gaia")
    bench.page.on_act(Act.PRINT)
    assert bench.gone == [Destination(Place.PLAN, who)]


@pytest.mark.parametrize(("theme", "percent"), page_rules.LOOKS)
def test_the_page_keeps_the_rules_in_every_look(dressed, bench, theme, percent):
    dressed(theme, percent)
    bench.enter("gaia", NEW_STEP)
    page_rules.check_page(bench.page, width=page_rules.WIDTH - (196 if percent < 150 else 64))


def test_the_page_holds_longer_words(qtbot, lanes, tmp_path):
    people = desk(tmp_path)
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people)
    bench.enter("jonas")
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
    bench.end()


def test_a_role_that_plans_nothing_reads_who_does_and_notes_meetings(qtbot, lanes, said, tmp_path):
    bench = Bench(qtbot, lanes, said, desk(tmp_path, role=Role.OUTREACH))
    who = bench.enter("gaia", NEW_STEP)
    assert "Seule la personne référente ou la coordination planifie" in bench.said()
    assert not bench.page.editor.isVisible()
    assert not bench.page.objectives.row.isVisible()
    bench.view.go_to(0)
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    assert not bench.page.editor.isVisible()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
    bench.page.meetings.show_typed(TypedMeeting("2026-03-09", "14:30", "Mairie"))
    bench.press("Ajouter le rendez-vous")
    (kept,) = bench.people.pathways.pathway(who).interviews
    assert kept.place == "Mairie"
    bench.enter("jonas")
    assert "Aucune étape" in bench.said()
    assert "Proposez" not in bench.said()
    bench.end()


def test_the_note_of_a_step_is_written_and_read(bench):
    who = bench.enter("jonas", NEW_STEP)
    bench.page.editor.show_typed(
        TypedStep(type_code="DIA-INI", starts_on="2026-03-09", note="Apporter\nle CV.")
    )
    bench.press("Ajouter l’étape")
    (step,) = bench.people.pathways.pathway(who).steps
    assert step.note == "Apporter\nle CV."
    bench.page.open_kept(step)
    assert bench.page.editor.rows["note"].control.value() == "Apporter\nle CV."
