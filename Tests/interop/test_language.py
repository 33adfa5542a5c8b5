"""The grader in Chinese, as a learner meets it: to the last red line, and in no file that a program reads unless
it is asked for. That each sentence has a translation is tested in Tests/RunnerTests/LanguageTests.swift."""

import json
import os
import pty
import re
import signal
import subprocess

import pytest

from conftest import BIN, ROOT, OrderedSocketIOClient
from test_workbench_server import CHAT, PATIENCE, Home, Page, get

MUTANTS = f"{BIN / 'Mutants'} --port {{port}}"
HAN = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?<![.\w])(the|is|are|was|has|have|of|and|not|it|that|which|who|when|after|before|expected|"
                     r"arrived|likely|stage|points|checks)(?![\w.(])")


def grade(*words, **environment):
    return subprocess.run([str(BIN / "grade"), *map(str, words)], capture_output=True, text=True, timeout=120,
                          env={**os.environ, **environment}, cwd=ROOT)


def one_of_each_stage():
    names = subprocess.run([str(BIN / "Mutants"), "--list"], capture_output=True, text=True).stdout.splitlines()
    found = {}
    for line in names:
        name, check = line.split()[:2]
        found.setdefault(check.split(".")[0], []).append((check, name))
    daily = [mutants[0] for stage, mutants in found.items() if stage in ("1", "5", "8", "9")]
    return [mutant if mutant in daily else pytest.param(*mutant, marks=pytest.mark.nightly)
            for mutants in found.values() for mutant in mutants[:2]]


def english(output):
    """The lines with English words: without frames, what the server itself says, code, values in quotes."""
    lines = [line for line in output.splitlines() if not line.startswith("      ") and "    服务器" not in line]
    bare = [re.sub(r'`[^`]*`|"[^"]*"|swift run .*|\S+\.md#\S+', "", line) for line in lines]
    return [line for line, rest in zip(lines, bare) if ENGLISH.search(rest)]


@pytest.mark.parametrize("check, name", one_of_each_stage())
def test_a_red_line_is_in_chinese(check, name):
    run = grade(check, "--lang", "zh", "--seed", 7, "--command", MUTANTS, MUTANT=name, STAGE=check.split(".")[0])
    if "没有评分" in run.stdout:
        pytest.skip("not judged on this machine")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "    可能原因  " in run.stdout, run.stdout
    assert english(run.stdout) == []


@pytest.mark.parametrize("words", [["--list"], ["--help"], ["--class", "/nowhere"], ["77"]])
def test_the_rest_is_in_chinese(words):
    run = grade(*words, "--lang", "zh")
    output = run.stdout + run.stderr
    assert HAN.search(output)
    assert english(output) == []


def test_the_language_of_a_pipe_and_of_files_is_english(tmp_path):
    report = tmp_path / "report.json"
    words = ["3.1", "--seed", 7, "--json", report, "--command", MUTANTS]
    settings = dict(MUTANT="WrongEventName", STAGE="3", LANG="zh_CN.UTF-8", LC_ALL="")
    run = grade(*words, **settings)
    assert not HAN.search(run.stdout) and not HAN.search(report.read_text())
    run = grade(*words, "--lang", "zh", **settings)
    [failed] = [check for check in json.loads(report.read_text())["checks"] if check["outcome"] == "failed"]
    assert HAN.search(run.stdout) and HAN.search(failed["cause"])
    run = grade(*words, "--lang", "zh", "--lang", "en", **settings)
    assert not HAN.search(run.stdout) and not HAN.search(report.read_text())


@pytest.mark.parametrize("language, is_chinese", [("zh_CN.UTF-8", True), ("en_GB.UTF-8", False), ("C", False)])
def test_at_a_terminal_lang_decides(language, is_chinese):
    ours, its = pty.openpty()
    environment = {**os.environ, "LANG": language, "NO_COLOR": "1"}
    for name in ["LC_ALL", "LC_MESSAGES"]:
        environment.pop(name, None)
    run = subprocess.Popen([str(BIN / "grade"), "--help"], stdout=its, stderr=its, env=environment,
                           cwd=ROOT)
    run.wait(timeout=60)
    os.close(its)
    output = os.read(ours, 65536).decode(errors="replace")
    os.close(ours)
    assert bool(HAN.search(output)) == is_chinese, output


def test_an_unknown_language_is_refused():
    run = grade("--lang", "fr", "--list")
    assert run.returncode == 3 and '"fr" is none of them: en, or zh' in run.stderr
    run = grade("--list", "--lang")
    assert run.returncode == 3 and "--lang needs a language" in run.stderr


