"""Stages 9 to 11 on python-socketio's server, by the contract and independent of our engine: the grader has
to find them right. `python_bonus.py --stage 9 --port 3000`, with DATA_DIR, TOKEN_SECRET and ADMIN_KEY."""
import asyncio
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import sys
import time
import urllib.parse

import socketio
from aiohttp import web
from socketio.exceptions import ConnectionRefusedError as Refused

ROOT = pathlib.Path(__file__).resolve().parents[2]


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


stage = int(option("--stage", "9"))
data = pathlib.Path(os.environ.get("DATA_DIR", "Data"))
data.mkdir(parents=True, exist_ok=True)
io = socketio.AsyncServer(async_mode="aiohttp", async_handlers=False, max_http_buffer_size=1_000_000,
                         namespaces="*")
app = web.Application()


def refusal(error):
    return {"ok": False, "error": error}


def texts(*values):
    return all(isinstance(value, str) for value in values)


def gone(reason):
    words = {"client disconnect": "client namespace disconnect"}
    print("a user disconnected:", words.get(reason, reason), flush=True)


# ── Stage 9

SECRET = os.environ.get("TOKEN_SECRET", base64.b64encode(os.urandom(32)).decode()).encode()
ROUNDS = 50_000


class Problem(Exception):
    pass


def encoded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(part):
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def signature(text):
    return encoded(hmac.new(SECRET, text.encode(), hashlib.sha256).digest())


def sign(name):
    head = encoded(b'{"alg":"HS256","typ":"JWT"}')
    claims = encoded(json.dumps({"username": name, "exp": int(time.time()) + 86_400}).encode())
    return f"{head}.{claims}.{signature(f'{head}.{claims}')}"


def verify(token):
    if not isinstance(token, str) or len(token) > 4096 or token.count(".") != 2:
        raise Problem("token invalid")
    text, _, given = token.rpartition(".")
    if not hmac.compare_digest(given.encode(), signature(text).encode()):
        raise Problem("token invalid")
    head, claims = (decoded(part) for part in text.split("."))
    if head.get("alg") != "HS256" or "exp" not in claims or claims.get("nbf", 0) > time.time():
        raise Problem("token invalid")
    if claims["exp"] <= time.time():
        raise Problem("token expired")
    return claims


