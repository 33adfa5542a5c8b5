// A wrong server for stage 6: what is wrong? Check 6.1 finds it.

import Engine

final class TypesToItself: Chat {
    override func setTyping(_ isTyping: Bool, _ socket: Socket) {
        super.setTyping(isTyping, socket)
        if let name = nicknames[socket.id] {
            socket.emit("typing", Typing(nickname: name, isTyping: isTyping))
        }
    }
}
