"""Debian's redis-server on a free port, for tests that need a real one; they are skipped where it is missing."""

import contextlib
import shutil
import signal
import subprocess
import time

import pytest

from ports import free_port

redis = pytest.importorskip("redis", reason="PyPI's redis is not installed: see requirements.txt")

SERVER = shutil.which("redis-server")
PATIENCE = 15


class RedisServer:
    """A running Redis without files. It can be killed and come back on the same port, and be stopped."""

    def __init__(self, folder, *options):
        self.folder, self.options = folder, options
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.process = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [SERVER, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder),
             *self.options], stdout=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(redis.ConnectionError):
                # A password is no reason to wait longer.
                with contextlib.suppress(redis.AuthenticationError):
                    self.client().ping()
                return
            assert time.monotonic() < end, "Redis does not answer"
            time.sleep(0.01)

    def client(self, **options):
        return redis.Redis(port=self.port, socket_timeout=PATIENCE, **options)

    def pause(self):
        """It takes connections, since the system does, and says nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis_server(tmp_path):
    """Starts servers, and ends them after the test."""
    if SERVER is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    servers = []

    def start(*options):
        servers.append(RedisServer(tmp_path, *options))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()
