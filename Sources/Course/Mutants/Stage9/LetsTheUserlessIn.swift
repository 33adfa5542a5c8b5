// A wrong server for stage 9: what is wrong? Check 9.3 finds it.

import Engine

/// As in many study notes: who has no token is told so, and stays.
final class LetsTheUserlessIn: SignInChat {
    override func ask(_ socket: Socket) {
        try? super.ask(socket)
        if socket.data[Claims.self] != nil { return }
        socket.data[Claims.self] = Claims(username: "", exp: Int(now) + 60)
        socket.emit(0, message(nil, "token expired"))
    }
}
