"""Clients and servers that end as nobody plans it: killed, cut off, half-open, out of descriptors, never reading."""
import asyncio
import concurrent.futures
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import time

import pytest
import socketio
import websockets
from conftest import BIN, PATIENCE, Program
from test_http import GET, cpu_seconds, read_all

TARGET = "/socket.io/?EIO=4&transport="
UPGRADE = ("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")


def frame(text):
    """Masked with zeros, which leaves the text as it is."""
    length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + text.encode()


def open_descriptors(program):
    return len(os.listdir(f"/proc/{program.process.pid}/fd"))


def resident(program):
    """KiB of memory (Linux)."""
    status = pathlib.Path(f"/proc/{program.process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def until(what, condition):
    """Waits for something that the server does a moment later."""
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, what
        time.sleep(0.005)


class Joined:
    """A client that has joined, over WebSocket. It answers no heartbeat, and reads only when it is told to."""

    def __init__(self, port, buffer=None):
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", port))
        self.stream = self.socket.makefile("rb")
        self.socket.sendall(UPGRADE.format(target=TARGET + "websocket").encode())
        while self.stream.readline() != b"\r\n":
            pass
        self.send("40")
        assert self.next().startswith("0{") and self.next().startswith("40{")

    def send(self, text):
        self.socket.sendall(frame(text))

    def next(self):
        """The next text; heartbeats are passed over."""
        while True:
            first, length = self.stream.read(2)
            assert first == 0x81, f"opcode {first:#x}"
            if length == 126:
                length = int.from_bytes(self.stream.read(2), "big")
            text = self.stream.read(length).decode()
            if text != "2":
                return text

    def close(self):
        self.stream.close()
        self.socket.close()


def reset(connection):
    """Not a FIN but an RST, as when a machine is switched off and on."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# MARK: clients



def in_mid_request(connection, port):
    connection.sendall(GET[:20])


def in_mid_body(connection, port):
    sid = polling_session(connection)
    connection.sendall(f"POST {TARGET}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n42".encode())


def in_mid_handshake(connection, port):
    connection.sendall(UPGRADE.format(target=TARGET + "websocket").encode()[:90])


def in_mid_frame(connection, port):
    connection.sendall(UPGRADE.format(target=TARGET + "websocket").encode() + frame("40"))
    while b"40{" not in connection.recv(1 << 16):
        pass
    connection.sendall(frame('42["chat message","half of it"]')[:12])


def in_mid_poll(connection, port):
    sid = polling_session(connection)
    connection.sendall(f"GET {TARGET}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


def in_mid_upgrade(connection, port):
    sid = polling_session(connection)
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as other:
        other.sendall(UPGRADE.format(target=f"{TARGET}websocket&sid={sid}").encode() + frame("2probe"))
        while b"3probe" not in other.recv(1 << 16):
            pass
        connection.sendall(f"GET {TARGET}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        reset(other)


def in_mid_session(connection, port):
    sid = polling_session(connection)
    connection.sendall(f"POST {TARGET}polling&sid={sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n40".encode())
    while b"ok" not in connection.recv(1 << 16):
        pass


def in_mid_answer(connection, port):
    """A megabyte of answers that it has not read."""
    connection.sendall(b"".join([GET.replace(b"/", b"/socket.io/socket.io.js", 1) + b"\r\n"] * 20))
    connection.recv(1)


def polling_session(connection):
    connection.sendall(f"GET {TARGET}polling HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    answer = b""
    while b"}" not in answer:
        answer += connection.recv(1 << 16)
    return answer.split(b'"sid":"')[1].split(b'"')[0].decode()


def close(connection):
    connection.close()


def half_close(connection):
    """Sends no more, and reads until the server closes."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(PATIENCE)
    while connection.recv(1 << 16):
        pass
    connection.close()


@pytest.mark.parametrize("end", [reset, close, half_close])
@pytest.mark.parametrize("moment", [in_mid_request, in_mid_body, in_mid_handshake, in_mid_frame, in_mid_poll,
                                    in_mid_upgrade, in_mid_session, in_mid_answer])
def test_an_end_at_any_moment_leaves_nothing_behind(start, moment, end):
    server = start("Step4")
    witness = Joined(server.port)
    before = open_descriptors(server)
    for _ in range(500):
        connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        moment(connection, server.port)
        end(connection)
    # Dispatch opens two or three of its own when it first needs them.
    until("every descriptor is given back", lambda: open_descriptors(server) < before + 5)
    witness.send('42["chat message","still here"]')
    while (heard := witness.next()) != '42["chat message","still here"]':
        assert heard in ('42["user joined"]', '42["user left"]'), heard
    witness.close()


def test_clients_that_are_killed_are_missed_at_once(start):
    """kill -9 of a process with fifty connections: the system closes them, and the server says so of each."""
    server = start("Step2")
    code = f"""
import sys; sys.path.insert(0, {str(pathlib.Path(__file__).parent)!r})
from test_faults import Joined
clients = [Joined({server.port}) for _ in range(50)]
print("there", flush=True)
input()
"""
    crowd = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert crowd.stdout.readline() == "there\n"
    for _ in range(50):
        server.line("a user connected")
    crowd.send_signal(signal.SIGKILL)
    crowd.wait()
    for _ in range(50):
        server.line("a user disconnected: transport ")


def test_half_open_peers_are_dropped_in_time_and_not_before(start):
    """They have joined and say nothing more, not even goodbye: after pingInterval + pingTimeout they are gone."""
    server = start("Step2", "--ping-interval", "600", "--ping-timeout", "400")
    began = time.monotonic()
    silent = [Joined(server.port) for _ in range(20)]
    last = time.monotonic()
    for _ in silent:
        server.line("a user connected")
    for number in range(len(silent)):
        server.line("a user disconnected: ping timeout")
        if number == 0:
            assert time.monotonic() - began >= 1.0, "too early"
    assert time.monotonic() - last < 1.0 + 0.5, "too late"
    for client in silent:
        client.close()


def test_a_signal_is_never_lost(start):
    """A hundred servers, each told to end in the moment in which it has just handled a client."""
    for _ in range(100):
        server = start("Step2")
        client = Joined(server.port)
        server.line("a user connected")
        client.close()
        server.line("a user disconnected: transport close")
        server.end()


# MARK: limits of the machine

def test_out_of_descriptors_the_others_are_served_and_newcomers_later(start):
    """Forty-eight descriptors for a hundred clients: accepting pauses, without spinning, and goes on."""
    server = Program(command=["bash", "-c", f'ulimit -n 48; exec "$0" "$@"', str(BIN / "Step1")])
    try:
        kept = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
        kept.sendall(GET + b"\r\n")
        assert kept.recv(1 << 16).startswith(b"HTTP/1.1 200")
        crowd = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(100)]
        until("the descriptors are used up", lambda: open_descriptors(server) >= 48)
        before = cpu_seconds(server)
        for _ in range(10):
            kept.sendall(GET + b"\r\n")
            assert kept.recv(1 << 16).startswith(b"HTTP/1.1 200")   # from memory: the file can't be opened
            kept.sendall(GET.replace(b"/", b"/chat.css", 1) + b"\r\n")
            assert kept.recv(1 << 16).startswith(b"HTTP/1.1 503")   # it is there, and that is said
            time.sleep(0.1)     # idle time is what is measured here
        assert cpu_seconds(server) - before < 0.3
        assert sum("newcomers wait" in line for line in server.errors) == 1, server.errors
        for connection in crowd:
            connection.close()
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as newcomer:
            newcomer.sendall(GET + b"Connection: close\r\n\r\n")
            assert b"200 OK" in read_all(newcomer)
        kept.close()
        server.end()
    finally:
        server.kill()


