"""TUTORIAL.md as a learner follows it: every step leaves a program that runs, after chapter N stage N is
passed, and the page works in a browser."""

import json
import os
import re
import subprocess
import urllib.request

import pytest

from conftest import BIN, ROOT, daily
from mychat import Server, home, states  # noqa: F401


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


def test_the_page_of_chapter_10_uses_all_its_namespaces(home, states, open_tab):
    home.write(states[max(state for state in states if state[0] == 10)])
    with Server(home.build(), home) as server:
        tabs = [open_tab(f"http://localhost:{server.port}").page for _ in range(2)]
        for tab, name in zip(tabs, ("Ada", "Grace")):
            tab.fill("#name", name)
            tab.fill("#channel", "swift")
            tab.press("#channel", "Enter")
            tab.wait_for_selector("#messages li:has-text('/get: this is the namespace get')")
        ada, grace = tabs
        ada.wait_for_selector("#online li:has-text('swift: Ada, Grace')")
        ada.select_option("#to", "swift")
        ada.fill("#input", "hello")
        ada.click("button[value=say]")
        grace.wait_for_selector("#messages li:has-text('swift · Ada: hello')")
        ada.fill("#input", "news")
        ada.click("button[value=publish]")
        grace.wait_for_selector("#messages li:has-text('/get: news')")
