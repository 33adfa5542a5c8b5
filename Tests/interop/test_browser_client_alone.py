"""The client without a server: the WebSocket and the clock are the test's own, so that every frame and
every millisecond is known. The official client passes the same tests, but for those marked as ours."""

import re

import esprima
import pytest

from conftest import ROOT

STAGE = """
    // A clock that moves when it is told to.
    const clock = { now: 1700000000000, timers: new Map(), count: 0 };
    const tick = () => new Promise((resolve) => {       // lets all promises have their turn
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { channel.port1.close(); resolve(); };
        channel.port2.postMessage(0);
    });
    window.realSetTimeout = setTimeout.bind(window);
    window.setTimeout = (action, delay = 0) => {
        clock.timers.set(++clock.count, { time: clock.now + Math.max(0, delay || 0), action });
        return clock.count;
    };
    window.clearTimeout = (id) => clock.timers.delete(id);
    Date.now = () => clock.now;
    clock.run = async (milliseconds) => {
        const end = clock.now + milliseconds;
        await tick();
        for (;;) {
            const due = [...clock.timers].filter(([, timer]) => timer.time <= end)
                .sort(([a, one], [b, other]) => one.time - other.time || a - b)[0];
            if (!due) break;
            clock.timers.delete(due[0]);
            clock.now = Math.max(clock.now, due[1].time);
            due[1].action();
            await tick();
        }
        clock.now = end;
    };

    // A WebSocket whose other end is the test.
    const sockets = [];
    window.WebSocket = class {
        constructor(url) { this.url = url; this.sent = []; sockets.push(this); }
        send(data) { this.sent.push(data); }
        close() { this.isClosed = true; }
        say(...frames) { for (const data of frames) if (!this.isClosed) this.onmessage({ data }); }
        async says(...frames) { this.say(...frames); await clock.run(0); }
        open(more) {
            this.onopen({});
            this.say("0" + JSON.stringify(Object.assign({ sid: "engine", upgrades: [],
                pingInterval: 25000, pingTimeout: 20000, maxPayload: 1000000 }, more)));
        }
        fail() { this.onerror({}); this.onclose({ code: 1006 }); }
        async join(sid = "me", more = {}) {
            this.open();
            await clock.run(0);
            this.say("40" + JSON.stringify(Object.assign({ sid }, more)));
            await clock.run(0);
            this.sent.length = 0;
            return this;
        }
    };
    const last = () => sockets[sockets.length - 1];
    const options = { transports: ["websocket"], randomizationFactor: 0, forceNew: true };
    const dial = (more, uri) => {
        const socket = uri ? io(uri, Object.assign({}, options, more)) : io(Object.assign({}, options, more));
        return socket;
    };
    var heard = [];
    const hear = (emitter, ...events) => {
        for (const event of events) emitter.on(event, (...args) => heard.push([event, ...args.map((value) =>
            value instanceof Error ? `Error: ${value.message}` : value)]));
    };
"""


@pytest.fixture
def alone(script, open_tab):
    tab = open_tab()
    html = "<!DOCTYPE html><title>test</title><link rel=icon href=data:,>" \
        "<script src=stage.js></script><script src=client.js></script>"
    files = {"page": html, "stage.js": STAGE, "client.js": script}

    def serve(route):
        name = route.request.url.rsplit("/", 1)[1]
        kind = "javascript" if name.endswith(".js") else "html"
        route.fulfill(body=files[name], content_type=f"text/{kind}; charset=utf-8")

    tab.page.route("http://chat.localhost/*", serve)
    tab.open("http://chat.localhost/page")
    return lambda body, argument=None: tab.run(body, argument)


# ── Listening

def test_listeners_are_added_and_removed(alone):
    assert alone("""
        const socket = dial(), order = [];
        const note = (name) => (...args) => order.push([name, ...args]);
        const a = note("a"), b = note("b"), c = note("c");
        socket.on("x", a).on("x", b).once("x", c).once("y", c);
        const counts = [socket.listeners("x").length, socket.hasListeners("x"), socket.hasListeners("z")];
        const connection = await last().join();
        await connection.says('42["x",1]', '42["x",2]');
        socket.off("x", a).off("y", c);
        await connection.says('42["x",3]', '42["y",4]');
        socket.off("x");
        await connection.says('42["x",5]');
        socket.on("x", a).on("z", b).off();
        await connection.says('42["x",6]', '42["z",7]');
        return [counts, order];
    """) == [[3, True, False], [["a", 1], ["b", 1], ["c", 1], ["a", 2], ["b", 2], ["b", 3]]]


def test_a_listener_that_adds_or_removes_others_disturbs_nobody(alone):
    assert alone("""
        const socket = dial(), order = [];
        const second = () => order.push("second");
        socket.on("x", () => { order.push("first"); socket.off("x", second); socket.on("x", () => order.push("new")); });
        socket.on("x", second);
        const connection = await last().join();
        await connection.says('42["x"]');
        return order;
    """) == ["first", "second"]


