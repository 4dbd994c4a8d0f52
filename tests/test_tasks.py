"""Lanes: order, draining, stopping."""

import threading
from concurrent.futures import CancelledError

import pytest

from plie_desktop.tasks import Cancel, Lane, Lanes


@pytest.fixture
def lanes():
    made = Lanes()
    yield made
    made.drain()


def test_result_of_a_work_is_in_its_future(lanes):
    assert lanes.run(Lane.DOCUMENT, lambda: 6 * 7).result(10) == 42


def test_store_works_are_done_one_at_a_time_in_the_order_given(lanes):
    seen = []
    threads = set()

    def work(number):
        threads.add(threading.current_thread().name)
        seen.append(number)

    for number in range(500):
        lanes.run(Lane.STORE, lambda n=number: work(n))
    lanes.run(Lane.STORE, lambda: None).result(10)
    assert seen == list(range(500))
    assert len(threads) == 1


def test_two_exchanges_run_side_by_side(lanes):
    both = threading.Barrier(2)
    futures = [lanes.run(Lane.NETWORK, lambda: both.wait(10)) for _ in range(2)]
    assert {future.result(10) for future in futures} == {0, 1}


def test_a_network_work_may_wait_on_the_store(lanes):
    def exchange():
        return lanes.run(Lane.STORE, lambda: "rows").result(10)

    assert lanes.run(Lane.NETWORK, exchange).result(10) == "rows"


def test_draining_does_every_waiting_write():
    lanes = Lanes()
    gate = threading.Event()
    written = []
    lanes.run(Lane.STORE, gate.wait)
    for number in range(50):
        lanes.run(Lane.STORE, lambda n=number: written.append(n))
    gate.set()
    lanes.drain()
    assert written == list(range(50))


def test_draining_lets_go_of_papers_not_begun():
    lanes = Lanes()
    begun, gate = threading.Event(), threading.Event()

    def first():
        begun.set()
        gate.wait(10)

    lanes.run(Lane.DOCUMENT, first)
    second = lanes.run(Lane.DOCUMENT, lambda: "paper")
    assert begun.wait(10)
    lanes.drain()
    gate.set()
    with pytest.raises(CancelledError):
        second.result(10)


def test_draining_asks_a_running_work_to_stop():
    lanes, cancel = Lanes(), Cancel()
    begun = threading.Event()

    def work():
        begun.set()
        cancel.wait(10)
        cancel.check()

    future = lanes.run(Lane.NETWORK, work, cancel)
    assert begun.wait(10)
    lanes.drain()
    with pytest.raises(CancelledError):
        future.result(10)


def test_no_work_is_taken_after_draining():
    lanes = Lanes()
    lanes.drain()
    with pytest.raises(RuntimeError):
        lanes.run(Lane.STORE, lambda: None)


def test_a_wish_to_stop_is_seen_once_made():
    cancel = Cancel()
    cancel.check()
    assert not cancel.cancelled
    cancel.cancel()
    assert cancel.cancelled
    assert cancel.wait(0)
    with pytest.raises(CancelledError):
        cancel.check()
