"""Puts a pathway together from its records."""

from datetime import date
from typing import Final
from uuid import UUID

from plie_desktop.models.domain.dates import from_iso
from plie_desktop.models.domain.pathway import GapRules, Pathway, find_gaps
from plie_desktop.store.ports import Transaction

RULES: Final = GapRules()


def read_pathway(transaction: Transaction, participant_id: UUID, today: date) -> Pathway:
    """All that is planned and done with one participant, gaps counted up to `today`."""
    entry_on = from_iso(transaction.participants.entry_on(participant_id) or "")
    steps = tuple(sorted(transaction.pathways.steps(participant_id), key=lambda s: s.starts_on))
    return Pathway(
        participant_id=participant_id,
        entry_on=entry_on,
        steps=steps,
        gaps=find_gaps(steps, entry_on, today, RULES),
        objectives=transaction.pathways.objectives(participant_id),
        interviews=transaction.pathways.interviews(participant_id),
    )
