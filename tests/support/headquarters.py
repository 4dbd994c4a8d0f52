"""Headquarters and laptops for tests: the real application on a real PostgreSQL.

`Laptop` speaks the messages of the exchange by itself, without the program of the laptop.
"""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from starlette.testclient import TestClient

from plie_desktop.clock import SystemChance, SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import Kind, answer_id
from plie_desktop.protocol import enrolment, signature
from plie_desktop.protocol.messages import (
    CONTENT_TYPE,
    ENROL_PATH,
    EXCHANGE_PATH,
    KEY_HEADER,
    NONCE_HEADER,
    NONCE_PATH,
    PROTOCOL,
    EnrolReply,
    EnrolRequest,
    ExchangeReply,
    ExchangeRequest,
    Op,
    Refusal,
    decode,
    encode,
)
from plie_desktop.server.app import create_app
from plie_desktop.server.enrolment import Invitations
from plie_desktop.server.settings import Settings
from plie_desktop.server.store.database import Database
from tests.support.clocks import FixedClock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class RefusedError(Exception):
    """Headquarters refused; `refusal` says why."""

    def __init__(self, status: int, refusal: Refusal) -> None:
        super().__init__(f"{status} {refusal.code}")
        self.status = status
        self.refusal = refusal


@dataclass
class Headquarters:
    """The application, its clock, and its database."""

    client: TestClient
    url: str
    clock: FixedClock
    invitations: Invitations

    def another_client(self) -> TestClient:
        """A connection for another thread."""
        return TestClient(self.client.app)

    def code(self, name="Anna Le Goff", role=Role.REFERENT, scopes=("maurepas",), **more):
        return self.invitations.invite(name, role, scopes, **more)[0]

    def laptop(self, name="Anna Le Goff", role=Role.REFERENT, scopes=("maurepas",)):
        laptop = Laptop(self.client, self.clock)
        laptop.enrol(self.code(name, role, scopes))
        return laptop


@contextmanager
def headquarters(url: str, settings: Settings | None = None):
    clock = FixedClock(START)
    settings = settings or Settings(connections=4, knocks_per_minute=100_000)
    database = Database(url, connections=1)
    database.open()
    invitations = Invitations(database, clock, SystemChance(), settings)
    try:
        with TestClient(create_app(url, clock, settings)) as client:
            yield Headquarters(client, url, clock, invitations)
    finally:
        database.close()


