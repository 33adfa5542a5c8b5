"""The cause that a red line names: more than five hundred wrong servers, the mutants and the ordinary mistakes of learners, and
the words that have to be in it. The mistakes are edits of MyChat as the tutorial's steps leave it; all of them are functions
of one program, so that building them takes seconds. The table goes to .build/causes.txt. With every change each sixth is
tried, with --nightly all. `WHOLE=1` grades each as a learner does, with all checks of its stage."""

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from causes.more_mistakes import BROADCAST, CONNECT, EMIT, LETTERS, NAMES, ONLINE, SERVE, TYPING
from causes.fourth_mistakes import FOURTH
from causes.later_mistakes import LATER
from causes.mutants import MUTANTS
from causes.third_mistakes import THIRD
from causes.unseen_mistakes import UNSEEN
from conftest import BIN, ROOT

MISTAKES = SERVE + CONNECT + EMIT + BROADCAST + NAMES + TYPING + ONLINE + LETTERS + UNSEEN + LATER + THIRD + FOURTH
LAST_STEPS = {1: 4, 2: 4, 3: 3, 4: 2, 5: 6, 6: 4, 7: 3, 8: 3}
SHARE = 0.95
SAMPLE = 6
MODULES = ["Engine", "EngineBytes", "EngineIOWire", "EngineSockets", "HTTPWire", "SocketIOEvents", "SocketIOWire", "WebSocketWire",
           "DeflateWire", "WebSocketDeflate"]


def sources(mistake, states):
    """The program and the page with the mistake."""
    stage = int(mistake.check.split(".")[0])
    folder = states / "-".join(map(str, mistake.state or (stage, LAST_STEPS[stage])))
    program, page = (folder / "main.swift").read_text(), (folder / "index.html").read_text()
    text = page if mistake.page else program
    for old, new in ((mistake.old, mistake.new), *mistake.more):
        assert old in text, f"{mistake.check}: {old!r} is not there any more"
        text = text.replace(old, new) if old else text
    return (program, text) if mistake.page else (text, page)


def as_function(number, program):
    """A program as a function: what it says about lines of main.swift stays true."""
    lines = ["" if line.startswith("import ") else line for line in program.splitlines()]
    return "\n".join([
        "import Engine", "import Foundation", f"func mistake{number}() {{", '#sourceLocation(file: "main.swift", line: 1)', *lines,
        "#sourceLocation()", "}", ""])


def compile_swift(folder, name, files):
    objects = [str(path) for module in [*MODULES, "CEngineSockets"] for path in sorted((BIN / f"{module}.build").glob("**/*.o"))]
    run = subprocess.run(
        ["swiftc", "-swift-version", "6", "-default-isolation", "MainActor", "-suppress-warnings", "-Onone", "-g", "-j", "2",
         "-module-name", name, "-I", str(BIN / "Modules"), "-Xcc", f"-fmodule-map-file={BIN / 'CEngineSockets.build/module.modulemap'}",
         "-o", str(folder / name), *map(str, files), *objects], capture_output=True, text=True, timeout=600, cwd=folder)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return folder / name


@pytest.fixture(scope="module")
def built(tmp_path_factory, pytestconfig):
    """Each mistake with its command and its folder of pages."""
    step = 1 if pytestconfig.getoption("--nightly") else SAMPLE
    mistakes = MISTAKES[::step]
    root = tmp_path_factory.mktemp("causes")
    states = root / "states"
    subprocess.run([str(BIN / "Workshop"), "tutorial-steps", str(states)], check=True, cwd=ROOT)
    files, table = [], []
    for number, mistake in enumerate(mistakes):
        program, page = sources(mistake, states)
        public = root / f"pages{number}"
        (public / "mychat").mkdir(parents=True)
        (public / "mychat/index.html").write_text(page)
        shutil.copy(ROOT / "Public/chat.css", public)
        shutil.copy(ROOT / "Public/socket.io.js", public)
        if mistake.alone:
            folder = root / f"alone{number}"
            folder.mkdir()
            (folder / "main.swift").write_text(program)
        else:
            files.append(root / f"m{number}.swift")
            files[-1].write_text(as_function(number, program))
    cases = "\n".join(f'case "{path.stem[1:]}": mistake{path.stem[1:]}()' for path in files)
    (root / "main.swift").write_text(
        f'import Foundation\nswitch ProcessInfo.processInfo.environment["MISTAKE"] {{\n{cases}\ndefault: break\n}}\n')
    alone = [number for number, mistake in enumerate(mistakes) if mistake.alone]
    with ThreadPoolExecutor(2) as pool:
        together = pool.submit(compile_swift, root, "mistakes", [root / "main.swift", *files])
        list(pool.map(lambda number: compile_swift(root / f"alone{number}", "program", [root / f"alone{number}/main.swift"]), alone))
        together.result()
    for number, mistake in enumerate(mistakes):
        program = root / f"alone{number}/program" if mistake.alone else root / "mistakes"
        table.append((mistake.check, program, {"MISTAKE": str(number), "PUBLIC_DIR": str(root / f"pages{number}")}, mistake.cause,
                      mistake.new.strip() or (f"only up to step {mistake.state}" if mistake.state else f"without {mistake.old.strip()}")))
    for name, check, cause in MUTANTS[::step]:
        table.append((check, BIN / "Mutants", {"MUTANT": name, "STAGE": check.split(".")[0]}, cause, name))
    return table


def judge(row):
    check, program, environment, words, what = row
    wanted = check.split(".")[0] if os.environ.get("WHOLE") else check
    run = subprocess.run([str(BIN / "grade"), wanted, "--seed", "7", "--command", f"{program} --port {{port}}"], capture_output=True,
                         text=True, timeout=180, env={**os.environ, **environment}, cwd=ROOT)
    lines = run.stdout.splitlines()
    red = next((line.split()[1] for line in lines if line.startswith("✗")), "none")
    cause = next((line.strip()[10:] for line in lines if line.startswith("    likely")), run.stderr[-200:])
    # With all checks of a stage, an earlier one may find it first.
    is_right = (red == check or "WHOLE" in os.environ) and any(word.lower() in cause.lower() for word in words.split("|"))
    return check, red, is_right, what, words, cause


def test_the_cause_of_a_red_line_is_the_mistake(built):
    with ThreadPoolExecutor(int(os.environ.get("JOBS", "12"))) as pool:
        results = list(pool.map(judge, built))
    table = ["check  right?  mistake → the cause that was named"]
    for check, red, is_right, what, words, cause in results:
        mistake = re.sub(r"\s+", " ", what)[:90]
        wanted = "" if is_right else f" [red: {red}; wanted: {words}]"
        table.append(f"{check:6} {'yes' if is_right else 'NO':7} {mistake} → {cause}{wanted}")
    (ROOT / ".build/causes.txt").write_text("\n".join(table) + "\n")
    print("\nThe whole table is in .build/causes.txt. What was not named right:")
    print("\n".join(line for line in table if line[7:9] == "NO") or "nothing")
    for stage in range(1, 9):
        mine = [result[2] for result in results if result[0].startswith(f"{stage}.")]
        print(f"stage {stage}: {sum(mine)} of {len(mine)}")
        assert mine, f"no mistake of stage {stage} was tried"
    right = sum(result[2] for result in results)
    print(f"{right} of {len(results)} causes are right: {right / len(results):.1%}")
    assert right / len(results) >= SHARE
