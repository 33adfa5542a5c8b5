"""The nginx lines of SECURITY.md: polling, WebSocket and the upgrade through a proxy, and the check of origins."""

import pathlib
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from conftest import PATIENCE, ROOT, TRANSPORTS

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
pytestmark = pytest.mark.skipif(not pathlib.Path(NGINX).exists(), reason="nginx is not installed")


@pytest.fixture
def proxy(start, tmp_path):
    server = start("Step4")
    page = (ROOT / "SECURITY.md").read_text()
    location = re.search(r"```nginx\n(.*?)```", page, re.S).group(1).replace("127.0.0.1:3000", f"127.0.0.1:{server.port}")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "nginx.conf").write_text(f"""
        daemon off; worker_processes 1; pid {tmp_path}/pid; error_log {tmp_path}/error.log;
        events {{ worker_connections 256; }}
        http {{
            access_log off; client_body_temp_path {tmp_path}/b; proxy_temp_path {tmp_path}/p; fastcgi_temp_path {tmp_path}/f;
            uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;
            server {{ listen 127.0.0.1:{port}; {location} }}
        }}""")
    process = subprocess.Popen([NGINX, "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")])
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(url).read()
            break
        except urllib.error.URLError:
            assert time.monotonic() < end and process.poll() is None, (tmp_path / "error.log").read_text()
            time.sleep(0.02)
    yield url
    process.terminate()
    process.wait(PATIENCE)


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_a_client_talks_through_the_proxy(proxy, connect, transport):
    client = connect(proxy, TRANSPORTS[transport])
    client.io.emit("chat message", "hello")
    assert client.next() == ["/", "chat message", "hello"]
    assert client.io.transport() == ("polling" if transport == "polling" else "websocket")


@pytest.mark.parametrize("origin, status", [("own", 200), ("http://evil.example", 403)])
def test_the_origin_is_compared_with_the_host_that_the_browser_asked(proxy, origin, status):
    request = urllib.request.Request(f"{proxy}/socket.io/?EIO=4&transport=polling",
                                     headers={"Origin": proxy if origin == "own" else origin})
    try:
        answer = urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        answer = error.code
    assert answer == status