def test_a_client_that_never_reads_costs_a_bounded_amount(start):
    """10,000 messages of 1 KB to everybody: who does not read is cut off, who reads hears every one."""
    server = start("Workshop", "bench-server")
    reader, deaf = Joined(server.port), Joined(server.port, buffer=4096)
    before, highest, sent, heard = resident(server), 0, 0, 0
    text = '42["chat message","' + "x" * 1_000 + '"]'
    while heard < 10_000:
        while sent < 10_000 and sent - heard < 100:
            reader.send(text)
            sent += 1
        message = reader.next()
        heard += message.startswith('42["chat message"')
        if heard % 100 == 0:
            highest = max(highest, resident(server))
    print(f"10,000 messages of 1 KB to one who reads and one who never reads: {before} KiB before, {highest} KiB at most")
    assert highest < before + 6_000
    with pytest.raises((OSError, ValueError, AssertionError)):      # the end of the line, wherever it cuts
        while True:
            deaf.next()
    reader.close()
    deaf.close()


# MARK: the server

def test_a_thousand_clients_come_back_after_a_restart(start):
    """kill -9 of the server, a new one on the same port, and everybody at once: all back, no answer twice."""
    first = start("Workshop", "bench-server")
    port, count = first.port, 1_000

    async def client(number, gone, answers):
        async for connection in websockets.connect(f"ws://127.0.0.1:{port}{TARGET}websocket", compression=None,
                                                   open_timeout=PATIENCE):
            try:
                assert (await connection.recv()).startswith("0{")
                await connection.send("40")
                assert (await connection.recv()).startswith("40{")
                await connection.send(f'42{number}["echo","{number}"]')
                async for text in connection:
                    answers.append(text)
                    if gone.is_set():
                        await connection.close()
                        return
            except websockets.ConnectionClosed:
                pass

    async def everybody():
        gone = asyncio.Event()
        heard = [[] for _ in range(count)]
        tasks = [asyncio.create_task(client(number, gone, heard[number])) for number in range(count)]
        limit = time.monotonic() + 60
        while not all(len(answers) == 1 for answers in heard):
            assert time.monotonic() < limit, "not everybody came the first time"
            await asyncio.sleep(0.02)
        first.kill()
        gone.set()
        begin = time.monotonic()
        second = start("Workshop", "bench-server", port=port)
        await asyncio.wait_for(asyncio.gather(*tasks), 60)
        print(f"1,000 clients were back after {time.monotonic() - begin:.1f} s")
        for number, answers in enumerate(heard):
            assert answers == [f'43{number}["{number}"]'] * 2
        return second

    # In a thread of its own: the browser's tests leave a running loop in this one.
    with concurrent.futures.ThreadPoolExecutor() as pool:
        second = pool.submit(asyncio.run, everybody()).result()
    until("nobody is left", lambda: open_descriptors(second) < 50)


