"""The files of Documentation/deploying.md, tried: nginx and Caddy before the example service, units of systemd, a socket that is
handed over. (The Dockerfile needs a network and a daemon: not here.)"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest
import socketio

from conftest import PATIENCE, ROOT
from ports import free_port

ARTICLE = (ROOT / "Documentation/deploying.md").read_text()
PROGRAM = ROOT / ".build/debug/ExampleService"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = shutil.which("caddy") or "/usr/bin/caddy"
ACTIVATE = shutil.which("systemd-socket-activate")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", ARTICLE, re.S).group(1)


def wait(what, condition):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if condition():
                return
        except OSError:
            pass
        assert time.monotonic() < end, what
        time.sleep(0.02)


def get(url, **fields):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=fields)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def processes():
    running = []

    def start(command, **more):
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more))
        return running[-1]

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.communicate(timeout=PATIENCE)


@pytest.fixture
def service(processes):
    port = free_port()
    processes([PROGRAM], env={**os.environ, "PORT": str(port)})
    wait("the service", lambda: get(f"http://127.0.0.1:{port}/health")[0] == 200)
    return port


def nginx(processes, service, folder):
    port = free_port()
    lines = block("nginx").replace("127.0.0.1:3000", f"127.0.0.1:{service}").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    (folder / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 256; }}
        http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
                uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; {lines} }}""")
    processes([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    return port


def caddy(processes, service, folder):
    port = free_port()
    lines = block("caddy").replace("chat.example.org", f"http://127.0.0.1:{port}")
    lines = lines.replace("127.0.0.1:3000", f"127.0.0.1:{service}")
    (folder / "Caddyfile").write_text(f"{{\nadmin off\n}}\n{lines}")
    processes(["env", f"XDG_DATA_HOME={folder}", f"XDG_CONFIG_HOME={folder}", CADDY, "run", "--adapter", "caddyfile",
               "--config", str(folder / "Caddyfile")])
    return port


@pytest.mark.parametrize("proxy, program", [(nginx, NGINX), (caddy, CADDY)])
def test_the_proxy_says_who_the_client_is_and_keeps_the_figures(proxy, program, processes, service, tmp_path):
    if not pathlib.Path(program).exists():
        pytest.skip(f"{program} is not installed")
    url = f"http://127.0.0.1:{proxy(processes, service, tmp_path)}"
    wait("the proxy", lambda: get(f"{url}/health")[0] == 200)
    assert get(f"{url}/metrics")[0] == 404
    # What a client says about itself is not passed on.
    assert get(f"{url}/health", **{"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6"})[0] == 200
    if proxy is nginx:
        assert get(f"{url}/health", Host="chat.example.org")[0] == 200
        assert get(f"{url}/health", Host="evil.example")[0] == 403
    body = json.dumps({"name": "Ada"}).encode()
    request = urllib.request.Request(f"{url}/sign-in", body, {"Content-Type": "application/json"})
    token = json.load(urllib.request.urlopen(request))["token"]
    for transports in (["polling"], ["websocket"], ["polling", "websocket"]):
        client = socketio.SimpleClient()
        client.connect(url, auth={"token": token}, transports=transports)
        assert isinstance(client.call("join", "tea"), list)
        assert client.call("say", ("tea", "hello")) == 5
        client.disconnect()


def test_the_units_are_valid(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is not installed")
    (tmp_path / "chat.service").write_text(block("systemd").replace("/opt/chat/ExampleService", "/bin/true").replace("/opt/chat", "/"))
    (tmp_path / "chat.socket").write_text(block("systemd-socket"))
    result = subprocess.run([analyze, "verify", tmp_path / "chat.service", tmp_path / "chat.socket"], capture_output=True, text=True)
    own = [line for line in result.stderr.splitlines() if "chat." in line]
    assert not own, own


def test_the_socket_of_systemd_is_taken_over(processes):
    if not ACTIVATE:
        pytest.skip("systemd-socket-activate is not installed")
    port = free_port()
    processes([ACTIVATE, "-l", f"127.0.0.1:{port}", PROGRAM])
    wait("the first connection starts the service", lambda: get(f"http://127.0.0.1:{port}/health")[0] == 200)


def test_the_end_in_order_through_a_real_signal(processes):
    port = free_port()
    program = processes([PROGRAM], env={**os.environ, "PORT": str(port)})
    wait("the service", lambda: get(f"http://127.0.0.1:{port}/health")[0] == 200)
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE) == 0
