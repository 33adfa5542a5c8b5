"""An Engine.IO server of which check 2.10 sees a part: it closes the first WebSockets in place of the second ping, as
if its client had answered too late. closing_server.py --port N --closes N"""

import argparse
import asyncio
import http

import websockets

OPEN = '0{"sid":"a","upgrades":["websocket"],"pingInterval":300,"pingTimeout":500,"maxPayload":1000000}'
options = argparse.ArgumentParser()
options.add_argument("--port", type=int)
options.add_argument("--closes", type=int)
options = options.parse_args()


def polling(connection, request):
    return connection.respond(http.HTTPStatus.OK, OPEN) if "transport=polling" in request.path else None


async def ping(socket):
    await socket.send(OPEN)
    await socket.send("2")
    assert await socket.recv() == "3"
    if options.closes > 0:
        options.closes -= 1
        return
    while True:
        await socket.send("2")
        assert await socket.recv() == "3"


async def main():
    async with websockets.serve(ping, "127.0.0.1", options.port, process_request=polling):
        await asyncio.Future()


asyncio.run(main())
