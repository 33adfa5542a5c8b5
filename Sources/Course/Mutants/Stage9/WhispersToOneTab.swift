// A wrong server for stage 9: what is wrong? Check 9.8 finds it.

import Engine

final class WhispersToOneTab: SignInChat {
    override func whisper(_ words: Words, _ me: String, _ socket: Socket) -> BonusReply {
        guard let id = sockets[words.to ?? ""]?.min() else { return .refusal("offline") }
        io.to(id).emit(3, message(me, .string(words.data)))
        return BonusReply()
    }
}
