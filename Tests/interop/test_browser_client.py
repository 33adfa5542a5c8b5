"""Public/socket.io.js in a real browser, against our engine and against python-socketio's server.

The same tests run with the official client: what they expect is what people are used to."""

import pytest

from browser import PythonServer, chromium_path
from conftest import TRANSPORTS, Program

# Heartbeats slow enough for a busy machine; the conformance suites' own are 300 and 200 ms.
CALM = ["--ping-interval", "20000", "--ping-timeout", "20000"]

HELPERS = """
    var heard = [];
    const next = (emitter, event) => new Promise((resolve) =>
        emitter.once(event, (...args) => resolve(args)));
    const connected = (socket) => socket.connected ? undefined : next(socket, "connect");
    // With what the engine waited for: the answer to a poll, the answer to a POST, or something else.
    const until = async (condition, socket) => {
        for (let tries = 0; !condition(); tries++) {
            if (tries === 1000) {
                const {readyState, polling, writable, name} = socket.io.engine.transport;
                throw new Error("too long: " + condition
                    + JSON.stringify({name, readyState, polling, writable}));
            }
            await new Promise((go) => setTimeout(go, 10));
        }
    };
    const settled = (engine) => engine.transport.name === "websocket"
        ? undefined : next(engine, "upgrade");
"""


@pytest.fixture(scope="module")
def servers():
    """Both servers, for all tests that leave them alone."""
    running = {"engine": Program("Workshop", "socket-io", *CALM), "python": PythonServer()}
    yield running
    for server in running.values():
        server.end()


@pytest.fixture(params=["engine", "python"])
def server(request, servers):
    return servers[request.param]


@pytest.fixture
def engine(servers):
    return servers["engine"]



@pytest.fixture
def blank(open_tab, script):
    """Opens an empty page at a server, with the client in it."""
    html = (f"<!DOCTYPE html><title>test</title><link rel=icon href=data:,>"
            f"<script src=client.js></script><script>{HELPERS}</script>")

    def open_page(url, **options):
        tab = open_tab(**options)

        def load(how):
            # While there is a route, all that the page asks for passes through Playwright: only the
            # page comes so, and the client talks to the server alone.
            tab.page.route(f"{url}/page",
                           lambda route: route.fulfill(body=html, content_type="text/html"))
            tab.page.route("**/client.js", lambda route: route.fulfill(
                body=script, content_type="text/javascript; charset=utf-8"))
            how()
            tab.page.unroute_all()

        tab.reload = lambda: load(tab.page.reload)
        load(lambda: tab.open(f"{url}/page"))
        return tab
    return open_page


def large(server):
    """As python-engineio with aiohttp reads no more of a POST than the first part that arrives."""
    return 10_000 if isinstance(server, PythonServer) else 200_000


@pytest.fixture
def tab(blank, server):
    return blank(server.url)


def options(transport, **more):
    chosen = TRANSPORTS[transport]
    return dict({"transports": chosen} if chosen else {}, **more)


# ── What goes over the wire

def test_the_client_ends_up_on_the_transport_it_wants(tab, transport):
    name = tab.run("""
        const upgrades = !argument.transports;      // the official client writes them into its options
        const socket = io(argument);
        await connected(socket);
        const arrived = () => socket.io.engine.transport.name === "websocket";
        if (upgrades) await until(arrived, socket);
        return socket.io.engine.transport.name;
    """, options(transport))
    assert name == ("polling" if transport == "polling" else "websocket")


def test_auth_is_an_object_or_a_function(tab, transport):
    assert tab.run("""
        const one = io(argument);
        const [first] = await next(one, "auth");
        const two = io(Object.assign({}, argument, {
            forceNew: true, auth: (callback) => setTimeout(callback, 10, { token: "later" }) }));
        return [first, ...await next(two, "auth")];
    """, options(transport, auth={"token": "tür"})) == [{"token": "tür"}, {"token": "later"}]


