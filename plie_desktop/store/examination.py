"""What `doctor` says of the base: versions, settings, soundness. No personal data."""

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

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


def examine(connection: Connection, path: Path) -> BaseReport:
    """Check the whole file and say what was found."""
    findings = tuple(_findings(connection))
    waiting = "SELECT count(*) FROM sync_outbox WHERE dseq > (SELECT last FROM sync_state)"
    return BaseReport(
        cipher_version=str(_one(connection, "PRAGMA cipher_version")),
        sqlite_version=str(_one(connection, "SELECT sqlite_version()")),
        journal_mode=str(_one(connection, "PRAGMA journal_mode")),
        synchronous=_SYNCHRONOUS.get(_one(connection, "PRAGMA synchronous"), "?"),
        is_sound=not findings or findings == (STRAY,),
        findings=findings,
        schema=schema.version(connection) or "",
        participants=_one(connection, "SELECT count(*) FROM participant"),
        waiting=_one(connection, waiting),
        size_bytes=path.stat().st_size,
    )


def _findings(connection: Connection) -> list[str]:
    found = []
    if connection.exec_driver_sql("PRAGMA cipher_integrity_check").first() is not None:
        found.append(BAD_PAGES)
    if connection.exec_driver_sql("PRAGMA integrity_check").all() != [("ok",)]:
        found.append(BAD_TREE)
    present = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    if {str(name): sql for name, sql in present} != capture.triggers():
        found.append(BAD_TRIGGERS)
    if _one(connection, "SELECT applying FROM sync_state"):
        found.append(APPLYING)
    if not _numbers_are_whole(connection):
        found.append(BAD_NUMBERS)
    missing = (
        "SELECT (SELECT count(*) FROM participant) - (SELECT count(*) FROM participant_search)"
    )
    if _one(connection, missing):
        found.append(BAD_INDEX)
    if any(_has_orphans(connection, kind) for kind in TABLES):
        found.append(ORPHANS)
    if _one(connection, "SELECT count(*) FROM sync_dirty"):
        found.append(STRAY)
    return found


def _numbers_are_whole(connection: Connection) -> bool:
    first, last, count, following = connection.exec_driver_sql(
        "SELECT min(dseq), max(dseq), count(*), (SELECT next_dseq FROM sync_state)"
        " FROM sync_outbox WHERE dseq > (SELECT last FROM sync_state)"
    ).one()
    return bool(count == 0 or (last - first + 1 == count and following == last + 1))


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
