"""The workbench, as its page sees it: python-socketio takes the page's place, and a folder that looks like the
package takes the package's. Its MyChat has no engine to be built with: it becomes a finished stage, or does
what is wrong in a few lines."""

import copy
import http.client
import json
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from conftest import BIN, ROOT, OrderedSocketIOClient

PATIENCE = 120      # builds and checks, beside other tests

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "Home", targets: [.executableTarget(name: "MyChat", path: "Steps/MyChat")], swiftLanguageModes: [.v6])
"""
# What the program becomes: a stage that is built already.
BECOMES = """#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
execv("{program}", CommandLine.unsafeArgv)
"""
# What takes the compiler some seconds.
SLOW = "".join(f"func f{number}(_ a: [Int]) -> [Int] {{ a.map {{ $0 + {number} }} }}\n" for number in range(3_000))
FAIR = {"delayToServer": 0, "delayToVisitor": 0, "isHeld": False, "readingRate": None, "blocksWebSockets": False}
CHAT = f"{sys.executable} {pathlib.Path(__file__).parent / 'python_chat.py'} --stage 5 --port {{port}}"


def stage(number):
    return BECOMES.replace("{program}", str(BIN / f"Step{number}"))


class Home:
    """A folder that looks like the package."""

    def __init__(self, folder):
        self.root = folder
        (folder / "Package.swift").write_text(MANIFEST)
        for name in ("Public", "Documentation"):
            shutil.copytree(ROOT / name, folder / name)
        for page in ROOT.glob("*.md"):
            shutil.copy(page, folder)
        (folder / "Steps/MyChat").mkdir(parents=True)
        self.program = folder / "Steps/MyChat/main.swift"
        self.page = folder / "Public/mychat/index.html"
        self.progress = folder / "Steps/MyChat/.progress.json"


class Page:
    """A page of the workbench: what it knows, and the events that it has heard."""

    def __init__(self, url):
        self.io = OrderedSocketIOClient()
        self.state, self.events, self.changed = {}, [], threading.Condition()
        self.io.on("*", self.hear)
        self.io.connect(url, transports=["websocket"], wait_timeout=PATIENCE)
        self.until(lambda: self.state)

    def hear(self, event, *arguments):
        part = arguments[0] if arguments else None
        with self.changed:
            if event == "state":
                self.state = part
            elif event in ("output", "wire"):
                self.state[event] += part
            elif event == "check":
                checks = self.state["grading"]["checks"]
                self.state["grading"]["checks"] = [part if part["id"] == check["id"] else check for check in checks]
            elif event in self.state:
                self.state[event] = part
            self.events.append((time.monotonic(), event, copy.deepcopy(part)))
            self.changed.notify_all()

    def until(self, condition, patience=PATIENCE):
        with self.changed:
            assert self.changed.wait_for(condition, patience), self.told()

    def told(self):
        return json.dumps({name: part for name, part in self.state.items() if name != "wire"}, indent=1)[-6000:]

    def ask(self, event, **argument):
        return self.io.call(event, argument, timeout=PATIENCE)

    def mark(self):
        """A place among the events, for `after`."""
        return len(self.events)

    def after(self, mark, event, fits=lambda part: True, patience=PATIENCE):
        """Waits for an event behind a mark; returns when it came, and with what."""
        found = []

        def look():
            found[:] = [(at, part) for at, name, part in self.events[mark:] if name == event and fits(part)]
            return found
        self.until(look, patience)
        return found[0]

    def running(self, patience=PATIENCE):
        self.until(lambda: self.state["program"]["state"] == "running", patience)

    def output(self, kind=None):
        return [line["text"] for line in self.state["output"] if kind in (None, line["kind"])]

    def visitor(self, name="A"):
        return next(visitor for visitor in self.state["visitors"] if visitor["name"] == name)


class Workbench:
    started = []

    def __init__(self, home, *words, is_shared=False):
        self.started.append(self)
        self.is_shared = is_shared
        self.home = home
        self.process = subprocess.Popen(
            [str(BIN / "course"), "--no-open", *words], cwd=home.root, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        first = re.fullmatch(r"the course is at (http://localhost:(\d+))\n", self.process.stdout.readline())
        assert first, self.process.stderr.read()
        self.url = first[1]
        assert "Control-C" in self.process.stdout.readline()
        self.port = int(self.url.rsplit(":", 1)[1])
        self.pages = []

    def page(self):
        self.pages.append(Page(self.url))
        self.pages[-1].bench = self
        return self.pages[-1]

    def end(self, how=signal.SIGINT):
        begin = time.monotonic()
        self.process.send_signal(how)
        assert self.process.wait(PATIENCE) == 0
        assert time.monotonic() - begin < 5      # a second, and some more for a busy machine
        for page in self.pages:
            page.io.disconnect()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def bench(home):
    """One workbench for the tests that go on where the one before has stopped; each says what it needs."""
    home.program.write_text(stage(5))
    shutil.copy(ROOT / "Public/step5/index.html", home.page)
    home.progress.write_text('{"hints": {}, "reached": 5}')
    started = Workbench(home, "--port", "0", is_shared=True)
    yield started
    if started.process.poll() is None:
        started.end()


@pytest.fixture(autouse=True)
def ends():
    """Ends the workbenches that a failing test has left, all but the one of the module."""
    yield
    for started in Workbench.started[:]:
        if started.process.poll() is None and not started.is_shared:
            started.process.send_signal(signal.SIGINT)
            started.process.wait(PATIENCE)


@pytest.fixture
def page(bench):
    opened = bench.page()
    yield opened
    opened.io.disconnect()
    bench.pages.remove(opened)


def save(home, text):
    """As an editor does it; an older second in the date would not be seen by SwiftPM."""
    home.program.write_text(text)


def get(port, path="/", host=None, **fields):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host or f"localhost:{port}", **fields})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def children_of(process):
    """All that a process has started, however deep, that still runs."""
    table = subprocess.run(["ps", "-axo", "pid=,ppid=,stat="], capture_output=True, text=True).stdout
    rows = [line.split() for line in table.splitlines()]
    found, parents = [], {str(process)}
    while parents:
        parents = {pid for pid, parent, stat in rows if parent in parents and not stat.startswith("Z")}
        found += parents
    return [int(pid) for pid in found]


def wait_for_the_compiler(bench):
    """Waits until it reads the files."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        table = subprocess.run(["ps", "-axwwo", "pid=,args="], capture_output=True, text=True).stdout
        compilers = {int(line.split()[0]) for line in table.splitlines()
                     if "swift-frontend" in line and "/MyChat/main.swift" in line}
        if compilers & set(children_of(bench.process.pid)):
            return
    pytest.fail("the compiler was not started")


