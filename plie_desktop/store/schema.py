"""The tables of a new base, made from the declarations; what version an existing one has."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection, insert
from sqlalchemy.schema import CreateIndex, CreateTable

from plie_desktop.models.tables import local, search
from plie_desktop.models.tables.synced import METADATA
from plie_desktop.store import capture

HEAD: Final = "0001"
"""The newest migration; a new base has its schema from the start."""

VERSION_TABLE: Final = "alembic_version"


def create(connection: Connection, db: UUID) -> None:
    """Make every table, index and trigger of an empty base."""
    connection.exec_driver_sql(
        f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL,"
        f" CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num))"
    )
    for table in METADATA.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))
    connection.exec_driver_sql(search.CREATE)
    connection.execute(insert(local.STATE).values(id=1, db=db.bytes))
    connection.exec_driver_sql(f"INSERT INTO {VERSION_TABLE} VALUES (?)", (HEAD,))  # noqa: S608 - a constant
    capture.install(connection)


def version(connection: Connection) -> str | None:
    """The migration an existing base stands at; None when it has no tables of ours."""
    present = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (VERSION_TABLE,)
    ).first()
    if present is None:
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608 - a constant
    return str(found) if found else None
