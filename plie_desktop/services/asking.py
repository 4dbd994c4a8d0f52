"""What one exchange with headquarters is made of, on its way out and back."""

from concurrent.futures import Future
from dataclasses import dataclass

from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.protocol.messages import Op
from plie_desktop.sync import batches


@dataclass(frozen=True)
class Ready:
    """What the next request is made of.

    Attributes:
        want: compressed bytes wanted in the page; none while more edits are to follow at once.
    """

    standing: batches.Standing
    batch: "Batch"
    want: int


@dataclass(frozen=True)
class Answer:
    """What headquarters replied, how long it took in seconds, and its compressed bytes.

    Attributes:
        more: there is another page.
    """

    page: SyncPage
    more: bool
    seconds: float
    size: int


@dataclass(frozen=True)
class Asked:
    """A request under way."""

    ready: Ready
    answer: Future[Answer]


@dataclass(frozen=True)
class Batch:
    """Edits after a number, as many as go at once.

    Attributes:
        first: number of the first one, or of the next one when there is none.
        waiting: edits that have not left, these among them.
    """

    after: int
    first: int
    ops: list[Op]
    is_last: bool
    waiting: int

    @property
    def last(self) -> int:
        """Number of the last edit, or the one before `first` when there is none."""
        return self.first - 1 + len(self.ops)


@dataclass(frozen=True)
class Detour:
    """What a refusal changed for the next request; one reply ends it.

    Attributes:
        after: resend the edits after this number.
        epoch: said in place of the known one.
        restart: read everything anew from the first page.
    """

    after: int | None = None
    epoch: int | None = None
    restart: bool = False
