"""A client of Socket.IO 2 (python-socketio 4), over polling, over WebSocket, and with the upgrade.

OLD_PYTHON names an interpreter that has requirements-old.txt (default: .venv-old/bin/python, which
.ci/run makes)."""
import json
import os
import pathlib
import queue
import subprocess
import threading
import time

import pytest

from conftest import PATIENCE, ROOT, TRANSPORTS

PYTHON = os.environ.get("OLD_PYTHON", str(ROOT / ".venv-old" / "bin" / "python"))
SCRIPT = pathlib.Path(__file__).with_name("old_client.py")


class OldClient:
    """The script old_client.py, running."""

    def __init__(self, url, transports, namespaces=()):
        words = [url, json.dumps(transports), json.dumps(list(namespaces))]
        self.process = subprocess.Popen([PYTHON, str(SCRIPT), *words], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.heard = queue.Queue()
        self.errors = []
        threading.Thread(target=self._read, daemon=True).start()
        self.error_reader = threading.Thread(target=self._read_errors, daemon=True)
        self.error_reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.heard.put(json.loads(line))

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line)

    def say(self, *words):
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def next(self):
        try:
            return self.heard.get(timeout=PATIENCE)
        except queue.Empty:
            pytest.fail(f"nothing was heard; {''.join(self.errors)}")

    def wait_for(self, beginning):
        """The next line that begins so; others are passed over."""
        while True:
            heard = self.next()
            if heard[:len(beginning)] == beginning:
                return heard


@pytest.fixture
def server(start):
    return start("Workshop", "socket-io-2")


@pytest.fixture
def open_client(server):
    assert os.access(PYTHON, os.X_OK), f"no {PYTHON}: .ci/run makes it, OLD_PYTHON names another"
    clients = []

    def run(transport, namespaces=()):
        clients.append(OldClient(server.url, TRANSPORTS[transport], namespaces))
        clients[-1].wait_for(["connected"])
        return clients[-1]

    yield run
    for client in clients:
        client.process.kill()
        client.process.wait()


def test_the_client_ends_up_on_the_transport_it_wants(open_client, transport):
    client = open_client(transport)
    client.say("transport")
    wanted = "polling" if transport == "polling" else "websocket"
    assert client.wait_for(["transport"]) == ["transport", wanted]


def test_events_come_back_as_they_were(open_client, transport):
    client = open_client(transport)
    samples = [["text"], [1, -2.5, True, None], [{"a": [1, {"b": "ü€"}]}, []], ["\u2028\"\\\n:"]]
    # One after the other: this client hears each event in a thread of its own.
    for sample in samples:
        client.say("emit", "/", "message", *sample)
        assert client.wait_for(["/", "message-back"]) == ["/", "message-back", *sample]


def test_the_server_acknowledges(open_client, transport):
    client = open_client(transport)
    client.say("call", "/", "message-with-ack", "x")
    assert client.wait_for(["ack"]) == ["ack", "x"]
    client.say("call", "/", "message-with-ack", 1, {"bytes": "00ff"})
    assert client.wait_for(["ack"]) == ["ack", [1, {"bytes": "00ff"}]]


def test_the_client_acknowledges_with_bytes(open_client, transport):
    client = open_client(transport)
    client.say("emit", "/", "ask", {"number": 21})
    expected = {"answer": 42, "raw": {"bytes": "00ff"}}
    assert client.wait_for(["/", "answer"]) == ["/", "answer", expected]


def test_bytes_travel_at_any_depth(open_client, transport):
    client = open_client(transport)
    payload = {"one": {"bytes": "00ff"}, "list": [{"deep": {"bytes": "78" * 70_000}}], "text": "ü"}
    client.say("emit", "/", "message", payload, {"bytes": "04"})
    assert client.wait_for(["/", "message-back"]) == ["/", "message-back", payload, {"bytes": "04"}]


def test_hundreds_of_messages_keep_their_order(open_client, transport):
    client = open_client(transport)
    for number in range(200):
        client.say("emit", "/", "message", number + 0.5)
    heard = [client.wait_for(["/", "message-back"])[2] for _ in range(200)]
    # The client runs its handlers in threads: their order is not the wire's.
    assert sorted(heard) == [number + 0.5 for number in range(200)]


def test_a_named_namespace_is_joined_beside_the_main_one(open_client, transport):
    client = open_client(transport, ["/custom"])
    client.say("call", "/custom", "echo", "x")
    assert client.wait_for(["ack"]) == ["ack", "x"]
    client.say("call", "/", "message-with-ack", "y")
    assert client.wait_for(["ack"]) == ["ack", "y"]


def test_an_unknown_namespace_is_refused(open_client, server, transport):
    client = OldClient(server.url, TRANSPORTS[transport], ["/nowhere"])
    try:
        error = client.wait_for(["/nowhere", "connect_error"])
        assert error == ["/nowhere", "connect_error", "Invalid namespace"]
    finally:
        client.process.kill()
        client.process.wait()


def test_the_connection_outlasts_several_heartbeats(open_client, transport):
    client = open_client(transport)
    # The mode's pingInterval nine times: without a ping the server would give it up after eight.
    time.sleep(4.5)
    client.say("call", "/", "message-with-ack", "still here")
    assert client.wait_for(["ack"]) == ["ack", "still here"]


def test_a_client_that_is_told_to_leave_hears_it(open_client, transport):
    client = open_client(transport)
    client.say("emit", "/", "leave me")
    assert client.wait_for(["/", "disconnect"]) == ["/", "disconnect"]


def test_the_server_hears_that_a_client_has_gone(open_client, server, transport):
    client = open_client(transport)
    client.say("disconnect")
    assert server.line("gone: ") in ("gone: transport close", "gone: client namespace disconnect")


def test_a_server_without_the_option_refuses(start, transport):
    server = start("Workshop", "socket-io")
    client = OldClient(server.url, TRANSPORTS[transport])
    try:
        assert client.process.wait(timeout=PATIENCE) == 1
        client.error_reader.join(PATIENCE)
        assert "ConnectionError" in "".join(client.errors)
    finally:
        client.process.kill()
        client.process.wait()
