// A wrong server for stage 8: what is wrong? Check 8.4 finds it.

import Engine

final class TheNamelessWhisper: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        if nicknames[socket.id] == nil, let id = addressee(letter.to) {
            socket.to(id).emit("private message", Message(from: "guest", text: letter.text))
        }
        return super.whisper(letter, socket)
    }
}
