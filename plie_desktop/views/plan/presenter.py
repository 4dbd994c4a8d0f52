"""Has the plan made on the document lane, shown, printed, written or kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.plan import PlanPaper, PlanState
from plie_desktop.services.plans import (
    ALL_SECTIONS,
    SECTION_LABELS,
    PageImage,
    PlanChoices,
)
from plie_desktop.tasks import Lane
from plie_desktop.views.plan import printing
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.widgets.choice_buttons import Choice

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from plie_desktop.services.participants import ParticipantFile, ParticipantService
    from plie_desktop.services.plans import PlanService
    from plie_desktop.text import Words
    from plie_desktop.views.plan.page import PlanPage

AskTarget = Callable[[str], str]
"""Asks where to write; receives a proposed name and gives the path, empty when left."""


@dataclass(frozen=True)
class _Made:
    """A paper, its pages, and what it lacks."""

    choices: PlanChoices
    paper: PlanPaper
    pdf: bytes = field(repr=False)
    pages: tuple[PageImage, ...]
    missing: tuple[str, ...]


class PlanPresenter(QObject):
    """Page ↔ plans. A paper made for a person no longer shown is dropped."""

    def __init__(
        self,
        page: "PlanPage",
        plans: "PlanService",
        participants: "ParticipantService",
        dispatcher: Dispatcher,
        words: "Words",
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._plans = plans
        self._participants = participants
        self._dispatcher = dispatcher
        self._words = words
        self._go = go
        self._participant_id: UUID | None = None
        self._choices = PlanChoices(language=words.language)
        self._made: _Made | None = None
        self.ask_target: AskTarget = self._ask_target
        page.offer_sections(
            [Choice(name, words.say(label)) for name, label in SECTION_LABELS.items()]
        )
        page.chosen.connect(self.on_chosen)
        page.print_asked.connect(self.on_print_asked)
        page.export_asked.connect(self.on_export_asked)
        page.shown_asked.connect(self.on_shown_asked)
        page.signed_asked.connect(self.on_signed_asked)
        page.file_asked.connect(self.on_file_asked)

    def enter(self, destination: Destination) -> None:
        if destination.participant_id != self._participant_id:
            self._participant_id = destination.participant_id
            self._choices = PlanChoices(language=self._words.language)
            self._made = None
            self._page.set_ready(ready=False)
        if self._participant_id is not None:
            work = partial(self._participants.file, self._participant_id)
            self._dispatcher.run(Lane.STORE, work, self._on_file, self._on_refused)
            self._make()
        self._page.take_keyboard()

    def leave(self) -> Destination:
        return Destination(Place.PLAN, self._participant_id)

    def on_changed(self, changes: Changes) -> None:
        if self._participant_id in changes.participants:
            self._make()

    @Slot(str, str, str)
    def on_chosen(self, language: str, sections: str, brakes: str) -> None:
        self._choices = PlanChoices(
            language=language or self._choices.language,
            sections=frozenset(sections.split("|")) & ALL_SECTIONS,
            show_brakes=frozenset(brakes.split("|")) - {""},
        )
        self._make()

    @Slot()
    def on_print_asked(self) -> None:
        if self._made is None:
            return
        printer = printing.choose_printer(self._made.paper.number, self._page)
        if printer is None:
            return
        self._page.begin(self._words.say("Préparation de l’impression…"))
        work = partial(self._plans.pages, self._made.pdf, printing.PRINT_DPI)
        self._dispatcher.run(
            Lane.DOCUMENT, work, partial(self._on_printable, printer), self._on_refused
        )

    @Slot()
    def on_export_asked(self) -> None:
        if self._made is None:
            return
        chosen = self.ask_target(f"plan-{self._made.paper.number}.pdf")
        if chosen:
            work = partial(self._plans.export, self._made.pdf, Path(chosen))
            self._dispatcher.run(Lane.DOCUMENT, work, self._on_exported, self._on_refused)

    @Slot()
    def on_shown_asked(self) -> None:
        self._keep(PlanState.SHOWN)

    @Slot()
    def on_signed_asked(self) -> None:
        self._keep(PlanState.SIGNED)

    @Slot()
    def on_file_asked(self) -> None:
        self._go(Destination(Place.PARTICIPANT_FILE, self._participant_id))

    def _make(self) -> None:
        """Read on the store lane, lay out on the document lane."""
        if self._participant_id is None:
            return
        self._page.begin(self._words.say("Mise en page du plan…"))
        work = partial(self._read, self._participant_id, self._choices)
        self._dispatcher.run(Lane.STORE, work, self._on_prepared, self._on_refused)

    def _read(
        self, participant_id: UUID, choices: PlanChoices
    ) -> tuple[PlanChoices, PlanPaper, tuple[str, ...]]:
        paper = self._plans.prepare(participant_id, choices)
        return choices, paper, self._plans.missing(participant_id)

    def _on_prepared(self, prepared: tuple[PlanChoices, PlanPaper, tuple[str, ...]]) -> None:
        choices, paper, missing = prepared
        if paper.participant_id != self._participant_id or choices != self._choices:
            return
        work = partial(self._draw, choices, paper, missing)
        self._dispatcher.run(Lane.DOCUMENT, work, self._on_made, self._on_refused)

    def _draw(self, choices: PlanChoices, paper: PlanPaper, missing: tuple[str, ...]) -> _Made:
        pdf = self._plans.render(paper, choices.language)
        return _Made(choices, paper, pdf, self._plans.pages(pdf, printing.SCREEN_DPI), missing)

    def _on_made(self, made: _Made) -> None:
        if made.paper.participant_id != self._participant_id or made.choices != self._choices:
            return
        self._made = made
        self._page.end()
        self._page.show_person(
            made.paper.full_name,
            self._words.say(
                "Plan {number}, version {version}",
                number=made.paper.number,
                version=made.paper.version,
            ),
        )
        self._page.show_missing([self._words.say(sentence) for sentence in made.missing])
        self._page.show_pages([printing.image(page) for page in made.pages])

    def _on_file(self, file: "ParticipantFile") -> None:
        if file.line.id != self._participant_id:
            return
        answer = file.intake.answers.get("brakes")
        brakes = [
            Choice(code, self._words.say(self._participants.code_label("brakes", code)))
            for code in (answer.values if answer else ())
        ]
        self._page.show_choices(
            self._choices.language,
            "|".join(sorted(self._choices.sections)),
            brakes,
            "|".join(sorted(self._choices.show_brakes)),
        )

    def _on_printable(self, printer: "QPrinter", pages: tuple[PageImage, ...]) -> None:
        self._page.end()
        if printing.print_pages(printer, pages):
            self._page.tell("ok", self._words.say("Le plan est parti à l’imprimante."))
        else:
            self._page.tell(
                "warning",
                self._words.say(
                    "L’imprimante n’a pas répondu. Vérifiez qu’elle est allumée, puis recommencez."
                ),
            )

    def _on_exported(self, _nothing: None) -> None:
        self._page.tell(
            "info",
            self._words.say(
                "Le PDF est écrit. Il n’est pas protégé : effacez-le quand il ne sert plus."
            ),
        )

    def _keep(self, state: PlanState) -> None:
        if self._made is None:
            return
        work = partial(self._plans.keep, self._made.paper, self._made.choices.language, state)
        self._dispatcher.run(Lane.STORE, work, self._on_kept, self._on_refused)

    def _on_kept(self, _changes: Changes) -> None:
        self._page.tell("ok", self._words.say("Cette version est gardée dans le dossier."))

    def _on_refused(self, error: BaseException) -> None:
        self._page.end()
        self._page.tell("warning", failures.in_words(error, self._words))

    def _ask_target(self, name: str) -> str:
        title = self._words.say("Enregistrer le plan")
        kinds = self._words.say("Documents PDF (*.pdf)")
        chosen, _ = QFileDialog.getSaveFileName(self._page, title, name, kinds)
        return chosen
