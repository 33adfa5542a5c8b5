// A wrong server for stage 8: what is wrong? Check 8.1 finds it.

import Engine

/// The test before a private message stands the wrong way round.
final class InvertedTest: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        if addressee(letter.to) != nil, key(letter.to) != key(nicknames[socket.id] ?? "") {
            return .refusal("offline")
        }
        return super.whisper(letter, socket)
    }
}
