"""A class of programs that mean harm, and of things that are no programs: the table is complete and true,
twice, the two good ones among them have their points, and nothing that was started is left. With every change
some of them are tried, once; with --nightly all."""

import csv
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time

import pytest

from conftest import BIN, ROOT

HOSTILE = pathlib.Path(__file__).parent / "hostile"
PAGE = ROOT / "Public/step1/index.html"
# The marks of what the hostile programs start, in their command lines.
TRACES = ["1000.25", "1000.5"]

# One of each kind of harm: they are tried with every change.
DAILY = ["Good", "LoopsBeforeListening", "Forks", "Prints", "KillsParents", "Execs", "ForgesARow", "WritesOutside", "CallsOut",
         "LeavesADaemon", "Crashes"]

STAGE_1 = ("1", "6")
NOTHING = ("1", "0")
# Name → stage, points, words of the note.
PROGRAMS = {
    "Good": (*STAGE_1, ""),
    "LoopsBeforeListening": (*NOTHING, "waits for something before it listens"),
    "LoopsInAPage": ("1", "1", "a handler does not end"),
    "LoopsAtAConnection": (*STAGE_1, "a handler does not end"),
    "Forks": (*STAGE_1, ""),
    "Prints": (*NOTHING, "more than 10 MB"),
    "PrintsErrors": (*NOTHING, "more than 10 MB"),
    "Hoards": (*NOTHING, "failed: 1.1"),
    "KillsParents": (*STAGE_1, ""),
    "KillsItsGroup": (*NOTHING, "failed: 1.1"),
    "Execs": (*NOTHING, "failed: 1.1"),
    "ForgesARow": (*STAGE_1, ""),
    "ExitsAtAConnection": (*STAGE_1, "the program has ended"),
    "ExitsAtOnce": (*NOTHING, "comes to its end"),
    "ClosesDescriptors": (*STAGE_1, ""),
    "OpensDescriptors": (*STAGE_1, ""),
    "WritesOutside": (*STAGE_1, ""),
    "ReadsOthers": (*STAGE_1, ""),
    "DeletesItself": (*STAGE_1, ""),
    "NamesAnotherPort": (*NOTHING, "failed: 1.1"),
    "CallsOut": (*STAGE_1, ""),
    "IgnoresSignals": (*STAGE_1, ""),
    "LeavesADaemon": (*STAGE_1, ""),
    "FillsTheDisk": (*STAGE_1, ""),
    "TakesLongToCompile": ("0", "0", "the compiler ended without an error in it"),
    "Crashes": (*STAGE_1, "look at line"),
}
OTHERS = {
    "link": ("0", "0", "a link is not followed"),
    "link-inside": ("0", "0", "main.swift is a link"),
    "ada.zip": ("0", "0", "an archive"),
    "ada.swift": ("0", "0", "a file"),
    "empty": ("0", "0", "there is no main.swift"),
    "bad\ufffdname": ("0", "0", "its name is not UTF-8"),
    "pipe": ("0", "0", "there is no main.swift"),
    "large": ("0", "0", "more than"),
    "bytes": ("0", "0", "not UTF-8"),
    "typo": ("0", "0", "does not compile"),
    ".hidden": (*STAGE_1, ""),
    "'=cmd()|'!A0": (*STAGE_1, ""),
    'a "quoted", name': (*STAGE_1, ""),
    "two lines": (*STAGE_1, ""),
    "'-rf": (*STAGE_1, ""),
    "Zoe": ("8", "100", ""),
}


def hand_in(folder, name, text):
    (folder / name).mkdir(parents=True)
    (folder / name / "main.swift").write_text(text)
    shutil.copy(PAGE, folder / name / "index.html")


def make_class(folder, port, programs):
    good = (HOSTILE / "Good.swift").read_text()
    for name in programs:
        text = (HOSTILE / f"{name}.swift").read_text()
        hand_in(folder, name, text.replace("DIRECTORY", str(folder.parent)).replace("PORT", str(port)))
    for name in [".hidden", "=cmd()|'!A0", 'a "quoted", name', "two\nlines", "-rf"]:
        hand_in(folder, name, good)
    hand_in(folder, "Zoe", (ROOT / "Steps/8-PrivateMessages/main.swift").read_text().replace('"step8"', '"mychat"'))
    shutil.copy(ROOT / "Public/step8/index.html", folder / "Zoe")
    hand_in(folder, "typo", good.replace("app.run", "app.runn"))
    hand_in(folder, "large", good + "// " + "x" * 1_000_000)
    hand_in(folder, "bytes", "")
    (folder / "bytes/main.swift").write_bytes(b"// \xff\xfe\nimport Engine\n")
    (folder / "empty").mkdir()
    os.mkdir(os.fsencode(folder) + b"/bad\xffname")
    (folder / "pipe").mkdir()
    os.mkfifo(folder / "pipe/main.swift")
    (folder / "link").symlink_to(folder / "Zoe")
    (folder / "link-inside").mkdir()
    (folder / "link-inside/main.swift").symlink_to(folder / "Zoe/main.swift")
    (folder / "ada.zip").write_bytes(b"PK\x03\x04")
    (folder / "ada.swift").write_text(good)