@pytest.mark.parametrize("words, suffix", [
    (["--lang", "zh"], " --lang zh"), (["--lang", "en"], " --lang en"), ([], ""),
])
def test_the_next_command_asks_for_the_same_language(words, suffix):
    run = grade("3.1", "--seed", 7, *words, "--command", MUTANTS, MUTANT="WrongEventName", STAGE="3")
    commands = re.findall(r"swift run grade .*", run.stdout)
    assert f"swift run grade --hint 3.1{suffix}" in commands, run.stdout
    assert f"swift run grade 3.1 --seed 7 --trace --command '{MUTANTS}'{suffix}" in commands, run.stdout
    run = grade("--part", 1, "--seed", 7, *words, "--command", MUTANTS, MUTANT="PlainText", STAGE="1")
    assert run.returncode == 1
    assert all(command.endswith(suffix) for command in re.findall(r"swift run grade .*", run.stdout)), run.stdout


def test_a_transcript_is_in_chinese_and_in_english_for_programs(tmp_path):
    report = tmp_path / "report.json"
    run = grade("2.5", "--lang", "zh", "--trace", "--json", report, "--command", MUTANTS,
                MUTANT="SeesOnlyPoliteLeaving", STAGE="2")
    assert re.search(r"\d+ ms  A  突然消失", run.stdout), run.stdout
    [failed] = [check for check in json.loads(report.read_text())["checks"] if check["outcome"] == "failed"]
    assert any(line.endswith("  A  vanishes") for line in failed["transcript"])


# MARK: - The course

def export(folder, language):
    run = subprocess.run([str(BIN / "course"), "--export", str(folder), "--lang", language], cwd=ROOT,
                         capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return run.stdout, {path.stem: path.read_text() for path in folder.glob("*.html")}


def test_the_exported_course_is_in_chinese(tmp_path):
    said, chinese = export(tmp_path / "zh", "zh")
    english_said, english_pages = export(tmp_path / "en", "en")
    assert HAN.search(said) and english(said.replace(str(tmp_path), "")) == [] and not HAN.search(english_said)
    assert chinese.keys() == english_pages.keys()
    translated = [name for name, page in chinese.items() if '<article lang="zh-CN">' in page]
    assert {"index", "stage-1", "stage-12", "glossary", "readme"} <= set(translated)
    for name, page in chinese.items():
        assert '<html lang="zh-CN">' in page and "实时 Swift</title>" in page, name
        # The same steps and checks.
        for pattern in (r' id="(stage-\d+(?:-step-\d+)?)"', r'data-check="([\d.]+)"'):
            assert re.findall(pattern, page) == re.findall(pattern, english_pages[name]), name
        # A link leads to a page of the site: relative, or to the web.
        for target in re.findall(r'href="([^"#]+)', page):
            assert target.startswith("https://") or (tmp_path / "zh" / target).exists(), (name, target)
    for name in translated:
        article = re.search(r"<article.*</article>", chinese[name], re.S)[0]
        prose = re.sub(r"<(pre|code|svg|figure)\b.*?</\1>|<[^>]+>", " ", article, flags=re.S)
        assert len(HAN.findall(prose)) > 50, name


def test_an_article_that_is_not_translated_is_marked(tmp_path):
    _, chinese = export(tmp_path / "zh", "zh")
    for name, page in chinese.items():
        [title] = re.findall(rf'<a href="{name}.html" aria-current="page">(.*?)</a>', page)
        assert title.endswith("（英文）") == ('<article lang="en">' in page), name


def test_a_folder_with_other_things_is_refused_in_chinese(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    run = subprocess.run([str(BIN / "course"), "--export", str(tmp_path), "--lang", "zh"], cwd=ROOT,
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 1 and "letter.txt" in run.stderr and HAN.search(run.stderr)
    assert english(run.stderr.replace(str(tmp_path), "")) == []


def test_the_workbench_tells_in_chinese_what_passes(tmp_path):
    home = Home(tmp_path)
    course = subprocess.Popen([str(BIN / "course"), "--no-open", "--port", "0", "--lang", "zh", "--command", CHAT],
                              cwd=home.root, stdout=subprocess.PIPE, text=True)
    try:
        page = Page(re.search(r"http://localhost:\d+", course.stdout.readline())[0])
        page.running()
        port = page.visitor()["port"]
        assert get(port)[0] == 200
        visitor = OrderedSocketIOClient()
        visitor.connect(f"http://127.0.0.1:{port}", transports=["websocket"], wait_timeout=PATIENCE)
        visitor.emit("set nickname", "Ada")
        page.until(lambda: any(one["summary"].startswith("事件 ") for one in page.state["wire"]))
        visitor.disconnect()
        wire = page.state["wire"]
        assert wire[0]["kind"] == "opened" and wire[0]["summary"] == "A 建立连接"
        [request] = [one for one in wire if one["kind"] == "request" and one["summary"] == "GET /"]
        assert (request["layers"][0]["name"], request["layers"][0]["label"]) == ("HTTP request", "HTTP 请求")
        [frame] = [one for one in wire if "set nickname" in one["summary"]]
        assert frame["summary"] == '事件 ["set nickname","Ada"]'
        assert "最后一帧，text" in json.dumps(frame, ensure_ascii=False)
        page.io.disconnect()
    finally:
        course.send_signal(signal.SIGINT)
        course.wait(PATIENCE)