def test_the_official_clients_relative_keeps_its_messages_over_a_restart(start):
    """python-socketio reconnects by itself; what it sends then arrives once."""
    server = start("Step3")
    client = socketio.Client(reconnection_delay=0.1, reconnection_delay_max=0.3)
    client.connect(server.url, transports=["websocket"], wait_timeout=PATIENCE)
    server.line("a user connected")
    client.emit("chat message", "before")
    server.line("message: before")
    server.kill()
    again = start("Step3", port=server.port)
    again.line("a user connected")
    until("the client knows", lambda: client.connected)
    client.emit("chat message", "after")
    again.line("message: after")
    client.disconnect()
    again.line("a user disconnected: ")


# MARK: the clock

def test_a_clock_that_is_set_drops_nobody_and_keeps_nobody(tmp_path):
    """A day ahead, a day back: heartbeats go on, and a client that falls silent is dropped in time all the same."""
    source, library, clock = pathlib.Path(__file__).with_name("clock.c"), tmp_path / "clock.so", tmp_path / "clock"
    subprocess.run(["clang", "-shared", "-fPIC", "-O", "-o", library, source], check=True)
    clock.write_text("0")
    server = Program(command=["env", f"LD_PRELOAD={library}", f"CLOCK_FILE={clock}", str(BIN / "Step2"),
                              "--ping-interval", "200", "--ping-timeout", "500"])

    def day():
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
            connection.sendall(GET + b"Connection: close\r\n\r\n")
            return read_all(connection).split(b"Date: ")[1][:16]

    try:
        today = day()
        client = Joined(server.port)
        server.line("a user connected")
        days = set()
        for seconds in [86_400, -86_400, 0]:
            clock.write_text(str(seconds))
            for _ in range(3):
                assert client.stream.read(3) == b"\x81\x012"    # a heartbeat
                client.send("3")
            days.add(day())
        assert len(days | {today}) >= 3, "the clock was not set"
        clock.write_text("-86400")
        began = time.monotonic()
        server.line("a user disconnected: ping timeout")
        assert time.monotonic() - began < 1.5
        client.close()
        server.end()
    finally:
        server.kill()
