"""All eight stages on python-socketio's server, by the contract and independent of our engine: the
grader has to find them right. `python_chat.py --stage 5 --port 3000`"""
import asyncio
import pathlib
import sys
import unicodedata

import regex
import socketio
from aiohttp import web

ROOT = pathlib.Path(__file__).resolve().parents[2]


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


stage = int(option("--stage", "8"))
# Handlers one after the other: what one client sends keeps its order.
io = socketio.AsyncServer(async_mode="aiohttp", async_handlers=False, max_http_buffer_size=1_000_000,
                         ping_interval=int(option("--ping-interval", "25000")) / 1000,
                         ping_timeout=int(option("--ping-timeout", "20000")) / 1000)
names = {}
typists = {}


def cleaned(name):
    return unicodedata.normalize("NFC", name).strip()


def key(name):
    return unicodedata.normalize("NFKC", cleaned(name)).lower()


PICTURE = r"\p{Extended_Pictographic}\p{Emoji_Modifier}?[\uFE0E\uFE0F]?"
EMOJI = regex.compile(rf"{PICTURE}(\u200D{PICTURE})*|[0-9#*]\uFE0F\u20E3")
FORBIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cn}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800→]")


def count(text):
    return len(regex.findall(r"\X", text))


def refusal(error):
    return {"ok": False, "error": error}


def text_problem(text):
    if not text:
        return "empty"
    return "too long" if count(text) > 2000 or len(text.encode()) > 65_536 else None


def owner(name):
    return next((sid for sid, known in names.items() if key(known) == key(name)), None)


async def tell_online(to=None):
    if stage >= 7:
        await io.emit("online", sorted(names.values(), key=key), to=to)


async def set_typing(sid, is_typing):
    if sid not in names:
        return
    timer = typists.pop(sid, None)
    if timer:
        timer.cancel()
    if is_typing:
        typists[sid] = asyncio.create_task(stop_later(sid))
    if is_typing != bool(timer):
        await io.emit("typing", {"nickname": names[sid], "isTyping": is_typing}, skip_sid=sid)


async def stop_later(sid):
    await asyncio.sleep(3)
    await asyncio.shield(set_typing(sid, False))


@io.event
async def connect(sid, environ, auth):
    print("a user connected", flush=True)
    if stage == 4:
        await io.emit("user joined", skip_sid=sid)
    asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(tell_online(sid)))


@io.event
async def disconnect(sid, reason):
    words = {"client disconnect": "client namespace disconnect"}
    print("a user disconnected:", words.get(reason, reason), flush=True)
    if stage == 4:
        await io.emit("user left", skip_sid=sid)
    if stage >= 6:
        await set_typing(sid, False)
    name = names.pop(sid, None)
    if name:
        await io.emit("user left", {"nickname": name}, skip_sid=sid)
        await tell_online()


def handler(event, since, *types):
    """A handler for arguments of these types; others have no effect and no acknowledgement."""
    def wrap(function):
        if stage < since:
            return function

        async def checked(sid, *arguments):
            given = arguments[:len(types)]
            if len(given) == len(types) and all(type(value) is kind for value, kind in zip(given, types)):
                return await function(sid, *given)
            raise TypeError(f"{event} takes {types}")
        io.on(event, checked)
        return function
    return wrap


@handler("set nickname", 5, str)
async def set_nickname(sid, name):
    if len(name.encode()) > 1000:
        return refusal("too long")
    name = cleaned(name)
    if not name:
        return refusal("empty")
    if FORBIDDEN.search(EMOJI.sub("", name)):
        return refusal("invalid")
    if count(name) > 20 or len(name.encode()) > 1000:
        return refusal("too long")
    if owner(name) not in (None, sid):
        return refusal("taken")
    old = names.get(sid)
    if old != name:
        if stage >= 6:
            await set_typing(sid, False)
        names[sid] = name
        if old:
            await io.emit("user left", {"nickname": old}, skip_sid=sid)
        await io.emit("user joined", {"nickname": name}, skip_sid=sid)
        await tell_online()
    return {"ok": True, "nickname": name}


@handler("chat message", 3, str)
async def chat_message(sid, text):
    if stage <= 4:
        if text and stage == 3:
            print("message:", text, flush=True)
        if text and stage == 4:
            await io.emit("chat message", text)
        return None
    if sid not in names:
        return refusal("no nickname")
    text = text.strip()
    if text_problem(text):
        return refusal(text_problem(text))
    if stage >= 6:
        await set_typing(sid, False)
    await io.emit("chat message", {"from": names[sid], "text": text}, skip_sid=sid)
    return {"ok": True}


@handler("typing", 6, bool)
async def typing(sid, is_typing):
    await set_typing(sid, is_typing)


@handler("private message", 8, dict)
async def private_message(sid, message):
    to, text = message.get("to"), message.get("text")
    if not isinstance(to, str) or not isinstance(text, str):
        raise TypeError("to and text have to be texts")
    if sid not in names:
        return refusal("no nickname")
    text = text.strip()
    if text_problem(text):
        return refusal(text_problem(text))
    addressee = owner(to) if len(to.encode()) <= 1000 else None
    if addressee == sid:
        return refusal("yourself")
    if addressee is None:
        return refusal("offline")
    await io.emit("private message", {"from": names[sid], "text": text}, to=addressee)
    return {"ok": True}


def file(path, kind):
    async def answer(request):
        return web.Response(body=(ROOT / "Public" / path).read_bytes(), content_type=kind, charset="utf-8")
    return answer


async def main():
    app = web.Application()
    app.router.add_get("/socket.io/socket.io.js", file("socket.io.js", "text/javascript"))
    io.attach(app)
    app.router.add_get("/", file(f"step{stage}/index.html", "text/html"))
    app.router.add_get("/chat.css", file("chat.css", "text/css"))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", int(option("--port", "3000")))
    await site.start()
    print(f"listening on http://localhost:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
