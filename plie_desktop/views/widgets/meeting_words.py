"""Meetings in words: when, and what became of them; the same on every page."""

from typing import Final

from plie_desktop.models.domain.dates import local_moment
from plie_desktop.models.domain.pathway import InterviewState
from plie_desktop.text import N_
from plie_desktop.views.qt.language import Speech

MEETING_STATES: Final = {
    InterviewState.PLANNED: N_("Prévu"),
    InterviewState.SEEN: N_("Venu·e"),
    InterviewState.EXCUSED: N_("Excusé·e"),
    InterviewState.NOSHOW: N_("Absent·e"),
}
"""French message ids."""


def meeting_moment(speech: Speech, starts_at: str) -> str:
    """The day and the hour of a meeting; as kept when they cannot be read."""
    moment = local_moment(starts_at)
    if moment is None:
        return starts_at
    return speech.words.say("{day} à {hour}", day=speech.day(moment.date()), hour=f"{moment:%H:%M}")
