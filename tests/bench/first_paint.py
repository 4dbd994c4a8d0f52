"""Runs a window and prints the seconds from the start of this process to its first paint.

`first_paint.py START bare` or `first_paint.py START product --vault DIR`, START being the monotonic
clock of the parent just before it started us. The same hook serves both.
"""

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget


class FirstPaint(QObject):
    """Waits for the paint of a window, and ends the process when it is done."""

    def __init__(self, started: float) -> None:
        super().__init__()
        self._started = started

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_paint = event.type() == QEvent.Type.Paint
        if is_paint and isinstance(watched, QWidget) and watched.isWindow():
            # The filter hears of it before the widgets are drawn.
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        sys.stdout.write(f"{time.monotonic() - self._started}\n")
        sys.stdout.flush()
        os._exit(0)


def main() -> None:
    paint = FirstPaint(float(sys.argv[1]))
    run = QApplication.exec

    def watched(*_: object) -> int:
        QApplication.instance().installEventFilter(paint)
        return run()

    QApplication.exec = watched
    if sys.argv[2] == "bare":
        app = QApplication(sys.argv[:1])
        window = QMainWindow()
        window.setCentralWidget(QLabel("PLIE"))
        window.resize(1180, 740)
        window.show()
        app.exec()
    else:
        from plie_desktop.__main__ import main as product

        sys.argv = ["plie-desktop", *sys.argv[3:]]
        sys.exit(product())


if __name__ == "__main__":
    main()
