"""Searching people as one types, beside the bare query on the same file: G9."""

import random
import secrets
import shutil
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID

from plie_desktop import bootstrap
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.domain.sync_page import RowBlock, SyncPage
from plie_desktop.models.domain.typed_text import folded
from plie_desktop.services.identity import Identity
from plie_desktop.services.participants import ParticipantService
from plie_desktop.store import engine, fold
from tests.bench.headquarters import BUILD
from tests.bench.measure import PRODUCT, Bound, Subject
from tests.bench.people import identities

PEOPLE = 100_000
QUERIES = 400
LIMIT = "limit: bare FTS5, LIMIT 50"
_PAGE = 10_000
_BARE = (
    "SELECT p.id, p.first_name, p.birth_name, p.birth_date, p.commune FROM participant_search AS s"
    " JOIN participant AS p ON p._seq = s.rowid WHERE participant_search MATCH ? LIMIT 50"
)


def rows() -> list[Subject]:
    BUILD.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix="search-", dir=BUILD))
    try:
        return [_searched(folder / "vault.db")]
    finally:
        shutil.rmtree(folder)


def _searched(file: Path) -> Subject:
    key, salt = secrets.token_bytes(32), secrets.token_bytes(16)
    store = bootstrap.open_store(file, key, salt, True)
    names = _fill(store)
    tools = bootstrap.tools()
    service = ParticipantService(store, _anyone(), tools.clock)
    bare = engine.connect(file, key, salt)
    seconds: dict[str, list[float]] = {LIMIT: [], PRODUCT: []}
    for typed in _typed(names):
        query = fold.match(typed)
        expected = _timed(lambda q=query: bare.execute(_BARE, (q,)).fetchall(), seconds[LIMIT])
        found = _timed(lambda t=typed: service.find(t), seconds[PRODUCT])
        assert [UUID(bytes=row[0]) for row in expected] == [line.id for line in found]
    bare.close()
    store.close()
    slow = {name: statistics.quantiles(rounds, n=20)[-1] for name, rounds in seconds.items()}
    return Subject(
        f"Search of one or two beginnings among {PEOPLE} people, first 50",
        LIMIT,
        seconds,
        (Bound("G9", "95th percentile ÷ limit", slow[PRODUCT] / slow[LIMIT], 3, 1.5),),
        tuple(f"95th percentile of {name}: {slow[name] * 1000:.2f} ms" for name in slow),
    )


def _anyone() -> Identity:
    return Identity(
        *("Portable", "B1", StaffMember(UUID(int=1), "Anna Le Goff", "COORD"), Role.COORD),
        *(("*",), "", "PLIE", True),
    )


def _fill(store) -> list[tuple[str, str]]:
    """Pages as headquarters sends them; gives first and birth names."""
    columns = KINDS[Kind.PARTICIPANT].column_names
    first, birth = columns.index("first_name"), columns.index("birth_name")
    names = []
    people = identities(PEOPLE)
    while page := list(islice(people, _PAGE)):
        lines = [(1, record.id.bytes, record.root.bytes, *record.values) for record in page]
        block = RowBlock(Kind.PARTICIPANT, columns, True, lines)
        with store.write() as transaction:
            transaction.outbox.apply(SyncPage(1, 0, 0, (), (block,), (), (), b"", 0))
        names += [(record.values[first], record.values[birth]) for record in page]
    return names


def _typed(names: list[tuple[str, str]]) -> list[str]:
    """What a person types while looking for someone: two letters or more, accents dropped."""
    chance = random.Random(7)
    typed = []
    for _ in range(QUERIES):
        first, birth = (folded(name) for name in chance.choice(names))
        words = chance.choice(((first,), (birth,), (first, birth)))
        typed.append(" ".join(word[: chance.randint(2, len(word))] for word in words))
    return typed


def _timed(work: Callable[[], list], seconds: list[float]) -> list:
    start = time.perf_counter()
    result = work()
    seconds.append(time.perf_counter() - start)
    return result
