"""The bounds headquarters works within, and what it is told by its surroundings.

Only the other parts of the server come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

DATABASE_VARIABLE: Final = "PLIE_DATABASE_URL"
ORGANISATION_VARIABLE: Final = "PLIE_ORGANISATION"


@dataclass(frozen=True)
class Settings:
    """What may differ from one headquarters to another.

    Attributes:
        organisation: name that laptops show.
        invitation_life: how long a code may be used.
        code_tries: wrong proofs after which an invitation is burnt.
        nonce_life: how long a nonce may be used.
        clock_tolerance: how far ahead of ours a laptop's clock may count.
        edits_kept: how long laptops keep an edit that is in a verified backup, so that an older
            backup may be restored too.
        knocks_per_minute: unsigned requests taken from one address.
        connections: most connections to PostgreSQL at once.
        patience: seconds to wait for one of them before a laptop is asked to come back.
    """

    organisation: str = "PLIE de Rennes Métropole"
    invitation_life: timedelta = timedelta(hours=24)
    code_tries: int = 5
    nonce_life: timedelta = timedelta(minutes=10)
    clock_tolerance: timedelta = timedelta(minutes=5)
    edits_kept: timedelta = timedelta(days=30)
    knocks_per_minute: int = 120
    connections: int = 8
    patience: float = 10.0


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings of this installation."""
    name = environment.get(ORGANISATION_VARIABLE, "").strip()
    return Settings(organisation=name) if name else Settings()
