"""What is synchronised: kinds of records, their columns, and how each unit of columns merges.

Both sides read these declarations: the laptop makes its tables and capture triggers from them,
headquarters judges edits by them. A participant is the root of an aggregate: all its records
carry its id as `root_id`. A staff member is a root of its own.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from plie_desktop.models.domain.intake_form import BY_KEY, FIELDS, Kept, Policy

SCHEMA_VERSION: Final = 1
"""Raised by one with each change of `KINDS`."""


class Kind(StrEnum):
    """Names of the kinds, on disk and on the wire."""

    PARTICIPANT = "participant"
    ANSWER = "answer"
    STEP = "step"
    OBJECTIVE = "objective"
    INTERVIEW = "interview"
    PLAN = "plan"
    CONFLICT = "conflict"
    STAFF = "staff"


@dataclass(frozen=True)
class Column:
    """One column: all are text, or None. Dates are ISO; numbers are decimal text."""

    name: str
    policy: Policy = Policy.REVIEW
    unit: str = ""

    @property
    def merge_unit(self) -> str:
        return self.unit or self.name


@dataclass(frozen=True)
class RecordKind:
    """A kind of record.

    Attributes:
        columns: synchronised columns beside `id` and `root_id`.
        written_by_server: a device never writes it, except the columns in `decidable`.
        decidable: columns by which a person settles a conflict.
    """

    name: Kind
    columns: tuple[Column, ...]
    written_by_server: bool = False
    decidable: frozenset[str] = frozenset()

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


_LATEST = Policy.LATEST

KINDS: Final[dict[Kind, RecordKind]] = {
    kind.name: kind
    for kind in (
        RecordKind(
            Kind.PARTICIPANT,
            (
                *(
                    Column(field.key, field.policy, field.unit)
                    for field in FIELDS
                    if field.kept is Kept.COLUMN
                ),
                Column("number"),
                Column("reference"),
                Column("state"),
                Column("entry_on"),
                Column("referent_id"),
                Column("taken_by"),
            ),
        ),
        RecordKind(
            Kind.ANSWER,
            (
                Column("field", unit="answer"),
                Column("state", unit="answer"),
                Column("value", unit="answer"),
            ),
        ),
        RecordKind(
            Kind.STEP,
            (
                Column("type_code", _LATEST),
                Column("title", _LATEST),
                Column("operator", _LATEST),
                Column("place", _LATEST),
                Column("starts_on", unit="dates"),
                Column("ends_on", unit="dates"),
                Column("state"),
                Column("note"),
            ),
        ),
        RecordKind(Kind.OBJECTIVE, (Column("rank", _LATEST), Column("words"))),
        RecordKind(
            Kind.INTERVIEW,
            (
                Column("starts_at", _LATEST),
                Column("place", _LATEST),
                Column("state"),
                Column("note"),
            ),
        ),
        RecordKind(
            Kind.PLAN,
            (
                Column("version"),
                Column("made_on"),
                Column("language"),
                Column("state"),
                Column("content"),
            ),
        ),
        RecordKind(
            Kind.CONFLICT,
            (
                Column("kind"),
                Column("record_id"),
                Column("unit"),
                Column("base"),
                Column("current"),
                Column("current_by"),
                Column("current_at"),
                Column("candidates"),
                Column("state"),
                Column("decision"),
                Column("decided_by"),
                Column("decided_at"),
            ),
            written_by_server=True,
            decidable=frozenset({"state", "decision", "decided_by", "decided_at"}),
        ),
        RecordKind(
            Kind.STAFF,
            (Column("name"), Column("role"), Column("phone"), Column("email")),
            written_by_server=True,
        ),
    )
}


def policy_of(kind: Kind, column: str, field: str | None = None) -> Policy:
    """The merge policy of a column; for an answer it is its question's.

    An unknown column or question is reviewed: nothing is decided by a program that does not
    know what it decides.
    """
    if kind is Kind.ANSWER and field in BY_KEY:
        return BY_KEY[field].policy
    declared = KINDS[kind].column(column)
    return declared.policy if declared else Policy.REVIEW


def unit_of(kind: Kind, column: str) -> str:
    """The unit that a column merges with; an unknown column stands alone."""
    declared = KINDS[kind].column(column)
    return declared.merge_unit if declared else column


def answer_id(participant_id: UUID, field: str) -> UUID:
    """The id of the row of one answer: two laptops that answer the same question meet in it."""
    return UUID(bytes=answer_key(participant_id.bytes, field))


def answer_key(participant: bytes, field: str) -> bytes:
    """The bytes of `answer_id`: a UUID of version 5 (RFC 9562), made for thousands at once."""
    name = participant + b"answer/" + field.encode()
    raw = bytearray(hashlib.sha1(name, usedforsecurity=False).digest()[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def conflict_id(record_id: UUID, unit: str, version: int) -> UUID:
    """The id of the review item opened on a unit when its value had that version."""
    return uuid5(record_id, f"conflict/{unit}/{version}")


STAFF_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:plie-desktop:staff")
