"""A file in words, ready to be laid out."""

from dataclasses import dataclass, field

from plie_desktop.views.widgets.chip import State


@dataclass(frozen=True)
class AnswerLine:
    """One question and what was answered.

    Attributes:
        is_given: there is an answer; otherwise `said` tells why there is none.
        is_protected: very private or of GDPR article 9: only shown when asked for.
    """

    label: str
    said: str = field(repr=False)
    is_given: bool
    is_protected: bool


@dataclass(frozen=True)
class AnswerSection:
    """The answers of one part of the form."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class NoteLine:
    """One line of a card: what, then when or where, and its state where it has one."""

    what: str = field(repr=False)
    when: str
    state: State | None = None


@dataclass(frozen=True)
class FileWords:
    """All that the page says of one person.

    Attributes:
        referent: id of the person who accompanies; empty for nobody.
        staff: id and name of everyone who may.
        entry: since when the person is in the pathway; empty before.
        can_enter: whether the day of entry can be given now.
        to_check: how many answers are to be looked at again, in words; empty for none.
    """

    name: str = field(repr=False)
    breadcrumb: str
    age: str
    file_state: State
    record_state: State
    waiting: str
    phone: str = field(repr=False)
    commune: str
    referent: str
    staff: tuple[tuple[str, str], ...]
    sections: tuple[AnswerSection, ...]
    to_check: str
    entry: str
    can_enter: bool
    pathway: tuple[NoteLine, ...]
    meetings: tuple[NoteLine, ...]
    plans: tuple[NoteLine, ...]
