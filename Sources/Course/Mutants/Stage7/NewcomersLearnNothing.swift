// A wrong server for stage 7: what is wrong? Check 7.1 finds it.

import Engine

final class NewcomersLearnNothing: Chat {
    override func arrived(_ socket: Socket) {
        print("a user connected")
        listen(socket)
        socket.onDisconnect { [self] in left(socket, $0) }
    }
}
