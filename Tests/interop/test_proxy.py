"""The proxies of SECURITY.md, nginx, and Caddy with TLS: polling, WebSocket, the upgrade, and the check of origins."""

import contextlib
import pathlib
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import PATIENCE, ROOT, TRANSPORTS
from ports import free_port

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CADDY = shutil.which("caddy") or "/usr/bin/caddy"
TRUSTING = ssl._create_unverified_context()     # Caddy makes a certificate for the test that nobody knows


def lines(language, server):
    """What SECURITY.md says, with the port of the program under test."""
    block = re.search(rf"```{language}\n(.*?)```", (ROOT / "SECURITY.md").read_text(), re.S).group(1)
    return block.replace("127.0.0.1:3000", f"127.0.0.1:{server.port}")


def nginx(server, port, folder):
    (folder / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
        events {{ worker_connections 256; }}
        http {{
            access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
            uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
            server {{ listen 127.0.0.1:{port}; {lines("nginx", server)} }}
        }}""")
    return [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], f"http://127.0.0.1:{port}"


def caddy(server, port, folder):
    site = lines("caddy", server).replace("chat.example.org {", f"https://localhost:{port} {{\ntls internal")
    (folder / "Caddyfile").write_text(f"{{\nadmin off\nskip_install_trust\nauto_https disable_redirects\n}}\n{site}")
    return ["env", f"XDG_DATA_HOME={folder}", f"XDG_CONFIG_HOME={folder}", CADDY, "run", "--adapter", "caddyfile",
            "--config", str(folder / "Caddyfile")], f"https://localhost:{port}"


@contextlib.contextmanager
def running(kind, server, folder):
    """A proxy in front of a server."""
    port = free_port()
    command, url = kind(server, port, folder)
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stderr=output)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url, context=TRUSTING).read()
            break
        except urllib.error.URLError:
            assert time.monotonic() < end and process.poll() is None, log.read_text()
            time.sleep(0.02)
    try:
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answer(request):
    """The status of the answer to a request."""
    try:
        return urllib.request.urlopen(request, context=TRUSTING).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(params=[
    pytest.param(nginx, marks=pytest.mark.skipif(not pathlib.Path(NGINX).exists(), reason="nginx is not installed")),
    pytest.param(caddy, marks=pytest.mark.skipif(not pathlib.Path(CADDY).exists(), reason="Caddy is not installed"))])
def proxy(request, start, tmp_path):
    # python-socketio may forget to say goodbye when it is told to right after an event; its poll ends with the next ping.
    server = start("Step4", "--ping-interval", "1000")
    with running(request.param, server, tmp_path) as url:
        yield url


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_client_talks_through_the_proxy(proxy, connect, transport, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):      # they would win over ssl_verify
        monkeypatch.delenv(name, raising=False)
    client = connect(proxy, TRANSPORTS[transport], ssl_verify=False)
    client.io.emit("chat message", "hello")
    assert client.next() == ["/", "chat message", "hello"]
    assert client.io.transport() == ("polling" if transport == "polling" else "websocket")


@pytest.mark.parametrize("origin, status", [("own", 200), ("http://evil.example", 403)])
def test_the_origin_is_compared_with_the_host_that_the_browser_asked(proxy, origin, status):
    request = urllib.request.Request(f"{proxy}/socket.io/?EIO=4&transport=polling",
                                     headers={"Origin": proxy if origin == "own" else origin})
    assert answer(request) == status


@pytest.mark.parametrize("name, status", [("chat.example.org", 200), ("other.example.org", 403)])
def test_the_server_answers_to_the_public_name_that_it_was_told(start, tmp_path, name, status):
    if not pathlib.Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    server = start("Step4", "--allowed-host", "chat.example.org")
    with running(nginx, server, tmp_path) as url:
        request = urllib.request.Request(f"{url}/socket.io/?EIO=4&transport=polling",
                                         headers={"Host": name, "Origin": f"https://{name}"})
        assert answer(request) == status
