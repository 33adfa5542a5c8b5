"""The upgrade at every moment, with a client that decides about each step itself."""
import http.client
import threading

import pytest
from websockets.sync.client import connect as websocket

from conftest import PATIENCE


class Session:
    """An Engine.IO session on polling."""

    def __init__(self, server):
        self.port = server.port
        self.target = "/engine.io/?EIO=4&transport=polling"
        packet = self.get()
        self.sid = packet.split('"sid":"')[1].split('"')[0]
        self.target += f"&sid={self.sid}"

    def _request(self, method, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, self.target, body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, f"{method} {body!r}: {answer.status} {text}"
        return text

    def get(self):
        return self._request("GET")

    def post(self, body):
        assert self._request("POST", body.encode()) == "ok"

    def websocket(self):
        return websocket(f"ws://127.0.0.1:{self.port}/engine.io/?EIO=4&transport=websocket"
                         f"&sid={self.sid}", compression=None, open_timeout=PATIENCE)


@pytest.fixture
def server(start):
    return start("Workshop", "engine-io", "--ping-interval", "20000", "--ping-timeout", "20000")


def messages(payload):
    """The message packets of a payload; heartbeats and noops left out."""
    return [packet[1:] for packet in payload.split("\x1e") if packet.startswith("4")]


def receive(socket):
    """The next message over the WebSocket, heartbeats answered."""
    while True:
        packet = socket.recv(timeout=PATIENCE)
        if packet == "2":
            socket.send("3")
        elif packet.startswith("4"):
            return packet[1:]


@pytest.mark.parametrize("before_probe", [0, 1, 50])
@pytest.mark.parametrize("between", [0, 1, 50])
@pytest.mark.parametrize("waits", [True, False])
def test_nothing_is_lost_doubled_or_reordered(server, before_probe, between, waits):
    """`waits`: a poll is pending when the probe arrives."""
    session = Session(server)
    sent, arrived = [], []

    def send(count, how):
        for _ in range(count):
            sent.append(str(len(sent)))
            how("4" + sent[-1])

    send(before_probe, session.post)
    polled = []
    poll = threading.Thread(target=lambda: polled.append(session.get()))
    if waits:
        if before_probe:
            arrived += messages(session.get())
        poll.start()
    with session.websocket() as socket:
        socket.send("2probe")
        assert socket.recv(timeout=PATIENCE) == "3probe"
        if waits:
            poll.join(PATIENCE)
            arrived += messages(polled[0])
        send(between, session.post)
        socket.send("5")
        send(100, socket.send)
        while len(arrived) < len(sent):
            arrived.append(receive(socket))
        assert arrived == sent


def test_a_second_websocket_beside_the_first_is_closed(server):
    session = Session(server)
    with session.websocket() as first, session.websocket() as second:
        with pytest.raises(Exception):
            second.send("2probe")
            second.recv(timeout=PATIENCE)
        first.send("2probe")
        assert first.recv(timeout=PATIENCE) == "3probe"
        first.send("5")
        first.send("4still here")
        assert receive(first) == "still here"


def test_an_upgrade_that_breaks_off_leaves_the_session_on_polling(server):
    session = Session(server)
    with session.websocket() as socket:
        socket.send("2probe")
        assert socket.recv(timeout=PATIENCE) == "3probe"
    session.post("4here")
    got = []
    while not got:
        got = messages(session.get())
    assert got == ["here"]
