"""A migration is proven three ways: same schema, no trace after going down, data survives."""

import shutil
import sys

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from plie_desktop.errors import VaultDamagedError, VaultError
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.participant import FileState
from plie_desktop.store import engine, migrate, schema
from tests.support.stores import BaseFile

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("step", sa.Column("mood", sa.Text))
"""


def schema_of(connection):
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%'"
    )
    return {(kind, name): "".join((sql or "").split()) for kind, name, sql in found}


@pytest.fixture
def empty_base(base_file: BaseFile):
    """An engine over a base without any table."""
    engine.make_empty(base_file.path)
    opened = engine.open_engine(base_file.path, base_file.key, base_file.salt)
    yield opened
    opened.dispose()


def test_migrating_from_nothing_gives_the_schema_of_the_declarations(empty_base, tmp_path):
    with empty_base.connect() as connection, connection.begin():
        migrate.migrate(connection)
        migrated = schema_of(connection)
    made = BaseFile(tmp_path / "made.db")
    made.open(create=True).close()
    opened = engine.open_engine(made.path, made.key, made.salt)
    with opened.connect() as connection:
        declared = schema_of(connection)
    opened.dispose()
    assert migrated == declared


def test_up_and_down_leaves_no_trace(empty_base):
    with empty_base.connect() as connection, connection.begin():
        migrate.migrate(connection)
        command.downgrade(migrate.configuration(connection), "base")
        left = schema_of(connection)
        versions = connection.exec_driver_sql("SELECT * FROM alembic_version").all()
    assert {name for _, name in left} <= {"alembic_version", "alembic_version_pkc"}
    assert versions == []


def test_head_is_the_newest_script():
    assert ScriptDirectory(str(migrate.SCRIPTS)).get_current_head() == schema.HEAD


def filled(base_file: BaseFile):
    store = base_file.open(create=True)
    with store.write() as transaction:
        person = store._ids.new()
        transaction.intakes.create(person, state=FileState.INTAKE)
        transaction.intakes.put(person, {"birth_name": Answer.given("Morvan")})
    store.close()
    return person


@pytest.fixture
def with_second_script(tmp_path, monkeypatch):
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / "v0002_mood.py").write_text(SECOND, encoding="utf-8")
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "HEAD", "0002")
    return scripts


def test_real_data_survive_an_upgrade_and_a_copy_stays_beside(base_file, with_second_script):
    schema.HEAD = "0001"
    person = filled(base_file)
    schema.HEAD = "0002"
    with base_file.open().write() as transaction:
        assert transaction.intakes.get(person).value("birth_name") == "Morvan"
        assert transaction.outbox.counts() == (1, 1, 0)
    copy = base_file.path.with_name("vault.db.before-0002")
    assert copy.stat().st_mode & 0o777 == 0o600
    checked = engine.connect(copy, base_file.key, base_file.salt)
    assert checked.execute("SELECT birth_name FROM participant").fetchall() == [("Morvan",)]
    assert checked.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    checked.close()


def test_upgraded_base_has_the_new_column_and_its_triggers(base_file, with_second_script):
    schema.HEAD = "0001"
    filled(base_file)
    schema.HEAD = "0002"
    base_file.open().close()
    opened = engine.connect(base_file.path, base_file.key, base_file.salt)
    columns = {row[1] for row in opened.execute("PRAGMA table_info(step)")}
    triggers = opened.execute("SELECT count(*) FROM sqlite_master WHERE type='trigger'").fetchone()
    opened.close()
    assert "mood" in columns
    assert triggers[0] > 50


def test_failed_upgrade_leaves_the_base_as_it_was(base_file, with_second_script):
    schema.HEAD = "0001"
    person = filled(base_file)
    script = with_second_script / "versions" / "v0002_mood.py"
    script.write_text(SECOND + "    raise RuntimeError('half way')\n", encoding="utf-8")
    schema.HEAD = "0002"
    with pytest.raises(RuntimeError):
        base_file.open()
    schema.HEAD = "0001"
    store = base_file.open()
    with store.read() as transaction:
        assert transaction.intakes.get(person).value("birth_name") == "Morvan"
    assert store.examine().is_sound
    store.close()


def test_newer_base_is_refused_with_its_own_sentence(base_file):
    filled(base_file)
    opened = engine.connect(base_file.path, base_file.key, base_file.salt)
    opened.execute("UPDATE alembic_version SET version_num = '9999'")
    opened.close()
    with pytest.raises(VaultError) as refused:
        base_file.open()
    assert refused.value.sentence == migrate.NEWER


def test_base_without_tables_is_refused_with_its_own_sentence(base_file):
    engine.make_empty(base_file.path)
    opened = engine.connect(base_file.path, base_file.key, base_file.salt)
    opened.execute("CREATE TABLE unknown (x TEXT)")
    opened.close()
    with pytest.raises(VaultDamagedError) as refused:
        base_file.open()
    assert refused.value.sentence == migrate.NO_TABLES


def test_opening_a_current_base_does_not_load_the_migration_library(base_file):
    import subprocess

    filled(base_file)
    script = f"""
import sys
from pathlib import Path
from plie_desktop.clock import SystemClock, SystemIds
from plie_desktop.store.sql_store import SqlStore
SqlStore(Path({str(base_file.path)!r}), bytes.fromhex({base_file.key.hex()!r}),
         bytes.fromhex({base_file.salt.hex()!r}), SystemClock(), SystemIds(), create=False).close()
assert "alembic" not in sys.modules
assert "sqlalchemy.orm" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
