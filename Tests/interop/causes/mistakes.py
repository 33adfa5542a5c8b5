"""Ordinary mistakes of learners, as edits of what the tutorial's steps leave behind: the check that has to be red, the
edit, and words of the cause that has to be named. Next: ../test_causes.py, which builds and grades them all."""
from typing import NamedTuple


class Mistake(NamedTuple):
    check: str
    old: str            # "" for none: a step that was skipped
    new: str
    cause: str          # words of the cause; "|" between alternatives
    state: tuple = ()   # (chapter, step); otherwise the end of the check's chapter
    page: bool = False  # an edit of index.html
    alone: bool = False  # a program of its own, where the order of top-level lines is the mistake
    more: tuple = ()    # further edits: (old, new)


M = Mistake

CLAIM = 'socket.on("set nickname") { (input: String) -> Reply in'
SAY = 'socket.on("chat message") { (input: String) -> Reply in'
LETTER = 'socket.on("private message") { (letter: Letter) -> Reply in'
JOINED = 'socket.broadcast.emit("user joined", User(nickname: name))'
LEFT = 'socket.broadcast.emit("user left", User(nickname: name))'
SENT = 'socket.broadcast.emit("chat message", Message(from: from, text: text))'
TYPED = 'socket.broadcast.emit("typing", Typing(nickname: nickname, isTyping: isTyping))'
PRIVATE = 'socket.to(addressee).emit("private message", Message(from: from, text: text))'
INVALID = 'if name.replacing(emoji, with: "").contains(forbidden) { return .refusal("invalid") }'
TAKEN = 'if let owner = owner(of: name), owner != socket.id { return .refusal("taken") }'
PROBLEM = 'if let error = problem(name, atMost: 20, bytes: 1_000) { return .refusal(error) }'
TEXT_PROBLEM = 'if let error = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(error) }'

SERVE = [
    M("1.1", "", "", "App(pages", (0, 1)),                                              # the starter
    M("1.1", 'App(pages: "mychat")', "App()", "App(pages"),
    M("1.1", 'App(pages: "mychat")', 'App(pages: "mychatt")', 'folder "mychatt"'),
    M("1.1", "app.run()", 'app.get("/") { _ in .text("hi") }\napp.run()', "plain text"),
    M("1.1", "app.run()", 'app.get("/") { _ in .html("<h1>hi</h1>") }\napp.run()', "<!DOCTYPE html>"),
    M("1.1", "<!DOCTYPE html>\n", "", "<!DOCTYPE html>", page=True),
    M("1.1", "<!DOCTYPE html>", "<!DOCTYPE html>\n<!--", "comment", page=True),
    M("1.1", "app.run()", 'struct Oops: Error {}\napp.get("/") { _ in throw Oops() }\napp.run()', "fails with an error"),
    M("1.4", "app.run()", 'app.get("*") { _ in .html("<!DOCTYPE html><p>hi</p>") }\napp.run()', "every path"),
    M("1.1", "app.run()", "", "app.run()"),
    M("1.1", "app.run()", "exit(0)", "status 0|app.run()"),
]

CONNECT = [
    M("2.1", "", "", "no Socket.IO server|does not load the client", (1, 4)),           # nothing of chapter 2
    M("2.1", "", "", "does not load the client", (2, 1)),
    M("2.3", "", "", "onConnection", (2, 2)),
    M("2.4", "", "", "onDisconnect", (2, 3)),
    M("2.1", "let io = SocketServer(app)", "", "no Socket.IO server", (2, 2)),
    M("2.1", '  <script src="/socket.io/socket.io.js"></script>\n', "", "does not load the client", page=True),
    M("2.1", "/socket.io/socket.io.js", "/socket.io.js", "has the address /socket.io/socket.io.js", page=True),
    M("2.1", "const socket = io();", "", "does not connect", page=True),
    M("2.1", "const socket = io();", "// const socket = io();", "does not connect", page=True),
    M("2.1", '<script src="/socket.io/socket.io.js"></script>', '<!-- <script src="/socket.io/socket.io.js"></script> -->',
      "comment", page=True),
    M("2.3", "a user connected", "A user connected", "exactly"),
    M("2.3", "a user connected", "user connected", "exactly"),
    M("2.3", "a user connected", "a user has connected", "exactly"),
    M("2.3", 'print("a user connected")', 'print("a user connected", socket.id)', "exactly"),
    M("2.3", '    print("a user connected")\n', "", "print"),
    M("2.3", 'print("a user connected")', 'print("a user connected")\n    print("a user connected")', "more than once"),
    M("2.3", "io.onConnection", 'print("a user connected")\nio.onConnection', "when the program starts",
      more=(('    print("a user connected")\n', ""),)),
    M("2.4", "a user disconnected: \\(reason)", "a user disconnected", "reason"),
    M("2.4", "a user disconnected: \\(reason)", "a user disconnected: reason", "\\(reason)"),
    M("2.4", "a user disconnected: \\(reason)", "a user left: \\(reason)", "exactly"),
    M("2.4", "a user disconnected: \\(reason)", "User disconnected: \\(reason)", "exactly"),
    M("2.4", "a user disconnected: \\(reason)", "a user disconnected \\(reason)", '": "'),
    M("2.4", 'print("a user disconnected: \\(reason)")', "_ = reason", "print"),
    M("2.4", "        print(\"a user disconnected: \\(reason)\")", "        for _ in 0..<2 { print(\"a user disconnected: \\(reason)\") }",
      "more than once"),
    M("2.3", "let io = SocketServer(app)\n", "", "below `app.run()`|listens nowhere|no Socket.IO server", alone=True,
      more=(("io.onConnection { socket in", "app.run()\nlet io = SocketServer(app)\nio.onConnection { socket in"),)),
    M("2.3", "io.onConnection { socket in", "app.run()\nio.onConnection { socket in", "below `app.run()`", alone=True),
]

