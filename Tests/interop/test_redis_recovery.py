"""A client whose line is cut comes back to another server, and misses nothing: over polling and WebSocket, with a
client that is written out here, with SocketIOClient, and past outages of Redis."""
import http.client
import json
import random
import socket
import subprocess
import threading
import time

import pytest
import websocket

from conftest import BIN, PATIENCE
from node_fleet import SAVES
from redis_server import redis_server  # noqa: F401


class ReturningClient:
    """What the official client does, as far as it matters here: it remembers its pid, and the offset behind each
    event."""

    def __init__(self, transport):
        self.transport = transport
        self.pid = self.offset = self.id = None
        self.numbers, self.welcomes, self.recovered = [], [], None
        self.waiting = []

    def connect(self, port):
        self.port, self.waiting = port, []
        if self.transport == "websocket":
            self.ws = websocket.create_connection(
                f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=PATIENCE)
        else:
            self.path = "/socket.io/?EIO=4&transport=polling"
            self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        opened = json.loads(self.packet()[1:])
        if self.transport == "polling":
            self.path += f"&sid={opened['sid']}"
        auth = {"name": "x", "rooms": ["r"]}
        if self.pid:
            auth |= {"pid": self.pid} | ({"offset": self.offset} if self.offset else {})
        self.send("40" + json.dumps(auth))
        early = []
        while not (packet := self.packet()).startswith("40"):
            early.append(packet)
        said = json.loads(packet[2:])
        self.recovered, self.id, self.pid = said.get("pid") == self.pid, said["sid"], said.get("pid")
        for packet in early:
            self.take(packet)

    def send(self, text):
        if self.transport == "websocket":
            return self.ws.send(text)
        sender = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sender.request("POST", self.path, text)
        assert sender.getresponse().read() == b"ok"
        sender.close()

    def packet(self):
        while True:
            if self.transport == "websocket":
                packet = self.ws.recv()
                if packet == "":
                    raise ConnectionError
            else:
                if not self.waiting:
                    self.http.request("GET", self.path)
                    answer = self.http.getresponse()
                    text = answer.read().decode()
                    if answer.status != 200:
                        raise ConnectionError(text)
                    self.waiting = text.split("\x1e")
                packet = self.waiting.pop(0)
            if packet == "1":
                raise ConnectionError
            if packet == "2":
                self.send("3")
            elif packet != "6":
                return packet

    def take(self, packet):
        if not packet.startswith("42"):
            return None
        event, *arguments = json.loads(packet[2:])
        if isinstance(arguments[-1], str) and arguments[-1][:1] in set("~0123456789"):
            self.offset = arguments[-1]
        if event == "number":
            self.numbers.append(arguments[0])
        return event

    def hear_up_to(self, number):
        while not self.numbers or self.numbers[-1] != number:
            self.take(self.packet())

    def hear(self, count):
        """Until it has heard so many numbers. What two servers say at once has an order, and not always that of the
        numbers."""
        while len(self.numbers) < count:
            self.take(self.packet())

    def cut(self):
        """Over WebSocket the line breaks; a client that polls is put out, as by a balancer."""
        if self.transport == "websocket":
            self.ws.sock.shutdown(socket.SHUT_RDWR)
            self.ws.sock.close()
            return
        self.send('42["cut"]')
        try:
            while True:
                self.take(self.packet())
        except ConnectionError:
            self.http.close()


class Servers:
    """Two servers in streams mode, and a client at each that says what is to be emitted."""

    def __init__(self, start, connect, broker, *options):
        words = ["Workshop", "cluster", "--redis", broker.url, "--streams", "--recovery", *options]
        self.programs = [start(*words), start(*words)]
        for program in self.programs:
            program.line("adapter: ready")
        self.ports = [program.port for program in self.programs]
        self.helpers = [connect(program.url, ["websocket"], auth={"name": "helper"}) for program in self.programs]
        self.sent = 0
        self.redis = broker.client()

    def count(self, number, at, **order):
        assert self.helpers[at].io.call("count", (order, self.sent, self.sent + number), timeout=10)
        self.sent += number

    def cut(self, client):
        """And its server has noticed: until then, no other one can let the client go on."""
        client.cut()
        self.programs[self.ports.index(client.port)].line("gone: ")
        self.wait_for_session()

    def wait_for_session(self):
        """The session of a client that is away stands in Redis."""
        end = time.monotonic() + PATIENCE
        while not self.redis.keys("sio:session:*"):
            assert time.monotonic() < end
            time.sleep(0.002)


