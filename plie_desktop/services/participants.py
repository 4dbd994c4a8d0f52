"""Finding people and reading their file; who accompanies them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.clock import Clock
from plie_desktop.errors import NotAllowedError, RefusedInputError
from plie_desktop.models.domain.access import may_assign
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.dates import age_on, from_iso
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.participant import (
    FileState,
    ParticipantLine,
    StaffMember,
)
from plie_desktop.models.domain.pathway import Pathway
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.problems import Problem, check
from plie_desktop.services.identity import Identity
from plie_desktop.services.pathway_reading import read_pathway
from plie_desktop.store.ports import Store, held
from plie_desktop.text import N_

_ADMITTED_FROM: Final = frozenset(
    {FileState.INTAKE, FileState.TO_COMMISSION, FileState.ADMITTED, FileState.IN_PATHWAY}
)


@dataclass(frozen=True)
class ParticipantFile:
    """All that the page of one person says.

    Attributes:
        age: whole years today; None when the birth date is not known.
        waiting_edits: edits of this file that have not left this laptop.
    """

    line: ParticipantLine
    intake: Intake
    age: int | None = field(repr=False)
    referent: StaffMember | None
    pathway: Pathway
    plans: tuple[PlanVersion, ...]
    waiting_edits: int
    problems: tuple[Problem, ...]


class ParticipantService:
    """Lists, searches and opens files; assigns and admits."""

    def __init__(self, store: Store, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock

    def find(self, search: str, limit: int = 50) -> tuple[ParticipantLine, ...]:
        """Files found by beginnings of words; the latest changed when nothing is searched."""
        with self._store.read() as transaction:
            return transaction.participants.find(search, limit=limit)

    def count(self, search: str = "") -> int:
        with self._store.read() as transaction:
            return transaction.participants.count(search)

    def ids(self, search: str) -> Sequence[UUID]:
        """Ids of all files found, in list order."""
        with self._store.read() as transaction:
            return transaction.participants.ids(search)

    def lines(self, ids: Sequence[UUID]) -> tuple[ParticipantLine, ...]:
        """The rows of these files, for a list that reads on demand."""
        with self._store.read() as transaction:
            return transaction.participants.lines(ids)

    def file(self, participant_id: UUID) -> ParticipantFile:
        """Everything about one person.

        Raises:
            RefusedInputError: this laptop holds no such file.
        """
        today = self._clock.today()
        with self._store.read() as transaction:
            line = held(transaction.participants.get(participant_id))
            intake = transaction.intakes.get(participant_id) or Intake(participant_id, line.state)
            birth = from_iso(intake.value("birth_date"))
            return ParticipantFile(
                line=line,
                intake=intake,
                age=age_on(birth, today) if birth and birth <= today else None,
                referent=transaction.participants.referent(participant_id),
                pathway=read_pathway(transaction, participant_id, today),
                plans=transaction.plans.versions(participant_id),
                waiting_edits=transaction.outbox.waiting_of(participant_id),
                problems=check(intake, today, reference.load),
            )

    def staff(self) -> tuple[StaffMember, ...]:
        """Colleagues known on this laptop."""
        with self._store.read() as transaction:
            return transaction.staff.all()

    def set_referent(self, participant_id: UUID, staff_id: UUID | None) -> Changes:
        """Name the person who accompanies, or nobody.

        Raises:
            NotAllowedError: this role does not assign.
            RefusedInputError: the file or the colleague is not known here.
        """
        self._require_assigning()
        with self._store.write() as transaction:
            held(transaction.participants.get(participant_id))
            if staff_id is not None and transaction.staff.get(staff_id) is None:
                raise RefusedInputError(
                    N_("Cette personne n’est pas dans l’équipe connue ici. Synchronisez d’abord.")
                )
            transaction.participants.set_referent(participant_id, staff_id)
        return Changes(frozenset({participant_id}), sync=True)

    def admit(self, participant_id: UUID, entry_on: date) -> Changes:
        """The person enters the pathway on that day; gaps are counted from it.

        Raises:
            NotAllowedError: this role does not admit.
            RefusedInputError: the day has not come, or the file is not at its entry.
        """
        self._require_assigning()
        if entry_on > self._clock.today():
            raise RefusedInputError(
                N_("Une entrée en parcours ne se date pas dans l’avenir. Choisissez un jour passé.")
            )
        with self._store.write() as transaction:
            _require_at_entry(held(transaction.participants.get(participant_id)).state)
            transaction.participants.set_state(
                participant_id, FileState.IN_PATHWAY, entry_on.isoformat()
            )
        return Changes(frozenset({participant_id}), sync=True)

    def _require_assigning(self) -> None:
        if not may_assign(self._identity.role):
            raise NotAllowedError(
                N_("Seule la personne référente ou la coordination peut faire cela.")
            )


def _require_at_entry(state: FileState) -> None:
    if state is FileState.LEAD:
        raise RefusedInputError(
            N_("L’accueil de cette personne n’est pas encore fait. Commencez par lui.")
        )
    if state not in _ADMITTED_FROM:
        raise RefusedInputError(N_("L’accueil de ce dossier est déjà terminé."))
