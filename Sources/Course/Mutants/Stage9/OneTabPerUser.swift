// A wrong server for stage 9: what is wrong? Check 9.6 finds it.

import Engine

final class OneTabPerUser: SignInChat {
    override func enter(_ socket: Socket, _ user: String) { sockets[user] = [socket.id] }
    override func leave(_ socket: Socket, _ user: String) { sockets[user] = nil }
}
