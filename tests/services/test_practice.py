"""People to practise on: plausible, and no one real."""

from datetime import UTC, datetime

from plie_desktop.models.domain.participant import FileState
from plie_desktop.models.domain.problems import Level
from tests.support.clocks import FixedClock
from tests.support.laptops import practising


def files(desk):
    return [
        desk.services.participants.file(line.id) for line in desk.services.participants.find("")
    ]


def test_everyone_says_they_are_invented(desk):
    for file in files(desk):
        assert file.intake.value("birth_name").startswith("Essai-")
        phone = file.intake.value("phone")
        assert phone.startswith("063998") or not phone


def test_answers_raise_no_alarm(desk):
    for file in files(desk):
        assert [one for one in file.problems if one.level is not Level.POINTS_OUT] == []


def test_some_have_a_gap_and_some_have_none(desk):
    in_pathway = [file for file in files(desk) if file.line.state is FileState.IN_PATHWAY]
    with_gap = [file for file in in_pathway if file.pathway.gaps and file.pathway.gaps[-1].is_open]
    assert len(in_pathway) == 9
    assert 0 < len(with_gap) < len(in_pathway)


def test_the_same_day_gives_the_same_people(tmp_path):
    told = []
    for name in ("a", "b"):
        desk = practising(tmp_path / name)
        told.append([(file.intake.answers, file.age) for file in files(desk)])
        desk.close()
    assert told[0] == told[1]


def test_people_stay_plausible_on_any_day(tmp_path):
    desk = practising(tmp_path / "leap", FixedClock(datetime(2028, 2, 29, 12, tzinfo=UTC)))
    assert len(files(desk)) == 12
    desk.close()
