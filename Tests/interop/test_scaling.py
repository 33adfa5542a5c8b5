"""Documentation/scaling.md as it stands there: nginx and Caddy before two servers with Redis between them, and the
unit for systemd."""
import contextlib
import pathlib
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import PATIENCE, ROOT, TRANSPORTS
from ports import free_port
from redis_server import redis_server  # noqa: F401
from test_proxy import CADDY, NGINX, TRUSTING
from test_redis_recovery import ReturningClient


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "Documentation/scaling.md").read_text(), re.S)


def at_ports(text, ports):
    return text.replace("127.0.0.1:3001", f"127.0.0.1:{ports[0]}").replace("127.0.0.1:3002", f"127.0.0.1:{ports[1]}")


def nginx(which):
    def configure(ports, port, folder):
        site = at_ports(blocks("nginx")[which], ports).replace("listen 8080", f"listen 127.0.0.1:{port}")
        (folder / "nginx.conf").write_text(f"""
            daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
            events {{ worker_connections 256; }}
            http {{
                access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
                fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; {site} }}""")
        command = [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        return command, f"http://127.0.0.1:{port}"
    return configure


def caddy(ports, port, folder):
    site = at_ports(blocks("caddy")[0], ports).replace("chat.example.org {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\nadmin off\n}}\n{site}")
    command = ["env", f"XDG_DATA_HOME={folder}", f"XDG_CONFIG_HOME={folder}", CADDY, "run", "--adapter", "caddyfile",
               "--config", str(folder / "Caddyfile")]
    return command, f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def running(configure, ports, folder):
    command, url = configure(ports, free_port(), folder)
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{url}/socket.io/socket.io.js", context=TRUSTING).read()
            break
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < end and process.poll() is None, log.read_text()
            time.sleep(0.02)
    try:
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def there(program):
    return pytest.mark.skipif(not pathlib.Path(program).exists(), reason=f"{program} is not installed")


@pytest.fixture(params=[
    pytest.param(nginx(0), marks=there(NGINX), id="nginx, ip_hash"),
    pytest.param(nginx(1), marks=there(NGINX), id="nginx, cookie"),
    pytest.param(caddy, marks=there(CADDY), id="Caddy")])
def fleet(request, start, redis_server, tmp_path):  # noqa: F811
    """Two servers and a proxy before them; python-socketio's polls end with a ping."""
    broker = redis_server()
    words = ["Workshop", "cluster", "--redis", broker.url, "--streams", "--recovery", "--ping-interval", "1000"]
    servers = [start(*words), start(*words)]
    for server in servers:
        server.line("adapter: ready")
    folder = tmp_path / "proxy"
    folder.mkdir()
    with running(request.param, [server.port for server in servers], folder) as url:
        yield servers, url


def test_clients_of_all_transports_meet_behind_the_proxy(fleet, connect):
    servers, url = fleet
    clients = [connect(url, TRANSPORTS[name], auth={"name": name, "rooms": ["r"]}) for name in TRANSPORTS]
    # One that goes past the proxy, to each server.
    clients += [connect(server.url, ["websocket"], auth={"name": "x", "rooms": ["r"]}) for server in servers]
    for client in clients:
        assert client.next()[1] == "welcome"
    for number, client in enumerate(clients):
        assert client.io.call("emit", {"rooms": ["r"], "value": number}, timeout=10)
    for client in clients:
        assert sorted(client.next()[2] for _ in clients) == list(range(len(clients)))
    assert [client.io.transport() for client in clients[:3]] == ["polling", "websocket", "websocket"]


def test_when_a_server_ends_its_clients_go_to_the_other_one(fleet, connect):
    servers, url = fleet
    port = int(url.rsplit(":", 1)[1])
    client = ReturningClient("websocket")
    client.connect(port)
    helpers = [connect(server.url, ["websocket"], auth={"name": "helper"}) for server in servers]
    assert helpers[0].io.call("count", ({}, 0, 1), timeout=10)
    client.hear_up_to(0)
    sockets = helpers[0].io.call("find", {"isLocal": True}, timeout=10)["sockets"]
    home = 0 if any(found["id"] == client.id for found in sockets) else 1
    servers[home].end()
    assert helpers[1 - home].io.call("count", ({}, 1, 3), timeout=10)
    client.connect(port)
    assert client.recovered
    client.hear_up_to(2)
    assert client.numbers == [0, 1, 2]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_unit(tmp_path):
    unit = next(block for block in blocks("ini") if "[Service]" in block)
    unit = unit.replace("/opt/chat/Chat", "/bin/true").replace("/opt/chat", "/tmp").replace("User=chat", "User=root")
    path = tmp_path / "chat@.service"
    path.write_text(unit)
    result = subprocess.run(["systemd-analyze", "verify", str(path).replace("@.", "@3001.")], capture_output=True,
                            text=True)
    own = [line for line in result.stderr.splitlines() if "chat@" in line and "redis-server" not in line]
    assert own == [], result.stderr
