"""Tables, the search line and the rail."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.widgets.data_table import DataTable
from plie_desktop.views.widgets.rail import NARROW, Rail, RailItem
from plie_desktop.views.widgets.search_box import SearchBox
from tests.support import page_rules
from tests.views.gallery import ROWS, People

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def shown(qtbot):
    kept = []

    def show(*widgets, width=800, height=500):
        page = QWidget()
        kept.append(page)
        column = QVBoxLayout(page)
        for widget in widgets:
            column.addWidget(widget)
        page_rules.show(page, width, height)
        widgets[0].setFocus(Qt.FocusReason.TabFocusReason)
        return page

    yield show
    for page in kept:
        page_rules.discard(page)


@pytest.fixture
def table(shown):
    made = DataTable("Participants", "Personne ne correspond.")
    model = People(ROWS)
    model.setParent(made)
    made.setModel(model)
    made.arrange(0, {1: 130, 2: 130, 3: 220})
    shown(made, QLineEdit())
    return made


def test_arrows_walk_the_rows_and_enter_opens(table):
    opened, chosen = [], []
    table.opened.connect(opened.append)
    table.chosen.connect(chosen.append)
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (chosen, opened, table.row()) == ([1, 2], [2], 2)


def test_a_double_click_opens(table):
    opened = []
    table.opened.connect(opened.append)
    table.doubleClicked.emit(table.model().index(2, 1))
    assert opened == [2]


def test_enter_in_an_empty_table_opens_nothing(shown):
    opened = []
    table = DataTable("Participants", "Personne ne correspond.")
    table.setModel(QStandardItemModel(0, 2, table))
    table.opened.connect(opened.append)
    shown(table)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (opened, table.row()) == ([], -1)


def test_ctrl_enter_is_left_to_the_page(table):
    opened = []
    table.opened.connect(opened.append)
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened == []


def test_tab_leaves_the_table(table):
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_a_row_that_does_not_exist_is_not_gone_to(table):
    table.go_to(1)
    table.go_to(99)
    assert table.row() == 1


def test_an_empty_table_says_so(shown):
    table = DataTable("Participants", "Personne ne correspond.")
    table.setModel(QStandardItemModel(0, 2, table))
    shown(table)
    silent = DataTable("Participants")
    silent.setModel(QStandardItemModel(0, 2, silent))
    shown(silent)
    assert table.viewport().grab().toImage() != silent.viewport().grab().toImage()
    table.set_empty("")
    QApplication.processEvents()
    assert table.viewport().grab().toImage() == silent.viewport().grab().toImage()


def test_the_chosen_row_has_a_bar_and_not_a_colour_alone(table, dressed):
    dressed(Theme.SUN)
    table.go_to(1)
    table.viewport().grab()
    at = table.visualRect(table.model().index(1, 0))
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(at.left() + 1, at.center().y()).name() == "#00363f"
    other = table.visualRect(table.model().index(2, 0))
    assert picture.pixelColor(other.left() + 1, other.center().y()).name() == "#ffffff"


@pytest.fixture
def search(shown, said):
    made = SearchBox(said, "Rechercher une personne")
    shown(made, QLineEdit())
    return made


def test_a_search_is_asked_once_the_keys_rest(search, qtbot):
    asked = []
    search.searched.connect(asked.append)
    with qtbot.waitSignal(search.searched, timeout=5000):
        QTest.keyClicks(search, " ben")
    assert asked == ["ben"]


def test_enter_searches_at_once(search):
    told = []
    search.searched.connect(told.append)
    search.entered.connect(lambda: told.append("entered"))
    QTest.keyClicks(search, "ben")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert told == ["ben", "entered"]


def test_escape_and_the_cross_clear_the_search(search):
    told = []
    search.searched.connect(told.append)
    QTest.keyClicks(search, "ben")
    QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), told) == ("", ["ben", ""])
    QTest.keyClicks(search, "ali")
    QTest.keyClick(search, Qt.Key.Key_Return)
    search.findChild(QWidget, "wipe").click()
    assert told == ["ben", "", "ali", ""]


def test_down_asks_for_the_list(search, qtbot):
    with qtbot.waitSignal(search.list_wanted, timeout=1000):
        QTest.keyClick(search, Qt.Key.Key_Down)


PAGES = [
    RailItem("today", "today", "Aujourd’hui", "Ctrl+1"),
    RailItem("participants", "participants", "Participants", "Ctrl+2"),
]


@pytest.fixture
def rail(shown):
    made = Rail("Pages", PAGES, [RailItem("lock", "lock", "Verrouiller", "Ctrl+L")])
    shown(made, height=600)
    return made


def test_the_rail_tells_pages_and_acts(rail):
    told = []
    rail.chosen.connect(lambda key: told.append(("page", key)))
    rail.asked.connect(lambda key: told.append(("act", key)))
    for button in rail.buttons():
        button.click()
    assert told == [("page", "today"), ("page", "participants"), ("act", "lock")]


def test_showing_the_current_page_tells_nothing(rail):
    told = []
    rail.chosen.connect(told.append)
    rail.show_current("participants")
    assert [button.isChecked() for button in rail.buttons()] == [False, True, False]
    assert told == []


@pytest.mark.parametrize(
    ("width", "percent", "narrow"),
    [
        (1093, 100, False),
        (899, 100, True),
        (1093, 150, True),
        (1093, 125, True),
        (1300, 125, False),
    ],
)
def test_the_rail_shows_icons_alone_where_room_lacks(rail, dressed, width, percent, narrow):
    dressed(Theme.LIGHT, percent)
    rail.fit_to(width)
    assert (rail.width() == NARROW) is narrow
    words = [button.text() for button in rail.buttons()]
    assert words == (["", "", ""] if narrow else ["Aujourd’hui", "Participants", "Verrouiller"])


def test_names_stay_when_words_go(rail):
    rail.set_compact(compact=True)
    button = rail.buttons()[0]
    assert button.accessibleName() == "Aujourd’hui"
    assert button.toolTip() == "Aujourd’hui (Ctrl+1)"