def test_the_other_spellings_of_on_and_off_work(alone):
    assert alone("""
        const socket = dial(), order = [], listener = () => order.push(1);
        const connection = await last().join();
        for (const remove of ["removeListener", "removeEventListener"]) {
            socket.addEventListener("x", listener);
            await connection.says('42["x"]');
            socket[remove]("x", listener);
            await connection.says('42["x"]');
        }
        socket.on("x", listener);
        socket.removeAllListeners("x");
        await connection.says('42["x"]');
        return order;
    """) == [1, 1]


def test_any_event_is_heard_in_both_directions(alone):
    assert alone("""
        const socket = dial(), order = [];
        const a = (...args) => order.push(["a", ...args]), b = (...args) => order.push(["b", ...args]);
        socket.onAny(a).prependAny(b).onAnyOutgoing(a).prependAnyOutgoing(b);
        socket.on("x", () => order.push(["x"]));
        socket.emit("early");
        const early = order.length;
        const connection = await last().join();
        await connection.says('42["x",1]');
        socket.emit("y", 2);
        const lists = [socket.listenersAny().length, socket.listenersAnyOutgoing().length];
        socket.offAny(a).offAnyOutgoing(b);
        await connection.says('42["z"]');
        socket.emit("z");
        socket.offAny().offAnyOutgoing();
        await connection.says('42["z"]');
        socket.emit("z");
        return [early, lists, order];
    """) == [0, [2, 2], [["b", "early"], ["a", "early"], ["b", "x", 1], ["a", "x", 1], ["x"],
                         ["b", "y", 2], ["a", "y", 2], ["b", "z"], ["a", "z"]]]


def test_answers_and_lost_events_are_not_among_what_leaves(alone):
    assert alone("""
        const socket = dial(), order = [];
        socket.onAnyOutgoing((...args) => order.push(args.map((value) => value.byteLength ? "bytes" : value)));
        socket.on("question", (answer) => answer("answer"));
        socket.volatile.emit("lost");
        const connection = await last().join();
        await connection.says('427["question"]');
        const first = socket.listenersAnyOutgoing()[0];
        socket.offAny(first);
        socket.emit(2, new Uint8Array([1]));
        socket.emit("with answer", { key: null }, () => {});
        await clock.run(0);
        return [order, connection.sent.length];
    """) == [[[2, "bytes"], ["with answer", {"key": None}]], 4]


@pytest.mark.ours
def test_a_throwing_listener_harms_neither_the_others_nor_the_connection(alone):
    assert alone("""
        const errors = [];
        window.onerror = (message) => { errors.push(message); return true; };
        window.setTimeout = ((fake) => (action, delay) => fake(() => {
            try { action(); } catch (error) { errors.push(error.message); } }, delay))(window.setTimeout);
        const socket = dial();
        socket.on("x", () => { throw new Error("mine"); });
        hear(socket, "x", "disconnect");
        const connection = await last().join();
        await connection.says('42["x",1]', '42["x",2]');
        await clock.run(0);
        return [heard, errors, socket.connected];
    """) == [[["x", 1], ["x", 2]], ["mine", "mine"], True]


@pytest.mark.ours
@pytest.mark.parametrize("frame", ["42", "", "7", "43", "40[1", "-"])
def test_a_message_that_is_no_packet_ends_the_connection(alone, frame):
    assert alone("""
        const socket = dial();
        await last().join();
        hear(socket, "disconnect");
        await last().says("4" + argument);
        return heard.map(([, reason]) => reason);
    """, frame) == ["parse error"]


@pytest.mark.ours
def test_a_listener_has_to_be_a_function(alone):
    assert alone("""
        try { dial().on("x", "oops"); } catch (error) { return [error.constructor.name, error.message]; }
    """) == ["TypeError", 'on("x", …) needs a function, not string']


# ── Emitting

def test_reserved_names_cannot_be_emitted(alone):
    names = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]
    assert alone("""
        const socket = dial();
        return argument.map((name) => { try { socket.emit(name); } catch (error) { return error.message; } });
    """, names) == [f'"{name}" is a reserved event name' for name in names]


def test_what_is_emitted_early_is_sent_in_order_and_volatile_events_are_dropped(alone):
    assert alone("""
        const socket = dial();
        socket.emit("a", 1);
        socket.volatile.emit("b", 2);
        socket.send("c", 3);
        socket.emit(4, new Uint8Array([5]));
        const unsent = socket.sendBuffer.length;
        const connection = last();
        connection.open();
        await clock.run(0);
        await connection.says('40{"sid":"me"}');
        await clock.run(0);
        socket.volatile.emit("d");
        await clock.run(0);
        return [unsent, connection.sent.map((frame) => typeof frame === "string" ? frame : "bytes"), socket.id];
    """) == [3, ["40", '42["a",1]', '42["message","c",3]', '451-[4,{"_placeholder":true,"num":0}]', "bytes",
                 '42["d"]'], "me"]


