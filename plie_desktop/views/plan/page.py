"""The choices on the left, the paper on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from plie_desktop.text import LANGUAGES, Words
from plie_desktop.views.plan.sheets import Sheets
from plie_desktop.views.qt.shortcuts import Act, told
from plie_desktop.views.widgets.banner import Banner
from plie_desktop.views.widgets.busy import Busy
from plie_desktop.views.widgets.button import Button
from plie_desktop.views.widgets.card import Card, Scroll
from plie_desktop.views.widgets.choice_buttons import Choice, ChoiceButtons, MultiChoice
from plie_desktop.views.widgets.field_row import FieldRow
from plie_desktop.views.widgets.label import Label
from plie_desktop.views.widgets.page_header import PageHeader

LEFT = 300
"""Width of the choices in points."""
_NAMES = {"fr": "Français", "en": "English"}


class PlanPage(QWidget):
    """Shows the real pages; the presenter has them made.

    Signals:
        chosen(str, str, str): language, sections and brakes (codes joined by `|`).
        print_asked: print what is shown.
        export_asked: write it to a file.
        shown_asked: the person was shown this plan.
        signed_asked: the person signed this plan on paper.
        stop_asked: stop making it.
        file_asked: back to the file.
    """

    chosen = Signal(str, str, str)
    print_asked = Signal()
    export_asked = Signal()
    shown_asked = Signal()
    signed_asked = Signal()
    stop_asked = Signal()
    file_asked = Signal()
    acts = frozenset({Act.PRINT, Act.GO_ON})

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plan")
        self._words = words
        self._header = PageHeader(words.say("Plan"))
        self._print = Button(words.say("Imprimer"), "primary", "print")
        self._print.setToolTip(told(Act.PRINT))
        self._export = Button(words.say("Enregistrer en PDF…"), "plain", "save-as")
        self._banner = Banner(words)
        self._busy = Busy(words)
        self._missing = Label("", "warning", wrap=True)
        self._language = ChoiceButtons([Choice(code, _NAMES[code]) for code in LANGUAGES], words)
        self._sections = MultiChoice((), words)
        self._sections_place = QVBoxLayout()
        self._brakes_place = QVBoxLayout()
        self._brakes: MultiChoice | None = None
        self._shown = Button(words.say("Montré à la personne"), "plain", "eye")
        self._signed = Button(words.say("Signé sur papier"), "plain", "check")
        self._sheets = Sheets(words)
        self._connect()
        self._lay_out()
        self.set_ready(ready=False)

    def on_act(self, act: Act) -> None:
        """Ctrl+P and Ctrl+Enter print."""
        if act in self.acts and self._print.isEnabled():
            self.print_asked.emit()

    def offer_sections(self, sections: Sequence[Choice]) -> None:
        """Say once which parts a plan may have."""
        self._sections = MultiChoice(sections, self._words)
        self._sections.edited.connect(self._on_chosen)
        self._sections_place.addWidget(FieldRow(self._words.say("Parties"), self._sections))

    def show_person(self, name: str, version: str) -> None:
        self._header.set_title(name, version)

    def show_choices(
        self, language: str, sections: str, brakes: Sequence[Choice], shown_brakes: str
    ) -> None:
        """Show what is chosen; `brakes` are those of the person, to be printed or not."""
        self._language.set_value(language)
        self._sections.set_value(sections)
        while item := self._brakes_place.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._brakes = None
        if brakes:
            self._brakes = MultiChoice(brakes, self._words)
            self._brakes.set_value(shown_brakes)
            self._brakes.edited.connect(self._on_chosen)
            help_line = self._words.say("Seulement ce que la personne accepte d’imprimer.")
            self._brakes_place.addWidget(
                FieldRow(self._words.say("Freins"), self._brakes, help_line)
            )

    def show_missing(self, sentences: Sequence[str]) -> None:
        """What the plan still lacks; it can be printed all the same."""
        self._missing.setText("\n".join(sentences))
        self._missing.setVisible(bool(sentences))

    def show_pages(self, images: Sequence[QImage]) -> None:
        self._sheets.show_pages(images)
        self.set_ready(ready=True)

    def begin(self, sentence: str) -> None:
        self._busy.begin(sentence)

    def end(self) -> None:
        self._busy.end()

    def set_ready(self, *, ready: bool) -> None:
        """Whether there is a paper to print, write or keep."""
        for button in (self._print, self._export, self._shown, self._signed):
            button.setEnabled(ready)

    def tell(self, kind: str, sentence: str) -> None:
        self._banner.tell(kind, sentence)

    def take_keyboard(self) -> None:
        self._language.focus_control().setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self._print.clicked.connect(self.print_asked)
        self._export.clicked.connect(self.export_asked)
        self._shown.clicked.connect(self.shown_asked)
        self._signed.clicked.connect(self.signed_asked)
        self._busy.cancelled.connect(self.stop_asked)
        self._language.edited.connect(self._on_chosen)

    def _on_chosen(self, _value: str) -> None:
        brakes = self._brakes.value() if self._brakes is not None else ""
        self.chosen.emit(self._language.value(), self._sections.value(), brakes)

    def _lay_out(self) -> None:
        say = self._words.say
        back = Button(say("Dossier"), "quiet", "back")
        back.clicked.connect(self.file_asked)
        for act in (back, self._export, self._print):
            self._header.add_act(act)
        choices = Card(say("Sur le papier"))
        choices.body.addWidget(FieldRow(say("Langue du papier"), self._language))
        choices.body.addLayout(self._sections_place)
        choices.body.addLayout(self._brakes_place)
        kept = Card(say("Garder cette version"))
        kept.body.addWidget(self._shown)
        kept.body.addWidget(self._signed)
        left_content = QWidget()
        left = QVBoxLayout(left_content)
        left.setContentsMargins(0, 0, 8, 0)
        left.setSpacing(16)
        left.addWidget(self._missing)
        left.addWidget(choices)
        left.addWidget(kept)
        left.addStretch()
        left_scroll = Scroll(left_content)
        left_scroll.setMinimumWidth(LEFT)
        sheets = Scroll(self._sheets)
        parts = QHBoxLayout()
        parts.setSpacing(20)
        parts.addWidget(left_scroll, 2)
        parts.addWidget(sheets, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self._header)
        column.addWidget(self._banner)
        column.addWidget(self._busy)
        column.addLayout(parts, 1)
