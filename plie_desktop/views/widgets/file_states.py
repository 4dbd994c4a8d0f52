"""States of a file and of its record as chips, the same on every page."""

from typing import Final

from plie_desktop.models.domain.participant import (
    FILE_STATE_LABELS,
    RECORD_STATE_LABELS,
    FileState,
    RecordState,
)
from plie_desktop.text import Words
from plie_desktop.views.widgets.chip import State

_FILES: Final = {
    FileState.LEAD: ("neutral", "search"),
    FileState.INTAKE: ("warning", "edit"),
    FileState.TO_COMMISSION: ("info", "document"),
    FileState.ADMITTED: ("info", "check"),
    FileState.IN_PATHWAY: ("ok", "pathway"),
    FileState.SUSPENDED: ("warning", "waiting"),
    FileState.IN_WORK: ("ok", "check"),
    FileState.EXIT_PROPOSED: ("neutral", "leave"),
    FileState.EXITED: ("neutral", "leave"),
}
_RECORDS: Final = {
    RecordState.LOCAL_ONLY: ("neutral", "lock"),
    RecordState.WAITING: ("warning", "waiting"),
    RecordState.CONFIRMED: ("ok", ""),
    RecordState.TO_SETTLE: ("conflict", ""),
    RecordState.PARKED: ("info", ""),
}


def file_state(words: Words, state: FileState) -> State:
    """Where a file stands in the programme."""
    kind, icon = _FILES[state]
    return State(kind, words.say(FILE_STATE_LABELS[state]), icon)


def record_state(words: Words, state: RecordState) -> State:
    """Where a file stands towards headquarters."""
    kind, icon = _RECORDS[state]
    return State(kind, words.say(RECORD_STATE_LABELS[state]), icon)