def is_running(process):
    stat = pathlib.Path(f"/proc/{process}/stat")
    if not pathlib.Path("/proc/self").exists():
        return subprocess.run(["kill", "-0", str(process)], capture_output=True).returncode == 0
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


# ── From a save to checks

def test_a_program_is_built_run_and_checked(page):
    page.running()
    page.until(lambda: page.state["grading"]["summary"], 240)       # all checks, while others build
    state = page.state
    assert state["target"] == {"isOwn": True, "name": "MyChat", "command": None}
    assert state["build"]["state"] == "built" and state["build"]["milliseconds"] > 0
    assert [visitor["name"] for visitor in state["visitors"]] == ["A", "B"]
    assert state["program"]["run"] == 1 and state["program"]["port"] > 0
    assert "started" in page.output("note")
    grading = state["grading"]
    assert grading["stage"] == 5 and grading["checks"][0]["id"] == "1.1"
    assert 0 < grading["points"] == grading["maxPoints"]


def test_the_chapter_that_is_read_decides_what_is_checked(page, home):
    page.running()
    home.progress.write_text('{"hints": {}, "reached": 4}')
    assert page.ask("read", stage=8) == {"ok": True}
    mark = page.mark()
    assert page.ask("grade") == {"ok": True}
    begin = page.after(mark, "grading", lambda part: part["isRunning"])[1]
    assert begin["stage"] == 5 and {check["state"] for check in begin["checks"]} == {"waiting"}
    page.after(mark, "check", lambda check: check["state"] == "running")
    page.after(mark, "check", lambda check: check["id"] == "5.1" and check["state"] == "passed")
    end = page.after(mark, "grading", lambda part: not part["isRunning"] and part["stage"] == 5, 60)[1]
    assert end["points"] == end["maxPoints"] > 0 and end["next"] == "stage 6", end
    # Stage 5 is reached, and stage 8 is read: stage 6 is looked at, and fails.
    end = page.after(mark, "grading", lambda part: not part["isRunning"] and part["stage"] == 6, 60)[1]
    assert end["next"].startswith("6.1: ")
    failed = next(check for check in end["checks"] if check["id"] == "6.1")
    failure = failed["failure"]
    assert failed["state"] == "failed" and failure["expected"] and failure["cause"] and failure["anchor"] == "#stage-6"
    lines = failure["transcript"]
    assert any(line["way"] == "toServer" and line["client"] and line["time"] is not None for line in lines)
    assert json.loads(home.progress.read_text())["reached"] == 5
    assert page.state["files"]["reached"] == 5


