"""Who may write what, and who receives what."""

from uuid import UUID

import pytest
import zstandard

from plie_desktop.clock import SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import KINDS, Kind, answer_id
from plie_desktop.protocol.messages import EXCHANGE_PATH, OutcomeCode, encode

MEETS = {Kind.PARTICIPANT, Kind.ANSWER, Kind.INTERVIEW}
PLANS = MEETS | {Kind.STEP, Kind.OBJECTIVE, Kind.PLAN}
WRITES = {Role.OUTREACH: MEETS, Role.REFERENT: PLANS, Role.COORD: PLANS}
MARKER = "Quetzalcoatl"


@pytest.fixture(scope="module")
def laptops(lasting_hq):
    return {
        Role.OUTREACH: lasting_hq.laptop("Olga", Role.OUTREACH, ("maurepas",)),
        Role.REFERENT: lasting_hq.laptop("Remi", Role.REFERENT, ("maurepas",)),
        Role.COORD: lasting_hq.laptop("Cora", Role.COORD, ("*",)),
    }


def a_record(kind: Kind, root: bytes) -> tuple:
    """A new record of a kind, with one value."""
    if kind is Kind.PARTICIPANT:
        id_ = SystemIds().new().bytes
        return kind, id_, id_, {"phone": "1"}
    if kind is Kind.ANSWER:
        id_ = answer_id(UUID(bytes=root), "origin").bytes
        return kind, id_, root, {"field": "origin", "state": "answered", "value": "TERRAIN"}
    return kind, SystemIds().new().bytes, root, {KINDS[kind].column_names[0]: "1"}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", list(Kind))
def test_each_role_writes_its_own_kinds_and_no_other(laptops, role, kind):
    laptop = laptops[role]
    root = laptop.person()
    laptop.sync()
    (number,) = laptop.save(a_record(kind, root))
    laptop.sync()
    parked = number in laptop.outcomes
    assert parked == (kind not in WRITES[role])
    if parked:
        assert laptop.outcomes[number].code == OutcomeCode.PARKED


@pytest.mark.parametrize("column", ["entry_on", "referent_id"])
def test_who_may_not_assign_writes_no_assignment(laptops, column):
    olga, remi = laptops[Role.OUTREACH], laptops[Role.REFERENT]
    root = olga.person()
    olga.sync()
    remi.sync()
    for laptop, may in ((olga, False), (remi, True)):
        (number,) = laptop.save((Kind.PARTICIPANT, root, root, {column: "2026-03-02"}))
        laptop.sync()
        assert (number not in laptop.outcomes) is may
    assert remi.outcomes.get(number) is None
    olga.sync()
    assert olga.values(root)[column] == "2026-03-02"


def test_outreach_settles_no_conflict(laptops):
    olga, remi = laptops[Role.OUTREACH], laptops[Role.REFERENT]
    root = olga.person(birth_name="Diallo")
    olga.sync()
    remi.sync()
    remi.change(root, birth_name="Dialo")
    remi.sync()
    olga.change(root, birth_name="Djallo")
    olga.sync()
    (item,) = [
        id_ for id_, (kind, of, _) in olga.rows.items() if of == root and kind == Kind.CONFLICT
    ]
    (number,) = olga.save((Kind.CONFLICT, item, root, {"state": "SETTLED", "decision": "keep"}))
    olga.sync()
    assert olga.outcomes[number].code == OutcomeCode.PARKED


def test_nobody_writes_what_headquarters_writes_in_a_conflict(laptops):
    olga, remi = laptops[Role.OUTREACH], laptops[Role.REFERENT]
    root = olga.person(birth_name="Diallo")
    olga.sync()
    remi.sync()
    olga.change(root, birth_name="Dialo")
    olga.sync()
    remi.change(root, birth_name="Djallo")
    remi.sync()
    (item,) = [
        id_ for id_, (kind, of, _) in remi.rows.items() if of == root and kind == Kind.CONFLICT
    ]
    (number,) = remi.save((Kind.CONFLICT, item, root, {"current_by": "Nobody"}))
    remi.sync()
    assert remi.outcomes[number].code == OutcomeCode.PARKED


def test_no_byte_of_another_team_leaves_headquarters(lasting_hq):
    """Markers of another scope are looked for in every answer, inflated."""
    ours = lasting_hq.laptop("Anna", scopes=("cleunay",))
    theirs = lasting_hq.laptop("Bruno", scopes=("villejean",))
    root = theirs.person(birth_name=MARKER, phone=MARKER)
    answer = theirs.reply_to(root, "comment", MARKER)
    theirs.sync()
    theirs.sync()
    mine = ours.person()
    # Whoever guesses an id learns nothing by writing to it, reading around it, or moving it.
    ours.save((Kind.PARTICIPANT, root, root, {"birth_name": "Probe", "phone": "Probe"}))
    ours.save((Kind.ANSWER, answer, root, {"value": "Probe"}))
    ours.save((Kind.ANSWER, answer, mine, {"value": "Probe"}))
    ours.save((Kind.STEP, root, mine, {"title": "Probe"}))
    ours.save((Kind.STEP, SystemIds().new().bytes, root, {"title": "Probe"}))
    inflated = b""
    numbers = [number for number, _ in ours.outbox[1:]]
    for again in (False, True):
        body = encode(ours.request(cursor=b"" if again else ours.cursor))
        nonce = ours.first_nonce()
        reply = ours.client.post(
            EXCHANGE_PATH, content=body, headers=ours.signed(EXCHANGE_PATH, body, nonce)
        )
        assert reply.status_code == 200
        inflated += zstandard.ZstdDecompressor().decompress(reply.content, 1 << 24)
    ours.nonce = ""
    ours.sync()
    assert {ours.outcomes[number].code for number in numbers} == {OutcomeCode.PARKED}
    assert b"Anna" in inflated
    assert MARKER.encode() not in inflated
    assert root not in {id_ for id_, row in ours.rows.items() if row[2].get("birth_name") == MARKER}
    theirs.sync()
    assert theirs.values(root)["birth_name"] == MARKER


def test_coordination_receives_every_team_and_files_its_own_apart(lasting_hq, laptops):
    cora, remi = laptops[Role.COORD], laptops[Role.REFERENT]
    theirs = remi.person(birth_name="Remi's")
    own = cora.person(birth_name="Cora's")
    remi.sync()
    cora.sync()
    remi.sync()
    assert theirs in cora.rows
    assert own not in remi.rows


def test_new_file_goes_into_the_first_scope_of_the_laptop(lasting_hq):
    both = lasting_hq.laptop("Zoe", scopes=("cleunay", "villejean"))
    first = lasting_hq.laptop("Yann", scopes=("cleunay",))
    second = lasting_hq.laptop("Xena", scopes=("villejean",))
    root = both.person()
    for laptop in (both, first, second):
        laptop.sync()
    assert root in first.rows
    assert root not in second.rows
