"""The grader in Chinese, as a learner meets it: to the last red line, and in no file that a program reads unless
it is asked for. That each sentence has a translation is tested in Tests/RunnerTests/LanguageTests.swift."""

import json
import os
import pty
import re
import subprocess

import pytest

from conftest import BIN, ROOT

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