def test_a_hint_is_given_rung_by_rung(page, home):
    page.running()
    counts = []
    for _ in range(4):
        answer = page.ask("hint", check="1.1")
        counts.append((len(answer["hints"]), answer["hasMoreHints"]))
    assert counts == [(1, True), (2, True), (3, False), (3, False)]
    assert json.loads(home.progress.read_text())["hints"]["1.1"] == 3
    assert page.ask("hint", check="13.1")["error"] == 'there is no check "13.1"'


def test_one_check_is_run_again_with_its_seed(page):
    page.running()
    mark = page.mark()
    assert page.ask("grade", check="5.1", seed=7)["ok"]
    end = page.after(mark, "grading", lambda part: not part["isRunning"])[1]
    assert end["seed"] == 7
    run = {part["id"] for _, event, part in page.events[mark:] if event == "check"}
    assert "5.1" in run and "5.2" not in run
    assert page.ask("grade", stage=13)["error"] == "stages are 1 to 12, not 13"


def test_a_newer_run_ends_an_older_one(page):
    page.running()
    mark = page.mark()
    assert page.ask("grade", stage=5, seed=1)["ok"] and page.ask("grade", stage=1, seed=2)["ok"]
    page.after(mark, "grading", lambda part: not part["isRunning"] and part["seed"] == 2, 60)
    # A longer run behind it: the first would have come to its end meanwhile.
    assert page.ask("grade", stage=5, seed=3)["ok"]
    page.after(mark, "grading", lambda part: not part["isRunning"] and part["seed"] == 3, 60)
    ends = [part["seed"] for _, event, part in page.events[mark:] if event == "grading" and part["summary"]]
    assert ends == [2, 3]


def test_a_save_of_the_page_loads_the_frames_again(page, home):
    page.running()
    run, mark = page.state["program"]["run"], page.mark()
    home.page.write_text(home.page.read_text() + "<!-- saved -->\n")
    begin = time.monotonic()
    at, part = page.after(mark, "reload")
    assert part == {"visitors": ["A", "B"], "reason": "page"} and at - begin < 1
    assert page.state["program"]["run"] == run


def test_compile_errors_come_in_parts(page, home):
    page.running()
    mark = page.mark()
    save(home, 'let text: Int = "five"\nprint(nickname)\n')
    errors = page.after(mark, "build", lambda part: part["state"] == "errors", 60)[1]
    first, second = errors["diagnostics"]
    assert (first["file"], first["line"], first["column"]) == ("Steps/MyChat/main.swift", 1, 17)
    assert "cannot convert" in first["message"] and any('"five"' in line for line in first["lines"])
    assert second["line"] == 2 and "error" not in second["message"]
    page.until(lambda: page.state["grading"]["reason"] == "waits for a program that compiles")
    assert "does not compile" in page.ask("grade")["error"]
    # The program that ran before runs on.
    assert page.state["program"]["state"] == "running"


def test_a_crash_names_its_line(page, home):
    mark = page.mark()
    save(home, 'let names = [String]()\n\nprint(names[CommandLine.arguments.count])\n')
    part = page.after(mark, "program", lambda part: part["state"] == "failed", 60)[1]
    assert part["line"] == 3 and "line 3 of main.swift" in part["problem"]
    assert any("Index out of range" in line for line in page.output("err"))


