"""The stages beyond the eight: the page of the study note that stage 9 speaks the protocol of, in Chromium;
stage 11, killed again and again; stage 12 on two processes."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import random
import shutil
import subprocess
import time
import urllib.request

import pytest
import websocket

from conftest import ROOT
from ports import free_port

NOTE = pathlib.Path(__file__).parent / "note_page.html"
SECRET = "a secret of more than thirty-two bytes"


def encoded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def token(name, seconds):
    claims = json.dumps({"username": name, "exp": int(time.time()) + seconds}).encode()
    text = f"{encoded(json.dumps({'alg': 'HS256', 'typ': 'JWT'}).encode())}.{encoded(claims)}"
    return f"{text}.{encoded(hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest())}"


# ── The note's own page: unchanged, but for its title, the path of its script and the port

@pytest.fixture
def note(start, open_tab, tmp_path):
    """Opens the note's page as a user who has signed in."""
    page = NOTE.read_text()
    (tmp_path / "Public/step9").mkdir(parents=True)
    server = start("Step9", public=tmp_path / "Public", given={"DATA_DIR": str(tmp_path), "TOKEN_SECRET": SECRET})
    port = server.port
    for old, new, count in [("<%= title%>", "The note", 2), ("/javascripts/socketio.js", "/socket.io/socket.io.js", 1),
                            ("ws://localhost:3000", f"ws://localhost:{port}", 1)]:
        assert page.count(old) == count
        page = page.replace(old, new)
    (tmp_path / "Public/step9/index.html").write_text(page)

    def enter(name, seconds=600):
        tab = open_tab(name=name)
        tab.context.add_init_script(
            f"if (!sessionStorage.begun) {{ sessionStorage.begun = 1; localStorage.token = '{token(name, seconds)}'; "
            f"localStorage.username = '{name}'; }}")
        return tab.open(f"http://localhost:{port}/")

    enter.url = f"http://localhost:{port}"
    return enter


def heard(tab, line):
    """Waits until the page has written a line to the console."""
    end = time.monotonic() + 15
    while f"log: {line}" not in tab.log:
        assert time.monotonic() < end, f"{line!r} was not heard: {tab.log}"
        tab.page.wait_for_timeout(10)


def test_the_notes_page_runs_against_stage_9(note, tmp_path):
    ada, grace, linus = note("ada"), note("grace"), note("linus")
    names = "[...document.querySelectorAll('option')].map((each) => each.value).join()"
    for tab in (ada, grace, linus):
        heard(tab, "广播：welcome")
        tab.wait(f"{names} === 'all,ada,grace,linus'")
    assert ada.page.locator("#username").inner_text() == "ada"

    ada.page.fill("#text", "大家好 <b>hello</b>")
    ada.page.click("#send")
    for tab in (ada, grace, linus):
        heard(tab, "ada：大家好 <b>hello</b>")

    grace.page.select_option("#select", "ada")
    grace.page.fill("#text", "psst")
    grace.page.click("#send")
    heard(ada, "grace：psst")
    # What comes later has come, and the letter has not.
    ada.page.fill("#text", "end")
    ada.page.click("#send")
    for tab in (grace, linus):
        heard(tab, "ada：end")
        assert "log: grace：psst" not in tab.log

    ada.page.screenshot(path=tmp_path / "note.png")
    linus.page.close()
    for tab in (ada, grace):
        tab.wait(f"{names} === 'all,ada,grace'")


def test_the_notes_page_goes_to_login_when_its_token_ends(note):
    tab = note("ada", seconds=3)
    heard(tab, "广播：welcome")
    tab.page.wait_for_url(f"{note.url}/login")
    assert tab.page.evaluate("localStorage.getItem('token')") is None


def test_the_route_of_stage_9_pushes_to_a_page(note):
    tab = note("ada")
    heard(tab, "广播：welcome")
    tab.run("socket.on('message', (message) => console.log(`push ${message.user}: ${message.data}`))")
    request = urllib.request.Request(
        f"{note.url}/push", json.dumps({"to": "ada", "data": "hi"}).encode(),
        {"Authorization": f"Bearer {token('shop', 60)}", "Content-Type": "application/json"})
    assert json.load(urllib.request.urlopen(request)) == {"ok": True}
    heard(tab, "push shop: hi")


# ── The pages of the stages

def registered(tab, url, name):
    """Goes to the page of stage 9, and registers."""
    tab.open(url)
    tab.page.wait_for_url(f"{url}/login")     # without a token no one is let in
    tab.page.fill("#name", name)
    tab.page.fill("#password", "correct horse")
    tab.page.click("text=Register")
    tab.page.wait_for_url(f"{url}/")
    tab.wait("document.getElementById('status').className === 'connected'")
    return tab


def named(tab, url, name):
    """Goes to the page of stage 10 or 11, and says who it is."""
    tab.open(url)
    tab.page.fill("#name", name)
    tab.page.press("#name", "Enter")
    tab.wait("document.getElementById('status').className === 'connected'")
    return tab


def say(tab, text):
    tab.page.fill("#input", text)
    tab.page.press("#input", "Enter")