def test_arguments_come_back_as_they_were(tab, transport, server):
    samples = [[], ["text"], [1, -2.5, True, None], [{"a": [1, {"b": "ü🙂"}]}, []],
               ["\u2028\"\\\n\x1e"], ["x" * large(server)]]
    assert tab.run("""
        const socket = io(argument.options), back = [];
        socket.on("message-back", (...args) => back.push(args));
        for (const sample of argument.samples) socket.send(...sample);
        while (back.length < argument.samples.length) await next(socket, "message-back");
        return back;
    """, {"options": options(transport), "samples": samples}) == samples


def test_acknowledgements_go_both_ways(tab, transport):
    assert tab.run("""
        const socket = io(argument);
        const callback = await new Promise((resolve) => socket.emit("message-with-ack", 1, {a: 2},
            (...answers) => resolve(answers)));
        const promise = await socket.emitWithAck("message-with-ack", "x");
        const timely = await socket.timeout(10000).emitWithAck("message-with-ack", "y");
        socket.on("question", (question, answer) => { answer({answer: question * 2}); answer("again"); });
        socket.emit("ask", 21);
        return [callback, promise, timely, ...await next(socket, "answer")];
    """, options(transport)) == [[1, {"a": 2}], "x", "y", {"answer": 42}]


def test_bytes_travel_at_any_depth(tab, transport, server):
    assert tab.run("""
        const socket = io(argument.options);
        const bytes = (buffer) => buffer instanceof ArrayBuffer ? Array.from(new Uint8Array(buffer)) : buffer;
        const source = new Uint8Array([0, 1, 2, 253, 254, 255]);
        socket.emit("message", source.buffer, {
            view: source.subarray(2, 4), list: [new Blob(["bl", "ob"]), new DataView(source.buffer, 5)],
        }, "text", new ArrayBuffer(0));
        const [whole, parts, text, empty] = await next(socket, "message-back");
        const large = new Uint8Array(argument.length).map((_, index) => index);
        const back = new Uint8Array(await socket.emitWithAck("message-with-ack", large));
        return [bytes(whole), bytes(parts.view), parts.list.map(bytes), text, bytes(empty),
            back.length, back.every((byte, index) => byte === large[index])];
    """, {"options": options(transport), "length": large(server)}) == [
        [0, 1, 2, 253, 254, 255], [2, 253], [[98, 108, 111, 98], [255]], "text", [], large(server), True]


def test_a_blob_does_not_overtake_what_was_sent_before_it(tab, transport):
    assert tab.run("""
        const socket = io(argument), back = [];
        socket.on("message-back", (number) => back.push(number));
        await connected(socket);
        for (let number = 0; number < 6; number += 1) {
            socket.emit("message", number, number % 3 ? new Blob(["x".repeat(1000)]) : "text");
        }
        while (back.length < 6) await next(socket, "message-back");
        return back;
    """, options(transport)) == list(range(6))


def test_hundreds_of_messages_keep_their_order_across_the_upgrade(blank, engine, transport):
    # Not with python-socketio: the official client sends it more packets at once than it takes.
    assert blank(engine.url).run("""
        const socket = io(argument), back = [];
        socket.on("message-back", (number) => back.push(number));
        for (let number = 0; number < 300; number += 1) {
            socket.emit("message", number);
            if (number % 30 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
        }
        while (back.length < 300) await next(socket, "message-back");
        return back;
    """, options(transport)) == list(range(300))


def test_namespaces_share_a_connection(tab, transport):
    result = tab.run("""
        const main = io(argument), custom = io("/custom", argument);
        const [[first], [second]] = await Promise.all([next(main, "auth"), next(custom, "auth")]);
        const again = io("/custom", argument);
        await connected(again);
        const shared = main.io === custom.io, apart = custom.io !== again.io;
        const ids = new Set([main.id, custom.id, again.id]).size;
        custom.disconnect();
        return [first, second, shared, apart, ids, main.connected, custom.connected, custom.nsp];
    """, options(transport))
    assert result == [{}, {}, True, True, 3, True, False, "/custom"]