def test_a_flood_is_cut_and_the_next_save_is_built(page, home):
    mark = page.mark()
    line = "x" * 3_999
    go = home.root / "go-on"
    # Two floods, one after the other: of lines, and of bytes.
    save(home, 'import Foundation\nfor number in 0..<100_000 { print(number) }\nfflush(nil)\n'
               f'while !FileManager.default.fileExists(atPath: "{go}") {{ usleep(10_000) }}\n'
               f'for number in 0..<25_000 {{ print(number, "{line}") }}\nprint(String(repeating: "y", count: 5_000))\n'
               'fflush(nil)\nwhile true { sleep(1) }\n')

    def is_told(what):
        return any(line["kind"] == "note" and re.search(rf"\d+ {what}\b.* left out", line["text"])
                   for _, event, lines in page.events[mark:] if event == "output" for line in lines)

    page.until(lambda: is_told("lines"), 60)
    go.touch()
    page.until(lambda: any(text.startswith("yyy") for text in page.output("out")), 60)
    page.until(lambda: is_told("KiB"), 60)
    shown = [line for _, event, lines in page.events[mark:] if event == "output" for line in lines]
    assert len(shown) < 3_000
    assert max(len(line["text"]) for line in shown) == 2_001
    resident = subprocess.run(["ps", "-o", "rss=", "-p", str(page.bench.process.pid)], capture_output=True, text=True)
    assert int(resident.stdout) < 300_000


def test_a_program_that_never_listens_is_told_of(page, home):
    page.until(lambda: page.state["program"]["state"] == "failed", 30)
    assert "listens nowhere" in page.state["program"]["problem"]


def test_a_save_during_a_build_is_built_next(page, home):
    mark = page.mark()
    save(home, SLOW + "func last() -> Int { wrong }\n")
    page.after(mark, "build", lambda part: part["state"] == "building")
    wait_for_the_compiler(page.bench)
    save(home, stage(1))
    page.after(mark, "reload", lambda part: part["reason"] == "program", 60)
    assert page.state["build"]["state"] == "built"
    assert not [part for _, event, part in page.events[mark:] if event == "build" and part["state"] == "errors"]


# ── Files

def test_begin_and_restore_keep_what_was_there(page, home):
    page.running()
    before = home.program.read_text()
    answer = page.ask("begin", stage=3)
    assert answer == {"ok": True, "kept": "Steps/MyChat-1"}
    assert "TODO stage 3" in home.program.read_text()
    assert (home.root / "Steps/MyChat-1/main.swift").read_text() == before
    page.until(lambda: page.state["files"]["begun"] == 3 and page.state["files"]["reached"] == 2)
    blocks = page.state["files"]["blocks"]
    assert blocks["2.1.1"] and not blocks["3.1.1"]
    lines = {file["file"]: file["lines"] for file in page.ask("difference", against="chapter", stage=3)["files"]}
    program = lines["Steps/MyChat/main.swift"]
    assert {line["kind"] for line in program} == {"same", "mine", "theirs"}
    assert any("TODO stage 3" in line["text"] for line in program if line["kind"] == "mine")
    assert all((line["mine"] is None) == (line["kind"] == "theirs") for line in program)
    assert page.ask("difference", against="finished", stage=3)["ok"]
    answer = page.ask("restore", folder="Steps/MyChat-1")
    assert answer == {"ok": True, "kept": "Steps/MyChat-2"} and home.program.read_text() == before
    page.until(lambda: page.state["files"]["kept"] == ["Steps/MyChat-1", "Steps/MyChat-2"])
    assert "keeps nothing" in page.ask("restore", folder="../../etc")["error"]
    page.until(lambda: page.state["build"]["state"] == "built" and page.state["program"]["state"] == "running", 60)


# ── Visitors

def test_what_passes_between_a_visitor_and_the_program_is_told(page):
    page.running()
    mark = page.mark()
    status, _, text = get(page.visitor()["port"], "/")
    assert status == 200 and "<!DOCTYPE html>" in text
    _, told = page.after(mark, "wire", lambda all: any(one["kind"] == "response" for one in all))
    answer = next(one for one in told if one["kind"] == "response")
    assert answer["visitor"] == "A" and answer["way"] == "toVisitor" and answer["isChanged"]
    assert isinstance(answer["wire"]["bytes"], str)
    # One that comes later sees it too; then all forget it.
    assert any(one["kind"] == "response" for one in page.bench.page().state["wire"])
    mark = page.mark()
    assert page.ask("clear", what="wire")["ok"] and page.ask("clear", what="output")["ok"]
    page.after(mark, "wire cleared")
    newcomer = page.bench.page()
    assert newcomer.state["wire"] == [] and newcomer.state["output"] == []


