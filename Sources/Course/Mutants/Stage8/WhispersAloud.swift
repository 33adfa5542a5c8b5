// A wrong server for stage 8: what is wrong? Check 8.1 finds it.

import Engine

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