def test_an_unknown_namespace_is_refused(blank, engine, transport):
    assert blank(engine.url).run("""
        const socket = io("/nowhere", argument);
        const [error] = await next(socket, "connect_error");
        return [error.message, error instanceof Error, socket.connected, socket.active];
    """, options(transport)) == ["Invalid namespace", True, False, False]


def test_a_refusal_carries_data(blank, servers, transport):
    assert blank(servers["python"].url).run("""
        const socket = io("/private", argument);
        const [error] = await next(socket, "connect_error");
        return [error.message, error.data, socket.active];
    """, options(transport)) == ["not invited", {"try": "later"}, False]


# ── Coming and going

def test_who_leaves_can_come_back(tab, transport):
    assert tab.run("""
        const socket = io(argument);
        await connected(socket);
        const first = socket.id;
        const gone = next(socket, "disconnect");
        socket.disconnect();
        const [reason] = await gone;
        const state = [socket.connected, socket.disconnected, socket.active, socket.id];
        socket.connect();
        await connected(socket);
        return [reason, state, socket.id !== first, await socket.emitWithAck("message-with-ack", "x")];
    """, options(transport)) == ["io client disconnect", [False, True, False, None], True, "x"]


def test_what_was_emitted_before_leaving_arrives(blank, start, connect, transport):
    server = start("Step4")
    friend = connect(server.url)
    blank(server.url).run("""
        const socket = io(argument);
        await connected(socket);
        socket.emit("chat message", "x".repeat(100000));
        socket.emit("chat message", "last words");
        socket.disconnect();
        if (socket.connected || socket.active) throw new Error("still connected");
    """, options(transport))
    assert [friend.next()[1] for _ in range(1)] == ["user joined"]
    assert len(friend.next()[2]) == 100_000
    assert friend.next()[2] == "last words"
    assert friend.next()[1] == "user left"


def test_a_server_that_sends_us_away_is_not_asked_again(tab, transport):
    assert tab.run("""
        const socket = io(argument);
        await connected(socket);
        socket.emit("leave me");
        const [reason] = await next(socket, "disconnect");
        const active = socket.active;
        socket.connect();
        await connected(socket);
        return [reason, active, socket.connected];
    """, options(transport)) == ["io server disconnect", False, True]


def test_a_lost_connection_comes_back_by_itself(tab, transport, script):
    assert tab.run("""
        const { isOurs, options } = argument;
        const socket = io(Object.assign({ reconnectionDelay: 10 }, options));
        await connected(socket);
        if (!options.transports) await settled(socket.io.engine);
        const order = [];
        for (const event of ["close", "reconnect_attempt", "reconnect", "open"]) {
            socket.io.on(event, (detail) => order.push([event, detail]));
        }
        const back = [];
        socket.on("message-back", (number) => back.push(number));
        const gone = next(socket, "disconnect");
        socket.io.engine.close();
        const [reason] = await gone;
        const active = socket.active;
        socket.emit("message", 1);
        if (isOurs) socket.volatile.emit("message", 2); // the official client may keep it
        socket.emit("message", 3);
        while (back.length < 2) await next(socket, "message-back");
        return [reason, active, order, back];
    """, {"options": options(transport), "isOurs": "MANAGER_DEFAULTS" in script}) == [
        "forced close", True,
        [["close", "forced close"], ["reconnect_attempt", 1], ["open", None], ["reconnect", 1]],
        [1, 3]]


