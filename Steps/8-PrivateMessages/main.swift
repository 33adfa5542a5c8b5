// Stage 8 · Private messages. To one alone: a socket's id is a room with one member.

import Engine
import Foundation

let app = App(pages: "step8")
let io = SocketServer(app)

/// Who has which name. All handlers run on one thread, so a variable is enough.
var nicknames: [Socket.ID: String] = [:]
/// Who is typing, and the timeout that ends it when nothing more is heard.
var typing: [Socket.ID: Task<Void, any Error>] = [:]

struct User: Encodable { var nickname: String }
struct Typing: Encodable { var nickname: String; var isTyping: Bool }
struct Message: Encodable { var from, text: String }
struct Letter: Decodable { var to, text: String }

/// The answer to a request: `{"ok": true}`, or `{"ok": false, "error": "taken"}`.
struct Reply: Encodable {
    var ok = true
    var nickname: String?
    var error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

// MARK: - What a good name is, and a good text

/// Without blanks around it, and é as one character, no matter how it was typed.
func cleaned(_ name: String) -> String {
    name.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
}

/// Two names with the same key are the same name: Ada, ADA and Ａｄａ.
func nameKey(_ name: String) -> String {
    name.precomposedStringWithCompatibilityMapping.lowercased()
}

/// Who has this name.
func owner(of name: String) -> Socket.ID? {
    let wanted = nameKey(name)
    return nicknames.first { nameKey($0.value) == wanted }?.key
}

/// An emoji and what holds it together: 👩‍🚀 is a woman, a joiner and a rocket.
let emoji =
    /[\p{Emoji}--#-9][\u{FE0E}\u{FE0F}]?(?:\u{200D}(?=[\p{Emoji}--#-9]))?|[#-9]\u{FE0F}\u{20E3}/
    .matchingSemantics(.unicodeScalar)

/// Invisible characters, changes of the writing direction, and the arrow of private messages.
let forbidden = /[\p{Cc}\p{Cf}\p{Cn}\p{DI}\u{2028}\u{2029}\u{2800}→]/
    .matchingSemantics(.unicodeScalar)

/// What is wrong with a name or a text; nil: nothing.
func problem(_ text: String, atMost characters: Int, bytes: Int) -> String? {
    if text.isEmpty { return "empty" }
    return text.utf8.count > bytes || text.count > characters ? "too long" : nil
}

/// Tells the others whether this visitor is typing.
func setTyping(_ isTyping: Bool, _ socket: Socket) {
    guard let nickname = nicknames[socket.id] else { return }
    let clock = typing.removeValue(forKey: socket.id)
    clock?.cancel()
    if isTyping {
        typing[socket.id] = Task {
            try await Task.sleep(for: .seconds(3))
            try Task.checkCancellation()  // a refresh may have come in the last moment
            setTyping(false, socket)
        }
    }
    if isTyping != (clock != nil) {
        socket.broadcast.emit("typing", Typing(nickname: nickname, isTyping: isTyping))
    }
}

/// All names, in the order of their keys: the same for everyone.
func online() -> [String] { nicknames.values.sorted { nameKey($0) < nameKey($1) } }

// MARK: - The server

io.onConnection { socket in
    print("a user connected")
    socket.emit("online", online())

    socket.on("set nickname") { (input: String) -> Reply in
        if input.utf8.count > 1_000 { return .refusal("too long") }  // before it costs anything
        let name = cleaned(input)
        if name.replacing(emoji, with: "").contains(forbidden) { return .refusal("invalid") }
        if let error = problem(name, atMost: 20, bytes: 1_000) { return .refusal(error) }
        if let owner = owner(of: name), owner != socket.id { return .refusal("taken") }
        if nicknames[socket.id] != name {
            setTyping(false, socket)  // under the old name
            let old = nicknames.updateValue(name, forKey: socket.id)
            if let old { socket.broadcast.emit("user left", User(nickname: old)) }
            socket.broadcast.emit("user joined", User(nickname: name))
            io.emit("online", online())
        }
        return Reply(nickname: name)
    }

    socket.on("chat message") { (input: String) -> Reply in
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
        if let error = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(error) }
        setTyping(false, socket)
        socket.broadcast.emit("chat message", Message(from: from, text: text))
        return Reply()
    }

    socket.on("private message") { (letter: Letter) -> Reply in
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = letter.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let error = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(error) }
        guard letter.to.utf8.count <= 1_000, let addressee = owner(of: cleaned(letter.to)) else {
            return .refusal("offline")
        }
        if addressee == socket.id { return .refusal("yourself") }
        socket.to(addressee).emit("private message", Message(from: from, text: text))
        return Reply()
    }

    socket.on("typing") { (isTyping: Bool) in setTyping(isTyping, socket) }
    socket.onDisconnect { reason in
        print("a user disconnected: \(reason)")
        setTyping(false, socket)
        if let name = nicknames.removeValue(forKey: socket.id) {
            socket.broadcast.emit("user left", User(nickname: name))
            io.emit("online", online())
        }
    }
}

app.run()
