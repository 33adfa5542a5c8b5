"""Programs under test, and clients that put what they hear into queues.

The programs are the built ones; BIN_DIR names their folder (default: .build/debug)."""
import collections
import os
import pathlib
import queue
import re
import signal
import subprocess
import threading
import time

import engineio
import pytest
import socketio

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("BIN_DIR", ROOT / ".build" / "debug"))

# Longer than anything takes on a busy machine; only a failing test waits so long.
PATIENCE = 15

TRANSPORTS = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": None}


class Program:
    """A running program; its lines arrive in order."""

    def __init__(self, *words, port=0, command=None, folder=None, public=None, given=None):
        """`given`: what is added to the environment."""
        command = command or [str(BIN / words[0]), *words[1:]]
        environment = dict(os.environ, **(given or {}), **({"PUBLIC_DIR": str(public)} if public else {}))
        self.process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, cwd=folder, env=environment)
        self.lines = queue.Queue()
        self.seen = []
        self.errors = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        line = self.line("listening on ")
        self.port = int(re.search(r":(\d+)$", line).group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def _read_errors(self):
        for line in self.process.stderr:
            self.errors.append(line)

    def line(self, beginning):
        """Waits for the next line, which has to begin so."""
        try:
            line = self.lines.get(timeout=PATIENCE)
        except queue.Empty:
            pytest.fail(f"waited for {beginning!r}; seen: {self.seen} errors: {self.errors}")
        self.seen.append(line)
        assert line.startswith(beginning), f"{line!r}; seen: {self.seen}"
        return line

    def end(self):
        """SIGTERM ends it in order, with status 0 and within a second (some more on a busy machine)."""
        if self.process.poll() is None:
            begin = time.monotonic()
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=PATIENCE) == 0
            assert time.monotonic() - begin < 5

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def start():
    """Starts programs, and ends them after the test."""
    started = []

    def run(*words, **options):
        started.append(Program(*words, **options))
        return started[-1]

    yield run
    for program in started:
        if program.process.poll() is None:
            program.end()


class OrderedEngineIOClient(engineio.Client):
    """python-engineio gives each message a thread, and on a busy machine one thread overtakes another. Here
    one thread takes them all, so that what a test hears is in the order of arrival."""

    def start_background_task(self, target, *args, **kwargs):
        if target is not self.handlers.get("message"):
            return super().start_background_task(target, *args, **kwargs)
        if not hasattr(self, "arrived"):
            self.arrived = queue.Queue()
            super().start_background_task(self.take)
        self.arrived.put((target, args))

    def take(self):
        while True:
            target, args = self.arrived.get()
            target(*args)

    def disconnect(self, *args, **kwargs):
        """What is queued goes first: while it is on its way, the close packet would be left behind, and the
        last poll would wait for a ping."""
        end = time.monotonic() + PATIENCE
        while self.queue and self.queue.unfinished_tasks and self.write_loop_task and time.monotonic() < end:
            time.sleep(0.002)
        super().disconnect(*args, **kwargs)


class OrderedSocketIOClient(socketio.Client):
    def _engineio_client_class(self):
        return OrderedEngineIOClient


class Client:
    """A python-socketio client; every event lands in `heard` as a list of its name and arguments."""

    def __init__(self, url, transports, namespaces=("/",), auth=None, **options):
        self.io = OrderedSocketIOClient(**options)
        self.heard = queue.Queue()
        for namespace in namespaces:
            self.io.on("*", self._hear(namespace), namespace=namespace)
            for event in ("connect", "disconnect"):
                self.io.on(event, self._note(namespace, event), namespace=namespace)
        self.io.connect(url, transports=transports, namespaces=list(namespaces), auth=auth,
                        wait_timeout=PATIENCE)

    def _hear(self, namespace):
        def hear(event, *arguments):
            self.heard.put([namespace, event, *arguments])
        return hear

    def _note(self, namespace, event):
        def note(*reason):
            self.heard.put([namespace, event])
        return note

    def next(self):
        """The next event that is not about connecting."""
        while True:
            try:
                heard = self.heard.get(timeout=PATIENCE)
            except queue.Empty:
                pytest.fail("nothing was heard")
            if heard[1] not in ("connect", "disconnect"):
                return heard

    def wait_for(self, event):
        """Waits for an event of this name, passing over others."""
        while True:
            try:
                heard = self.heard.get(timeout=PATIENCE)
            except queue.Empty:
                pytest.fail(f"{event!r} was not heard")
            if heard[1] == event:
                return heard

    def close(self):
        self.io.disconnect()


@pytest.fixture
def connect():
    """Connects clients, and disconnects them after the test."""
    clients = []

    def open_client(url, transports=None, **options):
        clients.append(Client(url, transports, **options))
        return clients[-1]

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture(params=list(TRANSPORTS))
def transport(request):
    """Each test that asks for it runs over polling, over WebSocket, and with the upgrade."""
    return request.param


def daily(values, kept):
    """Parameters of a test: these are tried with every change, the others every night."""
    return [value if value in kept else pytest.param(value, marks=pytest.mark.nightly) for value in values]


def pytest_configure(config):
    config.addinivalue_line("markers", "ours: for our browser client, not for the official one")
    config.addinivalue_line("markers", "nightly: only with --nightly")
    # For what depends on it before there is a fixture; workers inherit it.
    if config.getoption("--nightly"):
        os.environ["NIGHTLY"] = "1"


def pytest_addoption(parser):
    parser.addoption("--nightly", action="store_true",
                     help="also what repeats other tests, and what shows that a test expects the right thing")


def pytest_collection_modifyitems(config, items):
    """Without --nightly, what shows that a test expects the right thing is run over one transport: the official
    client against our engine, and ours against python-socketio's server. Not at all: the official client
    against python-socketio's server, or against a server that the test itself plays."""
    # The longest files first, or the last one would run alone.
    sizes = collections.Counter(item.path for item in items)
    long = ["test_tutorial.py", "test_mychat.py", "test_grader.py", "test_class.py", "test_workbench_course.py",
            "test_workbench_server.py", "test_workbench_page.py", "test_pages.py", "test_elsewhere.py"]
    items.sort(key=lambda item: (item.path.name not in long, -sizes[item.path], item.path))
    if config.getoption("--nightly"):
        return

    def is_nightly(item):
        values = getattr(getattr(item, "callspec", None), "params", {})
        is_official, is_python = values.get("script") == "official", values.get("server") == "python"
        return bool(item.get_closest_marker("nightly")) or (
            is_official and (is_python or "alone" in item.fixturenames)) or (
            (is_official or is_python) and values.get("transport", "upgrade") != "upgrade")

    left_out = [item for item in items if is_nightly(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Lets fixtures know whether their test has failed."""
    outcome = yield
    if call.when == "call":
        item.failed = outcome.get_result().failed


# Its fixtures are for all tests; it uses what stands above.
from browser import chromium, open_tab, script  # noqa: E402, F401
