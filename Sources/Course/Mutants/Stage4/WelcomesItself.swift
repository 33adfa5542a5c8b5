// A wrong server for stage 4: what is wrong? Check 4.2 finds it.

import Engine

final class WelcomesItself: Chat {
    override func arrived(_ socket: Socket) {
        print("a user connected")
        io.emit("user joined")
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }
}