def test_events_before_the_answer_to_connect_are_kept(alone):
    assert alone("""
        const socket = dial();
        hear(socket, "connect", "x");
        last().open();
        await clock.run(0);
        last().say('42["x",1]', '42["x",2]');
        const early = heard.length;
        last().say('40{"sid":"me"}');
        await clock.run(0);
        return [early, heard];
    """) == [0, [["x", 1], ["x", 2], ["connect"]]]


def test_acknowledgement_ids_count_up_and_answers_find_their_callback(alone):
    assert alone("""
        const socket = dial(), answers = [];
        const connection = await last().join();
        for (const name of ["a", "b", "c"]) socket.emit(name, (...args) => answers.push([name, ...args]));
        await clock.run(0);
        await connection.says('432["two",2]', "430[]", '430["again"]', '4399["stray"]',
            '461-1[{"_placeholder":true,"num":0}]', new Uint8Array([7]).buffer);
        return [connection.sent, answers.map(([name, ...args]) =>
            [name, ...args.map((value) => value.byteLength ? [...new Uint8Array(value)] : value)])];
    """) == [['420["a"]', '421["b"]', '422["c"]'], [["c", "two", 2], ["a"], ["b", [7]]]]


def test_a_question_is_answered_once(alone):
    assert alone("""
        const socket = dial();
        socket.on("ask", (question, answer) => { answer(question + 1, "b"); answer("again"); });
        socket.on("bytes", (answer) => answer(new Uint8Array([1])));
        const connection = await last().join();
        await connection.says('427["ask",1]', '4212["bytes"]');
        await clock.run(0);
        return connection.sent.map((frame) => typeof frame === "string" ? frame : "bytes");
    """) == ['437[2,"b"]', '461-12[{"_placeholder":true,"num":0}]', "bytes"]


def test_a_timeout_is_an_error_and_forgets_what_was_not_sent(alone):
    assert alone("""
        const socket = dial(), answers = [];
        const note = (...args) => answers.push(args.map((value) => value instanceof Error ? value.message : value));
        socket.timeout(1000).emit("unsent", note);
        await clock.run(1001);
        const connection = await last().join();
        const sent = connection.sent.slice();
        socket.timeout(1000).emit("a", note);
        socket.timeout(1000).emit("b", note);
        const promise = socket.timeout(1000).emitWithAck("c").catch((error) => error.message);
        await connection.says('431[5]');
        await clock.run(1001);
        await connection.says('432[6]');
        return [answers, await promise, sent, connection.sent.length];
    """) == [[["operation has timed out"], [None, 5], ["operation has timed out"]],
             "operation has timed out", [], 3]


def test_ackTimeout_is_a_timeout_for_every_emit(alone):
    assert alone("""
        const socket = dial({ ackTimeout: 500 }), answers = [];
        await last().join();
        socket.emit("a", (error, value) => answers.push([error && error.message, value]));
        socket.emit("b", (error, value) => answers.push([error && error.message, value]));
        last().say('431[1]');
        await clock.run(501);
        return answers;
    """) == [[None, 1], ["operation has timed out", None]]


def test_who_waits_for_an_answer_hears_of_the_disconnect(alone):
    assert alone("""
        const socket = dial(), answers = [];
        const connection = await last().join();
        socket.emit("plain", (...args) => answers.push(["plain", ...args]));
        socket.timeout(5000).emit("timed", (error) => answers.push(["timed", error.message]));
        const promise = socket.emitWithAck("promised").catch((error) => error.message);
        connection.fail();
        await clock.run(0);
        await clock.run(0);
        const reason = await Promise.race([promise, tick().then(tick)]);
        return [answers, reason];
    """) == [[["timed", "socket has been disconnected"]], "socket has been disconnected"]


def test_with_retries_events_go_one_by_one_until_they_are_acknowledged(alone):
    assert alone("""
        const socket = dial({ retries: 2, ackTimeout: 1000 }), answers = [];
        const note = (error, value) => answers.push(error ? error.message : value);
        socket.emit("a", note);
        socket.emit("b", note);
        socket.emit("c");
        const connection = await last().join();
        const events = () => connection.sent.splice(0).map((frame) => frame.replace(/^42\\d+/, ""));
        await clock.run(0);
        const seen = [];
        await connection.says('430["A"]');
        await clock.run(0);
        seen.push(events());
        await clock.run(1001);
        seen.push(events());
        await clock.run(1001);
        seen.push(events());
        await clock.run(1001);
        seen.push(events());
        return [seen, answers];
    """) == [[['["b"]'], ['["b"]'], ['["b"]'], ['["c"]']], ["A", "operation has timed out"]]


@pytest.mark.ours
def test_with_retries_the_queue_goes_on_before_connect_is_heard(alone):
    # As the official client since 4.8.2; the one beside us is older, and sends "c" twice.
    assert alone("""
        const socket = dial({ retries: 1, ackTimeout: 1000 }), order = [];
        const connect = (name) => { order.push("connect"); socket.emit(name); };
        socket.on("connect", () => connect("c")).onAnyOutgoing((event) => order.push(event));
        socket.emit("a");
        last().open();
        await clock.run(0);
        await last().says('40{"sid":"me"}');
        await clock.run(999);
        await last().says("430[]");
        await clock.run(999);
        return [order, last().sent];
    """) == [["a", "connect", "c"], ["40", '420["a"]', '421["c"]']]


