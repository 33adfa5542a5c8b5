// A wrong server for stage 8: what is wrong? Check 8.5 finds it.

import Engine

final class LooksForTheAddresseeFirst: Chat {
    override func whisper(_ letter: Letter, _ socket: Socket) -> Reply {
        guard nicknames[socket.id] != nil else { return .refusal("no nickname") }
        if addressee(letter.to) == nil { return .refusal("offline") }
        return super.whisper(letter, socket)
    }
}
