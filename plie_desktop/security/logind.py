"""Listens to systemd-logind on the system bus: sleep, screen lock, another person's turn.

Holds a delay inhibitor meanwhile, so that the computer waits (five seconds at most, by logind's
default) until the vault is closed before it sleeps with the keys in memory.
"""

import logging
import os
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

if TYPE_CHECKING:
    from jeepney.fds import FileDescriptor

_NAME: Final = "org.freedesktop.login1"
_MANAGER: Final = DBusAddress("/org/freedesktop/login1", _NAME, "org.freedesktop.login1.Manager")
_SESSION: Final = "org.freedesktop.login1.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_ANSWER_SECONDS: Final = 5.0
_WHY: Final = ("sleep", "PLIE Desktop", "Fermer le coffre avant la veille", "delay")

_log = logging.getLogger(__name__)


class Logind:
    """One subscription to logind.

    Raises:
        OSError, RuntimeError, ValueError: there is no system bus to be reached.
        jeepney.DBusErrorResponse: the bus refuses the subscription.
    """

    def __init__(self) -> None:
        self._bus: DBusConnection = open_dbus_connection("SYSTEM", enable_fds=True)
        self._inhibitor: FileDescriptor | None = None
        # Signals that come while an answer is awaited wait here; they would be dropped else.
        self._signals: deque[Message] = deque()
        self._bus.filter(MatchRule(type="signal"), queue=self._signals)
        try:
            self._session = self._own_session()
            self._subscribe()
            self._delay_sleep()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the subscription and let the computer sleep."""
        self._release()
        self._bus.close()

    def interrupt(self) -> None:
        """Make a `wait` that another thread is in end with `ConnectionError`."""
        with suppress(OSError):
            self._bus.sock.shutdown(socket.SHUT_RDWR)

    def wait(self) -> None:
        """Return when the vault must be closed.

        Raises:
            OSError: the bus is gone, or `interrupt` was called.
        """
        while not self._asks_to_lock(self._bus.recv_until_filtered(self._signals)):
            pass

    def _asks_to_lock(self, message: Message) -> bool:
        fields = message.header.fields
        signal = (fields.get(HeaderFields.interface), fields.get(HeaderFields.member))
        if signal == (_MANAGER.interface, "PrepareForSleep"):
            is_beginning: bool = message.body == (True,)
            if not is_beginning:
                self._delay_sleep()
            return is_beginning
        if self._session not in (None, fields.get(HeaderFields.path)):
            return False
        if signal == (_SESSION, "Lock"):
            return True
        return signal == (_PROPERTIES, "PropertiesChanged") and _says_away(message.body)

    def _own_session(self) -> str | None:
        """The path of this session; none where logind does not know this process."""
        questions = [new_method_call(_MANAGER, "GetSessionByPID", "u", (os.getpid(),))]
        if name := os.environ.get("XDG_SESSION_ID"):
            questions.append(new_method_call(_MANAGER, "GetSession", "s", (name,)))
        for question in questions:
            with suppress(DBusErrorResponse):
                (path,) = self._call(question)
                return str(path)
        return None

    def _subscribe(self) -> None:
        rules = [
            MatchRule(
                type="signal",
                sender=_NAME,
                interface=_MANAGER.interface,
                member="PrepareForSleep",
            ),
            MatchRule(type="signal", sender=_NAME, interface=_SESSION, member="Lock"),
        ]
        if self._session is not None:
            rules.append(
                MatchRule(
                    type="signal",
                    sender=_NAME,
                    interface=_PROPERTIES,
                    member="PropertiesChanged",
                    path=self._session,
                )
            )
        bus = Proxy(message_bus, self._bus, timeout=_ANSWER_SECONDS)
        for rule in rules:
            bus.AddMatch(rule)

    def _delay_sleep(self) -> None:
        self._release()
        try:
            (inhibitor,) = self._call(new_method_call(_MANAGER, "Inhibit", "ssss", _WHY))
        except DBusErrorResponse:
            _log.info("logind grants no delay before sleep")
            return
        # The program restarts itself to lock; the delay must end with the old one.
        os.set_inheritable(inhibitor.fileno(), False)
        self._inhibitor = inhibitor

    def _release(self) -> None:
        if self._inhibitor is not None:
            self._inhibitor.close()
            self._inhibitor = None

    def _call(self, question: Message) -> tuple[Any, ...]:
        reply = self._bus.send_and_get_reply(question, timeout=_ANSWER_SECONDS)
        answer: tuple[Any, ...] = unwrap_msg(reply)
        return answer


def _says_away(body: object) -> bool:
    """Whether a change of the session's properties means that the person turned away."""
    match body:
        case (str(), {"LockedHint": ("b", True)}, _):
            return True
        case (str(), {"Active": ("b", False)}, _):
            return True
    return False
