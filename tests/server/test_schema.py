"""The shape of the database."""

import psycopg
from alembic.config import Config
from alembic.script import ScriptDirectory

from plie_desktop.server.store import schema
from tests.support.postgres import empty_database


def test_head_is_the_last_step():
    config = Config()
    config.set_main_option("script_location", str(schema.STEPS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


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
