"""What is known of the way to headquarters, as a chip; the same on every page."""

from typing import Final

from plie_desktop.models.domain.sync_state import Connection
from plie_desktop.views.widgets.chip import State

_CONNECTIONS: Final = {
    Connection.NONE: ("neutral", "info"),
    Connection.UNTRIED: ("neutral", "clock"),
    Connection.ONLINE: ("ok", "online"),
    Connection.OFFLINE: ("warning", "offline"),
    Connection.RUNNING: ("info", "sync"),
}


def connection_state(connection: Connection, said: str) -> State:
    """Where the exchange stands; `said` is translated."""
    kind, icon = _CONNECTIONS[connection]
    return State(kind, said, icon)
