"""The person is away: no key for a while, sleep, screen lock, another person's turn."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from plie_desktop.security.suspend import IdleClock, SuspendWatch
from tests.support.buses import private_bus
from tests.support.logind import FakeLogind

WAIT_SECONDS = 20.0
QUIET_SECONDS = 0.3


class TwoClocks:
    """A wall clock and a monotonic one that go their own ways."""

    def __init__(self):
        self.moment = datetime(2026, 1, 15, 9, tzinfo=UTC)
        self.ticks = 1000.0

    def now(self):
        return self.moment

    def today(self):
        return self.moment.date()

    def monotonic(self):
        return self.ticks

    def pass_(self, seconds):
        self.moment += timedelta(seconds=seconds)
        self.ticks += seconds

    def sleep(self, seconds):
        self.moment += timedelta(seconds=seconds)

    def set_back(self, seconds):
        self.moment -= timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return TwoClocks()


@pytest.fixture
def idle(clock):
    return IdleClock(clock, 300)


class TestIdleClock:
    def test_whole_limit_remains_at_first(self, idle):
        assert idle.remaining() == 300
        assert not idle.expired()

    def test_it_expires_at_the_limit_and_not_before(self, idle, clock):
        clock.pass_(299)
        assert not idle.expired()
        assert idle.remaining() == 1
        clock.pass_(1)
        assert idle.expired()
        assert idle.remaining() == 0

    def test_each_touch_starts_anew(self, idle, clock):
        for _ in range(5):
            clock.pass_(200)
            idle.touch()
        assert idle.remaining() == 300

    def test_sleep_counts_although_the_ticks_stood_still(self, idle, clock):
        clock.sleep(3600)
        assert idle.expired()

    def test_short_sleep_counts_for_its_length(self, idle, clock):
        clock.sleep(100)
        assert idle.remaining() == 200

    def test_key_that_wakes_the_computer_is_not_presence(self, idle, clock):
        clock.sleep(3600)
        idle.touch()
        assert idle.expired()

    def test_setting_the_clock_back_gains_no_time(self, idle, clock):
        clock.pass_(200)
        clock.set_back(86_400)
        assert idle.remaining() == 100
        clock.pass_(100)
        assert idle.expired()

    def test_limit_once_passed_stays_passed(self, idle, clock):
        clock.sleep(301)
        assert idle.expired()
        clock.set_back(301)
        assert idle.expired()
        assert idle.remaining() == 0


class Calls:
    """Counts, and lets a test wait for the next."""

    def __init__(self):
        self._come = threading.Semaphore(0)

    def __call__(self):
        self._come.release()

    def came(self):
        return self._come.acquire(timeout=WAIT_SECONDS)

    def none_came(self):
        return not self._come.acquire(timeout=QUIET_SECONDS)


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def watch(calls, logind):
    watch = SuspendWatch(calls)
    watch.start()
    logind.wait_until_watched()
    yield watch
    watch.stop()


class TestSuspendWatch:
    def test_computer_about_to_sleep_closes(self, watch, calls, logind):
        logind.sleep()
        assert calls.came()

    def test_sleep_waits_until_the_watch_is_stopped(self, watch, calls, logind):
        assert logind.is_sleep_delayed()
        logind.sleep()
        assert calls.came()
        assert logind.is_sleep_delayed()
        watch.stop()
        assert logind.is_sleep_let_go()

    def test_delay_is_taken_anew_after_waking(self, watch, calls, logind):
        logind.sleep()
        assert calls.came()
        logind.wake()
        logind.wait_until_delayed(times=2)
        assert logind.is_sleep_delayed()
        assert calls.none_came()

    def test_screen_lock_of_this_session_closes(self, watch, calls, logind):
        logind.lock(logind.own_session)
        assert calls.came()
        logind.change(logind.own_session, "LockedHint", True)
        assert calls.came()

    def test_other_person_s_turn_closes(self, watch, calls, logind):
        logind.change(logind.own_session, "Active", False)
        assert calls.came()

    def test_other_sessions_and_other_changes_close_nothing(self, watch, calls, logind):
        logind.lock(logind.other_session)
        logind.change(logind.other_session, "LockedHint", True)
        logind.change(logind.own_session, "LockedHint", False)
        logind.change(logind.own_session, "Active", True)
        logind.change(logind.own_session, "IdleHint", True)
        assert calls.none_came()

    def test_each_sleep_closes(self, watch, calls, logind):
        for _ in range(3):
            logind.sleep()
            assert calls.came()
            logind.wake()
        assert calls.none_came()

    def test_nothing_is_called_once_stopped(self, watch, calls, logind):
        watch.stop()
        logind.sleep()
        assert calls.none_came()


@pytest.mark.parametrize("logind", [{"knows_session": False, "grants_delay": False}], indirect=True)
def test_sparse_logind_still_closes_on_any_lock(watch, calls, logind):
    assert not logind.is_sleep_delayed()
    logind.lock(logind.other_session)
    assert calls.came()
    logind.sleep()
    assert calls.came()


def test_bus_that_ends_is_survived_and_said(tmp_path_factory, monkeypatch, calls, caplog):
    with private_bus(tmp_path_factory.mktemp("bus")) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        logind = FakeLogind(address)
        watch = SuspendWatch(calls)
        watch.start()
        logind.wait_until_watched()
    watch._thread.join(WAIT_SECONDS)
    assert "no longer heard" in caplog.text
    assert calls.none_came()
    watch.stop()
    logind.end()


@pytest.mark.parametrize(
    "address", ["unix:path=/nonexistent/bus", "tcp:host=localhost", "nonsense"]
)
def test_system_without_logind_runs_on(monkeypatch, calls, address):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
    watch = SuspendWatch(calls)
    watch.start()
    watch.stop()
    assert calls.none_came()


def test_watch_that_is_never_stopped_holds_no_program_up(logind):
    code = (
        "import time\n"
        "from plie_desktop.security.suspend import SuspendWatch\n"
        "SuspendWatch(print).start()\n"
        "time.sleep(0.3)\n"
    )
    subprocess.run([sys.executable, "-c", code], env=dict(os.environ), check=True)
