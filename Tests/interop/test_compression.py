"""permessage-deflate and compressed answers, with other people's clients: `websockets`, python-socketio (over aiohttp, whose
WebSockets can compress), requests, and Chromium. A relay between looks at the frames: which of them have the bit RSV1."""
import asyncio
import concurrent.futures
import random
import socket
import struct
import threading

import pytest
import requests
import socketio
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory as Offer
from websockets.sync.client import connect as websocket

from conftest import PATIENCE

# As dense as texts are: a tenth or less is left only of what was sent before.
DICE = random.Random(4_711)
LONG = " ".join("".join(DICE.choices("etaoinshrdlu", k=DICE.randint(2, 9))) for _ in range(1_500))


class Relay:
    """Passes bytes on between clients and a port, and keeps what each side has said."""

    def __init__(self, port):
        self.behind = port
        self.said = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.behind))
            both = {"client": bytearray(), "server": bytearray()}
            self.said.append(both)
            for source, sink, kept in ((client, server, both["client"]), (server, client, both["server"])):
                threading.Thread(target=self.pump, args=(source, sink, kept), daemon=True).start()

    def pump(self, source, sink, kept):
        try:
            while data := source.recv(65_536):
                kept += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def frames(self, side):
        """The first byte and the length of each frame that a side has sent over WebSockets."""
        found = []
        for both in self.said:
            if b"101 Switching" not in both["server"]:
                continue
            rest = bytes(both[side]).partition(b"\r\n\r\n")[2]
            while len(rest) >= 2:
                first, length, start = rest[0], rest[1] & 127, 2
                if length == 126:
                    length, start = struct.unpack(">H", rest[2:4])[0], 4
                elif length == 127:
                    length, start = struct.unpack(">Q", rest[2:10])[0], 10
                found.append((first, length))
                rest = rest[start + length + (4 if rest[1] & 128 else 0):]
        return found

    def close(self):
        self.listener.close()


@pytest.fixture
def relayed(start):
    """A server with compressed messages, behind a relay."""
    relay = Relay(start("Workshop", "socket-io-compressed").port)
    yield relay
    relay.close()


# MARK: websockets

