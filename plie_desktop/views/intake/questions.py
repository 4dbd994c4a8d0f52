"""All the questions of an intake: those of the stand and the steps, built when first shown."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.intake_form import Field
from plie_desktop.text import Words
from plie_desktop.views.intake.steps import STAND, STEPS, Step, step_of
from plie_desktop.views.intake.unfinished import Unfinished
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Scroll
from plie_desktop.views.widgets.form import Form
from plie_desktop.views.widgets.label import Label

_LAST: Final = len(STEPS) - 1


class Questions(QWidget):
    """The stand above, one step below; it knows which form asks which question.

    Signals:
        answered(str, Answer | None): a question and what it says now, at each key.
        left(str): the keyboard left the question.
        entered(str): the keyboard came to the question.
        moved: the caret may have moved.
        step_finished(int): the last question of the step was completed.
        step_shown(int): this step is in sight now.
        stand_shown(bool): the questions of the stand were opened or closed.
    """

    answered = Signal(str, object)
    left = Signal(str)
    entered = Signal(str)
    moved = Signal()
    step_finished = Signal(int)
    step_shown = Signal(int)
    stand_shown = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._forms: dict[str, Form] = {}
        self._built: dict[int, Step] = {}
        self._answers: dict[str, Answer] = {}
        self._problems: dict[str, tuple[str, str]] = {}
        self._focused = ""
        self._step = 0
        self._agent = Label("", "muted", wrap=True)
        self._stand = Scroll(self._make_stand())
        self._unfinished = Unfinished(words)
        self._unfinished.wanted.connect(self.take_keyboard)
        self._unfinished_area = Scroll(self._unfinished)
        self._stack = QStackedWidget()
        self._rooms = [QVBoxLayout() for _ in STEPS]
        for room in self._rooms:
            room.setContentsMargins(0, 0, 0, 0)
            holder = QWidget()
            holder.setLayout(room)
            self._stack.addWidget(holder)
        self._stack.addWidget(self._stand)
        self._stack.addWidget(self._unfinished_area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.show_step(0)

    def _make_stand(self) -> QWidget:
        form = self._connected(Form(STAND, self._words))
        form.finished.connect(self.close_stand)
        done = Button(self._words.say("C’est bien ce cadre"), "plain", "check")
        done.clicked.connect(self.close_stand)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(5, 4, 8, 8)
        column.setSpacing(12)
        column.addWidget(Label(self._words.say("Le cadre de cet accueil"), "section", wrap=True))
        column.addWidget(self._agent)
        column.addWidget(form)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return inside

    def show_step(self, number: int) -> None:
        """Put a step in sight."""
        self._build(number)
        self._step = number
        self._stack.setCurrentIndex(number)
        self.step_shown.emit(number)
        self.stand_shown.emit(False)

    def step(self) -> int:
        """The number of the step in sight, or of the one behind the stand."""
        return self._step

    def show_agent(self, name: str) -> None:
        """Say who takes the intake, with the other things of the stand."""
        self._agent.setText(
            self._words.say(
                "Accueil tenu par {name}. Ces réponses seront proposées aux accueils suivants.",
                name=name,
            )
        )

    def show_stand(self) -> None:
        """Put the questions of the stand in sight instead of the step."""
        self._stack.setCurrentWidget(self._stand)
        self.stand_shown.emit(True)

    def show_unfinished(self, sentence: str, questions: Sequence[Field]) -> None:
        """Put what holds the end of the intake up in sight instead of the step."""
        self._unfinished.show_questions(sentence, questions)
        self._stack.setCurrentWidget(self._unfinished_area)
        self.stand_shown.emit(False)
        self._unfinished.take_keyboard()

    def close_stand(self) -> None:
        """Come back to the step, at its first question without an answer."""
        self.take_keyboard(self.first(self._step))

    def show_answers(self, answers: Mapping[str, Answer], keep: Collection[str] = ()) -> None:
        """Show what is kept.

        Args:
            answers: by question; a question that is absent is shown empty.
            keep: questions whose typed text is newer, left as they are.
        """
        self._answers = dict(answers)
        for key, form in self._forms.items():
            if key not in keep:
                form.show_answer(key, answers.get(key))

    def show_answer(self, key: str, answer: Answer | None) -> None:
        """Show one answer."""
        self._forms[key].show_answer(key, answer)

    def show_problems(self, problems: Mapping[str, tuple[str, str]], keep: str = "") -> None:
        """Show sentences under the questions, and take away those that no longer hold.

        Args:
            problems: sentence and kind by question.
            keep: question being typed, under which nothing new is said yet.
        """
        self._problems = dict(problems)
        for key, form in self._forms.items():
            sentence, kind = problems.get(key, ("", "error"))
            if key != keep or not sentence:
                form.show_problem(key, sentence, kind)

    def show_problem(self, key: str, sentence: str, kind: str) -> None:
        """Show one sentence under one question."""
        self._forms[key].show_problem(key, sentence, kind)

    def take_keyboard(self, key: str, caret: int | None = None) -> None:
        """Put the keyboard in a question, its step in sight."""
        number = step_of(key)
        if number is None:
            self.show_stand()
        elif number != self._stack.currentIndex():
            self.show_step(number)
        self._forms[key].take_keyboard(key, caret)

    def spot(self) -> tuple[str, int]:
        """The question in hand and the caret in it."""
        form = self._forms.get(self._focused)
        return (self._focused, form.caret()) if form is not None else ("", 0)

    def forget_spot(self) -> None:
        """No question is in hand: another intake begins."""
        self._focused = ""

    def answer(self, key: str) -> Answer | None:
        """What a question says now."""
        form = self._forms.get(key)
        return form.answer(key) if form is not None else self._answers.get(key)

    def problem(self, key: str) -> str:
        """The sentence under a question."""
        return self._forms[key].problem(key) if key in self._forms else ""

    def open_states(self) -> None:
        """Say why the question in hand has no answer."""
        if self._focused:
            self._forms[self._focused].open_states()

    def first(self, number: int) -> str:
        """The question of a step to begin with: the first without an answer, else the first."""
        self._build(number)
        keys = [field.key for field in STEPS[number]]
        open_ones = [key for key in keys if self._forms[key].answer(key) is None]
        return (open_ones or keys)[0]

    def _build(self, number: int) -> None:
        if number in self._built:
            return
        step = Step(STEPS[number], self._words, with_titles=number == _LAST)
        for form in step.forms():
            self._connected(form)
        step.finished.connect(lambda: self.step_finished.emit(number))
        self._built[number] = step
        self._rooms[number].addWidget(Scroll(step))
        for field in STEPS[number]:
            form = self._forms[field.key]
            form.show_answer(field.key, self._answers.get(field.key))
            form.show_problem(field.key, *self._problems.get(field.key, ("", "error")))

    def _connected(self, form: Form) -> Form:
        self._forms.update(dict.fromkeys(form.keys, form))
        form.answered.connect(self.answered)
        form.left.connect(self.left)
        form.entered.connect(self._on_entered)
        form.moved.connect(self.moved)
        return form

    def _on_entered(self, key: str) -> None:
        self._focused = key
        self.entered.emit(key)
