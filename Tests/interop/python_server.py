"""python-socketio's server, with the behaviour of `Workshop socket-io`: our client has to get
along with it as well. Used by test_browser_client.py."""
import asyncio
import sys

import socketio
from aiohttp import web

io = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*",
                          namespaces=["/", "/custom", "/private"])


@io.event
async def connect(sid, environ, auth):
    await io.emit("auth", auth or {}, to=sid)


@io.on("connect", namespace="/custom")
async def connect_custom(sid, environ, auth):
    await io.emit("auth", auth or {}, to=sid, namespace="/custom")


@io.on("connect", namespace="/private")
async def connect_private(sid, environ, auth):
    raise socketio.exceptions.ConnectionRefusedError("not invited", {"try": "later"})


@io.event
async def message(sid, *arguments):
    await io.emit("message-back", arguments, to=sid)


@io.on("message-with-ack")
async def message_with_ack(sid, *arguments):
    return arguments


@io.event
async def ask(sid, question):
    async def answered(answer):
        await io.emit("answer", answer, to=sid)
    await io.emit("question", question, to=sid, callback=answered)


@io.on("leave me")
async def leave(sid):
    await io.disconnect(sid)


async def serve(port):
    app = web.Application()
    io.attach(app)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    print(f"listening on http://localhost:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(serve(int(sys.argv[sys.argv.index("--port") + 1])))
