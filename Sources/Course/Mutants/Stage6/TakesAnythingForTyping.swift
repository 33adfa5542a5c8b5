// A wrong server for stage 6: what is wrong? Check 6.9 finds it.

import Engine

final class TakesAnythingForTyping: Chat {
    override func listen(_ socket: Socket) {
        super.listen(socket)
        socket.off("typing")
        socket.on("typing") { [self] (isTyping: JSON?) in
            setTyping(isTyping != false, socket)
        }
    }
}
