// A wrong server for stage 9: what is wrong? Check 9.4 finds it.

import Engine

final class SaysInvalidAlways: SignInChat {
    override func ask(_ socket: Socket) throws {
        do { try super.ask(socket) } catch { throw ConnectError("token invalid") }
    }
}
