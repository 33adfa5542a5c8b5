// Wrong servers for stages 5 to 8. What is wrong with each is its name.

import Engine
import Foundation

// MARK: - Stage 5

final class AnswersWithoutTheName: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        var reply = super.claim(input, socket)
        reply.nickname = nil
        return reply
    }
}

final class DoesNotTrim: Chat {
    override func cleaned(_ name: String) -> String { name.precomposedStringWithCanonicalMapping }
}

final class LooksForEmptyBeforeTrimming: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        if input.isEmpty { return .refusal("empty") }
        return super.claim(input, socket)
    }
    override func problem(withName name: String) -> String? {
        name.isEmpty ? nil : super.problem(withName: name)
    }
}

final class CountsBytes: Chat {
    override func problem(withName name: String) -> String? {
        name.utf8.count > 20 ? "too long" : super.problem(withName: name)
    }
}

final class ComparesLetterByLetter: Chat {
    override func key(_ name: String) -> String { cleaned(name) }
}

final class AnnouncesToItself: Chat {
    override func announce(_ socket: Socket, old: String?, new: String) {
        if let old { socket.broadcast.emit("user left", User(nickname: old)) }
        io.emit("user joined", User(nickname: new))
    }
}

final class EchoesToTheSender: Chat {
    override func deliver(_ message: Message, _ socket: Socket) { io.emit("chat message", message) }
}

/// It refuses, and delivers all the same: a client that was refused stays in.
final class RefusesAndDelivers: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        if nicknames[socket.id] == nil {
            deliver(Message(from: "guest", text: input), socket)
            return .refusal("no nickname")
        }
        return super.say(input, socket)
    }
}

final class AnnouncesTheNameless: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        if nicknames[socket.id] == nil {
            socket.broadcast.emit("user left", User(nickname: "undefined"))
        }
        super.left(socket, reason)
    }
}

/// Written under one key, removed under another: the name is never free again.
final class NeverFreesNames: Chat {
    var taken: [String: Socket.ID] = [:]
    override func isTaken(_ name: String, by socket: Socket) -> Bool {
        if let owner = taken[key(name)] { return owner != socket.id }
        taken[key(name)] = socket.id
        return false
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        taken[socket.id] = nil
        super.left(socket, reason)
    }
}

final class KeepsTheOldName: Chat {
    var old: [String: Socket.ID] = [:]
    override func isTaken(_ name: String, by socket: Socket) -> Bool {
        super.isTaken(name, by: socket) || old[key(name)].map { $0 != socket.id } == true
    }
    override func rename(_ socket: Socket, to name: String) {
        if let known = nicknames[socket.id] { old[key(known)] = socket.id }
        super.rename(socket, to: name)
    }
}

final class SameNameIsNews: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        let isKnown = nicknames[socket.id] == cleaned(input)
        let reply = super.claim(input, socket)
        if isKnown { socket.broadcast.emit("user joined", User(nickname: cleaned(input))) }
        return reply
    }
}

final class KnowsNoNormalForm: Chat {
    override func cleaned(_ name: String) -> String {
        name.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

final class LetsControlCharactersIn: Chat {
    override func problem(withName name: String) -> String? { problem(name, atMost: 20) }
}

final class LooksAtLengthFirst: Chat {
    override func problem(withName name: String) -> String? {
        problem(name, atMost: 20) ?? super.problem(withName: name)
    }
}

final class KnowsNoLongestText: Chat {
    override func problem(_ text: String, atMost limit: Int) -> String? {
        super.problem(text, atMost: limit == 2_000 ? .max : limit)
    }
}

final class BelievesTheSender: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("chat message")
        socket.on("chat message") { [self] (text: String, more: [String: String]?) -> Reply in
            guard let from = more?["from"], nicknames[socket.id] != nil else {
                return say(text, socket)
            }
            deliver(Message(from: from, text: text), socket)
            return Reply()
        }
    }
}

/// The name race: between the question and the entry there is an await.
final class AwaitsBeforeTheEntry: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("set nickname")
        socket.on("set nickname") { [self] (input: String) async throws -> Reply in
            if isTaken(cleaned(input), by: socket) { return .refusal("taken") }
            try await Task.sleep(for: .milliseconds(2))
            if let problem = problem(withName: cleaned(input)) { return .refusal(problem) }
            if nicknames[socket.id] != cleaned(input) { rename(socket, to: cleaned(input)) }
            return Reply(nickname: cleaned(input))
        }
    }
}

final class AnswersAnything: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("chat message")
        socket.on("chat message") { [self] (value: JSON?) -> Reply in
            guard let text = value?.string else { return .refusal("empty") }
            return say(text, socket)
        }
    }
}

/// Who comes after somebody has gone gets the name of the one who went.
final class InheritsNames: Chat {
    var heritage: String?
    override func arrived(_ socket: Socket) {
        if let heritage, !nicknames.isEmpty { nicknames[socket.id] = heritage }
        heritage = nil
        super.arrived(socket)
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        heritage = nicknames[socket.id]
        super.left(socket, reason)
    }
}

// MARK: - Stage 6

final class TypesToItself: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        super.setTyping(isTyping, socket)
        if let name = nicknames[socket.id] {
            socket.emit("typing", Typing(nickname: name, isTyping: isTyping))
        }
    }
}

