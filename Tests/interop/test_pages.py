"""The pages of the stages, used as people use them: in several tabs, on a phone, in the dark, by
keyboard, and while the server comes and goes.

PICTURES=1 makes the screenshots of README and TUTORIAL anew."""
import hashlib
import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import PATIENCE, ROOT

PAGES = [1, 2, 3, 4]
CHATS = [4]
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

HOSTILE = ["<img src=x onerror=\"alert(1)\">", "</li></ol><script>alert(1)</script>", "&lt;b&gt;", "  two  spaces  ",
           "\u202eright to left", "42[\"x\"]", "\u2028", "x" * 5000, "👩‍👩‍👧‍👦 ü é", "__proto__", "${alert(1)}"]


@pytest.fixture
def visit(start, open_tab):
    """Starts a stage and opens tabs of its page."""
    def open_stage(number, **options):
        server = start(f"Step{number}")
        return server, lambda **more: enter(open_tab(**{**options, **more}), server)
    return open_stage


def enter(tab, server):
    tab.open(server.url)
    if tab.page.locator("#status").count():
        tab.page.wait_for_selector("#status.connected")
    return tab


def say(tab, text):
    tab.page.fill("#input", text)
    tab.page.press("#input", "Enter")


def shown(tab):
    return tab.page.locator("#messages li").all_inner_texts()


def wait_for(tab, *texts):
    """Waits until exactly these are listed."""
    try:
        tab.page.wait_for_function(
            "texts => JSON.stringify([...document.querySelectorAll('#messages li')].map(item => item.textContent))"
            " === JSON.stringify(texts)", arg=list(texts))
    except Exception:
        pytest.fail(f"tab {tab.name} shows {shown(tab)}, expected {list(texts)}")


# ── Every page