def test_the_client_comes_back_after_a_restart(blank, start, transport):
    first = start("Workshop", "socket-io", *CALM)
    tab = blank(first.url)
    tab.run("""
        window.socket = io(Object.assign({ reconnectionDelay: 50, reconnectionDelayMax: 100 }, argument));
        for (const event of ["connect", "disconnect", "auth"]) socket.on(event, (value) =>
            heard.push([event, value]));
        socket.on("message-back", (value) => heard.push(["back", value]));
        await next(socket, "auth");
        if (!argument.transports) await settled(socket.io.engine);
    """, options(transport))
    first.kill()
    tab.wait("heard.length === 3")
    tab.run("socket.emit('message', 'unsent 1'); socket.emit('message', 'unsent 2');")
    start("Workshop", "socket-io", *CALM, port=first.port)
    tab.wait("heard.length >= 7")
    # Polls: a server that dies does not answer. WebSocket: its end is seen as such.
    heard = tab.run("socket.emit('message', 'end'); while (heard.length < 8) await next(socket, 'message-back'); return heard;")
    reason = heard[2][1]
    assert reason in ("transport error", "transport close")
    assert heard == [["connect", None], ["auth", {}], ["disconnect", reason], ["connect", None],
                     *[["auth", {}]], ["back", "unsent 1"], ["back", "unsent 2"], ["back", "end"]] or \
        sorted(map(str, heard[4:7])) == sorted(map(str, [["auth", {}], ["back", "unsent 1"], ["back", "unsent 2"]]))


def test_a_client_that_is_cut_off_again_and_again_misses_nothing(blank, start, transport):
    """Connection state recovery: the server counts, and closes the connection seven times meanwhile."""
    server = start("Workshop", "recovery")
    result = blank(server.url).run("""
        const socket = io(Object.assign({reconnectionDelay: 20, reconnectionDelayMax: 40}, argument));
        const numbers = [], states = [], ids = new Set();
        socket.on("number", (number) => numbers.push(number));
        socket.on("fence", (answer) => answer(true));
        socket.on("connect", () => { states.push(socket.recovered); ids.add(socket.id); });
        await connected(socket);
        socket.emit("count");
        await until(() => numbers.length >= 100, socket);
        socket.disconnect();
        return {numbers, recovered: states.slice(1), ids: ids.size};
    """, options(transport))
    assert result["numbers"] == list(range(100))
    assert result["ids"] == 1
    assert len(result["recovered"]) >= 3 and all(result["recovered"])


def test_a_page_of_another_origin_may_connect(blank, engine, transport):
    tab = blank("http://other.localhost")
    assert tab.run("""
        const socket = io(argument.url, argument.options);
        return [await socket.emitWithAck("message-with-ack", "x"), socket.io.engine.transport.name];
    """, {"url": engine.url, "options": options(transport)})[0] == "x"


def test_when_websocket_is_blocked_polling_goes_on(blank, engine):
    tab = blank(engine.url)
    tab.page.route_web_socket("**", lambda socket: socket.close())
    tab.reload()
    assert tab.run("""
        const socket = io();
        await new Promise((resolve) => socket.io.engine.on("upgradeError", resolve));
        return [socket.io.engine.transport.name, await socket.emitWithAck("message-with-ack", "x")];
    """) == ["polling", "x"]


def test_query_and_headers_go_along(blank, engine):
    tab = blank(engine.url)
    seen = []
    tab.page.on("request", lambda request: seen.append((request.url, request.headers.get("x-who"))))
    tab.run("""
        await connected(io("/?token=a%20b", { transports: ["polling"], extraHeaders: { "X-Who": "me" } }));
        await connected(io({ query: { token: "c&d", n: 1 }, forceNew: true, transports: ["polling"] }));
        await connected(io({ query: "token=e%2Bf", forceNew: true, transports: ["polling"] }));
    """)
    handshakes = [(url.split("?")[1], who) for url, who in seen
                  if "EIO=4" in url and "sid=" not in url]
    assert [who for _, who in handshakes] == ["me", None, None]
    parameters = [dict(pair.split("=") for pair in query.split("&")) for query, _ in handshakes]
    tokens = [each["token"].replace("+", "%20") for each in parameters]
    assert tokens == ["a%20b", "c%26d", "e%2Bf"]
    assert parameters[1]["n"] == "1"
    assert all(each["EIO"] == "4" and each["transport"] == "polling" for each in parameters)


