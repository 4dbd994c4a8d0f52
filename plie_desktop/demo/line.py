"""The line between a laptop and headquarters, which can be cut like a network."""

import socket
import threading
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

_PIECE: Final = 1 << 16


class Line:
    """Passes bytes on between a port of its own and headquarters while it is up, on loopback.

    When it is cut, open connections end and new ones are refused at once, as by a laptop
    without a network.
    """

    def __init__(self, headquarters: str) -> None:
        target = urlsplit(headquarters)
        self._target = (str(target.hostname), int(target.port or 0))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._up = True
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """No byte passes any more."""
        self._up = False
        for connection in tuple(self._open):
            _end(connection)

    def mend(self) -> None:
        """Bytes pass again."""
        self._up = True

    def close(self) -> None:
        """Stop for good."""
        self.cut()
        _end(self._listening)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if not self._up:
                    _end(near)
                    continue
                far = socket.create_connection(self._target)
                for one, other in ((near, far), (far, near)):
                    self._open.add(one)
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(_PIECE):
                other.sendall(piece)
        _end(one)
        _end(other)
        self._open.discard(one)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
