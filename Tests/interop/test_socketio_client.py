"""python-socketio's client, over polling, over WebSocket, and with the upgrade."""
import pytest
import socketio

from conftest import PATIENCE, TRANSPORTS

# Heartbeats that a client answers in time on a busy machine; the suites' own are 300 and 200 ms.
CALM = ["--ping-interval", "20000", "--ping-timeout", "20000"]


@pytest.fixture
def server(start):
    return start("Workshop", "socket-io", *CALM)


def test_the_client_ends_up_on_the_transport_it_wants(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    assert client.io.transport() == ("polling" if transport == "polling" else "websocket")


def test_auth_arrives_and_is_told_back(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport], auth={"token": "tür"})
    assert client.next() == ["/", "auth", {"token": "tür"}]


def test_arguments_come_back_as_they_were(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    client.next()
    samples = [(), ("text",), (1, -2.5, True, None), ({"a": [1, {"b": "ü🙂"}]}, []), ("\u2028\"\\\n",)]
    for sample in samples:
        client.io.emit("message", sample)
    for sample in samples:
        assert client.next() == ["/", "message-back", *sample]


def test_the_server_acknowledges(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    assert client.io.call("message-with-ack", "x", timeout=PATIENCE) == "x"
    assert client.io.call("message-with-ack", (1, {"a": 2}), timeout=PATIENCE) == (1, {"a": 2})


def test_the_client_acknowledges(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    client.next()
    client.io.on("question", lambda question: {"answer": question["number"] * 2})
    client.io.emit("ask", {"number": 21})
    assert client.next() == ["/", "answer", {"answer": 42}]


def test_bytes_travel_at_any_depth(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    client.next()
    payload = {"one": b"\x00\xff", "list": [b"", {"deep": b"x" * 70_000}], "text": "t"}
    client.io.emit("message", (payload, b"top"))
    assert client.next() == ["/", "message-back", payload, b"top"]
    assert client.io.call("message-with-ack", b"ack", timeout=PATIENCE) == b"ack"


def test_a_named_namespace_is_joined_beside_the_main_one(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport], namespaces=("/", "/custom"),
                     auth={"who": "me"})
    heard = sorted([client.next()[:2], client.next()[:2]])
    assert heard == [["/", "auth"], ["/custom", "auth"]]
    assert client.io.get_sid("/") != client.io.get_sid("/custom")


def test_an_unknown_namespace_is_refused(server, connect, transport):
    with pytest.raises(socketio.exceptions.ConnectionError):
        connect(server.url, TRANSPORTS[transport], namespaces=("/nowhere",))
    assert connect(server.url, TRANSPORTS[transport]).next()[1] == "auth"


def test_hundreds_of_messages_keep_their_order_across_the_upgrade(server, connect, transport):
    client = connect(server.url, TRANSPORTS[transport])
    client.next()
    for number in range(500):
        client.io.emit("message", number)
    assert [client.next()[2] for _ in range(500)] == list(range(500))


def test_the_client_comes_back_after_a_restart(start, connect, transport):
    first = start("Workshop", "socket-io", *CALM)
    client = connect(first.url, TRANSPORTS[transport], reconnection_delay=0.1,
                     reconnection_delay_max=0.2)
    client.wait_for("auth")
    first.kill()
    client.wait_for("disconnect")
    start("Workshop", "socket-io", *CALM, port=first.port)
    client.wait_for("connect")
    client.wait_for("auth")
    client.io.emit("message", "after")
    assert client.next() == ["/", "message-back", "after"]


def test_a_heartbeat_keeps_the_client(start, connect, transport):
    # A busy machine gets two seconds for each answer; a client that gave none would be gone after 2.3.
    server = start("Workshop", "socket-io", "--ping-interval", "300", "--ping-timeout", "2000")
    client = connect(server.url, TRANSPORTS[transport])
    client.next()
    with pytest.raises(socketio.exceptions.TimeoutError):
        client.io.call("nobody answers", timeout=3.2)
    assert client.io.call("message-with-ack", "here", timeout=PATIENCE) == "here"


def test_leaving_is_printed_once_with_its_reason(start, connect, transport):
    server = start("Step2")
    client = connect(server.url, TRANSPORTS[transport])
    server.line("a user connected")
    client.close()
    line = server.line("a user disconnected: ")
    # The client closes a WebSocket without waiting for its last packets to leave.
    reasons = ["client namespace disconnect"]
    if transport != "polling":
        reasons.append("transport close")
    assert line.removeprefix("a user disconnected: ") in reasons
    server.end()
    assert server.lines.empty()


def test_a_message_is_printed(start, connect, transport):
    server = start("Step3")
    client = connect(server.url, TRANSPORTS[transport])
    client.io.emit("chat message", "hé 🙂")
    server.line("a user connected")
    server.line("message: hé 🙂")


def test_three_clients_on_three_transports_chat(start, connect):
    server = start("Step4")
    clients = [connect(server.url, transports) for transports in TRANSPORTS.values()]
    # Whoever came later was announced to those before.
    assert [clients[0].next(), clients[0].next()] == [["/", "user joined"]] * 2
    assert clients[1].next() == ["/", "user joined"]
    for number, client in enumerate(clients):
        client.io.emit("chat message", f"from {number}")
        for listener in clients:
            assert listener.next() == ["/", "chat message", f"from {number}"]
    clients[2].close()
    for listener in clients[:2]:
        assert listener.next() == ["/", "user left"]
