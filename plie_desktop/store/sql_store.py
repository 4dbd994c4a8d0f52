"""The encrypted base, open: the only implementation of `ports.Store`."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from plie_desktop.clock import Clock, Ids
from plie_desktop.errors import VaultError, VaultMissingError
from plie_desktop.store import engine, schema
from plie_desktop.store.conflicts import SqlConflicts
from plie_desktop.store.examination import examine
from plie_desktop.store.faults import files_translated, translated
from plie_desktop.store.hold import Hold
from plie_desktop.store.intakes import SqlIntakes
from plie_desktop.store.local import SqlLocal
from plie_desktop.store.migrate import upgrade
from plie_desktop.store.outbox import SqlOutbox
from plie_desktop.store.participants import SqlParticipants
from plie_desktop.store.pathways import SqlPathways, SqlPlans
from plie_desktop.store.ports import (
    BaseReport,
    Conflicts,
    Intakes,
    Local,
    Outbox,
    Participants,
    Pathways,
    Plans,
    Staff,
)
from plie_desktop.store.rows import Rows
from plie_desktop.store.seal import Sealer
from plie_desktop.store.staff import SqlStaff
from plie_desktop.store.work import Work
from plie_desktop.text import N_

EXISTS = N_("Il y a déjà une base dans ce dossier. Ouvrez-la, ou choisissez un autre dossier.")
TAKEN_AWAY = N_(
    "La base de ce coffre n’est plus dans son dossier : rien ne peut être enregistré. "
    "Remettez-la sans fermer ce programme, ou appelez le siège."
)


class SqlTransaction:
    """The repositories over one transaction."""

    def __init__(self, work: Work) -> None:
        local, participants = SqlLocal(work), SqlParticipants(work)
        self.participants: Participants = participants
        self.intakes: Intakes = SqlIntakes(work, participants, local)
        self.pathways: Pathways = SqlPathways(work)
        self.plans: Plans = SqlPlans(work)
        self.staff: Staff = SqlStaff(work)
        self.conflicts: Conflicts = SqlConflicts(work)
        self.outbox: Outbox = SqlOutbox(work)
        self.local: Local = SqlLocal(work)


class SqlStore:
    """A base held by this program alone, from construction to `close`.

    Any thread may come in; one transaction is under way at a time.
    """

    def __init__(
        self, path: Path, key: bytes, salt: bytes, clock: Clock, ids: Ids, *, create: bool
    ) -> None:
        """Open the base, or make a new one.

        Args:
            path: the base file.
            key: raw key, 32 bytes.
            salt: the salt in the file's header, 16 bytes.
            clock: tells the time of edits.
            ids: makes the id of a new base.
            create: whether there must be no file yet, or one.

        Raises:
            VaultMissingError: there is no file to open.
            VaultDamagedError: it is empty, plain, cut, of another vault, or has another key.
            VaultBusyError: another program holds it.
            VaultError: there is a file where a new one was to be made.
            DiskFullError: there is no room.
        """
        self._path = path
        self._clock = clock
        self._ids = ids
        self._turn = threading.Lock()
        self._owner: int | None = None
        with files_translated(path):
            if not create:
                engine.check_file(path, salt)
            self._hold = Hold(path)
        try:
            if create:
                self._create(key, salt)
            self._engine = self._open(key, salt)
            try:
                self._take_up()
            except BaseException:
                self._engine.dispose()
                raise
        except BaseException:
            self._hold.release()
            raise

    @property
    def path(self) -> Path:
        return self._path

    @contextlib.contextmanager
    def write(self, *, autosave: bool = False) -> Iterator[SqlTransaction]:
        """A transaction that may write; see `ports.Store`."""
        with self._alone(), translated(self._path):
            self._require_file()
            with self._writer.begin():
                # What was written without us is sealed by itself: it joins no save of a person.
                swept = Sealer(self._writer, self._clock, autosave=False).seal()
                sealer = Sealer(self._writer, self._clock, autosave=autosave)
                rows = Rows(self._writer)
                work = Work(self._writer, rows, self._clock, self._ids, sealer, swept)
                yield SqlTransaction(work)
                work.seal()
            if work.has_removed:
                self._empty_the_log()

    @contextlib.contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        """A snapshot to read from; writing in it is a mistake in the program."""
        with self._alone(), translated(self._path):
            self._require_file()
            with self._reader.begin() as transaction:
                before = self._changes()
                yield SqlTransaction(Work(self._reader, Rows(self._reader), self._clock, self._ids))
                if self._changes() != before:
                    raise RuntimeError("something was written in a transaction that only reads")
                transaction.rollback()

    def examine(self) -> BaseReport:
        """Check the whole file; slow."""
        with self._alone(), translated(self._path):
            self._empty_the_log()
            transaction = self._reader.begin()
            try:
                return examine(self._reader, self._path)
            finally:
                # On a damaged base even ending the transaction may fail; it has written nothing.
                with contextlib.suppress(DBAPIError):
                    transaction.rollback()

    def close(self) -> None:
        """Checkpoint and close; a second time does nothing."""
        with self._alone(), translated(self._path):
            if self._reader.closed:
                return
            # A log that cannot be emptied now (full disk, damaged page) is read back next time.
            with contextlib.suppress(dbapi2.Error):
                self._empty_the_log()
            self._reader.close()
            self._writer.close()
            self._engine.dispose()
            self._hold.release()

    def _create(self, key: bytes, salt: bytes) -> None:
        """Make the base under another name first: a name that exists is a whole base."""
        if self._path.exists():
            raise VaultError(EXISTS)
        new = self._path.with_name(self._path.name + ".new")
        with files_translated(self._path):
            for leftover in (new, *(new.with_name(new.name + tail) for tail in ("-wal", "-shm"))):
                leftover.unlink(missing_ok=True)
            engine.make_empty(new)
            made = engine.open_engine(new, key, salt)
            try:
                connection = made.connect().execution_options(writes=True)
                with connection, connection.begin():
                    schema.create(connection, self._ids.new())
            finally:
                made.dispose()
            new.rename(self._path)
            _keep_names(self._path.parent)

    def _open(self, key: bytes, salt: bytes) -> Engine:
        with files_translated(self._path):
            engine.check_file(self._path, salt)
            if os.name == "posix":
                self._path.chmod(0o600)
            opened = engine.open_engine(self._path, key, salt)
            try:
                upgrade(opened, self._path, key, salt)
            except BaseException:
                opened.dispose()
                raise
        return opened

    def _take_up(self) -> None:
        """Go on where the program before stopped."""
        self._file = _name_of(self._path)
        self._reader = self._engine.connect()
        self._writer = self._engine.connect().execution_options(writes=True)
        with translated(self._path), self._writer.begin():
            # Ours is only ever set inside a transaction: whatever else set it, capture goes on.
            self._writer.exec_driver_sql("UPDATE sync_state SET applying = 0 WHERE applying = 1")
            # No form is being typed in any more.
            self._writer.exec_driver_sql("UPDATE sync_outbox SET is_open = 0 WHERE is_open = 1")

    def _require_file(self) -> None:
        """The file opened is still the vault's: SQLite goes on writing in one that was removed."""
        if self._file != _name_of(self._path):
            raise VaultMissingError(TAKEN_AWAY)

    def _changes(self) -> int:
        return int(self._reader.connection.driver_connection.total_changes)  # type: ignore[union-attr]  # the driver has no types

    def _empty_the_log(self) -> None:
        driver = self._reader.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # type: ignore[union-attr]  # as above
        self._reader.rollback()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("a transaction is already under way on this thread")
        with self._turn:
            self._owner = me
            try:
                yield
            finally:
                self._owner = None


def _name_of(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever it is called; None when there is none to see."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _keep_names(folder: Path) -> None:
    """Make a rename survive a power cut, where the system has a way."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
