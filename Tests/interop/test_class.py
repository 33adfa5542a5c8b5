"""What a teacher gets of a class: points that a single slip does not take away, columns that tell what was
given and which are alike, and reports in the forms that other programs read."""

import csv
import html.parser
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree

import pytest

from conftest import BIN, ROOT

CHAT = (ROOT / "Steps/8-PrivateMessages/main.swift").read_text().replace('"step8"', '"mychat"')
SAYING = (ROOT / "Steps/4-Broadcast/main.swift").read_text().replace('"step4"', '"mychat"')
OWN = """
import Engine
let app = App(pages: "mychat")
let io = SocketServer(app)
final class Registry {
    private var table: [String: (name: String, since: Int)] = [:]
    func add(_ id: String, _ name: String) -> Bool {
        for (key, value) in table where value.name.lowercased() == name.lowercased() && key != id { return false }
        table[id] = (name, table.count + 1)
        return true
    }
    func find(_ id: String) -> String? { table[id]?.name }
    func drop(_ id: String) { table.removeValue(forKey: id) }
    func all() -> [String] { table.values.map { $0.name }.sorted { $0 < $1 } }
}
let registry = Registry()
io.onConnection { socket in
    print("a user connected")
    socket.onDisconnect { reason in registry.drop(socket.id); print("a user disconnected: \\(reason)") }
}
app.run()
"""


