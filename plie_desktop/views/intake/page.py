"""The page of one intake: questions in steps, saved as they are answered."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plie_desktop.clock import paris
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.intake_form import BY_KEY, Field
from plie_desktop.models.domain.participant import ParticipantLine, RecordState
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.text import Words
from plie_desktop.views.intake.questions import Questions
from plie_desktop.views.intake.side import Side
from plie_desktop.views.intake.stand import StandButton
from plie_desktop.views.intake.steps import STAND, STEPS, StepBar
from plie_desktop.views.qt import icons, looks
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.qt.shortcuts import Act
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.label import Label

KINDS: Final = {Level.STOPS: "error", Level.ASKS: "warning", Level.POINTS_OUT: "info"}
SIDE: Final = 260
"""Width of the panel beside the questions, in points at 100 % text."""
_EDGE: Final = 5
"""Room of the ring around a question, so that all begin on one line."""
SIDE_SHARE: Final = 0.42
"""Most of the page's width that the panel takes."""


class IntakePage(QWidget):
    """Shows one intake and reports what the person answers; it keeps nothing.

    Signals:
        answered(str, Answer | None): a question and what it says now, at each key.
        left(str): the keyboard left the question.
        moved: the question in hand or the caret changed.
        park_asked: the person must leave; the intake is set aside.
        finish_asked: the intake is complete, as far as the agent can tell.
        file_wanted(UUID): a file that looks alike is to be opened.
    """

    answered = Signal(str, object)
    left = Signal(str)
    moved = Signal()
    park_asked = Signal()
    finish_asked = Signal()
    file_wanted = Signal(object)

    acts = frozenset({Act.PARK, Act.GO_ON, Act.ANSWER_STATE, Act.SAVED})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("intake")
        self._words = words
        self._banner = Banner(words, closable=False)
        self._steps = StepBar(words)
        self._stand = StandButton(words)
        self._questions = Questions(words)
        self._side = Side(words)
        self._tick = QLabel()
        self._saved = Label("", "help", wrap=True)
        self._park = Button(words.say("Mettre de côté"), "plain", "waiting")
        self._go_on = Button("", "primary")
        self._connect()
        self._lay_out()
        self._on_step_shown(0)

    def _connect(self) -> None:
        questions = self._questions
        questions.answered.connect(self.answered)
        questions.left.connect(self.left)
        questions.entered.connect(self._on_entered)
        questions.moved.connect(self.moved)
        questions.step_finished.connect(self._on_step_finished)
        questions.step_shown.connect(self._on_step_shown)
        questions.stand_shown.connect(self._stand.setChecked)
        self._steps.chosen.connect(self._go_to_step)
        self._stand.clicked.connect(self._turn_stand)
        self._side.question_wanted.connect(self._questions.take_keyboard)
        self._side.file_wanted.connect(self.file_wanted)
        self._park.clicked.connect(self.park_asked)
        self._go_on.clicked.connect(self._go_further)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, 0, 0)
        head.setSpacing(12)
        head.addWidget(self._steps)
        head.addWidget(self._stand, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self._questions, 1)
        body.addWidget(self._side)
        foot = QHBoxLayout()
        foot.setContentsMargins(_EDGE, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self._tick)
        foot.addWidget(self._saved, 1)
        foot.addWidget(self._park)
        foot.addWidget(self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 12, 20, 12)
        column.setSpacing(10)
        column.addWidget(self._banner)
        column.addLayout(head)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def show_blank(self) -> None:
        """Show an intake of which nothing is known yet, and nothing of the one before."""
        self._banner.clear()
        self._questions.forget_spot()
        self._questions.show_problems({})
        self._questions.show_answers({})
        self._questions.show_step(0)
        self._stand.show_stand({})
        self._side.show_record("", RecordState.LOCAL_ONLY)
        self._side.alike.show_lines(())
        self._side.gauge.show_missing([])
        self._say_saved("", "")

    def show_answers(self, answers: Mapping[str, Answer], keep: Collection[str] = ()) -> None:
        """Show what is kept, but for the questions in `keep`, whose typed text is newer."""
        self._questions.show_answers(answers, keep)
        self._stand.show_stand(answers)

    def show_answer(self, key: str, answer: Answer | None) -> None:
        """Show one answer that the person did not type: a proposal."""
        self._questions.show_answer(key, answer)

    def answer(self, key: str) -> Answer | None:
        """What a question says now."""
        return self._questions.answer(key)

    def show_problems(
        self, problems: Sequence[Problem], refused: Mapping[str, str], typing: str = ""
    ) -> None:
        """Show the gravest remark on each question.

        Args:
            problems: what does not fit.
            refused: why the answer to a question was not kept at all.
            typing: the question being typed, on which nothing new is said yet.
        """
        order = list(KINDS)
        gravest: dict[str, Problem] = {}
        for problem in problems:
            known = gravest.get(problem.field)
            if known is None or order.index(problem.level) < order.index(known.level):
                gravest[problem.field] = problem
        said = {
            key: (self._words.say(problem.sentence, **problem.details), KINDS[problem.level])
            for key, problem in gravest.items()
        }
        said |= {key: (sentence, "error") for key, sentence in refused.items()}
        self._questions.show_problems(said, typing)

    def show_refused(self, key: str, sentence: str) -> None:
        """Say under a question why its answer was not kept; what was typed stays."""
        self._questions.show_problem(key, sentence, "error")
        announce(self, sentence, urgent=True)

    def show_missing(self, missing: Sequence[Field]) -> None:
        """Show what is still expected."""
        self._side.gauge.show_missing(missing)
        lacking = {field.key for field in missing}
        for number, questions in enumerate(STEPS[:-1]):
            complete = not any(field.key in lacking for field in questions)
            self._steps.show_complete(number, complete=complete)

    def show_unfinished(self, sentence: str, questions: Sequence[Field]) -> None:
        """Say what holds the end of the intake up, with the way to each question."""
        self._questions.show_unfinished(sentence, questions)

    def show_agent(self, name: str) -> None:
        """Show who takes the intake."""
        self._stand.show_agent(name)
        self._questions.show_agent(name)

    def show_record(self, number: str, state: RecordState) -> None:
        """Show the number of the file and where it stands towards headquarters."""
        self._side.show_record(number, state)

    def show_alike(self, lines: Sequence[ParticipantLine]) -> None:
        """Show the files that may be the same person's."""
        self._side.alike.show_lines(lines)

    def show_saved(self, moment: datetime) -> None:
        """Tell when the last answer was kept, and that all is kept now."""
        hour = moment.astimezone(paris()).strftime("%H:%M:%S")
        self._banner.clear()
        self._say_saved(self._words.say("Enregistré à {hour}", hour=hour), "ok")

    def show_resumed(self) -> None:
        """Tell that this is where the person had stopped."""
        self._say_saved(self._words.say("Repris là où vous en étiez."), "ok")

    def show_not_saved(self, sentence: str) -> None:
        """Tell why an answer could not be kept; it stays here and is tried again."""
        if self._banner.sentence() != sentence:
            self._banner.tell("error", sentence)
        self._say_saved(self._words.say("Pas encore enregistré : nouvel essai."), "error")

    def saved(self) -> str:
        """What is said about the last save."""
        return self._saved.text()

    def trouble(self) -> str:
        """Why answers are not kept just now; empty when they are."""
        return self._banner.sentence()

    def problem(self, key: str) -> str:
        """The sentence under a question."""
        return self._questions.problem(key)

    def take_keyboard(self, key: str = "", caret: int | None = None) -> None:
        """Put the keyboard in a question; without one, in the first of the first step."""
        self._questions.take_keyboard(key if key in BY_KEY else self._questions.first(0), caret)

    def spot(self) -> tuple[str, int]:
        """The question in hand and the caret in it."""
        return self._questions.spot()

    def flush(self) -> None:
        """Hand over the text being typed."""
        key, _ = self._questions.spot()
        if key:
            self.left.emit(key)

    def on_act(self, act: Act) -> None:
        """A key of the frame was pressed while this page is shown."""
        if act is Act.PARK:
            self.park_asked.emit()
        elif act is Act.GO_ON:
            self._go_further()
        elif act is Act.ANSWER_STATE:
            self._questions.open_states()
        elif self._saved.text():
            announce(self, self._saved.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(looks.scaled(SIDE), int(event.size().width() * SIDE_SHARE))
        self._side.setFixedWidth(width)

    def _go_further(self) -> None:
        self.flush()
        if self._stand.isChecked():
            self._questions.close_stand()
        elif self._questions.step() == 0:
            self._go_to_step(1)
        else:
            self.finish_asked.emit()

    def _on_step_finished(self, number: int) -> None:
        if number == 0:
            self._go_to_step(1)
        else:
            self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_step(self, number: int) -> None:
        self._questions.take_keyboard(self._questions.first(number))

    def _on_step_shown(self, number: int) -> None:
        self._steps.show_current(number)
        told = self._words.say("Continuer") if number == 0 else self._words.say("Terminer")
        self._go_on.set_words(told)

    def _on_entered(self, key: str) -> None:
        self._side.show_why(BY_KEY[key].why)
        self.moved.emit()

    def _turn_stand(self, opened: bool) -> None:  # noqa: FBT001 - the signal of a Qt button
        if opened:
            self._questions.take_keyboard(STAND[0].key)
        else:
            self._questions.close_stand()

    def _say_saved(self, sentence: str, kind: str) -> None:
        self._saved.setText(sentence)
        picture = {"ok": "check-circle", "error": "warning"}.get(kind, "")
        icons.dress(self._tick, picture, kind or "muted", 16)
