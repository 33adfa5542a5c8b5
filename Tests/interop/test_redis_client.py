"""The client of Redis and the emitter against a real redis-server, which is killed, paused, full, locked.

`Workshop redis-probe` does what its standard input says."""

import base64
import json
import queue
import signal
import subprocess
import threading

import pytest

from conftest import BIN, PATIENCE
from redis_server import redis, redis_server  # noqa: F401

msgpack = pytest.importorskip("msgpack", reason="PyPI's msgpack is not installed: see requirements.txt")


class Probe:
    """A running probe; its lines arrive in order."""

    def __init__(self, url, *options):
        self.process = subprocess.Popen([str(BIN / "Workshop"), "redis-probe", "--url", url, *options], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.Queue()
        self.seen, self.errors = [], []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def do(self, *lines):
        for line in lines:
            self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait_for(self, beginning):
        """The next line that begins so; others are passed over."""
        while True:
            try:
                line = self.lines.get(timeout=PATIENCE)
            except queue.Empty:
                pytest.fail(f"waited for {beginning!r}; seen: {self.seen} errors: {self.errors}")
            self.seen.append(line)
            if line.startswith(beginning):
                return line

    def ready(self):
        self.wait_for("state ready")
        return self

    def send(self, command):
        """A command and its answer."""
        self.do(f"send {command}")
        return self.wait_for("answer").split(" ", 2)[2]

    def end(self):
        self.do("close")
        assert self.process.wait(timeout=PATIENCE) == 0


@pytest.fixture
def probe():
    probes = []

    def start(url, *options):
        probes.append(Probe(url, *options))
        return probes[-1]

    yield start
    for probe in probes:
        probe.process.send_signal(signal.SIGCONT)
        if probe.process.poll() is None:
            probe.end()


VERSIONS = pytest.mark.parametrize("version", [["--resp2"], []], ids=["RESP2", "RESP3"])


@VERSIONS
def test_commands_and_their_answers(redis_server, probe, version):
    server = redis_server()
    client = probe(server.url, *version).ready()
    assert client.send("SET k v") == "OK"
    assert client.send("GET k") == "v"
    assert client.send("GET nothing") == "null"
    assert client.send("INCR n") == "1"
    assert client.send("RPUSH l a b c") == "3"
    assert client.send("LRANGE l 0 -1") == "[a, b, c]"
    assert client.send("HSET h f 1 g 2") == "2"
    assert client.send("HGETALL h") == ("[f, 1, g, 2]" if version else "{f: 1, g: 2}")
    assert client.send("ZADD z 1.5 m") == "1"
    assert client.send("ZSCORE z m") == ("1.5" if version else "double 1.5")
    assert client.send("INCR l").startswith("Redis refuses INCR: WRONGTYPE ")
    client.do("transaction INCR n / INCR l / GET k")
    assert client.wait_for("executed").startswith("executed [2, error WRONGTYPE ")
    assert "probe" in {entry["name"] for entry in server.client().client_list()}


def test_user_password_and_database(redis_server, probe):
    server = redis_server()
    admin = server.client()
    admin.acl_setuser("ana", enabled=True, passwords=["+s@cret/"], commands=["+@all"], keys=["*"], channels=["*"])
    url = server.url.replace("redis://", "redis://ana:s%40cret%2F@") + "/3"
    for version in [["--resp2"], []]:
        client = probe(url, *version).ready()
        assert client.send("ACL WHOAMI") == "ana"
        client.send("SET where here")
        assert server.client(db=3).get("where") == b"here"
    wrong = probe(server.url.replace("redis://", "redis://ana:wrong@"))
    assert "WRONGPASS" in wrong.wait_for("state away")
    assert "wrong@" not in "".join(wrong.seen + wrong.errors)


@VERSIONS
def test_what_others_publish_and_what_others_hear(redis_server, probe, version):
    server = redis_server()
    client = probe(server.url, *version).ready()
    for verb in ["subscribe a", "psubscribe b*", "ssubscribe c"]:
        client.do(verb)
        client.wait_for("subscribed")
    other = server.client()
    assert other.publish("a", "one") == 1
    assert client.wait_for("message") == "message a one"
    assert other.publish("bx", "two €") == 1
    assert client.wait_for("message") == "message bx two €"
    assert other.execute_command("SPUBLISH", "c", "three") == 1
    assert client.wait_for("message") == "message c three"
    # With one connection the message comes before the answer, with two it may come behind it.
    client.do("send PUBLISH a four")
    assert client.wait_for("message") == "message a four"


def test_no_command_is_done_twice_while_connections_are_cut(redis_server, probe):
    """A counter counts what was done: all that went well, and of what was lost a part."""
    server = redis_server()
    client = probe(server.url).ready()
    admin = server.client()
    done, lost = 0, 0
    for _ in range(10):
        client.do("count 500 INCR n")
        admin.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        counts = [int(word) for word in client.wait_for("counted").split()[1:]]
        done, lost = done + counts[0], lost + counts[1]
        assert sum(counts) == 500 and counts[2:] == [0, 0]
    assert done <= int(admin.get("n") or 0) <= done + lost
    assert done + lost == 5000


@VERSIONS
def test_redis_is_killed_and_comes_back(redis_server, probe, version):
    server = redis_server()
    client = probe(server.url, *version).ready()
    client.do("subscribe a", "psubscribe b*")
    client.wait_for("subscribed")
    client.wait_for("subscribed")
    for round in range(3):
        server.kill()
        client.wait_for("state away")
        client.do(f"send SET round {round}")        # waits
        server.start()
        client.ready()
        assert client.wait_for("answer").endswith("OK")
        # At `ready`, subscriptions are renewed: nothing published from now on is missed.
        assert server.client().publish("a", str(round)) == 1
        assert server.client().publish("bb", str(round)) == 1
        assert {client.wait_for("message"), client.wait_for("message")} == {f"message a {round}", f"message bb {round}"}
    client.end()
    log = [line for line in client.errors if "Redis at" in line and "is away" in line]
    assert 3 <= len(log) <= 6, client.errors         # one line an outage; the emitter has a connection too


def test_redis_is_paused(redis_server, probe):
    server = redis_server()
    client = probe(server.url, "--answer-timeout", "300").ready()
    server.pause()
    client.do("send INCR n")
    assert "no answer to INCR within 300 ms" in client.wait_for("state away")
    assert "it may have been done" in client.wait_for("answer")
    server.resume()
    client.ready()
    assert client.send("INCR other") == "1"


def test_redis_is_full(redis_server, probe):
    server = redis_server("--maxmemory", "1")       # bytes: full from the start
    client = probe(server.url).ready()
    client.do("subscribe a")
    client.wait_for("subscribed")
    assert client.send("SET k v").startswith("Redis refuses SET: OOM ")
    # Messages need no memory that stays.
    client.do("send PUBLISH a still")
    assert client.wait_for("message") == "message a still"


def test_the_password_is_changed(redis_server, probe):
    server = redis_server()
    client = probe(server.url).ready()
    admin = server.client()
    admin.config_set("requirepass", "new")
    admin.execute_command("AUTH", "new")
    assert client.send("SET k v") == "OK"            # who is in, stays in
    admin.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    reason = ""
    while "NOAUTH" not in reason:                    # first: the connection was closed
        reason = client.wait_for("state away")
    assert "give it in the URL" in reason
    admin.config_set("requirepass", "")
    client.ready()
    assert client.send("GET k") == "v"


def test_a_user_may_not_subscribe_to_everything(redis_server, probe):
    server = redis_server()
    server.client().acl_setuser("bob", enabled=True, nopass=True, commands=["+@all"], keys=["*"], channels=["yes*"])
    client = probe(server.url.replace("redis://", "redis://bob:x@")).ready()
    client.do("subscribe no", "subscribe yes")
    assert "refused Redis refuses SUBSCRIBE: NOPERM" in client.wait_for("refused")
    client.wait_for("subscribed yes")


@VERSIONS
def test_a_subscriber_that_reads_too_slowly_is_cut_off_and_comes_back(redis_server, probe, version):
    server = redis_server("--client-output-buffer-limit", "pubsub 1mb 1mb 1")
    client = probe(server.url, *version).ready()
    client.do("subscribe a")
    client.wait_for("subscribed")
    other = server.client()
    client.process.send_signal(signal.SIGSTOP)
    for _ in range(200):
        if other.publish("a", "x" * 100_000) == 0:
            break
    else:
        pytest.fail("Redis did not cut off the subscriber")
    client.process.send_signal(signal.SIGCONT)
    client.wait_for("state away")
    client.ready()
    assert other.publish("a", "back") == 1
    assert client.wait_for("message a back")


def test_the_emitter_is_understood_by_others(redis_server, probe):
    server = redis_server()
    listener = server.client().pubsub()
    listener.psubscribe("*")
    listener.get_message(timeout=PATIENCE)
    client = probe(server.url).ready()
    client.do("emit r1 news hello", "join r1 r2")
    message = listener.get_message(timeout=PATIENCE)
    assert message["channel"] == b"socket.io#/#r1#"
    assert msgpack.unpackb(message["data"]) == [
        "emitter", {"type": 2, "data": ["news", "hello", b"\x01\x02", {"n": 1.5}], "nsp": "/"},
        {"rooms": ["r1"], "flags": {}, "except": []}]
    message = listener.get_message(timeout=PATIENCE)
    assert message["channel"] == b"socket.io-request#/#"
    assert json.loads(message["data"]) == {"type": 2, "opts": {"rooms": ["r1"], "except": []}, "rooms": ["r2"]}


def test_the_emitter_writes_into_a_stream(redis_server, probe):
    server = redis_server()
    client = probe(server.url, "--streams").ready()
    client.do("emit r1 news hello", "join r1 r2")
    client.end()
    (_, first), (_, second) = server.client().xrange("socket.io")
    assert {name: first[name] for name in (b"uid", b"nsp", b"type")} == {b"uid": b"emitter", b"nsp": b"/", b"type": b"3"}
    assert msgpack.unpackb(base64.b64decode(first[b"data"])) == {
        "packet": {"type": 2, "data": ["news", "hello", b"\x01\x02", {"n": 1.5}]},
        "opts": {"rooms": ["r1"], "except": [], "flags": {}}}
    assert json.loads(second[b"data"]) == {
        "opts": {"rooms": ["r1"], "except": [], "flags": {}}, "rooms": ["r2"]}
    assert second[b"type"] == b"4"


def test_what_was_emitted_is_sent_before_the_program_ends(redis_server, probe):
    """A script emits and ends: it does not wait for the connection first."""
    server = redis_server()
    client = probe(server.url, "--streams")
    client.do("emit r1 news hello")
    client.end()
    assert server.client().xlen("socket.io") == 1
