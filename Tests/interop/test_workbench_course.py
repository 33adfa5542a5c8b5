"""The whole course, carried out in the workbench: a learner reads chapter after chapter in one window, saves what
each step says, and sees the marks in the text, the two visitors, and the checks turning green. The engine is the
real one, and so is the compiler."""
import pathlib
import re
import shutil

import pytest
from playwright.sync_api import expect

from conftest import PATIENCE, ROOT
from mychat import Home, states  # noqa: F401
from test_workbench_server import Workbench

# The compiler's time and that of all checks of stage 8, on a machine that does other things as well.
LONG = 120_000


@pytest.fixture(scope="module")
def home(tmp_path_factory, states):  # noqa: F811
    home = Home(tmp_path_factory.mktemp("course"))
    shutil.copytree(ROOT / "Documentation", home.root / "Documentation")
    for path in (*ROOT.glob("*.md"), *(ROOT / "Sources").rglob("*.md")):
        target = home.root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    home.write(states[0, 1])
    home.build()            # the engine, once
    return home


@pytest.fixture
def bench(home):
    started = Workbench(home, "--port", "0")
    yield started
    started.end()


def open_chapter(page, stage):
    """As a learner goes on: by the link at the end of the chapter before."""
    page.locator(f"#text a[rel='next'][href$='stage-{stage}.html']").click()
    expect(page).to_have_url(re.compile(rf"/stage-{stage}\.html"))
    expect(page.locator("#where")).to_contain_text(f"Stage {stage} ")


def blocks(page, stage, step):
    return page.locator(f"figure.goes[data-stage='{stage}'][data-step='{step}']")


def remember_parts(page):
    """What the server has told, for conditions that are waited for."""
    page.evaluate("""() => import("/course/state.js").then(({ state }) => { window.parts = state; })""")


def carry_out(page, home, state, stage, step):
    """Saves what a step says; the text has to notice it, and the checks of the new program or page have to begin."""
    seed = page.evaluate("() => parts.grading.seed")     # each run of the checks has another
    home.write(state)
    for block in blocks(page, stage, step).all():
        expect(block).to_have_class("code goes is-in-file", timeout=LONG)
    page.wait_for_function("(seed) => parts.grading.seed !== seed && parts.program.state === 'running'",
                           arg=seed, timeout=LONG)


def every_check(page, stage):
    """Waits until all checks that hold at a stage have passed; returns their ids."""
    page.wait_for_function(
        """(stage) => {
            const { isRunning, stage: graded, checks } = parts.grading;
            const left = checks.filter(({ state }) => state !== "passed" && state !== "omitted");
            return !isRunning && graded === stage && checks.length > 0 && left.length === 0;
        }""", arg=stage, timeout=LONG)
    rows = page.locator("#checks-list li[id^='check-']")
    states = rows.evaluate_all("(rows) => rows.map((row) => [row.id.slice(6), row.dataset.state])")
    assert {state for _, state in states} <= {"passed", "omitted"}, states
    return [check for check, _ in states]


@pytest.mark.nightly
def test_the_course_is_carried_out_in_one_window(home, states, bench, open_tab):  # noqa: F811
    tab = open_tab(bench.url, viewport={"width": 1280, "height": 800})
    page = tab.page
    remember_parts(page)
    passed = set()
    for stage in range(1, 9):
        open_chapter(page, stage)
        for step in sorted(step for chapter, step in states if chapter == stage):
            carry_out(page, home, states[stage, step], stage, step)
        passed |= set(every_check(page, stage))
        # What the text says of its edge cases is green as well.
        for row in page.locator("#text tr[data-check]").all():
            assert row.get_attribute("data-state") in ("passed", "omitted"), row.inner_text()
    assert {check.split(".")[0] for check in passed} == {str(stage) for stage in range(1, 9)}
    expect(page.locator("#checks-words")).to_contain_text("100 of 100 points")
    # The chat is there, in both frames.
    frames = [page.frame_locator(f"iframe[title='The page of visitor {name}']") for name in "AB"]
    for frame, name in zip(frames, ("Ada", "Grace")):
        expect(frame.locator("#status")).to_have_text("Connected", timeout=PATIENCE * 1000)
        frame.locator("#nickname").fill(name)
        frame.locator("#nickname").press("Enter")
    expect(frames[0].locator("#online")).to_contain_text("Grace")
    frames[0].locator("#to").select_option("Grace")
    frames[0].locator("#input").fill("psst")
    frames[0].locator("#input").press("Enter")
    expect(frames[1].locator("#messages .private")).to_contain_text("psst")
    tab.errors[:] = [line for line in tab.errors if "Blocked autofocusing" not in line]


def test_a_chapter_that_is_begun_in_the_window_passes_what_comes_before_it(home, bench, open_tab):
    """"Begin here" at chapter 6: what was there is kept, and comes back."""
    own = home.program.read_text()
    tab = open_tab(f"{bench.url}/stage-6.html", viewport={"width": 1280, "height": 800})
    page = tab.page
    remember_parts(page)
    expect(page.locator("#status-build")).to_contain_text("running on port", timeout=LONG)
    page.locator("#begin-button").click()
    page.get_by_role("button", name="Begin at stage 6").click()
    expect(page.locator("#begin-dialog h2")).to_have_text("You begin at stage 6")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#begin-dialog")).to_be_hidden()
    assert "TODO stage 6" in home.program.read_text()
    kept = [path for path in (home.root / "Steps").glob("MyChat-*") if (path / "main.swift").read_text() == own]
    assert kept, list(pathlib.Path(home.root / "Steps").iterdir())
    page.wait_for_function(
        """() => {
            const { isRunning, stage, checks } = parts.grading;
            const count = (of, kind) => checks.filter((check) => check.stage === of && check.state === kind).length;
            return !isRunning && stage === 6 && count(6, "failed") > 0 && count(5, "failed") === 0;
        }""", timeout=LONG)
    page.locator("#begin-button").click()
    page.get_by_role("button", name=f"Bring back Steps/{kept[0].name}").click()
    expect(page.locator("#begin-dialog")).to_contain_text("Steps/MyChat-2")
    assert home.program.read_text() == own
    tab.errors[:] = [line for line in tab.errors if "Blocked autofocusing" not in line]