@dataclass(repr=False)
class Laptop:
    """What a laptop knows, kept in dictionaries.

    Attributes:
        rows: record → (kind, root, values) as received and written here.
        versions: record → version last received.
        outbox: edits not yet received by headquarters, each with its number.
    """

    client: TestClient
    clock: FixedClock
    private: bytes = b""
    public: bytes = b""
    db: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    nonce: str = ""
    cursor: bytes = b""
    epoch: int = 0
    last: int = 0
    dseq: int = 0
    tx: int = 0
    hlc: int = 0
    want: int = 1 << 16
    grant: object = None
    rows: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)
    outbox: list = field(default_factory=list)
    outcomes: dict = field(default_factory=dict)
    evicted: list = field(default_factory=list)
    erased: list = field(default_factory=list)

    def __post_init__(self):
        if not self.private:
            self.private, self.public = signature.new_key_pair(SystemChance())

    def _repr_pretty_(self, printer, _cycle):
        printer.text(f"Laptop({self.grant.device if self.grant else '?'})")

    # Requests

    def first_nonce(self) -> str:
        key = signature.key_id(self.public)
        reply = self.client.post(NONCE_PATH, headers={KEY_HEADER: key})
        return reply.headers[NONCE_HEADER]

    def signed(self, path: str, body: bytes, nonce: str) -> dict[str, str]:
        return signature.sign(
            self.private,
            method="POST",
            authority=self.client.base_url.netloc.decode(),
            path=path,
            query="",
            content_type=CONTENT_TYPE,
            nonce=nonce,
            body=body,
            created=0,
        )

    def post(self, path: str, body: bytes, kind: type, nonce: str | None = None):
        nonce = nonce or self.nonce or self.first_nonce()
        reply = self.client.post(path, content=body, headers=self.signed(path, body, nonce))
        self.nonce = reply.headers.get(NONCE_HEADER, "")
        if reply.status_code != 200:
            raise RefusedError(reply.status_code, decode(reply.content, Refusal))
        return decode(reply.content, kind)

    def enrol(self, code: str, name: str = "Portable 1") -> EnrolReply:
        nonce = self.first_nonce()
        salt = secrets.token_bytes(16)
        hint = enrolment.code_hint(code)
        meeting = enrolment.transcript(hint, self.public, name, nonce, salt)
        proof = enrolment.proof(enrolment.code_key(code), meeting)
        request = EnrolRequest(hint, self.public, name, salt, proof)
        reply = self.post(ENROL_PATH, encode(request), EnrolReply, nonce)
        self.grant = reply.grant
        return reply

    def request(self, **changes) -> ExchangeRequest:
        ops = [op for _, op in self.outbox[:500]]
        first = self.outbox[0][0] if self.outbox else self.last + 1
        given = {
            "protocol": PROTOCOL,
            "schema": 1,
            "db": self.db,
            "epoch": self.epoch,
            "first": first,
            "ops": ops,
            "cursor": self.cursor,
            "want": self.want,
        }
        return ExchangeRequest(**{**given, **changes})

    def exchange(self, **changes) -> ExchangeReply:
        """One request and its reply, without applying it."""
        return self.post(EXCHANGE_PATH, encode(self.request(**changes)), ExchangeReply)

    def sync(self, **changes) -> list[ExchangeReply]:
        """Requests until everything is sent and received; all is applied."""
        replies = []
        while True:
            reply = self.exchange(**changes)
            self.apply(reply)
            replies.append(reply)
            if not reply.more and not self.outbox:
                return replies

    def apply(self, reply: ExchangeReply) -> None:
        acknowledged = [op for number, op in self.outbox if number <= reply.last]
        self.outbox = [(number, op) for number, op in self.outbox if number > reply.last]
        waiting = {(op.record, column) for _, op in self.outbox for column in op.values}
        sent = dict(enumerate(acknowledged, reply.last - len(acknowledged) + 1))
        for outcome in reply.outcomes:
            self.outcomes[outcome.dseq] = outcome
            op = sent.get(outcome.dseq)
            for column, value in outcome.values.items():
                if op is not None and (op.record, column) not in waiting:
                    self.rows[op.record][2][column] = value
        for root in (*reply.evict, *reply.erase):
            self.rows = {id_: row for id_, row in self.rows.items() if row[1] != root}
        self.evicted += reply.evict
        self.erased += reply.erase
        for block in reply.blocks:
            for version, id_, root, *values in block.rows:
                news = dict(zip(block.columns, values, strict=True))
                known = self.rows.get(id_)
                assert known is not None or block.is_whole, "an update of a row never received"
                kind, _, data = known or (block.kind, root, {})
                kept = {c: v for c, v in data.items() if (id_, c) in waiting}
                self.rows[id_] = (kind, root, {**data, **news, **kept})
                self.versions[id_] = version
                assert root in self.rows, "a row without its root"
        self.cursor, self.epoch, self.last = reply.cursor, reply.epoch, reply.last
        self.hlc = max(self.hlc, reply.clock)

    # Edits

    def tick(self) -> int:
        now = int(self.clock.now().timestamp() * 1000) << 16
        self.hlc = max(self.hlc + 1, now)
        return self.hlc

    def save(self, *edits) -> list[int]:
        """Several edits in one save: (kind, record, root, values)."""
        self.tx += 1
        return [self._edit(*edit) for edit in edits]

    def _edit(self, kind, record, root, values) -> int:
        action = "u" if record in self.rows else "i"
        self.dseq += 1
        base = self.versions.get(record, 0)
        op = Op(self.tx, str(kind), record, root, action, base, self.tick(), dict(values))
        self.outbox.append((self.dseq, op))
        data = self.rows[record][2] if record in self.rows else {}
        self.rows[record] = (str(kind), root, {**data, **values})
        return self.dseq

    def person(self, **values) -> bytes:
        """A new file."""
        id_ = SystemIds().new().bytes
        self.save((Kind.PARTICIPANT, id_, id_, {"birth_name": "Martin", **values}))
        return id_

    def change(self, root: bytes, **values) -> int:
        return self.save((Kind.PARTICIPANT, root, root, values))[0]

    def reply_to(self, root: bytes, question: str, value: str) -> bytes:
        """Answer a question of the intake."""
        id_ = answer_id(UUID(bytes=root), question).bytes
        values = {"value": value}
        if id_ not in self.rows:
            values = {"field": question, "state": "answered", "value": value}
        self.save((Kind.ANSWER, id_, root, values))
        return id_

    def values(self, record: bytes) -> dict:
        """The values of a record; a column without one is left out."""
        return {name: value for name, value in self.rows[record][2].items() if value is not None}

    def of_kind(self, kind: Kind) -> dict:
        return {id_: self.values(id_) for id_, row in self.rows.items() if row[0] == kind}