def stage_9():
    file = data / "users.json"
    users = json.loads(file.read_text()) if file.exists() else {}
    tries, tabs, names, ends = {}, {}, {}, {}

    async def stretched(password, salt):
        job = hashlib.pbkdf2_hmac, "sha256", password.encode(), bytes.fromhex(salt), ROUNDS
        return (await asyncio.get_running_loop().run_in_executor(None, *job)).hex()

    def answer(value, status=200):
        return web.json_response(value, status=status)

    async def credentials(request):
        try:
            body = await request.json()
            name, password = body["name"], body["password"]
        except (ValueError, KeyError, TypeError):
            return None
        return (name, password) if texts(name, password) else None

    async def register(request):
        name, password = await credentials(request) or ("", "")
        if name == "all" or not re.fullmatch("[a-z0-9_-]{1,20}", name) or not 8 <= len(password.encode()) <= 200:
            return answer(refusal("invalid"), 400)
        salt = os.urandom(16).hex()
        digest = await stretched(password, salt)
        if name in users:
            return answer(refusal("taken"), 409)
        users[name] = [salt, digest]
        file.write_text(json.dumps(users))
        return answer({"ok": True, "username": name, "token": sign(name)}, 201)

    async def login(request):
        given = await credentials(request)
        if not given:
            return answer(refusal("invalid"), 400)
        name, password = given
        tries[name] = [moment for moment in tries.get(name, []) if moment > time.time() - 60]
        if len(tries[name]) >= 5:
            return answer(refusal("wait"), 429)
        tries[name].append(time.time())
        salt, digest = users.get(name, ["00", ""])
        if not hmac.compare_digest(await stretched(password, salt), digest):
            return answer(refusal("wrong"), 401)
        del tries[name]
        return answer({"ok": True, "username": name, "token": sign(name)})

    async def push(request):
        try:
            sender = verify(request.headers.get("Authorization", "").removeprefix("Bearer "))["username"]
        except Problem:
            return answer(refusal("token invalid"), 401)
        body = await request.json()
        if body.get("to") not in tabs:
            return answer(refusal("offline"), 404)
        for sid in tabs[body["to"]]:
            await io.emit("message", {"user": sender, "data": body["data"]}, to=sid)
        return answer({"ok": True})

    async def tell(to=None):
        users_here = [{"username": name} for name in sorted(tabs)]
        await io.emit(1, {"user": None, "data": users_here}, to=to)

    async def end_later(sid, seconds):
        await asyncio.sleep(seconds)
        await io.emit(0, {"user": None, "data": "token expired"}, to=sid)
        await io.disconnect(sid)

    @io.event
    async def connect(sid, environ, auth):
        query = urllib.parse.parse_qs(environ["QUERY_STRING"])
        try:
            claims = verify((auth or {}).get("token", query.get("token", [""])[0]))
        except Problem as problem:
            raise Refused(str(problem))
        print("a user connected", flush=True)
        names[sid] = claims["username"]

        async def greet():
            tabs.setdefault(names[sid], []).append(sid)
            await io.emit(2, {"user": None, "data": "welcome"}, to=sid)
            await tell()
        ends[sid] = asyncio.create_task(end_later(sid, claims["exp"] - time.time()))
        asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(greet()))

    @io.event
    async def disconnect(sid, reason):
        gone(reason)
        ends.pop(sid).cancel()
        name = names.pop(sid)
        tabs[name].remove(sid)
        if not tabs[name]:
            del tabs[name]
        await tell()

    async def on_list(sid):
        await tell(sid)

    async def on_group(sid, words):
        if not words["data"]:
            return refusal("empty")
        await io.emit(2, {"user": names[sid], "data": words["data"]})
        return {"ok": True}

    async def on_single(sid, words):
        if not words["data"]:
            return refusal("empty")
        if words.get("to") not in tabs:
            return refusal("offline")
        for tab in tabs[words["to"]]:
            await io.emit(3, {"user": names[sid], "data": words["data"]}, to=tab)
        return {"ok": True}

    for number, handler in [(1, on_list), (2, on_group), (3, on_single)]:
        io.on(number, handler)
    app.router.add_post("/register", register)
    app.router.add_post("/login", login)
    app.router.add_post("/push", push)


# ── Stage 10

def stage_10():
    names, channels = {}, {}

    def members(channel):
        return sorted(names[sid] for sid in channels.get(channel, []))

    async def tell(channel):
        for sid in channels.get(channel, []):
            await io.emit("members", {"channel": channel, "members": members(channel)}, to=sid)

    async def leave(sid, channel):
        channels[channel].remove(sid)
        if not channels[channel]:
            del channels[channel]
        await tell(channel)

    @io.event
    async def connect(sid, environ, auth):
        name = (auth or {}).get("name", "")
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= 20:
            raise Refused("a name has 1 to 20 characters")
        print("a user connected", flush=True)
        names[sid] = name.strip()

    @io.event
    async def disconnect(sid, reason):
        gone(reason)
        for channel in [channel for channel in channels if sid in channels[channel]]:
            await leave(sid, channel)
        del names[sid]

    @io.on("join")
    async def join(sid, channel):
        if not re.fullmatch(r"[\w-]{1,30}", channel):
            return refusal("invalid")
        if sid not in channels.setdefault(channel, []):
            channels[channel].append(sid)
        await tell(channel)
        return {"ok": True, "members": members(channel)}

    @io.on("leave")
    async def on_leave(sid, channel):
        if sid not in channels.get(channel, []):
            return refusal("not in")
        await leave(sid, channel)
        return {"ok": True}

    async def send(sid, post, to_itself):
        to, text = post["to"], post["text"]
        if not to or not text:
            return refusal("empty")
        if any(sid not in channels.get(channel, []) for channel in to):
            return refusal("not in")
        for member in {member for channel in to for member in channels[channel]}:
            if member != sid or to_itself:
                await io.emit("said", {"from": names[sid], "to": to, "text": text}, to=member)
        return {"ok": True}

    @io.on("say")
    async def say(sid, post):
        return await send(sid, post, False)

    @io.on("announce")
    async def announce(sid, post):
        return await send(sid, post, True)

    @io.on("channels")
    async def on_channels(sid):
        return {"ok": True, "channels": [{"channel": name, "members": members(name)} for name in sorted(channels)]}

    for name in ["post", "get"]:
        async def greet(sid, environ, auth, name=name):
            message = {"mess": f"this is the namespace {name}"}
            asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(
                io.emit("new message", message, to=sid, namespace=f"/{name}")))
        io.on("connect", greet, namespace=f"/{name}")

    @io.on("publish", namespace="/post")
    async def publish(sid, text):
        await io.emit("new message", {"mess": text}, namespace="/get")
        return {"ok": True}

    @io.on("connect", namespace="/admin")
    async def admin(sid, environ, auth):
        key = (auth or {}).get("key")
        wanted = os.environ.get("ADMIN_KEY", "")
        if not wanted or not isinstance(key, str) or not hmac.compare_digest(key.encode(), wanted.encode()):
            raise Refused("not allowed")

    @io.on("close channel", namespace="/admin")
    async def close(sid, channel):
        for member in channels.pop(channel, []):
            await io.emit("closed", channel, to=member)
        return {"ok": True}


