"""The plan page at work on a real base, with a printer that is a PDF file."""

import threading
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from plie_desktop.clock import SystemIds
from plie_desktop.models.domain.access import Role
from plie_desktop.models.domain.plan import PaperKind
from plie_desktop.services.participants import ParticipantService
from plie_desktop.services.plans import PlanService
from plie_desktop.views.plan.page import PlanPage
from plie_desktop.views.plan.presenter import PlanPresenter
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.widgets.row_button import RowButton
from tests.support import page_rules


class WatchedPlans(PlanService):
    """The real service; counts, and can be held up before it renders or draws."""

    def __init__(self, *given):
        super().__init__(*given)
        self.renders = 0
        self.gate = threading.Event()
        self.gate.set()

    def render(self, paper, language, kind=PaperKind.A4):
        assert self.gate.wait(20)
        self.renders += 1
        return super().render(paper, language, kind)

    def pages(self, pdf, dpi):
        assert self.gate.wait(20)
        return super().pages(pdf, dpi)


class Bench:
    """The page, its presenter, and what one does with them."""

    def __init__(self, qtbot, lanes, said, people, role=Role.COORD):
        self.qtbot = qtbot
        self.people = people
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.gone = []
        worker = replace(people.identity, role=role)
        self.plans = WatchedPlans(people.store, worker, people.clock, SystemIds())
        self.participants = ParticipantService(people.store, worker, people.clock)
        self.page = PlanPage(said)
        qtbot.addWidget(self.page)
        self.presenter = PlanPresenter(
            self.page, self.plans, self.participants, self.dispatcher, said, self.gone.append
        )
        self.outlets = self.presenter.outlets
        # As the shell does.
        self.dispatcher.changed.connect(self.presenter.on_changed)
        page_rules.show(self.page)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0, timeout=20_000)
        # What an answer added to a layout is seen in the next turn.
        QApplication.processEvents()
        assert self.failures == []

    def enter(self, name):
        who = self.people.who(name)
        self.presenter.enter(Destination(Place.PLAN, who))
        self.settle()
        return who

    def button(self, words):
        (found,) = [b for b in self.page.findChildren(QAbstractButton) if b.text() == words]
        return found

    def press(self, words):
        self.button(words).click()
        self.settle()

    def version(self, number):
        """The line of a kept version."""
        (found,) = [
            line
            for line in self.page.versions.findChildren(RowButton)
            if line.isVisible() and line.title() == f"Version {number}"
        ]
        return found

    def kept(self, number):
        """What the line of a kept version says."""
        line = self.version(number)
        return line.accessibleName(), line.accessibleDescription()

    def open_version(self, number):
        self.version(number).click()
        self.settle()

    def put(self, who, answers):
        with self.people.store.write() as transaction:
            transaction.intakes.put(who, answers)

    def versions(self, who):
        return {one.version: one.state for one in self.participants.file(who).plans}

    def said(self):
        return " | ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisible())

    def told(self):
        return self.page.banner.sentence()

    def paper(self):
        """The words of the paper shown, as its PDF says them."""
        return words_of(self.presenter._made.pdf)

    def prints_into(self, target: Path):
        self.outlets.choose_printer = lambda *_asked: pdf_printer(target)


def pdf_printer(target: Path | str) -> QPrinter:
    """A printer whose paper is a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setFullPage(True)
    return printer


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
