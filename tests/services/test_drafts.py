"""What is being typed is kept until it is saved or given up, and never leaves the laptop."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from uuid import UUID

import psycopg
import pytest

from plie_desktop.clock import SystemIds
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.national_number import holds_national_number
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.services import drafts
from plie_desktop.services.pathways import PathwayService, StepDraft
from plie_desktop.services.session import VaultDoor
from tests.support.laptops import PASSPHRASE, Desk

STEP, MEETING = "pathway.step", "pathway.meeting"
NIR = "1 85 05 78 006 084 91"
TYPED = json.dumps({"title": "Français au café", "note": "Apporter le CV."})


@pytest.fixture
def session(desk):
    return desk.services.session


@pytest.fixture
def person(desk):
    return desk.person(birth_name="Exemple", first_name="Lou")


def a_step() -> StepDraft:
    return StepDraft("FOR-LAN", "", "", "", date(2026, 9, 10), None)


def test_a_draft_is_found_after_the_program_ended(desk, session, person):
    session.keep_draft(STEP, person, TYPED)
    again = desk.reopen()
    assert again.services.session.draft(STEP, person) == TYPED
    again.close()


def test_drafts_of_other_places_and_people_are_left_alone(desk, session, person):
    other = desk.person(first_name="Ana")
    session.keep_draft(STEP, person, "a")
    session.keep_draft(MEETING, person, "b")
    session.keep_draft(STEP, other, "c")
    session.keep_draft(STEP, person, "")
    assert session.draft(STEP, person) == ""
    assert (session.draft(MEETING, person), session.draft(STEP, other)) == ("b", "c")


def test_a_draft_is_nobody_elses_business(desk, session, person):
    before = desk.services.synchronisation.status().waiting
    session.keep_draft(STEP, person, TYPED)
    assert desk.services.synchronisation.status().waiting == before
    with desk.store.write() as transaction:
        assert transaction.outbox.seal_stray() == 0


@pytest.mark.parametrize(
    ("text", "part"),
    [("x" * (drafts.LONGEST + 1), "trop long"), (f"Son numéro : {NIR}", "sécurité sociale")],
)
def test_what_cannot_be_kept_is_refused_and_the_draft_before_stays(session, person, text, part):
    session.keep_draft(STEP, person, TYPED)
    with pytest.raises(RefusedInputError, match=part):
        session.keep_draft(STEP, person, text)
    assert session.draft(STEP, person) == TYPED


def test_an_identifier_is_not_taken_for_a_national_number(session, person):
    looks_like_one = "018c0000-0000-7000-a185-0578006084ab"
    assert holds_national_number(looks_like_one)
    session.keep_draft(STEP, person, f"Étape {looks_like_one}")
    assert session.draft(STEP, person) == f"Étape {looks_like_one}"


def test_nothing_is_kept_about_a_file_that_is_not_here(session):
    nobody = SystemIds().new()
    with pytest.raises(RefusedInputError, match="n’est pas sur ce portable"):
        session.keep_draft(STEP, nobody, TYPED)
    session.keep_draft(STEP, nobody, "")
    assert session.draft(STEP, nobody) == ""


def save_step(pathways: PathwayService, person: UUID) -> None:
    pathways.save_step(person, None, a_step(), ends_draft=STEP)


def save_objective(pathways: PathwayService, person: UUID) -> None:
    pathways.save_objective(person, None, 1, "Travailler", ends_draft=STEP)


def save_meeting(pathways: PathwayService, person: UUID) -> None:
    pathways.save_interview(
        person, None, "2026-12-01T14:30", "", InterviewState.PLANNED, "", ends_draft=STEP
    )


@pytest.mark.parametrize("save", [save_step, save_objective, save_meeting])
def test_what_is_saved_ends_its_draft_and_no_other(desk, session, person, save):
    session.keep_draft(STEP, person, TYPED)
    session.keep_draft(MEETING, person, "autre")
    save(desk.services.pathways, person)
    assert session.draft(STEP, person) == ""
    assert session.draft(MEETING, person) == "autre"


def test_what_is_refused_keeps_its_draft(desk, session, person):
    session.keep_draft(STEP, person, TYPED)
    wrong = replace(a_step(), ends_on=date(2026, 9, 1))
    with pytest.raises(RefusedInputError):
        desk.services.pathways.save_step(person, None, wrong, ends_draft=STEP)
    assert session.draft(STEP, person) == TYPED


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from uuid import UUID
from plie_desktop import bootstrap
from plie_desktop.services import drafts, pathways
from plie_desktop.services.session import VaultDoor
from tests.support.laptops import PASSPHRASE, tools
folder, person = sys.argv[1:]
def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
drafts.end = die
given = tools()
opened = VaultDoor(Path(folder), given).unlock(PASSPHRASE)
services = bootstrap.services(opened, given=given)
step = pathways.StepDraft("FOR-LAN", "", "", "", date(2026, 9, 10), None)
services.pathways.save_step(UUID(person), None, step, ends_draft="pathway.step")
"""


