"""The participant's file: who the person is, and where the file stands."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from plie_desktop.text import N_


class FileState(StrEnum):
    """States of a file (*dossier*) reached by this version; official names of the PLIE."""

    LEAD = "LEAD"
    INTAKE = "INTAKE"
    TO_COMMISSION = "TO_COMMISSION"
    ADMITTED = "ADMITTED"
    IN_PATHWAY = "IN_PATHWAY"
    SUSPENDED = "SUSPENDED"
    IN_WORK = "IN_WORK"
    EXIT_PROPOSED = "EXIT_PROPOSED"
    EXITED = "EXITED"


FILE_STATE_LABELS = {
    FileState.LEAD: N_("Repéré"),
    FileState.INTAKE: N_("Accueil en cours"),
    FileState.TO_COMMISSION: N_("À présenter"),
    FileState.ADMITTED: N_("Validé"),
    FileState.IN_PATHWAY: N_("En parcours"),
    FileState.SUSPENDED: N_("Suspendu"),
    FileState.IN_WORK: N_("Suivi dans l’emploi"),
    FileState.EXIT_PROPOSED: N_("Sortie proposée"),
    FileState.EXITED: N_("Sorti"),
}


class RecordState(StrEnum):
    """Where a file stands towards headquarters, shown with an icon and a word."""

    LOCAL_ONLY = "local"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TO_SETTLE = "to-settle"
    PARKED = "parked"


RECORD_STATE_LABELS = {
    RecordState.LOCAL_ONLY: N_("Sur ce portable seulement"),
    RecordState.WAITING: N_("En attente d’envoi"),
    RecordState.CONFIRMED: N_("Envoyé, confirmé"),
    RecordState.TO_SETTLE: N_("À trancher"),
    RecordState.PARKED: N_("Reçu, en attente au siège"),
}


@dataclass(frozen=True)
class ParticipantLine:
    """One participant in a list: only what a list shows."""

    id: UUID
    first_name: str = field(repr=False)
    birth_name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    commune: str
    state: FileState
    record_state: RecordState
    number: str = ""
    parked: bool = False

    @property
    def display_name(self) -> str:
        """First name and birth name, as it is shown: `Fatima BENALI`."""
        return display_name(self.first_name, self.birth_name)


@dataclass(frozen=True)
class StaffMember:
    """A colleague who may be a referent."""

    id: UUID
    name: str
    role: str
    phone: str = ""
    email: str = ""


def display_name(first_name: str, birth_name: str) -> str:
    """First name as typed, birth name in capitals."""
    return f"{first_name} {birth_name.upper()}".strip()
