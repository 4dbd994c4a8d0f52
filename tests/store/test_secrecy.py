"""No word of a person can be read in any file of the base, open, closed or killed."""

import pytest

from plie_desktop.models.domain.participant import FileState
from tests.support.builders import a_step, begin_file
from tests.support.stores import MORNING

WORDS = ["Zyxwquorn", "Héloïse", "Plombière", "0687654321", "diabète"]


def needles():
    for word in WORDS:
        for spelled in (word, word.upper(), word.lower()):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
                yield spelled.encode(encoding)
            yield spelled.encode().hex().encode()


def readable_in(folder):
    return [
        (file.name, needle)
        for file in folder.rglob("*")
        if file.is_file()
        for content in [file.read_bytes()]
        for needle in needles()
        if needle in content
    ]


@pytest.fixture
def full_store(base_file):
    store = base_file.open(create=True)
    for _ in range(60):
        one = begin_file(
            store,
            first_name="Héloïse",
            birth_name="Zyxwquorn",
            phone="0687654321",
            comment="Elle a parlé de diabète. " * 30,
        )
        with store.write(autosave=True) as transaction:
            transaction.pathways.put_step(a_step(one, MORNING.date(), title="Plombière"))
            transaction.participants.set_state(one, FileState.TO_COMMISSION, None)
            transaction.participants.find("zyx")
    return store


def test_words_are_in_no_file_while_open_nor_after(full_store, base_file):
    folder = base_file.path.parent
    wal = base_file.path.with_name("vault.db-wal")
    assert wal.stat().st_size > 0
    assert readable_in(folder) == []
    full_store.close()
    assert readable_in(folder) == []
    assert base_file.path.stat().st_size > 60 * 700


def test_search_would_find_them_in_a_plain_file(tmp_path):
    (tmp_path / "plain.txt").write_text("… ZYXWQUORN …", encoding="utf-16-le")
    assert {name for name, _ in readable_in(tmp_path)} == {"plain.txt"}


def test_every_page_looks_random(full_store, base_file):
    full_store.close()
    content = base_file.path.read_bytes()
    for at in range(0, len(content), 4096):
        page = content[at : at + 4096]
        # 4096 random bytes hold all but about nothing of the 256 values; text holds far fewer.
        assert len(set(page)) > 240