def test_each_try_is_among_what_leaves_and_volatile_events_do_not_wait(alone):
    assert alone("""
        const socket = dial({ retries: 1, ackTimeout: 1000 }), order = [];
        socket.onAnyOutgoing((event) => order.push(event));
        const connection = await last().join();
        socket.emit("a");
        socket.emit("b");
        await clock.run(0);
        socket.volatile.emit("now");
        await clock.run(1001);
        const tries = connection.sent.slice();
        await connection.says("430[]");
        const late = connection.sent.length;
        await connection.says("431[]");
        await clock.run(0);
        return [order, tries, late, connection.sent.slice(3)];
    """) == [["a", "now", "a", "b"], ['420["a"]', '42["now"]', '421["a"]'], 3, ['422["b"]']]


def test_a_retried_event_is_sent_again_after_a_reconnect(alone):
    assert alone("""
        const socket = dial({ retries: 3, ackTimeout: 60000 }), answers = [];
        await last().join();
        socket.emit("a", (error, value) => answers.push(error ? error.message : value));
        await clock.run(0);
        last().fail();
        await clock.run(1000);
        const connection = last();
        connection.open();
        await clock.run(0);
        await connection.says('40{"sid":"again"}');
        await clock.run(0);
        const event = connection.sent[1];
        const id = event.match(/^42(\\d+)/)[1];
        await connection.says(`43${id}["done"]`);
        await clock.run(0);
        return [sockets.length, connection.sent.length, event.replace(/\\d+/, ""), answers];
    """) == [2, 2, '["a"]', ["done"]]


# ── Connecting

@pytest.mark.parametrize("uri, url", [
    (None, "ws://chat.localhost/socket.io/"),
    ("/", "ws://chat.localhost/socket.io/"),
    ("/admin", "ws://chat.localhost/socket.io/"),
    ("http://a.test", "ws://a.test/socket.io/"),
    ("https://a.test/admin", "wss://a.test/socket.io/"),
    ("ws://a.test:8080", "ws://a.test:8080/socket.io/"),
    ("wss://a.test:8443/", "wss://a.test:8443/socket.io/"),
    ("//a.test", "ws://a.test/socket.io/"),
    ("a.test", "ws://a.test/socket.io/"),
    ("http://[::1]:3000/admin", "ws://[::1]:3000/socket.io/"),
    ("http://a.test/admin?x=1&y=a%20b", "ws://a.test/socket.io/"),
])
def test_the_forms_of_a_url(alone, uri, url):
    asked, namespace = alone("""
        const socket = dial({}, argument);
        return [last().url, socket.nsp];
    """, uri)
    base, query = asked.split("?")
    parameters = query.split("&")
    assert re.sub(r":(80|443)(?=/)", "", base) == url
    assert {"EIO=4", "transport=websocket"} <= set(parameters)
    assert namespace == ("/admin" if uri and "/admin" in uri else "/")
    if uri and "?" in uri:
        assert "x=1" in parameters and ("y=a%20b" in parameters or "y=a+b" in parameters)


@pytest.mark.ours
def test_what_is_no_url_is_named(alone):
    assert alone("""
        try { dial({}, "http://?"); } catch (error) { return error.message; }
    """) == '"http://?" is not the URL of a server, like http://localhost:3000'


@pytest.mark.parametrize("options, path", [
    ({"path": "/chat"}, "/chat/"), ({"path": "/chat/"}, "/chat/"),
    ({"path": "/chat", "addTrailingSlash": False}, "/chat"), ({}, "/socket.io/")])
def test_the_path_is_the_servers(alone, options, path):
    assert re.match(rf"ws://chat\.localhost{path}\?", alone("dial(argument); return last().url;", options))


def test_namespaces_share_a_connection_and_the_same_one_twice_does_not(alone):
    assert alone("""
        const plain = { transports: ["websocket"] };
        const count = (...args) => { const before = sockets.length; io(...args); return sockets.length - before; };
        return [count(plain), count("/a", plain), count("/b", plain), count("/a", plain),
            count("/c", { transports: ["websocket"], forceNew: true }),
            count("/d", { transports: ["websocket"], multiplex: false }),
            count("/e", { transports: ["websocket"], path: "/other" }),
            count("http://a.test/a", plain)];
    """) == [1, 0, 0, 1, 1, 1, 1, 1]


