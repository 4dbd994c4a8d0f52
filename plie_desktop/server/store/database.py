"""Connections and transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import Connection, IsolationLevel
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format
from psycopg_pool import ConnectionPool, PoolTimeout
from typing_extensions import override

from plie_desktop.errors import PlieError
from plie_desktop.text import N_

UNREACHABLE: Final = N_(
    "La base du siège ne répond pas. Vérifiez que PostgreSQL est démarré et l’adresse donnée."
)


class DatabaseError(PlieError):
    """PostgreSQL cannot be reached."""


class _TextUuid(Loader):
    """Ids are 16 bytes here, as they travel."""

    @override
    def load(self, data: Buffer) -> bytes:
        return bytes.fromhex(bytes(data).replace(b"-", b"").decode("ascii"))


class _BinaryUuid(Loader):
    """The same, from the binary form."""

    format = Format.BINARY

    @override
    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def _adapt(connection: Connection) -> None:
    """Have ids loaded as bytes on this connection."""
    connection.adapters.register_loader("uuid", _TextUuid)
    connection.adapters.register_loader("uuid", _BinaryUuid)


class Database:
    """The connections to one database.

    Args:
        url: as PostgreSQL spells it.
        connections: most of them at once.
        patience: seconds to wait for one of them.
    """

    def __init__(self, url: str, connections: int = 8, patience: float = 10.0) -> None:
        self._patience = patience
        self._pool = ConnectionPool(
            url,
            min_size=1,
            max_size=connections,
            open=False,
            configure=_adapt,
            timeout=patience,
            # PostgreSQL may have been restarted since: a dead connection serves nobody.
            check=ConnectionPool.check_connection,
            kwargs={"autocommit": True, "application_name": "plie-server"},
        )

    def open(self) -> None:
        """Connect.

        Raises:
            DatabaseError: nobody answers at the address.
        """
        try:
            self._pool.open(wait=True, timeout=self._patience)
        except PoolTimeout as error:
            self._pool.close()
            raise DatabaseError(UNREACHABLE) from error

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back by an exception.

        Raises:
            DatabaseError: PostgreSQL went away.
        """
        with self._connection() as connection, connection.transaction():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A read-only transaction in which nothing moves."""
        with self._connection() as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            try:
                with connection.transaction():
                    yield connection
            finally:
                if not connection.closed:
                    connection.isolation_level = None
                    connection.read_only = None

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._pool.connection() as connection:
                yield connection
        except (PoolTimeout, psycopg.OperationalError) as error:
            if _is_passing(error):
                raise
            raise DatabaseError(UNREACHABLE) from error


def _is_passing(error: Exception) -> bool:
    """Whether the same transaction would succeed when done again."""
    return isinstance(error, psycopg.errors.DeadlockDetected | psycopg.errors.SerializationFailure)
