"""A PostgreSQL in a folder."""

import psycopg
import pytest

from plie_desktop.errors import RefusedInputError
from plie_desktop.server.embedded import EmbeddedPostgres

QUICK = ("fsync=off",)


def test_data_stays_when_the_server_is_stopped_and_started(tmp_path):
    server = EmbeddedPostgres(tmp_path / "pg", QUICK)
    server.start()
    with psycopg.connect(server.database("plie"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    server.stop()
    server.start()
    with psycopg.connect(server.database("plie")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    server.stop()


def test_running_server_is_shared_and_only_its_owner_stops_it(tmp_path):
    owner, guest = (EmbeddedPostgres(tmp_path / "pg", QUICK) for _ in range(2))
    owner.start()
    guest.start()
    assert guest.url() == owner.url()
    guest.stop()
    psycopg.connect(owner.url()).close()
    owner.stop()
    with pytest.raises(RefusedInputError):
        owner.url()


def test_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Bonjour")
    mode = tmp_path.stat().st_mode
    with pytest.raises(RefusedInputError):
        EmbeddedPostgres(tmp_path).start()
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]
    assert tmp_path.stat().st_mode == mode


def test_path_too_long_for_a_socket_is_no_obstacle(tmp_path):
    server = EmbeddedPostgres(tmp_path / ("long" * 30) / "pg", QUICK)
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.stop()


def test_nobody_else_may_enter_the_folder(tmp_path):
    server = EmbeddedPostgres(tmp_path / "pg", QUICK)
    server.start()
    assert (tmp_path / "pg").stat().st_mode & 0o077 == 0
    server.stop()


def test_server_that_cannot_start_says_where_the_reason_is(tmp_path):
    server = EmbeddedPostgres(tmp_path / "pg", ("no_such_setting=1",))
    with pytest.raises(RefusedInputError) as refused:
        server.start()
    assert str(tmp_path / "pg" / "log") in str(refused.value)
    assert "no_such_setting" in (tmp_path / "pg" / "log").read_text()
