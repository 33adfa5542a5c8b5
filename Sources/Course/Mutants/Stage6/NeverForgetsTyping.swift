// A wrong server for stage 6: what is wrong? Check 6.5 finds it.

import Engine

final class NeverForgetsTyping: Chat {
    override func forgetLater(_ socket: Socket) -> Task<Void, any Error> { Task {} }
}
