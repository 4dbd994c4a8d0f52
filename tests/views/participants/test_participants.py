"""Searching and opening files, with real services over a real base."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from plie_desktop.models.domain.answers import Answer
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.participant import FileState
from plie_desktop.views.participants.page import ParticipantsPage
from plie_desktop.views.participants.presenter import ParticipantsPresenter
from plie_desktop.views.participants.table import PAGE, Column, PeopleView
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.widgets.data_table import STATE_ROLE
from plie_desktop.views.widgets.search_box import SearchBox
from tests.support import page_rules
from tests.views.people import desk

HERE = Destination(Place.PARTICIPANTS)
pytestmark = pytest.mark.usefixtures("dressed")


class Bench:
    """The page at work, and what one sees on it."""

    def __init__(self, qtbot, lanes, said, people):
        self.people = people
        self.qtbot = qtbot
        self.dispatcher = Dispatcher(lanes)
        self.failures = []
        self.dispatcher.failed.connect(self.failures.append)
        self.gone = []
        self.page = ParticipantsPage(said)
        qtbot.addWidget(self.page)
        self.presenter = ParticipantsPresenter(
            self.page, people.participants, self.dispatcher, said, self.gone.append
        )
        page_rules.show(self.page)
        self.box = self.page.findChild(SearchBox)
        self.view = self.page.findChild(PeopleView)

    def settle(self):
        self.qtbot.waitUntil(lambda: self.dispatcher.busy == 0)
        assert self.failures == []

    def enter(self, destination=HERE):
        self.presenter.enter(destination)
        self.settle()

    def type(self, text):
        self.box.setFocus()
        QTest.keyClicks(self.box, text)
        with self.qtbot.waitSignal(self.box.searched):
            pass
        self.settle()

    def cell(self, row, column, role=Qt.ItemDataRole.DisplayRole):
        return self.view.model().index(row, column).data(role)

    def names(self):
        return [self.cell(row, Column.NAME) for row in range(self.view.model().rowCount())]


@pytest.fixture
def bench(qtbot, lanes, said, tmp_path):
    people = desk(tmp_path)
    made = Bench(qtbot, lanes, said, people)
    yield made
    made.settle()
    people.store.close()


@pytest.fixture
def empty_bench(qtbot, lanes, said, tmp_path):
    people = desk(tmp_path, with_people=False)
    made = Bench(qtbot, lanes, said, people)
    yield made
    made.settle()
    people.store.close()


def sentences(page):
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_all_files_are_listed_with_what_a_list_says(bench):
    bench.enter()
    assert len(bench.names()) == 12
    row = bench.names().index("Kenza ESSAI-AUBÉPINE")
    assert bench.cell(row, Column.BIRTH).endswith("/11/1999")
    assert bench.cell(row, Column.STATE, STATE_ROLE).text == "À présenter"
    assert bench.cell(row, Column.SENT, STATE_ROLE).text == "Sur ce portable seulement"
    spoken = bench.cell(row, Column.SENT, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Sur ce portable seulement"
    assert "12 dossiers" in sentences(bench.page)


def test_typing_narrows_the_list_without_accents(bench):
    bench.enter()
    bench.type("elea")
    assert bench.names() == ["Eléa ESSAI-GENÊT"]
    assert "1 dossier trouvé" in sentences(bench.page)


def test_a_text_brought_along_is_searched(bench):
    bench.enter(Destination(Place.PARTICIPANTS, field="kenza"))
    assert bench.names() == ["Kenza ESSAI-AUBÉPINE"]
    assert bench.presenter.leave() == Destination(Place.PARTICIPANTS, field="kenza")


def test_enter_in_the_search_opens_the_only_file_found(bench):
    bench.enter()
    QTest.keyClicks(bench.box, "kenza")
    QTest.keyClick(bench.box, Qt.Key.Key_Return)
    bench.settle()
    assert bench.gone == [Destination(Place.PARTICIPANT_FILE, bench.people.who("kenza"))]


def test_enter_in_the_list_opens_its_row_and_coming_back_finds_it_again(bench):
    bench.enter()
    bench.view.go_to(3)
    wanted = bench.names()[3]
    QTest.keyClick(bench.view, Qt.Key.Key_Return)
    bench.enter(bench.presenter.leave())
    assert bench.gone[0].place is Place.PARTICIPANT_FILE
    assert bench.names()[bench.view.row()] == wanted
    assert QApplication.focusWidget() is bench.view


def test_a_change_elsewhere_is_seen(bench):
    bench.enter()
    kenza = bench.people.who("kenza")
    with bench.people.store.write() as transaction:
        transaction.intakes.put(kenza, {"first_name": Answer.given("Kenzie")})
    bench.presenter.on_changed(Changes(frozenset({kenza})))
    bench.settle()
    assert "Kenzie ESSAI-AUBÉPINE" in bench.names()


def test_nothing_found_says_what_to_try(bench):
    bench.enter()
    bench.type("zzz")
    assert not bench.view.isVisible()
    assert "Aucun dossier ne correspond à «\u00a0zzz\u00a0»" in sentences(bench.page)


def test_an_empty_laptop_offers_the_first_intake(empty_bench):
    empty_bench.enter()
    assert "Aucun dossier sur ce portable" in sentences(empty_bench.page)
    from plie_desktop.views.widgets.button import Button

    (add,) = [b for b in empty_bench.page.findChildren(Button) if b.isVisible()]
    add.click()
    assert empty_bench.gone == [Destination(Place.INTAKE)]


def test_rows_are_read_when_they_are_looked_at(empty_bench):
    total = 3 * PAGE
    ids = empty_bench.people.pathways._ids
    with empty_bench.people.store.write() as transaction:
        for number in range(total):
            one = ids.new()
            transaction.intakes.create(one, state=FileState.LEAD)
            transaction.intakes.put(one, {"first_name": Answer.given(f"P{number}")})
    empty_bench.enter()
    assert empty_bench.view.model().rowCount() == total
    asked = []
    empty_bench.page.page_wanted.connect(asked.append)
    assert empty_bench.cell(total - 1, Column.NAME) == "…"
    empty_bench.settle()
    assert asked == [2]
    assert empty_bench.cell(total - 1, Column.NAME) == "P0"


@pytest.mark.parametrize(("theme", "percent"), page_rules.LOOKS)
def test_the_page_keeps_the_rules_in_every_look(dressed, bench, theme, percent):
    dressed(theme, percent)
    bench.enter(Destination(Place.PARTICIPANTS, field="essai"))
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)


def test_the_page_holds_longer_words(qtbot, lanes, tmp_path):
    people = desk(tmp_path)
    bench = Bench(qtbot, lanes, page_rules.pseudo(), people)
    bench.enter()
    page_rules.check_page(bench.page, width=page_rules.WIDTH - 196)
    people.store.close()
