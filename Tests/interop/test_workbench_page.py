"""The workbench's page in Chromium: `swift run course` with a finished stage as the program, and parts that a
server could tell. What the server does by itself is tested in test_workbench_server.py."""
import os
import re
import signal
import subprocess
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import BIN, PATIENCE, ROOT

WIDE = {"viewport": {"width": 1280, "height": 800}}
NARROW = {"viewport": {"width": 420, "height": 800}}
# The frames are looked at by the tests of their pages; the policy forbids a copy of the style sheet.
AXE = {"preload": False, "iframes": False, "resultTypes": ["violations"]}
TABS = ["chat", "wire", "checks", "difference"]
EVIL = "<img src=x onerror=\"document.title='broken in'\">"


class Workbench:
    """A running workbench with a program of ours."""

    def __init__(self, port=0):
        command = f"{BIN / 'Step5'} --port {{port}}"
        self.process = subprocess.Popen([str(BIN / "course"), "--no-open", "--port", str(port), "--command", command],
                                        cwd=ROOT, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.url = re.search(r"http://localhost:\d+", line).group(0)
        self.port = int(self.url.rsplit(":", 1)[1])

    def end(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=PATIENCE) == 0
        self.process.stdout.close()


@pytest.fixture(scope="module")
def workbench():
    running = Workbench()
    yield running
    running.end()


@pytest.fixture
def show(open_tab, workbench):
    """Opens pages of the workbench, each when its program runs."""
    tabs = []

    def open_page(name="stage-5.html", url=None, **options):
        options = {**WIDE, **options}
        tab = open_tab(f"{url or workbench.url}/{name}", **options)
        tabs.append(tab)
        expect(tab.page.locator("#status-build")).to_contain_text("running on port")
        # The checks have run by themselves, once: what a test tells the page is not overtaken by them.
        expect(tab.page.locator("#status-checks")).to_contain_text("passed", timeout=60_000)
        return tab

    yield open_page
    for tab in tabs:
        # The learner's page wants the focus; Chromium tells that a frame does not get it.
        tab.errors[:] = [line for line in tab.errors if "Blocked autofocusing" not in line]
        assert {urllib.parse.urlsplit(f"//{host}").hostname for host in tab.hosts} <= {"localhost", "127.0.0.1"}


def visitor(tab, name="A"):
    """The frame of a visitor, when its page is connected."""
    frame = tab.page.frame_locator(f"iframe[title='The page of visitor {name}']")
    expect(frame.locator("#status")).to_have_text("Connected")
    return frame


def say(tab, text, name="A"):
    frame = visitor(tab, name)
    if not frame.locator("#input").is_enabled():
        frame.locator("#nickname").fill(f"{name}{os.urandom(3).hex()}")
        frame.locator("#nickname").press("Enter")
    frame.locator("#input").fill(text)
    frame.locator("#input").press("Enter")
    expect(frame.locator("#messages")).to_contain_text(text)


def tell(tab, part, value):
    """Lets the page show a part, as if the server had told it."""
    tab.page.evaluate("([part, value]) => import('/course/state.js').then(({ set }) => set(part, value))",
                      [part, value])


def answer(tab, replies):
    """From now on the page's questions are answered by these, and are remembered."""
    tab.page.evaluate("""(replies) => import("/course/state.js").then(({ socket }) => {
        window.asked = [];
        socket.timeout = () => ({ emitWithAck: async (event, argument) => {
            window.asked.push([event, argument]);
            return replies[event];
        } });
    })""", replies)


def check(identifier, state="passed", **values):
    return {"id": identifier, "stage": int(identifier.split(".")[0]), "title": f"title {EVIL}", "kind": "edge",
            "points": 2, "state": state, "reason": None, "milliseconds": 3, "failure": None, "hints": [],
            "hasMoreHints": False, **values}


FAILURE = {"expected": "an answer", "arrived": EVIL, "cause": f"a guess {EVIL}", "anchor": "#stage-5", "transcript": [
    {"time": 1, "client": "a", "way": "toServer", "text": f'42["x","{EVIL}"]', "isFault": False},
    {"time": 2, "client": "b", "way": "toVisitor", "text": "43[]", "isFault": True}]}
GRADING = {"isRunning": False, "stage": 5, "seed": 7, "points": 3, "maxPoints": 100, "summary": "one failed",
           "next": None, "reason": None, "checks": [
               check("4.1"), check("5.3"), check("5.4", "failed", failure=FAILURE, hasMoreHints=True),
               check("5.13", "skipped", reason="not run because 5.4 failed")]}
ERRORS = {"state": "errors", "milliseconds": 900, "words": None, "advice": f"an advice {EVIL}", "diagnostics": [
    {"file": "Steps/MyChat/main.swift", "line": 5, "column": 1, "message": f"cannot find {EVIL}",
     "lines": ["socke.emit()", "^"]}]}
OWN = {"isOwn": True, "name": "MyChat", "command": None}
FILES = {"blocks": {"5.1.1": True, "5.2.1": False}, "kept": ["Steps/MyChat-1"], "begun": 5, "reached": 4}


def show_everything(tab):
    """Fills the page with what it can show."""
    tell(tab, "target", OWN)
    tell(tab, "files", FILES)
    tell(tab, "build", ERRORS)
    tell(tab, "grading", GRADING)
    page = tab.page
    page.click("#tab-chat")
    page.click("#weather-button")
    page.click("#tab-wire")
    page.locator("#wire-list li.sio").last.click()
    page.click("#tab-checks")
    page.click("summary.check-head")
    answer(tab, {"difference": {"ok": True, "files": [{"file": "Steps/MyChat/main.swift", "lines": [
        *({"kind": "same", "text": f"same {line}", "mine": line, "theirs": line} for line in range(1, 30)),
        {"kind": "mine", "text": EVIL, "mine": 30, "theirs": None},
        {"kind": "theirs", "text": "theirs", "mine": None, "theirs": 30}]}]}})
    page.click("#tab-difference")
    page.click("#difference-show")
    expect(page.locator(".line.mine")).to_contain_text(EVIL)


# ── For everyone

@pytest.mark.parametrize("scheme, size", [
    pytest.param("light", WIDE, id="light-wide"), pytest.param("dark", WIDE, id="dark-wide", marks=pytest.mark.nightly),
    pytest.param("light", NARROW, id="light-narrow", marks=pytest.mark.nightly)])
def test_every_tab_is_accessible_and_fits(show, scheme, size):
    tab = show(color_scheme=scheme, reduced_motion="reduce", **WIDE)
    visitor(tab)
    show_everything(tab)
    tab.page.set_viewport_size(size["viewport"])
    for name in TABS if size is WIDE else ["text", *TABS]:
        tab.page.click(f"#tab-{name}")
        # The text stays the same beside the tabs: it is looked at once.
        is_seen = size is WIDE and name != "chat"
        results = Axe().run(tab.page, context={"exclude": [["#text"]]} if is_seen else None, options=AXE)
        assert results.violations_count == 0, f"{name}: {results.generate_report()}"
        assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"


def test_the_drawer_and_the_dialog_are_accessible(show):
    tab = show(reduced_motion="reduce")
    tell(tab, "target", OWN)
    tell(tab, "files", FILES)
    for opener in ("#contents-button", "#begin-button"):
        tab.page.click(opener)
        results = Axe().run(tab.page, context={"exclude": [["#text"]]}, options=AXE)
        assert results.violations_count == 0, results.generate_report()
        tab.page.keyboard.press("Escape")


def test_the_keyboard_is_enough(show):
    tab = show()
    page = tab.page
    visitor(tab)
    page.focus("#tab-chat")
    for name in TABS[1:]:
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#tab-{name}")).to_be_focused()
        expect(page.locator(f"#panel-{name}")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel-chat")).to_be_visible()
    page.focus("#divider")
    before = page.locator("#text").bounding_box()["width"]
    page.keyboard.press("ArrowLeft")
    assert page.locator("#text").bounding_box()["width"] < before
    page.focus("#contents-button")
    page.keyboard.press("Enter")
    expect(page.locator("#contents [aria-current]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#contents-button")).to_be_focused()
    expect(page.locator("#contents")).to_be_hidden()


def test_a_narrow_window_begins_with_the_text(show):
    tab = show(**NARROW)
    expect(tab.page.locator("h1")).to_be_visible()
    expect(tab.page.locator("#panel-chat")).to_be_hidden()
    tab.page.click("#tab-chat")
    expect(tab.page.locator("h1")).to_be_hidden()
    visitor(tab)


# ── The text

def test_another_chapter_leaves_the_visitors_where_they_are(show):
    tab = show()
    page = tab.page
    say(tab, "stays")
    page.locator("#text").evaluate("(text) => { text.scrollTop = 700; }")
    page.click("a[rel=next]")
    expect(page.locator("h1")).to_contain_text("Typing indicator")
    assert page.url.endswith("/stage-6.html") and "Typing" in page.title()
    assert page.locator("#text").evaluate("(text) => text.scrollTop") == 0
    expect(visitor(tab).locator("#messages")).to_contain_text("stays")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Nicknames")
    expect(page.locator("#contents [aria-current]")).to_contain_text("Nicknames")
    assert page.locator("#text").evaluate("(text) => text.scrollTop") > 700
    expect(visitor(tab).locator("#messages")).to_contain_text("stays")


def test_a_step_has_an_address(show):
    tab = show("stage-5.html#stage-5-step-4")
    step = tab.page.locator("#stage-5-step-4")
    assert 0 < step.bounding_box()["y"] < 200
    tab.page.click("#contents-button")
    tab.page.click("#contents a[href='#stage-5-step-1']")
    assert tab.page.url.endswith("#stage-5-step-1")
    assert 0 < tab.page.locator("#stage-5-step-1").bounding_box()["y"] < 200
    tab.page.go_back()
    expect(step).to_be_in_viewport()


def test_code_is_copied_and_says_whether_the_file_has_it(show):
    tab = show(permissions=["clipboard-read", "clipboard-write", "local-network-access"])
    page = tab.page
    tell(tab, "target", OWN)
    tell(tab, "files", FILES)
    blocks = page.locator("figure.goes")
    expect(blocks.first.locator(".has")).to_have_attribute("aria-label", "your file has this")
    expect(blocks.nth(1).locator(".has")).to_be_hidden()
    blocks.first.locator(".copy").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("/// Who has which name.")
    expect(page.locator("#where")).to_contain_text(re.compile("1 of [0-9]+ in your files"))


def test_an_edge_case_tells_how_its_check_stands(show):
    tab = show()
    tell(tab, "grading", GRADING)
    row = tab.page.locator("tr[data-check='5.4']")
    expect(row.locator("button")).to_have_accessible_name("Check 5.4: failed")
    row.locator("button").click()
    expect(tab.page.locator("#panel-checks .failure")).to_be_visible()


def test_beginning_at_a_chapter_is_asked_for_first(show):
    tab = show()
    page = tab.page
    tell(tab, "target", OWN)
    tell(tab, "files", FILES)
    answer(tab, {"begin": {"ok": True, "kept": "Steps/MyChat-2"}, "restore": {"ok": False, "error": f"gone {EVIL}"}})
    page.click("#begin-button")
    expect(page.locator("dialog")).to_contain_text("end of stage 4")
    page.keyboard.press("Escape")
    assert page.evaluate("window.asked") == []
    page.click("#begin-button")
    page.get_by_role("button", name="Begin at stage 5").click()
    expect(page.locator("dialog")).to_contain_text("Steps/MyChat-2")
    page.keyboard.press("Escape")
    page.click("#begin-button")
    page.click("dialog >> text=Bring back")
    expect(page.locator("#notice")).to_contain_text(f"gone {EVIL}")
    assert page.evaluate("window.asked") == [["begin", {"stage": 5}], ["restore", {"folder": "Steps/MyChat-1"}]]


# ── The chat, and the weather over it

def test_what_others_say_is_text(show):
    tab = show()
    page = tab.page
    say(tab, EVIL)
    expect(visitor(tab, "B").locator("#messages")).to_contain_text(EVIL)
    expect(page.locator("#output")).to_contain_text("a user connected")
    page.click("#tab-wire")
    expect(page.locator("#wire-list")).to_contain_text("<img src=x onerror=")
    page.locator("#wire-list li", has_text="<img src=x").last.click()
    expect(page.locator("#message .layer").first).to_be_visible()
    page.evaluate("""(text) => import("/course/state.js").then(({ socket }) => {
        socket.listeners("output").forEach((hear) => hear([{ kind: "err", text, run: 1 }]));
    })""", EVIL)
    show_everything(tab)
    page.click("#tab-chat")
    expect(page.locator("#output .err").last).to_contain_text(EVIL)
    expect(page.locator("#errors")).to_contain_text(EVIL)
    assert page.evaluate("document.querySelectorAll('#workspace img').length") == 0
    assert "broken in" not in page.title()


def test_a_compile_error_is_shown_with_its_line(show):
    tab = show()
    tell(tab, "build", ERRORS)
    expect(tab.page.locator("#status-build")).to_contain_text("does not compile: 1 error")
    expect(tab.page.locator("#errors")).to_contain_text("Steps/MyChat/main.swift:5:1")
    expect(tab.page.locator("#errors pre")).to_contain_text("socke.emit()")
    expect(tab.page.locator("#errors .advice")).to_contain_text("an advice")


def test_the_program_is_killed_and_started(show):
    tab = show()
    page = tab.page
    visitor(tab)
    page.click("#kill-button")
    expect(page.locator("#start-button")).to_be_visible()
    expect(page.locator("#status-build")).not_to_contain_text("running")
    expect(page.locator("iframe")).to_have_count(2)     # what a page does without its server is worth seeing
    page.click("#start-button")
    expect(page.locator("#status-build")).to_contain_text("running on port")
    visitor(tab)


def test_the_weather_is_shown_on_its_visitor_and_ends_with_one_click(show):
    tab = show()
    page = tab.page
    visitor(tab)
    page.click("#weather-button")
    weather = page.get_by_role("group", name="Visitor B")
    weather.get_by_label("to server").select_option("200")
    weather.get_by_label("WebSockets blocked").check()
    words = page.get_by_role("region", name="Visitor B").locator(".weather-words")
    expect(words).to_have_text("200 ms to the server, no WebSockets")
    expect(page.get_by_role("region", name="Visitor A").locator(".weather-words")).to_be_hidden()
    page.click("#fair-button")
    expect(words).to_be_hidden()
    expect(page.locator("#fair-button")).to_be_hidden()


def test_the_server_has_a_visitor_reloaded(show):
    tab = show()
    say(tab, "to both", "A")
    expect(visitor(tab, "B").locator("#messages")).to_contain_text("to both")
    tab.page.evaluate("""() => import("/course/state.js").then(({ socket }) => {
        socket.listeners("reload").forEach((hear) => hear({ visitors: ["A"], reason: "page" }));
    })""")
    expect(visitor(tab, "A").locator("#messages li")).to_have_count(0)
    expect(visitor(tab, "B").locator("#messages")).to_contain_text("to both")


def test_a_third_visitor_comes_and_goes(show):
    tab = show()
    tab.page.click("#third-button")
    visitor(tab, "C")
    tab.page.click("#tab-wire")
    expect(tab.page.locator("#wire-lanes")).to_contain_text("C")
    tab.page.click("#tab-chat")
    tab.page.click("#third-button")
    expect(tab.page.locator("iframe")).to_have_count(2)


# ── The wire

def test_a_message_is_opened_and_its_fields_are_linked_with_its_bytes(show):
    tab = show()
    page = tab.page
    say(tab, "look at this")
    page.click("#tab-wire")
    page.fill("#wire-filter", "look at this")
    row = page.locator("#wire-list li", has_text="event 1").last
    row.focus()
    page.keyboard.press("Enter")
    boxes = page.locator("#message .boxes")
    for layer in ("WebSocket frame", "Engine.IO packet", "Socket.IO packet", "masking key"):
        expect(boxes).to_contain_text(layer)
    boxes.get_by_role("button", name="first byte").hover()
    expect(page.locator(".dump .marked").first).to_have_text("81")
    page.locator(".dump").last.locator("i[data-index='1']").first.hover()
    expect(boxes.locator(".layer.marked > .field")).to_have_text(re.compile("type.*32.*event"))
    page.locator(".dump .rows").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#message .byte")).to_contain_text("Byte 1")
    title = page.locator("#message h2").text_content()
    row.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#message h2")).not_to_have_text(title)
    page.keyboard.press("Escape")
    expect(page.locator("#message")).to_be_hidden()


def test_a_request_and_its_response_lead_to_each_other(show):
    tab = show()
    page = tab.page
    visitor(tab)
    page.click("#tab-wire")
    page.fill("#wire-filter", "GET /chat.css")
    page.locator("#wire-list li").last.click()
    page.get_by_role("button", name="Its response").click()
    expect(page.locator("#message .summary")).to_contain_text("200 OK")
    page.get_by_role("button", name="Its request").click()
    expect(page.locator("#message .summary")).to_contain_text("GET /chat.css")


def test_the_divider_is_dragged(show):
    page = show().page
    box = page.locator("#divider").bounding_box()
    page.mouse.move(box["x"] + 3, 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 103, 420, steps=4)       # over a frame, which would take the pointer
    page.mouse.up()
    assert abs(page.locator("#divider").bounding_box()["x"] - box["x"] - 100) < 8


def test_a_flood_leaves_the_page_light(show):
    tab = show()
    page = tab.page
    page.click("#tab-wire")
    page.evaluate("""() => import("/course/state.js").then(({ socket }) => {
        const empty = { bytes: "", count: 0 };
        const one = (number) => ({ number, time: number, visitor: "A", connection: 1, kind: "frame", way: "toServer",
            summary: `message ${number}`, wire: empty, layers: [], problems: [], isHeartbeat: false });
        const batch = Array.from({ length: 12000 }, (none, index) => one(100000 + index));
        socket.listeners("wire").forEach((hear) => hear(batch));
    })""")
    expect(page.locator("#wire-count")).to_contain_text("5,000 messages")
    expect(page.locator("#wire-list li")).to_have_count(300)
    page.click("#wire-earlier")
    expect(page.locator("#wire-list li")).to_have_count(600)


def test_the_wire_is_paused_and_cleared(show):
    tab = show()
    page = tab.page
    visitor(tab)
    page.click("#tab-wire")
    page.click("#wire-pause")
    page.click("#tab-chat")
    say(tab, "while paused")
    page.click("#tab-wire")
    expect(page.locator("#wire-pause")).to_contain_text("new")
    expect(page.locator("#wire-list")).not_to_contain_text("while paused")
    page.click("#wire-pause")
    expect(page.locator("#wire-list")).to_contain_text("while paused")
    page.click("#wire-clear")
    expect(page.locator("#wire-empty")).to_be_visible()


# ── Checks

def test_checks_come_as_they_run_and_a_failed_one_opens(show):
    tab = show("stage-6.html")
    page = tab.page
    page.click("#tab-checks")
    page.select_option("#checks-stage", "6")
    page.click("#checks-run")
    expect(page.locator("#status-checks")).to_contain_text("failed", timeout=30000)
    expect(page.locator("#checks-run")).to_have_text("Run the checks", timeout=30000)
    expect(page.locator("#checks-list li[data-state=passed]").first).to_be_attached()
    failed = page.locator("#checks-list li[data-state=failed]").first
    failed.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(failed.locator("dl")).to_contain_text("Expected")
    expect(failed.locator(".transcript .is-bad, .transcript li").first).to_be_visible()
    failed.get_by_role("button", name="A hint").click()
    expect(failed.locator(".hints li")).to_have_count(1)
    failed.get_by_role("button", name="One more hint").click()
    expect(failed.locator(".hints li")).to_have_count(2)
    failed.get_by_role("link", name="Read chapter 6").click()
    expect(page.locator("h1")).to_contain_text("Typing")


# ── The connection

def test_a_reload_shows_the_same(show):
    tab = show()
    page = tab.page
    say(tab, "before the reload")
    page.click("#tab-wire")
    expect(page.locator("#wire-list")).to_contain_text("before the reload")
    page.focus("#divider")
    page.keyboard.press("ArrowLeft")
    width = page.locator("#text").bounding_box()["width"]
    page.locator("#text").evaluate("(text) => { text.scrollTop = 500; }")
    page.wait_for_timeout(300)      # the place in the text is kept when scrolling has ended
    page.reload()
    expect(page.locator("#panel-wire")).to_be_visible()
    expect(page.locator("#wire-list")).to_contain_text("before the reload")
    assert page.locator("#text").bounding_box()["width"] == width
    assert page.locator("#text").evaluate("(text) => text.scrollTop") == 500


def test_a_workbench_that_comes_back_is_found_again(show):
    first = Workbench()
    tab = show(url=first.url)
    visitor(tab, "A"), visitor(tab, "B")
    first.end()
    line = tab.page.locator("#status-link")
    expect(line).to_contain_text("No connection")
    tab.page.click("#tab-checks")
    tab.page.click("#checks-run")
    expect(tab.page.locator("#notice")).to_contain_text("There is no connection")
    second = Workbench(first.port)
    try:
        expect(line).to_have_text("", timeout=15000)
        tab.page.click("#tab-chat")
        visitor(tab)
    finally:
        second.end()
