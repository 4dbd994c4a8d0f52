"""The real window behind the door, on a real encrypted base of invented people."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow

from plie_desktop import bootstrap, text
from plie_desktop.clock import SystemChance, SystemIds
from plie_desktop.security.suspend import IdleClock
from plie_desktop.services import identity, practice
from plie_desktop.services.session import DoorTools, OpenedVault
from plie_desktop.services.workplace import Services
from plie_desktop.store.sql_store import SqlStore
from plie_desktop.tasks import Lanes
from plie_desktop.text import Words
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.shell.assembly import Surroundings, Workplace, assemble
from tests.support.clocks import FixedClock
from tests.support.stores import BaseFile

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@dataclass
class Desk:
    """A person at work: the window, what is behind it, and what the program around it did."""

    work: Workplace
    services: Services
    dispatcher: Dispatcher
    clock: FixedClock
    host: QMainWindow
    restarts: list[str] = field(default_factory=list)

    def settle(self, qtbot) -> None:
        """Wait until every question asked of the services is answered."""
        qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=20_000)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=20_000)

    def go(self, qtbot, destination: Destination):
        """Show a page and wait for what it reads; gives the page."""
        self.work.navigation.go(destination)
        self.settle(qtbot)
        return self.page(destination.place)

    def page(self, place: Place):
        return self.work.navigation.feature(place)[0]

    def end(self) -> None:
        """The person closes the window; nothing more happens where it was locked."""
        self.work.lock.close()

    def people(self):
        return self.services.participants.find("")


def tools(clock: FixedClock) -> DoorTools:
    """The door's tools without a keychain and with a clock that stands still."""
    return DoorTools(
        clock=clock,
        ids=SystemIds(),
        chance=SystemChance(),
        keychain=lambda: None,
        open_store=bootstrap.open_store,
        connect=bootstrap.connect,
    )


def practice_vault(
    folder: Path, clock: FixedClock, *, people: bool = True, base: BaseFile | None = None
) -> OpenedVault:
    """A base with the invented people of practice, without the price of a passphrase."""
    folder.mkdir(parents=True, exist_ok=True)
    if base is None:
        model = _model(people)
        base = replace(model, path=folder / "vault.db")
        shutil.copyfile(model.path, base.path)
        store = base.open(clock)
    else:
        store = base.open(clock, create=True)
        _fill(store, clock, people=people)
    with store.read() as transaction:
        worker = identity.find(transaction)
    assert worker is not None
    return OpenedVault(store, worker, folder)


@lru_cache(maxsize=2)
def _model(people: bool) -> BaseFile:
    """A filled base to copy: filling one takes longer than all the rest of a test."""
    base = BaseFile(Path(tempfile.mkdtemp(prefix="practice-")) / "vault.db")
    clock = FixedClock(MORNING)
    store = base.open(clock, create=True)
    _fill(store, clock, people=people)
    store.close()
    atexit.register(shutil.rmtree, base.path.parent, ignore_errors=True)
    return base


def _fill(store: SqlStore, clock: FixedClock, *, people: bool) -> None:
    worker = practice.identity(SystemIds())
    with store.write() as transaction:
        identity.keep(transaction, worker)
        if people:
            practice.fill(transaction, worker, clock.today(), SystemIds())
        else:
            transaction.staff.put_local(worker.staff)


def desk(
    qtbot,
    folder: Path,
    lanes: Lanes,
    words: Words | None = None,
    opened: OpenedVault | None = None,
    wrap: Callable[[Services], Services] = lambda services: services,
) -> Desk:
    """Build the window in a host that is closed with the test; nothing is shown yet."""
    clock = FixedClock(MORNING)
    vault = opened or practice_vault(folder, clock)
    services = wrap(bootstrap.services(vault, lanes, tools(clock)))
    dispatcher = Dispatcher(lanes)
    restarts: list[str] = []
    around = Surroundings(
        app=QApplication.instance(),
        lanes=lanes,
        dispatcher=dispatcher,
        words=words or text.words("fr"),
        clock=clock,
        idle=lambda seconds: IdleClock(clock, seconds),
        restart=lambda: restarts.append("restart"),
        # Whatever the test put on stays until a preference asks for something else.
        worn=Theme.SYSTEM,
    )
    work = assemble(services, around)
    host = QMainWindow()
    host.setCentralWidget(work.window)
    qtbot.addWidget(host)
    return Desk(work, services, dispatcher, clock, host, restarts)