def processes(graders):
    """The command lines of this machine that have one of the traces. A grader's folder has its number in its name."""
    traces = TRACES + [f"grade-class-{grader}-" for grader in graders]
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if any(trace in line for trace in traces):
            found.append(line)
    return found


def grade(folder, table, *words):
    grader = subprocess.Popen([str(BIN / "grade"), "--class", str(folder), "--csv", str(table), "--seed", "7", *words],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
                              env={**os.environ, "SECRET": "1"})
    out, errors = grader.communicate(timeout=300)
    return subprocess.CompletedProcess(grader.pid, grader.returncode, out, errors)


def rows(table):
    with table.open(newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


@pytest.fixture
def listener():
    """A server of this machine that no submission has business with."""
    calls = []
    server = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                calls.append(server.accept()[1])
            except OSError:
                return
    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], calls
    server.close()


def test_a_hostile_class_gets_a_complete_and_true_table(tmp_path, listener, pytestconfig):
    port, calls = listener
    folder = tmp_path / "submissions"
    is_nightly = pytestconfig.getoption("--nightly")
    programs = PROGRAMS if is_nightly else {name: PROGRAMS[name] for name in DAILY}
    make_class(folder, port, programs)
    for number in (1, 2) if is_nightly else (1,):
        table = tmp_path / f"{number}" / "class.csv"
        table.parent.mkdir()
        begin = time.monotonic()
        run = grade(folder, table)
        found = rows(table)
        print(f"{time.monotonic() - begin:.0f} s")
        for name, row in found.items():
            print(f"{name!r}: stage {row['stage']}, {row['points']} points; {row['note'][:150]}")
        assert run.returncode == 0, run.stdout + run.stderr
        expected = {**programs, **OTHERS}
        assert set(found) == set(expected)
        wrong = {
            name: row for name, row in found.items()
            if (row["stage"], row["points"]) != expected[name][:2] or expected[name][2] not in row["note"]
        }
        assert not wrong
        assert not list(tmp_path.rglob("escaped")) and not list(pathlib.Path("/tmp").glob("escaped-from-a-class"))
        assert not processes([run.args])
        assert not list(pathlib.Path(tempfile.gettempdir()).glob(f"grade-class-{run.args}-*"))
        if "the network is the machine's" not in run.stdout:
            assert not calls


@pytest.mark.nightly
def test_two_classes_at_once_do_not_disturb_each_other_and_an_ended_grader_leaves_a_whole_table(tmp_path):
    good = (HOSTILE / "Good.swift").read_text()
    for name in ["one", "two"]:
        hand_in(tmp_path / name, f"{name}-good", good)
        hand_in(tmp_path / name, f"{name}-loops", (HOSTILE / "LoopsBeforeListening.swift").read_text())
    hand_in(tmp_path / "ended", "first", good)
    for number in range(3):
        hand_in(tmp_path / "ended", f"loops{number}", (HOSTILE / "LoopsBeforeListening.swift").read_text())
    runs = {}
    for name in ["one", "two", "ended"]:
        table = tmp_path / f"{name}.csv"
        runs[name] = table, subprocess.Popen([str(BIN / "grade"), "--class", str(tmp_path / name), "--csv", str(table)],
                                             stdout=subprocess.DEVNULL, cwd=ROOT)
    table, ended = runs.pop("ended")
    deadline = time.monotonic() + 120
    while not (table.exists() and rows(table)["first"]["points"] == "6"):
        assert ended.poll() is None and time.monotonic() < deadline
        time.sleep(0.1)
    ended.kill()
    ended.wait()
    left = {name: row["points"] for name, row in rows(table).items()}
    assert list(left) == ["first", "loops0", "loops1", "loops2"] and left["first"] == "6" and left["loops2"] == ""
    for name, (table, run) in runs.items():
        assert run.wait(timeout=120) == 0
        assert {row["name"]: row["points"] for row in rows(table).values()} == {f"{name}-good": "6", f"{name}-loops": "0"}
    graders = [ended.pid, *(run.pid for _, run in runs.values())]
    while processes(graders):
        assert time.monotonic() < deadline, processes(graders)
        time.sleep(0.1)


def test_a_table_that_cannot_be_written_is_told_before_anything_is_graded(tmp_path):
    hand_in(tmp_path / "class", "good", (HOSTILE / "Good.swift").read_text())
    run = grade(tmp_path / "class", tmp_path / "nowhere" / "class.csv")
    assert run.returncode == 3 and "Building" not in run.stdout
    missing = grade(tmp_path / "no class", tmp_path / "class.csv")
    assert missing.returncode == 3 and f"there is no folder {tmp_path}/no class" in missing.stderr
    assert f"the table could not be written: {tmp_path}/nowhere/class.csv: " in run.stderr and "Domain" not in run.stderr


@pytest.mark.parametrize("words", [["5.1"], ["--command", "x"], ["--subject", "x"], ["--json", "x"], ["--junit", "x"], ["--watch"]])
def test_what_is_for_one_program_is_refused_for_a_class(tmp_path, words):
    run = grade(tmp_path, tmp_path / "class.csv", *words)
    assert run.returncode == 3 and "--class does not go with" in run.stderr
