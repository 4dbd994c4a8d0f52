"""The program from its first paint to its end.

The door is painted with Qt and words alone; everything else is imported while the person types.
Behind the door the same window gets its pages, so nothing flickers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow

from plie_desktop.clock import Clock
from plie_desktop.services.window_state import WindowStateFile
from plie_desktop.text import Words
from plie_desktop.views.qt import icons, theme
from plie_desktop.views.qt.focus_ring import FocusRing
from plie_desktop.views.qt.language import translate_qt
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.unlock.brand import NAME
from plie_desktop.views.unlock.page import UnlockPage

if TYPE_CHECKING:
    from plie_desktop.services.session import OpenedVault, VaultDoor
    from plie_desktop.services.workplace import Services
    from plie_desktop.tasks import Lanes
    from plie_desktop.views.qt.dispatcher import Dispatcher
    from plie_desktop.views.shell.assembly import Workplace
    from plie_desktop.views.shell.lock import IdleClock

_WIDTH, _HEIGHT = 1180, 740
_LEAST_WIDTH, _LEAST_HEIGHT = 720, 480
_FEATURES = (
    "today", "intake", "participants", "participant_file", "pathway", "plan", "synchronisation",
    "preferences",
)  # fmt: skip
_LISTS = ("labour", "unemployment", "communes", "origins", "yes_no", "jobs")


class Suspend(Protocol):
    """Hears that the computer is about to sleep."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Start:
    """What `bootstrap` hands to the program.

    Attributes:
        has_vault: there is a vault to open; else the first start is shown.
        device_name: gives the one proposed for a new laptop.
        services: what can be done in an open vault; slow, for a lane.
        warm_up: imports what the services need; for a lane.
        idle: a clock that counts to so many seconds without a sign of the person.
        suspend: calls what it is given, from any thread, when the computer is about to sleep.
        restart: starts the program anew at the door; does not come back.
    """

    door: "VaultDoor"
    has_vault: bool
    device_name: Callable[[], str]
    words: Words
    clock: Clock
    window_state: WindowStateFile
    services: "Callable[[OpenedVault, Lanes], Services]"
    warm_up: Callable[[], object]
    idle: "Callable[[float], IdleClock]"
    suspend: Callable[[Callable[[], None]], Suspend]
    restart: Callable[[], object]


class Window(QMainWindow):
    """The one window of the program.

    Signals:
        painted: it was painted for the first time.
        closed: the person closes it.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._state = start.window_state
        self._is_painted = False
        self.setWindowTitle(NAME)
        self.setWindowIcon(QIcon(icons.pixmap("brand", "primary", 64)))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.resize(_WIDTH, _HEIGHT)
        kept = start.window_state.read().geometry
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        self.closed.emit()
        event.accept()

    def remember(self) -> None:
        """Keep size and place for the next start."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._state.remember(geometry=geometry)