def test_a_kill_between_the_step_and_its_draft_leaves_the_draft_alone(desk, session, person):
    session.keep_draft(STEP, person, TYPED)
    desk.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.folder), str(person)], check=False, timeout=60
    )
    assert done.returncode == -9
    again = Desk(desk.folder, VaultDoor(desk.folder, desk.tools).unlock(PASSPHRASE), desk.tools)
    assert again.services.session.draft(STEP, person) == TYPED
    assert again.services.pathways.pathway(person).steps == ()
    again.close()


def handed_over(headquarters, person, scope):
    """Headquarters puts the file into another scope, as its commands will do."""
    with psycopg.connect(headquarters.database_url, autocommit=True) as connection:
        connection.execute(
            "WITH v AS (UPDATE feed SET seq = seq + 1 RETURNING seq), "
            "x AS (INSERT INTO scope_exit (scope, root_id, ver) "
            "  SELECT scope, root_id, seq FROM root, v WHERE root_id = %(root)s) "
            "UPDATE root SET scope = %(scope)s, scope_since = seq, root_ver = seq FROM v "
            "WHERE root_id = %(root)s",
            {"root": person, "scope": scope},
        )


def received(headquarters, person):
    """How many edits of a file headquarters has, with their content."""
    with psycopg.connect(headquarters.database_url) as connection:
        asked = "SELECT count(op) FROM journal WHERE root_id = %s"
        return connection.execute(asked, (person,)).fetchone()[0]


@pytest.mark.postgres
@pytest.mark.parametrize("is_saved", [True, False])
def test_a_file_handed_over_stays_until_its_draft_is_saved_or_given_up(
    enrol, headquarters, is_saved
):
    anna, bilal = enrol("Portable 1"), enrol("Portable 2", "Bilal Roy", scopes=("blosne",))
    person = anna.person(birth_name="Exemple", first_name="Lou")
    anna.sync()
    anna.services.session.keep_draft(STEP, person, TYPED)
    handed_over(headquarters, person, "blosne")
    anna.sync()

    before = received(headquarters, person)
    status = anna.services.synchronisation.status()
    (waiting,) = anna.services.synchronisation.waiting_files()
    assert anna.services.session.draft(STEP, person) == TYPED
    assert (status.waiting, status.held) == (0, 1)
    assert (waiting.participant_id, waiting.display_name, waiting.edits) == (
        person,
        "Lou EXEMPLE",
        0,
    )

    if is_saved:
        save_step(anna.services.pathways, person)
    else:
        anna.services.session.keep_draft(STEP, person, "")
    anna.sync()

    assert anna.services.synchronisation.status().held == 0
    assert anna.services.participants.count() == 0
    bilal.sync()
    assert bilal.services.participants.count() == 1
    assert received(headquarters, person) == before + is_saved
