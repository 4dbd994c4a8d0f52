"""Listens on a port until the process is told to stop. Only the command comes in."""

import gc
import json
import logging
import socket
import sys
from typing import Final

import uvicorn
from typing_extensions import override

from plie_desktop import logs
from plie_desktop.clock import Clock
from plie_desktop.errors import RefusedInputError
from plie_desktop.server.app import create_app
from plie_desktop.server.settings import Settings
from plie_desktop.text import N_

_OBJECTS_OF_A_BATCH: Final = 100_000
_GRACE_SECONDS: Final = 10
_LOG_FORMAT: Final = "%(asctime)s %(levelname)s %(message)s"
_PORT_TAKEN: Final = N_(
    "Le siège ne peut pas écouter à {place}. Donnez une autre adresse ou un autre port avec --port."
)


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(self._ready + "\n")
            sys.stdout.flush()


def _start_log() -> None:
    """Log to standard error; what a failure says may quote what people wrote, so it is left out."""
    to_errors = logging.StreamHandler()
    to_errors.setFormatter(logs.PlaceOnlyFormatter(_LOG_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[to_errors])
    logs.catch_the_rest()


def serve(
    database_url: str, clock: Clock, settings: Settings, at: tuple[str, int], *, as_json: bool
) -> None:
    """Answer laptops; prints the address on standard output once it is open.

    Raises:
        RefusedInputError: the address or the port cannot be had.
        DatabaseError: PostgreSQL does not answer.
    """
    host, port = at
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise RefusedInputError(_PORT_TAKEN, place=f"{host}:{port}") from error
    _start_log()
    # An answer leaves at once, its body in the wake of its head: asyncio sees to that only on
    # sockets that name their protocol, which this one's children do not.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    shown = f"[{host}]" if family is socket.AF_INET6 else host
    url = f"http://{shown}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        create_app(database_url, clock, settings),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    # What was loaded until here stays: looking through it for garbage takes longer than the work.
    # So does looking through the thousands of objects of a batch, which die with it by themselves.
    gc.freeze()
    gc.set_threshold(_OBJECTS_OF_A_BATCH)
    with listening:
        _Server(config, json.dumps({"url": url}) if as_json else url).run(sockets=[listening])
