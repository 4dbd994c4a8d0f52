"""What a day begins with: who is expected, what was left half done, who waits for a step."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from plie_desktop.clock import Clock
from plie_desktop.models.domain.answers import AnswerState
from plie_desktop.models.domain.dates import local_moment
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.pathway import Gap, GapLevel
from plie_desktop.models.domain.sync_state import SyncStatus
from plie_desktop.services.identity import Identity
from plie_desktop.services.pathway_reading import read_pathway
from plie_desktop.services.synchronisation import SyncService
from plie_desktop.store.ports import Store, Transaction

_MEETINGS: Final = 20
_GAPS: Final = 50


@dataclass(frozen=True)
class TodayMeeting:
    """A meeting to come.

    Attributes:
        starts_at: local French time as it was kept.
        moment: the same as day and hour; None when they cannot be read.
    """

    participant_id: UUID
    display_name: str = field(repr=False)
    starts_at: str
    place: str
    moment: datetime | None


@dataclass(frozen=True)
class OpenGap:
    """A person for whom nothing is planned any more.

    Attributes:
        since: first day without a step.
        days: up to today.
    """

    participant_id: UUID
    display_name: str = field(repr=False)
    since: date
    days: int
    level: GapLevel


@dataclass(frozen=True)
class Today:
    """The first page of a session.

    Attributes:
        greeting_name: first name of the person at the keyboard.
        meetings: from today on, soonest first.
        parked: intakes begun here and not finished.
        to_ask_later: of those, the ones with questions put off, and how many.
        gaps: worrying ones, longest first.
        more_meetings: there are others after these.
        other_gaps: pathways without a step that `gaps` does not look at, there are so many.
        drafts: files with something typed and not saved, which only this laptop has.
        files: how many files this laptop holds.
    """

    greeting_name: str
    meetings: tuple[TodayMeeting, ...]
    parked: tuple[ParticipantLine, ...]
    to_ask_later: tuple[tuple[ParticipantLine, int], ...]
    gaps: tuple[OpenGap, ...]
    status: SyncStatus
    files: int
    more_meetings: bool
    other_gaps: int
    drafts: int


class TodayService:
    """Reads the first page in one snapshot."""

    def __init__(
        self, store: Store, identity: Identity, clock: Clock, synchronisation: SyncService
    ) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._synchronisation = synchronisation

    def read(self) -> Today:
        """All that the page says, as of now."""
        today = self._clock.today()
        with self._store.read() as transaction:
            parked = transaction.intakes.parked()
            meetings = _meetings(transaction, today)
            drafts = transaction.local.files_with_draft()
            later = _to_ask_later(transaction, parked)
            gaps, other_gaps = _gaps(transaction, today)
            files = transaction.participants.count()
        return Today(
            greeting_name=self._identity.staff.name.split(" ")[0],
            meetings=meetings[:_MEETINGS],
            parked=parked,
            to_ask_later=later,
            gaps=gaps,
            status=self._synchronisation.status(),
            files=files,
            more_meetings=len(meetings) > _MEETINGS,
            other_gaps=other_gaps,
            drafts=drafts,
        )


def _meetings(transaction: Transaction, today: date) -> tuple[TodayMeeting, ...]:
    coming = transaction.pathways.upcoming(f"{today.isoformat()}T00:00", limit=_MEETINGS + 1)
    ids = tuple(dict.fromkeys(meeting.participant_id for meeting in coming))
    names = {line.id: line.display_name for line in transaction.participants.lines(ids)}
    return tuple(
        TodayMeeting(
            one.participant_id,
            names[one.participant_id],
            one.starts_at,
            one.place,
            local_moment(one.starts_at),
        )
        for one in coming
        if one.participant_id in names
    )


def _to_ask_later(
    transaction: Transaction, parked: tuple[ParticipantLine, ...]
) -> tuple[tuple[ParticipantLine, int], ...]:
    counted = []
    for line in parked:
        intake = transaction.intakes.get(line.id)
        answers = intake.answers.values() if intake else ()
        later = sum(answer.state is AnswerState.LATER for answer in answers)
        if later:
            counted.append((line, later))
    return tuple(counted)


def _gaps(transaction: Transaction, today: date) -> tuple[tuple[OpenGap, ...], int]:
    """The worrying ones of the first so many pathways without a step, and how many come after."""
    ids = [
        participant for participant, _ in transaction.participants.with_open_gap(today.isoformat())
    ]
    found: list[tuple[UUID, Gap]] = []
    for participant_id in ids[:_GAPS]:
        gaps = read_pathway(transaction, participant_id, today).gaps
        if gaps and gaps[-1].is_open and gaps[-1].level is not GapLevel.SHORT:
            found.append((participant_id, gaps[-1]))
    lines = transaction.participants.lines([participant_id for participant_id, _ in found])
    names = {line.id: line.display_name for line in lines}
    worrying = tuple(
        OpenGap(participant_id, names[participant_id], gap.starts_on, gap.days, gap.level)
        for participant_id, gap in found
        if participant_id in names
    )
    return worrying, len(ids[_GAPS:])
