// Wrong servers for stage 6. What is wrong with each is its name; main.swift says which check
// catches it.

import Engine
import Foundation

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
