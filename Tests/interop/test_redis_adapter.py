"""Two of our servers with Redis between them, in both modes; a third one in Node's part; an emitter."""
import json
import time

import pytest

from node_fleet import GARBAGE, NodeServer, StreamsNode, msgpack
from redis_server import redis_server  # noqa: F401

MODES = {"pubsub": [], "streams": ["--streams"], "recovery": ["--streams", "--recovery"]}
GUESTS = [("a1", 0, ["r1", "r2"]), ("a2", 0, ["r2"]), ("b1", 1, ["r1"]), ("b2", 1, ["r3"])]


@pytest.fixture(params=list(MODES))
def mode(request):
    return request.param


class Pair:
    """Servers A and B; clients a1 (in r1, r2) and a2 (in r2) at A, b1 (in r1) and b2 (in r3) at B."""

    def __init__(self, start, connect, broker, mode, *options):
        words = ["Workshop", "cluster", "--redis", broker.url, *MODES[mode], *options]
        self.broker = broker
        self.servers = [start(*words), start(*words)]
        for server in self.servers:
            server.line("adapter: ready")
        self.ids, self.clients = {}, {}
        for name, server, rooms in GUESTS:
            client = connect(self.servers[server].url, ["websocket"], auth={"name": name, "rooms": rooms})
            client.io.on("question", lambda value, name=name: f"{name} {value}")
            self.clients[name] = client
            self.ids[name] = client.next()[2]

    def ask(self, name, event, *arguments):
        return self.clients[name].io.call(event, arguments, timeout=10)

    def emit(self, sender, **order):
        assert self.ask(sender, "emit", order)

    def hear(self, names, event, *values):
        """These hear it. When a fence of each server has come, which was sent later, the others have heard
        nothing."""
        for sender in ("a1", "b1"):
            self.ask(sender, "emit", {"event": "fence", "value": sender})
        for name, client in self.clients.items():
            seen, fences = [], 0
            while fences < 2:
                heard = client.next()
                if heard[1] == "fence":
                    fences += 1
                else:
                    seen.append(heard[1:2 + len(values)])
            expected = [[event, *values]] if name in names else []
            if expected and not seen:
                # What goes by PUBLISH may be overtaken by what stands in a stream.
                seen.append(client.next()[1:2 + len(values)])
            assert seen == expected, (name, seen)


@pytest.fixture
def pair(start, connect, redis_server, mode):  # noqa: F811
    return Pair(start, connect, redis_server(), mode)


def test_broadcasts_reach_the_clients_of_both_servers(pair):
    everyone = ["a1", "a2", "b1", "b2"]
    pair.emit("a1", value=1)
    pair.hear(everyone, "event", 1)
    pair.emit("b2", rooms=["r1"], value={"n": [1, None, 2.5, "ü🙂"]})
    pair.hear(["a1", "b1"], "event", {"n": [1, None, 2.5, "ü🙂"]})
    pair.emit("a1", rooms=["r1", "r2"], value="once")
    pair.hear(["a1", "a2", "b1"], "event", "once")
    pair.emit("a1", rooms=["r1", "r3"], **{"except": ["r2"]}, value="but not r2")
    pair.hear(["b1", "b2"], "event", "but not r2")
    pair.emit("a1", rooms=[pair.ids["b2"]], value="to one")
    pair.hear(["b2"], "event", "to one")
    pair.emit("b1", rooms=["nobody"], value=0)
    pair.hear([], "event", 0)
    pair.clients["a1"].io.emit("others", "all but me")
    pair.ask("a1", "join", "x")
    pair.hear(["a2", "b1", "b2"], "event", "all but me")
    pair.emit("a1", isLocal=True, value="here")
    pair.hear(["a1", "a2"], "event", "here")
    pair.emit("b1", isVolatile=True, value=b"\x00\xff")
    pair.hear(everyone, "event", b"\x00\xff")
    pair.emit("b1", value={"deep": [b"\x01", {"b": b""}]})
    pair.hear(everyone, "event", {"deep": [b"\x01", {"b": b""}]})


