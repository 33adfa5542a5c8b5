// A wrong server for stage 3: what is wrong? Check 3.1 finds it.

import Engine

final class WrongEventName: Chat {
    override func listen(_ socket: Socket) {
        socket.on("message") { [self] (text: String) in heard(text, socket) }
    }
}
