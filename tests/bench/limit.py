"""The physical limit: rows as JSON, zstd, one HTTP response, SQLCipher, and nothing else.

No signature, no judgement, no conflict, no search index, no capture: the product can come near,
not beat it.
"""

import http.client
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import psycopg
import zstandard
from sqlcipher3 import dbapi2 as sqlcipher

from plie_desktop.models.domain.records import KINDS, Kind
from tests.bench.people import Record

_CHUNK = 5000


def frames(records: Iterable[Record]) -> bytes:
    """The records as lines of JSON rows, kind after kind."""
    rows: dict[Kind, list[tuple[str | None, ...]]] = {}
    for record in records:
        row = (record.id.hex, record.root.hex, *record.values)
        rows.setdefault(record.kind, []).append(row)
    return b"\n".join(
        msgspec.json.encode({"t": kind, "rows": part[start : start + _CHUNK]})
        for kind, part in rows.items()
        for start in range(0, len(part), _CHUNK)
    )


def compressed(records: Iterable[Record]) -> bytes:
    """The records as a body."""
    return zstandard.compress(frames(records), 3)


def open_base(file: Path) -> sqlcipher.Connection:
    """A bare encrypted base with the same columns, keyed by record, indexed by participant."""
    is_new = not file.exists()
    base = sqlcipher.connect(str(file), isolation_level=None)
    base.execute(f"PRAGMA key = \"x'{_KEY}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-65536"):
        base.execute(f"PRAGMA {pragma}")
    if is_new:
        for kind in KINDS.values():
            columns = ", ".join(kind.column_names)
            base.execute(f"CREATE TABLE {kind.name} (id TEXT PRIMARY KEY, root TEXT, {columns})")
            base.execute(f"CREATE INDEX {kind.name}_root ON {kind.name} (root)")
    return base


_KEY = secrets.token_hex(32)


def fill(base: sqlcipher.Connection, body: bytes) -> int:
    """Inflate, decode and upsert in one transaction; gives the number of rows."""
    count = 0
    base.execute("BEGIN")
    for line in zstandard.ZstdDecompressor().decompress(body).split(b"\n"):
        message = msgspec.json.decode(line)
        names = ("id", "root", *KINDS[message["t"]].column_names)
        marks = ",".join("?" * len(names))
        sql = f"INSERT OR REPLACE INTO {message['t']} ({','.join(names)}) VALUES ({marks})"
        base.executemany(sql, message["rows"])
        count += len(message["rows"])
    base.execute("COMMIT")
    return count


def places(base: sqlcipher.Connection) -> dict[str, int]:
    """The last row number of each kind."""
    return {
        kind.name: base.execute(f"SELECT coalesce(max(rowid), 0) FROM {kind.name}").fetchone()[0]
        for kind in KINDS.values()
    }


def gather(base: sqlcipher.Connection, since: dict[str, int]) -> bytes:
    """The rows that came since, as a body to post."""
    lines = []
    for kind in KINDS.values():
        names = ", ".join(("id", "root", *kind.column_names))
        found = base.execute(
            f"SELECT {names} FROM {kind.name} WHERE rowid > ?", (since[kind.name],)
        )
        if rows := found.fetchall():
            lines.append(msgspec.json.encode({"t": kind.name, "rows": rows}))
    return zstandard.compress(b"\n".join(lines), 3)


@contextmanager
def serving(database: str) -> Iterator["Server"]:
    """A server of bodies for as long as this is open."""
    server = Server(database)
    threading.Thread(target=server.serve, daemon=True).start()
    yield server
    server.stop()


class Server:
    """Serves prepared bodies on loopback, and stores what is posted in PostgreSQL by COPY."""

    def __init__(self, database: str) -> None:
        self.bodies: dict[str, bytes] = {}
        self._database = database
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port: int = self._server.server_address[1]

    def serve(self) -> None:
        self._server.serve_forever()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def store(self, body: bytes) -> None:
        """COPY into a temporary table, then one upsert for each kind, in one transaction."""
        with psycopg.connect(self._database) as connection:
            for line in zstandard.ZstdDecompressor().decompress(body).split(b"\n"):
                message = msgspec.json.decode(line)
                kind = KINDS[message["t"]]
                names = ", ".join(("id", "root", *kind.column_names))
                updates = ", ".join(f"{name} = excluded.{name}" for name in kind.column_names)
                part = f"part_{kind.name}"
                connection.execute(
                    f"CREATE TEMP TABLE IF NOT EXISTS {part} ON COMMIT DROP"
                    f" AS SELECT {names} FROM bare.{kind.name} WITH NO DATA"
                )
                with connection.cursor().copy(f"COPY {part} ({names}) FROM STDIN") as copy:
                    for row in message["rows"]:
                        copy.write_row(row)
                connection.execute(
                    f"INSERT INTO bare.{kind.name} ({names}) SELECT {names} FROM {part}"
                    f" ON CONFLICT (id) DO UPDATE SET {updates},"
                    f" seq = nextval('bare.{kind.name}_seq_seq')"
                )
                connection.execute(f"TRUNCATE {part}")

    def changes(self, since: dict[str, int]) -> bytes:
        """The rows changed since, by one indexed query for each kind."""
        lines = []
        with psycopg.connect(self._database) as connection:
            for kind in KINDS.values():
                names = ", ".join(("id", "root", *kind.column_names))
                rows = connection.execute(
                    f"SELECT {names} FROM bare.{kind.name} WHERE seq > %s", (since[kind.name],)
                ).fetchall()
                if rows:
                    lines.append(msgspec.json.encode({"t": kind.name, "rows": rows}))
        return zstandard.compress(b"\n".join(lines), 3)

    def places(self) -> dict[str, int]:
        """The last number of each kind in the sequence of changes."""
        with psycopg.connect(self._database) as connection:
            return {
                kind.name: connection.execute(
                    f"SELECT coalesce(max(seq), 0) FROM bare.{kind.name}"
                ).fetchone()[0]
                for kind in KINDS.values()
            }


def prepare(database: str) -> None:
    """One table of the plainest shape for each kind."""
    with psycopg.connect(database) as connection:
        connection.execute("CREATE SCHEMA bare")
        for kind in KINDS.values():
            columns = ", ".join(f"{name} text" for name in kind.column_names)
            connection.execute(
                f"CREATE TABLE bare.{kind.name} (id text PRIMARY KEY, root text, {columns},"
                " seq bigserial)"
            )
            connection.execute(f"CREATE INDEX ON bare.{kind.name} (seq)")


class _Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name.startswith("since/"):
            since = msgspec.json.decode(bytes.fromhex(name.removeprefix("since/")))
            self._answer(self.owner.changes(since))
        else:
            self._answer(self.owner.bodies[name])

    def do_POST(self) -> None:
        self.owner.store(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


def fetch(port: int, name: str) -> bytes:
    """One GET on loopback."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"/{name}")
        return connection.getresponse().read()
    finally:
        connection.close()


def fetch_since(port: int, marks: dict[str, int]) -> bytes:
    """What changed since these places in the sequence."""
    return fetch(port, f"since/{msgspec.json.encode(marks).hex()}")


def post(port: int, body: bytes) -> None:
    """One POST on loopback."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", "/push", body)
        connection.getresponse().read()
    finally:
        connection.close()