def test_sockets_of_both_servers_are_asked_found_moved_and_put_out(pair):
    assert pair.ask("a1", "servers") == 2
    answers = pair.ask("a1", "ask", {"value": 7, "timeout": 5000})
    assert sorted(answers["replies"]) == ["a1 7", "a2 7", "b1 7", "b2 7"]
    assert answers["silent"] == answers["missing"] == 0
    answers = pair.ask("a2", "ask", {"rooms": ["r3"], "value": b"\x01", "timeout": 5000})
    assert answers["replies"] == ["b2 b'\\x01'"]
    found = pair.ask("b1", "find", {})
    assert found["problem"] is None
    assert {socket["id"]: socket["data"]["name"] for socket in found["sockets"]} == \
        {pair.ids[name]: name for name in pair.ids}
    a1 = next(socket for socket in found["sockets"] if socket["id"] == pair.ids["a1"])
    assert a1["rooms"] == sorted([pair.ids["a1"], "r1", "r2"]) and a1["auth"] == {"name": "a1", "rooms": ["r1", "r2"]}
    assert a1["headers"]["upgrade"].lower() == "websocket"
    pair.ask("a1", "socketsJoin", {"rooms": ["r1"], "others": ["new", "newer"]})
    pair.emit("a1", rooms=["new"], value="joined")
    pair.hear(["a1", "b1"], "event", "joined")
    pair.ask("a1", "socketsLeave", {"others": ["new"]})
    pair.emit("a1", rooms=["new", "newer"], value="left")
    pair.hear(["a1", "b1"], "event", "left")
    pair.ask("a1", "disconnectSockets", {"rooms": ["r3"], "close": True})
    pair.clients["b2"].wait_for("disconnect")
    found = pair.ask("a1", "find", {"rooms": ["r2", "r3"]})
    assert {socket["id"] for socket in found["sockets"]} == {pair.ids["a1"], pair.ids["a2"]}


def test_servers_speak_to_each_other_and_in_other_namespaces(pair, connect):
    pair.ask("a1", "serverSide", {"text": "ü"})
    pair.hear(["b1", "b2"], "note", {"text": "ü"})
    assert pair.ask("b1", "double", 21) == [42]
    guests = [connect(server.url, ["websocket"], namespaces=["/custom"], auth={"name": "c", "rooms": ["c"]})
              for server in pair.servers]
    for guest in guests:
        assert guest.next()[1] == "welcome"
    assert guests[0].io.call("emit", {"rooms": ["c"], "value": "in custom"}, namespace="/custom")
    for guest in guests:
        assert guest.next()[:3] == ["/custom", "event", "in custom"]
    pair.hear([], "event")


def test_a_server_that_is_killed_is_missed_for_the_time_of_an_answer(pair):
    pair.servers[1].process.send_signal(19)  # SIGSTOP: it hears, and says nothing
    begin = time.monotonic()
    found = pair.ask("a1", "find", {})
    assert {socket["data"]["name"] for socket in found["sockets"]} == {"a1", "a2"}
    assert "only 0 of 1" in found["problem"] and 1.5 < time.monotonic() - begin < 8
    assert "only 0 of 1" in pair.ask("a1", "double", 1)
    pair.servers[1].kill()
    for name in ("b1", "b2"):
        pair.clients.pop(name).io.disconnect()
    end = time.monotonic() + 10
    while pair.ask("a1", "servers") != 1:
        assert time.monotonic() < end
    found = pair.ask("a1", "find", {})
    assert found["problem"] is None and len(found["sockets"]) == 2


# MARK: A Node server, and an emitter


@pytest.fixture
def fleet(start, connect, redis_server):  # noqa: F811
    pair = Pair(start, connect, redis_server(), "pubsub")
    return pair, NodeServer(pair.broker)


