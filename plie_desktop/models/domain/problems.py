"""What does not fit in an intake, and the writing rules of its answers: the one place to ask.

Nothing here holds up saving: `Level.STOPS` holds up the file's next state and a line of an
import. The national number alone is refused at save (`national_number`).
"""

from collections.abc import Callable
from datetime import date

from plie_desktop.models.domain.answers import AnswerState
from plie_desktop.models.domain.canonical import normalise, shown
from plie_desktop.models.domain.contradictions import check_contradictions
from plie_desktop.models.domain.field_rules import check_field
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.intake_form import FIELDS
from plie_desktop.models.domain.problem import Level, Problem
from plie_desktop.reference import CodeList

__all__ = ["Level", "Problem", "check", "normalise", "shown"]


def check(intake: Intake, today: date, codes: Callable[[str], CodeList]) -> tuple[Problem, ...]:
    """All problems of an intake, in the order of the form."""
    found: list[Problem] = []
    for field in FIELDS:
        answer = intake.answers.get(field.key)
        if answer is not None and answer.state is AnswerState.GIVEN:
            found.extend(check_field(field, answer, today, codes))
    found.extend(check_contradictions(intake, codes))
    order = {field.key: place for place, field in enumerate(FIELDS)}
    return tuple(sorted(found, key=lambda problem: order[problem.field]))