def shown(tab, text):
    tab.wait("[...document.querySelectorAll('#messages li')].some((each) => each.textContent.includes(argument))", text)


def join(tab, channel):
    tab.page.fill("#channel", channel)
    tab.page.press("#channel", "Enter")
    tab.wait("[...document.getElementById('to').options].some((each) => each.value === argument)", channel)


def test_the_page_of_stage_9(start, open_tab, tmp_path):
    server = start("Step9", given={"DATA_DIR": str(tmp_path), "TOKEN_SECRET": SECRET})
    url = f"http://localhost:{server.port}"
    ada, grace = [registered(open_tab(name=name), url, name) for name in ("ada", "grace")]
    say(ada, "hello <b>all</b>")
    shown(grace, "ada: hello <b>all</b>")
    grace.page.select_option("#to", "ada")
    say(grace, "psst")
    shown(ada, "grace → me: psst")
    shown(grace, "grace → ada: psst")
    grace.page.click("#leave")
    grace.page.wait_for_url(f"{url}/login")
    ada.wait("document.querySelectorAll('#online li').length === 1")


def test_the_page_of_stage_10(start, open_tab):
    server = start("Step10", given={"ADMIN_KEY": "the key"})
    ada, grace = [named(open_tab(name=name), server.url, name) for name in ("Ada", "Grace")]
    for tab in (ada, grace):
        join(tab, "swift")
    ada.wait("document.getElementById('online').textContent.includes('swift: Ada, Grace')")
    say(ada, "hello")
    shown(grace, "swift · Ada: hello")
    ada.page.fill("#input", "news")
    ada.page.click("#publish")
    shown(grace, "/get: news")
    grace.page.once("dialog", lambda dialog: dialog.accept("a wrong key"))
    grace.page.click("#close")
    shown(grace, "/admin: not allowed")
    grace.page.once("dialog", lambda dialog: dialog.accept("the key"))
    grace.page.click("#close")
    shown(ada, "swift was closed")


def test_the_page_of_stage_11(start, open_tab, tmp_path):
    given = {"DATA_DIR": str(tmp_path)}
    server = start("Step11", given=given)
    tabs = ada, grace = [named(open_tab(name=name), server.url, name) for name in ("Ada", "Grace")]
    say(ada, "before")
    shown(grace, "Ada: before")
    server.kill()
    ada.wait("document.getElementById('status').className === 'lost'")
    say(ada, "meanwhile")     # it waits, and is sent when the server is back
    start("Step11", port=server.port, given=given)
    shown(grace, "Ada: meanwhile")
    ada.wait("document.querySelectorAll('#messages li.unsent').length === 0")
    for tab in tabs:
        texts = tab.page.eval_on_selector_all("#messages li", "all => all.map((each) => each.textContent)")
        assert texts == ["Ada: before", "Ada: meanwhile"]