# ── Stage 11

def stage_11():
    file = data / "journal.jsonl"
    raw = file.read_bytes() if file.exists() else b""
    whole = raw[:raw.rfind(b"\n") + 1]
    entries = [json.loads(line) for line in whole.splitlines()]
    offsets = {(entry["from"], entry["id"]): entry["offset"] for entry in entries}
    journal = open(file, "ab")
    journal.truncate(len(whole))
    names = {}

    async def tell(entry, to=None):
        await io.emit("chat message", ({"from": entry["from"], "text": entry["text"]}, entry["offset"]), to=to)

    @io.event
    async def connect(sid, environ, auth):
        name, offset = (auth or {}).get("name", ""), (auth or {}).get("serverOffset", 0)
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= 20:
            raise Refused("a name has 1 to 20 characters")
        print("a user connected", flush=True)
        names[sid] = name.strip()
        known = offset if isinstance(offset, int) and offset > 0 else 0

        async def history():
            for entry in entries[known:]:
                await tell(entry, sid)
        asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(history()))

    @io.event
    async def disconnect(sid, reason):
        gone(reason)
        del names[sid]

    @io.on("chat message")
    async def chat_message(sid, text, key):
        if not text or not key:
            return refusal("empty")
        if len(text) > 2000 or len(key.encode()) > 64:
            return refusal("too long")
        sender = names[sid]
        if (sender, key) in offsets:
            return {"ok": True, "offset": offsets[sender, key]}
        entry = {"offset": len(entries) + 1, "id": key, "from": sender, "text": text}
        journal.write(json.dumps(entry).encode() + b"\n")
        journal.flush()
        os.fsync(journal.fileno())
        entries.append(entry)
        offsets[sender, key] = entry["offset"]
        await tell(entry)
        return {"ok": True, "offset": entry["offset"]}


def file_of(path, kind):
    async def answer(request):
        return web.Response(body=(ROOT / "Public" / path).read_bytes(), content_type=kind, charset="utf-8")
    return answer


async def main():
    {9: stage_9, 10: stage_10, 11: stage_11}[stage]()
    app.router.add_get("/socket.io/socket.io.js", file_of("socket.io.js", "text/javascript"))
    io.attach(app)
    for path in ["/", "/login"]:
        app.router.add_get(path, file_of(f"step{stage}/index.html", "text/html"))
    app.router.add_get("/chat.css", file_of("chat.css", "text/css"))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", int(option("--port", "3000")))
    await site.start()
    print(f"listening on http://localhost:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