def test_weather_and_cutting_act_on_one_visitor(page):
    page.running()
    assert page.ask("weather", visitor="A", weather={**FAIR, "delayToServer": 300})["ok"]
    page.until(lambda: page.visitor()["weather"]["delayToServer"] == 300)
    begin = time.monotonic()
    get(page.visitor("A")["port"])
    assert time.monotonic() - begin >= 0.3
    assert page.ask("weather", visitor="A", weather=FAIR)["ok"]
    assert "0 to 60000" in page.ask("weather", visitor="A", weather={**FAIR, "delayToServer": -1})["error"]
    page.until(lambda: page.visitor("A")["connections"] == 0)       # that of the request is over
    with socket.create_connection(("127.0.0.1", page.visitor("A")["port"]), PATIENCE) as connection:
        page.until(lambda: page.visitor("A")["connections"] == 1)
        assert page.ask("cut", visitor="A")["ok"]
        with pytest.raises(ConnectionResetError):
            while connection.recv(100):
                pass
    page.until(lambda: page.visitor("A")["connections"] == 0)
    assert 'no visitor "Z"' in page.ask("cut", visitor="Z")["error"]


def test_a_third_visitor_comes_and_goes(page):
    page.running()
    assert page.ask("visitor", name="C", isShown=True)["ok"]
    page.until(lambda: len(page.state["visitors"]) == 3)
    port = page.visitor("C")["port"]
    assert get(port)[0] == 200
    assert page.ask("visitor", name="C", isShown=False)["ok"]
    page.until(lambda: len(page.state["visitors"]) == 2)
    with pytest.raises(ConnectionRefusedError):
        get(port)
    assert not page.ask("visitor", name="A", isShown=False)["ok"]


def test_the_program_is_killed_and_started(page):
    page.running()
    run = page.state["program"]["run"]
    assert page.ask("program", action="kill")["ok"]
    page.until(lambda: page.state["program"]["state"] == "stopped")
    assert page.ask("program", action="start")["ok"]
    page.running()
    assert page.state["program"]["run"] == run + 1
    assert "kill, start or restart" in page.ask("program", action="fly")["error"]


# ── Pages, and who may have them