final class PassesEachKeystroke: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        guard let name = nicknames[socket.id] else { return }
        let clock = typing.removeValue(forKey: socket.id)
        clock?.cancel()
        guard isTyping || clock != nil else { return }
        if isTyping { typing[socket.id] = forgetLater(socket) }
        socket.broadcast.emit("typing", Typing(nickname: name, isTyping: isTyping))
    }
}

final class SendsTheMessageFirst: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        guard let from = nicknames[socket.id] else { return .refusal("no nickname") }
        let text = input.trimmingCharacters(in: .whitespacesAndNewlines)
        if let problem = problem(text, atMost: 2_000) { return .refusal(problem) }
        deliver(Message(from: from, text: text), socket)
        setTyping(false, socket)
        return Reply()
    }
}

final class TypesAfterLeaving: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
        typing.removeValue(forKey: socket.id)?.cancel()
        guard let name = nicknames.removeValue(forKey: socket.id) else { return }
        socket.broadcast.emit("user left", User(nickname: name))
    }
}

final class NeverForgetsTyping: Chat {
    override func forgetLater(_ socket: Socket) -> Task<Void, any Error> { Task {} }
}

final class RefreshDoesNotCount: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        if isTyping, typing[socket.id] != nil { return }
        super.setTyping(isTyping, socket)
    }
}

final class TheNamelessType: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        if isTyping, nicknames[socket.id] == nil {
            socket.broadcast.emit("typing", Typing(nickname: "undefined", isTyping: isTyping))
        }
        super.setTyping(isTyping, socket)
    }
}

final class OldNameTypesOn: Chat {
    override func rename(_ socket: Socket, to name: String) {
        let old = nicknames.updateValue(name, forKey: socket.id)
        announce(socket, old: old, new: name)
    }
}

final class RefusalEndsTyping: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        setTyping(false, socket)
        return super.say(input, socket)
    }
}

// MARK: - Stage 7

final class NewcomersLearnNothing: Chat {
    override func arrived(_ socket: Socket) {
        print("a user connected")
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }
}

final class OwnListIsOld: Chat {
    override func tellOnline(_ socket: Socket) { socket.broadcast.emit("online", online()) }
}

final class ListsWhoHasLeft: Chat {
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        print("a user disconnected: \(reason)")
        setTyping(false, socket)
        guard let name = nicknames[socket.id] else { return }
        socket.broadcast.emit("user left", User(nickname: name))
        tellOnline(socket)
        nicknames[socket.id] = nil
    }
}

final class SortsCapitalsFirst: Chat {
    override func online() -> [String] { nicknames.values.sorted() }
}

final class TellsTwice: Chat {
    override func announce(_ socket: Socket, old: String?, new: String) {
        super.announce(socket, old: old, new: new)
        tellOnline(socket)
    }
}

final class ListsKeys: Chat {
    override func online() -> [String] { nicknames.values.map(key).sorted() }
}

/// One who has no name breaks the list for everybody.
final class ListsTheNameless: Chat {
    override func online() -> [String] {
        super.online() + io.sockets.sockets.keys.filter { nicknames[$0] == nil }.map { _ in "" }
    }
}

// MARK: - Stage 8

final class WhispersAloud: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(letter, socket)
        if reply.ok, let from = nicknames[socket.id], let id = addressee(letter.to) {
            let others = socket.broadcast.except(id)
            others.emit("private message", Message(from: from, text: letter.text))
        }
        return reply
    }
}

/// The test before a private message stands the wrong way round.
final class InvertedTest: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        if addressee(letter.to) != nil, key(letter.to) != key(nicknames[socket.id] ?? "") {
            return .refusal("offline")
        }
        return super.whisper(letter, socket)
    }
}

final class SwallowsWhatNobodyGets: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(letter, socket)
        return reply.error == "offline" ? Reply() : reply
    }
}

final class TalksToItself: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(letter, socket)
        return reply.error == "yourself" ? Reply() : reply
    }
}

final class TheNamelessWhisper: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        if nicknames[socket.id] == nil, let id = addressee(letter.to) {
            socket.to(id).emit("private message", Message(from: "guest", text: letter.text))
        }
        return super.whisper(letter, socket)
    }
}

final class LooksForTheAddresseeFirst: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        guard nicknames[socket.id] != nil else { return .refusal("no nickname") }
        if addressee(letter.to) == nil { return .refusal("offline") }
        return super.whisper(letter, socket)
    }
}

/// The table that is read is not the one that a rename writes.
final class TwoTables: Chat {
    var addresses: [String: Socket.ID] = [:]
    override func rename(_ socket: Socket, to name: String) {
        super.rename(socket, to: name)
        if addresses.values.contains(socket.id) { return }
        addresses[key(name)] = socket.id
    }
    override func left(_ socket: Socket, _ reason: DisconnectReason) {
        super.left(socket, reason)
        addresses = addresses.filter { $0.value != socket.id }
    }
    override func addressee(_ name: String) -> Socket.ID? { addresses[key(name)] }
}

final class WhisperingEndsTyping: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        setTyping(false, socket)
        return super.whisper(letter, socket)
    }
}

final class PrintsSecrets: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        print("private message: \(letter.text)")
        return super.whisper(letter, socket)
    }
}

final class BelievesTheLetter: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        guard let from = letter.from, let id = addressee(letter.to) else {
            return super.whisper(letter, socket)
        }
        socket.to(id).emit("private message", Message(from: from, text: letter.text))
        return Reply()
    }
}
