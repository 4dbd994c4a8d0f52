"""Files that may already be the same person's. They are shown, never merged alone.

Rule (domain study §2.4): same folded names and same birth date, or same phone.
"""

from typing import Final

from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.phone import phone_numbers
from plie_desktop.models.domain.typed_text import folded
from plie_desktop.store.ports import Transaction

MOST_SHOWN: Final = 5
_LOOKED_AT: Final = 50
_SHORTEST_PHONE: Final = 8


def similar_files(transaction: Transaction, intake: Intake) -> tuple[ParticipantLine, ...]:
    """The files on this laptop that look like this intake, itself aside."""
    found = {line.id: line for line in _same_name(transaction, intake)}
    for number in phone_numbers(intake.value("phone")):
        if len(number) >= _SHORTEST_PHONE:
            lines = transaction.participants.find(number, limit=_LOOKED_AT)
            found.update((line.id, line) for line in lines)
    found.pop(intake.participant_id, None)
    return tuple(found.values())[:MOST_SHOWN]


def _same_name(transaction: Transaction, intake: Intake) -> list[ParticipantLine]:
    birth_date = intake.value("birth_date")
    name = folded(f"{intake.value('first_name')} {intake.value('birth_name')}")
    if not birth_date or not name:
        return []
    return [
        line
        for line in transaction.participants.find(name, limit=_LOOKED_AT)
        if line.birth_date is not None
        and line.birth_date.isoformat() == birth_date
        and folded(f"{line.first_name} {line.birth_name}") == name
    ]
