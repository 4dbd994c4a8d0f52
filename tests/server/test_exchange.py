"""The exchange, told by what two laptops see."""

from plie_desktop.models.domain.records import Kind
from plie_desktop.protocol.messages import OutcomeCode


def test_what_one_laptop_writes_the_other_receives(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(first_name="Awa", phone="0600000000")
    anna.reply_to(root, "origin", "TERRAIN")
    anna.sync()
    bruno.sync()
    assert bruno.values(root)["first_name"] == "Awa"
    assert {row["value"] for row in bruno.of_kind(Kind.ANSWER).values()} == {"TERRAIN"}


def test_own_edits_do_not_come_back(hq):
    anna = hq.laptop()
    anna.person(first_name="Awa")
    replies = anna.sync() + anna.sync()
    kinds = {block.kind for reply in replies for block in reply.blocks}
    assert kinds == {Kind.STAFF}


def test_edits_of_different_fields_both_survive(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(first_name="Awa")
    anna.sync()
    bruno.sync()
    anna.change(root, first_name="Hawa")
    bruno.change(root, birth_name="Diallo")
    for laptop in (anna, bruno, anna):
        laptop.sync()
    assert anna.values(root) == bruno.values(root)
    assert anna.values(root)["first_name"] == "Hawa"
    assert anna.values(root)["birth_name"] == "Diallo"
    assert not anna.of_kind(Kind.CONFLICT)


def test_different_values_of_a_reviewed_field_become_a_conflict_that_both_see(hq):
    anna, bruno = hq.laptop("Anna"), hq.laptop("Bruno")
    root = anna.person(birth_name="Diallo")
    anna.sync()
    bruno.sync()
    anna.change(root, birth_name="Dialo")
    number = bruno.change(root, birth_name="Djallo")
    for laptop in (anna, bruno, anna):
        laptop.sync()
    assert bruno.outcomes[number].code == OutcomeCode.CONFLICT
    assert anna.values(root)["birth_name"] == bruno.values(root)["birth_name"] == "Dialo"
    assert anna.of_kind(Kind.CONFLICT) == bruno.of_kind(Kind.CONFLICT)
    (item,) = anna.of_kind(Kind.CONFLICT).values()
    assert item["state"] == "OPEN"
    assert item["current_by"] == "Anna"
    assert "Djallo" in item["candidates"]
    assert "Diallo" in item["base"]