def test_a_payload_stays_within_what_the_server_takes(blank, engine):
    tab = blank(engine.url)
    bodies = []
    tab.page.on("request", lambda request: bodies.append(request.post_data or ""))
    assert tab.run("""
        const socket = io({ transports: ["polling"] }), back = [];
        await connected(socket);
        socket.on("message-back", (text) => back.push(text.length));
        for (let number = 0; number < 5; number += 1) socket.emit("message", "ü".repeat(200000));
        while (back.length < 5) await next(socket, "message-back");
        return back;
    """) == [200_000] * 5
    assert max(len(body.encode()) for body in bodies) <= 1_000_000


def test_what_is_too_large_for_a_request_is_an_error_and_the_client_comes_back(blank, start):
    """900 KB of binary data are 1.2 MB of base64, and the server takes 1 MB."""
    server = start("Workshop", "socket-io", *CALM)
    tab = blank(server.url)
    assert tab.run("""
        const socket = io({ transports: ["polling"], reconnectionDelay: 10 });
        await connected(socket);
        const lost = next(socket, "disconnect"), answer = socket.emitWithAck("message-with-ack", new Uint8Array(900000));
        const failed = answer.then(() => "answered", (error) => error.message);
        const [reason, details] = await lost;
        await connected(socket);
        const back = next(socket, "message-back");
        socket.emit("message", new Uint8Array(700000));
        return [reason, details.description, await failed, (await back)[0].byteLength];
    """) == ["transport error", 413, "socket has been disconnected", 700_000]
    # Chromium says it by itself; no page can keep it from that.
    tab.errors = [line for line in tab.errors if "status of 413" not in line]
    assert any("refused with 413" in line and "maxHttpBufferSize" in line for line in server.errors)


@pytest.mark.ours
def test_a_request_carries_no_more_packets_than_servers_take(blank, server):
    tab = blank(server.url)
    bodies = []
    tab.page.on("request", lambda request: bodies.append(request.post_data or ""))
    assert tab.run("""
        const socket = io({ transports: ["polling"] }), back = [];
        await connected(socket);
        socket.on("message-back", (number) => back.push(number));
        for (let number = 0; number < 100; number += 1) socket.emit("message", number);
        while (back.length < 100) await next(socket, "message-back");
        return back.length;
    """) == 100
    assert max(body.count("\x1e") for body in bodies) == 15


@pytest.mark.ours
def test_a_page_from_the_back_forward_cache_comes_back(blank, engine, transport):
    if "headless-shell" in (chromium_path() or ""):
        pytest.skip("the headless shell has no back-forward cache: CHROMIUM=/usr/bin/chromium")
    tab = blank(engine.url)
    tab.run("""
        const upgrades = !argument.transports;      // the official client writes them into its options
        window.mark = "the same page";
        window.addEventListener("pageshow", (event) => heard.push(["pageshow", event.persisted]));
        window.socket = io(argument);
        socket.on("disconnect", (reason) => heard.push(["disconnect", reason]));
        socket.on("message-back", (text) => heard.push(["back", text]));
        await connected(socket);
        if (upgrades) await settled(socket.io.engine);
    """, options(transport))
    tab.open(f"{engine.url}/socket.io/socket.io.js")
    tab.page.go_back(wait_until="commit")      # no "load" comes from the cache
    assert tab.run("""
        await connected(socket);
        socket.send("again");
        await next(socket, "message-back");
        return [window.mark, heard];
    """) == ["the same page", [["disconnect", "transport close"], ["pageshow", True], ["back", "again"]]]


# ── The well-known guide

