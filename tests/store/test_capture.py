"""What the triggers record is what changed, whatever wrote it (sync.md I21)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlcipher3 import dbapi2

from plie_desktop.models.domain.edit import Action
from plie_desktop.models.domain.records import KINDS, Kind
from plie_desktop.models.tables.synced import TABLES
from plie_desktop.store import capture
from tests.support.builders import (
    apply_page,
    begin_file,
    changed_rows,
    new_id,
    pending,
    whole_rows,
)
from tests.support.stores import BaseFile, by_hand

OURS = [kind for kind, declared in KINDS.items() if not declared.written_by_server]
TEXTS = st.one_of(st.none(), st.sampled_from(["", "a", "b", "É", "12", "x" * 40]))


def snapshot(connection):
    """Every synchronised cell by (table, id, column)."""
    cells = {}
    for kind, declared in KINDS.items():
        columns = ", ".join(f'"{name}"' for name in declared.column_names)
        for row in connection.execute(f'SELECT id, {columns} FROM "{kind.value}"'):
            for name, value in zip(declared.column_names, row[1:], strict=True):
                cells[kind.value, row[0], name] = value
    return cells


def dirty(connection):
    return {
        (table, pk, column): old
        for table, pk, column, old in connection.execute("SELECT tbl, pk, col, old FROM sync_dirty")
    }


def changes(before, after):
    """Cells that differ between two snapshots, with their first value; new rows aside."""
    known = {(table, pk) for table, pk, _ in before}
    return {
        cell: before[cell]
        for cell, value in after.items()
        if (cell[0], cell[1]) in known and before[cell] != value
    }


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """A base with a few confirmed rows of each kind."""
    base = BaseFile(tmp_path_factory.mktemp("capture") / "vault.db")
    store = base.open(create=True)
    people = [new_id() for _ in range(2)]
    blocks = [whole_rows(Kind.PARTICIPANT, *((3, one, one, {}) for one in people))]
    for kind in OURS:
        if kind is not Kind.PARTICIPANT:
            rows = ((4, new_id(), one, {}) for one in people)
            blocks.append(whole_rows(kind, *rows))
    apply_page(store, *blocks)
    store.close()
    return base


writes = st.lists(
    st.tuples(
        st.sampled_from(OURS),
        st.integers(0, 1),
        st.dictionaries(st.integers(0, 40), TEXTS, min_size=1, max_size=3),
        st.sampled_from(["UPDATE", "UPDATE OR IGNORE", "UPDATE OR REPLACE", "all rows", "upsert"]),
    ),
    max_size=8,
)


@given(writes)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_captured_cells_are_the_changed_cells_for_every_way_of_writing(seeded, script):
    with by_hand(seeded) as connection:
        before = snapshot(connection)
        connection.execute("BEGIN")
        for kind, place, cells, way in script:
            names = KINDS[kind].column_names
            values = {names[at % len(names)]: value for at, value in cells.items()}
            ids = [row[0] for row in connection.execute(f'SELECT id FROM "{kind}" ORDER BY id')]
            setting = ", ".join(f'"{name}" = ?' for name in values)
            if way == "all rows":
                connection.execute(f'UPDATE "{kind}" SET {setting}', list(values.values()))
            elif way == "upsert":
                listed = ", ".join(f'"{name}"' for name in values)
                changed = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
                connection.execute(
                    f'INSERT INTO "{kind}" (id, root_id, {listed}) VALUES (?, ?, '
                    f"{', '.join('?' * len(values))}) ON CONFLICT (id) DO UPDATE SET {changed}",
                    [ids[place], ids[place], *values.values()],
                )
            else:
                connection.execute(
                    f'{way} "{kind}" SET {setting} WHERE id = ?', [*values.values(), ids[place]]
                )
        after = snapshot(connection)
        recorded = dirty(connection)
        bases = {row[0] for row in connection.execute("SELECT base FROM sync_dirty")}
        connection.execute("ROLLBACK")
    # A cell written and written back is recorded, and left out when it is sealed.
    real = {cell: old for cell, old in recorded.items() if after[cell] != old}
    assert real == changes(before, after)
    assert all(recorded[cell] == before[cell] for cell in recorded)
    assert bases <= {3, 4}


def test_core_bulk_and_raw_writes_are_sealed_with_first_old_and_last_new_value(store, base_file):
    one, two = begin_file(store, first_name="Ana"), begin_file(store, first_name="Zoé")
    apply_page(store, last=2)
    people = TABLES[Kind.PARTICIPANT]
    with store.write():
        connection = store._writer
        connection.execute(update(people).values(sex="F"))
        connection.exec_driver_sql("UPDATE participant SET sex = 'M' WHERE id = ?", (one.bytes,))
        connection.exec_driver_sql("UPDATE participant SET first_name = 'Ana'")
    with by_hand(base_file) as raw:
        cells = dict(raw.execute("SELECT pk, cells FROM sync_outbox WHERE dseq > 2").fetchall())
    assert cells == {
        one.bytes: '{"sex":["M",null]}',
        two.bytes: '{"first_name":["Ana","Zoé"],"sex":["F",null]}',
    }


def test_cell_written_back_in_the_same_save_is_no_edit(store):
    one = begin_file(store, first_name="Ana")
    with store.write():
        for name in ("Anna", "Ana"):
            store._writer.exec_driver_sql(
                "UPDATE participant SET first_name = ? WHERE id = ?", (name, one.bytes)
            )
    assert [edit.dseq for edit in pending(store)] == [1]


def test_new_row_is_captured_whole_with_its_later_changes(store):
    one, step = begin_file(store), new_id()
    with store.write():
        store._writer.exec_driver_sql(
            "INSERT INTO step (id, root_id, title) VALUES (?, ?, 'A')", (step.bytes, one.bytes)
        )
        store._writer.exec_driver_sql("UPDATE step SET title = 'B', place = 'Rennes'")
    edit = pending(store)[-1]
    assert (edit.kind, edit.record_id, edit.root_id) == (Kind.STEP, step, one)
    assert edit.action is Action.INSERT
    assert dict(edit.values) == {"title": "B", "place": "Rennes"}


@pytest.mark.parametrize("kind", list(KINDS))
def test_rows_are_never_deleted_nor_moved_by_hand(seeded, kind):
    with by_hand(seeded) as connection:
        if not KINDS[kind].written_by_server:
            for sql in (
                f'DELETE FROM "{kind}"',
                f"UPDATE \"{kind}\" SET root_id = x'00'",
                f"UPDATE \"{kind}\" SET id = x'00'",
                f'UPDATE "{kind}" SET _v = 9',
                f'INSERT OR REPLACE INTO "{kind}" (id, root_id) SELECT id, root_id FROM "{kind}"',
            ):
                with pytest.raises(dbapi2.IntegrityError):
                    connection.execute(sql)
        else:
            with pytest.raises(dbapi2.IntegrityError, match="headquarters"):
                connection.execute(f"INSERT INTO \"{kind}\" (id, root_id) VALUES (x'01', x'01')")
        assert dirty(connection) == {}


def test_only_the_decision_of_a_conflict_is_captured(store, base_file):
    one, conflict = begin_file(store), new_id()
    apply_page(store, whole_rows(Kind.CONFLICT, (9, conflict, one, {"state": "OPEN"})))
    with by_hand(base_file) as connection:
        with pytest.raises(dbapi2.IntegrityError, match="headquarters"):
            connection.execute("UPDATE conflict SET current = 'x'")
        connection.execute("UPDATE conflict SET decision = 'keep', state = 'settled'")
        assert dirty(connection) == {
            ("conflict", conflict.bytes, "decision"): None,
            ("conflict", conflict.bytes, "state"): "OPEN",
        }


def test_nothing_is_captured_while_a_reply_is_applied(store, base_file):
    one = begin_file(store, first_name="Ana")
    apply_page(
        store,
        changed_rows(Kind.PARTICIPANT, (7, one, one, {"first_name": "Anna"})),
        whole_rows(Kind.STEP, *((7, new_id(), one, {"title": str(n)}) for n in range(3))),
        last=1,
    )
    with by_hand(base_file) as connection:
        assert dirty(connection) == {}
        assert connection.execute("SELECT applying FROM sync_state").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM sync_outbox WHERE dseq > 1").fetchone() == (
            0,
        )


def test_reply_that_fails_half_way_leaves_the_capture_on(store, base_file):
    one = begin_file(store, first_name="Ana")
    broken = whole_rows(Kind.STEP, (7, new_id(), one, {}))
    broken.rows[0].pop()
    with pytest.raises(dbapi2.ProgrammingError):
        apply_page(store, broken, last=1)
    with by_hand(base_file) as connection:
        assert connection.execute("SELECT applying, last FROM sync_state").fetchone() == (0, 0)
        connection.execute("UPDATE participant SET sex = 'F'")
        assert dirty(connection) == {("participant", one.bytes, "sex"): None}


def test_large_reply_puts_the_triggers_back(store, base_file):
    people = [new_id() for _ in range(1200)]
    rows = ((5, one, one, {"birth_name": f"N{n}"}) for n, one in enumerate(people))
    apply_page(store, whole_rows(Kind.PARTICIPANT, *rows))
    with by_hand(base_file) as connection:
        present = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        assert dict(present.fetchall()) == capture.triggers()
        assert connection.execute("SELECT count(*) FROM sync_outbox").fetchone() == (0,)


def test_large_reply_that_fails_puts_the_triggers_back_too(store, base_file):
    rows = whole_rows(Kind.STAFF, *((5, one, one, {}) for one in (new_id() for _ in range(1200))))
    rows.rows[-1].pop()
    with pytest.raises(dbapi2.ProgrammingError):
        apply_page(store, rows)
    with by_hand(base_file) as connection:
        present = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        assert dict(present.fetchall()) == capture.triggers()
        assert connection.execute("SELECT count(*) FROM staff").fetchone() == (0,)
