"""From a file to its words. Pure: it may run on any lane."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from plie_desktop import reference
from plie_desktop.models.domain.answer_words import answer_words
from plie_desktop.models.domain.answers import Answer, AnswerState
from plie_desktop.models.domain.dates import shown_date
from plie_desktop.models.domain.intake_form import (
    FIELDS,
    SECTION_LABELS,
    Field,
    Sensitivity,
    in_section,
)
from plie_desktop.models.domain.participant import FileState, StaffMember
from plie_desktop.models.domain.pathway import (
    INTERVIEW_STATE_LABELS,
    Interview,
    InterviewState,
    Pathway,
)
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.problems import shown
from plie_desktop.models.domain.step import FILLS_TIME, Step
from plie_desktop.text import Words
from plie_desktop.views.participant_file.shown import (
    AnswerLine,
    AnswerSection,
    FileWords,
    NoteLine,
)
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.file_states import file_state, record_state
from plie_desktop.views.widgets.meeting_words import meeting_moment
from plie_desktop.views.widgets.plan_states import plan_state
from plie_desktop.views.widgets.step_states import gap_level, step_state, step_title

if TYPE_CHECKING:
    from plie_desktop.services.participants import ParticipantFile

_MEETINGS: Final = {
    InterviewState.PLANNED: "info",
    InterviewState.SEEN: "ok",
    InterviewState.EXCUSED: "neutral",
    InterviewState.NOSHOW: "warning",
}
_BEFORE_ENTRY: Final = frozenset({FileState.INTAKE, FileState.TO_COMMISSION, FileState.ADMITTED})
_MOST_MEETINGS: Final = 4


def describe(
    file: "ParticipantFile", staff: Iterable[StaffMember], today: date, words: Words
) -> FileWords:
    """Everything the page of one person says."""
    line, speech = file.line, Speech(words)
    number = line.number and words.say("Dossier {number}", number=line.number)
    return FileWords(
        name=line.display_name or words.say("Nom pas encore demandé"),
        breadcrumb=number or words.say("Dossier"),
        age="" if file.age is None else words.count("{n} an", "{n} ans", file.age),
        file_state=file_state(words, line.state),
        record_state=record_state(words, line.record_state),
        waiting=_waiting(file.waiting_edits, words),
        phone=shown(_PHONE, file.intake.value("phone")),
        commune=line.commune,
        referent=str(file.referent.id) if file.referent else "",
        staff=tuple((str(one.id), one.name) for one in staff),
        sections=tuple(_sections(file, words)),
        to_check=_to_check(len({problem.field for problem in file.problems}), words),
        entry=_entry(file.pathway, words),
        can_enter=line.state in _BEFORE_ENTRY,
        pathway=tuple(_pathway(file.pathway, today, words)),
        meetings=tuple(_meetings(file.pathway.interviews, speech)),
        plans=tuple(_plan(one, words) for one in sorted(file.plans, key=_version, reverse=True)),
    )


_PHONE: Final = next(field for field in FIELDS if field.key == "phone")


def _waiting(edits: int, words: Words) -> str:
    if not edits:
        return ""
    return words.count(
        "{n} modification attend l’envoi", "{n} modifications attendent l’envoi", edits
    )


def _to_check(count: int, words: Words) -> str:
    return words.count("{n} réponse à revoir", "{n} réponses à revoir", count) if count else ""


def _entry(pathway: Pathway, words: Words) -> str:
    if pathway.entry_on is None:
        return ""
    return words.say("En parcours depuis le {day}", day=shown_date(pathway.entry_on))


def _sections(file: "ParticipantFile", words: Words) -> Iterator[AnswerSection]:
    for section, title in SECTION_LABELS.items():
        answers = ((field, file.intake.answers.get(field.key)) for field in in_section(section))
        lines = tuple(_line(field, one, words) for field, one in answers if one is not None)
        if lines:
            yield AnswerSection(words.say(title), lines)


def _line(field: Field, answer: Answer, words: Words) -> AnswerLine:
    is_given = answer.state is AnswerState.GIVEN
    said = answer_words(field, answer, reference.load, words)
    is_protected = field.sensitivity is not Sensitivity.NORMAL
    return AnswerLine(words.say(field.label), said, is_given, is_protected)


def _pathway(pathway: Pathway, today: date, words: Words) -> Iterator[NoteLine]:
    filling = [step for step in pathway.steps if step.state in FILLS_TIME]
    now = [s for s in filling if s.starts_on <= today and (s.ends_on or today) >= today]
    for step in now:
        yield NoteLine(step_title(words, step), _days(step, words), step_state(words, step.state))
    coming = next((step for step in filling if step.starts_on > today), None)
    if coming is not None:
        when = words.say("ensuite, à partir du {day}", day=shown_date(coming.starts_on))
        yield NoteLine(step_title(words, coming), when, step_state(words, coming.state))
    for gap in pathway.gaps:
        if gap.ends_on is None or gap.ends_on >= today:
            since = words.say("depuis le {day}", day=shown_date(gap.starts_on))
            what = words.count("{n} jour sans étape", "{n} jours sans étape", gap.days)
            yield NoteLine(what, since, gap_level(words, gap.level))


def _days(step: Step, words: Words) -> str:
    if step.ends_on is None:
        return words.say("sans fin prévue")
    return words.say("jusqu’au {day}", day=shown_date(step.ends_on))


def _meetings(meetings: Iterable[Interview], speech: Speech) -> Iterator[NoteLine]:
    latest = sorted(meetings, key=lambda one: one.starts_at, reverse=True)[:_MOST_MEETINGS]
    for one in latest:
        label = speech.words.say(INTERVIEW_STATE_LABELS[one.state])
        state = State(_MEETINGS[one.state], label, "calendar")
        yield NoteLine(meeting_moment(speech, one.starts_at), one.place, state)


def _plan(version: PlanVersion, words: Words) -> NoteLine:
    what = words.say("Version {n}", n=version.version)
    return NoteLine(what, shown_date(version.made_on), plan_state(words, version.state))


def _version(one: PlanVersion) -> int:
    return one.version