@pytest.mark.parametrize("server_drops", [False, True])
@pytest.mark.parametrize("client_drops", [False, True])
@pytest.mark.parametrize("bits", [(None, None), (9, None), (15, 9), (12, 15)])
def test_websockets_reads_what_it_has_agreed_on(start, server_drops, client_drops, bits):
    server = start("Workshop", "websocket-echo")
    dice = random.Random(repr((server_drops, client_drops, bits)))
    offer = Offer(server_no_context_takeover=server_drops, client_no_context_takeover=client_drops,
                  server_max_window_bits=bits[0], client_max_window_bits=bits[1] or True)
    with websocket(f"ws://127.0.0.1:{server.port}/x", compression=None, extensions=[offer], max_size=None,
                   open_timeout=PATIENCE) as client:
        (agreed,) = client.protocol.extensions
        assert agreed.name == "permessage-deflate"
        assert agreed.remote_no_context_takeover == server_drops
        assert agreed.local_no_context_takeover == client_drops
        for length in [0, 1, 125, 126, 5_000, 70_000, 300_000, 3]:
            text = "".join(dice.choices("abc 🙂", k=length))
            client.send(text)
            assert client.recv(timeout=PATIENCE) == text
            data = dice.randbytes(length) if length < 100_000 else bytes(length)
            client.send([data[:length // 3], data[length // 3:]])
            assert client.recv(timeout=PATIENCE) == data


def test_window_bits_of_eight_are_kept_to(start):
    """`websockets` cannot do it (zlib has no raw stream of 8 bits); that the server can is seen from its answer."""
    server = start("Workshop", "websocket-echo")
    answer = handshake(server.port, "permessage-deflate; server_max_window_bits=8")
    assert "permessage-deflate; server_max_window_bits=8" in answer


# MARK: Offers, as they are

TABLE = [
    # Chromium, Firefox, Safari, `websockets`, `ws` under Node, Java's Tyrus; then hand-made ones.
    ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
    ("permessage-deflate", "permessage-deflate"),
    ("permessage-deflate; server_max_window_bits=12; client_max_window_bits=12",
     "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12"),
    ("permessage-deflate; server_no_context_takeover; client_no_context_takeover",
     "permessage-deflate; server_no_context_takeover; client_no_context_takeover"),
    ("x-webkit-deflate-frame", None),
    ("permessage-deflate; server_max_window_bits=16", None),
    ("permessage-deflate; server_max_window_bits=16, permessage-deflate", "permessage-deflate"),
    ("permessage-bzip2, permessage-deflate", "permessage-deflate"),
]


def handshake(port, offer):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as stream:
        stream.sendall((
            f"GET /x HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Extensions: {offer}\r\n\r\n").encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += stream.recv(4_096)
    return answer.decode()


@pytest.mark.parametrize("offer,expected", TABLE)
def test_offers_of_real_clients_are_answered(start, offer, expected):
    answer = handshake(start("Workshop", "websocket-echo").port, offer)
    assert answer.startswith("HTTP/1.1 101 ")
    lines = [line.partition(": ")[2] for line in answer.split("\r\n") if line.startswith("Sec-WebSocket-Extensions")]
    assert lines == ([expected] if expected else [])


# MARK: Socket.IO

def test_python_socketio_reads_and_sends_compressed_messages(relayed):
    async def talk():
        client = socketio.AsyncClient(websocket_extra_options={"compress": 15})
        await client.connect(f"http://127.0.0.1:{relayed.port}", transports=["websocket"], wait_timeout=PATIENCE)
        for _ in range(3):
            assert await client.call("message-with-ack", LONG, timeout=PATIENCE) == LONG
        data = bytes(range(256)) * 40
        assert await client.call("message-with-ack", data, timeout=PATIENCE) == data
        assert await client.call("message-with-ack", "short", timeout=PATIENCE) == "short"
        await client.disconnect()

    # In a thread of its own: the browser's tests leave a running loop in this one.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, talk()).result()
    frames = relayed.frames("server")
    compressed = [length for first, length in frames if first == 0xC1]
    assert len(compressed) >= 3
    assert compressed[0] < len(LONG) * 0.7
    assert compressed[1] < len(LONG) * 0.02, "the second time, it copies from the first"
    assert any(first == 0xC2 for first, _ in frames)
    assert all(first in (0x81, 0xC1, 0xC2, 0x88, 0x8A) for first, _ in frames), "control frames never"
    assert any(first == 0x81 for first, _ in frames), "short messages are not"
    assert any(first == 0xC1 for first, _ in relayed.frames("client"))


@pytest.mark.parametrize("accepted", ["gzip", "deflate", "identity"])
def test_a_poll_comes_as_requests_accepts_it(start, accepted):
    server = start("Workshop", "socket-io-compressed")
    url = f"{server.url}/socket.io/?EIO=4&transport=polling"
    with requests.Session() as session:
        session.headers["Accept-Encoding"] = accepted
        sid = session.get(url).text.partition('"sid":"')[2].partition('"')[0]
        assert session.post(f"{url}&sid={sid}", data="40").text == "ok"
        while "auth" not in session.get(f"{url}&sid={sid}").text:
            pass
        packet = f'42["message","{LONG}"]'
        assert session.post(f"{url}&sid={sid}", data=packet).text == "ok"
        answer = session.get(f"{url}&sid={sid}")
        assert answer.text == f'42["message-back","{LONG}"]'
        assert answer.headers.get("Content-Encoding") == (None if accepted == "identity" else accepted)
        script = session.get(f"{server.url}/socket.io/socket.io.js")
        assert script.headers.get("Content-Encoding") == (None if accepted == "identity" else accepted)
        assert script.text.count("\n") > 100
        again = session.get(f"{server.url}/socket.io/socket.io.js", headers={"If-None-Match": script.headers["ETag"]})
        assert again.status_code == 304


# MARK: A browser

def test_chromium_agrees_and_its_frames_are_compressed_both_ways(relayed, chromium):
    context = chromium.new_context()
    try:
        page = context.new_page()
        heads = []
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketHandshakeResponseReceived", lambda event: heads.append(event["response"]["headers"]))
        page.goto(f"http://127.0.0.1:{relayed.port}/")
        length = page.evaluate("""async text => {
            const socket = io({transports: ["websocket"]});
            const back = () => new Promise(done => socket.once("message-back", done));
            for (let round = 0; round < 3; round++) {
                const answer = back();
                socket.emit("message", text);
                if (await answer !== text) return -1;
            }
            const answer = back();
            socket.emit("message", new Uint8Array(5000));
            return (await answer).byteLength;
        }""", LONG)
        assert length == 5_000
        assert {name.lower(): value for name, value in heads[0].items()}["sec-websocket-extensions"] == "permessage-deflate"
    finally:
        context.close()
    for side in ("client", "server"):
        frames = relayed.frames(side)
        assert sum(first == 0xC1 for first, _ in frames) >= 3, (side, frames)
        assert all(length < len(LONG) * 0.7 for first, length in frames if first in (0xC1, 0xC2)), (side, frames)
        assert min(length for first, length in frames if first == 0xC1) < 300, (side, frames)
