"""What the columns and cells of a file of intakes mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from plie_desktop import reference
from plie_desktop.errors import RefusedInputError
from plie_desktop.imports.sheet import LONGEST_CELL, Line, Sheet
from plie_desktop.models.domain import national_number
from plie_desktop.models.domain.answers import DECLINED, SEPARATOR, UNKNOWN, Answer
from plie_desktop.models.domain.intake_form import BY_COLUMN, Field, FieldKind
from plie_desktop.models.domain.problems import normalise
from plie_desktop.models.domain.typed_text import clean, folded
from plie_desktop.text import N_

REFERENCE: Final = "reference"
LONGEST_REFERENCE: Final = 100

# A day without its year is read as the last such day up to a certain one. Here there is none: the
# same file must say the same whenever it is taken in.
_NO_DAY_BEFORE: Final = date.min

_STATES: Final = {"NSP": UNKNOWN, "NR": DECLINED}


class CellError(RefusedInputError):
    """A cell that cannot be taken.

    Attributes:
        column: its header.
    """

    def __init__(self, column: str, sentence: str, **details: object) -> None:
        super().__init__(sentence, **details)
        self.column = column


@dataclass(frozen=True)
class Columns:
    """Which cell of a line answers what.

    Attributes:
        reference: place of the file's own stable key.
        fields: places of the questions.
        unknown: headers that mean nothing here; their cells are left alone, but looked through
            for national numbers.
    """

    reference: int
    fields: Mapping[int, Field]
    names: Mapping[int, str]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class IntakeLine:
    """One line understood; a cell left empty is no answer."""

    number: int
    reference: str
    answers: Mapping[str, Answer] = field(repr=False)


def read_columns(sheet: Sheet) -> Columns:
    """The meaning of a header.

    Raises:
        RefusedInputError: it is not that of a file of intakes, or holds a national number.
    """
    fields: dict[int, Field] = {}
    names: dict[int, str] = {}
    unknown: list[str] = []
    key: int | None = None
    for place, whole in enumerate(sheet.header):
        typed = whole[:LONGEST_REFERENCE]
        if national_number.holds_national_number(typed):
            raise RefusedInputError(national_number.REFUSED)
        name = folded(typed).replace(" ", "_")
        if not name:
            continue
        if name in names.values():
            raise RefusedInputError(
                N_("La colonne « {column} » est là deux fois. Gardez-en une seule."), column=name
            )
        names[place] = name
        if name == REFERENCE:
            key = place
        elif name in BY_COLUMN:
            fields[place] = BY_COLUMN[name]
        else:
            unknown.append(clean(typed))
    if key is None or not fields:
        raise RefusedInputError(
            N_(
                "Ce fichier n’est pas un fichier d’accueils : la première ligne (d’un classeur, la "
                "première feuille) doit nommer les colonnes, dont « reference ». "
                "Comparez-le au modèle."
            )
        )
    return Columns(key, fields, names, tuple(unknown))


def read_line(line: Line, columns: Columns) -> IntakeLine:
    """What a line answers.

    Raises:
        CellError: a cell cannot be taken; the sentence says why, never what it holds.
    """
    if len(line.cells) > len(columns.names) and any(
        cell.strip() for cell in line.cells[max(columns.names) + 1 :]
    ):
        raise CellError("", N_("Cette ligne a plus de cellules que la première. Relisez-la."))
    for place, cell in enumerate(line.cells):
        _refuse_always(cell, columns.names.get(place, ""))
    answers: dict[str, Answer] = {}
    for place, question in columns.fields.items():
        answer = _answer(question, _cell(line, place))
        if answer is not None:
            answers[question.key] = answer
    return IntakeLine(line.number, _reference(line, columns), answers)


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _refuse_always(cell: str, column: str) -> None:
    if len(cell) > LONGEST_CELL:
        raise CellError(
            column,
            N_("Cette cellule a plus de {most} caractères. Raccourcissez-la."),
            most=LONGEST_CELL,
        )
    if national_number.holds_national_number(cell):
        raise CellError(column, national_number.REFUSED)


def _reference(line: Line, columns: Columns) -> str:
    key = clean(_cell(line, columns.reference))
    if not key:
        raise CellError(
            REFERENCE, N_("Cette ligne n’a pas de référence. Donnez-lui-en une, à elle seule.")
        )
    if len(key) > LONGEST_REFERENCE:
        raise CellError(
            REFERENCE,
            N_("Cette référence a plus de {most} caractères. Raccourcissez-la."),
            most=LONGEST_REFERENCE,
        )
    return key


def _answer(question: Field, cell: str) -> Answer | None:
    typed = clean(cell) if question.kind is not FieldKind.LONG_TEXT else cell
    if not typed.strip():
        return None
    if typed.strip().upper() in _STATES:
        return _STATES[typed.strip().upper()]
    if question.choices and question.kind is not FieldKind.COMMUNE:
        return Answer.given(_codes(question, typed))
    if question.kind is FieldKind.COMMUNE:
        return Answer.given(_code_of(question, typed) or typed)
    value = normalise(question, typed, _NO_DAY_BEFORE)
    return Answer.given(value) if value else None


def _codes(question: Field, typed: str) -> str:
    is_several = question.kind is FieldKind.CHOICES
    parts = [part.strip() for part in typed.split(SEPARATOR)] if is_several else [typed]
    codes = [_code_of(question, part) for part in parts if part]
    if None in codes:
        raise CellError(
            question.column,
            N_("Cette réponse n’est pas dans la liste « {list} ». Prenez un code ou un libellé."),
            list=question.label,
        )
    return SEPARATOR.join(dict.fromkeys(code for code in codes if code))


def _code_of(question: Field, typed: str) -> str | None:
    known = reference.load(question.choices)
    if known.find(typed):
        return typed
    return _by_words(question.choices).get(folded(typed))


@lru_cache(maxsize=32)
def _by_words(name: str) -> Mapping[str, str]:
    """Codes by folded code and label; a label that two codes share names neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for code in reference.load(name):
        for words in {folded(code.code), folded(code.label)}:
            if found.setdefault(words, code.code) != code.code:
                shared.add(words)
    return {words: code for words, code in found.items() if words not in shared}
