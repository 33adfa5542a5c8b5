// Wrong servers for stage 8. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

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