@pytest.fixture
def redis_url(tmp_path):
    """A Redis that stores nothing."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    port = free_port()
    process = subprocess.Popen([program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
                               stdout=subprocess.PIPE, text=True)
    while "Ready to accept connections" not in (line := process.stdout.readline()):
        assert line, "Redis has ended"
    yield f"redis://127.0.0.1:{port}"
    process.kill()
    process.wait()


def test_the_page_of_stage_12_on_two_processes(start, open_tab, redis_url):
    one = start("Step12", "--redis", redis_url)
    two = start("Step12", given={"REDIS_URL": redis_url})
    ada, grace = named(open_tab(name="ada"), one.url, "Ada"), named(open_tab(name="grace"), two.url, "Grace")
    names = "[...document.querySelectorAll('#online li')].map((each) => each.textContent).join()"
    for tab in (ada, grace):
        tab.wait(f"{names} === 'Ada,Grace'")
    say(ada, "hello from the first")
    shown(grace, "Ada: hello from the first")
    say(grace, "and from the second")
    shown(ada, "Grace: and from the second")
    linus = open_tab(two.url, "linus")
    linus.page.fill("#name", "ada")
    linus.page.press("#name", "Enter")
    linus.wait("document.getElementById('status').textContent === 'Somebody has this name'")
    one.kill()
    grace.wait(f"{names} === 'Grace'")
    named(linus, two.url, "Ada")
    grace.wait(f"{names} === 'Ada,Grace'")


# ── Pictures

def digest(stage):
    """Of what a picture shows."""
    files = [ROOT / "Public" / f"step{stage}" / "index.html", ROOT / "Public" / "chat.css"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def scene(stage, server, other, enter):
    """What a picture shows: a tab in which something has happened."""
    url, far = [f"http://localhost:{each.port}" for each in (server, other)]
    if stage == 9:
        ada, grace = registered(enter(), url, "ada"), registered(enter(), url, "grace")
        say(grace, "Hello! No one else can be Grace here.")
        shown(ada, "grace: Hello!")
        ada.page.select_option("#to", "grace")
        say(ada, "And this is between us.")
        shown(ada, "ada → grace")
        return ada
    ada, grace = named(enter(), url, "Ada"), named(enter(), far, "Grace")
    if stage == 10:
        for tab, channels in ((grace, ("swift", "music")), (ada, ("swift", "music"))):
            for channel in channels:
                join(tab, channel)
        grace.page.select_option("#to", "swift")
        say(grace, "Which version do you have?")
        shown(ada, "Which version")
        ada.page.select_option("#to", "*")
        say(ada, "Lunch at one!")
        shown(grace, "Lunch")
    elif stage == 12:
        say(grace, "I am at another server. Do you notice?")
        shown(ada, "at another server")
        say(ada, "No.")
        shown(ada, "Ada: No.")
    else:
        say(grace, "Are you still there?")
        shown(ada, "still there")
        server.kill()
        ada.wait("document.getElementById('status').className === 'lost'")
        say(ada, "Yes. The server is not, but this will arrive.")
    return ada


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("stage", [9, 10, 11, 12])
def test_the_pictures_show_the_pages_as_they_are(start, open_tab, tmp_path, request, stage, scheme):
    picture = ROOT / "Documentation" / "pictures" / f"step{stage}-{scheme}.png"
    if os.environ.get("PICTURES"):
        options = ["--redis", request.getfixturevalue("redis_url")] if stage == 12 else []
        server = start(f"Step{stage}", *options, given={"DATA_DIR": str(tmp_path)})
        other = start(f"Step{stage}", *options) if stage == 12 else server
        tab = scene(stage, server, other, lambda: open_tab(
            viewport={"width": 480, "height": 480}, color_scheme=scheme, device_scale_factor=2))
        tab.page.screenshot(path=picture, caret="initial")  # hiding it would break the page's policy
        with open(picture, "ab") as file:
            file.write(f"\npage {digest(stage)}\n".encode())
    assert picture.exists(), f"{picture.name} is missing: PICTURES=1 makes it"
    made_for = picture.read_bytes()[-17:-1].decode(errors="replace")
    assert made_for == digest(stage), f"{picture.name} shows an older page: PICTURES=1 makes it anew"


# ── Stage 11, killed again and again

class Writer:
    """Joins by its name, and reads until the connection ends."""

    def __init__(self, port, name, offset):
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=15)
        self.socket.send(f"40{json.dumps({'name': name, 'serverOffset': offset})}")
        self.asked = {}
        self.number = 0

    def send(self, key):
        self.asked[self.number] = key
        self.socket.send(f'42{self.number}{json.dumps(["chat message", key, key])}')
        self.number += 1

    def read(self):
        """The next packet; None at the end."""
        try:
            while True:
                packet = self.socket.recv()
                if not packet:
                    return None
                if packet == "2":
                    self.socket.send("3")
                elif packet.startswith("43"):
                    number, _, json_text = packet[2:].partition("[")
                    return "ack", self.asked[int(number)], json.loads("[" + json_text)[0]["offset"]
                elif packet.startswith('42["chat message"'):
                    return "message", *json.loads(packet[2:])[1:3]
        except (websocket.WebSocketException, OSError):
            return None

    def close(self):
        self.socket.close()


@pytest.mark.parametrize("rounds", [5, pytest.param(50, marks=pytest.mark.nightly)])
def test_what_was_acknowledged_is_found_once_however_often_the_server_is_killed(start, tmp_path, rounds, capsys):
    given = {"DATA_DIR": str(tmp_path)}
    dice = random.Random(rounds)
    acknowledged, sent = {}, []
    for turn in range(rounds):
        server = start("Step11", given=given)
        writer = Writer(server.port, "Ada", 10**9)
        for key in [key for key in sent if key not in acknowledged]:
            writer.send(key)     # again, under its id
        for number in range(60):
            sent.append(f"{turn}-{number}")
            writer.send(sent[-1])
        enough = dice.randrange(1, 60)
        while enough and (packet := writer.read()):
            if packet[0] == "ack":
                acknowledged[packet[1]] = packet[2]
                enough -= 1
        server.kill()
        while packet := writer.read():     # what was on its way counts as well
            if packet[0] == "ack":
                acknowledged[packet[1]] = packet[2]
        writer.close()
    server = start("Step11", given=given)
    writer = Writer(server.port, "Ada", 10**9)
    for key in [key for key in sent if key not in acknowledged]:
        writer.send(key)
    while len(acknowledged) < len(sent):
        packet = writer.read()
        if packet[0] == "ack":
            acknowledged[packet[1]] = packet[2]
    reader = Writer(server.port, "Grace", 0)
    found = [reader.read()[1:] for _ in sent]
    texts = [message["text"] for message, _ in found]
    doubled = len(texts) - len(set(texts))
    with capsys.disabled():
        print(f"\n{rounds} kills: {len(sent)} sent, {len(acknowledged)} acknowledged, {len(set(texts))} found, {doubled} doubled")
    assert doubled == 0 and set(texts) == set(sent)
    assert [offset for _, offset in found] == list(range(1, len(sent) + 1))
    assert all(acknowledged[message["text"]] == offset for message, offset in found)
    # Nothing follows: a last word comes next.
    writer.send("end")
    assert reader.read()[1]["text"] == "end"
