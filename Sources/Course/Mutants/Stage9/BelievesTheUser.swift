// A wrong server for stage 9: what is wrong? Check 9.7 finds it.

import Engine

final class BelievesTheUser: SignInChat {
    override func say(_ words: Words, _ me: String, _ socket: Socket) -> BonusReply {
        super.say(words, words.user ?? me, socket)
    }
}
