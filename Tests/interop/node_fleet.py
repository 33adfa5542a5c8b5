"""A Node server's part, played with PyPI's redis and msgpack: what it shows in Redis, for the tests of RedisAdapter."""
import base64
import json
import queue
import threading

import pytest

from conftest import PATIENCE

msgpack = pytest.importorskip("msgpack", reason="PyPI's msgpack is not installed: see requirements.txt")


class NodeServer:
    """What a server in Node with @socket.io/redis-adapter does, as far as it shows in Redis."""
    UID = "nodeUI"

    def __init__(self, redis_server, namespace="/", answers=True):
        self.namespace = namespace
        self.redis = redis_server.client()
        self.heard = queue.Queue()
        self.answers = answers
        channels = redis_server.client().pubsub()
        channels.psubscribe(f"socket.io#{namespace}#*")
        channels.subscribe(f"socket.io-request#{namespace}#", f"socket.io-response#{namespace}#",
                           f"socket.io-response#{namespace}#{self.UID}#")
        confirmed = 0
        while confirmed < 4:
            message = channels.get_message(timeout=PATIENCE)
            confirmed += bool(message and message["type"].endswith("subscribe"))
        threading.Thread(target=self._listen, args=(channels,), daemon=True).start()

    def _listen(self, channels):
        try:
            for message in channels.listen():
                if message["type"] in ("message", "pmessage"):
                    self._take(message["channel"].decode(), message["data"])
        except Exception:
            return  # Redis was ended

    def _take(self, channel, data):
        value = json.loads(data) if data[:1] == b"{" else msgpack.unpackb(data)
        own = value[0] == self.UID if isinstance(value, list) else value.get("uid") == self.UID
        if own:
            return
        self.heard.put((channel, value))
        if self.answers and channel.startswith("socket.io-request#"):
            self._answer(value)

    def _answer(self, request):
        kind = request["type"]
        if kind == 5:
            self.respond({"requestId": request["requestId"], "sockets": [SOCKET]})
        elif kind == 6 and "requestId" in request:
            self.respond({"type": 6, "requestId": request["requestId"], "data": request["data"][1] * 2})
        elif kind == 7:
            self.respond({"type": 8, "requestId": request["requestId"], "clientCount": 2})
            for answer in ("node 1", "node 2"):
                self.respond({"type": 9, "requestId": request["requestId"], "packet": answer}, packed=True)

    def respond(self, value, packed=False, to=""):
        data = msgpack.packb(value) if packed else json.dumps(value)
        self.redis.publish(f"socket.io-response#{self.namespace}#{to}", data)

    def request(self, packed=False, **value):
        value["uid"] = self.UID
        data = msgpack.packb(value) if packed else json.dumps(value)
        assert self.redis.publish(f"socket.io-request#{self.namespace}#", data) > 0

    def broadcast(self, *data, rooms=(), exceptions=(), flags=None, uid=None):
        channel = f"socket.io#{self.namespace}#" + (f"{rooms[0]}#" if len(rooms) == 1 else "")
        packet = {"type": 2, "data": list(data), "nsp": self.namespace}
        options = {"rooms": list(rooms), "except": list(exceptions), "flags": flags or {}}
        self.redis.publish(channel, msgpack.packb([uid or self.UID, packet, options]))

    def next(self, channel):
        """The next message on a channel that begins so."""
        while True:
            try:
                name, value = self.heard.get(timeout=PATIENCE)
            except queue.Empty:
                pytest.fail(f"nothing was published on {channel}")
            if name.startswith(channel):
                return name, value


# Redis keeps everything over a restart.
SAVES = ["--appendonly", "yes", "--appendfsync", "always"]
GARBAGE = b"\xc1"
SOCKET = {
    "id": "nodeSocketAAAAAAAAAA", "rooms": ["nodeSocketAAAAAAAAAA", "r1"], "data": {"name": "node"},
    "handshake": {
        "headers": {"host": "x"}, "time": "Wed Nov 25 2026 17:57:53 GMT+0000 (Coordinated Universal Time)",
        "address": "127.0.0.1", "xdomain": False, "secure": False, "issued": 1795629473872,
        "url": "/socket.io/?EIO=4", "query": {"EIO": "4"}, "auth": {"name": "n"}}}


class StreamsNode:
    """The same with @socket.io/redis-streams-adapter."""
    UID = "0123456789abcdef"

    def __init__(self, redis_server, namespace="/"):
        self.redis = redis_server.client()
        self.namespace = namespace
        self.heard, self.kept = queue.Queue(), []
        channels = redis_server.client().pubsub()
        channels.subscribe(f"socket.io#{namespace}#", f"socket.io#{namespace}#{self.UID}#")
        confirmed = 0
        while confirmed < 2:
            message = channels.get_message(timeout=PATIENCE)
            confirmed += bool(message and message["type"] == "subscribe")
        threading.Thread(target=self._listen, args=(channels,), daemon=True).start()

    def _listen(self, channels):
        try:
            for message in channels.listen():
                if message["data"] == GARBAGE:
                    continue
                value = msgpack.unpackb(message["data"])
                if value["uid"] != self.UID:
                    self.heard.put((message["channel"].decode(), value))
                    self._answer(value)
        except Exception:
            return

    def _answer(self, message):
        data, request = message["data"], message["data"].get("requestId")
        to = message["uid"]
        if message["type"] == 7:
            self.publish(8, {"requestId": request, "sockets": [SOCKET]}, to)
        elif message["type"] == 9 and request:
            self.publish(10, {"requestId": request, "packet": data["packet"][1] * 2}, to)
        elif message["type"] == 3:
            self.publish(11, {"requestId": request, "clientCount": 1}, to)
            self.publish(12, {"requestId": request, "packet": "node"}, to)

    def publish(self, kind, data, to=None):
        message = {"type": kind, "data": data, "uid": self.UID, "nsp": self.namespace}
        channel = f"socket.io#{self.namespace}#" + (f"{to}#" if to else "")
        self.redis.publish(channel, msgpack.packb(message))

    def add(self, kind, data, binary=False):
        text = base64.b64encode(msgpack.packb(data)) if binary else json.dumps(data)
        return self.redis.xadd("socket.io", {
            "uid": self.UID, "nsp": self.namespace, "type": str(kind), "data": text}, maxlen=10000).decode()

    def broadcast(self, *data, rooms=(), exceptions=(), binary=False):
        return self.add(3, {
            "packet": {"type": 2, "data": list(data)},
            "opts": {"rooms": list(rooms), "except": list(exceptions), "flags": {}}}, binary)

    def next(self, kind):
        """The next message of this kind. Others are kept: those of two servers come in any order."""
        while True:
            for value in self.kept:
                if value["type"] == kind:
                    self.kept.remove(value)
                    return value
            try:
                self.kept.append(self.heard.get(timeout=PATIENCE)[1])
            except queue.Empty:
                pytest.fail(f"no message of type {kind} was published")
