"""Roles and scopes at their simplest honest level.

A scope is the name of a caseload cell (a team, a neighbourhood). A participant is in exactly one;
a device is granted some. Source: role table of the domain study, reduced to the three roles of
the first version.
"""

from enum import StrEnum
from typing import Final

from plie_desktop.models.domain.records import Kind
from plie_desktop.text import N_

EVERY_SCOPE: Final = "*"
REFERENCE_SCOPE: Final = "ref"


class Role(StrEnum):
    """Who a person is."""

    OUTREACH = "OUTREACH"
    REFERENT = "REFERENT"
    COORD = "COORD"


ROLE_LABELS: Final = {
    Role.OUTREACH: N_("Chargé·e d’aller-vers"),
    Role.REFERENT: N_("Référent·e unique"),
    Role.COORD: N_("Coordination"),
}

_MEETS: Final = frozenset({Kind.PARTICIPANT, Kind.ANSWER, Kind.INTERVIEW})
_PLANS: Final = _MEETS | {Kind.STEP, Kind.OBJECTIVE, Kind.PLAN, Kind.CONFLICT}

WRITABLE: Final[dict[Role, frozenset[Kind]]] = {
    Role.OUTREACH: _MEETS,
    Role.REFERENT: _PLANS,
    Role.COORD: _PLANS,
}


_ASSIGNS: Final = frozenset({Role.REFERENT, Role.COORD})
ASSIGNMENT: Final = frozenset({"entry_on", "referent_id"})
"""Columns of a participant that say who accompanies them and since when."""


def may_assign(role: Role) -> bool:
    """Whether a person of this role may name a referent and let someone enter the pathway."""
    return role in _ASSIGNS


def may_write(role: Role, kind: Kind) -> bool:
    """Whether a person of this role may write records of this kind in their scopes."""
    return kind in WRITABLE[role]
