"""Has the plan made, shown, printed, written or kept."""

from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop import reference
from plie_desktop.models.domain.answers import SEPARATOR
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.plan import PaperKind, PlanState
from plie_desktop.services.plans import ALL_SECTIONS, SECTION_LABELS, PlanChoices
from plie_desktop.tasks import Lane
from plie_desktop.text import N_
from plie_desktop.views.plan import printing
from plie_desktop.views.plan.making import Made, Making
from plie_desktop.views.plan.outlets import Outlets
from plie_desktop.views.plan.versions import kept_sentence, version_line
from plie_desktop.views.qt import failures
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.widgets.choice_buttons import Choice

if TYPE_CHECKING:
    from plie_desktop.models.domain.plan_version import PlanVersion
    from plie_desktop.services.participants import ParticipantFile, ParticipantService
    from plie_desktop.services.plans import PlanService
    from plie_desktop.text import Words
    from plie_desktop.views.plan.page import PlanPage


_AT_WORK: Final = N_("Mise en page du plan…")


class PlanPresenter(QObject):
    """Page ↔ plans, of one person at a time."""

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
        self._speech = Speech(words)
        self._go = go
        self._participant_id: UUID | None = None
        self._choices = PlanChoices(language=words.language)
        self._versions: tuple[PlanVersion, ...] = ()
        self._kept: PlanVersion | None = None
        self._made: Made | None = None
        self._then: Callable[[Made], None] | None = None
        self._own: Changes | None = None
        self._making = Making(plans, dispatcher, self)
        self.outlets = Outlets(plans, dispatcher, words, page)
        page.choices.offer_sections(
            [Choice(name, words.say(label)) for name, label in SECTION_LABELS.items()]
        )
        self._connect(page)

    def _connect(self, page: "PlanPage") -> None:
        self._making.made.connect(self._on_made)
        self._making.refused.connect(self._on_not_made)
        self.outlets.told.connect(page.banner.tell)
        self.outlets.begun.connect(page.begin)
        self.outlets.ended.connect(self._on_ended)
        page.chosen.connect(self.on_chosen)
        page.print_asked.connect(partial(self._once_made, self.outlets.print))
        page.export_asked.connect(partial(self._once_made, self.outlets.export))
        page.shown_asked.connect(partial(self._once_made, partial(self._keep, PlanState.SHOWN)))
        page.signed_asked.connect(partial(self._once_made, partial(self._keep, PlanState.SIGNED)))
        page.version_asked.connect(self.on_version_asked)
        page.today_asked.connect(self.on_today_asked)
        page.stop_asked.connect(self.on_stop_asked)
        page.file_asked.connect(partial(self._go_to, Place.PARTICIPANT_FILE))
        page.pathway_asked.connect(partial(self._go_to, Place.PATHWAY))
        page.people_asked.connect(self.on_people_asked)

    def enter(self, destination: Destination) -> None:
        if destination.participant_id != self._participant_id:
            self._participant_id = destination.participant_id
            self._choices = PlanChoices(language=self._words.language)
            self._forget()
        if self._participant_id is None:
            self._page.show_nobody()
        else:
            self._read_file(self._participant_id)
            self._make(self._participant_id)
        self._page.take_keyboard()

    def leave(self) -> Destination:
        self._then = None
        return Destination(Place.PLAN, self._participant_id)

    def on_changed(self, changes: Changes) -> None:
        if self._participant_id is None or self._participant_id not in changes.participants:
            return
        self._read_file(self._participant_id)
        if changes is not self._own and self._kept is None:
            # What was just kept is what is shown: it stays in sight to be signed or printed.
            self._make(self._participant_id)

    @Slot(str, str, str, str)
    def on_chosen(self, paper: str, language: str, sections: str, brakes: str) -> None:
        self._choices = PlanChoices(
            paper=PaperKind(paper),
            language=language,
            sections=frozenset(sections.split(SEPARATOR)) & ALL_SECTIONS,
            show_brakes=frozenset(brakes.split(SEPARATOR)) - {""},
        )
        self._page.banner.clear()
        if self._participant_id is not None:
            self._make(self._participant_id)

    @Slot(int)
    def on_version_asked(self, version: int) -> None:
        """See a kept version again, to print it once more."""
        self._kept = next((one for one in self._versions if one.version == version), None)
        if self._kept is not None:
            self._page.banner.clear()
            self._page.begin(self._words.say(_AT_WORK))
            self._making.make_again(self._kept)

    @Slot()
    def on_today_asked(self) -> None:
        self._page.banner.clear()
        if self._participant_id is not None:
            self._make(self._participant_id)

    @Slot()
    def on_stop_asked(self) -> None:
        self.outlets.stop()
        self._making.stop()

    @Slot()
    def on_people_asked(self) -> None:
        self._go(Destination(Place.PARTICIPANTS))

    def _go_to(self, place: Place) -> None:
        self._go(Destination(place, self._participant_id))

    def _once_made(self, act: Callable[[Made], None]) -> None:
        """Do it with the paper shown, or with the one being made as soon as it is."""
        if self._making.is_at_work:
            self._then = act
        elif self._made is not None:
            act(self._made)

    def _read_file(self, participant_id: UUID) -> None:
        work = partial(self._participants.file, participant_id)
        # A file that is not here is told by the making of its plan.
        self._dispatcher.run(Lane.STORE, work, self._on_file, _nothing)

    def _on_file(self, file: "ParticipantFile") -> None:
        if file.line.id != self._participant_id:
            return
        answer = file.intake.answers.get("brakes")
        brakes = [
            Choice(code, reference.load("brakes").said(code, self._words))
            for code in (answer.values if answer else ())
        ]
        self._page.offer_brakes(brakes)
        self._page.show_choices(
            self._choices.paper,
            self._choices.language,
            SEPARATOR.join(self._choices.sections),
            SEPARATOR.join(self._choices.show_brakes),
        )
        self._versions = tuple(sorted(file.plans, key=lambda one: one.version, reverse=True))
        self._page.versions.show_lines([version_line(one, self._speech) for one in self._versions])

    def _make(self, participant_id: UUID) -> None:
        self._kept = None
        self._page.begin(self._words.say(_AT_WORK))
        self._making.make(participant_id, self._choices)

    @Slot(object)
    def _on_made(self, made: Made) -> None:
        self._made = made
        self._on_ended()
        version = self._words.say(
            "Plan {number}, version {version}",
            number=made.paper.number,
            version=made.paper.version,
        )
        self._page.show_person(made.paper.full_name, version)
        self._page.missing.show_sentences([self._words.say(one) for one in made.missing])
        self._page.show_kept(kept_sentence(made.kept, self._speech) if made.kept else "")
        self._page.show_pages([printing.image(page) for page in made.pages])
        then, self._then = self._then, None
        if then is not None:
            then(made)

    @Slot(object)
    def _on_not_made(self, error: BaseException) -> None:
        self._then = None
        if isinstance(error, CancelledError):
            self._kept = self._made.kept if self._made is not None else None
            sentence = self._words.say(
                "La mise en page est arrêtée. Le plan se refait au prochain choix."
            )
            self._page.banner.tell("info", sentence)
        elif self._kept is not None and self._participant_id is not None:
            self._on_refused(error)
            self._make(self._participant_id)
        else:
            self._forget()
            self._on_refused(error)
        self._on_ended()

    def _keep(self, state: PlanState, made: Made) -> None:
        work = partial(self._plans.keep, made.paper, made.language, state)
        self._dispatcher.run(Lane.STORE, work, self._on_kept, self._on_refused)

    def _on_kept(self, changes: Changes) -> None:
        self._own = changes
        self._page.banner.tell("ok", self._words.say("Cette version est gardée dans le dossier."))

    def _on_refused(self, error: BaseException) -> None:
        self._page.banner.tell("warning", failures.in_words(error, self._words))

    @Slot()
    def _on_ended(self) -> None:
        if not self._making.is_at_work and not self.outlets.is_at_work:
            self._page.end()

    def _forget(self) -> None:
        """Nothing of the paper made last stays in sight or at hand."""
        self._making.drop()
        self._versions = ()
        self._kept = None
        self._made = None
        self._then = None
        self._page.clear()


def _nothing(_error: BaseException) -> None:
    """Told elsewhere."""
