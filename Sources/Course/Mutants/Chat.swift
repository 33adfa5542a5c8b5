// A right server for every stage, in methods that a mutant can replace by wrong ones. Mutants are
// for the grader's tests, and for learners who like to find bugs: MUTANT=name Mutants --port 3000.
// Next: main.swift for the list.

import Engine
import Foundation

struct User: Encodable { var nickname: String }
struct Typing: Encodable { var nickname: String; var isTyping: Bool }
struct Message: Encodable { var from, text: String }
struct Letter: Decodable { var to, text: String; var from: String? }
struct Reply: Encodable {
    var ok = true
    var nickname: String?
    var error: String?
    static func refusal(_ error: String) -> Reply { Reply(ok: false, error: error) }
}

class Chat {
    let stage: Int
    let app: App
    let io: SocketServer
    var nicknames: [Socket.ID: String] = [:]
    var typing: [Socket.ID: Task<Void, any Error>] = [:]

    required init(stage: Int) {
        self.stage = stage
        app = App(pages: "step\(stage)")
        io = SocketServer(app, Self.options)
    }

    class var options: SocketServerOptions { SocketServerOptions() }

    func start() {
        io.onConnection { [self] in arrived($0) }
    }

    // MARK: - Coming and going

    func arrived(_ socket: Socket) {
        print("a user connected")
        if stage == 4 { socket.broadcast.emit("user joined") }
        if stage >= 7 { socket.emit("online", online()) }
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }

    func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
        if stage == 4 { socket.broadcast.emit("user left") }
        if stage >= 6 { setTyping(false, socket) }
        guard let name = nicknames.removeValue(forKey: socket.id) else { return }
        socket.broadcast.emit("user left", User(nickname: name))
        tellOnline(socket)
    }

    func listen(_ socket: Socket) {
        if stage == 3 || stage == 4 {
            socket.on("chat message") { [self] (text: String) in heard(text, socket) }
        }
        guard stage >= 5 else { return }
        socket.on("set nickname") { [self] (name: String) in claim(name, socket) }
        socket.on("chat message") { [self] (text: String) in say(text, socket) }
        if stage >= 6 {
            socket.on("typing") { [self] (isTyping: Bool) in setTyping(isTyping, socket) }
        }
        if stage >= 8 {
            socket.on("private message") { [self] (letter: Letter) in whisper(letter, socket) }
        }
    }

    // MARK: - Stages 3 and 4

    func heard(_ text: String, _ socket: Socket) {
        guard !text.isEmpty else { return }
        if stage == 3 { print("message: \(text)") } else { io.emit("chat message", text) }
    }

    // MARK: - Stage 5

    func cleaned(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func key(_ name: String) -> String {
        cleaned(name).precomposedStringWithCompatibilityMapping.lowercased()
    }

    func problem(withName name: String) -> String? {
        if isInvalid(name) { return "invalid" }
        return problem(name, atMost: 20, bytes: nameLimit)
    }

    func problem(_ text: String, atMost limit: Int, bytes: Int) -> String? {
        if text.isEmpty { return "empty" }
        return text.utf8.count > bytes || text.count > limit ? "too long" : nil
    }

    /// Bytes.
    var nameLimit: Int { 1_000 }

    func isTooMuchToLookAt(_ input: String) -> Bool { input.utf8.count > nameLimit }

    func isInvalid(_ name: String) -> Bool { hasForbidden(withoutEmoji(name)) }

    func withoutEmoji(_ name: String) -> String {
        let picture = /[\p{Emoji}--#-9][\u{FE0E}\u{FE0F}]?(?:\u{200D}(?=[\p{Emoji}--#-9]))?/
        let keycap = /[#-9]\u{FE0F}\u{20E3}/
        return name.replacing(picture.matchingSemantics(.unicodeScalar), with: "")
            .replacing(keycap.matchingSemantics(.unicodeScalar), with: "")
    }

    func hasForbidden(_ name: String) -> Bool {
        let forbidden = /[\p{Cc}\p{Cf}\p{Cn}\p{DI}\u{2028}\u{2029}\u{2800}→]/
            .matchingSemantics(.unicodeScalar)
        return name.contains(forbidden)
    }

    func isTaken(_ name: String, by socket: Socket) -> Bool {
        nicknames.contains { $0.key != socket.id && key($0.value) == key(name) }
    }

    func claim(_ input: String, _ socket: Socket) -> Reply {
        if isTooMuchToLookAt(input) { return .refusal("too long") }
        let name = cleaned(input)
        if let problem = problem(withName: name) { return .refusal(problem) }
        if isTaken(name, by: socket) { return .refusal("taken") }
        if nicknames[socket.id] != name { rename(socket, to: name) }
        return Reply(nickname: name)
    }

    func rename(_ socket: Socket, to name: String) {
        if stage >= 6 { setTyping(false, socket) }
        let old = nicknames.updateValue(name, forKey: socket.id)
        announce(socket, old: old, new: name)
        tellOnline(socket)
    }

    func announce(_ socket: Socket, old: String?, new: String) {
        if let old { socket.broadcast.emit("user left", User(nickname: old)) }
        socket.broadcast.emit("user joined", User(nickname: new))
    }

    func say(_ input: String, _ socket: Socket) -> Reply {
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
        if let problem = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(problem) }
        if stage >= 6 { setTyping(false, socket) }
        deliver(Message(from: from, text: text), socket)
        return Reply()
    }

    func deliver(_ message: Message, _ socket: Socket) {
        socket.broadcast.emit("chat message", message)
    }

    // MARK: - Stage 6

    func setTyping(_ isTyping: Bool, _ socket: Socket) {
        guard let nickname = nicknames[socket.id] else { return }
        let clock = typing.removeValue(forKey: socket.id)
        clock?.cancel()
        if isTyping { typing[socket.id] = forgetLater(socket) }
        if isTyping != (clock != nil) {
            socket.broadcast.emit("typing", Typing(nickname: nickname, isTyping: isTyping))
        }
    }

    func forgetLater(_ socket: Socket) -> Task<Void, any Error> {
        Task {
            try await Task.sleep(for: .seconds(3))
            try Task.checkCancellation()
            setTyping(false, socket)
        }
    }

    // MARK: - Stages 7 and 8

    func online() -> [String] { nicknames.values.sorted { key($0) < key($1) } }

    func tellOnline(_ socket: Socket) {
        if stage >= 7 { io.emit("online", online()) }
    }

    func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = letter.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let problem = problem(text, atMost: 2_000, bytes: 65_536) { return .refusal(problem) }
        guard !isTooMuchToLookAt(letter.to) else { return .refusal("offline") }
        if key(letter.to) == key(from) { return .refusal("yourself") }
        guard let addressee = addressee(letter.to) else { return .refusal("offline") }
        socket.to(addressee).emit("private message", Message(from: from, text: text))
        return Reply()
    }

    func addressee(_ name: String) -> Socket.ID? {
        nicknames.first { key($0.value) == key(name) }?.key
    }
}
