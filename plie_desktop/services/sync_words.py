"""The true state of the exchange in a few words, for the pill of every page."""

from datetime import datetime, timedelta
from typing import Final

from plie_desktop.clock import paris
from plie_desktop.models.domain.sync_state import Connection, SyncStatus
from plie_desktop.text import N_, Words

_SAID: Final = {
    Connection.NONE: N_("Entraînement, rien n’est envoyé"),
    Connection.UNTRIED: N_("Pas encore d’échange"),
    Connection.ONLINE: N_("En ligne"),
    Connection.OFFLINE: N_("Hors ligne"),
    Connection.RUNNING: N_("Échange en cours"),
}
_A_WEEK: Final = 7


def connection_word(connection: Connection, words: Words) -> str:
    """What is known of the way to headquarters: the first words of the pill."""
    return words.say(_SAID[connection])


def in_words(status: SyncStatus, words: Words, now: datetime) -> str:
    """What waits, and in a second line the rest: "1 à trancher — dernier envoi hier à 17:40"."""
    first = [connection_word(status.connection, words)]
    if status.connection is Connection.NONE:
        return first[0]
    if status.waiting:
        first.append(words.say(N_("{n} à envoyer"), n=words.number(status.waiting)))
    elif status.connection is Connection.ONLINE:
        first.append(words.say(N_("tout est envoyé")))
    second = _besides(status, words, now)
    return "\n".join(" — ".join(said) for said in (first, second) if said)


def _besides(status: SyncStatus, words: Words, now: datetime) -> list[str]:
    said = []
    if status.conflicts:
        said.append(words.say(N_("{n} à trancher"), n=words.number(status.conflicts)))
    if status.parked:
        said.append(words.say(N_("{n} en attente au siège"), n=words.number(status.parked)))
    if status.held:
        said.append(
            words.count(
                "{n} dossier retenu par un brouillon",
                "{n} dossiers retenus par un brouillon",
                status.held,
            )
        )
    if status.last_success_at is not None:
        moment = spoken_moment(status.last_success_at, words, now)
        said.append(words.say(N_("dernier envoi {moment}"), moment=moment))
    elif status.connection is not Connection.UNTRIED:
        said.append(words.say(N_("jamais envoyé")))
    return said


def spoken_moment(moment: datetime, words: Words, now: datetime) -> str:
    """A moment near to now, in French time: "hier à 17:40", "lundi à 9:05", "le 03/11/2026"."""
    local, today = moment.astimezone(paris()), now.astimezone(paris()).date()
    hour = f"{local:%H:%M}"
    days = (today - local.date()).days
    if days <= 0:
        return words.say(N_("à {hour}"), hour=hour)
    if local.date() == today - timedelta(days=1):
        return words.say(N_("hier à {hour}"), hour=hour)
    if days < _A_WEEK:
        return words.say(_WEEKDAYS[local.weekday()], hour=hour)
    return words.say(N_("le {day}"), day=f"{local:%d/%m/%Y}")


_WEEKDAYS: Final = (
    N_("lundi à {hour}"),
    N_("mardi à {hour}"),
    N_("mercredi à {hour}"),
    N_("jeudi à {hour}"),
    N_("vendredi à {hour}"),
    N_("samedi à {hour}"),
    N_("dimanche à {hour}"),
)
