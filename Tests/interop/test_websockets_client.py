"""The `websockets` library against a bare WebSocket endpoint."""
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect as websocket

from conftest import PATIENCE

LENGTHS = [0, 1, 125, 126, 65_535, 65_536, 1 << 20]


@pytest.fixture
def socket(start):
    server = start("Workshop", "websocket-echo")
    with websocket(f"ws://127.0.0.1:{server.port}/any/path", compression=None, max_size=None,
                   open_timeout=PATIENCE) as socket:
        yield socket


@pytest.mark.parametrize("length", LENGTHS)
def test_text_comes_back(socket, length):
    text = ("grüße🙂" * (length // 6 + 1))[:length]
    socket.send(text)
    assert socket.recv(timeout=PATIENCE) == text


@pytest.mark.parametrize("length", LENGTHS)
def test_bytes_come_back(socket, length):
    data = bytes(number % 256 for number in range(length))
    socket.send(data)
    assert socket.recv(timeout=PATIENCE) == data


def test_fragments_become_one_message(socket):
    socket.send(iter(["one ", "", "two ", "three"]))
    assert socket.recv(timeout=PATIENCE) == "one two three"


def test_a_ping_is_answered(socket):
    assert socket.ping(b"data").wait(PATIENCE)


def test_closing_is_a_handshake(socket):
    socket.close(4321, "enough")
    assert socket.protocol.close_rcvd.code == 4321


@pytest.mark.parametrize("opcode,payload,code", [
    (Opcode.TEXT, b"\xc0\xaf", 1007), (Opcode.CONT, b"x", 1002),
    (Opcode.CLOSE, b"\x03", 1002), (Opcode.CLOSE, b"\x03\xed", 1002),
])
def test_what_breaks_the_protocol_is_closed_with_its_code(socket, opcode, payload, code):
    frame = Frame(opcode, payload)
    socket.socket.sendall(frame.serialize(mask=True, extensions=[]))
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=PATIENCE)
    assert socket.protocol.close_rcvd.code == code


def test_a_frame_that_is_not_masked_is_refused(socket):
    socket.socket.sendall(Frame(Opcode.TEXT, b"x").serialize(mask=False, extensions=[]))
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=PATIENCE)
    assert socket.protocol.close_rcvd.code == 1002
