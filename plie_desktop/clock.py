"""Time, identifiers and chance, as things one is given. Every room may come in.

Nothing below `bootstrap` asks the machine for the time or for a random number: it receives a
`Clock`, `Ids` or `Chance`, so that a test can hold them still.
"""

import os
import time
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from uuid import UUID


@cache
def paris() -> tzinfo:
    """The time of France, read from the system's tables the first time it is asked for."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - not before the first paint

    return ZoneInfo("Europe/Paris")


class Clock(Protocol):
    """Tells the time; business dates are those of France."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def today(self) -> date:
        """The calendar day in France."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go backwards, for waiting only."""
        ...


class Ids(Protocol):
    """Makes record identifiers."""

    def new(self) -> "UUID":
        """A fresh identifier; near in order to the ones made just before."""
        ...


class Chance(Protocol):
    """Gives unguessable bytes."""

    def take(self, size: int) -> bytes:
        """`size` random bytes fit for keys."""
        ...


class SystemClock:
    """The machine's clock."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - the one place that may ask the machine

    def today(self) -> date:
        return self.now().astimezone(self._zone or paris()).date()

    def monotonic(self) -> float:
        return time.monotonic()


class SystemIds:
    """Time-ordered UUIDs (RFC 9562, version 7): locality only, nothing reads the time out."""

    def new(self) -> "UUID":
        from uuid import UUID  # noqa: PLC0415 - not before the first paint

        import uuid_utils  # noqa: PLC0415 - as above

        return UUID(bytes=uuid_utils.uuid7().bytes)


class SystemChance:
    """The operating system's generator."""

    def take(self, size: int) -> bytes:
        return os.urandom(size)
