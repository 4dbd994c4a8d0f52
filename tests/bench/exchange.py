"""The exchange with headquarters beside its physical limit: G1, G3 to G7."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from plie_desktop.models.domain.records import KINDS
from tests.bench import limit, pouch
from tests.bench.counting import Counted, counting
from tests.bench.headquarters import Laptop, Site, site
from tests.bench.limit import Server
from tests.bench.measure import PRODUCT, Bound, Subject, ratio, timed
from tests.bench.people import RECORDS_EACH, Record, changes, participants

PEOPLE = 10_000
NEW_PEOPLE = 1_000
CHANGED = 100
PULLS, PUSHES, TURNS = 3, 3, 7
POUCH = "PouchDB, batches of 1000, one round"
PULL_LIMIT = "limit: zstd over HTTP into SQLCipher"
PUSH_LIMIT = "limit: SQLCipher, zstd, HTTP, COPY, upsert"
CHANGES_LIMIT = "limit: indexed queries, zstd, upsert"


@dataclass
class Scene:
    """Headquarters, the limit beside it, and the laptops of the measurements.

    Attributes:
        base: of the limit, with every record.
        author: writes; `reader` receives; `counted` receives too, its bytes counted.
    """

    site: Site
    bare: Server
    proxy: Counted
    base: object = None
    author: Laptop = field(init=False)
    reader: Laptop = field(init=False)
    counted: Laptop = field(init=False)


@contextmanager
def _scene() -> Iterator[Scene]:
    with (
        site(PEOPLE) as headquarters,
        limit.serving(headquarters.bare) as bare,
        counting(headquarters.origin) as proxy,
    ):
        yield Scene(headquarters, bare, proxy)


def rows() -> list[Subject]:
    with _scene() as scene:
        pull = _pull(scene)
        push = _push(scene)
        news, nothing = _news(scene)
        for laptop in (scene.author, scene.reader, scene.counted):
            laptop.close()
        return [pull, push, news, nothing]


def _pull(scene: Scene) -> Subject:
    """Every round a fresh vault; the last two go on to the other rows."""
    scene.bare.bodies["all"] = scene.site.body
    seconds: dict[str, list[float]] = {PULL_LIMIT: [], PRODUCT: []}
    laptops = []
    for turn in range(PULLS):
        scene.base = limit.open_base(scene.site.folder / f"limit-{turn}.db")
        with timed(seconds[PULL_LIMIT]):
            limit.fill(scene.base, limit.fetch(scene.bare.port, "all"))
        laptops.append(scene.site.laptop())
        with timed(seconds[PRODUCT]):
            laptops[-1].sync()
        _check(laptops[-1], PEOPLE)
    *others, scene.author, scene.reader = laptops
    for laptop in others:
        laptop.close()
    scene.counted = scene.site.laptop(scene.proxy.origin)
    scene.proxy.take()
    scene.counted.sync()
    carried, _ = scene.proxy.take()
    size = len(scene.site.body)
    bounds = [
        Bound("G1", "time ÷ limit", ratio(seconds, PULL_LIMIT), 3, 1.7),
        Bound("G3", "bytes ÷ zstd of the same rows", carried / size, 1.3, 1.1),
    ]
    notes = [f"{carried / 1e6:.2f} MB on the line, {size / 1e6:.2f} MB of zstd"]
    peer = pouch.pull(scene.site.folder, PEOPLE)
    if peer is None:
        notes.append("PouchDB could not be had here: the part of G1 about it was not measured")
    else:
        seconds[POUCH] = [peer]
        bounds.append(Bound("G1", "time ÷ PouchDB", ratio(seconds, POUCH), 1 / 7, 1 / 12))
    return Subject(
        f"First exchange of {PEOPLE} participants ({PEOPLE * RECORDS_EACH} records), live server",
        PULL_LIMIT,
        seconds,
        tuple(bounds),
        tuple(notes),
    )


def _check(laptop: Laptop, people: int) -> None:
    """What was measured did happen: every file is there and can be searched."""
    found = laptop.services.participants
    name = found.find("", limit=1)[0].birth_name
    assert found.count() == people
    assert found.find(name)


def _push(scene: Scene) -> Subject:
    seconds: dict[str, list[float]] = {PUSH_LIMIT: [], PRODUCT: []}
    sizes = []
    sent = []
    for turn in range(PUSHES):
        start = PEOPLE + turn * NEW_PEOPLE
        new = [record for file in participants(NEW_PEOPLE, start) for record in file]
        marks = limit.places(scene.base)
        limit.fill(scene.base, limit.compressed(new))
        with timed(seconds[PUSH_LIMIT]):
            body = limit.gather(scene.base, marks)
            limit.post(scene.bare.port, body)
        _write(scene.author, new)
        with timed(seconds[PRODUCT]):
            report = scene.author.sync()
        assert report.waiting == report.parked == report.to_settle == 0
        sizes.append(len(body))
        sent.append(report.bytes_out + report.bytes_in)
    weight = statistics.median(sent) / statistics.median(sizes)
    return Subject(
        f"{NEW_PEOPLE} new participants ({NEW_PEOPLE * RECORDS_EACH} records) sent, on that base",
        PUSH_LIMIT,
        seconds,
        (
            Bound("G4", "time ÷ limit", ratio(seconds, PUSH_LIMIT), 3, 1.8),
            Bound("G4", "bytes ÷ zstd of the same rows", weight, None, 1.15),
        ),
        (f"{report.requests} requests",),
    )


def _write(laptop: Laptop, new: list[Record]) -> None:
    with laptop.opened.store.write():
        for kind in KINDS.values():
            names = ("id", "root_id", *kind.column_names)
            marks = ", ".join("?" * len(names))
            laptop.connection.executemany(
                f"INSERT INTO {kind.name} ({', '.join(names)}) VALUES ({marks})",
                [
                    (record.id.bytes, record.root.bytes, *record.values)
                    for record in new
                    if record.kind is kind.name
                ],
            )


def _news(scene: Scene) -> tuple[Subject, Subject]:
    """What changed elsewhere, then nothing; the reader begins as after a start of the program."""
    for laptop in (scene.reader, scene.counted):
        laptop.sync()
    marks = scene.bare.places()
    seconds: dict[str, list[float]] = {CHANGES_LIMIT: [], PRODUCT: []}
    idle: dict[str, list[float]] = {"the same with 100 changes": seconds[PRODUCT], PRODUCT: []}
    carried, carried_idle, requests, connections = [], [], [], []
    for turn in range(TURNS):
        changed = list(changes(CHANGED, PEOPLE, turn))
        _change(scene.author, changed)
        limit.post(scene.bare.port, limit.compressed([record for record, _ in changed]))
        with timed(seconds[CHANGES_LIMIT]):
            limit.fill(scene.base, limit.fetch_since(scene.bare.port, marks))
        marks = scene.bare.places()
        requests.append(_timed_sync(scene.reader, seconds[PRODUCT], CHANGED))
        _timed_sync(scene.reader, idle[PRODUCT], 0)
        for counts, expected in ((carried, CHANGED), (carried_idle, 0)):
            scene.proxy.take()
            _timed_sync(scene.counted, [], expected)
            bytes_, made = scene.proxy.take()
            counts.append(bytes_)
            connections.append(made)
    news = Subject(
        f"{CHANGED} changed records received, on a base of {PEOPLE * RECORDS_EACH}",
        CHANGES_LIMIT,
        seconds,
        (
            Bound("G5", "time ÷ limit", ratio(seconds, CHANGES_LIMIT), 3, 1.5),
            Bound("G5", "requests", max(requests), 2, 2),
            Bound("G5", "connections", max(connections), 1, 1),
            Bound("G6", "kB on the line", statistics.median(carried) / 1000, 30, 14),
        ),
        ("the first exchange after a start of the program: a nonce, then the exchange",),
    )
    nothing = Subject(
        "Nothing changed",
        "the same with 100 changes",
        idle,
        (
            Bound("G7", "time ÷ that of G5", ratio(idle, "the same with 100 changes"), 1, 0.3),
            Bound("G7", "kB on the line", statistics.median(carried_idle) / 1000, 2, 1.2),
        ),
    )
    return news, nothing


def _change(author: Laptop, changed: list[tuple[Record, str]]) -> None:
    with author.opened.store.write():
        for record, column in changed:
            value = record.values[KINDS[record.kind].column_names.index(column)]
            author.connection.execute(
                f"UPDATE {record.kind} SET {column} = ? WHERE id = ?", (value, record.id.bytes)
            )
    report = author.sync()
    assert (report.sent, report.waiting, report.parked) == (len(changed), 0, 0)


def _timed_sync(laptop: Laptop, seconds: list[float], expected: int) -> int:
    laptop.restart()
    with timed(seconds):
        report = laptop.sync()
    assert report.received == expected
    return report.requests