GUIDE = """<!DOCTYPE html>
<html>
  <head><title>Socket.IO chat</title><link rel="icon" href="data:,"></head>
  <body>
    <ul id="messages"></ul>
    <form id="form" action=""><input id="input" autocomplete="off" /><button>Send</button></form>
    <script src="/socket.io/socket.io.js"></script>
    <script>
      var socket = io();
      var messages = document.getElementById('messages');
      var form = document.getElementById('form');
      var input = document.getElementById('input');
      form.addEventListener('submit', function(e) {
        e.preventDefault();
        if (input.value) {
          socket.emit('chat message', input.value);
          input.value = '';
        }
      });
      socket.on('chat message', function(msg) {
        var item = document.createElement('li');
        item.textContent = msg;
        messages.appendChild(item);
      });
    </script>
  </body>
</html>"""

GUIDE_AS_MODULE = GUIDE.replace('<script src="/socket.io/socket.io.js"></script>', "").replace(
    "<script>", '<script type="module">import { io } from "/socket.io/socket.io.esm.min.js";')


@pytest.mark.parametrize("page", [GUIDE, GUIDE_AS_MODULE, GUIDE.replace("io.js", "io.min.js")],
                         ids=["script", "module", "min"])
def test_the_page_of_the_guide_runs_unchanged(start, open_tab, page):
    server = start("Step4")
    tabs = [open_tab(), open_tab()]
    for tab in tabs:
        tab.page.route(f"{server.url}/", lambda route: route.fulfill(body=page, content_type="text/html"))
        tab.open(server.url)
    tabs[0].wait("document.getElementById('messages')")
    server.line("a user connected")
    server.line("a user connected")
    tabs[0].page.fill("#input", "<b>hello</b>")
    tabs[0].page.click("button")
    for tab in tabs:
        tab.page.wait_for_selector("#messages li")
        assert tab.page.locator("#messages li").all_inner_texts() == ["<b>hello</b>"]


# ── What a browser asks of a server's answers

@pytest.mark.parametrize("mode, target", [("socket-io", "/socket.io/?EIO=4&transport=websocket"),
                                          ("websocket-echo", "/")])
def test_a_websocket_of_a_page_that_offers_subprotocols_gets_its_first(start, open_tab, mode, target):
    server = start("Workshop", mode)
    tab = open_tab()
    tab.page.route(f"{server.url}/page", lambda route: route.fulfill(body="<link rel=icon href=data:,>",
                                                                     content_type="text/html"))
    chosen = tab.open(f"{server.url}/page").run("""
        const socket = new WebSocket(argument, ["chat.v2", "chat.v1"]);
        await new Promise((go, fail) => { socket.onopen = go; socket.onerror = () => fail(new Error("refused")); });
        socket.close();
        return socket.protocol;
    """, server.url.replace("http", "ws") + target)
    assert chosen == "chat.v2"


def test_a_client_with_subprotocols_connects_and_upgrades(blank, engine):
    assert blank(engine.url).run("""
        const socket = io({ protocols: ["a", "b"] });
        await connected(socket);
        await settled(socket.io.engine);
        return socket.io.engine.transport.name;
    """) == "websocket"


def test_a_page_of_another_site_can_read_why_it_is_refused(start, open_tab):
    server = start("Workshop", "engine-io", *CALM)     # lets any site in
    tab = open_tab()
    tab.page.route("http://other.localhost/", lambda route: route.fulfill(body="<link rel=icon href=data:,>",
                                                                          content_type="text/html"))
    tab.open("http://other.localhost/")
    statuses = tab.run("""
        const polling = argument + "/engine.io/?EIO=4&transport=polling";
        const sid = JSON.parse((await (await fetch(polling)).text()).slice(1)).sid;
        const session = polling + "&sid=" + sid;
        const ask = async (method, url, body) => (await fetch(url, { method, body })).status;
        return [
            await ask("POST", session, "4" + "x".repeat(2_000_000)),
            await ask("HEAD", session), await ask("GET", argument + "/engine.io/nothing"),
        ];
    """, server.url)
    assert statuses == [413, 405, 404]
    assert len(tab.errors) == 3         # Chromium says the status of each
    tab.errors.clear()
