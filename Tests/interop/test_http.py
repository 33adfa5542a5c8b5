"""Plain sockets, for what no well-behaved HTTP client does."""
import socket
import threading
import time

from conftest import PATIENCE

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


def cpu_seconds(program):
    """The CPU time of a process so far (Linux)."""
    with open(f"/proc/{program.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def read_all(connection):
    data = b""
    while chunk := connection.recv(1 << 16):
        data += chunk
    return data


def test_twenty_thousand_requests_sent_ahead_are_all_answered(start):
    """More than all buffers hold: the server stops reading until the client has read."""
    server = start("Step1")
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        def send():
            connection.sendall((GET + b"\r\n") * 20_000 + GET + b"Connection: close\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)     # it has said its last word, and still listens

        sending = threading.Thread(target=send)
        sending.start()
        sending.join(0.3)
        assert read_all(connection).count(b"HTTP/1.1 200 OK") == 20_001
        sending.join(PATIENCE)


def test_a_reset_connection_costs_nothing(start):
    """A long poll, thousands of requests behind it until the server stops reading, then a reset."""
    server = start("Step2")
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        target = b"GET /socket.io/?EIO=4&transport=polling"
        end = b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
        connection.sendall(target + end)
        sid = connection.recv(1 << 16).split(b'"sid":"')[1].split(b'"')[0]
        connection.sendall(target + b"&sid=" + sid + end + (GET + b"\r\n") * 20_000)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    before = cpu_seconds(server)
    time.sleep(0.5)     # idle time is what is measured here
    assert cpu_seconds(server) - before < 0.2
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(GET + b"Connection: close\r\n\r\n")
        assert b"200 OK" in read_all(connection)


def test_a_client_that_never_reads_does_not_delay_the_end(start):
    server = start("Step1")
    connection = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(0.3)
    try:
        while True:
            connection.sendall((GET + b"\r\n") * 1000)
    except OSError:
        pass            # both buffers are full
    server.end()
    connection.close()
