"""The plan on paper: what it says, ready to be laid out in any language.

Sections follow the usual contract of a PLIE: me, my situation, what I want, what helps and what
blocks, my steps, commitments, meetings, changes, my data, signatures.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain, repeat
from uuid import UUID

from plie_desktop.text import N_

MAX_WISHES = 3
MAX_OPEN_STEPS = 6
"""Most of them on the sheet, which announces the others; a `PlanPaper` holds them all."""


class PlanState(StrEnum):
    """Life of a plan version."""

    DRAFT = "DRAFT"
    SHOWN = "SHOWN"
    SIGNED = "SIGNED"
    SUPERSEDED = "SUPERSEDED"


PLAN_STATE_LABELS = {
    PlanState.DRAFT: N_("Brouillon"),
    PlanState.SHOWN: N_("Montrée"),
    PlanState.SIGNED: N_("Signée"),
    PlanState.SUPERSEDED: N_("Remplacée"),
}
"""Said of a version, as the acts of the plan page are."""


class PaperKind(StrEnum):
    """What a plan is printed on; it says what the same version says."""

    A4 = "a4"
    POCKET = "pocket"
    EASY = "easy"


PAPER_KIND_LABELS = {
    PaperKind.A4: N_("A4, à signer"),
    PaperKind.POCKET: N_("De poche, à plier"),
    PaperKind.EASY: N_("Facile à lire"),
}


@dataclass(frozen=True)
class PlanStep:
    """One line of the table of steps.

    A line without `title` is a gap: it is printed as "nothing planned yet".
    """

    title: str
    operator: str
    place: str
    starts_on: date
    ends_on: date | None
    is_done: bool = False
    is_current: bool = False
    is_gap: bool = False


@dataclass(frozen=True)
class PlanMeeting:
    """A meeting to come; local French time, ISO without zone."""

    starts_at: str
    place: str


@dataclass(frozen=True)
class PlanPaper:
    """Everything one plan says. Personal words stay out of `repr`.

    Attributes:
        number: document number printed in the foot, `<participant number>-P<version>`.
        data_date: day the figures and steps were read.
        helps: brakes already removed or strengths the person agreed to print.
        blocks: brakes the person agreed to print.
        block_themes: the theme of each of them in the reference list, for its sign.
        dpo_contact: address of the data protection officer; empty while none is set.
        version_id: the `PlanVersion` it is kept as; None for a paper that was not prepared.
    """

    participant_id: UUID
    number: str
    version: int
    data_date: date
    first_name: str = field(repr=False)
    full_name: str = field(repr=False)
    referent_name: str
    referent_phone: str
    situation: tuple[str, ...] = field(repr=False)
    wishes: tuple[str, ...] = field(repr=False)
    helps: tuple[str, ...] = field(repr=False)
    blocks: tuple[str, ...] = field(repr=False)
    steps: tuple[PlanStep, ...] = field(repr=False)
    meetings: tuple[PlanMeeting, ...] = field(repr=False)
    organisation: str = "Rennes Métropole"
    referent_email: str = ""
    dpo_contact: str = ""
    version_id: UUID | None = None
    block_themes: tuple[str, ...] = field(default=(), repr=False)

    def themed_blocks(self) -> tuple[tuple[str, str], ...]:
        """Each brake with its theme; an empty one where it is not known."""
        return tuple(zip(self.blocks, chain(self.block_themes, repeat("")), strict=False))
