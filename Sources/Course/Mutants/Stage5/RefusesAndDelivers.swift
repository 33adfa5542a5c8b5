// A wrong server for stage 5: what is wrong? Check 5.8 finds it.

import Engine

/// It refuses, and delivers all the same: a client that was refused stays in.
final class RefusesAndDelivers: Chat {
    override func say(_ input: String, _ socket: Socket) -> Reply {
        if nicknames[socket.id] == nil {
            deliver(Message(from: "guest", text: input), socket)
            return .refusal("no nickname")
        }
        return super.say(input, socket)
    }
}
