"""The pages of the stages, used as people use them: in several tabs, on a phone, in the dark, by
keyboard, and while the server comes and goes.

PICTURES=1 makes the screenshots of README and TUTORIAL anew."""
import datetime
import hashlib
import os
import re
import signal
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import BIN, PATIENCE, ROOT, daily

PAGES = [1, 2, 3, 4, 5, 6, 7, 8]
NAMED = [5, 6, 7, 8]        # who speaks has a name
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
        wait_until_connected(tab)
    return tab


def wait_until_connected(tab):
    tab.wait("document.getElementById('status').textContent === 'Connected'")


def wait_until_lost(tab):
    tab.wait("document.getElementById('status').textContent === 'Reconnecting …'")


@pytest.fixture(scope="session")
def tutorial_page(tmp_path_factory):
    """The page of TUTORIAL.md's last chapter; those of TUTORIAL-2.md are programs of their own."""
    out = tmp_path_factory.mktemp("states")
    subprocess.run([str(BIN / "Workshop"), "tutorial-steps", str(out)], check=True, cwd=ROOT)
    states = [tuple(map(int, state.name.split("-"))) for state in out.iterdir()]
    last = max(state for state in states if state[0] <= 8)
    return (out / "-".join(map(str, last)) / "index.html").read_text()


def serve_instead(tab, path, text, kind):
    """What the tab gets in place of what the server has."""
    tab.context.route(lambda url: re.sub(r"^https?://[^/]*", "", url) == path,
                      lambda route: route.fulfill(body=text, content_type=f"{kind}; charset=utf-8"))


@pytest.fixture(params=["Step5", "Step8", "TUTORIAL"])
def chat(request, start, open_tab, tutorial_page, script):
    """Tabs of a page with names, a finished one or the tutorial's, with our client and the official one."""
    server = start("Step5" if request.param == "Step5" else "Step8")

    def enter_named(name, **options):
        tab = open_tab(name=name, **options)
        serve_instead(tab, "/socket.io/socket.io.js", script, "text/javascript")
        if request.param == "TUTORIAL":
            serve_instead(tab, "/", tutorial_page, "text/html")
        enter(tab, server)
        tab.page.fill("#nickname", name)
        tab.page.press("#nickname", "Enter")
        tab.wait("me === argument", name.strip())
        return tab
    enter_named.server = server
    enter_named.page = request.param
    return enter_named


def call(tab, name):
    """Claims a nickname, and waits until the server has agreed."""
    tab.page.fill("#nickname", name)
    tab.page.press("#nickname", "Enter")
    tab.wait("document.getElementById('nickname').value === argument && !document.getElementById('input').disabled"
             .replace("argument", repr(name)))


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

