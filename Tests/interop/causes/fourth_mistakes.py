"""More mistakes, further from the tutorial's lines than those in third_mistakes.py: at first sight 38 of 46 that a check noticed were
named right.
Next: mistakes.py for what an entry is."""
from causes.mistakes import M

FOURTH = [
    # onDisconnect stands inside of the handler of chat message: only one that has written is printed when it leaves.
    M("2.4", '        print("message: \\(text)")\n    }\n    socket.onDisconnect { reason in\n        print("a user disconnected: \\(reason)")\n    }\n',
      '        print("message: \\(text)")\n    socket.onDisconnect { reason in\n        print("a user disconnected: \\(reason)")\n    }\n    }\n', 'inside of', state=(3, 3)),
    # A number is printed in between: message 1: text.
    M("3.1", 'io.onConnection',
      'var count = 0\n\nio.onConnection', 'exactly', more=(('print("message: \\(text)")', 'count += 1\n        print("message \\(count): \\(text)")'),)),
    # The last text is kept, and printed at the next one (printed before it is set).
    M("3.1", 'io.onConnection',
      'var last = "nothing"\n\nio.onConnection', 'the text that came', more=(('print("message: \\(text)")', 'print("message: \\(last)")\n        last = text'),)),
    # The handler of chat message stands inside of a handler of user joined, which no page sends.
    M("4.1", '    socket.on("chat message") { (text: String) in\n        if !text.isEmpty { io.emit("chat message", text) }\n    }\n',
      '    socket.on("user joined") {\n    socket.on("chat message") { (text: String) in\n        if !text.isEmpty { io.emit("chat message", text) }\n    }\n    }\n', 'directly inside'),
    # A message that is the same as the last one is not sent (if text != last).
    M("4.8", 'io.onConnection', 'var last = ""\n\nio.onConnection', 'came before', more=(('if !text.isEmpty {', 'if !text.isEmpty, text != last { last = text;'),)),
    # Only those in a list of sockets that is filled at the first message hear it: socket.join in the handler, io.to(room).
    M("4.1", '        if !text.isEmpty { io.emit("chat message", text) }',
      '        socket.join("chat")\n        if !text.isEmpty { io.to("chat").emit("chat message", text) }', 'a room'),
    # refusal forgets ok: false, so ok is true.
    M("5.3", 'Reply(ok: false, error: error)', 'Reply(error: error)', 'a refusal has'),
    # The test for taken looks at one's own entry, not at all.
    M("5.5", 'if let owner = owner(of: name), owner != socket.id {', 'if nicknames[socket.id] == name {', 'two clients'),
    # user joined is announced above the test for taken, also for a refused name.
    M("5.12", '        if let owner = owner(of: name)',
      '        socket.broadcast.emit("user joined", User(nickname: name))\n        if let owner = owner(of: name)', 'announced as news', more=(('            socket.broadcast.emit("user joined", User(nickname: name))\n', ''),)),
    # The condition is the wrong way round: old == name announces no change of a name.
    M("5.6", 'if old != name', 'if old == name', 'other way round'),
    # old and name are swapped in the announcements of a rename.
    M("5.11", 'if let old { socket.broadcast.emit("user left", User(nickname: old)) }',
      'if old != nil { socket.broadcast.emit("user left", User(nickname: name)) }', 'the old one is'),
    # utf16 is counted and not characters.
    M("5.4", 'text.count > characters', 'text.utf16.count > characters', 'code units'),
    # The acknowledgement of chat message has a nickname too.
    M("5.7", 'return Reply()\n', 'return Reply(nickname: from)\n', 'does not belong there'),
    # The line for empty is missing in problem.
    M("5.3", '    if text.isEmpty { return "empty" }\n', '', 'isEmpty'),
    # key does not make small letters.
    M("5.5", '.precomposedStringWithCompatibilityMapping.lowercased()', '.precomposedStringWithCompatibilityMapping', 'small letters'),
    # The limit of bytes is too small: 100 refuses twenty families.
    M("5.4", 'if input.utf8.count > 1_000', 'if input.utf8.count > 100', 'limit of bytes'),
    # removeValue is done at every message: copied from disconnect, so that a second message has no name.
    M("5.15", 'guard let from = nicknames[socket.id] else', 'guard let from = nicknames.removeValue(forKey: socket.id) else', 'look at the test that says "no nickname"'),
    # The handler of chat message of stage 4 was left: it sends the bare text to everyone as well.
    M("5.7", '    socket.on("chat message") {',
      '    socket.on("chat message") { (text: String) in\n        if !text.isEmpty { io.emit("chat message", text) }\n    }\n    socket.on("chat message") {', 'earlier stage'),
    # user joined of stage 4 at connect was left.
    M("5.6", '    print("a user connected")\n', '    print("a user connected")\n    socket.broadcast.emit("user joined")\n', 'earlier stage'),
    # An async sleep was put before the entry of the name.
    M("5.17", '(input: String) -> Reply in\n        if input',
      '(input: String) async -> Reply in\n        if input', 'await', more=(('        let old = nicknames', '        await Task.yield()\n        let old = nicknames'),)),
    # At disconnect typing begins: setTyping(true, socket).
    M("6.4", '\\(reason)")\n        setTyping(false, socket)', '\\(reason)")\n        setTyping(true, socket)', 'in onDisconnect'),
    # setTyping returns at once when isTyping is false.
    M("6.1", '    guard let nickname = nicknames[socket.id] else { return }\n    let clock',
      '    guard isTyping, let nickname = nicknames[socket.id] else { return }\n    let clock', 'is not passed on'),
    # The clock only clears the table and announces nothing.
    M("6.5", '            setTyping(false, socket)\n        }\n    }\n    if', '            typing[socket.id] = nil\n        }\n    }\n    if', 'then `setTyping(false'),
    # The handler asks for a text.
    M("6.1", '{ (isTyping: Bool) in setTyping(isTyping, socket) }', '{ (isTyping: String) in setTyping(isTyping == "true", socket) }', 'expected String'),
    # One clock for all: the end of one ends the table of all (removeAll).
    M("6.2", '    let clock = typing.removeValue(forKey: socket.id)\n', '    let clock = typing[socket.id]\n    typing.removeAll()\n', 'first is forgotten'),
    # One variable for all in place of a table: the second typist is no news.
    M("6.2", 'typing: [Socket.ID: Task<Void, any Error>] = [:]',
      'typing: Task<Void, any Error>?', 'one variable', more=(('typing.removeValue(forKey: socket.id)', 'typing'), ('    clock?.cancel()\n', '    clock?.cancel()\n    typing = nil\n'), ('typing[socket.id] = Task', 'typing = Task'),)),
    # The clock is not set anew by a refresh: it is only made when there is none.
    M("6.5", '    let clock = typing.removeValue(forKey: socket.id)\n    clock?.cancel()\n    if isTyping {',
      '    let clock = typing[socket.id]\n    if !isTyping { clock?.cancel(); typing[socket.id] = nil }\n    if isTyping, clock == nil {', 'does not move'),
    # Sorted by length.
    M("7.4", 'sorted { nameKey($0) < nameKey($1) }', 'sorted { $0.count < $1.count }', 'by its keys'),
    # The list is sent at each message and not at a new name.
    M("7.2", '            io.emit("online", online())\n        }\n        return Reply',
      '        }\n        return Reply', 'is missing in the handler', more=(('        setTyping(false, socket)\n        socket.broadcast', '        io.emit("online", online())\n        setTyping(false, socket)\n        socket.broadcast'),)),
    # One text with commas is sent in place of a list.
    M("7.1", 'func online() -> [String] { nicknames.values.sorted { nameKey($0) < nameKey($1) } }',
      'func online() -> String { nicknames.values.sorted { nameKey($0) < nameKey($1) }.joined(separator: ", ") }', 'list of texts'),
    # An object with the list is sent.
    M("7.1", 'io.emit("online", online())',
      'io.emit("online", ["online": online()])', 'list of texts', more=(('    socket.emit("online", online())', '    socket.emit("online", ["online": online()])'),)),
    # The list is computed once, at the start: let online.
    M("7.1", 'func online() -> [String] { nicknames.values.sorted { nameKey($0) < nameKey($1) } }',
      'let names = nicknames.values.sorted { nameKey($0) < nameKey($1) }\nfunc online() -> [String] { names }', 'once at the start'),
    # The list is sent to the others and not to the one with the new name (socket.broadcast).
    M("7.2", '            io.emit("online", online())\n        }\n        return Reply',
      '            socket.broadcast.emit("online", online())\n        }\n        return Reply', 'leaves it out'),
    # The sender's name is looked up in place of the addressee's: owner(of: from).
    M("8.1", 'owner(of: cleaned(letter.to))', 'owner(of: from)', 'owner of `letter.to`'),
    # to is sent in place of from: {to, text}.
    M("8.1", 'socket.to(addressee).emit("private message", Message(from: from, text: text))',
      'socket.to(addressee).emit("private message", ["to": letter.to, "text": text])', 'and not `to`'),
    # The sender joins the room of the name, and the message goes there: it gets it itself.
    M("8.1", 'socket.to(addressee).emit', 'socket.join(letter.to)\n        io.to(letter.to).emit', 'goes back to its sender'),
    # To oneself it says offline.
    M("8.3", '.refusal("yourself")', '.refusal("offline")', 'refuse it as'),
    # The handler's event is called private.
    M("8.1", 'socket.on("private message")', 'socket.on("private")', 'there are some for'),
    # It is sent as a chat message to the others as well.
    M("8.1", '        socket.to(addressee)',
      '        socket.broadcast.emit("chat message", Message(from: from, text: text))\n        socket.to(addressee)', 'third client'),
    # The condition of offline is the wrong way round.
    M("8.1", 'guard letter.to.utf8.count <= 1_000, let addressee = owner(of: cleaned(letter.to)) else {\n            return .refusal("offline")\n        }',
      'let addressee = owner(of: cleaned(letter.to)) ?? ""\n        if owner(of: cleaned(letter.to)) != nil { return .refusal("offline") }', 'the other way round'),
    # The handler takes two texts, (to, text), and not one object.
    M("8.1", '{ (letter: Letter) -> Reply in', '{ (to: String, body: String) -> Reply in\n        let letter = Letter(to: to, text: body)', 'expected String'),
    # The letter's text is cut at 100 characters.
    M("8.6", 'Message(from: from, text: text))\n        return Reply()\n    }\n\n',
      'Message(from: from, text: String(text.prefix(100))))\n        return Reply()\n    }\n\n', 'cut'),
]
