"""The bridge loses nothing, keeps to the main thread and forgets the dead."""

import gc
import threading
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QObject

from plie_desktop.errors import DiskFullError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.tasks import Cancel, Lane
from plie_desktop.views.qt.dispatcher import Dispatcher

WAIT = 60_000
CHANGES = Changes(participants=frozenset({UUID(int=7)}))


@dataclass(frozen=True)
class Saved:
    changes: Changes


class Presenter(QObject):
    def __init__(self):
        super().__init__()
        self.got = []
        self.errors = []
        self.threads = set()

    def on_done(self, result):
        self.threads.add(threading.get_ident())
        self.got.append(result)

    def on_failed(self, error):
        self.errors.append(error)


@pytest.fixture
def dispatcher(qtbot, lanes):
    return Dispatcher(lanes)


@pytest.fixture
def presenter(qtbot):
    return Presenter()


def test_none_of_20_000_results_is_lost_and_all_arrive_on_the_main_thread(
    qtbot, dispatcher, presenter
):
    for number in range(20_000):
        lane = (Lane.STORE, Lane.NETWORK, Lane.DOCUMENT)[number % 3]
        dispatcher.run(lane, lambda n=number: n, presenter.on_done)
        if number % 4_000 == 0:
            gc.collect()
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert sorted(presenter.got) == list(range(20_000))
    assert presenter.threads == {threading.get_ident()}


def test_store_answers_arrive_in_the_order_asked(qtbot, dispatcher, presenter):
    for number in range(300):
        dispatcher.run(Lane.STORE, lambda n=number: n, presenter.on_done)
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert presenter.got == list(range(300))


@pytest.mark.parametrize("result", [CHANGES, Saved(CHANGES)])
def test_a_write_tells_all_screens_what_it_changed(qtbot, dispatcher, presenter, result):
    with qtbot.waitSignal(dispatcher.changed, timeout=WAIT) as told:
        dispatcher.run(Lane.STORE, lambda: result, presenter.on_done)
    assert told.args == [CHANGES]
    assert presenter.got == [result]


def test_a_read_changes_nothing(qtbot, dispatcher, presenter):
    told = []
    dispatcher.changed.connect(told.append)
    dispatcher.run(Lane.STORE, lambda: ["a row"], presenter.on_done)
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert told == []


def test_an_error_nobody_answers_reaches_the_banner(qtbot, dispatcher, presenter):
    error = DiskFullError("Le disque est plein.")

    def work():
        raise error

    with qtbot.waitSignal(dispatcher.failed, timeout=WAIT) as told:
        dispatcher.run(Lane.STORE, work, presenter.on_done)
    assert told.args == [error]
    assert presenter.got == []


def test_an_error_the_page_answers_stays_on_the_page(qtbot, dispatcher, presenter):
    told = []
    dispatcher.failed.connect(told.append)

    def work():
        raise DiskFullError("Le disque est plein.")

    dispatcher.run(Lane.STORE, work, presenter.on_done, presenter.on_failed)
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert [type(error) for error in presenter.errors] == [DiskFullError]
    assert told == []


def test_an_unforeseen_error_reaches_page_and_banner(qtbot, dispatcher, presenter):
    with qtbot.waitSignal(dispatcher.failed, timeout=WAIT) as told:
        dispatcher.run(Lane.STORE, lambda: 1 / 0, presenter.on_done, presenter.on_failed)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert isinstance(presenter.errors[0], ZeroDivisionError)


def test_a_stopped_work_is_no_failure(qtbot, dispatcher, presenter):
    told, cancel = [], Cancel()
    dispatcher.failed.connect(told.append)

    def work():
        cancel.wait(10)
        cancel.check()

    dispatcher.run(Lane.NETWORK, work, presenter.on_done, presenter.on_failed, cancel)
    cancel.cancel()
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert [type(error) for error in presenter.errors] == [CancelledError]
    assert (presenter.got, told) == ([], [])


def test_a_future_cancelled_before_it_began_is_answered_too(qtbot, dispatcher, presenter):
    gate = threading.Event()
    dispatcher.run(Lane.DOCUMENT, lambda: gate.wait(10), presenter.on_done)
    waiting = dispatcher.run(Lane.DOCUMENT, int, presenter.on_done, presenter.on_failed)
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert presenter.got == [True]
    assert [type(error) for error in presenter.errors] == [CancelledError]


@pytest.mark.parametrize("wrap", [lambda f: f, partial], ids=["method", "partial"])
def test_an_answer_for_a_destroyed_page_is_dropped(qtbot, dispatcher, presenter, wrap):
    gone = Presenter()
    dispatcher.run(Lane.STORE, lambda: "late", wrap(gone.on_done))
    dispatcher.run(Lane.STORE, lambda: "kept", presenter.on_done)
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert gone.got == []
    assert presenter.got == ["kept"]


def test_progress_is_told_on_the_main_thread_before_the_answer(qtbot, dispatcher, presenter):
    told = []

    def hear(done, total, sentence):
        told.append((done, total, sentence, threading.get_ident()))

    report = dispatcher.progress(hear)

    def work():
        report(1, 2, "un")
        report(2, None, "deux")
        return len(told)

    dispatcher.run(Lane.NETWORK, work, lambda _: told.append("answer"))
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    here = threading.get_ident()
    assert told == [(1, 2, "un", here), (2, None, "deux", here), "answer"]


def test_the_count_of_waiting_works_goes_up_and_down(qtbot, dispatcher, presenter):
    counts = []
    dispatcher.waiting.connect(counts.append)
    dispatcher.run(Lane.STORE, int, presenter.on_done)
    dispatcher.run(Lane.STORE, int, presenter.on_done)
    qtbot.waitUntil(lambda: dispatcher.busy == 0, timeout=WAIT)
    assert counts == [1, 2, 1, 0]