def test_each_chapter_is_a_page_of_the_workbench(bench):
    status, fields, text = get(bench.port, "/stage-5.html")
    assert status == 200 and 'data-page="stage-5" data-stage="5"' in text and "Nicknames" in text
    assert "<!-- text -->" not in text and 'href="stage-6.html"' in text
    policy = fields["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-src http://127.0.0.1:*" in policy and "unsafe" not in policy
    assert get(bench.port, "/")[1]["Location"] == f"{bench.url}/index.html"
    assert get(bench.port, "/stage-5.html", host=f"127.0.0.1:{bench.port}")[1]["Location"] == f"{bench.url}/stage-5.html"
    assert get(bench.port, "/troubleshooting.html")[0] == 200 and 'data-stage=""' in get(bench.port, "/glossary.html")[2]
    for path, type in (("/course/text.css", "text/css"), ("/icon.svg", "image/svg+xml"),
                       ("/socket.io/socket.io.js", "text/javascript"), ("/pictures/step5-dark.png", "image/png")):
        status, fields, _ = get(bench.port, path) if "png" not in path else raw(bench.port, path)
        assert (status, fields["Content-Type"].split(";")[0]) == (200, type)
    for path in ("/course/../Package.swift", "/course/..%2f..%2fPackage.swift", "/mychat/index.html", "/Package.swift",
                 "/course/", "/course/nothing.js"):
        assert get(bench.port, path)[0] == 404, path


def raw(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": f"localhost:{port}"})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


OPEN = "/socket.io/?EIO=4&transport="
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}


@pytest.mark.parametrize("foreign", [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:{visitor}"},
    {"Origin": "http://localhost:{visitor}"}, {"Origin": "https://localhost:{port}"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
])
def test_a_page_from_elsewhere_gets_no_socket(bench, page, foreign):
    fields = {name: value.format(visitor=page.visitor()["port"], port=bench.port) for name, value in foreign.items()}
    for path, more in ((OPEN + "polling", {}), (OPEN + "websocket", UPGRADE)):
        status, answered, text = get(bench.port, path, **fields, **more)
        assert status == 403 and "sid" not in text
        assert "Access-Control-Allow-Origin" not in answered
    # What is there to read is read by no other site's script: no CORS, and not framed.
    _, answered, _ = get(bench.port, "/index.html", **fields)
    assert "Access-Control-Allow-Origin" not in answered
    assert "frame-ancestors 'none'" in answered["Content-Security-Policy"]


def test_a_foreign_name_gets_nothing(bench):
    for path in ("/index.html", "/course/text.css", OPEN + "polling"):
        assert get(bench.port, path, host="evil.example")[0] == 403
    own = {"Origin": f"http://localhost:{bench.port}", "Sec-Fetch-Site": "same-origin"}
    assert get(bench.port, OPEN + "polling", **own)[0] == 200


def test_it_listens_on_this_machine_alone(bench):
    address = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
    if not address:
        pytest.skip("this machine has no address but its own")
    with pytest.raises(OSError):
        socket.create_connection((address[0], bench.port), 1)


# ── Other servers, and the end

def test_a_command_takes_the_place_of_mychat(home):
    bench = Workbench(home, "--port", "0", "--command", CHAT)
    page = bench.page()
    page.running(30)
    assert page.state["target"]["command"] == CHAT and not page.state["target"]["isOwn"]
    assert page.state["build"]["state"] == "none" and page.state["files"]["blocks"] == {}
    assert page.ask("begin", stage=2)["ok"] is False and page.ask("difference", against="chapter", stage=2)["ok"] is False
    assert page.ask("grade", check="5.1")["ok"]
    page.after(0, "check", lambda check: check["id"] == "5.1" and check["state"] == "passed", 30)
    bench.end(signal.SIGTERM)


def test_a_taken_port_and_a_program_that_ends_are_told(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        bench = Workbench(home, "--port", "0", "--command", f"{BIN / 'Step1'} --port {port}")
        page = bench.page()
        page.until(lambda: page.state["program"]["state"] == "failed")
        assert "the port is taken" in page.state["program"]["problem"]
        assert page.output("err")
        bench.end()
        result = subprocess.run([str(BIN / "course"), "--no-open", "--port", str(port)], cwd=home.root,
                                capture_output=True, text=True, timeout=PATIENCE)
        assert result.returncode == 1 and f"port {port} is taken" in result.stderr
    bench = Workbench(home, "--port", "0", "--command", "true")
    page = bench.page()
    page.until(lambda: page.state["program"]["state"] == "ended")
    assert "listens nowhere" in page.state["program"]["problem"]
    bench.end()


def test_two_workbenches_find_their_own_ports(home):
    benches = [Workbench(home, "--command", CHAT) for _ in range(2)]
    assert benches[0].port != benches[1].port
    for bench in benches:
        bench.page().running(30)
    ports = {visitor["port"] for bench in benches for visitor in bench.pages[0].state["visitors"]}
    assert len(ports) == 4
    for bench in benches:
        bench.end()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running(tmp_path, how):
    home = Home(tmp_path)       # the other workbench would build here as well
    home.program.write_text(stage(5))
    bench = Workbench(home, "--port", "0")
    page = bench.page()
    page.running()
    page.until(lambda: page.state["grading"]["isRunning"])
    if how == signal.SIGINT:
        # Killed at once, a workbench cannot end the compiler, which has groups of its own: it ends by itself.
        home.program.write_text(SLOW)
        page.until(lambda: page.state["build"]["state"] == "building")
        wait_for_the_compiler(bench)
    started = children_of(bench.process.pid)
    assert len(started) >= 3
    if how == signal.SIGINT:
        bench.end()
    else:
        bench.process.kill()
        bench.process.wait()
    end = time.monotonic() + 10
    while any(map(is_running, started)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [process for process in started if is_running(process)]
