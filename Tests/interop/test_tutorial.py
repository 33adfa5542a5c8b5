"""TUTORIAL.md as a learner follows it: every step leaves a program that runs, after chapter N stage N is
passed, and the page works in a browser. And what `grade` does with MyChat, in a copy of its own."""

import csv
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import urllib.request

import pytest

from conftest import BIN, daily

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = f"""// swift-tools-version: 6.2
import PackageDescription
let package = Package(
    name: "Home", platforms: [.macOS(.v15)],
    dependencies: [.package(name: "RealTimeSwift", path: "{ROOT}")],
    targets: [
        .executableTarget(
            name: "MyChat", dependencies: [
                .product(name: "Engine", package: "RealTimeSwift"),
                .product(name: "TokenWire", package: "RealTimeSwift"),
                .product(name: "RedisAdapter", package: "RealTimeSwift")],
            path: "Steps/MyChat", swiftSettings: [.defaultIsolation(MainActor.self)])
    ],
    swiftLanguageModes: [.v6])
"""


class Home:
    """A folder that looks like the package to `grade`, with a MyChat of its own."""

    def __init__(self, folder):
        self.root = folder
        (folder / "Package.swift").write_text(MANIFEST)
        shutil.copytree(ROOT / "Public", folder / "Public")
        for name in ("TUTORIAL.md", "TUTORIAL-2.md"):
            shutil.copy(ROOT / name, folder)
        (folder / "Steps/MyChat").mkdir(parents=True)
        self.program = folder / "Steps/MyChat/main.swift"
        self.page = folder / "Public/mychat/index.html"

    def write(self, state):
        """Takes over a state of the tutorial, touching only what has changed."""
        for source, target in ((state / "main.swift", self.program), (state / "index.html", self.page)):
            text = source.read_text()
            if not target.exists() or target.read_text() != text:
                target.write_text(text)

    def grade(self, *words, timeout=300):
        run = subprocess.run([str(BIN / "grade"), *map(str, words)], capture_output=True, text=True, timeout=timeout, cwd=self.root)
        return run.returncode, run.stdout, run.stderr

    def build(self):
        self.run_build()
        compiled = self.root / ".build/debug/MyChat.build/main.swift.o"
        if compiled.stat().st_mtime < self.program.stat().st_mtime:
            # Saved within a moment after the build before, a file can be overlooked.
            os.utime(self.program)
            self.run_build()
        return self.root / ".build/debug/MyChat"

    def run_build(self):
        run = subprocess.run(["swift", "build", "--product", "MyChat"], cwd=self.root, capture_output=True, text=True, timeout=600)
        assert run.returncode == 0, run.stdout[-3000:]