class Program(QObject):
    """The door, then the window behind it."""

    def __init__(self, app: QApplication, start: Start) -> None:
        super().__init__(app)
        self._app = app
        self._start = start
        self._lanes: Lanes | None = None
        self._dispatcher: Dispatcher | None = None
        self._suspend: Suspend | None = None
        self.workplace: Workplace | None = None
        self.page = UnlockPage(start.words)
        self.window = Window(start)
        self.window.setCentralWidget(self.page)
        self.window.painted.connect(self._load)
        self.window.closed.connect(self._end)
        if start.has_vault:
            self.page.show_opening()
        else:
            self.page.set_device(start.device_name())
            self.page.show_first_start()

    def show(self) -> None:
        """Paint the door."""
        self.window.show()

    def _load(self) -> None:
        """After the first paint: what answers at the door, then all the rest on a lane."""
        from plie_desktop.tasks import Lane, Lanes  # noqa: PLC0415 - not before the first paint
        from plie_desktop.views.qt.dispatcher import Dispatcher  # noqa: PLC0415 - as above
        from plie_desktop.views.unlock.presenter import UnlockPresenter  # noqa: PLC0415 - as above

        self._lanes = lanes = Lanes()
        self._dispatcher = dispatcher = Dispatcher(lanes, self)
        presenter = UnlockPresenter(self.page, self._start.door, dispatcher, self._start.words)
        presenter.opened.connect(self._on_opened)
        dispatcher.run(Lane.STORE, self._start.warm_up, self._load_pages)

    def _load_pages(self, _warmed_up: object) -> None:
        """Import the pages here, one by one between what the person types.

        Never on a lane: PySide6 makes its types when they are first asked for, and two threads
        that ask for the same one at once end the process or wait for each other for ever.
        """
        names = [f"plie_desktop.views.{one}.presenter" for one in _FEATURES]
        self._import(iter((*names, "plie_desktop.views.shell.assembly")))

    def _import(self, left: Iterator[str]) -> None:
        name = next(left, None)
        if name is not None:
            import_module(name)
            QTimer.singleShot(0, self, partial(self._import, left))
            return
        from plie_desktop.tasks import Lane  # noqa: PLC0415 - not before the first paint
        from plie_desktop.views.widgets import code_search  # noqa: PLC0415 - as above

        if self._dispatcher is not None:
            self._dispatcher.run(Lane.STORE, partial(self._warm, code_search.warm), _nothing)

    def _warm(self, list_of_codes: Callable[[str, Words], None]) -> None:
        for name in _LISTS:
            list_of_codes(name, self._start.words)

    def _on_opened(self, vault: "OpenedVault") -> None:
        from plie_desktop.tasks import Lane  # noqa: PLC0415 - as above

        if self._dispatcher is None or self._lanes is None:
            return
        # The store lane has warmed up by then: its works are done in the order given.
        work = partial(self._start.services, vault, self._lanes)
        self._dispatcher.run(Lane.STORE, work, self._on_services, self._on_no_services)

    def _on_services(self, services: "Services") -> None:
        from plie_desktop.views.shell.assembly import Surroundings, assemble  # noqa: PLC0415 - as above

        if self._dispatcher is None or self._lanes is None:
            return
        start = self._start
        around = Surroundings(
            self._app,
            self._lanes,
            self._dispatcher,
            start.words,
            start.clock,
            start.idle,
            self._restart,
            Theme(start.window_state.read().theme),
        )
        workplace = assemble(services, around)
        self.workplace = workplace
        self._suspend = start.suspend(workplace.lock.lock_from_elsewhere)
        self._suspend.start()
        workplace.navigation.moved.connect(self._enter)
        workplace.begin()

    def _enter(self) -> None:
        """Put the window behind the door in its place, once it has a page to show."""
        if self.workplace is not None and self.window.centralWidget() is not self.workplace.window:
            self.workplace.navigation.moved.disconnect(self._enter)
            self.window.setCentralWidget(self.workplace.window)

    def _on_no_services(self, error: BaseException) -> None:
        from plie_desktop.views.qt import failures  # noqa: PLC0415 - as above

        self.page.show_refused(failures.in_words(error, self._start.words))

    def _restart(self) -> None:
        self.window.remember()
        if self._suspend is not None:
            self._suspend.stop()
        self._start.restart()

    def _end(self) -> None:
        if self._suspend is not None:
            self._suspend.stop()
        if self.workplace is not None:
            self.workplace.lock.close()
        elif self._lanes is not None and self._dispatcher is not None:
            self._dispatcher.close()
            self._lanes.drain()


def run(start: Start) -> int:
    """Show the window until the person closes it; the exit code."""
    app = QApplication.instance() or QApplication([NAME])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    dress(app, start)
    program = Program(app, start)
    program.show()
    return app.exec()


def dress(app: QApplication, start: Start) -> None:
    """Give the application its name, language, looks and focus ring."""
    app.setApplicationName(NAME)
    translate_qt(app, start.words.language)
    kept = start.window_state.read()
    theme.apply(app, Theme(kept.theme), kept.text_percent)
    FocusRing(app)


def _nothing(_result: object) -> None:
    """Loading ends without a word."""