@pytest.fixture
def servers(start, connect, redis_server):  # noqa: F811
    return Servers(start, connect, redis_server())


@pytest.mark.parametrize("how", ["websocket", "polling"])
def test_cut_at_random_and_back_to_any_server(servers, how):
    moves = 0
    for seed in range(8):
        choose = random.Random(seed)
        client, here, servers.sent = ReturningClient(how), 0, 0
        client.connect(servers.ports[here])
        servers.count(1, 0, rooms=["r"])
        client.hear(1)
        for _ in range(6):
            for _ in range(choose.randrange(4)):
                order = choose.choice([{}, {"rooms": ["r"]}, {"rooms": [client.id, "r"]}, {"rooms": [client.id]}])
                servers.count(choose.randrange(1, 6), choose.randrange(2), **order)
            if choose.random() < 0.5:
                client.hear(servers.sent)
            servers.cut(client)
            servers.count(choose.randrange(3) + 1, choose.randrange(2))
            there = choose.randrange(2)
            moves += there != here
            here = there
            client.connect(servers.ports[here])
            assert client.recovered, (seed, client.numbers)
        servers.count(1, 1 - here)
        client.hear(servers.sent)
        assert sorted(client.numbers) == list(range(servers.sent)), seed
        servers.cut(client)
    assert moves > 10


def test_what_belongs_to_others_is_not_replayed(servers):
    client = ReturningClient("websocket")
    client.connect(servers.ports[0])
    servers.count(1, 0)
    client.hear_up_to(0)
    servers.cut(client)
    servers.count(1, 0, rooms=["elsewhere"])
    servers.count(1, 1, **{"except": ["r"]})
    servers.count(1, 0, isVolatile=True)
    servers.count(1, 1, isLocal=True)
    servers.count(1, 1)
    client.connect(servers.ports[1])
    assert client.recovered and client.numbers == [0, 5]
    other = ReturningClient("websocket")
    other.pid, other.offset = client.pid[::-1], client.offset
    other.connect(servers.ports[0])
    assert not other.recovered and other.id != client.id


class Relay:
    """A line that leads to one of several servers, and is cut now and then."""

    def __init__(self, servers):
        self.servers, self.ports, self.target, self.open = servers, servers.ports, 0, []
        self.is_open = threading.Event()
        self.is_open.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                self.is_open.wait(PATIENCE)
                far = socket.create_connection(("127.0.0.1", self.ports[self.target]))
            except OSError:
                return
            self.open += [near, far]
            for one, other in [(near, far), (far, near)]:
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def switch(self, how):
        """Over WebSocket, the other server is reached when this one has noticed that the client is gone. One that
        polls is gone for its server when it has not polled for long."""
        self.is_open.clear()
        for end in self.open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open = []
        if how == "websocket":
            self.servers.programs[self.target].line("gone: ")
            self.servers.wait_for_session()
        self.target = 1 - self.target
        self.is_open.set()


