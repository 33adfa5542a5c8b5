"""Mistakes of a reader of the tutorial that had not seen the rules, each with what is truly wrong. At first sight 104 of 114 that a
check noticed were named right.
Next: mistakes.py for what an entry is."""
from causes.mistakes import M

THIRD = [
    # The folder's name in App(pages:) is misspelt (MyChat).
    M("1.1", 'App(pages: "mychat")', 'App(pages: "MyChat")', 'folder'),
    # The old route for / with .text is still there, so / is not the page.
    M("1.1", 'app.get("/hello")', 'app.get("/") { _ in\n    .text("It works!")\n}\n\napp.get("/hello")', 'plain text'),
    # / answers with .file of a path that does not exist (index.html in place of mychat/index.html).
    M("1.1", 'app.get("/page") { _ in\n    try .file("mychat/index.html")', 'app.get("/") { _ in\n    try .file("index.html")', '.file('),
    # App() without pages; / has a route of its own with .html, so the style sheet and the rest are there but the page is not index.html.
    M("1.1", 'let app = App(pages: "mychat")', 'let app = App()\napp.get("/") { _ in .html("<h1>Hello</h1>") }', 'piece of HTML'),
    # The Socket.IO server is made from another App than the one that runs.
    M("2.1", 'SocketServer(app)', 'SocketServer(App(pages: "mychat"))', 'with the app that runs'),
    # print stands above io.onConnection, not inside the closure: it is printed once at the start.
    M("2.3", 'io.onConnection { socket in\n    print("a user connected")', 'print("a user connected")\nio.onConnection { socket in', 'when the program starts'),
    # io.onConnection stands there twice (step 3's version was left), so the line is printed twice.
    M("2.3", 'io.onConnection { socket in', 'io.onConnection { socket in\n    print("a user connected")\n}\n\nio.onConnection { socket in', 'two `onConnection`'),
    # The socket's id is appended to the line "a user connected".
    M("2.3", 'print("a user connected")', 'print("a user connected \\(socket.id)")', 'exactly'),
    # io.onConnection is below app.run(), which never returns... here: it is forgotten; only the server is made.
    M("2.3", 'io.onConnection { socket in\n    print("a user connected")\n    socket.onDisconnect { reason in\n        print("a user disconnected: \\(reason)")\n    }\n}\n\n',
      '', 'is missing'),
    # The handler's event is called "message", the page sends "chat message".
    M("3.1", 'socket.on("chat message")', 'socket.on("message")', 'no handler listens'),
    # The backslash is missing: (text) is printed literally.
    M("3.1", 'print("message: \\(text)")', 'print("message: (text)")', '(text)'),
    # The handler is set inside of onDisconnect, when the socket is gone.
    M("3.1", '    socket.on("chat message") { (text: String) in\n        guard !text.isEmpty else { return }\n        print("message: \\(text)")\n    }\n    socket.onDisconnect { reason in\n        print("a user disconnected: \\(reason)")\n',
      '    socket.onDisconnect { reason in\n        print("a user disconnected: \\(reason)")\n    socket.on("chat message") { (text: String) in\n        guard !text.isEmpty else { return }\n        print("message: \\(text)")\n    }\n', 'no handler at all'),
    # Two handlers for chat message (step 2's was left): every message is printed twice.
    M("3.2", '    socket.on("chat message")',
      '    socket.on("chat message") { (text: String) in\n        print("message: \\(text)")\n    }\n    socket.on("chat message")', 'two handlers'),
    # The argument is taken as an optional, so a message with no argument is printed too.
    M("3.5", '{ (text: String) in\n        guard !text.isEmpty else { return }',
      '{ (text: String?) in\n        let text = text ?? "nothing"\n        guard !text.isEmpty else { return }', '`String`'),
    # The handler wants a number: (text: Int); no text reaches it.
    M("3.1", '{ (text: String) in\n        guard !text.isEmpty else { return }', '{ (text: Int) in', 'expected Int'),
    # socket.broadcast in place of io: the author does not hear it.
    M("4.1", 'io.emit("chat message", text)', 'socket.broadcast.emit("chat message", text)', 'leaves the sender out'),
    # "user left" is emitted at connect right under "user joined", not inside of onDisconnect.
    M("4.3", '    socket.broadcast.emit("user joined")\n',
      '    socket.broadcast.emit("user joined")\n    socket.broadcast.emit("user left")\n', 'when a client comes', more=(('        socket.broadcast.emit("user left")\n    }', '    }'),)),
    # Stage 3's handler was left and emits as well: two handlers of chat message, each message comes twice.
    M("4.1", '    socket.on("chat message")',
      '    socket.on("chat message") { (text: String) in\n        io.emit("chat message", text)\n    }\n    socket.on("chat message")', 'comes twice'),
    # user joined carries the socket's id as an argument; it takes none.
    M("4.2", 'emit("user joined")', 'emit("user joined", socket.id)', 'no argument'),
    # The field is called name in struct User; the page wants nickname.
    M("5.6", 'struct User: Encodable { var nickname: String }',
      'struct User: Encodable { var name: String }', 'and not `name`', more=(('User(nickname: ', 'User(name: '),)),
    # The name is entered as typed (input), not cleaned.
    M("5.12", 'nicknames.updateValue(name, forKey: socket.id)', 'nicknames.updateValue(input, forKey: socket.id)', 'as it was typed'),
    # Off by one: >= in problem refuses 20 characters.
    M("5.4", 'text.count > characters', 'text.count >= characters', '20 is still right'),
    # Two arguments (from, text) are sent in place of one object.
    M("5.7", 'Message(from: from, text: text))', 'from, text)', 'more than one argument'),
    # No nickname is answered with Reply(): ok is true though nothing was sent.
    M("5.8", 'return .refusal("no nickname")', 'return Reply()', 'is accepted'),
    # A length test on input, before it is cleaned: blanks around a name count.
    M("5.3", 'problem(name, atMost: 20, bytes: 1_000)', 'problem(input, atMost: 20, bytes: 1_000)', 'looks at `input`'),
    # The test whether it is taken leaves out owner != socket.id: one's own name in another spelling is taken.
    M("5.12", ', owner != socket.id {', ' {\n            _ = owner;', 'owner != socket.id'),
    # typing is emitted to everyone (io), the typist too.
    M("6.1", 'socket.broadcast.emit("typing"', 'io.emit("typing"', 'hears of itself'),
    # setTyping(false) at disconnect stands below the removal of the name, so it finds no name.
    M("6.4", '        setTyping(false, socket)\n        if let name = nicknames.removeValue(forKey: socket.id) {\n            socket.broadcast.emit("user left", User(nickname: name))\n        }\n',
      '        if let name = nicknames.removeValue(forKey: socket.id) {\n            socket.broadcast.emit("user left", User(nickname: name))\n        }\n        setTyping(false, socket)\n', 'below the line that removes'),
    # The handler ignores its argument: setTyping(true, socket) always.
    M("6.1", '{ (isTyping: Bool) in setTyping(isTyping, socket) }', '{ (isTyping: Bool) in setTyping(true, socket) }', 'is not passed on'),
    # The condition compares with the dictionary after it was changed: != (typing[socket.id] != nil) is never true.
    M("6.1", 'if isTyping != (clock != nil)', 'if isTyping != (typing[socket.id] != nil)', 'is not reached|not reached'),
    # The clock's task is kept in a local variable and not in the table, so nothing knows that somebody types.
    M("6.1", 'typing[socket.id] = Task {', 'let clock = Task<Void, any Error> {\n            _ = 0', 'does not know'),
    # The list is sorted by the names, not by their keys (capitals first).
    M("7.4", 'nicknames.values.sorted { nameKey($0) < nameKey($1) }', 'nicknames.values.sorted()', 'capitals'),
    # The keys of the table (ids) are sent in place of the names.
    M("7.1", 'nicknames.values.sorted { nameKey($0) < nameKey($1) }', 'nicknames.keys.sorted { nameKey($0) < nameKey($1) }', 'something else'),
    # The list at a new name goes out before the name is entered.
    M("7.2", '            io.emit("online", online())\n        }\n        return Reply',
      '        }\n        return Reply', 'before the name is entered', more=(('            let old = nicknames.updateValue', '            io.emit("online", online())\n            let old = nicknames.updateValue'),)),
    # The list is sent outside of the if at disconnect: also when somebody without a name leaves.
    M("7.7", 'User(nickname: name))\n            io.emit("online", online())\n        }\n    }\n}',
      'User(nickname: name))\n        }\n        io.emit("online", online())\n    }\n}', 'if let name'),
    # The number of names is sent in place of the names.
    M("7.1", 'func online() -> [String] { nicknames.values.sorted { nameKey($0) < nameKey($1) } }', 'func online() -> Int { nicknames.count }', 'list of texts'),
    # The list is also sent when the old name leaves at a rename: two lists for one rename.
    M("7.5", 'if let old { socket.broadcast.emit("user left", User(nickname: old)) }',
      'if let old {\n                socket.broadcast.emit("user left", User(nickname: old))\n                io.emit("online", online())\n            }', 'two lines'),
    # The condition for yourself is the wrong way round: everybody else is refused.
    M("8.1", 'if addressee == socket.id', 'if addressee != socket.id', 'counts as "yourself"'),
    # The addressee's name is in from, in place of the sender's.
    M("8.1", 'emit("private message", Message(from: from,', 'emit("private message", Message(from: letter.to,', 'another client'),
    # An unknown addressee is answered ok.
    M("8.2", 'return .refusal("offline")', 'return Reply()', 'acknowledged with ok'),
    # The struct's field is called name, the page sends to.
    M("8.1", 'struct Letter: Decodable { var to, text: String }',
      'struct Letter: Decodable { var name, text: String }', 'its struct has `name`', more=(('letter.to', 'letter.name'),)),
    # The addressee is looked up before the text is tested, so the errors come in the wrong order.
    M("8.5", '        let text = letter.text.trimmingCharacters(in: .whitespacesAndNewlines)\n        if let error = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(error) }\n',
      '', 'the order is', more=(('        if addressee == socket.id { return .refusal("yourself") }\n', '        if addressee == socket.id { return .refusal("yourself") }\n        let text = letter.text.trimmingCharacters(in: .whitespacesAndNewlines)\n        if let error = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(error) }\n'),)),
    # Public/ is written in front of the folder's name, App(pages:) is already looking in Public.
    M("1.1", 'App(pages: "mychat")', 'App(pages: "Public/mychat")', 'in Public alone'),
    # The page itself is given to app.get("/") as .text and not as .html / .file.
    M("1.2", 'app.get("/hello") { _ in\n    .html("<h1>Hello world</h1>")',
      'app.get("/") { _ in\n    .text("<!DOCTYPE html><html><h1>Hello world</h1></html>")', 'plain text'),
    # The file's name is in App(pages:): mychat/index.html in place of the folder.
    M("1.1", 'App(pages: "mychat")', 'App(pages: "mychat/index.html")', 'folder'),
    # The blank and colon: "a user disconnected " lacks its colon.
    M("2.4", 'a user disconnected: ', 'a user disconnected ', 'without ": "'),
    # The page's script tag has the wrong path, /socket.io.js.
    M("2.1", '"/socket.io/socket.io.js"', '"/socket.io.js"', 'has the address', page=True),
    # The line was copied: it says connected also when the client leaves.
    M("2.4", 'a user disconnected:', 'a user connected:', 'exactly'),
    # socket.disconnect() is called in the connection's closure: each client is thrown out at once.
    M("2.4", '    print("a user connected")', '    print("a user connected")\n    socket.disconnect()', 'socket.disconnect()'),
    # onDisconnect prints without the reason.
    M("2.4", 'print("a user disconnected: \\(reason)")', 'print("a user disconnected")', 'without ": "'),
    # The page's script does not call io(): const socket is another thing (new WebSocket).
    M("2.1", 'const socket = io();', 'const socket = new WebSocket("ws://localhost:3000");', 'does not connect', page=True),
    # There is no blank between message: and the text.
    M("3.1", 'message: ', 'message:', 'exactly'),
    # debugPrint prints the quotation marks too.
    M("3.1", 'print("message', 'debugPrint("message', 'exactly'),
    # The event's name has a blank at its end.
    M("3.1", 'socket.on("chat message")', 'socket.on("chat message ")', 'the program listens to'),
    # The argument is asked for as a list: [String].
    M("3.1", '{ (text: String) in\n        guard !text.isEmpty else { return }\n        print("message: \\(text)")',
      '{ (texts: [String]) in\n        print("message: \\(texts[0])")', 'Array<String>'),
    # The socket's id is printed in place of the text.
    M("3.1", 'print("message: \\(text)")', 'print("message: \\(socket.id)")', "the socket's id"),
    # A text is printed only when it is shorter than 100 characters.
    M("3.3", 'guard !text.isEmpty else', 'guard !text.isEmpty, text.count < 100 else', 'limited'),
    # Stage 3's handler is still there: the text is printed and not emitted.
    M("4.1", 'io.emit("chat message", text)', 'print("message: \\(text)")', 'not sent on'),
    # The event is called user-left.
    M("4.3", 'emit("user left")', 'emit("user-left")', 'user-left'),
    # socket.emit is beside io.emit: the author hears it twice.
    M("4.1", '{ io.emit("chat message", text) }', '{\n            socket.emit("chat message", text)\n            io.emit("chat message", text)\n        }', 'two lines'),
    # The test for an empty text is missing.
    M("4.4", 'if !text.isEmpty { io.emit("chat message", text) }', 'io.emit("chat message", text)', 'isEmpty'),
    # Go further was left in: the history is sent to each newcomer.
    M("4.7", 'io.onConnection { socket in',
      'var history: [String] = []\nio.onConnection { socket in\n    for old in history { socket.emit("chat message", old) }', 'said before', more=(('{ io.emit("chat message", text) }', '{\n            history.append(text)\n            io.emit("chat message", text)\n        }'),)),
    # The test for an empty text returns at the wrong place: only the first message of each client is passed on (a flag that is not reset).
    M("4.1", 'socket.on("chat message")',
      'var sent = false\n    socket.on("chat message")', 'came before', more=(('if !text.isEmpty {', 'if !text.isEmpty, !sent {\n            sent = true;'),)),
    # io.emit announces user joined to the newly named one too.
    M("5.6", 'socket.broadcast.emit("user joined"', 'io.emit("user joined"', 'own name as well'),
    # from is the socket's id.
    M("5.7", 'Message(from: from,',
      'Message(from: socket.id,', "the socket's id", more=(('guard let from = nicknames[socket.id] else', 'guard nicknames[socket.id] != nil else'),)),
    # The emoji are not taken out before the test for forbidden characters.
    M("5.4", 'name.replacing(emoji, with: "").contains', 'name.contains', 'holds an emoji'),
    # The first name of the table is taken as the sender's in place of nicknames[socket.id].
    M("5.7", 'guard let from = nicknames[socket.id] else', 'guard let from = nicknames.values.sorted().first else', 'another client'),
    # cleaned makes the name small letters, so that what is shown is not what was typed.
    M("5.1", '.trimmingCharacters(in: .whitespacesAndNewlines)\n}', '.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()\n}', 'small letters'),
    # user left at disconnect has the socket's id as the nickname.
    M("5.9", 'if let name = nicknames.removeValue(forKey: socket.id) {\n            socket.broadcast.emit("user left", User(nickname: name))',
      'if nicknames.removeValue(forKey: socket.id) != nil {\n            socket.broadcast.emit("user left", User(nickname: socket.id))', "the socket's id"),
    # The error's text is wrong: "name taken" in place of "taken".
    M("5.5", '.refusal("taken")', '.refusal("name taken")', 'name taken'),
    # The limit of texts is that of names: 20 characters.
    M("5.7", 'atMost: 2_000', 'atMost: 20', 'too long'),
    # The clock is in milliseconds: .milliseconds(3).
    M("6.5", '.seconds(3)', '.milliseconds(3)', "three seconds long"),
    # setTyping(false) stands above the tests in chat message: a refused message ends it too.
    M("6.8", '        let text = input.trimming',
      '        setTyping(false, socket)\n        let text = input.trimming', 'below the tests', more=(('return .refusal(error) }\n        setTyping(false, socket)\n', 'return .refusal(error) }\n'),)),
    # setTyping(true) in the handler of chat message: copied wrongly.
    M("6.1", '        setTyping(false, socket)\n        socket.broadcast.emit("chat',
      '        setTyping(true, socket)\n        socket.broadcast.emit("chat', 'and not true'),
    # The clock stays in the table after the end (typing[socket.id] in place of removeValue).
    M("6.2", 'typing.removeValue(forKey: socket.id)', 'typing[socket.id]', 'take the client'),
    # One without a name is announced as anonymous: the guard is missing.
    M("6.6", 'guard let nickname = nicknames[socket.id] else { return }', 'let nickname = nicknames[socket.id] ?? "anonymous"', 'without a name'),
    # No list at disconnect.
    M("7.3", 'User(nickname: name))\n            io.emit("online", online())\n        }\n    }\n}',
      'User(nickname: name))\n        }\n    }\n}', 'is missing in onDisconnect'),
    # The list at disconnect is sent above the removal of the name.
    M("7.3", 'User(nickname: name))\n            io.emit("online", online())\n        }\n    }\n}',
      'User(nickname: name))\n        }\n    }\n}', 'remove the name first', more=(('        if let name = nicknames.removeValue', '        if nicknames[socket.id] != nil { io.emit("online", online()) }\n        if let name = nicknames.removeValue'),)),
    # The list is of objects, {nickname}, in place of texts.
    M("7.1", 'func online() -> [String] { nicknames.values.sorted { nameKey($0) < nameKey($1) } }',
      'func online() -> [User] { nicknames.values.sorted { nameKey($0) < nameKey($1) }.map { User(nickname: $0) } }', 'list of texts'),
    # A second truth: an array that gets the new name, and at a rename does not lose the old one.
    M("7.6", 'func online() -> [String] { nicknames.values.sorted {',
      'var names: [String] = []\nfunc online() -> [String] { names.sorted {', 'twice', more=(('            let old = nicknames.updateValue', '            names.append(name)\n            let old = nicknames.updateValue'), ('removeValue(forKey: socket.id) {\n', 'removeValue(forKey: socket.id) {\n            names.removeAll { $0 == name }\n'),)),
    # The list at a new name goes to the caller only (socket.emit).
    M("7.2", '            io.emit("online", online())\n        }\n        return Reply',
      '            socket.emit("online", online())\n        }\n        return Reply', 'alone gets the list'),
    # to is taken as an id: it is looked for among the keys, so all are offline.
    M("8.1", 'let addressee = owner(of: cleaned(letter.to))', 'let addressee = nicknames.keys.first(where: { $0 == letter.to })', 'counts as "offline"'),
    # yourself compares the spelling (letter.to == from), not the id.
    M("8.3", 'if addressee == socket.id', 'if letter.to == from', 'addressee == socket.id'),
    # The text is sent as it came, not trimmed.
    M("8.6", 'Message(from: from, text: text))\n        return Reply()\n    }\n\n',
      'Message(from: from, text: letter.text))\n        return Reply()\n    }\n\n', 'the trimmed one'),
    # A private message ends public typing: setTyping was copied.
    M("8.7", '        socket.to(addressee)', '        setTyping(false, socket)\n        socket.to(addressee)', 'ends typing'),
    # The private text is printed.
    M("8.7", '        socket.to(addressee)', '        print("\\(from) to \\(letter.to): \\(text)")\n        socket.to(addressee)', 'is printed'),
    # The addressee is found by its exact spelling only: the test compares names and not keys.
    M("8.3", 'let addressee = owner(of: cleaned(letter.to))', 'let addressee = nicknames.first(where: { $0.value == letter.to })?.key', 'clean `to`'),
    # One without a name may write: from is anonymous.
    M("8.4", 'socket.on("private message") { (letter: Letter) -> Reply in\n        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }',
      'socket.on("private message") { (letter: Letter) -> Reply in\n        let from = nicknames[socket.id] ?? "anonymous"', 'without a name'),
    # Only the text is sent, not from and text.
    M("8.1", 'emit("private message", Message(from: from, text: text))', 'emit("private message", text)', 'emit a struct'),
    # return Reply() is a refusal in the end: .refusal("") was left from trying.
    M("8.1", '        return Reply()\n    }\n\n', '        return .refusal("sent")\n    }\n\n', 'refused as "sent"'),
]
