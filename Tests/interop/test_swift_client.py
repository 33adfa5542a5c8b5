"""SocketIOClient, the client in Swift, against python-socketio's server and against our engine.

`Workshop client-probe` says what it saw."""

import subprocess

import pytest

from browser import PythonServer
from conftest import BIN, PATIENCE, Program

CALM = ["--ping-interval", "20000", "--ping-timeout", "20000"]
SEEN = ["back text 🙂", "back [0, 1, 255]", "ack [1, 2]", "ack [7]", "answer 42", "auth tür", "connect",
        "custom true", "disconnect", "end", "order [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"]


def serve(kind, port=0):
    return PythonServer(port) if kind == "python" else Program("Workshop", "socket-io", *CALM, port=port)


def probe(server, transport, *more):
    words = [str(BIN / "Workshop"), "client-probe", "--url", server.url, *more]
    if transport != "upgrade":
        words += ["--transport", transport]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("kind", ["engine", "python"])
def test_the_swift_client_gets_along(kind, transport):
    server = serve(kind)
    client = probe(server, transport)
    out, errors = client.communicate(timeout=PATIENCE * 2)
    server.kill()
    refused = "refused not invited later" if kind == "python" else "refused Invalid namespace -"
    assert sorted(out.splitlines()) == sorted([*SEEN, refused]), (out, errors)


@pytest.mark.parametrize("kind", ["engine", "python"])
def test_the_swift_client_comes_back_after_a_restart(kind, transport):
    server = serve(kind)
    client = probe(server, transport, "--restart", "yes")
    lines = []
    for line in client.stdout:
        lines.append(line.strip())
        if lines[-1] == "restart me":
            server.kill()
            server = serve(kind, server.port)
        if lines[-1] == "end":
            break
    assert client.wait(timeout=PATIENCE) == 0
    server.kill()
    tail = [line for line in lines[lines.index("restart me"):] if not line.startswith("auth")]
    assert tail == ["restart me", "disconnect", "connect", "back unsent 1", "back unsent 2", "disconnect", "end"]
