"""The pill and the conflicts, in words."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from plie_desktop.models.domain.intake_form import Policy
from plie_desktop.models.domain.participant import FILE_STATE_LABELS, FileState
from plie_desktop.models.domain.pathway import INTERVIEW_STATE_LABELS, InterviewState
from plie_desktop.models.domain.plan import PLAN_STATE_LABELS, PlanState
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.domain.step import STEP_STATE_LABELS, StepState
from plie_desktop.models.domain.stored_conflict import Candidate, StoredConflict
from plie_desktop.models.domain.sync_state import Connection, SyncStatus
from plie_desktop.services.conflict_words import NOTHING, in_words, label
from plie_desktop.services.sync_words import connection_word, spoken_moment
from plie_desktop.services.sync_words import in_words as pill
from plie_desktop.text import words

FRENCH = words("fr")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
ID = UUID(int=5)
PAPER = '{"number":"K7-0042-R-P3","data_date":"2026-11-20","full_name":"Lou EXEMPLE"}'
YESTERDAY = "dernier envoi hier à 17:40"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            SyncStatus(Connection.OFFLINE, waiting=12, last_success_at=SENT),
            "Hors ligne — 12 à envoyer\ndernier envoi hier à 17:40",
        ),
        (
            SyncStatus(Connection.ONLINE, last_success_at=NOW),
            "En ligne — tout est envoyé\ndernier envoi à 10:00",
        ),
        (
            SyncStatus(Connection.UNTRIED, waiting=1320),
            "Pas encore d’échange — 1\u00a0320 à envoyer",
        ),
        (SyncStatus(Connection.OFFLINE), "Hors ligne\njamais envoyé"),
        (
            SyncStatus(Connection.ONLINE, conflicts=2, parked=1, last_success_at=SENT),
            "En ligne — tout est envoyé\n2 à trancher — 1 en attente au siège — " + YESTERDAY,
        ),
        (
            SyncStatus(Connection.ONLINE, held=1, last_success_at=SENT),
            "En ligne — tout est envoyé\n1 dossier retenu par un brouillon — " + YESTERDAY,
        ),
        (SyncStatus(Connection.NONE, waiting=149), "Entraînement, rien n’est envoyé"),
    ],
)
def test_the_pill_says_what_waits_and_since_when(status, said):
    assert pill(status, FRENCH, NOW) == said


@pytest.mark.parametrize("connection", Connection)
def test_the_pill_begins_with_the_word_of_the_connection(connection):
    status = SyncStatus(connection, waiting=3, conflicts=1, parked=2, last_success_at=SENT)
    said = connection_word(connection, FRENCH)
    assert pill(status, FRENCH, NOW).split(" — ")[0] == said
    assert " — " not in said


def test_the_pill_is_said_in_the_language_of_the_screen():
    status = SyncStatus(Connection.OFFLINE, waiting=12, conflicts=2, parked=1)
    said = pill(status, words("en"), NOW)
    assert said == "Offline — 12 to send\n2 to settle — 1 on hold at headquarters — never sent"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 8, 5, tzinfo=UTC), "à 09:05"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "à 00:30"),
        (datetime(2026, 11, 23, 22, 30, tzinfo=UTC), "hier à 23:30"),
        (datetime(2026, 11, 20, 8, 5, tzinfo=UTC), "vendredi à 09:05"),
        (datetime(2026, 11, 17, 8, 5, tzinfo=UTC), "le 17/11/2026"),
        (datetime(2026, 11, 25, 8, 5, tzinfo=UTC), "à 09:05"),
    ],
)
def test_a_moment_is_said_as_in_france(moment, said):
    assert spoken_moment(moment, FRENCH, NOW) == said


def conflict(kind, unit, current, other, question="", base=None):
    return StoredConflict(
        id=ID,
        participant_id=ID,
        display_name="Lou EXEMPLE",
        kind=kind,
        record_id=ID,
        unit=unit,
        question=question,
        base=base or {},
        current=Candidate(current, "Anna", NOW),
        candidates=(Candidate(other, "Bilal", SENT),),
    )


def said(stored, language="fr"):
    told = in_words(stored, lambda staff: "Camille" if staff == ID else "", words(language))
    return told.label, told.shown_base, told.shown_current, told.shown_candidate


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (
            conflict(Kind.PARTICIPANT, "birth_date", {"birth_date": "1987-03-12"},
                     {"birth_date": "1978-03-12"}, base={"birth_date": None}),
            ("Date de naissance", NOTHING, "12/03/1987", "12/03/1978"),
        ),
        (
            conflict(Kind.PARTICIPANT, "address",
                     {"commune": "35238", "street": "2 rue de l’Alma", "postcode": "35000"},
                     {"commune": "35353"}),
            ("Adresse", NOTHING, "2 rue de l’Alma 35000 Rennes", "Vezin-le-Coquet"),
        ),
        (
            conflict(Kind.ANSWER, "answer",
                     {"field": "housing", "state": "given", "value": "TIERS"},
                     {"field": "housing", "state": "declined", "value": ""}, "housing"),
            ("Logement", NOTHING, "Hébergé chez un tiers", "Ne souhaite pas répondre"),
        ),
        (
            conflict(Kind.PARTICIPANT, "referent_id", {"referent_id": str(ID)},
                     {"referent_id": str(UUID(int=9))}),
            ("Personne référente", NOTHING, "Camille", str(UUID(int=9))),
        ),
        (
            conflict(Kind.STEP, "dates", {"starts_on": "2026-01-02", "ends_on": "2026-02-03"},
                     {"starts_on": "2026-01-09", "ends_on": None}),
            ("Dates de l’étape", NOTHING, "02/01/2026 03/02/2026", "09/01/2026"),
        ),
        (
            conflict(Kind.STEP, "state", {"state": "STARTED"}, {"state": "NEW"}),
            ("État de l’étape", NOTHING, "En cours", "NEW"),
        ),
        (
            conflict(Kind.PLAN, "state", {"state": "SIGNED"}, {"state": "SUPERSEDED"},
                     base={"state": "SHOWN"}),
            ("État de la version du plan", "Montrée", "Signée", "Remplacée"),
        ),
        (
            conflict(Kind.PLAN, "content", {"content": PAPER}, {"content": "{"}),
            ("Texte du plan (jour de ses données)", NOTHING, "20/11/2026", NOTHING),
        ),
        (
            conflict(Kind.PLAN, "language", {"language": "fr"}, {"language": "en"}),
            ("Langue du plan", NOTHING, "Français", "Anglais"),
        ),
        (
            conflict(Kind.INTERVIEW, "state", {"state": "NOSHOW"}, {"state": "SEEN"}),
            ("Rendez-vous", NOTHING, "Absent·e", "Venu·e"),
        ),
        (
            conflict(Kind.PLAN, "weather", {"weather": "sun"}, {"weather": "rain"}),
            ("Information du dossier", NOTHING, "sun", "rain"),
        ),
    ],
)  # fmt: skip
def test_a_conflict_is_told_in_words(stored, expected):
    assert said(stored) == expected


def test_every_column_that_may_be_in_conflict_has_a_name():
    unnamed = {
        (kind, column.merge_unit)
        for kind, declared in KINDS.items()
        if not declared.written_by_server and kind is not Kind.ANSWER
        for column in declared.columns
        if column.policy is Policy.REVIEW
        and label(conflict(kind, column.merge_unit, {}, {})) == "Information du dossier"
    }
    assert unnamed == set()


@pytest.mark.parametrize(
    ("states", "labels"),
    [
        (FileState, FILE_STATE_LABELS),
        (StepState, STEP_STATE_LABELS),
        (InterviewState, INTERVIEW_STATE_LABELS),
        (PlanState, PLAN_STATE_LABELS),
    ],
)
def test_every_state_has_a_word(states, labels):
    assert set(labels) == set(states)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (
            conflict(Kind.ANSWER, "answer",
                     {"field": "licences", "state": "given", "value": "B|COURS"},
                     {"field": "licences", "state": "unknown", "value": ""}, "licences"),
            ("Permis", NOTHING, "B, Learning to drive", "Does not know"),
        ),
        (
            conflict(Kind.PARTICIPANT, "sex", {"sex": "F"}, {"sex": "X"}),
            ("Sexe", NOTHING, "Woman", "Other"),
        ),
        (
            conflict(Kind.STEP, "state", {"state": "STARTED"}, {"state": "ABANDONED"}),
            ("État de l’étape", NOTHING, "Under way", "Given up"),
        ),
    ],
)  # fmt: skip
def test_a_conflict_is_told_in_the_language_of_who_reads(stored, expected):
    assert said(stored, "en") == expected
