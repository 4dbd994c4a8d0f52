"""Services that are not headquarters, at an address of this machine."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

HTML = b"<!doctype html><title>Wi-Fi</title><p>Connectez-vous au portail."


def _answer(head: str, body: bytes) -> bytes:
    length = f"Content-Length: {len(body)}"
    return f"HTTP/1.1 {head}\r\n{length}\r\nConnection: close\r\n\r\n".encode() + body


def a_portal(line: socket.socket) -> None:
    line.sendall(_answer("200 OK\r\nContent-Type: text/html", HTML))


def a_redirection(line: socket.socket) -> None:
    line.sendall(_answer("302 Found\r\nLocation: http://127.0.0.1:9/", b""))


def another_program(line: socket.socket) -> None:
    line.sendall(_answer("404 Not Found\r\nContent-Type: application/json", b'{"detail": "?"}'))


def a_broken_program(line: socket.socket) -> None:
    line.sendall(_answer("500 Internal Server Error\r\nContent-Type: text/plain", b"Traceback"))


def noise(line: socket.socket) -> None:
    line.sendall(bytes(range(256)) * 20 + b"\r\n\r\n")


def silence(_line: socket.socket) -> None:
    """The line is closed without a word."""


def half_an_answer(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf")


STRANGERS: dict[str, Callable[[socket.socket], None]] = {
    one.__name__: one
    for one in (
        a_portal,
        a_redirection,
        another_program,
        a_broken_program,
        noise,
        silence,
        half_an_answer,
    )
}


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Answers every connection in this way until the end of the block; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_serve, args=(door, answer), daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        # Closing alone does not wake a thread that waits for a connection.
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _serve(door: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    with suppress(OSError):
        while True:
            line, _ = door.accept()
            with line, suppress(OSError):
                line.recv(1 << 16)
                answer(line)


def nobody() -> str:
    """An address where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return f"http://127.0.0.1:{door.getsockname()[1]}"
