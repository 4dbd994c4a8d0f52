"""A proxy on loopback that counts what passes, headers included. No time is taken through it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

_AT_ONCE = 1 << 16


@dataclass
class Counted:
    """What passed since it was last set to nothing.

    Attributes:
        origin: where to connect instead of the server.
        carried: bytes in both directions.
    """

    origin: str
    carried: int = 0
    connections: int = 0

    def take(self) -> tuple[int, int]:
        """Bytes and connections since the last time."""
        taken = self.carried, self.connections
        self.carried = self.connections = 0
        return taken


@contextmanager
def counting(origin: str) -> Iterator[Counted]:
    """A proxy before that server."""
    parts = urlsplit(origin)
    target = (str(parts.hostname), int(parts.port or 80))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        counted = Counted(f"http://127.0.0.1:{listening.getsockname()[1]}")
        threading.Thread(target=_accept, args=(listening, target, counted), daemon=True).start()
        yield counted
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)


def _accept(listening: socket.socket, target: tuple[str, int], counted: Counted) -> None:
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            far = socket.create_connection(target)
            counted.connections += 1
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=(one, other, counted), daemon=True).start()


def _pump(source: socket.socket, sink: socket.socket, counted: Counted) -> None:
    with suppress(OSError):
        while data := source.recv(_AT_ONCE):
            # Before it is passed on: who has the answer must find it counted.
            counted.carried += len(data)
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
