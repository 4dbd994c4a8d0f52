"""Invented people to practise on: plausible pathways, gaps and meetings, and no one real.

Every name says it is a trial, and the phone numbers are of the range that the French regulator
(ARCEP) keeps for fiction, 06 39 98 xx xx. The same day gives the same people.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.clock import Ids
from plie_desktop.models.domain.access import EVERY_SCOPE, Role
from plie_desktop.models.domain.answers import LATER, UNKNOWN, Answer
from plie_desktop.models.domain.participant import FileState, StaffMember
from plie_desktop.models.domain.pathway import Interview, Objective
from plie_desktop.models.domain.step import Step, StepState
from plie_desktop.services.identity import Identity
from plie_desktop.store.ports import Transaction

PREFIX: Final = "E0"
_SEED: Final = 2026
_PEOPLE: Final = 12
_IN_PATHWAY: Final = 9
_PLANNED: Final = 4

_FIRST_NAMES: Final = (
    "Aïcha", "Bastien", "Célestine", "Dorian", "Eléa", "Farouk",
    "Gaïa", "Honoré", "Isaure", "Jonas", "Kenza", "Lubin",
)  # fmt: skip
_BIRTH_NAMES: Final = (
    "Essai-Tilleul", "Essai-Bruyère", "Essai-Fougère", "Essai-Noisetier", "Essai-Genêt",
    "Essai-Ajonc", "Essai-Châtaignier", "Essai-Mélilot", "Essai-Roseau", "Essai-Lavande",
    "Essai-Aubépine", "Essai-Saule",
)  # fmt: skip
_WISHES: Final = (
    "Travailler près de chez moi, le matin.",
    "Passer le permis pour accepter plus de postes.",
    "Reprendre la cuisine, mon métier d’avant.",
    "Parler mieux français pour me former.",
)
_STEPS: Final = (
    ("DIA-INI", "Point de départ", "PLIE"),
    ("FOR-LAN", "Français du quotidien", "Organisme d’essai"),
    ("FRE-MOB", "Permis B, code", "Auto-école d’essai"),
    ("PRO-PMS", "Immersion en cuisine", "Restaurant d’essai"),
    ("IAE-ACI", "Chantier espaces verts", "Chantier d’essai"),
)
_PLACES: Final = ("Maison de quartier d’essai", "Bureau d’essai", "Marché d’essai")


def identity(ids: Ids) -> Identity:
    """Who works in a practice vault: someone who may do everything."""
    staff = StaffMember(ids.new(), "Camille Exemple", Role.COORD, "06 39 98 00 00")
    return Identity(
        device_name="Entraînement",
        device_prefix=PREFIX,
        staff=staff,
        role=Role.COORD,
        scopes=(EVERY_SCOPE,),
        server="",
        organisation="PLIE d’entraînement",
        is_practice=True,
    )


def fill(transaction: Transaction, worker: Identity, today: date, ids: Ids) -> None:
    """Write twelve people: some in pathway with a gap, some just met, one half taken."""
    transaction.staff.put_local(worker.staff)
    writer = _Writer(transaction, worker, today, ids, Random(_SEED))  # noqa: S311 - invented people
    for place in range(_PEOPLE):
        writer.person(place)


@dataclass(frozen=True)
class _Writer:
    """Writes invented people into one transaction."""

    transaction: Transaction
    worker: Identity
    today: date
    ids: Ids
    chance: Random

    def person(self, place: int) -> None:
        participant_id = self.ids.new()
        is_in_pathway = place < _IN_PATHWAY
        is_half_taken = place == _PEOPLE - 1
        state = FileState.INTAKE if is_half_taken else FileState.TO_COMMISSION
        self.transaction.intakes.create(participant_id, state=state)
        self.transaction.intakes.put(participant_id, self._answers(place, is_half=is_half_taken))
        if is_in_pathway:
            self._pathway(participant_id, place)

    def _answers(self, place: int, *, is_half: bool) -> dict[str, Answer | None]:
        birth = date(1965 + self.chance.randrange(38), 1 + place, 1 + self.chance.randrange(28))
        commune = self.chance.choice(reference.load("communes").codes)
        met = self.today - timedelta(days=self.chance.randrange(1, 20) + 30 * (_PEOPLE - place))
        given = {
            "first_contact_on": met.isoformat(),
            "first_contact_place": self.chance.choice(_PLACES),
            "origin": self.chance.choice(("FT", "CCAS", "ML", "ALLER_VERS")),
            "information_given": "oui",
            "birth_name": _BIRTH_NAMES[place],
            "first_name": _FIRST_NAMES[place],
            "birth_date": birth.isoformat(),
        }
        if is_half:
            answers: dict[str, Answer | None] = {k: Answer.given(v) for k, v in given.items()}
            return {**answers, "phone": LATER, "without_job_since": LATER}
        given |= {
            "phone": f"063998{place:02d}{self.chance.randrange(100):02d}",
            "postcode": commune.more["postcodes_space_separated"].split()[0],
            "commune": commune.code,
            "labour_status": self.chance.choice(("recherche_emploi", "construction_projet")),
            "without_job_since": self.chance.choice(("01", "02", "03", "04")),
            "education": self.chance.choice(("EDU1", "EDU2", "EDU3", "EDU4")),
            "transport": self.chance.choice(("TC", "VELO|TC", "VOITURE")),
            "languages": self.chance.choice(("fr", "fr|ar", "fr|tr", "fr|pt")),
            "jobs": "|".join(self._jobs()),
        }
        answers = {key: Answer.given(value) for key, value in given.items()}
        return {**answers, "housing": UNKNOWN}

    def _jobs(self) -> list[str]:
        known = reference.load("jobs").codes
        return [code.code for code in self.chance.sample(known, 2)]

    def _pathway(self, participant_id: UUID, place: int) -> None:
        entry = self.today - timedelta(days=60 + 25 * place)
        self.transaction.participants.set_state(
            participant_id, FileState.IN_PATHWAY, entry.isoformat()
        )
        self.transaction.participants.set_referent(participant_id, self.worker.staff.id)
        wish = _WISHES[place % len(_WISHES)]
        self.transaction.pathways.put_objective(Objective(self.ids.new(), participant_id, 1, wish))
        self._steps(participant_id, entry, place)
        if place < _PLANNED:
            meeting = self.today + timedelta(days=1 + 2 * place)
            self.transaction.pathways.put_interview(
                Interview(
                    self.ids.new(),
                    participant_id,
                    f"{meeting.isoformat()}T{9 + place:02d}:30",
                    _PLACES[place % len(_PLACES)],
                )
            )

    def _steps(self, participant_id: UUID, entry: date, place: int) -> None:
        """Steps one after the other; every third person has none for the last weeks."""
        has_gap = place % 3 == 0
        start = entry
        count = 2 + place % 2
        for rank, (type_code, title, operator) in enumerate(self.chance.sample(_STEPS, count)):
            end = start + timedelta(days=self.chance.randrange(20, 50))
            if rank == count - 1:
                # The pathway reaches today, or stops short of it.
                end = self.today + timedelta(days=-40 if has_gap else 12 + 3 * place)
            if end < start:
                break
            self.transaction.pathways.put_step(
                Step(
                    self.ids.new(),
                    participant_id,
                    type_code,
                    title,
                    operator,
                    self.chance.choice(_PLACES),
                    start,
                    end,
                    self._state(start, end),
                )
            )
            start = end + timedelta(days=self.chance.randrange(1, 12))

    def _state(self, start: date, end: date) -> StepState:
        if end < self.today:
            return StepState.COMPLETED
        return StepState.STARTED if start <= self.today else StepState.PLANNED
