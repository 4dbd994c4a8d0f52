"""Builds the web application. Only the command and the tests come in."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from plie_desktop.clock import Clock
from plie_desktop.protocol.messages import Refusal
from plie_desktop.server.calls import Answer
from plie_desktop.server.enrolment import Enrolment
from plie_desktop.server.exchange import Exchange
from plie_desktop.server.marks import Cursors, Nonces
from plie_desktop.server.refusal import RequestRefusedError
from plie_desktop.server.routes import enrol, exchange, health, wire
from plie_desktop.server.settings import Settings
from plie_desktop.server.store import counter, incarnation
from plie_desktop.server.store.database import Database, DatabaseError

_log = logging.getLogger(__name__)


def create_app(database_url: str, clock: Clock, settings: Settings | None = None) -> FastAPI:
    """Headquarters on a database that has the current shape.

    Raises:
        DatabaseError: nobody answers at the address.
    """
    settings = settings or Settings()
    database = Database(database_url, settings.connections, settings.patience)
    database.open()
    with database.write() as connection:
        if not incarnation.recognise(connection):
            _log.warning("this base was moved or restored: new epoch begun")
        secret = counter.secret(connection)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        database.close()

    app = FastAPI(openapi_url=None, lifespan=life, redirect_slashes=False)
    nonces, cursors = Nonces(secret, settings.nonce_life), Cursors(secret)
    enrolling = Enrolment(database, clock, nonces, settings)
    knocks = enrol.Knocks(clock, settings.knocks_per_minute)
    app.include_router(exchange.router(Exchange(database, clock, nonces, cursors, settings)))
    app.include_router(enrol.router(enrolling, knocks))
    app.include_router(health.router(database))
    _answer_failures(app)
    return app


def _answer_failures(app: FastAPI) -> None:
    """Have every failure answered by a refusal that a laptop can read."""

    @app.exception_handler(RequestRefusedError)
    async def refused(_: Request, refusal: RequestRefusedError) -> Response:
        return wire.refuse(refusal)

    @app.exception_handler(HTTPException)
    async def elsewhere(_: Request, error: HTTPException) -> Response:
        sentence = RequestRefusedError("frame").sentence
        return wire.respond(Answer(error.status_code, Refusal("frame", sentence)))

    @app.exception_handler(ClientDisconnect)
    async def cut(_: Request, __: ClientDisconnect) -> Response:
        # Nobody is left to read it; a line that was cut is no failure of ours to log.
        return Response(status_code=400)

    @app.exception_handler(DatabaseError)
    async def without_database(_: Request, error: DatabaseError) -> Response:
        _log.error("the database does not answer")
        return wire.respond(Answer(503, Refusal("busy", error.sentence)))

    @app.exception_handler(Exception)
    async def failed(_: Request, __: Exception) -> Response:
        # It goes on to the server around us, whose log keeps its kind and place (`serving`).
        sentence = RequestRefusedError("busy").sentence
        return wire.respond(Answer(500, Refusal("busy", sentence)))
