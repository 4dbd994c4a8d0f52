"""Rules that every page keeps, whoever built it: names, keyboard, room, contrast.

`check_page(page)` runs them all on a page in the looks in use and fails with every complaint;
`LOOKS` and `pseudo` say in which looks and with which longer words a page must hold. The rules
follow the numbers of the accessibility checklist (EN 301 549 / WCAG 2.2 AA):

1, 3 names · 2 labels · 4 no keyboard trap · 6 focus seen · 7 targets · 8 nothing clipped ·
9 fits the smallest screen · 10 contrast.
"""

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from plie_desktop.text import Words
from plie_desktop.views.qt.theme import Theme
from tests.support.page_contrast import pale_colours, pale_words
from tests.support.page_focus import trapped, unseen_focus
from tests.support.page_names import unnamed, untied
from tests.support.page_room import clipped, small_targets, too_large

WIDTH, HEIGHT = 1093, 543
"""The window on a 1366×768 screen at 125 %, without the system's bars, in points."""

LOOKS = tuple(
    (theme, percent)
    for theme in (Theme.LIGHT, Theme.DARK, Theme.SUN)
    for percent in (100, 150, 200)
)

__all__ = [
    "HEIGHT",
    "LOOKS",
    "WIDTH",
    "check_page",
    "clipped",
    "complaints",
    "discard",
    "pale_colours",
    "pale_words",
    "pseudo",
    "show",
    "small_targets",
    "too_large",
    "trapped",
    "unnamed",
    "unseen_focus",
    "untied",
]


def check_page(page: QWidget, *, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Fail with every complaint about a page in the looks in use."""
    found = complaints(page, width=width, height=height)
    assert not found, "\n".join(found)


def complaints(page: QWidget, *, width: int = WIDTH, height: int = HEIGHT) -> list[str]:
    """What is wrong with a page, one line each; the page is shown in its window first."""
    show(page, width, height)
    return [
        *unnamed(page),
        *untied(page),
        *too_large(page, width, height),
        *clipped(page),
        *small_targets(page),
        *pale_words(page),
        *trapped(page),
        *unseen_focus(page),
    ]


def show(page: QWidget, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Put the window of a page on the (offscreen) screen, active and laid out."""
    window = page.window()
    window.resize(width, height)
    window.show()
    window.activateWindow()
    # Layouts of wrapped words settle in a second turn.
    for _ in range(3):
        QApplication.processEvents()


def discard(window: QWidget) -> None:
    """Close a window and let it go at once.

    What `deleteLater` leaves behind would be dressed again at each change of theme.
    """
    window.close()
    QApplication.processEvents()
    shiboken6.delete(window)


class _PseudoWords(Words):
    """Every message 40 % longer, its places for details kept."""

    def say(self, message: str, **details: object) -> str:
        return _longer(super().say(message, **details))

    def count(self, one: str, many: str, n: int, **details: object) -> str:
        return _longer(super().count(one, many, n, **details))


def pseudo() -> Words:
    """Words as long as a long-worded language would make them."""
    return _PseudoWords("fr", {}, {})


def _longer(text: str) -> str:
    missing = -(-len(text) * 4 // 10)
    tail = ("ééé àà ôôôô " * (missing // 12 + 1))[:missing]
    return f"{text} {tail}".strip() if len(text) > 1 else text
