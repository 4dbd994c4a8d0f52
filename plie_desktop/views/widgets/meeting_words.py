"""When a meeting is, the same on every page."""

from plie_desktop.models.domain.dates import local_moment
from plie_desktop.views.qt.language import Speech


def meeting_moment(speech: Speech, starts_at: str) -> str:
    """The day and the hour of a meeting; as kept when they cannot be read."""
    moment = local_moment(starts_at)
    if moment is None:
        return starts_at
    return speech.words.say("{day} à {hour}", day=speech.day(moment.date()), hour=f"{moment:%H:%M}")
