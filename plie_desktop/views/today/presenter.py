"""Reads the day and says it in words."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from plie_desktop.clock import Clock
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.participant import ParticipantLine
from plie_desktop.models.domain.pathway import GapLevel
from plie_desktop.models.domain.sync_state import Connection
from plie_desktop.tasks import Lane
from plie_desktop.text import Words
from plie_desktop.views.qt.dispatcher import Dispatcher
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.qt.places import Destination, Go, Place
from plie_desktop.views.today.entry import Entry
from plie_desktop.views.today.page import TodayPage
from plie_desktop.views.widgets.chip import State

if TYPE_CHECKING:
    from plie_desktop.services.today import OpenGap, Today, TodayMeeting, TodayService

OLD: Final = timedelta(days=7)
"""Since the last exchange, from which the page says so."""
_GAP_KINDS: Final = {
    GapLevel.SHORT: "neutral",
    GapLevel.AMBER: "warning",
    GapLevel.RED: "error",
    GapLevel.HEADQUARTERS: "error",
}


class TodayPresenter(QObject):
    """Page ↔ day."""

    def __init__(
        self,
        page: TodayPage,
        today: "TodayService",
        clock: Clock,
        dispatcher: Dispatcher,
        words: Words,
        go: Go,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._today = today
        self._clock = clock
        self._dispatcher = dispatcher
        self._words = words
        self._speech = Speech(words)
        self._go = go
        page.intake_asked.connect(self.on_intake_asked)
        page.intake_wanted.connect(partial(self._open, Place.INTAKE))
        page.file_wanted.connect(partial(self._open, Place.PARTICIPANT_FILE))
        page.pathway_wanted.connect(partial(self._open, Place.PATHWAY))

    def enter(self, _destination: Destination) -> None:
        """Read the day."""
        self._page.take_keyboard()
        self._read()

    def leave(self) -> Destination:
        return Destination(Place.TODAY)

    def on_changed(self, changes: Changes) -> None:
        """Anything written may change the day."""
        if changes.participants or changes.sync:
            self._read()

    @Slot()
    def on_intake_asked(self) -> None:
        self._go(Destination(Place.INTAKE))

    def _open(self, place: Place, participant_id: UUID) -> None:
        self._go(Destination(place, participant_id))

    def _read(self) -> None:
        self._dispatcher.run(Lane.STORE, self._today.read, self._on_read)

    def _on_read(self, day: "Today") -> None:
        today = self._clock.today()
        greeting = self._words.say("Bonjour {name}", name=day.greeting_name)
        self._page.show_greeting(greeting, self._speech.day(today).capitalize())
        self._page.show_loss(*self._loss(day, self._clock.now()))
        later = {line.id: count for line, count in day.to_ask_later}
        self._page.parked.show_entries(
            [self._parked(line, later.get(line.id, 0)) for line in day.parked]
        )
        more = self._words.say("D’autres rendez-vous suivent, dans les dossiers.")
        self._page.meetings.show_entries(
            [self._meeting(one, today) for one in day.meetings], more if day.more_meetings else ""
        )
        self._page.gaps.show_entries([self._gap(gap) for gap in day.gaps], self._others(day))

    def _others(self, day: "Today") -> str:
        if not day.other_gaps:
            return ""
        return self._words.count(
            "{n} autre parcours n’a pas d’étape en ce moment.",
            "{n} autres parcours n’ont pas d’étape en ce moment.",
            day.other_gaps,
        )

    def _loss(self, day: "Today", now: datetime) -> tuple[str, str]:
        """What would be lost with this laptop, from what headquarters has confirmed."""
        status = day.status
        if status.connection is Connection.NONE:
            return "info", self._words.say(
                "Entraînement\u00a0: ces personnes sont inventées, rien n’est envoyé. "
                "Essayez tout sans crainte."
            )
        if not status.waiting and day.drafts:
            return "info", self._words.count(
                "Si ce portable disparaissait maintenant : ce qui est tapé sans être enregistré "
                "dans {n} dossier serait perdu, rien ne serait lisible.",
                "Si ce portable disparaissait maintenant : ce qui est tapé sans être enregistré "
                "dans {n} dossiers serait perdu, rien ne serait lisible.",
                day.drafts,
            )
        if not status.waiting:
            return "ok", self._words.say(
                "Si ce portable disparaissait maintenant, rien ne serait perdu "
                "et rien ne serait lisible."
            )
        last = status.last_success_at
        kind = "warning" if last is None or now - last > OLD else "info"
        sentence = self._words.count(
            "Si ce portable disparaissait maintenant\u00a0: ce qui est nouveau dans {n} dossier "
            "serait perdu, rien ne serait lisible.",
            "Si ce portable disparaissait maintenant\u00a0: ce qui est nouveau dans {n} dossiers "
            "serait perdu, rien ne serait lisible.",
            status.waiting_files,
        )
        return kind, sentence

    def _parked(self, line: ParticipantLine, later: int) -> Entry:
        parts = (line.number, line.commune)
        state = None
        if later:
            told = self._words.count("{n} à demander", "{n} à demander", later)
            state = State("info", told, "clock")
        name = line.display_name or self._words.say("Nom à demander")
        return Entry(line.id, name, " · ".join(part for part in parts if part), state)

    def _meeting(self, meeting: "TodayMeeting", today: date) -> Entry:
        when = self._when(meeting.moment, today) if meeting.moment else meeting.starts_at
        parts = (when, meeting.place)
        detail = " · ".join(part for part in parts if part)
        return Entry(meeting.participant_id, meeting.display_name, detail)

    def _when(self, moment: datetime, today: date) -> str:
        hour = f"{moment:%H:%M}"
        days = (moment.date() - today).days
        near = {
            0: self._words.say("Aujourd’hui à {hour}", hour=hour),
            1: self._words.say("Demain à {hour}", hour=hour),
        }
        day = self._speech.day(moment.date()).capitalize()
        return near.get(days, self._words.say("{day} à {hour}", day=day, hour=hour))

    def _gap(self, gap: "OpenGap") -> Entry:
        since = self._words.say("Depuis le {day}", day=self._speech.short_day(gap.since))
        days = self._words.count("{n} jour", "{n} jours", gap.days)
        state = State(_GAP_KINDS[gap.level], days, "gap")
        return Entry(gap.participant_id, gap.display_name, since, state)
