// A wrong server for stage 8: what is wrong? Check 8.1 finds it.

import Engine

/// A private message goes out under the name of a public one.
final class CallsItPublic: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(Letter(to: "", text: letter.text), socket)
        guard reply.error == "offline", let from = nicknames[socket.id],
            let id = addressee(letter.to)
        else { return reply }
        socket.to(id).emit("chat message", Message(from: from, text: letter.text))
        return Reply()
    }
}
