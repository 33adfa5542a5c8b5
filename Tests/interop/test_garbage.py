"""Seeded garbage on the port, on every layer: whoever sends it is told or cut off, others never notice."""
import os
import random
import socket
import struct

import pytest

from conftest import PATIENCE

UPGRADE = (b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
           b"Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
           b"Sec-WebSocket-Version: 13\r\n\r\n")
REQUEST = b"POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n4ab"
PACKETS = [b"40", b'42["chat message","x"]', b'451-["x",{"_placeholder":true,"num":0}]', b"41", b"2probe",
           b'42["chat message",{"a":[1,2,{"b":null}]}]', b"40/admin,{}", b"431[]", b"3", b"5", b"6"]


def frame(opcode, payload):
    """A masked frame; the key is zero, so the payload is as it looks."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", opcode, 0x80 | length)
    else:
        head = struct.pack("!BBH", opcode, 0x80 | 126, length)
    return head + b"\0\0\0\0" + payload


def mutated(dice, data):
    data = bytearray(data)
    for _ in range(dice.randint(0, 4)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(4):
            case 0: data[at:at] = dice.randbytes(dice.randint(1, 8))
            case 1: del data[at:at + dice.randint(1, 8)]
            case 2: data[at:at + 1] = dice.randbytes(1)
            case 3: data[at:at] = data[at:at + 20]
    return bytes(data)


def random_stream(dice):
    kind = dice.randrange(4)
    if kind == 0:
        return dice.randbytes(dice.randint(1, 300))
    if kind == 1:
        return b"".join(mutated(dice, REQUEST) for _ in range(3))
    stream = UPGRADE
    if kind == 2:
        stream += frame(0x81, b"40")
    for _ in range(dice.randint(1, 8)):
        packet = mutated(dice, dice.choice(PACKETS))
        stream += mutated(dice, frame(dice.choice([0x81, 0x81, 0x81, 0x82, 0x01, 0x80, 0x89]), packet))
    return stream


@pytest.mark.parametrize("seed", range(int(os.environ.get("GARBAGE_ROUNDS", "3"))))
def test_garbage_hurts_nobody_else(start, connect, seed):
    server = start("Step4")
    ana = connect(server.url, ["websocket"])
    dice = random.Random(seed)
    for _ in range(200):
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
            stream = random_stream(dice)
            try:
                while stream:
                    cut = dice.randint(1, len(stream))
                    connection.sendall(stream[:cut])
                    stream = stream[cut:]
                if dice.random() < 0.5:
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(1 << 16):
                        pass
            except ConnectionError:
                pass        # cut off, as it may be
    assert server.process.poll() is None, server.errors[-20:]
    bob = connect(server.url, ["polling"])
    bob.io.emit("chat message", "still here")
    while ana.next() != ["/", "chat message", "still here"]:
        pass
