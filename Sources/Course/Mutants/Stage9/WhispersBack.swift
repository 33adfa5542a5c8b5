// A wrong server for stage 9: what is wrong? Check 9.8 finds it.

import Engine

final class WhispersBack: SignInChat {
    override func whisper(_ words: Words, _ me: String, _ socket: Socket) -> BonusReply {
        let reply = super.whisper(words, me, socket)
        if reply.ok { socket.emit(3, message(me, .string(words.data))) }
        return reply
    }
}
