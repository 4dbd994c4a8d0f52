"""Chooses what a plan says, from the file of a person: what each section holds, in words.

Only what the person agreed to is printed. Protected answers are asked for one by one, brakes by
name and the languages spoken as a part of their own; the others (origin, disability, household)
never are printed. The rest is handed on whole: the sheet knows how much it holds, and announces
what it leaves out. Source: domain study §7.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from plie_desktop import reference
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.pathway import InterviewState, Pathway
from plie_desktop.models.domain.plan import PlanMeeting, PlanStep
from plie_desktop.models.domain.step import FILLS_TIME, Step, StepState
from plie_desktop.text import N_, Words

SITUATION: Final = "situation"
WISHES: Final = "wishes"
STRENGTHS: Final = "strengths"
LANGUAGES: Final = "languages"
STEPS: Final = "steps"
MEETINGS: Final = "meetings"

SECTION_LABELS: Final = {
    SITUATION: N_("Ma situation"),
    WISHES: N_("Ce que je veux"),
    STRENGTHS: N_("Ce qui m’aide"),
    LANGUAGES: N_("Mes langues"),
    STEPS: N_("Mes étapes"),
    MEETINGS: N_("Mes rendez-vous"),
}
"""What a plan may hold, by the names used in `PlanChoices.sections`."""

UNASKED: Final = frozenset(SECTION_LABELS) - {LANGUAGES}
"""What it holds unless the person wants it otherwise."""

_NO_LICENCE: Final = frozenset({"AUCUN", "SUSP"})
_NO_TRANSPORT: Final = frozenset({"RIEN"})
_NO_JOB_SPELL: Final = "00"


@dataclass(frozen=True)
class PlanText:
    """Puts answers and pathway in the words of the paper."""

    intake: Intake
    pathway: Pathway
    words: Words

    def situation(self) -> tuple[str, ...]:
        """What is known of work and training, one line each."""
        say = self.words.say
        lines = [self._label("labour", "labour_status")]
        since = self.intake.value("without_job_since")
        if since and since != _NO_JOB_SPELL:
            lines.append(
                say(N_("Sans emploi : {since}"), since=self._label_of("unemployment", since))
            )
        education = self._label("education", "education")
        if education:
            lines.append(say(N_("Formation : {level}"), level=education))
        if self.intake.value("is_registered") == "oui":
            lines.append(say(N_("Inscription à France Travail : oui")))
        return tuple(line for line in lines if line)

    def wishes(self) -> tuple[str, ...]:
        """Objectives in the person's words; else the jobs they look for."""
        ranked = sorted(self.pathway.objectives, key=lambda objective: objective.rank)
        said = tuple(objective.words for objective in ranked if objective.words)
        return said or tuple(self._labels("jobs", "jobs"))

    def strengths(self) -> tuple[str, ...]:
        """Licences and means of transport, where they help."""
        say = self.words.say
        licences = [
            self._label_of("licences", code)
            for code in self._codes("licences")
            if code not in _NO_LICENCE
        ]
        means = [
            self._label_of("transport", code)
            for code in self._codes("transport")
            if code not in _NO_TRANSPORT
        ]
        lines = []
        if licences:
            lines.append(say(N_("Permis : {list}"), list=", ".join(licences)))
        if means:
            lines.append(say(N_("Déplacements : {list}"), list=", ".join(means)))
        return tuple(lines)

    def languages(self) -> tuple[str, ...]:
        """The languages spoken, on one line."""
        spoken = ", ".join(self._labels("languages", "languages"))
        return (self.words.say(N_("Langues : {list}"), list=spoken),) if spoken else ()

    def brakes(self, agreed: frozenset[str]) -> tuple[str, ...]:
        """The brakes the person agreed to print, in the order of the file."""
        return tuple(self._label_of("brakes", code) for code in self._agreed(agreed))

    def brake_themes(self, agreed: frozenset[str]) -> tuple[str, ...]:
        """The theme of each of these brakes; empty for a code this version does not know."""
        found = [reference.load("brakes").find(code) for code in self._agreed(agreed)]
        return tuple(brake.more["theme"] if brake else "" for brake in found)

    def _agreed(self, agreed: frozenset[str]) -> tuple[str, ...]:
        return tuple(code for code in self._codes("brakes") if code in agreed)

    def steps(self, today: date) -> tuple[PlanStep, ...]:
        """Steps done, going on and to come, with the gaps between them, in time order."""
        told = (step for step in self.pathway.steps if step.state in FILLS_TIME)
        lines = [self._step(step, today) for step in told]
        lines += [
            PlanStep("", "", "", gap.starts_on, gap.ends_on, is_gap=True)
            for gap in self.pathway.gaps
        ]
        return tuple(sorted(lines, key=lambda line: line.starts_on))

    def meetings(self, today: date) -> tuple[PlanMeeting, ...]:
        """Meetings to come, soonest first."""
        coming = [
            PlanMeeting(meeting.starts_at, meeting.place)
            for meeting in self.pathway.interviews
            if meeting.state is InterviewState.PLANNED
            and meeting.starts_at[:10] >= today.isoformat()
        ]
        return tuple(sorted(coming, key=lambda meeting: meeting.starts_at))

    def _step(self, step: Step, today: date) -> PlanStep:
        is_running = step.starts_on <= today and (step.ends_on is None or step.ends_on >= today)
        return PlanStep(
            title=reference.load("step_types").reworded(step.title, self.words),
            operator=step.operator,
            place=step.place,
            starts_on=step.starts_on,
            ends_on=step.ends_on,
            is_done=step.state is StepState.COMPLETED,
            is_current=is_running and step.state is not StepState.COMPLETED,
        )

    def _codes(self, key: str) -> tuple[str, ...]:
        answer = self.intake.answers.get(key)
        return answer.values if answer else ()

    def _labels(self, list_name: str, key: str) -> Iterator[str]:
        return (self._label_of(list_name, code) for code in self._codes(key))

    def _label(self, list_name: str, key: str) -> str:
        value = self.intake.value(key)
        return self._label_of(list_name, value) if value else ""

    def _label_of(self, list_name: str, code: str) -> str:
        return reference.load(list_name).said(code, self.words)
