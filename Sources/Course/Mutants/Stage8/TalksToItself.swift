// A wrong server for stage 8: what is wrong? Check 8.3 finds it.

import Engine

final class TalksToItself: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(letter, socket)
        return reply.error == "yourself" ? Reply() : reply
    }
}
