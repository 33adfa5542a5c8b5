// A wrong server for stage 5: what is wrong? Check 5.3 finds it.

import Engine

final class AnswersInOtherWords: Chat {
    override func claim(_ input: String, _ socket: Socket) -> Reply {
        let reply = super.claim(input, socket)
        return reply.error == "empty" ? .refusal("Name is empty") : reply
    }
}
