// Wrong servers for stage 5. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

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