@pytest.mark.parametrize("how", ["websocket", "polling", "upgrade"])
def test_the_swift_client_comes_back_to_the_other_server(servers, how):
    relay = Relay(servers)
    words = [str(BIN / "Workshop"), "cluster-client", "--url", f"http://127.0.0.1:{relay.port}"]
    words += [] if how == "upgrade" else ["--transport", how]
    client = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        lines = []

        def read():
            for line in client.stdout:
                lines.append(line.strip())

        def seen(beginning):
            return [line for line in list(lines) if line.startswith(beginning)]

        def wait(condition):
            end = time.monotonic() + PATIENCE
            while not condition():
                assert time.monotonic() < end, " ".join(lines)
                time.sleep(0.005)

        threading.Thread(target=read, daemon=True).start()
        wait(lambda: seen("connect"))
        servers.count(1, 0)
        wait(lambda: seen("number 0"))
        for turn in range(1, 9):
            servers.count(5, turn % 2, rooms=["r"])
            relay.switch(how)
            servers.count(5, turn % 2)
            wait(lambda: len(seen("connect")) == turn + 1)
        servers.count(1, 0)
        wait(lambda: seen(f"number {servers.sent - 1}"))
        wait(lambda: len(seen("number")) >= servers.sent)
        assert sorted(seen("number")) == sorted(f"number {n}" for n in range(servers.sent))
        assert seen("connect") == ["connect new"] + ["connect recovered"] * 8
    finally:
        client.kill()
        client.wait()
        relay.listener.close()


def test_a_session_outlives_the_server_that_it_was_with(servers):
    client = ReturningClient("websocket")
    client.connect(servers.ports[0])
    servers.count(1, 1)
    client.hear_up_to(0)
    servers.programs[0].end()
    servers.count(1, 1)
    client.connect(servers.ports[1])
    assert client.recovered and client.numbers == [0, 1]


def test_nothing_is_missed_or_comes_twice_over_an_outage(start, connect, redis_server):  # noqa: F811
    broker = redis_server(*SAVES)
    servers = Servers(start, connect, broker)
    clients = [ReturningClient("websocket"), ReturningClient("polling")]
    for here, client in enumerate(clients):
        client.connect(servers.ports[here])
    servers.count(1, 0)
    for client in clients:
        client.hear_up_to(0)
    broker.kill()
    for program in servers.programs:
        program.line("adapter: away")
    servers.count(20, 0)
    clients[0].hear_up_to(20)  # at once: local delivery goes on
    clients[0].cut()
    broker.start()
    servers.programs[0].line("gone: x")
    for program in servers.programs:
        program.line("adapter: ready")
    clients[1].hear_up_to(20)
    servers.count(1, 1)
    clients[1].hear_up_to(21)
    time.sleep(1)  # sessions are saved half a second after Redis is back
    clients[0].connect(servers.ports[1])
    assert clients[0].recovered
    servers.count(1, 0)
    for client in clients:
        client.hear_up_to(22)
        assert client.numbers == list(range(23))


@pytest.mark.parametrize("how", ["websocket", "polling", "upgrade"])
def test_a_page_comes_back_to_the_other_server(servers, open_tab, script, how):
    """Our browser client and the official one, behind a line that leads to another server each time."""
    relay = Relay(servers)
    tab = open_tab()
    page = f"http://127.0.0.1:{relay.port}/blank"
    tab.page.route(page, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    tab.open(page)
    tab.page.add_script_tag(content=script)
    tab.page.evaluate("""([url, transports]) => {
        window.numbers = []; window.states = [];
        const socket = io(url, {transports, reconnectionDelay: 20, reconnectionDelayMax: 40, auth: {rooms: ["r"]}});
        socket.on("number", (number) => numbers.push(number));
        socket.on("connect", () => states.push(socket.recovered));
    }""", [f"http://127.0.0.1:{relay.port}", {"upgrade": ["polling", "websocket"]}.get(how, [how])])
    try:
        tab.wait("states.length === 1")
        servers.count(1, 0)
        tab.wait("numbers.length === 1")
        for turn in range(1, 6):
            servers.count(5, turn % 2, rooms=["r"])
            relay.switch(how)
            servers.count(5, turn % 2)
            tab.wait("states.length > argument", turn)
        servers.count(1, 0)
        tab.wait("numbers.length >= argument", servers.sent)
        assert sorted(tab.page.evaluate("numbers")) == list(range(servers.sent))
        assert tab.page.evaluate("states") == [False] + [True] * 5
    finally:
        relay.listener.close()
