"""Tabs of a headless Chromium, and what went on in them.

Chromium is the system's (CHROMIUM names another); Playwright drives it. When a test fails, its report
says what each tab saw, and a screenshot of each lies in Tests/interop/failures."""
import os
import pathlib
import re
import shutil
import sys
import urllib.parse
import zipfile

import pytest
from playwright.sync_api import expect, sync_playwright

from conftest import PATIENCE, ROOT, Program

expect.set_options(timeout=PATIENCE * 1_000)

FAILURES = pathlib.Path(__file__).parent / "failures"
OFFICIAL = ROOT / ".venv" / "official"     # .ci/run puts a package with the official client there


def official_client():
    """The official browser client; it comes in a Python package, so that nothing else is needed."""
    for wheel in sorted(OFFICIAL.glob("*.whl")):
        with zipfile.ZipFile(wheel) as package:
            for name in package.namelist():
                if name.endswith("socket.io.min.js"):
                    return package.read(name).decode()
    return None


class PythonServer(Program):
    """python_server.py, with the face of the programs under test."""

    def __init__(self, port=0):
        script = pathlib.Path(__file__).parent / "python_server.py"
        super().__init__(script, port=port, command=[sys.executable, str(script)])

    def end(self):
        self.kill()


class Tab:
    """A page, and everything that it said, asked for and complained about."""

    def __init__(self, context, name):
        self.name = name
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.log = []
        self.errors = []
        self.hosts = set()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._error(f"uncaught: {error}"))
        self.page.on("response", self._response)
        self.page.on("websocket", self._websocket)

    def _console(self, message):
        line = f"{message.type}: {message.text}"
        if message.type in ("error", "warning"):
            # A poll may arrive after the end of its session: no fault of the page.
            late = "status of 400" in line and "&sid=" in message.location["url"]
            # What is no page has no icon, and Chromium asks for one.
            icon = message.location["url"].endswith("/favicon.ico")
            # A client that disconnects while its upgrade begins; Chromium warns of that.
            early = "is closed before the connection is established" in line
            self.log.append(line) if late or icon or early else self._error(line)
        else:
            self.log.append(line)

    def _response(self, response):
        request = response.request
        self.hosts.add(urllib.parse.urlsplit(request.url).netloc)
        self.log.append(f"{request.method} {request.url} {(request.post_data or '')[:200]!r} -> "
                        f"{response.status}")

    def _websocket(self, socket):
        self.hosts.add(urllib.parse.urlsplit(socket.url).netloc)
        self.log.append(f"WebSocket {socket.url}")
        socket.on("framesent", lambda data: self.log.append(f"> {data[:200]!r}"))
        socket.on("framereceived", lambda data: self.log.append(f"< {data[:200]!r}"))
        socket.on("close", lambda _: self.log.append("WebSocket closed"))

    def _error(self, line):
        # A server that is gone is no fault of the page, and no page can keep Chromium from saying it.
        gone = re.search(r"ERR_(CONNECTION_|INCOMPLETE_|EMPTY_|NETWORK_|INTERNET_|SOCKET)", line)
        (self.log if gone else self.errors).append(line)

    def open(self, url):
        self.page.goto(url)
        return self

    def run(self, body, argument=None):
        """Runs the body of an async function in the page; fails with what was heard until then."""
        return self.page.evaluate(
            """async ([body, argument, patience]) => {
                const work = new Function("argument", `return (async () => {${body}})()`);
                const later = window.realSetTimeout || setTimeout;
                const tooLong = new Promise((resolve, reject) => later(() =>
                    reject(new Error("too long; heard: " + JSON.stringify(window.heard || []))),
                    patience));
                return Promise.race([work(argument), tooLong]);
            }""", [body, argument, PATIENCE * 1000])

    def wait(self, condition, argument=None):
        """Waits until an expression is true; it may use its `argument`."""
        self.page.wait_for_function(f"argument => {condition}", arg=argument)

    def story(self):
        """For the report of a failure."""
        try:
            shown = self.page.evaluate("document.body ? document.body.innerText : '(no page)'")
        except Exception as error:
            shown = f"(the page does not answer: {error})"
        lines = [f"--- tab {self.name} at {self.page.url}", shown]
        lines += [f"heard: {self.heard()}"] + self.log + self.errors
        return "\n".join(lines)

    def heard(self):
        try:
            return self.page.evaluate("JSON.stringify(window.heard || [])")
        except Exception:
            return "?"

    def close(self):
        self.page.close()


def chromium_path():
    """CHROMIUM, or the first that is there: the headless shell takes half the time of a browser that has windows."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium():
    path = chromium_path()
    assert path, "Chromium was not found: install it (Debian: apt-get install chromium), or name it by CHROMIUM"
    with sync_playwright() as playwright:
        # Playwright switches the back-forward cache off; the client has to get along with it.
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"],
            ignore_default_args=["--disable-back-forward-cache"])
        yield browser
        browser.close()


@pytest.fixture
def open_tab(chromium, request):
    """Opens tabs, each a visitor of its own. Afterwards no tab may have complained, nor have asked
    another host."""
    tabs = []

    def open_one(url=None, name=None, **options):
        options.setdefault("viewport", {"width": 800, "height": 700})
        # Pages that a test makes up come from no network at all; Chromium would ask for leave.
        options.setdefault("permissions", ["local-network-access"])
        context = chromium.new_context(**options)
        tab = Tab(context, name or "ABCDEFGH"[len(tabs)])
        tabs.append(tab)
        if url:
            tab.open(url)
        return tab

    yield open_one
    complaints = [f"tab {tab.name}: {line}" for tab in tabs for line in tab.errors]
    failed = getattr(request.node, "failed", False)
    if failed or complaints:
        FAILURES.mkdir(exist_ok=True)
        for tab in tabs:
            print(tab.story())
            picture = FAILURES / f"{re.sub(r'[^A-Za-z0-9]+', '-', request.node.name)}-{tab.name}.png"
            try:
                tab.page.screenshot(path=picture, timeout=5000, caret="initial")
                print(f"screenshot: {picture}")
            except Exception as error:
                print(f"no screenshot: {error}")
    for tab in tabs:
        tab.context.close()
    if not failed:
        assert not complaints, complaints


@pytest.fixture(params=["ours", "official"])
def script(request):
    """The client under test; the official one shows that the test expects what people are used to."""
    if request.param == "ours":
        return (ROOT / "Public" / "socket.io.js").read_text()
    if request.node.get_closest_marker("ours"):
        pytest.skip("the official client does this differently, or not at all")
    text = official_client()
    if text is None:
        pytest.skip("the official client is not here: .ci/run fetches it")
    return text