def test_each_namespace_has_its_own_connect_and_events(alone):
    assert alone("""
        const main = dial(), admin = main.io.socket("/admin", { auth: { token: "t" } });
        hear(main, "x", "connect", "disconnect");
        admin.on("x", (value) => heard.push(["admin x", value]));
        last().open();
        await clock.run(0);
        const asked = last().sent.slice();
        last().say('40{"sid":"1"}', '40/admin,{"sid":"2"}', '42["x",1]', '42/admin,["x",2]', '42/none,["x",3]');
        await clock.run(0);
        admin.emit("y");
        main.disconnect();
        await clock.run(0);
        const rest = last().sent.slice(2), open = !last().isClosed;
        admin.disconnect();
        await clock.run(0);
        return [asked, heard, rest, open, [main.id, admin.id, admin.connected], !!last().isClosed];
    """) == [["40", '40/admin,{"token":"t"}'],
             [["connect"], ["x", 1], ["admin x", 2], ["disconnect", "io client disconnect", None]],
             ['42/admin,["y"]', "41"], True, [None, None, False], True]


def test_autoConnect_false_waits_for_connect(alone):
    assert alone("""
        const socket = dial({ autoConnect: false });
        const before = [sockets.length, socket.active, socket.connected, socket.disconnected];
        socket.connect();
        const during = [sockets.length, socket.active];
        await last().join();
        socket.connect().open();
        return [before, during, [sockets.length, socket.connected, socket.disconnected]];
    """) == [[0, False, False, True], [1, True], [1, True, False]]


def test_a_manager_can_be_used_by_itself(alone):
    assert alone("""
        const manager = new io.Manager("http://a.test", Object.assign({ reconnectionDelay: 7 }, options));
        const a = manager.socket("/a"), again = manager.socket("/a");
        await clock.run(0);
        last().open();
        await clock.run(0);
        const { sent } = last();
        const values = ["reconnection", "reconnectionAttempts", "reconnectionDelay", "reconnectionDelayMax",
            "randomizationFactor", "timeout"].map((name) => String(manager[name]()));
        manager.reconnection(false).timeout(5).reconnectionDelay(1);
        return [a === again, a instanceof io.Socket, a.io === manager, sent, values,
            [manager.reconnection(), manager.timeout(), manager.reconnectionDelay()], io.connect === io.io];
    """) == [True, True, True, ["40/a,"], ["true", "Infinity", "7", "5000", "0", "20000"],
             [False, 5, 1], True]


def test_auth_is_asked_for_at_every_connection(alone):
    assert alone("""
        let count = 0;
        const socket = dial({ auth: (done) => setTimeout(() => done({ count: ++count }), 10) });
        last().open();
        await clock.run(10);
        const first = last().sent.slice();
        last().fail();
        await clock.run(1000);
        socket.auth = { fixed: true };
        last().open();
        await clock.run(0);
        return [first, last().sent];
    """) == [['40{"count":1}'], ['40{"fixed":true}']]


def test_connect_error_carries_the_servers_data_and_a_refused_socket_stays_away(alone):
    assert alone("""
        const socket = dial(), results = [];
        socket.on("connect_error", (error) => results.push([error.message, error.data === undefined ? null : error.data,
            error instanceof Error, socket.active, socket.connected]));
        last().open();
        await clock.run(0);
        last().say('44{"message":"no","data":{"code":7}}');
        await clock.run(60000);
        const attempts = sockets.length;
        socket.connect();
        await clock.run(0);
        if (sockets.length > attempts) last().open();
        await clock.run(0);
        last().say('44{"message":"not now"}');
        return [results, attempts];
    """) == [[["no", {"code": 7}, True, False, False], ["not now", None, True, False, False]], 1]


def test_a_server_that_never_answers_is_given_up(alone):
    assert alone("""
        const socket = dial({ timeout: 3000 });
        hear(socket, "connect_error");
        hear(socket.io, "error", "reconnect_attempt", "reconnect_error");
        await clock.run(2999);
        const before = heard.length;
        await clock.run(1);
        const closed = !!sockets[0].isClosed, active = socket.active;
        await clock.run(1000);
        return [before, heard.sort(), closed, active, sockets.length];
    """) == [0, [["connect_error", "Error: timeout"], ["error", "Error: timeout"], ["reconnect_attempt", 1]],
             True, True, 2]


def test_a_failed_attempt_is_a_connect_error(alone):
    assert alone("""
        const socket = dial();
        hear(socket, "connect_error");
        last().fail();
        await clock.run(0);
        return heard;
    """) == [["connect_error", "Error: websocket error"]]


@pytest.mark.ours
@pytest.mark.parametrize("options, credentials", [({}, "same-origin"), ({"withCredentials": True}, "include")])
def test_cookies_go_to_other_sites_only_when_asked(alone, options, credentials):
    assert alone("""
        const asked = [];
        window.fetch = (url, options) => { asked.push(options.credentials); return new Promise(() => {}); };
        dial(Object.assign(argument, { transports: ["polling"] }), "http://other.test");
        return asked;
    """, options) == [credentials]


# ── Disconnecting and coming back