def test_a_node_server_takes_part_by_pub_sub(fleet):
    pair, node = fleet
    pair.emit("a1", rooms=["r1"], value={"n": 1})
    channel, (uid, packet, options) = node.next("socket.io#")
    assert channel == "socket.io#/#r1#" and packet == {"type": 2, "data": ["event", {"n": 1}], "nsp": "/"}
    assert options == {"rooms": ["r1"], "except": [], "flags": {}} and len(uid) >= 6
    pair.hear(["a1", "b1"], "event", {"n": 1})
    node.broadcast("event", "from node", b"\x01", rooms=["r1", "r3"], exceptions=["r2"])
    pair.hear(["b1", "b2"], "event", "from node", b"\x01")
    node.broadcast("event", "numeric", rooms=[42])
    node.broadcast("event", "volatile", flags={"volatile": True, "compress": False})
    pair.hear(["a1", "a2", "b1", "b2"], "event", "volatile")
    # As many answers as there are servers: the Node server's sockets are found too.
    found = pair.ask("a1", "find", {})
    assert found["problem"] is None and len(found["sockets"]) == 5
    assert pair.ask("a1", "servers") == 3
    answers = pair.ask("a1", "ask", {"value": 1, "timeout": 5000})
    assert sorted(answers["replies"]) == ["a1 1", "a2 1", "b1 1", "b2 1", "node 1", "node 2"]
    assert sorted(pair.ask("a1", "double", 5)) == [10, 10]
    node.request(type=5, requestId="f1", opts={"rooms": ["r1"], "except": []})
    sockets = []
    for _ in pair.servers:
        _, answer = node.next("socket.io-response#")
        while "sockets" not in answer or answer["requestId"] != "f1":
            _, answer = node.next("socket.io-response#")
        sockets += answer["sockets"]
    assert {socket["id"] for socket in sockets} == {pair.ids["a1"], pair.ids["b1"]}
    assert list(sockets[0]) == ["id", "handshake", "rooms", "data"]
    assert list(sockets[0]["handshake"]) == [
        "headers", "time", "address", "xdomain", "secure", "issued", "url", "query", "auth"]
    node.request(packed=True, type=7, requestId="q1", packet={"type": 2, "data": ["question", 3], "nsp": "/"},
                 opts={"rooms": ["r1"], "except": [], "flags": {"timeout": 5000}})
    answers = {"counts": [], "packets": []}
    while len(answers["counts"]) < 2 or len(answers["packets"]) < 2:
        _, answer = node.next("socket.io-response#")
        if answer.get("requestId") == "q1":
            answers["counts" if answer["type"] == 8 else "packets"].append(
                answer["clientCount"] if answer["type"] == 8 else answer["packet"])
    assert answers == {"counts": [1, 1], "packets": answers["packets"]}
    assert sorted(answers["packets"]) == ["a1 3", "b1 3"]
    node.request(type=6, data=["note", "from node"])
    pair.hear(["a1", "a2", "b1", "b2"], "note", "from node")
    node.request(type=6, requestId="d1", data=["double", 4])
    doubled = []
    while len(doubled) < 2:
        _, answer = node.next("socket.io-response#")
        doubled += [answer["data"]] if answer.get("requestId") == "d1" else []
    assert doubled == [8, 8]


def test_old_requests_are_answered_and_garbage_harms_nobody(fleet):
    pair, node = fleet
    node.request(type=2, requestId="old1", sid=pair.ids["b2"], room="old")
    _, answer = node.next("socket.io-response#")
    assert answer == {"requestId": "old1"}
    pair.emit("a1", rooms=["old"], value="joined")
    pair.hear(["b2"], "event", "joined")
    node.request(type=1, requestId="rooms")
    rooms = set()
    for _ in pair.servers:
        rooms |= set(node.next("socket.io-response#")[1]["rooms"])
    assert rooms == {"r1", "r2", "r3", "old", *pair.ids.values()}
    node.request(type=0, requestId="sids", rooms=["r1"])
    sids = node.next("socket.io-response#")[1]["sockets"] + node.next("socket.io-response#")[1]["sockets"]
    assert sorted(sids) == sorted([pair.ids["a1"], pair.ids["b1"]])
    node.request(type=77, requestId="unknown")
    for channel in ("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#"):
        for payload in (b"\xc1", b"", b"{", b"{}", b"\x93\x01\x02\x03", b"\xdd\xff\xff\xff\xff"):
            node.redis.publish(channel, payload)
    node.redis.publish("socket.io#/#", msgpack.packb(["x", {"type": 2, "data": "no list"}, {}]))
    node.request(type=4, requestId="old2", sid=pair.ids["b2"], close=False)
    pair.clients["b2"].wait_for("disconnect")
    del pair.clients["b2"]
    pair.emit("b1", value="alive")
    pair.hear(["a1", "a2", "b1"], "event", "alive")


