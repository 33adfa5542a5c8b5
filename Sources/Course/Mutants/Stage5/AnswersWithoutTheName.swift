// A wrong server for stage 5: what is wrong? Check 5.1 finds it.

import Engine

final class AnswersWithoutTheName: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        var reply = super.claim(input, socket)
        reply.nickname = nil
        return reply
    }
}
