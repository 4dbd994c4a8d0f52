"""A record as headquarters holds it: values, and who wrote each of them when.

Only the other parts of the server come in.
"""

from dataclasses import dataclass, field

PENDING = -1
"""Version of a stamp made in the transaction that is still being judged."""
REST = "*"
"""Name of the stamp of all fields that have none of their own."""
HEADQUARTERS = 0
"""Number in the stamps that headquarters itself makes."""


@dataclass(slots=True)
class Stamp:
    """Who wrote a field.

    Attributes:
        ver: version at which the value came into force.
        base: number of the base file that wrote it.
        dseq: number of the edit in that base.
        hlc: effective hybrid logical clock of the edit.
    """

    ver: int
    base: int
    dseq: int
    hlc: int


@dataclass(slots=True)
class Row:
    """One record; changed in place while a batch is judged.

    Attributes:
        meta: stamps by field name; `REST` stands for the others.
        changed: names of the fields that are no longer as they were read.
    """

    kind: str
    id: bytes
    root: bytes
    ver: int
    created_ver: int
    data: dict[str, str | None] = field(repr=False)
    meta: dict[str, Stamp]
    changed: set[str] = field(default_factory=set)

    def stamp(self, column: str) -> Stamp | None:
        """The stamp of a field, None when nobody ever wrote it."""
        if column not in self.data:
            return None
        return self.meta.get(column) or self.meta[REST]

    def put(self, column: str, value: str | None, stamp: Stamp) -> None:
        self.data[column] = value
        self.restamp(column, stamp)

    def restamp(self, column: str, stamp: Stamp) -> None:
        """Say who wrote a field, its value aside."""
        self.meta[column] = stamp
        self.changed.add(column)

    def writers(self) -> list[int]:
        """The bases whose values are in force here."""
        return sorted({stamp.base for stamp in self.meta.values()})


@dataclass(slots=True)
class Root:
    """An aggregate, the file of one person.

    Attributes:
        since: version at which it came into its scope.
        size: bytes ever written into it by laptops.
    """

    id: bytes
    scope: str
    since: int
    created_ver: int
    size: int = 0


@dataclass(slots=True)
class Past:
    """A value for the history: no longer in force, or never in force.

    Attributes:
        why: `replaced`, `lost` or `candidate`.
        stamp: who wrote it; its version is that of the batch when it never came into force.
    """

    record: bytes
    root: bytes
    column: str
    value: str | None = field(repr=False)
    why: str
    stamp: Stamp
