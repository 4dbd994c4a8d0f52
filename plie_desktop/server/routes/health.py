"""Tells whoever watches over headquarters that it is up."""

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from plie_desktop.protocol.messages import HEALTH_PATH
from plie_desktop.server.store import counter
from plie_desktop.server.store.database import Database


def router(database: Database) -> APIRouter:
    door = APIRouter()

    def look() -> None:
        with database.snapshot() as connection:
            counter.read(connection)

    @door.get(HEALTH_PATH)
    async def get_health() -> Response:
        await run_in_threadpool(look)
        return Response(b'{"status":"ok"}', media_type="application/json")

    return door
