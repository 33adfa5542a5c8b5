// A wrong server for stage 8: what is wrong? Check 8.2 finds it.

import Engine

final class SwallowsWhatNobodyGets: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        let reply = super.whisper(letter, socket)
        return reply.error == "offline" ? Reply() : reply
    }
}
