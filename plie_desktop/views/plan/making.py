"""Has a paper made: read on the store lane, laid out and drawn on the document lane."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from plie_desktop.models.domain.plan import PlanPaper
from plie_desktop.services.plans import PageImage, PlanChoices
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.plan.printing import SCREEN_DPI
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.plans import PlanService


@dataclass(frozen=True)
class Made:
    """A paper, its PDF, its pages for the screen, and what it lacks."""

    paper: PlanPaper
    language: str
    pdf: bytes = field(repr=False)
    pages: tuple[PageImage, ...] = field(repr=False)
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Prepared:
    """What the store lane hands to the document lane."""

    paper: PlanPaper
    missing: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Wish:
    """What is wanted now; whatever answers another wish is dropped."""

    participant_id: UUID
    choices: PlanChoices
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
        """Make this paper instead of any other."""
        self.drop()
        wish = self._wish = _Wish(participant_id, choices)
        self._dispatcher.run(
            Lane.STORE,
            partial(self._prepare, wish),
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

    def _prepare(self, wish: _Wish) -> _Prepared:
        wish.cancel.check()
        paper = self._plans.prepare(wish.participant_id, wish.choices)
        return _Prepared(paper, self._plans.missing(wish.participant_id))

    def _draw(self, wish: _Wish, prepared: _Prepared) -> Made:
        wish.cancel.check()
        pdf = self._plans.render(prepared.paper, wish.choices.language)
        wish.cancel.check()
        pages = self._plans.pages(pdf, SCREEN_DPI)
        return Made(prepared.paper, wish.choices.language, pdf, pages, prepared.missing)

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