class Server:
    def __init__(self, program, home):
        self.process = subprocess.Popen([program, "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=home.root)
        line = next(line for line in self.process.stdout if line.startswith("listening on "))
        self.port = int(line.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(10) == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def states(tmp_path_factory):
    out = tmp_path_factory.mktemp("states")
    subprocess.run([str(BIN / "Workshop"), "tutorial-steps", str(out)], check=True, cwd=ROOT)
    return {tuple(map(int, path.name.split("-"))): path for path in sorted(out.iterdir())}


def test_the_text_in_chinese_makes_the_same_programs_step_by_step(states, tmp_path):
    subprocess.run([str(BIN / "Workshop"), "tutorial-steps", str(tmp_path), "zh-CN"], check=True, cwd=ROOT)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in states.values())
    for english in states.values():
        for file in ("main.swift", "index.html"):
            assert (tmp_path / english.name / file).read_text() == (english / file).read_text(), english.name


def test_the_starter_is_what_the_tutorial_shows(states):
    assert (ROOT / "Steps/MyChat/main.swift").read_text() == (states[0, 1] / "main.swift").read_text()
    assert (ROOT / "Public/mychat/index.html").read_text() == (states[0, 1] / "index.html").read_text()


@pytest.mark.nightly
def test_the_starter_passes_no_core_check(home, states):
    home.write(states[0, 1])
    status, out, _ = home.grade()
    assert status == 1 and "✗ 1.1" in out
    for stage in range(1, 9):
        assert not core_passed(home, stage)


def core_passed(home, stage):
    report = home.root / "report.json"
    home.grade(stage, "--json", report)
    core = {line.split("\t")[0] for line in home.grade("--list")[1].splitlines() if line.split("\t")[2] == "core"}
    return [check["id"] for check in json.loads(report.read_text())["checks"]
            if check["id"].startswith(f"{stage}.") and check["id"] in core and check["outcome"] == "passed"]


@pytest.mark.parametrize("stage", range(1, 13))
def test_each_step_runs_and_each_chapter_passes_its_stage(home, states, stage):
    steps = sorted(state for state in states if state[0] == stage)
    for step in steps:
        home.write(states[step])
        with Server(home.build(), home) as server:
            with urllib.request.urlopen(f"http://localhost:{server.port}/") as answer:
                assert answer.status == 200 and b"<!DOCTYPE html>" in answer.read(), f"step {step}"
    status, out, _ = home.grade()
    assert status == 0, out
    assert f"\nStage {stage}: " in out, out
    if stage == 8:
        assert "100 of 100 points" in out


@pytest.mark.parametrize("stage", daily(range(1, 13), [5, 10]))
def test_what_start_makes_passes_the_stages_before_and_fails_this_one(home, stage):
    home.program.write_text("// mine\n")
    status, out, _ = home.grade("--start", stage)
    assert status == 0, out
    kept = re.search(r"Steps/MyChat-\d+", out).group()
    assert (home.root / kept / "main.swift").read_text() == "// mine\n"
    assert f"TODO stage {stage}" in home.program.read_text()
    if stage > 8:     # a program of its own
        status, out, _ = home.grade()
        assert status == 1 and f"\nStage {stage}: " in out, out
    elif stage > 1:
        status, out, _ = home.grade()
        assert status == 0 and f"\nStage {stage - 1}: " in out, out
    assert not core_passed(home, stage)
    report = home.root / "report.json"
    assert json.loads(report.read_text())["provenance"]["start"] == stage


def test_the_page_of_the_last_chapter_works(home, states, open_tab):
    home.write(states[max(state for state in states if state[0] == 8)])
    with Server(home.build(), home) as server:
        url = f"http://localhost:{server.port}"
        tabs = [open_tab(url).page for _ in range(3)]
        for tab, name in zip(tabs, ("Ada", "Grace", "Linus")):
            tab.fill("#nickname", name)
            tab.press("#nickname", "Enter")
            tab.wait_for_function("name => document.querySelector('#online .me')?.textContent === name", arg=name)
        ada, grace, linus = tabs
        ada.fill("#input", "hello")
        grace.wait_for_function("() => document.querySelector('#typing').textContent === 'Ada is typing …'")
        ada.press("#input", "Enter")
        for tab in tabs:
            tab.wait_for_selector("#messages li:has-text('Ada: hello')")
        grace.wait_for_function("() => document.querySelector('#typing').textContent === ''")
        ada.wait_for_selector("#to option[value=Grace]", state="attached")
        ada.select_option("#to", "Grace")
        ada.fill("#input", "psst")
        ada.press("#input", "Enter")
        grace.wait_for_selector("#messages li.private:has-text('Ada → me: psst')")
        ada.wait_for_selector("#messages li.private:has-text('Ada → Grace: psst')")
        grace.close()
        ada.wait_for_selector("#messages li:has-text('Grace left')")
        ada.fill("#input", "still there?")
        ada.press("#input", "Enter")
        ada.wait_for_selector("#messages li:has-text('Not sent: offline')")
        assert "psst" not in linus.inner_text("#messages") and "still there" not in linus.inner_text("#messages")
        if os.environ.get("PICTURES"):
            ada.screenshot(path="/tmp/mychat.png")


# ── What a learner's mistakes look like

def test_a_mistake_is_shown_as_the_learners_own_and_once(home, states):
    home.write(states[4, 2])
    home.program.write_text(home.program.read_text().replace("io.emit(", "io.emitt("))
    status, out, errors = home.grade()
    assert status == 2, out + errors
    assert out.count("error:") == 2  # the line, and the mark below it
    assert out.count("Steps/MyChat/main.swift:") == 1 and "has no member 'emitt'" in out
    for noise in ("Sources/", "Compiling", "emit-module", "/tmp/"):
        assert noise not in out + errors, out + errors


def test_a_crash_is_told_in_plain_words(home, states):
    home.write(states[4, 2])
    home.program.write_text(home.program.read_text().replace(
        "if !text.isEmpty {", "if text.isEmpty { [Int]()[0].description.forEach { print($0) } }\n        if !text.isEmpty {"))
    status, out, _ = home.grade(4)
    assert status == 1
    assert "✗ 4.4" in out and "the program ended meanwhile" in out and "Index out of range" in out, out
    assert "look at line 13 of main.swift" in out, out
    assert "Backtrace" not in out and "0x0" not in out and ".so" not in out, out
    assert "✓ 4.7" in out  # it was started again


def test_a_program_that_forgets_to_run_is_named(home, states):
    home.write(states[4, 2])
    home.program.write_text(home.program.read_text().replace("app.run()", ""))
    status, out, _ = home.grade(4)
    assert status == 1 and "it has ended" in out and "app.run()" in out, out


def change(home, old, new):
    text = home.program.read_text()
    assert old in text
    home.program.write_text(text.replace(old, new))


def test_a_loop_without_an_end_is_told_and_ended(home, states):
    home.write(states[4, 2])
    change(home, "if !text.isEmpty {", "while text.isEmpty {}\n        if !text.isEmpty {")
    status, out, _ = home.grade(4)
    assert status == 1 and out.count("✗") == 1, out
    assert "the program answers nobody" in out and "a loop without an end" in out, out


def test_a_mistake_does_not_hide_behind_an_earlier_stage(home, states):
    home.grade("--start", 1)
    home.write(states[4, 2])
    assert "\nStage 4: " in home.grade()[1]
    change(home, "io.emit(", "socket.emit(")
    status, out, _ = home.grade()
    assert status == 1 and "✗ 4.1" in out and "It was at stage 4 before" in out, out


def test_a_crash_is_told_even_when_the_stages_before_pass(home, states):
    home.grade("--start", 1)
    home.write(states[1, 4])
    change(home, "app.run()", "let io = SocketServer(app)\nio.onConnection { _ in print([Int]()[0]) }\napp.run()")
    status, out, _ = home.grade()
    assert status == 1 and "the program has crashed: look at line" in out, out


@pytest.mark.parametrize("old, new, advice", [
    ('    socket.on("chat message")', '    }\n    socket.on("chat message")', None),
    ("app.run()", 'socket.on("x") { () in }\napp.run()', "inside of `io.onConnection"),
])
def test_what_the_compiler_says_is_explained(home, states, old, new, advice):
    home.write(states[5, 5])
    change(home, old, new)
    status, out, _ = home.grade()
    assert status == 2 and out.count(": error: ") == 1, out
    assert advice is None or advice in out, out


@pytest.mark.parametrize("old, new, advice", [
    ('socket.on("set nickname") {', "socket.on(“set nickname”) {", "sign of another keyboard"),
    ('socket.on("set nickname") {', 'socket.on（"set nickname"） {', "has to be ("),
    ("var nicknames: [Socket.ID: String] = [:]", "", "`nicknames` comes with step 1 of stage 5"),
    ('User(nickname: name))', '["nickname": name, "count": 1])', "emit a struct"),
    ("{ (input: String) -> Reply in", "{ input in", "Say what the handler takes"),
])
def test_more_of_what_the_compiler_says_is_explained(home, states, old, new, advice):
    home.write(states[5, 5])
    change(home, old, new)
    status, out, errors = home.grade()
    assert status == 2 and advice in out, out + errors


def test_a_file_in_another_encoding_is_named(home, states):
    home.write(states[4, 2])
    home.program.write_bytes(home.program.read_bytes() + b'let name = "\xe9t\xe9"\n')
    status, out, _ = home.grade()
    assert status == 2 and "UTF-8 as the encoding" in out, out


def test_the_grader_follows_into_the_next_stage(home, states):
    home.grade("--start", 1)
    home.write(states[3, 3])
    assert "\nStage 3: " in home.grade()[1]
    # The first step of chapter 4, with a slip in it: to be told "print it" would be to be told to go back.
    home.write(states[4, 1])
    change(home, "io.emit(", "socket.emit(")
    status, out, _ = home.grade()
    assert status == 1 and "\nStage 4: " in out and "✗ 3.1" not in out and "✗ 4.1" in out, out
    assert "next: 4.1, " in out.splitlines()[-2] and "--hint 4.1" in out.splitlines()[-1], out
    # Asked for, it is remembered.
    home.write(states[4, 2])
    assert "\nStage 4: " in home.grade()[1]
    home.grade(5)
    status, out, _ = home.grade()
    assert status == 1 and "You asked for stage 5" in out and "✗ 5.1" in out, out


def test_hints_have_three_rungs_and_reports_tell_them(home, states):
    home.write(states[4, 2])
    (home.root / "Steps/MyChat/.progress.json").unlink(missing_ok=True)
    outs = [home.grade("--hint", "4.2")[1] for _ in range(4)]
    assert "Question" in outs[0] and "Where" not in outs[0]
    assert "Where" in outs[1] and "Shape" not in outs[1]
    assert "Shape" in outs[2] and outs[3] == outs[2]
    report = home.root / "report.json"
    home.grade("4.1", "--json", report)
    provenance = json.loads(report.read_text())["provenance"]
    assert provenance["hints"] == {"4.2": 3} and len(provenance["submission"]) == 16


def test_watch_grades_again_when_a_file_has_changed(home, states):
    home.grade("--start", 1)    # nothing is remembered
    home.write(states[3, 3])
    home.build()
    with open(home.root / "watch.log", "w+") as log:
        watch = subprocess.Popen([str(BIN / "grade"), "--watch"], stdout=log, stderr=log, cwd=home.root)
        try:
            wait_for(home.root / "watch.log", "Waiting for a change", 1)
            home.write(states[4, 2])
            wait_for(home.root / "watch.log", "Waiting for a change", 2)
        finally:
            watch.kill()
            watch.wait()
    text = (home.root / "watch.log").read_text()
    assert "\nStage 3: " in text and "\nStage 4: " in text


def wait_for(path, words, count, patience=120):
    import time
    end = time.monotonic() + patience
    while path.read_text().count(words) < count:
        assert time.monotonic() < end, path.read_text()
        time.sleep(0.1)


# ── A class

def test_a_class_becomes_a_table(states, tmp_path):
    folder = tmp_path / "submissions"
    shutil.copytree(states[8, 3], folder / "ada")
    shutil.copytree(states[4, 2], folder / "grace")
    shutil.copytree(states[5, 3], folder / "half")
    shutil.copytree(states[4, 2], folder / "typo")
    (folder / "typo/main.swift").write_text((folder / "typo/main.swift").read_text().replace("io.emit", "io.emitt"))
    shutil.copytree(states[4, 2], folder / "hangs")
    (folder / "hangs/main.swift").write_text("import Engine\nlet app = App()\nwhile true {}\n")
    shutil.copytree(states[1, 4], folder / "crash")
    (folder / "crash/main.swift").write_text((folder / "crash/main.swift").read_text().replace(
        "app.run()", "let io = SocketServer(app)\nio.onConnection { _ in fatalError() }\napp.run()"))
    shutil.copytree(states[9, 8], folder / "nine")
    (folder / "empty").mkdir()
    clone = folder / "clone"
    (clone / "Steps/MyChat").mkdir(parents=True)
    (clone / "Public/mychat").mkdir(parents=True)
    shutil.copy(states[4, 2] / "main.swift", clone / "Steps/MyChat")
    shutil.copy(states[4, 2] / "index.html", clone / "Public/mychat")
    table = tmp_path / "class.csv"
    own = [(ROOT / path).read_bytes() for path in ("Steps/MyChat/main.swift", "Public/mychat/index.html")]
    run = subprocess.run([str(BIN / "grade"), "--class", str(folder), "--csv", str(table), "--seed", "7"],
                         capture_output=True, text=True, timeout=600, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    rows = {row["name"]: row for row in csv.DictReader(table.open())}
    print(table.read_text())
    assert (rows["ada"]["stage"], rows["ada"]["points"]) == ("8", "100")
    assert (rows["grace"]["stage"], rows["grace"]["note"]) == ("4", "")
    nine = rows["nine"]
    assert [nine[name] for name in ("stage", "points", "bonus", "note")] == ["9", "0", "23", ""]
    assert rows["clone"]["submission"] == rows["grace"]["submission"] != rows["ada"]["submission"]
    assert rows["half"]["stage"] == "5" and "5.5" in rows["half"]["note"]
    assert rows["typo"]["points"] == "0" and "has no member 'emitt'" in rows["typo"]["note"]
    assert rows["hangs"]["points"] == "0" and "it waits for something before it listens" in rows["hangs"]["note"]
    assert "look at line" in rows["crash"]["note"] and rows["crash"]["stage"] == "1"
    assert rows["empty"]["note"] == "there is no main.swift"
    # The learner's own MyChat is untouched.
    assert own == [(ROOT / path).read_bytes() for path in ("Steps/MyChat/main.swift", "Public/mychat/index.html")]
