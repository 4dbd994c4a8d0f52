"""The top of a page: where one is, and what one can do here."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from plie_desktop.views.qt import looks
from plie_desktop.views.widgets.label import ElidedLabel, Label
from plie_desktop.views.widgets.wrap_layout import WrapLayout

_LONGEST_WORD: Final = 180
"""Width that a word of the title is given before the acts are, in points at 100 % text."""


class _Title(Label):
    """A title keeps its words whole: the acts beside it go to the next line first."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        metrics = self.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, self.text().split(" ")))
        wanted = min(longest + 2, looks.scaled(_LONGEST_WORD))
        return QSize(max(least.width(), wanted), least.height())


class PageHeader(QWidget):
    """Breadcrumb, title, chips beside it, acts on the right; acts wrap when the page is narrow."""

    def __init__(self, title: str, breadcrumb: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._breadcrumb = ElidedLabel(breadcrumb, "breadcrumb")
        self._breadcrumb.setVisible(bool(breadcrumb))
        self._title = _Title(title, "title", wrap=True)
        self._marks = WrapLayout(spacing=8)
        names = QVBoxLayout()
        names.setSpacing(4)
        names.addWidget(self._breadcrumb)
        names.addWidget(self._title)
        names.addLayout(self._marks)
        self._acts = QWidget()
        self._acts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._wrap = WrapLayout(self._acts, spacing=8, right=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addLayout(names, 1)
        row.addWidget(self._acts, 0, Qt.AlignmentFlag.AlignVCenter)
        self._acts.hide()

    def set_title(self, title: str, breadcrumb: str = "") -> None:
        self._title.setText(title)
        self._breadcrumb.setText(breadcrumb)
        self._breadcrumb.setVisible(bool(breadcrumb))

    def title(self) -> str:
        return self._title.text()

    def add_act(self, widget: QWidget) -> None:
        """Put a button on the right, after those already there."""
        self._wrap.addWidget(widget)
        self._acts.show()

    def add_mark(self, widget: QWidget) -> None:
        """Put a chip or a word under the title."""
        self._marks.addWidget(widget)
