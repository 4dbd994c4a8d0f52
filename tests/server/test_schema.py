"""The shape of the database; a step is proven up, down, and with what was there."""

from itertools import pairwise

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from plie_desktop.server.store import saving, schema
from tests.support.backups import rows_of
from tests.support.headquarters import headquarters
from tests.support.postgres import empty_database

STEPS = sorted(schema.known())


def configuration(connection=None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(schema.STEPS))
    config.attributes["connection"] = connection
    return config


def go_to(url: str, step: str) -> None:
    with schema.steps(url) as (_, go):
        go(step)


def go_down_to(url: str, step: str) -> None:
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool
    )
    with engine.begin() as connection:
        command.downgrade(configuration(connection), step)


def shape_of(url: str) -> set[tuple]:
    """Columns, checks, keys, indexes and what is said of them."""
    with psycopg.connect(url) as connection:
        columns = connection.execute(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
            "a.attidentity, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum) "
            "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
            "WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped"
        ).fetchall()
        rules = connection.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace"
        ).fetchall()
        indexes = connection.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"
        ).fetchall()
    return {*columns, *rules, *indexes}


def test_head_is_the_last_step():
    assert ScriptDirectory.from_config(configuration()).get_current_head() == schema.HEAD
    assert STEPS[-1] == schema.HEAD


@pytest.mark.parametrize(("before", "step"), list(pairwise(STEPS)))
def test_a_step_up_and_down_leaves_no_trace(postgres_url, before, step):
    with empty_database(postgres_url) as url:
        go_to(url, before)
        plain = shape_of(url)
        go_to(url, step)
        assert shape_of(url) != plain
        go_down_to(url, before)
        assert shape_of(url) == plain


@pytest.mark.parametrize("before", STEPS[:-1])
def test_what_was_there_before_a_step_is_there_after_it(fresh_database, before):
    url = fresh_database()
    with headquarters(url) as hq:
        laptop = hq.laptop("Anna")
        laptop.change(laptop.person(phone="1"), phone="2")
        laptop.sync()
    go_down_to(url, before)
    rows = rows_of(url, "backup_key")
    assert rows["record"]
    schema.migrate(url)
    assert rows_of(url, "backup_key") == rows
    with headquarters(url) as hq:
        laptop.client, laptop.clock, laptop.nonce = hq.client, hq.clock, ""
        laptop.person()
        laptop.sync()


def test_every_table_is_saved(database_url):
    with psycopg.connect(database_url) as connection:
        assert set(saving.tables(connection)) == set(saving.TABLES)


def test_empty_database_becomes_current_and_a_second_time_changes_nothing(postgres_url):
    with empty_database(postgres_url) as url:
        assert not schema.is_current(url)
        schema.migrate(url)
        assert schema.is_current(url)
        with psycopg.connect(url) as connection:
            secret = connection.execute("SELECT secret FROM headquarters").fetchone()
        schema.migrate(url)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT secret FROM headquarters").fetchone() == secret
    assert len(secret[0]) == 32


def test_two_headquarters_have_different_secrets(postgres_url):
    secrets = set()
    for _ in range(2):
        with empty_database(postgres_url) as url:
            schema.migrate(url)
            with psycopg.connect(url) as connection:
                secrets.add(connection.execute("SELECT secret FROM headquarters").fetchone())
    assert len(secrets) == 2
