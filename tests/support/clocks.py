"""Time that tests hold in their hands."""

from datetime import date, datetime

from plie_desktop.clock import paris


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._ticks = 0.0

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.astimezone(paris()).date()

    def monotonic(self) -> float:
        return self._ticks

    def move_to(self, moment: datetime) -> None:
        """Set the hands; the monotonic count follows the difference when it is positive."""
        self._ticks += max(0.0, (moment - self._moment).total_seconds())
        self._moment = moment
