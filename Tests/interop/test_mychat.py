"""What `grade` does with MyChat, in a copy of its own: a learner's mistakes, hints, --watch, a class."""

import csv
import json
import shutil
import subprocess
import time

import pytest

from conftest import BIN, ROOT
from mychat import home, states  # noqa: F401


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