@pytest.mark.parametrize("stage", PAGES)
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_accessible_and_fits(visit, stage, device, scheme):
    server, enter_stage = visit(stage, **device, color_scheme=scheme)
    tab = enter_stage()
    if stage >= 3:
        say(tab, "Hello! " + "a long word: " + "x" * 200)
        tab.page.wait_for_selector("#messages li")
        tab.run("""
            const state = document.getElementById("messages").lastChild.cloneNode(true);
            for (const kind of ["notice", "unsent", "own", "own unsent"]) {
                const item = state.cloneNode(true);
                item.className = kind;
                document.getElementById("messages").append(item);
            }
        """)
    results = Axe().run(tab.page)
    assert results.violations_count == 0, results.generate_report()
    assert tab.run("return document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    small = tab.run("""
        return [...document.querySelectorAll("input, button, select")].map((control) =>
            [control.tagName, control.getBoundingClientRect().height]).filter(([, height]) => height < 44);
    """)
    assert small == []
    if stage >= 3:
        box = tab.page.locator("#form").bounding_box()
        assert box["y"] + box["height"] <= device["viewport"]["height"], "the form is below the window"


@pytest.mark.parametrize("stage", PAGES)
def test_a_page_asks_nobody_else_and_has_a_strict_policy(visit, stage):
    server, enter_stage = visit(stage)
    tab = enter_stage()
    policy = tab.page.request.get(server.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert tab.hosts == {f"127.0.0.1:{server.port}"}
    icon = tab.page.get_attribute("link[rel=icon]", "href")
    assert tab.page.request.get(server.url + icon).status == 200
    # A script that somebody slips in does not run.
    tab.run("""
        const script = document.createElement("script");
        script.textContent = "window.slippedIn = true";
        document.body.append(script);
    """)
    assert tab.run("return window.slippedIn === undefined")
    tab.errors = [line for line in tab.errors if "Content Security Policy" not in line]


@pytest.mark.parametrize("stage", PAGES[1:])
def test_the_page_says_whether_it_is_connected(visit, start, stage):
    server, enter_stage = visit(stage)
    tab = enter_stage()
    assert tab.page.inner_text("#status") == "Connected"
    assert tab.page.get_attribute("#status", "role") == "status"
    server.kill()
    tab.page.wait_for_selector("#status.lost")
    assert tab.page.inner_text("#status") == "Reconnecting …"
    start(f"Step{stage}", port=server.port)
    tab.page.wait_for_selector("#status.connected", timeout=10_000)


@pytest.mark.parametrize("stage", PAGES[1:])
def test_reload_and_closing_a_tab_are_seen_by_the_server(visit, stage):
    server, enter_stage = visit(stage)
    first, second = enter_stage(), enter_stage()
    server.line("a user connected")
    server.line("a user connected")
    first.page.reload()
    lines = sorted([server.line("a user "), server.line("a user ")])
    assert lines == ["a user connected", "a user disconnected: transport close"]
    second.close()
    server.line("a user disconnected: transport close")
    if stage >= 3:
        first.page.wait_for_selector("#status.connected")
        say(first, "still here")
        first.page.wait_for_selector("#messages li")


# ── Stage 2

def test_stage_2_shows_what_goes_on(start, open_tab):
    server = start("Step2", "--ping-interval", "200", "--ping-timeout", "20000")
    tab = enter(open_tab(), server)
    tab.wait("document.getElementById('transport').textContent === 'polling → websocket'")
    assert re.fullmatch(r"[\w-]{20}", tab.page.inner_text("#id"))
    tab.wait("Number(document.getElementById('heartbeats').textContent) >= 2")
    tab.page.click("#toggle")
    tab.wait("document.getElementById('status').textContent === 'Disconnected'")
    assert tab.page.inner_text("#id") == "–"
    assert tab.page.inner_text("#toggle") == "Connect"
    tab.page.click("#toggle")
    tab.page.wait_for_selector("#status.connected")
    assert tab.page.inner_text("#toggle") == "Disconnect"


# ── Stage 3

def test_stage_3_lists_what_one_has_sent_and_nobody_else_sees_it(visit):
    server, enter_stage = visit(3)
    a, b = enter_stage(), enter_stage()
    server.line("a user connected")
    server.line("a user connected")
    for text in HOSTILE:
        say(a, text)
    for text in HOSTILE:
        server.line(f"message: {text}"[:200]) if text != "\u2028" else server.line("message: ")
    wait_for(a, *HOSTILE)
    assert shown(b) == []


def test_stage_3_marks_what_is_not_sent_yet(visit, start):
    server, enter_stage = visit(3)
    tab = enter_stage()
    server.kill()
    tab.page.wait_for_selector("#status.lost")
    say(tab, "one")
    say(tab, "two")
    assert tab.page.locator("#messages li.unsent").count() == 2
    again = start("Step3", port=server.port)
    again.line("a user connected")
    again.line("message: one")
    again.line("message: two")
    tab.page.wait_for_selector("#status.connected")
    assert tab.page.locator("#messages li.unsent").count() == 0
    assert shown(tab) == ["one", "two"]


# ── The chats

@pytest.mark.parametrize("stage", CHATS)
def test_everyone_sees_every_message_once_and_as_text(visit, stage):
    server, enter_stage = visit(stage)
    tabs = [enter_stage() for _ in range(3)]
    a, b, c = tabs
    wait_for(a, "Someone joined", "Someone joined")
    for text in HOSTILE:
        say(a, text)
    say(c, "done")
    for tab, notices in zip(tabs, [2, 1, 0]):
        wait_for(tab, *["Someone joined"] * notices, *HOSTILE, "done")
        assert tab.run("return [...document.querySelectorAll('#messages *')].every((each) => each.tagName === 'LI')")
    c.close()
    wait_for(b, "Someone joined", *HOSTILE, "done", "Someone left")


@pytest.mark.parametrize("stage", CHATS)
def test_nothing_is_doubled_by_a_restart(visit, start, stage):
    server, enter_stage = visit(stage)
    a = enter_stage()
    b = enter_stage()
    wait_for(a, "Someone joined")
    say(a, "before")
    wait_for(b, "before")
    for round in range(2):
        server.kill()
        for tab in (a, b):
            tab.page.wait_for_selector("#status.lost")
        say(a, f"unsent {round}")
        assert a.page.locator("#messages li.unsent").count() == 1
        server = start(f"Step{stage}", port=server.port)
        for tab in (a, b):
            tab.page.wait_for_selector("#status.connected", timeout=10_000)
        a.wait(f"[...document.querySelectorAll('#messages li:not(.unsent)')].some(item => item.textContent === 'unsent {round}')")
        say(b, f"after {round}")
        for tab in (a, b):
            tab.wait(f"document.getElementById('messages').lastChild.textContent === 'after {round}'")
        for tab in (a, b):
            assert shown(tab).count(f"after {round}") == 1
            assert shown(tab).count(f"unsent {round}") <= 1
        assert shown(a).count(f"unsent {round}") == 1
    assert shown(a).count("before") == shown(b).count("before") == 1
    # One of the two came back first, and saw the other come: one notice a round and no more.
    notices = [shown(tab).count("Someone joined") for tab in (a, b)]
    assert sum(notices) == 3
    assert a.page.locator("#messages li.unsent").count() == 0


@pytest.mark.parametrize("stage", CHATS)
def test_a_chat_can_be_used_by_keyboard_alone(visit, stage):
    server, enter_stage = visit(stage)
    tab = enter_stage()
    assert tab.run("return document.activeElement.id") == "input", "typing can start at once"
    tab.page.keyboard.type("by enter")
    tab.page.keyboard.press("Enter")
    wait_for(tab, "by enter")
    tab.page.keyboard.type("by the button")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Space")
    wait_for(tab, "by enter", "by the button")
    assert tab.run("return document.activeElement.id") == "input", "and go on"
    tab.page.keyboard.press("Shift+Tab")
    assert tab.run("return document.activeElement.getAttribute('role')") == "log", "the list can be scrolled"
    outline = tab.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.parametrize("stage", CHATS)
def test_new_messages_come_into_view_unless_one_reads_old_ones(visit, stage):
    server, enter_stage = visit(stage)
    a, b = enter_stage(), enter_stage()
    wait_for(a, "Someone joined")
    for number in range(40):
        say(b, f"message {number}")
    wait_for(a, "Someone joined", *[f"message {number}" for number in range(40)])
    seen = "const log = document.querySelector('[role=log]'); return log.scrollHeight - log.scrollTop - log.clientHeight"
    assert a.run(seen) < 5
    a.run("document.querySelector('[role=log]').scrollTop = 0")
    say(b, "one more")
    a.wait("document.getElementById('messages').lastChild.textContent === 'one more'")
    assert a.run("return document.querySelector('[role=log]').scrollTop") == 0


@pytest.mark.parametrize("stage", CHATS)
def test_new_messages_are_announced_and_fields_have_names(visit, stage):
    server, enter_stage = visit(stage)
    tab = enter_stage()
    assert tab.page.get_by_role("log", name="Messages").count() == 1      # a log is a live region
    assert tab.page.get_by_role("textbox", name="Message").count() == 1
    assert tab.page.get_by_role("button", name="Send").count() == 1
    assert tab.page.get_by_role("heading", level=1).count() == 1
    assert tab.page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("stage", CHATS)
def test_an_empty_message_is_not_sent(visit, stage):
    server, enter_stage = visit(stage)
    tab = enter_stage()
    tab.page.press("#input", "Enter")
    say(tab, "something")
    wait_for(tab, "something")


@pytest.mark.parametrize("stage", CHATS)
def test_a_page_from_the_cache_comes_back_without_doubles(visit, stage):
    server, enter_stage = visit(stage)
    a, b = enter_stage(), enter_stage()
    wait_for(a, "Someone joined")
    b.page.goto(f"{server.url}/?elsewhere")
    wait_for(a, "Someone joined", "Someone left", "Someone joined")
    b.page.go_back(wait_until="commit")
    wait_for(a, "Someone joined", *["Someone left", "Someone joined"] * 2)
    b.page.wait_for_selector("#status.connected")
    say(a, "welcome back")
    wait_for(a, "Someone joined", *["Someone left", "Someone joined"] * 2, "welcome back")
    wait_for(b, "welcome back")


# ── Pictures

def digest(stage):
    """Of what a picture shows."""
    files = [ROOT / "Public" / f"step{stage}" / "index.html", ROOT / "Public" / "chat.css"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def scene(stage, enter_stage):
    """What a picture shows: a tab in which something has happened."""
    tab = enter_stage()
    if stage == 2:
        tab.wait("document.getElementById('transport').textContent.endsWith('websocket')")
        tab.run("document.getElementById('id').textContent = 'Jx3kRbWq0nTfYh2LAAAB'")
    if stage == 3:
        say(tab, "Hello!")
        say(tab, "Is anybody there?")
    if stage == 4:
        other = enter_stage()
        say(other, "Hello!")
        say(tab, "Hi. Is this thing on?")
        say(other, "It is. What I write, you see, and what you write, I see.")
        tab.wait("document.querySelectorAll('#messages li').length === 4")
        other.close()
        tab.wait("document.querySelectorAll('#messages li').length === 5")
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stage", PAGES)
def test_the_pictures_show_the_pages_as_they_are(visit, stage, scheme):
    picture = ROOT / "Documentation" / "pictures" / f"step{stage}-{scheme}.png"
    if os.environ.get("PICTURES"):
        picture.parent.mkdir(parents=True, exist_ok=True)
        server, enter_stage = visit(stage, viewport={"width": 480, "height": 360}, color_scheme=scheme,
                                    device_scale_factor=2)
        tab = scene(stage, enter_stage)
        tab.page.screenshot(path=picture, caret="initial")  # hiding it would break the page's policy
        with open(picture, "ab") as file:
            file.write(f"\npage {digest(stage)}\n".encode())
    assert picture.exists(), f"{picture.name} is missing: PICTURES=1 makes it"
    made_for = picture.read_bytes()[-17:-1].decode(errors="replace")
    assert made_for == digest(stage), f"{picture.name} shows an older page: PICTURES=1 makes it anew"
