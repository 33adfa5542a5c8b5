// A wrong server for stage 8: what is wrong? Check 8.8 finds it.

import Engine

final class BelievesTheLetter: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        guard let from = letter.from, let id = addressee(letter.to) else {
            return super.whisper(letter, socket)
        }
        socket.to(id).emit("private message", Message(from: from, text: letter.text))
        return Reply()
    }
}