def test_an_emitter_drives_all_servers(fleet):
    pair, node = fleet
    node.broadcast("event", "by emitter", rooms=["r1"], uid="emitter")
    pair.hear(["a1", "b1"], "event", "by emitter")
    publish = lambda value: node.redis.publish("socket.io-request#/#", json.dumps(value))  # noqa: E731
    publish({"type": 2, "opts": {"rooms": ["r3"], "except": []}, "rooms": ["e"]})
    publish({"type": 6, "uid": "emitter", "data": ["note", "e"]})
    pair.hear(["a1", "a2", "b1", "b2"], "note", "e")
    node.broadcast("event", "joined", rooms=["e"], uid="emitter")
    pair.hear(["b2"], "event", "joined")
    publish({"type": 4, "opts": {"rooms": ["e"], "except": []}, "close": True})
    pair.clients["b2"].wait_for("disconnect")


def test_answers_go_to_the_one_that_has_asked_if_wanted(start, connect, redis_server):  # noqa: F811
    pair = Pair(start, connect, redis_server(), "pubsub", "--specific")
    node = NodeServer(pair.broker, answers=False)
    node.request(type=5, requestId="f1", opts={"rooms": [], "except": []})
    for _ in pair.servers:
        channel, answer = node.next("socket.io-response#")
        assert channel == f"socket.io-response#/#{node.UID}#" and answer["requestId"] == "f1"


def test_a_node_server_takes_part_by_streams(start, connect, redis_server):  # noqa: F811
    pair = Pair(start, connect, redis_server(), "streams")
    node = StreamsNode(pair.broker)
    pair.emit("a1", rooms=["r1"], value={"n": 1})
    pair.hear(["a1", "b1"], "event", {"n": 1})
    fields = pair.broker.client().xrange("socket.io")[0][1]
    assert list(fields) == [b"uid", b"nsp", b"type", b"data"] and fields[b"type"] == b"3"
    assert json.loads(fields[b"data"]) == {"packet": {"type": 2, "data": ["event", {"n": 1}]},
                                           "opts": {"rooms": ["r1"], "except": [], "flags": {}}}
    node.broadcast("event", "from node", rooms=["r1"])
    pair.hear(["a1", "b1"], "event", "from node")
    node.broadcast("event", b"\x07", rooms=["r3"], binary=True)
    pair.hear(["b2"], "event", b"\x07")
    node.add(4, {"opts": {"rooms": ["r3"], "except": [], "flags": {}}, "rooms": ["s"]})
    node.broadcast("event", "joined", rooms=["s"])
    pair.hear(["b2"], "event", "joined")
    pair.broker.client().xadd("socket.io", {"nonsense": "x"})
    node.redis.publish("socket.io#/#", GARBAGE)
    found = pair.ask("a1", "find", {})
    assert found["problem"] is None and len(found["sockets"]) == 5
    assert sorted(pair.ask("a1", "double", 5)) == [10, 10]
    answers = pair.ask("a1", "ask", {"value": 1, "timeout": 5000})
    assert sorted(answers["replies"]) == ["a1 1", "a2 1", "b1 1", "b2 1", "node"]
    node.publish(9, {"packet": ["note", "n"]})
    pair.hear(["a1", "a2", "b1", "b2"], "note", "n")
    node.publish(3, {"packet": {"type": 2, "data": ["question", 1]}, "requestId": "q",
                     "opts": {"rooms": ["r1"], "except": [], "flags": {"timeout": 5000}}})
    assert [node.next(11)["data"]["clientCount"] for _ in pair.servers] == [1, 1]
    assert sorted(node.next(12)["data"]["packet"] for _ in pair.servers) == ["a1 1", "b1 1"]
    node.add(6, {"opts": {"rooms": ["s"], "except": [], "flags": {}}, "close": True})
    pair.clients["b2"].wait_for("disconnect")
