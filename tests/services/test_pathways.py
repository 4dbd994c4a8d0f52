"""Steps, objectives and meetings: what is kept, warned about, refused."""

from dataclasses import replace
from datetime import date

import pytest

from plie_desktop import bootstrap
from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.pathway import GapLevel, InterviewState
from plie_desktop.models.domain.step import StepState
from plie_desktop.services.pathways import StepDraft

NIR = "1850578006084"


@pytest.fixture
def pathways(desk):
    return desk.services.pathways


@pytest.fixture
def person(desk):
    made = desk.person(birth_name="Exemple", first_name="Lou")
    desk.services.participants.admit(made, date(2026, 9, 1))
    return made


def draft(**changes) -> StepDraft:
    given = {
        "type_code": "FOR-LAN",
        "title": "Français du quotidien",
        "operator": "Organisme",
        "place": "Maurepas",
        "starts_on": date(2026, 9, 10),
        "ends_on": date(2026, 10, 10),
        "state": StepState.COMPLETED,
    }
    return StepDraft(**{**given, **changes})


def test_a_step_is_kept_and_found_in_the_pathway(pathways, person):
    saved = pathways.save_step(person, None, draft(note=" Une note\u00a0. "))
    assert saved.warnings == ()
    assert saved.changes.participants == {person}
    assert pathways.pathway(person).steps == (saved.step,)
    assert saved.step.note == "Une note ."


def test_a_gap_is_counted_before_and_after(pathways, person):
    gaps = pathways.save_step(person, None, draft()).pathway.gaps
    assert [(gap.starts_on, gap.days, gap.level) for gap in gaps] == [
        (date(2026, 9, 1), 9, GapLevel.SHORT),
        (date(2026, 10, 11), 44, GapLevel.AMBER),
    ]


def test_a_step_is_changed_in_its_place(pathways, person):
    step = pathways.save_step(person, None, draft()).step
    changed = pathways.save_step(person, step.id, draft(ends_on=None, state=StepState.STARTED))
    assert [one.ends_on for one in changed.pathway.steps] == [None]
    assert all(not gap.is_open for gap in changed.pathway.gaps)


def test_a_step_without_title_takes_that_of_its_type(pathways, person):
    step = pathways.save_step(person, None, draft(title=" ")).step
    assert step.title == "Formation linguistique / savoirs de base (CléA)"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": date(2026, 9, 9)}, "avant son début"),
        ({"type_code": "ACC-ENT"}, "type d’étape"),
        ({"type_code": "???"}, "type d’étape"),
        ({"note": f"voir {NIR}"}, "sécurité sociale"),
        ({"title": NIR}, "sécurité sociale"),
        ({"operator": NIR}, "sécurité sociale"),
    ],
)
def test_what_cannot_be_a_step_is_refused(pathways, person, changes, said):
    with pytest.raises(RefusedInputError, match=said):
        pathways.save_step(person, None, draft(**changes))
    assert pathways.pathway(person).steps == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts_on": date(2026, 8, 1)}, "avant l’entrée"),
        (
            {
                "starts_on": date(2026, 12, 1),
                "ends_on": None,
                "state": StepState.STARTED,
            },
            "en cours",
        ),
        ({"ends_on": None}, "dernier jour"),
        ({"ends_on": date(2027, 1, 1)}, "dernier jour"),
        ({"ends_on": date(2029, 1, 1), "state": StepState.STARTED}, "deux ans"),
    ],
)
def test_what_is_unlikely_is_kept_with_a_warning(pathways, person, changes, said):
    saved = pathways.save_step(person, None, draft(**changes))
    assert any(said in warning for warning in saved.warnings)
    assert saved.pathway.steps == (saved.step,)


def test_two_steps_at_once_are_allowed_and_told(pathways, person):
    pathways.save_step(person, None, draft())
    second = pathways.save_step(person, None, draft(starts_on=date(2026, 10, 10), ends_on=None,
                                                   state=StepState.STARTED))  # fmt: skip
    assert any("mêmes jours" in warning for warning in second.warnings)
    third = pathways.save_step(person, None, draft(state=StepState.CANCELLED))
    assert not any("mêmes jours" in warning for warning in third.warnings)


def test_objectives_keep_their_rank_and_words(pathways, person):
    pathways.save_objective(person, None, 2, "Passer le permis")
    pathways.save_objective(person, None, 1, " Reprendre\nla cuisine ")
    objectives = sorted(pathways.pathway(person).objectives, key=lambda one: one.rank)
    assert [one.words for one in objectives] == ["Reprendre\nla cuisine", "Passer le permis"]
    pathways.save_objective(person, objectives[0].id, 1, "Ouvrir un restaurant")
    assert "Ouvrir un restaurant" in {one.words for one in pathways.pathway(person).objectives}


@pytest.mark.parametrize("words", ["", " \u200b ", f"mon numéro : {NIR}"])
def test_an_empty_or_forbidden_objective_is_refused(pathways, person, words):
    with pytest.raises(RefusedInputError):
        pathways.save_objective(person, None, 1, words)
    assert pathways.pathway(person).objectives == ()


def test_meetings_are_kept_at_their_local_hour(pathways, person):
    pathways.save_interview(
        person, None, "2026-12-01T14:30", " Bureau ", InterviewState.PLANNED, ""
    )
    (meeting,) = pathways.pathway(person).interviews
    assert (meeting.starts_at, meeting.place) == ("2026-12-01T14:30", "Bureau")
    pathways.save_interview(
        person, meeting.id, meeting.starts_at, "Bureau", InterviewState.NOSHOW, "excusé après"
    )
    (meeting,) = pathways.pathway(person).interviews
    assert meeting.state is InterviewState.NOSHOW


@pytest.mark.parametrize(
    "moment", ["", "demain", "2026-02-31T10:00", "2026-12-01", "2026-12-01T25:00",
               "2026-12-01T10:75"],
)  # fmt: skip
def test_an_hour_that_does_not_exist_is_refused(pathways, person, moment):
    with pytest.raises(RefusedInputError, match="n’existe pas"):
        pathways.save_interview(person, None, moment, "", InterviewState.PLANNED, "")


def test_outreach_plans_meetings_but_no_steps(desk, person):
    who = replace(desk.opened.identity, role=Role.OUTREACH)
    pathways = bootstrap.services(replace(desk.opened, identity=who), given=desk.tools).pathways
    pathways.save_interview(person, None, "2026-12-01T14:30", "", InterviewState.PLANNED, "")
    with pytest.raises(NotAllowedError):
        pathways.save_step(person, None, draft())
    with pytest.raises(NotAllowedError):
        pathways.save_objective(person, None, 1, "Travailler")