@pytest.mark.parametrize("what, reason, comes_back", [
    ("last().fail()", "transport error", True),
    ("last().onclose({ code: 1001 })", "transport close", True),
    ("socket.io.engine.close()", "forced close", True),
    ("last().say('41')", "io server disconnect", False),
    ("socket.disconnect()", "io client disconnect", False),
    ("last().say('4x')", "parse error", True),
    ("last().say('49[]')", "parse error", True),
    ("last().say('42[')", "parse error", True),
    ("last().say('42{}')", "parse error", True),
    ("last().say('42[\"connect\"]')", "parse error", True),
    ("last().say('451-[\"x\",{\"_placeholder\":true,\"num\":0}]', '42[\"x\"]')", "parse error", True),
    ("last().say(new ArrayBuffer(1))", "parse error", True),
])
def test_the_reasons_of_a_disconnect(alone, what, reason, comes_back):
    seen, active, attempts, state = alone("""
        const socket = dial();
        await last().join();
        hear(socket, "disconnect");
        new Function("socket", "last", argument)(socket, last);
        await clock.run(0);
        const active = socket.active;
        await clock.run(1000);
        return [heard.map(([, reason]) => reason), active, sockets.length, [socket.connected, socket.id]];
    """, what)
    assert (seen, active, attempts) == ([reason], comes_back, 2 if comes_back else 1)
    assert state == [False, None]


def test_attempts_come_after_1_2_4_5_and_5_seconds(alone):
    assert alone("""
        const socket = dial(), times = [];
        const begin = clock.now;
        socket.io.on("reconnect_attempt", (number) => times.push([number, clock.now - begin]));
        for (let number = 0; number < 5; number += 1) {
            last().fail();
            await clock.run([1000, 2000, 4000, 5000, 5000][number]);
        }
        return [times, sockets.length];
    """) == [[[1, 1000], [2, 3000], [3, 7000], [4, 12000], [5, 17000]], 6]


def test_chance_moves_an_attempt_by_half_of_its_delay_at_most(alone):
    assert alone("""
        const delays = [];
        for (const chance of [0, 0.5, 0.999999]) {
            Math.random = () => chance;
            const socket = dial({ randomizationFactor: 0.5 }), begin = clock.now;
            socket.io.on("reconnect_attempt", () => delays.push(clock.now - begin));
            last().fail();
            await clock.run(2000);
            socket.disconnect();
        }
        return delays.every((delay) => delay >= 500 && delay <= 1500) && new Set(delays).size >= 2;
    """) is True


def test_after_the_last_attempt_it_gives_up(alone):
    assert alone("""
        const socket = dial({ reconnectionAttempts: 2 });
        hear(socket.io, "reconnect_attempt", "reconnect_error", "reconnect_failed", "reconnect");
        for (let number = 0; number < 3; number += 1) {
            last().fail();
            await clock.run(10000);
        }
        const count = sockets.length;
        await clock.run(100000);
        return [heard.slice(0, 3), heard.slice(3).sort(), count, sockets.length];
    """) == [[["reconnect_attempt", 1], ["reconnect_error", "Error: websocket error"], ["reconnect_attempt", 2]],
             [["reconnect_error", "Error: websocket error"], ["reconnect_failed"]], 3, 3]


def test_without_reconnection_it_stays_away(alone):
    assert alone("""
        const socket = dial({ reconnection: false });
        await last().join();
        last().fail();
        await clock.run(100000);
        const before = sockets.length;
        socket.connect();
        await last().join("again");
        return [before, sockets.length, socket.id];
    """) == [1, 2, "again"]


def test_a_reconnect_is_counted_and_doubles_nothing(alone):
    assert alone("""
        const socket = dial(), manager = [], frames = [];
        hear(socket, "connect", "disconnect", "x");
        for (const event of ["open", "close", "reconnect_attempt", "reconnect", "ping"]) {
            socket.io.on(event, (detail) => manager.push([event, detail]));
        }
        await last().join("one");
        for (const sid of ["two", "three"]) {
            last().onclose({ code: 1006 });
            await clock.run(1000);
            socket.emit("unsent");
            last().open();
            await clock.run(0);
            await last().says(`40{"sid":"${sid}"}`, '42["x",1]');
            await last().says("2");
            frames.push(...last().sent, socket.id);
        }
        return [sockets.length, heard.map((each) => each.slice(0, 2)), manager, frames];
    """) == [3,
             [["connect"], *[["disconnect", "transport close"], ["connect"], ["x", 1]] * 2],
             [["open", None], *[["close", "transport close"], ["reconnect_attempt", 1], ["open", None],
                                ["reconnect", 1], ["ping", None]] * 2],
             ["40", '42["unsent"]', "3", "two", "40", '42["unsent"]', "3", "three"]]


def test_who_leaves_while_waiting_is_not_called_back(alone):
    assert alone("""
        const socket = dial();
        await last().join();
        last().fail();
        await clock.run(500);
        socket.disconnect();
        await clock.run(100000);
        return [sockets.length, socket.active];
    """) == [1, False]


