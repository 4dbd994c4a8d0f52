"""The state of the exchange as the page says it."""

from datetime import date, datetime

from plie_desktop.clock import paris
from plie_desktop.models.domain.sync_state import (
    Conflict,
    Connection,
    SyncReport,
    SyncStatus,
    WaitingFile,
)
from plie_desktop.services.sync_words import connection_word
from plie_desktop.text import Words
from plie_desktop.views.qt.language import Speech
from plie_desktop.views.synchronisation.figures import Figures
from plie_desktop.views.widgets.chip import State
from plie_desktop.views.widgets.connection_states import connection_state


class Description:
    """Says things as of one moment."""

    def __init__(self, words: Words, now: datetime) -> None:
        self._words = words
        self._speech = Speech(words)
        self._today = _day(now)

    def state(self, status: SyncStatus) -> State:
        """Of the line to headquarters."""
        said = connection_word(status.connection, self._words)
        if status.connection is Connection.UNTRIED and status.last_success_at is not None:
            said = self._words.say("Pas encore d’échange depuis l’ouverture")
        return connection_state(status.connection, said)

    def place(self, status: SyncStatus) -> str:
        """Which laptop, which headquarters."""
        if status.connection is Connection.NONE:
            return self._words.say("Entraînement : rien ne quitte ce portable")
        return self._words.say(
            "{device} — {server}", device=status.device_name, server=status.server
        )

    def figures(self, status: SyncStatus) -> Figures:
        last = status.last_success_at
        return Figures(
            waiting=self._speech.number(status.waiting),
            files=self._words.count("dans {n} dossier", "dans {n} dossiers", status.waiting_files)
            if status.waiting
            else "",
            conflicts=self._speech.number(status.conflicts),
            parked=self._speech.number(status.parked),
            last=self._speech.hour(last) if last else self._words.say("Jamais"),
            last_day=self._near_day(_day(last)) if last else "",
        )

    def nothing_waits(self, status: SyncStatus) -> str:
        """What stands in the place of the files that wait."""
        last = status.last_success_at
        if last is None:
            return self._words.say("Rien n’attend sur ce portable.")
        when = self._speech.moment(last, self._today)
        return self._words.say("Tout est envoyé et confirmé, {moment}.", moment=when)

    def waiting(self, one: WaitingFile) -> tuple[str, str, str]:
        """A row of the table: name, edits, since when; or what keeps a file handed over."""
        if one.since is None:
            draft, gone = self._words.say("Un brouillon"), self._words.say("dossier transféré")
            return one.display_name, draft, gone
        since = self._speech.moment(one.since, self._today)
        return one.display_name, self._speech.number(one.edits), since

    def written(self, conflict: Conflict) -> tuple[str, str]:
        """Who wrote the value in force and the other one, and when."""
        return (
            self._by(conflict.current_by, conflict.current_at),
            self._by(conflict.candidate_by, conflict.candidate_at),
        )

    def done(self, report: SyncReport) -> str:
        """How an exchange went that ended well."""
        if not (report.sent or report.received):
            return self._words.say("Rien de nouveau, ni ici ni au siège.")
        return self._words.say(
            "{sent}, {received}. Tout ce qui attendait est parti.",
            sent=self._words.count("{n} réponse envoyée", "{n} réponses envoyées", report.sent),
            received=self._words.count("{n} reçue", "{n} reçues", report.received),
        )

    def _near_day(self, day: date) -> str:
        near = {0: self._words.say("aujourd’hui"), 1: self._words.say("hier")}
        far = self._words.say("le {day}", day=self._speech.short_day(day))
        return near.get((self._today - day).days, far)

    def _by(self, who: str, when: datetime | None) -> str:
        if when is None:
            return who
        moment = self._speech.moment(when, self._today)
        return self._words.say("{who}, {moment}", who=who, moment=moment)


def _day(moment: datetime) -> date:
    return moment.astimezone(paris()).date()
