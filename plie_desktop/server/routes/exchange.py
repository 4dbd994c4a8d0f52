"""The one door for data: push and pull in the same round trip."""

from fastapi import APIRouter, Request, Response

from plie_desktop.protocol.messages import EXCHANGE_PATH, MAX_FRAME
from plie_desktop.server.exchange import Exchange
from plie_desktop.server.routes import wire


def router(exchange: Exchange) -> APIRouter:
    door = APIRouter()

    @door.post(EXCHANGE_PATH)
    async def post_exchange(request: Request) -> Response:
        return await wire.answer(request, exchange.answer, MAX_FRAME)

    return door
