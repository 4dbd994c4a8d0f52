"""The synchronisation page at work on a real base, in front of a headquarters that is not there."""

import threading
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView

from plie_desktop.clock import SystemChance
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.conflict_columns import write_candidates, write_values
from plie_desktop.models.domain.records import Kind
from plie_desktop.models.domain.stored_conflict import Candidate
from plie_desktop.protocol import signature
from plie_desktop.services.synchronisation import SyncService
from plie_desktop.sync.address import read_address
from plie_desktop.sync.client import DeviceKey, SyncClient
from plie_desktop.tasks import Lane
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.synchronisation.page import SynchronisationPage
from plie_desktop.views.synchronisation.presenter import SynchronisationPresenter
from tests.support import page_rules
from tests.support.builders import apply_page, new_id, whole_rows
from tests.support.stores import MORNING

NOBODY = "http://127.0.0.1:9"
"""The port of the discard service, where nobody listens."""
HERE = Destination(Place.SYNCHRONISATION)


class WatchedSync(SyncService):
    """The real service; an exchange can be held up, and is counted."""

    def __init__(self, *given):
        super().__init__(*given)
        self.runs = 0
        self.gate = threading.Event()
        self.gate.set()

    def run_once(self, progress, cancel):
        self.runs += 1
        progress(3, 12, "Envoi au siège")
        assert self.gate.wait(20)
        return super().run_once(progress, cancel)


class Bench:
    """The page, its presenter, and what one does with them."""

    def __init__(self, qtbot, lanes, said, people, role=Role.COORD, sync=None):
        self.qtbot = qtbot
        self.people = people
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.gone = []
        self.sync = sync or self._service(lanes, role)
        self.page = SynchronisationPage(said)
        qtbot.addWidget(self.page)
        self.presenter = SynchronisationPresenter(
            self.page, self.sync, people.clock, self.dispatcher, said, self.gone.append
        )
        # As the shell does.
        self.dispatcher.changed.connect(self.presenter.on_changed)
        page_rules.show(self.page)

    def _service(self, lanes, role):
        key = DeviceKey(*signature.new_key_pair(SystemChance()))
        worker = replace(
            self.people.identity, is_practice=False, server=NOBODY, role=role, device_name="Stand 1"
        )

        def connect(_transaction):
            return SyncClient(read_address(NOBODY), key, self.people.clock, 5)

        return WatchedSync(
            self.people.store,
            worker,
            self.people.clock,
            SystemChance(),
            lambda work: lanes.run(Lane.STORE, work).result(),
            connect,
        )

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=20_000)
        assert self.failures == []

    def enter(self):
        self.presenter.enter(HERE)
        self.settle()

    def button(self, words):
        (found,) = [b for b in self.page.findChildren(QAbstractButton) if b.text() == words]
        return found

    def said(self):
        return " | ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())

    def told(self):
        return self.page.banner.sentence()

    def table(self):
        return self.page.findChild(QTableView)

    def rows(self):
        model = self.table().model()
        columns = range(model.columnCount())
        return [
            tuple(model.index(row, column).data() for column in columns)
            for row in range(model.rowCount())
        ]

    def cards(self):
        return self.page.conflict_cards()


def disagree(
    people, name: str, unit="birth_date", values=("1980-01-02", "1987-03-12", "1978-03-12")
):
    """Two laptops wrote something else in the file of that person; headquarters asks."""
    base, current, other = values
    root, conflict = people.who(name), new_id()
    with people.store.write() as transaction:
        transaction.intakes.put(root, {unit: Answer.given(current)})
    candidate = Candidate({unit: other}, "Bilal Roy", MORNING - timedelta(hours=1))
    row = {
        "kind": str(Kind.PARTICIPANT),
        "record_id": str(root),
        "unit": unit,
        "base": write_values({unit: base}),
        "current": write_values({unit: current}),
        "current_by": "Anna Le Goff",
        "current_at": (MORNING - timedelta(days=1)).isoformat(),
        "candidates": write_candidates([candidate]),
        "state": "OPEN",
    }
    apply_page(people.store, whole_rows(Kind.CONFLICT, (1, conflict, root, row)))
    return conflict
