"""Commands about participants and their plans."""

from argparse import Namespace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from plie_desktop import reference
from plie_desktop.commands.arguments import UsageError
from plie_desktop.commands.opening import opened
from plie_desktop.commands.output import Output
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.answer_words import answer_words
from plie_desktop.models.domain.dates import shown_date
from plie_desktop.models.domain.intake_form import FIELDS
from plie_desktop.models.domain.participant import (
    FILE_STATE_LABELS,
    RECORD_STATE_LABELS,
    ParticipantLine,
)
from plie_desktop.models.domain.plan import PAPER_KIND_LABELS, PaperKind
from plie_desktop.models.domain.step import STEP_STATE_LABELS
from plie_desktop.services.participants import ParticipantFile, ParticipantService
from plie_desktop.services.plans import PlanChoices
from plie_desktop.text import N_, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE: Final = 500
_NOBODY: Final = N_("Aucun dossier n’a ce numéro sur ce portable. Cherchez-le par son nom.")


def participants(asked: Namespace, output: Output) -> int:
    """List files, find some, or read one."""
    if asked.action is not None and not asked.wanted:
        raise UsageError(N_("Il manque ce qu’il faut chercher. « --help » dit comment l’écrire."))
    with opened(asked, output.words) as services:
        if asked.action == "show":
            known = services.participants
            return _show(known.file(_id_of(asked.wanted, known)), output)
        lines = tuple(_lines(services.participants, asked.wanted or ""))
    output.document([_line(line) for line in lines])
    output.table(_row(line, output.words) for line in lines)
    return 0


def plan(asked: Namespace, output: Output) -> int:
    """Write the plan of one person as a PDF."""
    with opened(asked, output.words) as services:
        participant_id = _id_of(asked.wanted, services.participants)
        kind = PaperKind(asked.paper)
        choices = PlanChoices(paper=kind, language=asked.paper_language)
        paper = services.plans.prepare(participant_id, choices)
        missing = services.plans.missing(participant_id)
        pdf = services.plans.render(paper, asked.paper_language, kind)
        pages = services.plans.page_count(pdf)
        services.plans.export(pdf, asked.out)
    for sentence in missing:
        output.say(sentence)
    output.document(
        {
            "file": asked.out,
            "number": paper.number,
            "paper": kind.value,
            "pages": pages,
            "bytes": len(pdf),
            "missing": [output.words.say(sentence) for sentence in missing],
        }
    )
    output.facts(
        {
            N_("Plan"): paper.number,
            N_("Papier"): output.words.say(PAPER_KIND_LABELS[kind]),
            N_("Pages"): pages,
            N_("Fichier"): asked.out,
        }
    )
    return 0


def _lines(service: ParticipantService, search: str) -> "Iterator[ParticipantLine]":
    ids = service.ids(search)
    for start in range(0, len(ids), _AT_ONCE):
        yield from service.lines(ids[start : start + _AT_ONCE])


def _id_of(wanted: str, service: ParticipantService) -> UUID:
    """The file meant by its id or its number."""
    try:
        return UUID(wanted)
    except ValueError:
        pass
    number = wanted.strip().upper()
    found = [line.id for line in service.find(number) if line.number == number]
    if not found:
        raise RefusedInputError(_NOBODY)
    return found[0]


def _line(line: ParticipantLine) -> dict[str, object]:
    return {
        "id": line.id,
        "number": line.number,
        "first_name": line.first_name,
        "birth_name": line.birth_name,
        "birth_date": line.birth_date,
        "commune": line.commune,
        "state": line.state.value,
        "record_state": line.record_state.value,
    }


def _row(line: ParticipantLine, words: Words) -> tuple[str, ...]:
    return (
        line.number,
        line.display_name,
        shown_date(line.birth_date) if line.birth_date else "",
        line.commune,
        words.say(FILE_STATE_LABELS[line.state]),
        words.say(RECORD_STATE_LABELS[line.record_state]),
    )


def _show(file: ParticipantFile, output: Output) -> int:
    output.document(
        {
            **_line(file.line),
            "age": file.age,
            "referent": file.referent.name if file.referent else None,
            "answers": {
                key: {"state": one.state.value, "value": one.value}
                for key, one in file.intake.answers.items()
            },
            "entry_on": file.pathway.entry_on,
            "steps": file.pathway.steps,
            "gaps": file.pathway.gaps,
            "objectives": file.pathway.objectives,
            "interviews": file.pathway.interviews,
            "plans": [
                {"version": one.version, "state": one.state, "made_on": one.made_on}
                for one in file.plans
            ],
            "waiting_edits": file.waiting_edits,
        }
    )
    output.table([_row(file.line, output.words)])
    output.facts({N_("Personne référente"): file.referent.name if file.referent else ""})
    output.table(_answers(file, output.words))
    output.table(_steps(file, output.words))
    return 0


def _answers(file: ParticipantFile, words: Words) -> "Iterator[tuple[str, str]]":
    for question in FIELDS:
        answer = file.intake.answers.get(question.key)
        if answer is not None:
            said = answer_words(question, answer, reference.load, words)
            yield words.say(question.label), said


def _steps(file: ParticipantFile, words: Words) -> "Iterator[tuple[str, ...]]":
    for step in file.pathway.steps:
        end = shown_date(step.ends_on) if step.ends_on else ""
        state = words.say(STEP_STATE_LABELS[step.state])
        title = reference.load("step_types").reworded(step.title, words)
        yield shown_date(step.starts_on), end, title, step.operator, state
    for gap in file.pathway.gaps:
        end = shown_date(gap.ends_on) if gap.ends_on else ""
        days = words.count("{n} jour sans étape", "{n} jours sans étape", gap.days)
        yield shown_date(gap.starts_on), end, days
