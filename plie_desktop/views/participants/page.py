"""The list of files, and the line that searches them."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.text import Words
from plie_desktop.views.participants.table import PeopleTable, PeopleView
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader
from plie_desktop.views.widgets.search_box import SearchBox


class ParticipantsPage(QWidget):
    """Shows files and reports which one is opened.

    Signals:
        searched(str): the text rested.
        entered: Enter was pressed in the search.
        page_wanted(int): rows of the list that are looked at and not read yet.
        opened(UUID): a file is to be opened.
        intake_wanted: a new intake is to be begun.
    """

    searched = Signal(str)
    entered = Signal()
    page_wanted = Signal(int)
    opened = Signal(object)
    intake_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participants")
        self._words = words
        self._chosen: UUID | None = None
        self._banner = Banner(words)
        self._search = SearchBox(words, words.say("Nom, téléphone ou numéro"))
        self._count = Label("", "muted")
        self._table = PeopleTable(words, self)
        self._view = PeopleView(words, self._table)
        self._none = EmptyState(
            "participants",
            words.say("Aucun dossier sur ce portable"),
            words.say("Un dossier naît au premier accueil. Ceux du siège arrivent à l’échange."),
            words.say("Nouvel accueil"),
            action_icon="intake-new",
        )
        self._unknown = EmptyState("search", "")
        self._add = Button(words.say("Nouvel accueil"), "primary", "intake-new")
        self._faces = QStackedWidget()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._search.searched.connect(self.searched)
        self._search.entered.connect(self.entered)
        self._search.list_wanted.connect(self.take_list)
        self._table.page_wanted.connect(self.page_wanted)
        self._view.opened.connect(self._open)
        self._view.chosen.connect(self._choose)
        self._none.acted.connect(self.intake_wanted)
        self._add.clicked.connect(self.intake_wanted)

    def _lay_out(self) -> None:
        header = PageHeader(self._words.say("Participants"))
        header.add_act(self._add)
        self._search.setMaximumWidth(520)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(self._search, 3)
        line.addWidget(self._count, 2)
        for face in (self._view, _framed(self._none), _framed(self._unknown)):
            self._faces.addWidget(face)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(12)
        column.addWidget(header)
        column.addWidget(self._banner)
        column.addLayout(line)
        column.addWidget(self._faces, 1)

    def show_search(self, text: str) -> None:
        """Put a text in the line, as if it had been typed and searched."""
        self._search.setText(text)

    def show_found(
        self, search: str, ids: Sequence[UUID], first: Sequence[ParticipantLine], count: str
    ) -> None:
        """Show the files found, the one that was chosen still chosen.

        Args:
            search: what was searched; empty for the latest files.
            ids: all of them, in order.
            first: rows of the first page.
            count: how many, in words.
        """
        self._banner.clear()
        self._add.setVisible(bool(ids) or bool(search))
        self._table.show_ids(ids, first)
        self._count.setText(count)
        if ids:
            self._faces.setCurrentIndex(0)
            self._choose_again(first)
        elif search:
            self._unknown.set_words(
                self._words.say("Aucun dossier ne correspond à « {search} »", search=search),
                self._words.say(
                    "Essayez le début du nom, du prénom ou du numéro, avec ou sans accents."
                ),
            )
            self._faces.setCurrentIndex(2)
        else:
            self._faces.setCurrentIndex(1)
        announce(self, count)

    def slice_of(self, page: int) -> Sequence[UUID]:
        """The ids of a page of the list as it is shown."""
        return self._table.slice_of(page)

    def show_page(self, page: int, lines: Sequence[ParticipantLine]) -> None:
        """Fill in rows that were wanted."""
        self._table.show_page(page, lines)

    def show_problem(self, sentence: str) -> None:
        """Say why the list could not be read."""
        self._banner.tell("error", sentence)

    def take_search(self) -> None:
        """Put the keyboard in the search, its text selected to be typed over."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.selectAll()

    def take_list(self) -> None:
        """Put the keyboard in the list, if there is one."""
        if self._table.rowCount():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.go_to(max(0, self._view.row()))

    def open_only(self) -> None:
        """Open the file when it is the only one found; otherwise go to the list."""
        if self._table.rowCount() == 1:
            self._open(0)
        else:
            self.take_list()

    def search(self) -> str:
        """What is in the line now."""
        return self._search.text().strip()

    def _choose(self, row: int) -> None:
        self._chosen = self._table.ids[row]

    def _choose_again(self, first: Sequence[ParticipantLine]) -> None:
        places = {line.id: row for row, line in enumerate(first)}
        self._view.go_to(places.get(self._chosen, 0) if self._chosen else 0)

    def _open(self, row: int) -> None:
        self._chosen = self._table.ids[row]
        self.opened.emit(self._chosen)


def _framed(empty: EmptyState) -> Card:
    card = Card()
    card.body.addWidget(empty)
    return card
