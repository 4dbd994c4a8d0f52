"""A small systemd-logind on a private bus, for what the program asks of the real one."""

import os
import select
import threading
from queue import SimpleQueue

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import Proxy, open_dbus_connection

NAME = "org.freedesktop.login1"
_MANAGER = DBusAddress("/org/freedesktop/login1", NAME, "org.freedesktop.login1.Manager")
_WAIT_SECONDS = 20.0


class FakeLogind:
    """Answers GetSessionByPID, GetSession and Inhibit; emits what a test tells it to."""

    own_session = "/org/freedesktop/login1/session/_31"
    other_session = "/org/freedesktop/login1/session/_32"

    def __init__(self, address, *, knows_session=True, grants_delay=True):
        self._knows_session = knows_session
        self._grants_delay = grants_delay
        self._asked_to_delay: SimpleQueue[int] = SimpleQueue()
        self._delays: list[int] = []
        self._bus = open_dbus_connection(address, enable_fds=True)
        assert Proxy(message_bus, self._bus).RequestName(NAME) == (1,)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def end(self):
        """Leave the bus."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join()
            self._bus.close()
        for delay in self._delays:
            os.close(delay)
        self._delays.clear()

    def wait_until_watched(self):
        """Return once a program has asked for a delay, the last thing it does to begin."""
        self.wait_until_delayed(times=1)

    def wait_until_delayed(self, times):
        """Return once the delay was asked for so many times in all."""
        while len(self._delays) < times:
            self._delays.append(self._asked_to_delay.get(timeout=_WAIT_SECONDS))

    def is_sleep_delayed(self):
        """Whether the last delay that was given is still held."""
        return self._grants_delay and not _is_hung_up(self._delays[-1], 0)

    def is_sleep_let_go(self):
        """Whether the last delay is given back, now or soon."""
        return _is_hung_up(self._delays[-1], _WAIT_SECONDS)

    def sleep(self):
        self._emit(_MANAGER, "PrepareForSleep", "b", (True,))

    def wake(self):
        self._emit(_MANAGER, "PrepareForSleep", "b", (False,))

    def lock(self, session):
        self._emit(DBusAddress(session, NAME, "org.freedesktop.login1.Session"), "Lock")

    def change(self, session, name, value):
        properties = DBusAddress(session, NAME, "org.freedesktop.DBus.Properties")
        body = ("org.freedesktop.login1.Session", {name: ("b", value)}, [])
        self._emit(properties, "PropertiesChanged", "sa{sv}as", body)

    def _emit(self, emitter, member, signature=None, body=()):
        self._bus.send(new_signal(emitter, member, signature, body))

    def _serve(self):
        while not self._ended.is_set():
            try:
                message = self._bus.receive(timeout=0.05)
            except TimeoutError:
                continue
            except ConnectionError:
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message):
        member = message.header.fields[HeaderFields.member]
        if member in ("GetSessionByPID", "GetSession") and self._knows_session:
            self._bus.send(new_method_return(message, "o", (self.own_session,)))
        elif member == "Inhibit" and self._grants_delay:
            held, given = os.pipe()
            self._bus.send(new_method_return(message, "h", (given,)))
            os.close(given)
            self._asked_to_delay.put(held)
        else:
            self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
            if member == "Inhibit":
                self._asked_to_delay.put(os.open(os.devnull, os.O_RDONLY))


def _is_hung_up(reading_end, seconds):
    poll = select.poll()
    poll.register(reading_end, select.POLLHUP)
    return bool(poll.poll(seconds * 1000))
