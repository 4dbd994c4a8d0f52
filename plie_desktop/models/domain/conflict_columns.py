"""How a conflict is written into the text columns of its record, by headquarters and laptops.

`kind` is the kind of the record in question and `record_id` its id (`str(uuid)`). `base` and
`current` hold `{column: value}`; `candidates` holds a list of `{"values", "by", "at"}`, oldest
first. `current_by` and `by` are names of persons; `current_at`, `decided_at` and `at` are ISO
moments in UTC. `decision` is a `Decision`, `decided_by` the name of who took it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from plie_desktop.models.domain.stored_conflict import Candidate


class ConflictState(StrEnum):
    """Life of a conflict."""

    OPEN = "OPEN"
    SETTLED = "SETTLED"


def write_values(values: Mapping[str, str | None]) -> str:
    """Text of `base` or `current`."""
    return _compact(dict(values))


def read_values(text: str | None) -> dict[str, str | None]:
    """What `write_values` wrote; empty for nothing, or for what is not of that form."""
    return _as_values(_loaded(text))


def write_candidates(candidates: Iterable[Candidate]) -> str:
    """Text of `candidates`."""
    return _compact(
        [
            {"values": dict(one.values), "by": one.by, "at": write_moment(one.at)}
            for one in candidates
        ]
    )


def read_candidates(text: str | None) -> tuple[Candidate, ...]:
    """What `write_candidates` wrote; entries of another form are left out."""
    read = _loaded(text)
    return tuple(
        Candidate(
            _as_values(one.get("values")),
            str(one.get("by") or ""),
            read_moment(one.get("at")),
        )
        for one in (read if isinstance(read, list) else [])
        if isinstance(one, dict)
    )


def write_moment(moment: datetime | None) -> str | None:
    """ISO text in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def read_moment(text: str | None) -> datetime | None:
    """The moment of an ISO text, UTC when it names no zone; None when it is not one."""
    try:
        read = datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError):
        return None
    return read.replace(tzinfo=UTC) if read is not None and read.tzinfo is None else read


def _as_values(read: object) -> dict[str, str | None]:
    if not isinstance(read, dict):
        return {}
    return {str(name): None if value is None else str(value) for name, value in read.items()}


def _loaded(text: str | None) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
