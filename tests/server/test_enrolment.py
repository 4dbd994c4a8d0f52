"""A code opens the door once, for one laptop, for a day."""

from datetime import timedelta

import msgspec
import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol import enrolment
from plie_desktop.protocol.messages import ENROL_PATH, EnrolReply, EnrolRequest, encode
from tests.support.headquarters import Laptop, RefusedError


def refused(laptop, code) -> tuple[int, str]:
    with pytest.raises(RefusedError) as caught:
        laptop.enrol(code)
    return caught.value.status, caught.value.refusal.code


def fresh(hq) -> Laptop:
    return Laptop(hq.client, hq.clock)


def wrong(code: str) -> str:
    """Another code that begins alike."""
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def test_laptop_learns_who_its_person_is(hq):
    laptop = fresh(hq)
    laptop.enrol(hq.code("Anna Le Goff", Role.REFERENT, ("maurepas", "blosne"), phone="0299"))
    grant = laptop.grant
    assert (grant.name, grant.role) == ("Anna Le Goff", "REFERENT")
    assert (grant.device, grant.scopes) == ("A1", ["maurepas", "blosne"])
    assert grant.organisation == "PLIE de Rennes Métropole"
    laptop.sync()
    assert laptop.values(grant.staff) == {
        "name": "Anna Le Goff",
        "role": "REFERENT",
        "phone": "0299",
    }


def test_headquarters_proves_that_it_knew_the_code(hq, ask):
    laptop, code = fresh(hq), hq.code()
    nonce, name, salt = laptop.first_nonce(), "Portable 3", b"\x05" * 16
    key, hint = enrolment.code_key(code), enrolment.code_hint(code)
    meeting = enrolment.transcript(hint, laptop.public, name, nonce, salt)
    request = EnrolRequest(hint, laptop.public, name, salt, enrolment.proof(key, meeting))
    reply = laptop.post(ENROL_PATH, encode(request), EnrolReply, nonce)
    answer = msgspec.msgpack.encode(reply.grant)
    assert enrolment.is_server_proof(key, meeting, answer, reply.proof)
    # A person compares these words with those on the screen of the laptop.
    assert ask("SELECT words FROM device") == [(" ".join(enrolment.words(meeting)),)]


def test_prefixes_of_laptops_differ_for_ever(hq):
    prefixes = [hq.laptop(f"Person {number}").grant.device for number in range(25)]
    assert len(set(prefixes)) == 25
    assert prefixes[:2] == ["A1", "B1"]
    assert prefixes[-2:] == ["A2", "B2"]


def test_wrong_code_is_refused(hq):
    code = hq.code()
    assert refused(fresh(hq), wrong(code)) == (403, "code-unknown")
    assert refused(fresh(hq), "0000-00000-0000") == (403, "code-unknown")
    fresh(hq).enrol(code)


def test_used_code_is_refused(hq):
    code = hq.code()
    fresh(hq).enrol(code)
    assert refused(fresh(hq), code) == (403, "code-used")


def test_expired_code_is_refused(hq):
    code = hq.code()
    hq.clock.move_to(hq.clock.now() + timedelta(hours=24, seconds=1))
    assert refused(fresh(hq), code) == (403, "code-expired")
    hq.code("Another")
    assert refused(fresh(hq), code) == (403, "code-expired")


def test_code_is_burnt_after_five_wrong_tries(hq):
    code = hq.code()
    for _ in range(5):
        assert refused(fresh(hq), wrong(code)) == (403, "code-unknown")
    assert refused(fresh(hq), code) == (403, "code-expired")


def test_laptop_whose_answer_was_lost_asks_again_and_is_given_the_same(hq, ask):
    laptop, code = fresh(hq), hq.code()
    first = laptop.enrol(code)
    words = ask("SELECT words FROM device")
    assert laptop.enrol(code).grant == first.grant
    ((again,),) = ask("SELECT words FROM device")
    assert again
    assert words != [(again,)]


def test_revoked_laptop_is_not_given_its_grant_again(hq, ask):
    code, laptop = hq.code(), fresh(hq)
    laptop.enrol(code)
    ask("UPDATE device SET revoked_at = now() RETURNING id")
    assert refused(laptop, code) == (403, "revoked")


def test_name_of_a_laptop_cannot_write_in_the_terminal_of_the_administrator(hq, ask):
    fresh(hq).enrol(hq.code(), "Portable\x1b[2J\n3\u202e")
    assert ask("SELECT name FROM device") == [("Portable [2J 3",)]


def test_stolen_public_key_enrols_nobody(hq, ask):
    """The request must be signed by the key that it brings."""
    honest, thief = fresh(hq), fresh(hq)
    code = hq.code()
    thief.public, own = honest.public, thief.public
    with pytest.raises(RefusedError) as caught:
        thief.enrol(code)
    assert caught.value.status in (401, 409)
    assert own != honest.public
    assert ask("SELECT count(*) FROM device") == [(0,)]


def test_code_itself_is_nowhere_in_the_database(hq, ask):
    code = hq.code()
    stored = str(ask("SELECT * FROM invitation"))
    assert code not in stored
    assert code.replace("-", "") not in stored
    assert code[5:] not in stored


def test_person_invited_again_stays_the_same_person(hq, ask):
    first = hq.laptop("Anna Le Goff")
    second = Laptop(hq.client, hq.clock)
    second.enrol(hq.code(" anna  le goff", Role.COORD, ("*",), email=""))
    assert second.grant.staff == first.grant.staff
    first.sync()
    assert first.values(first.grant.staff)["role"] == "COORD"
    assert ask("SELECT count(*) FROM staff") == [(1,)]


def test_every_laptop_receives_the_staff(hq):
    laptop = hq.laptop("Anna", scopes=("maurepas",))
    laptop.sync()
    hq.code("Bruno", Role.OUTREACH, ("blosne",))
    laptop.sync()
    assert {row["name"] for row in laptop.of_kind(Kind.STAFF).values()} == {"Anna", "Bruno"}


@pytest.mark.parametrize(
    ("name", "role", "scopes"),
    [
        ("", Role.REFERENT, ("maurepas",)),
        ("x" * 101, Role.REFERENT, ("maurepas",)),
        ("Anna", Role.REFERENT, ()),
        ("Anna", Role.REFERENT, ("ref",)),
        ("Anna", Role.REFERENT, ("Maurepas Nord",)),
        ("Anna", Role.REFERENT, ("*",)),
    ],
)
def test_invitation_that_makes_no_sense_is_refused(hq, ask, name, role, scopes):
    with pytest.raises(RefusedInputError):
        hq.code(name, role, scopes)
    assert ask("SELECT count(*) FROM staff") == [(0,)]