EMIT = [
    M("3.1", "", "", "no handler|has no handler", (3, 1)),
    M("3.4", "", "", "empty text is printed", (3, 2)),
    M("3.1", '"chat message"', '"chat mesage"', 'listens to "chat mesage"'),
    M("3.1", '"chat message"', '"message"', 'handler'),
    M("3.1", '"chat message"', '"Chat Message"', 'listens to "Chat Message"'),
    M("3.1", '"chat message"', '"chat-message"', 'listens to "chat-message"'),
    M("3.1", "(text: String)", "(text: [String])", "asks for something else"),
    M("3.1", "message: \\(text)", "Message: \\(text)", "exactly"),
    M("3.1", "message: \\(text)", "\\(text)", "exactly"),
    M("3.1", "message: \\(text)", "message:\\(text)", "exactly"),
    M("3.1", "message: \\(text)", "message: text", "exactly"),
    M("3.1", 'print("message: \\(text)")', 'io.emit("chat message", text)', "not printed"),
    M("3.1", '        print("message: \\(text)")\n', "", "no line is printed"),
    M("3.1", "guard !text.isEmpty", "guard text.isEmpty", "other way round|not reached|no line is printed"),
    M("3.2", 'print("message: \\(text)")', 'print("message: \\(text)")\n        print("message: \\(text)")', "more than once"),
    M("3.4", "        guard !text.isEmpty else { return }\n", "", "empty text is printed"),
    M("3.4", '        guard !text.isEmpty else { return }\n        print("message: \\(text)")',
      '        print("message: \\(text)")\n        guard !text.isEmpty else { return }', "empty text is printed"),
    M("3.5", "(text: String) in", "(any: JSON) in\n        let text = any.string ?? \"\\(any)\"", "String"),
]

BROADCAST = [
    M("4.1", "", "", "printed, and not sent", (3, 3)),
    M("4.2", "", "", "socket.broadcast.emit", (4, 1)),
    M("4.1", "io.emit(", "socket.emit(", "sender only|this one"),
    M("4.1", "io.emit(", "socket.broadcast.emit(", "leaves the sender out"),
    M("4.1", 'io.emit("chat message"', 'io.emit("chat mesage"', 'sends "chat mesage"'),
    M("4.1", 'io.emit("chat message"', 'io.emit("message"', 'emits it is missing|sends "message"'),
    M("4.1", 'io.emit("chat message", text)', 'io.emit("chat message")', "without its argument"),
    M("4.1", 'io.emit("chat message", text)', 'io.emit("chat message", ["text": text])', "text alone"),
    M("4.1", 'socket.on("chat message")', 'socket.on("chat-message")', 'listens to "chat-message"'),
    M("4.1", "!text.isEmpty", "text.isEmpty", "says the opposite"),
    M("4.1", 'io.emit("chat message", text)', 'io.emit("chat message", text); io.emit("chat message", text)', "twice"),
    M("4.1", 'io.emit("chat message", text)', 'io.emit("chat message", "text")', "word|quotes|`text`|another"),
    M("4.2", 'socket.broadcast.emit("user joined")', 'socket.emit("user joined")', "newcomer alone"),
    M("4.2", 'socket.broadcast.emit("user joined")', 'io.emit("user joined")', "hears of itself"),
    M("4.2", 'socket.broadcast.emit("user joined")', 'socket.broadcast.emit("user-joined")', 'sends "user-joined"'),
    M("4.2", 'socket.broadcast.emit("user joined")', 'socket.broadcast.emit("user joined", "x")', "no argument"),
    M("4.2", '    socket.broadcast.emit("user joined")\n', "", "is missing"),
    M("4.3", '        socket.broadcast.emit("user left")\n', "", "onDisconnect"),
    M("4.3", 'socket.broadcast.emit("user left")', 'socket.emit("user left")', "onDisconnect"),
    M("4.3", 'socket.broadcast.emit("user left")', 'socket.broadcast.emit("user joined")', 'has to be "user left"'),
    M("4.3", 'socket.broadcast.emit("user left")', 'socket.broadcast.emit("user leave")', 'sends "user leave"'),
    M("4.4", "if !text.isEmpty { io", "do { io", "empty text"),
    M("4.1", 'socket.on("chat message")', 'io.onConnection { _ in\n    socket.on("chat message") { (text: String) in '
      'if !text.isEmpty { io.emit("chat message", text) } }\n    }\n    socket.on("chat message")', "times|twice"),
]
