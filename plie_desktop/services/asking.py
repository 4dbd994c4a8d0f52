"""What one exchange with headquarters is made of, on its way out and back."""

from concurrent.futures import Future
from dataclasses import dataclass

from plie_desktop.models.domain.edit import Edit
from plie_desktop.models.domain.sync_page import SyncPage
from plie_desktop.sync import batches


@dataclass(frozen=True)
class Ready:
    """What the next request is made of.

    Attributes:
        waiting: edits that have not left, these among them.
        want: compressed bytes wanted in the page; none while more edits are to follow at once.
    """

    standing: batches.Standing
    first: int
    edits: tuple[Edit, ...]
    waiting: int
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
        waiting: edits that have not left, these among them.
    """

    after: int
    edits: tuple[Edit, ...]
    is_last: bool
    waiting: int


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
