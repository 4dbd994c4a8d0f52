"""One control for each kind of question, chosen from the declaration of the form."""

from collections.abc import Callable
from typing import Final

from plie_desktop import reference
from plie_desktop.models.domain.intake_form import Field, FieldKind
from plie_desktop.text import Words
from plie_desktop.views.widgets.choice_buttons import ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.code_search import CodeSearch, choices
from plie_desktop.views.widgets.date_field import DateField
from plie_desktop.views.widgets.field_widget import FieldWidget
from plie_desktop.views.widgets.long_text import LongText
from plie_desktop.views.widgets.many_list import ManyList
from plie_desktop.views.widgets.open_list import OpenList
from plie_desktop.views.widgets.phone_field import PhoneField
from plie_desktop.views.widgets.text_field import DigitField, TextField

FEW: Final = 6
"""Most answers that are shown side by side where one is picked."""
SEVERAL: Final = 8
"""The same where several are picked."""
SHORT: Final = 24
"""Most characters of an answer that is shown side by side with others."""
ONE_LINE: Final = 34
"""Most characters of a question that fit above half a form."""
HALF: Final = 26
"""Most characters of an answer that fit in a line of half a form."""
_NAMES: Final = "countries"
"""A list whose few long entries, of far islands, are no reason for whole lines."""
_PAIR: Final = 2
_POSTCODE: Final = 5
_CHILDREN: Final = 2
_ROOM: Final = 60


def control_for(field: Field, words: Words) -> FieldWidget:
    """A new control for a question."""
    return _MAKERS[field.kind](field, words)


def is_wide(field: Field, words: Words) -> bool:
    """Whether a question needs the whole width of a form."""
    if field.kind in {FieldKind.CHOICES, FieldKind.LONG_TEXT}:
        return True
    if field.kind is FieldKind.CHOICE and _needs_room(field, words):
        return True
    return len(words.say(field.label)) > ONE_LINE


def _text(field: Field, _words: Words) -> FieldWidget:
    # Room to spare: a text that is too long is told about, never cut.
    return TextField(field.limit + _ROOM if field.limit else 0)


def _digits(length: int) -> Callable[[Field, Words], FieldWidget]:
    return lambda _field, _words: DigitField(length)


def _choice(field: Field, words: Words) -> FieldWidget:
    if _side_by_side(field, FEW):
        return ChoiceButtons(choices(field.choices, words), words)
    return OpenList(CodeSearch(field.choices, words), words)


def _choices(field: Field, words: Words) -> FieldWidget:
    if _side_by_side(field, SEVERAL):
        return MultiChoice(choices(field.choices, words), words)
    return ManyList(CodeSearch(field.choices, words), words)


def _needs_room(field: Field, words: Words) -> bool:
    answers = choices(field.choices, words)
    if _side_by_side(field, FEW):
        return len(answers) > _PAIR
    return field.choices != _NAMES and any(len(answer.label) > HALF for answer in answers)


def _side_by_side(field: Field, most: int) -> bool:
    # The French labels decide: a question is asked by the same control in every language.
    codes = reference.load(field.choices).codes
    return len(codes) <= most and all(len(code.label) <= SHORT for code in codes)


_MAKERS: Final[dict[FieldKind, Callable[[Field, Words], FieldWidget]]] = {
    FieldKind.NAME: _text,
    FieldKind.TEXT: _text,
    FieldKind.EMAIL: _text,
    FieldKind.JOB_SEEKER_ID: _text,
    FieldKind.LONG_TEXT: lambda field, words: LongText(words, field.limit),
    FieldKind.DATE: lambda _field, words: DateField(words),
    FieldKind.PHONE: lambda _field, words: PhoneField(words),
    FieldKind.POSTCODE: _digits(_POSTCODE),
    FieldKind.INTEGER: _digits(_CHILDREN),
    FieldKind.COMMUNE: lambda field, words: OpenList(CodeSearch(field.choices, words), words),
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
}
