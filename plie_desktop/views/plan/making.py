"""Has a paper made: read on the store lane, laid out and drawn on the document lane."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from plie_desktop.models.domain.plan import PaperKind, PlanPaper
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.services.plans import PageImage, PlanChoices
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.plan.printing import SCREEN_DPI
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.plans import PlanService


@dataclass(frozen=True)
class Made:
    """A paper, its PDF, its pages for the screen, and what it lacks.

    Attributes:
        kept: the version it is, when it was kept before and is only seen again.
    """

    paper: PlanPaper
    language: str
    pdf: bytes = field(repr=False)
    pages: tuple[PageImage, ...] = field(repr=False)
    missing: tuple[str, ...]
    kept: PlanVersion | None = None


@dataclass(frozen=True)
class _Prepared:
    """What the store lane hands to the document lane."""

    paper: PlanPaper
    missing: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Wish:
    """What is wanted now; whatever answers another wish is dropped."""

    prepare: Callable[[], _Prepared]
    language: str
    kind: PaperKind = PaperKind.A4
    kept: PlanVersion | None = None
    cancel: Cancel = field(default_factory=Cancel)


class Making(QObject):
    """Makes one paper at a time: the one asked for last.

    Signals:
        made(Made): it is ready.
        refused(BaseException): it is not; a `CancelledError` when the person stopped it.
    """

    made = Signal(object)
    refused = Signal(object)

    def __init__(
        self, plans: "PlanService", dispatcher: Dispatcher, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._plans = plans
        self._dispatcher = dispatcher
        self._wish: _Wish | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether a paper was asked for and is not there yet."""
        return self._wish is not None

    def make(self, participant_id: UUID, choices: PlanChoices) -> None:
        """Make the paper of the day instead of any other."""
        prepare = partial(self._prepare, participant_id, choices)
        self._begin(_Wish(prepare, choices.language, choices.paper))

    def make_again(self, version: PlanVersion) -> None:
        """Make the paper of a kept version instead of any other."""
        self._begin(_Wish(partial(self._find, version), version.language, kept=version))

    def _begin(self, wish: _Wish) -> None:
        self.drop()
        self._wish = wish
        self._dispatcher.run(
            Lane.STORE,
            partial(_unless_stopped, wish),
            partial(self._on_prepared, wish),
            partial(self._on_refused, wish),
        )

    def drop(self) -> None:
        """Nobody waits for the paper any more."""
        if self._wish is not None:
            self._wish.cancel.cancel()
            self._wish = None

    def stop(self) -> None:
        """The person does not want to wait; `refused` says when it has stopped."""
        if self._wish is not None:
            self._wish.cancel.cancel()

    def _prepare(self, participant_id: UUID, choices: PlanChoices) -> _Prepared:
        paper = self._plans.prepare(participant_id, choices)
        return _Prepared(paper, self._plans.missing(participant_id))

    def _find(self, version: PlanVersion) -> _Prepared:
        return _Prepared(self._plans.kept_paper(version), ())

    def _draw(self, wish: _Wish, prepared: _Prepared) -> Made:
        wish.cancel.check()
        pdf = self._plans.render(prepared.paper, wish.language, wish.kind)
        wish.cancel.check()
        pages = self._plans.pages(pdf, SCREEN_DPI)
        return Made(prepared.paper, wish.language, pdf, pages, prepared.missing, wish.kept)

    def _on_prepared(self, wish: _Wish, prepared: _Prepared) -> None:
        if wish is self._wish:
            self._dispatcher.run(
                Lane.DOCUMENT,
                partial(self._draw, wish, prepared),
                partial(self._on_made, wish),
                partial(self._on_refused, wish),
                wish.cancel,
            )

    def _on_made(self, wish: _Wish, made: Made) -> None:
        if wish is self._wish:
            self._wish = None
            self.made.emit(made)

    def _on_refused(self, wish: _Wish, error: BaseException) -> None:
        if wish is self._wish:
            self._wish = None
            self.refused.emit(error)


def _unless_stopped(wish: _Wish) -> _Prepared:
    wish.cancel.check()
    return wish.prepare()
