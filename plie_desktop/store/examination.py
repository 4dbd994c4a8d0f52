"""What `doctor` says of the base: versions, settings, soundness. No personal data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from plie_desktop.models.domain.records import Kind
from plie_desktop.models.tables.synced import TABLES
from plie_desktop.store import capture, schema
from plie_desktop.store.ports import BaseReport
from plie_desktop.text import N_

BAD_PAGES: Final = N_("Des pages de la base ont été modifiées hors du programme.")
BAD_TREE: Final = N_("La structure de la base est abîmée.")
BAD_TRIGGERS: Final = N_("La capture des modifications n’est pas celle de cette version.")
APPLYING: Final = N_("La capture des modifications est restée arrêtée.")
BAD_NUMBERS: Final = N_("La suite des modifications en attente a un trou.")
BAD_INDEX: Final = N_("L’index de recherche ne correspond plus aux dossiers.")
ORPHANS: Final = N_("Des enregistrements n’ont plus de dossier.")
STRAY: Final = N_("Des modifications faites hors du programme attendent d’être scellées.")

_SYNCHRONOUS: Final = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
_UNINDEXED: Final = (
    "SELECT (SELECT count(*) FROM participant) <> (SELECT count(*) FROM participant_search)"
)
_WAITING: Final = "SELECT count(*) FROM sync_outbox WHERE dseq > (SELECT last FROM sync_state)"


def examine(connection: Connection, path: Path) -> BaseReport:
    """Check the whole file and say what was found; a damaged one is reported, not raised."""
    findings = _findings(connection)
    return BaseReport(
        cipher_version=str(_one(connection, "PRAGMA cipher_version")),
        sqlite_version=str(_one(connection, "SELECT sqlite_version()")),
        journal_mode=str(_one(connection, "PRAGMA journal_mode")),
        synchronous=_SYNCHRONOUS.get(_one(connection, "PRAGMA synchronous"), "?"),
        is_sound=set(findings) <= {STRAY},
        findings=findings,
        schema=_or_nothing(lambda: schema.version(connection)) or "",
        participants=_or_nothing(lambda: _one(connection, "SELECT count(*) FROM participant")) or 0,
        waiting=_or_nothing(lambda: _one(connection, _WAITING)) or 0,
        size_bytes=path.stat().st_size,
    )


def _findings(connection: Connection) -> tuple[str, ...]:
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
        # What reads a page that was altered fails from here on.
        return (BAD_PAGES,)
    checks: tuple[tuple[str, Callable[[Connection], bool]], ...] = (
        (BAD_TREE, _has_bad_tree),
        (BAD_TRIGGERS, _has_other_triggers),
        (APPLYING, lambda one: bool(_one(one, "SELECT applying FROM sync_state"))),
        (BAD_NUMBERS, _has_hole),
        (BAD_INDEX, lambda one: bool(_one(one, _UNINDEXED))),
        (ORPHANS, lambda one: any(_has_orphans(one, kind) for kind in TABLES)),
        (STRAY, lambda one: bool(_one(one, "SELECT count(*) FROM sync_dirty"))),
    )
    return tuple(finding for finding, is_so in checks if is_so(connection))


def _has_bad_tree(connection: Connection) -> bool:
    return connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() != ["ok"]


def _has_other_triggers(connection: Connection) -> bool:
    present = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    return {str(name): sql for name, sql in present} != capture.triggers()


def _has_hole(connection: Connection) -> bool:
    first, last, count, following = connection.exec_driver_sql(
        "SELECT min(dseq), max(dseq), count(*), (SELECT next_dseq FROM sync_state)"
        " FROM sync_outbox WHERE dseq > (SELECT last FROM sync_state)"
    ).one()
    return bool(count and (last - first + 1 != count or following != last + 1))


def _has_orphans(connection: Connection, kind: Kind) -> bool:
    if kind in (Kind.PARTICIPANT, Kind.STAFF):
        return False
    found = connection.exec_driver_sql(
        f'SELECT 1 FROM "{kind.value}" AS r WHERE NOT EXISTS '  # noqa: S608 - our own names
        "(SELECT 1 FROM participant AS p WHERE p.id = r.root_id) LIMIT 1"
    )
    return found.first() is not None


def _one(connection: Connection, sql: str) -> Any:  # noqa: ANN401 - numbers or text
    return connection.exec_driver_sql(sql).scalar_one()


def _or_nothing(read: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
    try:
        return read()
    except DBAPIError:
        return None
