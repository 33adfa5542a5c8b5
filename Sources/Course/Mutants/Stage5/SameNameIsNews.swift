// A wrong server for stage 5: what is wrong? Check 5.12 finds it.

import Engine

final class SameNameIsNews: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        let isKnown = nicknames[socket.id] == cleaned(input)
        let reply = super.claim(input, socket)
        if isKnown { socket.broadcast.emit("user joined", User(nickname: cleaned(input))) }
        return reply
    }
}
