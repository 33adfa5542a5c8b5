// A wrong server for stage 9: what is wrong? Check 9.11 finds it.

import Engine

final class StaysAfterTheEnd: SignInChat {
    override func endLater(_ socket: Socket, _ claims: Claims) -> Task<Void, any Error> { Task {} }
}