def test_who_connects_while_waiting_need_not_wait(alone):
    # As the official client: connect() during a wait leaves the attempt where it is.
    assert alone("""
        const socket = dial();
        await last().join();
        last().fail();
        socket.disconnect();
        socket.connect();
        await clock.run(2000);
        if (last() !== sockets[0]) await last().join("again");
        return [sockets.length, socket.id];
    """) == [2, "again"]


# ── Heartbeat, sleep, recovery

def test_a_silent_server_is_noticed_after_interval_and_timeout(alone):
    assert alone("""
        const socket = dial();
        await last().join();
        hear(socket, "disconnect");
        await clock.run(44000);
        last().say("2");
        await clock.run(44999);
        const alive = socket.connected, sent = last().sent.slice();
        await clock.run(1);
        return [alive, sent, heard.map(([event, reason]) => [event, reason]), !!sockets[0].isClosed];
    """) == [True, ["3"], [["disconnect", "ping timeout"]], True]


def test_after_sleep_an_event_waits_for_the_new_connection(alone):
    assert alone("""
        const socket = dial();
        await last().join();
        hear(socket, "disconnect");
        clock.now += 60000; // a sleep: the clock goes on, timers don't
        socket.emit("after sleep");
        const buffered = socket.sendBuffer.length;
        await clock.run(1000);
        const connection = last();
        connection.open();
        await clock.run(0);
        await connection.says('40{"sid":"again"}');
        await clock.run(0);
        return [buffered, heard[0][1], sockets[0].sent, connection.sent];
    """) == [1, "ping timeout", [], ["40", '42["after sleep"]']]


@pytest.mark.ours
@pytest.mark.parametrize("event", ["online", "pageshow", "visibilitychange"])
def test_waking_up_notices_a_dead_connection_and_comes_back_at_once(alone, event):
    assert alone("""
        const socket = dial();
        await last().join();
        clock.timers.clear();
        clock.now += 60000;
        window.dispatchEvent(new Event(argument));
        if (argument === "visibilitychange") document.dispatchEvent(new Event(argument, { bubbles: true }));
        await clock.run(0);
        const noticed = !socket.connected;
        window.dispatchEvent(new Event(argument));
        await clock.run(0);
        return [noticed, sockets.length];
    """, event) == [True, 2]


@pytest.mark.ours
def test_a_page_that_goes_into_the_cache_lets_go_and_comes_back(alone):
    assert alone("""
        const socket = dial();
        await last().join();
        hear(socket, "disconnect");
        window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
        const before = heard.length;
        window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
        const closed = !!sockets[0].isClosed;
        window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        await clock.run(0);
        return [before, heard.map(([, reason]) => reason), closed, sockets.length];
    """) == [0, ["transport close"], True, 2]


def test_a_lost_network_closes_the_connection(alone):
    assert alone("""
        const socket = dial({}, "http://far.test");
        await last().join();
        hear(socket, "disconnect");
        window.dispatchEvent(new Event("offline"));
        await clock.run(0);
        return heard.map(([, reason]) => reason);
    """) == ["transport close"]


def test_recovery_tells_the_server_where_it_was(alone):
    assert alone("""
        const socket = dial({ auth: { token: 1 } });
        last().open();
        await clock.run(0);
        last().say('40{"sid":"one","pid":"secret"}', '42["x",1,"offset-1"]', '42["x",2,"offset-2"]');
        await clock.run(0);
        const first = socket.recovered;
        last().fail();
        await clock.run(1000);
        last().open();
        await clock.run(0);
        const asked = JSON.parse(last().sent[0].slice(2));
        hear(socket, "x", "connect");
        last().say('42["x",3,"offset-3"]', '40{"sid":"one","pid":"secret"}');
        await clock.run(0);
        const second = socket.recovered;
        last().fail();
        await clock.run(1000);
        last().open();
        await clock.run(0);
        const again = JSON.parse(last().sent[0].slice(2));
        last().say('40{"sid":"two","pid":"other"}');
        await clock.run(0);
        return [first, asked, heard.slice(0, 2), second, again, socket.recovered];
    """) == [False, {"pid": "secret", "offset": "offset-2", "token": 1}, [["x", 3, "offset-3"], ["connect"]],
             True, {"pid": "secret", "offset": "offset-3", "token": 1}, False]


RECOVERY = """
    // Loses the connection, comes back, and returns what CONNECT says then.
    const comeBack = async () => {
        last().fail();
        await clock.run(1000);
        last().open();
        await clock.run(0);
        return last().sent[0];
    };
"""


