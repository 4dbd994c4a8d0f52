"""What is typed about a person and not kept yet: it outlives a lock, a crash and a kill.

A draft stays on this laptop, inside the encrypted base. A file handed over to others stays with
it until it is saved or given up.
"""

import re
from typing import Final
from uuid import UUID

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain import national_number
from plie_desktop.store.keys import draft_key
from plie_desktop.store.ports import Transaction, held
from plie_desktop.text import N_

LONGEST: Final = 100_000
"""Characters of one draft."""
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def keep(transaction: Transaction, place: str, participant_id: UUID, text: str) -> None:
    """Keep a draft in the place of the one before; no text removes it.

    Raises:
        RefusedInputError: it is too long, a national number is written in it, or the file is not
            on this laptop. The draft kept before stays.
    """
    if not text:
        end(transaction, place, participant_id)
        return
    if len(text) > LONGEST:
        raise RefusedInputError(
            N_("Ce texte est trop long pour rester en brouillon. Raccourcissez-le.")
        )
    # One identifier in a thousand or so has the shape of a national number.
    if national_number.holds_national_number(_ID.sub("", text)):
        raise RefusedInputError(national_number.REFUSED)
    held(transaction.participants.get(participant_id))
    transaction.local.put(draft_key(participant_id, place), text.encode())


def find(transaction: Transaction, place: str, participant_id: UUID) -> str:
    """The draft as it was kept; empty when there is none."""
    raw = transaction.local.get(draft_key(participant_id, place))
    return "" if raw is None else raw.decode(errors="replace")


def end(transaction: Transaction, place: str, participant_id: UUID) -> None:
    """Remove a draft: what was typed is kept for good, or given up."""
    transaction.local.remove(draft_key(participant_id, place))
