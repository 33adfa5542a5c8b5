"""The grader, as teachers use it: it has to find a right server right, whoever wrote it, and a wrong one
wrong, and say so in plain words."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import BIN, ROOT, daily

CHAT = f"{sys.executable} {pathlib.Path(__file__).parent / 'python_chat.py'}"
BONUS_CHAT = f"{sys.executable} {pathlib.Path(__file__).parent / 'python_bonus.py'}"
STAGES = list(range(1, 9))
# Those beyond the eight, each with what its mutants are made from.
BONUS = {9: "SignInChat", 10: "RoomsChat", 11: "JournalChat", 12: "GroupChat"}


PINGS = "--ping-interval {pingInterval} --ping-timeout {pingTimeout}"


def grade(*words, **environment):
    run = subprocess.run([str(BIN / "grade"), *map(str, words)], capture_output=True, text=True, timeout=120,
                         env={**os.environ, **environment})
    return run.returncode, run.stdout, run.stderr


@pytest.mark.parametrize("stage", daily(STAGES, [5, 8]))
def test_a_chat_on_another_server_passes(stage):
    status, out, _ = grade(stage, "--command", f"{CHAT} --stage {stage} --port {{port}} {PINGS}")
    assert status == 0, out
    assert "✗" not in out and "–" not in out


@pytest.mark.parametrize("stage", [9, 10, 11])
def test_a_bonus_stage_on_another_server_passes(stage):
    status, out, _ = grade(stage, "--command", f"{BONUS_CHAT} --stage {stage} --port {{port}}")
    assert status == 0, out
    assert "✗" not in out and "–" not in out and "bonus points" in out


def test_without_placeholders_the_heartbeat_is_not_judged():
    status, out, _ = grade(2, "--command", f"{CHAT} --stage 2 --port {{port}}")
    assert status == 0
    assert "– 2.10" in out and "{pingInterval} and {pingTimeout}" in out


@pytest.mark.nightly     # the suite of Swift tests does it with one seed
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("stage", [*STAGES, *BONUS])
def test_each_finished_stage_passes(stage, seed):
    status, out, _ = grade(stage, "--subject", f"Step{stage}", "--seed", seed)
    assert status == 0, out


@pytest.mark.nightly
@pytest.mark.parametrize("stage", [*STAGES[1:], *BONUS])
def test_the_stage_before_does_not_pass(stage):
    status, out, _ = grade(stage, "--subject", f"Step{stage - 1}")
    assert status == 1
    assert f"✗ {stage}." in out


# ── The kill table: each wrong server fails at the check that is named for it, and at no other before

def mutant(words):
    name, check = words
    stage = check.split(".")[0]
    status, out, _ = grade(check, "--command", f"{BIN / 'Mutants'} --port {{port}}", MUTANT=name, STAGE=stage)
    failed = [line.split()[1] for line in out.splitlines() if line.startswith("✗")]
    arrived = next((line.strip() for line in out.splitlines() if line.startswith("    arrived")), "")
    return name, check, failed == [check] and status == 1, f"{failed} {arrived}"


def test_each_mutant_dies_at_the_check_named_for_it(pytestconfig):
    """With every change each third of them, every night all."""
    names = subprocess.run([str(BIN / "Mutants"), "--list"], capture_output=True, text=True).stdout.splitlines()
    for stage in [*STAGES, *BONUS]:
        assert sum(name.split()[1].startswith(f"{stage}.") for name in names) >= 4, f"stage {stage} needs more mutants"
    if not pytestconfig.getoption("--nightly"):
        names = names[::3]
    with ThreadPoolExecutor(3) as pool:
        table = list(pool.map(mutant, [line.split() for line in names]))
    # A race may not happen beside others: who survives is tried again, alone.
    table = [row if row[2] else mutant(names[number].split()) for number, row in enumerate(table)]
    for name, check, died, arrived in table:
        print(f"{check:5} {'killed' if died else 'SURVIVED'} {name}: {arrived[:100]}")
    assert not [f"{name} at {check}: {arrived}" for name, check, died, arrived in table if not died]


@pytest.mark.parametrize("stage", STAGES)
def test_what_the_mutants_are_made_from_passes(stage):
    status, out, _ = grade(stage, "--command", f"{BIN / 'Mutants'} --port {{port}}", STAGE=str(stage))
    assert status == 0, out


@pytest.mark.parametrize("stage, name", BONUS.items())
def test_what_the_mutants_of_a_bonus_stage_are_made_from_passes(stage, name):
    status, out, _ = grade(stage, "--command", f"{BIN / 'Mutants'} --port {{port}}", MUTANT=name)
    assert status == 0, out


@pytest.mark.parametrize("name", [f"Step{stage}" for stage in [2, 8, *BONUS]])
def test_grade_finds_the_stage_of_a_program(name):
    status, out, _ = grade("--subject", name)
    assert status == 0 and f"\nStage {name[4:]}: " in out, out


# ── What the engine does: a right stage with a wrong byte

TAMPERED = [
    ("1.2", "charset=utf-8", "charset=koi8r"), ("1.3", "text/css", "text/xxx"), ("1.4", "404 Not Found", "200 Not Found"),
    ("1.6", "405 Method", "200 Method"), ("1.9", "400 Bad Request", "200 Bad Request"),
    ("2.1", "io(", "ie("), ("2.2", "text/javascript", "text/javascrapt"), ("2.6", "pingInterval", "pongInterval"),
    ("2.7", "400 Bad Request", "200 Bad Request"), ("2.8", "3probe", "3prob3"), ("2.9", "44/nowhere", "40/nowhere"),
]


@pytest.mark.parametrize("check, old, new", TAMPERED)
def test_a_wrong_byte_is_found(check, old, new):
    relay = pathlib.Path(__file__).parent / "relay.py"
    command = (f"{sys.executable} {relay} --port {{port}} --program {BIN / ('Step' + check[0])} "
               f"--replace '{old}' --by '{new}'")
    status, out, _ = grade(check, "--command", command)
    assert status == 1 and f"✗ {check} " in out, out


PYTHON = f"{sys.executable} -c"
# Stages 1 and 2 without an engine: what each gets wrong is one thing that an engine does.
PAGES = """\"
import http.server as h, sys, urllib.parse
class H(h.BaseHTTPRequestHandler):
    protocol_version = '{version}'
    def do_GET(self):
        path = urllib.parse.unquote(self.path)
        path = '/step1/index.html' if path == '/' else path
        try: body = open('Public' + path, 'rb').read(); status = 200
        except OSError: body = b''; status = 404
        self.send_response(status); self.send_header('Content-Type', 'text/css' if 'css' in path else 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
    do_HEAD = {head}
h.ThreadingHTTPServer(('127.0.0.1', {port}), H).serve_forever()\""""


def pages(version="HTTP/1.1", head="do_GET"):
    return f"{PYTHON} " + PAGES.replace("{version}", version).replace("{head}", head)


WITHOUT_ENGINE = [
    ("1.5", pages()),                           # the answer to HEAD has a body
    ("1.7", pages()),                           # a path leads out of the folder
    ("1.8", pages(version="HTTP/1.0")),         # each answer closes the connection
]


@pytest.mark.parametrize("check, command", WITHOUT_ENGINE, ids=[check for check, _ in WITHOUT_ENGINE])
def test_what_an_engine_gets_wrong_is_found(check, command):
    status, out, _ = grade(check, "--command", command)
    failed = [line.split()[1] for line in out.splitlines() if line.startswith("✗")]
    assert status == 1 and failed == [check], out


@pytest.mark.parametrize("check, mutant", [("2.10", "PingsTooLate"), ("2.11", "WaitsForEver")])
def test_a_wrong_heartbeat_is_found(check, mutant):
    options = {"PingsTooLate": ["--ping-interval 60000"], "WaitsForEver": ["--ping-interval {pingInterval} --ping-timeout 60000"]}
    command = f"{BIN / 'Mutants'} --port {{port}} {options[mutant][0]} # {{pingInterval}} {{pingTimeout}}"
    status, out, _ = grade(check, "--command", command, STAGE="2")
    assert status == 1 and f"✗ {check}" in out, out


@pytest.mark.parametrize("closes, expected", [(1, 0), (99, 1)])
def test_a_grader_that_was_late_tries_again_and_not_for_ever(closes, expected):
    server = pathlib.Path(__file__).parent / "closing_server.py"
    status, out, _ = grade("2.10", "--command", f"{sys.executable} {server} --port {{port}} --closes {closes} "
                                                "# {pingInterval} {pingTimeout}")
    assert status == expected, out
    assert expected == 0 or "the end of the WebSocket" in out


# Small wrong servers: what they are, and what has to be said about them.
SILENT = f"{sys.executable} -c \"import socket; s = socket.create_server(('127.0.0.1', {{port}})); import time; time.sleep(60)\""
STATIC = f"{sys.executable} -m http.server --bind 127.0.0.1 --directory Public/step1 {{port}}"


ECHO = (f"{sys.executable} -c \"import socketserver as s\n"
        "class H(s.BaseRequestHandler):\n"
        "  def handle(self):\n    while data := self.request.recv(65536): self.request.sendall(data)\n"
        "s.ThreadingTCPServer(('127.0.0.1', {port}), H).serve_forever()\"")


def test_an_echo_passes_nothing_from_stage_2_on():
    status, out, _ = grade(2, "--command", ECHO)
    assert status == 1
    assert not [line for line in out.splitlines() if line.startswith("✓ 2.")], out


NOISE = ECHO.replace("sendall(data)", "sendall(b'HTTP/1.1 101 x\\r\\nContent-Length: -9\\r\\n\\r\\n' + random.randbytes(500))").replace(
    "import socketserver as s", "import random, socketserver as s")


def test_noise_does_not_end_the_grader():
    status, out, errors = grade(2, "--command", NOISE)
    assert status == 1, (out, errors)


def test_a_static_server_passes_nothing_from_stage_2_on():
    status, out, _ = grade(2, "--command", STATIC)
    assert status == 1
    assert not [line for line in out.splitlines() if line.startswith("✓ 2.")]


def test_a_program_that_never_answers_is_named():
    status, out, _ = grade(2, "--command", SILENT)
    assert status == 1
    assert "it runs, and listens nowhere" in out
    assert "not run because the program does not listen" in out


def test_a_program_that_ends_at_once_is_named_with_its_last_words():
    status, out, _ = grade(1, "--command", "sh -c 'echo oops >&2; exit 7'")
    assert status == 1
    assert "it has ended" in out and "oops" in out


def test_a_program_that_crashes_in_a_check_is_named_and_started_again():
    crash = (f"{sys.executable} -c \"import http.server as h\n"
             "class H(h.SimpleHTTPRequestHandler):\n"
             "  def do_POST(self):\n    import os, sys; sys.stderr.write('last words'); sys.stderr.flush(); os._exit(1)\n"
             "  def __init__(self, *a): super().__init__(*a, directory='Public/step1')\n"
             "h.ThreadingHTTPServer(('127.0.0.1', {port}), H).serve_forever()\"")
    status, out, _ = grade(1, "--command", crash)
    assert status == 1
    assert "the program ended meanwhile" in out and "last words" in out
    assert "✓ 1.4" in out


def test_one_cause_is_told_once(tmp_path):
    status, out, _ = grade(2, "--subject", "Step1")
    assert status == 1 and "✗ 2.1" in out and "does not load the client" in out, out
    # With a page that connects, the server is what is missing: told at 2.1, and not again.
    (tmp_path / "step1").mkdir()
    shutil.copy(ROOT / "Public/step2/index.html", tmp_path / "step1")
    shutil.copy(ROOT / "Public/chat.css", tmp_path)
    status, out, _ = grade(2, "--command", f"env PUBLIC_DIR={tmp_path} {BIN / 'Step1'} --port {{port}}")
    assert status == 1 and out.count("✗") == 1 and "✗ 2.1" in out and "there is no Socket.IO server" in out, out
    assert "– 2.3" in out and "not run because 2.1 did not pass" in out, out


def test_what_the_server_says_stands_under_the_red_line():
    status, out, _ = grade("3.1", "--command", f"{BIN / 'Mutants'} --port {{port}}", MUTANT="WrongEventName", STAGE="3")
    assert status == 1 and '    server    the event "chat message" reached no handler' in out, out


CHUNKED = f"""{PYTHON} \"
import http.server as h
class H(h.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Transfer-Encoding', 'chunked'); self.end_headers()
        for part in (b'<!DOCTYPE html>', b'<p>in two chunks</p>'):
            self.wfile.write(b'%x\\r\\n%s\\r\\n' % (len(part), part))
        self.wfile.write(b'0\\r\\n\\r\\n')
h.ThreadingHTTPServer(('127.0.0.1', {{port}}), H).serve_forever()\""""


def test_a_body_in_chunks_is_read():
    status, out, _ = grade("1.2", "--command", CHUNKED)
    assert status == 0, out


def test_reports_for_programs(tmp_path):
    status, _, _ = grade("5.1", "--subject", "Step4", "--json", tmp_path / "a.json", "--junit", tmp_path / "a.xml")
    assert status == 1
    report = json.loads((tmp_path / "a.json").read_text())
    assert report["stage"] == 5 and report["checks"][0]["outcome"] == "failed"
    assert report["checks"][0]["expected"].startswith("an acknowledgement")
    suite = xml.etree.ElementTree.parse(tmp_path / "a.xml").getroot()
    assert suite.get("failures") == "1"


@pytest.mark.parametrize("words", [["99"], ["0"], ["x"], ["5", "--seed"], ["--subject", "a", "--command", "b"], ["--csv", "x"]])
def test_a_wrong_command_is_explained(words):
    status, _, errors = grade(*words)
    assert status == 3
    assert "swift run grade [STAGE" in errors


def test_an_unknown_check_is_told():
    status, _, errors = grade("5.99")
    assert status == 3 and "--list shows all" in errors


def test_plain_output_has_words_for_signs():
    status, out, _ = grade("4.1", "--subject", "Step3", "--plain")
    assert status == 1
    assert out.splitlines()[1].startswith("FAILED 4.1") and "█" not in out and "✗" not in out


def test_the_frame_at_fault_is_marked():
    status, out, _ = grade("5.5", "--command", f"{BIN / 'Mutants'} --port {{port}}", MUTANT="ComparesLetterByLetter", STAGE="5")
    marked = [line for line in out.splitlines() if line.endswith("<-- here")]
    assert status == 1 and len(marked) == 1 and '"ok":true' in marked[0], out
