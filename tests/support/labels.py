"""Labels of the code lists: a file that shows them everywhere, and French ones left in English."""

import re
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from plie_desktop import reference
from plie_desktop.models.domain.answers import SEPARATOR, Answer
from plie_desktop.models.domain.intake_form import FIELDS, Field, FieldKind
from plie_desktop.services.pathways import StepDraft
from plie_desktop.services.workplace import Services
from plie_desktop.text import words

LISTS = tuple(dict.fromkeys([*(f.choices for f in FIELDS if f.choices), "step_types"]))
NAMES = ("jobs", "communes")
"""Lists of names, which are the same in every language."""
OWN_NAMES = frozenset({"Français"})
"""Languages are offered under their own names where one chooses that of screen or paper."""
ENGLISH = words("en")
FREE = {
    "first_contact_on": "2026-11-20",
    "first_contact_place": "Market",
    "birth_name": "Exemple",
    "usage_name": "Exemple",
    "first_name": "Lou",
    "birth_date": "1987-03-12",
    "birth_commune": "Lagos",
    "phone": "0639980102",
    "email": "lou@example.org",
    "street": "2 rue de l’Alma",
    "postcode": "35000",
    "commune": "35238",
    "job_seeker_id": "1234567A",
    "children": "2",
    "jobs": "11987|13254",
    "comment": "Wants to work near home.",
}
_SEVERAL = 8
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
)  # fmt: skip


def whole_file(services: Services, first_day: date) -> UUID:
    """The file of a person who answered every question, with an untitled step of each kind."""
    person = services.intakes.start().view.intake.participant_id
    for field in FIELDS:
        services.intakes.answer(person, field.key, Answer.given(_answer(field)))
    services.participants.admit(person, first_day)
    for place, code in enumerate(reference.load("step_types")):
        starts_on = first_day + timedelta(days=20 * place)
        ends_on = starts_on + timedelta(days=15)
        draft = StepDraft(code.code, "", "Example", "Maurepas", starts_on, ends_on)
        services.pathways.save_step(person, None, draft)
    return person


def _answer(field: Field) -> str:
    if not field.choices or field.choices in NAMES:
        return FREE[field.key]
    known = reference.load(field.choices)
    told = [code.code for code in known if known.said(code.code, ENGLISH) != code.label]
    several = field.kind is FieldKind.CHOICES
    return SEPARATOR.join(told[: _SEVERAL if several else 1])


def french_labels(page: QWidget) -> list[str]:
    """Labels of the lists that a page in English shows or tells in French."""
    return [
        f"“{label}” is French in “{text}”"
        for text in _words_of(page)
        for label in left_french(text)
    ]


def left_french(text: str) -> list[str]:
    """Labels in French that a text holds besides English ones."""
    whole, patterns, english = _labels()
    rest = english.sub(" ", text)
    parts = {part.strip() for part in re.split(r"[\n,·]", rest)}
    return [*sorted(parts & whole), *patterns.findall(rest)]


@lru_cache
def _labels() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """French labels that no one should read; those to be found inside a text; English ones."""
    pairs = [
        (code.label, known.said(code.code, ENGLISH))
        for known in map(reference.load, LISTS)
        if known.name not in NAMES
        for code in known
    ]
    # A word may be right in one list and French in another: “A”, “Intermittent”.
    right = {said for _, said in pairs} | OWN_NAMES
    whole = frozenset(label for label, said in pairs if label != said and label not in right)
    assert len(whole) > 300
    # A name that the English keeps may stand in any sentence: “France Travail”.
    kept = {label for label, said in pairs if label in said}
    return whole, _any_of(whole - kept), _any_of(right)


def _any_of(labels: set[str] | frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(labels, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _words_of(page: QWidget) -> set[str]:
    """All that a page shows or tells, also what is out of sight by scrolling or folded away."""
    found: set[str] = set()
    for widget in (page, *page.findChildren(QWidget)):
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.add(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.add(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found |= {widget.itemText(row) for row in range(widget.count())}
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found |= _cells(widget)
    return found


def _cells(view: QAbstractItemView) -> set[str]:
    model = view.model()
    cells = (
        model.index(row, column).data(role)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        for role in _ROLES
    )
    return {cell for cell in cells if isinstance(cell, str)}
