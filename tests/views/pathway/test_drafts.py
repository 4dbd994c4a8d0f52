"""What is typed on the pathway page outlives a lock, a kill and a full disk, until it is saved."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.step import StepState
from plie_desktop.services.pathways import StepDraft
from plie_desktop.services.session import SessionService
from plie_desktop.store.faults import DISK_FULL
from plie_desktop.tasks import Lane
from plie_desktop.views.pathway.drafts import Part, TypedMeeting, TypedObjective, TypedStep
from plie_desktop.views.pathway.presenter import NEW_STEP
from plie_desktop.views.qt.key_rest import LONGEST_MS, PAUSE_MS
from plie_desktop.views.qt.shortcuts import Act
from tests.support.stores import BaseFile
from tests.views.pathway.bench import Bench
from tests.views.people import desk

pytestmark = pytest.mark.usefixtures("dressed")
RESUMED = "Brouillon repris"
NIR = "1 85 05 78 006 084 91"


@pytest.fixture
def sit(qtbot, lanes, said, tmp_path):
    """Somebody at a page over the one base; again after the program ended."""
    base = BaseFile(tmp_path / "vault.db")
    seated = []

    def begin(role=Role.COORD, wrap=lambda people: people):
        made = Bench(qtbot, lanes, said, wrap(desk(tmp_path, role=role, base=base)))
        seated.append(made)
        return made

    yield begin
    if seated:
        seated[-1].end()


@pytest.fixture
def bench(sit):
    return sit()


def keys(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def rest(bench):
    """Leave the keys alone for half a second."""
    bench.qtbot.wait(PAUSE_MS + 100)
    bench.settle()


def at(bench, field, caret=0):
    assert bench.page.fields.go(field, caret)


def kept(bench, who):
    """The drafts in the base."""
    found = {part: bench.people.session.draft(part.value, who) for part in Part}
    return {part for part, text in found.items() if text}


def half_a_step(bench):
    """Open a new step, type in three fields, the last of them half."""
    bench.page.open_new()
    at(bench, "step.operator")
    keys("Auto-ecole")
    at(bench, "step.starts_on")
    keys("0903")
    at(bench, "step.note")
    keys("Apporter le permis")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)


def check_half_a_step(bench):
    assert bench.page.editor.isVisible()
    assert bench.page.editor.typed() == TypedStep(
        operator="Auto-ecole", starts_on="09/03", note="Apporter le permis"
    )
    assert RESUMED in bench.page.banner.sentence()


def test_half_a_step_is_there_half_a_second_later_even_after_a_kill(bench, sit):
    who = bench.enter("gaia")
    half_a_step(bench)
    rest(bench)
    bench.kill()
    after = sit()
    bookmark = after.people.session.bookmark()
    assert (bookmark.participant_id, bookmark.field) == (who, "step.note")
    after.enter("gaia", bookmark.field, bookmark.cursor)
    check_half_a_step(after)
    assert after.page.fields.spot() == ("step.note", len("Apporter le permi"))


def test_someone_who_never_rests_loses_the_last_moment_only(bench, sit):
    bench.enter("gaia")
    bench.page.open_new()
    at(bench, "step.title")
    pressed = 0
    while pressed * 50 < LONGEST_MS + 500:
        keys("a")
        bench.qtbot.wait(50)
        pressed += 1
    bench.settle()
    bench.kill()
    after = sit()
    after.enter("gaia")
    assert after.page.editor.typed().title.startswith("aaaaa")


def test_the_page_left_at_once_keeps_the_last_key(bench, sit):
    bench.enter("gaia")
    half_a_step(bench)
    bench.page.flush()
    there = bench.presenter.leave()
    bench.end()
    after = sit()
    after.enter("gaia", there.field, there.cursor)
    check_half_a_step(after)
    assert after.page.fields.spot() == ("step.note", len("Apporter le permi"))


def test_objective_and_meeting_come_back_too(bench, sit):
    who = bench.enter("jonas")
    at(bench, "objective.words")
    keys("Passer le permis")
    at(bench, "meeting.day")
    keys("09032026")
    at(bench, "meeting.place")
    keys("Mairie")
    rest(bench)
    assert kept(bench, who) == {Part.OBJECTIVE, Part.MEETING}
    bench.kill()
    after = sit()
    after.enter("jonas")
    assert after.page.objectives.typed() == TypedObjective(words="Passer le permis")
    assert after.page.meetings.typed() == TypedMeeting("2026-03-09", "", "Mairie")
    assert RESUMED in after.page.banner.sentence()


def test_a_pathway_without_a_draft_says_nothing_of_one(bench):
    who = bench.enter("gaia")
    assert bench.page.banner.sentence() == ""
    rest(bench)
    assert kept(bench, who) == set()


def test_what_is_saved_leaves_no_draft(bench, sit):
    who = bench.enter("jonas", NEW_STEP)
    bench.page.editor.show_typed(TypedStep(type_code="DIA-INI", starts_on="2026-03-09"))
    bench.page.objectives.show_typed(TypedObjective(words="Passer le permis"))
    bench.page.meetings.show_typed(TypedMeeting("2026-03-09", "14:30", "Mairie"))
    bench.page.flush()
    bench.settle()
    assert kept(bench, who) == set(Part)
    for button in ("Ajouter l’étape", "Ajouter l’objectif", "Ajouter le rendez-vous"):
        bench.press(button)
    assert kept(bench, who) == set()
    bench.presenter.leave()
    bench.settle()
    assert kept(bench, who) == set()
    bench.end()
    after = sit()
    after.enter("jonas")
    assert not after.page.editor.isVisible()
    assert after.page.banner.sentence() == ""
    assert len(after.people.pathways.pathway(who).steps) == 1


def test_what_is_given_up_leaves_no_draft(bench):
    who = bench.enter("gaia")
    half_a_step(bench)
    (objective,) = bench.people.pathways.pathway(who).objectives
    bench.page.objectives.change(objective)
    rest(bench)
    assert kept(bench, who) == {Part.STEP, Part.OBJECTIVE}
    at(bench, "step.title")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    bench.settle()
    assert kept(bench, who) == {Part.OBJECTIVE}
    bench.press("Annuler")
    assert kept(bench, who) == set()


def test_what_is_refused_stays_a_draft(bench):
    who = bench.enter("jonas")
    bench.page.open_step(
        TypedStep(type_code="DIA-INI", starts_on="2026-03-09", ends_on="2026-03-02")
    )
    bench.press("Ajouter l’étape")
    assert kept(bench, who) == {Part.STEP}


def test_the_end_of_the_session_while_a_step_is_saved_keeps_it_once(bench, lanes, sit):
    who = bench.enter("jonas")
    bench.page.open_step(TypedStep(type_code="DIA-INI", starts_on="2026-03-09"))
    gate = threading.Event()
    lanes.run(Lane.STORE, lambda: gate.wait(10))
    bench.page.on_act(Act.GO_ON)
    bench.page.on_act(Act.GO_ON)
    bench.page.flush()
    bench.presenter.leave()
    gate.set()
    bench.end()
    after = sit()
    after.enter("jonas")
    assert len(after.people.pathways.pathway(who).steps) == 1
    assert kept(after, who) == set()


def test_keys_after_the_save_change_the_step_just_saved(bench, lanes):
    who = bench.enter("jonas")
    bench.page.open_step(TypedStep(type_code="DIA-INI", starts_on="2026-03-09"))
    gate = threading.Event()
    lanes.run(Lane.STORE, lambda: gate.wait(10))
    bench.page.on_act(Act.GO_ON)
    at(bench, "step.place")
    keys("Bruz")
    gate.set()
    bench.settle()
    assert bench.page.editor.isVisible()
    bench.press("Enregistrer")
    (step,) = bench.people.pathways.pathway(who).steps
    assert (step.type_code, step.place) == ("DIA-INI", "Bruz")


def test_a_step_changed_elsewhere_meanwhile_keeps_what_both_wrote(bench, sit):
    who = bench.people.who("jonas")
    draft = StepDraft("DIA-INI", "Point", "PLIE", "", bench.today, None)
    step = bench.people.pathways.save_step(who, None, draft).step
    bench.enter("jonas")
    bench.page.open_kept(step)
    at(bench, "step.place")
    keys("Bruz")
    rest(bench)
    bench.kill()
    after = sit()
    theirs = replace(draft, state=StepState.STARTED, operator="Mission locale")
    after.people.pathways.save_step(who, step.id, theirs)
    after.enter("jonas")
    after.press("Enregistrer")
    (both,) = after.people.pathways.pathway(who).steps
    assert (both.place, both.operator) == ("Bruz", "Mission locale")
    assert both.state is StepState.STARTED


def test_a_step_being_typed_is_not_written_over_by_another(bench):
    bench.enter("gaia")
    half_a_step(bench)
    bench.view.go_to(0)
    bench.view.setFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    assert bench.page.editor.typed().note == "Apporter le permis"
    assert "en train d’être écrite" in bench.page.banner.sentence()


def test_an_objective_being_typed_is_not_written_over_by_another(bench):
    who = bench.enter("gaia")
    (objective,) = bench.people.pathways.pathway(who).objectives
    at(bench, "objective.words")
    keys("Passer le permis")
    bench.page.objectives.change(objective)
    assert bench.page.objectives.typed() == TypedObjective(words="Passer le permis")
    assert "en train d’être écrit" in bench.page.objectives.row.problem()


def test_a_national_number_is_told_and_only_its_field_is_left_out(bench, sit):
    who = bench.enter("gaia")
    half_a_step(bench)
    at(bench, "step.title")
    keys(NIR)
    at(bench, "step.place")
    bench.settle()
    assert "sécurité sociale" in bench.page.editor.rows["title"].problem()
    assert NIR not in bench.people.session.draft(Part.STEP.value, who)
    at(bench, "step.title")
    bench.page.editor.rows["title"].control.clear()
    at(bench, "step.place")
    assert bench.page.editor.rows["title"].problem() == ""
    bench.page.editor.rows["title"].control.setText(NIR)
    bench.page.flush()
    bench.settle()
    bench.kill()
    after = sit()
    after.enter("gaia")
    check_half_a_step(after)


class FullDisk(SessionService):
    """A session on a disk that is full for a while."""

    is_full = True

    def keep_draft(self, place, participant_id, text):
        if self.is_full:
            raise DiskFullError(DISK_FULL)
        super().keep_draft(place, participant_id, text)


def test_a_draft_that_cannot_be_kept_is_told_and_tried_again(sit):
    bench = sit(wrap=lambda people: replace(people, session=FullDisk(people.session._opened)))
    who = bench.enter("gaia")
    half_a_step(bench)
    rest(bench)
    assert "disque" in bench.page.banner.sentence()
    assert bench.page.editor.typed().note == "Apporter le permis"
    # Somebody else’s page, and back: it waits here.
    bench.presenter.leave()
    bench.enter("farouk")
    bench.presenter.leave()
    bench.enter("gaia")
    check_half_a_step(bench)
    bench.people.session.is_full = False
    bench.qtbot.waitUntil(lambda: kept(bench, who) == {Part.STEP}, timeout=20_000)
    bench.settle()
    assert "disque" not in bench.page.banner.sentence()


def test_a_role_that_may_not_plan_any_more_keeps_the_draft(bench, sit):
    who = bench.enter("gaia")
    half_a_step(bench)
    rest(bench)
    bench.end()
    after = sit(role=Role.OUTREACH)
    after.enter("gaia")
    at(after, "meeting.place")
    keys("Mairie")
    rest(after)
    assert not after.page.editor.isVisible()
    assert kept(after, who) == {Part.STEP, Part.MEETING}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"typed": 3}', '{"typed": {"state": "NEW", "note": 4}}']
)
def test_a_draft_of_another_version_gives_what_can_be_read(bench, text):
    who = bench.people.who("gaia")
    bench.people.session.keep_draft(Part.STEP.value, who, text)
    bench.enter("gaia")
    assert bench.page.editor.typed() == TypedStep()
