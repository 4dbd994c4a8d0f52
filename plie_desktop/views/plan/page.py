"""The choices on the left, the paper on the right."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from plie_desktop.text import Words
from plie_desktop.views.plan.choices import PaperChoices
from plie_desktop.views.plan.missing import Missing
from plie_desktop.views.plan.sheets import Sheets
from plie_desktop.views.plan.versions import Versions
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.choice_buttons import Choice
from plie_desktop.views.widgets.empty_state import EmptyState
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader
from plie_desktop.views.widgets.wrap_layout import WrapLayout

PATIENCE_MS: Final = 400
"""A work that ends sooner shows no bar: the page would only jump."""
_SHARES: Final = (49, 51)
"""How the width is shared between choices and paper, in percent."""


class PlanPage(QWidget):
    """Shows the real pages; the presenter has them made.

    Signals:
        chosen(str, str, str, str): paper, language, sections and brakes (codes joined by `|`).
        print_asked: print what is shown.
        export_asked: write it to a file.
        shown_asked: the person was shown this plan.
        signed_asked: the person signed this plan on paper.
        version_asked(int): a kept version is to be seen again.
        today_asked: the plan of the day is to be seen again.
        stop_asked: stop what is being done.
        file_asked, pathway_asked, people_asked: to other pages.
    """

    chosen = Signal(str, str, str, str)
    print_asked = Signal()
    export_asked = Signal()
    shown_asked = Signal()
    signed_asked = Signal()
    version_asked = Signal(int)
    today_asked = Signal()
    stop_asked = Signal()
    file_asked = Signal()
    pathway_asked = Signal()
    people_asked = Signal()
    acts = frozenset({Act.PRINT, Act.GO_ON})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan")
        self._words = words
        say = words.say
        self._header = PageHeader(say("Plan"))
        self._back = Button(say("Dossier"), "quiet", "back")
        self._print = Button(say("Imprimer"), "primary", "print")
        self._print.setToolTip(told(Act.PRINT))
        # Enter presses it, as Space does.
        self._print.setAutoDefault(True)
        self._export = Button(say("Enregistrer en PDF…"), "plain", "save-as")
        self._export.setToolTip(say("Le fichier ne sera pas protégé."))
        self.banner = Banner(words)
        self._busy = Busy(words)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._waits_for = ""
        self.missing = Missing(words)
        self.choices = PaperChoices(words)
        self.kept = Banner(words, closable=False)
        self.versions = Versions(words)
        self._shown = Button(say("Montrée"), "plain", "eye")
        self._shown.setToolTip(say("La personne a vu cette version."))
        self._signed = Button(say("Signée sur papier"), "plain", "check")
        self._signed.setToolTip(say("La personne a signé cette version."))
        self.sheets = Sheets(words)
        self._nobody = EmptyState(
            "plan",
            say("Aucune personne n’est choisie."),
            say("Le plan se prépare depuis le dossier d’une personne."),
            say("Choisir une personne"),
            action_icon="participants",
        )
        self._body = QStackedWidget()
        self._connect()
        self._lay_out()
        self.clear()

    def on_act(self, act: Act) -> None:
        """Ctrl+P and Ctrl+Enter print."""
        if act in self.acts and self._print.isVisible():
            self.print_asked.emit()

    def show_nobody(self) -> None:
        """No person was chosen: there is nothing to make."""
        self.clear()
        self._show_acts(shown=False)
        self._body.setCurrentIndex(1)

    def clear(self) -> None:
        """Nothing of the person shown before stays in sight."""
        self._show_acts(shown=True)
        self._body.setCurrentIndex(0)
        self._header.set_title(self._words.say("Plan"))
        self.banner.clear()
        self.choices.offer_brakes(())
        self.missing.show_sentences(())
        self.versions.show_lines(())
        self.show_kept("")
        self.sheets.show_pages(())
        self._set_ready(ready=False)

    def show_person(self, name: str, version: str) -> None:
        self._header.set_title(name, version)

    def offer_brakes(self, brakes: Sequence[Choice]) -> None:
        """Show those of the person, to be printed or not."""
        self.choices.offer_brakes(brakes)

    def show_choices(self, paper: str, language: str, sections: str, brakes: str) -> None:
        """Show what is chosen."""
        self.choices.show_chosen(paper, language, sections, brakes)

    def show_kept(self, sentence: str) -> None:
        """Say that a kept version is in sight, with the way back; empty for the plan of the day.

        What is on a kept paper is not chosen any more, and it is not kept a second time.
        """
        if sentence:
            self.kept.tell("info", sentence, self._words.say("Revenir au plan du jour"))
        elif self.kept.sentence():
            self._let_go_of_kept()
        self.choices.setEnabled(not sentence)
        self._set_ready(ready=self._export.isEnabled())

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show the paper; it can be printed and written now, and the plan of the day kept."""
        self.sheets.show_pages(images)
        self._set_ready(ready=True)

    def begin(self, sentence: str) -> None:
        """A work has begun; it is told if it lasts."""
        self._waits_for = sentence
        if self._busy.isHidden():
            self._patience.start()
        else:
            self._busy.begin(sentence)

    def end(self) -> None:
        self._patience.stop()
        self._busy.end()

    def take_keyboard(self) -> None:
        """On the act one comes for: Ctrl+P leads here, Enter prints."""
        choose = self._nobody.findChild(Button)
        target = choose if self._body.currentIndex() and choose is not None else self._print
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_ready(self, *, ready: bool) -> None:
        # Printing may be asked for while the paper is made, and the keyboard stays on it.
        self._export.setEnabled(ready)
        for button in (self._shown, self._signed):
            button.setEnabled(ready and not self.kept.sentence())

    def _let_go_of_kept(self) -> None:
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.kept.isAncestorOf(focus)
        self.kept.clear()
        if had_keyboard:
            self.take_keyboard()

    def _show_acts(self, *, shown: bool) -> None:
        for button in (self._back, self._export, self._print):
            button.setVisible(shown)

    def _on_patience_over(self) -> None:
        self._busy.begin(self._waits_for)

    def _connect(self) -> None:
        self._back.clicked.connect(self.file_asked)
        self._print.clicked.connect(self.print_asked)
        self._export.clicked.connect(self.export_asked)
        self._shown.clicked.connect(self.shown_asked)
        self._signed.clicked.connect(self.signed_asked)
        self._busy.cancelled.connect(self.stop_asked)
        self._patience.timeout.connect(self._on_patience_over)
        self.choices.chosen.connect(self.chosen)
        self.kept.acted.connect(self.today_asked)
        self.versions.chosen.connect(self.version_asked)
        self.missing.pathway_asked.connect(self.pathway_asked)
        self._nobody.acted.connect(self.people_asked)

    def _lay_out(self) -> None:
        for act in (self._back, self._export, self._print):
            self._header.add_act(act)
        self._body.addWidget(self._parts())
        self._body.addWidget(Scroll(self._nobody))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._header)
        column.addWidget(self.banner)
        column.addWidget(self.kept)
        column.addWidget(self._busy)
        column.addWidget(self._body, 1)

    def _parts(self) -> QWidget:
        paper_content = QWidget()
        paper = QVBoxLayout(paper_content)
        paper.setContentsMargins(0, 0, 4, 0)
        paper.setSpacing(8)
        paper.addWidget(self.missing)
        paper.addWidget(self.sheets, 1)
        preview = Scroll(paper_content)
        # There is nothing in a page to put the keyboard on: the area itself is scrolled with it.
        preview.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        preview.setAccessibleName(self._words.say("Aperçu du plan"))
        parts = QWidget()
        row = QHBoxLayout(parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Scroll(self._choices_column()), _SHARES[0])
        row.addWidget(preview, _SHARES[1])
        return parts

    def _choices_column(self) -> QWidget:
        on_paper = Card()
        on_paper.body.setContentsMargins(10, 12, 10, 12)
        on_paper.body.addWidget(self.choices)
        line = QFrame()
        line.setProperty("role", "line")
        on_paper.body.addWidget(line)
        on_paper.body.addWidget(Label(self._words.say("Garder cette version"), "strong"))
        acts = WrapLayout(spacing=8)
        acts.addWidget(self._shown)
        acts.addWidget(self._signed)
        on_paper.body.addLayout(acts)
        on_paper.body.addWidget(self.versions)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(on_paper)
        column.addStretch()
        return content
