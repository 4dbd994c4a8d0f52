"""The pathway page at work, with real services over a real base."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from plie_desktop.views.pathway.page import PathwayPage
from plie_desktop.views.pathway.presenter import PathwayPresenter, Planning
from plie_desktop.views.pathway.table import Column, StepView
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.widgets.button import Button
from tests.support import page_rules


class Bench:
    """The page at work on one person."""

    def __init__(self, qtbot, lanes, said, people):
        self.people = people
        self.qtbot = qtbot
        self.today = people.clock.today()
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.gone = []
        self.page = PathwayPage(said)
        qtbot.addWidget(self.page)
        self.presenter = PathwayPresenter(
            self.page,
            Planning(people.pathways, people.participants, people.session),
            people.clock,
            self.dispatcher,
            said,
            self.gone.append,
        )
        # As the shell does.
        self.dispatcher.changed.connect(self.presenter.on_changed)
        page_rules.show(self.page)
        self.view = self.page.findChild(StepView)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0)
        # What an answer added to a layout is seen in the next turn.
        QApplication.processEvents()
        assert self.failures == []

    def kill(self):
        """The program is gone without a word to its page."""
        self.dispatcher.close()
        self.people.store.close()

    def end(self):
        self.dispatcher.close()
        self.settle()
        self.people.store.close()

    def enter(self, name, field="", cursor=0):
        who = self.people.who(name)
        self.presenter.enter(Destination(Place.PATHWAY, who, field, cursor))
        self.settle()
        return who

    def press(self, words):
        (button,) = [
            b for b in self.page.findChildren(Button) if b.isVisible() and b.text() == words
        ]
        button.click()
        self.settle()

    def cell(self, row, column, role=Qt.ItemDataRole.DisplayRole):
        return self.view.model().index(row, column).data(role)

    def titles(self):
        return [self.cell(row, Column.TITLE) for row in range(self.view.model().rowCount())]

    def said(self):
        return " ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())
