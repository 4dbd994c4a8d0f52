"""A first exchange of few people beside its physical limit: G2."""

from tests.bench import limit
from tests.bench.headquarters import site
from tests.bench.measure import PRODUCT, Bound, Subject, ratio, timed
from tests.bench.people import RECORDS_EACH

PEOPLE = 1_000
ROUNDS = 3
LIMIT = "limit: zstd over HTTP into SQLCipher"


def rows() -> list[Subject]:
    seconds: dict[str, list[float]] = {LIMIT: [], PRODUCT: []}
    with site(PEOPLE) as headquarters, limit.serving(headquarters.bare) as bare:
        bare.bodies["all"] = headquarters.body
        for turn in range(ROUNDS):
            base = limit.open_base(headquarters.folder / f"limit-{turn}.db")
            with timed(seconds[LIMIT]):
                limit.fill(base, limit.fetch(bare.port, "all"))
            base.close()
            laptop = headquarters.laptop()
            with timed(seconds[PRODUCT]):
                laptop.sync()
            assert laptop.services.participants.count() == PEOPLE
            laptop.close()
    return [
        Subject(
            f"First exchange of {PEOPLE} participants ({PEOPLE * RECORDS_EACH} records)",
            LIMIT,
            seconds,
            (Bound("G2", "time ÷ limit", ratio(seconds, LIMIT), 3.5, 2),),
        )
    ]
