"""How much goes over the line at once, learnt from exchange to exchange."""

from plie_desktop.protocol.messages import MAX_OPS, USUAL_OPS
from plie_desktop.sync import schedule


class Pace:
    """Grows on a fast line, shrinks on a slow one.

    Attributes:
        want: compressed bytes to ask for in a page, 0 for none.
        ops: edits to send in one request.
    """

    def __init__(self, want: int) -> None:
        self.want = want
        self.ops = USUAL_OPS
        self._allowed_ops = MAX_OPS

    def sent(self, ops: int, seconds: float) -> None:
        """So many edits took so long."""
        most = schedule.next_batch(self.ops, seconds, was_full=ops > self.ops // 2)
        self.ops = min(most, self._allowed_ops)

    def received(self, size: int, seconds: float) -> None:
        """A page of so many compressed bytes took so long."""
        if self.want:
            was_full = size > self.want // 2
            self.want = schedule.next_page(self.want, seconds, was_full=was_full)

    def stalled(self) -> None:
        """The line went silent."""
        if self.want:
            self.want = schedule.after_stall(self.want)

    def refused(self, ops: int) -> None:
        """So many edits were more than headquarters takes at once."""
        self._allowed_ops = self.ops = ops // 2
