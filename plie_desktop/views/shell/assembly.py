"""Builds the window behind the door: frame, pages, presenters, keys, lock. Nothing else does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from plie_desktop.clock import Clock
from plie_desktop.services.workplace import Services
from plie_desktop.tasks import Lanes
from plie_desktop.text import Words
from plie_desktop.views.intake.page import IntakePage
from plie_desktop.views.intake.presenter import IntakePresenter
from plie_desktop.views.participant_file.page import ParticipantFilePage
from plie_desktop.views.participant_file.presenter import ParticipantFilePresenter
from plie_desktop.views.participants.page import ParticipantsPage
from plie_desktop.views.participants.presenter import ParticipantsPresenter
from plie_desktop.views.pathway.page import PathwayPage
from plie_desktop.views.pathway.presenter import PathwayPresenter, Planning
from plie_desktop.views.plan.page import PlanPage
from plie_desktop.views.plan.presenter import PlanPresenter
from plie_desktop.views.preferences.page import PreferencesPage
from plie_desktop.views.preferences.presenter import PreferencesPresenter, Settings
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.places import Place
from plie_desktop.views.qt.shortcuts import Shortcuts
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.shell.appearance import Appearance
from plie_desktop.views.shell.exchange import Exchange
from plie_desktop.views.shell.lock import IdleClock, Lock
from plie_desktop.views.shell.main_window import MainWindow
from plie_desktop.views.shell.navigation import Build, Navigation, Presenter
from plie_desktop.views.shell.presenter import ShellPresenter
from plie_desktop.views.synchronisation.page import SynchronisationPage
from plie_desktop.views.synchronisation.presenter import SynchronisationPresenter
from plie_desktop.views.today.page import TodayPage
from plie_desktop.views.today.presenter import TodayPresenter

if TYPE_CHECKING:
    from plie_desktop.services.preferences import Preferences


@dataclass(frozen=True)
class Surroundings:
    """What the window is given by the program around it.

    Attributes:
        idle: a clock that counts to so many seconds without a sign of the person.
        restart: starts the program anew at the door; does not come back.
        worn: the theme in force already.
    """

    app: QApplication
    lanes: Lanes
    dispatcher: Dispatcher
    words: Words
    clock: Clock
    idle: Callable[[float], IdleClock]
    restart: Callable[[], object]
    worn: Theme | None = None


@dataclass(frozen=True)
class Workplace:
    """The window behind the door, whole.

    Attributes:
        has_headquarters: there is someone to exchange with; not so in practice.
    """

    window: MainWindow
    navigation: Navigation
    shell: ShellPresenter
    appearance: Appearance
    exchange: Exchange
    lock: Lock
    has_headquarters: bool

    def begin(self) -> None:
        """Show the first page and start what goes on by itself."""
        self.appearance.read()
        self.shell.begin()
        self.lock.prepare()
        if self.has_headquarters:
            self.exchange.begin()


def assemble(services: Services, around: Surroundings) -> Workplace:
    """Build everything once; pages themselves when they are first shown."""
    window = MainWindow(around.words)
    navigation = Navigation(window.stack, window)
    appearance = Appearance(
        around.app, services.preferences, around.dispatcher, around.worn, window
    )
    pages = _Pages(services, around, navigation, appearance)
    for place, build in pages.builders().items():
        navigation.add(place, build)
    shell = ShellPresenter(
        window, navigation, services, around.dispatcher, around.words, around.clock
    )
    exchange = Exchange(services.synchronisation, around.dispatcher, shell.refresh_pill, window)
    lock = Lock(
        services.session,
        around.dispatcher,
        around.lanes,
        shell.farewell,
        around.restart,
        window,
    )
    _connect(window, shell, appearance, exchange, lock)
    appearance.applied.connect(partial(_watch, lock, around.idle))
    shortcuts = Shortcuts(window, around.words)
    shell.bind(shortcuts)
    appearance.bind(shortcuts)
    window.keys.fill(shortcuts.table())
    has_headquarters = not services.session.identity().is_practice
    return Workplace(window, navigation, shell, appearance, exchange, lock, has_headquarters)


def _connect(
    window: MainWindow,
    shell: ShellPresenter,
    appearance: Appearance,
    exchange: Exchange,
    lock: Lock,
) -> None:
    shell.preferences_changed.connect(appearance.read)
    appearance.dressed.connect(window.fit)
    window.lock_asked.connect(lock.lock)
    lock.warned.connect(shell.on_lock_warned)
    lock.closing.connect(exchange.stop)
    lock.closing.connect(window.hide)


def _watch(lock: Lock, idle: Callable[[float], IdleClock], preferences: "Preferences") -> None:
    lock.watch(idle(preferences.lock_minutes * 60.0))


class _Pages:
    """How each page is made."""

    def __init__(
        self,
        services: Services,
        around: Surroundings,
        navigation: Navigation,
        appearance: Appearance,
    ) -> None:
        self._services = services
        self._clock = around.clock
        self._words = around.words
        self._dress = appearance.dress
        # What every presenter ends with.
        self._rest = (around.dispatcher, around.words, navigation.go)

    def builders(self) -> dict[Place, Build]:
        return {
            Place.TODAY: self._today,
            Place.INTAKE: self._intake,
            Place.PARTICIPANTS: self._participants,
            Place.PARTICIPANT_FILE: self._participant_file,
            Place.PATHWAY: self._pathway,
            Place.PLAN: self._plan,
            Place.SYNCHRONISATION: self._synchronisation,
            Place.PREFERENCES: self._preferences,
        }

    def _today(self) -> tuple[QWidget, Presenter]:
        page = TodayPage(self._words)
        return page, TodayPresenter(page, self._services.today, self._clock, *self._rest)

    def _intake(self) -> tuple[QWidget, Presenter]:
        page = IntakePage(self._words)
        services = self._services
        return page, IntakePresenter(page, services.intakes, services.session, *self._rest)

    def _participants(self) -> tuple[QWidget, Presenter]:
        page = ParticipantsPage(self._words)
        return page, ParticipantsPresenter(page, self._services.participants, *self._rest)

    def _participant_file(self) -> tuple[QWidget, Presenter]:
        page = ParticipantFilePage(self._words)
        people, session = self._services.participants, self._services.session
        return page, ParticipantFilePresenter(page, people, session, self._clock, *self._rest)

    def _pathway(self) -> tuple[QWidget, Presenter]:
        page = PathwayPage(self._words)
        services = self._services
        planning = Planning(services.pathways, services.participants, services.session)
        return page, PathwayPresenter(page, planning, self._clock, *self._rest)

    def _plan(self) -> tuple[QWidget, Presenter]:
        page = PlanPage(self._words)
        plans, people = self._services.plans, self._services.participants
        return page, PlanPresenter(page, plans, people, *self._rest)

    def _synchronisation(self) -> tuple[QWidget, Presenter]:
        page = SynchronisationPage(self._words)
        sync = self._services.synchronisation
        return page, SynchronisationPresenter(page, sync, self._clock, *self._rest)

    def _preferences(self) -> tuple[QWidget, Presenter]:
        page = PreferencesPage(self._words)
        services = self._services
        who = services.session.identity()
        settings = Settings(services.preferences, services.passphrase, who)
        return page, PreferencesPresenter(page, settings, self._dress, *self._rest)