def hand_in(folder, name, text, **more):
    (folder / name).mkdir(parents=True)
    (folder / name / "main.swift").write_text(text)
    shutil.copy(ROOT / "Public/step8/index.html", folder / name / "index.html")
    for file, content in more.items():
        (folder / name / file.replace("_", ".")).write_text(content)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class, graded once for all tests."""
    home = tmp_path_factory.mktemp("class")
    folder = home / "submissions"
    hand_in(folder, "whole", CHAT)
    (folder / "whole/.progress.json").write_text(json.dumps({"start": 4, "hints": {"5.5": 3, "6.1": 1}}))
    hand_in(folder, "slip", CHAT.replace("return Reply(nickname: name)", "return Reply()"))
    hand_in(folder, "slip-in-typing", CHAT.replace('emit("typing"', 'emit("typin"'))
    hand_in(folder, "slip-in-saying", SAYING.replace("io.emit(", "socket.emit("))
    hand_in(folder, "own", OWN)
    # Other names, in two files.
    copied = OWN.replace("Registry", "Book").replace("registry", "book").replace("table", "entries")
    start, end = copied.index("final class"), copied.index("let book")
    hand_in(folder, "copied", copied[:start] + copied[end:], Book_swift=copied[start:end])
    hand_in(folder, "<b>typo", "import Engine\nlet app = Ap()\n")
    table, book, reports = home / "class.csv", home / "book.csv", home / "reports"
    run = subprocess.run([str(BIN / "grade"), "--class", str(folder), "--csv", str(table), "--gradebook", str(book), "--bom",
                          "--reports", str(reports), "--seed", "7"], capture_output=True, text=True, timeout=300, cwd=ROOT)
    assert run.returncode == 0, run.stdout + run.stderr
    assert table.read_bytes().startswith(b"\xef\xbb\xbf") and book.read_bytes().startswith(b"\xef\xbb\xbf")
    read = lambda file: {row["name"]: row for row in csv.DictReader(file.open(encoding="utf-8-sig", newline=""))}
    print(table.read_text())
    return read(table), read(book), reports


def test_one_slip_does_not_take_what_comes_after_it(graded):
    rows, _, _ = graded
    assert (rows["whole"]["stage"], rows["whole"]["points"]) == ("8", "100")
    assert rows["slip"]["stage"] == "8" and int(rows["slip"]["points"]) > 80 and "failed: 5.1" in rows["slip"]["note"]
    assert rows["slip-in-typing"]["stage"] == "8" and int(rows["slip-in-typing"]["points"]) > 80
    assert rows["slip-in-saying"]["stage"] == "4" and "goes back to its sender only" in rows["slip-in-saying"]["note"]
    assert rows["own"]["stage"] == "2" and rows["own"]["next"].startswith("3.1: expected the printed line")


def test_what_was_given_counts_half(graded):
    rows, _, _ = graded
    assert (rows["whole"]["start"], rows["whole"]["hints"], rows["whole"]["earned"]) == ("4", "4", "91.5")
    assert rows["own"]["earned"] == rows["own"]["points"] and rows["own"]["start"] == ""


def test_a_copy_with_other_names_in_two_files_is_found_and_the_course_is_not_a_copy(graded):
    rows, _, _ = graded
    assert int(re.fullmatch(r"copied (\d+) %", rows["own"]["similar"]).group(1)) > 80
    assert rows["copied"]["points"] == rows["own"]["points"] == "15"
    assert rows["whole"]["given"] == "100" and rows["whole"]["similar"] == "" and int(rows["own"]["given"]) < 30


def test_a_gradebook_has_the_points_of_each_stage(graded):
    rows, book, _ = graded
    for name, row in book.items():
        assert sum(int(row[f"stage {number}"]) for number in range(1, 9)) == int(row["total"]) == int(rows[name]["points"])
    assert int(book["slip-in-typing"]["stage 6"]) < int(book["whole"]["stage 6"])


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.links = [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def test_each_entry_has_a_page_that_stands_alone(graded):
    rows, _, reports = graded
    listed = Page((reports / "index.html").read_text())
    assert len(listed.links) == len(rows) == len(list(reports.glob("*/index.html")))
    for link in listed.links:
        page = Page((reports / link).read_text())
        assert "script" not in page.tags and not page.links
    [slip] = reports.glob("*-slip/index.html")
    page = Page(slip.read_text())
    assert "Stage 8: " in page.text and "first 5.1" in page.text and "likely" in page.text and "what was sent" in page.text
    [typo] = reports.glob("*--b-typo/index.html")
    assert "does not compile: main.swift:2" in Page(typo.read_text()).text and "b" not in Page(typo.read_text()).tags


# What Jenkins' junit-10.xsd and GitLab's parser know.
ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"},
    "testcase": {"name", "assertions", "time", "classname", "status"},
    "skipped": {"message", "type"}, "failure": {"message", "type"}, "error": {"message", "type"},
}
CHILDREN = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"skipped", "failure", "error"}}


def check_junit(file):
    root = xml.etree.ElementTree.parse(file).getroot()
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.keys()) <= ATTRIBUTES[element.tag], element.tag
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        if element.tag != "testsuites" and "time" in ATTRIBUTES[element.tag]:
            assert float(element.get("time")) >= 0
    [suite] = root
    cases = list(suite)
    assert int(suite.get("tests")) == len(cases)
    for attribute, tag in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]:
        assert int(suite.get(attribute)) == sum(case.find(tag) is not None for case in cases)
    return suite


def test_the_files_for_programs_are_as_they_expect(graded):
    rows, _, reports = graded
    for folder in filter(lambda path: path.is_dir(), reports.iterdir()):
        suite = check_junit(folder / "junit.xml")
        report = json.loads((folder / "result.json").read_text())
        scope = json.loads((folder / "results.json").read_text())
        assert scope["score"] == report["points"] == sum(test["score"] for test in scope["tests"])
        assert all(test["status"] in ("passed", "failed") and test["score"] <= test["max_score"] for test in scope["tests"])
        if folder.name.endswith("-slip"):
            failed = next(check for check in report["checks"] if check["id"] == "5.1")
            assert failed["cause"] and failed["expected"] and failed["transcript"]
            skipped = next(check for check in report["checks"] if check["outcome"] == "skipped")
            assert skipped["reason"].startswith("not run because")
            assert sum(check.get("milliseconds", 0) for check in report["checks"]) > 0 and float(suite.get("time")) > 0
        if "typo" in folder.name:
            assert suite.get("errors") == "1" and report["problem"].startswith("does not compile")
            assert scope["score"] == 0 and "does not compile" in scope["output"]


def test_a_single_program_has_the_same_files(tmp_path):
    subprocess.run([str(BIN / "grade"), "5.1", "--subject", "Step4", "--junit", str(tmp_path / "a.xml"),
                    "--gradescope", str(tmp_path / "results.json")], capture_output=True, timeout=120, cwd=ROOT)
    assert check_junit(tmp_path / "a.xml").get("failures") == "1"
    assert json.loads((tmp_path / "results.json").read_text())["tests"][0]["status"] == "failed"


# ── What a teacher gives out

def test_the_summary_of_the_workflow_has_the_points_and_no_style(graded, tmp_path):
    _, _, reports = graded
    [slip] = reports.glob("*-slip")
    shutil.copytree(slip, tmp_path / "reports/01-student")
    workflow = (ROOT / ".github/workflows/grade.yml").read_text()
    step = workflow[workflow.index("id: summary"):]
    script = "\n".join(line[10:] for line in step[step.index("run: |"):step.index("- uses:")].splitlines()[1:])
    summary, output = tmp_path / "summary", tmp_path / "output"
    run = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True,
                         env={"PATH": "/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)})
    points = json.loads((slip / "result.json").read_text())["points"]
    assert run.returncode == 0 and output.read_text() == f"points={points}\n" and f"::{points}\n" in run.stdout
    assert "<h1>slip</h1>" in summary.read_text() and "color-scheme" not in summary.read_text()


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    folder = tmp_path_factory.mktemp("give") / "out"
    run = subprocess.run([str(BIN / "grade"), "--assignment", str(folder)], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return folder


def test_what_is_given_out_has_no_solution_in_it(assignment):
    assert not list(assignment.glob("Steps/[0-9]*")) and not list(assignment.glob("Public/step*"))
    assert not (assignment / "Sources/Course/Mutants").exists() and not (assignment / "Tests").exists()
    for name in ["Steps/8-PrivateMessages/main.swift", "Public/step8/index.html"]:
        assert name in (assignment / "SOLUTIONS.sha256").read_text()
    # No statement of a stage's handlers stands in what is left of the tutorial's Swift.
    blocks = re.findall(r"```swift\n(.*?)```", (assignment / "TUTORIAL.md").read_text(), re.DOTALL)
    given = {line.strip() for line in "\n".join(blocks[4:]).splitlines()}
    solution = (ROOT / "Steps/8-PrivateMessages/main.swift").read_text().splitlines()
    statements = {line.strip() for line in solution if line.startswith("        ") and len(line.strip()) > 12 and "{" not in line}
    assert len(statements) > 15 and not given & statements
    assert any("(input: String) -> Reply in" in line for line in given)


def test_what_is_given_out_is_a_package_with_a_workflow(assignment):
    run = subprocess.run(["swift", "package", "describe", "--type", "json"], cwd=assignment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    targets = {target["name"] for target in json.loads(run.stdout)["targets"]}
    assert {"MyChat", "Engine", "grade"} <= targets and not any(name.startswith("Step") for name in targets)
    assert "uses: TEACHER/COURSE" in (assignment / ".github/workflows/grade.yml").read_text()
    run = subprocess.run([str(BIN / "grade"), "--start", "3"], cwd=assignment, capture_output=True, text=True)
    assert run.returncode == 3 and "no solutions" in run.stderr