@pytest.mark.parametrize("frames, offset", [
    ([], None),
    (['42["x","o"]'], "o"),
    (['42["x","o-1"]', '42["x",{},"o-2"]'], "o-2"),
    (['42["x","o"]', '42["x",3]', '42["x",null]', '42["x",["no"]]'], "o"),
    (['42["x","o"]', '427["question","no"]'], "o"),
    (['451-["x",{"_placeholder":true,"num":0},"o"]', None], "o"),
    (['451-["x","no",{"_placeholder":true,"num":0}]', None], None),
    (['42["nobody listens","t\\u00fcr"]'], "tür"),
    (['42["x"]'], "x"),
    (['42[7]'], None),
])
def test_the_offset_is_the_last_text_of_an_event(alone, frames, offset):
    asked, heard = alone(RECOVERY + """
        const socket = dial();
        hear(socket, "x");
        await last().join("one", { pid: "p" });
        await last().says(...argument.map((frame) => frame || new ArrayBuffer(1)));
        return [JSON.parse((await comeBack()).slice(2)), heard.map((event) => event.length)];
    """, frames)
    assert asked == ({"pid": "p"} if offset is None else {"pid": "p", "offset": offset})
    # Handlers get it too.
    assert heard == [frame.count(",") - frame.count("num") + 1 for frame in frames
                     if frame and '["x"' in frame]


def test_what_was_missed_is_heard_first_then_what_waited_is_sent_then_it_is_connected(alone):
    assert alone(RECOVERY + """
        const socket = dial({ auth: { token: 1 } });
        await last().join("one", { pid: "p" });
        await last().says('42["x",1,"o-1"]');
        hear(socket, "x");
        socket.on("connect", () => heard.push(["connect", socket.recovered]));
        socket.onAny((event, number) => heard.push(["any", number]));
        socket.onAnyOutgoing((event) => heard.push(["sent", event]));
        last().fail();
        socket.emit("waiting");
        const asked = await comeBack();
        await last().says('42["x",2,"o-2"]', '42["x",3,"o-3"]');
        const early = heard.length;
        await last().says('40{"sid":"one","pid":"p"}', '42["x",4,"o-4"]');
        await clock.run(0);
        return [asked, early, heard, last().sent.slice(1), socket.id];
    """) == ['40{"pid":"p","offset":"o-1","token":1}', 0,
             [["any", 2], ["x", 2, "o-2"], ["any", 3], ["x", 3, "o-3"], ["sent", "waiting"], ["connect", True],
              ["any", 4], ["x", 4, "o-4"]], ['42["waiting"]'], "one"]


def test_each_answer_to_CONNECT_replaces_the_pid_and_leaving_forgets_nothing(alone):
    assert alone(RECOVERY + """
        const socket = dial({ auth: { pid: "mine" } }), asked = [], recovered = [];
        last().open();
        await clock.run(0);
        asked.push(last().sent[0]);
        socket.auth = undefined;
        last().say('42["early, while there is no pid: counts all the same","o"]');
        const answers = ['"pid":"p"', '"pid":"q"', '"pid":"q"', '"no":1', '"pid":"q"'];
        for (const [index, answer] of answers.entries()) {
            if (index === 3) socket.auth = (done) => done({ pid: "own", token: 1 });
            await last().says(`40{"sid":"s",${answer}}`);
            recovered.push(!!socket.recovered);
            if (index === 1) {
                socket.disconnect();
                await clock.run(0);
                socket.connect();
                last().open();
                await clock.run(0);
                asked.push(last().sent[0]);
            } else {
                asked.push(await comeBack());
            }
        }
        return [asked, recovered];
    """) == [['40{"pid":"mine"}', '40{"pid":"p","offset":"o"}', '40{"pid":"q","offset":"o"}',
              '40{"pid":"q","offset":"o"}', '40{"pid":"own","token":1}', '40{"pid":"own","offset":"o","token":1}'],
             [False, False, True, False, False]]


def test_each_namespace_recovers_by_itself(alone):
    assert alone(RECOVERY + """
        const main = dial(), admin = main.io.socket("/admin", { auth: { token: "t" } });
        last().open();
        await clock.run(0);
        await last().says('40{"sid":"1","pid":"p"}', '40/admin,{"sid":"2","pid":"q"}', '42["x","o"]');
        await comeBack();
        const { sent } = last();
        await last().says('40{"sid":"1","pid":"p"}', '40/admin,{"sid":"3","pid":"r"}');
        return [sent, main.recovered, admin.recovered];
    """) == [['40{"pid":"p","offset":"o"}', '40/admin,{"pid":"q","token":"t"}'], True, False]


@pytest.mark.ours
def test_what_was_missed_is_not_heard_twice_when_coming_back_breaks_off(alone):
    # The official client keeps what came before the answer to CONNECT, and hears it a second time
    # when the server sends it again.
    assert alone(RECOVERY + """
        const socket = dial();
        await last().join("one", { pid: "p" });
        await last().says('42["x",1,"o-1"]');
        hear(socket, "x");
        await comeBack();
        await last().says('42["x",2,"o-2"]');
        const asked = await comeBack();
        await last().says('42["x",2,"o-2"]', '40{"sid":"one","pid":"p"}');
        return [asked, heard, socket.recovered];
    """) == ['40{"pid":"p","offset":"o-1"}', [["x", 2, "o-2"]], True]


# ── What the file is

def test_it_is_plain_ES2017_and_not_too_long():
    text = (ROOT / "Public" / "socket.io.js").read_text()
    esprima.parseScript(text)      # knows ES2017, and nothing later
    assert len([line for line in text.splitlines() if line.strip()]) <= 950