@pytest.mark.parametrize("stage", daily(PAGES, [1, 5, 8]))
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", daily(["light", "dark"], ["light"]))
def test_a_page_is_accessible_and_fits(visit, stage, device, scheme):
    server, enter_stage = visit(stage, **device, color_scheme=scheme)
    tab = enter_stage()
    if stage >= 5:
        call(tab, "Ada")
    if stage >= 3:
        say(tab, "Hello! " + "a long word: " + "x" * 200)
        tab.page.wait_for_selector("#messages li")
        tab.run("""
            const state = document.getElementById("messages").lastChild.cloneNode(true);
            for (const kind of ["notice", "unsent", "own", "own unsent", "own failed", "private", "own private"]) {
                const item = state.cloneNode(true);
                item.className = kind;
                item.append(Object.assign(document.createElement("small"), { textContent: "That is too long." }));
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
    if stage in (3, 4):
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
    assert tab.page.locator("[role=log] li.unsent small").all_inner_texts() == ["waits for the connection"] * 2
    again = start("Step3", port=server.port)
    again.line("a user connected")
    again.line("message: one")
    again.line("message: two")
    tab.page.wait_for_selector("#status.connected")
    assert tab.page.locator("#messages li.unsent").count() == 0
    assert shown(tab) == ["one", "two"]


# ── Stage 4

def test_everyone_sees_every_message_once_and_as_text(visit):
    server, enter_stage = visit(4)
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


def test_nothing_is_doubled_by_a_restart(visit, start):
    server, enter_stage = visit(4)
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
        assert a.page.locator("[role=log] li.unsent small").all_inner_texts() == ["waits for the connection"]
        server = start("Step4", port=server.port)
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


def test_a_chat_can_be_used_by_keyboard_alone(visit):
    server, enter_stage = visit(4)
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


def test_new_messages_come_into_view_unless_one_reads_old_ones(visit):
    server, enter_stage = visit(4)
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


def test_new_messages_are_announced_and_fields_have_names(visit):
    server, enter_stage = visit(4)
    tab = enter_stage()
    assert tab.page.get_by_role("log", name="Messages").count() == 1      # a log is a live region
    assert tab.page.get_by_role("textbox", name="Message").count() == 1
    assert tab.page.get_by_role("button", name="Send").count() == 1
    assert tab.page.get_by_role("heading", level=1).count() == 1
    assert tab.page.locator("html").get_attribute("lang") == "en"


def test_an_empty_message_is_not_sent(visit):
    server, enter_stage = visit(4)
    tab = enter_stage()
    tab.page.press("#input", "Enter")
    say(tab, "something")
    wait_for(tab, "something")


def test_a_page_from_the_cache_comes_back_without_doubles(visit):
    server, enter_stage = visit(4)
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


# ── From stage 5 on: names

@pytest.fixture(params=NAMED)
def named(request, visit):
    """Tabs of a stage in which everybody has a name."""
    server, enter_stage = visit(request.param)

    def enter_named(name):
        tab = enter_stage(name=name)
        call(tab, name)
        return tab
    enter_named.server = server
    enter_named.stage = request.param
    enter_named.without_name = enter_stage
    return enter_named


def test_a_name_comes_first_and_what_is_wrong_with_it_is_said(named):
    tab = named.without_name()
    assert tab.page.is_disabled("#input")
    assert tab.page.get_attribute("#input", "placeholder") == "Set a nickname first"
    for name, error in [("   ", "There has to be something in it."), ("x" * 21, "That is too long."),
                        ("a\u202eb", "A character in it can’t be in a name.")]:
        tab.page.fill("#nickname", name)
        tab.page.press("#nickname", "Enter")
        tab.wait(f"document.getElementById('nickname-error').textContent === {error!r}")
        assert tab.page.is_disabled("#input")
    call(tab, "👩‍👩‍👧‍👦" * 20)
    assert tab.page.inner_text("#nickname-error") == ""
    other = named("Grace")
    other.page.fill("#nickname", " gRACE ")
    other.page.press("#nickname", "Enter")
    other.wait("document.getElementById('nickname').value === 'gRACE'")
    tab.page.fill("#nickname", "Grace")
    tab.page.press("#nickname", "Enter")
    tab.wait("document.getElementById('nickname-error').textContent === 'Somebody else has this name.'")
    assert tab.page.get_attribute("#nickname", "aria-invalid") == "true"


def test_messages_carry_names_and_one_sees_ones_own_at_once(named):
    ada, grace, linus = named("Ada"), named("Grace"), named("Linus")
    texts = [text for text in (each.strip() for each in HOSTILE) if text and text != "\u2028" and len(text) <= 2000]
    for text in texts:
        say(ada, text)
    mine = [f"Ada: {text}" for text in texts]
    wait_for(linus, *mine)
    say(linus, "done")
    wait_for(ada, "Grace joined", "Linus joined", *mine, "Linus: done")
    wait_for(grace, "Linus joined", *mine, "Linus: done")
    wait_for(linus, *mine, "Linus: done")
    assert ada.page.locator("li.own").count() == len(texts)
    assert grace.page.locator("li.own").count() == 0
    assert linus.run("return [...document.querySelectorAll('#messages *')].every(each => /^(LI|BDI)$/.test(each.tagName))")


def test_a_name_is_text_wherever_it_is_shown(named):
    name = "<img src=x>"
    ada = named("Ada")
    guest = named(name)
    say(guest, "hello")
    guest.page.fill("#input", "typ")
    wait_for(ada, f"{name} joined", f"{name}: hello")
    if named.stage >= 6:
        ada.wait("document.getElementById('typing').textContent.startsWith('<img src=x> is typing')")
    if named.stage >= 7:
        ada.wait("[...document.querySelectorAll('#online li')].some((item) => item.textContent === '<img src=x>')")
    assert ada.page.locator("img").count() == 0


def test_renaming_is_announced(named):
    ada, grace = named("Ada"), named("Grace")
    call(grace, "Amazing Grace")
    wait_for(ada, "Grace joined", "Grace left", "Amazing Grace joined")
    grace.close()
    wait_for(ada, "Grace joined", "Grace left", "Amazing Grace joined", "Amazing Grace left")


def test_a_message_that_is_refused_says_why(named):
    ada = named("Ada")
    say(ada, "x" * 2001)
    assert reason(ada) == "That is too long."


def reason(tab):
    """Why a message was not delivered: text in the log, so that a screen reader reads it, and in view."""
    tab.page.wait_for_selector("[role=log] li.own.failed small")
    assert tab.run("""
        const [text, log] = ["li.failed small", "[role=log]"].map((each) =>
            document.querySelector(each).getBoundingClientRect());
        return text.top >= log.top && text.bottom <= log.bottom;
    """), "the reason is out of sight"
    return tab.page.inner_text("li.failed small")


def test_a_message_that_may_not_have_arrived_says_so(named):
    ada = named("Ada")
    named.server.process.send_signal(signal.SIGSTOP)
    say(ada, "lost")
    named.server.kill()
    assert reason(ada) == "It may not have arrived: the connection broke."


def test_after_a_restart_the_name_is_claimed_again_and_nothing_is_doubled(named, start):
    ada, grace = named("Ada"), named("Grace")
    server = named.server
    for round in range(2):
        server.kill()
        for tab in (ada, grace):
            tab.page.wait_for_selector("#status.lost")
        say(ada, f"unsent {round}")
        assert ada.page.locator("[role=log] li.unsent small").all_inner_texts() == ["waits for the connection"]
        server = start(f"Step{named.stage}", port=server.port)
        for tab in (ada, grace):
            tab.page.wait_for_selector("#status.connected", timeout=10_000)
        ada.wait("document.querySelectorAll('li.unsent').length === 0")
        say(grace, f"after {round}")
        ada.wait(f"document.getElementById('messages').lastChild.textContent === 'Grace: after {round}'")
        assert shown(ada).count(f"Ada: unsent {round}") == 1
        assert shown(grace).count(f"Ada: unsent {round}") <= 1
    assert ada.page.locator("li.failed").count() == 0
    for tab, other in ((ada, "Grace"), (grace, "Ada")):
        assert shown(tab).count(f"{other} joined") <= 3
        assert tab.page.input_value("#nickname") == tab.name


def test_who_lost_the_name_meanwhile_is_told(named, start):
    ada = named("Ada")
    server = named.server
    server.kill()
    ada.page.wait_for_selector("#status.lost")
    ada.page.context.set_offline(True)
    server = start(f"Step{named.stage}", port=server.port)
    thief = named.without_name(name="thief")
    call(thief, "ada")
    ada.page.context.set_offline(False)
    ada.page.wait_for_selector("#status.connected")
    ada.wait("document.getElementById('nickname-error').textContent === 'Somebody else has this name.'")
    assert ada.page.is_disabled("#input")


# ── The finished pages and the tutorial's, with our client and the official one

def test_what_is_typed_is_trimmed_before_it_is_shown_and_sent(chat):
    ada, grace = chat("  Ada "), chat("Grace")
    say(ada, "   ")
    say(ada, "  hello \t")
    wait_for(grace, "Ada: hello")
    wait_for(ada, "Grace joined", "Ada: hello")
    assert any('"set nickname","Ada"' in line for line in ada.log), ada.log
    assert any('"chat message","hello"' in line for line in ada.log), ada.log


def test_what_waited_goes_after_the_name_is_claimed(chat, start):
    ada = chat("Ada")
    chat.server.kill()
    wait_until_lost(ada)
    ada.context.set_offline(True)
    chat.server = start("Step5" if chat.page == "Step5" else "Step8", port=chat.server.port)
    grace = chat("Grace")
    say(ada, "one")
    ada.page.fill("#nickname", "Countess")
    ada.page.press("#nickname", "Enter")
    say(ada, "two")
    ada.context.set_offline(False)
    wait_for(grace, "Ada joined", "Ada: one", "Ada left", "Countess joined", "Countess: two")
    ada.wait("me === 'Countess'")
    assert ada.page.locator(".unsent, .failed").count() == 0
    assert [text for text in shown(ada) if text != "Grace joined"] == ["Ada: one", "Ada: two"]


@pytest.mark.parametrize("chat", ["Step5"], indirect=True)
def test_what_is_said_before_the_loss_is_noticed_goes_after_the_name_too(chat):
    ada, grace = chat("Ada"), chat("Grace")
    wait_for(ada, "Grace joined")
    # As after a sleep: the clock has gone on, and no timer has. (Stage 5, since signs of typing would notice it.)
    ada.page.clock.set_fixed_time(datetime.datetime.now() + datetime.timedelta(minutes=10))
    say(ada, "good morning")
    wait_for(grace, "Ada left", "Ada joined", "Ada: good morning")
    ada.wait("document.querySelectorAll('.own:not(.unsent):not(.failed)').length === 1")


# ── Names of all kinds, on screens of all sizes

# In the normal form in which they come back.
STRANGE = ["W" * 20, "\ufdfd" * 20, "👩‍👩‍👧‍👦" * 20, "אדה לאבלייס", "\u0179" + "\u0301" * 120 + "algo", "a  b"]


@pytest.fixture(params=["Step8", "TUTORIAL"])
def crowd(request, start, open_tab, tutorial_page, connect):
    """Ada's tab, among people with strange names who have all said something, to her too."""
    server = start("Step8")
    ada = open_tab(name="Ada", **PHONE)
    if request.param == "TUTORIAL":
        serve_instead(ada, "/", tutorial_page, "text/html")
    enter(ada, server)
    call(ada, "Ada")
    ada.wait("me === 'Ada'")
    ada.people = [connect(server.url).io for _ in STRANGE]
    for io, name in zip(ada.people, STRANGE):
        assert io.call("set nickname", name) == {"ok": True, "nickname": name}
        assert io.call("chat message", "hello (1)")["ok"]
        assert io.call("private message", {"to": "Ada", "text": "psst (2)"})["ok"]
    ada.wait("document.querySelectorAll('li.private').length === argument", len(STRANGE))
    for name in STRANGE:
        ada.page.select_option("#to", name)
        say(ada, "x" * 200)
        ada.wait("document.querySelectorAll('li.own.private').length > argument", STRANGE.index(name))
    ada.page.select_option("#to", STRANGE[0])
    for io in ada.people[:2]:
        io.emit("typing", True)
    ada.wait("document.getElementById('typing').textContent.endsWith(' are typing …')")
    ada.is_finished = request.param != "TUTORIAL"
    return ada


@pytest.mark.parametrize("width", [320, 360, 375, 1200])
def test_no_name_pushes_the_page_apart(crowd, width):
    ada = crowd
    ada.page.set_viewport_size({"width": width, "height": 640})
    wide = ada.run("""
        return [document.documentElement, ...document.querySelectorAll("main, [role=log], #people, form, select, li")]
            .filter((each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX !== "hidden")
            .map((each) => `${each.outerHTML.slice(0, 80)}: ${each.scrollWidth} > ${each.clientWidth}`);
    """)
    assert wide == [], "it scrolls sideways"
    box = ada.page.locator("#form").bounding_box()
    assert box["y"] + box["height"] <= 640 and box["x"] + box["width"] <= width
    assert ada.page.locator("[role=log]").bounding_box()["height"] >= 150
    heights = ada.run("""
        const names = [...document.querySelectorAll("#online li, bdi")];
        return names.map((each) => each.getBoundingClientRect().height);
    """)
    assert max(heights) < 30, "a name takes more than one line, and its accents reach out of it"
    if ada.is_finished:
        assert ada.page.locator("#typing").bounding_box()["height"] < 30


@pytest.mark.parametrize("width", [320, 360, 375, 1200])
def test_on_a_phone_the_addressee_has_a_row_of_its_own(crowd, width):
    ada = crowd
    ada.page.set_viewport_size({"width": width, "height": 640})
    to, input, button = [ada.page.locator(each).bounding_box() for each in ("#to", "#input", "#form button")]
    if width < 400:
        assert to["y"] + to["height"] <= input["y"]
        assert to["width"] == width - 32
    else:
        assert to["y"] == input["y"]
    assert input["y"] == button["y"] and input["width"] > 150


def test_a_name_from_the_right_leaves_the_line_as_it_is(crowd):
    ada = crowd
    if not ada.is_finished:
        pytest.skip("the tutorial's page keeps it short")
    hebrew, other = STRANGE[3], "גרייס"
    call(ada, other)
    ada.page.select_option("#to", hebrew)
    say(ada, "three")
    ada.page.wait_for_selector("li.own:has-text('three')")
    lefts = ada.run("""
        const line = [...document.querySelectorAll("li.own")].pop();
        return [...line.querySelectorAll("bdi")].map((name) => name.getBoundingClientRect().left);
    """)
    assert lefts[0] < lefts[1], "from whom stands before to whom"


# ── Stage 6: typing

def typing(tab):
    return tab.page.inner_text("#typing")


@pytest.mark.parametrize("stage", [6, 7, 8])
def test_who_types_is_shown_until_the_message_comes(visit, stage):
    server, enter_stage = visit(stage)
    ada, grace, linus = [enter_stage(name=name) for name in ("Ada", "Grace", "Linus")]
    for tab in (ada, grace, linus):
        call(tab, tab.name)
    grace.page.type("#input", "hel")
    ada.wait("document.getElementById('typing').textContent === 'Grace is typing …'")
    linus.page.type("#input", "x")
    ada.wait("document.getElementById('typing').textContent === 'Grace and Linus are typing …'")
    assert typing(grace) in ("", "Linus is typing …")
    grace.page.press("#input", "Enter")
    ada.wait("document.getElementById('typing').textContent === 'Linus is typing …'")
    linus.page.fill("#input", "")
    ada.wait("document.getElementById('typing').textContent === ''")
    linus.page.type("#input", "y")
    ada.wait("document.getElementById('typing').textContent === 'Linus is typing …'")
    linus.close()
    ada.wait("document.getElementById('typing').textContent === ''")
    assert ada.page.get_attribute("#typing", "aria-live") == "polite"


def test_typing_is_forgotten_after_three_seconds(visit):
    server, enter_stage = visit(6)
    ada, grace = enter_stage(name="Ada"), enter_stage(name="Grace")
    call(ada, "Ada")
    call(grace, "Grace")
    grace.page.type("#input", "hm")
    ada.wait("document.getElementById('typing').textContent === 'Grace is typing …'")
    ada.wait("document.getElementById('typing').textContent === ''")


# ── Stage 7: who is there

@pytest.mark.parametrize("stage", [7, 8])
def test_the_list_of_those_online_is_the_same_for_all(visit, stage):
    server, enter_stage = visit(stage)
    guest = enter_stage(name="guest")
    grace = enter_stage(name="Grace")
    call(grace, "grace")
    ada = enter_stage(name="Ada")
    call(ada, "Ada")

    def online(tab, *names):
        tab.wait("JSON.stringify([...document.querySelectorAll('#online li')].map((item) => item.textContent))"
                 f" === JSON.stringify({list(names)!r})")
    for tab in (guest, grace, ada):
        online(tab, "Ada", "grace")
    assert ada.page.locator("#online li.me").inner_text() == "Ada"
    assert guest.page.locator("#online li.me").count() == 0
    call(grace, "Zoe")
    for tab in (guest, grace, ada):
        online(tab, "Ada", "Zoe")
    grace.close()
    for tab in (guest, ada):
        online(tab, "Ada")


# ── Stage 8: to one alone

def test_a_private_message_reaches_one_alone(visit):
    server, enter_stage = visit(8)
    ada, grace, linus = [enter_stage(name=name) for name in ("Ada", "Grace", "Linus")]
    for tab in (ada, grace, linus):
        call(tab, tab.name)
    ada.wait("document.querySelectorAll('#to option').length === 3")
    assert ada.page.locator("#to option").evaluate_all("options => options.map(each => each.value)") == [
        "", "Grace", "Linus"]
    ada.page.select_option("#to", "Grace")
    say(ada, "just you")
    ada.page.select_option("#to", "")
    say(ada, "all of you")
    wait_for(grace, "Ada joined", "Linus joined", "Ada → me: just you", "Ada: all of you")
    wait_for(linus, "Ada joined", "Grace joined", "Ada: all of you")
    wait_for(ada, "Grace joined", "Linus joined", "Ada → Grace: just you", "Ada: all of you")
    assert ada.page.locator("li.own.private").count() == 1
    assert grace.page.locator("li.private").inner_text() == "Ada → me: just you"


def test_who_was_chosen_and_left_stays_chosen(visit):
    server, enter_stage = visit(8)
    ada, grace, linus = [enter_stage(name=name) for name in ("Ada", "Grace", "Linus")]
    for tab in (ada, grace, linus):
        call(tab, tab.name)
    ada.wait("document.querySelectorAll('#to option').length === 3")
    ada.page.select_option("#to", "Grace")
    grace.close()
    ada.wait("document.querySelectorAll('#to option')[2].textContent === 'Grace (offline)'")
    assert ada.page.input_value("#to") == "Grace"
    say(ada, "are you there?")
    assert reason(ada) == "Nobody of this name is here."
    say(linus, "fence")
    wait_for(linus, "Ada joined", "Grace joined", "Grace left", "Linus: fence")
    again = enter_stage(name="Grace again")
    call(again, "Grace")
    ada.wait("document.querySelectorAll('#to option').length === 3 && "
             "document.getElementById('to').selectedOptions[0].textContent === 'Grace'")
    say(ada, "welcome back")
    wait_for(again, "Ada → me: welcome back")


def test_nobody_sees_that_a_private_message_is_being_typed(visit):
    server, enter_stage = visit(8)
    ada, grace = enter_stage(name="Ada"), enter_stage(name="Grace")
    call(ada, "Ada")
    call(grace, "Grace")
    ada.wait("document.querySelectorAll('#to option').length === 2")
    ada.page.type("#input", "to all")
    grace.wait("document.getElementById('typing').textContent === 'Ada is typing …'")
    ada.page.select_option("#to", "Grace")
    grace.wait("document.getElementById('typing').textContent === ''")
    ada.page.type("#input", "to you")
    ada.page.press("#input", "Enter")
    grace.page.wait_for_selector("li.private")
    assert typing(grace) == ""


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
    if stage >= 5:
        other = enter_stage()
        call(tab, "Ada")
        call(other, "Grace")
        say(other, "Hello! Nice to see who is who.")
        tab.wait("document.querySelectorAll('#messages li').length === 2")
        say(tab, "Now I know whom I talk to.")
        if stage == 8:
            tab.page.select_option("#to", "Grace")
            say(tab, "This is between us.")
            tab.page.wait_for_selector("li.private")
        if stage >= 6:
            other.page.type("#input", "I")
            tab.wait("document.getElementById('typing').textContent !== ''")
    return tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stage", PAGES)
def test_the_pictures_show_the_pages_as_they_are(visit, stage, scheme):
    picture = ROOT / "Documentation" / "pictures" / f"step{stage}-{scheme}.png"
    if os.environ.get("PICTURES"):
        picture.parent.mkdir(parents=True, exist_ok=True)
        server, enter_stage = visit(stage, viewport={"width": 480, "height": 360 if stage < 5 else 480}, color_scheme=scheme,
                                    device_scale_factor=2)
        tab = scene(stage, enter_stage)
        tab.page.screenshot(path=picture, caret="initial")  # hiding it would break the page's policy
        with open(picture, "ab") as file:
            file.write(f"\npage {digest(stage)}\n".encode())
    assert picture.exists(), f"{picture.name} is missing: PICTURES=1 makes it"
    made_for = picture.read_bytes()[-17:-1].decode(errors="replace")
    assert made_for == digest(stage), f"{picture.name} shows an older page: PICTURES=1 makes it anew"
