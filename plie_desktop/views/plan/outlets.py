"""Where a paper that was made goes: to the printer, or into a file the person asked for."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from plie_desktop.errors import PlieError
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.plan import printing
from plie_desktop.views.plan.making import Made
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher

if TYPE_CHECKING:
    from plie_desktop.services.plans import PlanService
    from plie_desktop.text import Words

AskTarget = Callable[[str, QWidget], str]
"""Asks where to write; receives a proposed name and gives the path, empty when left."""


class Outlets(QObject):
    """One printing at a time; nothing is written but where the person said.

    Signals:
        told(str, str): how it went: kind of message and sentence.
        begun(str): it takes some time; what is being done.
        ended: it is over, whichever way.
    """

    told = Signal(str, str)
    begun = Signal(str)
    ended = Signal()

    def __init__(
        self, plans: "PlanService", dispatcher: Dispatcher, words: "Words", over: QWidget
    ) -> None:
        """Build it.

        Args:
            plans: to draw pages and write files.
            dispatcher: to the document lane.
            words: of the screen.
            over: what the dialogs of the system stand over.
        """
        super().__init__(over)
        self._plans = plans
        self._dispatcher = dispatcher
        self._words = words
        self._over = over
        self._printing: Cancel | None = None
        self.ask_target: AskTarget = self._ask_target
        self.choose_printer: printing.ChoosePrinter = printing.choose_printer

    @property
    def is_at_work(self) -> bool:
        return self._printing is not None

    def print(self, made: Made) -> None:
        """Ask which printer, then send the pages to it."""
        if self._printing is not None:
            return
        try:
            printer = self.choose_printer(made.paper.number, len(made.pages), self._over)
        except PlieError as error:
            self._refuse(error)
            return
        if printer is None:
            return
        self._printing = Cancel()
        self.begun.emit(self._words.say("Impression du plan…"))
        draw = partial(self._plans.pages, made.pdf)
        self._dispatcher.run(
            Lane.DOCUMENT,
            partial(printing.print_pages, printer, draw, self._printing),
            partial(self._on_printed, made.paper.number),
            self._on_not_printed,
            self._printing,
        )

    def export(self, made: Made) -> None:
        """Ask where, then write the PDF there."""
        chosen = self.ask_target(f"plan-{made.paper.number}.pdf", self._over)
        if chosen:
            work = partial(self._plans.export, made.pdf, Path(chosen))
            self._dispatcher.run(Lane.DOCUMENT, work, self._on_exported, self._refuse)

    def stop(self) -> None:
        """Send no further page."""
        if self._printing is not None:
            self._printing.cancel()

    def _on_printed(self, number: str, taken: bool) -> None:  # noqa: FBT001 - answer of the lane
        self._end()
        if taken:
            sentence = self._words.say("Le plan {number} est parti à l’imprimante.", number=number)
            self.told.emit("ok", sentence)
        else:
            sentence = self._words.say(
                "L’imprimante n’a pas répondu. Vérifiez qu’elle est allumée, puis recommencez."
            )
            self.told.emit("warning", sentence)

    def _on_not_printed(self, error: BaseException) -> None:
        self._end()
        if isinstance(error, CancelledError):
            sentence = self._words.say(
                "L’impression est arrêtée. Une page déjà partie peut encore sortir."
            )
            self.told.emit("info", sentence)
        else:
            self._refuse(error)

    def _on_exported(self, _nothing: None) -> None:
        sentence = self._words.say(
            "Le PDF est écrit. Il n’est pas protégé : effacez-le quand il ne sert plus."
        )
        self.told.emit("info", sentence)

    def _refuse(self, error: BaseException) -> None:
        self.told.emit("warning", failures.in_words(error, self._words))

    def _end(self) -> None:
        self._printing = None
        self.ended.emit()

    def _ask_target(self, name: str, over: QWidget) -> str:
        title = self._words.say("Enregistrer le plan")
        dialog = QFileDialog(over, title, name, self._words.say("Documents PDF (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        return dialog.selectedFiles()[0] if dialog.exec() else ""
